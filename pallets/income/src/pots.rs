//! Liens of one holder in a series, paid together: the units change on days, the rest is the index.

use crate::{
	ledger::Ledger,
	types::{Change, Cursor, Piece, Pot, PAGE_DAYS},
	Config, Event, Pallet, PotChanges, Pots,
};
use alloc::vec::Vec;
use dmex_primitives::{calendar::Calendar, rights::Days, AssetId, Balance, Day, SeriesId, Units};
use frame_support::defensive;

impl<T: Config> Pallet<T> {
	fn page_of(day: Day) -> u32 {
		day.checked_div(PAGE_DAYS).unwrap_or_default()
	}

	/// Changes what begins and is over on a day.
	fn change(series: SeriesId, holder: &T::AccountId, day: Day, change: impl FnOnce(&mut Change)) {
		PotChanges::<T>::mutate_exists((series, holder, Self::page_of(day)), |page| {
			let mut changes = page.take().unwrap_or_default();
			let place = changes.iter().filter(|old| old.day < day).count();
			if changes.get(place).is_none_or(|old| old.day != day) {
				// A page has a place for each of its days.
				if changes.try_insert(place, Change { day, begin: 0, over: 0 }).is_err() {
					defensive!("a page of changes is full");
				}
			}
			if let Some(entry) = changes.get_mut(place) {
				change(entry);
				let both = entry.begin.min(entry.over);
				entry.begin = entry.begin.saturating_sub(both);
				entry.over = entry.over.saturating_sub(both);
			}
			changes.retain(|change| change.begin != change.over);
			*page = (!changes.is_empty()).then_some(changes);
		});
	}

	/// Adds the days of a lien to its holder's pot, which is made if need be.
	pub(crate) fn add_to_pot(
		series: SeriesId,
		holder: &T::AccountId,
		days: Days,
		units: Units,
		ledger: &Ledger<T>,
	) {
		let book = &ledger.book;
		let mut pot = Pots::<T>::get(series, holder).unwrap_or(Pot {
			cursor: Cursor {
				paid_until: book.closed_until,
				made_up: book.made_up.index,
				award: book.awards,
				carry: Default::default(),
			},
			base: book.final_until,
			units: 0,
			last: days.end,
			paid: 0,
			drawn_on: 0,
		});
		pot.last = pot.last.max(days.end);
		Pots::<T>::insert(series, holder, pot);
		Self::change(series, holder, days.first, |change| {
			change.begin = change.begin.saturating_add(units)
		});
		Self::change(series, holder, days.end, |change| {
			change.over = change.over.saturating_add(units)
		});
	}

	/// Moves the end of a lien in its holder's pot from `days.end` to `end`.
	pub(crate) fn shorten_in_pot(
		series: SeriesId,
		holder: &T::AccountId,
		days: Days,
		end: Day,
		units: Units,
	) {
		// Entries are net, so an end is moved by adding to both days, never by taking back.
		Self::change(series, holder, end.max(days.first), |change| {
			change.over = change.over.saturating_add(units)
		});
		Self::change(series, holder, days.end, |change| {
			change.begin = change.begin.saturating_add(units)
		});
	}

	/// Days of a pot with their units, from its base up to `end`.
	pub fn pieces_of(series: SeriesId, holder: &T::AccountId, pot: &Pot, end: Day) -> Vec<Piece> {
		let mut pieces = Vec::new();
		let (mut units, mut first) = (pot.units, pot.base);
		for page in Self::page_of(pot.base)..=Self::page_of(end) {
			for change in PotChanges::<T>::get((series, holder, page)).unwrap_or_default() {
				if change.day < pot.base || change.day >= end {
					continue;
				}
				if units > 0 && first < change.day {
					pieces.push(Piece { days: Days { first, end: change.day }, units });
				}
				first = change.day;
				units = units.saturating_add(change.begin).saturating_sub(change.over);
			}
		}
		if units > 0 && first < end {
			pieces.push(Piece { days: Days { first, end }, units });
		}
		pieces
	}

	/// Forgets changes of days before `until`: nothing comes for them any more.
	fn advance_base(series: SeriesId, holder: &T::AccountId, pot: &mut Pot, until: Day) {
		if until <= pot.base {
			return;
		}
		for page in Self::page_of(pot.base)..=Self::page_of(until) {
			PotChanges::<T>::mutate_exists((series, holder, page), |page| {
				let Some(mut changes) = page.take() else { return };
				changes.retain(|change| {
					if change.day >= until {
						return true;
					}
					pot.units = pot.units.saturating_add(change.begin).saturating_sub(change.over);
					false
				});
				*page = (!changes.is_empty()).then_some(changes);
			});
		}
		pot.base = until;
	}

	/// Pays a pot. Answers whether every award was taken in.
	pub(crate) fn pay_pot(
		series: SeriesId,
		holder: &T::AccountId,
		fee: impl Fn(AssetId, Balance) -> Balance,
	) -> bool {
		let Some(mut pot) = Pots::<T>::get(series, holder) else { return true };
		let Some(mut ledger) = Ledger::<T>::open(series) else { return true };
		let pieces = Self::pieces_of(series, holder, &pot, ledger.book.closed_until);
		let Some(claim) = Self::unpaid(&mut ledger, &pot.cursor, &pieces) else {
			defensive!("what a pot is to be paid is out of range");
			return false;
		};
		let is_complete = claim.cursor.award == ledger.book.awards;
		let until = claim.cursor.paid_until;
		let asset = ledger.book.asset;
		let paid = claim.by_asset(asset);
		let in_coin = paid.first().map(|(_, amount)| *amount).unwrap_or_default();
		pot.cursor = claim.cursor;
		pot.paid = pot.paid.saturating_add(in_coin);
		pot.drawn_on = T::Calendar::today();
		Self::count_paid(&mut ledger, &claim);
		let final_until = ledger.book.final_until;
		if is_complete {
			Self::advance_base(series, holder, &mut pot, final_until);
		}
		if is_complete && pot.last <= final_until {
			// Its last change may lie on the day it ends.
			let end = pot.last.saturating_add(1);
			Self::advance_base(series, holder, &mut pot, end);
			let dropped = ledger.book.dropped.checked_add(pot.cursor.carry);
			ledger.book.dropped = dropped.unwrap_or(ledger.book.dropped);
			Pots::<T>::remove(series, holder);
		} else {
			Pots::<T>::insert(series, holder, pot);
		}
		ledger.save();
		for (asset, amount) in paid.into_iter().filter(|(_, amount)| *amount > 0) {
			let fee = fee(asset, amount).min(amount);
			Self::pay_less_fee(asset, holder, amount, fee);
			let to = holder.clone();
			Self::deposit_event(Event::PotPaid { series, to, asset, amount, fee, until });
		}
		is_complete
	}

	/// Units of a pot on a day that it still knows.
	pub(crate) fn pot_units(series: SeriesId, holder: &T::AccountId, day: Day) -> Units {
		let Some(pot) = Pots::<T>::get(series, holder) else { return 0 };
		if day < pot.base {
			return 0;
		}
		let pieces = Self::pieces_of(series, holder, &pot, day.saturating_add(1));
		pieces.last().filter(|piece| piece.days.end > day).map(|piece| piece.units).unwrap_or(0)
	}
}

impl<T: Config> dmex_primitives::rights::Pots<T::AccountId> for Pallet<T> {
	fn draw(series: SeriesId, holder: &T::AccountId) {
		Self::pay_pot(series, holder, |_, _| 0);
	}

	fn units_of(series: SeriesId, holder: &T::AccountId, day: Day) -> Units {
		Self::pot_units(series, holder, day)
	}
}
