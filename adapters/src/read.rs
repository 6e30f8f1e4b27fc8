//! Reading replies: status, type, size, shape; and numbers that may be strings.

use crate::{
	step::{Fault, Outcome, Reply, Stop},
	MAX_BODY,
};
use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use core::fmt;
use dmex_math::parse_decimal;
use serde::{
	de::{value::MapAccessDeserializer, DeserializeOwned, MapAccess, Visitor},
	Deserialize, Deserializer,
};
use serde_json::Number;

/// How a service shapes its own errors. A 403 or a 404 is a refusal only in that shape: a proxy's
/// error page says nothing about the account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
	/// The service has no accounts, so it cannot refuse one.
	NoAccounts,
	/// Any JSON object.
	Object,
	/// A JSON object with a `code`.
	Code,
	/// A JSON-RPC envelope.
	Rpc,
}

#[derive(Deserialize)]
struct Envelope {
	code: Option<Num>,
	jsonrpc: Option<Num>,
}

impl Shape {
	fn is_own(self, reply: &Reply) -> bool {
		if self == Shape::NoAccounts || !is_json(reply) {
			return false;
		}
		match (self, serde_json::from_slice::<Envelope>(&reply.body)) {
			(_, Err(_)) => false,
			(Shape::Code, Ok(envelope)) => envelope.code.is_some(),
			(Shape::Rpc, Ok(envelope)) => envelope.jsonrpc.is_some(),
			(_, Ok(_)) => true,
		}
	}

	/// Whether `outcome` is in the service's own shape and no error of the server.
	pub(crate) fn is_alive(self, outcome: &Outcome) -> bool {
		match outcome {
			Ok(reply) => {
				let spoken = reply.status < 300 || (400..500).contains(&reply.status);
				spoken && reply.status != 429 && fits(reply) && self.is_own(reply)
			},
			Err(_) => false,
		}
	}
}

/// The reply at `index` of `stage`.
pub(crate) fn reply_at(
	replies: &[Vec<Outcome>],
	stage: usize,
	index: usize,
) -> Result<&Reply, Fault> {
	match replies.get(stage).and_then(|stage| stage.get(index)) {
		Some(Ok(reply)) => Ok(reply),
		Some(Err(fault)) => Err(*fault),
		None => Err(Fault::Connection),
	}
}

/// The reply at `index` of `stage`, as JSON of a service of this shape.
pub(crate) fn json_at<T: DeserializeOwned>(
	replies: &[Vec<Outcome>],
	stage: usize,
	index: usize,
	shape: Shape,
) -> Result<T, Stop> {
	json(reply_at(replies, stage, index)?, shape)
}

/// A JSON body of a reply with status 200.
pub(crate) fn json<T: DeserializeOwned>(reply: &Reply, shape: Shape) -> Result<T, Stop> {
	check_status(reply, shape)?;
	if !is_json(reply) {
		return Err(Fault::ContentType.into());
	}
	Ok(parse(&reply.body)?)
}

/// JSON of a node, which may not say that it is.
pub(crate) fn lenient_json<T: DeserializeOwned>(reply: &Reply, shape: Shape) -> Result<T, Stop> {
	check_status(reply, shape)?;
	if !is_json(reply) && !is_plain(reply) {
		return Err(Fault::ContentType.into());
	}
	Ok(parse(&reply.body)?)
}

/// A plain text body of a reply with status 200, trimmed.
pub(crate) fn text(reply: &Reply) -> Result<&str, Fault> {
	match check_status(reply, Shape::NoAccounts) {
		Ok(()) => {},
		Err(Stop::Fault(fault)) => return Err(fault),
		Err(Stop::Refused) => return Err(Fault::Malformed),
	}
	if !is_plain(reply) && !is_json(reply) {
		return Err(Fault::ContentType);
	}
	core::str::from_utf8(&reply.body).map(str::trim).map_err(|_| Fault::Malformed)
}

/// The status of a reply and the length of its body.
pub(crate) fn check_status(reply: &Reply, shape: Shape) -> Result<(), Stop> {
	if !fits(reply) {
		return Err(Fault::TooLong.into());
	}
	match reply.status {
		200 => Ok(()),
		401 if shape != Shape::NoAccounts => Err(Stop::Refused),
		403 | 404 if shape.is_own(reply) => Err(Stop::Refused),
		429 => Err(Fault::RateLimited.into()),
		status if (300..400).contains(&status) => Err(Fault::Redirect.into()),
		status => Err(Fault::Status(status).into()),
	}
}

/// JSON text as `T`. Fields that `T` does not name are skipped, keys given twice are refused.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
	serde_json::from_slice(body).map_err(|_| Fault::Malformed)
}

fn fits(reply: &Reply) -> bool {
	reply.body.len() <= MAX_BODY
}

fn is_json(reply: &Reply) -> bool {
	let kind = media_type(reply);
	kind.eq_ignore_ascii_case("application/json") || kind.eq_ignore_ascii_case("text/json")
}

fn is_plain(reply: &Reply) -> bool {
	media_type(reply).eq_ignore_ascii_case("text/plain")
}

/// The media type without its parameters.
fn media_type(reply: &Reply) -> &str {
	let kind = reply.content_type.as_str();
	kind.split_once(';').map_or(kind, |(kind, _)| kind).trim()
}

/// A token as the value of a header: visible ASCII, at most 512 bytes.
pub(crate) fn header_value(token: &str) -> Result<&str, Fault> {
	let sendable = !token.is_empty() && token.len() <= 512;
	if sendable && token.bytes().all(|byte| byte.is_ascii_graphic()) {
		Ok(token)
	} else {
		Err(Fault::NoToken)
	}
}

/// A number as it is written, be it a JSON number or a string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Num(pub(crate) String);

impl Num {
	/// The number × 10^`scale`, rounded down.
	///
	/// Errors: not a number, negative, or too large for 128 bits.
	pub(crate) fn scaled(&self, scale: u32) -> Result<u128, Fault> {
		parse_decimal(&self.0, scale).map_err(|_| Fault::Malformed)
	}

	/// The number as seconds or a height, rounded down.
	pub(crate) fn whole(&self) -> Result<u64, Fault> {
		u64::try_from(self.scaled(0)?).map_err(|_| Fault::Malformed)
	}

	/// Whether it is written as this integer.
	pub(crate) fn is(&self, code: &str) -> bool {
		self.0 == code
	}
}

impl<'de> Deserialize<'de> for Num {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		struct NumberOrString;

		impl<'de> Visitor<'de> for NumberOrString {
			type Value = Num;

			fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				f.write_str("a number or a string")
			}

			fn visit_str<E>(self, text: &str) -> Result<Num, E> {
				Ok(Num(text.into()))
			}

			fn visit_string<E>(self, text: String) -> Result<Num, E> {
				Ok(Num(text))
			}

			fn visit_u64<E>(self, value: u64) -> Result<Num, E> {
				Ok(Num(value.to_string()))
			}

			fn visit_i64<E>(self, value: i64) -> Result<Num, E> {
				Ok(Num(value.to_string()))
			}

			// With `arbitrary_precision` a number arrives as a map of one entry that holds its
			// digits; a real map is refused by `Number`.
			fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Num, A::Error> {
				let number = Number::deserialize(MapAccessDeserializer::new(map))?;
				Ok(Num(number.as_str().into()))
			}
		}

		deserializer.deserialize_any(NumberOrString)
	}
}

/// Sum of amounts.
pub(crate) fn sum(amounts: impl IntoIterator<Item = Result<u128, Fault>>) -> Result<u128, Fault> {
	amounts
		.into_iter()
		.try_fold(0u128, |total, amount| total.checked_add(amount?).ok_or(Fault::Malformed))
}

/// The newest multiple of `step` whose block has `confirmations` (its own included) at `tip`.
pub(crate) fn settled_multiple(tip: u64, confirmations: u64, step: u32) -> Result<u64, Fault> {
	let newest = tip.checked_add(1).and_then(|count| count.checked_sub(confirmations));
	let step = u64::from(step);
	newest
		.and_then(|newest| newest.checked_div(step))
		.and_then(|multiple| multiple.checked_mul(step))
		.ok_or(Fault::NotYetClosed)
}

/// Confirmations after which a header is taken as settled. Bitcoin Cash has a small part of the
/// hash power of its algorithm, so it takes longer.
pub(crate) fn confirmations(symbol: &str) -> u64 {
	if symbol == "BCH" {
		15
	} else {
		6
	}
}

/// Whether the reply names the account that was asked for. Names are bound in lower case, and no
/// pool has two accounts that differ in case only.
pub(crate) fn ensure_account(told: &str, asked: &str) -> Result<(), Stop> {
	if told.trim().eq_ignore_ascii_case(asked) {
		Ok(())
	} else {
		Err(Stop::Refused)
	}
}
