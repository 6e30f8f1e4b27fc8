//! Rate limits, locks, and who runs at all.

use super::*;
use dmex_primitives::facts::PoolAccounts;
use sp_core::offchain::Timestamp;

#[test]
fn a_node_without_a_key_of_the_set_does_nothing() {
	node(1, |node| {
		followed(&node);
		node.net.serve(braiins_answers);
		next_session(&[2], &[2]);
		node.run_blocks(3);
		assert_eq!(node.net.seen(), []);
		assert_eq!(node.worker(), Default::default());
	});
}

#[test]
fn the_published_limit_is_kept_across_runs() {
	node(1, |node| {
		followed(&node);
		node.net.serve(braiins_answers);
		node.run_blocks(4);
		let times: Vec<_> = node.net.seen().iter().map(|seen| seen.at).collect();
		assert_eq!(times.len(), 4);
		assert!(times.windows(2).all(|pair| pair[1] - pair[0] >= 5_000), "{times:?}");
	});
}

#[test]
fn a_run_ends_in_time_whatever_the_services_do() {
	node(1, |node| {
		followed(&node);
		node.net.serve(|_| Deed::Hang);
		for _ in 0..10 {
			run_blocks(1);
			let started = node.net.now();
			node.run();
			assert!(node.net.now() - started <= 8_000);
		}
	});
}

#[test]
fn one_run_at_a_time() {
	node(1, |node| {
		followed(&node);
		node.net.serve(braiins_answers);
		let until = Timestamp::from_unix_millis(node.net.now() + 30_000);
		node.net.store(b"dmex/worker/lock", &until.encode());
		node.run_blocks(5);
		assert_eq!(node.net.seen(), []);
		// A lock that a dead run has left behind does not last.
		node.net.wait(30_000);
		node.run_blocks(1);
		assert!(!node.net.seen().is_empty());
	});
}

#[test]
fn a_block_is_worked_on_once() {
	node(1, |node| {
		followed(&node);
		node.net.serve(braiins_answers);
		node.run_blocks(1);
		let asked = node.net.seen().len();
		node.net.wait(60_000);
		node.run();
		assert_eq!(node.net.seen().len(), asked);
	});
}

#[test]
fn a_service_that_says_too_often_is_left_alone() {
	node(1, |node| {
		followed(&node);
		node.net.serve(|_| net::status(429, "{}"));
		node.run_blocks(4);
		assert_eq!(node.net.seen().len(), 1);
		node.net.wait(50_000);
		node.net.serve(braiins_answers);
		node.run_blocks(4);
		assert_eq!(node.readings().len(), 1);
	});
}

#[test]
fn many_accounts_are_worked_through_in_turn() {
	node(1, |node| {
		LiveEvery::set(1_000_000);
		let accounts: Vec<_> = (0..8)
			.map(|index| {
				let account =
					Oracle::bind(1, BTC, format!("farm{index}").as_bytes(), &PROVIDER).unwrap();
				Oracle::follow(account).unwrap();
				node.token(account, "t");
				account
			})
			.collect();
		go_to(101, 55_000);
		node.net.serve(|seen| {
			let farm = (0..8).find(|index| seen.body.contains(&format!("farm{index}\""))).unwrap();
			match seen.url.ends_with("/v2/hash_rate/info") {
				true => json(format!(r#"{{"info":{{"name":"farm{farm}","hash_rate":5}}}}"#)),
				false => json(format!(
					r#"{{"transactions":[{{"type":"revenue_fpps","changed_balance":0.1,"mining_extra":{{"mining_date":8640000,"hash_rate":{}e12}}}}]}}"#,
					farm + 1
				)),
			}
		});
		node.run_blocks(6);
		let mut told: Vec<_> = node.readings();
		told.sort();
		let feeds: Vec<_> = told.iter().map(|(feed, _)| *feed).collect();
		let due: Vec<_> = accounts.iter().map(|account| day_feed(*account, 100, 0)).collect();
		assert_eq!(feeds, due);
		for (index, (_, reading)) in told.iter().enumerate() {
			let Reading::ClosedDay(day) = reading else { panic!() };
			assert_eq!((day.power, day.paid), ((index as u128 + 1) * 1_000, 10_000_000));
		}
		let post = &node.net.seen()[0];
		assert_eq!(post.method, "POST");
		assert_eq!(post.header("Content-Length"), Some(post.body.len().to_string().as_str()));
		assert_eq!(post.header("Content-Type"), Some("application/json"));
	});
}
