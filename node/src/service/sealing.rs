//! Blocks without Aura and GRANDPA, for tests on the development chain: at each transaction, on
//! request, or at an interval. Each block is final at once.
//!
//! A block carries the present moment or, where blocks come faster than slots, one slot more than
//! its parent: chain time never stands still and never runs back.

use super::{consensus::Authoring, FullClient, FullPool};
use crate::cli::Sealing;
use dmex_runtime::{opaque::Block, Hash};
use futures::{channel::mpsc, future, stream, Stream, StreamExt};
use sc_consensus_manual_seal::{
	consensus::aura::AuraConsensusDataProvider, rpc::EngineCommand, run_manual_seal,
	ManualSealParams,
};
use sc_service::{error::Error as ServiceError, TaskManager};
use sc_transaction_pool_api::TransactionPool;
use sp_consensus_aura::sr25519::AuthoritySignature;
use sp_timestamp::{InherentDataProvider as TimestampInherent, Timestamp};
use std::{pin::Pin, sync::Arc, time::Duration};

type Commands = Pin<Box<dyn Stream<Item = EngineCommand<Hash>> + Send>>;
type InherentError = Box<dyn std::error::Error + Send + Sync>;

/// Transactions that arrive together go into one block.
const TOGETHER: usize = 1_024;
/// Requests that may wait; more make the RPC wait.
const WAITING: usize = 1_000;

/// The two ends between `engine_createBlock` and the author.
pub fn channel() -> (mpsc::Sender<EngineCommand<Hash>>, mpsc::Receiver<EngineCommand<Hash>>) {
	mpsc::channel(WAITING)
}

/// Builds blocks as `sealing` says, and on request.
pub fn spawn(
	from: Authoring,
	sealing: Sealing,
	requests: mpsc::Receiver<EngineCommand<Hash>>,
	task_manager: &TaskManager,
) -> Result<(), ServiceError> {
	let env = sc_basic_authorship::ProposerFactory::new(
		task_manager.spawn_handle(),
		from.client.clone(),
		from.pool.clone(),
		from.prometheus_registry.as_ref(),
		from.telemetry,
	);
	let slot_duration = sc_consensus_aura::slot_duration(&*from.client)?;
	let slot = slot_duration.as_millis();
	let parents = from.client.clone();
	let author = run_manual_seal(ManualSealParams {
		block_import: from.client.clone(),
		env,
		client: from.client,
		commands_stream: commands(sealing, requests, from.pool.clone()),
		pool: from.pool,
		select_chain: from.select_chain,
		consensus_data_provider: Some(Box::new(AuraConsensusDataProvider::new_with_slot_duration(
			slot_duration,
		))),
		create_inherent_data_providers: move |parent, ()| {
			let parents = parents.clone();
			async move {
				let now = Timestamp::current().as_millis();
				let moment = next_moment(now, slot, slot_of(&parents, parent)?);
				Ok(TimestampInherent::new(Timestamp::new(moment)))
			}
		},
	});
	task_manager.spawn_essential_handle().spawn_blocking(
		"sealing",
		Some("block-authoring"),
		author,
	);
	Ok(())
}

fn commands(
	sealing: Sealing,
	requests: mpsc::Receiver<EngineCommand<Hash>>,
	pool: Arc<FullPool>,
) -> Commands {
	match sealing {
		Sealing::Manual => requests.boxed(),
		Sealing::Instant => {
			let arrivals = pool.import_notification_stream().ready_chunks(TOGETHER);
			// What arrived may already be in a block.
			let waiting = arrivals.filter(move |_| future::ready(pool.status().ready > 0));
			stream::select(requests, waiting.map(|_| seal(false))).boxed()
		},
		Sealing::Every(interval) => {
			stream::select(requests, ticks(interval).map(|()| seal(true))).boxed()
		},
	}
}

fn ticks(interval: Duration) -> impl Stream<Item = ()> + Send {
	stream::unfold((), move |()| async move {
		tokio::time::sleep(interval).await;
		Some(((), ()))
	})
}

fn seal(create_empty: bool) -> EngineCommand<Hash> {
	EngineCommand::SealNewBlock { create_empty, finalize: true, parent_hash: None, sender: None }
}

/// Slot of a block; zero for genesis.
fn slot_of(client: &FullClient, block: Hash) -> Result<u64, InherentError> {
	let header = client.header(block)?.ok_or("the parent block is unknown")?;
	let slot = sc_consensus_aura::find_pre_digest::<Block, AuthoritySignature>(&header)?;
	Ok(*slot)
}

/// First moment of the present slot, or of the slot after the parent's if that is later. Always the
/// first of a slot, so that two blocks are never closer than the least distance of timestamps.
fn next_moment(now: u64, slot: u64, parent: u64) -> u64 {
	let present = now.checked_div(slot).unwrap_or_default();
	present.max(parent.saturating_add(1)).saturating_mul(slot)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn chain_time_follows_the_clock_after_a_pause() {
		assert_eq!(next_moment(10_500, 3_000, 1), 9_000);
	}

	#[test]
	fn fast_blocks_are_a_slot_apart() {
		let mut parent = 3;
		for expected in [12_000, 15_000, 18_000] {
			let moment = next_moment(10_500, 3_000, parent);
			assert_eq!(moment, expected);
			parent = moment / 3_000;
		}
	}
}
