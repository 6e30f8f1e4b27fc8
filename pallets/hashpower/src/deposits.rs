//! What is held of providers, and when it goes back.

use crate::{Config, HoldReason, Pallet};
use dmex_primitives::Balance;
use frame_support::traits::{
	fungible::{BalancedHold, MutateHold},
	tokens::Precision,
	OnUnbalanced,
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn hold(who: &T::AccountId, reason: HoldReason, amount: Balance) -> DispatchResult {
		T::Native::hold(&reason.into(), who, amount)
	}

	pub(crate) fn release(
		who: &T::AccountId,
		reason: HoldReason,
		amount: Balance,
	) -> DispatchResult {
		T::Native::release(&reason.into(), who, amount, Precision::BestEffort).map(|_| ())
	}

	pub(crate) fn forfeit(who: &T::AccountId, reason: HoldReason, amount: Balance) {
		let (taken, _) = T::Native::slash(&reason.into(), who, amount);
		T::OnForfeit::on_unbalanced(taken);
	}
}
