//! `dmex_oracleStatus`: how this node's oracle worker fares. A fact of the node, not of the chain.

use super::runtime_error;
use crate::{oracle::status::StatusReader, service::FullClient};
use dmex_primitives::{Round, SourceId};
use dmex_runtime_api::{DmexApi as _, SourceView};
use jsonrpsee::{core::RpcResult, proc_macros::rpc};
use pallet_pool_oracle::worker::status::{SourceStatus, WorkerStatus};
use serde::Serialize;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// Facts of this node.
#[rpc(server)]
pub trait OracleApi {
	/// The worker: newest round, rounds voted, requests. Per source: last success, last error and
	/// its reason, latency, questions answered and not.
	#[method(name = "dmex_oracleStatus")]
	fn status(&self) -> RpcResult<OracleStatus>;
}

/// How the worker fares. Times are of the node's own clock, Unix milliseconds.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OracleStatus {
	/// The worker as a whole; `null` if it never ran.
	worker: Option<WorkerLine>,
	/// Every registered source.
	sources: Vec<SourceLine>,
}

/// The worker as a whole, since the node's database was made.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct WorkerLine {
	last_round: Round,
	rounds_voted: u64,
	votes_sent: u64,
	requests: u64,
	last_run_ms: u64,
}

/// A source as this node sees it.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct SourceLine {
	id: SourceId,
	name: String,
	last_success: Option<u64>,
	last_error: Option<ErrorLine>,
	/// Milliseconds that the newest reply took.
	latency_ms: Option<u32>,
	successes: u64,
	faults: u64,
}

/// Why a source was not read.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorLine {
	at: u64,
	reason: String,
}

/// Answers [`OracleApi`] from the worker's local storage.
pub struct Oracle {
	client: Arc<FullClient>,
	status: StatusReader,
}

impl Oracle {
	/// Reads sources through `client` and what the worker wrote through `status`.
	pub fn new(client: Arc<FullClient>, status: StatusReader) -> Self {
		Self { client, status }
	}
}

impl OracleApiServer for Oracle {
	fn status(&self) -> RpcResult<OracleStatus> {
		let best = self.client.info().best_hash;
		let sources = self.client.runtime_api().sources(best).map_err(runtime_error)?;
		let lines = sources.into_iter().map(|source| {
			let status = self.status.source(source.id);
			source_line(source, status)
		});
		Ok(OracleStatus { sources: lines.collect(), worker: self.status.worker().map(worker_line) })
	}
}

fn worker_line(status: WorkerStatus) -> WorkerLine {
	WorkerLine {
		last_round: status.last_round,
		rounds_voted: status.rounds_voted,
		votes_sent: status.votes_sent,
		requests: status.requests,
		last_run_ms: status.last_run_ms,
	}
}

fn source_line(source: SourceView, status: Option<SourceStatus>) -> SourceLine {
	let latency_ms = status.as_ref().map(|status| status.latency_ms);
	let status = status.unwrap_or_default();
	SourceLine {
		id: source.id,
		name: String::from_utf8_lossy(&source.name).into_owned(),
		last_success: status.last_success,
		last_error: status
			.last_error
			.map(|(at, fault)| ErrorLine { at, reason: format!("{fault:?}") }),
		latency_ms,
		successes: status.successes,
		faults: status.faults,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;

	fn source() -> SourceView {
		SourceView {
			id: 4,
			name: b"Ocean".to_vec(),
			adapter: b"ocean".to_vec(),
			url: vec![],
			coins: vec![0],
			open: true,
			probation_until: None,
		}
	}

	#[test]
	fn a_source_that_was_never_asked_has_no_times() {
		assert_eq!(
			serde_json::to_value(source_line(source(), None)).unwrap(),
			json!({
				"id": 4,
				"name": "Ocean",
				"lastSuccess": null,
				"lastError": null,
				"latencyMs": null,
				"successes": 0,
				"faults": 0,
			})
		);
	}

	#[test]
	fn the_reason_of_the_last_error_is_named() {
		let status = SourceStatus {
			last_success: Some(5),
			last_error: Some((9, dmex_adapters::Fault::NoToken)),
			latency_ms: 12,
			successes: 1,
			faults: 2,
		};
		let line = serde_json::to_value(source_line(source(), Some(status))).unwrap();
		assert_eq!(line["lastError"], json!({ "at": 9, "reason": "NoToken" }));
		assert_eq!(line["latencyMs"], json!(12));
		assert_eq!(line["faults"], json!(2));
	}

	#[test]
	fn the_worker_is_written_in_camel_case() {
		let status = WorkerStatus {
			last_round: 3,
			rounds_voted: 2,
			votes_sent: 2,
			requests: 9,
			last_run_ms: 8,
		};
		assert_eq!(
			serde_json::to_value(worker_line(status)).unwrap(),
			json!({
				"lastRound": 3,
				"roundsVoted": 2,
				"votesSent": 2,
				"requests": 9,
				"lastRunMs": 8,
			})
		);
	}
}
