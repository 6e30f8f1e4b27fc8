//! A day's reward among weighted stakes, and an index by which a lot's part reaches its units.
//!
//! A coin's *rate* of a day is what one staked unit of its power may earn that day, in 10⁻¹² of the
//! smallest unit: budget · weight / Σ (units · weight). It is fixed when the day begins, so who
//! leaves later makes nobody else's part larger.
//!
//! Everything is rounded down. What an amount leaves behind when it is spread over units is carried
//! to the next amount, so that nothing is lost and never more is claimed than was set aside.

use crate::{mul_div, Rounding};
use primitive_types::U256;

/// Parts of the smallest unit of money that rates and indices are counted in.
pub const REWARD_SCALE: u128 = 1_000_000_000_000;

fn narrow(value: Option<U256>) -> Option<u128> {
	value.and_then(|value| u128::try_from(value).ok())
}

/// What a unit of power may earn in a day: ⌊budget · weight · 10¹² / weighted_total⌋.
///
/// `None` if nothing is staked or it does not fit 128 bits.
pub fn reward_rate(budget: u128, weight: u32, weighted_total: u128) -> Option<u128> {
	let scaled = U256::from(budget).checked_mul(REWARD_SCALE.into());
	// 128 + 40 + 32 bits.
	let weighted = scaled.and_then(|scaled| scaled.checked_mul(weight.into()));
	narrow(weighted.and_then(|weighted| weighted.checked_div(weighted_total.into())))
}

/// What `units` may earn at `rate`, whole units of money. `None` beyond 128 bits.
pub fn reward_at_rate(rate: u128, units: u128) -> Option<u128> {
	mul_div(rate, units, REWARD_SCALE, Rounding::Down)
}

/// The part of `amount` that goes with what was delivered of what was due, at most all of it.
/// Nothing where nothing was due: power that owed nothing has brought nothing.
pub fn delivered_part(amount: u128, delivered: u128, due: u128) -> u128 {
	mul_div(amount, delivered.min(due), due, Rounding::Down).unwrap_or_default()
}

/// What `amount` adds to an index over `units`, and what is carried on, in 10⁻¹² of money: exactly
/// `amount · 10¹² + carry == step · units + left`, `left < units`.
///
/// `None` if there are no units or it does not fit 128 bits.
pub fn index_step(amount: u128, carry: u128, units: u128) -> Option<(u128, u128)> {
	let all = U256::from(amount).checked_mul(REWARD_SCALE.into())?.checked_add(carry.into())?;
	if units == 0 {
		return None;
	}
	let (step, left) = all.div_mod(units.into());
	Some((u128::try_from(step).ok()?, u128::try_from(left).ok()?))
}

/// What `units` have earned while an index grew by `growth`: whole money, and the rest in 10⁻¹².
/// `None` beyond 128 bits.
pub fn index_claim(units: u128, growth: u128) -> Option<(u128, u128)> {
	let all = U256::from(units).checked_mul(growth.into())?;
	let (amount, left) = all.div_mod(REWARD_SCALE.into());
	Some((u128::try_from(amount).ok()?, u128::try_from(left).ok()?))
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
	use super::*;
	use num_bigint::BigUint;
	use proptest::prelude::*;

	#[test]
	fn a_day_is_shared_by_units_times_weight() {
		// 1,000 for 300 units of weight 2 and 400 of weight 1, which make a thousand parts.
		let rate = |weight| reward_rate(1_000, weight, 1_000).unwrap();
		assert_eq!((rate(2), rate(1)), (2 * REWARD_SCALE, REWARD_SCALE));
		assert_eq!(reward_at_rate(rate(2), 300), Some(600));
		assert_eq!(reward_at_rate(rate(1), 400), Some(400));
		assert_eq!(reward_rate(1_000, 0, 1_000), Some(0));
	}

	#[test]
	fn nothing_staked_has_no_rate() {
		assert_eq!(reward_rate(1_000, 1, 0), None);
		assert_eq!(reward_rate(u128::MAX, 1, 1), None);
		assert_eq!(reward_rate(u128::MAX, u32::MAX, u128::MAX), Some(4_294_967_295 * REWARD_SCALE));
	}

	#[test]
	fn only_what_was_delivered_is_rewarded() {
		assert_eq!(delivered_part(1_000, 30, 100), 300);
		assert_eq!(delivered_part(1_000, 100, 100), 1_000);
		assert_eq!(delivered_part(1_000, 200, 100), 1_000);
		assert_eq!(delivered_part(10, 1, 3), 3);
		assert_eq!(delivered_part(1_000, 0, 0), 0);
		assert_eq!(delivered_part(1_000, 5, 0), 0);
		assert_eq!(delivered_part(u128::MAX, u128::MAX, u128::MAX), u128::MAX);
	}

	#[test]
	fn what_does_not_divide_is_carried() {
		let (step, carry) = index_step(10, 0, 3).unwrap();
		assert_eq!((step, carry), (3_333_333_333_333, 1));
		assert_eq!(index_claim(3, step), Some((9, 999_999_999_999)));
		assert_eq!(index_step(0, 5, 3), Some((1, 2)));
		assert_eq!(index_step(10, 0, 0), None);
		assert_eq!(index_claim(u128::MAX, u128::MAX), None);
	}

	proptest! {
		/// All rates together never spend more than the day has.
		#[test]
		fn rates_stay_inside_the_budget(
			budget in 0u128..1 << 80,
			stakes in prop::collection::vec((0u128..1 << 90, 0u32..=1_000_000), 1..16),
		) {
			let total: u128 = stakes.iter().map(|(units, weight)| units * u128::from(*weight)).sum();
			let spent = stakes.iter().map(|(units, weight)| {
				let rate = reward_rate(budget, *weight, total).unwrap_or(0);
				// Against exact arithmetic.
				if total > 0 {
					let exact = BigUint::from(budget) * *weight * REWARD_SCALE / total;
					assert_eq!(BigUint::from(rate), exact);
				}
				reward_at_rate(rate, *units).unwrap()
			});
			prop_assert!(spent.sum::<u128>() <= budget);
		}

		/// Claims of any cut of the units, at any moments, with what is carried, are what came in.
		#[test]
		fn claims_and_carry_are_exactly_what_was_spread(
			amounts in prop::collection::vec(0u128..1 << 60, 1..20),
			parts in prop::collection::vec(1u128..1 << 40, 1..10),
		) {
			let units: u128 = parts.iter().sum();
			let (mut index, mut carry) = (0, 0);
			for amount in &amounts {
				let (step, left) = index_step(*amount, carry, units).unwrap();
				prop_assert!(left < units);
				index += step;
				carry = left;
			}
			let (mut claimed, mut rest) = (0u128, carry);
			for part in parts {
				let (amount, left) = index_claim(part, index).unwrap();
				prop_assert!(left < REWARD_SCALE);
				claimed += amount;
				rest += left;
			}
			let came: u128 = amounts.iter().sum();
			prop_assert!(claimed <= came);
			prop_assert_eq!((came - claimed) * REWARD_SCALE, rest);
		}

		#[test]
		fn a_delivered_part_is_the_exact_quotient(
			amount: u128, delivered: u128, due in 1u128..,
		) {
			let exact = BigUint::from(amount) * delivered.min(due) / due;
			prop_assert_eq!(BigUint::from(delivered_part(amount, delivered, due)), exact);
		}
	}
}
