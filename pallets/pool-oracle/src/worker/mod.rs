//! Reads the services and votes, off chain. Runs on every new best block of a validator's node.
//!
//! ```text
//! key in the set? -> lock, block mark -> send again what has not arrived -> plan: what is due
//!   -> fetch, within the services' limits -> decide, once and for all -> sign and send
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`tokens`] | where the node answers API tokens |
//! | [`status`] | what the node shows of the worker |
//! | `state` | what a run leaves to the next |
//! | `plan` | which feeds are due, and whom to ask |
//! | `job` | one question on its way through its stages |
//! | `fetch` | sends requests in waves until the run's time is up |
//! | `http` | the wire: deadlines, caps, headers |
//! | `budget` | the services' rate limits |
//! | `decided` | readings that stand, so that no feed is ever answered twice differently |
//! | `read` | answers in the coin's units; the median of prices |
//! | `send` | signing, sending, sending again |
//!
//! Local storage is not part of any fork: it survives re-organisations, as it must, because a
//! signed vote does too. Nothing here is trusted by the chain.

use crate::{app::AuthorityId, pallet::*};
use dmex_primitives::calendar::Calendar;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::offchain::Duration;
use sp_io::offchain::timestamp;
use sp_runtime::{
	offchain::storage_lock::{StorageLock, Time},
	traits::SaturatedConversion,
	RuntimeAppPublic,
};

mod budget;
mod decided;
mod fetch;
mod http;
mod job;
mod plan;
mod read;
mod send;
mod state;
pub mod status;
#[cfg(test)]
mod tests;
pub mod tokens;

const LOCK: &[u8] = b"dmex/worker/lock";
/// Milliseconds of a run in which requests are started and awaited. Blocks come faster than that;
/// the runs of the blocks between find the lock taken and return at once.
const RUN_MS: u64 = 8_000;
/// Milliseconds after which a lock is taken for left behind. Longer than a run can take.
const LOCK_MS: u64 = 30_000;

/// Reads what is due and sends this node's votes. `now` is the block the worker stands on.
pub fn run<T: Config>(now: BlockNumberFor<T>) {
	let Some(key) = own_key::<T>() else { return };
	let mut lock = StorageLock::<Time>::with_deadline(LOCK, Duration::from_millis(LOCK_MS));
	let Ok(_guard) = lock.try_lock() else { return };
	let started = timestamp();
	let block: u32 = now.saturated_into();
	let round = CurrentRound::<T>::get().index;
	let Some(mut state) = state::State::enter(block) else { return };
	state.forget(round, T::Calendar::today());
	decided::forget(&mut state, round, T::Calendar::today());

	let mut status = status::Changes::default();
	send::again::<T>(&key, &mut state, block);
	let work = plan::work::<T>(&key, &mut state, block);
	let stop_at = started.add(Duration::from_millis(RUN_MS));
	let fetched = fetch::fetch(work, &mut state, stop_at, &mut status);
	read::take_in::<T>(fetched, &mut state, block, &mut status);
	send::ready::<T>(&key, &mut state, block, &mut status);

	state.save();
	status.write(round, timestamp().diff(&started).millis());
}

/// The key in this node's keystore that may vote now, if there is one.
fn own_key<T: Config>() -> Option<AuthorityId> {
	AuthorityId::all().into_iter().find(|key| Pallet::<T>::is_voter(key))
}
