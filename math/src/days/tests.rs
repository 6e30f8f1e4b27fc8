#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used)]

use super::*;
use num_bigint::BigUint;
use num_traits::One;
use proptest::prelude::*;

fn big(fine: Fine) -> BigUint {
	(BigUint::from(fine.whole) << 128) + fine.fraction
}

fn scaled(amount: u128) -> BigUint {
	BigUint::from(amount) << 128
}

#[test]
fn a_third_is_carried() {
	let first = DayIndex::default().add(1, 3).unwrap();
	assert_eq!(first.index, Fine::of_fraction(u128::MAX / 3));
	assert_eq!(first.carry, Fine::of_fraction(1));
	let second = first.add(1, 3).unwrap();
	assert_eq!(second.carry, Fine::of_fraction(2));
	let third = second.add(1, 3).unwrap();
	assert_eq!(third, DayIndex { index: Fine::new(1), carry: Fine::ZERO });
}

#[test]
fn the_limits_of_the_types_divide() {
	let all = DayIndex::default().add(u128::MAX, u128::MAX).unwrap();
	assert_eq!(all, DayIndex { index: Fine::new(1), carry: Fine::ZERO });
	assert_eq!(all.index.times(u128::MAX), Some(Fine::new(u128::MAX)));
	let one = DayIndex::default().add(u128::MAX, 1).unwrap();
	assert_eq!(one.index, Fine::new(u128::MAX));
	let dust = DayIndex::default().add(1, u128::MAX).unwrap();
	assert_eq!(dust.index, Fine::of_fraction(1));
	assert_eq!(dust.carry, Fine::of_fraction(1));
	assert_eq!(dust.index.times(u128::MAX), Some(Fine::of_fraction(u128::MAX)));
	assert_eq!(DayIndex::default().add(1, 0), None);
	assert_eq!(Fine::new(u128::MAX).checked_add(Fine::new(1)), None);
	assert_eq!(Fine::ZERO.checked_sub(Fine::of_fraction(1)), None);
	assert_eq!(Fine::new(2).times(u128::MAX), None);
}

#[test]
fn an_award_is_divided_by_what_was_lost() {
	assert_eq!(award_part(100, Fine::new(1), 3), Some(33));
	assert_eq!(award_part(100, Fine::new(3), 3), Some(100));
	assert_eq!(award_part(u128::MAX, Fine::new(u128::MAX), u128::MAX), Some(u128::MAX));
	assert_eq!(award_part(100, Fine::new(4), 3), None);
	assert_eq!(award_part(100, Fine::ZERO, 0), None);
}

#[test]
fn a_share_is_the_issued_part_less_the_fee() {
	// 90 of 120 measured, 3 % fee: 1,000 · 0.75 · 0.97 = 727.5.
	let part = issued_part(1_000, 90, 120).unwrap();
	assert_eq!(after_parts(part, &[30_000]), Some(728));
	// All of it if less is measured than issued.
	assert_eq!(issued_part(1_000, 90, 50), Some(1_000));
	assert_eq!(issued_part(1_000, 90, 0), Some(1_000));
	assert_eq!(after_parts(1_000, &[30_000, 400_000]), Some(582));
	assert_eq!(after_parts(1_000, &[1_000_001]), None);
	assert_eq!(after_parts(u128::MAX, &[0, 0]), Some(u128::MAX));
}

#[test]
fn what_stands_out_is_three_deviations_of_thirty_days() {
	// 3 · 0.01 · √30 · 1,000,000 = 164,316.76.
	assert!(!stands_out(164_316, 10_000, 1_000_000));
	assert!(stands_out(164_317, 10_000, 1_000_000));
	// A network's own books have no noise.
	assert!(!stands_out(0, 0, 1_000_000));
	assert!(stands_out(1, 0, 1_000_000));
	assert!(!stands_out(-1, 0, 1_000_000));
	assert!(!stands_out(i128::MIN, 0, u128::MAX));
	assert!(!stands_out(i128::MAX, 1_000_000, u128::MAX));
}

proptest! {
	#[test]
	fn nothing_is_lost_or_made_by_an_index(
		days in prop::collection::vec((any::<u64>(), 1u128..), 1..40)
	) {
		let (mut now, mut sum, mut added) = (DayIndex::default(), BigUint::default(), BigUint::default());
		for (amount, units) in days {
			let next = now.add(amount.into(), units).unwrap();
			let step = next.index.checked_sub(now.index).unwrap();
			sum += big(step) * units;
			added += scaled(amount.into());
			prop_assert_eq!(&sum + big(next.carry), added.clone());
			prop_assert!(next.carry.whole == 0);
			now = next;
		}
	}

	#[test]
	fn a_limited_step_carries_the_rest(
		amount in any::<u128>(), units in 1u128.., limit in any::<(u64, u128)>()
	) {
		let limit = Fine { whole: limit.0.into(), fraction: limit.1 };
		let next = DayIndex::default().add_within(amount, units, limit).unwrap();
		prop_assert!(next.index <= limit);
		prop_assert_eq!(big(next.index) * units + big(next.carry), scaled(amount));
	}

	#[test]
	fn paying_what_was_short_reaches_the_end_of_its_day(
		shorts in prop::collection::vec((any::<u64>(), 1u128.., 1u8..4), 1..20)
	) {
		let mut made = DayIndex::default();
		for (short, units, payments) in shorts {
			let step = short_step(short.into(), units).unwrap();
			let end = made.index.checked_add(step).unwrap();
			let each = short / u64::from(payments);
			for nth in 0..payments {
				let amount = if nth == 0 { short - each * u64::from(payments - 1) } else { each };
				let limit = end.checked_sub(made.index).unwrap();
				made = made.add_within(amount.into(), units, limit).unwrap();
			}
			prop_assert_eq!(made.index, end);
		}
	}

	#[test]
	fn parts_of_an_award_never_exceed_it(
		amount in any::<u128>(), lost in prop::collection::vec(any::<u64>(), 1..20)
	) {
		let total: u128 = lost.iter().map(|each| u128::from(*each)).sum();
		prop_assume!(total > 0);
		let paid: BigUint = lost
			.iter()
			.map(|each| BigUint::from(award_part(amount, Fine::new((*each).into()), total).unwrap()))
			.sum();
		prop_assert!(paid <= BigUint::from(amount));
		prop_assert!(paid + lost.len() >= BigUint::from(amount));
	}

	#[test]
	fn fine_amounts_are_exact(a in any::<(u128, u128)>(), b in any::<(u128, u128)>(), n in any::<u128>()) {
		let (x, y) = (Fine { whole: a.0, fraction: a.1 }, Fine { whole: b.0, fraction: b.1 });
		let top = BigUint::one() << 256;
		let sum = big(x) + big(y);
		prop_assert_eq!(x.checked_add(y).map(big), (sum < top).then_some(sum));
		let product = big(x) * n;
		prop_assert_eq!(x.times(n).map(big), (product < top).then_some(product));
		let difference = (x >= y).then(|| big(x) - big(y));
		prop_assert_eq!(x.checked_sub(y).map(big), difference);
	}

	#[test]
	fn rounding_goes_as_it_says(value in any::<u128>(), n in any::<u64>(), d in 1u64..) {
		let product = BigUint::from(value) * n;
		let down = &product / d;
		let up = (&product + (d - 1)) / d;
		let fits = |exact: BigUint| u128::try_from(exact).ok();
		prop_assert_eq!(mul_div(value, n.into(), d.into(), Rounding::Down), fits(down));
		prop_assert_eq!(mul_div(value, n.into(), d.into(), Rounding::Up), fits(up));
	}
}
