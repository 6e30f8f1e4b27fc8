//! Negative controls: each rule of `try_state` catches a state that breaks it.

use crate::{mock::*, *};
use frame_support::assert_err;

fn caught(spoil: impl FnOnce(), expected: &'static str) {
	chain(Lengths::production()).execute_with(|| {
		Periods::do_try_state().unwrap();
		spoil();
		assert_err!(Periods::do_try_state(), expected);
	});
}

#[test]
fn a_day_of_nothing_is_caught() {
	caught(|| DayLength::<Test>::put(0), "length of the day out of bounds");
}

#[test]
fn a_round_without_blocks_is_caught() {
	caught(|| BlocksPerRound::<Test>::put(0), "blocks of a round out of bounds");
}

#[test]
fn a_length_out_of_bounds_is_caught() {
	caught(
		|| CurrentLengths::<Test>::mutate(|lengths| lengths.grace_days = 61),
		"a length breaks its hard bounds or the order",
	);
}

#[test]
fn a_bond_that_leaves_before_its_proof_is_caught() {
	caught(
		|| CurrentLengths::<Test>::mutate(|lengths| lengths.proof_window_sessions = 672),
		"a length breaks its hard bounds or the order",
	);
}

#[test]
fn a_length_below_its_floor_is_caught() {
	caught(
		|| CurrentLengths::<Test>::mutate(|lengths| lengths.enactment_period = 201_599),
		"a length is below its floor",
	);
}
