//! API tokens, in memory only.
//!
//! They come from two places: the node's own file, and boxes that providers sealed to this
//! validator's key and posted on chain. For an account the file goes first. Nothing here prints,
//! stores or sends a token.

use super::{
	key::{self, KeyError},
	private_file::{self, PrivateFileError, Stamp},
};
use crate::cli::OracleParams;
use crypto_box::{PublicKey, SecretKey};
use dmex_primitives::{PoolAccountId, SourceId};
use parking_lot::{Mutex, RwLock};
use std::{
	collections::BTreeMap,
	fmt,
	path::{Path, PathBuf},
};

/// Longest token, bytes; as long as what may be sealed on chain.
const LONGEST_TOKEN: usize = 512;
/// Longest file of tokens, bytes: some thousands of the longest.
const LONGEST_FILE: u64 = 4 * 1024 * 1024;
/// Local storage keys that are answered with tokens begin with this.
pub const KEY_PREFIX: &str = "dmex/token/";

/// A secret that opens a read-only API. Cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Vec<u8>);

impl Token {
	/// A token has 1 to 512 visible ASCII characters: it goes into a header or an address.
	fn new(bytes: Vec<u8>) -> Option<Self> {
		let fits = (1..=LONGEST_TOKEN).contains(&bytes.len());
		(fits && bytes.iter().all(u8::is_ascii_graphic)).then_some(Self(bytes))
	}

	/// The token itself, for the worker.
	pub fn reveal(&self) -> &[u8] {
		&self.0
	}
}

impl fmt::Debug for Token {
	fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
		formatter.write_str("Token(…)")
	}
}

/// What a token is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TokenOf {
	/// One account at a pool.
	Account(PoolAccountId),
	/// Every request to a service.
	Source(SourceId),
}

impl TokenOf {
	/// Reads `account/<id>` or `source/<id>`, the id in decimal.
	fn parse(name: &str) -> Option<Self> {
		let (kind, id) = name.split_once('/')?;
		let plain = id.bytes().all(|digit| digit.is_ascii_digit());
		let id = id.parse().ok().filter(|_| plain)?;
		match kind {
			"account" => Some(Self::Account(id)),
			"source" => Some(Self::Source(id)),
			_ => None,
		}
	}

	/// Reads the key of the worker's local storage, `dmex/token/account/<id>`.
	pub fn from_storage_key(key: &[u8]) -> Option<Self> {
		std::str::from_utf8(key).ok()?.strip_prefix(KEY_PREFIX).and_then(Self::parse)
	}
}

/// Why a node with tokens does not start.
#[derive(Debug, thiserror::Error)]
pub enum TokensError {
	/// The file cannot be used.
	#[error(transparent)]
	File(#[from] PrivateFileError),
	/// The key cannot be used.
	#[error(transparent)]
	Key(#[from] KeyError),
	/// The file is not an object of strings. Says where, never what.
	#[error("{path} is not a JSON object of strings (line {line}, column {column})")]
	Malformed {
		/// The file.
		path: PathBuf,
		/// Where the reader stopped.
		line: usize,
		/// Where the reader stopped.
		column: usize,
	},
	/// A name is neither of the two kinds. Not shown: it may be a token that stands on the wrong
	/// side.
	#[error("{0} holds a name that is neither source/<id> nor account/<id>")]
	UnknownName(PathBuf),
	/// A token is empty, longer than 512 bytes, or not visible ASCII.
	#[error("{0} holds a token for {1:?} that is empty, too long, or not visible ASCII")]
	ImpossibleToken(PathBuf, TokenOf),
}

/// All tokens of this node.
#[derive(Default)]
pub struct Tokens {
	file: Option<TokenFile>,
	sealed: Option<SealedTokens>,
}

impl Tokens {
	/// Reads what the command line names.
	pub fn open(params: &OracleParams) -> Result<Self, TokensError> {
		let file = params.pool_tokens.as_deref().map(TokenFile::open).transpose()?;
		let secret = params.token_key.as_deref().map(key::load).transpose()?;
		Ok(Self { file, sealed: secret.map(SealedTokens::new) })
	}

	/// No file, only what is sealed to this key.
	#[cfg(test)]
	pub fn with_key(secret: SecretKey) -> Self {
		Self { file: None, sealed: Some(SealedTokens::new(secret)) }
	}

	/// The token, if this node has it.
	pub fn get(&self, of: TokenOf) -> Option<Token> {
		let own = self.file.as_ref().and_then(|file| file.get(of));
		own.or_else(|| self.sealed.as_ref().and_then(|sealed| sealed.get(of)))
	}

	/// The key that providers seal to, if this node holds its secret.
	pub fn public_key(&self) -> Option<PublicKey> {
		self.sealed.as_ref().map(|sealed| sealed.secret.public_key())
	}

	/// Takes over the boxes that are on chain now and forgets those that are not.
	pub fn update_sealed(&self, boxes: Vec<(PoolAccountId, Vec<u8>)>) {
		if let Some(sealed) = &self.sealed {
			sealed.update(boxes);
		}
	}
}

type ByName = BTreeMap<TokenOf, Token>;

/// The node's own file, read again when it changes.
struct TokenFile {
	path: PathBuf,
	read: Mutex<(Option<Stamp>, ByName)>,
}

impl TokenFile {
	fn open(path: &Path) -> Result<Self, TokensError> {
		let stamp = private_file::stamp(path);
		let tokens = read_tokens(path)?;
		Ok(Self { path: path.into(), read: Mutex::new((stamp, tokens)) })
	}

	fn get(&self, of: TokenOf) -> Option<Token> {
		let mut read = self.read.lock();
		let now = private_file::stamp(&self.path);
		if read.0 != now {
			let before = std::mem::take(&mut read.1);
			*read = (now, self.read_again(before));
		}
		read.1.get(&of).cloned()
	}

	/// A file that cannot be parsed is likely being written: the tokens read before stand. One that
	/// is gone, or that others may read, takes its tokens with it.
	fn read_again(&self, before: ByName) -> ByName {
		match read_tokens(&self.path) {
			Ok(tokens) => {
				log::info!(target: "oracle", "Read {} API tokens again", tokens.len());
				tokens
			},
			Err(error @ TokensError::File(_)) => {
				log::error!(target: "oracle", "API tokens are gone: {error}");
				ByName::new()
			},
			Err(error) => {
				log::error!(target: "oracle", "API tokens stay as they were: {error}");
				before
			},
		}
	}
}

fn read_tokens(path: &Path) -> Result<ByName, TokensError> {
	let bytes = private_file::read(path, LONGEST_FILE)?;
	// The message of serde_json may quote the text, so only the place is passed on.
	let entries: BTreeMap<String, String> = serde_json::from_slice(&bytes).map_err(|error| {
		TokensError::Malformed { path: path.into(), line: error.line(), column: error.column() }
	})?;
	entries
		.into_iter()
		.map(|(name, token)| {
			let of = TokenOf::parse(&name).ok_or_else(|| TokensError::UnknownName(path.into()))?;
			let token = Token::new(token.into_bytes())
				.ok_or_else(|| TokensError::ImpossibleToken(path.into(), of))?;
			Ok((of, token))
		})
		.collect()
}

/// Tokens that providers sealed to this validator's key.
struct SealedTokens {
	secret: SecretKey,
	opened: RwLock<BTreeMap<PoolAccountId, Opened>>,
}

/// A box and what was in it; `None` if it could not be opened or held no token.
struct Opened {
	sealed: Vec<u8>,
	token: Option<Token>,
}

impl SealedTokens {
	fn new(secret: SecretKey) -> Self {
		Self { secret, opened: RwLock::default() }
	}

	fn get(&self, of: TokenOf) -> Option<Token> {
		let TokenOf::Account(account) = of else { return None };
		self.opened.read().get(&account).and_then(|opened| opened.token.clone())
	}

	/// Opens only boxes that it has not seen.
	fn update(&self, boxes: Vec<(PoolAccountId, Vec<u8>)>) {
		let mut opened = self.opened.write();
		let mut before = std::mem::take(&mut *opened);
		for (account, sealed) in boxes {
			let known = before.remove(&account).filter(|known| known.sealed == sealed);
			opened.insert(account, known.unwrap_or_else(|| self.open(account, sealed)));
		}
	}

	fn open(&self, account: PoolAccountId, sealed: Vec<u8>) -> Opened {
		let token = self.secret.unseal(&sealed).ok().and_then(Token::new);
		match token {
			Some(_) => log::info!(target: "oracle", "Opened the API token of account {account}"),
			None => log::warn!(
				target: "oracle",
				"The box posted for account {account} holds no token for this node's key",
			),
		}
		Opened { sealed, token }
	}
}

#[cfg(test)]
mod tests;
