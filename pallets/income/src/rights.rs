//! Whose a day is: liens, and what the other parts ask of days.

use crate::{
	ledger::Ledger,
	types::{overlap, Book, DayRecord, Lien, TitleBook, LEAST_LIEN_DAYS},
	Books, Config, Error, Event, HoldReason, Pallet, Pots, TitleBooks,
};
use alloc::vec::Vec;
use codec::Encode;
use dmex_primitives::{
	calendar::Calendar,
	lots::Lots,
	rights::{DayBooks, Days, Holder, Rights},
	titles::Titles,
	AssetId, Balance, CoinAmount, Day, LotId, SeriesId, TitleId, Units,
};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungible::MutateHold, Get},
};
use sp_core::H256;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	fn do_assign(
		series: SeriesId,
		id: TitleId,
		days: Days,
		holder: &T::AccountId,
	) -> DispatchResult {
		let mut title = TitleBooks::<T>::get(series, id).ok_or(Error::<T>::UnknownTitle)?;
		let ledger = Ledger::<T>::open(series).ok_or(Error::<T>::NoBook)?;
		let (owner, item) = T::Titles::title(series, id).ok_or(Error::<T>::UnknownTitle)?;
		ensure!(item.locked_by.is_none(), Error::<T>::TitleLocked);
		Self::ensure_assignable(&title, &ledger.book, days)?;

		let deposit = T::LienDeposit::get();
		let lien = Lien { days, holder: holder.clone(), payer: owner.clone(), deposit };
		title.insert(lien).ok_or(Error::<T>::TooManyLiens)?;
		T::Native::hold(&HoldReason::Lien.into(), &owner, deposit)?;
		Self::add_to_pot(series, holder, days, title.units, &ledger);
		TitleBooks::<T>::insert(series, id, title);
		let holder = holder.clone();
		Self::deposit_event(Event::RightAssigned { series, title: id, days, holder });
		Ok(())
	}

	/// Whether `days` can become someone's: from tomorrow, inside the term, long enough and free.
	fn ensure_assignable(
		title: &TitleBook<T::AccountId>,
		book: &Book,
		days: Days,
	) -> DispatchResult {
		ensure!(days.first > T::Calendar::today(), Error::<T>::DaysPast);
		ensure!(days.first >= book.closed_until, Error::<T>::DayClosed);
		let inside = days.first >= title.first_day && days.end <= book.end;
		ensure!(inside, Error::<T>::DaysOutsideTerm);
		let length = days.end.saturating_sub(days.first);
		ensure!(length >= LEAST_LIEN_DAYS, Error::<T>::TooFewDays);
		let is_free = title.liens.iter().all(|lien| overlap(lien.days, days).is_none());
		ensure!(is_free, Error::<T>::DaysNotFree);
		Ok(())
	}

	fn do_shorten(
		series: SeriesId,
		id: TitleId,
		holder: &T::AccountId,
		end: Day,
	) -> DispatchResult {
		let mut title = TitleBooks::<T>::get(series, id).ok_or(Error::<T>::UnknownTitle)?;
		let book = Books::<T>::get(series).ok_or(Error::<T>::NoBook)?;
		ensure!(end >= book.closed_until, Error::<T>::DayClosed);
		let mut liens = title.liens.clone().into_inner();
		let place = liens
			.iter()
			.position(|lien| lien.holder == *holder && lien.days.end > end)
			.ok_or(Error::<T>::NoLien)?;
		let lien = liens.get_mut(place).ok_or(Error::<T>::NoLien)?;
		let days = lien.days;
		let left = Days { first: days.first, end: end.max(days.first) };
		lien.days = left;
		Self::shorten_in_pot(series, holder, days, left.end, title.units);
		if left.first == left.end {
			Self::release_lien(&liens.remove(place));
		}
		title.liens = liens.try_into().map_err(|_| Error::<T>::TooManyLiens)?;
		TitleBooks::<T>::insert(series, id, title);
		let holder = holder.clone();
		Self::deposit_event(Event::RightShortened { series, title: id, days: left, holder });
		Ok(())
	}

	/// Makes the days before `until` of a title that are its own and not final liens of `who`.
	pub(crate) fn keep_days(
		series: SeriesId,
		id: TitleId,
		owner: &T::AccountId,
		who: &T::AccountId,
		until: Day,
	) -> DispatchResult {
		// From here on both are paid up to the same point, so that days in the past can change hands.
		ensure!(Self::pay_title(series, id, owner, |_, _| 0), Error::<T>::AwardsUnpaid);
		ensure!(Self::pay_pot(series, who, |_, _| 0), Error::<T>::AwardsUnpaid);
		let mut title = TitleBooks::<T>::get(series, id).ok_or(Error::<T>::UnknownTitle)?;
		let ledger = Ledger::<T>::open(series).ok_or(Error::<T>::NoBook)?;
		let end = until.max(ledger.book.closed_until).min(ledger.book.end);
		let kept = Days { first: ledger.book.final_until, end };
		for piece in title.own_days(end) {
			let Some(days) = overlap(piece.days, kept) else { continue };
			let deposit = Self::hold_if_possible(who);
			let lien = Lien { days, holder: who.clone(), payer: who.clone(), deposit };
			title.insert(lien).ok_or(Error::<T>::TooManyLiens)?;
			Self::add_to_pot(series, who, days, title.units, &ledger);
			let holder = who.clone();
			Self::deposit_event(Event::RightAssigned { series, title: id, days, holder });
		}
		TitleBooks::<T>::insert(series, id, title);
		Ok(())
	}

	/// Whether nothing of a title is anyone else's and nothing it has lost may still come.
	fn check_clean(ledger: &mut Ledger<T>, title: &TitleBook<T::AccountId>) -> bool {
		let closed_until = ledger.book.closed_until;
		if title.liens.iter().any(|lien| lien.days.end > closed_until) {
			return false;
		}
		let made_up = title.first_day.max(ledger.book.make_up_until);
		let first = title.first_day.max(ledger.book.final_until);
		let can_be_made_up =
			ledger.book.debt > 0 && ledger.short_at(made_up) < ledger.book.short_index;
		!can_be_made_up && ledger.lost_at(first) == ledger.book.lost_index
	}

	/// A title of a lot, with its lot's book.
	pub(crate) fn title_and_ledger(
		series: SeriesId,
		title: TitleId,
	) -> Option<(TitleBook<T::AccountId>, Ledger<T>)> {
		Some((TitleBooks::<T>::get(series, title)?, Ledger::<T>::open(series)?))
	}

	/// Pays a title and the pots of all its liens.
	pub(crate) fn pay_rights(
		series: SeriesId,
		title: TitleId,
		owner: Option<&T::AccountId>,
		fee: impl Fn(AssetId, Balance) -> Balance + Copy,
	) -> u32 {
		let liens = TitleBooks::<T>::get(series, title).map(|book| book.liens).unwrap_or_default();
		let today = T::Calendar::today();
		let mut drawn = 0u32;
		for lien in liens {
			let pot = Pots::<T>::get(series, &lien.holder);
			if pot.is_some_and(|pot| pot.drawn_on < today) {
				Self::pay_pot(series, &lien.holder, fee);
				drawn = drawn.saturating_add(1);
			}
		}
		// Last, so that liens whose pots are paid now are forgotten now.
		if let Some(owner) = owner {
			Self::pay_title(series, title, owner, fee);
		}
		drawn
	}

	fn closed(lot: LotId, day: Day) -> Option<DayRecord> {
		Ledger::<T>::open(lot)?.record(day)
	}

	/// How many liens a title has.
	pub(crate) fn liens_of(series: SeriesId, title: TitleId) -> u32 {
		let liens = TitleBooks::<T>::get(series, title).map(|book| book.liens.len());
		liens.and_then(|liens| u32::try_from(liens).ok()).unwrap_or_default()
	}
}

impl<T: Config> Rights<T::AccountId> for Pallet<T> {
	fn assign(
		series: SeriesId,
		title: TitleId,
		days: Days,
		holder: &T::AccountId,
	) -> DispatchResult {
		with_storage_layer(|| Self::do_assign(series, title, days, holder))
	}

	fn shorten(
		series: SeriesId,
		title: TitleId,
		holder: &T::AccountId,
		end: Day,
	) -> DispatchResult {
		with_storage_layer(|| Self::do_shorten(series, title, holder, end))
	}

	fn right_of(series: SeriesId, title: TitleId, day: Day) -> Holder<T::AccountId> {
		TitleBooks::<T>::get(series, title).map_or(Holder::Title, |title| title.right_of(day))
	}

	fn settle(series: SeriesId, title: TitleId) {
		let owner = T::Titles::title(series, title).map(|(owner, _)| owner);
		Self::pay_rights(series, title, owner.as_ref(), |_, _| 0);
	}

	fn keep_short(series: SeriesId, title: TitleId, who: &T::AccountId) -> DispatchResult {
		let (owner, _) = T::Titles::title(series, title).ok_or(Error::<T>::UnknownTitle)?;
		let tomorrow = T::Calendar::today().saturating_add(1);
		with_storage_layer(|| Self::keep_days(series, title, &owner, who, tomorrow))
	}

	fn is_clean(series: SeriesId, title: TitleId) -> bool {
		Self::title_and_ledger(series, title)
			.is_none_or(|(title, mut ledger)| Self::check_clean(&mut ledger, &title))
	}

	fn paid_until(series: SeriesId, title: TitleId) -> Day {
		TitleBooks::<T>::get(series, title).map(|title| title.cursor.paid_until).unwrap_or_default()
	}

	fn liens_hash(series: SeriesId, title: TitleId) -> H256 {
		let liens =
			TitleBooks::<T>::get(series, title).map(|title| title.liens).unwrap_or_default();
		let named: Vec<(Days, T::AccountId)> =
			liens.into_iter().map(|lien| (lien.days, lien.holder)).collect();
		H256(sp_io::hashing::blake2_256(&named.encode()))
	}

	fn pots(series: SeriesId, title: TitleId) -> u32 {
		let own = T::Titles::title(series, title)
			.is_some_and(|(owner, _)| Pots::<T>::contains_key(series, owner));
		Self::liens_of(series, title).saturating_add(own.into())
	}
}

impl<T: Config> DayBooks for Pallet<T> {
	fn due(lot: LotId, day: Day) -> Option<CoinAmount> {
		Self::closed(lot, day).map(|record| record.due)
	}

	fn delivered(lot: LotId, day: Day) -> Option<CoinAmount> {
		Self::closed(lot, day).map(|record| record.delivered)
	}

	fn short(lot: LotId, day: Day) -> Option<CoinAmount> {
		Self::closed(lot, day).map(|record| record.short())
	}

	fn made_up(lot: LotId, day: Day) -> Option<CoinAmount> {
		Self::closed(lot, day).map(|record| record.made_up)
	}

	fn worked(lot: LotId, day: Day) -> Option<(CoinAmount, CoinAmount)> {
		let record = Self::closed(lot, day)?;
		Some(Self::work_of(&T::Lots::lot(lot)?, &record))
	}

	fn ends_on(lot: LotId) -> Option<Day> {
		Books::<T>::get(lot).map(|book| book.end)
	}

	fn units(lot: LotId, day: Day) -> Option<Units> {
		Self::units_of_day(&mut Ledger::<T>::open(lot)?, day)
	}

	fn closed_until(lot: LotId) -> Day {
		Books::<T>::get(lot).map(|book| book.closed_until).unwrap_or_default()
	}

	fn final_until(lot: LotId) -> Day {
		Books::<T>::get(lot).map(|book| book.final_until).unwrap_or_default()
	}
}
