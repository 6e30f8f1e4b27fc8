//! One node: what it says over JSON-RPC, and its death and return.

use crate::{http, wait_for};
use anyhow::{ensure, Context, Result};
use serde_json::{json, Value};
use std::{fs, process::Command, time::Duration};
use zombienet_sdk::NetworkNode;

/// A node of the network.
pub struct Node<'a> {
	inner: &'a NetworkNode,
	port: u16,
}

impl<'a> Node<'a> {
	pub(crate) fn new(inner: &'a NetworkNode) -> Result<Self> {
		let uri = inner.ws_uri();
		let port = uri.rsplit(':').next().map(|port| port.trim_end_matches('/'));
		let port = port.and_then(|port| port.parse().ok());
		Ok(Self { inner, port: port.with_context(|| format!("no port in {uri}"))? })
	}

	/// Name of the node.
	pub fn name(&self) -> &str {
		self.inner.name()
	}

	/// The node as zombienet knows it.
	pub fn inner(&self) -> &NetworkNode {
		self.inner
	}

	/// Calls a JSON-RPC method.
	pub async fn call(&self, method: &str, params: Value) -> Result<Value> {
		http::call(self.port, method, params).await
	}

	/// Height of the best block.
	pub async fn best(&self) -> Result<u64> {
		height(&self.call("chain_getHeader", json!([])).await?)
	}

	/// Height of the last final block.
	pub async fn finalised(&self) -> Result<u64> {
		let head = self.call("chain_getFinalizedHead", json!([])).await?;
		height(&self.call("chain_getHeader", json!([head])).await?)
	}

	/// Rounds that this node's oracle worker has voted in.
	pub async fn rounds_voted(&self) -> Result<u64> {
		let status = self.call("dmex_oracleStatus", json!([])).await?;
		Ok(status["worker"]["roundsVoted"].as_u64().unwrap_or_default())
	}

	/// The agreed facts of Bitcoin.
	pub async fn facts(&self) -> Result<Value> {
		self.call("dmex_facts", json!([0])).await
	}

	/// Waits until a block of at least this height is final.
	pub async fn wait_finalised(&self, height: u64, patience: Duration) -> Result<()> {
		let what = format!("{} sees block {height} final", self.name());
		wait_for(&what, patience, || async {
			Ok((self.finalised().await? >= height).then_some(()))
		})
		.await
	}

	/// Waits until the worker has voted in `more` further rounds.
	pub async fn wait_votes(&self, more: u64, patience: Duration) -> Result<()> {
		let before = self.rounds_voted().await.unwrap_or_default();
		let what = format!("{} votes in {more} more rounds", self.name());
		wait_for(&what, patience, || async {
			Ok((self.rounds_voted().await? >= before + more).then_some(()))
		})
		.await
	}

	/// Ends the process at once, as a power cut would.
	pub fn kill(&self) -> Result<()> {
		let process = self.process()?;
		let status = Command::new("kill").args(["-KILL", &process.to_string()]).status()?;
		ensure!(status.success(), "{} cannot be killed", self.name());
		println!("{} is killed", self.name());
		Ok(())
	}

	/// Starts the process again on its old database.
	pub async fn return_to_life(&self) -> Result<()> {
		self.inner.restart(None).await?;
		let what = format!("{} is back", self.name());
		wait_for(&what, Duration::from_secs(60), || async { self.best().await.map(Some) }).await?;
		Ok(())
	}

	/// The process that runs this node in its own folder.
	fn process(&self) -> Result<u32> {
		let folder = self.inner.base_dir().to_string_lossy().into_owned();
		let runs_here = |process: &u32| {
			let command = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
			let mut words = command.split(|byte| *byte == 0).map(String::from_utf8_lossy);
			let is_node = words.next().is_some_and(|binary| binary.ends_with("dmex-node"));
			is_node && words.any(|word| word.starts_with(&folder))
		};
		fs::read_dir("/proc")?
			.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
			.find(runs_here)
			.with_context(|| format!("{} does not run in {folder}", self.name()))
	}
}

fn height(header: &Value) -> Result<u64> {
	let number = header["number"].as_str().with_context(|| format!("no number in {header}"))?;
	Ok(u64::from_str_radix(number.trim_start_matches("0x"), 16)?)
}
