//! Streams: the provider earns a day's slices by delivering it.

use crate::{
	types::{LotBook, Missed},
	Books, Config, Error, Event, MissedDays, Pallet, Starting,
};
use dmex_math::pro_rata;
use dmex_primitives::{
	lots::Lots,
	rights::{Awards, DayBooks, Days, OnDayClosed, OnMakeUpOver},
	trust::Exposure,
	Balance, Day, LotId,
};
use frame_support::{
	defensive, ensure, storage::with_storage_layer, traits::fungibles::Inspect, traits::Get,
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> OnDayClosed for Pallet<T> {
	/// O(1): the slices of a day are one sum. Does nothing for a lot without streams.
	fn on_day_closed(lot: LotId, day: Day) {
		let Some(mut book) = Books::<T>::get(lot) else { return };
		if day < book.next || day >= book.end {
			return;
		}
		if day > book.next {
			// Slices of the days between would be lost; days close one after the other.
			defensive!("a day closed before an earlier one");
			return;
		}
		Self::close_day(lot, day, &mut book);
		Books::<T>::insert(lot, book);
	}
}

impl<T: Config> OnMakeUpOver for Pallet<T> {
	/// O(1). A refund that is refused stays in the pot, and anyone may try again.
	fn on_make_up_over(lot: LotId, day: Day) {
		let (Some(mut book), Some(missed)) = (Books::<T>::get(lot), MissedDays::<T>::get(lot, day))
		else {
			return;
		};
		if missed.over {
			return;
		}
		let short = T::DayBooks::short(lot, day).unwrap_or_default();
		let made_up = T::DayBooks::made_up(lot, day).unwrap_or_default();
		// A day that was not short by the ledger has nothing to be made up: refund it.
		// Where coins of other days came in place of the day's work, more of it lacked than is short.
		let (done, promised) = T::DayBooks::worked(lot, day).unwrap_or_default();
		let lacked = promised.saturating_sub(done).max(short);
		let earned = if short > 0 { pro_rata(missed.slices, made_up, lacked) } else { 0 };
		let left = missed.slices.saturating_sub(earned);
		book.earned = book.earned.saturating_add(earned);
		Self::release(lot, &mut book, missed.upfront);
		Self::deposit_event(Event::DayMadeUp { lot, day, earned, missed: left });
		if left > 0 && short > 0 && made_up >= short {
			MissedDays::<T>::remove(lot, day);
			Self::give_up(lot, day, &mut book, left);
			Books::<T>::insert(lot, book);
			return;
		}
		if left == 0 {
			MissedDays::<T>::remove(lot, day);
			Books::<T>::insert(lot, book);
			return;
		}
		// Written before the ledger is asked: it may read these books.
		MissedDays::<T>::insert(lot, day, Missed { slices: left, upfront: 0, over: true });
		Books::<T>::insert(lot, book);
		if Self::refund(lot, day, left).is_err() {
			Self::deposit_event(Event::RefundRefused { lot, day, amount: left });
		}
	}
}

impl<T: Config> Pallet<T> {
	fn close_day(lot: LotId, day: Day, book: &mut LotBook) {
		let begins = Starting::<T>::take(lot, day);
		book.slices = book.slices.saturating_add(begins.slices);
		book.upfront = book.upfront.saturating_add(begins.upfront);
		book.next = day.saturating_add(1);
		let is_last = book.next == book.end;
		let rest = if is_last { core::mem::take(&mut book.upfront_rest) } else { 0 };
		let upfront = book.upfront.saturating_add(rest);

		let earned = Self::worked_part(lot, day, book.slices);
		let earned_upfront = Self::worked_part(lot, day, upfront);
		let missed = Missed {
			slices: book.slices.saturating_sub(earned),
			upfront: upfront.saturating_sub(earned_upfront),
			over: false,
		};
		book.earned = book.earned.saturating_add(earned);
		Self::release(lot, book, earned_upfront);
		if book.slices > 0 {
			Self::deposit_event(Event::DayStreamed { lot, day, earned, missed: missed.slices });
		}
		if missed.slices == 0 && missed.upfront == 0 {
			return;
		}
		if T::DayBooks::short(lot, day) != Some(0) {
			MissedDays::<T>::insert(lot, day, missed);
			return;
		}
		Self::release(lot, book, missed.upfront);
		Self::give_up(lot, day, book, missed.slices);
	}

	/// Leaves to the fund slices that nobody earned, of a day without a loss by which a refund could
	/// be divided.
	fn give_up(lot: LotId, day: Day, book: &mut LotBook, unplaced: Balance) {
		book.unplaced = book.unplaced.saturating_add(unplaced);
		Self::deposit_event(Event::DayRefunded { lot, day, refunded: 0, unplaced });
	}

	/// The part of a day's amount that was worked for, rounded down: against the provider. Nothing
	/// where the ledger does not know the day.
	fn worked_part(lot: LotId, day: Day, amount: Balance) -> Balance {
		let Some((done, promised)) = T::DayBooks::worked(lot, day) else {
			defensive!("a closed day is not in the ledger");
			return 0;
		};
		pro_rata(amount, done, promised)
	}

	/// Takes upfront money out of the provider's exposure.
	fn release(lot: LotId, book: &mut LotBook, amount: Balance) {
		if amount == 0 {
			return;
		}
		if let Some(lot) = T::Lots::lot(lot) {
			T::Exposure::release(&lot.provider, amount);
			book.exposure = book.exposure.saturating_sub(amount);
		}
	}

	/// Grants what was missed on a day to its rights. What they could not take is the fund's.
	fn refund(lot: LotId, day: Day, amount: Balance) -> DispatchResult {
		with_storage_layer(|| {
			let (asset, pot) = (T::Stablecoin::get(), Self::pot());
			let before = T::Assets::balance(asset, &pot);
			let days = Days { first: day, end: day.saturating_add(1) };
			T::Awards::grant(lot, days, asset, amount, &pot)?;
			// What was taken counts, not what was said: the pot is others' too.
			let taken = before.saturating_sub(T::Assets::balance(asset, &pot));
			ensure!(taken <= amount, DispatchError::Corruption);
			let unplaced = amount.saturating_sub(taken);
			Books::<T>::mutate_extant(lot, |book| {
				book.refunded = book.refunded.saturating_add(taken);
				book.unplaced = book.unplaced.saturating_add(unplaced);
			});
			MissedDays::<T>::remove(lot, day);
			Self::deposit_event(Event::DayRefunded { lot, day, refunded: taken, unplaced });
			Ok(())
		})
	}

	pub(crate) fn do_retry_refund(lot: LotId, day: Day) -> DispatchResult {
		let missed = MissedDays::<T>::get(lot, day).filter(|missed| missed.over);
		let missed = missed.ok_or(Error::<T>::NothingToRefund)?;
		Self::refund(lot, day, missed.slices)
	}

	pub(crate) fn do_claim_slices(who: &T::AccountId, lot: LotId) -> DispatchResult {
		let info = T::Lots::lot(lot).ok_or(Error::<T>::UnknownLot)?;
		ensure!(info.provider == *who, Error::<T>::NotLotProvider);
		let mut book = Books::<T>::get(lot).ok_or(Error::<T>::NothingToClaim)?;
		let (amount, swept) = (book.claimable(), book.unswept());
		ensure!(amount > 0, Error::<T>::NothingToClaim);
		let fee = Self::fee(amount, book.fee);
		book.claimed = book.claimed.saturating_add(amount);
		book.swept = book.swept.saturating_add(swept);
		Books::<T>::insert(lot, book);
		Self::pay(&Self::pot(), who, amount, fee)?;
		Self::transfer(&Self::pot(), &T::FundAccount::get(), swept)?;
		Self::deposit_event(Event::SlicesClaimed {
			lot,
			provider: who.clone(),
			amount,
			fee,
			swept,
		});
		Ok(())
	}

	pub(crate) fn view_claimable(lot: LotId) -> (Balance, Balance) {
		let book = Books::<T>::get(lot).unwrap_or_default();
		let amount = book.claimable();
		(amount, Self::fee(amount, book.fee))
	}
}
