//! Kraken: `GET /0/public/Ticker?pair=XBTUSD`. Prices are decimal strings; the key of the result
//! differs from the pair that was asked for; errors come under status 200.
//! Source: <https://docs.kraken.com/api/docs/rest-api/get-ticker-information>.

use super::Service;
use crate::{
	exchange::{Ask, Reply},
	numbers::fixed,
	world::{Priced, View},
};
use serde_json::{json, Map};

pub fn answer(view: &View, ask: &Ask) -> Reply {
	if ask.segments().as_slice() != ["0", "public", "Ticker"] {
		return Reply::ok(&json!({ "error": ["EGeneral:Unknown method"] }));
	}
	let mut result = Map::new();
	for pair in ask.parameter("pair").unwrap_or_default().split(',') {
		let Some((key, priced)) = known(pair) else {
			return Reply::ok(&json!({ "error": ["EQuery:Unknown asset pair"] }));
		};
		let price = view.price(priced, Service::Kraken);
		let text = |price: u128| fixed(price / 10, 5);
		let (ask, bid) = (text(price + price / 5_000), text(price - price / 5_000));
		result.insert(
			key.to_string(),
			json!({
				"a": [ask, "1", "1.000"],
				"b": [bid, "1", "1.000"],
				"c": [text(price), "0.11007700"],
				"v": ["2000.1", "5000.2"],
				"p": [text(price), text(price)],
				"t": [1_960, 5_958],
				"l": [text(price), text(price)],
				"h": [text(price), text(price)],
				"o": text(price),
			}),
		);
	}
	Reply::ok(&json!({ "error": [], "result": result }))
}

fn known(pair: &str) -> Option<(&'static str, Priced)> {
	let priced = pair.strip_suffix("USD").and_then(Priced::by_symbol)?;
	let key = match pair {
		"XBTUSD" => "XXBTZUSD",
		"BCHUSD" => "BCHUSD",
		"LTCUSD" => "XLTCZUSD",
		"FILUSD" => "FILUSD",
		"USDCUSD" => "USDCUSD",
		"USDTUSD" => "USDTZUSD",
		_ => return None,
	};
	Some((key, priced))
}
