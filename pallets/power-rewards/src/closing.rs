//! The books of a lot's day are closed: its stakes earn, O(1) whatever their number.

use crate::{
	pallet::*,
	types::{LotStake, KEEP_DAYS},
};
use dmex_math::{delivered_part, index_step, reward_at_rate};
use dmex_primitives::{
	lots::{LotStatus, Lots},
	rights::{DayBooks, OnDayClosed},
	Balance, Day, LotId,
};

impl<T: Config> OnDayClosed for Pallet<T> {
	fn on_day_closed(lot: LotId, day: Day) {
		Self::open_days();
		let Some(mut record) = LotStakes::<T>::get(lot) else { return };
		if day < record.closed {
			return;
		}
		let status = T::Lots::lot(lot).map(|lot| lot.status);
		let before = record.index;
		// What is suspended when a day of it closes has earned nothing on that day.
		if matches!(status, Some(status) if status != LotStatus::Suspended) {
			let _ = Self::earn(lot, &mut record, day);
		}
		if !matches!(status, Some(LotStatus::Active | LotStatus::Suspended)) {
			Self::end_early(lot, &mut record);
		}
		Self::fill_marks(lot, record.closed, day, before);
		Self::fill_mark(lot, day.saturating_add(1), record.index);
		record.closed = day.saturating_add(1);
		Self::forget(&mut record, Opened::<T>::get());
		LotStakes::<T>::insert(lot, record);
	}
}

impl<T: Config> Pallet<T> {
	/// Moves what the stakes of the lot have earned on the day to what is owed, and what was not
	/// delivered back to the budget. `None` if they cannot have earned anything.
	fn earn(lot: LotId, record: &mut LotStake, day: Day) -> Option<()> {
		// What is unstaked today does not count today: the units of today are not yet known. Days to
		// come are closed early only where the lot has ended.
		if day >= record.ends || day >= Opened::<T>::get() {
			return None;
		}
		let units = record.steps.on(day);
		let mut of_day = Days::<T>::get(day).filter(|_| units > 0)?;
		let most = reward_at_rate(of_day.rate_of(record.coin), units)?.min(of_day.left);
		let (done, promised) = T::DayBooks::worked(lot, day).unwrap_or_default();
		let amount = delivered_part(most, done, promised);
		let (step, carry) = index_step(amount, record.carry, units)?;
		record.index = record.index.checked_add(step)?;
		record.carry = carry;
		record.owed = record.owed.saturating_add(amount);
		of_day.left = of_day.left.saturating_sub(most);
		Days::<T>::insert(day, of_day);
		let returned: Balance = most.saturating_sub(amount);
		Ledger::<T>::mutate(|books| {
			books.reserved = books.reserved.saturating_sub(most);
			books.owed = books.owed.saturating_add(amount);
			books.budget = books.budget.saturating_add(returned);
		});
		let index = record.index;
		Self::deposit_event(Event::LotEarned { lot, day, amount, returned, index });
		Some(())
	}

	/// The index of days that closed without a word, as it was before `day`. There are none while
	/// days are closed one after the other.
	fn fill_marks(lot: LotId, closed: Day, day: Day, index: u128) {
		let first = closed.saturating_add(1).max(day.saturating_sub(KEEP_DAYS));
		for skipped in first..=day {
			Self::fill_mark(lot, skipped, index);
		}
	}

	/// The index at the beginning of a day, if a stake needs it.
	pub(crate) fn fill_mark(lot: LotId, day: Day, index: u128) {
		Marks::<T>::mutate_exists(lot, day, |entry| {
			if let Some(mark) = entry {
				mark.index.get_or_insert(index);
			}
		});
	}
}
