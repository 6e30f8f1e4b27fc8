//! Two readings of one feed by one key.

use super::*;
use crate::{Ballots, Event, OracleEquivocation, Period, Vote};
use dmex_primitives::facts::{Priced, Prices};
use frame_support::{assert_noop, assert_ok, dispatch::Pays};
use sp_runtime::Perbill;
use sp_staking::offence::Offence;

fn feed() -> Feed {
	Feed::Price { of: Priced::Stable, round: Oracle::round() }
}

fn priced(validator: AccountId, price: u128) -> SignedVote {
	signed(validator, vote_of(validator, vec![(feed(), Reading::Price(price))]))
}

fn report(first: &SignedVote, second: &SignedVote) -> DispatchResult {
	Oracle::report_equivocation(RuntimeOrigin::signed(40), first.clone(), second.clone())
		.map(|_| ())
		.map_err(|error| error.error)
}

#[test]
fn two_readings_of_one_feed_are_an_offence_reported_for_free() {
	build_and_execute(|| {
		let (first, second) = (priced(2, 1), priced(2, 2));
		let origin = RuntimeOrigin::signed(40);
		let info = Oracle::report_equivocation(origin, first, second).unwrap();
		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(Offences::get(), vec![(2, 0, 0, 4)]);
		System::assert_last_event(
			Event::EquivocationReported { validator: 2, session: 0, round: 0 }.into(),
		);
	});
}

#[test]
fn one_pair_is_one_offence_whichever_vote_is_named_first() {
	build_and_execute(|| {
		let first = priced(2, 1);
		let account = braiins("farm");
		go_to(today() + 1, 0);
		let closed = |power| (yesterday(account), day_reading(power));
		let early = signed(2, vote_of(2, vec![closed(1)]));
		next_round();
		let late = signed(2, vote_of(2, vec![closed(2)]));
		assert_ok!(report(&late, &early));
		assert_eq!(Offences::get(), vec![(2, 0, 0, 4)]);
		assert_noop!(report(&early, &late), Error::<Test>::EquivocationKnown);
		// Other feeds of the same round are part of it.
		let mut second = first.vote.clone();
		second.readings[0].1 = Reading::Price(3);
		assert_noop!(report(&first, &signed(2, second)), Error::<Test>::EquivocationKnown);
	});
}

#[test]
fn what_is_no_contradiction_is_no_offence() {
	build_and_execute(|| {
		let first = priced(2, 1);
		let mut later = first.vote.clone();
		later.observed_at += 1;
		assert_noop!(report(&first, &signed(2, later)), Error::<Test>::NoContradiction);
		let other = Feed::Price { of: Priced::Coin(BTC), round: 0 };
		let elsewhere = signed(2, vote_of(2, vec![(other, Reading::Price(2))]));
		assert_noop!(report(&first, &elsewhere), Error::<Test>::NoContradiction);
		next_round();
		assert_noop!(report(&first, &priced(2, 9)), Error::<Test>::NoContradiction);
		assert_eq!(Offences::get(), vec![]);
	});
}

#[test]
fn a_proof_must_be_signed_by_one_key_of_a_kept_session() {
	build_and_execute(|| {
		let first = priced(2, 1);
		assert_noop!(report(&first, &priced(3, 2)), Error::<Test>::VotersDiffer);
		assert_noop!(report(&priced(5, 1), &priced(5, 2)), Error::<Test>::KeyNotInSet);
		let mut forged = priced(2, 2);
		forged.signature = priced(3, 2).signature;
		assert_noop!(report(&first, &forged), Error::<Test>::BadSignature);
		assert_noop!(report(&forged, &first), Error::<Test>::BadSignature);
		let second = priced(2, 2);
		let set = [1, 3, 4];
		(0..3).for_each(|_| next_session(&set, &set));
		let mut unknown = first.vote.clone();
		unknown.session = 77;
		assert_noop!(report(&signed(2, unknown), &second), Error::<Test>::SessionNotKept);
		// The validator rotated its key and left, and is caught all the same.
		assert_ok!(report(&first, &second));
		next_session(&set, &set);
		Reported::take();
		assert_noop!(report(&first, &second), Error::<Test>::SessionNotKept);
	});
}

#[test]
fn the_two_votes_may_be_of_different_sessions() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		let closed = |power| signed(2, vote_of(2, vec![(yesterday(account), day_reading(power))]));
		let first = closed(1);
		let four = [1, 2, 3, 4];
		next_session(&four, &four);
		next_round();
		assert_ok!(report(&closed(2), &first));
		assert_eq!(Offences::get(), vec![(2, 0, 0, 4)]);
	});
}

#[test]
fn an_open_vote_is_struck_and_cannot_be_cast_again() {
	build_and_execute(|| {
		let (first, second) = (priced(2, 1_000), priced(2, 1_010));
		assert_eq!(include(&first), Ok(Ok(())));
		all_cast(&[1, 3], feed(), Reading::Price(1_000));
		assert_ok!(report(&first, &second));
		let ballot = Ballots::<Test>::get(Period::Round(0), feed()).unwrap();
		assert_eq!(ballot.vote_of(1), Some(&(1, None)));
		for vote in [&first, &second] {
			assert_eq!(include(vote), Err(custom(Error::AlreadyVoted)));
		}
		next_round();
		// Three votes would have been enough.
		assert!(Oracle::price(Priced::Stable).is_err());
		next_round();
		all_cast(&[1, 3, 4], feed(), Reading::Price(1_000));
		next_round();
		assert_eq!(Oracle::price(Priced::Stable), Ok(1_000));
	});
}

#[test]
fn an_equivocator_that_has_not_voted_may_not_any_more() {
	build_and_execute(|| {
		let (first, second) = (priced(2, 1_000), priced(2, 1_010));
		all_cast(&[1], feed(), Reading::Price(1_000));
		assert_ok!(report(&first, &second));
		assert_eq!(include(&first), Err(custom(Error::AlreadyVoted)));
	});
}

#[test]
fn a_fact_that_is_agreed_stays() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		let closed = |power| vote_of(2, vec![(yesterday(account), day_reading(power))]);
		all_cast(&[1, 2, 3], yesterday(account), day_reading(5));
		assert_ok!(report(&signed(2, closed(5)), &signed(2, closed(6))));
		assert_eq!(Oracle::measured_power(account, today() - 1), Some(5));
		let ballot = Ballots::<Test>::get(Period::Day(today()), yesterday(account)).unwrap();
		assert_eq!(ballot.vote_of(1), Some(&(1, Some(day_reading(5)))));
	});
}

#[test]
fn the_slash_grows_with_the_square_of_those_who_do_it_together() {
	let offence = |count| OracleEquivocation {
		session: 1,
		validator_set_count: count,
		round: 1,
		offender: 1u64,
	};
	assert_eq!(offence(100).slash_fraction(1), Perbill::from_rational(9u32, 10_000));
	assert_eq!(offence(100).slash_fraction(34), Perbill::one());
	assert_eq!(offence(4).slash_fraction(1), Perbill::from_rational(9u32, 16));
	assert_eq!(offence(1).slash_fraction(1), Perbill::one());
}

#[test]
fn signed_bytes_begin_with_the_domain_and_name_chain_session_and_round() {
	let vote = Vote {
		key: key(1),
		session: 0x0102_0304,
		round: 0x0506_0708,
		readings: vec![].try_into().unwrap(),
		observed_at: 9,
	};
	let bytes = vote.signing_bytes(sp_core::H256::repeat_byte(0xaa));
	let mut expected = b"dmex-oracle-vote".to_vec();
	expected.extend([0xaa; 32]);
	expected.extend([4, 3, 2, 1, 8, 7, 6, 5, 0, 9, 0, 0, 0, 0, 0, 0, 0]);
	assert_eq!(bytes, expected);
}
