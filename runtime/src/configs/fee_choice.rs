//! Fees in the stablecoin, for accounts that chose so. `fees.rs` charges as it says.

use super::{
	assets::{AssetKind, Native},
	deposit,
};
use crate::*;
use frame_support::{parameter_types, traits::Equals};

parameter_types! {
	/// The one asset that fees are bought with.
	pub const FeeAsset: dmex_primitives::AssetId = crate::genesis::STABLE_ASSET;
	/// Deposit of a choice: its record.
	pub const ChoiceDeposit: Balance = deposit(1, 84);
}

impl pallet_fee_choice::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Assets = Assets;
	type AssetKind = AssetKind;
	type NativeKind = Native;
	type Swap = AssetConversion;
	type FeeAssets = Equals<FeeAsset>;
	type ChoiceDeposit = ChoiceDeposit;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::World;
	type WeightInfo = weights::pallet_fee_choice::WeightInfo<Runtime>;
}
