//! The pallets that carry benchmarks. Those of GRANDPA measure something else than its weights ask
//! for; session, offences, historical, aura and authorship have none that run without
//! `pallet-staking`: they use the SDK's weights.
//! [`World`] makes the parts around one of ours answer as its benchmarks need.

// Nothing here runs on a network, and a benchmark that cannot be prepared has to stop.
#![allow(clippy::unwrap_used)]

mod fees;
mod gateway;
mod income;
mod lots;
mod market;
mod rewards;
mod titles;

use dmex_primitives::AccountId;

frame_benchmarking::define_benchmarks!(
	[frame_benchmarking, BaselineBench::<Runtime>]
	[frame_system, SystemBench::<Runtime>]
	[frame_system_extensions, SystemExtensionsBench::<Runtime>]
	[pallet_asset_conversion, AssetConversion]
	[pallet_assets, Assets]
	[pallet_balances, Balances]
	[pallet_coins, Coins]
	[pallet_collective, Council]
	[pallet_democracy, Democracy]
	[pallet_elections_phragmen, Elections]
	[pallet_fee_choice, FeeChoice]
	[pallet_gateway, Gateway]
	[pallet_hashpower, Hashpower]
	[pallet_identity, Identity]
	[pallet_income, Income]
	[pallet_market, Market]
	[pallet_membership, TechnicalMembership]
	[pallet_migrations, MultiBlockMigrations]
	[pallet_multisig, Multisig]
	[pallet_nfts, Nfts]
	[pallet_periods, Periods]
	[pallet_polls, Polls]
	[pallet_pool_oracle, PoolOracle]
	[pallet_power_rewards, PowerRewards]
	[pallet_preimage, Preimage]
	[pallet_proxy, Proxy]
	[pallet_safe_mode, SafeMode]
	[pallet_scheduler, Scheduler]
	[pallet_sudo, Sudo]
	[pallet_timestamp, Timestamp]
	[pallet_titles, Titles]
	[pallet_transaction_payment, TransactionPayment]
	[pallet_treasury, Treasury]
	[pallet_tx_pause, TxPause]
	[pallet_utility, Utility]
	[pallet_validators, Validators]
);

pub use crate::{AllPalletsWithSystem, Balances, Runtime, DMEX};
pub use baseline::Pallet as BaselineBench;
pub use frame_benchmarking::baseline;
use frame_support::traits::fungible::Mutate;
pub use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
};

impl frame_system_benchmarking::Config for Runtime {}
impl baseline::Config for Runtime {}
impl pallet_transaction_payment::BenchmarkConfig for Runtime {}

/// Spends of the treasury to an account that exists: what the benchmarks spend is less than an
/// account's least balance.
pub struct Spends;

impl pallet_treasury::ArgumentsFactory<(), AccountId> for Spends {
	fn create_asset_kind(_: u32) {}
	fn create_beneficiary(seed: [u8; 32]) -> AccountId {
		let beneficiary = AccountId::from(seed);
		for who in [beneficiary.clone(), crate::configs::governance::TreasuryAccount::get()] {
			let _ = Balances::mint_into(&who, DMEX);
		}
		beneficiary
	}
}

/// Days, facts, coins, polls, lots and pools as benchmarks ask for them, written past every vote.
pub struct World;

/// What every account of [`World`] has, in DMEX and in what it is asked to pay with.
const PLENTY: dmex_primitives::Balance = 1_000_000_000_000_000_000;
