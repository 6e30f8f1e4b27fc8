//! Payouts on the coins' networks, as a custodian reads them from a node.

use super::*;
use crate::{
	clock::DAY_SECONDS,
	payouts::{wallet, Payouts},
};
use serde_json::{json, Value};
use std::path::PathBuf;

async fn call(app: &App, method: Method, path: &str, body: &Value) -> (u16, Value) {
	let (path, query) = path.split_once('?').unwrap_or((path, ""));
	let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
	let ask = Ask {
		method,
		path: path.into(),
		query: pairs.map(|(name, value)| (name.into(), value.into())).collect(),
		headers: HeaderMap::new(),
		body: body.to_string().into(),
		remote: "127.0.0.1".into(),
	};
	let Outcome::Whole(reply) = app.respond(ask).await else { panic!() };
	(reply.status, serde_json::from_str(&reply.body).unwrap())
}

async fn node(app: &App, path: &str, method: &str, params: Value) -> Value {
	let (_, told) =
		call(app, Method::POST, path, &json!({ "id": 1, "method": method, "params": params }))
			.await;
	assert_eq!(told["error"], Value::Null, "{method}");
	told["result"].clone()
}

/// The transactions of a block but its coinbase.
async fn paid_in(app: &App, path: &str, height: u64) -> Vec<Value> {
	let hash = node(app, path, "getblockhash", json!([height])).await;
	let block = node(app, path, "getblock", json!([hash, 2])).await;
	assert_eq!(block["height"], height);
	let mut transactions = block["tx"].as_array().unwrap().clone();
	assert!(transactions.remove(0)["vin"][0]["coinbase"].is_string());
	transactions
}

/// Moves to so many pool seconds after the start of a day.
fn at(app: &App, day: u32, seconds: u64) {
	let pool = u64::from(day) * DAY_SECONDS + seconds;
	app.clock.set(Some((pool * 60_000).div_ceil(DAY_SECONDS)), false);
}

async fn set(app: &App, service: &str, account: &str, address: &str) -> (u16, Value) {
	let body = json!({ "service": service, "account": account, "address": address });
	call(app, Method::POST, "/sim/payout", &body).await
}

/// All payments that the newest blocks hold: (height, address, satoshi, id).
async fn all(app: &App) -> Vec<(u64, String, u64, String)> {
	let (_, told) = call(app, Method::GET, "/sim/payouts", &json!({})).await;
	let mut found = Vec::new();
	for one in told["paid"].as_array().unwrap() {
		let text = |name: &str| one[name].as_str().unwrap().to_string();
		let height = one["height"].as_u64().unwrap();
		found.push((height, text("address"), text("amount").parse().unwrap(), text("transaction")));
	}
	found.reverse();
	found
}

fn bitcoin(day: u32, hours: u64) -> u64 {
	let app = app();
	let chain = app.world.chain(Coin::Btc).unwrap();
	chain.height(Moment { ms: (u64::from(day) * DAY_SECONDS + hours * 3_600) * 1_000 })
}

fn paid(app: &App, service: Service, account: &str, day: u32) -> u64 {
	let view = View::new(&app.world, app.clock.now(), vec![]);
	view.paid(app.world.account(service, account).unwrap(), day.into()) as u64
}

#[tokio::test]
async fn a_day_is_paid_in_a_block_soon_after_its_end() {
	let app = app();
	let own = &wallet(Coin::Btc, 1)[0];
	let (status, told) = set(&app, "braiins", "farm1", own).await;
	assert_eq!((status, &told["from_day"], &told["coin"]), (200, &json!(DAY), &json!("BTC")));
	at(&app, DAY + 1, 4 * 3_600 - 60);
	assert_eq!(all(&app).await, []);
	at(&app, DAY + 1, 5 * 3_600);
	let height = bitcoin(DAY + 1, 4);
	let transactions = paid_in(&app, "/bitcoin-core", height).await;
	assert_eq!(transactions.len(), 1);
	let amount = paid(&app, Service::Braiins, "farm1", DAY);
	let output = &transactions[0]["vout"][0];
	assert_eq!(output["scriptPubKey"]["address"], **own);
	assert_eq!(output["n"], 0);
	let written = crate::numbers::fixed(amount.into(), 8);
	assert_eq!(output["value"].to_string().parse::<f64>(), written.parse::<f64>());
	assert_eq!(transactions[0]["vin"][0]["txid"].as_str().unwrap().len(), 64);
	let hash = node(&app, "/bitcoin-core", "getblockhash", json!([height])).await;
	let before = node(&app, "/bitcoin-core", "getblockhash", json!([height - 1])).await;
	let block = node(&app, "/bitcoin-core", "getblock", json!([hash])).await;
	assert_eq!(block["previousblockhash"], before);
	assert_eq!(block["tx"][1], transactions[0]["txid"]);
	assert_eq!(all(&app).await.len(), 1);
}

#[tokio::test]
async fn each_coin_is_paid_on_its_own_network() {
	let app = app();
	let own = &wallet(Coin::Bch, 1)[0];
	assert_eq!(set(&app, "f2pool", "farm2", own).await.0, 200);
	at(&app, DAY + 1, 3 * 3_600);
	let height = bitcoin(DAY + 1, 2);
	assert_eq!(paid_in(&app, "/bitcoin-core", height).await.len(), 0);
	let transactions = paid_in(&app, "/bitcoin-core/bch", height).await;
	assert_eq!(transactions[0]["vout"][0]["scriptPubKey"]["addresses"], json!([own]));
}

/// The address that a pool's answer about yesterday names.
async fn told(app: &App, service: Service) -> String {
	let name = if service == Service::Braiins { "farm1" } else { "farm3" };
	let token = app.world.account(service, name).unwrap().token.as_deref();
	let day = app.clock.now().day() as u32 - 1;
	let question = Question::ClosedDay { symbol: "BTC", decimals: 8, account: name, day };
	match read(app, service, &base(service), &question, token).await {
		Ok(Answer::ClosedDay(day)) => String::from_utf8(day.payout.unwrap()).unwrap(),
		other => panic!("{other:?}"),
	}
}

#[tokio::test]
async fn the_pools_tell_the_address_that_was_set() {
	let app = app();
	let addresses = wallet(Coin::Btc, 3);
	let wallet_of = |name| app.world.account(Service::Braiins, name).unwrap().payout.clone();
	set(&app, "braiins", "farm1", &addresses[0]).await;
	set(&app, "viabtc", "farm3", &addresses[1]).await;
	assert_eq!(told(&app, Service::ViaBtc).await, addresses[1]);
	at(&app, DAY + 1, 12 * 3_600);
	// The newest payout before the end of the day went to the farm's own wallet.
	assert_eq!(told(&app, Service::Braiins).await, wallet_of("farm1"));
	set(&app, "braiins", "farm1", &addresses[2]).await;
	at(&app, DAY + 2, 12 * 3_600);
	assert_eq!(told(&app, Service::Braiins).await, addresses[0]);
	at(&app, DAY + 3, 12 * 3_600);
	assert_eq!(told(&app, Service::Braiins).await, addresses[2]);
}

#[tokio::test]
async fn another_address_or_a_fault_changes_only_what_is_not_paid_yet() {
	let app = app();
	let addresses = wallet(Coin::Btc, 2);
	set(&app, "braiins", "farm1", &addresses[0]).await;
	at(&app, DAY + 1, 12 * 3_600);
	let first = all(&app).await;
	set(&app, "braiins", "farm1", &addresses[1]).await;
	let corrected =
		Fault { day: Some(DAY.into()), factor: Some(0.5), ..Fault::new(Kind::CorrectDay) };
	app.faults.add(corrected, app.clock.now()).unwrap();
	app.faults.add(Fault { factor: Some(3.0), ..Fault::new(Kind::Lie) }, app.clock.now()).unwrap();
	at(&app, DAY + 2, 12 * 3_600);
	let second = all(&app).await;
	assert_eq!(second[..1], first[..]);
	let amount = paid(&app, Service::Braiins, "farm1", DAY + 1);
	assert_eq!((&second[1].1, second[1].2), (&addresses[1], amount), "a lie pays nobody more");
	let elsewhere = Fault { address: Some("bc1qelse".into()), ..Fault::new(Kind::PayoutAddress) };
	app.faults.add(elsewhere, app.clock.now()).unwrap();
	at(&app, DAY + 3, 12 * 3_600);
	let third = all(&app).await;
	assert_eq!((&third[..2], third[2].1.as_str()), (&second[..], "bc1qelse"));
}

#[tokio::test]
async fn a_late_day_is_paid_late_and_no_block_changes_that_was_told() {
	let app = app();
	set(&app, "braiins", "farm1", &wallet(Coin::Btc, 1)[0]).await;
	app.faults.add(Fault { hours: Some(10), ..Fault::new(Kind::Late) }, app.clock.now()).unwrap();
	at(&app, DAY + 1, 6 * 3_600);
	assert_eq!(paid_in(&app, "/bitcoin-core", bitcoin(DAY + 1, 4)).await.len(), 0);
	app.faults.clear(app.clock.now());
	at(&app, DAY + 1, 8 * 3_600);
	assert_eq!(paid_in(&app, "/bitcoin-core", bitcoin(DAY + 1, 4)).await.len(), 0);
	// The first block after those that were told.
	assert_eq!(all(&app).await[0].0, bitcoin(DAY + 1, 6) + 1);
}

/// A file that is gone at the end.
struct File(PathBuf);

impl File {
	fn new(name: &str) -> Self {
		Self(std::env::temp_dir().join(format!("{name}-{}.json", std::process::id())))
	}

	fn app(&self) -> App {
		App { payouts: Payouts::open(Some(self.0.clone())).unwrap(), ..app() }
	}
}

impl Drop for File {
	fn drop(&mut self) {
		let _ = std::fs::remove_file(&self.0);
	}
}

#[tokio::test]
async fn a_restart_pays_no_day_again_or_differently() {
	let file = File::new("restart");
	let before = file.app();
	let own = &wallet(Coin::Btc, 1)[0];
	set(&before, "braiins", "farm1", own).await;
	let half = Fault { factor: Some(0.5), ..Fault::new(Kind::Drop) };
	before.faults.add(half, before.clock.now()).unwrap();
	at(&before, DAY + 2, 12 * 3_600);
	let paid_before = all(&before).await;
	assert_eq!(paid_before.len(), 2);
	drop(before);

	// The fault is forgotten; what was paid is not.
	let after = file.app();
	at(&after, DAY + 2, 13 * 3_600);
	assert_eq!(all(&after).await, paid_before);
	assert_eq!(paid_in(&after, "/bitcoin-core", paid_before[1].0).await.len(), 1);
	at(&after, DAY + 3, 12 * 3_600);
	let days = all(&after).await;
	assert_eq!(days[..2], paid_before[..]);
	assert_eq!(days[2].2, paid(&after, Service::Braiins, "farm1", DAY + 2));
	drop(after);

	// Away for a hundred days: the last seven are paid, in blocks that nobody has seen.
	let back = file.app();
	at(&back, DAY + 103, 12 * 3_600);
	assert_eq!(all(&back).await, days);
	at(&back, DAY + 103, 13 * 3_600);
	let now = all(&back).await;
	assert_eq!(now[..3], days[..]);
	assert_eq!(now.len(), 3 + 7);
	assert!(now[3..].iter().all(|one| one.0 > bitcoin(DAY + 103, 12) && one.1 == *own));
	let mut ids: Vec<_> = now.iter().map(|one| &one.3).collect();
	ids.sort();
	ids.dedup();
	assert_eq!(ids.len(), 10);
}

#[tokio::test]
async fn impossible_addresses_are_refused_with_the_reason() {
	let app = app();
	let own = wallet(Coin::Btc, 1)[0].clone();
	let typo = own.replace(own.chars().last().unwrap(), "q");
	let ocean = app.world.accounts().iter().find(|account| account.service == Service::Ocean);
	let ocean = ocean.unwrap().name.clone();
	for (service, account, address, status, reason) in [
		("nowhere", "farm1", own.as_str(), 404, "no such service"),
		("braiins", "farm2", &own, 404, "no such account"),
		("braiins", "farm1", "", 400, "empty"),
		("braiins", "farm1", "bc1 q", 400, "character"),
		("braiins", "farm1", &typo, 400, "checksum"),
		("f2pool", "farm2", &own, 400, "BCH"),
		("ocean", &ocean, &own, 400, "account's name"),
		("lotus", "f01234", &own, 400, "not simulated"),
	] {
		let (found, told) = set(&app, service, account, address).await;
		let error = told["error"].as_str().unwrap_or_default();
		assert!(found == status && error.contains(reason), "{service} {address}: {told}");
	}
	let (status, told) = call(&app, Method::POST, "/sim/payout", &json!({ "adress": own })).await;
	assert!(status == 400 && told["error"].as_str().unwrap().contains("adress"), "{told}");
}

#[tokio::test]
async fn a_transaction_is_told_before_it_is_published_and_spends_once() {
	let app = app();
	let to = &wallet(Coin::Btc, 1)[0];
	let mut order = json!({ "coin": "BTC", "address": to, "amount": 70_000, "publish": false });
	let (status, told) = call(&app, Method::POST, "/sim/transactions", &order).await;
	assert_eq!(status, 201);
	assert_eq!(all(&app).await, []);
	order["inputs"] = told["inputs"].clone();
	order["publish"] = json!(true);
	let (_, published) = call(&app, Method::POST, "/sim/transactions", &order).await;
	assert_eq!(published["transaction"], told["transaction"]);
	order["amount"] = json!(70_001);
	let (status, refused) = call(&app, Method::POST, "/sim/transactions", &order).await;
	assert!(status == 400 && refused["error"].as_str().unwrap().contains("spent"), "{refused}");
	at(&app, DAY, 13 * 3_600);
	let found = paid_in(&app, "/bitcoin-core", bitcoin(DAY, 12) + 1).await;
	assert_eq!(found[0]["txid"], told["transaction"]);
	assert_eq!(found[0]["vin"][0]["vout"], 0);
	for wrong in [
		json!({ "coin": "FIL", "address": to, "amount": 1 }),
		json!({ "coin": "BTC", "address": to, "amount": 0 }),
		json!({ "coin": "BTC", "address": "nobody", "amount": 1 }),
		json!({ "coin": "BTC", "address": to, "amount": 1, "inputs": ["x:0"] }),
	] {
		assert_eq!(call(&app, Method::POST, "/sim/transactions", &wrong).await.0, 400, "{wrong}");
	}
}

#[tokio::test]
async fn old_payments_are_forgotten_with_their_blocks() {
	let app = app();
	let to = &wallet(Coin::Btc, 1)[0];
	for amount in 1..=1_030 {
		let order = json!({ "coin": "BTC", "address": to, "amount": amount });
		assert_eq!(call(&app, Method::POST, "/sim/transactions", &order).await.0, 201);
		if amount == 6 {
			at(&app, DAY, 13 * 3_600);
		}
	}
	at(&app, DAY, 14 * 3_600);
	let (gone, kept) = (bitcoin(DAY, 12) + 1, bitcoin(DAY, 13) + 1);
	assert_eq!(paid_in(&app, "/bitcoin-core", kept).await.len(), 1_024);
	let hash = node(&app, "/bitcoin-core", "getblockhash", json!([gone])).await;
	let asked = json!({ "id": 1, "method": "getblock", "params": [hash, 2] });
	let (_, told) = call(&app, Method::POST, "/bitcoin-core", &asked).await;
	assert_eq!(told["error"]["message"], "Block not available (pruned data)");
}

#[tokio::test]
async fn a_wallet_has_addresses_in_order() {
	let app = app();
	let (_, told) = call(&app, Method::GET, "/sim/addresses?coin=BTC&count=64", &json!({})).await;
	let told: Vec<String> = serde_json::from_value(told).unwrap();
	assert_eq!(told.len(), 64);
	assert!(told.windows(2).all(|pair| pair[0] < pair[1]));
	assert_eq!(call(&app, Method::GET, "/sim/addresses?coin=XYZ", &json!({})).await.0, 400);
}
