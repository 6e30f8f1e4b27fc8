//! A runtime with a real exchange and real transaction payment.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{self as pallet_fee_choice, types::FeeTerms, PayAsChosen, WithChoice};
use dmex_primitives::{AccountId, AssetId, Balance, DMEX};
use frame_support::{
	derive_impl,
	dispatch::{DispatchInfo, PostDispatchInfo},
	instances::Instance1,
	parameter_types,
	traits::{
		fungible::{Inspect, InspectHold, NativeFromLeft, NativeOrWithId, UnionOf},
		tokens::imbalance::{ResolveAssetTo, ResolveTo},
		AsEnsureOriginWithArg, ConstU128, ConstU32, Equals,
	},
	weights::{IdentityFee, Weight},
	PalletId,
};
use frame_system::{EnsureRoot, EnsureSigned};
use pallet_asset_conversion::{AccountIdConverter, WithFirstAsset};
use pallet_transaction_payment::{ChargeTransactionPayment, FungibleAdapter};
use sp_runtime::{
	traits::{DispatchTransaction, IdentityLookup, TransactionExtension},
	transaction_validity::{TransactionSource, TransactionValidityError},
	BuildStorage, Permill,
};

pub type Block = frame_system::mocking::MockBlock<Test>;
pub type AssetKind = NativeOrWithId<AssetId>;
pub type NativeAndAssets = UnionOf<Balances, Assets, NativeFromLeft, AssetKind, AccountId>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type PoolAssets = pallet_assets<Instance1>;
	#[runtime::pallet_index(4)]
	pub type AssetConversion = pallet_asset_conversion;
	#[runtime::pallet_index(5)]
	pub type TransactionPayment = pallet_transaction_payment;
	#[runtime::pallet_index(6)]
	pub type FeeChoice = pallet_fee_choice;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<ED>;
	type AccountStore = System;
	type FreezeIdentifier = ();
	type MaxFreezes = ConstU32<1>;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config<Instance1> for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type Freezer = ();
	type Holder = ();
}

parameter_types! {
	pub const ConversionPalletId: PalletId = PalletId(*b"py/ascon");
	pub const Native: AssetKind = NativeOrWithId::Native;
	pub const PoolFee: Permill = Permill::from_perthousand(3);
	pub const MaxPoolFee: Permill = Permill::from_percent(1);
	pub const NoFee: Permill = Permill::zero();
	/// Where fees go.
	pub Fees: AccountId = account(99);
	pub const Stable: AssetId = STABLE;
	/// What fees may be bought with; tests forbid it.
	pub static Allowed: AssetId = STABLE;
}

impl pallet_asset_conversion::Config for Test {
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
		AccountIdConverter<ConversionPalletId, (AssetKind, AssetKind)>,
	>;
	type PoolAssetId = u32;
	type PoolAssets = PoolAssets;
	type LPFee = PoolFee;
	type AdminOrigin = EnsureRoot<AccountId>;
	type MaxSwapFee = MaxPoolFee;
	type PoolSetupFee = ConstU128<0>;
	type PoolSetupFeeAsset = Native;
	type PoolSetupFeeTarget = ResolveAssetTo<Fees, NativeAndAssets>;
	type LiquidityWithdrawalFee = NoFee;
	type MintMinLiquidity = ConstU128<100>;
	type MaxSwapPathLength = ConstU32<4>;
	type PalletId = ConversionPalletId;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

#[derive_impl(pallet_transaction_payment::config_preludes::TestDefaultConfig)]
impl pallet_transaction_payment::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = PayAsChosen<FungibleAdapter<Balances, ResolveTo<Fees, Balances>>>;
	type WeightToFee = IdentityFee<Balance>;
	type LengthToFee = IdentityFee<Balance>;
	type WeightInfo = WithChoice<(), ()>;
}

impl pallet_fee_choice::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Assets = Assets;
	type AssetKind = AssetKind;
	type NativeKind = Native;
	type Swap = AssetConversion;
	type FeeAssets = Equals<Allowed>;
	type ChoiceDeposit = ConstU128<DEPOSIT>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Deep;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
pub struct Deep;
#[cfg(feature = "runtime-benchmarks")]
impl pallet_fee_choice::benchmarking::BenchmarkHelper<AccountId> for Deep {
	fn serve(who: &AccountId) -> AssetId {
		use frame_support::traits::fungibles::Mutate;
		<Assets as Mutate<AccountId>>::mint_into(STABLE, who, 1_000_000_000).unwrap();
		STABLE
	}
}

pub const ED: Balance = DMEX / 1_000;
pub const DEPOSIT: Balance = DMEX;
/// The stablecoin: six decimals, a hundredth of a dollar at least.
pub const STABLE: AssetId = 7;
pub const LEAST_STABLE: Balance = 10_000;
/// What users begin with.
pub const FUNDS: Balance = 100 * DMEX;
pub const DOLLARS: Balance = 50_000_000;
/// A limit of twice what the pool asks for one DMEX.
pub const LIMIT: Balance = 200_000;

pub fn account(seed: u8) -> AccountId {
	AccountId::new([seed; 32])
}
pub fn alice() -> AccountId {
	account(1)
}
pub fn bob() -> AccountId {
	account(2)
}
/// Provides the pool.
pub fn provider() -> AccountId {
	account(9)
}

/// A pool of 10,000 DMEX and 1,000 dollars; Alice and Bob have both.
pub fn ext() -> sp_io::TestExternalities {
	Allowed::set(STABLE);
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let balances =
		vec![(alice(), FUNDS), (bob(), FUNDS), (provider(), 100_000 * DMEX), (account(99), ED)];
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	let dollars = [(alice(), DOLLARS), (bob(), DOLLARS), (provider(), 100_000_000_000)];
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(STABLE, provider(), true, LEAST_STABLE)],
		accounts: dollars.map(|(who, amount)| (STABLE, who, amount)).to_vec(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		let signed = || RuntimeOrigin::signed(provider());
		let (dmex, stable) =
			(Box::new(NativeOrWithId::Native), Box::new(NativeOrWithId::WithId(STABLE)));
		AssetConversion::create_pool(signed(), dmex.clone(), stable.clone()).unwrap();
		AssetConversion::add_liquidity(
			signed(),
			dmex,
			stable,
			10_000 * DMEX,
			1_000_000_000,
			0,
			0,
			provider(),
		)
		.unwrap();
	});
	ext
}

/// Runs a test and checks the books at its end.
pub fn build_and_execute(test: impl FnOnce()) {
	ext().execute_with(|| {
		test();
		FeeChoice::do_try_state().unwrap();
	});
}

pub fn choose(who: AccountId, most_per_dmex: Balance) {
	let terms = Some(FeeTerms { asset: STABLE, most_per_dmex });
	FeeChoice::choose_fee_asset(RuntimeOrigin::signed(who), terms).unwrap();
}

pub fn free(who: &AccountId) -> Balance {
	<Balances as Inspect<AccountId>>::balance(who)
}

pub fn held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&pallet_fee_choice::HoldReason::FeeChoice.into(), who)
}

pub fn dollars(who: &AccountId) -> Balance {
	Assets::balance(STABLE, who)
}

fn call() -> RuntimeCall {
	frame_system::Call::remark { remark: vec![] }.into()
}

/// A hundredth of a DMEX of weight.
pub const WEIGHT: u64 = 10_000_000_000;

pub fn info() -> DispatchInfo {
	DispatchInfo { call_weight: Weight::from_parts(WEIGHT, 0), ..Default::default() }
}

/// What a transaction of a hundredth of a DMEX of weight costs with this tip.
pub fn fee(tip: Balance) -> Balance {
	TransactionPayment::compute_fee(10, &info(), tip)
}

/// What the transaction pool says.
pub fn validate(who: &AccountId, tip: Balance) -> Result<(), TransactionValidityError> {
	let origin = RuntimeOrigin::signed(who.clone());
	ChargeTransactionPayment::<Test>::from(tip)
		.validate_only(origin, &call(), &info(), 10, TransactionSource::External, 0)
		.map(|_| ())
}

/// A transaction from taking its fee to giving back what `used` of its weight leaves. Answers what it
/// cost in the end.
pub fn transact(
	who: &AccountId,
	tip: Balance,
	used: u64,
) -> Result<Balance, TransactionValidityError> {
	let origin = RuntimeOrigin::signed(who.clone());
	let info = info();
	let (pre, _) = ChargeTransactionPayment::<Test>::from(tip).validate_and_prepare(
		origin,
		&call(),
		&info,
		10,
		0,
	)?;
	let actual_weight = Some(Weight::from_parts(used, 0));
	let mut post = PostDispatchInfo { actual_weight, pays_fee: Default::default() };
	ChargeTransactionPayment::<Test>::post_dispatch(pre, &info, &mut post, 10, &Ok(()))?;
	let paid = System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::TransactionPayment(
			pallet_transaction_payment::Event::TransactionFeePaid { actual_fee, .. },
		) => Some(actual_fee),
		_ => None,
	});
	Ok(paid.unwrap())
}

/// DMEX and dollars in the pool.
pub fn reserves() -> (Balance, Balance) {
	AssetConversion::get_reserves(NativeOrWithId::Native, NativeOrWithId::WithId(STABLE)).unwrap()
}

/// What the pool asks for so many DMEX units.
pub fn price(dmex: Balance) -> Balance {
	let (stable, native) = (NativeOrWithId::WithId(STABLE), NativeOrWithId::Native);
	AssetConversion::quote_price_tokens_for_exact_tokens(stable, native, dmex, true).unwrap()
}
