//! Sends requests in waves: all that the limits allow now, at once, up to a cap; then the next,
//! until the run's time is up. What is left over goes on in the next run.

use super::{
	http,
	job::{Job, Work},
	state::State,
	status::Changes,
};
use alloc::{collections::BTreeSet, vec::Vec};
use dmex_adapters::{probe_answers, Answer, Fault, Outcome};
use dmex_primitives::SourceId;
use sp_core::offchain::{Duration, Timestamp};
use sp_io::offchain::{sleep_until, timestamp};

/// Requests of a wave. The node's client walks all of them at every wake-up.
const WAVE: usize = 16;
/// Milliseconds that a wave may take, all bodies read.
const WAVE_MS: u64 = 4_000;
/// Milliseconds without which no wave is begun.
const LEAST_MS: u64 = 500;
/// Milliseconds for which a probe is believed.
const PROBE_MS: u64 = 60_000;

/// A job that came to its end.
pub(crate) type Done = (Job, Result<Answer, Fault>);

/// A request of a wave: which job, which of its requests.
type Pick = (usize, usize);

/// Works until everything is done, nothing may be asked before `stop_at`, or it is `stop_at`. Jobs
/// that are not done are left in the state.
pub(crate) fn fetch(
	mut work: Vec<Work>,
	state: &mut State,
	stop_at: Timestamp,
	status: &mut Changes,
) -> Vec<Done> {
	let mut done = Vec::new();
	loop {
		work = advance(work, state, &mut done);
		let now = timestamp();
		if work.is_empty() || now.add(Duration::from_millis(LEAST_MS)) > stop_at {
			break;
		}
		let picks = pick(&work, state, now);
		if picks.is_empty() {
			let Some(next) = earliest(&work, state) else { break };
			if next.add(Duration::from_millis(LEAST_MS)) > stop_at || next <= now {
				break;
			}
			sleep_until(next);
			continue;
		}
		let deadline = now.add(Duration::from_millis(WAVE_MS)).min(stop_at);
		wave(&mut work, &picks, state, deadline, status);
	}
	let now = timestamp().unix_millis();
	state.budget.tidy(now);
	state.probes.retain(|(_, until, _)| *until > now);
	state.jobs.extend(work.into_iter().map(|work| work.job).filter(|job| !job.is_fresh()));
	done
}

/// Takes out the jobs that are done and gives the others something to send.
fn advance(work: Vec<Work>, state: &mut State, done: &mut Vec<Done>) -> Vec<Work> {
	let now = timestamp();
	let mut left = Vec::new();
	for mut work in work {
		if let Some(outcome) = work.probed() {
			let is_up = probe_answers(work.adapter, outcome);
			let until = now.add(Duration::from_millis(PROBE_MS)).unix_millis();
			state.probes.retain(|(source, ..)| *source != work.job.source);
			state.probes.push((work.job.source, until, is_up));
		}
		match work.advance(known_up(state, work.job.source, now)) {
			Some(end) => done.push((work.job, end)),
			None => left.push(work),
		}
	}
	left
}

fn known_up(state: &State, source: SourceId, now: Timestamp) -> Option<bool> {
	let known = state.probes.iter().find(|(known, ..)| *known == source);
	known.filter(|(_, until, _)| *until > now.unix_millis()).map(|(.., is_up)| *is_up)
}

/// The requests that may go out now, in the order of the jobs. A source is probed once, not once
/// for each of its accounts.
fn pick(work: &[Work], state: &mut State, now: Timestamp) -> Vec<Pick> {
	let mut picks = Vec::new();
	let mut probed = BTreeSet::new();
	for (at, work) in work.iter().enumerate() {
		if work.job.probing && !probed.insert(work.job.source) {
			continue;
		}
		let interval = work.adapter.min_interval_ms();
		for (index, outcome) in work.job.stage.iter().enumerate() {
			if picks.len() >= WAVE {
				return picks;
			}
			if outcome.is_none() && state.budget.take(work.host, interval, now.unix_millis()) {
				picks.push((at, index));
			}
		}
	}
	picks
}

/// When the first of the hosts that are waited for may be asked.
fn earliest(work: &[Work], state: &State) -> Option<Timestamp> {
	let next = work.iter().map(|work| state.budget.next(work.host)).min()?;
	Some(Timestamp::from_unix_millis(next))
}

fn wave(
	work: &mut [Work],
	picks: &[Pick],
	state: &mut State,
	deadline: Timestamp,
	status: &mut Changes,
) {
	let started = timestamp();
	let requests: Vec<_> = picks
		.iter()
		.filter_map(|(at, index)| work.get(*at).and_then(|work| work.request(*index)))
		.collect();
	// Picks come from the very requests that are looked up here.
	if requests.len() != picks.len() {
		return;
	}
	let sent = u64::try_from(requests.len()).unwrap_or_default();
	status.requests = status.requests.saturating_add(sent);
	let outcomes = http::send_all(&requests, deadline);
	let now = timestamp();
	for ((at, index), outcome) in picks.iter().zip(outcomes) {
		let Some(work) = work.get_mut(*at) else { continue };
		if outcome.is_ok() {
			status.replied(work.job.source, now.diff(&started).millis());
		}
		if is_throttled(&outcome) {
			let interval = work.adapter.min_interval_ms();
			state.budget.pause(work.host, interval, now.unix_millis());
		}
		if let Some(slot) = work.job.stage.get_mut(*index) {
			*slot = Some(outcome);
		}
	}
}

fn is_throttled(outcome: &Outcome) -> bool {
	outcome.as_ref().is_ok_and(|reply| reply.status == 429)
}
