//! Kraken: last trade of the pair with the US dollar.

use crate::{
	exchange::{ask_each, read_each},
	read::{json, Num, Shape},
	step::{Fault, Outcome, Query, Stepped, Stop},
	PRICE_DECIMALS,
};
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use serde::Deserialize;

#[derive(Deserialize)]
struct Tickers {
	error: Vec<String>,
	result: Option<BTreeMap<String, Ticker>>,
}

#[derive(Deserialize)]
struct Ticker {
	/// Last trade: price, volume.
	c: Vec<Num>,
}

pub(crate) fn step(query: &Query<'_>, replies: &[Vec<Outcome>]) -> Stepped {
	match (*query, replies) {
		(Query::Prices { symbols, .. }, []) => ask_each(symbols, path),
		(Query::Prices { symbols, .. }, [stage]) => read_each(symbols, path, stage, price),
		_ => Err(Fault::Unsupported.into()),
	}
}

fn path(symbol: &str) -> Option<String> {
	let base = match symbol {
		"BTC" => "XBT",
		"DOGE" => "XDG",
		other => other,
	};
	Some(format!("/0/public/Ticker?pair={base}USD"))
}

/// The reply's key differs from the pair that was asked for, so it must be the only one.
fn price(_: &str, outcome: &Outcome) -> Result<u128, Stop> {
	let told: Tickers = json(outcome.as_ref().map_err(|fault| *fault)?, Shape::NoAccounts)?;
	if !told.error.is_empty() {
		return Err(Fault::Service.into());
	}
	let mut tickers = told.result.unwrap_or_default().into_values();
	let (Some(ticker), None) = (tickers.next(), tickers.next()) else {
		return Err(Fault::Malformed.into());
	};
	Ok(ticker.c.first().ok_or(Fault::Malformed)?.scaled(PRICE_DECIMALS)?)
}
