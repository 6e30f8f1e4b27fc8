//! Coinbase: spot price in US dollars.

use crate::{
	exchange::{ask_each, read_each},
	read::{json, Num, Shape},
	step::{Fault, Outcome, Query, Stepped, Stop},
	PRICE_DECIMALS,
};
use alloc::{format, string::String, vec::Vec};
use serde::Deserialize;

#[derive(Deserialize)]
struct Wrapped {
	data: Spot,
}

#[derive(Deserialize)]
struct Spot {
	amount: Num,
	base: String,
	currency: String,
}

pub(crate) fn step(query: &Query<'_>, replies: &[Vec<Outcome>]) -> Stepped {
	match (*query, replies) {
		(Query::Prices { symbols, .. }, []) => ask_each(symbols, path),
		(Query::Prices { symbols, .. }, [stage]) => read_each(symbols, path, stage, price),
		_ => Err(Fault::Unsupported.into()),
	}
}

fn path(symbol: &str) -> Option<String> {
	Some(format!("/v2/prices/{symbol}-USD/spot"))
}

fn price(symbol: &str, outcome: &Outcome) -> Result<u128, Stop> {
	let told: Wrapped = json(outcome.as_ref().map_err(|fault| *fault)?, Shape::NoAccounts)?;
	if told.data.base != symbol || told.data.currency != "USD" {
		return Err(Fault::Malformed.into());
	}
	Ok(told.data.amount.scaled(PRICE_DECIMALS)?)
}
