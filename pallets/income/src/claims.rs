//! What is unpaid of a title or pot, and paying it.

use crate::{
	ledger::Ledger,
	types::{overlap, Cursor, Lien, Piece, TitleBook, AWARDS_PER_VISIT},
	Awards, AwardsFlow, Config, Event, Pallet, Pots, TitleBooks,
};
use alloc::{collections::BTreeMap, vec::Vec};
use dmex_math::{days::award_part, Fine};
use dmex_primitives::{rights::Days, AssetId, Balance, CoinAmount, SeriesId, TitleId};
use frame_support::{defensive, traits::Get};

/// What is to be paid now, and how far that reaches.
#[derive(Clone)]
pub(crate) struct Claim {
	/// The lot's coin.
	pub coin: CoinAmount,
	/// Awards, by asset; may name the lot's coin too.
	pub awards: BTreeMap<AssetId, Balance>,
	/// Where the cursor stands after it.
	pub cursor: Cursor,
}

impl Claim {
	/// Everything by asset, the lot's coin (`asset`) first.
	pub fn by_asset(&self, asset: AssetId) -> Vec<(AssetId, Balance)> {
		let in_coin = self.awards.get(&asset).copied().unwrap_or_default();
		let coin = self.coin.saturating_add(in_coin);
		let others = self.awards.iter().filter(|(other, _)| **other != asset);
		core::iter::once((asset, coin)).chain(others.map(|(a, b)| (*a, *b))).collect()
	}
}

impl<T: Config> Pallet<T> {
	/// What the owner of `pieces`, paid up to `cursor`, is to be paid now. `None` out of range.
	pub(crate) fn unpaid(
		ledger: &mut Ledger<T>,
		cursor: &Cursor,
		pieces: &[Piece],
	) -> Option<Claim> {
		let mut sum = cursor.carry;
		let closed_until = ledger.book.closed_until;
		let open = Days { first: cursor.paid_until, end: closed_until };
		let made_up_now = ledger.book.made_up.index;
		for Piece { days, units } in pieces {
			if let Some(Days { first, end }) = overlap(*days, open) {
				let step = ledger.delivered_at(end).checked_sub(ledger.delivered_at(first))?;
				sum = sum.checked_add(step.times(*units)?)?;
			}
			if cursor.made_up < made_up_now {
				let from = ledger.made_up_at(days.first).max(cursor.made_up);
				if let Some(step) = ledger.made_up_at(days.end).checked_sub(from) {
					sum = sum.checked_add(step.times(*units)?)?;
				}
			}
		}
		let stop = ledger.book.awards.min(cursor.award.saturating_add(AWARDS_PER_VISIT));
		let mut awards = BTreeMap::new();
		for number in cursor.award..stop {
			let (asset, amount) = Self::award_of(ledger, number, pieces)?;
			let entry: &mut Balance = awards.entry(asset).or_default();
			*entry = entry.checked_add(amount)?;
		}
		awards.retain(|_, amount| *amount > 0);
		let cursor = Cursor {
			paid_until: cursor.paid_until.max(closed_until),
			made_up: made_up_now,
			award: stop,
			carry: Fine::of_fraction(sum.fraction),
		};
		Some(Claim { coin: sum.whole, awards, cursor })
	}

	/// What of an award falls to `pieces`, rounded down.
	fn award_of(
		ledger: &mut Ledger<T>,
		number: u32,
		pieces: &[Piece],
	) -> Option<(AssetId, Balance)> {
		let award = Awards::<T>::get(ledger.lot, number)?;
		let mut lost = Fine::ZERO;
		for Piece { days, units } in pieces {
			if let Some(Days { first, end }) = overlap(*days, award.days) {
				let step = ledger.lost_at(end).checked_sub(ledger.lost_at(first))?;
				lost = lost.checked_add(step.times(*units)?)?;
			}
		}
		Some((award.asset, award_part(award.amount, lost, award.lost)?))
	}

	/// Books a claim as paid: the flows of the lot and of its awards.
	pub(crate) fn count_paid(ledger: &mut Ledger<T>, claim: &Claim) {
		let flows = &mut ledger.book.flows;
		flows.paid = flows.paid.saturating_add(claim.coin);
		for (asset, amount) in &claim.awards {
			AwardsFlow::<T>::mutate(ledger.lot, asset, |flow| {
				flow.paid = flow.paid.saturating_add(*amount)
			});
		}
	}

	/// Pays `amount` less `fee` of it to `to`, and the fee to its receiver.
	pub(crate) fn pay_less_fee(asset: AssetId, to: &T::AccountId, amount: Balance, fee: Balance) {
		Self::pay_out(asset, to, amount.saturating_sub(fee));
		Self::pay_out(asset, &T::FeeReceiver::get(), fee);
	}

	/// What is unpaid of a title.
	pub(crate) fn unpaid_of_title(
		ledger: &mut Ledger<T>,
		title: &TitleBook<T::AccountId>,
	) -> Option<Claim> {
		let pieces = title.own_days(ledger.book.end);
		Self::unpaid(ledger, &title.cursor, &pieces)
	}

	/// Pays a title's own days to `owner`. `fee` answers what to keep of an amount. Answers whether
	/// every award was taken in.
	pub(crate) fn pay_title(
		series: SeriesId,
		id: TitleId,
		owner: &T::AccountId,
		fee: impl Fn(AssetId, Balance) -> Balance,
	) -> bool {
		let Some(mut title) = TitleBooks::<T>::get(series, id) else { return true };
		let Some(mut ledger) = Ledger::<T>::open(series) else { return true };
		let Some(claim) = Self::unpaid_of_title(&mut ledger, &title) else {
			defensive!("what a title is to be paid is out of range");
			return false;
		};
		let is_complete = claim.cursor.award == ledger.book.awards;
		let until = claim.cursor.paid_until;
		let asset = ledger.book.asset;
		let mut changed = claim.cursor != title.cursor;
		let has_moved = until != title.cursor.paid_until;
		title.cursor = claim.cursor;
		let paid = claim.by_asset(asset);
		let in_coin = paid.first().map(|(_, amount)| *amount).unwrap_or_default();
		title.paid = title.paid.saturating_add(in_coin);
		if is_complete {
			changed |= Self::drop_final_liens((series, id), &mut title, &mut ledger);
		}
		if !changed {
			return is_complete;
		}
		TitleBooks::<T>::insert(series, id, title);
		Self::count_paid(&mut ledger, &claim);
		ledger.save();
		let title = id;
		// Days for which nothing was due are told of too: else nobody sees how far a title is paid.
		if has_moved && paid.iter().all(|(_, amount)| *amount == 0) {
			let to = owner.clone();
			let nothing = Event::TitlePaid { series, title, to, asset, amount: 0, fee: 0, until };
			Self::deposit_event(nothing);
		}
		for (asset, amount) in paid.into_iter().filter(|(_, amount)| *amount > 0) {
			let fee = fee(asset, amount).min(amount);
			Self::pay_less_fee(asset, owner, amount, fee);
			let to = owner.clone();
			Self::deposit_event(Event::TitlePaid { series, title, to, asset, amount, fee, until });
		}
		is_complete
	}

	/// Forgets the liens whose days are all final and paid: nothing comes for them any more. Those
	/// that are not paid stay, as the payer finds a pot by the liens on titles alone. Only for titles
	/// that are paid to the last award.
	fn drop_final_liens(
		(series, id): (SeriesId, TitleId),
		title: &mut TitleBook<T::AccountId>,
		ledger: &mut Ledger<T>,
	) -> bool {
		let before = title.liens.len();
		title.liens.retain(|lien| {
			let is_over = Self::is_over(series, lien, ledger);
			if is_over {
				Self::release_lien(lien);
				let Lien { days, holder, .. } = lien.clone();
				Self::deposit_event(Event::RightEnded { series, title: id, days, holder });
			}
			!is_over
		});
		title.liens.len() != before
	}

	/// Whether all days of a lien are final and its holder was paid for them.
	pub(crate) fn is_over(
		series: SeriesId,
		lien: &Lien<T::AccountId>,
		ledger: &mut Ledger<T>,
	) -> bool {
		let end = lien.days.end;
		if end > ledger.book.final_until {
			return false;
		}
		let Some(Cursor { paid_until, made_up, award, .. }) =
			Pots::<T>::get(series, &lien.holder).map(|pot| pot.cursor)
		else {
			return true;
		};
		paid_until >= end && made_up >= ledger.made_up_at(end) && award == ledger.book.awards
	}
}
