//! The DMEX runtime: composition only.
//!
//! | file | what it holds |
//! |---|---|
//! | `configs/` | one file a topic: how each pallet is wired and why |
//! | `filter.rs` | which calls users may make, in normal times, in safe mode and paused |
//! | `stand_ins.rs` | answers of parts that are not there yet, allowed on test networks only |
//! | `apis.rs` | the runtime API, `DmexApi` included |
//! | `genesis.rs` | presets `development`, `local` and `staging` |
#![cfg_attr(not(feature = "std"), no_std)]
#![recursion_limit = "512"]

#[cfg(feature = "std")]
include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));

extern crate alloc;

mod apis;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarks;
pub mod configs;
pub mod filter;
pub mod genesis;
pub mod stand_ins;
pub mod transactions;
mod views;
mod weights;

#[cfg(test)]
mod tests;

#[cfg(feature = "std")]
pub use apis::RuntimeApi;
pub use dmex_primitives::{
	AccountId, Balance, BlockNumber, Hash, Nonce, Signature, DMEX, EXISTENTIAL_DEPOSIT,
	SLOT_DURATION,
};

use alloc::vec::Vec;
use sp_runtime::{generic, impl_opaque_keys, traits::BlakeTwo256, MultiAddress};
use sp_version::RuntimeVersion;

/// Types that the node handles without knowing calls.
pub mod opaque {
	use super::*;
	pub use sp_runtime::OpaqueExtrinsic as UncheckedExtrinsic;

	/// Header of a block.
	pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
	/// A block whose transactions are bytes.
	pub type Block = generic::Block<Header, UncheckedExtrinsic>;
	/// How a block is named.
	pub type BlockId = generic::BlockId<Block>;
}

impl_opaque_keys! {
	/// Keys of a validator, in this order: authoring, finality, oracle.
	pub struct SessionKeys {
		/// Authors blocks.
		pub aura: Aura,
		/// Votes on finality.
		pub grandpa: Grandpa,
		/// Signs readings of pools, networks and prices.
		pub oracle: PoolOracle,
	}
}

/// Name and version of this runtime.
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: alloc::borrow::Cow::Borrowed("dmex"),
	impl_name: alloc::borrow::Cow::Borrowed("dmex-node"),
	authoring_version: 1,
	spec_version: 100,
	impl_version: 1,
	apis: apis::RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// Address of an account in a call.
pub type Address = MultiAddress<AccountId, ()>;
/// Header of a block.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;
/// A block.
pub type Block = generic::Block<Header, UncheckedExtrinsic>;
/// What a transaction carries besides its call. Final: a change breaks every signer.
pub type TxExtension = (
	frame_system::AuthorizeCall<Runtime>,
	frame_system::CheckNonZeroSender<Runtime>,
	frame_system::CheckSpecVersion<Runtime>,
	frame_system::CheckTxVersion<Runtime>,
	frame_system::CheckGenesis<Runtime>,
	frame_system::CheckEra<Runtime>,
	frame_system::CheckNonce<Runtime>,
	frame_system::CheckWeight<Runtime>,
	pallet_transaction_payment::ChargeTransactionPayment<Runtime>,
	frame_metadata_hash_extension::CheckMetadataHash<Runtime>,
	frame_system::WeightReclaim<Runtime>,
);
/// A transaction as it travels.
pub type UncheckedExtrinsic =
	generic::UncheckedExtrinsic<Address, RuntimeCall, Signature, TxExtension>;
/// What a signer signs.
pub type SignedPayload = generic::SignedPayload<RuntimeCall, TxExtension>;
/// Runs blocks.
pub type Executive = frame_executive::Executive<
	Runtime,
	Block,
	frame_system::ChainContext<Runtime>,
	Runtime,
	AllPalletsWithSystem,
>;

// Genesis is built in the order of declaration: balances before those who take from them,
// validators before the session that asks for them.
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
	pub struct Runtime;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Timestamp = pallet_timestamp;
	#[runtime::pallet_index(2)]
	pub type Periods = pallet_periods;

	#[runtime::pallet_index(5)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(6)]
	pub type TransactionPayment = pallet_transaction_payment;

	#[runtime::pallet_index(10)]
	pub type Authorship = pallet_authorship;
	#[runtime::pallet_index(11)]
	pub type Validators = pallet_validators;
	#[runtime::pallet_index(12)]
	pub type Session = pallet_session;
	#[runtime::pallet_index(13)]
	pub type Historical = pallet_session::historical;
	#[runtime::pallet_index(14)]
	pub type Aura = pallet_aura;
	#[runtime::pallet_index(15)]
	pub type Grandpa = pallet_grandpa;
	#[runtime::pallet_index(16)]
	pub type Offences = pallet_offences;

	#[runtime::pallet_index(20)]
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(21)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(22)]
	pub type AssetsFreezer = pallet_assets_freezer;
	#[runtime::pallet_index(23)]
	pub type PoolAssets = pallet_assets<Instance1>;
	#[runtime::pallet_index(24)]
	pub type AssetConversion = pallet_asset_conversion;
	#[runtime::pallet_index(25)]
	pub type Nfts = pallet_nfts;

	#[runtime::pallet_index(30)]
	pub type Preimage = pallet_preimage;
	#[runtime::pallet_index(31)]
	pub type Scheduler = pallet_scheduler;
	#[runtime::pallet_index(32)]
	pub type Democracy = pallet_democracy;
	#[runtime::pallet_index(33)]
	pub type Council = pallet_collective<Instance1>;
	#[runtime::pallet_index(34)]
	pub type TechnicalCommittee = pallet_collective<Instance2>;
	#[runtime::pallet_index(35)]
	pub type Elections = pallet_elections_phragmen;
	#[runtime::pallet_index(36)]
	pub type TechnicalMembership = pallet_membership<Instance1>;
	#[runtime::pallet_index(37)]
	pub type Treasury = pallet_treasury;
	#[runtime::pallet_index(38)]
	pub type Polls = pallet_polls;

	#[runtime::pallet_index(40)]
	pub type Utility = pallet_utility;
	#[runtime::pallet_index(41)]
	pub type Multisig = pallet_multisig;
	#[runtime::pallet_index(42)]
	pub type Proxy = pallet_proxy;
	#[runtime::pallet_index(43)]
	pub type Identity = pallet_identity;

	#[runtime::pallet_index(50)]
	pub type SafeMode = pallet_safe_mode;
	#[runtime::pallet_index(51)]
	pub type TxPause = pallet_tx_pause;
	#[runtime::pallet_index(52)]
	pub type MultiBlockMigrations = pallet_migrations;

	#[runtime::pallet_index(60)]
	pub type Coins = pallet_coins;
	#[runtime::pallet_index(61)]
	pub type PoolOracle = pallet_pool_oracle;
	#[runtime::pallet_index(62)]
	pub type Titles = pallet_titles;
	#[runtime::pallet_index(63)]
	pub type Hashpower = pallet_hashpower;
	#[runtime::pallet_index(64)]
	pub type Income = pallet_income;
	#[runtime::pallet_index(65)]
	pub type Gateway = pallet_gateway;
	#[runtime::pallet_index(66)]
	pub type Market = pallet_market;
	#[runtime::pallet_index(67)]
	pub type PowerRewards = pallet_power_rewards;
	#[runtime::pallet_index(68)]
	pub type FeeChoice = pallet_fee_choice;

	#[runtime::pallet_index(255)]
	pub type Sudo = pallet_sudo;
}
