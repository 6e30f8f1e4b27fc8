//! Frozen sets, votes across session borders, and who is silent.

use super::*;
use crate::{Event, Score, Sessions};
use dmex_primitives::facts::{Facts, Priced, Prices};
use frame_support::assert_ok;

const FOUR: [AccountId; 4] = [1, 2, 3, 4];

fn price() -> Feed {
	Feed::Price { of: Priced::Stable, round: Oracle::round() }
}

#[test]
fn sets_are_kept_for_the_proof_window_and_the_next_one_is_known() {
	build_and_execute(|| {
		for _ in 0..6 {
			next_session(&FOUR, &FOUR);
		}
		let mut kept: Vec<u32> = Sessions::<Test>::iter_keys().collect();
		kept.sort();
		assert_eq!(kept, vec![3, 4, 5, 6, 7]);
	});
}

#[test]
fn a_shorter_window_is_reached_in_bounded_steps_and_a_longer_one_grows() {
	build_and_execute(|| {
		let next = |window| {
			ProofWindow::set(window);
			next_session(&FOUR, &FOUR);
			let mut kept: Vec<u32> = Sessions::<Test>::iter_keys().collect();
			kept.sort();
			assert_eq!(Oracle::do_try_state(), Ok(()));
			(kept[0], kept.len())
		};
		let grown: Vec<_> = (0..10).map(|_| next(10)).collect();
		assert_eq!(grown[9], (0, 12));
		assert_eq!([next(2), next(2), next(2)], [(4, 9), (8, 6), (11, 4)]);
		assert_eq!([next(4), next(4), next(4)], [(11, 5), (11, 6), (12, 6)]);
	});
}

#[test]
fn the_set_of_a_ballot_is_frozen_with_its_first_vote() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		let feed = yesterday(account);
		all_cast(&[1], feed, day_reading(5));
		next_session(&[2, 3, 4, 5], &[2, 3, 4, 5]);
		// 5 came later, 1 has voted already; positions have moved, keys have not.
		assert_eq!(cast(5, &[(feed, day_reading(5))]), Err(custom(Error::KeyNotInSet)));
		all_cast(&[2], feed, day_reading(5));
		assert!(Oracle::closed_day(account, today() - 1).is_err());
		all_cast(&[3], feed, day_reading(5));
		assert!(Oracle::closed_day(account, today() - 1).is_ok());
	});
}

#[test]
fn a_vote_may_cross_the_border_of_its_session_by_one() {
	build_and_execute(|| {
		let vote = signed(1, vote_of(1, vec![(price(), Reading::Price(1))]));
		next_session(&FOUR, &FOUR);
		assert_ok!(authorise(TransactionSource::External, &vote));
		next_session(&FOUR, &FOUR);
		let refusal = Err(custom(Error::SessionNotKept));
		assert_eq!(authorise(TransactionSource::External, &vote), refusal);
		assert_eq!(authorise(TransactionSource::InBlock, &vote), refusal);
	});
}

#[test]
fn a_pool_that_is_a_block_behind_takes_votes_of_the_next_session() {
	build_and_execute(|| {
		next_session(&FOUR, &[1, 2, 3, 5]);
		let mut vote = vote_of(5, vec![(price(), Reading::Price(1))]);
		vote.session += 1;
		let vote = signed(5, vote);
		assert_ok!(authorise(TransactionSource::External, &vote));
		let refusal = Err(custom(Error::SessionNotKept));
		assert_eq!(authorise(TransactionSource::InBlock, &vote), refusal);
		next_session(&[1, 2, 3, 5], &[1, 2, 3, 5]);
		assert_eq!(include(&vote), Ok(Ok(())));
	});
}

#[test]
fn a_key_that_left_has_no_vote() {
	build_and_execute(|| {
		next_session(&[1, 2, 3], &[1, 2, 3]);
		let vote = cast(4, &[(price(), Reading::Price(1))]);
		assert_eq!(vote, Err(custom(Error::KeyNotInSet)));
	});
}

#[test]
fn votes_misses_and_outliers_are_counted_when_a_ballot_is_put_away() {
	build_and_execute(|| {
		all_cast(&[1, 2], price(), Reading::Price(1_000));
		all_cast(&[3], price(), Reading::Price(1_010));
		next_round();
		next_round();
		assert_eq!(Oracle::price(Priced::Stable), Ok(1_000));
		run_blocks(5);
		let score = |agreed, outliers, missed| Score { expected: 1, agreed, outliers, missed };
		let with_the_others = score(1, 0, 0);
		let expected = vec![
			(1, with_the_others),
			(2, with_the_others),
			(3, with_the_others),
			(4, score(0, 0, 1)),
		];
		assert_eq!(Oracle::scores(0), expected);
		all_cast(&[1, 2, 3], price(), Reading::Price(1_000));
		all_cast(&[4], price(), Reading::Price(2_000));
		(0..3).for_each(|_| next_round());
		let fourth = Score { expected: 2, agreed: 0, outliers: 1, missed: 1 };
		assert_eq!(Oracle::scores(0)[3], (4, fourth));
	});
}

#[test]
fn a_feed_without_quorum_is_nobodys_miss() {
	build_and_execute(|| {
		all_cast(&[1, 2], price(), Reading::Price(1_000));
		(0..3).for_each(|_| next_round());
		assert_eq!(Oracle::scores(0)[3], (4, Score::default()));
		next_session(&FOUR, &FOUR);
		// Nothing was agreed, so nothing is said of anybody.
		assert_eq!(Silent::get(), Vec::<Vec<AccountId>>::new());
	});
}

#[test]
fn a_validator_that_missed_more_than_half_is_silent() {
	build_and_execute(|| {
		for round in 0..4 {
			let mut voters = vec![1, 2, 3];
			if round < 2 {
				voters.push(4);
			}
			all_cast(&voters, price(), Reading::Price(1_000));
			next_round();
		}
		(0..2).for_each(|_| next_round());
		next_session(&FOUR, &FOUR);
		assert_eq!(Silent::take(), vec![Vec::<AccountId>::new()]);
		for round in 0..3 {
			let mut voters = vec![1, 2, 3];
			if round < 1 {
				voters.push(4);
			}
			all_cast(&voters, price(), Reading::Price(1_000));
			next_round();
		}
		(0..2).for_each(|_| next_round());
		next_session(&FOUR, &FOUR);
		assert_eq!(Silent::take(), vec![vec![4]]);
		System::assert_has_event(Event::SessionScored { session: 1, silent: vec![4] }.into());
	});
}

#[test]
fn a_missing_token_is_no_miss() {
	build_and_execute(|| {
		let account = braiins("farm");
		let publish = |who| Oracle::publish_token_key(RuntimeOrigin::signed(who), [1; 32]);
		for validator in [1, 2, 3] {
			assert_ok!(publish(validator));
			let sealed = vec![1; 80].try_into().unwrap();
			let origin = RuntimeOrigin::signed(PROVIDER);
			assert_ok!(Oracle::post_token(origin, account, validator, sealed));
		}
		go_to(today() + 1, 0);
		all_cast(&[1, 2, 3], yesterday(account), day_reading(5));
		go_to(today() + 1, 21_000);
		let expected: Vec<u32> =
			Oracle::scores(0).iter().map(|(_, score)| score.expected).collect();
		assert_eq!(expected, vec![1, 1, 1, 0]);
		// With a token it is one.
		assert_ok!(publish(4));
		let sealed = vec![1; 80].try_into().unwrap();
		assert_ok!(Oracle::post_token(RuntimeOrigin::signed(PROVIDER), account, 4, sealed));
		go_to(today() + 1, 0);
		all_cast(&[1, 2, 3], yesterday(account), day_reading(5));
		go_to(today() + 1, 21_000);
		let missed: Vec<u32> = Oracle::scores(0).iter().map(|(_, score)| score.missed).collect();
		assert_eq!(missed, vec![0, 0, 0, 1]);
	});
}

#[test]
fn a_vote_that_arrives_after_the_quorum_is_no_miss() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		all_cast(&[1, 2, 3], yesterday(account), day_reading(5));
		all_cast(&[4], yesterday(account), day_reading(5));
		go_to(today() + 1, 21_000);
		let fourth = Score { expected: 1, agreed: 1, outliers: 0, missed: 0 };
		assert_eq!(Oracle::scores(0)[3], (4, fourth));
	});
}
