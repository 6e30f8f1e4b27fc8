//! Twenty bytes in hexadecimal whose capitals are a checksum: EIP-55.

use crate::Malformed;
use alloc::string::String;
use sp_crypto_hashing::keccak_256;

pub(crate) fn canonical(text: &str) -> Result<String, Malformed> {
	let digits = text.strip_prefix("0x").ok_or(Malformed::Character)?;
	if digits.len() != 40 {
		return Err(Malformed::Length);
	}
	if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
		return Err(Malformed::Character);
	}
	let hash = keccak_256(digits.to_ascii_lowercase().as_bytes());
	let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
	let right = digits.bytes().zip(nibbles).all(|(digit, nibble)| {
		!digit.is_ascii_alphabetic() || digit.is_ascii_uppercase() == (nibble >= 8)
	});
	match right {
		true => Ok(text.into()),
		false => Err(Malformed::Checksum),
	}
}
