//! What is held of providers, and when it goes back.

use crate::{Config, HoldReason, Pallet};
use dmex_primitives::Balance;
use frame_support::traits::{
	fungible::{BalancedHold, MutateHold},
	tokens::Precision,
	Imbalance, OnUnbalanced,
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

	/// Takes what is on hold and answers how much that was: nobody else tells of it.
	pub(crate) fn forfeit(who: &T::AccountId, reason: HoldReason, amount: Balance) -> Balance {
		let (credit, _) = T::Native::slash(&reason.into(), who, amount);
		let taken = credit.peek();
		T::OnForfeit::on_unbalanced(credit);
		taken
	}
}
