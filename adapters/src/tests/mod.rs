#![allow(clippy::arithmetic_side_effects)]

mod dates;
mod faults;
mod fees;
mod lotus;
mod names;
mod network;
mod pools;
mod prices;
mod requests;

use crate::{step, Adapter, Answer, DayAnswer, Fault, Outcome, Query, Reply, Request, Step};

/// 2024-12-01, the day of the recorded samples.
pub const DAY: u32 = 20_058;
pub const TOKEN: Option<&str> = Some("t0ken");

pub fn reply(status: u16, content_type: &str, body: &str) -> Outcome {
	Ok(Reply { status, content_type: content_type.into(), body: body.as_bytes().to_vec() })
}

pub fn json(body: &str) -> Outcome {
	reply(200, "application/json; charset=utf-8", body)
}

pub fn closed_day<'a>(symbol: &'a str, account: &'a str) -> Query<'a> {
	Query::ClosedDay { symbol, decimals: 8, account, day: DAY }
}

pub fn live<'a>(symbol: &'a str, account: &'a str) -> Query<'a> {
	Query::Live { symbol, account }
}

/// Requests of the stage that follows `replies`.
pub fn asked(adapter: Adapter, query: &Query, replies: &[Vec<Outcome>]) -> Vec<Request> {
	match step(adapter, query, TOKEN, replies) {
		Step::Ask(requests) => requests,
		Step::Done(done) => panic!("{adapter:?} is done: {done:?}"),
	}
}

/// What the adapter makes of these replies.
pub fn read(adapter: Adapter, query: &Query, replies: &[Vec<Outcome>]) -> Result<Answer, Fault> {
	match step(adapter, query, TOKEN, replies) {
		Step::Ask(requests) => panic!("{adapter:?} asks on: {requests:?}"),
		Step::Done(done) => done,
	}
}

pub fn day_of(answer: Result<Answer, Fault>) -> DayAnswer {
	match answer {
		Ok(Answer::ClosedDay(day)) => day,
		other => panic!("no closed day: {other:?}"),
	}
}
