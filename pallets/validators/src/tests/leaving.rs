//! Leaving, being removed, getting the bond back.

use crate::{mock::*, Candidates, Error, Event, Totals, Unbonding};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn a_leaver_authors_to_the_end_of_the_next_session() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		roll_sessions(2);
		assert_eq!(active(), vec![1, 2, 3, 4, 5]);
		events();

		assert_ok!(Validators::leave(RuntimeOrigin::signed(5)));
		let until = 2 + 2 + UNBONDING;
		assert_eq!(events(), vec![Event::Left { who: 5, amount: MIN_BOND, until }]);
		assert_eq!(Validators::unbonding_of(5), Some(Unbonding { amount: MIN_BOND, until }));
		assert_eq!(Validators::bond_of(5), None);
		assert_eq!(Validators::planned(), vec![1, 2, 3, 4]);
		check();

		roll_sessions(1);
		assert_eq!(active(), vec![1, 2, 3, 4, 5]);
		check();
		roll_sessions(1);
		assert_eq!(active(), vec![1, 2, 3, 4]);
	});
}

#[test]
fn withdraw_returns_the_bond_after_the_window_and_purges_the_keys() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		roll_sessions(2);
		assert_noop!(
			Validators::withdraw(RuntimeOrigin::signed(5)),
			Error::<Test>::NothingUnbonding
		);
		assert_ok!(Validators::leave(RuntimeOrigin::signed(5)));
		roll_sessions(1 + UNBONDING);
		assert_noop!(Validators::withdraw(RuntimeOrigin::signed(5)), Error::<Test>::WindowOpen);
		// The keys of one who left are not its to change.
		assert_noop!(set_keys(5, 55), pallet_session::Error::<Test>::NoAssociatedValidatorId);

		roll_sessions(1);
		events();
		assert_ok!(Validators::withdraw(RuntimeOrigin::signed(5)));
		assert_eq!(events(), vec![Event::Withdrawn { who: 5, amount: MIN_BOND }]);
		assert_eq!(free(5), ENDOWMENT);
		assert_eq!(System::consumers(&5), 0);
		assert_eq!(Session::load_keys(&5), None);
		assert_eq!(Totals::<Test>::get().returned, MIN_BOND);
		assert_eq!(Validators::unbonding_of(5), None);
	});
}

#[test]
fn registering_again_waits_for_the_old_bond() {
	ExtBuilder::default().build_and_execute(|| {
		join(5);
		assert_ok!(Validators::leave(RuntimeOrigin::signed(5)));
		assert_noop!(
			Validators::register(RuntimeOrigin::signed(5), MIN_BOND),
			Error::<Test>::BondUnbonding
		);
		roll_sessions(2 + UNBONDING);
		assert_ok!(Validators::withdraw(RuntimeOrigin::signed(5)));
		join_and_admit(5);
	});
}

#[test]
fn leave_and_remove_never_go_below_the_genesis_number() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(Validators::leave(RuntimeOrigin::signed(1)), Error::<Test>::TooFewValidators);
		assert_noop!(Validators::remove(RuntimeOrigin::root(), 1), Error::<Test>::TooFewValidators);
		join(5);
		// Waiting is not being in the set.
		assert_noop!(Validators::leave(RuntimeOrigin::signed(1)), Error::<Test>::TooFewValidators);
		assert_ok!(Validators::admit(RuntimeOrigin::root(), 5));
		assert_ok!(Validators::leave(RuntimeOrigin::signed(1)));
		assert_noop!(Validators::leave(RuntimeOrigin::signed(2)), Error::<Test>::TooFewValidators);
		roll_sessions(2);
		assert_eq!(active(), vec![2, 3, 4, 5]);
	});
}

#[test]
fn only_validators_with_keys_count_for_the_minimum() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		// The runtime closes this call; here it makes a validator without keys.
		assert_ok!(Session::purge_keys(RuntimeOrigin::signed(5)));
		assert_noop!(Validators::leave(RuntimeOrigin::signed(1)), Error::<Test>::TooFewValidators);
		// One without keys is not in the set: it may go.
		assert_ok!(Validators::leave(RuntimeOrigin::signed(5)));
	});
}

#[test]
fn going_never_brings_back_an_ejected_one() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		assert_ok!(report::<1>(2, 1, 0));
		assert_eq!(Validators::planned(), vec![1, 3, 4, 5]);
		assert_noop!(Validators::leave(RuntimeOrigin::signed(5)), Error::<Test>::TooFewValidators);
		// The outgoing one is not needed: it may go.
		assert_ok!(Validators::leave(RuntimeOrigin::signed(2)));
	});
}

#[test]
fn an_outgoing_one_that_is_needed_cannot_leave() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(report::<1>(2, 1, 0));
		assert_eq!(Validators::planned(), vec![1, 2, 3, 4]);
		assert_noop!(Validators::leave(RuntimeOrigin::signed(2)), Error::<Test>::TooFewValidators);
	});
}

#[test]
fn remove_is_the_daos_and_unbonds_like_leaving() {
	ExtBuilder::default().build_and_execute(|| {
		join(5);
		assert_noop!(Validators::remove(RuntimeOrigin::signed(1), 5), DispatchError::BadOrigin);
		assert_noop!(Validators::remove(RuntimeOrigin::root(), 6), Error::<Test>::NotCandidate);
		assert_ok!(Validators::remove(RuntimeOrigin::root(), 5));
		assert!(!Candidates::<Test>::contains_key(5));
		assert_eq!(
			Validators::unbonding_of(5),
			Some(Unbonding { amount: MIN_BOND, until: 2 + UNBONDING })
		);
		assert_noop!(Validators::leave(RuntimeOrigin::signed(5)), Error::<Test>::NotCandidate);
	});
}

#[test]
fn withdraw_ends_a_bond_that_was_slashed_to_nothing() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		roll_sessions(2);
		// One of three: everything.
		assert_ok!(report_of::<1>(5, 1, 2, 3));
		assert_ok!(Validators::leave(RuntimeOrigin::signed(5)));
		roll_sessions(2 + UNBONDING);
		assert_ok!(Validators::withdraw(RuntimeOrigin::signed(5)));
		assert_eq!(free(5), ENDOWMENT - MIN_BOND);
		assert_eq!(Validators::unbonding_of(5), None);
	});
}
