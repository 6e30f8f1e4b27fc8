//! What pallet-session is told.

use crate::{mock::*, BondsAt, OldestBonds};
use codec::Encode;
use frame_support::{assert_ok, traits::KeyOwnerProofSystem};
use pallet_session::{historical, QueuedChanged, SessionManager};
use sp_runtime::{key_types::DUMMY, testing::UintAuthorityId, KeyTypeId};

/// Proof of who owns a key.
type Proof = <Historical as KeyOwnerProofSystem<(KeyTypeId, Vec<u8>)>>::Proof;

fn prove(key: u64) -> Proof {
	Historical::prove((DUMMY, UintAuthorityId(key).encode())).unwrap()
}

fn owner(key: u64, proof: Proof) -> Option<(u64, ())> {
	Historical::check_proof((DUMMY, UintAuthorityId(key).encode()), proof)
}

#[test]
fn an_admitted_candidate_is_active_two_sessions_later() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		roll_sessions(1);
		assert_eq!(active(), vec![1, 2, 3, 4]);
		assert!(QueuedChanged::<Test>::get());
		roll_sessions(1);
		assert_eq!(active(), vec![1, 2, 3, 4, 5]);
		assert_eq!(Validators::active(), active());
	});
}

#[test]
fn new_session_is_none_while_nothing_changes() {
	ExtBuilder::default().build_and_execute(|| {
		assert_eq!(<Validators as SessionManager<u64>>::new_session(1), None);
		let root = historical::HistoricalSessions::<Test>::get(1).unwrap();
		for _ in 0..3 {
			roll_sessions(1);
			assert!(!QueuedChanged::<Test>::get());
		}
		assert_eq!(historical::HistoricalSessions::<Test>::get(4), Some(root));

		join_and_admit(5);
		assert_eq!(<Validators as SessionManager<u64>>::new_session(5), Some(vec![1, 2, 3, 4, 5]));
	});
}

#[test]
fn a_disabled_validator_stays_disabled_while_the_set_is_unchanged() {
	ExtBuilder::default().build_and_execute(|| {
		// Enough bond that the slash costs no seat.
		assert_ok!(Validators::bond_extra(RuntimeOrigin::signed(2), 1_000));
		roll_sessions(1);
		assert_ok!(report::<1>(2, 1, 1));
		assert_eq!(Session::disabled_validators(), vec![1]);
		roll_sessions(3);
		assert_eq!(Session::disabled_validators(), vec![1]);
		join_and_admit(5);
		roll_sessions(2);
		assert_eq!(Session::disabled_validators(), Vec::<u32>::new());
	});
}

#[test]
fn one_that_must_stay_with_too_little_bond_is_disabled_again_after_a_change() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(report::<1>(2, 1, 0));
		assert_eq!(Session::disabled_validators(), vec![1]);
		// A rotated key changes the set, which enables everyone.
		assert_ok!(set_keys(3, 33));
		roll_sessions(2);
		assert_eq!(active(), vec![1, 2, 3, 4]);
		assert_eq!(Session::disabled_validators(), vec![1]);

		// Of two such, no more than may be faulty.
		assert_ok!(report::<1>(1, 2, 2));
		assert_ok!(set_keys(3, 34));
		roll_sessions(2);
		assert_eq!(Session::disabled_validators(), vec![0]);
	});
}

#[test]
fn a_rotated_key_is_proven_after_its_session() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(set_keys(2, 22));
		assert_eq!(
			<Validators as SessionManager<u64>>::new_session(2),
			Some(vec![1, 2, 3, 4]),
			"a new key is a change"
		);
		roll_sessions(2);
		let proof = prove(22);
		assert_eq!(proof.session, 2);
		roll_sessions(2);
		assert_eq!(owner(22, proof), Some((2, ())));
		assert!(!QueuedChanged::<Test>::get());
	});
}

#[test]
fn the_key_of_one_who_left_is_proven_until_the_window_closes() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		roll_sessions(2);
		let proof = prove(5);
		assert_ok!(Validators::leave(RuntimeOrigin::signed(5)));
		roll_sessions(UNBONDING);
		assert_eq!(owner(5, proof.clone()), Some((5, ())));
		roll_sessions(1);
		assert_eq!(owner(5, proof), None);
	});
}

#[test]
fn sessions_past_the_window_are_forgotten() {
	ExtBuilder::default().build_and_execute(|| {
		roll_sessions(UNBONDING + 20);
		assert_eq!(OldestBonds::<Test>::get(), 20);
		assert_eq!(BondsAt::<Test>::iter_keys().count(), (UNBONDING + 1) as usize);
		assert_eq!(historical::StoredRange::<Test>::get(), Some((20, UNBONDING + 22)));
		let expected: Vec<(u64, u128)> = (1..=4).map(|who| (who, MIN_BOND)).collect();
		assert_eq!(BondsAt::<Test>::get(UNBONDING + 20).unwrap().into_inner(), expected);
	});
}

#[test]
fn a_shortened_window_is_caught_up_with_in_steps() {
	ExtBuilder::default().build_and_execute(|| {
		UnbondingSessions::set(40);
		roll_sessions(40);
		assert_eq!(OldestBonds::<Test>::get(), 0);
		UnbondingSessions::set(1);
		roll_sessions(1);
		assert_eq!(OldestBonds::<Test>::get(), 16);
		assert_eq!(historical::StoredRange::<Test>::get(), Some((16, 43)));
		roll_sessions(2);
		assert_eq!(OldestBonds::<Test>::get(), 42);
		assert_eq!(BondsAt::<Test>::iter_keys().count(), 2);
	});
}
