//! Lotus and Forest: JSON-RPC. Everything but the live reading is read at a final tipset, so that
//! all readers see the same bytes.

use crate::{
	dates::day_start,
	read::{reply_at, settled_multiple, Num, Shape},
	rpc,
	step::{Answer, DayAnswer, Fault, NetworkAnswer, Next, Outcome, Query, Request, Stepped, Stop},
};
use alloc::{
	format,
	string::{String, ToString},
	vec::Vec,
};
use serde::{de::DeserializeOwned, Deserialize};

const PATH: &str = "/rpc/v1";
/// Unix time of epoch 0 of the main network.
const GENESIS: u64 = 1_598_306_400;
/// Seconds of an epoch.
const EPOCH: u64 = 30;
/// Epochs after which a tipset does not change.
const FINALITY: u64 = 900;
/// Actor that hands out rewards.
const REWARD_ACTOR: &str = "f02";
/// Actor that keeps the power of the network.
const POWER_ACTOR: &str = "f04";

#[derive(Deserialize)]
struct TipSet {
	#[serde(rename = "Cids")]
	cids: Vec<Cid>,
	#[serde(rename = "Height")]
	height: Num,
}

#[derive(Deserialize)]
struct Cid {
	#[serde(rename = "/")]
	text: String,
}

#[derive(Deserialize)]
struct MinerPower {
	#[serde(rename = "MinerPower")]
	miner: Claim,
	#[serde(rename = "HasMinPower")]
	has_min_power: bool,
}

#[derive(Deserialize)]
struct Claim {
	#[serde(rename = "QualityAdjPower")]
	quality_adjusted: Num,
}

#[derive(Deserialize)]
struct MinerInfo {
	#[serde(rename = "Beneficiary")]
	beneficiary: String,
	#[serde(rename = "BeneficiaryTerm")]
	term: Option<Term>,
}

#[derive(Deserialize)]
struct Term {
	#[serde(rename = "UsedQuota")]
	used_quota: Num,
}

#[derive(Deserialize)]
struct Actor {
	#[serde(rename = "Balance")]
	balance: Num,
}

#[derive(Deserialize)]
struct State<T> {
	#[serde(rename = "State")]
	state: T,
}

#[derive(Deserialize)]
struct NetworkPower {
	#[serde(rename = "ThisEpochQualityAdjPower")]
	quality_adjusted: Num,
}

#[derive(Deserialize)]
struct NetworkReward {
	#[serde(rename = "ThisEpochReward")]
	this_epoch: Num,
}

pub(crate) fn step(query: &Query<'_>, token: Option<&str>, replies: &[Vec<Outcome>]) -> Stepped {
	let calls = |calls: &[(&str, String)]| {
		let requests = calls.iter().enumerate().map(|(id, (method, params))| {
			let request = rpc::call(PATH, id, method, params);
			match token {
				Some(token) => request.header("Authorization", &format!("Bearer {token}")),
				None => request,
			}
		});
		Ok(Next::Ask(requests.collect()))
	};
	match (*query, replies) {
		(Query::Live { symbol: "FIL", account }, []) => {
			calls(&[("Filecoin.StateMinerPower", format!(r#"["{account}",null]"#))])
		},
		(Query::Live { symbol: "FIL", .. }, [_]) => {
			Ok(Next::Done(Answer::Live(miner_power(call_at(replies, 0, 0)?)?)))
		},
		(Query::ClosedDay { symbol: "FIL", day, .. }, []) => {
			let (start, end) = (height_at(day)?, height_at(day.saturating_add(1))?);
			calls(&[
				("Filecoin.ChainHead", "[]".into()),
				("Filecoin.ChainGetTipSetByHeight", format!("[{start},null]")),
				("Filecoin.ChainGetTipSetByHeight", format!("[{end},null]")),
			])
		},
		(Query::ClosedDay { symbol: "FIL", account, day, .. }, [_]) => {
			let (start, end) = day_keys(day, replies)?;
			calls(&[
				("Filecoin.StateMinerPower", format!(r#"["{account}",{end}]"#)),
				("Filecoin.StateMinerInfo", format!(r#"["{account}",{start}]"#)),
				("Filecoin.StateMinerInfo", format!(r#"["{account}",{end}]"#)),
				("Filecoin.StateGetActor", format!(r#"["{account}",{start}]"#)),
				("Filecoin.StateGetActor", format!(r#"["{account}",{end}]"#)),
			])
		},
		(Query::ClosedDay { symbol: "FIL", day, .. }, [_, _]) => {
			let (_, end) = day_keys(day, replies)?;
			let info: MinerInfo = call_at(replies, 1, 2)?;
			let beneficiary = address(&info.beneficiary)?;
			calls(&[("Filecoin.StateAccountKey", format!(r#"["{beneficiary}",{end}]"#))])
		},
		(Query::ClosedDay { symbol: "FIL", .. }, [_, _, _]) => closed_day(replies),
		(Query::Network { symbol: "FIL", .. }, []) => calls(&[("Filecoin.ChainHead", "[]".into())]),
		(Query::Network { symbol: "FIL", blocks_per_day }, [_]) => {
			let height = settled(blocks_per_day, replies)?;
			calls(&[("Filecoin.ChainGetTipSetByHeight", format!("[{height},null]"))])
		},
		(Query::Network { symbol: "FIL", blocks_per_day }, [_, _]) => {
			let tipset: TipSet = call_at(replies, 1, 0)?;
			let key = key(&tipset, settled(blocks_per_day, replies)?)?;
			calls(&[
				("Filecoin.StateReadState", format!(r#"["{POWER_ACTOR}",{key}]"#)),
				("Filecoin.StateReadState", format!(r#"["{REWARD_ACTOR}",{key}]"#)),
			])
		},
		(Query::Network { symbol: "FIL", blocks_per_day }, [_, _, _]) => {
			let power: State<NetworkPower> = call_at(replies, 2, 0)?;
			let reward: State<NetworkReward> = call_at(replies, 2, 1)?;
			Ok(Next::Done(Answer::Network(NetworkAnswer::PowerShare {
				height: settled(blocks_per_day, replies)?,
				total_power: power.state.quality_adjusted.scaled(0)?,
				epoch_reward: reward.state.this_epoch.scaled(0)?,
			})))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

pub(crate) fn probe() -> Request {
	rpc::call(PATH, 0, "Filecoin.ChainHead", "[]")
}

pub(crate) fn probe_answers(outcome: &Outcome) -> bool {
	rpc::probe_answers::<TipSet>(outcome)
}

/// The result of the call at `index` of `stage`; a chain without such an actor refuses.
fn call_at<T: DeserializeOwned>(
	replies: &[Vec<Outcome>],
	stage: usize,
	index: usize,
) -> Result<T, Stop> {
	existing_at(replies, stage, index)?.ok_or(Stop::Refused)
}

/// The result of the call at `index` of `stage`, or `None` if the chain has no such actor.
fn existing_at<T: DeserializeOwned>(
	replies: &[Vec<Outcome>],
	stage: usize,
	index: usize,
) -> Result<Option<T>, Stop> {
	let reply = reply_at(replies, stage, index)?;
	match rpc::result_or_error(reply, index, Shape::Rpc)? {
		Ok(result) => Ok(Some(result)),
		Err(error) if error.is_unknown_actor() => Ok(None),
		Err(_) => Err(Fault::Service.into()),
	}
}

/// Epoch at which `day` starts; 00:00 UTC is a whole number of epochs after the first one.
fn height_at(day: u32) -> Result<u64, Fault> {
	let seconds = day_start(day).checked_sub(GENESIS).ok_or(Fault::Unsupported)?;
	Ok(seconds / EPOCH)
}

/// Keys of the tipsets at which the day starts and ends, once the second one is final.
fn day_keys(day: u32, replies: &[Vec<Outcome>]) -> Result<(String, String), Stop> {
	let end = height_at(day.saturating_add(1))?;
	let head: TipSet = call_at(replies, 0, 0)?;
	if head.height.whole()? < end.saturating_add(FINALITY) {
		return Err(Fault::NotYetClosed.into());
	}
	let first: TipSet = call_at(replies, 0, 1)?;
	let last: TipSet = call_at(replies, 0, 2)?;
	Ok((key(&first, height_at(day)?)?, key(&last, end)?))
}

/// The height that network readings are taken at.
fn settled(blocks_per_day: u32, replies: &[Vec<Outcome>]) -> Result<u64, Stop> {
	let head: TipSet = call_at(replies, 0, 0)?;
	Ok(settled_multiple(head.height.whole()?, FINALITY, blocks_per_day)?)
}

/// The tipset as a parameter. An epoch may be empty: the node then answers an earlier one.
fn key(tipset: &TipSet, asked: u64) -> Result<String, Fault> {
	let plain = |cid: &Cid| {
		!cid.text.is_empty() && cid.text.bytes().all(|byte| byte.is_ascii_alphanumeric())
	};
	let found = tipset.height.whole()? <= asked && !tipset.cids.is_empty();
	if !found || !tipset.cids.iter().all(plain) {
		return Err(Fault::Malformed);
	}
	let cids: Vec<String> =
		tipset.cids.iter().map(|cid| format!(r#"{{"/":"{}"}}"#, cid.text)).collect();
	Ok(format!("[{}]", cids.join(",")))
}

/// Power that earns: below the least power of the network a miner wins nothing.
fn miner_power(told: MinerPower) -> Result<u128, Fault> {
	if told.has_min_power {
		told.miner.quality_adjusted.scaled(0)
	} else {
		Ok(0)
	}
}

fn address(text: &str) -> Result<&str, Fault> {
	let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
	plain.then_some(text).ok_or(Fault::Malformed)
}

/// Power at the end of the day; what the miner gained over it, withdrawn or not; and the key
/// behind its beneficiary.
fn closed_day(replies: &[Vec<Outcome>]) -> Stepped {
	let rate = miner_power(call_at(replies, 1, 0)?)?;
	let first: Option<MinerInfo> = existing_at(replies, 1, 1)?;
	let last: MinerInfo = call_at(replies, 1, 2)?;
	let opening: Option<Actor> = existing_at(replies, 1, 3)?;
	let closing: Actor = call_at(replies, 1, 4)?;

	let same = first.as_ref().is_some_and(|first| first.beneficiary == last.beneficiary);
	let used =
		|info: &MinerInfo| info.term.as_ref().map_or(Ok(0), |term| term.used_quota.scaled(0));
	let used_before = match &first {
		Some(first) if same => used(first)?,
		_ => 0,
	};
	let withdrawn = used(&last)?.saturating_sub(used_before);
	let before = opening.map_or(Ok(0), |actor| actor.balance.scaled(0))?;
	let after = closing.balance.scaled(0)?.checked_add(withdrawn).ok_or(Fault::Malformed)?;
	Ok(Next::Done(Answer::ClosedDay(DayAnswer {
		rate,
		paid: after.saturating_sub(before),
		payout: Some(beneficiary_key(&last, replies)?.into_bytes()),
	})))
}

/// The public-key address of the beneficiary, or its id if it is no plain account.
fn beneficiary_key(info: &MinerInfo, replies: &[Vec<Outcome>]) -> Result<String, Stop> {
	let reply = reply_at(replies, 2, 0)?;
	match rpc::result_or_error::<String>(reply, 0, Shape::Rpc)? {
		Ok(key) => Ok(key),
		Err(error) if error.is_of_application() => Ok(info.beneficiary.to_string()),
		Err(_) => Err(Fault::Service.into()),
	}
}
