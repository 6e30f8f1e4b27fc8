//! Answers of parts that are not there yet.
//!
//! Each stands for one trait of `dmex-primitives` until the part that really answers it is wired.
//! Genesis allows them on test networks (`periods.standInsAllowed`, no setter); elsewhere each
//! refuses, so nothing can be issued on a promise.

use crate::*;
use dmex_primitives::{
	facts::EffectivePower,
	lots::Readiness,
	trust::{Bonds, Exposure},
	Balance, Day, LotId, PoolAccountId, Power,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get, PalletId};
use sp_runtime::{traits::AccountIdConversion, DispatchError};

fn ensure_allowed() -> DispatchResult {
	ensure!(Periods::stand_ins_allowed(), pallet_periods::Error::<Runtime>::StandInRefused);
	Ok(())
}

/// Stands for the gateway's attestation that a payout has arrived at the lot's own address.
pub struct ReadyWithoutPayout;
impl Readiness for ReadyWithoutPayout {
	fn ensure_ready(_: LotId, _: PoolAccountId) -> DispatchResult {
		ensure_allowed()
	}
}

/// Stands for min(measured, implied by attested deposits): measured alone.
pub struct MeasuredAlone;
impl EffectivePower for MeasuredAlone {
	fn effective_power(account: PoolAccountId, day: Day) -> Option<Power> {
		ensure_allowed().ok()?;
		PoolOracle::measured_power(account, day)
	}
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
