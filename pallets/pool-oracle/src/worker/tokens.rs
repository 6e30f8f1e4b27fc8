//! API tokens, by key of local storage.
//!
//! The node answers these keys from memory: from its own token file, and from the sealed boxes in
//! state that it can open. A value is the SCALE encoding of the token's bytes (`Vec<u8>`). Tokens
//! go into headers and nowhere else: no vote, event, error, status or log ever holds one.

use alloc::{format, string::String, vec::Vec};
use dmex_primitives::{PoolAccountId, SourceId};
use sp_runtime::offchain::storage::StorageValueRef;

/// First bytes of all keys of tokens.
pub const PREFIX: &[u8] = b"dmex/token/";

/// Key of the token for one account; goes before the source's.
pub fn account_key(account: PoolAccountId) -> Vec<u8> {
	format!("dmex/token/account/{account}").into_bytes()
}

/// Key of the node's own token for a source.
pub fn source_key(source: SourceId) -> Vec<u8> {
	format!("dmex/token/source/{source}").into_bytes()
}

/// The token to ask `source` with, about `account` if there is one.
pub(crate) fn token_for(source: SourceId, account: Option<PoolAccountId>) -> Option<String> {
	account.and_then(|account| read(&account_key(account))).or_else(|| read(&source_key(source)))
}

fn read(key: &[u8]) -> Option<String> {
	let bytes = StorageValueRef::persistent(key).get::<Vec<u8>>().ok().flatten()?;
	String::from_utf8(bytes).ok()
}
