//! Signing, sending, and sending again.

use super::{
	decided,
	state::{Sent, State},
	status::Changes,
};
use crate::{
	app::AuthorityId,
	pallet::*,
	types::{Period, Vote, MAX_FEEDS},
	vote::Stage,
};
use alloc::vec::Vec;
use dmex_primitives::{
	calendar::Calendar,
	facts::{Feed, Reading},
	Round,
};

/// Blocks after which a vote that has not arrived is sent again.
const RESEND_AFTER: u32 = 3;
/// Votes that a run makes.
const VOTES: usize = 4;

/// Sends the same bytes again of what the chain does not show yet. Sending never fails visibly: a
/// pool takes a vote and may lose it, so only the chain tells.
pub(crate) fn again<T: Config>(key: &AuthorityId, state: &mut State, block: u32) {
	state.sent.retain_mut(|sent| {
		if sent.signed.vote.key != *key || Pallet::<T>::has_arrived(&sent.signed.vote) {
			return false;
		}
		if block >= sent.at.saturating_add(RESEND_AFTER) {
			// An error means that the pool holds these bytes already, or refuses them for good.
			let _ = Pallet::<T>::send_vote(sent.signed.clone());
			sent.at = block;
		}
		true
	});
}

/// Votes on everything that is due and decided.
pub(crate) fn ready<T: Config>(
	key: &AuthorityId,
	state: &mut State,
	block: u32,
	status: &mut Changes,
) {
	let round = CurrentRound::<T>::get().index;
	let today = T::Calendar::today();
	let mut readings = decided::in_period(Period::Round(round));
	readings.extend(decided::in_period(Period::Day(today)));
	readings
		.retain(|(feed, _)| !state.is_sent(feed) && Pallet::<T>::voted_on(feed, key) != Some(true));
	readings.sort_unstable();
	let limit = usize::try_from(MAX_FEEDS).unwrap_or(1).max(1);
	for batch in readings.chunks(limit).take(VOTES) {
		let batch = takeable::<T>(key, round, batch);
		if batch.is_empty() {
			continue;
		}
		let Ok(signed) = Pallet::<T>::sign_vote(key, round, batch) else { continue };
		let _ = Pallet::<T>::send_vote(signed.clone());
		state.sent.push(Sent { signed, at: block });
		status.votes_sent = status.votes_sent.saturating_add(1);
		if state.voted_in != Some(round) {
			state.voted_in = Some(round);
			status.voted_in_new_round = true;
		}
	}
}

/// The readings of a batch that the chain would take now. One that it refuses, such as a height
/// that is agreed already, must not take the others with it.
fn takeable<T: Config>(
	key: &AuthorityId,
	round: Round,
	batch: &[(Feed, Reading)],
) -> Vec<(Feed, Reading)> {
	let is_taken = |readings: &[(Feed, Reading)]| {
		let vote = Vote {
			key: key.clone(),
			session: CurrentSession::<T>::get(),
			round,
			readings: readings.to_vec().try_into().unwrap_or_default(),
			observed_at: T::Calendar::now(),
		};
		Pallet::<T>::check_vote(&vote, None, Stage::Pool).is_ok()
	};
	if is_taken(batch) {
		return batch.to_vec();
	}
	batch.iter().filter(|reading| is_taken(core::slice::from_ref(reading))).copied().collect()
}
