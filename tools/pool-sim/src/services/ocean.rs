//! OCEAN: `https://api.ocean.xyz/v1/…`, GET, no token: the account is the payout address. BTC.
//!
//! Everything is under `result`; rates are strings, earnings are integers of satoshi. TIDES pays
//! when the pool finds a block, for the shares of the last eight blocks' worth of work, so the
//! earnings of a day are lumpy: none, or one to three times.
//! Source: the shapes recorded by tetherto/miningos-wrk-minerpool-ocean.

use super::Service;
use crate::{
	clock::{parse_date, DAY_SECONDS},
	exchange::{Ask, Reply},
	numbers::fixed,
	world::{random, Account, Coin, View},
};
use serde_json::{json, Value};

/// The account that a request names.
pub fn account(ask: &Ask) -> Option<String> {
	match ask.segments().as_slice() {
		["v1", "user_hashrate" | "user_hashrate_full" | "statsnap" | "earnpay", address, ..] => {
			Some((*address).to_string())
		},
		_ => None,
	}
}

pub fn answer(view: &View, ask: &Ask) -> Reply {
	let path = ask.segments();
	match path.as_slice() {
		["v1", "ping"] => return Reply::text(200, "PONG"),
		["v1", "pool_stat"] => {
			return Reply::ok(&json!({ "result": {
				"active_users": 512, "active_workers": 4_096, "current_difficulty": "141668107417558",
			} }))
		},
		["v1", "pool_hashrate"] => {
			return Reply::ok(&json!({ "result": { "pool_300s": "21000000000000000000" } }))
		},
		_ => {},
	}
	let known = account(ask).and_then(|name| view.world.account(Service::Ocean, &name));
	let Some(account) = known.filter(|_| view.fault(crate::faults::Kind::RevokedToken).is_none())
	else {
		return Reply::json(404, &json!({ "error": "No data found" }));
	};
	let live = |window| view.live(account, window).to_string();
	let snap = (view.now.seconds() / 300 * 300).to_string();
	match path.as_slice() {
		["v1", "user_hashrate", _] => Reply::ok(&json!({ "result": {
			"snap_ts": snap,
			"hashrate_60s": live(60), "hashrate_300s": live(300), "hashrate_600s": live(600),
			"hashrate_1800s": live(1_800), "hashrate_3600s": live(3_600),
			"hashrate_10800s": live(10_800), "hashrate_86400s": live(DAY_SECONDS),
			"active_worker_count": 12,
		} })),
		["v1", "user_hashrate_full", _] => Reply::ok(&json!({ "result": { "workers": { "rig1": [{
			"hashrate_60s": live(60), "hashrate_300s": live(300),
			"hashrate_3600s": live(3_600), "hashrate_86400s": live(DAY_SECONDS),
		}] } } })),
		["v1", "statsnap", _] => Reply::ok(&json!({ "result": {
			"snap_ts": snap,
			"shares_60s": "12", "shares_300s": "60",
			"hashrate_60s": live(60), "hashrate_300s": live(300),
			"lastest_share_ts": view.now.seconds().saturating_sub(60).to_string(),
			"shares_in_tides": "300",
			"estimated_earn_next_block": fixed(view.paid(account, view.now.day()) * 2 / 3, 8),
			"unpaid": fixed(view.paid_today(account), 8),
		} })),
		["v1", "earnpay", _, start, end] => match (moment(start, false), moment(end, true)) {
			(Some(start), Some(end)) if start <= end => {
				Reply::ok(&json!({ "result": earnings(view, account, start, end) }))
			},
			_ => Reply::json(400, &json!({ "error": "Invalid range" })),
		},
		_ => Reply::json(404, &json!({ "error": "Not found" })),
	}
}

/// Unix seconds, or a date (its last second where it ends a range).
fn moment(text: &str, end: bool) -> Option<u64> {
	let date = text.split_once('T').map_or(text, |(date, _)| date);
	let day = |day: u64| if end { (day + 1) * DAY_SECONDS - 1 } else { day * DAY_SECONDS };
	text.parse().ok().or_else(|| parse_date(date).map(day))
}

fn earnings(view: &View, account: &Account, start: u64, end: u64) -> Value {
	let end = end.min(view.now.seconds());
	let chain = view.chain(Coin::Btc);
	let (mut earned, mut paid) = (Vec::new(), Vec::new());
	for day in (start / DAY_SECONDS..=end / DAY_SECONDS).rev().take(400) {
		// None to three blocks a day, one and a half on average.
		let blocks = random::bits(view.world.seed, &[random::word("ocean"), day]) % 4;
		let share = (view.paid(account, day) * 2 / 3) as u64;
		// Eight blocks' worth of work takes 8 / 1.5 days.
		let window = u128::from(DAY_SECONDS) * 8 * 2 / 3;
		let shares = ((view.measured(account, day) * window) >> 32) as u64;
		for block in (0..blocks).rev() {
			let at = day * DAY_SECONDS + (2 * block + 1) * DAY_SECONDS / (2 * blocks);
			if !(start..=end).contains(&at) {
				continue;
			}
			let height = chain.height(crate::clock::Moment { ms: at * 1_000 });
			earned.push(json!({
				"ts": at,
				"block_hash": chain.hash(height),
				"shares_in_window": shares,
				"fees_collected_satoshis": share / 50,
				"satoshis_net_earned": share,
			}));
		}
		let at = day * DAY_SECONDS + DAY_SECONDS / 2;
		if blocks > 0 && (start..=end).contains(&at) {
			paid.push(json!({
				"ts": at,
				"on_chain_txid": random::hex(view.world.seed, &[account.tag(), 9, day], 64),
				"total_satoshis_net_paid": share * blocks,
				"is_generation_txn": true,
			}));
		}
	}
	json!({ "earnings": earned, "payouts": paid })
}
