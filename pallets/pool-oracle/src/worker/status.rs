//! What the node shows of the worker. The node mirrors writes to these keys into its RPC and its
//! metrics.

use alloc::{collections::BTreeMap, format, vec::Vec};
use codec::{Decode, Encode};
use dmex_adapters::Fault;
use dmex_primitives::{Round, SourceId};
use sp_io::offchain::timestamp;
use sp_runtime::offchain::storage::StorageValueRef;

/// First bytes of all keys of status.
pub const PREFIX: &[u8] = b"dmex/status/";
/// Key of [`WorkerStatus`].
pub const WORKER_KEY: &[u8] = b"dmex/status/worker";

/// Key of the [`SourceStatus`] of a source.
pub fn source_key(source: SourceId) -> Vec<u8> {
	format!("dmex/status/source/{source}").into_bytes()
}

/// How a source has answered this node. Times are of the node's own clock, unix milliseconds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct SourceStatus {
	/// When it last answered a question to its end.
	pub last_success: Option<u64>,
	/// When and why it last did not.
	pub last_error: Option<(u64, Fault)>,
	/// Milliseconds that its newest reply took.
	pub latency_ms: u32,
	/// Questions answered since the node's database was made.
	pub successes: u64,
	/// Questions not answered.
	pub faults: u64,
}

/// What the worker has done since the node's database was made.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub struct WorkerStatus {
	/// Newest round that it ran in.
	pub last_round: Round,
	/// Rounds that it has voted in.
	pub rounds_voted: u64,
	/// Votes handed to the pool for the first time.
	pub votes_sent: u64,
	/// Requests sent to services.
	pub requests: u64,
	/// Milliseconds that the last run took.
	pub last_run_ms: u64,
}

/// What a run adds.
#[derive(Default)]
pub(crate) struct Changes {
	sources: BTreeMap<SourceId, Uses>,
	pub requests: u64,
	pub votes_sent: u64,
	pub voted_in_new_round: bool,
}

#[derive(Default)]
struct Uses {
	latency_ms: Option<u32>,
	successes: u64,
	faults: u64,
	last_fault: Option<Fault>,
}

impl Changes {
	pub fn replied(&mut self, source: SourceId, latency_ms: u64) {
		let latency = u32::try_from(latency_ms).unwrap_or(u32::MAX);
		self.sources.entry(source).or_default().latency_ms = Some(latency);
	}

	pub fn succeeded(&mut self, source: SourceId) {
		let uses = self.sources.entry(source).or_default();
		uses.successes = uses.successes.saturating_add(1);
	}

	pub fn failed(&mut self, source: SourceId, fault: Fault) {
		let uses = self.sources.entry(source).or_default();
		uses.faults = uses.faults.saturating_add(1);
		uses.last_fault = Some(fault);
	}

	/// Adds the run to what is stored. Only runs under the lock come here.
	pub fn write(self, round: Round, run_ms: u64) {
		let now = timestamp().unix_millis();
		for (source, uses) in self.sources {
			let key = source_key(source);
			let stored = StorageValueRef::persistent(&key);
			let mut status: SourceStatus = stored.get().ok().flatten().unwrap_or_default();
			status.latency_ms = uses.latency_ms.unwrap_or(status.latency_ms);
			status.successes = status.successes.saturating_add(uses.successes);
			status.faults = status.faults.saturating_add(uses.faults);
			if uses.successes > 0 {
				status.last_success = Some(now);
			}
			if let Some(fault) = uses.last_fault {
				status.last_error = Some((now, fault));
			}
			stored.set(&status);
		}
		let stored = StorageValueRef::persistent(WORKER_KEY);
		let mut status: WorkerStatus = stored.get().ok().flatten().unwrap_or_default();
		status.last_round = round;
		status.rounds_voted =
			status.rounds_voted.saturating_add(u64::from(self.voted_in_new_round));
		status.votes_sent = status.votes_sent.saturating_add(self.votes_sent);
		status.requests = status.requests.saturating_add(self.requests);
		status.last_run_ms = run_ms;
		stored.set(&status);
	}
}
