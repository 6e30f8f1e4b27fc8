//! Bitcoin Core, and nodes that speak its JSON-RPC, by POST. BTC at the prefix itself, another
//! coin's node one segment deeper: `/bitcoin-core/bch`.
//!
//! Version 2.0 calls answer with status 200; older ones with 500 (404 for an unknown method) when
//! they fail. Batches are arrays. No password is asked for, as behind one's own firewall.
//! Source: <https://bitcoincore.org/en/doc/28.0.0/>.

use crate::{
	exchange::{Ask, Reply},
	numbers::{fixed, literal},
	world::{accounts, network, random, Chain, Coin, View},
};
use axum::http::Method;
use serde_json::{json, Map, Value};

pub fn answer(view: &View, ask: &Ask) -> Reply {
	let coin = match ask.segments().as_slice() {
		[] => Some(Coin::Btc),
		[symbol, ..] => Coin::by_symbol(symbol),
	};
	let Some(chain) = coin.and_then(|coin| view.world.chain(coin)) else {
		return Reply::text(404, "");
	};
	if ask.method != Method::POST {
		return Reply::text(405, "JSONRPC server handles only POST requests");
	}
	match ask.json() {
		Some(Value::Array(calls)) => {
			let answers: Vec<_> = calls.iter().map(|call| respond(view, chain, call).1).collect();
			Reply::ok(&Value::Array(answers))
		},
		Some(call @ Value::Object(_)) => {
			let (status, body) = respond(view, chain, &call);
			Reply::json(status, &body)
		},
		_ => Reply::json(
			500,
			&json!({ "result": null, "error": { "code": -32_700, "message": "Parse error" }, "id": null }),
		),
	}
}

fn respond(view: &View, chain: &Chain, call: &Value) -> (u16, Value) {
	let id = &call["id"];
	let modern = call["jsonrpc"] == "2.0";
	let method = call["method"].as_str().unwrap_or_default();
	match (run(view, chain, method, &call["params"]), modern) {
		(Ok(result), true) => (200, json!({ "jsonrpc": "2.0", "result": result, "id": id })),
		(Ok(result), false) => (200, json!({ "result": result, "error": null, "id": id })),
		(Err((code, message)), true) => {
			let error = json!({ "code": code, "message": message });
			(200, json!({ "jsonrpc": "2.0", "error": error, "id": id }))
		},
		(Err((code, message)), false) => {
			let error = json!({ "code": code, "message": message });
			let status = if code == -32_601 { 404 } else { 500 };
			(status, json!({ "result": null, "error": error, "id": id }))
		},
	}
}

type Answer = Result<Value, (i64, &'static str)>;

fn run(view: &View, chain: &Chain, method: &str, params: &Value) -> Answer {
	let tip = chain.height(view.now);
	match method {
		"getblockcount" => Ok(json!(tip)),
		"getbestblockhash" => Ok(json!(chain.hash(tip))),
		"getblockhash" => {
			let height =
				params[0].as_u64().ok_or((-1, "JSON value is not an integer as expected"))?;
			if height > tip {
				return Err((-8, "Block height out of range"));
			}
			Ok(json!(chain.hash(height)))
		},
		"getblockheader" => {
			let height = find(chain, tip, &params[0])?;
			if params[1] == false {
				return Ok(json!(super::mempool::raw_header(view, chain, height)));
			}
			Ok(header(view, chain, tip, height))
		},
		"getblock" => {
			let height = find(chain, tip, &params[0])?;
			block(view, chain, tip, height, &params[1])
		},
		"getblockstats" => {
			let height = match params[0].as_u64() {
				Some(height) if height <= tip => height,
				Some(_) => return Err((-8, "Target block height after current tip")),
				None => find(chain, tip, &params[0])?,
			};
			stats(view, chain, height, &params[1])
		},
		"getmininginfo" => {
			let bits = view.bits(chain, tip);
			let rate = network::hashes(bits) / u128::from(chain.spacing);
			Ok(json!({
				"blocks": tip,
				"bits": format!("{bits:08x}"),
				"difficulty": network::difficulty(bits),
				"networkhashps": literal(&rate.to_string()),
				"pooledtx": 1_094,
				"chain": "main",
				"warnings": [],
			}))
		},
		"getnetworkhashps" => {
			let rate = network::hashes(view.bits(chain, tip)) / u128::from(chain.spacing);
			Ok(literal(&rate.to_string()))
		},
		"getdifficulty" => Ok(json!(network::difficulty(view.bits(chain, tip)))),
		"getblockchaininfo" => Ok(json!({
			"chain": "main",
			"blocks": tip,
			"headers": tip,
			"bestblockhash": chain.hash(tip),
			"bits": format!("{:08x}", view.bits(chain, tip)),
			"difficulty": network::difficulty(view.bits(chain, tip)),
			"time": chain.time(tip),
			"initialblockdownload": false,
			"pruned": false,
		})),
		_ => Err((-32_601, "Method not found")),
	}
}

fn find(chain: &Chain, tip: u64, hash: &Value) -> Result<u64, (i64, &'static str)> {
	let height = hash.as_str().and_then(|hash| chain.height_of(hash));
	height.filter(|height| *height <= tip).ok_or((-5, "Block not found"))
}

fn header(view: &View, chain: &Chain, tip: u64, height: u64) -> Value {
	let bits = view.bits(chain, height);
	let mut header = json!({
		"hash": chain.hash(height),
		"confirmations": tip - height + 1,
		"height": height,
		"version": 0x2000_0000,
		"versionHex": "20000000",
		"merkleroot": super::mempool::merkle_root(view, chain, height),
		"time": chain.time(height),
		"mediantime": chain.time(height.saturating_sub(5)),
		"nonce": height,
		"bits": format!("{bits:08x}"),
		"difficulty": network::difficulty(bits),
		"nTx": 3_000,
		"previousblockhash": chain.hash(height.saturating_sub(1)),
	});
	if height < tip {
		header["nextblockhash"] = json!(chain.hash(height + 1));
	}
	header
}

/// A block: its coinbase, and what pools and others have paid. Verbosity 1 names the transactions, 2
/// shows them.
fn block(view: &View, chain: &Chain, tip: u64, height: u64, verbosity: &Value) -> Answer {
	let paid = match view.payouts() {
		Some(payouts) => {
			payouts.in_block(chain, height).ok_or((-1, "Block not available (pruned data)"))?
		},
		None => vec![],
	};
	let reward = chain.subsidy(height) + chain.fees(height);
	let miner = accounts::address_of(chain.coin, "a pool that found a block");
	let coinbase =
		random::hex(view.world.seed, &[random::word(chain.coin.symbol()), 5, height], 64);
	let mut transactions = vec![json!({
		"txid": coinbase,
		"vin": [{ "coinbase": format!("{height:08x}"), "sequence": 0xffff_ffffu32 }],
		"vout": [output(chain.coin, &miner, reward)],
	})];
	transactions.extend(paid.iter().map(|one| {
		let inputs = one.inputs.iter().filter_map(|input| input.split_once(':'));
		let spent =
			inputs.map(|(of, index)| json!({ "txid": of, "vout": index.parse::<u32>().ok() }));
		json!({
			"txid": one.id,
			"vin": spent.collect::<Vec<_>>(),
			"vout": [output(chain.coin, &one.address, one.amount.into())],
		})
	}));
	let mut block = header(view, chain, tip, height);
	block["nTx"] = json!(transactions.len());
	block["tx"] = match verbosity.as_u64() {
		Some(2) => Value::Array(transactions),
		None | Some(1) => transactions.iter().map(|one| one["txid"].clone()).collect(),
		_ => return Err((-8, "only verbosity 1 and 2 are simulated")),
	};
	Ok(block)
}

fn output(coin: Coin, address: &str, amount: u128) -> Value {
	let script = match coin {
		Coin::Btc => json!({ "type": "witness_v0_keyhash", "address": address }),
		// As nodes write it that did not follow Core in 2021.
		_ => json!({ "type": "pubkeyhash", "reqSigs": 1, "addresses": [address] }),
	};
	json!({ "n": 0, "value": literal(&fixed(amount, coin.decimals())), "scriptPubKey": script })
}

fn stats(view: &View, chain: &Chain, height: u64, wanted: &Value) -> Answer {
	let fees = view.told(chain.fees(height)) as u64;
	let all = json!({
		"avgfee": fees / 3_000,
		"blockhash": chain.hash(height),
		"height": height,
		"subsidy": chain.subsidy(height) as u64,
		"time": chain.time(height),
		"totalfee": fees,
		"txs": 3_001,
	});
	let Some(names) = wanted.as_array() else { return Ok(all) };
	let mut chosen = Map::new();
	for name in names.iter().filter_map(Value::as_str) {
		let value = all.get(name).ok_or((-8, "Invalid selected statistic"))?;
		chosen.insert(name.to_string(), value.clone());
	}
	Ok(Value::Object(chosen))
}
