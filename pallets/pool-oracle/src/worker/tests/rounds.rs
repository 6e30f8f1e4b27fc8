//! Feeds of a round: networks, fees, prices, live readings.

use super::*;
use dmex_adapters::Fault;
use dmex_primitives::facts::{NetworkReading, Priced};

fn watch(coins: &[dmex_primitives::CoinId]) {
	crate::Watched::<Test>::put(crate::WatchList::try_from(coins.to_vec()).unwrap());
}

fn text(body: &str) -> Deed {
	Deed::Reply { status: 200, kind: "text/plain", body: body.into(), after: 5, body_after: 0 }
}

const HASH: &str = "00000000000000000001b3c0a2f5a2d1f4e9d5e2a1c0b9f8e7d6c5b4a3928170";

fn mempool(seen: &Seen) -> Deed {
	match seen.url.strip_prefix("https://mempool.space/api").unwrap_or_default() {
		"/blocks/tip/height" => text("933130"),
		"/block-height/933120" => text(HASH),
		"/v1/mining/reward-stats/144" => json(r#"{"totalFee":"2881440"}"#),
		path if path.starts_with("/block/") => {
			json(format!(r#"{{"id":"{HASH}","height":933120,"bits":386006177}}"#))
		},
		_ => Deed::Hang,
	}
}

#[test]
fn a_network_and_its_fees_are_read_every_round() {
	node(1, |node| {
		watch(&[BTC]);
		node.net.serve(mempool);
		node.run_blocks(2);
		let round = Oracle::round();
		let mut told = node.readings();
		told.sort();
		assert_eq!(
			told,
			[
				(
					Feed::Network { coin: BTC, round },
					Reading::Network(NetworkReading::ProofOfWork {
						height: 933_120,
						bits: 386_006_177
					})
				),
				(Feed::Fees { coin: BTC, round }, Reading::Fees(20_010)),
			]
		);
		// A network is agreed on once its fees are.
		for _ in 0..2 {
			node.include();
			next_round();
			node.run_blocks(3);
		}
		assert!(crate::NetworkFacts::<Test>::contains_key(BTC));
		// The height is agreed already, so only the fees are told.
		let round = Oracle::round();
		assert_eq!(node.readings(), [(Feed::Fees { coin: BTC, round }, Reading::Fees(20_010))]);
	});
}

#[test]
fn the_next_source_is_asked_when_the_first_fails() {
	node(1, |node| {
		watch(&[BTC]);
		// A node of another coin is never asked, whatever fails.
		let other = b"https://node.example.org/bch".to_vec();
		Oracle::add_source(Adapter::BitcoinCore, Some(other), true).unwrap();
		let own = Oracle::add_source(
			Adapter::BitcoinCore,
			Some(b"https://node.example.org/btc".to_vec()),
			true,
		)
		.unwrap();
		node.net.serve(|seen| {
			assert!(!seen.url.contains("/bch"));
			if !seen.url.starts_with("https://node.example.org/btc/") {
				return net::status(503, "{}");
			}
			let result = match () {
				_ if seen.body.contains("getblockcount") => "933130".to_string(),
				_ if seen.body.contains("getblockhash") => format!("{HASH:?}"),
				_ if seen.body.contains("getblockheader") => {
					r#"{"height":933120,"bits":"1701fca1","confirmations":11}"#.to_string()
				},
				_ => return Deed::Hang,
			};
			json(format!(r#"{{"result":{result},"error":null,"id":0}}"#))
		});
		RoundBlocks::set(50);
		next_round();
		node.run_blocks(4);
		let round = Oracle::round();
		let reading = NetworkReading::ProofOfWork { height: 933_120, bits: 0x1701_fca1 };
		assert_eq!(
			node.readings(),
			[(Feed::Network { coin: BTC, round }, Reading::Network(reading))]
		);
		assert!(node.status(own).successes > 0);
		assert!(matches!(node.status(3).last_error, Some((_, Fault::Status(503)))));
	});
}

fn exchange(seen: &Seen, btc: [&str; 4]) -> Deed {
	let is = |host: &str| seen.url.starts_with(host);
	let stable = seen.url.contains("USDT-USD") || seen.url.contains("USDTUSD");
	if is("https://api.coinbase.com") {
		let (base, amount) = if stable { ("USDT", "0.999") } else { ("BTC", btc[0]) };
		return json(format!(
			r#"{{"data":{{"amount":"{amount}","base":"{base}","currency":"USD"}}}}"#
		));
	}
	if is("https://api.kraken.com") {
		let amount = if stable { "1.001" } else { btc[1] };
		return json(format!(r#"{{"error":[],"result":{{"X":{{"c":["{amount}","1"]}}}}}}"#));
	}
	if is("https://api.binance.com") {
		return json(format!(r#"{{"symbol":"BTCUSDT","price":"{}"}}"#, btc[2]));
	}
	if is("https://api.coingecko.com") {
		let at = Now::get() / 1_000;
		return json(format!(
			r#"{{"bitcoin":{{"usd":{},"last_updated_at":{at}}},"tether":{{"usd":1,"last_updated_at":{at}}}}}"#,
			btc[3]
		));
	}
	Deed::Hang
}

fn price_of(node: &Node, of: Priced) -> Option<u128> {
	node.readings().into_iter().find_map(|(feed, reading)| match (feed, reading) {
		(Feed::Price { of: known, .. }, Reading::Price(price)) if known == of => Some(price),
		_ => None,
	})
}

fn markets() {
	watch(&[BTC]);
	RoundBlocks::set(100);
	next_round();
	for adapter in [Adapter::Coinbase, Adapter::Kraken, Adapter::Binance, Adapter::CoinGecko] {
		source(adapter);
	}
}

const DOLLAR: u128 = 1_000_000_000_000;

#[test]
fn a_price_is_the_median_of_the_sources() {
	node(1, |node| {
		markets();
		node.net.serve(|seen| exchange(seen, ["64000", "64010.5", "64020", "99999"]));
		node.run_blocks(3);
		assert_eq!(price_of(&node, Priced::Coin(BTC)), Some(64_015 * DOLLAR + DOLLAR / 4));
		assert_eq!(price_of(&node, Priced::Stable), Some(DOLLAR));
	});
}

#[test]
fn a_price_needs_two_sources_where_there_are_more() {
	node(1, |node| {
		markets();
		node.net.serve(|seen| match seen.url.contains("coinbase") {
			true => exchange(seen, ["64000", "", "", ""]),
			false => net::status(500, "{}"),
		});
		node.run_blocks(6);
		assert_eq!(price_of(&node, Priced::Coin(BTC)), None);
		// Another one comes back in the same round.
		node.net.serve(|seen| match seen.url.contains("kraken") {
			true => exchange(seen, ["", "64010", "", ""]),
			false => net::status(500, "{}"),
		});
		node.run_blocks(8);
		assert_eq!(price_of(&node, Priced::Coin(BTC)), Some(64_005 * DOLLAR));
		assert_eq!(price_of(&node, Priced::Stable), Some(DOLLAR));
	});
}

#[test]
fn an_exchange_that_hangs_is_waited_for_once_not_for_each_symbol() {
	node(1, |node| {
		markets();
		node.net.serve(|seen| match seen.url.contains("kraken") {
			true => Deed::Hang,
			false => exchange(seen, ["64000", "", "64020", "64010"]),
		});
		node.run_blocks(1);
		assert_eq!(price_of(&node, Priced::Coin(BTC)), Some(64_010 * DOLLAR));
		let asked = node.net.seen().iter().filter(|seen| seen.url.contains("kraken")).count();
		assert_eq!(asked, 1);
	});
}

#[test]
fn a_price_may_come_from_the_only_source() {
	node(1, |node| {
		watch(&[BTC]);
		RoundBlocks::set(100);
		next_round();
		source(Adapter::Coinbase);
		node.net.serve(|seen| exchange(seen, ["64000", "", "", ""]));
		node.run_blocks(2);
		assert_eq!(price_of(&node, Priced::Coin(BTC)), Some(64_000 * DOLLAR));
	});
}

#[test]
fn live_power_is_read_in_the_coins_unit() {
	node(1, |node| {
		let account = braiins("farm1");
		node.token(account, "t");
		node.net.serve(braiins_answers);
		RoundBlocks::set(100);
		next_round();
		node.run_blocks(2);
		let round = Oracle::round();
		assert_eq!(node.readings(), [(Feed::Live { account, round }, Reading::Live(511_000))]);
	});
}

#[test]
fn a_live_reading_that_is_refused_is_no_vote() {
	node(1, |node| {
		let account = braiins("farm1");
		node.token(account, "t");
		node.net.serve(|_| net::status(401, "{}"));
		node.run_blocks(4);
		assert_eq!(node.sent(), []);
		assert!(matches!(node.status(0).last_error, Some((_, Fault::NoToken))));
	});
}

#[test]
fn the_status_counts_what_was_done() {
	node(1, |node| {
		watch(&[BTC]);
		node.net.serve(mempool);
		node.run_blocks(2);
		let worker = node.worker();
		assert_eq!(worker.last_round, Oracle::round());
		assert_eq!(worker.rounds_voted, 1);
		assert_eq!(worker.requests, 4);
		assert!(worker.votes_sent >= 1);
		let status = node.status(3);
		assert_eq!((status.successes, status.faults, status.last_error), (2, 0, None));
		assert!(status.last_success.is_some());
	});
}
