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
	/// Held while a withdrawal is open: its record with the most inputs, its deadline, and the count
	/// of its owner's.
	pub const WithdrawalDeposit: Balance = deposit(3, 1_700);
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
	type WithdrawalDeposit = WithdrawalDeposit;
	// A week of new lots and accounts, posted in sixteen batches.
	type MaxFreeAddresses = ConstU64<1_024>;
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
/// needs a bond, and the faucet is open. What goes in or out at least is worth some dollars, and less
/// than any pool pays at a time. `custodians` are the first of its accounts.
pub fn test_gateway(custodians: Vec<AccountId>) -> GatewayConfig {
	/// What differs between the gates, amounts in the asset's smallest unit.
	struct Amounts {
		/// A whole coin or dollar.
		one: Balance,
		finality: u32,
		least_deposit: Balance,
		least_withdrawal: Balance,
		withdrawal_fee: Balance,
	}
	const DOLLAR: Balance = 1_000_000;
	const SATOSHI: Balance = 1;
	const MILLIFIL: Balance = 1_000_000_000_000_000;
	let stable = Amounts {
		one: DOLLAR,
		finality: 1,
		least_deposit: DOLLAR.saturating_mul(10),
		least_withdrawal: DOLLAR.saturating_mul(10),
		withdrawal_fee: DOLLAR,
	};
	let bitcoin = Amounts {
		one: SATOSHI.saturating_mul(100_000_000),
		finality: 6,
		least_deposit: SATOSHI.saturating_mul(10_000),
		least_withdrawal: SATOSHI.saturating_mul(100_000),
		withdrawal_fee: SATOSHI.saturating_mul(10_000),
	};
	let bitcoin_cash = Amounts {
		one: SATOSHI.saturating_mul(100_000_000),
		finality: 15,
		least_deposit: SATOSHI.saturating_mul(500_000),
		least_withdrawal: SATOSHI.saturating_mul(2_000_000),
		withdrawal_fee: SATOSHI.saturating_mul(100_000),
	};
	let filecoin = Amounts {
		one: MILLIFIL.saturating_mul(1_000),
		finality: 900,
		least_deposit: MILLIFIL.saturating_mul(1_000),
		least_withdrawal: MILLIFIL.saturating_mul(5_000),
		withdrawal_fee: MILLIFIL.saturating_mul(100),
	};
	let gate = |amounts: Amounts| {
		let cap = amounts.one.saturating_mul(21_000_000);
		GateTerms {
			network: Network::Any,
			finality: amounts.finality,
			// Half a year of bitcoin's blocks, and nine days of filecoin's.
			deposit_window: 26_280,
			cap,
			unbonded: cap,
			bond_share: Permill::from_percent(20),
			lot_mint_per_day: cap,
			account_mint_per_day: cap,
			withdraw_per_day: cap,
			least_deposit: amounts.least_deposit,
			least_withdrawal: amounts.least_withdrawal,
			withdrawal_fee: amounts.withdrawal_fee,
			queue_days: 3,
			max_open: 1_000,
			faucet_per_day: amounts.one.saturating_mul(100),
		}
	};
	let members = u32::try_from(custodians.len()).unwrap_or(u32::MAX);
	GatewayConfig {
		gates: alloc::vec![
			(Priced::Stable, gate(stable)),
			(Priced::Coin(0), gate(bitcoin)),
			(Priced::Coin(1), gate(bitcoin_cash)),
			(Priced::Coin(2), gate(filecoin)),
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
