//! A runtime with this pallet, an assets pallet, and facts and days that tests set.
#![allow(missing_docs, clippy::arithmetic_side_effects)]

use crate as pallet_coins;
use crate::*;
use core::cell::{Cell, RefCell};
use dmex_primitives::{
	calendar::Calendar,
	facts::{DayFact, FactError, Facts, NetworkFact, NetworkReading, OnNetworkFact},
	AssetId, Balance, CoinId, Day, Moment, PoolAccountId,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{AsEnsureOriginWithArg, ConstU128, ConstU32},
	PalletId,
};
use frame_system::{EnsureNever, EnsureRoot};
use sp_runtime::BuildStorage;
use std::collections::BTreeMap;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
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
	pub type Coins = pallet_coins;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
	type MaxConsumers = ConstU32<16>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<u64>>;
	type ForceOrigin = EnsureRoot<u64>;
	type AssetDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<10>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ConstU128<0>;
	type Freezer = ();
	type Holder = ();
}

/// Milliseconds of a day: a minute, as on a development chain.
pub const DAY: Moment = 60_000;

thread_local! {
	static NOW: Cell<Moment> = const { Cell::new(0) };
	static NETWORKS: RefCell<BTreeMap<CoinId, NetworkFact>> = const { RefCell::new(BTreeMap::new()) };
	static STALE: Cell<bool> = const { Cell::new(false) };
}

/// The clock, and the oracle.
pub struct World;

impl World {
	pub fn set_day(day: Day) {
		NOW.with(|now| now.set(Moment::from(day) * DAY));
	}

	pub fn set_stale(stale: bool) {
		STALE.with(|cell| cell.set(stale));
	}

	pub fn agree(coin: CoinId, reading: NetworkReading, fees: u128) {
		let fact = NetworkFact { reading, fees, agreed_at: Self::now() };
		NETWORKS.with(|networks| networks.borrow_mut().insert(coin, fact));
		Coins::on_network_fact(coin, &fact);
	}

	/// A header of `coin` with these bits is agreed on `day`.
	pub fn header(coin: CoinId, day: Day, height: u64, bits: u32) {
		Self::set_day(day);
		Self::agree(coin, NetworkReading::ProofOfWork { height, bits }, 2_000_000);
	}

	/// A tipset is agreed on `day`.
	pub fn tipset(coin: CoinId, day: Day, height: u64, total_power: u128, epoch_reward: u128) {
		Self::set_day(day);
		let reading = NetworkReading::PowerShare { height, total_power, epoch_reward };
		Self::agree(coin, reading, 0);
	}

	fn reset() {
		Self::set_day(100);
		Self::set_stale(false);
		NETWORKS.with(|networks| networks.borrow_mut().clear());
	}
}

impl Calendar for World {
	fn now() -> Moment {
		NOW.with(Cell::get)
	}

	fn day_length() -> Moment {
		DAY
	}
}

impl Facts for World {
	fn closed_day(_: PoolAccountId, _: Day) -> Result<DayFact, FactError> {
		Err(FactError::Missing)
	}

	fn network(coin: CoinId) -> Result<NetworkFact, FactError> {
		if STALE.with(Cell::get) {
			return Err(FactError::Stale);
		}
		NETWORKS.with(|networks| networks.borrow().get(&coin).copied()).ok_or(FactError::Missing)
	}
}

parameter_types! {
	pub FilterConstants: dmex_math::Constants = dmex_math::Constants::default();
	pub const MaxCoins: u32 = 6;
	pub const FirstAsset: AssetId = 1_000;
	pub const CoinsPalletId: PalletId = PalletId(*b"dmx/coin");
}

impl Config for Test {
	type RegisterOrigin = EnsureRoot<u64>;
	type Assets = Assets;
	type Facts = World;
	type Calendar = World;
	type FilterConstants = FilterConstants;
	type MaxCoins = MaxCoins;
	type FirstAsset = FirstAsset;
	type PalletId = CoinsPalletId;
	type WeightInfo = ();
}

pub const BTC: CoinId = 0;
pub const BCH: CoinId = 1;
pub const FIL: CoinId = 2;

/// A chain that begins with these coins.
pub fn chain(coins: Vec<CoinTerms>) -> sp_io::TestExternalities {
	World::reset();
	let config = GenesisConfig::<Test> { coins, ..Default::default() };
	RuntimeGenesisConfig { coins: config, ..Default::default() }.build_storage().unwrap().into()
}

/// Runs a test on a chain with BTC, BCH and FIL and checks at its end what always holds.
pub fn build_and_execute(test: impl FnOnce()) {
	chain(vec![bitcoin(), bitcoin_cash(), filecoin()]).execute_with(|| {
		System::set_block_number(1);
		test();
		Coins::do_try_state().unwrap();
	});
}
