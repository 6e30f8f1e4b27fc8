//! Prices of units, shares of amounts, and prices that fall with time.

use crate::{mul_div, Rounding};
use alloc::vec::Vec;

/// A price for one unit counts billionths of the smallest unit of money: one unit of power may be
/// worth less than the smallest unit of money.
pub const UNIT_PRICE_SCALE: u128 = 1_000_000_000;

/// One million, what parts are counted in.
const MILLION: u128 = 1_000_000;

/// What `units` cost at a price for one unit (see [`UNIT_PRICE_SCALE`]), in the smallest unit of
/// money.
pub fn price_of(price_per_unit: u128, units: u128, rounding: Rounding) -> Option<u128> {
	mul_div(price_per_unit, units, UNIT_PRICE_SCALE, rounding)
}

/// The share `part / whole` of an amount, rounded down. All of it where nothing was owed
/// (`whole` is zero) or more came than was owed.
pub fn pro_rata(amount: u128, part: u128, whole: u128) -> u128 {
	if part >= whole {
		return amount;
	}
	// A true share is not more than the amount, so it fits.
	mul_div(amount, part, whole, Rounding::Down).unwrap_or(amount)
}

/// Divides an amount by weights. Each share is rounded down and the first gets what is left over,
/// so that nothing is made or lost. `None` if the weights are nothing together or overflow.
pub fn divide(amount: u128, weights: &[u128]) -> Option<Vec<u128>> {
	let whole = weights.iter().try_fold(0u128, |sum, weight| sum.checked_add(*weight))?;
	let mut shares = weights
		.iter()
		.map(|weight| mul_div(amount, *weight, whole, Rounding::Down))
		.collect::<Option<Vec<_>>>()?;
	let given = shares.iter().try_fold(0u128, |sum, share| sum.checked_add(*share))?;
	let first = shares.first_mut()?;
	*first = first.checked_add(amount.checked_sub(given)?)?;
	Some(shares)
}

/// Price of a Dutch auction: falls on a straight line from `start` to `floor` over `duration`, and
/// stays at the floor. Rounded up, against the buyer. A floor above the start is the price.
pub fn dutch_price(start: u128, floor: u128, elapsed: u64, duration: u64) -> u128 {
	let Some(range) = start.checked_sub(floor) else { return floor };
	let Some(left) = duration.checked_sub(elapsed) else { return floor };
	let above = mul_div(range, left.into(), duration.into(), Rounding::Up).unwrap_or(0);
	floor.saturating_add(above)
}

/// Least bid that beats `best`: more by `parts_per_million` of it, rounded up, and by one at
/// least. `None` if no bid can.
pub fn least_raise(best: u128, parts_per_million: u32) -> Option<u128> {
	let raise = mul_div(best, parts_per_million.into(), MILLION, Rounding::Up)?;
	best.checked_add(raise.max(1))
}

/// `parts_per_million` of an amount, at most all of it, rounded up.
pub fn fee_of(amount: u128, parts_per_million: u32) -> u128 {
	let fee = mul_div(amount, parts_per_million.into(), MILLION, Rounding::Up);
	fee.unwrap_or(amount).min(amount)
}

/// An amount of `cost` with `parts_per_million` on top, rounded up. `None` if it does not fit.
pub fn with_margin(cost: u128, parts_per_million: u32) -> Option<u128> {
	let parts = MILLION.checked_add(parts_per_million.into())?;
	mul_div(cost, parts, MILLION, Rounding::Up)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
	use super::*;
	use num_bigint::BigUint;
	use proptest::prelude::*;

	#[test]
	fn products_are_exact_and_rounded_as_asked() {
		assert_eq!(mul_div(7, 3, 2, Rounding::Down), Some(10));
		assert_eq!(mul_div(7, 3, 2, Rounding::Up), Some(11));
		assert_eq!(mul_div(8, 3, 2, Rounding::Up), Some(12));
		assert_eq!(mul_div(1, 1, 0, Rounding::Down), None);
		assert_eq!(mul_div(u128::MAX, u128::MAX, u128::MAX, Rounding::Up), Some(u128::MAX));
		assert_eq!(mul_div(u128::MAX, 2, 1, Rounding::Down), None);
		assert_eq!(mul_div(u128::MAX, u128::MAX, 1, Rounding::Up), None);
	}

	/// 1 TiB of Filecoin power at 0.4 dollars a day: 0.38 millionths of a dollar a MiB.
	#[test]
	fn a_unit_may_cost_less_than_the_smallest_unit_of_money() {
		let per_mebibyte = 381_469_727;
		assert_eq!(price_of(per_mebibyte, 1 << 20, Rounding::Down), Some(400_000));
		assert_eq!(price_of(per_mebibyte, 1, Rounding::Down), Some(0));
		assert_eq!(price_of(per_mebibyte, 1, Rounding::Up), Some(1));
		assert_eq!(price_of(0, 7, Rounding::Up), Some(0));
	}

	#[test]
	fn a_share_is_never_more_than_the_whole() {
		assert_eq!(pro_rata(100, 1, 3), 33);
		assert_eq!(pro_rata(100, 3, 3), 100);
		assert_eq!(pro_rata(100, 4, 3), 100);
		assert_eq!(pro_rata(100, 0, 3), 0);
		assert_eq!(pro_rata(100, 0, 0), 100, "nothing owed is all delivered");
		assert_eq!(pro_rata(u128::MAX, u128::MAX - 1, u128::MAX), u128::MAX - 1);
	}

	#[test]
	fn what_does_not_divide_goes_to_the_first() {
		assert_eq!(divide(10, &[1, 1, 1]), Some(Vec::from([4, 3, 3])));
		assert_eq!(divide(2, &[1, 1, 1]), Some(Vec::from([2, 0, 0])));
		assert_eq!(divide(0, &[5]), Some(Vec::from([0])));
		assert_eq!(divide(7, &[0, 1]), Some(Vec::from([0, 7])));
		assert_eq!(divide(7, &[]), None);
		assert_eq!(divide(7, &[0]), None);
		assert_eq!(divide(7, &[u128::MAX, 1]), None);
	}

	#[test]
	fn a_dutch_price_falls_in_a_straight_line_to_its_floor() {
		assert_eq!(dutch_price(115, 80, 0, 6), 115);
		assert_eq!(dutch_price(115, 80, 3, 6), 98, "97.5 rounded against the buyer");
		assert_eq!(dutch_price(115, 80, 6, 6), 80);
		assert_eq!(dutch_price(115, 80, u64::MAX, 6), 80);
		assert_eq!(dutch_price(115, 80, 0, 0), 80, "no time to fall in");
		assert_eq!(dutch_price(80, 115, 1, 6), 115);
		assert_eq!(dutch_price(u128::MAX, 0, 1, u64::MAX), {
			let left = BigUint::from(u128::MAX) * BigUint::from(u64::MAX - 1);
			let up: BigUint = (left + BigUint::from(u64::MAX - 1)) / BigUint::from(u64::MAX);
			u128::try_from(up).unwrap()
		});
	}

	#[test]
	fn a_raise_is_a_part_of_the_best_bid_and_at_least_one() {
		assert_eq!(least_raise(1_000, 20_000), Some(1_020));
		assert_eq!(least_raise(1_001, 20_000), Some(1_022));
		assert_eq!(least_raise(0, 20_000), Some(1));
		assert_eq!(least_raise(5, 0), Some(6));
		assert_eq!(least_raise(u128::MAX, 1), None);
	}

	#[test]
	fn fees_and_margins_are_rounded_up() {
		assert_eq!(fee_of(1_000, 2_000), 2);
		assert_eq!(fee_of(1_001, 2_000), 3);
		assert_eq!(fee_of(1, 1), 1);
		assert_eq!(fee_of(0, 1), 0);
		assert_eq!(fee_of(7, 2_000_000), 7);
		assert_eq!(with_margin(100, 50_000), Some(105));
		assert_eq!(with_margin(1, 50_000), Some(2));
		assert_eq!(with_margin(u128::MAX, 50_000), None);
	}

	proptest! {
		#[test]
		fn a_product_agrees_with_exact_arithmetic(
			a in any::<u128>(), b in any::<u128>(), c in 1u128..,
		) {
			let product = BigUint::from(a) * BigUint::from(b);
			let down = &product / BigUint::from(c);
			let up = (&product + BigUint::from(c - 1)) / BigUint::from(c);
			prop_assert_eq!(mul_div(a, b, c, Rounding::Down), u128::try_from(down).ok());
			prop_assert_eq!(mul_div(a, b, c, Rounding::Up), u128::try_from(up).ok());
		}

		#[test]
		fn a_division_makes_and_loses_nothing(
			amount in any::<u128>(),
			weights in prop::collection::vec(1u128..1 << 100, 1..16),
		) {
			let shares = divide(amount, &weights).unwrap();
			prop_assert_eq!(shares.iter().sum::<u128>(), amount);
			let whole: u128 = weights.iter().sum();
			for (share, weight) in shares.iter().zip(&weights).skip(1) {
				prop_assert_eq!(Some(*share), mul_div(amount, *weight, whole, Rounding::Down));
			}
		}

		#[test]
		fn a_dutch_price_never_rises_and_stays_in_its_range(
			start in any::<u128>(), floor in any::<u128>(),
			duration in any::<u64>(), a in any::<u64>(), b in any::<u64>(),
		) {
			let (start, floor) = (start.max(floor), start.min(floor));
			let early = dutch_price(start, floor, a.min(b), duration);
			let late = dutch_price(start, floor, a.max(b), duration);
			prop_assert!(late <= early && early <= start && late >= floor);
		}

		/// Buying in parts never costs less than buying at once.
		#[test]
		fn parts_are_never_cheaper_than_the_whole(
			price in 0u128..1 << 60, a in 0u128..1 << 60, b in 0u128..1 << 60,
		) {
			let whole = price_of(price, a + b, Rounding::Up).unwrap();
			let parts =
				price_of(price, a, Rounding::Up).unwrap() + price_of(price, b, Rounding::Up).unwrap();
			prop_assert!(parts >= whole);
			let sold =
				price_of(price, a, Rounding::Down).unwrap() + price_of(price, b, Rounding::Down).unwrap();
			prop_assert!(sold <= whole);
		}
	}
}
