//! Prices and fees: medians, spreads, jumps, freshness.

use super::*;
use crate::{tally, Event, FeesFacts, PriceFacts};
use dmex_primitives::{
	facts::{FactError, Priced, Prices},
	Price,
};
use sp_runtime::Permill;

const OF: Priced = Priced::Coin(BTC);

fn feed() -> Feed {
	Feed::Price { of: OF, round: Oracle::round() }
}

/// Votes of validators 1, 2, … on the price in the open round, and that round's end.
fn round_of(votes: &[Price]) {
	for (validator, price) in (1..).zip(votes) {
		assert_eq!(cast(validator, &[(feed(), Reading::Price(*price))]), Ok(Ok(())));
	}
	next_round();
}

#[test]
fn the_threshold_is_never_met_by_two_groups_without_a_common_honest_validator() {
	let expected = [0, 1, 2, 3, 3, 4, 5, 5, 6, 7, 7];
	for (voters, threshold) in (0..).zip(expected) {
		assert_eq!(tally::threshold(voters), threshold, "{voters} voters");
	}
	for voters in 1..=200 {
		let liars = (voters - 1) / 3;
		let threshold = tally::threshold(voters);
		assert!(2 * threshold > voters + liars);
		assert!(threshold <= voters - liars);
	}
}

#[test]
fn the_median_of_an_even_count_is_the_mean_of_the_two_middle_ones_rounded_down() {
	assert_eq!(tally::middle(&[]), None);
	assert_eq!(tally::middle(&[7]), Some(7));
	assert_eq!(tally::middle(&[10, 5]), Some(7));
	assert_eq!(tally::middle(&[9, 1, 5]), Some(5));
	assert_eq!(tally::middle(&[4, 100, 1, 6]), Some(5));
	assert_eq!(tally::middle(&[u128::MAX, u128::MAX]), Some(u128::MAX));
}

#[test]
fn the_spread_of_the_counted_votes_is_told() {
	let spread = Permill::from_percent(2);
	let median = tally::median(&[100_000, 101_000, 99_500, 200_000], spread, 3).unwrap();
	assert_eq!(median.value, 100_500);
	assert_eq!(median.within, 3);
	assert_eq!(median.widest, Permill::from_rational(1_000u32, 100_500));
	assert_eq!(tally::median(&[100, 101, 110, 90], spread, 3), None);
	assert_eq!(tally::median(&[0, 0, 0], spread, 3).unwrap().widest, Permill::zero());
}

#[test]
fn a_price_is_agreed_at_once_when_all_have_voted() {
	build_and_execute(|| {
		for (validator, price) in [(1, 1_000), (2, 1_010), (3, 1_004)] {
			cast(validator, &[(feed(), Reading::Price(price))]).unwrap().unwrap();
			assert_eq!(Oracle::price(OF), Err(FactError::Missing));
		}
		cast(4, &[(feed(), Reading::Price(1_006))]).unwrap().unwrap();
		assert_eq!(Oracle::price(OF), Ok(1_005));
		System::assert_has_event(Event::PriceAgreed { of: OF, price: 1_005, voters: 4 }.into());
	});
}

#[test]
fn three_of_four_agree_when_the_round_ends() {
	build_and_execute(|| {
		round_of(&[1_000, 1_010, 1_004]);
		assert_eq!(Oracle::price(OF), Ok(1_004));
		let record = PriceFacts::<Test>::get(OF).unwrap();
		assert_eq!((record.round, record.support.voters, record.support.of), (0, 3, 4));
	});
}

#[test]
fn an_outlier_does_not_count_towards_the_threshold() {
	build_and_execute(|| {
		round_of(&[1_000, 1_010, 2_000]);
		assert_eq!(Oracle::price(OF), Err(FactError::Missing));
		round_of(&[1_000, 1_010, 1_004, 2_000]);
		assert_eq!(Oracle::price(OF), Ok(1_007));
		assert_eq!(PriceFacts::<Test>::get(OF).unwrap().support.voters, 3);
	});
}

#[test]
fn two_of_four_agree_on_nothing() {
	build_and_execute(|| {
		round_of(&[1_000, 1_000]);
		next_round();
		assert_eq!(Oracle::price(OF), Err(FactError::Missing));
	});
}

#[test]
fn a_vote_that_arrives_in_the_next_round_still_completes_its_round() {
	build_and_execute(|| {
		let late = signed(3, vote_of(3, vec![(feed(), Reading::Price(1_000))]));
		round_of(&[1_000, 1_000]);
		assert_eq!(include(&late), Ok(Ok(())));
		assert_eq!(Oracle::price(OF), Err(FactError::Missing));
		next_round();
		assert_eq!(Oracle::price(OF), Ok(1_000));
		assert_eq!(PriceFacts::<Test>::get(OF).unwrap().round, 0);
	});
}

#[test]
fn a_round_that_ends_late_does_not_replace_a_newer_one() {
	build_and_execute(|| {
		let late = signed(3, vote_of(3, vec![(feed(), Reading::Price(1_000))]));
		round_of(&[1_000, 1_000]);
		assert_eq!(include(&late), Ok(Ok(())));
		let now = Oracle::round();
		for validator in 1..=4 {
			cast(validator, &[(feed(), Reading::Price(1_100))]).unwrap().unwrap();
		}
		next_round();
		assert_eq!(Oracle::price(OF), Ok(1_100));
		assert_eq!(PriceFacts::<Test>::get(OF).unwrap().round, now);
	});
}

#[test]
fn a_price_is_fresh_for_three_rounds_and_then_an_error() {
	build_and_execute(|| {
		round_of(&[1_000; 4]);
		next_round();
		next_round();
		assert_eq!((Oracle::round(), Oracle::price(OF)), (3, Ok(1_000)));
		next_round();
		assert_eq!(Oracle::price(OF), Err(FactError::Stale));
		round_of(&[1_001; 4]);
		assert_eq!(Oracle::price(OF), Ok(1_001));
	});
}

#[test]
fn a_move_of_a_fifth_is_taken_and_a_larger_one_waits_for_a_second_round() {
	build_and_execute(|| {
		round_of(&[1_000; 4]);
		round_of(&[1_200; 4]);
		assert_eq!(Oracle::price(OF), Ok(1_200));
		round_of(&[1_500; 4]);
		assert_eq!(Oracle::price(OF), Ok(1_200));
		System::assert_has_event(Event::PriceWaits { of: OF, price: 1_500 }.into());
		// Within a tenth of the first round: the second is taken.
		round_of(&[1_650; 4]);
		assert_eq!(Oracle::price(OF), Ok(1_650));
	});
}

#[test]
fn a_second_round_that_disagrees_waits_itself() {
	build_and_execute(|| {
		round_of(&[1_000; 4]);
		round_of(&[2_000; 4]);
		round_of(&[2_201; 4]);
		assert_eq!(Oracle::price(OF), Ok(1_000));
		round_of(&[2_201; 4]);
		assert_eq!(Oracle::price(OF), Ok(2_201));
	});
}

#[test]
fn a_glitch_of_one_round_is_forgotten() {
	build_and_execute(|| {
		round_of(&[1_000; 4]);
		round_of(&[3_000; 4]);
		round_of(&[1_010; 4]);
		assert_eq!(Oracle::price(OF), Ok(1_010));
		round_of(&[3_000; 4]);
		assert_eq!(Oracle::price(OF), Ok(1_010));
	});
}

#[test]
fn a_confirmation_must_come_while_the_first_round_is_fresh() {
	build_and_execute(|| {
		round_of(&[1_000; 4]);
		round_of(&[2_000; 4]);
		(0..3).for_each(|_| next_round());
		round_of(&[2_000; 4]);
		assert_eq!(PriceFacts::<Test>::get(OF).unwrap().price, 1_000);
		round_of(&[2_000; 4]);
		assert_eq!(Oracle::price(OF), Ok(2_000));
	});
}

#[test]
fn the_stablecoin_has_a_price_of_its_own() {
	build_and_execute(|| {
		let feed = Feed::Price { of: Priced::Stable, round: 0 };
		all_cast(&[1, 2, 3, 4], feed, Reading::Price(999));
		assert_eq!(Oracle::price(Priced::Stable), Ok(999));
		assert_eq!(Oracle::price(OF), Err(FactError::Missing));
	});
}

#[test]
fn fees_have_a_wider_spread() {
	build_and_execute(|| {
		let fees = [1_000, 1_050, 1_090, 5_000];
		for (validator, fees) in (1..).zip(fees) {
			let feed = Feed::Fees { coin: BTC, round: 0 };
			cast(validator, &[(feed, Reading::Fees(fees))]).unwrap().unwrap();
		}
		let record = FeesFacts::<Test>::get(BTC).unwrap();
		assert_eq!((record.fees, record.support.voters), (1_070, 3));
	});
}

#[test]
fn a_shorter_round_never_brings_a_round_back() {
	build_and_execute(|| {
		next_round();
		next_round();
		assert_eq!((Oracle::round(), System::block_number()), (2, 10));
		RoundBlocks::set(50);
		run_blocks(49);
		assert_eq!(Oracle::round(), 2);
		run_blocks(1);
		assert_eq!(Oracle::round(), 3);
		RoundBlocks::set(0);
		run_blocks(1);
		assert_eq!(Oracle::round(), 4);
	});
}
