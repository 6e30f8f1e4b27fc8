//! Farms, lots and titles.

use super::{
	deposit,
	governance::{RootOrHalfCouncil, TreasuryAccount},
	MILLI,
};
use crate::{stand_ins::NoBonds, *};
use dmex_primitives::Day;
use frame_support::{
	parameter_types,
	traits::{tokens::imbalance::ResolveTo, ConstU32},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::Permill;

parameter_types! {
	/// Owns the collections of titles; nobody has its key.
	pub const TitlesPalletId: PalletId = PalletId(*b"dmex/ttl");
	/// Deposit of a living title: its record, item, attribute and account entry, and what it is paid,
	/// streams and was sold for.
	pub const TitleDeposit: Balance = deposit(8, 640);
	/// Fee for the tombstone of a title that is split or merged: it stays for ever.
	pub const TombstoneFee: Balance = 10 * MILLI;
}

impl pallet_titles::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Calendar = Periods;
	// Each keeps its own books by title; no hook fails after all have agreed.
	type Hooks = (Income, Market);
	type OnFee = ResolveTo<TreasuryAccount, Balances>;
	type TitleDeposit = TitleDeposit;
	type TombstoneFee = TombstoneFee;
	type PalletId = TitlesPalletId;
	type WeightInfo = weights::pallet_titles::WeightInfo<Runtime>;
}

parameter_types! {
	/// Deposit of a provider: its record and its list of farms.
	pub const ProviderDeposit: Balance = deposit(2, 320);
	/// Deposit of a farm: its record with all claims and its list of lots.
	pub const FarmDeposit: Balance = deposit(2, 640);
	/// Deposit of a lot: its record, poll, series, collection with sixteen attributes, and the
	/// agreed days of its account for as long as they stay in state (200 of 128 bytes).
	pub const LotDeposit: Balance = deposit(30, 4_096).saturating_add(deposit(200, 25_600));
	/// Deposit of a day of a lot's term: its record in the ledger of days, in pages of 32.
	pub const LotDayDeposit: Balance = deposit(0, 258).saturating_add(MILLI);
	/// Deposit of an audit, lost if it fails: what the holders' attention is worth at least.
	pub const AuditDeposit: Balance = 100 * DMEX;
	/// A provider keeps at most three tenths of the output.
	pub const MaxFee: Permill = Permill::from_percent(30);
	/// Seven attempts and one amendment: a day is final eight days after it.
	pub const ClosingDays: Day = 8;
}

impl pallet_hashpower::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type OnForfeit = ResolveTo<TreasuryAccount, Balances>;
	type Calendar = Periods;
	type Coins = Coins;
	type Facts = PoolOracle;
	type PoolAccounts = PoolOracle;
	type EffectivePower = Gateway;
	type Polls = Polls;
	type Readiness = Gateway;
	type Sales = Market;
	type Bonds = NoBonds;
	type Titles = Titles;
	type SuspendOrigin = EnsureRoot<AccountId>;
	type DefensiveOrigin = RootOrHalfCouncil;
	type Window = pallet_periods::MeasuringWindowDays<Runtime>;
	type ClosingDays = ClosingDays;
	type MaxFee = MaxFee;
	type ProviderDeposit = ProviderDeposit;
	type FarmDeposit = FarmDeposit;
	type LotDeposit = LotDeposit;
	type LotDayDeposit = LotDayDeposit;
	type AuditDeposit = AuditDeposit;
	type MaxFarmsPerProvider = ConstU32<16>;
	type MaxLotsPerFarm = ConstU32<64>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::World;
	type WeightInfo = weights::pallet_hashpower::WeightInfo<Runtime>;
}
