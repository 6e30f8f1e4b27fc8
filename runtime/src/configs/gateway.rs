//! Coins in and out.

use super::{deposit, governance::TreasuryAccount};
use crate::{genesis::STABLE_ASSET, *};
use dmex_primitives::{AssetId, Day};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
	PalletId,
};
use frame_system::EnsureRoot;

parameter_types! {
	/// The keyless account through which lots are paid.
	pub const GatewayPalletId: PalletId = PalletId(*b"dmex/gat");
	/// Held for ever: the address, its record and its owner, and a lot's book with two hundred
	/// days, which is the larger of the two.
	pub const AddressDeposit: Balance = deposit(3, 400).saturating_add(deposit(10, 200 * 80));
	/// What custodians bond.
	pub const StableAsset: AssetId = STABLE_ASSET;
	/// A statement that is not agreed in a month will not be.
	pub const BallotDays: Day = 30;
}

impl pallet_gateway::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Assets = Assets;
	type Holds = AssetsHolder;
	type Coins = Coins;
	type Lots = Hashpower;
	type PoolAccounts = PoolOracle;
	type Facts = PoolOracle;
	type Prices = PoolOracle;
	type Calendar = Periods;
	type Remit = Income;
	type CustodianOrigin = EnsureRoot<AccountId>;
	type StableAsset = StableAsset;
	type SlashTo = TreasuryAccount;
	type PalletId = GatewayPalletId;
	type AddressDeposit = AddressDeposit;
	// A week of new lots and accounts, posted in sixteen batches.
	type MaxFreeAddresses = ConstU64<1_024>;
	// What a day of stopped minting brings at a deposit for every lot.
	type MaxWaiting = ConstU64<10_000>;
	// A day's deposits that the other custodians have not seen yet.
	type MaxOpenVotes = ConstU32<1_024>;
	type MaxOpenOfAccount = ConstU32<16>;
	type BallotDays = BallotDays;
	type ChoresPerBlock = ConstU32<8>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::World;
	type WeightInfo = ();
}
