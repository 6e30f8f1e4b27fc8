//! Oracle session keys. The set of a session is frozen with the session's index and kept for the
//! proof window, so that a vote names its voter for as long as it can be held against it, whatever
//! keys are registered since.

use crate::{
	app::AuthorityId,
	pallet::*,
	types::{Voters, MAX_VALIDATORS},
};
use alloc::vec::Vec;
use dmex_primitives::validators::Attendance;
use frame_support::traits::{Get, OneSessionHandler, ValidatorSet};
use sp_runtime::BoundToRuntimeAppPublic;
use sp_staking::SessionIndex;

/// Sets that the beginning of a session forgets at most.
const FORGOTTEN_AT_ONCE: SessionIndex = 4;

impl<T: Config> Pallet<T> {
	/// Freezes a session's set. Validators beyond [`MAX_VALIDATORS`] have no vote.
	pub(crate) fn freeze_set(session: SessionIndex, voters: Vec<(T::AccountId, AuthorityId)>) {
		if u32::try_from(voters.len()).is_ok_and(|count| count > MAX_VALIDATORS) {
			log::warn!(target: "runtime::pool-oracle", "session {session} has too many validators");
		}
		Sessions::<T>::insert(session, Voters::truncate_from(voters));
	}

	/// Place of a key in the set of a session.
	pub(crate) fn voter_in(session: SessionIndex, key: &AuthorityId) -> Option<u16> {
		Self::place_of(&Sessions::<T>::get(session), key)
	}

	/// Place of a key in a set.
	pub(crate) fn place_of(set: &Voters<T::AccountId>, key: &AuthorityId) -> Option<u16> {
		let place = set.iter().position(|(_, known)| known == key)?;
		u16::try_from(place).ok()
	}

	/// Sessions whose votes count now: the running one, the one before (a vote may cross the
	/// border), and, ahead of the receiver's block only, the next.
	pub(crate) fn is_session_open(session: SessionIndex, ahead: bool) -> bool {
		let current = CurrentSession::<T>::get();
		let newest = if ahead { current.saturating_add(1) } else { current };
		session <= newest && session.saturating_add(1) >= current
	}

	fn start_session(
		session: SessionIndex,
		voters: Vec<(T::AccountId, AuthorityId)>,
		queued: Vec<(T::AccountId, AuthorityId)>,
	) {
		CurrentSession::<T>::put(session);
		Self::freeze_set(session, voters);
		Self::freeze_set(session.saturating_add(1), queued);
		Self::forget_sets(session.saturating_sub(T::ProofWindow::get()));
	}

	/// Forgets sets before `kept_from`, a few at a time where the window became shorter.
	fn forget_sets(kept_from: SessionIndex) {
		let oldest = OldestSession::<T>::get();
		let last = kept_from.min(oldest.saturating_add(FORGOTTEN_AT_ONCE));
		for old in oldest..last {
			Sessions::<T>::remove(old);
			SessionScores::<T>::remove(old);
		}
		OldestSession::<T>::put(oldest.max(last));
	}
}

impl<T: Config> BoundToRuntimeAppPublic for Pallet<T> {
	type Public = AuthorityId;
}

impl<T: Config> OneSessionHandler<T::AccountId> for Pallet<T> {
	type Key = AuthorityId;

	fn on_genesis_session<'a, I>(validators: I)
	where
		I: Iterator<Item = (&'a T::AccountId, AuthorityId)> + 'a,
		T::AccountId: 'a,
	{
		let voters: Vec<_> = validators.map(|(who, key)| (who.clone(), key)).collect();
		// The first two sessions have the same set.
		Self::start_session(0, voters.clone(), voters);
	}

	fn on_new_session<'a, I>(_changed: bool, validators: I, queued_validators: I)
	where
		I: Iterator<Item = (&'a T::AccountId, AuthorityId)> + 'a,
		T::AccountId: 'a,
	{
		let own = |(who, key): (&T::AccountId, AuthorityId)| (who.clone(), key);
		let session = T::ValidatorSet::session_index();
		let voters = validators.map(own).collect();
		Self::start_session(session, voters, queued_validators.map(own).collect());
	}

	fn on_before_session_ending() {
		let session = CurrentSession::<T>::get();
		// Where nothing was agreed, nobody can be told apart.
		if SessionScores::<T>::get(session).iter().all(|score| score.expected == 0) {
			return;
		}
		let silent = Self::silent_of(session);
		T::Attendance::session_ended(&silent);
		Self::deposit_event(Event::SessionScored { session, silent });
	}

	// A disabled validator's votes still count: whether it is believed is what the quorum decides.
	fn on_disabled(_: u32) {}
}
