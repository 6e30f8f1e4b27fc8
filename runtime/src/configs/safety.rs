//! Safe mode and paused calls.

use super::{governance::RootOrTechnical, DAYS};
use crate::{
	filter::{SafeModeAllows, Unpausable},
	*,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, EitherOf},
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureWithSuccess};
use pallet_collective::EnsureProportionAtLeast;

parameter_types! {
	/// Safe mode ends by itself after a day.
	pub const SafeModeDuration: BlockNumber = DAYS;
	/// Nobody enters it for a deposit.
	pub const NoDeposit: Option<Balance> = None;
	/// Deposits that nobody makes are never released.
	pub const NoReleaseDelay: Option<BlockNumber> = None;
}

/// Root, or two thirds of the technical committee, for [`SafeModeDuration`].
pub type SafeModeOrigin = EitherOf<
	EnsureRootWithSuccess<AccountId, SafeModeDuration>,
	EnsureWithSuccess<
		EnsureProportionAtLeast<AccountId, super::governance::TechnicalCollective, 2, 3>,
		AccountId,
		SafeModeDuration,
	>,
>;

impl pallet_safe_mode::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type WhitelistedCalls = SafeModeAllows;
	type EnterDuration = SafeModeDuration;
	type ExtendDuration = SafeModeDuration;
	type EnterDepositAmount = NoDeposit;
	type ExtendDepositAmount = NoDeposit;
	type ForceEnterOrigin = SafeModeOrigin;
	type ForceExtendOrigin = SafeModeOrigin;
	type ForceExitOrigin = RootOrTechnical;
	type ForceDepositOrigin = EnsureRoot<AccountId>;
	type Notify = ();
	type ReleaseDelay = NoReleaseDelay;
	type WeightInfo = weights::pallet_safe_mode::WeightInfo<Runtime>;
}

impl pallet_tx_pause::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type PauseOrigin = RootOrTechnical;
	type UnpauseOrigin = RootOrTechnical;
	type WhitelistedCalls = Unpausable;
	type MaxNameLen = ConstU32<64>;
	type WeightInfo = weights::pallet_tx_pause::WeightInfo<Runtime>;
}
