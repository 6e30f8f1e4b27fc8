//! Ownership of titles. Collections and items are made by `titles`; users transfer.

use crate::*;
use dmex_primitives::{SeriesId, TitleId};
use frame_support::{
	parameter_types,
	traits::{AsEnsureOriginWithArg, ConstU128, ConstU32, NeverEnsureOrigin},
};
use frame_system::EnsureRoot;
use pallet_nfts::PalletFeatures;
use sp_runtime::traits::Verify;

parameter_types! {
	/// All features stay on: the pallet's own benchmarks need them. The call filter closes them.
	pub Features: PalletFeatures = PalletFeatures::all_enabled();
	/// An approval may last thirty days.
	pub const MaxDeadlineDuration: BlockNumber = 30 * super::DAYS;
}

impl pallet_nfts::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = SeriesId;
	type ItemId = TitleId;
	type Currency = Balances;
	type ForceOrigin = EnsureRoot<AccountId>;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type Locker = Titles;
	// Storage is paid for in `titles`.
	type CollectionDeposit = ConstU128<0>;
	#[cfg(not(feature = "runtime-benchmarks"))]
	type ItemDeposit = ConstU128<0>;
	// The benchmark of `redeposit` does not end without one.
	#[cfg(feature = "runtime-benchmarks")]
	type ItemDeposit = ConstU128<1>;
	type MetadataDepositBase = ConstU128<0>;
	type AttributeDepositBase = ConstU128<0>;
	type DepositPerByte = ConstU128<0>;
	type StringLimit = ConstU32<256>;
	type KeyLimit = ConstU32<64>;
	type ValueLimit = ConstU32<256>;
	type ApprovalsLimit = ConstU32<20>;
	type ItemAttributesApprovalsLimit = ConstU32<20>;
	type MaxTips = ConstU32<10>;
	type MaxDeadlineDuration = MaxDeadlineDuration;
	type MaxAttributesPerCall = ConstU32<10>;
	type Features = Features;
	type OffchainSignature = Signature;
	type OffchainPublic = <Signature as Verify>::Signer;
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type WeightInfo = weights::pallet_nfts::WeightInfo<Runtime>;
	type BlockNumberProvider = System;
}
