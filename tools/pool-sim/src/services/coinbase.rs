//! Coinbase: `GET /v2/prices/BTC-USD/spot`. Prices are decimal strings.
//! Source: <https://docs.cdp.coinbase.com/coinbase-app/docs/api-prices>.

use super::Service;
use crate::{
	exchange::{Ask, Reply},
	numbers::fixed,
	world::{Priced, View},
};
use serde_json::json;

pub fn answer(view: &View, ask: &Ask) -> Reply {
	let unknown = || {
		let error = json!({ "id": "not_found", "message": "Invalid base currency" });
		Reply::json(404, &json!({ "errors": [error] }))
	};
	let path = ask.segments();
	let ["v2", "prices", pair, "spot"] = path.as_slice() else { return unknown() };
	let Some(priced) = pair.strip_suffix("-USD").and_then(Priced::by_symbol) else {
		return unknown();
	};
	// Cents, and four decimals where a coin is cheap.
	let price = view.price(priced, Service::Coinbase);
	let amount = if price < 10_000_000 { fixed(price / 100, 4) } else { fixed(price / 10_000, 2) };
	let data = json!({ "amount": amount, "base": priced.symbol(), "currency": "USD" });
	Reply::ok(&json!({ "data": data }))
}
