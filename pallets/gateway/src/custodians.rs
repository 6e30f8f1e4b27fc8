//! Who the custodians are and what they have bonded.

use crate::{
	pallet::*,
	types::{ascends, Bond, Council, CouncilTerms, Leaving, Members},
};
use dmex_primitives::{calendar::Calendar, Balance, Day};
use frame_support::{
	ensure,
	traits::{
		fungibles::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
		Get,
	},
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// More than half must agree, else two groups could attest opposite things.
	pub(crate) fn do_set_custodians(
		members: Members<T::AccountId>,
		terms: CouncilTerms,
	) -> DispatchResult {
		ensure!(!members.is_empty() && ascends(&members), Error::<T>::MembersNotSorted);
		let count = u32::try_from(members.len()).unwrap_or(u32::MAX);
		let range = (count >> 1).saturating_add(1)..=count;
		ensure!(range.contains(&terms.threshold), Error::<T>::ThresholdOutOfRange);
		Custodians::<T>::put(Council { members, terms });
		Ok(())
	}

	/// The caller may vote: seated, and bonded enough.
	pub(crate) fn ensure_may_vote(
		council: &Council<T::AccountId>,
		who: &T::AccountId,
	) -> Result<(), Error<T>> {
		ensure!(council.members.contains(who), Error::<T>::NotCustodian);
		let active = Bonds::<T>::get(who).active;
		ensure!(active >= council.terms.least_bond, Error::<T>::BondTooSmall);
		Ok(())
	}

	/// Bonds of those who are seated; what is leaving backs nothing.
	pub(crate) fn seated_bonds() -> Balance {
		Custodians::<T>::get()
			.members
			.iter()
			.fold(0, |sum: Balance, who| sum.saturating_add(Bonds::<T>::get(who).active))
	}

	pub(crate) fn do_bond(who: &T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let mut bond = Bonds::<T>::get(who);
		bond.active = bond.active.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		T::Holds::hold(T::StableAsset::get(), &HoldReason::CustodianBond.into(), who, amount)?;
		Bonds::<T>::insert(who, bond);
		Ok(())
	}

	pub(crate) fn do_unbond(who: &T::AccountId, amount: Balance) -> Result<Day, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let council = Custodians::<T>::get();
		let seated = council.members.contains(who);
		let mut bond = Bonds::<T>::get(who);
		bond.active = bond.active.checked_sub(amount).ok_or(Error::<T>::NotBonded)?;
		ensure!(!seated || bond.active >= council.terms.least_bond, Error::<T>::BondNeeded);
		let free_from = T::Calendar::today()
			.checked_add(council.terms.unbonding_days.max(1))
			.ok_or(ArithmeticError::Overflow)?;
		let part = Leaving { amount, free_from };
		bond.leaving.try_push(part).map_err(|_| Error::<T>::TooManyLeaving)?;
		Bonds::<T>::insert(who, bond);
		// The dispatch falls back if the bond was needed.
		if seated {
			Self::ensure_backed()?;
		}
		Ok(free_from)
	}

	/// What is outstanding of every asset is backed.
	fn ensure_backed() -> DispatchResult {
		for asset in GateList::<T>::get() {
			let gate = Self::gate_of(asset)?;
			let outstanding = FlowsOf::<T>::get(asset).outstanding();
			if outstanding > gate.terms.unbonded {
				ensure!(outstanding <= Self::backed(&gate)?, Error::<T>::BondsBackTooLittle);
			}
		}
		Ok(())
	}

	pub(crate) fn do_withdraw_bond(who: &T::AccountId) -> Result<Balance, DispatchError> {
		let mut bond = Bonds::<T>::get(who);
		let before = bond.total();
		let today = T::Calendar::today();
		bond.leaving.retain(|part| part.free_from > today);
		let amount = before.saturating_sub(bond.total());
		ensure!(amount > 0, Error::<T>::NothingFree);
		let reason = HoldReason::CustodianBond.into();
		T::Holds::release(T::StableAsset::get(), &reason, who, amount, Precision::Exact)?;
		Self::put_bond(who, bond);
		Ok(amount)
	}

	fn put_bond(who: &T::AccountId, bond: Bond) {
		match bond.total() {
			0 => Bonds::<T>::remove(who),
			_ => Bonds::<T>::insert(who, bond),
		}
	}

	/// Takes up to `amount` of what `who` has bonded, the part that leaves last first reached after
	/// the active one, and answers what was taken. For the part that judges; it goes to `SlashTo`.
	pub fn slash(who: &T::AccountId, amount: Balance) -> Balance {
		let mut bond = Bonds::<T>::get(who);
		let asked = amount.min(bond.total());
		let to = T::SlashTo::get();
		let moved = T::Holds::transfer_on_hold(
			T::StableAsset::get(),
			&HoldReason::CustodianBond.into(),
			who,
			&to,
			asked,
			Precision::BestEffort,
			Restriction::Free,
			Fortitude::Force,
		);
		let taken = moved.unwrap_or_default();
		if taken == 0 {
			return 0;
		}
		let mut left = take(&mut bond.active, taken);
		for part in bond.leaving.iter_mut().rev() {
			left = take(&mut part.amount, left);
		}
		bond.leaving.retain(|part| part.amount > 0);
		Self::put_bond(who, bond);
		// The holder of assets tells nothing of such a transfer.
		Self::deposit_event(Event::Slashed { who: who.clone(), to, amount: taken });
		taken
	}
}

/// Takes up to `amount` from `part`; answers what is left to take.
fn take(part: &mut Balance, amount: Balance) -> Balance {
	let taken = amount.min(*part);
	*part = part.saturating_sub(taken);
	amount.saturating_sub(taken)
}
