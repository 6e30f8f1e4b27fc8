//! Bitcoin Core, and nodes that speak its JSON-RPC.

use crate::{
	read::{confirmations, header_value, reply_at, settled_multiple, sum, Num, Shape},
	rpc,
	step::{Answer, Fault, NetworkAnswer, Next, Outcome, Query, Request, Stepped, Stop},
};
use alloc::{format, string::String, vec, vec::Vec};
use serde::{de::DeserializeOwned, Deserialize};

const PATH: &str = "/";
/// Most blocks that fees are averaged over; a network with more in a day is sampled evenly.
const MAX_SAMPLES: u32 = 144;

#[derive(Deserialize)]
struct Header {
	height: Num,
	bits: String,
	confirmations: Num,
}

#[derive(Deserialize)]
struct BlockStats {
	height: Num,
	totalfee: Num,
}

pub(crate) fn step(query: &Query<'_>, token: Option<&str>, replies: &[Vec<Outcome>]) -> Stepped {
	let token = token.map(header_value).transpose()?;
	let ask = |request: Request| {
		Ok(Next::Ask(vec![match token {
			Some(token) => {
				let credentials = base64(token.as_bytes());
				request.header("Authorization", &format!("Basic {credentials}"))
			},
			None => request,
		}]))
	};
	match (*query, replies) {
		(Query::Network { .. } | Query::Fees { .. }, []) => {
			ask(rpc::call(PATH, 0, "getblockcount", "[]"))
		},
		(Query::Network { symbol, blocks_per_day }, [_]) => {
			let height = settled(symbol, blocks_per_day, replies)?;
			ask(rpc::call(PATH, 0, "getblockhash", &format!("[{height}]")))
		},
		(Query::Network { .. }, [_, _]) => {
			let hash: String = result_at(replies, 1)?;
			let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
			if !is_hash {
				return Err(Fault::Malformed.into());
			}
			ask(rpc::call(PATH, 0, "getblockheader", &format!(r#"["{hash}",true]"#)))
		},
		(Query::Network { symbol, blocks_per_day }, [_, _, _]) => {
			let height = settled(symbol, blocks_per_day, replies)?;
			let header: Header = result_at(replies, 2)?;
			// A header off the main chain has −1 confirmations, which is no number here.
			let settled = header.confirmations.whole()? >= confirmations(symbol);
			if header.height.whole()? != height || !settled {
				return Err(Fault::Malformed.into());
			}
			let bits = compact(&header.bits)?;
			Ok(Next::Done(Answer::Network(NetworkAnswer::ProofOfWork { height, bits })))
		},
		(Query::Fees { symbol, blocks_per_day, .. }, [_]) => {
			let heights = sampled(settled(symbol, blocks_per_day, replies)?, blocks_per_day)?;
			let calls: Vec<String> = heights
				.iter()
				.enumerate()
				.map(|(id, height)| {
					format!(
						r#"{{"jsonrpc":"2.0","id":{id},"method":"getblockstats","params":[{height},["height","totalfee"]]}}"#
					)
				})
				.collect();
			ask(Request::post(PATH, format!("[{}]", calls.join(","))))
		},
		(Query::Fees { symbol, blocks_per_day, .. }, [_, _]) => {
			let heights = sampled(settled(symbol, blocks_per_day, replies)?, blocks_per_day)?;
			let reply = reply_at(replies, 1, 0)?;
			let stats: Vec<BlockStats> = rpc::batch(reply, heights.len(), Shape::NoAccounts)?;
			for (told, asked) in stats.iter().zip(&heights) {
				if told.height.whole()? != *asked {
					return Err(Fault::Malformed.into());
				}
			}
			let total = sum(stats.iter().map(|block| block.totalfee.scaled(0)))?;
			let count = u128::try_from(stats.len()).map_err(|_| Fault::Malformed)?;
			Ok(Next::Done(Answer::Fees(total.checked_div(count).ok_or(Fault::Malformed)?)))
		},
		_ => Err(Fault::Unsupported.into()),
	}
}

fn result_at<T: DeserializeOwned>(replies: &[Vec<Outcome>], stage: usize) -> Result<T, Stop> {
	rpc::result(reply_at(replies, stage, 0)?, 0, Shape::NoAccounts)
}

fn settled(symbol: &str, blocks_per_day: u32, replies: &[Vec<Outcome>]) -> Result<u64, Stop> {
	let tip: Num = result_at(replies, 0)?;
	Ok(settled_multiple(tip.whole()?, confirmations(symbol), blocks_per_day)?)
}

/// Heights of the blocks of the day that ends at `newest`, or of an even sample of them.
fn sampled(newest: u64, blocks_per_day: u32) -> Result<Vec<u64>, Fault> {
	let stride = u64::from(blocks_per_day.div_ceil(MAX_SAMPLES).max(1));
	let count = blocks_per_day.clamp(1, MAX_SAMPLES);
	let heights = (0..u64::from(count))
		.map_while(|back| newest.checked_sub(back.saturating_mul(stride)))
		.collect::<Vec<_>>();
	if heights.is_empty() {
		return Err(Fault::NotYetClosed);
	}
	Ok(heights)
}

/// A compact target, eight hexadecimal digits.
fn compact(text: &str) -> Result<u32, Fault> {
	let plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
	if !plain {
		return Err(Fault::Malformed);
	}
	u32::from_str_radix(text, 16).map_err(|_| Fault::Malformed)
}

/// Standard Base64 with padding.
fn base64(bytes: &[u8]) -> String {
	const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	let mut text = String::new();
	for chunk in bytes.chunks(3) {
		let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
		let group = (byte(0) << 16) | (byte(1) << 8) | byte(2);
		for (index, shift) in [18u32, 12, 6, 0].into_iter().enumerate() {
			let sextet = usize::try_from((group >> shift) & 63).unwrap_or(0);
			let letter = ALPHABET.get(sextet).copied().unwrap_or(b'A');
			text.push(if index > chunk.len() { '=' } else { char::from(letter) });
		}
	}
	text
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn base64_matches_the_vectors_of_rfc_4648() {
		for (plain, coded) in [
			("", ""),
			("f", "Zg=="),
			("fo", "Zm8="),
			("foo", "Zm9v"),
			("foob", "Zm9vYg=="),
			("fooba", "Zm9vYmE="),
			("foobar", "Zm9vYmFy"),
		] {
			assert_eq!(base64(plain.as_bytes()), coded);
		}
	}
}
