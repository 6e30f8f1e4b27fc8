//! Bonds, exposure and retirement of providers.

use crate::{Balance, LotId};
use sp_runtime::{DispatchError, DispatchResult};

/// The run-away bound: what has left against days not yet delivered, for each provider.
pub trait Exposure<AccountId> {
	/// Adds to a provider's counter, in stablecoin units.
	///
	/// Errors: the bound would be broken; nothing changes.
	fn try_add(provider: &AccountId, amount: Balance) -> DispatchResult;
	/// Takes from a provider's counter.
	fn release(provider: &AccountId, amount: Balance);
}

/// What stands behind a provider.
pub trait Bonds<AccountId> {
	/// Value of stablecoin and wrapped coin in the provider's bond, stablecoin units.
	///
	/// Errors: a price is stale.
	fn hard_value(provider: &AccountId) -> Result<Balance, DispatchError>;
	/// Whether the required bond of a provider is met. Titles are issued only while it is.
	fn ensure_met(provider: &AccountId) -> DispatchResult;
}

/// What the part that judges does to a provider or a bonded officer.
pub trait Retire<AccountId> {
	/// Takes up to `amount` of what `who` has bonded and answers what was taken.
	fn slash(who: &AccountId, amount: Balance) -> Balance;
	/// Stops `lot` until it is resumed.
	fn suspend(lot: LotId) -> DispatchResult;
}
