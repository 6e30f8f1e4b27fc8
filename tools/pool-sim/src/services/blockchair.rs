//! Blockchair: `https://api.blockchair.com/<coin>/…`, GET, no token. BCH, and BTC and LTC alike.
//!
//! Everything is under `data`, with the status repeated in `context.code`. The number of blocks
//! counts the first one, so it is the height plus one.
//! Source: <https://blockchair.com/api/docs>.

use crate::{
	clock::{date, DAY_SECONDS},
	exchange::{Ask, Reply},
	numbers::{float, trimmed},
	services::Service,
	world::{network, Chain, Coin, Priced, View},
};
use serde_json::{json, Map, Value};

/// Transactions of a block.
const TRANSACTIONS: u128 = 210;

pub fn answer(view: &View, ask: &Ask) -> Reply {
	let path = ask.segments();
	let coin = path.first().and_then(|slug| Coin::by_slug(slug));
	let Some(chain) = coin.and_then(|coin| view.world.chain(coin)) else {
		return failed(404, "Invalid chain");
	};
	let tip = chain.height(view.now);
	match path.as_slice() {
		[_, "stats"] => wrapped(stats(view, chain, tip), tip),
		[_, "dashboards", "block", id] => {
			let height = match id.len() {
				64 => chain.height_of(id),
				_ => id.parse().ok(),
			};
			match height.filter(|height| *height <= tip) {
				Some(height) => {
					let mut data = Map::new();
					let block = block(view, chain, height);
					data.insert((*id).to_string(), json!({ "block": block, "transactions": [] }));
					wrapped(Value::Object(data), tip)
				},
				// An unknown block is no error, its data are just missing.
				None => wrapped(Value::Null, tip),
			}
		},
		_ => failed(404, "Invalid request"),
	}
}

fn wrapped(data: Value, tip: u64) -> Reply {
	Reply::ok(&json!({
		"data": data,
		"context": { "code": 200, "source": "D", "state": tip, "servers": "API4,BCH0" },
	}))
}

fn failed(code: u16, error: &str) -> Reply {
	Reply::json(code, &json!({ "data": null, "context": { "code": code, "error": error } }))
}

/// `2026-10-09 12:30:44`
fn time(seconds: u64) -> String {
	let rest = seconds % DAY_SECONDS;
	let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
	format!("{} {hour:02}:{minute:02}:{second:02}", date(seconds / DAY_SECONDS))
}

fn stats(view: &View, chain: &Chain, tip: u64) -> Value {
	let blocks = DAY_SECONDS / chain.spacing;
	let bits = view.bits(chain, tip);
	let mean_fees = view.told(chain.fees_mean(tip, blocks));
	let rate = network::hashes(bits) / u128::from(chain.spacing);
	let price = view.price(Priced::Coin(chain.coin), Service::Blockchair);
	json!({
		"blocks": tip + 1,
		"transactions": (tip + 1) * TRANSACTIONS as u64,
		"best_block_height": tip,
		"best_block_hash": chain.hash(tip),
		"best_block_time": time(chain.time(tip)),
		"difficulty": network::difficulty(bits),
		"hashrate_24h": rate.to_string(),
		"blocks_24h": blocks,
		"transactions_24h": blocks * TRANSACTIONS as u64,
		"inflation_24h": (chain.subsidy(tip) * u128::from(blocks)) as u64,
		"average_transaction_fee_24h": float(mean_fees * 1_000_000 / TRANSACTIONS, 6, false),
		"market_price_usd": float(price, 6, false),
	})
}

fn block(view: &View, chain: &Chain, height: u64) -> Value {
	let bits = view.bits(chain, height);
	let fees = view.told(chain.fees(height));
	json!({
		"id": height,
		"hash": chain.hash(height),
		"date": date(chain.time(height) / DAY_SECONDS),
		"time": time(chain.time(height)),
		"median_time": time(chain.time(height.saturating_sub(5))),
		"bits": bits,
		"difficulty": network::difficulty(bits),
		"transaction_count": TRANSACTIONS as u64,
		"fee_total": fees as u64,
		"reward": (chain.subsidy(height) + fees) as u64,
		"guessed_miner": "Unknown",
		"reward_coins": trimmed(chain.subsidy(height) + fees, 8),
	})
}
