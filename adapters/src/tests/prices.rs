//! Prices, and that one symbol never stops the others.

use super::*;

const NOW: u64 = 1_733_011_200;
const SYMBOLS: [&str; 3] = ["BTC", "FIL", "USDT"];

fn prices() -> Query<'static> {
	Query::Prices { symbols: &SYMBOLS, now: NOW }
}

fn told(list: &[(&str, u128)]) -> Result<Answer, Fault> {
	Ok(Answer::Prices(list.iter().map(|(symbol, price)| (symbol.to_string(), *price)).collect()))
}

fn paths(adapter: Adapter) -> Vec<String> {
	asked(adapter, &prices(), &[]).into_iter().map(|request| request.path).collect()
}

fn coinbase(symbol: &str, amount: &str) -> Outcome {
	json(&format!(r#"{{"data":{{"amount":"{amount}","base":"{symbol}","currency":"USD"}}}}"#))
}

#[test]
fn coinbase_quotes_dollars() {
	assert_eq!(
		paths(Adapter::Coinbase),
		["/v2/prices/BTC-USD/spot", "/v2/prices/FIL-USD/spot", "/v2/prices/USDT-USD/spot"]
	);
	let stage = vec![
		coinbase("BTC", "64090.00"),
		coinbase("FIL", "3.1415926535897932"),
		coinbase("USDT", "0.9998"),
	];
	assert_eq!(
		read(Adapter::Coinbase, &prices(), &[stage]),
		told(&[
			("BTC", 64_090_000_000_000_000),
			("FIL", 3_141_592_653_589),
			("USDT", 999_800_000_000)
		])
	);
}

#[test]
fn a_symbol_that_fails_leaves_the_others() {
	let page = reply(404, "application/json", r#"{"errors":[{"id":"not_found"}]}"#);
	let stage = vec![coinbase("BTC", "64090.00"), page.clone(), Err(Fault::Timeout)];
	assert_eq!(
		read(Adapter::Coinbase, &prices(), &[stage]),
		told(&[("BTC", 64_090_000_000_000_000)])
	);
	let stage = vec![page, Err(Fault::Timeout), Err(Fault::Timeout)];
	assert_eq!(read(Adapter::Coinbase, &prices(), &[stage]), Err(Fault::Status(404)));
}

#[test]
fn quotes_of_something_else_do_not_count() {
	let stage = vec![coinbase("BCH", "500"), coinbase("FIL", "0"), coinbase("USDT", "-1")];
	assert_eq!(read(Adapter::Coinbase, &prices(), &[stage]), Err(Fault::Malformed));
	let euros = json(r#"{"data":{"amount":"1","base":"BTC","currency":"EUR"}}"#);
	let stage = vec![euros, Err(Fault::Timeout), Err(Fault::Timeout)];
	assert_eq!(read(Adapter::Coinbase, &prices(), &[stage]), Err(Fault::Malformed));
}

#[test]
fn kraken_answers_under_a_key_of_its_own() {
	assert_eq!(
		paths(Adapter::Kraken),
		[
			"/0/public/Ticker?pair=XBTUSD",
			"/0/public/Ticker?pair=FILUSD",
			"/0/public/Ticker?pair=USDTUSD"
		]
	);
	let ticker = |key: &str, last: &str| {
		json(&format!(
			r#"{{"error":[],"result":{{"{key}":{{"a":["1","1","1.000"],"c":["{last}","0.11"],"t":[1960,5958],"o":"3796.2"}}}}}}"#
		))
	};
	let stage =
		vec![ticker("XXBTZUSD", "64091.5"), ticker("FILUSD", "3.2"), ticker("USDTZUSD", "1.0001")];
	assert_eq!(
		read(Adapter::Kraken, &prices(), &[stage]),
		told(&[
			("BTC", 64_091_500_000_000_000),
			("FIL", 3_200_000_000_000),
			("USDT", 1_000_100_000_000)
		])
	);
	let unknown = json(r#"{"error":["EQuery:Unknown asset pair"]}"#);
	let two = json(r#"{"error":[],"result":{"A":{"c":["1"]},"B":{"c":["2"]}}}"#);
	assert_eq!(
		read(Adapter::Kraken, &prices(), &[vec![unknown, two.clone(), two]]),
		Err(Fault::Service)
	);
}

#[test]
fn binance_does_not_price_its_own_quote() {
	assert_eq!(
		paths(Adapter::Binance),
		["/api/v3/ticker/price?symbol=BTCUSDT", "/api/v3/ticker/price?symbol=FILUSDT"]
	);
	let ticker =
		|pair: &str, price: &str| json(&format!(r#"{{"symbol":"{pair}","price":"{price}"}}"#));
	assert_eq!(
		read(
			Adapter::Binance,
			&prices(),
			&[vec![ticker("BTCUSDT", "64090.00"), ticker("BCHUSDT", "1")]]
		),
		told(&[("BTC", 64_090_000_000_000_000)])
	);
}

#[test]
fn coingecko_quotes_all_at_once_and_old_ones_are_stale() {
	assert_eq!(
		paths(Adapter::CoinGecko),
		["/api/v3/simple/price?ids=bitcoin,filecoin,tether&vs_currencies=usd&include_last_updated_at=true&precision=8"]
	);
	let body = |age: u64| {
		let at = NOW - age;
		format!(
			r#"{{"bitcoin":{{"usd":67187.3358,"last_updated_at":{at}}},"filecoin":{{"usd":3.1e0,"last_updated_at":1}}}}"#
		)
	};
	assert_eq!(
		read(Adapter::CoinGecko, &prices(), &[vec![json(&body(3_600))]]),
		told(&[("BTC", 67_187_335_800_000_000)])
	);
	assert_eq!(read(Adapter::CoinGecko, &prices(), &[vec![json(&body(3_601))]]), Err(Fault::Stale));
}
