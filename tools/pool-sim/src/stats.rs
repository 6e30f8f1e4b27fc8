//! What was asked and answered.

use parking_lot::Mutex;
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts of a service.
#[derive(Clone, Default, Debug, Serialize)]
pub struct OfService {
	/// Requests.
	pub requests: u64,
	/// Answers by status; 0 is a connection that was broken on purpose.
	pub statuses: BTreeMap<u16, u64>,
	/// Requests over the rate limit.
	pub limited: u64,
	/// Status of the newest answer.
	pub last_status: u16,
	/// When it was, as the chain counts milliseconds.
	pub last_at_ms: u64,
	/// Requests by account.
	pub accounts: BTreeMap<String, u64>,
}

/// Counts of all services, by prefix.
#[derive(Default)]
pub struct Stats {
	services: Mutex<BTreeMap<&'static str, OfService>>,
}

impl Stats {
	/// Counts an answer.
	pub fn record(
		&self,
		service: &'static str,
		account: Option<&str>,
		status: u16,
		limited: bool,
		now_ms: u64,
	) {
		let mut services = self.services.lock();
		let of = services.entry(service).or_default();
		of.requests += 1;
		of.limited += u64::from(limited);
		*of.statuses.entry(status).or_default() += 1;
		(of.last_status, of.last_at_ms) = (status, now_ms);
		if let Some(account) = account.filter(|account| account.len() <= 128) {
			*of.accounts.entry(account.to_string()).or_default() += 1;
		}
	}

	/// All counts.
	pub fn all(&self) -> BTreeMap<&'static str, OfService> {
		self.services.lock().clone()
	}

	/// Starts counting anew.
	pub fn reset(&self) {
		self.services.lock().clear();
	}
}
