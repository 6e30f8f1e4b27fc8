//! What the price services have in common.

use crate::{
	step::{Answer, Fault, Next, Outcome, Request, Stepped, Stop},
	MAX_REQUESTS,
};
use alloc::{
	string::{String, ToString},
	vec::Vec,
};

/// Whether a symbol can stand in a URL.
pub(crate) fn is_symbol(symbol: &str) -> bool {
	let sized = (1..=16).contains(&symbol.len());
	sized && symbol.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// One request for each symbol that `path` knows.
///
/// Errors: there are too many symbols, or none is known.
pub(crate) fn ask_each(symbols: &[&str], path: impl Fn(&str) -> Option<String>) -> Stepped {
	if symbols.len() > MAX_REQUESTS {
		return Err(Fault::Unsupported.into());
	}
	let requests: Vec<Request> =
		known(symbols, &path).map(|(_, path)| Request::get(path)).collect();
	if requests.is_empty() {
		return Err(Fault::Unsupported.into());
	}
	Ok(Next::Ask(requests))
}

/// Reads the reply for each symbol. A symbol that cannot be read is left out; if there is none
/// left, the first fault is the answer.
pub(crate) fn read_each(
	symbols: &[&str],
	path: impl Fn(&str) -> Option<String>,
	stage: &[Outcome],
	price: impl Fn(&str, &Outcome) -> Result<u128, Stop>,
) -> Stepped {
	let prices = known(symbols, &path)
		.zip(stage)
		.map(|((symbol, _), outcome)| (symbol, price(symbol, outcome)));
	collect(prices)
}

/// The prices that were read, or the first fault.
pub(crate) fn collect<'a>(prices: impl Iterator<Item = (&'a str, Result<u128, Stop>)>) -> Stepped {
	let mut told = Vec::new();
	let mut first = None;
	for (symbol, price) in prices {
		match price {
			// A market that quotes zero is closed.
			Ok(0) => first = first.or(Some(Fault::Malformed.into())),
			Ok(price) => told.push((symbol.to_string(), price)),
			Err(stop) => first = first.or(Some(stop)),
		}
	}
	if told.is_empty() {
		return Err(first.unwrap_or(Fault::Unsupported.into()));
	}
	Ok(Next::Done(Answer::Prices(told)))
}

fn known<'a>(
	symbols: &'a [&'a str],
	path: &'a impl Fn(&str) -> Option<String>,
) -> impl Iterator<Item = (&'a str, String)> + 'a {
	symbols
		.iter()
		.filter(|symbol| is_symbol(symbol))
		.filter_map(move |symbol| path(symbol).map(|path| (*symbol, path)))
}
