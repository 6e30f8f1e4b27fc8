//! What goes over the wire, to the byte.

use super::*;
use crate::{public_probe, Method};

fn paths(requests: &[Request]) -> Vec<&str> {
	requests.iter().map(|request| request.path.as_str()).collect()
}

#[test]
fn braiins_is_asked_for_exactly_the_day() {
	let requests = asked(Adapter::Braiins, &closed_day("BTC", "farm1"), &[]);
	assert_eq!(
		paths(&requests),
		[
			"/accounts/profile/json/btc/",
			"/accounts/rewards/json/btc?from=2024-12-01&to=2024-12-01",
			"/accounts/hash_rate_daily/json/group/btc",
			"/accounts/payouts/json/btc?from=2024-11-01&to=2024-12-01",
		]
	);
	for request in requests {
		assert_eq!(request.method, Method::Get);
		assert_eq!(request.headers, [("Pool-Auth-Token".to_string(), "t0ken".to_string())]);
	}
}

#[test]
fn f2pool_is_asked_by_post() {
	let requests = asked(Adapter::F2Pool, &closed_day("BCH", "farm1"), &[]);
	assert_eq!(paths(&requests), ["/v2/hash_rate/info", "/v2/assets/transactions/list"]);
	let bodies: Vec<_> = requests.iter().map(|r| core::str::from_utf8(&r.body).unwrap()).collect();
	assert_eq!(
		bodies,
		[
			r#"{"currency":"bitcoin-cash","mining_user_name":"farm1"}"#,
			r#"{"currency":"bitcoin-cash","mining_user_name":"farm1","type":"revenue","start_time":1733011200,"end_time":1733702400}"#,
		]
	);
	assert_eq!(
		requests[0].headers,
		[
			("Content-Type".to_string(), "application/json".to_string()),
			("F2P-API-SECRET".to_string(), "t0ken".to_string()),
		]
	);
}

#[test]
fn viabtc_and_luxor_and_ocean_are_asked_for_the_day() {
	assert_eq!(
		paths(&asked(Adapter::ViaBtc, &closed_day("BCH", "farm1"), &[])),
		[
			"/res/openapi/v1/account",
			"/res/openapi/v1/profit/history?coin=BCH&start_date=2024-12-01&end_date=2024-12-01&utc=true",
			"/res/openapi/v1/hashrate/history?coin=BCH&start_date=2024-12-01&end_date=2024-12-01&utc=true",
		]
	);
	assert_eq!(
		paths(&asked(Adapter::Luxor, &closed_day("BTC", "farm1"), &[])),
		[
			"/api/v1/pool/summary/BTC?subaccount_names=farm1",
			"/api/v2/pool/hashrate-efficiency/BTC?subaccount_names=farm1&start_date=2024-12-01&end_date=2024-12-02&tick_size=1d&page_number=1&page_size=10",
			"/api/v2/pool/revenue/BTC?subaccount_names=farm1&start_date=2024-12-01&end_date=2024-12-02",
		]
	);
	let address = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
	assert_eq!(
		paths(&asked(Adapter::Ocean, &closed_day("BTC", address), &[])),
		[format!("/v1/earnpay/{address}/1730505600/1733097600")]
	);
}

#[test]
fn a_token_never_shows_in_debug_or_in_a_path() {
	for adapter in [Adapter::Braiins, Adapter::F2Pool, Adapter::ViaBtc, Adapter::Luxor] {
		for request in asked(adapter, &closed_day("BTC", "farm1"), &[]) {
			assert!(!format!("{request:?}").contains("t0ken"));
			assert!(
				!request.path.contains("t0ken") && !request.body.windows(5).any(|w| w == b"t0ken")
			);
			assert!(request.headers.iter().any(|(_, value)| value == "t0ken"));
		}
	}
}

#[test]
fn a_token_that_would_break_the_header_is_not_sent() {
	let query = closed_day("BTC", "farm1");
	for token in ["", "a\r\nX-Evil: 1", "white space", "ключ", &"x".repeat(513)] {
		assert_eq!(
			step(Adapter::Braiins, &query, Some(token), &[]),
			Step::Done(Err(Fault::NoToken)),
			"{token:?}"
		);
	}
	assert_eq!(step(Adapter::Braiins, &query, None, &[]), Step::Done(Err(Fault::NoToken)));
}

#[test]
fn nodes_are_asked_without_a_token_too() {
	let query = Query::Network { symbol: "BTC", blocks_per_day: 144 };
	let Step::Ask(requests) = step(Adapter::BitcoinCore, &query, None, &[]) else { panic!() };
	assert_eq!(requests.len(), 1);
	assert_eq!(requests[0].headers.len(), 1);
	let Step::Ask(requests) = step(Adapter::BitcoinCore, &query, Some("user:pass"), &[]) else {
		panic!()
	};
	assert_eq!(
		requests[0].headers[1],
		("Authorization".to_string(), "Basic dXNlcjpwYXNz".to_string())
	);
	assert_eq!(
		requests[0].body,
		br#"{"jsonrpc":"2.0","id":0,"method":"getblockcount","params":[]}"#
	);
}

#[test]
fn probes_carry_no_token_and_there_is_one_where_there_are_accounts() {
	use Adapter::*;
	for adapter in [Braiins, F2Pool, ViaBtc, Luxor, Ocean, Lotus] {
		let probe = public_probe(adapter).expect("reads accounts");
		assert!(probe.headers.iter().all(|(name, _)| name == "Content-Type"), "{adapter:?}");
	}
	for adapter in [BitcoinCore, MempoolSpace, BlockchairBch, Coinbase, Kraken, Binance, CoinGecko]
	{
		assert_eq!(public_probe(adapter), None);
	}
}

#[test]
fn questions_that_a_service_cannot_answer_are_not_asked() {
	for (adapter, query) in [
		(Adapter::Braiins, closed_day("BCH", "farm1")),
		(Adapter::F2Pool, closed_day("FIL", "farm1")),
		(Adapter::Lotus, live("BTC", "f01234")),
		(Adapter::MempoolSpace, Query::Network { symbol: "BCH", blocks_per_day: 144 }),
		(Adapter::Coinbase, live("BTC", "farm1")),
		(Adapter::Braiins, Query::Prices { symbols: &["BTC"], now: 0 }),
		(Adapter::Binance, Query::Prices { symbols: &["USDT"], now: 0 }),
		(Adapter::CoinGecko, Query::Prices { symbols: &["NOSUCH"], now: 0 }),
		(Adapter::Kraken, Query::Prices { symbols: &["B/C"], now: 0 }),
		(Adapter::Kraken, Query::Prices { symbols: &["BTC"; 21], now: 0 }),
	] {
		assert_eq!(step(adapter, &query, TOKEN, &[]), Step::Done(Err(Fault::Unsupported)));
	}
}
