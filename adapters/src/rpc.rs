//! JSON-RPC over POST, as nodes speak it.

use crate::{
	read::{lenient_json, Num, Shape},
	step::{Fault, Outcome, Reply, Request, Stop},
};
use alloc::{format, string::String, vec::Vec};
use serde::{de::DeserializeOwned, Deserialize};

/// A call of `method`; `params` is a JSON array.
pub(crate) fn call(path: &str, id: usize, method: &str, params: &str) -> Request {
	let version = "2.0";
	Request::post(
		path,
		format!(r#"{{"jsonrpc":"{version}","id":{id},"method":"{method}","params":{params}}}"#),
	)
}

/// An error of the node itself.
#[derive(Deserialize, Clone, PartialEq, Eq, Debug)]
pub(crate) struct RpcError {
	code: Option<Num>,
	message: Option<String>,
}

impl RpcError {
	/// Whether the node says that the chain has no such actor.
	pub(crate) fn is_unknown_actor(&self) -> bool {
		self.message.as_deref().is_some_and(|message| message.contains("actor not found"))
	}

	/// Whether the call itself failed, rather than the node or the request (JSON-RPC keeps its
	/// own codes negative).
	pub(crate) fn is_of_application(&self) -> bool {
		self.code.as_ref().is_some_and(|code| code.is("1"))
	}
}

#[derive(Deserialize)]
struct Response<T> {
	id: Option<Num>,
	#[serde(default = "none")]
	result: Option<T>,
	error: Option<RpcError>,
}

fn none<T>() -> Option<T> {
	None
}

/// The result of a call, or the node's error.
pub(crate) fn result_or_error<T: DeserializeOwned>(
	reply: &Reply,
	id: usize,
	shape: Shape,
) -> Result<Result<T, RpcError>, Stop> {
	// Nodes answer a failed call with status 500 and an envelope in the body.
	let as_if_ok = (reply.status == 500).then(|| Reply { status: 200, ..reply.clone() });
	let response: Response<T> = match lenient_json(as_if_ok.as_ref().unwrap_or(reply), shape) {
		Err(Stop::Fault(Fault::Malformed)) if reply.status == 500 => {
			return Err(Fault::Status(500).into())
		},
		other => other?,
	};
	if response.id.is_some_and(|told| !told.is(&format!("{id}"))) {
		return Err(Fault::Malformed.into());
	}
	match (response.result, response.error) {
		(_, Some(error)) => Ok(Err(error)),
		(Some(result), None) => Ok(Ok(result)),
		(None, None) => Err(Fault::Malformed.into()),
	}
}

/// The result of a call; an error of the node is a fault.
pub(crate) fn result<T: DeserializeOwned>(
	reply: &Reply,
	id: usize,
	shape: Shape,
) -> Result<T, Stop> {
	result_or_error(reply, id, shape)?.map_err(|_| Fault::Service.into())
}

/// The results of a batch, which may come in any order, by id from 0.
pub(crate) fn batch<T: DeserializeOwned>(
	reply: &Reply,
	count: usize,
	shape: Shape,
) -> Result<Vec<T>, Stop> {
	let responses: Vec<Response<T>> = lenient_json(reply, shape)?;
	let mut slots: Vec<Option<T>> = (0..count).map(|_| None).collect();
	for response in responses {
		let id = response.id.ok_or(Fault::Malformed)?.whole()?;
		let index = usize::try_from(id).map_err(|_| Fault::Malformed)?;
		let slot = slots.get_mut(index).ok_or(Fault::Malformed)?;
		let result = match (response.result, response.error) {
			(Some(result), None) => result,
			_ => return Err(Fault::Service.into()),
		};
		if slot.replace(result).is_some() {
			return Err(Fault::Malformed.into());
		}
	}
	slots.into_iter().map(|slot| slot.ok_or(Fault::Malformed.into())).collect()
}

/// Whether the reply to a probe is a result.
pub(crate) fn probe_answers<T: DeserializeOwned>(outcome: &Outcome) -> bool {
	match outcome {
		Ok(reply) => result::<T>(reply, 0, Shape::NoAccounts).is_ok(),
		Err(_) => false,
	}
}
