//! Filecoin: a letter for the network, a digit for the protocol, the payload.
//!
//! Source: <https://spec.filecoin.io/appendix/address/>. Wallets write `f` on every network that
//! matters and `t` on test networks; the bytes are the same.

use crate::{bits, Malformed, Network};
use alloc::string::String;
use blake2b_simd::Params;

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// Bytes of the checksum, which is BLAKE2b of this length.
const CHECKSUM: usize = 4;

pub(crate) fn canonical(network: Network, text: &str) -> Result<String, Malformed> {
	let (of, rest) = match (text.strip_prefix('f'), text.strip_prefix('t')) {
		(Some(rest), _) => (Network::Main, rest),
		(_, Some(rest)) => (Network::Test, rest),
		_ => return Err(Malformed::OtherNetwork),
	};
	let of_this = network.has(of) || (network == Network::Local && of == Network::Test);
	if !of_this {
		return Err(Malformed::OtherNetwork);
	}
	let (protocol, payload) = rest.split_at_checked(1).ok_or(Malformed::Length)?;
	match protocol {
		"0" => id(payload)?,
		"1" => hashed(1, 20, payload)?,
		"2" => hashed(2, 20, payload)?,
		"3" => hashed(3, 48, payload)?,
		_ => return Err(Malformed::Kind),
	}
	Ok(text.into())
}

/// An id: a number of 63 bits, without zeros in front.
fn id(payload: &str) -> Result<(), Malformed> {
	if !payload.bytes().all(|digit| digit.is_ascii_digit()) {
		return Err(Malformed::Character);
	}
	if payload.is_empty() || payload.len() > 20 || (payload.len() > 1 && payload.starts_with('0')) {
		return Err(Malformed::Length);
	}
	i64::try_from(payload.parse::<u64>().map_err(|_| Malformed::Length)?)
		.map_err(|_| Malformed::Length)
		.map(|_| ())
}

/// `length` bytes and their checksum, base32 without padding.
fn hashed(protocol: u8, length: usize, payload: &str) -> Result<(), Malformed> {
	let bytes = bits::bytes(&bits::digits(ALPHABET, payload)?)?;
	if bytes.len() != length.saturating_add(CHECKSUM) {
		return Err(Malformed::Length);
	}
	let (body, checksum) = bytes.split_at_checked(length).ok_or(Malformed::Length)?;
	let expected =
		Params::new().hash_length(CHECKSUM).to_state().update(&[protocol]).update(body).finalize();
	match expected.as_bytes() == checksum {
		true => Ok(()),
		false => Err(Malformed::Checksum),
	}
}
