//! At most ⌊(n − 1) / 3⌋ liars never move a median outside the honest range and never fix an
//! exact fact to a lie; with a wrong threshold they do, and the checks see it.

use super::*;
use crate::tally;
use dmex_primitives::facts::{DayFact, Facts, Priced, Prices};
use proptest::prelude::*;
use sp_runtime::Permill;

const SPREAD: Permill = Permill::from_percent(2);

type Threshold = fn(u32) -> u32;

/// Honest numbers near each other, and what the liars say, among `n` of whom some do not vote.
#[derive(Clone, Debug)]
struct Election {
	n: u32,
	honest: Vec<u128>,
	lies: Vec<u128>,
}

fn elections() -> impl Strategy<Value = Election> {
	(1u32..=13, 1_000u128..1_000_000).prop_flat_map(|(n, base)| {
		let liars = (n - 1) / 3;
		let honest = (n - liars) as usize;
		let lie = prop_oneof![
			Just(0u128),
			Just(u128::MAX),
			base - base / 30..=base + base / 30,
			any::<u128>(),
		];
		(
			Just(n),
			proptest::collection::vec(base..=base + base / 200, 0..=honest),
			proptest::collection::vec(lie, 0..=liars as usize),
		)
			.prop_map(|(n, honest, lies)| Election { n, honest, lies })
	})
}

/// What is wrong with a median that was agreed.
fn median_fault(election: &Election, threshold: Threshold) -> Option<String> {
	let votes: Vec<u128> = election.honest.iter().chain(&election.lies).copied().collect();
	let median = tally::median(&votes, SPREAD, threshold(election.n))?;
	let lowest = election.honest.iter().min();
	let highest = election.honest.iter().max();
	match (lowest, highest) {
		(Some(low), Some(high)) if (*low..=*high).contains(&median.value) => None,
		_ => Some(format!("{} is outside the honest range of {election:?}", median.value)),
	}
}

/// What is wrong with an exact fact, where the honest all read 1 and the liars all read 2.
fn exact_fault(election: &Election, threshold: Threshold) -> Option<String> {
	let honest = election.honest.iter().map(|_| day_reading(1));
	let lies = election.lies.iter().map(|_| day_reading(2));
	let (fact, _) = tally::exact(honest.chain(lies), threshold(election.n))?;
	(fact != day_reading(1)).then(|| format!("a lie was agreed in {election:?}"))
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn liars_never_move_a_median_outside_the_honest_range(election in elections()) {
		prop_assert_eq!(median_fault(&election, tally::threshold), None);
	}

	#[test]
	fn liars_never_fix_an_exact_fact_to_a_lie(election in elections()) {
		prop_assert_eq!(exact_fault(&election, tally::threshold), None);
	}

	#[test]
	fn the_honest_alone_always_agree(n in 1u32..=100, power in any::<u128>()) {
		let honest = n - (n - 1) / 3;
		let votes = (0..honest).map(|_| day_reading(power));
		prop_assert_eq!(tally::exact(votes, tally::threshold(n)), Some((day_reading(power), honest)));
	}
}

/// Whether the checks find a fault among many elections.
fn finds(check: fn(&Election, Threshold) -> Option<String>, threshold: Threshold) -> bool {
	use proptest::{strategy::ValueTree, test_runner::TestRunner};
	let mut runner = TestRunner::deterministic();
	(0..2_000).any(|_| {
		let election = elections().new_tree(&mut runner).unwrap().current();
		check(&election, threshold).is_some()
	})
}

#[test]
fn a_threshold_of_two_thirds_rounded_down_is_caught() {
	assert!(finds(median_fault, |n| n * 2 / 3));
	assert!(!finds(median_fault, tally::threshold));
}

#[test]
fn a_threshold_of_half_is_caught() {
	assert!(finds(median_fault, |n| n / 2));
}

#[test]
fn a_threshold_that_liars_meet_alone_is_caught() {
	assert!(finds(exact_fault, |n| n / 3));
	assert!(!finds(exact_fault, tally::threshold));
}

#[derive(Clone, Debug)]
enum Step {
	/// A validator votes on the open day (true) or price; a liar says the number.
	Vote {
		validator: u64,
		on_day: bool,
		lie: u128,
	},
	/// The liar's two votes are reported.
	Report,
	Round,
	Day,
	Session,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
	let vote = (1u64..=5, any::<bool>(), 900u128..1_100)
		.prop_map(|(validator, on_day, lie)| Step::Vote { validator, on_day, lie });
	let step = prop_oneof![
		12 => vote,
		1 => Just(Step::Report),
		3 => Just(Step::Round),
		1 => Just(Step::Day),
		1 => Just(Step::Session),
	];
	proptest::collection::vec(step, 1..60)
}

/// Validator 4 of 1 to 4 lies, 5 has no vote. Honest prices are 1,000 to 1,002.
fn take(account: u32, step: Step) {
	match step {
		Step::Vote { validator, on_day, lie } => {
			let lies = validator == 4;
			let (feed, reading) = if on_day {
				let power = if lies { lie } else { u128::from(today()) };
				(yesterday(account), day_reading(power))
			} else {
				let price = if lies { lie } else { 999 + u128::from(validator) };
				let feed = Feed::Price { of: Priced::Stable, round: Oracle::round() };
				(feed, Reading::Price(price))
			};
			let first = cast(validator, &[(feed, reading)]);
			assert!(first.is_err() || validator < 5, "a stranger has no vote");
			assert!(cast(validator, &[(feed, reading)]).is_err(), "a second vote was taken");
		},
		Step::Report => {
			let vote =
				|power| signed(4, vote_of(4, vec![(yesterday(account), day_reading(power))]));
			let origin = RuntimeOrigin::signed(1);
			let _ = Oracle::report_equivocation(origin, vote(1), vote(2));
		},
		Step::Round => next_round(),
		Step::Day => go_to(today() + 1, 0),
		Step::Session => next_session(&[1, 2, 3, 4], &[1, 2, 3, 4]),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(48))]

	#[test]
	fn one_liar_of_four_fixes_no_fact(steps in steps()) {
		build_and_execute(|| {
			let account = braiins("farm");
			let first = today();
			go_to(first + 1, 0);
			for step in steps {
				take(account, step);
				assert_eq!(Oracle::do_try_state(), Ok(()));
				if let Ok(price) = Oracle::price(Priced::Stable) {
					assert!((1_000..=1_002).contains(&price), "{price}");
				}
				for day in first..today() {
					if let Ok(DayFact::Value(value)) = Oracle::closed_day(account, day) {
						assert_eq!(value.power, u128::from(day) + 1);
					}
				}
			}
		});
	}
}
