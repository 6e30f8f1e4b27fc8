//! The pallets that carry benchmarks. Those of GRANDPA measure something else than its weights ask
//! for; session, offences, historical, aura and authorship have none that run without
//! `pallet-staking`: they use the SDK's weights.
//! [`World`] makes the parts around one of ours answer as its benchmarks need.

use alloc::{format, vec::Vec};
use dmex_adapters::Adapter;
use dmex_primitives::{
	calendar::Calendar,
	facts::{DayFact, DayReading},
	AccountId, CoinId, Day, FarmId, LotId, Moment, PollId, PoolAccountId, Power,
};
use pallet_hashpower::types::{LotTerms, Payout, SaleModel};
use pallet_pool_oracle::{DayRecord, Source, Support};
use sp_core::H256;
use sp_runtime::{BoundedVec, Permill};

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
	[pallet_hashpower, Hashpower]
	[pallet_identity, Identity]
	[pallet_membership, TechnicalMembership]
	[pallet_migrations, MultiBlockMigrations]
	[pallet_multisig, Multisig]
	[pallet_nfts, Nfts]
	[pallet_periods, Periods]
	[pallet_polls, Polls]
	[pallet_pool_oracle, PoolOracle]
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

pub use crate::{AllPalletsWithSystem, Balances, Periods, Runtime, DMEX};
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

/// Days, facts, coins and polls as benchmarks ask for them, written past every vote.
pub struct World;

/// Coin and source that benchmarks sell power of.
const COIN: CoinId = 0;
const SOURCE: u32 = 0;

impl pallet_pool_oracle::benchmarking::BenchmarkHelper for World {
	fn set_time(now: Moment) {
		pallet_timestamp::Now::<Runtime>::put(now);
	}
}

impl pallet_hashpower::benchmarking::BenchmarkHelper<AccountId> for World {
	fn terms(farm: FarmId, nth: u32) -> LotTerms {
		let _ = Self::coins(1);
		if !pallet_pool_oracle::Sources::<Runtime>::contains_key(SOURCE) {
			let source = Source {
				adapter: Adapter::Braiins,
				base_url: None,
				registered_on: 0,
				genesis: true,
				open: true,
			};
			pallet_pool_oracle::Sources::<Runtime>::insert(SOURCE, source);
		}
		let today = Periods::today();
		LotTerms {
			farm,
			coin: COIN,
			model: BoundedVec::truncate_from(alloc::vec![b'm'; 64]),
			machines: 1,
			nanowatts_per_unit: 1,
			millicents_per_kwh: 1,
			source: SOURCE,
			account: BoundedVec::truncate_from(format!("account{nth}").into_bytes()),
			power: 1_000,
			first_day: today.saturating_add(1),
			last_day: today.saturating_add(365),
			fee: Permill::zero(),
			payout: Payout::Fpps,
			sale: SaleModel::Outright,
			shutdown_clause: false,
			vesting: None,
			evidence: H256::zero(),
		}
	}

	fn coins(count: u32) -> Vec<CoinId> {
		for id in 0..count {
			if !pallet_coins::Coins::<Runtime>::contains_key(id) {
				let coin = pallet_coins::bitcoin().with_asset(id.saturating_add(1));
				pallet_coins::Coins::<Runtime>::insert(id, coin);
			}
		}
		(0..count).collect()
	}

	fn measure(account: PoolAccountId, days: u32, power: Power) {
		let first = Periods::today();
		let fact = DayFact::Value(DayReading { power, paid: 1, payout: None });
		let support = Support { voters: 1, of: 1, spread: Permill::zero(), agreed_at: 0 };
		for offset in 0..days {
			let record = DayRecord { fact, attempt: 0, support };
			let day = first.saturating_add(offset);
			pallet_pool_oracle::DayFacts::<Runtime>::insert(day, account, record);
		}
		Self::pass_days(days);
	}

	fn decide(poll: PollId, passed: bool) {
		pallet_polls::OpenPolls::<Runtime>::mutate(poll, |open| {
			if let Some(open) = open {
				let (ayes, nays) = if passed { (1, 0) } else { (0, 1) };
				open.tally = pallet_polls::Tally { ayes, nays };
				open.quorum = 1;
				open.ends_at = 0;
			}
		});
	}

	fn make_ready(_: LotId, _: PoolAccountId) {
		pallet_periods::StandInsAllowed::<Runtime>::put(true);
	}

	fn pass_days(days: Day) {
		let day = Periods::today().saturating_add(days);
		pallet_timestamp::Now::<Runtime>::put(Periods::start_of(day));
	}
}
