//! The X25519 key to which providers seal their API tokens for this validator.
//!
//! The file holds the secret as 64 hexadecimal digits. The public key is published on chain by the
//! validator; anyone can seal to it (`crypto_box_seal` of libsodium), only this node can open.

use super::private_file::{self, PrivateFileError};
use crypto_box::{aead::OsRng, PublicKey, SecretKey, KEY_SIZE};
use std::path::{Path, PathBuf};

/// Longest file with a key: the digits, `0x` and a line end.
const LONGEST: u64 = 70;

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
	/// The file cannot be used.
	#[error(transparent)]
	File(#[from] PrivateFileError),
	/// The file holds something else.
	#[error("{0} does not hold 32 bytes in hexadecimal")]
	Malformed(PathBuf),
}

/// Makes a secret, writes it to a new file, and answers its public key.
pub fn generate(path: &Path) -> Result<PublicKey, KeyError> {
	let secret = SecretKey::generate(&mut OsRng);
	let line = format!("{}\n", hex::encode(secret.to_bytes()));
	private_file::create(path, line.as_bytes())?;
	Ok(secret.public_key())
}

/// Reads a secret.
pub fn load(path: &Path) -> Result<SecretKey, KeyError> {
	let malformed = || KeyError::Malformed(path.into());
	let bytes = private_file::read(path, LONGEST)?;
	let text = std::str::from_utf8(&bytes).map_err(|_| malformed())?.trim();
	let digits = text.strip_prefix("0x").unwrap_or(text);
	let secret = hex::decode(digits).map_err(|_| malformed())?;
	let secret: [u8; KEY_SIZE] = secret.try_into().map_err(|_| malformed())?;
	Ok(SecretKey::from_bytes(secret))
}
