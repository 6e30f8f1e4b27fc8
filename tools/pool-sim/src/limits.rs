//! How often a service may be asked: token buckets in real time.

use crate::services::Service;
use parking_lot::Mutex;
use std::{collections::HashMap, time::Instant};

/// A bucket's size and how fast it fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limit {
	/// Requests at once.
	pub burst: u32,
	/// Milliseconds in which one more may be made.
	pub interval_ms: u64,
}

struct Bucket {
	left: f64,
	at: Instant,
}

/// The buckets of everyone who asked.
pub struct Limits {
	enabled: bool,
	buckets: Mutex<HashMap<(Service, String), Bucket>>,
}

impl Limits {
	/// Buckets that are kept, or, if not `enabled`, let everything pass.
	pub fn new(enabled: bool) -> Self {
		Self { enabled, buckets: Mutex::default() }
	}

	/// Whether limits are kept.
	pub fn enabled(&self) -> bool {
		self.enabled
	}

	/// Whether `who` may ask now; if so, the request is counted.
	pub fn allow(&self, service: Service, who: &str, now: Instant) -> bool {
		let Some(limit) = service.limit().filter(|_| self.enabled) else { return true };
		let mut buckets = self.buckets.lock();
		let full = f64::from(limit.burst);
		let bucket = buckets
			.entry((service, who.to_string()))
			.or_insert_with(|| Bucket { left: full, at: now });
		let elapsed = now.saturating_duration_since(bucket.at).as_secs_f64() * 1_000.0;
		bucket.left = (bucket.left + elapsed / limit.interval_ms as f64).min(full);
		bucket.at = now;
		let allowed = bucket.left >= 1.0;
		if allowed {
			bucket.left -= 1.0;
		}
		allowed
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::time::Duration;

	#[test]
	fn a_token_is_limited_by_itself() {
		let limits = Limits::new(true);
		let start = Instant::now();
		let ask = |who: &str, after_ms| {
			limits.allow(Service::Braiins, who, start + Duration::from_millis(after_ms))
		};
		assert!(ask("a", 0));
		assert!(ask("a", 0));
		assert!(!ask("a", 100));
		assert!(ask("b", 100));
		assert!(!ask("a", 4_900));
		assert!(ask("a", 5_100));
		assert!(!ask("a", 5_200));
	}

	#[test]
	fn nothing_is_limited_when_switched_off() {
		let limits = Limits::new(false);
		assert!((0..100).all(|_| limits.allow(Service::Braiins, "a", Instant::now())));
		let limits = Limits::new(true);
		assert!((0..100).all(|_| limits.allow(Service::Lotus, "own node", Instant::now())));
	}
}
