//! Who may be excluded, how long a poll is open, one poll on a subject.

use crate::{mock::*, *};
use dmex_primitives::polls::Polls as _;
use frame_support::{assert_noop, assert_ok};

#[test]
fn kinds_have_their_own_days() {
	build_and_execute(|| {
		let kinds = [
			(PollKind::Audit, 7),
			(PollKind::Appeal, 5),
			(PollKind::Claim, 4),
			(PollKind::Veto, 3),
		];
		for (number, (kind, days)) in (0u8..).zip(kinds) {
			let id = open(kind, number, &[]);
			let poll = Polls::poll(id).unwrap();
			assert_eq!(id, u32::from(number));
			assert_eq!(poll.kind, kind);
			assert_eq!(poll.opened_at, 1_000_000);
			assert_eq!(poll.ends_at, 1_000_000 + days * DAY);
		}
	});
}

#[test]
fn a_poll_opens_with_the_issuance_of_its_time() {
	build_and_execute(|| {
		let id = open(PollKind::Audit, 1, &[DAVE]);
		let event = Event::Opened {
			poll: id,
			kind: PollKind::Audit,
			subject: subject(1),
			ends_at: 1_000_000 + 7 * DAY,
			quorum: QUORUM,
		};
		System::assert_last_event(event.into());
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), SLEEPER, 1_000_000));
		assert_eq!(Polls::poll(id).unwrap().quorum, QUORUM);
		assert_eq!(Polls::poll(id).unwrap().excluded.to_vec(), vec![DAVE]);
		assert_eq!(Polls::poll_on(subject(1)), Some(id));
		assert_eq!(Polls::poll(open(PollKind::Audit, 2, &[])).unwrap().quorum, 10_040);
	});
}

#[test]
fn quorum_is_rounded_up() {
	build_and_execute(|| {
		let now = ISSUANCE - 4_000 + 1;
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), SLEEPER, now));
		assert_eq!(Polls::poll(open(PollKind::Audit, 1, &[])).unwrap().quorum, QUORUM + 1);
	});
}

#[test]
fn polls_run_side_by_side() {
	build_and_execute(|| {
		let ids = (0..50).map(|number| open(PollKind::Audit, number, &[])).collect::<Vec<_>>();
		assert_eq!(ids, (0..50).collect::<Vec<_>>());
		assert_eq!(OpenPolls::<Test>::iter_keys().count(), 50);
	});
}

#[test]
fn open_fails_while_a_poll_on_the_subject_runs() {
	build_and_execute(|| {
		open(PollKind::Audit, 1, &[]);
		let again = Polls::open(PollKind::Veto, subject(1), &[]);
		assert_noop!(again, Error::<Test>::SubjectOpen);
	});
}

#[test]
fn a_subject_is_free_once_its_poll_is_over() {
	build_and_execute(|| {
		let first = open(PollKind::Audit, 1, &[]);
		assert_ok!(vote(ALICE, first, true, 1_000));
		Clock::wait(7 * DAY);
		let second = open(PollKind::Audit, 1, &[]);
		assert_eq!(Polls::poll_on(subject(1)), Some(second));
		assert_eq!(Polls::result(first), Some(PollResult::Passed));
		assert_eq!(Polls::result(second), Some(PollResult::Open));
		let tally = Tally { ayes: 1_000, nays: 0 };
		assert_eq!(Outcomes::<Test>::get(first), Some(Outcome { passed: true, tally }));
	});
}

#[test]
fn sixteen_are_excluded_and_no_more() {
	build_and_execute(|| {
		let crowd = (100..117).collect::<Vec<u64>>();
		let too_many = Polls::open(PollKind::Audit, subject(1), &crowd);
		assert_noop!(too_many, Error::<Test>::TooManyExcluded);
		assert_ok!(Polls::open(PollKind::Audit, subject(1), &crowd[..16]));
	});
}
