//! Every call, hook and authorisation.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::{app::AuthorityId, *};
use alloc::vec::Vec;
use dmex_adapters::Adapter;
use dmex_primitives::{
	calendar::Calendar,
	facts::{AccountName, DayReading, Feed, Priced, Reading},
	Moment, PoolAccountId,
};
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::TransactionSource,
	traits::{fungible::Unbalanced, Authorize, EnsureOrigin},
};
use frame_system::{pallet_prelude::BlockNumberFor, RawOrigin};
use sp_runtime::{
	traits::{Bounded, SaturatedConversion},
	RuntimeAppPublic,
};

/// What the benchmarks need of the runtime.
pub trait BenchmarkHelper {
	/// Sets the chain's clock, milliseconds.
	fn set_time(now: Moment);
}

fn funded<T: Config>(index: u32) -> T::AccountId
where
	T::Currency: Unbalanced<T::AccountId>,
{
	let who: T::AccountId = account("funded", index, 0);
	let plenty = BalanceOf::<T>::max_value() / 1_000_000u32.into();
	T::Currency::write_balance(&who, plenty).unwrap();
	who
}

/// A full set, whose last key is in the keystore, and the session before it.
fn full_set<T: Config>() -> AuthorityId {
	T::BenchmarkHelper::set_time(T::Calendar::start_of(100));
	let own = AuthorityId::generate_pair(None);
	let mut set = Voters::<T::AccountId>::new();
	for index in 1..MAX_VALIDATORS {
		let key = AuthorityId::generate_pair(None);
		set.try_push((account("validator", index, 0), key)).unwrap();
	}
	set.try_push((account("validator", 0, 0), own.clone())).unwrap();
	let session = CurrentSession::<T>::get();
	Sessions::<T>::insert(session, set);
	own
}

/// `count` followed accounts whose day before yesterday is asked for: the first retry.
fn accounts<T: Config>(count: u32) -> Vec<PoolAccountId> {
	let source = Sources::<T>::count();
	let record = Source {
		adapter: Adapter::Braiins,
		base_url: None,
		registered_on: 0,
		genesis: true,
		open: true,
	};
	Sources::<T>::insert(source, record);
	let first = NextAccount::<T>::get();
	NextAccount::<T>::put(first + count);
	(first..first + count)
		.map(|id| {
			let name: AccountName = alloc::format!("account{id}").into_bytes().try_into().unwrap();
			AccountOf::<T>::insert((source, &name), id);
			let provider: T::AccountId = account("provider", 0, 0);
			let deposit = 0u32.into();
			Accounts::<T>::insert(id, PoolAccount { source, coin: 0, name, provider, deposit });
			Followed::<T>::insert(id, 0);
			id
		})
		.collect()
}

fn day_feed<T: Config>(account: PoolAccountId) -> Feed {
	Feed::ClosedDay { account, day: T::Calendar::today().saturating_sub(2), attempt: 1 }
}

fn power(power: u128) -> Reading {
	Reading::ClosedDay(DayReading { power, paid: power, payout: Some(Default::default()) })
}

/// Ballots that lack one vote to close with `reading`.
fn nearly_closed<T: Config>(feeds: &[Feed], reading: Reading) {
	let session = CurrentSession::<T>::get();
	for feed in feeds {
		let mut ballot = Ballot::new(session, MAX_VALIDATORS);
		for voter in 0..crate::tally::threshold(MAX_VALIDATORS) - 1 {
			ballot.votes.try_push((voter.saturated_into(), Some(reading))).unwrap();
		}
		Ballots::<T>::insert(Period::of(feed), feed, ballot);
	}
}

/// A vote of `key` on the given number of closed days, each of which it completes.
fn completing_vote<T: Config>(key: &AuthorityId, f: u32) -> SignedVote {
	let feeds: Vec<Feed> = accounts::<T>(f).into_iter().map(day_feed::<T>).collect();
	nearly_closed::<T>(&feeds, power(5));
	let readings = feeds.into_iter().map(|feed| (feed, power(5))).collect();
	Pallet::<T>::sign_vote(key, CurrentRound::<T>::get().index, readings).unwrap()
}

#[benchmarks(where T::Currency: Unbalanced<T::AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn vote(f: Linear<1, MAX_FEEDS>) {
		let key = full_set::<T>();
		let SignedVote { vote: said, signature } = completing_vote::<T>(&key, f);
		#[extrinsic_call]
		_(RawOrigin::Authorized, said, signature);
		assert_eq!(DayFacts::<T>::iter().count() as u32, f);
	}

	#[benchmark]
	fn authorize_vote(f: Linear<1, MAX_FEEDS>) -> Result<(), BenchmarkError> {
		let key = full_set::<T>();
		let SignedVote { vote: said, signature } = completing_vote::<T>(&key, f);
		let call = Call::<T>::vote { vote: said, signature };
		#[block]
		{
			call.authorize(TransactionSource::External).ok_or("votes are authorised")??;
		}
		Ok(())
	}

	#[benchmark]
	fn report_equivocation() {
		let key = full_set::<T>();
		let first = completing_vote::<T>(&key, MAX_FEEDS);
		let feeds = first.vote.readings.iter().map(|(feed, _)| *feed);
		let readings = feeds.map(|feed| (feed, power(6))).collect();
		let second = Pallet::<T>::sign_vote(&key, first.vote.round, readings).unwrap();
		let reporter = funded::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(reporter), first, second);
	}

	#[benchmark]
	fn register_source() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let mut url = b"https://node.example.org/".to_vec();
		url.resize(MAX_URL as usize, b'a');
		let before = Sources::<T>::count();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Adapter::Lotus, Some(url.try_into().unwrap()));
		assert_eq!(Sources::<T>::count(), before + 1);
		Ok(())
	}

	#[benchmark]
	fn close_source() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let source = Pallet::<T>::add_source(Adapter::Lotus, None, false).unwrap();
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, source);
		assert!(!Sources::<T>::get(source).unwrap().open);
		Ok(())
	}

	#[benchmark]
	fn watch_coin() -> Result<(), BenchmarkError> {
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		// One of as many sources as there can be reads the coin's network.
		Watched::<T>::kill();
		while Pallet::<T>::add_source(Adapter::Coinbase, None, false).is_ok() {}
		let source = Source {
			adapter: Adapter::MempoolSpace,
			base_url: None,
			registered_on: 0,
			genesis: false,
			open: true,
		};
		Sources::<T>::insert(MAX_SOURCES - 1, source);
		let coin = <T::Coins as dmex_primitives::coins::Coins>::by_symbol(b"BTC")
			.ok_or(BenchmarkError::Stop("genesis registers BTC"))?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, coin);
		assert_eq!(Watched::<T>::get().into_inner(), alloc::vec![coin]);
		Ok(())
	}

	#[benchmark]
	fn publish_token_key() {
		let validator = funded::<T>(0);
		#[extrinsic_call]
		_(RawOrigin::Signed(validator.clone()), [1; 32]);
		assert!(TokenKeys::<T>::contains_key(validator));
	}

	#[benchmark]
	fn withdraw_token_key() {
		let validator = funded::<T>(0);
		Pallet::<T>::put_token_key(&validator, [1; 32]).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(validator.clone()));
		assert!(!TokenKeys::<T>::contains_key(validator));
	}

	#[benchmark]
	fn post_token() {
		let (provider, validator) = (funded::<T>(0), funded::<T>(1));
		Pallet::<T>::put_token_key(&validator, [1; 32]).unwrap();
		let account = accounts::<T>(1)[0];
		Accounts::<T>::mutate(account, |known| known.as_mut().unwrap().provider = provider.clone());
		let sealed: Sealed = alloc::vec![1; MAX_SEALED as usize].try_into().unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(provider), account, validator.clone(), sealed);
		assert!(Tokens::<T>::contains_key(account, validator));
	}

	#[benchmark]
	fn remove_token() {
		let (provider, validator) = (funded::<T>(0), funded::<T>(1));
		Pallet::<T>::put_token_key(&validator, [1; 32]).unwrap();
		let account = accounts::<T>(1)[0];
		Accounts::<T>::mutate(account, |known| known.as_mut().unwrap().provider = provider.clone());
		let sealed: Sealed = alloc::vec![1; MAX_SEALED as usize].try_into().unwrap();
		Pallet::<T>::put_token(&provider, account, &validator, sealed).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(provider), account, validator.clone());
		assert!(!Tokens::<T>::contains_key(account, validator));
	}

	#[benchmark]
	fn keep_round() {
		let now = frame_system::Pallet::<T>::block_number();
		CurrentRound::<T>::put(OpenRound { index: 5, start: now });
		#[block]
		{
			Pallet::<T>::advance_round(now);
		}
		assert_eq!(CurrentRound::<T>::get().index, 5);
	}

	#[benchmark]
	fn advance_round(b: Linear<1, 66>) {
		full_set::<T>();
		// Prices and fees of two rounds; what is watched makes the count.
		let coins = b.div_ceil(4).min(MAX_COINS);
		let watched: Vec<u32> = (0..coins).collect();
		Watched::<T>::put(WatchList::try_from(watched).unwrap());
		CurrentRound::<T>::put(OpenRound { index: 5, start: BlockNumberFor::<T>::default() });
		for round in [4, 5] {
			for coin in 0..coins {
				let of = Priced::Coin(coin);
				nearly_closed::<T>(&[Feed::Price { of, round }], Reading::Price(5));
				nearly_closed::<T>(&[Feed::Fees { coin, round }], Reading::Fees(5));
			}
		}
		let session = CurrentSession::<T>::get();
		for (period, feed, mut ballot) in Ballots::<T>::iter().collect::<Vec<_>>() {
			let reading = ballot.votes[0].1;
			ballot.votes.try_push((99, reading)).unwrap();
			assert_eq!(ballot.session, session);
			Ballots::<T>::insert(period, feed, ballot);
		}
		#[block]
		{
			Pallet::<T>::advance_round(BlockNumberFor::<T>::max_value());
		}
		assert_eq!(CurrentRound::<T>::get().index, 6);
	}

	#[benchmark]
	fn sweep(b: Linear<0, 256>) {
		full_set::<T>();
		let day = T::Calendar::today().saturating_sub(4);
		let feeds: Vec<Feed> = accounts::<T>(b)
			.into_iter()
			.map(|account| Feed::ClosedDay { account, day: day.saturating_sub(1), attempt: 0 })
			.collect();
		nearly_closed::<T>(&feeds, power(5));
		for feed in &feeds {
			Ballots::<T>::mutate(Period::of(feed), feed, |ballot| {
				ballot.as_mut().unwrap().outcome = Some(Outcome::Exact(power(5)));
			});
		}
		let round = CurrentRound::<T>::get().index;
		Swept::<T>::put(Sweep { round, ballots: Some(day), facts: None });
		#[block]
		{
			Pallet::<T>::sweep(b);
		}
		assert_eq!(Ballots::<T>::iter().count(), 0);
	}
}
