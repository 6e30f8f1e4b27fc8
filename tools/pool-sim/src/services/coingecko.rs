//! CoinGecko: `GET /api/v3/simple/price?ids=bitcoin&vs_currencies=usd`. Prices are numbers; an
//! unknown id is just missing.
//! Source: <https://docs.coingecko.com/reference/simple-price>.

use super::Service;
use crate::{
	exchange::{Ask, Reply},
	numbers::float,
	world::{Coin, Priced, View},
};
use serde_json::{json, Map, Value};

pub fn answer(view: &View, ask: &Ask) -> Reply {
	if ask.segments().as_slice() != ["api", "v3", "simple", "price"] {
		return Reply::json(
			404,
			&json!({ "error": "Incorrect path. Please check https://www.coingecko.com/api/" }),
		);
	}
	let (Some(ids), Some("usd")) = (ask.parameter("ids"), ask.parameter("vs_currencies")) else {
		return Reply::json(422, &json!({ "error": "Missing parameter ids or vs_currencies" }));
	};
	let dated = ask.parameter("include_last_updated_at") == Some("true");
	let mut prices = Map::new();
	for id in ids.split(',') {
		let Some(priced) = known(id) else { continue };
		let mut quote = json!({ "usd": float(view.price(priced, Service::CoinGecko), 6, false) });
		if dated {
			quote["last_updated_at"] = json!(view.now.seconds().saturating_sub(20));
		}
		prices.insert(id.to_string(), quote);
	}
	Reply::ok(&Value::Object(prices))
}

fn known(id: &str) -> Option<Priced> {
	match id {
		"usd-coin" => Some(Priced::Stable("USDC")),
		"tether" => Some(Priced::Stable("USDT")),
		_ => Coin::by_slug(id).map(Priced::Coin),
	}
}
