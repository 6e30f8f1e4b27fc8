//! Money from others for lost days: refund, slash, cover. Granted in O(1), taken in when paid.

use crate::{
	ledger::Ledger,
	types::{overlap, Award},
	ActiveLots, Awards, AwardsFlow, Config, Error, Event, Pallet,
};
use dmex_primitives::{rights, rights::Days, AssetId, Balance, Day, LotId};
use frame_support::{ensure, storage::with_storage_layer};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	fn do_grant(
		lot: LotId,
		days: Days,
		asset: AssetId,
		amount: Balance,
		from: &T::AccountId,
	) -> Result<Balance, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut ledger = Ledger::<T>::open(lot).ok_or(Error::<T>::NoBook)?;
		let in_coin = asset == ledger.book.asset;
		let final_until = ledger.book.final_until;
		let days = Self::awardable(&ledger, days, in_coin)?;
		let lost = ledger
			.coins_lost_at(days.end)
			.checked_sub(ledger.coins_lost_at(days.first))
			.ok_or(Error::<T>::OutOfRange)?;
		ensure!(lost > 0, Error::<T>::NothingLost);
		let placed = if in_coin { amount.min(lost) } else { amount };
		Self::take_in(asset, from, placed)?;
		if in_coin {
			ledger.book.coin_awarded_until = days.end;
			let (full, last) = Self::split_oldest_first(&mut ledger, days, placed);
			if let Some(award) = full {
				Self::add_award(&mut ledger, award)?;
			}
			if let Some(award) = last {
				Self::add_award(&mut ledger, award)?;
			}
		} else {
			// Amounts of another asset cannot be set against coins: by shortfall.
			Self::add_award(&mut ledger, Award { asset, days, amount: placed, lost, final_until })?;
		}
		ledger.save();
		ActiveLots::<T>::insert(lot, ());
		Ok(amount.saturating_sub(placed))
	}

	/// The part of `days` that money can still be granted for.
	fn awardable(ledger: &Ledger<T>, days: Days, in_coin: bool) -> Result<Days, DispatchError> {
		let book = &ledger.book;
		ensure!(days.end > book.final_until, Error::<T>::DaysFinal);
		ensure!(days.first < book.told_until, Error::<T>::MakeUpNotOver);
		// A day is awarded in coin once, so that it never gets more than it lost.
		let first =
			if in_coin { book.coin_awarded_until.max(book.final_until) } else { book.final_until };
		let open = Days { first, end: book.told_until };
		overlap(days, open).ok_or(Error::<T>::NothingLost.into())
	}

	/// Coins for the oldest losses of `days`: those that are paid in full, and the day that is not.
	fn split_oldest_first(
		ledger: &mut Ledger<T>,
		days: Days,
		amount: Balance,
	) -> (Option<Award>, Option<Award>) {
		let (asset, final_until) = (ledger.book.asset, ledger.book.final_until);
		let base = ledger.coins_lost_at(days.first);
		let mut lost_before = |day: Day| ledger.coins_lost_at(day).saturating_sub(base);
		// The last day before which no more was lost than is there.
		let (mut low, mut high) = (days.first, days.end);
		while low < high {
			let middle = high.saturating_sub(high.saturating_sub(low).checked_div(2).unwrap_or(0));
			if lost_before(middle) <= amount {
				low = middle;
			} else {
				high = middle.saturating_sub(1);
			}
		}
		let paid = lost_before(low);
		let full = Award {
			asset,
			days: Days { first: days.first, end: low },
			amount: paid,
			lost: paid,
			final_until,
		};
		let next = low.saturating_add(1).min(days.end);
		let last = Award {
			asset,
			days: Days { first: low, end: next },
			amount: amount.saturating_sub(paid),
			lost: lost_before(next).saturating_sub(paid),
			final_until,
		};
		((full.amount > 0).then_some(full), (last.amount > 0).then_some(last))
	}

	fn add_award(ledger: &mut Ledger<T>, award: Award) -> DispatchResult {
		let (lot, number) = (ledger.lot, ledger.book.awards);
		ledger.book.awards = number.checked_add(1).ok_or(Error::<T>::TooManyAwards)?;
		Awards::<T>::insert(lot, number, award);
		AwardsFlow::<T>::try_mutate(lot, award.asset, |flow| {
			flow.granted = flow.granted.checked_add(award.amount).ok_or(Error::<T>::OutOfRange)?;
			Ok::<_, Error<T>>(())
		})?;
		Self::deposit_event(Event::Awarded { lot, number, award });
		Ok(())
	}
}

impl<T: Config> rights::Awards<T::AccountId> for Pallet<T> {
	fn grant(
		lot: LotId,
		days: Days,
		asset: AssetId,
		amount: Balance,
		from: &T::AccountId,
	) -> Result<Balance, DispatchError> {
		with_storage_layer(|| Self::do_grant(lot, days, asset, amount, from))
	}
}
