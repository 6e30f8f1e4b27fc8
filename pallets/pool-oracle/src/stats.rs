//! Who votes, and who votes with the others. Counted when a ballot is put away, so that a vote
//! that arrives after the quorum is no miss, and only where something was agreed, so that an
//! outage of a pool is nobody's fault.

use crate::{
	pallet::*,
	tally,
	types::{Ballot, Outcome, Period, Score, Scores, Voters},
};
use alloc::vec::Vec;
use dmex_primitives::facts::{Feed, Reading};
use sp_staking::SessionIndex;

/// Whether a reading is what the ballot came to.
pub(crate) fn agrees(reading: &Reading, outcome: &Outcome) -> bool {
	match (outcome, reading) {
		(Outcome::Exact(agreed), reading) => agreed == reading,
		(Outcome::Median { value, spread }, Reading::Fees(vote) | Reading::Price(vote)) => {
			tally::is_within(*vote, *value, *spread)
		},
		(Outcome::Median { .. }, _) => false,
	}
}

impl<T: Config> Pallet<T> {
	/// Counts the ballots of a sweep for the running session.
	pub(crate) fn score_ballots(ballots: &[(Feed, Ballot)]) {
		if ballots.iter().all(|(_, ballot)| ballot.outcome.is_none()) {
			return;
		}
		let session = CurrentSession::<T>::get();
		let set = Sessions::<T>::get(session);
		let mut scores = SessionScores::<T>::get(session).into_inner();
		scores.resize(set.len(), Score::default());
		for (feed, ballot) in ballots {
			if let Some(outcome) = &ballot.outcome {
				Self::score(feed, ballot, outcome, &set, &mut scores);
			}
		}
		SessionScores::<T>::insert(session, Scores::truncate_from(scores));
	}

	/// Counts one ballot for those of its set that still sit in `set`.
	fn score(
		feed: &Feed,
		ballot: &Ballot,
		outcome: &Outcome,
		set: &Voters<T::AccountId>,
		scores: &mut [Score],
	) {
		let voters = Sessions::<T>::get(ballot.session);
		for ((validator, _), score) in set.iter().zip(scores) {
			let place = voters.iter().position(|(known, _)| known == validator);
			let Some(place) = place.and_then(|place| u16::try_from(place).ok()) else { continue };
			let cast = ballot.vote_of(place);
			if cast.is_none() && !Self::is_expected(feed, validator) {
				continue;
			}
			score.expected = score.expected.saturating_add(1);
			let count = match cast {
				None => &mut score.missed,
				Some((_, Some(reading))) if agrees(reading, outcome) => &mut score.agreed,
				Some(_) => &mut score.outliers,
			};
			*count = count.saturating_add(1);
		}
	}

	fn is_expected(feed: &Feed, validator: &T::AccountId) -> bool {
		match (feed, Period::of(feed)) {
			// Whoever sees nothing to amend does not vote.
			(Feed::ClosedDay { attempt: crate::AMENDMENT, .. }, _) => false,
			(Feed::ClosedDay { account, .. }, Period::Day(collected)) => {
				Self::can_read(*account, validator, collected)
			},
			_ => true,
		}
	}

	/// Validators of a session that missed more than half of what they could have voted on.
	pub(crate) fn silent_of(session: SessionIndex) -> Vec<T::AccountId> {
		let set = Sessions::<T>::get(session);
		let scores = SessionScores::<T>::get(session);
		set.into_iter()
			.zip(scores)
			.filter(|(_, score)| score.is_silent())
			.map(|((validator, _), _)| validator)
			.collect()
	}
}
