//! Blockchair, Bitcoin Cash: GET, no account.

use crate::{
	read::{confirmations, json_at, settled_multiple, Num, Shape},
	step::{Answer, Fault, NetworkAnswer, Next, Outcome, Query, Request, Stepped, Stop},
};
use alloc::{collections::BTreeMap, format, string::String, vec, vec::Vec};
use serde::{de::DeserializeOwned, Deserialize};

/// Decimals that the mean fee of a transaction is read with.
const FEE_DECIMALS: u32 = 6;

#[derive(Deserialize)]
struct Wrapped<T> {
	data: T,
	context: Context,
}

#[derive(Deserialize)]
struct Context {
	code: Num,
}

#[derive(Deserialize)]
struct Tip {
	best_block_height: Num,
}

#[derive(Deserialize)]
struct Traffic {
	average_transaction_fee_24h: Num,
	transactions_24h: Num,
	blocks_24h: Num,
}

#[derive(Deserialize)]
struct Dashboard {
	block: Block,
}

#[derive(Deserialize)]
struct Block {
	id: Num,
	bits: Num,
}

pub(crate) fn step(query: &Query<'_>, replies: &[Vec<Outcome>]) -> Stepped {
	match (*query, replies) {
		(Query::Network { symbol: "BCH", .. } | Query::Fees { symbol: "BCH", .. }, []) => {
			Ok(Next::Ask(vec![Request::get("/bitcoin-cash/stats".into())]))
		},
		(Query::Network { symbol: "BCH", blocks_per_day }, [_]) => {
			let height = settled(blocks_per_day, replies)?;
			let path = format!("/bitcoin-cash/dashboards/block/{height}?limit=1");
			Ok(Next::Ask(vec![Request::get(path)]))
		},
		(Query::Network { symbol: "BCH", blocks_per_day }, [_, _]) => {
			let height = settled(blocks_per_day, replies)?;
			let blocks: BTreeMap<String, Dashboard> = data(replies, 1)?;
			let found = blocks.into_values().map(|found| found.block);
			for block in found {
				if block.id.whole()? == height {
					let bits = u32::try_from(block.bits.whole()?).map_err(|_| Fault::Malformed)?;
					let answer = NetworkAnswer::ProofOfWork { height, bits };
					return Ok(Next::Done(Answer::Network(answer)));
				}
			}
			Err(Fault::Malformed.into())
		},
		(Query::Fees { symbol: "BCH", .. }, [_]) => {
			let traffic: Traffic = data(replies, 0)?;
			let mean = mean_fees(&traffic).ok_or(Fault::Malformed)?;
			Ok(Next::Done(Answer::Fees(mean)))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

fn data<T: DeserializeOwned>(replies: &[Vec<Outcome>], stage: usize) -> Result<T, Stop> {
	let wrapped: Wrapped<T> = json_at(replies, stage, 0, Shape::NoAccounts)?;
	if wrapped.context.code.is("200") {
		Ok(wrapped.data)
	} else {
		Err(Fault::Service.into())
	}
}

fn settled(blocks_per_day: u32, replies: &[Vec<Outcome>]) -> Result<u64, Stop> {
	let tip: Tip = data(replies, 0)?;
	let tip = tip.best_block_height.whole()?;
	Ok(settled_multiple(tip, confirmations("BCH"), blocks_per_day)?)
}

/// Fees of a day of transactions over its blocks, rounded down.
fn mean_fees(traffic: &Traffic) -> Option<u128> {
	let fee = traffic.average_transaction_fee_24h.scaled(FEE_DECIMALS).ok()?;
	let total = fee.checked_mul(traffic.transactions_24h.scaled(0).ok()?)?;
	let blocks = traffic.blocks_24h.scaled(FEE_DECIMALS).ok()?;
	total.checked_div(blocks)
}
