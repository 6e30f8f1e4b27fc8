//! What always holds, and that the checks see when it does not.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, *};
use dmex_primitives::{
	facts::{DayFact, FactError, Facts, Feed, PoolAccounts, Priced, Prices, Reading},
	PoolAccountId, PRICE_ONE,
};
use frame_support::{
	storage::{with_transaction, TransactionOutcome},
	traits::tokens::nonfungibles_v2,
};
use pallet_pool_oracle::{Ballots, DayFacts, Outcome, Period, PriceFacts};
use proptest::prelude::*;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{DispatchError, TryRuntimeError};

/// Breaks the state, asserts that the books name this rule, and takes it back.
#[track_caller]
fn caught(rule: &'static str, sabotage: impl FnOnce()) {
	check_books();
	let found: Result<Result<(), TryRuntimeError>, DispatchError> = with_transaction(|| {
		sabotage();
		TransactionOutcome::Rollback(Ok(books()))
	});
	assert_eq!(found, Ok(Err(DispatchError::Other(rule))));
}

/// A second lot, a title that was split and merged, and one as it was issued.
fn sold_lot() -> u32 {
	let farm = open_farm(Eve, &[BTC]);
	let day = Periods::today();
	let id = open_lot(Eve, terms(farm, "aurora"));
	propose(Eve, terms(farm, "borealis")).expect("another account");
	agree_day(lot(id).account, day, worked(PETAHASH));
	agree_day(lot(id).account, day + 1, worked(PETAHASH));
	issue(Eve, id, 600_000, Ferdie).expect("inside the limit");
	issue(Eve, id, 300_000, Bob).expect("inside the limit");
	let split = |title, parts: Vec<u128>| pallet_titles::Call::split {
		series: id,
		title,
		parts: parts.try_into().expect("few"),
	};
	// The parts are titles 2, 3 and 4; their sum is 5.
	submit(Ferdie, split(0, vec![100_000, 200_000, 300_000])).expect("they add up");
	let titles = vec![2, 3].try_into().expect("few");
	submit(Ferdie, pallet_titles::Call::merge { series: id, titles }).expect("both are his");
	id
}

#[test]
fn titles_are_what_is_issued_and_no_more_than_audited_and_measured() {
	use pallet_hashpower::{AllLots, IssuedOfCoin, IssuedOnSource, OpenLotOf};
	use pallet_titles::{Deposits, LiveTitles, Series, Tombstones};
	storyline(genesis::LOCAL, || {
		let id = sold_lot();
		let change = |what: &dyn Fn(&mut pallet_hashpower::types::Lot<AccountId>)| {
			AllLots::<Runtime>::mutate(id, |lot| what(lot.as_mut().expect("a lot")));
		};

		caught("titles hold other power than was issued", || change(&|lot| lot.issued += 1));
		caught("titles hold other power than was issued", || change(&|lot| lot.issued -= 1));
		caught("titles hold other power than was issued", || {
			Series::<Runtime>::mutate(id, |series| series.as_mut().expect("open").issued += 1);
		});
		caught("more was issued than audited", || change(&|lot| lot.terms.power = lot.issued - 1));
		caught("more was issued than measured", || {
			change(&|lot| lot.limit_at_issue = lot.issued - 1)
		});
		caught("units of the titles are not what is issued", || {
			LiveTitles::<Runtime>::mutate(id, 1, |title| title.as_mut().expect("lives").units += 1);
		});
		// All sums agree, and the titles still hold one unit less.
		caught("units of the titles are not what is issued", || {
			change(&|lot| lot.issued += 1);
			Series::<Runtime>::mutate(id, |series| series.as_mut().expect("open").issued += 1);
			IssuedOnSource::<Runtime>::mutate(BTC, BRAIINS, |power| *power += 1);
			IssuedOfCoin::<Runtime>::mutate(BTC, |power| *power += 1);
		});
		caught("power on a pool is miscounted", || {
			IssuedOnSource::<Runtime>::mutate(BTC, BRAIINS, |power| *power -= 1);
		});
		caught("power of a coin is not counted", || IssuedOfCoin::<Runtime>::remove(BTC));

		// One account, one open lot.
		caught("the account of an open lot backs another", || {
			let shared = lot(1).account;
			change(&|lot| lot.account = shared);
		});
		caught("the account of an open lot backs another", || {
			OpenLotOf::<Runtime>::remove(lot(id).account);
		});
		caught("an account backs a lot that is not open", || OpenLotOf::<Runtime>::insert(77, id));

		// Split and merge conserve.
		let bury = |title, units: i128| {
			Tombstones::<Runtime>::mutate(id, title, |grave| {
				let grave = grave.as_mut().expect("buried");
				grave.units = grave.units.checked_add_signed(units).expect("in range");
			});
		};
		caught("split does not conserve units", || bury(0, 1));
		caught("split does not conserve units", || bury(0, -1));
		caught("merge does not conserve units", || {
			// All that was split off still adds up; what was merged does not.
			LiveTitles::<Runtime>::mutate(id, 4, |title| title.as_mut().expect("lives").units -= 1);
			<Nfts as nonfungibles_v2::Mutate<AccountId, pallet_nfts::ItemConfig>>::set_attribute(
				&id, &4, b"units", b"299999",
			)
			.expect("an item");
			bury(2, 1);
			Series::<Runtime>::mutate(id, |series| series.as_mut().expect("open").issued -= 1);
			IssuedOnSource::<Runtime>::mutate(BTC, BRAIINS, |power| *power -= 1);
			IssuedOfCoin::<Runtime>::mutate(BTC, |power| *power -= 1);
			change(&|lot| lot.issued -= 1);
		});

		// Titles and items are the same, and each is paid for.
		caught("a title has no item", || pallet_nfts::Item::<Runtime>::remove(id, 1));
		caught("a title without a deposit", || Deposits::<Runtime>::remove(id, 1));
	});
}

#[test]
fn one_liar_among_four_moves_no_closed_day_wherever_it_votes() {
	storyline(genesis::LOCAL, || {
		let lies = [worked(9 * PETAHASH), worked(0), Reading::Refused];
		let mut cases = Vec::new();
		for liar in VALIDATORS {
			for place in 0..4usize {
				for lie in lies {
					cases.push((liar, place, lie));
				}
			}
		}
		let day = Periods::today();
		let accounts = follow(cases.len());
		until_day(day + 1);
		for chunk in cases.iter().zip(&accounts).collect::<Vec<_>>().chunks(12) {
			block(|| {
				for ((liar, place, lie), account) in chunk {
					let feed = closed(**account, day);
					let mut order: Vec<Sr25519Keyring> =
						VALIDATORS.into_iter().filter(|who| who != liar).collect();
					order.insert(*place, *liar);
					for who in order {
						let reading = if who == *liar { *lie } else { worked(PETAHASH) };
						assert_eq!(apply_vote(vote(who, vec![(feed, reading)])), Ok(Ok(())));
					}
				}
			});
		}
		for account in accounts {
			let fact = PoolOracle::closed_day(account, day).expect("three are enough");
			assert!(matches!(fact, DayFact::Value(day) if day.power == PETAHASH));
		}
	});
}

#[test]
fn two_liars_among_four_stop_a_fact_and_cannot_make_one() {
	storyline(genesis::LOCAL, || {
		let day = Periods::today();
		let account = follow(1)[0];
		until_day(day + 1);
		let feed = closed(account, day);
		let say = |who, power| (who, vec![(feed, worked(power))]);
		votes(&[
			say(Alice, PETAHASH),
			say(Bob, 9 * PETAHASH),
			say(Charlie, 9 * PETAHASH),
			say(Dave, PETAHASH),
		]);
		assert_eq!(PoolOracle::closed_day(account, day), Err(FactError::Missing));

		// The control: the bound is where it is said to be. Three are believed.
		let day = day + 1;
		until_day(day + 1);
		let feed = closed(account, day);
		let lie = |who| (who, vec![(feed, worked(9 * PETAHASH))]);
		votes(&[lie(Alice), lie(Bob), lie(Charlie)]);
		assert_eq!(PoolOracle::measured_power(account, day), Some(9 * PETAHASH));
	});
}

/// Pool accounts that are read, without lots.
fn follow(count: usize) -> Vec<PoolAccountId> {
	block(|| {
		(0..count)
			.map(|number| {
				let name = format!("account_{number}");
				let provider = Eve.to_account_id();
				let account = PoolOracle::bind(F2POOL, BTC, name.as_bytes(), &provider);
				let account = account.expect("a free account");
				PoolOracle::follow(account).expect("there is room");
				account
			})
			.collect()
	})
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(24))]

	#[test]
	fn a_median_stays_between_what_honest_validators_saw(
		base in 1_000u128..1_000_000,
		drift in prop::array::uniform3(0u128..=10_000),
		lie in prop_oneof![1u128..1_000_000, any::<u64>().prop_map(u128::from), Just(PRICE_ONE * PRICE_ONE)],
		liar in 0usize..4,
	) {
		// Up to one in a hundred apart.
		let honest = drift.map(|drift| base * PRICE_ONE + base * PRICE_ONE * drift / 1_000_000);
		let mut seen = honest.to_vec();
		seen.insert(liar, lie);
		storyline(genesis::LOCAL, || {
			block(|| {
				let feed = Feed::Price { of: Priced::Coin(BTC), round: PoolOracle::round() };
				for (who, price) in VALIDATORS.into_iter().zip(&seen) {
					let signed = vote(who, vec![(feed, Reading::Price(*price))]);
					assert_eq!(apply_vote(signed), Ok(Ok(())));
				}
			});
			let price = PoolOracle::price(Priced::Coin(BTC)).expect("three are near each other");
			let (least, most) = (honest.iter().min(), honest.iter().max());
			assert!(Some(&price) >= least && Some(&price) <= most, "{price} of {seen:?}");
		});
	}
}

#[test]
fn a_fact_without_its_voters_is_noticed() {
	storyline(genesis::LOCAL, || {
		let day = Periods::today();
		let account = follow(1)[0];
		agree_day(account, day, worked(PETAHASH));
		block(|| {
			let feed = Feed::Price { of: Priced::Stable, round: PoolOracle::round() };
			for who in VALIDATORS {
				let signed = vote(who, vec![(feed, Reading::Price(PRICE_ONE))]);
				assert_eq!(apply_vote(signed), Ok(Ok(())));
			}
		});

		caught("a fact has fewer voters than the threshold", || {
			DayFacts::<Runtime>::mutate(day, account, |record| {
				record.as_mut().expect("agreed").support.voters = 2;
			});
		});
		caught("a fact has fewer voters than the threshold", || {
			PriceFacts::<Runtime>::mutate(Priced::Stable, |record| {
				record.as_mut().expect("agreed").support.voters = 2;
			});
		});

		let feed = closed(account, day);
		let ballot = |change: &dyn Fn(&mut pallet_pool_oracle::Ballot)| {
			Ballots::<Runtime>::mutate(Period::of(&feed), feed, |ballot| {
				change(ballot.as_mut().expect("its period is not over"));
			});
		};
		caught("a key has two votes on a ballot", || {
			ballot(&|ballot| {
				let vote = ballot.votes[0];
				ballot.votes.try_push(vote).expect("room");
			});
		});
		caught("a vote comes from outside the frozen set", || {
			ballot(&|ballot| {
				ballot.votes.try_push((4, Some(worked(PETAHASH)))).expect("room");
			});
		});
		caught("a ballot was closed below the threshold", || {
			ballot(&|ballot| ballot.votes.retain(|(voter, _)| *voter < 2));
		});
		caught("a ballot was closed below the threshold", || {
			ballot(&|ballot| ballot.outcome = Some(Outcome::Exact(worked(9 * PETAHASH))));
		});
		caught("a ballot was closed below the threshold", || {
			let feed = Feed::Price { of: Priced::Stable, round: PoolOracle::round() };
			Ballots::<Runtime>::mutate(Period::of(&feed), feed, |ballot| {
				let spread = configs::facts::PriceSpread::get();
				let value = PRICE_ONE + PRICE_ONE / 40;
				let ballot = ballot.as_mut().expect("its round is open");
				ballot.outcome = Some(Outcome::Median { value, spread });
			});
		});
	});
}
