//! Negative controls: each breaks one thing that the checks must notice.

use crate::{mock::*, *};
use frame_support::{assert_ok, traits::fungible::MutateHold};

/// A chain on which everything has happened, then broken by `sabotage`.
fn caught(complaint: &'static str, sabotage: impl FnOnce()) {
	ExtBuilder::default().build().execute_with(|| {
		join_and_admit(5);
		join_and_admit(6);
		roll_sessions(2);
		assert_ok!(report::<1>(1, 7, 2));
		assert_ok!(Validators::leave(RuntimeOrigin::signed(6)));
		join(7);
		assert_ok!(Validators::do_try_state());
		sabotage();
		assert_eq!(Validators::do_try_state(), Err(complaint.into()));
	});
}

#[test]
fn a_bond_understated_by_one_is_caught() {
	caught("a bond differs from its hold", || {
		Candidates::<Test>::mutate(2, |candidate| candidate.as_mut().unwrap().bond -= 1);
	});
}

#[test]
fn a_hold_released_behind_the_ledger_is_caught() {
	caught("an unbonding bond differs from its hold", || {
		let reason = HoldReason::Bond.into();
		Balances::release(&reason, &6, 1, frame_support::traits::tokens::Precision::Exact).unwrap();
	});
}

#[test]
fn a_bond_counted_twice_is_caught() {
	caught("a candidate has left at the same time", || {
		Leaving::<Test>::insert(2, Unbonding { amount: MIN_BOND, until: 100 });
	});
}

#[test]
fn a_forgotten_return_is_caught() {
	caught("bonds came in that neither went out nor are held", || {
		Totals::<Test>::mutate(|totals| totals.bonded += 1);
	});
}

#[test]
fn a_slash_charged_to_no_offence_is_caught() {
	caught("slashed and charged differ", || {
		Totals::<Test>::mutate(|totals| {
			totals.slashed += 1;
			totals.bonded += 1;
		});
	});
}

#[test]
fn a_slash_taken_twice_is_caught() {
	caught("a charge exceeds its bond", || {
		let (offence, who, charge) = Charges::<Test>::iter().next().unwrap();
		Charges::<Test>::insert(offence, who, Charge { basis: charge.paid - 1, ..charge });
	});
}

#[test]
fn an_unsorted_seat_is_caught() {
	caught("seats are not sorted", || {
		Seats::<Test>::mutate(|seats| seats.as_mut().reverse());
	});
}

#[test]
fn a_seat_of_a_waiting_candidate_is_caught() {
	caught("a waiting candidate has a seat", || {
		Seats::<Test>::mutate(|seats| {
			seats.retain(|who| *who != 5);
			seats.try_push(7).unwrap();
		});
	});
}

#[test]
fn a_lost_seat_is_caught() {
	caught("a seat is missing or superfluous", || {
		Seats::<Test>::mutate(|seats| seats.retain(|who| *who != 5));
	});
}

#[test]
fn a_set_below_the_genesis_number_is_caught() {
	caught("fewer validators than at genesis", || {
		for who in [3, 4] {
			pallet_session::NextKeys::<Test>::remove(who);
		}
	});
}

#[test]
fn a_validator_without_a_bond_is_caught() {
	caught("a validator without a bond", || {
		pallet_session::Validators::<Test>::append(9);
	});
}

#[test]
fn bonds_noted_of_others_than_the_validators_are_caught() {
	caught("bonds are noted of others than the validators", || {
		BondsAt::<Test>::mutate(2, |bonds| {
			bonds.as_mut().unwrap().pop();
		});
	});
}

#[test]
fn a_session_kept_too_long_is_caught() {
	caught("bonds of a forgotten session remain", || OldestBonds::<Test>::put(1));
}

#[test]
fn an_offence_that_outlives_its_report_is_caught() {
	caught("an offence outlived its report", || CurrentOffence::<Test>::put([0; 32]));
}
