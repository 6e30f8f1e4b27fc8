//! One freeze for all votes, until the last of them is over. No DMEX votes twice in a poll.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

fn release(target: u64) -> sp_runtime::DispatchResult {
	Polls::release(RuntimeOrigin::signed(DAVE), target)
}

#[test]
fn the_same_dmex_stands_behind_parallel_votes() {
	build_and_execute(|| {
		let (first, second) = (open(PollKind::Audit, 1, &[]), open(PollKind::Audit, 2, &[]));
		assert_ok!(vote(ALICE, first, true, 600));
		assert_ok!(vote(ALICE, second, false, 1_000));
		assert_eq!(frozen(ALICE), 1_000);
		assert_eq!(Polls::tally(first), Some(Tally { ayes: 600, nays: 0 }));
		assert_eq!(Polls::tally(second), Some(Tally { ayes: 0, nays: 1_000 }));
	});
}

#[test]
fn a_smaller_vote_later_leaves_the_greater_one_frozen() {
	build_and_execute(|| {
		assert_ok!(vote(ALICE, open(PollKind::Audit, 1, &[]), true, 900));
		assert_ok!(vote(ALICE, open(PollKind::Audit, 2, &[]), true, 100));
		assert_eq!(frozen(ALICE), 900);
		assert_noop!(transfer(ALICE, BOB, 101), TokenError::Frozen);
	});
}

#[test]
fn frozen_dmex_cannot_move_on_and_vote_again() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_ok!(vote(ALICE, poll, true, 700));
		assert_noop!(transfer(ALICE, BOB, 301), TokenError::Frozen);
		assert_ok!(transfer(ALICE, BOB, 300));
		assert_noop!(vote(BOB, poll, true, 1_301), Error::<Test>::BalanceTooLow);
		assert_ok!(vote(BOB, poll, true, 1_300));
		assert_eq!(Polls::tally(poll), Some(Tally { ayes: 2_000, nays: 0 }));
	});
}

#[test]
fn held_dmex_votes_once_like_any_other() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_ok!(hold(ALICE, 600));
		assert_ok!(vote(ALICE, poll, true, 1_000));
		assert_eq!(frozen(ALICE), 1_000);
		// Neither the free part nor what comes back from the bond can move on.
		assert_noop!(transfer(ALICE, BOB, 1), TokenError::Frozen);
		assert_ok!(unhold(ALICE, 600));
		assert_noop!(transfer(ALICE, BOB, 1), TokenError::Frozen);
	});
}

#[test]
fn a_vote_that_is_bonded_afterwards_stays_frozen() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_ok!(vote(ALICE, poll, true, 700));
		assert_ok!(hold(ALICE, 999));
		assert_noop!(transfer(ALICE, BOB, 1), TokenError::Frozen);
		assert_ok!(unhold(ALICE, 999));
		assert_noop!(transfer(ALICE, BOB, 301), TokenError::Frozen);
	});
}

#[test]
fn release_fails_before_the_end() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_noop!(release(ALICE), Error::<Test>::NothingToRelease);
		assert_ok!(vote(ALICE, poll, true, 700));
		Clock::wait(7 * DAY - 1);
		assert_noop!(release(ALICE), Error::<Test>::NothingToRelease);
	});
}

#[test]
fn anyone_releases_what_is_over_and_the_rest_stays_frozen() {
	build_and_execute(|| {
		let (veto, audit) = (open(PollKind::Veto, 1, &[]), open(PollKind::Audit, 2, &[]));
		assert_ok!(vote(ALICE, veto, true, 1_000));
		assert_ok!(vote(ALICE, audit, true, 400));
		Clock::wait(3 * DAY);
		assert_ok!(release(ALICE));
		System::assert_last_event(Event::Released { who: ALICE, frozen: 400 }.into());
		assert_eq!(frozen(ALICE), 400);
		assert_ok!(transfer(ALICE, BOB, 600));
		Clock::wait(4 * DAY);
		assert_ok!(release(ALICE));
		assert_eq!(frozen(ALICE), 0);
		assert!(!VotesOf::<Test>::contains_key(ALICE));
		assert_ok!(transfer(ALICE, BOB, 400));
		assert_noop!(release(ALICE), Error::<Test>::NothingToRelease);
	});
}

#[test]
fn a_release_before_the_closing_leaves_the_result() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_ok!(vote(ALICE, poll, true, 1_000));
		Clock::wait(7 * DAY);
		assert_ok!(release(ALICE));
		Polls::do_try_state().unwrap();
		assert_eq!(Polls::result(poll), Some(PollResult::Passed));
		assert_ok!(Polls::close(RuntimeOrigin::signed(DAVE), poll));
		assert_eq!(Polls::result(poll), Some(PollResult::Passed));
	});
}
