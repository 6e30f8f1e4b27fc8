//! Coins in and out.

use super::{deposit, governance::TreasuryAccount};
use crate::{genesis::STABLE_ASSET, *};
use alloc::vec::Vec;
use dmex_addresses::Network;
use dmex_primitives::{facts::Priced, AssetId, Day};
use frame_support::{
	parameter_types,
	traits::{ConstU32, ConstU64},
	PalletId,
};
use frame_system::EnsureRoot;
use pallet_gateway::types::{CouncilTerms, GateTerms};
use sp_runtime::Permill;

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
	type WeightInfo = weights::pallet_gateway::WeightInfo<Runtime>;
}

/// Gates of a test network, whose pools and nodes may be of any network of their coins: nothing
/// needs a bond, and the faucet is open. `custodians` are the first of its accounts.
pub fn test_gateway(custodians: Vec<AccountId>) -> GatewayConfig {
	const BITCOIN: Balance = 100_000_000;
	const FILECOIN: Balance = 1_000_000_000_000_000_000;
	const DOLLAR: Balance = 1_000_000;
	let gate = |one: Balance, finality: u32| {
		let cap = one.saturating_mul(21_000_000);
		GateTerms {
			network: Network::Any,
			finality,
			// Half a year of bitcoin's blocks, and nine days of filecoin's.
			deposit_window: 26_280,
			cap,
			unbonded: cap,
			bond_share: Permill::from_percent(20),
			lot_mint_per_day: cap,
			account_mint_per_day: cap,
			withdraw_per_day: cap,
			least_withdrawal: one.div_ceil(1_000),
			withdrawal_fee: one.div_ceil(10_000),
			queue_days: 3,
			max_open: 1_000,
			faucet_per_day: one.saturating_mul(100),
		}
	};
	let members = u32::try_from(custodians.len()).unwrap_or(u32::MAX);
	GatewayConfig {
		gates: alloc::vec![
			(Priced::Stable, gate(DOLLAR, 1)),
			(Priced::Coin(0), gate(BITCOIN, 6)),
			(Priced::Coin(1), gate(BITCOIN, 15)),
			(Priced::Coin(2), gate(FILECOIN, 900)),
		],
		// One of one, two of three.
		terms: CouncilTerms {
			threshold: (members >> 1).saturating_add(1),
			least_bond: 0,
			multiple: 2,
			unbonding_days: 14,
		},
		custodians,
		faucet: true,
	}
}
