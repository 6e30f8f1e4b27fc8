//! Binance: price of the pair with USDT.
//!
//! Quotes are in USDT, taken as a dollar: three other services quote dollars, and the median of
//! them decides. For the stablecoin itself Binance has nothing to say.

use crate::{
	exchange::{ask_each, read_each},
	read::{json, Num, Shape},
	step::{Fault, Outcome, Query, Stepped, Stop},
	PRICE_DECIMALS,
};
use alloc::{format, string::String, vec::Vec};
use serde::Deserialize;

#[derive(Deserialize)]
struct Ticker {
	symbol: String,
	price: Num,
}

pub(crate) fn step(query: &Query<'_>, replies: &[Vec<Outcome>]) -> Stepped {
	match (*query, replies) {
		(Query::Prices { symbols, .. }, []) => ask_each(symbols, path),
		(Query::Prices { symbols, .. }, [stage]) => read_each(symbols, path, stage, price),
		_ => Err(Fault::Unsupported.into()),
	}
}

fn path(symbol: &str) -> Option<String> {
	(symbol != "USDT").then(|| format!("/api/v3/ticker/price?symbol={symbol}USDT"))
}

fn price(symbol: &str, outcome: &Outcome) -> Result<u128, Stop> {
	let told: Ticker = json(outcome.as_ref().map_err(|fault| *fault)?, Shape::NoAccounts)?;
	if told.symbol.strip_suffix("USDT") != Some(symbol) {
		return Err(Fault::Malformed.into());
	}
	Ok(told.price.scaled(PRICE_DECIMALS)?)
}
