//! ViaBTC: GET with one header.

use crate::{
	dates::date_text,
	read::{ensure_account, json_at, Num, Shape},
	step::{Answer, DayAnswer, Fault, Next, Outcome, Query, Request, Stepped, Stop},
};
use alloc::{format, string::String, vec, vec::Vec};
use serde::{de::DeserializeOwned, Deserialize};

/// Code of a key that is not one.
const INVALID_KEY: &str = "12001";

/// Errors come with status 200 and a code.
#[derive(Deserialize)]
struct Coded {
	code: Num,
}

#[derive(Deserialize)]
struct Wrapped<T> {
	data: T,
}

#[derive(Deserialize)]
struct Account {
	account: Name,
	withdraw_address: Option<Vec<Withdrawal>>,
}

#[derive(Deserialize)]
struct Name {
	account: String,
}

#[derive(Deserialize)]
struct Withdrawal {
	coin: String,
	address: String,
}

#[derive(Deserialize)]
struct HashRate {
	coin: String,
	hashrate_10min: Num,
}

#[derive(Deserialize)]
struct Page<T> {
	data: Vec<T>,
}

#[derive(Deserialize)]
struct ProfitRow {
	date: String,
	total_profit: Num,
}

#[derive(Deserialize)]
struct RateRow {
	date: String,
	hashrate: Num,
}

pub(crate) fn step(query: &Query<'_>, token: Option<&str>, replies: &[Vec<Outcome>]) -> Stepped {
	let token = token.ok_or(Fault::NoToken)?;
	let get = |path: String| Request::get(path).header("X-API-KEY", token);
	let account_path = || "/res/openapi/v1/account".into();
	match (*query, replies) {
		(Query::ClosedDay { symbol, day, .. }, []) => {
			let date = date_text(day);
			let range = format!("coin={symbol}&start_date={date}&end_date={date}&utc=true");
			Ok(Next::Ask(vec![
				get(account_path()),
				get(format!("/res/openapi/v1/profit/history?{range}")),
				get(format!("/res/openapi/v1/hashrate/history?{range}")),
			]))
		},
		(Query::ClosedDay { symbol, decimals, account, day }, [_]) => {
			closed_day(symbol, decimals, account, day, replies)
		},
		(Query::Live { symbol, .. }, []) => Ok(Next::Ask(vec![
			get(account_path()),
			get(format!("/res/openapi/v1/hashrate?coin={symbol}")),
		])),
		(Query::Live { symbol, account }, [_]) => {
			named(account, replies)?;
			let rate: HashRate = data(replies, 1)?;
			if !rate.coin.eq_ignore_ascii_case(symbol) {
				return Err(Fault::Malformed.into());
			}
			Ok(Next::Done(Answer::Live(rate.hashrate_10min.scaled(0)?)))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

/// The hashrate without a key: it answers with a code of its own.
pub(crate) fn probe() -> Request {
	Request::get("/res/openapi/v1/hashrate?coin=BTC".into())
}

pub(crate) fn probe_answers(outcome: &Outcome) -> bool {
	Shape::Code.is_alive(outcome)
}

/// The account that the key reads, if it is the one asked for.
fn named(account: &str, replies: &[Vec<Outcome>]) -> Result<Account, Stop> {
	let told: Account = data(replies, 0)?;
	ensure_account(&told.account.account, account)?;
	Ok(told)
}

/// The data of the reply at `index`, once its code says that there are any.
fn data<T: DeserializeOwned>(replies: &[Vec<Outcome>], index: usize) -> Result<T, Stop> {
	let coded: Coded = json_at(replies, 0, index, Shape::Code)?;
	if coded.code.is(INVALID_KEY) {
		return Err(Stop::Refused);
	}
	if !coded.code.is("0") {
		return Err(Fault::Service.into());
	}
	let wrapped: Wrapped<T> = json_at(replies, 0, index, Shape::Code)?;
	Ok(wrapped.data)
}

fn closed_day(
	symbol: &str,
	decimals: u8,
	account: &str,
	day: u32,
	replies: &[Vec<Outcome>],
) -> Stepped {
	let told = named(account, replies)?;
	let date = date_text(day);
	let profits: Page<ProfitRow> = data(replies, 1)?;
	let profit = only(profits.data, |row| row.date == date)?;
	let rates: Page<RateRow> = data(replies, 2)?;
	let rate = only(rates.data, |row| row.date == date)?;
	let payout = told
		.withdraw_address
		.unwrap_or_default()
		.into_iter()
		.find(|to| to.coin.eq_ignore_ascii_case(symbol))
		.map(|to| to.address.into_bytes());
	Ok(Next::Done(Answer::ClosedDay(DayAnswer {
		rate: rate.hashrate.scaled(0)?,
		paid: profit.total_profit.scaled(decimals.into())?,
		payout,
	})))
}

fn only<T>(rows: Vec<T>, is_it: impl Fn(&T) -> bool) -> Result<T, Stop> {
	let mut rows = rows.into_iter().filter(|row| is_it(row));
	let found = rows.next().ok_or(Fault::NotYetClosed)?;
	match rows.next() {
		None => Ok(found),
		Some(_) => Err(Fault::Malformed.into()),
	}
}
