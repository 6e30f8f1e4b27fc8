//! Lotus: JSON-RPC by POST to `/rpc/v1` (or `/rpc/v0`). FIL.
//!
//! Powers and amounts are integer strings, heights are numbers. A tipset key of `null` or `[]`
//! means the head. Tipsets of every height are kept for ever.
//! Source: <https://lotus.filecoin.io/reference/basics/overview/>.

use super::Service;
use crate::{
	exchange::{Ask, Reply},
	faults::Kind,
	world::{
		network::{FINALITY, MINIMUM_POWER},
		Account, View,
	},
};
use axum::http::Method;
use serde_json::{json, Value};

/// Blocks of a tipset.
const BLOCKS: u64 = 5;
const NO_SUCH_METHOD: i64 = -32_601;
const INVALID_PARAMS: i64 = -32_602;

/// The actor that hands out rewards, and the one that keeps the power of all miners.
const REWARD_ACTOR: &str = "f02";
const POWER_ACTOR: &str = "f04";

/// The miner that a request is about.
pub fn account(ask: &Ask) -> Option<String> {
	let body = ask.json()?;
	let id = body["params"][0].as_str()?;
	match body["method"].as_str()? {
		"Filecoin.StateAccountKey" => miner_of(id).map(str::to_string),
		_ => Some(id).filter(|id| ![REWARD_ACTOR, POWER_ACTOR].contains(id)).map(str::to_string),
	}
}

/// Id of the beneficiary of a miner; the miner can be read back from it.
fn beneficiary(miner: &str) -> String {
	format!("{miner}00")
}

fn miner_of(beneficiary: &str) -> Option<&str> {
	beneficiary.strip_suffix("00")
}

pub fn answer(view: &View, ask: &Ask) -> Reply {
	if !matches!(ask.segments().as_slice(), ["rpc", "v0" | "v1"]) {
		return Reply::text(404, "404 page not found");
	}
	if ask.method != Method::POST {
		return Reply::text(405, "Method Not Allowed");
	}
	let Some(body) = ask.json().filter(Value::is_object) else {
		return error(&Value::Null, -32_700, "Parse error");
	};
	let method = body["method"].as_str().unwrap_or_default();
	match call(view, method.trim_start_matches("Filecoin."), &body["params"]) {
		Ok(result) => Reply::ok(&json!({ "jsonrpc": "2.0", "result": result, "id": body["id"] })),
		Err((code, message)) => error(&body["id"], code, &message),
	}
}

fn error(id: &Value, code: i64, message: &str) -> Reply {
	Reply::ok(&json!({ "jsonrpc": "2.0", "error": { "code": code, "message": message }, "id": id }))
}

type Answer = Result<Value, (i64, String)>;

fn call(view: &View, method: &str, params: &Value) -> Answer {
	let filecoin = &view.world.filecoin;
	let head = filecoin.epoch(view.now);
	match method {
		"ChainHead" => Ok(tipset(view, head)),
		"ChainGetFinalizedTipSet" => Ok(tipset(view, head.saturating_sub(FINALITY))),
		"ChainGetTipSetByHeight" => {
			let height = params[0].as_u64().ok_or_else(|| invalid("height"))?;
			let from = at(view, &params[1])?;
			if height > from {
				let message = "looking for tipset with height greater than start point";
				return Err((1, message.to_string()));
			}
			Ok(tipset(view, height))
		},
		"StateMinerPower" => {
			let epoch = at(view, &params[1])?;
			let power = power(view, miner(view, &params[0])?, epoch);
			let total = view.told(filecoin.total_power(epoch));
			Ok(json!({
				"MinerPower": claim(power),
				"TotalPower": claim(total),
				"HasMinPower": power >= MINIMUM_POWER,
			}))
		},
		"StateMinerInfo" => {
			at(view, &params[1])?;
			Ok(info(view, miner(view, &params[0])?))
		},
		"StateMinerSectorCount" => {
			let epoch = at(view, &params[1])?;
			let sectors = (power(view, miner(view, &params[0])?, epoch) >> 35) as u64;
			Ok(json!({ "Live": sectors, "Active": sectors, "Faulty": 0 }))
		},
		"StateMinerAvailableBalance" => {
			let epoch = at(view, &params[1])?;
			let account = miner(view, &params[0])?;
			let balance = view.balance(account, filecoin.moment(epoch));
			Ok(json!((balance / 4).to_string()))
		},
		"StateGetActor" => {
			let epoch = at(view, &params[1])?;
			let account = miner(view, &params[0])?;
			Ok(json!({
				"Code": { "/": "bafk2bzacea" },
				"Head": { "/": filecoin.cid(epoch, 7) },
				"Nonce": 0,
				"Balance": view.balance(account, filecoin.moment(epoch)).to_string(),
				"DelegatedAddress": null,
			}))
		},
		"WalletBalance" => {
			let account = miner(view, &params[0])?;
			Ok(json!(view.balance(account, view.now).to_string()))
		},
		"StateAccountKey" => {
			at(view, &params[1])?;
			let id = params[0].as_str().ok_or_else(|| invalid("address"))?;
			let account = miner_of(id).and_then(|id| view.world.account(Service::Lotus, id));
			match account.map(|account| view.payout_of(account)) {
				// A beneficiary that was changed to an actor without a key.
				Some(payout) if payout.starts_with("f0") => {
					Err((1, format!("{id} is not an account")))
				},
				Some(payout) => Ok(json!(payout)),
				None => Err((1, format!("{id} is not an account"))),
			}
		},
		"StateReadState" => read_state(view, params),
		"Version" => {
			Ok(json!({ "Version": "1.34.0+mainnet", "APIVersion": 131_840, "BlockDelay": 30 }))
		},
		"StateNetworkName" => Ok(json!("mainnet")),
		_ => Err((NO_SUCH_METHOD, format!("method 'Filecoin.{method}' not found"))),
	}
}

fn invalid(what: &str) -> (i64, String) {
	(INVALID_PARAMS, format!("invalid params: {what}"))
}

/// Epoch of a tipset key.
fn at(view: &View, key: &Value) -> Result<u64, (i64, String)> {
	let head = view.world.filecoin.epoch(view.now);
	match key.as_array().and_then(|cids| cids.first()) {
		None if key.is_null() || key.is_array() => Ok(head),
		Some(cid) => cid["/"]
			.as_str()
			.and_then(|cid| view.world.filecoin.epoch_of(cid))
			.filter(|epoch| *epoch <= head)
			.ok_or_else(|| (1, "loading tipset: blockstore: block not found".to_string())),
		_ => Err(invalid("tipset key")),
	}
}

fn miner<'a>(view: &View<'a>, id: &Value) -> Result<&'a Account, (i64, String)> {
	let id = id.as_str().ok_or_else(|| invalid("address"))?;
	if view.fault(Kind::RevokedToken).is_some() {
		return Err((1, "actor not found".to_string()));
	}
	view.world.account(Service::Lotus, id).ok_or_else(|| {
		(1, format!("failed to load miner actor: load state tree: actor not found: {id}"))
	})
}

/// Quality-adjusted power at an epoch: whole sectors of 32 GiB.
fn power(view: &View, account: &Account, epoch: u64) -> u128 {
	view.power_at(account, view.world.filecoin.moment(epoch)) >> 35 << 35
}

fn claim(power: u128) -> Value {
	json!({ "RawBytePower": (power / 10).to_string(), "QualityAdjPower": power.to_string() })
}

fn tipset(view: &View, epoch: u64) -> Value {
	let filecoin = &view.world.filecoin;
	let cids: Vec<_> = (0..BLOCKS).map(|i| json!({ "/": filecoin.cid(epoch, i) })).collect();
	let parents: Vec<_> =
		(0..BLOCKS).map(|i| json!({ "/": filecoin.cid(epoch.saturating_sub(1), i) })).collect();
	let blocks: Vec<_> = (0..BLOCKS)
		.map(|i| {
			json!({
				"Miner": format!("f0{}", 10_000 + i),
				"Height": epoch,
				"Timestamp": filecoin.moment(epoch).seconds(),
				"Parents": parents,
				"ParentWeight": (epoch * 100).to_string(),
				"ParentBaseFee": "100",
				"ForkSignaling": 0,
			})
		})
		.collect();
	json!({ "Cids": cids, "Blocks": blocks, "Height": epoch })
}

fn info(view: &View, account: &Account) -> Value {
	json!({
		"Owner": "f0100001",
		"Worker": "f0100002",
		"NewWorker": "<empty>",
		"ControlAddresses": null,
		"WorkerChangeEpoch": -1,
		"PeerId": null,
		"Multiaddrs": [],
		"WindowPoStProofType": 8,
		"SectorSize": 34_359_738_368u64,
		"WindowPoStPartitionSectors": 2_349,
		"ConsensusFaultElapsed": -1,
		"PendingOwnerAddress": null,
		"Beneficiary": beneficiary(&account.name),
		"BeneficiaryTerm": {
			"Quota": "1000000000000000000000000",
			"UsedQuota": "0",
			"Expiration": view.world.filecoin.epoch(view.now) + 2_880 * 3_650,
		},
		"PendingBeneficiaryTerm": null,
	})
}

/// State of the power actor, of the reward actor, or of a miner with what is locked of its rewards.
fn read_state(view: &View, params: &Value) -> Answer {
	let filecoin = &view.world.filecoin;
	let epoch = at(view, &params[1])?;
	if params[0] == POWER_ACTOR {
		let total = view.told(filecoin.total_power(epoch)).to_string();
		return Ok(json!({
			"Balance": "0",
			"Code": { "/": "bafk2bzaced" },
			"State": {
				"TotalRawBytePower": "3000000000000000000",
				"TotalQualityAdjPower": total,
				"ThisEpochRawBytePower": "3000000000000000000",
				"ThisEpochQualityAdjPower": total,
				"MinerCount": 512_345,
				"MinerAboveMinPowerCount": 1_024,
			},
		}));
	}
	if params[0] == REWARD_ACTOR {
		let reward = view.told(filecoin.epoch_reward(epoch));
		return Ok(json!({
			"Balance": "1000000000000000000000000000",
			"Code": { "/": "bafk2bzaceb" },
			"State": {
				"ThisEpochReward": reward.to_string(),
				"ThisEpochRewardSmoothed": {
					// A Q.128 number.
					"PositionEstimate": format!("{reward}000000000000000000000000000000000000000"),
					"VelocityEstimate": "0",
				},
				"ThisEpochBaselinePower": "22000000000000000000",
				"Epoch": epoch,
				"TotalStoragePowerReward": "400000000000000000000000000",
			},
		}));
	}
	let account = miner(view, &params[0])?;
	let balance = view.balance(account, filecoin.moment(epoch));
	Ok(json!({
		"Balance": balance.to_string(),
		"Code": { "/": "bafk2bzacec" },
		"State": {
			"LockedFunds": (balance / 2).to_string(),
			"FeeDebt": "0",
			"InitialPledge": "500000000000000000000",
			"PreCommitDeposits": "0",
		},
	}))
}
