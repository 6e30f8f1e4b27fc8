//! F2Pool v2: `https://api.f2pool.com/v2/…`, POST of JSON with the header `F2P-API-SECRET`.
//! BTC, BCH and LTC.
//!
//! Errors are bodies `{"code", "msg"}` under status 200. Amounts and rates are JSON numbers as Go
//! writes floats. A day's revenue is settled at midnight and appears an hour later.
//! Source: <https://api.f2pool.com/v2/doc/en.html>.

use super::Service;
use crate::{
	clock::DAY_SECONDS,
	exchange::{Ask, Reply},
	numbers::{float, literal},
	payouts::payout_id,
	world::{network, Account, Coin, View},
};
use axum::http::Method;
use serde_json::{json, Value};

/// Hours after midnight at which a day's revenue appears.
const SETTLED_AFTER: u64 = 1;
/// Most days that a list of transactions goes back.
const MAX_DAYS: u64 = 100;

/// The account that a request names.
pub fn account(ask: &Ask) -> Option<String> {
	name_in(&ask.json()?).map(str::to_string)
}

/// The document's example writes `user_name`, its tables write `mining_user_name`: both are taken.
fn name_in(body: &Value) -> Option<&str> {
	body["mining_user_name"].as_str().or_else(|| body["user_name"].as_str())
}

pub fn answer(view: &View, ask: &Ask) -> Reply {
	if ask.method != Method::POST {
		return Reply::text(405, "Method Not Allowed");
	}
	let Some(body) = ask.json().filter(Value::is_object) else {
		return error(5001, "params error: request body is not valid");
	};
	let token = Service::F2Pool.token(ask);
	let Some(owner) = view.owner_of(Service::F2Pool, token.as_deref()) else {
		return error(5010, "permission denied: invalid api secret");
	};
	let path = ask.segments();
	match path.as_slice() {
		["v2", "hash_rate", "info_list"] => return info_list(view, owner, &body),
		["v2", "mining_user", "list"] => {
			return Reply::ok(&json!({ "mining_user_list": [user(view, owner)] }))
		},
		_ => {},
	}
	let Some(account) = name_in(&body).filter(|name| *name == owner.name).map(|_| owner) else {
		return error(5010, "permission denied: the account is not yours");
	};
	if path.as_slice() == ["v2", "mining_user", "get"] {
		return Reply::ok(&user(view, account));
	}
	// Only the account's own coin: elsewhere it has never mined.
	let Some(coin) = body["currency"].as_str().and_then(Coin::by_slug) else {
		return error(5001, "params error: unknown currency");
	};
	let idle = coin != account.coin;
	match path.as_slice() {
		["v2", "hash_rate", "info"] => {
			Reply::ok(&json!({ "info": info(view, account, idle), "currency": coin.slug() }))
		},
		["v2", "hash_rate", "history"] => history(view, account, idle, &body),
		["v2", "hash_rate", "worker", "list"] => {
			let worker = json!({
				"hash_rate_info": { "name": "rig1", "hash_rate": live(view, account, idle, 600) },
				"last_share_at": view.now.seconds().saturating_sub(9),
				"status": 0,
				"host": "10.0.0.7",
			});
			Reply::ok(&json!({ "workers": if idle { vec![] } else { vec![worker] } }))
		},
		["v2", "assets", "balance"] => {
			Reply::ok(&json!({ "balance_info": balance(view, account, idle) }))
		},
		["v2", "assets", "transactions", "list"] => transactions(view, account, idle, &body),
		_ => Reply::text(404, "404 page not found"),
	}
}

fn error(code: u32, message: &str) -> Reply {
	Reply::ok(&json!({ "code": code, "msg": message }))
}

fn btc(amount: u128) -> Value {
	float(amount, 8, true)
}

fn live(view: &View, account: &Account, idle: bool, window: u64) -> Value {
	float(if idle { 0 } else { view.live(account, window) }, 0, true)
}

fn info(view: &View, account: &Account, idle: bool) -> Value {
	let stale = |window| {
		let power = if idle { 0 } else { view.live(account, window) };
		float(network::scale(power, 400), 0, true)
	};
	json!({
		"name": view.name_of(account),
		"hash_rate": live(view, account, idle, 600),
		"h1_hash_rate": live(view, account, idle, 3_600),
		"h24_hash_rate": live(view, account, idle, DAY_SECONDS),
		"h1_stale_hash_rate": stale(3_600),
		"h24_stale_hash_rate": stale(DAY_SECONDS),
		"h24_delay_hash_rate": 0,
		"local_hash_rate": 0,
		"h24_local_hash_rate": 0,
	})
}

fn info_list(view: &View, owner: &Account, body: &Value) -> Reply {
	let Some(wanted) = body["reqs"].as_array().filter(|reqs| reqs.len() <= 100) else {
		return error(5001, "params error: reqs");
	};
	if wanted.iter().any(|req| name_in(req) != Some(owner.name.as_str())) {
		return error(5010, "permission denied: the account is not yours");
	}
	let infos: Vec<_> = wanted
		.iter()
		.map(|req| info(view, owner, req["currency"].as_str() != Some(owner.coin.slug())))
		.collect();
	Reply::ok(&json!({ "info": infos }))
}

fn user(view: &View, account: &Account) -> Value {
	json!({
		"mining_user_name": view.name_of(account),
		"pages": [],
		"wallets": [{
			"currency": account.coin.slug(),
			"address": view.payout_of(account),
			"threshold": "0.005",
		}],
		"description": "",
	})
}

fn history(view: &View, account: &Account, idle: bool, body: &Value) -> Reply {
	let interval = body["interval"].as_u64().unwrap_or(3_600);
	let duration = body["duration"].as_u64().unwrap_or(DAY_SECONDS);
	if interval == 0 || !interval.is_multiple_of(600) || duration > 30 * DAY_SECONDS {
		return error(5001, "params error: interval or duration");
	}
	let end = view.now.seconds() / interval * interval;
	let points: Vec<_> = (0..(duration / interval).min(1_000))
		.rev()
		.map(|back| {
			let at = end.saturating_sub((back + 1) * interval);
			let power = if idle { 0 } else { view.measured(account, at / DAY_SECONDS) };
			json!({
				"timestamp": at,
				"hash_rate": float(power, 0, true),
				"stale_hash_rate": float(network::scale(power, 400), 0, true),
				"delay_hash_rate": 0,
				"local_hash_rate": 0,
				"normal_reward": 0,
				"delay_reward": 0,
				"online_miners": u8::from(!idle),
			})
		})
		.collect();
	Reply::ok(&json!({ "history": points }))
}

fn balance(view: &View, account: &Account, idle: bool) -> Value {
	let day = view.now.day();
	let yesterday = if idle { 0 } else { view.paid(account, day.saturating_sub(1)) };
	let today = if idle { 0 } else { view.paid_today(account) };
	json!({
		"balance": btc(yesterday),
		"immature_balance": 0,
		"paid": btc(yesterday * 364),
		"total_income": btc(yesterday * 365),
		"yesterday_income": btc(yesterday),
		"estimated_today_income": btc(today),
	})
}

fn transactions(view: &View, account: &Account, idle: bool, body: &Value) -> Reply {
	let now = view.now.seconds();
	let start = body["start_time"].as_u64().unwrap_or(now.saturating_sub(30 * DAY_SECONDS));
	let end = body["end_time"].as_u64().unwrap_or(now);
	if end <= start {
		return error(5001, "params error: end_time must be later than start_time");
	}
	let types: Vec<&str> = body["type"].as_str().unwrap_or("all").split(',').collect();
	let wanted = |kind| types.contains(&"all") || types.contains(&kind);
	let mut rows = Vec::new();
	let last = end.min(now) / DAY_SECONDS;
	let first = (start / DAY_SECONDS).max(last.saturating_sub(MAX_DAYS)).max(1);
	for settled in (first..=last).rev().filter(|_| !idle) {
		let day = settled - 1;
		let settle = settled * DAY_SECONDS;
		if wanted("revenue")
			&& (start..=end).contains(&settle)
			&& view.is_settled(day, SETTLED_AFTER)
		{
			rows.push(revenue(view, account, day));
		}
		let paid_at = settle + 2 * 3_600;
		if wanted("payout") && (start..=end).contains(&paid_at) && paid_at <= now {
			rows.push(payout(view, account, day, paid_at));
		}
	}
	Reply::ok(&json!({ "transactions": rows }))
}

fn revenue(view: &View, account: &Account, day: u64) -> Value {
	let paid = view.paid(account, day);
	let fees = paid / 100;
	let settle = (day + 1) * DAY_SECONDS;
	json!({
		"id": 1_000_000_000 + account.tag() % 1_000 * 1_000_000_000 + day,
		"type": "revenue_fpps",
		"changed_balance": btc(paid),
		"created_at": settle,
		"mining_extra": {
			"mining_date": day * DAY_SECONDS,
			"settle_date": settle,
			"pps": btc(paid - fees),
			"pps_fee_rate": literal("0.02"),
			"tx_fee": btc(fees),
			"tx_fee_rate": literal("0.02"),
			"hash_rate": float(view.measured(account, day), 0, true),
		},
		"payout_extra": null,
	})
}

fn payout(view: &View, account: &Account, day: u64, at: u64) -> Value {
	let paid = view.paid(account, day);
	let spent = match btc(paid).to_string() {
		zero if zero == "0" => literal("0"),
		amount => literal(&format!("-{amount}")),
	};
	json!({
		"id": 2_000_000_000 + account.tag() % 1_000 * 1_000_000_000 + day,
		"type": "payout",
		"changed_balance": spent,
		"created_at": at,
		"mining_extra": null,
		"payout_extra": {
			"value": btc(paid),
			"address": view.payout_on(account, day),
			"tx_id": payout_id(view.world.seed, account, day),
			"paid_time": at,
			"wallet_type": "mainnet",
			"tip": 0,
		},
	})
}
