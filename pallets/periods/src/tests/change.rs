//! Changing a length: who, how far, how far at once.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn set(length: Length, value: u32) -> sp_runtime::DispatchResult {
	Periods::set_length(RuntimeOrigin::root(), length, value)
}

#[test]
fn root_sets_a_length() {
	build_and_execute(Lengths::production(), || {
		assert_ok!(set(Length::AuditPollDays, 10));
		assert_eq!(Periods::lengths(), Lengths { audit_poll_days: 10, ..Lengths::production() });
		let event = Event::LengthSet { length: Length::AuditPollDays, from: 7, to: 10 };
		System::assert_last_event(event.into());
	});
}

#[test]
fn others_set_nothing() {
	build_and_execute(Lengths::production(), || {
		let origin = RuntimeOrigin::signed(1);
		let call = Periods::set_length(origin, Length::AuditPollDays, 10);
		assert_noop!(call, DispatchError::BadOrigin);
	});
}

#[test]
fn one_step_halves_or_doubles_at_most() {
	build_and_execute(Lengths::production(), || {
		let over = Error::<Test>::StepTooFar(Length::AuditPollDays);
		assert_noop!(set(Length::AuditPollDays, 15), over);
		let under = Error::<Test>::StepTooFar(Length::AuditPollDays);
		assert_noop!(set(Length::AuditPollDays, 3), under);
		assert_ok!(set(Length::AuditPollDays, 14));
		assert_ok!(set(Length::AuditPollDays, 7));
		assert_ok!(set(Length::AuditPollDays, 4));
		assert_eq!(Periods::lengths().audit_poll_days, 4);
	});
}

#[test]
fn nothing_comes_below_a_quarter_of_genesis() {
	build_and_execute(Lengths::production(), || {
		assert_ok!(set(Length::VotingPeriod, 100_800));
		assert_ok!(set(Length::VotingPeriod, 50_400));
		let error = Error::<Test>::BelowBound(Length::VotingPeriod);
		assert_noop!(set(Length::VotingPeriod, 50_399), error);
	});
}

#[test]
fn enactment_never_gets_shorter_than_at_genesis() {
	build_and_execute(Lengths::production(), || {
		let error = Error::<Test>::BelowBound(Length::EnactmentPeriod);
		assert_noop!(set(Length::EnactmentPeriod, 201_599), error);
		assert_ok!(set(Length::VoteLockingPeriod, 403_200));
		assert_ok!(set(Length::EnactmentPeriod, 403_200));
		assert_ok!(set(Length::EnactmentPeriod, 201_600));
	});
}

#[test]
fn hard_bounds_hold_on_development_too() {
	build_and_execute(Lengths::development(), || {
		let error = Error::<Test>::BelowBound(Length::SessionBlocks);
		assert_noop!(set(Length::SessionBlocks, 19), error);
		let error = Error::<Test>::BelowBound(Length::AuditPollDays);
		assert_noop!(set(Length::AuditPollDays, 0), error);
		let error = Error::<Test>::AboveBound(Length::AuditPollDays);
		assert_noop!(set(Length::AuditPollDays, 61), error);
	});
}

#[test]
fn lengths_that_cover_others_stay_longer() {
	build_and_execute(Lengths::production(), || {
		assert_ok!(set(Length::ProofWindowSessions, 336));
		assert_ok!(set(Length::ProofWindowSessions, 671));
		let error =
			Error::<Test>::OutOfOrder(Length::ProofWindowSessions, Length::UnbondingSessions);
		assert_noop!(set(Length::ProofWindowSessions, 672), error);
		let error = Error::<Test>::OutOfOrder(Length::EnactmentPeriod, Length::VoteLockingPeriod);
		assert_noop!(set(Length::EnactmentPeriod, 201_601), error);
	});
}

#[test]
fn errors_name_the_length_in_their_bytes() {
	build_and_execute(Lengths::production(), || {
		let Err(DispatchError::Module(error)) = set(Length::VetoPollDays, 7) else {
			panic!("a step from 3 to 7 was taken");
		};
		let named = u8::try_from(
			Length::ALL.iter().position(|length| *length == Length::VetoPollDays).unwrap(),
		)
		.unwrap();
		assert_eq!(error.error, [2, named, 0, 0]);
	});
}

#[test]
fn reach_is_exactly_what_a_change_may_do() {
	for genesis in [Lengths::development(), Lengths::production()] {
		for length in Length::ALL {
			let (least, most) = genesis.reach(&genesis, *length);
			for (value, inside) in
				[(least - 1, false), (least, true), (most, true), (most + 1, false)]
			{
				let refused_by_order = matches!(
					genesis.changed(&genesis, *length, value),
					Err(Refusal::OutOfOrder(..))
				);
				let taken = genesis.changed(&genesis, *length, value).is_ok();
				assert_eq!(taken || refused_by_order, inside, "{length:?} to {value}");
			}
		}
	}
}
