//! Days begin: what ends there stops to count, a part of the budget is set aside, rates are fixed.

use crate::{
	pallet::*,
	types::{CoinStake, DayBudget, Rates, DAYS_AT_ONCE, KEEP_DAYS},
};
use dmex_math::reward_rate;
use dmex_primitives::{calendar::Calendar, Balance, CoinId, Day, LotId, Units};
use frame_support::ensure;

/// Sum of units times weights. Fits 128 bits by the bounds of both.
pub(crate) fn weighted_total<'a>(coins: impl Iterator<Item = &'a CoinStake>) -> u128 {
	coins.map(|coin| coin.units.saturating_mul(coin.weight.into())).fold(0, u128::saturating_add)
}

impl<T: Config> Pallet<T> {
	/// Opens the days that have begun since the last, a bounded number at once. Whether today is
	/// open afterwards.
	pub(crate) fn open_days() -> bool {
		let today = T::Calendar::today();
		let opened = Opened::<T>::get();
		if today <= opened {
			return true;
		}
		if Coins::<T>::get().iter().all(|coin| coin.units == 0) {
			// Nobody earns: nothing is set aside, and nothing ends.
			Self::retire_up_to(opened, today);
			Opened::<T>::put(today);
			return true;
		}
		let last = opened.saturating_add(DAYS_AT_ONCE).min(today);
		for day in opened.saturating_add(1)..=last {
			Self::open(day);
		}
		Opened::<T>::put(last);
		last == today
	}

	/// Days that the next call that needs today will open.
	pub(crate) fn days_to_open() -> Day {
		T::Calendar::today().saturating_sub(Opened::<T>::get()).min(DAYS_AT_ONCE)
	}

	/// Today, if its budget is fixed.
	pub(crate) fn ensure_open() -> Result<Day, Error<T>> {
		ensure!(Self::open_days(), Error::<T>::DaysBehind);
		Ok(Opened::<T>::get())
	}

	fn open(day: Day) {
		if let Some(old) = day.checked_sub(KEEP_DAYS) {
			Self::retire(old);
		}
		Self::absorb(None);
		let mut coins = Coins::<T>::get();
		for (coin, units) in Endings::<T>::take(day) {
			if let Some(of) = coins.iter_mut().find(|of| of.coin == coin) {
				of.units = of.units.saturating_sub(units);
			}
		}
		let total = weighted_total(coins.iter());
		let amount = Ledger::<T>::get().budget.min(DailyBudget::<T>::get());
		let rates =
			coins.iter().filter(|coin| coin.units > 0 && coin.weight > 0).filter_map(|coin| {
				reward_rate(amount, coin.weight, total).map(|rate| (coin.coin, rate))
			});
		let rates = Rates::truncate_from(rates.collect());
		Coins::<T>::put(coins);
		if amount == 0 || rates.is_empty() {
			return;
		}
		Ledger::<T>::mutate(|books| {
			books.budget = books.budget.saturating_sub(amount);
			books.reserved = books.reserved.saturating_add(amount);
		});
		Days::<T>::insert(day, DayBudget { left: amount, rates: rates.clone() });
		Self::deposit_event(Event::DayOpened { day, budget: amount, rates });
	}

	/// Gives back what is left of a day.
	fn retire(day: Day) {
		let Some(DayBudget { left, .. }) = Days::<T>::take(day) else { return };
		Self::give_back(left);
		Self::deposit_event(Event::DayRetired { day, returned: left });
	}

	/// Retires all days that are too long ago on `today`, where `opened` was the newest.
	fn retire_up_to(opened: Day, today: Day) {
		for day in (0..KEEP_DAYS).filter_map(|back| opened.checked_sub(back)) {
			if today.saturating_sub(day) >= KEEP_DAYS {
				Self::retire(day);
			}
		}
	}

	/// From what is set aside to the budget.
	pub(crate) fn give_back(amount: Balance) {
		Ledger::<T>::mutate(|books| {
			books.reserved = books.reserved.saturating_sub(amount);
			books.budget = books.budget.saturating_add(amount);
		});
	}

	/// Counts `units` more of a coin as staked from the next day on, until `ends`. `None` if they
	/// are too many.
	pub(crate) fn count(coin: CoinId, units: Units, ends: Day) -> Option<()> {
		let mut coins = Coins::<T>::get();
		let of = coins.iter_mut().find(|of| of.coin == coin)?;
		of.units = of.units.checked_add(units)?;
		let mut ending = Endings::<T>::get(ends);
		match ending.iter_mut().find(|(of, _)| *of == coin) {
			Some((_, sum)) => *sum = sum.checked_add(units)?,
			None => ending.try_push((coin, units)).ok()?,
		}
		Coins::<T>::put(coins);
		Endings::<T>::insert(ends, ending);
		Some(())
	}

	/// Takes back what [`Self::count`] did, before `ends` has come.
	pub(crate) fn uncount(coin: CoinId, units: Units, ends: Day) {
		Coins::<T>::mutate(|coins| {
			if let Some(of) = coins.iter_mut().find(|of| of.coin == coin) {
				of.units = of.units.saturating_sub(units);
			}
		});
		Endings::<T>::mutate_exists(ends, |entry| {
			let Some(ending) = entry else { return };
			for (of, sum) in ending.iter_mut() {
				if *of == coin {
					*sum = sum.saturating_sub(units);
				}
			}
			ending.retain(|(_, sum)| *sum > 0);
			if ending.is_empty() {
				*entry = None;
			}
		});
	}

	/// The lot has ended before its last day: what is staked of it counts no more.
	pub(crate) fn end_early(lot: LotId, record: &mut crate::types::LotStake) {
		let opened = Opened::<T>::get();
		if record.ends <= opened {
			return;
		}
		Self::uncount(record.coin, record.steps.last(), record.ends);
		record.ends = opened;
		log::debug!(target: "dmex::power-rewards", "lot {lot} ended on day {opened}");
	}
}
