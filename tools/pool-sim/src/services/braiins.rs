//! Braiins Pool: `https://pool.braiins.com`, GET with the header `Pool-Auth-Token`. BTC only.
//!
//! Rewards are decimal strings, rates are numbers in the unit that stands beside them, days are
//! unix seconds of their start. Closed days only, newest first; they appear at 03:00.
//! Source: <https://academy.braiins.com/en/braiins-pool/monitoring/>.

use super::Service;
use crate::{
	clock::{parse_date, DAY_SECONDS},
	exchange::{Ask, Reply},
	numbers::{fixed, python_float},
	payouts::payout_id,
	world::{network, Account, Coin, View},
};
use serde_json::{json, Map, Value};

/// Hours after midnight at which a day is calculated.
const SETTLED_AFTER: u64 = 3;
/// Days that a list goes back when nothing is said.
const DEFAULT_DAYS: u64 = 90;

pub fn answer(view: &View, ask: &Ask) -> Reply {
	if ask.segments().as_slice() == ["stats", "json", "btc"] {
		return Reply::ok(&stats(view));
	}
	let Some(account) = view.owner_of(Service::Braiins, Service::Braiins.token(ask).as_deref())
	else {
		return Reply::json(401, &json!({ "detail": "Authentication credentials are not valid." }));
	};
	match ask.segments().as_slice() {
		["accounts", "profile", "json", "btc"] => Reply::ok(&profile(view, account)),
		["accounts", "rewards", "json", "btc"] => {
			listed(view, ask, |days| rewards(view, account, days))
		},
		["accounts", "payouts", "json", "btc"] => {
			listed(view, ask, |days| payouts(view, account, days))
		},
		["accounts", "hash_rate_daily", "json", _, "btc"] => Reply::ok(&daily(view, account)),
		["accounts", "workers", "json", "btc"] => Reply::ok(&workers(view, account)),
		_ => Reply::html(404, "<html><body><h1>Not Found</h1></body></html>"),
	}
}

/// H/s as a number of Gh/s.
fn rate(power: u128) -> Value {
	python_float(power / 100_000, 4)
}

/// Shares of difficulty one in a number of seconds, in thousands.
fn shares(power: u128, seconds: u64) -> Value {
	json!(((power * u128::from(seconds)) >> 32) as u64 / 1_000)
}

fn stats(view: &View) -> Value {
	let chain = view.chain(Coin::Btc);
	let height = chain.height(view.now);
	let per_terahash = chain.earned(1_000_000_000_000_000, view.now.day());
	json!({ "btc": {
		"hash_rate_unit": "Gh/s",
		"pool_5m_hash_rate": rate(14_000_000_000_000_000_000),
		"pool_60m_hash_rate": rate(14_050_000_000_000_000_000),
		"pool_24h_hash_rate": rate(14_020_000_000_000_000_000),
		"update_ts": view.now.seconds() / 300 * 300,
		"fpps_rate": python_float(per_terahash, 11),
		"blocks": { height.to_string(): { "date_found": chain.time(height), "state": "confirmed" } },
	} })
}

fn profile(view: &View, account: &Account) -> Value {
	let day = view.now.day();
	let yesterday = view.measured(account, day.saturating_sub(1));
	let live = |window| view.live(account, window);
	let paid = |day| fixed(view.paid(account, day), 8);
	json!({
		"username": view.name_of(account),
		"btc": {
			"all_time_reward": fixed(view.paid(account, day.saturating_sub(1)) * 365, 8),
			"hash_rate_unit": "Gh/s",
			"hash_rate_5m": rate(live(300)),
			"hash_rate_60m": rate(live(3_600)),
			"hash_rate_24h": rate(live(DAY_SECONDS)),
			"hash_rate_yesterday": rate(yesterday),
			"low_workers": 0,
			"off_workers": 1,
			"ok_workers": 512,
			"dis_workers": 0,
			"current_balance": paid(day.saturating_sub(1)),
			"today_reward": fixed(view.paid_today(account), 8),
			"estimated_reward": paid(day),
			"shares_5m": shares(live(300), 300),
			"shares_60m": shares(live(3_600), 3_600),
			"shares_24h": shares(live(DAY_SECONDS), DAY_SECONDS),
			"shares_yesterday": shares(yesterday, DAY_SECONDS),
		},
	})
}

/// A list over `from` to `to`, both inclusive.
fn listed(view: &View, ask: &Ask, list: impl FnOnce(Vec<u64>) -> Value) -> Reply {
	let today = view.now.day();
	let bound = |name, default| ask.parameter(name).map_or(Some(default), parse_date);
	match (bound("from", today.saturating_sub(DEFAULT_DAYS)), bound("to", today)) {
		(Some(from), Some(to)) if from <= to => {
			Reply::ok(&list((from..=to.min(today)).rev().take(1_000).collect()))
		},
		_ => Reply::json(400, &json!({ "detail": "Invalid date range." })),
	}
}

fn rewards(view: &View, account: &Account, days: Vec<u64>) -> Value {
	let settled = days.into_iter().filter(|day| view.is_settled(*day, SETTLED_AFTER));
	let rows: Vec<_> = settled
		.map(|day| {
			let reward = fixed(view.paid(account, day), 8);
			json!({
				"date": day * DAY_SECONDS,
				"total_reward": reward,
				"mining_reward": reward,
				"bos_plus_reward": "0.00000000",
				"referral_bonus": "0.00000000",
				"referral_reward": "0.00000000",
				"calculation_date": view.settled_at(day, SETTLED_AFTER),
			})
		})
		.collect();
	json!({ "btc": { "daily_rewards": rows } })
}

fn daily(view: &View, account: &Account) -> Value {
	let today = view.now.day();
	let days = (today.saturating_sub(DEFAULT_DAYS)..today).rev();
	let rows: Vec<_> = days
		.filter(|day| view.is_settled(*day, 0))
		.map(|day| {
			let power = view.measured(account, day);
			json!({
				"date": day * DAY_SECONDS,
				"hash_rate_unit": "Gh/s",
				"hash_rate_24h": rate(power),
				"total_shares": shares(power, DAY_SECONDS),
			})
		})
		.collect();
	json!({ "btc": rows })
}

/// A payout a day, at 04:00, of what was calculated an hour before.
fn payouts(view: &View, account: &Account, days: Vec<u64>) -> Value {
	let rows: Vec<_> = days
		.into_iter()
		.filter(|day| *day > 0 && day * DAY_SECONDS + 4 * 3_600 <= view.now.seconds())
		.filter(|day| view.is_settled(day - 1, SETTLED_AFTER))
		.map(|day| {
			let at = day * DAY_SECONDS + 4 * 3_600;
			json!({
				"financial_account_name": "Bitcoin Account",
				"requested_at_ts": at,
				"resolved_at_ts": at + 1_200,
				"status": "confirmed",
				"amount_sats": view.paid(account, day - 1) as u64,
				"fee_sats": 0,
				"destination": view.payout_on(account, day - 1),
				"tx_id": payout_id(view.world.seed, account, day - 1),
				"trigger_type": "triggered",
			})
		})
		.collect();
	json!({ "onchain": rows, "lightning": [] })
}

fn workers(view: &View, account: &Account) -> Value {
	let name = view.name_of(account);
	let mut workers = Map::new();
	for index in 1..=3u128 {
		let part =
			|window| rate(network::scale(view.live(account, window), 1_000_000 * index as i64 / 6));
		workers.insert(
			format!("{name}.rig{index}"),
			json!({
				"state": "ok",
				"last_share": view.now.seconds().saturating_sub(7),
				"hash_rate_unit": "Gh/s",
				"hash_rate_scoring": part(3_600),
				"hash_rate_5m": part(300),
				"hash_rate_60m": part(3_600),
				"hash_rate_24h": part(DAY_SECONDS),
				"shares_5m": 7_100,
				"shares_60m": 85_000,
				"shares_24h": 2_042_000,
			}),
		);
	}
	json!({ "btc": { "workers": workers } })
}
