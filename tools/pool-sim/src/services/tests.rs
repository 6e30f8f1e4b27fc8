//! Each service's shapes, as its documents write them.

use super::*;
use crate::{
	clock::{date, Moment, DAY_MS, DAY_SECONDS},
	faults::{Fault, Faults, Kind},
	world::Coin,
};
use axum::http::{HeaderMap, HeaderValue, Method};
use serde_json::Value;

const DAY: u64 = 29_883_000;

fn world() -> World {
	World::new(1, DAY, 0)
}

fn noon() -> Moment {
	Moment { ms: DAY * DAY_MS + DAY_MS / 2 }
}

fn ask(method: Method, target: &str, headers: &[(&'static str, &str)], body: &str) -> Ask {
	let (path, query) = target.split_once('?').unwrap_or((target, ""));
	let mut map = HeaderMap::new();
	for (name, value) in headers {
		map.insert(*name, HeaderValue::from_str(value).unwrap());
	}
	let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
	Ask {
		method,
		path: path.to_string(),
		query: pairs.map(|(name, value)| (name.to_string(), value.to_string())).collect(),
		headers: map,
		body: body.to_string().into(),
		remote: "127.0.0.1".to_string(),
	}
}

fn json(reply: &Reply) -> Value {
	assert_eq!(reply.content_type, "application/json");
	serde_json::from_str(&reply.body).unwrap()
}

fn get(service: Service, target: &str, token: &str) -> Reply {
	let header = match service {
		Service::Braiins => "pool-auth-token",
		Service::ViaBtc => "x-api-key",
		_ => "authorization",
	};
	let world = world();
	let view = View::new(&world, noon(), vec![]);
	service.answer(&view, &ask(Method::GET, target, &[(header, token)], ""))
}

fn post(service: Service, target: &str, token: &str, body: &str) -> Reply {
	let world = world();
	let view = View::new(&world, noon(), vec![]);
	service.answer(&view, &ask(Method::POST, target, &[("f2p-api-secret", token)], body))
}

/// What the pool says of a day: (power, paid).
fn truth(service: Service, name: &str, day: u64) -> (u128, u128) {
	let world = world();
	let view = View::new(&world, noon(), vec![]);
	let account = world.account(service, name).unwrap();
	(view.measured(account, day), view.paid(account, day))
}

#[test]
fn braiins_writes_rewards_as_strings_and_rates_as_numbers() {
	let token = "sim-braiins-farm1";
	let profile = json(&get(Service::Braiins, "/accounts/profile/json/btc/", token));
	assert_eq!(profile["username"], "farm1");
	assert_eq!(profile["btc"]["hash_rate_unit"], "Gh/s");
	assert!(profile["btc"]["hash_rate_5m"].is_number());
	assert!(profile["btc"]["today_reward"].is_string());

	let (from, to) = (date(DAY - 3), date(DAY));
	let path = format!("/accounts/rewards/json/btc?from={from}&to={to}");
	let rewards = json(&get(Service::Braiins, &path, token));
	let rows = rewards["btc"]["daily_rewards"].as_array().unwrap();
	assert_eq!(rows.len(), 3, "today is not closed");
	assert_eq!(rows[0]["date"], (DAY - 1) * DAY_SECONDS);
	assert_eq!(rows[0]["calculation_date"], DAY * DAY_SECONDS + 3 * 3_600);
	let (power, paid) = truth(Service::Braiins, "farm1", DAY - 1);
	let text = rows[0]["mining_reward"].as_str().unwrap();
	assert_eq!(text.replace('.', "").parse::<u128>().unwrap(), paid);

	let daily = json(&get(Service::Braiins, "/accounts/hash_rate_daily/json/group/btc", token));
	assert_eq!(daily["btc"][0]["date"], (DAY - 1) * DAY_SECONDS);
	let rate = daily["btc"][0]["hash_rate_24h"].to_string();
	let (whole, _) = rate.split_once('.').unwrap();
	assert_eq!(whole.parse::<u128>().unwrap(), power / 1_000_000_000);

	let path = format!("/accounts/payouts/json/btc?from={from}&to={to}");
	let payouts = json(&get(Service::Braiins, &path, token));
	assert_eq!(payouts["onchain"][0]["status"], "confirmed");
	assert_eq!(payouts["onchain"][0]["amount_sats"], paid as u64);
	assert!(payouts["onchain"][0]["destination"].as_str().unwrap().starts_with("bc1q"));
}

#[test]
fn braiins_refuses_bad_dates_and_strangers() {
	let token = "sim-braiins-farm1";
	let reversed = format!("/accounts/rewards/json/btc?from={}&to={}", date(DAY), date(DAY - 1));
	assert_eq!(get(Service::Braiins, &reversed, token).status, 400);
	let malformed = "/accounts/rewards/json/btc?from=yesterday";
	assert_eq!(get(Service::Braiins, malformed, token).status, 400);
	assert_eq!(get(Service::Braiins, "/accounts/profile/json/btc/", "other").status, 401);
	assert_eq!(get(Service::Braiins, "/accounts/nothing", token).status, 404);
	assert_eq!(get(Service::Braiins, "/stats/json/btc/", "").status, 200);
}

#[test]
fn f2pool_writes_errors_under_status_200() {
	let body = r#"{"currency":"bitcoin-cash","mining_user_name":"farm2"}"#;
	let path = "/v2/hash_rate/info";
	let info = json(&post(Service::F2Pool, path, "sim-f2pool-farm2", body));
	assert_eq!(info["info"]["name"], "farm2");
	assert_eq!(info["currency"], "bitcoin-cash");
	assert!(info["info"]["hash_rate"].is_number());
	assert_eq!(json(&post(Service::F2Pool, path, "other", body))["code"], 5010);
	assert_eq!(json(&post(Service::F2Pool, path, "sim-f2pool-farm6", body))["code"], 5010);
	assert_eq!(json(&post(Service::F2Pool, path, "sim-f2pool-farm2", "{"))["code"], 5001);
	assert_eq!(get(Service::F2Pool, path, "").status, 405);
}

#[test]
fn f2pool_books_a_day_at_its_end() {
	let (start, end) = ((DAY - 1) * DAY_SECONDS, (DAY + 7) * DAY_SECONDS);
	let body = format!(
		r#"{{"currency":"bitcoin-cash","mining_user_name":"farm2","type":"revenue","start_time":{start},"end_time":{end}}}"#
	);
	let list = post(Service::F2Pool, "/v2/assets/transactions/list", "sim-f2pool-farm2", &body);
	let list = json(&list);
	let row = &list["transactions"][0];
	let (power, paid) = truth(Service::F2Pool, "farm2", DAY - 1);
	assert_eq!(row["type"], "revenue_fpps");
	assert_eq!(row["mining_extra"]["mining_date"], (DAY - 1) * DAY_SECONDS);
	assert_eq!(row["mining_extra"]["hash_rate"].to_string(), power.to_string());
	assert_eq!(row["changed_balance"].to_string(), crate::numbers::trimmed(paid, 8));
	let body = body.replace("revenue", "payout");
	let list = post(Service::F2Pool, "/v2/assets/transactions/list", "sim-f2pool-farm2", &body);
	let list = json(&list);
	let address = list["transactions"][0]["payout_extra"]["address"].as_str().unwrap();
	assert!(address.starts_with("bitcoincash:q"));
}

#[test]
fn viabtc_nests_pages_and_counts_days_of_utc_only_when_told() {
	let token = "sim-viabtc-farm4";
	let day = date(DAY - 1);
	let path = format!("/res/openapi/v1/profit/history?coin=BCH&start_date={day}&end_date={day}");
	let (power, paid) = truth(Service::ViaBtc, "farm4", DAY - 1);
	let utc = json(&get(Service::ViaBtc, &format!("{path}&utc=true"), token));
	assert_eq!(utc["code"], 0);
	assert_eq!(utc["data"]["data"][0]["date"], day);
	assert_eq!(utc["data"]["data"][0]["total_profit"], crate::numbers::fixed(paid, 8));
	let beijing = json(&get(Service::ViaBtc, &path, token));
	assert_ne!(beijing["data"]["data"][0]["total_profit"], utc["data"]["data"][0]["total_profit"]);
	let path = path.replace("profit", "hashrate");
	let rates = json(&get(Service::ViaBtc, &format!("{path}&utc=true"), token));
	assert_eq!(rates["data"]["data"][0]["hashrate"], power.to_string());
	let account = json(&get(Service::ViaBtc, "/res/openapi/v1/account", token));
	assert_eq!(account["data"]["account"]["account"], "farm4");
	assert_eq!(account["data"]["withdraw_address"][0]["coin"], "BCH");
	let refused = get(Service::ViaBtc, "/res/openapi/v1/hashrate?coin=BCH", "other");
	assert_eq!((refused.status, json(&refused)["code"].as_u64()), (200, Some(12_001)));
}

#[test]
fn luxor_dates_rows_in_rfc_3339() {
	let token = "sim-luxor-farm5";
	let range =
		format!("subaccount_names=farm5&start_date={}&end_date={}", date(DAY - 1), date(DAY));
	let (power, paid) = truth(Service::Luxor, "farm5", DAY - 1);
	let path = format!("/api/v2/pool/hashrate-efficiency/BTC?{range}&tick_size=1d");
	let rates = json(&get(Service::Luxor, &path, token));
	let row = &rates["hashrate_efficiency"][0];
	assert_eq!(row["date_time"], format!("{}T00:00:00Z", date(DAY - 1)));
	assert_eq!(row["hashrate"], power.to_string());
	assert_eq!(rates["pagination"]["item_count"], 1);
	let revenue = json(&get(Service::Luxor, &format!("/api/v2/pool/revenue/BTC?{range}"), token));
	let amount = revenue["revenue"][0]["revenue"]["revenue"].to_string();
	assert_eq!(amount, crate::numbers::trimmed(paid, 8));
	let summary = "/api/v1/pool/summary/BTC?subaccount_names=farm5";
	assert_eq!(json(&get(Service::Luxor, summary, token))["subaccounts"][0]["name"], "farm5");
	assert_eq!(get(Service::Luxor, summary, "other").status, 401);
	let stranger = "/api/v1/pool/summary/BTC?subaccount_names=farm1";
	assert_eq!(get(Service::Luxor, stranger, token).status, 404);
	let settings = json(&get(Service::Luxor, "/api/v1/pool/payment-settings/BTC/farm5", token));
	assert!(settings["addresses"][0]["external_address"].as_str().unwrap().starts_with("bc1q"));
}

#[test]
fn ocean_pays_what_the_difficulty_says_on_average() {
	let world = world();
	let account = world.accounts().iter().find(|a| a.service == Service::Ocean).unwrap();
	let days = 2_000;
	let now = Moment { ms: (DAY + days) * DAY_MS };
	let view = View::new(&world, now, vec![]);
	let mut earned = 0;
	for day in DAY..DAY + days {
		let (start, end) = (day * DAY_SECONDS, (day + 1) * DAY_SECONDS - 1);
		let path = format!("/v1/earnpay/{}/{start}/{end}", account.name);
		let reply = json(&Service::Ocean.answer(&view, &ask(Method::GET, &path, &[], "")));
		for earning in reply["result"]["earnings"].as_array().unwrap() {
			let at = earning["ts"].as_u64().unwrap();
			assert!((start..=end).contains(&at));
			earned += u128::from(earning["satoshis_net_earned"].as_u64().unwrap());
		}
	}
	let expected: u128 = (DAY..DAY + days).map(|day| view.paid(account, day)).sum();
	assert!(earned.abs_diff(expected) * 20 < expected, "{earned} of {expected}");
	let snap = get(Service::Ocean, &format!("/v1/statsnap/{}", account.name), "");
	assert!(json(&snap)["result"]["lastest_share_ts"].is_string());
	assert_eq!(get(Service::Ocean, "/v1/user_hashrate/bc1qnobody", "").status, 404);
	assert_eq!(get(Service::Ocean, "/v1/ping", "").body, "PONG");
}

fn lotus(method: &str, params: &str) -> Value {
	let body =
		format!(r#"{{"jsonrpc":"2.0","id":7,"method":"Filecoin.{method}","params":{params}}}"#);
	let reply = json(&post(Service::Lotus, "/rpc/v1", "", &body));
	assert_eq!(reply["id"], 7);
	reply
}

#[test]
fn lotus_answers_at_a_tipset() {
	let head = lotus("ChainHead", "[]");
	let height = head["result"]["Height"].as_u64().unwrap();
	assert_eq!(height, world().filecoin.epoch(noon()));
	let final_height = height - 900;
	let tipset = lotus("ChainGetTipSetByHeight", &format!("[{final_height},null]"));
	assert_eq!(tipset["result"]["Height"], final_height);
	let key = tipset["result"]["Cids"].to_string();
	let power = lotus("StateMinerPower", &format!(r#"["f01234",{key}]"#));
	assert_eq!(power["result"]["HasMinPower"], true);
	assert_eq!(power["result"]["MinerPower"]["QualityAdjPower"], (50u128 << 50).to_string());
	let total = lotus("StateReadState", &format!(r#"["f04",{key}]"#));
	assert_eq!(
		total["result"]["State"]["ThisEpochQualityAdjPower"],
		power["result"]["TotalPower"]["QualityAdjPower"]
	);
	let small = lotus("StateMinerPower", r#"["f05678",null]"#);
	assert_eq!(small["result"]["HasMinPower"], false);
	let reward = lotus("StateReadState", &format!(r#"["f02",{key}]"#));
	assert!(reward["result"]["State"]["ThisEpochReward"].is_string());
	let beneficiary = lotus("StateMinerInfo", r#"["f01234",[]]"#);
	let beneficiary = beneficiary["result"]["Beneficiary"].to_string();
	let address = lotus("StateAccountKey", &format!("[{beneficiary},[]]"));
	assert!(address["result"].as_str().unwrap().starts_with("f1"));
}

#[test]
fn lotus_writes_errors_as_json_rpc() {
	assert_eq!(lotus("StateMinerPower", r#"["f09999",null]"#)["error"]["code"], 1);
	assert_eq!(lotus("StateMinerPower", "[7,null]")["error"]["code"], -32_602);
	assert_eq!(lotus("Nothing", "[]")["error"]["code"], -32_601);
	let stranger = r#"["f01234",[{"/":"bafy2bzaceanobody"}]]"#;
	assert_eq!(lotus("StateMinerPower", stranger)["error"]["code"], 1);
	let future = world().filecoin.epoch(noon()) + 1;
	assert_eq!(lotus("ChainGetTipSetByHeight", &format!("[{future},null]"))["error"]["code"], 1);
}

fn core(path: &str, body: &str) -> Reply {
	post(Service::BitcoinCore, path, "", body)
}

#[test]
fn bitcoin_core_speaks_both_versions_and_batches() {
	let height = world().chain(Coin::Btc).unwrap().height(noon());
	let modern = core("/", r#"{"jsonrpc":"2.0","id":1,"method":"getblockcount","params":[]}"#);
	assert_eq!(modern.body, format!(r#"{{"id":1,"jsonrpc":"2.0","result":{height}}}"#));
	let hash = world().chain(Coin::Btc).unwrap().hash(height - 5);
	let call = format!(r#"{{"id":1,"method":"getblockheader","params":["{hash}"]}}"#);
	let header = json(&core("/", &call));
	assert_eq!(header["result"]["confirmations"], 6);
	assert_eq!(header["result"]["height"], height - 5);
	let bits = header["result"]["bits"].as_str().unwrap();
	let chain_bits = world().chain(Coin::Btc).unwrap().bits(height - 5);
	assert_eq!(u32::from_str_radix(bits, 16).unwrap(), chain_bits);
	let old = core("/", r#"{"id":1,"method":"nothing","params":[]}"#);
	assert_eq!((old.status, json(&old)["error"]["code"].as_i64()), (404, Some(-32_601)));
	let beyond =
		core("/", &format!(r#"{{"id":1,"method":"getblockhash","params":[{}]}}"#, height + 1));
	assert_eq!((beyond.status, json(&beyond)["error"]["code"].as_i64()), (500, Some(-8)));
	let batch = format!(
		r#"[{{"jsonrpc":"2.0","id":0,"method":"getblockstats","params":[{height},["height","totalfee"]]}}]"#
	);
	let stats = json(&core("/", &batch));
	assert_eq!(stats[0]["result"]["height"], height);
	assert_eq!(stats[0]["result"].as_object().unwrap().len(), 2);
	let bch = core("/bch/", r#"{"jsonrpc":"2.0","id":1,"method":"getmininginfo","params":[]}"#);
	let bch_height = world().chain(Coin::Bch).unwrap().height(noon());
	assert_eq!(json(&bch)["result"]["blocks"], bch_height);
	assert_eq!(core("/fil/", "{}").status, 404);
}

#[test]
fn mempool_space_mixes_text_and_json() {
	let world = world();
	let chain = world.chain(Coin::Btc).unwrap();
	let height = chain.height(noon());
	let tip = get(Service::Mempool, "/api/blocks/tip/height", "");
	assert_eq!((tip.content_type, tip.body), ("text/plain", height.to_string()));
	let hash = get(Service::Mempool, &format!("/api/block-height/{height}"), "").body;
	let block = json(&get(Service::Mempool, &format!("/api/block/{hash}"), ""));
	assert_eq!(block["height"], height);
	assert_eq!(block["bits"], chain.bits(height));
	let header = get(Service::Mempool, &format!("/api/block/{hash}/header"), "").body;
	assert_eq!(header.len(), 160);
	let stats = json(&get(Service::Mempool, "/api/v1/mining/reward-stats/144", ""));
	assert!(stats["totalFee"].is_string());
	let above = format!("/api/block-height/{}", height + 1);
	assert_eq!(get(Service::Mempool, &above, "").status, 404);
}

#[test]
fn blockchair_counts_the_first_block() {
	let world = world();
	let chain = world.chain(Coin::Bch).unwrap();
	let height = chain.height(noon());
	let stats = json(&get(Service::Blockchair, "/bitcoin-cash/stats", ""));
	assert_eq!(stats["data"]["best_block_height"], height);
	assert_eq!(stats["data"]["blocks"], height + 1);
	assert_eq!(stats["context"]["code"], 200);
	assert!(stats["data"]["hashrate_24h"].is_string());
	let path = format!("/bitcoin-cash/dashboards/block/{height}?limit=1");
	let block = json(&get(Service::Blockchair, &path, ""));
	assert_eq!(block["data"][height.to_string()]["block"]["bits"], chain.bits(height));
}

#[test]
fn exchanges_write_prices_each_in_its_way() {
	let coinbase = json(&get(Service::Coinbase, "/v2/prices/BTC-USD/spot", ""));
	assert!(coinbase["data"]["amount"].as_str().unwrap().starts_with("640"));
	assert_eq!(get(Service::Coinbase, "/v2/prices/XYZ-USD/spot", "").status, 404);
	let kraken = json(&get(Service::Kraken, "/0/public/Ticker?pair=XBTUSD", ""));
	assert!(kraken["result"]["XXBTZUSD"]["c"][0].as_str().unwrap().starts_with("640"));
	let unknown = json(&get(Service::Kraken, "/0/public/Ticker?pair=XYZUSD", ""));
	assert_eq!(unknown["error"][0], "EQuery:Unknown asset pair");
	let binance = json(&get(Service::Binance, "/api/v3/ticker/price?symbol=FILUSDT", ""));
	assert!(
		binance["price"].as_str().unwrap().starts_with("4.2")
			|| binance["price"].as_str().unwrap().starts_with("4.19")
	);
	assert_eq!(get(Service::Binance, "/api/v3/ticker/price?symbol=filusdt", "").status, 400);
	let path = "/api/v3/simple/price?ids=bitcoin,tether,nothing&vs_currencies=usd&include_last_updated_at=true";
	let gecko = json(&get(Service::CoinGecko, path, ""));
	assert_eq!(gecko.as_object().unwrap().len(), 2);
	assert!(gecko["bitcoin"]["usd"].is_number());
	assert_eq!(gecko["tether"]["last_updated_at"], noon().seconds() - 20);
}

#[test]
fn a_fault_of_the_account_shows_in_the_answer() {
	let world = world();
	let faults = Faults::default();
	let wrong = Fault { name: Some("stranger".into()), ..Fault::new(Kind::WrongAccount) };
	faults.add(wrong, noon()).unwrap();
	let elsewhere = Fault { address: Some("bc1qelse".into()), ..Fault::new(Kind::PayoutAddress) };
	faults.add(elsewhere, noon()).unwrap();
	let view = View::new(&world, noon(), faults.list());
	let header = [("pool-auth-token", "sim-braiins-farm1")];
	let profile = Service::Braiins
		.answer(&view, &ask(Method::GET, "/accounts/profile/json/btc/", &header, ""));
	assert_eq!(json(&profile)["username"], "stranger");
	let payouts = Service::Braiins
		.answer(&view, &ask(Method::GET, "/accounts/payouts/json/btc", &header, ""));
	assert_eq!(json(&payouts)["onchain"][0]["destination"], "bc1qelse");

	faults.add(Fault::new(Kind::RevokedToken), noon()).unwrap();
	let view = View::new(&world, noon(), faults.list());
	let refused = Service::Braiins
		.answer(&view, &ask(Method::GET, "/accounts/profile/json/btc/", &header, ""));
	assert_eq!(refused.status, 401);
}

#[test]
fn a_late_day_is_not_there_yet() {
	let world = world();
	let faults = Faults::default();
	let late = Fault { hours: Some(12), ..Fault::new(Kind::Late) };
	faults.add(late, noon()).unwrap();
	let view = View::new(&world, noon(), faults.list());
	let header = [("pool-auth-token", "sim-braiins-farm1")];
	let reply = Service::Braiins
		.answer(&view, &ask(Method::GET, "/accounts/rewards/json/btc", &header, ""));
	assert_eq!(json(&reply)["btc"]["daily_rewards"][0]["date"], (DAY - 2) * DAY_SECONDS);
}
