//! Votes of an account, and the one freeze behind all of them.

use crate::{Config, Error, FreezeReason, OpenPolls, Outcomes, Pallet, Vote, Votes, VotesOf};
use dmex_primitives::{calendar::Calendar, Balance, PollId};
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, MutateFreeze},
		Get,
	},
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_vote(
		who: &T::AccountId,
		id: PollId,
		aye: bool,
		amount: Balance,
	) -> DispatchResult {
		let mut poll = OpenPolls::<T>::get(id).ok_or_else(|| Self::not_open(id))?;
		let now = T::Calendar::now();
		ensure!(now < poll.ends_at, Error::<T>::PollEnded);
		ensure!(!poll.excluded.contains(who), Error::<T>::Excluded);
		ensure!(amount >= T::LeastVote::get(), Error::<T>::VoteTooSmall);
		// Held DMEX counts as well. A freeze lies over all that an account has, held or not: if
		// only the free part counted, a freeze would be covered by what is held, the free part
		// could move on and vote once more elsewhere.
		ensure!(amount <= T::Currency::total_balance(who), Error::<T>::BalanceTooLow);

		let mut votes = VotesOf::<T>::get(who);
		votes.retain(|vote| now < vote.ends_at);
		let vote = Vote { poll: id, aye, amount, ends_at: poll.ends_at };
		match votes.iter_mut().find(|vote| vote.poll == id) {
			Some(before) => {
				ensure!(amount >= before.amount, Error::<T>::FrozenUntilEnd);
				poll.tally = poll
					.tally
					.without(before.aye, before.amount)
					.ok_or(ArithmeticError::Underflow)?;
				*before = vote;
			},
			None => votes.try_push(vote).map_err(|_| Error::<T>::TooManyVotes)?,
		}
		poll.tally = poll.tally.with(aye, amount).ok_or(ArithmeticError::Overflow)?;

		Self::freeze_and_store(who, votes)?;
		OpenPolls::<T>::insert(id, poll);
		Ok(())
	}

	/// Answers what stays frozen.
	pub(crate) fn do_release(who: &T::AccountId) -> Result<Balance, DispatchError> {
		let now = T::Calendar::now();
		let mut votes = VotesOf::<T>::get(who);
		ensure!(votes.iter().any(|vote| now >= vote.ends_at), Error::<T>::NothingToRelease);
		votes.retain(|vote| now < vote.ends_at);
		Self::freeze_and_store(who, votes)
	}

	/// The greatest vote is frozen, not the sum: the same DMEX stands behind all of them.
	fn freeze_and_store(who: &T::AccountId, votes: Votes) -> Result<Balance, DispatchError> {
		let frozen = votes.iter().map(|vote| vote.amount).max().unwrap_or_default();
		T::Currency::set_freeze(&FreezeReason::PollVote.into(), who, frozen)?;
		if votes.is_empty() {
			VotesOf::<T>::remove(who);
		} else {
			VotesOf::<T>::insert(who, votes);
		}
		Ok(frozen)
	}

	fn not_open(id: PollId) -> Error<T> {
		if Outcomes::<T>::contains_key(id) {
			Error::<T>::PollEnded
		} else {
			Error::<T>::NoSuchPoll
		}
	}
}
