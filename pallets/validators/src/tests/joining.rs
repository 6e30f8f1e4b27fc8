//! Registering, setting keys, being admitted.

use crate::{mock::*, Candidate, Candidates, Error, Event, MinValidators, Standing, Totals};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, TokenError};

#[test]
fn genesis_bonds_its_validators_and_freezes_their_number() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(MinValidators::<Test>::get(), 4);
		assert_eq!(active(), vec![1, 2, 3, 4]);
		assert_eq!(Session::queued_keys().len(), 4);
		assert_eq!(Totals::<Test>::get().bonded, 4 * MIN_BOND);
		for who in 1..=4 {
			let expected =
				Candidate { bond: MIN_BOND, standing: Standing::Admitted, silent_for: 0 };
			assert_eq!(Candidates::<Test>::get(who), Some(expected));
			assert_eq!(free(who), ENDOWMENT - MIN_BOND);
		}
		assert_eq!(Validators::terms(), (MIN_BOND, UNBONDING));
	});
}

#[test]
#[should_panic(expected = "every validator at genesis is named once")]
fn genesis_refuses_a_validator_named_twice() {
	ExtBuilder::default().validators(vec![1, 2, 1]).build();
}

#[test]
#[should_panic(expected = "every validator at genesis is named once")]
fn genesis_refuses_more_validators_than_seats() {
	ExtBuilder::default().validators(vec![1, 2, 3, 4, 5, 6, 7]).build();
}

#[test]
#[should_panic(expected = "every validator at genesis is named once")]
fn genesis_refuses_a_validator_without_balance() {
	ExtBuilder::default().validators(vec![1, 50]).build();
}

#[test]
fn register_holds_the_bond() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Validators::register(RuntimeOrigin::signed(5), 1_500));
		assert_eq!(bond(5), 1_500);
		assert_eq!(free(5), ENDOWMENT - 1_500);
		assert_eq!(events(), vec![Event::Registered { who: 5, bond: 1_500 }]);
		assert_eq!(Validators::candidates().len(), 5);
	});
}

#[test]
fn register_fails_below_the_minimum_bond_twice_or_without_money() {
	ExtBuilder::default().build_and_execute(|| {
		let register = |who, bond| Validators::register(RuntimeOrigin::signed(who), bond);
		assert_noop!(register(5, MIN_BOND - 1), Error::<Test>::BondTooSmall);
		assert_noop!(register(1, MIN_BOND), Error::<Test>::AlreadyCandidate);
		assert_noop!(register(5, ENDOWMENT + 1), TokenError::FundsUnavailable);
	});
}

#[test]
fn register_fails_when_the_candidates_are_full() {
	ExtBuilder::default().build_and_execute(|| {
		for who in 5..=8 {
			assert_ok!(Validators::register(RuntimeOrigin::signed(who), MIN_BOND));
		}
		assert_noop!(
			Validators::register(RuntimeOrigin::signed(9), MIN_BOND),
			Error::<Test>::CandidatesFull
		);
	});
}

#[test]
fn bond_extra_adds_to_the_bond_of_candidates_only() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Validators::bond_extra(RuntimeOrigin::signed(1), 500));
		assert_eq!(bond(1), MIN_BOND + 500);
		assert_eq!(events(), vec![Event::BondAdded { who: 1, amount: 500, bond: 1_500 }]);
		assert_noop!(
			Validators::bond_extra(RuntimeOrigin::signed(5), 500),
			Error::<Test>::NotCandidate
		);
		assert_noop!(
			Validators::bond_extra(RuntimeOrigin::signed(1), ENDOWMENT),
			TokenError::FundsUnavailable
		);
		assert_noop!(
			Validators::bond_extra(RuntimeOrigin::signed(1), u128::MAX),
			sp_runtime::ArithmeticError::Overflow
		);
	});
}

#[test]
fn strangers_cannot_set_keys_candidates_can() {
	ExtBuilder::default().build_and_execute(|| {
		assert_noop!(set_keys(5, 5), pallet_session::Error::<Test>::NoAssociatedValidatorId);
		assert_ok!(Validators::register(RuntimeOrigin::signed(5), MIN_BOND));
		assert_ok!(set_keys(5, 5));
		// Someone else's key is refused by pallet-session.
		assert_ok!(Validators::register(RuntimeOrigin::signed(6), MIN_BOND));
		assert_noop!(set_keys(6, 5), pallet_session::Error::<Test>::DuplicatedKey);
	});
}

#[test]
fn admit_is_the_daos_and_wants_a_candidate_with_keys_and_bond() {
	ExtBuilder::default().build_and_execute(|| {
		let admit = |who| Validators::admit(RuntimeOrigin::root(), who);
		assert_noop!(Validators::admit(RuntimeOrigin::signed(5), 5), DispatchError::BadOrigin);
		assert_noop!(admit(5), Error::<Test>::NotCandidate);
		assert_ok!(Validators::register(RuntimeOrigin::signed(5), MIN_BOND));
		assert_noop!(admit(5), Error::<Test>::KeysMissing);
		assert_ok!(set_keys(5, 5));
		assert_ok!(admit(5));
		assert_eq!(events().last(), Some(&Event::Admitted { who: 5 }));
		assert_noop!(admit(5), Error::<Test>::AlreadyAdmitted);
	});
}

#[test]
fn admit_fails_when_all_seats_are_taken() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		join_and_admit(6);
		join(7);
		assert_noop!(Validators::admit(RuntimeOrigin::root(), 7), Error::<Test>::SeatsFull);
	});
}

#[test]
fn an_outgoing_seat_gives_way_to_a_replacement() {
	// As many at genesis as there are seats.
	ExtBuilder::default().validators((1..=6).collect()).build_and_execute(|| {
		assert_ok!(report::<1>(2, 1, 0));
		assert_ok!(report::<1>(3, 2, 0));
		assert_ok!(report::<2>(3, 2, 0));
		assert_eq!(Validators::planned(), (1..=6).collect::<Vec<_>>());
		events();

		join_and_admit(7);
		// 3 has less left than 2.
		assert_eq!((bond(2), bond(3)), (910, 820));
		assert!(events().contains(&Event::Unseated { who: 3 }));
		assert_eq!(Validators::planned(), vec![1, 2, 4, 5, 6, 7]);
		check();

		// One with enough bond again gets its own seat back.
		assert_noop!(Validators::admit(RuntimeOrigin::root(), 2), Error::<Test>::BondTooSmall);
		assert_ok!(Validators::bond_extra(RuntimeOrigin::signed(2), 90));
		assert_ok!(Validators::admit(RuntimeOrigin::root(), 2));
		assert_eq!(Candidates::<Test>::get(2).unwrap().standing, Standing::Admitted);
	});
}
