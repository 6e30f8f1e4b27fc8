//! Two signed readings of one feed by one key prove themselves: nobody has to be believed.

use crate::{
	pallet::*,
	types::{Period, SignedVote, Vote},
};
use alloc::{vec, vec::Vec};
use dmex_primitives::{facts::Feed, Round};
use frame_support::ensure;
use sp_runtime::{DispatchResult, Perbill};
use sp_staking::{
	offence::{Kind, Offence, OffenceError, ReportOffence},
	SessionIndex,
};

/// The offence of signing two readings of one feed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OracleEquivocation<Offender> {
	/// Session of the earlier vote.
	pub session: SessionIndex,
	/// Validators in that session.
	pub validator_set_count: u32,
	/// Round of the earlier vote; those who equivocate in one round do so together.
	pub round: Round,
	/// Who did it.
	pub offender: Offender,
}

impl<Offender: Clone> Offence<Offender> for OracleEquivocation<Offender> {
	const ID: Kind = *b"dmex-oracle:equi";
	type Slot = Round;

	fn offenders(&self) -> Vec<Offender> {
		vec![self.offender.clone()]
	}

	fn session_index(&self) -> SessionIndex {
		self.session
	}

	fn validator_set_count(&self) -> u32 {
		self.validator_set_count
	}

	fn slot(&self) -> Self::Slot {
		self.round
	}

	/// min((3k / n)², 1) for k offenders among n: little for one mistake, everything for a third of
	/// the validators together. GRANDPA's formula.
	fn slash_fraction(&self, offenders_count: u32) -> Perbill {
		Perbill::from_rational(offenders_count.saturating_mul(3), self.validator_set_count).square()
	}
}

/// Feeds that two votes read differently.
fn contradictions(first: &Vote, second: &Vote) -> Vec<Feed> {
	let differs = |(feed, reading): &(Feed, _)| {
		second.reading_of(feed).is_some_and(|other| other != *reading)
	};
	first.readings.iter().filter(|entry| differs(entry)).map(|(feed, _)| *feed).collect()
}

impl<T: Config> Pallet<T> {
	/// The validator behind a vote, and how many were in its session's set.
	fn author_of(signed: &SignedVote) -> Result<(T::AccountId, u32), Error<T>> {
		let set = Sessions::<T>::get(signed.vote.session);
		ensure!(!set.is_empty(), Error::<T>::SessionNotKept);
		let size = u32::try_from(set.len()).unwrap_or(u32::MAX);
		let own = set.into_iter().find(|(_, key)| *key == signed.vote.key);
		let (validator, _) = own.ok_or(Error::<T>::KeyNotInSet)?;
		ensure!(Self::is_signed(&signed.vote, &signed.signature), Error::<T>::BadSignature);
		Ok((validator, size))
	}

	pub(crate) fn prove_equivocation(
		reporter: T::AccountId,
		first: SignedVote,
		second: SignedVote,
	) -> DispatchResult {
		ensure!(first.vote.key == second.vote.key, Error::<T>::VotersDiffer);
		// One order, so that the same two votes are one offence whichever is named first.
		let place = |signed: &SignedVote| (signed.vote.round, signed.vote.session);
		let (first, second) =
			if place(&first) <= place(&second) { (first, second) } else { (second, first) };
		let feeds = contradictions(&first.vote, &second.vote);
		ensure!(!feeds.is_empty(), Error::<T>::NoContradiction);
		let (validator, validator_set_count) = Self::author_of(&first)?;
		let (other, _) = Self::author_of(&second)?;
		ensure!(validator == other, Error::<T>::VotersDiffer);
		let Vote { session, round, .. } = first.vote;
		let offender = (validator.clone(), ());
		let offence = OracleEquivocation { session, validator_set_count, round, offender };
		T::ReportOffence::report_offence(vec![reporter], offence).map_err(|error| match error {
			OffenceError::DuplicateReport => Error::<T>::EquivocationKnown,
			OffenceError::Other(_) => Error::<T>::OffenceRefused,
		})?;
		feeds.iter().for_each(|feed| Self::strike(feed, &first.vote));
		Self::deposit_event(Event::EquivocationReported { validator, session, round });
		Ok(())
	}

	/// Takes the key's vote on the feed out of an open ballot, and keeps it from voting there again.
	fn strike(feed: &Feed, vote: &Vote) {
		let period = Period::of(feed);
		let Some(mut ballot) = Ballots::<T>::get(period, feed) else { return };
		let Some(voter) = Self::voter_in(ballot.session, &vote.key) else { return };
		if ballot.outcome.is_some() {
			return;
		}
		ballot.votes.retain(|(other, _)| *other != voter);
		// There is room: the voter is of the set, and has no other entry.
		let _ = ballot.votes.try_push((voter, None));
		Ballots::<T>::insert(period, feed, ballot);
	}
}
