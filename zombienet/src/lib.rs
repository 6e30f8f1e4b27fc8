//! A network of real nodes, and what a test asks of it.

pub mod http;
pub mod lot;
pub mod network;
pub mod node;
pub mod pool_sim;

use anyhow::{bail, Result};
use std::{
	future::Future,
	time::{Duration, Instant},
};

/// Asks every second until there is an answer; a failed question is no answer yet.
pub async fn wait_for<T, F>(what: &str, patience: Duration, ask: impl Fn() -> F) -> Result<T>
where
	F: Future<Output = Result<Option<T>>>,
{
	let started = Instant::now();
	loop {
		let answer = ask().await;
		if let Ok(Some(answer)) = answer {
			println!("{what}: after {} s", started.elapsed().as_secs());
			return Ok(answer);
		}
		if started.elapsed() > patience {
			let last = answer.err().map(|error| format!(": {error:#}")).unwrap_or_default();
			bail!("not within {} s: {what}{last}", patience.as_secs());
		}
		tokio::time::sleep(Duration::from_secs(1)).await;
	}
}
