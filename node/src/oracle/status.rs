//! How the oracle's worker of this node fares, as the worker itself writes it to local storage.

use super::metrics::Metrics;
use crate::service::WorkerStorage;
use codec::Decode;
use dmex_primitives::SourceId;
use pallet_pool_oracle::worker::status::{
	source_key, SourceStatus, WorkerStatus, PREFIX, WORKER_KEY,
};
use sc_offchain::STORAGE_PREFIX;
use sp_core::offchain::OffchainStorage;

/// Copies what the worker writes about itself to Prometheus.
#[derive(Default)]
pub struct StatusMirror {
	metrics: Option<Metrics>,
}

impl StatusMirror {
	/// Copies to `metrics`, if there are any.
	pub fn new(metrics: Option<Metrics>) -> Self {
		Self { metrics }
	}

	/// The worker wrote `value` under `key`. Keys of others are none of this mirror's business.
	pub fn note(&self, key: &[u8], value: &[u8]) {
		let Some(metrics) = &self.metrics else { return };
		if key == WORKER_KEY {
			if let Ok(status) = WorkerStatus::decode(&mut &value[..]) {
				metrics.note_worker(&status);
			}
		} else if let Some(source) = source_of(key) {
			if let Ok(status) = SourceStatus::decode(&mut &value[..]) {
				metrics.note_source(source, &status);
			}
		}
	}
}

fn source_of(key: &[u8]) -> Option<SourceId> {
	let id = key.strip_prefix(PREFIX)?.strip_prefix(b"source/")?;
	std::str::from_utf8(id).ok()?.parse().ok()
}

/// Reads what the worker wrote, also before the last restart.
#[derive(Clone)]
pub struct StatusReader {
	storage: Option<WorkerStorage>,
}

impl StatusReader {
	/// Reads from the worker's local storage; without one there is no status.
	pub fn new(storage: Option<WorkerStorage>) -> Self {
		Self { storage }
	}

	/// How the worker fares; `None` if it never ran.
	pub fn worker(&self) -> Option<WorkerStatus> {
		self.read(WORKER_KEY)
	}

	/// How a source fares; `None` if it was never asked.
	pub fn source(&self, source: SourceId) -> Option<SourceStatus> {
		self.read(&source_key(source))
	}

	fn read<T: Decode>(&self, key: &[u8]) -> Option<T> {
		let value = self.storage.as_ref()?.get(STORAGE_PREFIX, key)?;
		T::decode(&mut &value[..]).ok()
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;
	use substrate_prometheus_endpoint::Registry;

	/// Value of a gauge by its name and source.
	fn gauge(registry: &Registry, name: &str, source: Option<&str>) -> Option<f64> {
		let families = registry.gather();
		let family = families.iter().find(|family| family.get_name() == name)?;
		let metric = family
			.get_metric()
			.iter()
			.find(|metric| metric.get_label().first().map(|label| label.get_value()) == source)?;
		Some(metric.get_gauge().get_value())
	}

	fn mirror() -> (StatusMirror, Registry) {
		let registry = Registry::new();
		let metrics = Metrics::register(&registry).unwrap();
		(StatusMirror::new(Some(metrics)), registry)
	}

	#[test]
	fn the_worker_is_shown_in_metrics() {
		let (mirror, registry) = mirror();
		let status = WorkerStatus {
			last_round: 7,
			rounds_voted: 5,
			votes_sent: 9,
			requests: 40,
			last_run_ms: 3,
		};
		mirror.note(WORKER_KEY, &status.encode());
		for (name, value) in [
			("dmex_oracle_round", 7.0),
			("dmex_oracle_rounds_voted", 5.0),
			("dmex_oracle_votes_sent", 9.0),
			("dmex_oracle_requests", 40.0),
			("dmex_oracle_run_milliseconds", 3.0),
		] {
			assert_eq!(gauge(&registry, name, None), Some(value), "{name}");
		}
	}

	#[test]
	fn each_source_is_shown_by_its_id() {
		let (mirror, registry) = mirror();
		let status = SourceStatus {
			last_success: Some(1_000),
			last_error: None,
			latency_ms: 25,
			successes: 3,
			faults: 1,
		};
		mirror.note(&source_key(12), &status.encode());
		let of = |name: &str| gauge(&registry, &format!("dmex_oracle_source_{name}"), Some("12"));
		assert_eq!(of("last_success_milliseconds"), Some(1_000.0));
		assert_eq!(of("last_error_milliseconds"), Some(0.0));
		assert_eq!(of("latency_milliseconds"), Some(25.0));
		assert_eq!(of("successes"), Some(3.0));
		assert_eq!(of("faults"), Some(1.0));
		assert_eq!(gauge(&registry, "dmex_oracle_source_faults", Some("1")), None);
	}

	#[test]
	fn other_keys_and_broken_values_change_nothing() {
		let (mirror, registry) = mirror();
		mirror.note(b"dmex/round", &WorkerStatus::default().encode());
		mirror.note(b"dmex/status/source/x", &SourceStatus::default().encode());
		mirror.note(&source_key(1), b"?");
		assert_eq!(gauge(&registry, "dmex_oracle_source_faults", Some("1")), None);
		assert_eq!(source_of(b"dmex/status/source/17"), Some(17));
		assert_eq!(source_of(b"dmex/status/worker"), None);
	}
}
