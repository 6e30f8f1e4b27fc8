//! The running node, put together from its parts.

mod consensus;
mod offchain;
mod sealing;

pub use offchain::WorkerStorage;

use crate::{
	cli::Sealing,
	oracle::{
		metrics::Metrics,
		status::{StatusMirror, StatusReader},
		storage::OracleStorage,
		tokens::Tokens,
	},
	rpc,
};
use consensus::{Authoring, Finality};
use dmex_runtime::{opaque::Block, Hash, RuntimeApi};
use sc_client_api::{Backend, HeaderBackend};
use sc_consensus_grandpa::{FinalityProofProvider, GrandpaBlockImport, LinkHalf, SharedVoterState};
use sc_network::{config::FullNetworkConfiguration, service::traits::NetworkBackend};
use sc_service::{error::Error as ServiceError, Configuration, TaskManager, WarpSyncConfig};
use sc_telemetry::{Telemetry, TelemetryWorker};
use std::sync::Arc;

type HostFunctions = sp_io::SubstrateHostFunctions;
type Network = sc_network::Litep2pNetworkBackend;

/// The client: database, executor and runtime APIs.
pub type FullClient =
	sc_service::TFullClient<Block, RuntimeApi, sc_executor::WasmExecutor<HostFunctions>>;
type FullBackend = sc_service::TFullBackend<Block>;
type FullSelectChain = sc_consensus::LongestChain<FullBackend, Block>;
type FullBlockImport = GrandpaBlockImport<FullBackend, Block, FullClient, FullSelectChain>;
type FullGrandpaLink = LinkHalf<Block, FullClient, FullSelectChain>;
type FullPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;

/// What commands share with the running node.
pub type PartialComponents = sc_service::PartialComponents<
	FullClient,
	FullBackend,
	FullSelectChain,
	sc_consensus::DefaultImportQueue<Block>,
	FullPool,
	(FullBlockImport, FullGrandpaLink, Option<Telemetry>),
>;

/// What the command line adds to the standard configuration.
pub struct Options {
	/// Build blocks without Aura and GRANDPA.
	pub sealing: Option<Sealing>,
	/// The oracle's API tokens.
	pub tokens: Arc<Tokens>,
}

/// Client, pool and import queue: everything but network, consensus and RPC.
pub fn new_partial(config: &Configuration) -> Result<PartialComponents, ServiceError> {
	let telemetry = config
		.telemetry_endpoints
		.clone()
		.filter(|endpoints| !endpoints.is_empty())
		.map(|endpoints| -> Result<_, sc_telemetry::Error> {
			let worker = TelemetryWorker::new(16)?;
			let telemetry = worker.handle().new_telemetry(endpoints);
			Ok((worker, telemetry))
		})
		.transpose()?;

	let executor = sc_service::new_wasm_executor::<HostFunctions>(&config.executor);
	let (client, backend, keystore_container, task_manager) =
		sc_service::new_full_parts::<Block, RuntimeApi, _>(
			config,
			telemetry.as_ref().map(|(_, telemetry)| telemetry.handle()),
			executor,
			Default::default(),
		)?;
	let client = Arc::new(client);

	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let select_chain = sc_consensus::LongestChain::new(backend.clone());
	let transaction_pool = Arc::from(
		sc_transaction_pool::Builder::new(
			task_manager.spawn_essential_handle(),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);

	let (block_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		consensus::JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.as_ref().map(Telemetry::handle),
	)?;
	let import_queue = consensus::import_queue(
		client.clone(),
		block_import.clone(),
		&task_manager,
		config.prometheus_registry(),
		telemetry.as_ref().map(Telemetry::handle),
	)?;

	Ok(PartialComponents {
		client,
		backend,
		task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (block_import, grandpa_link, telemetry),
	})
}

/// Starts the node.
pub fn new_full(config: Configuration, options: Options) -> Result<TaskManager, ServiceError> {
	let PartialComponents {
		client,
		backend,
		mut task_manager,
		import_queue,
		keystore_container,
		select_chain,
		transaction_pool,
		other: (block_import, grandpa_link, mut telemetry),
	} = new_partial(&config)?;

	let mut net_config = FullNetworkConfiguration::<Block, Hash, Network>::new(
		&config.network,
		config.prometheus_registry().cloned(),
	);
	let metrics = <Network as NetworkBackend<Block, Hash>>::register_notification_metrics(
		config.prometheus_registry(),
	);
	let grandpa_protocol_name = sc_consensus_grandpa::protocol_standard_name(
		&client.info().genesis_hash,
		&config.chain_spec,
	);
	let (grandpa_protocol_config, grandpa_notification_service) =
		sc_consensus_grandpa::grandpa_peers_set_config::<Block, Network>(
			grandpa_protocol_name.clone(),
			metrics.clone(),
			net_config.peer_store_handle(),
		);
	net_config.add_notification_protocol(grandpa_protocol_config);

	let warp_sync = Arc::new(sc_consensus_grandpa::warp_proof::NetworkProvider::new(
		backend.clone(),
		grandpa_link.shared_authority_set().clone(),
		Vec::new(),
	));
	let (network, system_rpc_tx, tx_handler_controller, sync_service, _bitswap) =
		sc_service::build_network(sc_service::BuildNetworkParams {
			config: &config,
			net_config,
			client: client.clone(),
			transaction_pool: transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(WarpSyncConfig::WithProvider(warp_sync)),
			block_relay: None,
			metrics,
			gap_sync_body_policy: None,
		})?;

	let prometheus_registry = config.prometheus_registry().cloned();
	let oracle_metrics = prometheus_registry.as_ref().map(Metrics::register).transpose()?;
	let oracle_storage = backend.offchain_storage().map(|storage| {
		let mirror = Arc::new(StatusMirror::new(oracle_metrics));
		OracleStorage::new(storage, options.tokens.clone(), mirror)
	});
	if config.offchain_worker.enabled {
		offchain::spawn(offchain::Params {
			client: client.clone(),
			pool: transaction_pool.clone(),
			network: network.clone(),
			keystore: keystore_container.keystore(),
			storage: oracle_storage.clone(),
			tokens: options.tokens.clone(),
			is_authority: config.role.is_authority(),
			task_manager: &task_manager,
		})?;
	}

	let shared_voter_state = SharedVoterState::empty();
	let (sealing_commands, sealing_requests) = options.sealing.map(|_| sealing::channel()).unzip();
	let rpc_builder = {
		let client = client.clone();
		let pool = transaction_pool.clone();
		let shared_voter_state = shared_voter_state.clone();
		let shared_authority_set = grandpa_link.shared_authority_set().clone();
		let justification_stream = grandpa_link.justification_stream();
		let finality_provider = FinalityProofProvider::new_for_service(
			backend.clone(),
			Some(shared_authority_set.clone()),
		);
		let oracle = StatusReader::new(oracle_storage);
		let sealed = options.sealing.is_some();
		Box::new(move |executor| {
			let deps = rpc::Deps {
				client: client.clone(),
				pool: pool.clone(),
				grandpa: (!sealed).then(|| rpc::GrandpaDeps {
					shared_voter_state: shared_voter_state.clone(),
					shared_authority_set: shared_authority_set.clone(),
					justification_stream: justification_stream.clone(),
					finality_provider: finality_provider.clone(),
				}),
				sealing: sealing_commands.clone(),
				oracle: oracle.clone(),
			};
			rpc::create(deps, executor).map_err(|error| ServiceError::Application(error.into()))
		})
	};

	let role = config.role;
	let node_name = config.network.node_name.clone();
	let force_authoring = config.force_authoring;
	let runs_grandpa = !config.disable_grandpa && options.sealing.is_none();
	let _rpc_handlers = sc_service::spawn_tasks(sc_service::SpawnTasksParams {
		network: network.clone(),
		client: client.clone(),
		keystore: keystore_container.keystore(),
		task_manager: &mut task_manager,
		transaction_pool: transaction_pool.clone(),
		rpc_builder,
		backend,
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync_service.clone(),
		config,
		telemetry: telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	let authoring = Authoring {
		client,
		select_chain,
		block_import,
		pool: transaction_pool.clone(),
		sync_service: sync_service.clone(),
		keystore: keystore_container.keystore(),
		force_authoring,
		prometheus_registry: prometheus_registry.clone(),
		telemetry: telemetry.as_ref().map(Telemetry::handle),
	};
	match options.sealing.zip(sealing_requests) {
		Some((sealing, requests)) => sealing::spawn(authoring, sealing, requests, &task_manager)?,
		None if role.is_authority() => consensus::spawn_aura(authoring, &task_manager)?,
		None => (),
	}
	if runs_grandpa {
		let finality = Finality {
			name: node_name,
			role,
			keystore: keystore_container.keystore(),
			protocol_name: grandpa_protocol_name,
			link: grandpa_link,
			network,
			sync_service,
			notification_service: grandpa_notification_service,
			shared_voter_state,
			pool: transaction_pool,
			prometheus_registry,
			telemetry: telemetry.as_ref().map(Telemetry::handle),
		};
		consensus::spawn_grandpa(finality, &task_manager)?;
	}

	Ok(task_manager)
}
