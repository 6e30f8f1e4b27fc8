//! What hostile and broken services can do: nothing, and it shows.

use super::*;
use dmex_adapters::Fault;
use dmex_primitives::facts::PoolAccounts;

/// The fault that a deed of the service leads to.
fn fault_of(deed: Deed) -> Option<Fault> {
	let mut found = None;
	node(1, |node| {
		followed(&node);
		node.net.serve(move |_| deed.clone());
		node.run_blocks(8);
		assert_eq!(node.sent(), [], "no vote");
		let status = node.status(0);
		assert!(status.faults > 0 && status.successes == 0 && status.last_success.is_none());
		found = status.last_error.map(|(_, fault)| fault);
	});
	found
}

#[test]
fn every_fault_is_no_vote_and_has_its_name() {
	let slow = |after, body_after| Deed::Reply {
		status: 200,
		kind: "application/json",
		body: "{}".into(),
		after,
		body_after,
	};
	let long = json(format!(r#"{{"x":"{}"}}"#, "y".repeat(70 * 1024)));
	for (deed, fault) in [
		(Deed::Hang, Fault::Timeout),
		(slow(60_000, 0), Fault::Timeout),
		(slow(10, 60_000), Fault::Timeout),
		(Deed::Break, Fault::Connection),
		(Deed::Cut(r#"{"username":"farm1","#.into()), Fault::Connection),
		(Deed::Cut(r#"{"username":"farm1","btc":{}}"#.into()), Fault::Connection),
		(long, Fault::TooLong),
		(net::status(302, "{}"), Fault::Redirect),
		(net::status(500, "{}"), Fault::Status(500)),
		(net::html(200), Fault::ContentType),
		(net::html(403), Fault::Status(403)),
		(json("{"), Fault::Malformed),
	] {
		let shown = format!("{deed:?}").chars().take(80).collect::<String>();
		assert_eq!(fault_of(deed), Some(fault), "{shown}");
	}
}

#[test]
fn one_account_that_fails_stops_no_other() {
	node(1, |node| {
		LiveEvery::set(1_000_000);
		let bind = |name: &str| {
			let account = Oracle::bind(1, BTC, name.as_bytes(), &PROVIDER).unwrap();
			Oracle::follow(account).unwrap();
			node.token(account, "t");
			account
		};
		let (_bad, good) = (bind("bad"), bind("good"));
		go_to(101, 55_000);
		node.net.serve(|seen| match (seen.body.contains("\"bad\""), seen.url.ends_with("info")) {
			(true, _) => Deed::Hang,
			(_, true) => json(r#"{"info":{"name":"good","hash_rate":5}}"#),
			_ => json(
				r#"{"transactions":[{"type":"revenue","changed_balance":1,"mining_extra":{"mining_date":8640000,"hash_rate":7e9}}]}"#,
			),
		});
		node.run_blocks(6);
		let feeds: Vec<_> = node.readings().into_iter().map(|(feed, _)| feed).collect();
		assert_eq!(feeds, [day_feed(good, 100, 0)]);
		let status = node.status(1);
		assert_eq!(status.successes, 1);
		assert!(matches!(status.last_error, Some((_, Fault::Timeout))));
		assert_eq!(status.latency_ms, 20);
	});
}

#[test]
fn a_failing_question_is_put_more_and_more_rarely() {
	node(1, |node| {
		followed(&node);
		node.net.serve(|_| net::status(503, "{}"));
		RoundBlocks::set(1_000);
		next_round();
		node.run_blocks(60);
		// The first request of each try is told no, the others are not sent. Tries are 2, 4, 8, 16
		// and 32 blocks apart, or a little more where the limit says so.
		let asked = node.net.seen().len();
		assert!((4..=6).contains(&asked), "{asked}");
	});
}
