//! Validators that stay silent.

use crate::{mock::*, Candidates, Cause, Event, Standing};
use frame_support::assert_ok;

fn silent_for(who: u64) -> u32 {
	Candidates::<Test>::get(who).unwrap().silent_for
}

/// Six validators with a minimum of four: one fault is tolerated, two are too many.
fn six() {
	join_and_admit(5);
	join_and_admit(6);
	roll_sessions(2);
	assert_eq!(active(), (1..=6).collect::<Vec<_>>());
	FactsClose::set(true);
}

#[test]
fn silence_for_the_limit_costs_the_seat_but_no_bond() {
	ExtBuilder::default().build_and_execute(|| {
		six();
		Silent::set(vec![6]);
		roll_sessions(SILENCE_LIMIT - 1);
		assert_eq!(silent_for(6), SILENCE_LIMIT - 1);
		assert_eq!(Validators::planned(), (1..=6).collect::<Vec<_>>());
		events();

		roll_sessions(1);
		assert_eq!(
			events(),
			vec![Event::Ejected { who: 6, cause: Cause::Silent }, Event::Unseated { who: 6 }]
		);
		roll_sessions(1);
		assert_eq!(active(), vec![1, 2, 3, 4, 5]);
		assert_eq!(bond(6), MIN_BOND);
		// It comes back as any candidate does.
		assert_ok!(Validators::admit(RuntimeOrigin::root(), 6));
		assert_eq!(silent_for(6), 0);
	});
}

#[test]
fn one_answered_session_starts_the_count_anew() {
	ExtBuilder::default().build_and_execute(|| {
		six();
		Silent::set(vec![6]);
		roll_sessions(SILENCE_LIMIT - 1);
		Silent::set(vec![]);
		roll_sessions(1);
		assert_eq!(silent_for(6), 0);
		Silent::set(vec![6]);
		roll_sessions(SILENCE_LIMIT - 1);
		assert_eq!(Candidates::<Test>::get(6).unwrap().standing, Standing::Admitted);
	});
}

#[test]
fn a_session_without_closed_facts_counts_for_nobody() {
	ExtBuilder::default().build_and_execute(|| {
		six();
		Silent::set(vec![6]);
		roll_sessions(2);
		FactsClose::set(false);
		roll_sessions(10);
		assert_eq!(silent_for(6), 2);
	});
}

#[test]
fn at_most_a_third_goes_in_one_session_the_longest_silent_first() {
	ExtBuilder::default().build_and_execute(|| {
		six();
		Silent::set(vec![6]);
		roll_sessions(1);
		// 6 would go one session earlier than 5 and 2; hold it by a session without facts.
		Silent::set(vec![2, 5, 6]);
		roll_sessions(SILENCE_LIMIT - 1);
		assert_eq!(Candidates::<Test>::get(6).unwrap().standing, Standing::Waiting);
		// 6 is still in the set of this session; 2 and 5 reach the limit, one may go.
		roll_sessions(1);
		assert_eq!(Validators::planned(), vec![1, 3, 4, 5]);
		assert_eq!(silent_for(5), SILENCE_LIMIT);
	});
}

#[test]
fn silence_never_goes_below_the_genesis_number() {
	ExtBuilder::default().build_and_execute(|| {
		FactsClose::set(true);
		Silent::set(vec![1, 2, 3, 4]);
		roll_sessions(10);
		assert_eq!(active(), vec![1, 2, 3, 4]);
		assert_eq!(silent_for(1), 10);
		assert_eq!(Candidates::<Test>::get(1).unwrap().standing, Standing::Admitted);
		// As soon as there is a replacement, one goes.
		join_and_admit(5);
		roll_sessions(1);
		assert_eq!(Validators::planned(), vec![2, 3, 4, 5]);
	});
}

#[test]
fn three_validators_lose_nobody_to_silence() {
	ExtBuilder::default().validators(vec![1]).build_and_execute(|| {
		join_and_admit(2);
		join_and_admit(3);
		roll_sessions(2);
		FactsClose::set(true);
		Silent::set(vec![3]);
		roll_sessions(10);
		assert_eq!(active(), vec![1, 2, 3]);
	});
}
