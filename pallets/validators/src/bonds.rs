//! Bonds: in by `register` and `bond_extra`, out by `leave` and, after the window, `withdraw`.

use crate::{
	Candidate, Candidates, Config, Error, HoldReason, Leaving, Pallet, Standing, Totals, Unbonding,
};
use dmex_primitives::Balance;
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, tokens::Precision, Get},
};
use frame_system::RawOrigin;
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};
use sp_staking::SessionIndex;

/// Sessions that one who leaves may still be in the set: the running one, and the next, whose set
/// is queued already.
const QUEUED_SESSIONS: SessionIndex = 2;

impl<T: Config> Pallet<T> {
	pub(crate) fn ensure_may_register(who: &T::AccountId, bond: Balance) -> DispatchResult {
		ensure!(!Candidates::<T>::contains_key(who), Error::<T>::AlreadyCandidate);
		// One bond at a time: so it is always clear which money an old offence can reach.
		ensure!(!Leaving::<T>::contains_key(who), Error::<T>::BondUnbonding);
		ensure!(bond >= T::MinBond::get(), Error::<T>::BondTooSmall);
		ensure!(Candidates::<T>::count() < T::MaxCandidates::get(), Error::<T>::CandidatesFull);
		Ok(())
	}

	pub(crate) fn do_register(who: &T::AccountId, bond: Balance) -> DispatchResult {
		Self::take_bond(who, bond)?;
		let candidate = Candidate { bond, standing: Standing::Waiting, silent_for: 0 };
		Candidates::<T>::insert(who, candidate);
		Ok(())
	}

	/// Answers the bond after it grew.
	pub(crate) fn do_bond_extra(
		who: &T::AccountId,
		amount: Balance,
	) -> Result<Balance, DispatchError> {
		let mut candidate = Candidates::<T>::get(who).ok_or(Error::<T>::NotCandidate)?;
		candidate.bond = candidate.bond.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		let bond = candidate.bond;
		Self::take_bond(who, amount)?;
		Candidates::<T>::insert(who, candidate);
		Ok(bond)
	}

	pub(crate) fn do_leave(who: &T::AccountId) -> Result<Unbonding, DispatchError> {
		let candidate = Candidates::<T>::get(who).ok_or(Error::<T>::NotCandidate)?;
		let until = pallet_session::Pallet::<T>::current_index()
			.checked_add(QUEUED_SESSIONS)
			.and_then(|out| out.checked_add(T::UnbondingSessions::get()))
			.ok_or(ArithmeticError::Overflow)?;
		let unbonding = Unbonding { amount: candidate.bond, until };
		Self::drop_seat(who);
		Candidates::<T>::remove(who);
		Leaving::<T>::insert(who, &unbonding);
		Ok(unbonding)
	}

	/// Answers what was returned.
	pub(crate) fn do_withdraw(who: &T::AccountId) -> Result<Balance, DispatchError> {
		let Unbonding { amount, until } =
			Leaving::<T>::get(who).ok_or(Error::<T>::NothingUnbonding)?;
		let current = pallet_session::Pallet::<T>::current_index();
		ensure!(current >= until, Error::<T>::WindowOpen);

		// Not earlier: while an offence can be proven, the keys say whose it is.
		if pallet_session::Pallet::<T>::load_keys(who).is_some() {
			pallet_session::Pallet::<T>::purge_keys(RawOrigin::Signed(who.clone()).into())?;
		}
		T::NativeBalance::release(&HoldReason::Bond.into(), who, amount, Precision::Exact)?;
		Leaving::<T>::remove(who);
		Totals::<T>::mutate(|totals| totals.returned = totals.returned.saturating_add(amount));
		Ok(amount)
	}

	/// What slashing can take from `who` now.
	pub(crate) fn at_stake(who: &T::AccountId) -> Balance {
		if let Some(candidate) = Candidates::<T>::get(who) {
			return candidate.bond;
		}
		let current = pallet_session::Pallet::<T>::current_index();
		Leaving::<T>::get(who)
			.filter(|unbonding| current < unbonding.until)
			.map_or(0, |unbonding| unbonding.amount)
	}

	fn take_bond(who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::NativeBalance::hold(&HoldReason::Bond.into(), who, amount)?;
		Totals::<T>::mutate(|totals| totals.bonded = totals.bonded.saturating_add(amount));
		Ok(())
	}
}
