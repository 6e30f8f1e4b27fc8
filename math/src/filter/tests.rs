#![allow(clippy::arithmetic_side_effects)]

use super::*;
use proptest::prelude::*;

fn billionths(value: i64) -> Fixed {
	Fixed::from_billionths(value)
}

/// Readings that grow by `rate` a day and are `days` apart.
fn steady(rate: Fixed, days: u32, count: u32) -> Filter {
	let constants = Constants::default();
	let start = billionths(50_000_000_000);
	(1..=count).fold(Filter::new(start, &constants), |filter, n| {
		let level = start.checked_add(rate.checked_times(n * days).unwrap()).unwrap();
		filter.update(level, days, &constants).unwrap()
	})
}

fn close(a: Fixed, b: Fixed, tolerance: i64) -> bool {
	a.checked_sub(b).unwrap().within(billionths(tolerance)) == a.checked_sub(b).unwrap()
}

#[test]
fn starting_constants_are_sound() {
	assert!(Constants::default().are_sound());
	let fresh = Filter::new(billionths(7), &Constants::default());
	assert_eq!(fresh.level, billionths(7));
	assert_eq!(fresh.drift, Fixed::ZERO);
	assert_eq!(fresh.deviation, billionths(300_000));
}

#[test]
fn unsound_constants_and_no_time_leave_the_filter_alone() {
	let sound = Constants::default();
	let filter = Filter::new(Fixed::ONE, &sound);
	assert_eq!(filter.update(Fixed::ONE, 0, &sound), None);
	for unsound in [
		Constants { memory: Fixed::ONE, ..sound },
		Constants { memory: Fixed::ZERO, ..sound },
		Constants { max_drift: Fixed::ZERO, ..sound },
		Constants { max_surprise: Fixed::ZERO, ..sound },
		Constants { initial_drift: Fixed::ONE, ..sound },
		Constants { least_deviation: billionths(-1), ..sound },
	] {
		assert!(!unsound.are_sound());
		assert_eq!(filter.update(Fixed::ONE, 1, &unsound), None);
	}
}

#[test]
fn a_network_that_stands_still_has_no_drift() {
	let filter = steady(Fixed::ZERO, 1, 400);
	assert_eq!(filter.drift, Fixed::ZERO);
	assert_eq!(filter.level, billionths(50_000_000_000));
	assert_eq!(filter.deviation, Constants::default().least_deviation);
	assert_eq!(filter.growth(), Growth::NONE);
	// z 2 over the least deviation: e^(365 · 0.0004) − 1
	let stress = filter.stress(billionths(2_000_000_000)).annual().to_billionths();
	assert_eq!(stress.unwrap() / 1_000_000, 157);
}

#[test]
fn steady_growth_is_found_whatever_the_distance_of_readings() {
	// 40 % a year
	let rate = billionths(921_842);
	for (days, count) in [(1, 400), (14, 30), (30, 13)] {
		let filter = steady(rate, days, count);
		assert!(close(filter.drift, rate, 2_000), "{days}: {:?}", filter.drift.to_billionths());
		let annual = filter.growth().annual().to_billionths().unwrap();
		assert!((398_000_000..402_000_000).contains(&annual), "{days}: {annual}");
	}
}

#[test]
fn a_shrinking_network_is_valued_at_no_growth() {
	let filter = steady(billionths(-2_000_000), 14, 30);
	assert!(close(filter.drift, billionths(-2_000_000), 4_000));
	assert_eq!(filter.growth(), Growth::NONE);
	assert_eq!(filter.stress(Fixed::ONE), Growth::NONE);
}

#[test]
fn scatter_widens_the_deviation() {
	let constants = Constants::default();
	let swing = |size: i64| {
		(0..60).fold(Filter::new(Fixed::ZERO, &constants), |filter, n| {
			let level = billionths(if n % 2 == 0 { size } else { -size });
			filter.update(level, 14, &constants).unwrap()
		})
	};
	let (calm, wild) = (swing(20_000_000), swing(80_000_000));
	assert!(wild.deviation > calm.deviation);
	assert!(wild.deviation > billionths(600_000));
	let z = billionths(2_000_000_000);
	assert!(wild.stress(z) > calm.stress(z));
}

#[test]
fn one_wild_reading_moves_the_estimate_by_a_bounded_amount() {
	let constants = Constants::default();
	let filter = steady(billionths(500_000), 1, 200);
	let jump = filter.update(billionths(150_000_000_000), 1, &constants).unwrap();
	// β · ln 4 a day, β = 0.03²
	let most = billionths(1_247_665);
	assert!(jump.drift.checked_sub(filter.drift).unwrap() <= most);
	let up = jump.level.checked_sub(filter.level).unwrap();
	assert!(up < billionths(100_000_000));
	// The same from a reading of nothing.
	let drop = filter.update(Fixed::ZERO, 1, &constants).unwrap();
	assert!(filter.drift.checked_sub(drop.drift).unwrap() <= most);
}

#[test]
fn stress_saturates() {
	let filter = steady(billionths(500_000), 1, 10);
	assert_eq!(filter.stress(Fixed::from_bits(i128::MAX)), Growth::MAX);
	assert_eq!(filter.stress(Fixed::from_bits(i128::MIN)), Growth::NONE);
	assert_eq!(filter.stress(Fixed::ZERO), filter.growth());
	assert_eq!(filter.stress(billionths(-9_000_000_000)), Growth::NONE);
}

#[test]
fn a_filter_is_encoded_and_read_back() {
	let filter = steady(billionths(500_000), 1, 10);
	let bytes = filter.encode();
	assert_eq!(bytes.len(), 48);
	assert_eq!(Filter::max_encoded_len(), 48);
	assert_eq!(Filter::decode(&mut &bytes[..]).unwrap(), filter);
}

proptest! {
	#[test]
	fn any_history_stays_within_the_limits(
		readings in prop::collection::vec((0i64..160_000_000_000, 1u32..2_000), 1..60),
	) {
		let constants = Constants::default();
		let mut filter = Filter::new(billionths(50_000_000_000), &constants);
		for (level, days) in readings {
			filter = filter.update(billionths(level), days, &constants).unwrap();
			prop_assert_eq!(filter.drift.within(constants.max_drift), filter.drift);
			prop_assert!(filter.deviation >= constants.least_deviation);
			prop_assert!(filter.deviation < Fixed::ONE);
		}
	}

	/// The drift of a noisy series is the true one within four of the deviations that the filter
	/// states (of 20,000 such series the farthest was off by 2.8).
	#[test]
	fn noise_does_not_hide_the_drift(
		noise in prop::collection::vec(-40_000_000i64..40_000_000, 60),
	) {
		let constants = Constants::default();
		let rate = billionths(900_000);
		let mut filter = Filter::new(Fixed::ZERO, &constants);
		for (n, noise) in (1u32..).zip(noise) {
			let level = rate.checked_times(14 * n).unwrap().checked_add(billionths(noise)).unwrap();
			filter = filter.update(level, 14, &constants).unwrap();
		}
		let error = filter.drift.checked_sub(rate).unwrap();
		let bound = filter.deviation.checked_times(4).unwrap();
		prop_assert_eq!(error.within(bound), error);
	}
}
