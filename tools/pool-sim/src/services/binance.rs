//! Binance: `GET /api/v3/ticker/price?symbol=BTCUSDT`. Prices are decimal strings, in USDT.
//! Source: <https://developers.binance.com/docs/binance-spot-api-docs/rest-api>.

use super::Service;
use crate::{
	exchange::{Ask, Reply},
	numbers::fixed,
	world::{Priced, View},
};
use serde_json::json;

pub fn answer(view: &View, ask: &Ask) -> Reply {
	if ask.segments().as_slice() != ["api", "v3", "ticker", "price"] {
		return Reply::html(404, "<html><body><h2>404 Not found</h2></body></html>");
	}
	let symbol = ask.parameter("symbol").unwrap_or_default();
	let upper = symbol.bytes().all(|byte| byte.is_ascii_uppercase());
	let priced = symbol.strip_suffix("USDT").filter(|_| upper).and_then(Priced::by_symbol);
	let Some(priced) = priced.filter(|priced| priced.symbol() != "USDT") else {
		return Reply::json(400, &json!({ "code": -1121, "msg": "Invalid symbol." }));
	};
	let dollars = view.price(priced, Service::Binance);
	let tether = view.price(Priced::Stable("USDT"), Service::Binance).max(1);
	let price = fixed(dollars * 1_000_000 / tether * 100, 8);
	Reply::ok(&json!({ "symbol": symbol, "price": price }))
}
