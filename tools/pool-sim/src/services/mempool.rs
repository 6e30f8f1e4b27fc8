//! mempool.space: GET, no token. BTC.
//!
//! Heights and hashes are plain text, `bits` is an integer, totals of fees are integer strings.
//! Source: <https://mempool.space/docs/api/rest>.

use crate::{
	exchange::{Ask, Reply},
	numbers::{float, literal},
	world::{network, random, Chain, Coin, Priced, View},
};
use serde_json::{json, Value};

/// Blocks of a page.
const PAGE: u64 = 15;

pub fn answer(view: &View, ask: &Ask) -> Reply {
	let chain = view.chain(Coin::Btc);
	let tip = chain.height(view.now);
	let by_height = |text: &str| text.parse::<u64>().ok().filter(|height| *height <= tip);
	let by_hash = |text: &str| chain.height_of(text).filter(|height| *height <= tip);
	match ask.segments().as_slice() {
		["api", "blocks", "tip", "height"] => Reply::text(200, tip.to_string()),
		["api", "blocks", "tip", "hash"] => Reply::text(200, chain.hash(tip)),
		["api", "block-height", height] => match by_height(height) {
			Some(height) => Reply::text(200, chain.hash(height)),
			None => Reply::text(404, "Block not found"),
		},
		["api", "block", hash, "header"] => match by_hash(hash) {
			Some(height) => Reply::text(200, raw_header(view, chain, height)),
			None => Reply::text(404, "Block not found"),
		},
		["api", "block", hash] | ["api", "v1", "block", hash] => match by_hash(hash) {
			Some(height) => Reply::ok(&block(view, chain, height)),
			None => Reply::text(404, "Block not found"),
		},
		["api", "v1", "blocks"] | ["api", "blocks"] => Reply::ok(&page(view, chain, tip)),
		["api", "v1", "blocks", height] | ["api", "blocks", height] => match by_height(height) {
			Some(height) => Reply::ok(&page(view, chain, height)),
			None => Reply::text(404, "Block not found"),
		},
		["api", "v1", "mining", "reward-stats", count] => {
			let count = count.parse::<u64>().unwrap_or(0).clamp(1, 4_320);
			let start = tip.saturating_sub(count - 1);
			let fees: u128 = (start..=tip).map(|height| chain.fees(height)).sum();
			let subsidies: u128 = (start..=tip).map(|height| chain.subsidy(height)).sum();
			Reply::ok(&json!({
				"startBlock": start,
				"endBlock": tip,
				"totalReward": (subsidies + view.told(fees)).to_string(),
				"totalFee": view.told(fees).to_string(),
				"totalTx": (count * 3_001).to_string(),
			}))
		},
		["api", "v1", "mining", "hashrate", ..] => {
			let bits = view.bits(chain, tip);
			let rate = float(network::hashes(bits) / u128::from(chain.spacing), 0, false);
			Reply::ok(&json!({
				"hashrates": [{ "timestamp": view.now.day() * 86_400, "avgHashrate": rate }],
				"difficulty": [{
					"time": chain.time(tip / chain.retarget * chain.retarget),
					"height": tip / chain.retarget * chain.retarget,
					"difficulty": network::difficulty(bits),
					"adjustment": literal("1.01"),
				}],
				"currentHashrate": rate,
				"currentDifficulty": network::difficulty(bits),
			}))
		},
		["api", "v1", "difficulty-adjustment"] => {
			let next = (tip / chain.retarget + 1) * chain.retarget;
			Reply::ok(&json!({
				"remainingBlocks": next - tip,
				"remainingTime": (next - tip) * chain.spacing * 1_000,
				"estimatedRetargetDate": chain.time(next) * 1_000,
				"previousTime": chain.time(next - chain.retarget),
				"nextRetargetHeight": next,
				"timeAvg": chain.spacing * 1_000,
				"adjustedTimeAvg": chain.spacing * 1_000,
				"timeOffset": 0,
			}))
		},
		["api", "v1", "prices"] => {
			let price = view.price(Priced::Coin(Coin::Btc), crate::services::Service::Mempool);
			Reply::ok(&json!({
				"time": view.now.seconds() / 300 * 300,
				"USD": (price / 1_000_000) as u64,
			}))
		},
		_ => Reply::html(404, "<html><body><h1>404 Not Found</h1></body></html>"),
	}
}

/// Root of the transactions of a block.
pub fn merkle_root(view: &View, chain: &Chain, height: u64) -> String {
	random::hex(view.world.seed, &[random::word(chain.coin.symbol()), 4, height], 64)
}

/// The 80 bytes of a header, hexadecimal. Its time has 32 bits and wraps on short days.
pub fn raw_header(view: &View, chain: &Chain, height: u64) -> String {
	let bytes = |text: String| -> Vec<u8> {
		let mut bytes = hex::decode(text).expect("hexadecimal by construction");
		bytes.reverse();
		bytes
	};
	let mut header = 0x2000_0000u32.to_le_bytes().to_vec();
	header.extend(bytes(chain.hash(height.saturating_sub(1))));
	header.extend(bytes(merkle_root(view, chain, height)));
	header.extend((chain.time(height) as u32).to_le_bytes());
	header.extend(view.bits(chain, height).to_le_bytes());
	header.extend((height as u32).to_le_bytes());
	hex::encode(header)
}

fn block(view: &View, chain: &Chain, height: u64) -> Value {
	let bits = view.bits(chain, height);
	json!({
		"id": chain.hash(height),
		"height": height,
		"version": 0x2000_0000,
		"timestamp": chain.time(height),
		"tx_count": 3_001,
		"size": 1_600_000,
		"weight": 3_993_000,
		"merkle_root": merkle_root(view, chain, height),
		"previousblockhash": chain.hash(height.saturating_sub(1)),
		"mediantime": chain.time(height.saturating_sub(5)),
		"nonce": height,
		"bits": bits,
		"difficulty": network::difficulty(bits),
	})
}

fn page(view: &View, chain: &Chain, height: u64) -> Value {
	let blocks: Vec<_> = (height.saturating_sub(PAGE - 1)..=height)
		.rev()
		.map(|height| {
			let mut block = block(view, chain, height);
			let fees = view.told(chain.fees(height)) as u64;
			block["extras"] =
				json!({ "totalFees": fees, "reward": chain.subsidy(height) as u64 + fees });
			block
		})
		.collect();
	Value::Array(blocks)
}
