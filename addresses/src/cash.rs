//! CashAddr: base32 with a 40-bit checksum over prefix and payload.
//!
//! Source: <https://reference.cash/protocol/blockchain/encoding/cashaddr>.

use crate::{bits, Malformed, Network};
use alloc::{format, string::String};

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const PREFIXES: [(&str, Network); 3] =
	[("bitcoincash", Network::Main), ("bchtest", Network::Test), ("bchreg", Network::Local)];
/// Bytes of the hash by the lowest three bits of the version byte.
const SIZES: [usize; 8] = [20, 24, 28, 32, 40, 48, 56, 64];
/// Groups of five bits of the checksum.
const CHECKSUM: usize = 8;

pub(crate) fn canonical(network: Network, text: &str) -> Result<String, Malformed> {
	let lower = text.to_ascii_lowercase();
	if lower != text && text.to_ascii_uppercase() != text {
		return Err(Malformed::Character);
	}
	let (prefix, payload) = match lower.split_once(':') {
		Some((prefix, payload)) => (Some(prefix), payload),
		None => (None, lower.as_str()),
	};
	let digits = bits::digits(ALPHABET, payload)?;
	// Without a prefix, the checksum tells which network is meant.
	let of = PREFIXES
		.iter()
		.filter(|(known, _)| prefix.is_none_or(|prefix| prefix == *known))
		.find(|(known, _)| checksum(known, &digits) == 0);
	let Some((known, of)) = of else {
		let known = prefix.is_none_or(|prefix| PREFIXES.iter().any(|(known, _)| *known == prefix));
		return Err(if known { Malformed::Checksum } else { Malformed::OtherNetwork });
	};
	if !network.has(*of) {
		return Err(Malformed::OtherNetwork);
	}
	let length = digits.len().checked_sub(CHECKSUM).ok_or(Malformed::Length)?;
	let body = bits::bytes(digits.get(..length).unwrap_or_default())?;
	let (version, hash) = body.split_first().ok_or(Malformed::Length)?;
	let size = SIZES.get(usize::from(version & 0b111)).copied();
	if size != Some(hash.len()) {
		return Err(Malformed::Length);
	}
	// Kinds 0 and 1: the hash of a key, and of a script. The highest bit is reserved.
	if !matches!(version >> 3, 0 | 1) {
		return Err(Malformed::Kind);
	}
	Ok(format!("{known}:{payload}"))
}

/// Remainder of the BCH code over GF(32); zero for a text with its right checksum.
fn checksum(prefix: &str, digits: &[u8]) -> u64 {
	const GENERATOR: [u64; 5] =
		[0x98f2bc8e61, 0x79b76d99e2, 0xf33e5fb3c4, 0xae2eabe2a8, 0x1e4f43e470];
	let letters = prefix.bytes().map(|letter| letter & 0x1f);
	let all = letters.chain(core::iter::once(0)).chain(digits.iter().copied());
	let remainder = all.fold(1u64, |remainder, digit| {
		let top = remainder >> 35;
		let shifted = (remainder & 0x07_ffff_ffff) << 5 ^ u64::from(digit);
		(0u32..).zip(GENERATOR).fold(shifted, |sum, (bit, term)| {
			match top & 1u64.rotate_left(bit) {
				0 => sum,
				_ => sum ^ term,
			}
		})
	});
	remainder ^ 1
}
