//! Answers of parts that are not there yet.
//!
//! Each stands for one trait of `dmex-primitives` until the part that really answers it is wired.
//! Genesis allows them on test networks (`periods.standInsAllowed`, no setter); elsewhere each
//! refuses, so nothing can be issued on a promise.

use crate::*;
use dmex_primitives::{
	trust::{Bonds, Exposure},
	Balance,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get, PalletId};
use sp_runtime::{traits::AccountIdConversion, DispatchError};

fn ensure_allowed() -> DispatchResult {
	ensure!(Periods::stand_ins_allowed(), pallet_periods::Error::<Runtime>::StandInRefused);
	Ok(())
}

/// Stands for collateral: every required bond is met, none is worth anything.
pub struct NoBonds;
impl Bonds<AccountId> for NoBonds {
	fn hard_value(_: &AccountId) -> Result<Balance, DispatchError> {
		Ok(0)
	}
	fn ensure_met(_: &AccountId) -> DispatchResult {
		ensure_allowed()
	}
}

/// Stands for collateral: nothing is owed upfront while nobody has a bond.
pub struct NoUpfront;
impl Exposure<AccountId> for NoUpfront {
	fn try_add(_: &AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount == 0, pallet_periods::Error::<Runtime>::StandInRefused);
		Ok(())
	}
	fn release(_: &AccountId, _: Balance) {}
}

/// Stands for the account of the insurance fund, which keeps its part of fees until there is one.
pub struct InsuranceFund;
impl Get<AccountId> for InsuranceFund {
	fn get() -> AccountId {
		PalletId(*b"dmex/ins").into_account_truncating()
	}
}
