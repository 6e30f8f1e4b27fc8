//! The local storage of the oracle's worker.
//!
//! Reads of token keys are answered from memory and never touch the disk: neither the database nor
//! the RPC `offchain_localStorageGet` ever sees a token. What the worker writes about itself goes
//! to the database as usual and to [`StatusMirror`] besides. All other keys pass through.

use super::{
	status::StatusMirror,
	tokens::{TokenOf, Tokens, KEY_PREFIX},
};
use codec::Encode;
use sc_offchain::STORAGE_PREFIX;
use sp_core::offchain::OffchainStorage;
use std::sync::Arc;

/// Local storage of off-chain workers, with the node's part in the oracle.
#[derive(Clone)]
pub struct OracleStorage<S> {
	inner: S,
	tokens: Arc<Tokens>,
	status: Arc<StatusMirror>,
}

impl<S> OracleStorage<S> {
	/// Stands before `inner`.
	pub fn new(inner: S, tokens: Arc<Tokens>, status: Arc<StatusMirror>) -> Self {
		Self { inner, tokens, status }
	}
}

/// Whether the key is one that only the node may answer.
fn is_token(prefix: &[u8], key: &[u8]) -> bool {
	prefix == STORAGE_PREFIX && key.starts_with(KEY_PREFIX.as_bytes())
}

impl<S: OffchainStorage> OffchainStorage for OracleStorage<S> {
	fn set(&mut self, prefix: &[u8], key: &[u8], value: &[u8]) {
		if is_token(prefix, key) {
			return;
		}
		if prefix == STORAGE_PREFIX {
			self.status.note(key, value);
		}
		self.inner.set(prefix, key, value);
	}

	fn remove(&mut self, prefix: &[u8], key: &[u8]) {
		if !is_token(prefix, key) {
			self.inner.remove(prefix, key);
		}
	}

	fn get(&self, prefix: &[u8], key: &[u8]) -> Option<Vec<u8>> {
		if is_token(prefix, key) {
			let token = TokenOf::from_storage_key(key).and_then(|of| self.tokens.get(of))?;
			return Some(token.reveal().encode());
		}
		self.inner.get(prefix, key)
	}

	fn compare_and_set(
		&mut self,
		prefix: &[u8],
		key: &[u8],
		old_value: Option<&[u8]>,
		new_value: &[u8],
	) -> bool {
		if is_token(prefix, key) {
			return false;
		}
		let done = self.inner.compare_and_set(prefix, key, old_value, new_value);
		if done && prefix == STORAGE_PREFIX {
			self.status.note(key, new_value);
		}
		done
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Decode;
	use crypto_box::{aead::OsRng, SecretKey};
	use parking_lot::Mutex;
	use std::collections::BTreeMap;

	/// A disk that remembers every key it was ever asked for.
	#[derive(Clone, Default)]
	struct Disk {
		values: Arc<Mutex<BTreeMap<Vec<u8>, Vec<u8>>>>,
		asked: Arc<Mutex<Vec<Vec<u8>>>>,
	}

	impl OffchainStorage for Disk {
		fn set(&mut self, _: &[u8], key: &[u8], value: &[u8]) {
			self.asked.lock().push(key.to_vec());
			self.values.lock().insert(key.to_vec(), value.to_vec());
		}
		fn remove(&mut self, _: &[u8], key: &[u8]) {
			self.asked.lock().push(key.to_vec());
			self.values.lock().remove(key);
		}
		fn get(&self, _: &[u8], key: &[u8]) -> Option<Vec<u8>> {
			self.asked.lock().push(key.to_vec());
			self.values.lock().get(key).cloned()
		}
		fn compare_and_set(
			&mut self,
			prefix: &[u8],
			key: &[u8],
			old_value: Option<&[u8]>,
			new_value: &[u8],
		) -> bool {
			let same = self.get(prefix, key).as_deref() == old_value;
			if same {
				self.set(prefix, key, new_value);
			}
			same
		}
	}

	fn storage() -> (OracleStorage<Disk>, Disk) {
		let disk = Disk::default();
		let secret = SecretKey::generate(&mut OsRng);
		let sealed = secret.public_key().seal(&mut OsRng, b"s3cret").unwrap();
		let tokens = Tokens::with_key(secret);
		tokens.update_sealed(vec![(7, sealed)]);
		let status = Arc::new(StatusMirror::default());
		(OracleStorage::new(disk.clone(), Arc::new(tokens), status), disk)
	}

	#[test]
	fn tokens_are_answered_from_memory_and_never_reach_the_disk() {
		let (mut storage, disk) = storage();
		let (held, unknown) = (b"dmex/token/account/7", b"dmex/token/account/8");
		let answer = storage.get(STORAGE_PREFIX, held).unwrap();
		assert_eq!(Vec::<u8>::decode(&mut &answer[..]), Ok(b"s3cret".to_vec()));
		assert_eq!(storage.get(STORAGE_PREFIX, unknown), None);

		storage.set(STORAGE_PREFIX, unknown, b"forged");
		assert_eq!(storage.get(STORAGE_PREFIX, unknown), None);
		assert!(!storage.compare_and_set(STORAGE_PREFIX, unknown, None, b"forged"));
		storage.remove(STORAGE_PREFIX, held);
		assert!(storage.get(STORAGE_PREFIX, held).is_some());

		assert!(disk.asked.lock().is_empty(), "the disk was asked for a token");
		assert!(disk.values.lock().is_empty());
	}

	#[test]
	fn a_token_planted_on_disk_is_not_used() {
		let (storage, mut disk) = storage();
		disk.set(STORAGE_PREFIX, b"dmex/token/source/1", &b"planted".to_vec().encode());
		assert_eq!(storage.get(STORAGE_PREFIX, b"dmex/token/source/1"), None);
	}

	#[test]
	fn other_keys_and_other_prefixes_pass_through() {
		let (mut storage, disk) = storage();
		storage.set(STORAGE_PREFIX, b"dmex/round", b"5");
		storage.set(b"other", b"dmex/token/account/7", b"x");
		assert_eq!(storage.get(STORAGE_PREFIX, b"dmex/round").as_deref(), Some(&b"5"[..]));
		assert!(storage.compare_and_set(STORAGE_PREFIX, b"dmex/round", Some(b"5"), b"6"));
		assert!(!storage.compare_and_set(STORAGE_PREFIX, b"dmex/round", Some(b"5"), b"7"));
		assert_eq!(disk.values.lock()[&b"dmex/round"[..]], b"6");
		assert_eq!(disk.values.lock()[&b"dmex/token/account/7"[..]], b"x");
		storage.remove(STORAGE_PREFIX, b"dmex/round");
		assert_eq!(storage.get(STORAGE_PREFIX, b"dmex/round"), None);
	}
}
