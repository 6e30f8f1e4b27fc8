//! How much power may stand behind titles: measured days and the ceiling per pool.

use crate::{
	types::{
		Latest, Lot, Measured, ISSUE_MARGIN, MAX_WINDOW, POOL_CEILING_PERCENT,
		PROBATION_CEILING_PERCENT,
	},
	Config, FreePower, IssuedOfCoin, IssuedOnSource, Pallet, UnlimitedFreePower,
};
use alloc::vec::Vec;
use dmex_primitives::{
	calendar::Calendar,
	facts::{DayFact, DayPower, EffectivePower, Facts, PoolAccounts},
	CoinId, Day, PoolAccountId, Power, SourceId,
};
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
	/// Days of the measuring window, at least one.
	pub(crate) fn window() -> u32 {
		T::Window::get().clamp(1, MAX_WINDOW)
	}

	/// What the days of a lot's account allow to be issued.
	///
	/// The days are the last `2·W` that are paid, and those after them whose payout may still come:
	/// these count with what was measured, so they can lower the limit and never raise it. None is
	/// before the lot was submitted, nor before its account had an address to be paid at. Yesterday
	/// is voted on during today: it is looked at as soon as there is a fact for it, and until then
	/// the days end the day before. Any other day without a fact counts zero.
	pub(crate) fn measured(lot: &Lot<T::AccountId>) -> Measured {
		let needed = Self::window();
		let today = T::Calendar::today();
		let power_of = |day| T::EffectivePower::effective_power(lot.account, day);
		let yesterday = today.saturating_sub(1);
		let newest = match power_of(yesterday) {
			Some(_) => yesterday,
			None => today.saturating_sub(2),
		};
		let after = newest.saturating_add(1);
		let Some(counted_from) = T::EffectivePower::counted_from(lot.account) else {
			return Measured { first: after, newest, days: 0, needed, limit: None };
		};
		let unpaid_from = (1..=T::EffectivePower::MOST_UNPAID)
			.map(|age| after.saturating_sub(age))
			.take_while(|day| !matches!(power_of(*day), Some(DayPower::Paid(_))))
			.filter(|day| matches!(power_of(*day), Some(DayPower::Unpaid(_))))
			.last()
			.unwrap_or(after);
		let first = unpaid_from
			.saturating_sub(needed.saturating_mul(2))
			.max(lot.measured_from)
			.max(counted_from);
		let days = unpaid_from.saturating_sub(first);
		let limit = (days >= needed)
			.then(|| {
				let powers: Vec<Power> = (first..after)
					.map(|day| match power_of(day) {
						Some(DayPower::Paid(power) | DayPower::Unpaid(power)) => power,
						None => 0,
					})
					.collect();
				lowest_mean(&powers, needed)
			})
			.flatten()
			.map(|mean| ISSUE_MARGIN.mul_floor(mean));
		Measured { first, newest, days, needed, limit }
	}

	/// What may still be issued on a pool for a coin; `None` if nothing limits it.
	pub(crate) fn room_on_source(coin: CoinId, source: SourceId) -> Option<Power> {
		if T::PoolAccounts::is_network(source) {
			return None;
		}
		let free = Self::free_power(coin)?;
		let on_probation =
			T::PoolAccounts::probation_until(source).is_some_and(|end| T::Calendar::today() <= end);
		let percent = if on_probation { PROBATION_CEILING_PERCENT } else { POOL_CEILING_PERCENT };
		Some(room_under_ceiling(
			IssuedOnSource::<T>::get(coin, source),
			IssuedOfCoin::<T>::get(coin),
			free,
			percent,
		))
	}

	/// Power of a coin that one pool may always carry; `None` for no limit.
	pub(crate) fn free_power(coin: CoinId) -> Option<Power> {
		(!UnlimitedFreePower::<T>::get()).then(|| FreePower::<T>::get(coin))
	}

	/// Newest agreed day of an account, if it is not older than three days.
	pub(crate) fn latest(account: PoolAccountId) -> Option<Latest> {
		let today = T::Calendar::today();
		(1..=3u32).find_map(|age: Day| {
			let day = today.checked_sub(age)?;
			match T::Facts::closed_day(account, day).ok()? {
				DayFact::Value(reading) => {
					Some(Latest { day, power: reading.power, paid: reading.paid })
				},
				DayFact::Refused => Some(Latest { day, power: 0, paid: 0 }),
			}
		})
	}
}

/// The lowest mean of `window` days running, rounded down; `None` if there are fewer days.
fn lowest_mean(powers: &[Power], window: u32) -> Option<Power> {
	let length = usize::try_from(window).ok()?;
	powers
		.windows(length.max(1))
		.map(|days| days.iter().fold(Power::MIN, |sum, power| sum.saturating_add(*power)))
		.min()
		.and_then(|sum| sum.checked_div(Power::from(window)))
}

/// The most that can be added to `on_source`, which is part of `of_coin`, so that it stays at or
/// below `free` or at or below `percent` of the coin's power, both counted after the addition.
///
/// `on + x ≤ p·(coin + x)` is `x ≤ (p·coin − on) / (1 − p)`. Rounded down.
fn room_under_ceiling(on_source: Power, of_coin: Power, free: Power, percent: u128) -> Power {
	let by_free = free.saturating_sub(on_source);
	let whole = of_coin.saturating_mul(percent);
	let used = on_source.saturating_mul(100);
	let rest = 100u128.saturating_sub(percent);
	let by_share = whole.saturating_sub(used).checked_div(rest).unwrap_or_default();
	by_free.max(by_share)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn the_lowest_mean_counts() {
		assert_eq!(lowest_mean(&[10, 20, 30], 2), Some(15));
		assert_eq!(lowest_mean(&[30, 20, 11], 2), Some(15));
		assert_eq!(lowest_mean(&[10, 0, 30], 2), Some(5));
		assert_eq!(lowest_mean(&[10], 2), None);
		assert_eq!(lowest_mean(&[], 1), None);
		assert_eq!(lowest_mean(&[7, 9], 1), Some(7));
	}

	#[test]
	fn the_first_issuer_of_a_coin_has_the_free_power_and_no_more() {
		assert_eq!(room_under_ceiling(0, 0, 500, 40), 500);
		assert_eq!(room_under_ceiling(500, 500, 500, 40), 0);
		assert_eq!(room_under_ceiling(0, 0, 0, 40), 0);
	}

	#[test]
	fn a_pool_carries_two_fifths_of_the_power_with_what_it_adds() {
		// 600 elsewhere: 400 of 1,000 is the ceiling.
		assert_eq!(room_under_ceiling(0, 600, 0, 40), 400);
		assert_eq!(room_under_ceiling(400, 1_000, 0, 40), 0);
		// One in a hundred on probation: 10 of 1,000.
		assert_eq!(room_under_ceiling(0, 990, 0, 1), 10);
	}

	proptest! {
		#[test]
		fn the_room_is_exactly_what_the_ceiling_leaves(
			on in 0u128..10_000,
			elsewhere in 0u128..10_000,
			free in 0u128..5_000,
			percent in prop_oneof![Just(1u128), Just(40u128)],
		) {
			let holds = |x: u128| {
				on + x <= free || (on + x) * 100 <= percent * (on + elsewhere + x)
			};
			let room = room_under_ceiling(on, on + elsewhere, free, percent);
			prop_assert!(room == 0 || holds(room));
			prop_assert!(!holds(room + 1));
		}
	}
}
