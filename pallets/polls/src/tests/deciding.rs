//! How polls end.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, dispatch::Pays};

fn close(poll: PollId) -> frame_support::dispatch::DispatchResultWithPostInfo {
	Polls::close(RuntimeOrigin::signed(DAVE), poll)
}

/// The result of an audit in which these were the votes.
fn audit_of(votes: &[(u64, bool, Balance)]) -> Option<PollResult> {
	let poll = open(PollKind::Audit, 1, &[]);
	for (who, aye, amount) in votes {
		assert_ok!(vote(*who, poll, *aye, *amount));
	}
	assert_eq!(Polls::result(poll), Some(PollResult::Open));
	Clock::wait(7 * DAY);
	let result = Polls::result(poll);
	assert_ok!(close(poll));
	assert_eq!(Polls::result(poll), result);
	result
}

#[test]
fn three_fifths_of_a_quorum_pass() {
	build_and_execute(|| {
		assert_eq!(audit_of(&[(ALICE, true, 600), (BOB, false, 400)]), Some(PollResult::Passed));
	});
}

#[test]
fn less_than_three_fifths_fail() {
	build_and_execute(|| {
		assert_eq!(audit_of(&[(ALICE, true, 600), (BOB, false, 401)]), Some(PollResult::Failed));
	});
}

#[test]
fn less_than_a_quorum_fails_though_all_agree() {
	build_and_execute(|| {
		assert_eq!(audit_of(&[(ALICE, true, 999)]), Some(PollResult::Failed));
	});
}

#[test]
fn no_vote_at_all_fails() {
	build_and_execute(|| {
		assert_eq!(audit_of(&[]), Some(PollResult::Failed));
	});
}

#[test]
fn close_stores_the_outcome_and_frees_the_rest() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_ok!(vote(ALICE, poll, true, 1_000));
		Clock::wait(7 * DAY);
		assert_eq!(close(poll).unwrap().pays_fee, Pays::No);
		let outcome = Outcome { passed: true, tally: Tally { ayes: 1_000, nays: 0 } };
		let event = Event::Closed { poll, subject: subject(1), outcome };
		System::assert_last_event(event.into());
		assert_eq!(Outcomes::<Test>::get(poll), Some(outcome));
		assert_eq!(Polls::poll(poll), None);
		assert_eq!(Polls::poll_on(subject(1)), None);
		assert_eq!(Polls::tally(poll), Some(outcome.tally));
	});
}

#[test]
fn close_fails_while_votes_are_taken_and_twice() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		Clock::wait(7 * DAY - 1);
		assert_noop!(close(poll), Error::<Test>::PollRunning);
		Clock::wait(1);
		assert_ok!(close(poll));
		assert_noop!(close(poll), Error::<Test>::NoSuchPoll);
		assert_noop!(close(7), Error::<Test>::NoSuchPoll);
	});
}

#[test]
fn closing_an_old_poll_leaves_the_new_one_on_its_subject() {
	build_and_execute(|| {
		let first = open(PollKind::Audit, 1, &[]);
		Clock::wait(7 * DAY);
		let second = open(PollKind::Audit, 1, &[]);
		assert_noop!(close(first), Error::<Test>::NoSuchPoll);
		assert_eq!(Polls::poll_on(subject(1)), Some(second));
	});
}

#[test]
fn there_is_no_result_without_a_poll() {
	build_and_execute(|| {
		assert_eq!(Polls::result(0), None);
		assert_eq!(Polls::tally(0), None);
	});
}
