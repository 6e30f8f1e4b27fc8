//! mempool.space: GET, no account. Heights and hashes come as plain text.

use crate::{
	read::{confirmations, json_at, reply_at, settled_multiple, text, Num, Shape},
	step::{Answer, Fault, NetworkAnswer, Next, Outcome, Query, Request, Stepped},
};
use alloc::{format, string::String, vec, vec::Vec};
use serde::Deserialize;

#[derive(Deserialize)]
struct Block {
	id: String,
	height: Num,
	bits: Num,
}

#[derive(Deserialize)]
struct RewardStats {
	#[serde(rename = "totalFee")]
	total_fee: Num,
}

pub(crate) fn step(query: &Query<'_>, replies: &[Vec<Outcome>]) -> Stepped {
	let get = |path: String| Ok(Next::Ask(vec![Request::get(path)]));
	match (*query, replies) {
		(Query::Network { symbol: "BTC", .. }, []) => get("/api/blocks/tip/height".into()),
		(Query::Network { symbol: "BTC", blocks_per_day }, [_]) => {
			get(format!("/api/block-height/{}", settled(blocks_per_day, replies)?))
		},
		(Query::Network { symbol: "BTC", .. }, [_, _]) => {
			get(format!("/api/block/{}", hash(replies)?))
		},
		(Query::Network { symbol: "BTC", blocks_per_day }, [_, _, _]) => {
			let height = settled(blocks_per_day, replies)?;
			let block: Block = json_at(replies, 2, 0, Shape::NoAccounts)?;
			if block.height.whole()? != height || block.id != hash(replies)? {
				return Err(Fault::Malformed.into());
			}
			let bits = u32::try_from(block.bits.whole()?).map_err(|_| Fault::Malformed)?;
			Ok(Next::Done(Answer::Network(NetworkAnswer::ProofOfWork { height, bits })))
		},
		(Query::Fees { symbol: "BTC", blocks_per_day, .. }, []) => {
			get(format!("/api/v1/mining/reward-stats/{blocks_per_day}"))
		},
		(Query::Fees { symbol: "BTC", blocks_per_day, .. }, [_]) => {
			let stats: RewardStats = json_at(replies, 0, 0, Shape::NoAccounts)?;
			let total = stats.total_fee.scaled(0)?;
			let mean = total.checked_div(blocks_per_day.into()).ok_or(Fault::Unsupported)?;
			Ok(Next::Done(Answer::Fees(mean)))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

fn settled(blocks_per_day: u32, replies: &[Vec<Outcome>]) -> Result<u64, Fault> {
	let tip = text(reply_at(replies, 0, 0)?)?.parse().map_err(|_| Fault::Malformed)?;
	settled_multiple(tip, confirmations("BTC"), blocks_per_day)
}

fn hash(replies: &[Vec<Outcome>]) -> Result<&str, Fault> {
	let hash = text(reply_at(replies, 1, 0)?)?;
	let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
	is_hash.then_some(hash).ok_or(Fault::Malformed)
}
