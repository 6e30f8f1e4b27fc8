#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::oracle;
use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use proptest::prelude::*;

const FIL: u128 = 1_000_000_000_000_000_000;
/// 0.4 FIL a day: 146 FIL in a year without growth.
const PER_DAY: u128 = 4 * FIL / 10;

fn growth(per_cent: i64) -> Growth {
	Growth::per_year(Fixed::from_billionths(per_cent * 10_000_000)).unwrap()
}

fn year(per_cent: i64) -> u128 {
	expected_output(PER_DAY, growth(per_cent), 365, None).unwrap()
}

/// Tenths, rounded to the nearest as in print.
fn tenths(amount: u128) -> u128 {
	(amount + FIL / 20) / (FIL / 10)
}

/// y₀ · 365 · (e^(−k·start/365) − e^(−k·end/365))/k with k = ln(1 + growth), exact to 2⁻²⁰⁰.
fn exact(per_day: u128, growth: Fixed, start: u32, end: u32) -> BigInt {
	let k = oracle::ln(&(oracle::one() + oracle::of_fixed(growth)));
	let left = |days: u32| oracle::exp(&(-&k * days / 365));
	if k.is_zero() {
		return (BigInt::from(per_day) * (end - start)) << oracle::BITS;
	}
	oracle::div(&((left(start) - left(end)) * per_day * 365), &k)
}

#[test]
fn a_year_of_146_fil_agrees_with_the_published_table() {
	let table = [(0, 1_460), (10, 1_393), (20, 1_335), (30, 1_284), (50, 1_200), (100, 1_053)];
	for (per_cent, expected) in table {
		assert_eq!(tenths(year(per_cent)), expected, "{per_cent} %");
	}
	assert_eq!(year(0), 146 * FIL);
	// 133.463830395178877033854… by 80 decimal digits; two units lie between.
	assert_eq!(year(20), 133_463_830_395_178_877_032);
}

#[test]
fn daily_steps_are_larger_by_less_than_one_days_growth() {
	for per_cent in [1, 10, 20, 50, 100, 1_000] {
		let k = growth(per_cent).rate();
		let steps: u128 = (0..365u32)
			.map(|day| {
				let x = Fixed::from_bits(-(k.to_bits() * i128::from(day) / 365));
				let left = x.exp().unwrap().to_bits() as u128;
				((BigInt::from(PER_DAY) * left) >> 64u32).to_u128().unwrap()
			})
			.sum();
		let closed = year(per_cent);
		assert!(steps > closed);
		let bound = (BigInt::from(closed) * k.to_bits() / 365) >> 64u32;
		assert!(BigInt::from(steps - closed) < bound, "{per_cent} %");
	}
}

#[test]
fn growth_is_taken_within_its_limits() {
	assert_eq!(Growth::per_year(Fixed::ZERO), Some(Growth::NONE));
	assert_eq!(Growth::per_year(Fixed::from_bits(-1)), None);
	assert!(Growth::per_year(Fixed::from_billionths(100_000_000_000)).is_some());
	assert_eq!(Growth::per_year(Fixed::from_billionths(100_000_000_001)), None);
	assert_eq!(Growth::per_day(Fixed::from_billionths(-1)), Growth::NONE);
	assert_eq!(Growth::per_day(Fixed::from_billionths(20_000_000)), Growth::MAX);
	assert_eq!(Growth::per_day(Fixed::from_bits(i128::MAX)), Growth::MAX);
	// Rounded down: the last of 64 bits is missing to 0.2.
	assert_eq!(growth(20).annual().to_billionths(), Some(199_999_999));
	assert_eq!(Growth::NONE.annual(), Fixed::ZERO);
	let drift = Fixed::from_billionths(499_511);
	assert_eq!(Growth::per_day(drift).annual().to_billionths().unwrap() / 1_000, 199_999);
}

#[test]
fn a_halving_counts_from_its_day() {
	let with = |first, every, days| {
		let halving = Halving { subsidy: 800, first, every };
		expected_output(1_000, Growth::NONE, days, Some(halving)).unwrap()
	};
	assert_eq!(with(10, 0, 10), 10_000);
	assert_eq!(with(10, 0, 11), 10_600);
	assert_eq!(with(10, 0, 20), 16_000);
	assert_eq!(with(0, 0, 20), 12_000);
	assert_eq!(with(10, 5, 20), 10_000 + 5 * 600 + 5 * 400);
	assert_eq!(with(u32::MAX, u32::MAX, 20), 20_000);
	// An odd subsidy is halved downwards, as the network does.
	let odd = Halving { subsidy: 7, first: 1, every: 1 };
	assert_eq!(expected_output(10, Growth::NONE, 5, Some(odd)), Ok(10 + 6 + 4 + 3 + 3));
}

#[test]
fn halvings_and_growth_together_agree_with_the_parts() {
	let halving = Halving { subsidy: 3 * FIL, first: 100, every: 0 };
	let all = expected_output(4 * FIL, growth(50), 365, Some(halving)).unwrap();
	let rate = Fixed::from_billionths(500_000_000);
	let parts = exact(4 * FIL, rate, 0, 100) + exact(5 * FIL / 2, rate, 100, 365);
	let difference = parts - (BigInt::from(all) << oracle::BITS);
	assert!(difference >= BigInt::zero());
	assert!(difference <= BigInt::from(500) << oracle::BITS);
}

#[test]
fn what_is_out_of_range_is_refused() {
	let flat = |per_day, days| expected_output(per_day, Growth::NONE, days, None);
	assert_eq!(flat(7, MAX_DAYS), Ok(7 * 3_660));
	assert_eq!(flat(7, MAX_DAYS + 1), Err(OutputError::TermTooLong));
	assert_eq!(flat(u128::MAX, 1), Ok(u128::MAX));
	assert_eq!(flat(u128::MAX, 2), Err(OutputError::Overflow));
	assert_eq!(flat(0, 365), Ok(0));
	assert_eq!(flat(u128::MAX, 0), Ok(0));
	let halving = Halving { subsidy: 2, first: 1, every: 1 };
	assert_eq!(
		expected_output(1, Growth::NONE, 5, Some(halving)),
		Err(OutputError::SubsidyTooLarge)
	);
}

/// Growth a year between nothing and 10,000 %, small ones as likely as large ones.
fn growths() -> impl Strategy<Value = Fixed> {
	(0i128..100 << 64, 0u32..72).prop_map(|(bits, shift)| Fixed::from_bits(bits >> shift))
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	/// The stated bound: 10⁻¹⁸ of the value and one unit, never up.
	#[test]
	fn lies_below_the_exact_value_by_no_more_than_the_bound(
		per_day in 0u128..1 << 110,
		growth in growths(),
		days in 0u32..=MAX_DAYS,
	) {
		let output = expected_output(per_day, Growth::per_year(growth).unwrap(), days, None);
		let exact = exact(per_day, growth, 0, days);
		let difference = &exact - (BigInt::from(output.unwrap()) << oracle::BITS);
		prop_assert!(difference >= BigInt::zero() - (BigInt::from(1) << 200u32));
		prop_assert!(difference <= exact / 1_000_000_000_000_000_000u64 + oracle::one());
	}

	#[test]
	fn falls_with_growth_and_rises_with_power_and_days(
		per_day in 0u128..1 << 100,
		more in 0u128..1 << 100,
		growth in growths(),
		faster in growths(),
		days in 0u32..MAX_DAYS,
	) {
		let value = |per_day, growth, days| {
			expected_output(per_day, Growth::per_year(growth).unwrap(), days, None).unwrap()
		};
		let (slow, fast) = (growth.min(faster), growth.max(faster));
		prop_assert!(value(per_day, fast, days) <= value(per_day, slow, days));
		prop_assert!(value(per_day, slow, days) <= value(per_day + more, slow, days));
		prop_assert!(value(per_day, slow, days) <= value(per_day, slow, days + 1));
		prop_assert!(value(per_day, slow, days) <= per_day * u128::from(days));
	}

	#[test]
	fn the_least_step_of_growth_never_raises_it(
		growth in growths(),
		days in 0u32..=MAX_DAYS,
	) {
		let rate = Growth::per_year(growth).unwrap().rate();
		prop_assume!(rate < MAX_LOG_GROWTH);
		let next = Growth(Fixed::from_bits(rate.to_bits() + 1));
		let value = |growth| expected_output(1 << 110, growth, days, None).unwrap();
		prop_assert!(value(next) <= value(Growth(rate)));
	}

	/// The whole term is its first days and, from what the yield has fallen to, the others.
	#[test]
	fn adds_up_over_intervals_within_the_bound(
		growth in growths(),
		first in 0u32..MAX_DAYS / 2,
		second in 0u32..MAX_DAYS / 2,
	) {
		let per_day = 1u128 << 100;
		let rate = Growth::per_year(growth).unwrap();
		// A halving that halves nothing makes the sum of two intervals.
		let cut = Halving { subsidy: 1, first, every: 0 };
		let whole = expected_output(per_day, rate, first + second, None).unwrap();
		let parts = expected_output(per_day, rate, first + second, Some(cut)).unwrap();
		// The halved unit is gone for each day of the second interval.
		let bound = whole / 1_000_000_000_000_000_000 + 2 + u128::from(second);
		prop_assert!(whole.abs_diff(parts) <= bound);
	}

	/// Rounding pays nobody: values of parts never exceed the value of the whole.
	#[test]
	fn parts_are_never_worth_more_than_the_whole(
		first in 0u128..1 << 70,
		second in 0u128..1 << 70,
		growth in growths(),
		days in 0u32..=MAX_DAYS,
	) {
		let rate = Growth::per_year(growth).unwrap();
		let value = |per_day| expected_output(per_day, rate, days, None).unwrap();
		prop_assert!(value(first) + value(second) <= value(first + second));
		prop_assert!(value(first + second) - value(first) - value(second) <= 1);
	}
}
