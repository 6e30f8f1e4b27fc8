//! The wire. Every wait has an absolute deadline, bodies are capped, nothing is followed.

use alloc::{
	format,
	string::{String, ToString},
	vec,
	vec::Vec,
};
use dmex_adapters::{Fault, Method, Outcome, Reply, Request, MAX_BODY};
use sp_core::offchain::{HttpError, Timestamp};
use sp_runtime::offchain::http::{self, PendingRequest, Response};

const USER_AGENT: &str = concat!("DMEX-oracle/", env!("CARGO_PKG_VERSION"));

/// Sends all requests at once and reads their replies, in the same order, until `deadline`.
pub(crate) fn send_all(requests: &[(String, Request)], deadline: Timestamp) -> Vec<Outcome> {
	let mut pending = Vec::new();
	let mut outcomes: Vec<Outcome> = Vec::new();
	let mut waited = Vec::new();
	for (index, (base, request)) in requests.iter().enumerate() {
		match start(base, request, deadline) {
			Ok(started) => {
				pending.push(started);
				waited.push(index);
				outcomes.push(Err(Fault::Timeout));
			},
			Err(error) => outcomes.push(Err(fault_of(error))),
		}
	}
	let replies = PendingRequest::try_wait_all(pending, deadline);
	for (index, reply) in waited.into_iter().zip(replies) {
		let outcome = match reply {
			Err(_) => Err(Fault::Timeout),
			Ok(Err(http::Error::DeadlineReached)) => Err(Fault::Timeout),
			Ok(Err(_)) => Err(Fault::Connection),
			Ok(Ok(response)) => read(response, deadline),
		};
		if let Some(slot) = outcomes.get_mut(index) {
			*slot = outcome;
		}
	}
	outcomes
}

fn start(base: &str, request: &Request, deadline: Timestamp) -> Result<PendingRequest, HttpError> {
	let url = format!("{base}{}", request.path);
	let (method, chunks) = match request.method {
		Method::Get => (http::Method::Get, vec![]),
		Method::Post => (http::Method::Post, vec![request.body.as_slice()]),
	};
	let mut wire = http::Request::post(&url, chunks)
		.method(method)
		.add_header("User-Agent", USER_AGENT)
		.add_header("Accept", "application/json, text/plain");
	for (name, value) in &request.headers {
		wire = wire.add_header(name, value);
	}
	if request.method == Method::Post {
		// Without it the body would go out in chunks, which not every service takes.
		wire = wire.add_header("Content-Length", &request.body.len().to_string());
	}
	wire.deadline(deadline).send()
}

/// Reads one byte more than is allowed, so that a longer body shows. A deadline ends the body
/// silently; only its error tells that it was cut.
fn read(mut response: Response, deadline: Timestamp) -> Outcome {
	let status = response.code;
	let content_type = response.headers().find("content-type").unwrap_or_default().to_string();
	let mut body = response.body();
	body.deadline(deadline);
	let mut bytes = Vec::new();
	for byte in body.by_ref().take(MAX_BODY.saturating_add(1)) {
		bytes.push(byte);
	}
	if let Some(error) = body.error() {
		return Err(fault_of(*error));
	}
	if bytes.len() > MAX_BODY {
		return Err(Fault::TooLong);
	}
	Ok(Reply { status, content_type, body: bytes })
}

fn fault_of(error: HttpError) -> Fault {
	match error {
		HttpError::DeadlineReached => Fault::Timeout,
		HttpError::IoError | HttpError::Invalid => Fault::Connection,
	}
}
