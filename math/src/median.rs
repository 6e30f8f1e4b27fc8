//! The middle of what many say.

use primitive_types::U256;

/// Median of `values`, which are sorted in passing: the middle one, or the mean of the two middle
/// ones, rounded down. `None` of nothing.
pub fn median(values: &mut [u128]) -> Option<u128> {
	values.sort_unstable();
	let middle = values.len().checked_div(2)?;
	let upper = *values.get(middle)?;
	if values.len() % 2 == 1 {
		return Some(upper);
	}
	let lower = *values.get(middle.checked_sub(1)?)?;
	upper.checked_sub(lower)?.checked_div(2)?.checked_add(lower)
}

/// Whether `value` is at most `spread` parts per million of `median` away from it, both ends
/// included.
pub fn within_spread(value: u128, median: u128, spread: u32) -> bool {
	// 148 bits each, so neither product overflows.
	let distance = U256::from(value.abs_diff(median)).saturating_mul(1_000_000.into());
	distance <= U256::from(median).saturating_mul(spread.into())
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	#[test]
	fn median_is_the_middle_or_the_mean_of_the_two_middle_ones() {
		assert_eq!(median(&mut []), None);
		assert_eq!(median(&mut [7]), Some(7));
		assert_eq!(median(&mut [9, 1]), Some(5));
		assert_eq!(median(&mut [9, 2]), Some(5));
		assert_eq!(median(&mut [3, 1, 2]), Some(2));
		assert_eq!(median(&mut [100, 1, 4, 3]), Some(3));
		assert_eq!(median(&mut [u128::MAX, u128::MAX - 2]), Some(u128::MAX - 1));
	}

	#[test]
	fn spread_includes_its_ends() {
		assert!(within_spread(98, 100, 20_000));
		assert!(within_spread(102, 100, 20_000));
		assert!(!within_spread(97, 100, 20_000));
		assert!(!within_spread(103, 100, 20_000));
		assert!(within_spread(100, 100, 0));
		assert!(!within_spread(101, 100, 0));
		assert!(within_spread(0, 0, 20_000));
		assert!(!within_spread(1, 0, 20_000));
		assert!(within_spread(u128::MAX, u128::MAX, 0));
		assert!(within_spread(0, u128::MAX, 1_000_000));
		assert!(!within_spread(0, u128::MAX, 999_999));
	}

	proptest! {
		/// With f < n/3 liars the median lies among the honest.
		#[test]
		fn liars_below_a_third_do_not_move_it_out_of_the_honest_range(
			honest in prop::collection::vec(any::<u128>(), 3..30),
			lies in prop::collection::vec(any::<u128>(), 0..10),
		) {
			let liars = lies.len().min((honest.len() - 1) / 2);
			let mut all = honest.clone();
			all.extend(&lies[..liars]);
			let middle = median(&mut all).unwrap();
			prop_assert!(middle >= *honest.iter().min().unwrap());
			prop_assert!(middle <= *honest.iter().max().unwrap());
		}
	}
}
