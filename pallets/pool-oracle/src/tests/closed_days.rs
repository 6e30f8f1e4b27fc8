//! Closed days: quorum, attempts, the amendment, refusals.

use super::*;
use crate::{Ballots, DayFacts, Event, Outcome, Period, AMENDMENT};
use dmex_primitives::facts::{DayFact, DayReading, FactError, Facts, PoolAccounts};

fn value(power: u128) -> DayFact {
	DayFact::Value(DayReading { power, paid: power / 10, payout: None })
}

/// Attempt `attempt` that collects today.
fn attempt(account: u32, attempt: u8) -> Feed {
	Feed::ClosedDay { account, day: today() - 1 - u32::from(attempt), attempt }
}

#[test]
fn three_of_four_fix_a_day_at_once_and_two_do_not() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		go_to(day + 1, 0);
		all_cast(&[1, 2], yesterday(account), day_reading(50));
		assert_eq!(Oracle::closed_day(account, day), Err(FactError::Missing));
		all_cast(&[3], yesterday(account), day_reading(50));
		assert_eq!(Oracle::closed_day(account, day), Ok(value(50)));
		let record = DayFacts::<Test>::get(day, account).unwrap();
		assert_eq!((record.support.voters, record.support.of, record.attempt), (3, 4, 0));
		System::assert_has_event(
			Event::DayAgreed { account, day, fact: value(50), voters: 3 }.into(),
		);
	});
}

#[test]
fn one_validator_alone_decides_alone() {
	with_validators(1, || {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		all_cast(&[1], yesterday(account), day_reading(5));
		assert_eq!(Oracle::closed_day(account, today() - 1), Ok(value(5)));
	});
}

#[test]
fn quorum_is_of_equal_readings_not_of_votes() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		all_cast(&[1, 2], yesterday(account), day_reading(50));
		all_cast(&[3, 4], yesterday(account), day_reading(51));
		assert_eq!(Oracle::closed_day(account, today() - 1), Err(FactError::Missing));
	});
}

#[test]
fn votes_of_one_attempt_count_across_its_rounds() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		for validator in [1, 2, 3] {
			next_round();
			all_cast(&[validator], yesterday(account), day_reading(50));
		}
		assert_eq!(Oracle::closed_day(account, today() - 1), Ok(value(50)));
	});
}

#[test]
fn a_vote_after_the_quorum_is_kept_and_changes_nothing() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		all_cast(&[1, 2, 3], yesterday(account), day_reading(50));
		all_cast(&[4], yesterday(account), day_reading(9));
		assert_eq!(Oracle::closed_day(account, today() - 1), Ok(value(50)));
		let ballot = Ballots::<Test>::get(Period::Day(today()), yesterday(account)).unwrap();
		assert_eq!(ballot.votes.len(), 4);
		assert_eq!(ballot.outcome, Some(Outcome::Exact(day_reading(50))));
	});
}

#[test]
fn without_quorum_six_attempts_follow_one_a_day() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		for number in 0..=6u8 {
			go_to(day + 1 + u32::from(number), 0);
			all_cast(&[1], attempt(account, number), day_reading(1));
			all_cast(&[2], attempt(account, number), day_reading(2));
		}
		all_cast(&[3, 4], attempt(account, 6), day_reading(2));
		assert_eq!(Oracle::closed_day(account, day), Ok(value(2)));
		assert_eq!(DayFacts::<Test>::get(day, account).unwrap().attempt, 6);
	});
}

#[test]
fn votes_of_different_attempts_do_not_add_up() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		go_to(day + 1, 0);
		all_cast(&[1, 2], attempt(account, 0), day_reading(3));
		go_to(day + 2, 0);
		all_cast(&[3, 4], attempt(account, 1), day_reading(3));
		assert_eq!(Oracle::closed_day(account, day), Err(FactError::Missing));
	});
}

#[test]
fn an_agreed_day_has_no_further_attempt() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		go_to(day + 1, 0);
		all_cast(&[1, 2, 3], attempt(account, 0), day_reading(3));
		go_to(day + 2, 0);
		let again = cast(4, &[(attempt(account, 1), day_reading(3))]);
		assert_eq!(again, Err(custom(Error::FeedNotDue)));
	});
}

#[test]
fn a_day_is_amended_once_on_the_eighth_day() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		go_to(day + 1, 0);
		all_cast(&[1, 2, 3], attempt(account, 0), day_reading(50));
		go_to(day + 8, 0);
		let same = cast(1, &[(attempt(account, AMENDMENT), day_reading(50))]);
		assert_eq!(same, Err(custom(Error::Unchanged)));
		all_cast(&[1, 2], attempt(account, AMENDMENT), day_reading(40));
		assert_eq!(Oracle::closed_day(account, day), Ok(value(50)));
		all_cast(&[3], attempt(account, AMENDMENT), day_reading(40));
		assert_eq!(Oracle::closed_day(account, day), Ok(value(40)));
		let amended =
			Event::DayAmended { account, day, before: value(50), fact: value(40), voters: 3 };
		System::assert_has_event(amended.into());
		// The last validator may still speak; nothing else can happen to the day.
		all_cast(&[4], attempt(account, AMENDMENT), day_reading(30));
		assert_eq!(Oracle::closed_day(account, day), Ok(value(40)));
		go_to(day + 9, 0);
		let again = Feed::ClosedDay { account, day, attempt: AMENDMENT };
		assert_eq!(cast(1, &[(again, day_reading(1))]), Err(custom(Error::FeedNotDue)));
	});
}

#[test]
fn a_day_that_nobody_agreed_on_cannot_be_amended() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 8, 0);
		let amendment = cast(1, &[(attempt(account, AMENDMENT), day_reading(1))]);
		assert_eq!(amendment, Err(custom(Error::FeedNotDue)));
	});
}

#[test]
fn a_refusal_counts_like_a_value() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		all_cast(&[1, 2, 3], yesterday(account), Reading::Refused);
		assert_eq!(Oracle::closed_day(account, today() - 1), Ok(DayFact::Refused));
	});
}

#[test]
fn two_refused_days_running_measure_zero_and_one_measures_nothing() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		let agree = |day, reading| {
			go_to(day + 1, 0);
			all_cast(&[1, 2, 3], yesterday(account), reading);
		};
		agree(day, day_reading(50));
		agree(day + 1, Reading::Refused);
		assert_eq!(Oracle::measured_power(account, day), Some(50));
		assert_eq!(Oracle::measured_power(account, day + 1), None);
		assert_eq!(Oracle::measured_power(account, day + 2), None);
		agree(day + 2, Reading::Refused);
		assert_eq!(Oracle::measured_power(account, day + 1), Some(0));
		assert_eq!(Oracle::measured_power(account, day + 2), Some(0));
		agree(day + 3, day_reading(60));
		agree(day + 4, Reading::Refused);
		agree(day + 5, day_reading(70));
		assert_eq!(Oracle::measured_power(account, day + 4), None);
		assert_eq!(Oracle::measured_power(account, day + 5), Some(70));
	});
}

#[test]
fn a_vote_made_before_midnight_counts_after_it() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		go_to(day + 1, DAY - 1_000);
		let feed = yesterday(account);
		let late = signed(1, vote_of(1, vec![(feed, day_reading(5))]));
		go_to(day + 2, 1_000);
		assert_eq!(include(&late), Ok(Ok(())));
		assert_eq!(cast(2, &[(feed, day_reading(5))]), Err(custom(Error::FeedNotDue)));
	});
}

#[test]
fn a_day_that_is_not_over_is_not_voted_on_by_claiming_a_later_time() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, DAY - 18_000);
		let mut ahead = vote_of(
			1,
			vec![(Feed::ClosedDay { account, day: today(), attempt: 0 }, day_reading(5))],
		);
		ahead.observed_at += 18_000;
		let ahead = signed(1, ahead);
		let answer = authorise(TransactionSource::External, &ahead);
		assert_eq!(answer, Err(custom(Error::FeedNotDue)));
		// A receiver that is some blocks behind, before midnight, takes it.
		go_to(today(), DAY - 15_000);
		assert!(authorise(TransactionSource::External, &ahead).is_ok());
	});
}

#[test]
fn an_unfollowed_account_keeps_its_facts_and_gets_no_new_ones() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		go_to(day + 1, 0);
		all_cast(&[1, 2, 3], yesterday(account), day_reading(5));
		Oracle::unfollow(account);
		assert_eq!(Oracle::closed_day(account, day), Ok(value(5)));
		go_to(day + 2, 0);
		let vote = cast(1, &[(yesterday(account), day_reading(5))]);
		assert_eq!(vote, Err(custom(Error::FeedNotDue)));
	});
}

#[test]
fn an_account_of_a_closed_source_is_not_read() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		Oracle::close_source(RuntimeOrigin::root(), 0).unwrap();
		let vote = cast(1, &[(yesterday(account), day_reading(5))]);
		assert_eq!(vote, Err(custom(Error::FeedNotDue)));
	});
}

#[test]
fn days_are_read_a_page_at_a_time() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		for offset in [0, 2] {
			go_to(day + offset + 1, 0);
			all_cast(&[1, 2, 3], yesterday(account), day_reading(5));
		}
		let days = |first, count| -> Vec<u32> {
			Oracle::closed_days(account, first, count).into_iter().map(|(day, _)| day).collect()
		};
		assert_eq!(days(day, 3), vec![day, day + 2]);
		assert_eq!(days(day, 2), vec![day]);
		assert_eq!(days(day - 63, u32::MAX), vec![day]);
		assert_eq!(days(day - 64, u32::MAX), Vec::<u32>::new());
		assert_eq!(days(u32::MAX, 5), Vec::<u32>::new());
	});
}
