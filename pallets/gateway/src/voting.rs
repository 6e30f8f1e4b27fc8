//! Custodians agree by saying the same: a statement is done when `threshold` of those who are
//! seated have voted for exactly this content.

use crate::{
	pallet::*,
	types::{Ballot, Members, Statement},
	weights::WeightInfo,
};
use codec::Encode;
use dmex_primitives::calendar::Calendar;
use frame_support::{
	dispatch::{DispatchResultWithPostInfo, Pays, PostDispatchInfo},
	ensure,
	traits::Get,
};
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Key of a statement.
	pub(crate) fn ballot_of(statement: &Statement) -> H256 {
		sp_io::hashing::blake2_256(&statement.encode()).into()
	}

	/// Adds the vote of `who` and answers whether the statement is agreed now. Who has voted before
	/// may vote again when it has become enough, because members left or the threshold fell.
	pub(crate) fn vote(who: &T::AccountId, statement: &Statement) -> Result<bool, DispatchError> {
		let council = Custodians::<T>::get();
		Self::ensure_may_vote(&council, who)?;
		let id = Self::ballot_of(statement);
		let opened = T::Calendar::today();
		let known = Ballots::<T>::get(id);
		let mut ballot = known.unwrap_or(Ballot { voters: Members::default(), opened });
		let voted_before = ballot.voters.contains(who);
		if !voted_before {
			let open = OpenVotes::<T>::get(who);
			ensure!(open < T::MaxOpenVotes::get(), Error::<T>::TooManyOpenVotes);
			Self::drop_unseated(&mut ballot, id, &council.members);
			// There is room: the voters are seated, and `who` is seated and not among them.
			let pushed = ballot.voters.try_push(who.clone());
			pushed.map_err(|_| Error::<T>::TooManyOpenVotes)?;
			OpenVotes::<T>::insert(who, open.saturating_add(1));
		}
		let seated = ballot.voters.iter().filter(|voter| council.members.contains(voter)).count();
		let votes = u32::try_from(seated).unwrap_or(u32::MAX);
		let agreed = votes >= council.terms.threshold;
		ensure!(agreed || !voted_before, Error::<T>::VotedAlready);
		if agreed {
			ballot.voters.iter().for_each(Self::vote_closed);
			Ballots::<T>::remove(id);
		} else {
			Ballots::<T>::insert(id, ballot);
		}
		Self::deposit_event(Event::Voted { ballot: id, custodian: who.clone(), votes });
		Ok(agreed)
	}

	/// Runs a call that votes. Free; a vote that decides nothing weighs as one.
	pub(crate) fn casting(
		who: &T::AccountId,
		call: impl FnOnce() -> DispatchResult,
	) -> DispatchResultWithPostInfo {
		let open = OpenVotes::<T>::get(who);
		call()?;
		// What is agreed closes its votes.
		let only_cast = OpenVotes::<T>::get(who) > open;
		let actual_weight = only_cast.then(T::WeightInfo::cast);
		Ok(PostDispatchInfo { actual_weight, pays_fee: Pays::No })
	}

	/// Votes of those who are no custodians any more make room.
	fn drop_unseated(ballot: &mut Ballot<T::AccountId>, id: H256, members: &Members<T::AccountId>) {
		ballot.voters.retain(|voter| {
			let seated = members.contains(voter);
			if !seated {
				Self::vote_closed(voter);
				Self::deposit_event(Event::VoteDropped { ballot: id, custodian: voter.clone() });
			}
			seated
		});
	}

	fn vote_closed(who: &T::AccountId) {
		OpenVotes::<T>::mutate_exists(who, |open| {
			*open = open.unwrap_or_default().checked_sub(1).filter(|open| *open > 0);
		});
	}

	pub(crate) fn do_drop_vote(
		who: &T::AccountId,
		id: H256,
		custodian: T::AccountId,
	) -> DispatchResult {
		let mut ballot = Ballots::<T>::get(id).ok_or(Error::<T>::UnknownBallot)?;
		let old = T::Calendar::today() > ballot.opened.saturating_add(T::BallotDays::get());
		let seated = Custodians::<T>::get().members.contains(&custodian);
		ensure!(*who == custodian || old || !seated, Error::<T>::VoteCounts);
		let before = ballot.voters.len();
		ballot.voters.retain(|voter| *voter != custodian);
		ensure!(ballot.voters.len() < before, Error::<T>::UnknownBallot);
		Self::vote_closed(&custodian);
		match ballot.voters.is_empty() {
			true => Ballots::<T>::remove(id),
			false => Ballots::<T>::insert(id, ballot),
		}
		Self::deposit_event(Event::VoteDropped { ballot: id, custodian });
		Ok(())
	}
}
