//! Base58 with a version byte before and four bytes of a double SHA-256 behind.

use crate::{Malformed, Network};
use alloc::string::String;
use sp_crypto_hashing::sha2_256;

/// Version bytes of key and script hashes. The local network has those of the test network.
const BITCOIN: [(u8, Network); 4] =
	[(0x00, Network::Main), (0x05, Network::Main), (0x6f, Network::Test), (0xc4, Network::Test)];
/// Version byte, 20 bytes of a hash, checksum.
const LENGTH: usize = 25;

pub(crate) fn bitcoin(network: Network, text: &str) -> Result<String, Malformed> {
	let version = version_of(text)?;
	let of = BITCOIN.iter().find(|(known, _)| *known == version).ok_or(Malformed::Kind)?.1;
	let of_this = network.has(of) || (network == Network::Local && of == Network::Test);
	of_this.then(|| text.into()).ok_or(Malformed::OtherNetwork)
}

pub(crate) fn with_version(version: u8, text: &str) -> Result<String, Malformed> {
	let read = version_of(text)?;
	(read == version).then(|| text.into()).ok_or(Malformed::Kind)
}

fn version_of(text: &str) -> Result<u8, Malformed> {
	let mut bytes = [0u8; LENGTH];
	let length = bs58::decode(text).onto(&mut bytes).map_err(|error| match error {
		bs58::decode::Error::BufferTooSmall => Malformed::Length,
		_ => Malformed::Character,
	})?;
	if length != LENGTH {
		return Err(Malformed::Length);
	}
	let [version, body @ ..] = bytes;
	let (hash, checksum) = body.split_at_checked(20).ok_or(Malformed::Length)?;
	let mut signed = [0u8; 21];
	signed
		.iter_mut()
		.zip(core::iter::once(&version).chain(hash))
		.for_each(|(to, from)| *to = *from);
	let expected = sha2_256(&sha2_256(&signed));
	match expected.starts_with(checksum) {
		true => Ok(version),
		false => Err(Malformed::Checksum),
	}
}
