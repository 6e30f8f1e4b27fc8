//! Old ballots and facts go, a bounded number a block.

use super::*;
use crate::{Ballots, DayFacts, Period, Swept};
use dmex_primitives::facts::Priced;
use frame_support::traits::Hooks;

#[test]
fn a_round_is_put_away_when_the_next_one_has_ended() {
	build_and_execute(|| {
		let feed = Feed::Price { of: Priced::Stable, round: 0 };
		all_cast(&[1], feed, Reading::Price(1));
		next_round();
		assert!(Ballots::<Test>::contains_key(Period::Round(0), feed));
		next_round();
		assert_eq!(Ballots::<Test>::iter().count(), 0);
		assert_eq!(Swept::<Test>::get().round, 1);
	});
}

#[test]
fn a_day_is_put_away_when_late_votes_cannot_come_any_more() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		all_cast(&[1], yesterday(account), day_reading(1));
		go_to(today() + 1, 15_000);
		assert_eq!(Ballots::<Test>::iter().count(), 1);
		go_to(today(), 15_001);
		assert_eq!(Ballots::<Test>::iter().count(), 0);
		assert_eq!(Swept::<Test>::get().ballots, Some(today()));
	});
}

#[test]
fn a_block_puts_away_no_more_than_its_bound() {
	build_and_execute(|| {
		let day = today();
		let accounts: Vec<u32> = (0..8).map(|n| braiins(&format!("farm{n}"))).collect();
		go_to(day + 3, 0);
		for account in &accounts {
			for (attempt, of) in [(0, day + 2), (1, day + 1), (2, day)] {
				let feed = Feed::ClosedDay { account: *account, day: of, attempt };
				all_cast(&[1], feed, day_reading(1));
			}
		}
		assert_eq!(Ballots::<Test>::iter().count(), 24);
		go_to(day + 4, 30_000);
		assert_eq!(Ballots::<Test>::iter().count(), 8);
		run_blocks(1);
		assert_eq!(Ballots::<Test>::iter().count(), 0);
	});
}

#[test]
fn facts_are_kept_for_their_days_and_no_longer() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		go_to(day + 2, 0);
		// The later day is agreed before the earlier one.
		let closed = |day, attempt| Feed::ClosedDay { account, day, attempt };
		all_cast(&[1, 2, 3], closed(day + 1, 0), day_reading(1));
		all_cast(&[1, 2, 3], closed(day, 1), day_reading(1));
		go_to(day + 20, 0);
		assert_eq!(DayFacts::<Test>::iter().count(), 2);
		go_to(day + 21, 0);
		assert!(!DayFacts::<Test>::contains_key(day, account));
		go_to(day + 22, 0);
		assert_eq!(DayFacts::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_long_pause_is_caught_up_with_in_bounded_steps() {
	build_and_execute(|| {
		let account = braiins("farm");
		let day = today();
		go_to(day + 1, 0);
		all_cast(&[1, 2, 3], yesterday(account), day_reading(1));
		go_to(day + 50, 0);
		let swept = || Swept::<Test>::get();
		// Sixteen steps: one to take the ballot, fifteen over empty days.
		assert_eq!(swept().ballots, Some(day + 16));
		run_blocks(10);
		assert_eq!(swept().ballots, Some(day + 49));
		assert_eq!(swept().facts, Some(day + 30));
		all_cast(&[1], yesterday(account), day_reading(1));
		assert_eq!(swept().ballots, Some(day + 49));
	});
}

#[test]
fn the_weight_says_what_was_done() {
	build_and_execute(|| {
		let quiet = Oracle::on_initialize(2);
		assert_eq!(
			quiet,
			<() as crate::WeightInfo>::keep_round() + <() as crate::WeightInfo>::sweep(0)
		);
		System::set_block_number(5);
		let busy = Oracle::on_initialize(5);
		// Three prices, one stablecoin, three coins' fees; no round is old enough to be put away.
		let counted = <() as crate::WeightInfo>::advance_round(7);
		assert_eq!(busy, counted + <() as crate::WeightInfo>::sweep(0));
	});
}
