//! Live hashrate.

use super::*;
use crate::{Ballots, LiveReadings};
use dmex_primitives::facts::PoolAccounts;

fn feed(account: u32) -> Feed {
	Feed::Live { account, round: Oracle::round() }
}

#[test]
fn the_median_of_what_arrived_is_shown_from_the_first_reading_on() {
	build_and_execute(|| {
		let account = braiins("farm");
		let mut shown = Vec::new();
		for (validator, power) in [(1, 100), (2, 110), (3, 900)] {
			cast(validator, &[(feed(account), Reading::Live(power))]).unwrap().unwrap();
			let live = Oracle::live_reading(account).unwrap();
			shown.push((live.power, live.voters));
		}
		assert_eq!(shown, vec![(100, 1), (105, 2), (110, 3)]);
		assert!(Ballots::<Test>::iter_values().all(|ballot| ballot.outcome.is_none()));
	});
}

#[test]
fn four_of_seven_validators_read_and_they_change_with_the_round() {
	with_validators(7, || {
		let account = braiins("farm");
		let drawn = || -> Vec<AccountId> {
			(1..=7)
				.filter(|validator| {
					let vote = vote_of(*validator, vec![(feed(account), Reading::Live(1))]);
					match authorise(TransactionSource::External, &signed(*validator, vote)) {
						Ok(_) => true,
						Err(refusal) => {
							assert_eq!(refusal, custom(Error::NotDrawn));
							false
						},
					}
				})
				.collect()
		};
		let first = drawn();
		assert_eq!(first.len(), 4);
		next_round();
		let second = drawn();
		let moved: Vec<AccountId> = first.iter().map(|validator| validator % 7 + 1).collect();
		let moved: std::collections::BTreeSet<_> = moved.into_iter().collect();
		assert_eq!(second.into_iter().collect::<std::collections::BTreeSet<_>>(), moved);
	});
}

#[test]
fn an_account_is_read_once_in_its_cadence() {
	build_and_execute(|| {
		LiveEvery::set(3);
		let account = braiins("farm");
		let mut taken = 0;
		for _ in 0..6 {
			if cast(1, &[(feed(account), Reading::Live(1))]).is_ok() {
				taken += 1;
			}
			next_round();
		}
		assert_eq!(taken, 2);
	});
}

#[test]
fn more_accounts_are_read_less_often() {
	build_and_execute(|| {
		LivePerRound::set(2);
		let accounts: Vec<_> = ["a", "b", "c", "d", "e"].map(braiins).into();
		let mut taken = 0;
		for _ in 0..6 {
			for account in &accounts {
				taken += usize::from(cast(1, &[(feed(*account), Reading::Live(1))]).is_ok());
			}
			next_round();
		}
		// Five accounts, two a round: each in one of three rounds.
		assert_eq!(taken, 10);
	});
}

#[test]
fn an_older_round_does_not_replace_a_newer_one() {
	build_and_execute(|| {
		let account = braiins("farm");
		let late = signed(1, vote_of(1, vec![(feed(account), Reading::Live(5))]));
		next_round();
		cast(2, &[(feed(account), Reading::Live(7))]).unwrap().unwrap();
		assert_eq!(include(&late), Ok(Ok(())));
		let live = LiveReadings::<Test>::get(account).unwrap();
		assert_eq!((live.power, live.round), (7, 1));
	});
}

#[test]
fn an_unfollowed_account_shows_nothing() {
	build_and_execute(|| {
		let account = braiins("farm");
		cast(1, &[(feed(account), Reading::Live(5))]).unwrap().unwrap();
		Oracle::unfollow(account);
		assert_eq!(Oracle::live_reading(account), None);
		// A vote on the open ballot of the round brings nothing back.
		cast(2, &[(feed(account), Reading::Live(5))]).unwrap().unwrap();
		assert_eq!(Oracle::live_reading(account), None);
	});
}
