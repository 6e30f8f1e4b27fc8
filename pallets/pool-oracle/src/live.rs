//! Live hashrate: read by a few validators drawn anew each time, shown as unagreed, decides
//! nothing.

use crate::{
	pallet::*,
	tally,
	types::{Ballot, LiveRecord, LIVE_READERS},
};
use alloc::vec::Vec;
use codec::Encode;
use dmex_primitives::{calendar::Calendar, facts::Reading, PoolAccountId, Round};
use frame_support::traits::Get;

/// A number that spreads accounts evenly and alike on every node.
pub(crate) fn spread_of(account: PoolAccountId) -> u32 {
	let hash = sp_io::hashing::blake2_256(&(b"account", account).encode());
	let [first, second, third, fourth, ..] = hash;
	u32::from_le_bytes([first, second, third, fourth])
}

impl<T: Config> Pallet<T> {
	/// Rounds between two live readings of an account: the more accounts, the more, so that a round
	/// asks the pools for about as many as they let it.
	fn live_every() -> Round {
		let turns = Followed::<T>::count().div_ceil(T::LivePerRound::get().max(1));
		turns.max(T::LiveEvery::get()).max(1)
	}

	/// Whether the account is read live in this round: it is one in so many.
	pub(crate) fn is_live_due(account: PoolAccountId, round: Round) -> bool {
		let every = Self::live_every();
		spread_of(account).wrapping_add(round).checked_rem(every) == Some(0)
	}

	/// Whether the voter is among the readers of the account in this round: validators
	/// (feed + round + i) mod n for i below min(n, [`LIVE_READERS`]).
	pub(crate) fn is_drawn(account: PoolAccountId, round: Round, voter: u16, size: u32) -> bool {
		let size = u64::from(size);
		let start = u64::from(spread_of(account)).saturating_add(round.into());
		let Some(first) = start.checked_rem(size) else { return false };
		let ahead = u64::from(voter).saturating_add(size).saturating_sub(first);
		ahead.checked_rem(size).is_some_and(|step| step < u64::from(LIVE_READERS))
	}

	/// Shows the median of what has arrived for the round.
	pub(crate) fn show_live(account: PoolAccountId, round: Round, ballot: &Ballot) {
		let number = |reading| match reading {
			Reading::Live(power) => Some(power),
			_ => None,
		};
		let votes: Vec<u128> = ballot.readings().filter_map(number).collect();
		let Some(power) = tally::middle(&votes) else { return };
		// A vote on a round's open ballot may arrive after the account was let go.
		if !Followed::<T>::contains_key(account) {
			return;
		}
		if LiveReadings::<T>::get(account).is_some_and(|shown| shown.round > round) {
			return;
		}
		let voters = u32::try_from(votes.len()).unwrap_or(u32::MAX);
		let at = T::Calendar::now();
		LiveReadings::<T>::insert(account, LiveRecord { power, round, voters, at });
	}
}
