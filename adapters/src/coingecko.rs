//! CoinGecko: all prices in one request.

use crate::{
	exchange::collect,
	read::{json_at, Num, Shape},
	step::{Fault, Next, Outcome, Query, Request, Stepped, Stop},
	PRICE_DECIMALS,
};
use alloc::{collections::BTreeMap, format, string::String, vec, vec::Vec};
use serde::Deserialize;

/// Seconds after which a quote is stale.
const MAX_AGE: u64 = 3_600;

#[derive(Deserialize)]
struct Quote {
	usd: Num,
	last_updated_at: Num,
}

pub(crate) fn step(query: &Query<'_>, replies: &[Vec<Outcome>]) -> Stepped {
	match (*query, replies) {
		(Query::Prices { symbols, .. }, []) => {
			let ids: Vec<&str> = symbols.iter().filter_map(|symbol| id(symbol)).collect();
			if ids.is_empty() || symbols.len() > crate::MAX_REQUESTS {
				return Err(Fault::Unsupported.into());
			}
			let ids = ids.join(",");
			Ok(Next::Ask(vec![Request::get(format!(
				"/api/v3/simple/price?ids={ids}&vs_currencies=usd&include_last_updated_at=true&precision=8"
			))]))
		},
		(Query::Prices { symbols, now }, [_]) => {
			let quotes: BTreeMap<String, Quote> = json_at(replies, 0, 0, Shape::NoAccounts)?;
			let asked = symbols.iter().filter_map(|symbol| Some((*symbol, id(symbol)?)));
			collect(asked.map(|(symbol, id)| (symbol, price(quotes.get(id), now))))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

fn price(quote: Option<&Quote>, now: u64) -> Result<u128, Stop> {
	let quote = quote.ok_or(Fault::Malformed)?;
	if quote.last_updated_at.whole()? < now.saturating_sub(MAX_AGE) {
		return Err(Fault::Stale.into());
	}
	Ok(quote.usd.scaled(PRICE_DECIMALS)?)
}

/// CoinGecko's name of a coin; it has no rule, so a coin without one is not read there.
fn id(symbol: &str) -> Option<&'static str> {
	Some(match symbol {
		"BTC" => "bitcoin",
		"BCH" => "bitcoin-cash",
		"FIL" => "filecoin",
		"LTC" => "litecoin",
		"DOGE" => "dogecoin",
		"KAS" => "kaspa",
		"ZEC" => "zcash",
		"ETC" => "ethereum-classic",
		"DASH" => "dash",
		"USDT" => "tether",
		"USDC" => "usd-coin",
		_ => return None,
	})
}
