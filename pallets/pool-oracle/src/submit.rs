//! How a node votes. For the worker; nothing here writes to the chain's state.

use crate::{
	app::AuthorityId,
	pallet::*,
	types::{Readings, SignedVote, Vote},
};
use alloc::vec::Vec;
use dmex_primitives::{
	calendar::Calendar,
	facts::{Feed, Reading},
	Round,
};
use frame_system::offchain::SubmitTransaction;
use sp_runtime::RuntimeAppPublic;

/// Why a vote was not sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SubmitFault {
	/// More readings than one vote carries, none at all, or two of one feed.
	BadBatch,
	/// The keystore does not hold the key.
	KeyMissing,
	/// The node's pool did not take it; it may hold the same bytes already.
	PoolRefused,
}

impl<T: Config> Pallet<T> {
	/// Makes the one vote of `key` on these feeds. The caller keeps it, and sends the same bytes
	/// again until the chain shows them: reading anew could contradict what is signed already.
	///
	/// Errors: the batch is not one, or the key is not in the keystore.
	pub fn sign_vote(
		key: &AuthorityId,
		round: Round,
		mut readings: Vec<(Feed, Reading)>,
	) -> Result<SignedVote, SubmitFault> {
		readings.sort_unstable();
		let twice = readings.iter().zip(readings.iter().skip(1)).any(|(a, b)| a.0 == b.0);
		if readings.is_empty() || twice {
			return Err(SubmitFault::BadBatch);
		}
		let vote = Vote {
			key: key.clone(),
			session: CurrentSession::<T>::get(),
			round,
			readings: Readings::try_from(readings).map_err(|_| SubmitFault::BadBatch)?,
			observed_at: T::Calendar::now(),
		};
		let bytes = vote.signing_bytes(Self::genesis_hash());
		let signature = key.sign(&bytes).ok_or(SubmitFault::KeyMissing)?;
		Ok(SignedVote { vote, signature })
	}

	/// Hands a signed vote to the node's pool. `Ok` does not mean that it will be included.
	///
	/// Errors: the pool refused it, or holds it already.
	pub fn send_vote(signed: SignedVote) -> Result<(), SubmitFault> {
		let SignedVote { vote, signature } = signed;
		let call = Call::<T>::vote { vote, signature };
		let transaction = T::create_authorized_transaction(call.into());
		SubmitTransaction::<T, Call<T>>::submit_transaction(transaction)
			.map_err(|()| SubmitFault::PoolRefused)
	}

	/// Whether the vote is in the ballots of all its feeds. A ballot goes when its period is over.
	pub fn has_arrived(vote: &Vote) -> bool {
		vote.readings.iter().all(|(feed, _)| Self::voted_on(feed, &vote.key) == Some(true))
	}

	/// Whether `key` has voted on the feed; `None` if it has no ballot.
	pub fn voted_on(feed: &Feed, key: &AuthorityId) -> Option<bool> {
		let ballot = Ballots::<T>::get(crate::types::Period::of(feed), feed)?;
		let voter = Self::voter_in(ballot.session, key);
		Some(voter.is_some_and(|voter| ballot.has_voted(voter)))
	}
}
