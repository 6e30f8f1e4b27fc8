//! One question on its way through its stages.

use super::state::Task;
use crate::types::AMENDMENT;
use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use codec::{Decode, Encode};
use dmex_adapters::{
	public_probe, step, Adapter, Answer, Fault, Outcome, Query, Request, Step, MAX_STAGES,
};
use dmex_primitives::{facts::Feed, Day, SourceId};

/// A question and the replies so far. Survives between runs.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode)]
pub(crate) struct Job {
	pub task: Task,
	pub source: SourceId,
	/// Outcomes of the stages that are complete.
	pub replies: Vec<Vec<Outcome>>,
	/// Outcomes of the stage that is under way.
	pub stage: Vec<Option<Outcome>>,
	/// The service refused, and is asked whether it answers anybody.
	pub probing: bool,
}

impl Job {
	pub fn new(task: Task, source: SourceId) -> Self {
		Self { task, source, replies: Vec::new(), stage: Vec::new(), probing: false }
	}

	/// Whether nothing would be lost by starting anew.
	pub fn is_fresh(&self) -> bool {
		self.replies.is_empty() && self.stage.iter().all(Option::is_none)
	}

	/// Takes what was told of a closed day over to the attempt that collects on `today`.
	pub fn renew(&mut self, today: Day) {
		if let Task::Feed(Feed::ClosedDay { day, attempt, .. }) = &mut self.task {
			let next = today.saturating_sub(*day).checked_sub(1);
			let next = next.and_then(|next| u8::try_from(next).ok());
			if let Some(next) = next.filter(|next| *next <= AMENDMENT) {
				*attempt = next;
			}
		}
	}
}

/// A question with everything that it needs, owned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Question {
	ClosedDay { symbol: String, decimals: u8, account: String, day: Day },
	Live { symbol: String, account: String },
	Network { symbol: String, blocks_per_day: u32 },
	Fees { symbol: String, decimals: u8, blocks_per_day: u32 },
	Prices { symbols: Vec<String>, now: u64 },
}

impl Question {
	fn step(&self, adapter: Adapter, token: Option<&str>, replies: &[Vec<Outcome>]) -> Step {
		let ask = |query: &Query<'_>| step(adapter, query, token, replies);
		match self {
			Question::ClosedDay { symbol, decimals, account, day } => {
				ask(&Query::ClosedDay { symbol, decimals: *decimals, account, day: *day })
			},
			Question::Live { symbol, account } => ask(&Query::Live { symbol, account }),
			Question::Network { symbol, blocks_per_day } => {
				ask(&Query::Network { symbol, blocks_per_day: *blocks_per_day })
			},
			Question::Fees { symbol, decimals, blocks_per_day } => {
				ask(&Query::Fees { symbol, decimals: *decimals, blocks_per_day: *blocks_per_day })
			},
			Question::Prices { symbols, now } => {
				let symbols: Vec<&str> = symbols.iter().map(String::as_str).collect();
				ask(&Query::Prices { symbols: &symbols, now: *now })
			},
		}
	}
}

/// A job and where it is put.
pub(crate) struct Work {
	pub job: Job,
	pub question: Question,
	pub adapter: Adapter,
	/// Base URL.
	pub base: String,
	/// Whose limit it counts against.
	pub host: u64,
	pub token: Option<String>,
	/// Requests of the stage that is under way.
	pub requests: Vec<Request>,
}

impl Work {
	/// Puts the replies of a complete stage in, until there is something to send or an end.
	/// `is_up` tells whether the source is known to answer anybody.
	pub fn advance(&mut self, is_up: Option<bool>) -> Option<Result<Answer, Fault>> {
		if self.job.probing {
			return self.conclude_probe(is_up);
		}
		if !self.requests.is_empty() {
			self.cut_short();
			if self.job.stage.iter().any(Option::is_none) {
				return None;
			}
			let complete = core::mem::take(&mut self.job.stage);
			self.job.replies.push(complete.into_iter().flatten().collect());
			self.requests.clear();
		}
		let token = self.token.as_deref();
		match self.question.step(self.adapter, token, &self.job.replies) {
			Step::Ask(requests) => self.begin_stage(requests),
			Step::Done(done) => self.conclude(done, is_up),
		}
	}

	/// Spares the rest of a stage that has failed already: what one request was told counts for
	/// those that were not sent. Prices are independent of each other, so a status ends only its
	/// own; but a service that does not answer at all is not waited for once for each symbol, or it
	/// would keep the prices of all others past their round.
	fn cut_short(&mut self) {
		let is_price = matches!(self.question, Question::Prices { .. });
		let is_hopeless = |outcome: &&Outcome| match outcome {
			Err(_) => true,
			Ok(_) if is_price => false,
			Ok(reply) => matches!(reply.status, 300..=399 | 401 | 403 | 404 | 429 | 501..=599),
		};
		let failed = self.job.stage.iter().flatten().find(is_hopeless).cloned();
		if let Some(failed) = failed {
			for slot in self.job.stage.iter_mut().filter(|slot| slot.is_none()) {
				*slot = Some(failed.clone());
			}
		}
	}

	fn begin_stage(&mut self, requests: Vec<Request>) -> Option<Result<Answer, Fault>> {
		if self.job.replies.len() >= MAX_STAGES || requests.is_empty() {
			return Some(Err(Fault::Malformed));
		}
		// Outcomes of an earlier run fit the same requests, because the same replies ask for them.
		if self.job.stage.len() != requests.len() {
			self.job.stage = requests.iter().map(|_| None).collect();
		}
		self.requests = requests;
		if self.job.stage.iter().all(Option::is_some) {
			return self.advance(None);
		}
		None
	}

	/// A refusal of a closed day is voted like a value, so it must be no outage.
	fn conclude(
		&mut self,
		done: Result<Answer, Fault>,
		is_up: Option<bool>,
	) -> Option<Result<Answer, Fault>> {
		let refused = matches!(done, Ok(Answer::Refused) | Err(Fault::NoToken));
		let is_day = matches!(self.question, Question::ClosedDay { .. });
		if !refused || !is_day {
			return Some(done);
		}
		self.job.probing = true;
		self.job.stage.clear();
		self.requests.clear();
		self.conclude_probe(is_up)
	}

	fn conclude_probe(&mut self, is_up: Option<bool>) -> Option<Result<Answer, Fault>> {
		if let Some(is_up) = is_up {
			return Some(if is_up { Ok(Answer::Refused) } else { Err(Fault::Unavailable) });
		}
		if self.requests.is_empty() {
			let Some(probe) = public_probe(self.adapter) else {
				return Some(Err(Fault::Unavailable));
			};
			self.job.stage = [None].to_vec();
			self.requests.push(probe);
		}
		None
	}

	/// The outcome of the probe, if it is there.
	pub fn probed(&self) -> Option<&Outcome> {
		let probe = self.job.stage.first().and_then(Option::as_ref);
		probe.filter(|_| self.job.probing)
	}

	/// The request at `index`, as it goes out.
	pub fn request(&self, index: usize) -> Option<(String, Request)> {
		Some((self.base.to_string(), self.requests.get(index)?.clone()))
	}
}
