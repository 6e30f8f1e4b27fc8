//! Benchmarks of the calls, each at its worst: all places taken.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::arithmetic_side_effects)]

use super::*;
use alloc::vec::Vec;
use dmex_primitives::polls::Polls;
use frame_benchmarking::{account, v2::*};
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	Get,
};
use frame_system::RawOrigin;

fn subject(number: u32) -> H256 {
	let mut bytes = [0; 32];
	bytes[..4].copy_from_slice(&number.to_le_bytes());
	H256(bytes)
}

fn excluded<T: Config>() -> Vec<T::AccountId> {
	(0..MAX_EXCLUDED).map(|index| account("excluded", index, 0)).collect()
}

fn open_poll<T: Config>(number: u32) -> PollId {
	Pallet::<T>::open(PollKind::Audit, subject(number), &excluded::<T>()).expect("opens")
}

fn end_poll<T: Config>(id: PollId) {
	OpenPolls::<T>::mutate(id, |poll| {
		if let Some(poll) = poll {
			poll.ends_at = 0;
		}
	});
}

/// An account with money, and votes in all polls but `free`, over or running.
fn voter<T: Config>(free: u32, over: bool) -> T::AccountId {
	let who: T::AccountId = whitelisted_caller();
	let money = T::LeastVote::get() * 100 + T::Currency::minimum_balance() * 100;
	T::Currency::set_balance(&who, money);
	for number in 0..(MAX_VOTES - free) {
		let poll = open_poll::<T>(number);
		Pallet::<T>::do_vote(&who, poll, true, T::LeastVote::get()).expect("votes");
		if over {
			end_poll::<T>(poll);
		}
	}
	if over {
		VotesOf::<T>::mutate(&who, |votes| votes.iter_mut().for_each(|vote| vote.ends_at = 0));
	}
	who
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open() {
		let before = open_poll::<T>(0);
		end_poll::<T>(before);
		let excluded = excluded::<T>();
		let poll;

		#[block]
		{
			poll = Pallet::<T>::open(PollKind::Audit, subject(0), &excluded).expect("opens");
		}

		assert!(Outcomes::<T>::contains_key(before));
		assert_eq!(Subjects::<T>::get(subject(0)), Some(poll));
	}

	#[benchmark]
	fn vote() {
		let who = voter::<T>(1, false);
		let poll = open_poll::<T>(MAX_VOTES);
		let amount = T::LeastVote::get() * 2;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), poll, true, amount);

		assert_eq!(Pallet::<T>::tally_of(poll), Some(Tally { ayes: amount, nays: 0 }));
		assert_eq!(VotesOf::<T>::get(who).len(), MAX_VOTES as usize);
	}

	#[benchmark]
	fn release() {
		let who = voter::<T>(0, true);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), who.clone());

		assert!(VotesOf::<T>::get(who).is_empty());
	}

	#[benchmark]
	fn close() {
		let poll = open_poll::<T>(0);
		end_poll::<T>(poll);
		let who: T::AccountId = whitelisted_caller();

		#[extrinsic_call]
		_(RawOrigin::Signed(who), poll);

		assert!(Outcomes::<T>::contains_key(poll));
	}
}
