//! Who may vote, with what, and how a vote changes.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn a_vote_is_counted_and_frozen() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_ok!(vote(ALICE, poll, true, 700));
		assert_ok!(vote(BOB, poll, false, 300));
		System::assert_last_event(Event::Voted { poll, who: BOB, aye: false, amount: 300 }.into());
		assert_eq!(Polls::tally(poll), Some(Tally { ayes: 700, nays: 300 }));
		assert_eq!((frozen(ALICE), frozen(BOB)), (700, 300));
		let ends_at = 1_000_000 + 7 * DAY;
		let expected = vec![Vote { poll, aye: true, amount: 700, ends_at }];
		assert_eq!(Polls::votes_of(ALICE).to_vec(), expected);
	});
}

#[test]
fn vote_fails_for_the_excluded() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[BOB, ALICE]);
		assert_noop!(vote(ALICE, poll, true, 700), Error::<Test>::Excluded);
		assert_ok!(vote(CAROL, poll, true, 700));
	});
}

#[test]
fn vote_fails_with_too_little_or_too_much() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_noop!(vote(ALICE, poll, true, 0), Error::<Test>::VoteTooSmall);
		assert_noop!(vote(ALICE, poll, true, 9), Error::<Test>::VoteTooSmall);
		assert_noop!(vote(ALICE, poll, true, 1_001), Error::<Test>::BalanceTooLow);
		assert_ok!(vote(ALICE, poll, true, 1_000));
	});
}

#[test]
fn vote_fails_from_the_moment_of_the_end() {
	build_and_execute(|| {
		let poll = open(PollKind::Veto, 1, &[]);
		Clock::wait(3 * DAY - 1);
		assert_ok!(vote(ALICE, poll, true, 700));
		Clock::wait(1);
		assert_noop!(vote(BOB, poll, true, 700), Error::<Test>::PollEnded);
		assert_noop!(vote(ALICE, poll, true, 800), Error::<Test>::PollEnded);
		assert_ok!(Polls::close(RuntimeOrigin::signed(DAVE), poll));
		assert_noop!(vote(BOB, poll, true, 700), Error::<Test>::PollEnded);
	});
}

#[test]
fn vote_fails_without_a_poll() {
	build_and_execute(|| {
		assert_noop!(vote(ALICE, 0, true, 700), Error::<Test>::NoSuchPoll);
	});
}

#[test]
fn a_change_turns_a_vote_or_adds_to_it() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_ok!(vote(ALICE, poll, true, 700));
		assert_ok!(vote(ALICE, poll, false, 700));
		assert_eq!(Polls::tally(poll), Some(Tally { ayes: 0, nays: 700 }));
		assert_ok!(vote(ALICE, poll, true, 900));
		assert_eq!(Polls::tally(poll), Some(Tally { ayes: 900, nays: 0 }));
		assert_eq!(frozen(ALICE), 900);
		assert_eq!(Polls::votes_of(ALICE).len(), 1);
	});
}

#[test]
fn a_change_fails_to_take_back_what_is_behind_a_vote() {
	build_and_execute(|| {
		let poll = open(PollKind::Audit, 1, &[]);
		assert_ok!(vote(ALICE, poll, true, 700));
		assert_noop!(vote(ALICE, poll, true, 699), Error::<Test>::FrozenUntilEnd);
		assert_noop!(vote(ALICE, poll, false, 699), Error::<Test>::FrozenUntilEnd);
	});
}

#[test]
fn sixty_four_running_polls_at_once_and_no_more() {
	build_and_execute(|| {
		for number in 0..64 {
			let poll = open(PollKind::Audit, number, &[]);
			assert_ok!(vote(ALICE, poll, true, 100));
		}
		let one_more = open(PollKind::Audit, 64, &[]);
		assert_noop!(vote(ALICE, one_more, true, 100), Error::<Test>::TooManyVotes);
		// A vote that is there can still be changed.
		assert_ok!(vote(ALICE, 63, false, 200));
	});
}

#[test]
fn votes_in_polls_that_are_over_take_no_place() {
	build_and_execute(|| {
		for number in 0..64 {
			let poll = open(PollKind::Audit, number, &[]);
			assert_ok!(vote(ALICE, poll, true, 900));
		}
		Clock::wait(7 * DAY);
		let poll = open(PollKind::Audit, 64, &[]);
		assert_ok!(vote(ALICE, poll, true, 100));
		assert_eq!(Polls::votes_of(ALICE).len(), 1);
		assert_eq!(frozen(ALICE), 100);
	});
}
