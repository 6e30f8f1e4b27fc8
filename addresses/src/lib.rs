//! How addresses of outside chains are written, and whether a text is one.
//!
//! [`canonical`] answers the one spelling under which an address is stored and compared, or why
//! the text is not an address. Checksums are always verified; nothing is guessed or repaired.
//!
//! | format | accepted | source |
//! |---|---|---|
//! | Bitcoin | segwit bech32 (version 0) and bech32m (1 and up), base58check | BIP 173, BIP 350; the version bytes of Bitcoin Core's chainparams |
//! | CashAddr | key and script hashes, 20 to 64 bytes, with or without prefix | the CashAddr specification |
//! | Filecoin | ids (0), secp256k1 (1), actors (2) and BLS (3) | the Filecoin specification, appendix on addresses |
//! | Base58Check | 20 bytes behind the coin's own version byte | Bitcoin's base58check |
//! | Ethereum | 20 bytes in hexadecimal with mixed-case checksum | EIP-55 |
//!
//! Not accepted: segwit in capitals is, as BIP 173 allows, and becomes small letters; Filecoin's
//! delegated addresses (4) are not, because custodians pay by a plain transfer; nor Ethereum's in
//! one case, because they carry no checksum.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod base58;
mod bits;
mod cash;
mod ethereum;
mod filecoin;
mod segwit;
#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests;

use alloc::{string::String, vec, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Longest text that can be an address, bytes: a CashAddr of 64 bytes with its prefix has 124.
pub const MAX_TEXT: usize = 128;

/// How an address is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
	/// Segwit and base58 addresses of Bitcoin.
	Bitcoin,
	/// CashAddr of Bitcoin Cash.
	CashAddr,
	/// Addresses of Filecoin.
	Filecoin,
	/// Base58Check with this version byte, the same on every network.
	Base58Check(u8),
	/// Twenty bytes with EIP-55 checksum, the same on every network.
	Ethereum,
}

/// Which network of the coin an address is for.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
	Serialize,
	Deserialize,
)]
pub enum Network {
	/// The one whose coins are worth something.
	Main,
	/// The public test network.
	Test,
	/// A network on one machine (regtest). For Filecoin the same as [`Network::Test`].
	Local,
	/// Any of them: for development chains, whose pools and nodes are of different networks.
	Any,
}

/// Why a text is not an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Malformed {
	/// Empty, or longer than any address.
	Length,
	/// A character that the format does not have, or mixed case where it may not be.
	Character,
	/// The checksum does not match.
	Checksum,
	/// An address of another network.
	OtherNetwork,
	/// A kind of address that the format has and we do not pay to, or does not have.
	Kind,
}

/// The one spelling of an address, or why the text is none.
pub fn canonical(format: Format, network: Network, text: &[u8]) -> Result<Vec<u8>, Malformed> {
	if text.is_empty() || text.len() > MAX_TEXT {
		return Err(Malformed::Length);
	}
	let text = core::str::from_utf8(text).map_err(|_| Malformed::Character)?;
	if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b':') {
		return Err(Malformed::Character);
	}
	match format {
		Format::Bitcoin if segwit::is_meant(text) => segwit::canonical(network, text),
		Format::Bitcoin => base58::bitcoin(network, text),
		Format::CashAddr => cash::canonical(network, text),
		Format::Filecoin => filecoin::canonical(network, text),
		Format::Base58Check(version) => base58::with_version(version, text),
		Format::Ethereum => ethereum::canonical(text),
	}
	.map(String::into_bytes)
}

/// Every way in which services write the address with this canonical spelling; that one first.
pub fn spellings(format: Format, canonical: &[u8]) -> Vec<Vec<u8>> {
	let mut all = vec![canonical.to_vec()];
	match format {
		Format::CashAddr => {
			if let Some(bare) = canonical.splitn(2, |byte| *byte == b':').nth(1) {
				all.push(bare.to_vec());
			}
		},
		Format::Ethereum => all.push(canonical.to_ascii_lowercase()),
		_ => {},
	}
	all
}

impl Network {
	/// Whether an address of `other`, which is never `Any`, is one of this network.
	fn has(self, other: Network) -> bool {
		self == Network::Any || self == other
	}
}
