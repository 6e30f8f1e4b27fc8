//! Who pays what, once.

use crate::{mock::*, Candidates, Cause, Charges, Error, Event, Standing, Totals};
use frame_support::{assert_noop, assert_ok};
use sp_staking::offence::{OffenceError, ReportOffence};

fn slashed() -> u128 {
	Totals::<Test>::get().slashed
}

#[test]
fn a_validator_joins_equivocates_pays_and_is_replaced() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		roll_sessions(2);
		assert_eq!(active(), vec![1, 2, 3, 4, 5]);
		events();

		// One of five: (3 ÷ 5)² = 36 %.
		assert_ok!(report_of::<1>(5, 7, 2, 5));
		assert_eq!(bond(5), 640);
		assert_eq!(free(TREASURY), 1 + 360);
		assert!(events().contains(&Event::Ejected { who: 5, cause: Cause::BondTooSmall }));
		assert_eq!(Session::disabled_validators(), vec![4]);
		check();

		join_and_admit(6);
		roll_sessions(1);
		assert!(events().contains(&Event::Unseated { who: 5 }));
		check();
		roll_sessions(1);
		assert_eq!(active(), vec![1, 2, 3, 4, 6]);
		assert_eq!(Session::disabled_validators(), Vec::<u32>::new());
		assert_eq!(Candidates::<Test>::get(5).unwrap().standing, Standing::Waiting);

		// What is left comes back after the window.
		assert_ok!(Validators::leave(RuntimeOrigin::signed(5)));
		roll_sessions(2 + UNBONDING);
		assert_ok!(Validators::withdraw(RuntimeOrigin::signed(5)));
		assert_eq!(free(5), ENDOWMENT - 360);
	});
}

#[test]
fn concurrent_reports_take_only_the_difference() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(report::<1>(1, 7, 0));
		assert_eq!(bond(1), 910);
		// Two of ten in one slot: 36 % for each.
		assert_ok!(report::<1>(2, 7, 0));
		assert_eq!((bond(1), bond(2)), (640, 640));
		// Three: 81 %.
		assert_ok!(report::<1>(3, 7, 0));
		assert_eq!((bond(1), bond(2), bond(3), bond(4)), (190, 190, 190, MIN_BOND));
		assert_eq!(slashed(), 3 * 810);
		assert_eq!(report::<1>(3, 7, 0), Err(OffenceError::DuplicateReport));
		assert_eq!(Charges::<Test>::iter().count(), 3);
	});
}

#[test]
fn other_slots_and_kinds_of_one_session_are_other_offences() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(report::<1>(1, 7, 0));
		assert_ok!(report::<1>(1, 8, 0));
		assert_eq!(bond(1), 820);
		assert_ok!(report::<2>(1, 7, 0));
		assert_eq!(bond(1), 730);
		assert_eq!(Charges::<Test>::iter().count(), 3);
		// A later report about one of them touches that one only: 36 % − 9 % more.
		assert_ok!(report::<2>(2, 7, 0));
		assert_eq!((bond(1), bond(2)), (460, 640));
	});
}

#[test]
fn one_slot_reported_under_two_sessions_is_one_offence() {
	ExtBuilder::default().build_and_execute(|| {
		roll_sessions(1);
		assert_ok!(report::<1>(1, 7, 0));
		assert_eq!(bond(1), 910);
		// The set is the same, so the reporter of 2 may prove its key for any of its sessions.
		assert_ok!(report::<1>(2, 7, 1));
		assert_eq!((bond(1), bond(2)), (640, 640));
	});
}

#[test]
fn the_bond_of_the_session_counts_not_that_of_today() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(Validators::bond_extra(RuntimeOrigin::signed(1), 1_000));
		assert_ok!(report::<1>(1, 7, 0));
		assert_eq!(bond(1), 1_910);
		// Enough is left: it keeps its seat.
		assert_eq!(Candidates::<Test>::get(1).unwrap().standing, Standing::Admitted);
		roll_sessions(1);
		assert_ok!(report::<1>(1, 8, 1));
		// 9 % of 1 910, rounded up.
		assert_eq!(bond(1), 1_910 - 172);
	});
}

#[test]
fn a_slash_takes_no_more_than_there_is() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(report_of::<1>(1, 1, 0, 4)); // 56.25 %
		assert_ok!(report_of::<1>(1, 2, 0, 4));
		assert_eq!(bond(1), 0);
		assert_eq!(slashed(), MIN_BOND);
		assert_ok!(report_of::<1>(1, 3, 0, 4));
		assert_eq!(slashed(), MIN_BOND);
		assert_eq!(Charges::<Test>::iter().count(), 2);
	});
}

#[test]
fn a_slash_reaches_a_bond_that_is_unbonding() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		roll_sessions(2);
		assert_ok!(Validators::leave(RuntimeOrigin::signed(5)));
		// It is in the set for one more session, with the bond that is unbonding.
		roll_sessions(1);
		assert_eq!(active(), vec![1, 2, 3, 4, 5]);
		roll_sessions(UNBONDING);
		assert_ok!(report::<1>(5, 7, 3));
		assert_eq!(Validators::unbonding_of(5).unwrap().amount, 910);
		assert_noop!(Validators::withdraw(RuntimeOrigin::signed(5)), Error::<Test>::WindowOpen);
		check();

		roll_sessions(1);
		assert_ok!(report::<1>(5, 8, 3));
		assert_eq!(Validators::unbonding_of(5).unwrap().amount, 910);
		assert_ok!(Validators::withdraw(RuntimeOrigin::signed(5)));
		assert_eq!(free(5), ENDOWMENT - 90);
	});
}

#[test]
fn an_offence_older_than_the_window_is_closed_for_all_its_offenders() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(report::<1>(1, 7, 0));
		roll_sessions(UNBONDING + 1);
		assert_ok!(report::<1>(2, 8, 0));
		assert_eq!(bond(2), MIN_BOND);
		// 2 is reported late, under a session that is still open: 1 has closed.
		assert_ok!(report::<1>(2, 7, UNBONDING));
		assert_eq!((bond(1), bond(2)), (910, 640));
	});
}

#[test]
fn nobody_pays_for_a_session_it_was_not_in() {
	ExtBuilder::default().build_and_execute(|| {
		join_and_admit(5);
		assert_ok!(report::<1>(5, 7, 0));
		assert_eq!(bond(5), MIN_BOND);
	});
}

#[test]
fn a_report_without_its_slot_is_one_offence_per_session() {
	ExtBuilder::default().build_and_execute(|| {
		let report = |offender, slot| {
			<Offences as ReportOffence<_, _, _>>::report_offence(
				vec![],
				Equivocation::<1> { offender, slot, session: 0, of: 10 },
			)
		};
		assert_ok!(report(1, 7));
		assert_ok!(report(1, 8));
		assert_eq!(bond(1), 910);
		assert_ok!(report(2, 8));
		assert_eq!((bond(1), bond(2)), (640, 640));
	});
}

#[test]
fn the_set_stays_at_the_minimum_until_a_replacement_is_there() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(report::<1>(2, 7, 0));
		assert_eq!(Candidates::<Test>::get(2).unwrap().standing, Standing::Outgoing);
		roll_sessions(4);
		assert_eq!(active(), vec![1, 2, 3, 4]);
		check();
		join_and_admit(5);
		roll_sessions(2);
		assert_eq!(active(), vec![1, 3, 4, 5]);
	});
}

#[test]
fn disabling_stops_at_a_third() {
	ExtBuilder::default().build_and_execute(|| {
		assert_ok!(report::<1>(1, 7, 0));
		assert_ok!(report::<1>(2, 8, 0));
		assert_eq!(Session::disabled_validators(), vec![0]);
		assert_eq!(Validators::planned(), vec![1, 2, 3, 4]);
	});
}
