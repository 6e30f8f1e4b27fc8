//! Luxor: GET with one header, two versions of the API.

use crate::{
	dates::{date_text, day_start, timestamp},
	read::{ensure_account, json_at, sum, Num, Shape},
	step::{Answer, DayAnswer, Fault, Next, Outcome, Query, Request, Stepped, Stop},
};
use alloc::{format, string::String, vec, vec::Vec};
use serde::Deserialize;

#[derive(Deserialize)]
struct Summary {
	subaccounts: Vec<Subaccount>,
	hashrate_5m: Num,
}

#[derive(Deserialize)]
struct Subaccount {
	name: String,
}

#[derive(Deserialize)]
struct Efficiency {
	hashrate_efficiency: Vec<EfficiencyRow>,
}

#[derive(Deserialize)]
struct EfficiencyRow {
	date_time: String,
	hashrate: Num,
}

#[derive(Deserialize)]
struct Revenues {
	revenue: Vec<RevenueRow>,
}

#[derive(Deserialize)]
struct RevenueRow {
	date_time: String,
	revenue: Revenue,
}

#[derive(Deserialize)]
struct Revenue {
	currency_type: String,
	revenue_type: String,
	revenue: Num,
}

pub(crate) fn step(query: &Query<'_>, token: Option<&str>, replies: &[Vec<Outcome>]) -> Stepped {
	let token = token.ok_or(Fault::NoToken)?;
	let get = |path: String| Request::get(path).header("authorization", token);
	match (*query, replies) {
		(Query::ClosedDay { symbol: "BTC", account, day, .. }, []) => {
			let (start, end) = (date_text(day), date_text(day.saturating_add(1)));
			let range = format!("subaccount_names={account}&start_date={start}&end_date={end}");
			Ok(Next::Ask(vec![
				get(summary_path(account)),
				get(format!(
					"/api/v2/pool/hashrate-efficiency/BTC?{range}&tick_size=1d&page_number=1&page_size=10"
				)),
				get(format!("/api/v2/pool/revenue/BTC?{range}")),
			]))
		},
		(Query::ClosedDay { symbol: "BTC", account, day, decimals }, [_]) => {
			closed_day(account, day, decimals, replies)
		},
		(Query::Live { symbol: "BTC", account }, []) => {
			Ok(Next::Ask(vec![get(summary_path(account))]))
		},
		(Query::Live { symbol: "BTC", account }, [_]) => {
			Ok(Next::Done(Answer::Live(summary(account, replies)?.hashrate_5m.scaled(0)?)))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

/// The summary without a token: it answers with an error of its own.
pub(crate) fn probe() -> Request {
	Request::get("/api/v1/pool/summary/BTC".into())
}

pub(crate) fn probe_answers(outcome: &Outcome) -> bool {
	Shape::Object.is_alive(outcome)
}

fn summary_path(account: &str) -> String {
	format!("/api/v1/pool/summary/BTC?subaccount_names={account}")
}

/// The summary, if it is of this account alone.
fn summary(account: &str, replies: &[Vec<Outcome>]) -> Result<Summary, Stop> {
	let summary: Summary = json_at(replies, 0, 0, Shape::Object)?;
	match summary.subaccounts.as_slice() {
		[only] => ensure_account(&only.name, account)?,
		[] => return Err(Stop::Refused),
		_ => return Err(Fault::Malformed.into()),
	}
	Ok(summary)
}

fn closed_day(account: &str, day: u32, decimals: u8, replies: &[Vec<Outcome>]) -> Stepped {
	summary(account, replies)?;
	let start = Some(day_start(day));
	let rates: Efficiency = json_at(replies, 0, 1, Shape::Object)?;
	let mut rates =
		rates.hashrate_efficiency.iter().filter(|row| timestamp(&row.date_time) == start);
	let rate = rates.next().ok_or(Fault::NotYetClosed)?;
	if rates.next().is_some() {
		return Err(Fault::Malformed.into());
	}

	let revenues: Revenues = json_at(replies, 0, 2, Shape::Object)?;
	let of_day = |row: &&RevenueRow| timestamp(&row.date_time) == start;
	if !revenues.revenue.iter().any(|row| of_day(&row)) {
		return Err(Fault::NotYetClosed.into());
	}
	let mined =
		revenues.revenue.iter().filter(of_day).filter(|row| {
			row.revenue.revenue_type == "MINING" && row.revenue.currency_type == "BTC"
		});
	Ok(Next::Done(Answer::ClosedDay(DayAnswer {
		rate: rate.hashrate.scaled(0)?,
		paid: sum(mined.map(|row| row.revenue.revenue.scaled(decimals.into())))?,
		payout: None,
	})))
}
