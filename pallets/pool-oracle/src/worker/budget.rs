//! The services' rate limits, kept across runs. Real time, the node's clock.

use alloc::vec::Vec;
use codec::{Decode, Encode};

/// Intervals for which a host is left alone after it said that it is asked too often.
const PAUSE: u64 = 10;

/// When each host may be asked next.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode)]
pub(crate) struct Budget(Vec<(u64, u64)>);

impl Budget {
	/// First moment, unix milliseconds, at which the host may be asked.
	pub fn next(&self, host: u64) -> u64 {
		self.0.iter().find(|(known, _)| *known == host).map_or(0, |(_, next)| *next)
	}

	/// Takes a request at `now`, if there is one to take.
	pub fn take(&mut self, host: u64, interval_ms: u64, now: u64) -> bool {
		// A clock that was set back must not silence a host for long.
		let next = self.next(host).min(now.saturating_add(interval_ms.saturating_mul(PAUSE)));
		if next > now {
			return false;
		}
		self.set(host, now.saturating_add(interval_ms));
		true
	}

	/// Leaves the host alone for a while.
	pub fn pause(&mut self, host: u64, interval_ms: u64, now: u64) {
		self.set(host, now.saturating_add(interval_ms.saturating_mul(PAUSE)));
	}

	/// Forgets hosts that may be asked anyway.
	pub fn tidy(&mut self, now: u64) {
		self.0.retain(|(_, next)| *next > now);
	}

	fn set(&mut self, host: u64, next: u64) {
		self.0.retain(|(known, _)| *known != host);
		self.0.push((host, next));
	}
}
