//! The oracle's worker in Prometheus, beside the node's standard metrics.

use dmex_primitives::SourceId;
use pallet_pool_oracle::worker::status::{SourceStatus, WorkerStatus};
use substrate_prometheus_endpoint::{
	register, Gauge, GaugeVec, Opts, PrometheusError, Registry, U64,
};

/// Gauges of the oracle's worker. `source` is the id under which the chain knows a service.
#[derive(Clone)]
pub struct Metrics {
	last_success: GaugeVec<U64>,
	last_error: GaugeVec<U64>,
	latency: GaugeVec<U64>,
	successes: GaugeVec<U64>,
	faults: GaugeVec<U64>,
	round: Gauge<U64>,
	rounds_voted: Gauge<U64>,
	votes_sent: Gauge<U64>,
	requests: Gauge<U64>,
	run: Gauge<U64>,
}

impl Metrics {
	/// Registers the gauges.
	pub fn register(registry: &Registry) -> Result<Self, PrometheusError> {
		let of_source = |name: &str, help: &str| {
			let name = format!("dmex_oracle_source_{name}");
			register(GaugeVec::new(Opts::new(name, help), &["source"])?, registry)
		};
		let of_worker = |name: &str, help: &str| {
			register(Gauge::new(format!("dmex_oracle_{name}"), help)?, registry)
		};
		Ok(Self {
			last_success: of_source(
				"last_success_milliseconds",
				"When the source last answered a question to its end, Unix time; 0 for never",
			)?,
			last_error: of_source(
				"last_error_milliseconds",
				"When the source last did not answer, Unix time; 0 for never",
			)?,
			latency: of_source("latency_milliseconds", "How long the newest reply took")?,
			successes: of_source("successes", "Questions answered since the database was made")?,
			faults: of_source("faults", "Questions not answered since the database was made")?,
			round: of_worker("round", "Newest round that the worker ran in")?,
			rounds_voted: of_worker("rounds_voted", "Rounds that this node has voted in")?,
			votes_sent: of_worker("votes_sent", "Votes handed to the transaction pool")?,
			requests: of_worker("requests", "Requests sent to services")?,
			run: of_worker("run_milliseconds", "How long the worker's last run took")?,
		})
	}

	/// Shows how a source fares.
	pub fn note_source(&self, source: SourceId, status: &SourceStatus) {
		let source = source.to_string();
		let set = |gauge: &GaugeVec<U64>, value: u64| {
			gauge.with_label_values(&[source.as_str()]).set(value);
		};
		set(&self.last_success, status.last_success.unwrap_or_default());
		set(&self.last_error, status.last_error.as_ref().map_or(0, |(at, _)| *at));
		set(&self.latency, status.latency_ms.into());
		set(&self.successes, status.successes);
		set(&self.faults, status.faults);
	}

	/// Shows how the worker fares.
	pub fn note_worker(&self, status: &WorkerStatus) {
		self.round.set(status.last_round.into());
		self.rounds_voted.set(status.rounds_voted);
		self.votes_sent.set(status.votes_sent);
		self.requests.set(status.requests);
		self.run.set(status.last_run_ms);
	}
}
