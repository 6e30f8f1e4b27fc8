//! What is no answer, for every service that has accounts.

use super::*;
use crate::{probe_answers, MAX_BODY};

const POOLS: [(Adapter, &str, &str); 6] = [
	(Adapter::Braiins, "BTC", "farm1"),
	(Adapter::F2Pool, "BTC", "farm1"),
	(Adapter::ViaBtc, "BTC", "farm1"),
	(Adapter::Luxor, "BTC", "farm1"),
	(Adapter::Ocean, "BTC", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
	(Adapter::Lotus, "FIL", "f01234"),
];

const PAGE: &str = "<!doctype html><title>502</title>";

/// The live question has the fewest requests; every reply of the stage is `outcome`.
fn live_with(
	adapter: Adapter,
	symbol: &str,
	account: &str,
	outcome: &Outcome,
) -> Result<Answer, Fault> {
	let query = live(symbol, account);
	let stage = asked(adapter, &query, &[]).iter().map(|_| outcome.clone()).collect();
	read(adapter, &query, &[stage])
}

#[test]
fn everything_but_an_answer_or_a_refusal_is_a_fault() {
	let long = format!(r#"{{"filler":"{}"}}"#, "x".repeat(70 * 1024));
	for (outcome, fault) in [
		(reply(429, "application/json", "{}"), Fault::RateLimited),
		(reply(429, "text/html", PAGE), Fault::RateLimited),
		(reply(302, "text/html", ""), Fault::Redirect),
		(reply(301, "application/json", "{}"), Fault::Redirect),
		(reply(503, "text/html", PAGE), Fault::Status(503)),
		(reply(502, "application/json", "{}"), Fault::Status(502)),
		(reply(400, "application/json", "{}"), Fault::Status(400)),
		(reply(204, "application/json", ""), Fault::Status(204)),
		(reply(403, "text/html", PAGE), Fault::Status(403)),
		(reply(404, "text/html", PAGE), Fault::Status(404)),
		(reply(403, "application/json", "{\"code\":"), Fault::Status(403)),
		(reply(200, "text/html", PAGE), Fault::ContentType),
		(reply(200, "", "{}"), Fault::ContentType),
		(json(&long), Fault::TooLong),
		(json(""), Fault::Malformed),
		(json("[]"), Fault::Malformed),
		(json("null"), Fault::Malformed),
		(json("{}"), Fault::Malformed),
		(json(PAGE), Fault::Malformed),
		(Err(Fault::Timeout), Fault::Timeout),
		(Err(Fault::Connection), Fault::Connection),
	] {
		for (adapter, symbol, account) in POOLS {
			assert_eq!(
				live_with(adapter, symbol, account, &outcome),
				Err(fault),
				"{adapter:?} {outcome:?}"
			);
		}
	}
}

#[test]
fn a_server_error_is_a_fault() {
	let outcome = reply(500, "text/html", PAGE);
	for (adapter, symbol, account) in POOLS {
		let answer = live_with(adapter, symbol, account, &outcome);
		assert!(matches!(answer, Err(Fault::Status(500) | Fault::ContentType)), "{adapter:?}");
	}
}

#[test]
fn status_401_refuses_in_any_dress() {
	for outcome in [reply(401, "text/html", PAGE), reply(401, "application/json", "{}")] {
		for (adapter, symbol, account) in POOLS {
			assert_eq!(live_with(adapter, symbol, account, &outcome), Ok(Answer::Refused));
		}
	}
}

#[test]
fn status_403_and_404_refuse_only_in_the_services_own_shape() {
	let own = [
		(Adapter::Braiins, r#"{"detail":"forbidden"}"#),
		(Adapter::F2Pool, r#"{"code":5010,"msg":"permission denied"}"#),
		(Adapter::ViaBtc, r#"{"code":12001,"data":{},"message":"x"}"#),
		(Adapter::Luxor, r#"{"error":"forbidden"}"#),
		(Adapter::Ocean, r#"{"error":"no such user"}"#),
		(
			Adapter::Lotus,
			r#"{"jsonrpc":"2.0","id":0,"error":{"code":1,"message":"missing permission"}}"#,
		),
	];
	for ((adapter, symbol, account), (same, body)) in POOLS.into_iter().zip(own) {
		assert_eq!(adapter, same);
		for status in [403, 404] {
			let own = reply(status, "application/json", body);
			assert_eq!(
				live_with(adapter, symbol, account, &own),
				Ok(Answer::Refused),
				"{adapter:?}"
			);
		}
	}
	// A proxy's JSON is not F2Pool's.
	let foreign = reply(403, "application/json", r#"{"error":"blocked"}"#);
	let answer = live_with(Adapter::F2Pool, "BTC", "farm1", &foreign);
	assert_eq!(answer, Err(Fault::Status(403)));
}

#[test]
fn a_body_may_be_as_long_as_the_limit() {
	let empty = r#"{"result":{"hashrate_300s":"7"},"x":""}"#;
	let filled = format!(
		r#"{{"result":{{"hashrate_300s":"7"}},"x":"{}"}}"#,
		"y".repeat(MAX_BODY - empty.len())
	);
	assert_eq!(filled.len(), MAX_BODY);
	let query = live("BTC", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
	assert_eq!(read(Adapter::Ocean, &query, &[vec![json(&filled)]]), Ok(Answer::Live(7)));
}

#[test]
fn probes_answer_in_the_services_own_shape_only() {
	for (adapter, body, status) in [
		(Adapter::Braiins, r#"{"btc":{"pool_active_workers":1}}"#, 200),
		(Adapter::F2Pool, r#"{"code":5001,"msg":"params error"}"#, 200),
		(Adapter::ViaBtc, r#"{"code":12001,"data":{},"message":"x"}"#, 401),
		(Adapter::Luxor, r#"{"error":"unauthorized"}"#, 401),
		(Adapter::Ocean, r#"{"result":{"active_users":"2410"}}"#, 200),
		(
			Adapter::Lotus,
			r#"{"jsonrpc":"2.0","id":0,"result":{"Cids":[{"/":"bafy"}],"Height":1}}"#,
			200,
		),
	] {
		assert!(probe_answers(adapter, &reply(status, "application/json", body)), "{adapter:?}");
		for dead in [
			reply(500, "application/json", "{}"),
			reply(429, "application/json", body),
			reply(200, "text/html", PAGE),
			reply(302, "text/html", ""),
			json("{"),
			Err(Fault::Timeout),
		] {
			assert!(!probe_answers(adapter, &dead), "{adapter:?} {dead:?}");
		}
	}
	assert!(!probe_answers(Adapter::Coinbase, &json("{}")));
}
