//! Wrapped coins and the stablecoin, and the exchange between them and DMEX.

use super::deposit;
use crate::*;
use frame_support::{
	instances::Instance1,
	parameter_types,
	traits::{
		fungible::{NativeFromLeft, NativeOrWithId, UnionOf},
		AsEnsureOriginWithArg, ConstU128, ConstU32, NeverEnsureOrigin,
	},
	PalletId,
};
use frame_system::EnsureRoot;
use pallet_asset_conversion::{AccountIdConverter, WithFirstAsset};
use sp_runtime::{traits::AccountIdConversion, Permill};

/// An asset of the exchange: DMEX or an id.
pub type AssetKind = NativeOrWithId<u32>;
/// DMEX and all assets behind one interface.
pub type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, AssetKind, AccountId>;

/// Owns the stablecoin and the wrapped coins; nobody has its key.
pub fn keyless_owner() -> AccountId {
	super::facts::CoinsPalletId::get().into_account_truncating()
}

parameter_types! {
	/// Deposit of an asset that Root makes.
	pub const AssetDeposit: Balance = deposit(2, 256);
	/// Deposit of an account of an asset that is not sufficient.
	pub const AssetAccountDeposit: Balance = deposit(1, 16);
	/// Deposit of an approval.
	pub const ApprovalDeposit: Balance = deposit(1, 32);
	/// Deposit of metadata.
	///
	/// Zero: only Root and the registry of coins write it, and the registry's account is empty.
	pub const MetadataDepositBase: Balance = 0;
	/// And for each byte of it.
	pub const MetadataDepositPerByte: Balance = 0;
}

// Assets come from registering a coin or by referendum, never from users: their ids are known.
impl pallet_assets::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1000>;
	type AssetId = u32;
	type AssetIdParameter = codec::Compact<u32>;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = AssetDeposit;
	type AssetAccountDeposit = AssetAccountDeposit;
	type MetadataDepositBase = MetadataDepositBase;
	type MetadataDepositPerByte = MetadataDepositPerByte;
	type ApprovalDeposit = ApprovalDeposit;
	type StringLimit = ConstU32<50>;
	type Freezer = AssetsFreezer;
	type Holder = AssetsHolder;
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = weights::pallet_assets::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl pallet_assets_holder::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeEvent = RuntimeEvent;
}

impl pallet_assets_freezer::Config for Runtime {
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type RuntimeEvent = RuntimeEvent;
}

// Shares of liquidity, made by the exchange alone.
impl pallet_assets::Config<Instance1> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1000>;
	type AssetId = u32;
	type AssetIdParameter = u32;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<0>;
	type AssetAccountDeposit = AssetAccountDeposit;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ApprovalDeposit;
	type StringLimit = ConstU32<50>;
	type Freezer = ();
	type Holder = ();
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = weights::pallet_assets::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

parameter_types! {
	/// Id of the exchange's accounts.
	pub const AssetConversionPalletId: PalletId = PalletId(*b"py/ascon");
	/// Every pool has DMEX on one side.
	pub const Native: AssetKind = NativeOrWithId::Native;
	/// Part of a trade that goes to the liquidity providers.
	pub const LPFee: Permill = Permill::from_perthousand(3);
	/// Most that a pool's fee can be set to.
	pub const MaxSwapFee: Permill = Permill::from_percent(1);
	/// Leaving is free.
	pub const LiquidityWithdrawalFee: Permill = Permill::zero();
	/// What opening a pool costs.
	pub const PoolSetupFee: Balance = 10 * DMEX;
}

impl pallet_asset_conversion::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type HigherPrecisionBalance = sp_core::U256;
	type AssetKind = AssetKind;
	type Assets = NativeAndAssets;
	type PoolId = (AssetKind, AssetKind);
	type PoolLocator = WithFirstAsset<
		Native,
		AccountId,
		AssetKind,
		AccountIdConverter<AssetConversionPalletId, (AssetKind, AssetKind)>,
	>;
	type PoolAssetId = u32;
	type PoolAssets = PoolAssets;
	type LPFee = LPFee;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MaxSwapFee = MaxSwapFee;
	type PoolSetupFee = PoolSetupFee;
	type PoolSetupFeeAsset = Native;
	type PoolSetupFeeTarget = frame_support::traits::tokens::imbalance::ResolveAssetTo<
		super::governance::TreasuryAccount,
		NativeAndAssets,
	>;
	type LiquidityWithdrawalFee = LiquidityWithdrawalFee;
	type MintMinLiquidity = ConstU128<100>;
	// Asset, DMEX, asset: a longer path would pass DMEX twice.
	type MaxSwapPathLength = ConstU32<3>;
	type PalletId = AssetConversionPalletId;
	type WeightInfo = weights::pallet_asset_conversion::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = pallet_asset_conversion::NativeOrWithIdFactory<u32>;
}
