//! Off-chain workers: the oracle's reads and votes.

use super::{FullBackend, FullClient, FullPool};
use crate::oracle::{storage::OracleStorage, tokens::Tokens};
use dmex_runtime::{opaque::Block, Hash};
use dmex_runtime_api::DmexApi;
use futures::{FutureExt, StreamExt};
use sc_client_api::{Backend, BlockchainEvents, HeaderBackend};
use sc_network::service::traits::NetworkService;
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{error::Error as ServiceError, TaskManager};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_api::ProvideRuntimeApi;
use sp_keystore::KeystorePtr;
use std::sync::Arc;

/// Local storage of workers as they see it.
pub type WorkerStorage = OracleStorage<<FullBackend as Backend<Block>>::OffchainStorage>;

/// What off-chain workers need.
pub struct Params<'a> {
	pub client: Arc<FullClient>,
	pub pool: Arc<FullPool>,
	pub network: Arc<dyn NetworkService>,
	pub keystore: KeystorePtr,
	pub storage: Option<WorkerStorage>,
	pub tokens: Arc<Tokens>,
	pub is_authority: bool,
	pub task_manager: &'a TaskManager,
}

/// Runs the workers on every new best block, and keeps the tokens that are posted for this node
/// opened.
pub fn spawn(params: Params<'_>) -> Result<(), ServiceError> {
	let Params { client, pool, network, keystore, storage, tokens, is_authority, task_manager } =
		params;
	let workers = OffchainWorkers::new(OffchainWorkerOptions {
		runtime_api_provider: client.clone(),
		is_validator: is_authority,
		keystore: Some(keystore),
		offchain_db: storage,
		transaction_pool: Some(OffchainTransactionPoolFactory::new(pool)),
		network_provider: Arc::new(network),
		enable_http_requests: true,
		custom_extensions: |_| vec![],
	})?;
	let spawner = task_manager.spawn_handle();
	spawner.spawn(
		"offchain-workers-runner",
		Some("offchain-worker"),
		workers.run(client.clone(), spawner.clone()).boxed(),
	);
	if let Some(key) = tokens.public_key() {
		log::info!(
			target: "oracle",
			"API tokens may be sealed to 0x{}, if the validator has published this key",
			hex::encode(key.as_bytes()),
		);
		spawner.spawn_blocking(
			"oracle-sealed-tokens",
			Some("offchain-worker"),
			keep_tokens_opened(client, tokens, *key.as_bytes()),
		);
	}
	Ok(())
}

async fn keep_tokens_opened(client: Arc<FullClient>, tokens: Arc<Tokens>, key: [u8; 32]) {
	let mut imports = client.import_notification_stream();
	open_tokens_at(&client, client.info().best_hash, &tokens, key);
	while let Some(imported) = imports.next().await {
		if imported.is_new_best {
			open_tokens_at(&client, imported.hash, &tokens, key);
		}
	}
}

fn open_tokens_at(client: &FullClient, block: Hash, tokens: &Tokens, key: [u8; 32]) {
	match client.runtime_api().sealed_tokens(block, key) {
		Ok(boxes) => tokens.update_sealed(boxes),
		Err(error) => log::debug!(target: "oracle", "No sealed tokens at {block:?}: {error}"),
	}
}
