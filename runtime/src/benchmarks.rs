//! The pallets that carry benchmarks. Session, offences, historical, aura and authorship have none
//! that run without `pallet-staking`; they use the SDK's weights.

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
	[pallet_grandpa, Grandpa]
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

pub use crate::{AllPalletsWithSystem, Runtime};
pub use baseline::Pallet as BaselineBench;
pub use frame_benchmarking::{add_benchmark, baseline, list_benchmark};
pub use frame_support::traits::StorageInfoTrait;
pub use frame_system_benchmarking::{
	extensions::Pallet as SystemExtensionsBench, Pallet as SystemBench,
};

impl frame_system_benchmarking::Config for Runtime {}
impl baseline::Config for Runtime {}
