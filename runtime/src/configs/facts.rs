//! Coins, and the facts that validators agree on.

use super::deposit;
use crate::*;
use dmex_primitives::{Moment, Round};
use frame_support::{parameter_types, traits::Get, weights::Weight, PalletId};
use frame_system::EnsureRoot;
use sp_runtime::Permill;

impl pallet_periods::Config for Runtime {
	type Time = Timestamp;
	type AdminOrigin = EnsureRoot<AccountId>;
	type WeightInfo = weights::pallet_periods::WeightInfo<Runtime>;
}

parameter_types! {
	/// Owns the stablecoin and the wrapped coins; nobody has its key.
	pub const CoinsPalletId: PalletId = PalletId(*b"dmex/cns");
	/// Deposit of a token or token key.
	pub const OracleDepositBase: Balance = deposit(1, 0);
	/// And for each byte of it.
	pub const OracleDepositPerByte: Balance = deposit(0, 1);
	/// Pool accounts that are read at a time. Each costs every validator a request or two a day.
	pub const MaxFollowed: u32 = 10_000;
	/// Days that agreed days stay in state: as long as anything can still be settled by them.
	pub const KeepDays: u32 = 200;
	/// Days during which a source registered by referendum carries little.
	pub const ProbationDays: u32 = 90;
	/// Prices further from the median are outliers.
	pub const PriceSpread: Permill = Permill::from_percent(2);
	/// So are mean fees.
	pub const FeesSpread: Permill = Permill::from_percent(25);
	/// A price may be used for three rounds.
	pub const PriceFreshRounds: Round = 3;
	/// A network's state for two days.
	pub const NetworkFreshDays: u32 = 2;
	/// Live readings are for the eye: in each round,
	pub const LiveEvery: Round = 1;
	/// while a hundred accounts or fewer are read. Four validators ask for each: seven requests a
	/// second in all, over all pools.
	pub const LivePerRound: u32 = 100;
	/// A vote stands on a block at most five minutes from the present one.
	pub const ObservedTolerance: Moment = 300_000;
	/// Old ballots and facts put away by a block.
	pub const SweepPerBlock: u32 = 16;
	/// Sessions in which equivocation can be proven; the storage is sized by it.
	pub ProofWindow: u32 = pallet_periods::ProofWindowSessions::<Runtime>::get();
}

parameter_types! {
	/// How fast the filters of the networks' growth follow.
	pub FilterConstants: dmex_math::Constants = dmex_math::Constants::default();
	/// Most coins.
	pub const MaxCoins: u32 = 16;
	/// Wrapped coins follow the stablecoin.
	pub const FirstAsset: u32 = 1;
}

impl pallet_coins::Config for Runtime {
	type RegisterOrigin = EnsureRoot<AccountId>;
	type Assets = Assets;
	type Facts = PoolOracle;
	type Calendar = Periods;
	type FilterConstants = FilterConstants;
	type MaxCoins = MaxCoins;
	type FirstAsset = FirstAsset;
	type PalletId = CoinsPalletId;
	type WeightInfo = weights::pallet_coins::WeightInfo<Runtime>;
}

/// What the validators' pallet does about one offender.
pub struct OffenceWeight;
impl Get<Weight> for OffenceWeight {
	fn get() -> Weight {
		<weights::pallet_validators::WeightInfo<Runtime> as pallet_validators::WeightInfo>::on_offence(1)
	}
}

impl pallet_pool_oracle::Config for Runtime {
	type AdminOrigin = EnsureRoot<AccountId>;
	type Calendar = Periods;
	type Coins = Coins;
	type OnNetworkFact = Coins;
	type Attendance = Validators;
	type ValidatorSet = Session;
	type ReportOffence = super::consensus::Reports;
	type OffenceWeight = OffenceWeight;
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type DepositBase = OracleDepositBase;
	type DepositPerByte = OracleDepositPerByte;
	type RoundBlocks = pallet_periods::RoundBlocks<Runtime>;
	type MaxFollowed = MaxFollowed;
	type ProofWindow = ProofWindow;
	type KeepDays = KeepDays;
	type ProbationDays = ProbationDays;
	type PriceSpread = PriceSpread;
	type FeesSpread = FeesSpread;
	type PriceFreshRounds = PriceFreshRounds;
	type NetworkFreshDays = NetworkFreshDays;
	type LiveEvery = LiveEvery;
	type LivePerRound = LivePerRound;
	type ObservedTolerance = ObservedTolerance;
	type SweepPerBlock = SweepPerBlock;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::World;
	type WeightInfo = weights::pallet_pool_oracle::WeightInfo<Runtime>;
}
