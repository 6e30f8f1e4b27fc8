//! Just enough HTTP to talk JSON to nodes and to the simulated pools on this machine.

use anyhow::{anyhow, bail, Context, Result};
use serde_json::{json, Value};
use std::time::Duration;
use tokio::{
	io::{AsyncReadExt, AsyncWriteExt},
	net::TcpStream,
	time::timeout,
};

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends a request to a port of this machine and answers the JSON it gets back.
pub async fn ask(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
	timeout(PATIENCE, exchange(port, method, path, body))
		.await
		.map_err(|_| anyhow!("port {port} does not answer {method} {path}"))?
		.with_context(|| format!("{method} {path} at port {port}"))
}

async fn exchange(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
	let body = body.map(Value::to_string).unwrap_or_default();
	let request = format!(
		"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
		Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
		body.len(),
	);
	let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
	stream.write_all(request.as_bytes()).await?;
	let mut response = String::new();
	stream.read_to_string(&mut response).await?;
	let (head, body) = response.split_once("\r\n\r\n").context("no end of the headers")?;
	let status = head.split(' ').nth(1).unwrap_or_default();
	if !status.starts_with('2') {
		bail!("status {status}: {body}");
	}
	Ok(serde_json::from_str(body)?)
}

/// Calls a JSON-RPC method of a node.
pub async fn call(port: u16, method: &str, params: Value) -> Result<Value> {
	let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
	let mut answer = ask(port, "POST", "/", Some(&request)).await?;
	if let Some(error) = answer.get("error") {
		bail!("{method}: {error}");
	}
	Ok(answer["result"].take())
}
