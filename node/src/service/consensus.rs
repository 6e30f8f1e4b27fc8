//! Aura builds blocks, GRANDPA finalises them.

use super::{FullBlockImport, FullClient, FullGrandpaLink, FullPool, FullSelectChain};
use dmex_runtime::opaque::Block;
use sc_consensus_aura::{ImportQueueParams, SlotProportion, StartAuraParams};
use sc_consensus_grandpa::{GrandpaParams, SharedVoterState, VotingRulesBuilder};
use sc_network::{
	config::Role, service::traits::NetworkService, types::ProtocolName, NotificationService,
};
use sc_network_sync::SyncingService;
use sc_service::{error::Error as ServiceError, TaskManager};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_consensus_aura::{
	inherents::InherentDataProvider as SlotInherent, sr25519::AuthorityPair as AuraPair,
	SlotDuration,
};
use sp_keystore::KeystorePtr;
use sp_timestamp::InherentDataProvider as TimestampInherent;
use std::{sync::Arc, time::Duration};
use substrate_prometheus_endpoint::Registry;

/// A justification is kept at least every so many blocks, for light clients and warp sync.
pub const JUSTIFICATION_PERIOD: u32 = 512;

/// A full block takes a third of a slot to build and another to import. Half a slot for building
/// leaves the rest for gossip and import before the next author starts.
const PROPOSING: f32 = 0.5;
/// Ceiling also after skipped slots, where Aura would otherwise grant more and more time.
const PROPOSING_AT_MOST: f32 = 0.6;

/// What block building needs.
pub struct Authoring {
	pub client: Arc<FullClient>,
	pub select_chain: FullSelectChain,
	pub block_import: FullBlockImport,
	pub pool: Arc<FullPool>,
	pub sync_service: Arc<SyncingService<Block>>,
	pub keystore: KeystorePtr,
	pub force_authoring: bool,
	pub prometheus_registry: Option<Registry>,
	pub telemetry: Option<TelemetryHandle>,
}

/// Checks blocks that arrive from the network or from a file.
pub fn import_queue(
	client: Arc<FullClient>,
	block_import: FullBlockImport,
	task_manager: &TaskManager,
	registry: Option<&Registry>,
	telemetry: Option<TelemetryHandle>,
) -> Result<sc_consensus::DefaultImportQueue<Block>, ServiceError> {
	let slots = client.clone();
	Ok(sc_consensus_aura::import_queue::<AuraPair, _, _, _, _, _>(ImportQueueParams {
		justification_import: Some(Box::new(block_import.clone())),
		block_import,
		client,
		create_inherent_data_providers: move |parent, ()| {
			let slots = slots.clone();
			async move {
				let duration = sc_consensus_aura::standalone::slot_duration_at(&*slots, parent)?;
				Ok(inherents_now(duration))
			}
		},
		spawner: &task_manager.spawn_essential_handle(),
		registry,
		check_for_equivocation: Default::default(),
		telemetry,
		compatibility_mode: Default::default(),
	})?)
}

fn inherents_now(duration: SlotDuration) -> (SlotInherent, TimestampInherent) {
	let timestamp = TimestampInherent::from_system_time();
	(SlotInherent::from_timestamp_and_slot_duration(*timestamp, duration), timestamp)
}

/// Builds blocks in the slots of this node's Aura keys.
pub fn spawn_aura(from: Authoring, task_manager: &TaskManager) -> Result<(), ServiceError> {
	let proposer_factory = sc_basic_authorship::ProposerFactory::new(
		task_manager.spawn_handle(),
		from.client.clone(),
		from.pool,
		from.prometheus_registry.as_ref(),
		from.telemetry.clone(),
	);
	let slot_duration = sc_consensus_aura::slot_duration(&*from.client)?;
	let backoff_authoring_blocks: Option<()> = None;
	let aura =
		sc_consensus_aura::start_aura::<AuraPair, _, _, _, _, _, _, _, _, _, _>(StartAuraParams {
			slot_duration,
			client: from.client,
			select_chain: from.select_chain,
			block_import: from.block_import,
			proposer_factory,
			create_inherent_data_providers: move |_, ()| async move { Ok(inherents_now(slot_duration)) },
			force_authoring: from.force_authoring,
			backoff_authoring_blocks,
			keystore: from.keystore,
			sync_oracle: from.sync_service.clone(),
			justification_sync_link: from.sync_service,
			block_proposal_slot_portion: SlotProportion::new(PROPOSING),
			max_block_proposal_slot_portion: Some(SlotProportion::new(PROPOSING_AT_MOST)),
			telemetry: from.telemetry,
			compatibility_mode: Default::default(),
		})?;
	// A validator that cannot author is better down than silent.
	task_manager.spawn_essential_handle().spawn_blocking("aura", Some("block-authoring"), aura);
	Ok(())
}

/// What finality needs.
pub struct Finality {
	pub name: String,
	pub role: Role,
	pub keystore: KeystorePtr,
	pub protocol_name: ProtocolName,
	pub link: FullGrandpaLink,
	pub network: Arc<dyn NetworkService>,
	pub sync_service: Arc<SyncingService<Block>>,
	pub notification_service: Box<dyn NotificationService>,
	pub shared_voter_state: SharedVoterState,
	pub pool: Arc<FullPool>,
	pub prometheus_registry: Option<Registry>,
	pub telemetry: Option<TelemetryHandle>,
}

/// Votes on blocks if this node is a validator, and follows the votes of the others.
pub fn spawn_grandpa(from: Finality, task_manager: &TaskManager) -> Result<(), ServiceError> {
	let config = sc_consensus_grandpa::Config {
		gossip_duration: Duration::from_millis(333),
		justification_generation_period: JUSTIFICATION_PERIOD,
		name: Some(from.name),
		observer_enabled: false,
		// Who does not vote needs no keys.
		keystore: from.role.is_authority().then_some(from.keystore),
		local_role: from.role,
		telemetry: from.telemetry.clone(),
		protocol_name: from.protocol_name,
	};
	let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
		config,
		link: from.link,
		network: from.network,
		sync: from.sync_service,
		notification_service: from.notification_service,
		voting_rule: VotingRulesBuilder::default().build(),
		prometheus_registry: from.prometheus_registry,
		shared_voter_state: from.shared_voter_state,
		telemetry: from.telemetry,
		offchain_tx_pool_factory: OffchainTransactionPoolFactory::new(from.pool),
	})?;
	task_manager.spawn_essential_handle().spawn_blocking("grandpa-voter", None, voter);
	Ok(())
}
