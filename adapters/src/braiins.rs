//! Braiins Pool: one header with a token, GET.

use crate::{
	dates::{date_text, day_start},
	read::{ensure_account, json_at, Num, Shape},
	step::{Answer, DayAnswer, Fault, Next, Outcome, Query, Request, Stepped, Stop},
};
use alloc::{format, string::String, vec, vec::Vec};
use serde::Deserialize;

const SATOSHI_DECIMALS: u32 = 8;
/// Days before a closed day in which the newest payout is looked for.
const PAYOUT_DAYS: u32 = 30;

#[derive(Deserialize)]
struct Profile {
	username: String,
	btc: Rates,
}

#[derive(Deserialize)]
struct Rates {
	hash_rate_unit: String,
	hash_rate_5m: Num,
}

#[derive(Deserialize)]
struct Rewards {
	btc: DailyRewards,
}

#[derive(Deserialize)]
struct DailyRewards {
	daily_rewards: Vec<Reward>,
}

#[derive(Deserialize)]
struct Reward {
	date: Num,
	mining_reward: Num,
	calculation_date: Option<Num>,
}

#[derive(Deserialize)]
struct DailyRates {
	btc: Vec<DailyRate>,
}

#[derive(Deserialize)]
struct DailyRate {
	date: Num,
	hash_rate_unit: String,
	hash_rate_24h: Num,
}

#[derive(Deserialize)]
struct Payouts {
	onchain: Option<Vec<Payout>>,
}

#[derive(Deserialize)]
struct Payout {
	status: String,
	resolved_at_ts: Option<Num>,
	destination: Option<String>,
}

#[derive(Deserialize)]
struct PoolStats {
	#[serde(rename = "btc")]
	_btc: serde::de::IgnoredAny,
}

pub(crate) fn step(query: &Query<'_>, token: Option<&str>, replies: &[Vec<Outcome>]) -> Stepped {
	let token = token.ok_or(Fault::NoToken)?;
	let get = |path: String| Request::get(path).header("Pool-Auth-Token", token);
	match (*query, replies) {
		(Query::ClosedDay { symbol: "BTC", day, .. }, []) => {
			let date = date_text(day);
			let since = date_text(day.saturating_sub(PAYOUT_DAYS));
			Ok(Next::Ask(vec![
				get(profile_path()),
				get(format!("/accounts/rewards/json/btc?from={date}&to={date}")),
				get("/accounts/hash_rate_daily/json/group/btc".into()),
				get(format!("/accounts/payouts/json/btc?from={since}&to={date}")),
			]))
		},
		(Query::ClosedDay { symbol: "BTC", account, day, .. }, [_]) => {
			closed_day(account, day, replies)
		},
		(Query::Live { symbol: "BTC", .. }, []) => Ok(Next::Ask(vec![get(profile_path())])),
		(Query::Live { symbol: "BTC", account }, [_]) => {
			let profile: Profile = json_at(replies, 0, 0, Shape::Object)?;
			ensure_account(&profile.username, account)?;
			let rate = hashes(&profile.btc.hash_rate_5m, &profile.btc.hash_rate_unit)?;
			Ok(Next::Done(Answer::Live(rate)))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

pub(crate) fn probe() -> Request {
	Request::get("/stats/json/btc/".into())
}

pub(crate) fn probe_answers(outcome: &Outcome) -> bool {
	match outcome {
		Ok(reply) => crate::read::json::<PoolStats>(reply, Shape::NoAccounts).is_ok(),
		Err(_) => false,
	}
}

fn profile_path() -> String {
	"/accounts/profile/json/btc/".into()
}

fn closed_day(account: &str, day: u32, replies: &[Vec<Outcome>]) -> Stepped {
	let start = day_start(day);
	let profile: Profile = json_at(replies, 0, 0, Shape::Object)?;
	ensure_account(&profile.username, account)?;

	let rewards: Rewards = json_at(replies, 0, 1, Shape::Object)?;
	let reward = only(rewards.btc.daily_rewards, start, |reward| &reward.date)?;
	let settled = reward.calculation_date.map_or(Ok(0), |date| date.whole())? > 0;
	if !settled {
		return Err(Fault::NotYetClosed.into());
	}

	let rates: DailyRates = json_at(replies, 0, 2, Shape::Object)?;
	let rate = only(rates.btc, start, |rate| &rate.date)?;

	let payouts: Payouts = json_at(replies, 0, 3, Shape::Object)?;
	Ok(Next::Done(Answer::ClosedDay(DayAnswer {
		rate: hashes(&rate.hash_rate_24h, &rate.hash_rate_unit)?,
		paid: reward.mining_reward.scaled(SATOSHI_DECIMALS)?,
		payout: newest_payout(payouts, day_start(day.saturating_add(1)))?,
	})))
}

/// The one row of the day that starts at `start`.
fn only<T>(rows: Vec<T>, start: u64, date: impl Fn(&T) -> &Num) -> Result<T, Stop> {
	let mut found = None;
	for row in rows {
		if date(&row).whole()? == start && found.replace(row).is_some() {
			return Err(Fault::Malformed.into());
		}
	}
	found.ok_or(Fault::NotYetClosed.into())
}

/// Destination of the last payout on chain that was confirmed before `end`. What was confirmed
/// then does not change, so every reader finds the same one.
fn newest_payout(payouts: Payouts, end: u64) -> Result<Option<Vec<u8>>, Fault> {
	let mut newest: Option<(u64, String)> = None;
	for payout in payouts.onchain.unwrap_or_default() {
		let (Some(at), Some(destination)) = (payout.resolved_at_ts, payout.destination) else {
			continue;
		};
		let at = at.whole()?;
		let counts = at < end && payout.status.eq_ignore_ascii_case("confirmed");
		let candidate = (at, destination);
		if counts && newest.as_ref().is_none_or(|newest| *newest < candidate) {
			newest = Some(candidate);
		}
	}
	Ok(newest.map(|(_, destination)| destination.into_bytes()))
}

/// Hashes a second of a rate in a unit such as `Gh/s`.
fn hashes(rate: &Num, unit: &str) -> Result<u128, Fault> {
	let scale = match unit.to_ascii_lowercase().as_str() {
		"h/s" => 0,
		"kh/s" => 3,
		"mh/s" => 6,
		"gh/s" => 9,
		"th/s" => 12,
		"ph/s" => 15,
		"eh/s" => 18,
		"zh/s" => 21,
		_ => return Err(Fault::Malformed),
	};
	rate.scaled(scale)
}
