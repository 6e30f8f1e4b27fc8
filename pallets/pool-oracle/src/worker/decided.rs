//! Readings that stand.
//!
//! Two different readings of one key for one feed are proof of equivocation, so a feed is decided
//! once: the first reading written down is the reading, whatever a later run, a run beside this
//! one, or a run after a re-organisation has read. It is written before it is signed, and forgotten
//! when the chain does not take votes on it any more.

use super::state::State;
use crate::types::Period;
use alloc::{format, vec::Vec};
use dmex_primitives::{
	facts::{Feed, Reading},
	Day, Round,
};
use sp_runtime::offchain::storage::StorageValueRef;

/// Rounds and days that readings are kept beyond their period.
const KEEP: u32 = 3;
/// Times that a write is tried when another run writes too.
const TRIES: u32 = 4;

type Readings = Vec<(Feed, Reading)>;

fn key(period: Period) -> Vec<u8> {
	match period {
		Period::Round(round) => format!("dmex/worker/decided/round/{round}").into_bytes(),
		Period::Day(day) => format!("dmex/worker/decided/day/{day}").into_bytes(),
	}
}

/// Readings that stand for feeds of a period.
pub(crate) fn in_period(period: Period) -> Readings {
	StorageValueRef::persistent(&key(period)).get().ok().flatten().unwrap_or_default()
}

/// The readings that stand for these feeds.
pub(crate) fn of(feeds: &[Feed]) -> Readings {
	let mut periods: Vec<Period> = feeds.iter().map(Period::of).collect();
	periods.sort_unstable();
	periods.dedup();
	periods.into_iter().flat_map(in_period).filter(|(feed, _)| feeds.contains(feed)).collect()
}

/// Writes down readings of feeds that have none. A feed that has one keeps it.
pub(crate) fn add(state: &mut State, readings: Readings) {
	let mut readings = readings;
	readings.sort_unstable_by_key(|(feed, _)| (Period::of(feed), *feed));
	while let Some((first, _)) = readings.first() {
		let period = Period::of(first);
		let others = readings
			.iter()
			.position(|(feed, _)| Period::of(feed) != period)
			.map(|at| readings.split_off(at))
			.unwrap_or_default();
		// The period is noted first: one too many is forgotten like any other.
		if !state.decided.contains(&period) {
			state.decided.push(period);
		}
		merge(period, readings);
		readings = others;
	}
}

fn merge(period: Period, readings: Readings) {
	let key = key(period);
	let value = StorageValueRef::persistent(&key);
	for _ in 0..TRIES {
		let written = value.mutate::<Readings, (), _>(|known| {
			let mut all = match known {
				Ok(known) => known.unwrap_or_default(),
				// Of another version: what it held cannot be contradicted knowingly, so the period
				// is left alone.
				Err(_) => return Err(()),
			};
			for (feed, reading) in &readings {
				if !all.iter().any(|(known, _)| known == feed) {
					all.push((*feed, *reading));
				}
			}
			Ok(all)
		});
		match written {
			Err(sp_runtime::offchain::storage::MutateStorageError::ConcurrentModification(_)) => {},
			_ => return,
		}
	}
}

/// Forgets periods that are over for good.
pub(crate) fn forget(state: &mut State, round: Round, today: Day) {
	state.decided.retain(|period| {
		let over = match period {
			Period::Round(own) => own.saturating_add(KEEP) < round,
			Period::Day(own) => own.saturating_add(KEEP) < today,
		};
		if over {
			StorageValueRef::persistent(&key(*period)).clear();
		}
		!over
	});
}
