//! The node's JSON-RPC beside what every Substrate node offers.

mod dmex;
mod oracle;

use crate::{oracle::status::StatusReader, service::FullClient};
use dmex::{Dmex, DmexApiServer};
use dmex_runtime::{opaque::Block, BlockNumber, Hash};
use jsonrpsee::RpcModule;
use oracle::{Oracle, OracleApiServer};
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_client_api::Backend;
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_consensus_manual_seal::rpc::{EngineCommand, ManualSeal, ManualSealApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_transaction_pool_api::TransactionPool;
use std::sync::Arc;
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What GRANDPA's RPC answers from.
pub struct GrandpaDeps<B> {
	/// State of the voter's rounds.
	pub shared_voter_state: SharedVoterState,
	/// Present set of authorities.
	pub shared_authority_set: SharedAuthoritySet<Hash, BlockNumber>,
	/// New justifications.
	pub justification_stream: GrandpaJustificationStream<Block>,
	/// Proofs of old ones.
	pub finality_provider: Arc<FinalityProofProvider<B, Block>>,
}

/// What the RPC answers from.
pub struct Deps<P, B> {
	/// The client.
	pub client: Arc<FullClient>,
	/// The transaction pool.
	pub pool: Arc<P>,
	/// Finality; `None` where blocks are sealed without GRANDPA.
	pub grandpa: Option<GrandpaDeps<B>>,
	/// Commands to build blocks; `None` where Aura builds them.
	pub sealing: Option<futures::channel::mpsc::Sender<EngineCommand<Hash>>>,
	/// How the oracle's worker fares.
	pub oracle: StatusReader,
}

/// All methods of this node's own.
pub fn create<P, B>(
	deps: Deps<P, B>,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, jsonrpsee::core::RegisterMethodError>
where
	P: TransactionPool<Block = Block> + 'static,
	B: Backend<Block> + 'static,
{
	let Deps { client, pool, grandpa, sealing, oracle } = deps;
	let mut module = RpcModule::new(());
	module.merge(System::new(client.clone(), pool).into_rpc())?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module.merge(Dmex::new(client.clone()).into_rpc())?;
	module.merge(Oracle::new(client, oracle).into_rpc())?;
	if let Some(deps) = grandpa {
		let grandpa = Grandpa::new(
			executor,
			deps.shared_authority_set,
			deps.shared_voter_state,
			deps.justification_stream,
			deps.finality_provider,
		);
		module.merge(grandpa.into_rpc())?;
	}
	if let Some(commands) = sealing {
		module.merge(ManualSeal::new(commands).into_rpc())?;
	}
	Ok(module)
}

/// The runtime could not answer.
fn runtime_error(error: impl std::fmt::Display) -> jsonrpsee::types::ErrorObjectOwned {
	jsonrpsee::types::ErrorObject::owned(
		jsonrpsee::types::error::CALL_EXECUTION_FAILED_CODE,
		format!("the runtime did not answer: {error}"),
		None::<()>,
	)
}
