//! DMEX for staked titles.

use super::{deposit, governance::TreasuryAccount};
use crate::*;
use frame_support::{parameter_types, PalletId};
use frame_system::EnsureRoot;

parameter_types! {
	/// Holds what is spent on stakes; nobody has its key.
	pub const PowerRewardsPalletId: PalletId = PalletId(*b"dmex/rwd");
	/// Most that a day may ever spend: a day of this for a year is 365 million DMEX.
	pub const MaxDailyBudget: Balance = 1_000_000 * DMEX;
	/// Up to here a referendum sets the daily budget freely; beyond it doubles or halves it at most.
	pub const SmallDailyBudget: Balance = 1_000 * DMEX;
	/// Deposit of a stake: its record, the two ways to it, and the marks of its first and last day.
	pub const StakeDeposit: Balance = deposit(5, 384);
}

impl pallet_power_rewards::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Calendar = Periods;
	type Lots = Hashpower;
	type Titles = Titles;
	type Sales = Market;
	type DayBooks = Income;
	type GovernOrigin = EnsureRoot<AccountId>;
	type Treasury = TreasuryAccount;
	type MaxDailyBudget = MaxDailyBudget;
	type SmallDailyBudget = SmallDailyBudget;
	type StakeDeposit = StakeDeposit;
	type PalletId = PowerRewardsPalletId;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::World;
	type WeightInfo = weights::pallet_power_rewards::WeightInfo<Runtime>;
}
