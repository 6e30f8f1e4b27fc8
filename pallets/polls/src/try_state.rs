//! What always holds.

use crate::{
	Config, FreezeReason, NextPoll, OpenPolls, Outcomes, Pallet, Subjects, Tally, VotesOf,
};
use alloc::{collections::BTreeMap, vec::Vec};
use dmex_primitives::{calendar::Calendar, PollId};
use frame_support::{ensure, traits::fungible::InspectFreeze};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// 1. Every id below the next one is either open or has an outcome, and no other id is.
	/// 2. Subjects and open polls name each other.
	/// 3. Votes are in polls that exist, end when those end, and are not by the excluded.
	/// 4. The tally of a running poll is the sum of its votes; of one that is over, at least the
	///    sum of those not released.
	/// 5. What is frozen is the greatest of an account's votes, and no list is empty.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_ids()?;
		Self::check_subjects()?;
		let sums = Self::check_votes()?;
		Self::check_tallies(&sums)
	}

	fn check_ids() -> Result<(), TryRuntimeError> {
		let next = NextPoll::<T>::get();
		let open = OpenPolls::<T>::iter_keys();
		let all = open.chain(Outcomes::<T>::iter_keys()).collect::<Vec<PollId>>();
		ensure!(all.iter().all(|id| *id < next), "an id that was not given yet");
		let known =
			|id: PollId| OpenPolls::<T>::contains_key(id) != Outcomes::<T>::contains_key(id);
		ensure!((0..next).all(known), "a poll is neither or both of open and closed");
		Ok(())
	}

	fn check_subjects() -> Result<(), TryRuntimeError> {
		for (id, poll) in OpenPolls::<T>::iter() {
			let named = Subjects::<T>::get(poll.subject) == Some(id);
			ensure!(named, "the subject of an open poll does not name it");
		}
		let count = OpenPolls::<T>::iter_keys().count();
		ensure!(Subjects::<T>::iter_keys().count() == count, "a subject names no open poll");
		Ok(())
	}

	fn check_votes() -> Result<BTreeMap<PollId, Tally>, TryRuntimeError> {
		let now = T::Calendar::now();
		let mut sums = BTreeMap::<PollId, Tally>::new();
		for (who, votes) in VotesOf::<T>::iter() {
			ensure!(!votes.is_empty(), "an empty list of votes is stored");
			for vote in &votes {
				let poll = OpenPolls::<T>::get(vote.poll);
				let ends_with_poll = match &poll {
					Some(poll) => poll.ends_at == vote.ends_at,
					None => Outcomes::<T>::contains_key(vote.poll) && vote.ends_at <= now,
				};
				ensure!(ends_with_poll, "a vote does not end with its poll");
				let excluded = poll.is_some_and(|poll| poll.excluded.contains(&who));
				ensure!(!excluded, "an excluded account has a vote");
				let sum = sums.entry(vote.poll).or_default();
				*sum = sum.with(vote.aye, vote.amount).ok_or("votes overflow")?;
			}
			let greatest = votes.iter().map(|vote| vote.amount).max().unwrap_or_default();
			let frozen = T::Currency::balance_frozen(&FreezeReason::PollVote.into(), &who);
			ensure!(frozen == greatest, "frozen is not the greatest vote");
		}
		Ok(sums)
	}

	fn check_tallies(sums: &BTreeMap<PollId, Tally>) -> Result<(), TryRuntimeError> {
		let now = T::Calendar::now();
		for (id, poll) in OpenPolls::<T>::iter() {
			let sum = sums.get(&id).copied().unwrap_or_default();
			if now < poll.ends_at {
				ensure!(sum == poll.tally, "the tally is not the sum of the votes");
			} else {
				let covered = sum.ayes <= poll.tally.ayes && sum.nays <= poll.tally.nays;
				ensure!(covered, "votes are left that were never counted");
			}
		}
		Ok(())
	}
}
