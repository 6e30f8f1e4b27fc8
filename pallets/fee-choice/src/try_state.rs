//! What must hold after every block.

#![cfg(any(feature = "std", feature = "try-runtime"))]

use crate::pallet::*;
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// What is held from an account is the deposit of its choice, and no choice buys nothing.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (who, choice) in Choices::<T>::iter() {
			let held = T::Native::balance_on_hold(&HoldReason::FeeChoice.into(), &who);
			ensure!(held == choice.deposit, "what is held is not the deposit of the choice");
			ensure!(choice.terms.most_per_dmex > 0, "a choice buys nothing");
		}
		Ok(())
	}
}
