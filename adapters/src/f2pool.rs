//! F2Pool v2: POST of JSON with one header.

use crate::{
	dates::day_start,
	read::{ensure_account, json_at, sum, Num, Shape},
	step::{Answer, DayAnswer, Fault, Next, Outcome, Query, Request, Stepped, Stop},
};
use alloc::{format, string::String, vec, vec::Vec};
use serde::{de::DeserializeOwned, Deserialize};

/// Days after a closed day in which its revenue may be booked.
const SETTLEMENT_DAYS: u32 = 8;
/// Code of a token that may not read the account.
const PERMISSION_DENIED: &str = "5010";

#[derive(Deserialize)]
struct Info {
	info: Option<HashRate>,
}

#[derive(Deserialize)]
struct HashRate {
	name: String,
	hash_rate: Num,
}

#[derive(Deserialize)]
struct Transactions {
	transactions: Option<Vec<Transaction>>,
}

#[derive(Deserialize)]
struct Transaction {
	r#type: String,
	changed_balance: Num,
	mining_extra: Option<MiningExtra>,
}

#[derive(Deserialize)]
struct MiningExtra {
	mining_date: Num,
	hash_rate: Num,
}

/// Errors come with status 200 and a code.
#[derive(Deserialize)]
struct Coded {
	code: Option<Num>,
}

pub(crate) fn step(query: &Query<'_>, token: Option<&str>, replies: &[Vec<Outcome>]) -> Stepped {
	let token = token.ok_or(Fault::NoToken)?;
	let post = |path: &str, body: String| Request::post(path, body).header("F2P-API-SECRET", token);
	match (*query, replies) {
		(Query::ClosedDay { symbol, account, day, .. }, []) => {
			let currency = currency(symbol)?;
			let start = day_start(day);
			let end = day_start(day.saturating_add(SETTLEMENT_DAYS));
			Ok(Next::Ask(vec![
				post("/v2/hash_rate/info", info_body(currency, account)),
				post(
					"/v2/assets/transactions/list",
					format!(
						r#"{{"currency":"{currency}","mining_user_name":"{account}","type":"revenue","start_time":{start},"end_time":{end}}}"#
					),
				),
			]))
		},
		(Query::ClosedDay { account, day, decimals, .. }, [_]) => {
			closed_day(account, day, decimals, replies)
		},
		(Query::Live { symbol, account }, []) => {
			Ok(Next::Ask(vec![post("/v2/hash_rate/info", info_body(currency(symbol)?, account))]))
		},
		(Query::Live { account, .. }, [_]) => {
			Ok(Next::Done(Answer::Live(info(account, replies)?.hash_rate.scaled(0)?)))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

/// The same endpoint without a token and without an account: it answers with a code of its own.
pub(crate) fn probe() -> Request {
	Request::post("/v2/hash_rate/info", info_body("bitcoin", ""))
}

pub(crate) fn probe_answers(outcome: &Outcome) -> bool {
	Shape::Code.is_alive(outcome)
}

fn currency(symbol: &str) -> Result<&'static str, Fault> {
	match symbol {
		"BTC" => Ok("bitcoin"),
		"BCH" => Ok("bitcoin-cash"),
		"LTC" => Ok("litecoin"),
		_ => Err(Fault::Unsupported),
	}
}

fn info_body(currency: &str, account: &str) -> String {
	format!(r#"{{"currency":"{currency}","mining_user_name":"{account}"}}"#)
}

fn info(account: &str, replies: &[Vec<Outcome>]) -> Result<HashRate, Stop> {
	let info: Info = checked(replies, 0)?;
	let info = info.info.ok_or(Fault::Malformed)?;
	ensure_account(&info.name, account)?;
	Ok(info)
}

/// The reply at `index`, once its code says that it is one.
fn checked<T: DeserializeOwned>(replies: &[Vec<Outcome>], index: usize) -> Result<T, Stop> {
	let coded: Coded = json_at(replies, 0, index, Shape::Code)?;
	match coded.code {
		None => {},
		Some(code) if code.is("0") => {},
		Some(code) if code.is(PERMISSION_DENIED) => return Err(Stop::Refused),
		Some(_) => return Err(Fault::Service.into()),
	}
	json_at(replies, 0, index, Shape::Code)
}

/// The settled revenue of the day and the hashrate that it was settled for.
fn closed_day(account: &str, day: u32, decimals: u8, replies: &[Vec<Outcome>]) -> Stepped {
	info(account, replies)?;
	let start = day_start(day);
	let list: Transactions = checked(replies, 1)?;
	let mut rate = None;
	let mut amounts = Vec::new();
	for row in list.transactions.unwrap_or_default() {
		let Some(extra) = row.mining_extra else { continue };
		if !row.r#type.starts_with("revenue") || extra.mining_date.whole()? != start {
			continue;
		}
		// Parts of one day's revenue repeat its hashrate; their order is not fixed.
		rate = rate.max(Some(extra.hash_rate.scaled(0)?));
		amounts.push(row.changed_balance.scaled(decimals.into()));
	}
	Ok(Next::Done(Answer::ClosedDay(DayAnswer {
		rate: rate.ok_or(Fault::NotYetClosed)?,
		paid: sum(amounts)?,
		payout: None,
	})))
}
