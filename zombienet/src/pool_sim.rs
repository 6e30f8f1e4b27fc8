//! The simulated pools, networks and exchanges that the validators read.

use crate::{http, wait_for};
use anyhow::{Context, Result};
use serde_json::{json, Value};
use std::{path::Path, time::Duration};
use tokio::process::{Child, Command};

/// Where the preset `local` reads them.
const PORT: u16 = 8090;

/// Runs until it is dropped.
pub struct PoolSim {
	_process: Child,
}

impl PoolSim {
	/// Starts it with the day of the `local` network. The limits of the real services are off: they
	/// hold in real time, and this network lives a day in a minute.
	pub async fn start(binaries: &Path) -> Result<Self> {
		let _process = Command::new(binaries.join("dmex-pool-sim"))
			.args(["--listen", &format!("127.0.0.1:{PORT}")])
			.args(["--day-ms", "60000", "--rate-limits", "off"])
			.kill_on_drop(true)
			.spawn()
			.context("pool-sim does not start")?;
		let sim = Self { _process };
		wait_for("pool-sim answers", Duration::from_secs(20), || async {
			http::ask(PORT, "GET", "/sim/clock", None).await.map(Some)
		})
		.await?;
		Ok(sim)
	}

	/// From now on whoever asks with this token is told `factor` times the truth.
	pub async fn lie_to(&self, token: &str, factor: f64) -> Result<()> {
		let fault = json!({ "kind": "lie", "token": token, "factor": factor });
		http::ask(PORT, "POST", "/sim/faults", Some(&fault)).await.map(drop)
	}

	/// Everybody is told the truth again.
	pub async fn be_honest(&self) -> Result<()> {
		http::ask(PORT, "DELETE", "/sim/faults", None).await.map(drop)
	}

	/// What an account of Braiins really measured (H/s) and was really credited (satoshi) on a day.
	pub async fn truth(&self, account: &str, day: u64) -> Result<(u128, u128)> {
		let path = format!("/sim/day?service=braiins&account={account}&day={day}");
		let day = http::ask(PORT, "GET", &path, None).await?;
		Ok((number(&day["measured"])?, number(&day["paid"])?))
	}
}

/// A whole number that JSON writes as text.
pub fn number(value: &Value) -> Result<u128> {
	let text = value.as_str().with_context(|| format!("{value} is no text"))?;
	text.parse().with_context(|| format!("{text} is no whole number"))
}
