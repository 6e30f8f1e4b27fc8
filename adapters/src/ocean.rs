//! OCEAN: GET without a token, keyed by the payout address.

use crate::{
	dates::{day_start, timestamp, DAY_SECONDS},
	read::{json_at, sum, Num, Shape},
	step::{Answer, DayAnswer, Fault, Next, Outcome, Query, Request, Stepped},
};
use alloc::{format, string::String, vec, vec::Vec};
use serde::Deserialize;

/// Closed days over which power is averaged: payouts come with blocks found, which are few.
const AVERAGE_DAYS: u32 = 30;
/// The share log that a block pays is as long as this many blocks take on average.
const WINDOW_BLOCKS: u128 = 8;
/// Hashes expected for a share of difficulty 1.
const HASHES_PER_SHARE: u128 = 1 << 32;

#[derive(Deserialize)]
struct Wrapped<T> {
	result: T,
}

#[derive(Deserialize)]
struct HashRate {
	hashrate_300s: Option<Num>,
	hashrate_600s: Option<Num>,
	hashrate_3600s: Option<Num>,
}

#[derive(Deserialize)]
struct EarnPay {
	earnings: Vec<Earning>,
}

#[derive(Deserialize)]
struct Earning {
	ts: Num,
	shares_in_window: Num,
	satoshis_net_earned: Num,
}

#[derive(Deserialize)]
struct PoolStat {
	#[serde(rename = "result")]
	_result: serde::de::IgnoredAny,
}

pub(crate) fn step(query: &Query<'_>, replies: &[Vec<Outcome>]) -> Stepped {
	match (*query, replies) {
		(Query::ClosedDay { symbol: "BTC", account, day, .. }, []) => {
			let (start, end) = (first_second(day), end_of(day));
			Ok(Next::Ask(vec![Request::get(format!("/v1/earnpay/{account}/{start}/{end}"))]))
		},
		(Query::ClosedDay { symbol: "BTC", account, day, .. }, [_]) => {
			closed_day(account, day, replies)
		},
		(Query::Live { symbol: "BTC", account }, []) => {
			Ok(Next::Ask(vec![Request::get(format!("/v1/user_hashrate/{account}"))]))
		},
		(Query::Live { symbol: "BTC", .. }, [_]) => {
			let told: Wrapped<HashRate> = json_at(replies, 0, 0, Shape::Object)?;
			let rates = told.result;
			let rate = rates.hashrate_300s.or(rates.hashrate_600s).or(rates.hashrate_3600s);
			Ok(Next::Done(Answer::Live(rate.ok_or(Fault::Malformed)?.scaled(0)?)))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

pub(crate) fn probe() -> Request {
	Request::get("/v1/pool_stat".into())
}

pub(crate) fn probe_answers(outcome: &Outcome) -> bool {
	match outcome {
		Ok(reply) => crate::read::json::<PoolStat>(reply, Shape::NoAccounts).is_ok(),
		Err(_) => false,
	}
}

/// First second of the days that power is averaged over.
fn first_second(day: u32) -> u64 {
	day_start(day.saturating_add(1).saturating_sub(AVERAGE_DAYS))
}

fn end_of(day: u32) -> u64 {
	day_start(day.saturating_add(1))
}

/// Every block found pays for the shares of the last eight blocks' worth of work, so each share is
/// paid for eight times on average, and the shares paid for over many days, divided by eight, are
/// the shares sent. This needs no rate, which the service tells only as of now, and is therefore
/// the same for all readers. A share counts as difficulty 1, the least that it can be.
fn closed_day(account: &str, day: u32, replies: &[Vec<Outcome>]) -> Stepped {
	let told: Wrapped<EarnPay> = json_at(replies, 0, 0, Shape::Object)?;
	let (first, start, end) = (first_second(day), day_start(day), end_of(day));
	let mut shares = Vec::new();
	let mut amounts = Vec::new();
	for earning in told.result.earnings {
		let at = timestamp(&earning.ts.0).ok_or(Fault::Malformed)?;
		if (first..end).contains(&at) {
			shares.push(earning.shares_in_window.scaled(0));
		}
		if (start..end).contains(&at) {
			amounts.push(earning.satoshis_net_earned.scaled(0));
		}
	}
	let hashes = sum(shares)?.checked_mul(HASHES_PER_SHARE).ok_or(Fault::Malformed)?;
	let seconds = u128::from(DAY_SECONDS).saturating_mul(u128::from(AVERAGE_DAYS));
	let rate = hashes.checked_div(WINDOW_BLOCKS.saturating_mul(seconds));
	Ok(Next::Done(Answer::ClosedDay(DayAnswer {
		rate: rate.ok_or(Fault::Malformed)?,
		paid: sum(amounts)?,
		payout: Some(String::from(account).into_bytes()),
	})))
}
