//! Closed days: read once, decided once, sent until they are seen.

use super::*;
use dmex_primitives::facts::DayReading;
use sp_core::H256;
use sp_io::hashing::blake2_256;

fn honest() -> Reading {
	Reading::ClosedDay(DayReading {
		power: 512_000,
		paid: 122_090,
		payout: Some(H256(blake2_256(b"bc1qfarm"))),
	})
}

#[test]
fn a_closed_day_is_read_and_voted_on() {
	node(1, |node| {
		let account = followed(&node);
		node.net.serve(braiins_answers);
		node.run_blocks(3);
		assert_eq!(node.readings(), [(day_feed(account, 100, 0), honest())]);
		let signed = &node.sent()[0];
		assert_eq!(signed.vote.observed_at, Now::get());
		assert_eq!(signed.vote.key, key(1));
		node.include();
		assert_eq!(Oracle::voted_on(&day_feed(account, 100, 0), &key(1)), Some(true));
		// Nothing more to do: no request, no vote.
		let asked = node.net.seen().len();
		node.run_blocks(5);
		assert_eq!(node.net.seen().len(), asked);
		assert_eq!(node.sent(), []);
	});
}

#[test]
fn requests_carry_the_token_and_who_asks() {
	node(1, |node| {
		followed(&node);
		node.net.serve(braiins_answers);
		node.run_blocks(3);
		for seen in node.net.seen() {
			assert_eq!(seen.method, "GET");
			assert_eq!(
				seen.headers,
				[
					(
						"User-Agent".to_string(),
						format!("DMEX-oracle/{}", env!("CARGO_PKG_VERSION"))
					),
					("Accept".to_string(), "application/json, text/plain".to_string()),
					("Pool-Auth-Token".to_string(), "s3cret-t0ken".to_string()),
				]
			);
		}
		assert_eq!(node.worker().requests, 4);
	});
}

#[test]
fn the_same_bytes_are_sent_until_the_chain_shows_them() {
	RoundBlocks::set(5);
	node(1, |node| {
		followed(&node);
		RoundBlocks::set(1_000);
		next_round();
		node.net.serve(braiins_answers);
		node.run_blocks(3);
		assert_eq!(node.sent().len(), 1);
		// The pool has changed its mind, but what is signed is signed.
		node.net.serve(|_| Deed::Hang);
		node.run_blocks(9);
		let sent = node.sent();
		assert_eq!(sent.len(), 4, "every third block");
		assert!(sent.iter().all(|signed| *signed == sent[0]));
		assert_eq!(node.worker().votes_sent, 1);
		node.include();
		node.run_blocks(9);
		assert_eq!(node.sent(), []);
	});
}

#[test]
fn a_reading_stands_in_the_next_round_too() {
	node(1, |node| {
		let account = followed(&node);
		node.net.serve(braiins_answers);
		node.run_blocks(3);
		let first = node.sent()[0].clone();
		let asked = node.net.seen().len();
		// The vote never arrives; the round is over.
		node.net.serve(|_| panic!("a decided day is not read again"));
		next_round();
		node.run_blocks(1);
		let last = node.sent().last().unwrap().clone();
		assert!(last.vote.round > first.vote.round);
		assert_eq!(last.vote.readings, first.vote.readings);
		assert_eq!(last.vote.reading_of(&day_feed(account, 100, 0)), Some(honest()));
		assert_eq!(node.net.seen().len(), asked);
	});
}

#[test]
fn a_reading_stands_though_the_rest_is_forgotten() {
	node(1, |node| {
		let account = followed(&node);
		node.net.serve(braiins_answers);
		node.run_blocks(3);
		node.net.store(b"dmex/worker/state", b"of another version");
		node.net.serve(|seen| match braiins_answers(seen) {
			Deed::Reply { body, .. } => json(body.replace("0.00122090", "9.9")),
			other => other,
		});
		next_round();
		node.run_blocks(4);
		for signed in node.sent() {
			assert_eq!(signed.vote.reading_of(&day_feed(account, 100, 0)), Some(honest()));
		}
	});
}

#[test]
fn a_refusal_is_voted_only_while_the_service_answers_anybody() {
	for (up, reading) in [(true, vec![Reading::Refused]), (false, vec![])] {
		node(1, |node| {
			followed(&node);
			node.net.serve(move |seen| match seen.url.ends_with("/stats/json/btc/") {
				true if up => braiins_answers(seen),
				true => net::status(503, "{}"),
				false => net::status(401, r#"{"detail":"invalid token"}"#),
			});
			node.run_blocks(8);
			let told: Vec<_> = node.readings().into_iter().map(|(_, reading)| reading).collect();
			assert_eq!(told, reading);
			if !up {
				let (_, fault) = node.status(0).last_error.unwrap();
				assert_eq!(fault, dmex_adapters::Fault::Unavailable);
			}
		});
	}
}

#[test]
fn no_token_is_a_refusal_and_is_asked_about_once_for_all_accounts() {
	node(1, |node| {
		LiveEvery::set(1_000_000);
		for name in ["farm1", "farm2", "farm3"] {
			braiins(name);
		}
		go_to(101, 55_000);
		node.net.serve(braiins_answers);
		node.run_blocks(1);
		assert_eq!(node.urls(), ["https://pool.braiins.com/stats/json/btc/"]);
		assert_eq!(node.net.seen()[0].header("Pool-Auth-Token"), None);
		let readings = node.readings();
		assert_eq!(readings.len(), 3);
		assert!(readings.iter().all(|(_, reading)| *reading == Reading::Refused));
	});
}

#[test]
fn a_nodes_own_token_serves_accounts_without_one() {
	node(1, |node| {
		LiveEvery::set(1_000_000);
		braiins("farm1");
		node.net.store(&tokens::source_key(0), &b"of-the-node".to_vec().encode());
		go_to(101, 55_000);
		node.net.serve(braiins_answers);
		node.run_blocks(1);
		assert_eq!(node.net.seen()[0].header("Pool-Auth-Token"), Some("of-the-node"));
	});
}

#[test]
fn what_was_read_for_one_attempt_serves_the_next() {
	node(1, |node| {
		let account = followed(&node);
		node.net.serve(braiins_answers);
		node.run_blocks(1);
		let before = node.net.seen().len();
		assert!((1..4).contains(&before), "the limit has stopped it in the middle");
		go_to(102, 55_000);
		node.run_blocks(4);
		let day = |url: &String| url.contains("from=1970-04-11");
		assert_eq!(node.urls().iter().filter(|url| day(url)).count(), 1);
		let feeds: Vec<_> = node.readings().into_iter().map(|(feed, _)| feed).collect();
		assert!(feeds.contains(&day_feed(account, 100, 1)), "{feeds:?}");
	});
}

#[test]
fn an_amendment_that_changes_nothing_is_not_sent() {
	node(1, |node| {
		let account = followed(&node);
		node.net.serve(braiins_answers);
		node.run_blocks(3);
		node.include();
		go_to(108, 55_000);
		node.run_blocks(30);
		let amended = day_feed(account, 100, 7);
		assert!(node.readings().iter().all(|(feed, _)| *feed != amended));
		// It is not read again and again either.
		let asked = |node: &Node| {
			let of_day = |url: &&String| url.contains("rewards") && url.contains("to=1970-04-11");
			node.urls().iter().filter(of_day).count()
		};
		assert_eq!(asked(&node), 2);
		node.run_blocks(10);
		assert_eq!(asked(&node), 2);
	});
}

#[test]
fn the_token_is_nowhere_but_in_the_header() {
	node(1, |node| {
		followed(&node);
		node.net.serve(|seen| match seen.url.contains("rewards") {
			true => net::status(500, "{}"),
			false => braiins_answers(seen),
		});
		node.run_blocks(4);
		let secret = b"s3cret-t0ken";
		let holds = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
		assert!(!holds(&node.net.dump(tokens::PREFIX)));
		assert!(!node.sent().iter().any(|signed| holds(&signed.encode())));
		assert!(!node.urls().iter().any(|url| holds(url.as_bytes())));
	});
}
