//! ViaBTC: `https://www.viabtc.net/res/openapi/v1/…`, GET with the header `X-API-KEY`.
//! BTC, BCH and LTC.
//!
//! Every body is `{"code", "data", "message"}` under status 200; code 0 is success. Rates and
//! amounts are strings. Days are those of UTC+8 unless the request says `utc=true`.
//! Source: <https://github.com/viabtc/viapool_api/wiki>.

use super::Service;
use crate::{
	clock::{date, parse_date, DAY_SECONDS},
	exchange::{Ask, Reply},
	numbers::fixed,
	payouts::payout_id,
	world::{Account, Coin, View},
};
use axum::http::Method;
use serde_json::{json, Value};

/// Hours after midnight at which a day appears.
const SETTLED_AFTER: u64 = 1;
/// Rows of a page when nothing is said.
const PAGE: usize = 20;

pub fn answer(view: &View, ask: &Ask) -> Reply {
	if ask.method != Method::GET {
		return error(4, "Method not allowed");
	}
	let token = Service::ViaBtc.token(ask);
	let Some(account) = view.owner_of(Service::ViaBtc, token.as_deref()) else {
		return error(12_001, "API key is invalid");
	};
	let path = ask.segments();
	if path.as_slice() == ["res", "openapi", "v1", "account"] {
		return success(&account_info(view, account));
	}
	let Some(coin) = ask.parameter("coin").and_then(Coin::by_symbol) else {
		return error(2, "Invalid argument: coin");
	};
	let idle = coin != account.coin;
	match path.as_slice() {
		["res", "openapi", "v1", "hashrate"] => success(&hashrate(view, account, coin, idle)),
		["res", "openapi", "v1", "hashrate", "worker"] => {
			success(&page(ask, workers(view, account, coin, idle)))
		},
		["res", "openapi", "v1", "hashrate", "history"] => listed(view, ask, idle, |day, utc| {
			let power = view.measured(account, day);
			// A day of UTC+8 holds eight hours of the day before.
			let mixed = (power * 2 + view.measured(account, day.saturating_sub(1))) / 3;
			json!({
				"coin": coin.symbol(),
				"date": date(day),
				"hashrate": (if utc { power } else { mixed }).to_string(),
				"reject_rate": "0.0004",
			})
		}),
		["res", "openapi", "v1", "profit"] => {
			let total =
				if idle { 0 } else { view.paid(account, view.now.day().saturating_sub(1)) * 365 };
			success(&json!({
				"coin": coin.symbol(),
				"total_profit": fixed(total, 8),
				"pps_profit": fixed(total, 8),
				"pplns_profit": "0",
				"solo_profit": "0",
			}))
		},
		["res", "openapi", "v1", "profit", "history"] => listed(view, ask, idle, |day, utc| {
			let paid = view.paid(account, day);
			let mixed = (paid * 2 + view.paid(account, day.saturating_sub(1))) / 3;
			let paid = if utc { paid } else { mixed };
			// A part comes as PPLNS, as with the pool's PPS+.
			let fees = paid / 25;
			json!({
				"coin": coin.symbol(),
				"date": date(day),
				"pps_profit": fixed(paid - fees, 8),
				"pplns_profit": fixed(fees, 8),
				"solo_profit": "0",
				"total_profit": fixed(paid, 8),
			})
		}),
		["res", "openapi", "v1", "wallet", "payment", "history"] => {
			listed(view, ask, idle, |day, _| {
				json!({
					"id": day,
					"coin": coin.symbol(),
					"amount": fixed(view.paid(account, day), 8),
					"address": view.payout_on(account, day),
					"tx": payout_id(view.world.seed, account, day),
					"create_time": (day + 1) * DAY_SECONDS + 2 * 3_600,
				})
			})
		},
		_ => Reply::json(404, &json!({ "code": 404, "data": {}, "message": "Not Found" })),
	}
}

fn success(data: &Value) -> Reply {
	Reply::ok(&json!({ "code": 0, "data": data, "message": "OK" }))
}

fn error(code: u32, message: &str) -> Reply {
	Reply::ok(&json!({ "code": code, "data": {}, "message": message }))
}

fn account_info(view: &View, account: &Account) -> Value {
	json!({
		"account": {
			"id": account.tag() % 100_000,
			"parent_user_id": null,
			"create_time": 1_530_012_667,
			"account": view.name_of(account),
			"email": "farm@example.org",
			"country_code": null,
			"mobile": null,
			"country": null,
		},
		"observer": [],
		"withdraw_address": [{ "coin": account.coin.symbol(), "address": view.payout_of(account) }],
		"balance": [{
			"coin": account.coin.symbol(),
			"amount": fixed(view.paid(account, view.now.day().saturating_sub(1)), 8),
		}],
	})
}

fn hashrate(view: &View, account: &Account, coin: Coin, idle: bool) -> Value {
	let live = |window| if idle { "0".to_string() } else { view.live(account, window).to_string() };
	json!({
		"active_workers": if idle { 0 } else { 3 },
		"coin": coin.symbol(),
		"hashrate_10min": live(600),
		"hashrate_1hour": live(3_600),
		"hashrate_24hour": live(DAY_SECONDS),
		"unactive_workers": 0,
	})
}

fn workers(view: &View, account: &Account, coin: Coin, idle: bool) -> Vec<Value> {
	let count = if idle { 0 } else { 3u128 };
	(1..=count)
		.map(|index| {
			let part = |window| (view.live(account, window) / count).to_string();
			json!({
				"coin": coin.symbol(),
				"group_id": null,
				"group_name": null,
				"hashrate_10min": part(600),
				"hashrate_1hour": part(3_600),
				"hashrate_24hour": part(DAY_SECONDS),
				"last_active": view.now.seconds().saturating_sub(11),
				"reject_rate": "0.0004",
				"worker_id": 368 + index as u64,
				"worker_name": format!("{index}x1"),
				"worker_status": "active",
			})
		})
		.collect()
}

/// Rows of the days from `start_date` to `end_date`, newest first.
fn listed(view: &View, ask: &Ask, idle: bool, row: impl Fn(u64, bool) -> Value) -> Reply {
	let today = view.now.day();
	let bound = |name, default| ask.parameter(name).map_or(Some(default), parse_date);
	let (Some(from), Some(to)) =
		(bound("start_date", today.saturating_sub(90)), bound("end_date", today))
	else {
		return error(2, "Invalid argument: date");
	};
	let utc = ask.parameter("utc") == Some("true");
	let days = (from..=to.min(today)).rev().take(1_000);
	let settled = days.filter(|day| !idle && view.is_settled(*day, SETTLED_AFTER));
	success(&page(ask, settled.map(|day| row(day, utc)).collect()))
}

fn page(ask: &Ask, rows: Vec<Value>) -> Value {
	let number =
		|name, default| ask.parameter(name).and_then(|n| n.parse().ok()).unwrap_or(default);
	let (current, limit) = (number("page", 1usize).max(1), number("limit", PAGE).clamp(1, 100));
	let total = rows.len();
	let pages = total.div_ceil(limit);
	let shown: Vec<_> = rows.into_iter().skip((current - 1) * limit).take(limit).collect();
	json!({
		"count": shown.len(),
		"curr_page": current,
		"data": shown,
		"has_next": current < pages,
		"total": total,
		"total_page": pages,
	})
}
