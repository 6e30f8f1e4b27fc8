//! Negative controls: each rule of `try_state` catches a state that breaks it.

use crate::{mock::*, *};
use frame_support::{assert_err, assert_ok, traits::fungible::MutateFreeze};

/// Two polls, the first with votes of Alice and Bob, Dave excluded; then `spoil`.
fn caught(spoil: impl FnOnce(PollId), expected: &'static str) {
	chain().execute_with(|| {
		let poll = open(PollKind::Audit, 1, &[DAVE]);
		open(PollKind::Audit, 2, &[]);
		assert_ok!(vote(ALICE, poll, true, 700));
		assert_ok!(vote(BOB, poll, false, 300));
		Polls::do_try_state().unwrap();
		spoil(poll);
		assert_err!(Polls::do_try_state(), expected);
	});
}

fn spoil_poll(id: PollId, spoil: impl FnOnce(&mut Poll<u64>)) {
	OpenPolls::<Test>::mutate(id, |poll| spoil(poll.as_mut().unwrap()));
}

fn spoil_vote(who: u64, spoil: impl FnOnce(&mut Vote)) {
	VotesOf::<Test>::mutate(who, |votes| spoil(&mut votes[0]));
}

#[test]
fn a_tally_overstated_by_one_is_caught() {
	caught(
		|id| spoil_poll(id, |poll| poll.tally.ayes += 1),
		"the tally is not the sum of the votes",
	);
}

#[test]
fn a_vote_on_the_other_side_is_caught() {
	caught(|_| spoil_vote(ALICE, |vote| vote.aye = false), "the tally is not the sum of the votes");
}

#[test]
fn a_forgotten_vote_is_caught() {
	caught(|_| VotesOf::<Test>::remove(ALICE), "the tally is not the sum of the votes");
}

#[test]
fn a_vote_that_no_tally_counted_is_caught_after_the_end() {
	caught(
		|id| {
			Clock::wait(7 * DAY);
			Polls::do_try_state().unwrap();
			spoil_poll(id, |poll| poll.tally.ayes -= 1);
		},
		"votes are left that were never counted",
	);
}

#[test]
fn a_freeze_understated_by_one_is_caught() {
	caught(
		|_| Balances::set_freeze(&FreezeReason::PollVote.into(), &ALICE, 699).unwrap(),
		"frozen is not the greatest vote",
	);
}

#[test]
fn a_freeze_overstated_by_one_is_caught() {
	caught(
		|_| Balances::set_freeze(&FreezeReason::PollVote.into(), &ALICE, 701).unwrap(),
		"frozen is not the greatest vote",
	);
}

#[test]
fn a_vote_of_the_excluded_is_caught() {
	caught(
		|id| spoil_poll(id, |poll| poll.excluded = vec![ALICE].try_into().unwrap()),
		"an excluded account has a vote",
	);
}

#[test]
fn a_vote_that_ends_before_its_poll_is_caught() {
	caught(|_| spoil_vote(ALICE, |vote| vote.ends_at -= 1), "a vote does not end with its poll");
}

#[test]
fn a_vote_in_no_poll_is_caught() {
	caught(|_| spoil_vote(ALICE, |vote| vote.poll = 9), "a vote does not end with its poll");
}

#[test]
fn an_empty_list_is_caught() {
	caught(
		|_| VotesOf::<Test>::insert(CAROL, Votes::default()),
		"an empty list of votes is stored",
	);
}

#[test]
fn a_lost_subject_is_caught() {
	caught(
		|_| Subjects::<Test>::remove(subject(1)),
		"the subject of an open poll does not name it",
	);
}

#[test]
fn a_subject_without_a_poll_is_caught() {
	caught(|id| Subjects::<Test>::insert(subject(9), id), "a subject names no open poll");
}

#[test]
fn an_outcome_of_an_open_poll_is_caught() {
	let outcome = Outcome { passed: true, tally: Tally::default() };
	caught(
		move |id| Outcomes::<Test>::insert(id, outcome),
		"a poll is neither or both of open and closed",
	);
}

#[test]
fn a_lost_poll_is_caught() {
	caught(OpenPolls::<Test>::remove, "a poll is neither or both of open and closed");
}

#[test]
fn an_id_out_of_turn_is_caught() {
	caught(|_| NextPoll::<Test>::put(1), "an id that was not given yet");
}
