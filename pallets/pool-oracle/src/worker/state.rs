//! What a run leaves to the next: one value of local storage, so that it is written whole.

use super::{budget::Budget, job::Job};
use crate::types::{Period, SignedVote};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use dmex_adapters::Fault;
use dmex_primitives::{facts::Feed, Day, PoolAccountId, Round, SourceId};
use sp_core::offchain::StorageKind;
use sp_io::offchain::{local_storage_compare_and_set, local_storage_get, local_storage_set};

const KEY: &[u8] = b"dmex/worker/state";
/// Blocks that the chain may seem to go back before the state is taken for another chain's.
const MAX_REORG: u32 = 1_000;
/// Blocks after the first fault until the question is put again; doubles with each.
const FIRST_PAUSE: u32 = 2;
const MAX_DOUBLINGS: u32 = 5;

/// A question that a source is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) enum Task {
	/// One feed.
	Feed(Feed),
	/// All prices of a round.
	Quotes {
		/// The round.
		round: Round,
	},
}

impl Task {
	/// Whether it may still be answered with a vote.
	pub fn is_open(&self, round: Round, today: Day) -> bool {
		match self {
			Task::Quotes { round: own } => *own == round,
			Task::Feed(feed) => match Period::of(feed) {
				Period::Round(own) => own == round,
				Period::Day(own) => own == today,
			},
		}
	}
}

/// A task that a source has failed.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) struct Failure {
	pub task: Task,
	pub source: SourceId,
	pub times: u32,
	/// First block at which the source is asked again.
	pub until: u32,
}

/// Prices that a source has told in a round.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) struct Quotes {
	pub round: Round,
	pub source: SourceId,
	/// Symbol and price × 10¹².
	pub prices: Vec<(Vec<u8>, u128)>,
}

/// A vote that has been sent and is not seen on chain yet.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) struct Sent {
	pub signed: SignedVote,
	/// Block at which it was sent last.
	pub at: u32,
}

/// Everything that a run leaves behind.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub(crate) struct State {
	/// Newest block that a run was made for.
	pub block: u32,
	/// Account after which accounts are listed next.
	pub cursor: Option<PoolAccountId>,
	/// Questions between two stages.
	pub jobs: Vec<Job>,
	pub failures: Vec<Failure>,
	pub quotes: Vec<Quotes>,
	/// Tasks whose answer the chain knows already.
	pub settled: Vec<Task>,
	pub sent: Vec<Sent>,
	/// Periods that have decided readings.
	pub decided: Vec<Period>,
	pub budget: Budget,
	/// Newest round in which a vote was sent.
	pub voted_in: Option<Round>,
	/// Up to when a source is known to answer anybody, or not to; unix milliseconds.
	pub probes: Vec<(SourceId, u64, bool)>,
}

impl State {
	/// The state, once it is marked with `block`. `None` if a run for this or a newer block was
	/// made already, or another run marked it first: the mark is set only if nothing has changed
	/// since it was read.
	pub fn enter(block: u32) -> Option<Self> {
		let stored = local_storage_get(StorageKind::PERSISTENT, KEY);
		// What cannot be decoded is of another version: starting anew loses nothing that counts,
		// because decided readings are kept elsewhere.
		let mut state = stored
			.as_deref()
			.and_then(|mut bytes| State::decode(&mut bytes).ok())
			.unwrap_or_default();
		let newest = state.block;
		let is_run =
			newest >= block && newest.saturating_sub(block) < MAX_REORG && stored.is_some();
		if is_run {
			return None;
		}
		state.block = block;
		let marked = state.encode();
		local_storage_compare_and_set(StorageKind::PERSISTENT, KEY, stored, &marked)
			.then_some(state)
	}

	/// Writes it down.
	pub fn save(&self) {
		local_storage_set(StorageKind::PERSISTENT, KEY, &self.encode());
	}

	/// Drops what cannot lead to a vote any more. What a source has told of a closed day serves
	/// the next attempt as well.
	pub fn forget(&mut self, round: Round, today: Day) {
		self.jobs.retain_mut(|job| {
			job.renew(today);
			job.task.is_open(round, today)
		});
		self.failures.retain(|failure| failure.task.is_open(round, today));
		self.settled.retain(|task| task.is_open(round, today));
		self.quotes.retain(|quotes| quotes.round == round);
		// A vote is not taken into the pool after its round.
		self.sent.retain(|sent| sent.signed.vote.round >= round);
	}

	/// Whether `source` is to be asked `task` at `block`.
	pub fn may_ask(&self, task: &Task, source: SourceId, block: u32) -> bool {
		self.failures
			.iter()
			.filter(|failure| failure.task == *task && failure.source == source)
			.all(|failure| failure.until <= block)
	}

	/// How often `source` has failed `task`.
	pub fn failures_of(&self, task: &Task, source: SourceId) -> u32 {
		self.failures
			.iter()
			.find(|failure| failure.task == *task && failure.source == source)
			.map_or(0, |failure| failure.times)
	}

	/// Notes that `source` failed `task` at `block`.
	pub fn failed(&mut self, task: Task, source: SourceId, fault: Fault, block: u32) {
		let times = self.failures_of(&task, source).saturating_add(1);
		let doublings = times.saturating_sub(1).min(MAX_DOUBLINGS);
		let pause = match fault {
			// Will not change while the question is the same.
			Fault::Unsupported => u32::MAX,
			_ => FIRST_PAUSE.saturating_mul(1u32.checked_shl(doublings).unwrap_or(u32::MAX)),
		};
		let until = block.saturating_add(pause);
		self.failures.retain(|failure| failure.task != task || failure.source != source);
		self.failures.push(Failure { task, source, times, until });
	}

	/// Whether a vote that is on its way carries the feed.
	pub fn is_sent(&self, feed: &Feed) -> bool {
		self.sent.iter().any(|sent| sent.signed.vote.reading_of(feed).is_some())
	}
}
