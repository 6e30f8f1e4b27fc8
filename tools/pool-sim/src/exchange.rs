//! A request as services read it, and their reply.

use axum::{
	body::Bytes,
	http::{HeaderMap, Method},
};
use serde_json::Value;

/// A request, with the service's prefix taken off its path.
#[derive(Clone, Debug)]
pub struct Ask {
	/// Verb.
	pub method: Method,
	/// Path after the service's prefix; starts with a slash.
	pub path: String,
	/// Names and values of the query.
	pub query: Vec<(String, String)>,
	/// Headers.
	pub headers: HeaderMap,
	/// Body.
	pub body: Bytes,
	/// Address that it came from.
	pub remote: String,
}

impl Ask {
	/// Parts of the path that are not empty.
	pub fn segments(&self) -> Vec<&str> {
		self.path.split('/').filter(|segment| !segment.is_empty()).collect()
	}

	/// First value of this name in the query.
	pub fn parameter(&self, name: &str) -> Option<&str> {
		self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
	}

	/// A header, if it is there once and readable.
	pub fn header(&self, name: &str) -> Option<&str> {
		self.headers.get(name).and_then(|value| value.to_str().ok())
	}

	/// The body as JSON.
	pub fn json(&self) -> Option<Value> {
		serde_json::from_slice(&self.body).ok()
	}
}

/// A reply.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
	/// Status.
	pub status: u16,
	/// `content-type`, empty for none.
	pub content_type: &'static str,
	/// Further headers.
	pub headers: Vec<(&'static str, String)>,
	/// Body.
	pub body: String,
}

impl Reply {
	/// JSON with a status.
	pub fn json(status: u16, body: &Value) -> Self {
		Self { status, content_type: "application/json", headers: vec![], body: body.to_string() }
	}

	/// JSON with status 200.
	pub fn ok(body: &Value) -> Self {
		Self::json(200, body)
	}

	/// Plain text.
	pub fn text(status: u16, body: impl Into<String>) -> Self {
		Self { status, content_type: "text/plain", headers: vec![], body: body.into() }
	}

	/// A page for people.
	pub fn html(status: u16, body: impl Into<String>) -> Self {
		Self {
			status,
			content_type: "text/html; charset=utf-8",
			headers: vec![],
			body: body.into(),
		}
	}

	/// With one more header.
	pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
		self.headers.push((name, value.into()));
		self
	}
}

/// What goes out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
	/// A whole reply.
	Whole(Reply),
	/// The connection breaks after half of the body.
	Cut(Reply),
	/// The connection breaks before anything is said.
	Closed,
}
