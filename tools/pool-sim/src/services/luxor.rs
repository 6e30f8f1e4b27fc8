//! Luxor: `https://app.luxor.tech/api/…`, GET with the header `authorization`. BTC.
//!
//! Rates are integer strings, revenue is a number as JavaScript writes it, days are RFC 3339.
//! Source: <https://docs.luxor.tech/mining/api/introduction>.

use super::Service;
use crate::{
	clock::{date, parse_date, rfc3339, DAY_SECONDS},
	exchange::{Ask, Reply},
	numbers::{float, literal},
	world::{Account, Coin, View},
};
use serde_json::{json, Value};

/// Hours after midnight at which a day appears.
const SETTLED_AFTER: u64 = 1;

/// The account that a request names.
pub fn account(ask: &Ask) -> Option<String> {
	match ask.segments().as_slice() {
		["api", "v1", "pool", "payment-settings", _, name] => Some((*name).to_string()),
		_ => ask.parameter("subaccount_names").map(str::to_string),
	}
}

pub fn answer(view: &View, ask: &Ask) -> Reply {
	let token = Service::Luxor.token(ask);
	let Some(owner) = view.owner_of(Service::Luxor, token.as_deref()) else {
		return Reply::json(401, &json!({ "message": "Unauthorized" }));
	};
	let path = ask.segments();
	let coin = match path.as_slice() {
		["api", "v1", "pool", "payment-settings", coin, _] | ["api", _, "pool", _, coin] => *coin,
		_ => return Reply::json(404, &json!({ "message": "Not Found" })),
	};
	if coin != Coin::Btc.symbol() {
		return Reply::json(400, &json!({ "message": "currency_type is not supported" }));
	}
	if account(ask).as_deref() != Some(owner.name.as_str()) {
		return Reply::json(404, &json!({ "message": "Subaccount not found" }));
	}
	match path.as_slice() {
		["api", "v1", "pool", "payment-settings", ..] => Reply::ok(&payment_settings(view, owner)),
		["api", "v1", "pool", "summary", _] => Reply::ok(&summary(view, owner)),
		["api", "v2", "pool", "active-workers", _] => Reply::ok(&json!({
			"currency_type": "BTC", "total_active": 10, "total_inactive": 0,
			"subaccounts": [subaccount(view, owner)],
		})),
		["api", "v2", "pool", "hashrate-efficiency", _] => days(
			view,
			ask,
			|days| {
				let rows: Vec<_> = days
					.iter()
					.map(|day| {
						json!({
							"date_time": rfc3339(day * DAY_SECONDS),
							"hashrate": view.measured(owner, *day).to_string(),
							"efficiency": literal("0.9960606098175049"),
						})
					})
					.collect();
				("hashrate_efficiency", rows)
			},
			owner,
		),
		["api", "v2", "pool", "revenue", _] => days(
			view,
			ask,
			|days| {
				let rows: Vec<_> = days
					.iter()
					.map(|day| {
						json!({
							"date_time": rfc3339(day * DAY_SECONDS),
							"revenue": {
								"currency_type": "BTC",
								"revenue_type": "MINING",
								"revenue": float(view.paid(owner, *day), 8, false),
							},
						})
					})
					.collect();
				("revenue", rows)
			},
			owner,
		),
		_ => Reply::json(404, &json!({ "message": "Not Found" })),
	}
}

fn subaccount(view: &View, account: &Account) -> Value {
	json!({ "id": account.tag() % 100_000, "name": view.name_of(account) })
}

fn payment_settings(view: &View, account: &Account) -> Value {
	json!({
		"currency_type": "BTC",
		"subaccount": subaccount(view, account),
		"balance": float(view.paid(account, view.now.day().saturating_sub(1)), 8, false),
		"status": "ACTIVE",
		"wallet_id": 1,
		"payment_frequency": "DAILY",
		"day_of_week": null,
		"addresses": [{
			"address_id": 1,
			"address_name": "main",
			"external_address": view.payout_of(account),
			"revenue_allocation": 100,
		}],
	})
}

fn summary(view: &View, account: &Account) -> Value {
	let yesterday = view.now.day().saturating_sub(1);
	let paid = float(view.paid(account, yesterday), 8, false);
	let petahash = view.chain(Coin::Btc).earned(1_000_000_000_000_000, view.now.day());
	json!({
		"currency_type": "BTC",
		"subaccounts": [subaccount(view, account)],
		"hashrate_5m": view.live(account, 300).to_string(),
		"hashrate_24h": view.live(account, DAY_SECONDS).to_string(),
		"efficiency_5m": literal("0.9960606098175049"),
		"uptime_24h": literal("0.9960606098175049"),
		"revenue_24h": [{ "currency_type": "BTC", "revenue_type": "MINING", "revenue": paid }],
		"active_miners": 10,
		"hashprice": [{ "currency_type": "BTC", "value": float(petahash, 8, false) }],
		"balance": [{ "currency_type": "BTC", "revenue": paid }],
	})
}

/// A page of settled days from `start_date` to `end_date`, oldest first.
fn days(
	view: &View,
	ask: &Ask,
	rows: impl FnOnce(&[u64]) -> (&'static str, Vec<Value>),
	account: &Account,
) -> Reply {
	let bound = |name: &str| ask.parameter(name).and_then(parse_date);
	let (Some(from), Some(to)) = (bound("start_date"), bound("end_date")) else {
		return Reply::json(400, &json!({ "message": "start_date and end_date are required" }));
	};
	if ask.parameter("tick_size").is_some_and(|tick| tick != "1d") {
		return Reply::json(400, &json!({ "message": "only tick_size=1d is simulated" }));
	}
	let number = |name, default: usize| {
		ask.parameter(name).and_then(|n| n.parse().ok()).unwrap_or(default).max(1)
	};
	let (page, size) = (number("page_number", 1), number("page_size", 10).min(100));
	let settled: Vec<u64> = (from..=to.min(view.now.day()))
		.take(1_000)
		.filter(|day| view.is_settled(*day, SETTLED_AFTER))
		.collect();
	let shown: Vec<u64> = settled.iter().copied().skip((page - 1) * size).take(size).collect();
	let next = (page * size < settled.len())
		.then(|| format!("{}?page_number={}&page_size={size}", ask.path, page + 1));
	let (name, rows) = rows(&shown);
	Reply::ok(&json!({
		"currency_type": "BTC",
		"subaccounts": [subaccount(view, account)],
		"start_date": date(from),
		"end_date": date(to),
		"tick_size": "1d",
		name: rows,
		"pagination": {
			"page_number": page,
			"page_size": size,
			"item_count": settled.len(),
			"previous_page_url": null,
			"next_page_url": next,
		},
	}))
}
