//! pallet-session's questions: who may set keys, who is in the next set, what to do when a session
//! begins.

use crate::{
	tolerated_faults, BondsAt, Candidates, Config, OldestBonds, Pallet, Standing, LOG_TARGET,
};
use alloc::vec::Vec;
use core::marker::PhantomData;
use dmex_primitives::Balance;
use frame_support::{traits::Get, BoundedVec};
use pallet_session::historical;
use sp_runtime::traits::Convert;
use sp_staking::{offence::OffenceSeverity, SessionIndex};

/// Most sessions forgotten when one begins. More than one is due only after the window was
/// shortened.
const FORGOTTEN_PER_SESSION: SessionIndex = 16;

/// `pallet_session::Config::ValidatorIdOf`: only candidates may set session keys.
pub struct ValidatorOf<T>(PhantomData<T>);

impl<T: Config> Convert<T::AccountId, Option<T::AccountId>> for ValidatorOf<T> {
	fn convert(who: T::AccountId) -> Option<T::AccountId> {
		Candidates::<T>::contains_key(&who).then_some(who)
	}
}

/// `historical::Config::FullIdentificationOf`: an account is all there is to know.
///
/// It must answer for those who have left, too: their keys are proven for the sessions they were
/// in.
pub struct NoIdentification<T>(PhantomData<T>);

impl<T: Config> Convert<T::AccountId, Option<()>> for NoIdentification<T> {
	fn convert(_who: T::AccountId) -> Option<()> {
		Some(())
	}
}

impl<T: Config> Pallet<T> {
	/// The next set, if it or a key in it differs from what is queued already.
	///
	/// An unchanged set is `None`: `Some` would give back their rights to disabled validators and
	/// start a new GRANDPA set. A changed *key* is `Some`, although pallet-session would notice it
	/// by itself: with `None`, historical copies the last root, and whoever has rotated could not
	/// be convicted of anything done with the new key.
	fn next_set() -> Option<Vec<T::AccountId>> {
		let plan = Self::plan();
		for who in &plan.released {
			Self::unseat(who);
		}
		if plan.set.is_empty() {
			return None;
		}
		let wanted: Vec<_> = plan
			.set
			.iter()
			.filter_map(|who| Some((who.clone(), pallet_session::Pallet::<T>::load_keys(who)?)))
			.collect();
		(wanted != pallet_session::Pallet::<T>::queued_keys()).then_some(plan.set)
	}

	fn open_session(index: SessionIndex) {
		let validators = pallet_session::Pallet::<T>::validators();
		Self::note_bonds(index, &validators);
		Self::forget_sessions_before(index.saturating_sub(T::UnbondingSessions::get()));
		Self::keep_outgoing_disabled();
	}

	fn note_bonds(index: SessionIndex, validators: &[T::AccountId]) {
		let bonds: Vec<(T::AccountId, Balance)> =
			validators.iter().map(|who| (who.clone(), Self::at_stake(who))).collect();
		match BoundedVec::try_from(bonds) {
			Ok(bonds) => BondsAt::<T>::insert(index, bonds),
			Err(_) => {
				log::error!(target: LOG_TARGET, "session {index} has more validators than seats")
			},
		}
	}

	fn forget_sessions_before(first_kept: SessionIndex) {
		let oldest = OldestBonds::<T>::get();
		let up_to = first_kept.min(oldest.saturating_add(FORGOTTEN_PER_SESSION));
		if up_to > oldest {
			(oldest..up_to).for_each(BondsAt::<T>::remove);
			OldestBonds::<T>::put(up_to);
		}

		if let Some((oldest, _)) = historical::StoredRange::<T>::get() {
			let up_to = first_kept.min(oldest.saturating_add(FORGOTTEN_PER_SESSION));
			if up_to > oldest {
				historical::Pallet::<T>::prune_up_to(up_to);
			}
		}
	}

	/// pallet-session enables everyone when the set changes. Those that had to stay for the minimum
	/// number with too little at stake are disabled again, as many as may be faulty.
	fn keep_outgoing_disabled() {
		if !pallet_session::Pallet::<T>::disabled_validators().is_empty() {
			return;
		}
		let validators = pallet_session::Pallet::<T>::validators();
		let may_be_disabled = tolerated_faults(validators.len());
		let outgoing = validators.into_iter().filter(|who| {
			Candidates::<T>::get(who)
				.is_some_and(|candidate| candidate.standing == Standing::Outgoing)
		});
		for who in outgoing.take(may_be_disabled) {
			pallet_session::Pallet::<T>::report_offence(who, OffenceSeverity::max_severity());
		}
	}
}

impl<T: Config> pallet_session::SessionManager<T::AccountId> for Pallet<T> {
	fn new_session(_index: SessionIndex) -> Option<Vec<T::AccountId>> {
		Self::next_set()
	}

	fn start_session(index: SessionIndex) {
		Self::open_session(index);
	}

	fn end_session(_index: SessionIndex) {}
}

impl<T: Config> historical::SessionManager<T::AccountId, ()> for Pallet<T> {
	fn new_session(_index: SessionIndex) -> Option<Vec<(T::AccountId, ())>> {
		Self::next_set().map(|set| set.into_iter().map(|who| (who, ())).collect())
	}

	fn start_session(index: SessionIndex) {
		Self::open_session(index);
	}

	fn end_session(_index: SessionIndex) {}
}
