//! Three fifths and quorum, exactly.

use crate::*;
use dmex_primitives::Balance;
use proptest::prelude::*;

#[test]
fn three_fifths_are_enough_and_one_unit_less_is_not() {
	assert!(Tally { ayes: 600, nays: 400 }.passes(1_000));
	assert!(!Tally { ayes: 599, nays: 400 }.passes(1));
	assert!(!Tally { ayes: 599, nays: 401 }.passes(1_000));
	assert!(Tally { ayes: 3, nays: 2 }.passes(5));
}

#[test]
fn quorum_counts_both_sides() {
	assert!(Tally { ayes: 600, nays: 400 }.passes(1_000));
	assert!(!Tally { ayes: 600, nays: 399 }.passes(1_000));
	assert!(Tally { ayes: 1_000, nays: 0 }.passes(1_000));
	assert!(!Tally { ayes: 0, nays: 1_000 }.passes(1_000));
	assert!(!Tally::default().passes(1));
}

#[test]
fn the_greatest_amounts_do_not_overflow() {
	assert!(Tally { ayes: Balance::MAX, nays: 0 }.passes(Balance::MAX));
	assert!(!Tally { ayes: 0, nays: Balance::MAX }.passes(1));
	assert_eq!(Tally { ayes: Balance::MAX, nays: 0 }.with(false, 1), None);
	assert_eq!(Tally { ayes: 1, nays: 5 }.without(true, 2), None);
}

proptest! {
	#[test]
	fn passing_is_three_fifths_of_a_quorum(
		ayes in 0..1_000_000u128,
		nays in 0..1_000_000u128,
		quorum in 1..1_500_000u128,
	) {
		let expected = ayes + nays >= quorum && ayes * 5 >= (ayes + nays) * 3;
		prop_assert_eq!(Tally { ayes, nays }.passes(quorum), expected);
	}

	#[test]
	fn taking_back_what_was_added_changes_nothing(
		ayes in 0..=Balance::MAX / 4,
		nays in 0..=Balance::MAX / 4,
		aye: bool,
		amount in 0..=Balance::MAX / 4,
	) {
		let tally = Tally { ayes, nays };
		let there = tally.with(aye, amount).unwrap();
		prop_assert_eq!(there.without(aye, amount), Some(tally));
	}
}
