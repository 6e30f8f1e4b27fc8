//! Services and a clock for the worker: what they answer, after how long, and what they were asked.

use codec::Decode;
use sp_core::offchain::{
	storage::InMemOffchainStorage, DbExternalities, Externalities, HttpError, HttpRequestId,
	HttpRequestStatus, OffchainStorage, OpaqueNetworkState, StorageKind, Timestamp,
};
use std::{
	collections::BTreeMap,
	sync::{Arc, Mutex, MutexGuard},
};

/// A request as it went out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
	/// When, unix milliseconds.
	pub at: u64,
	pub method: String,
	pub url: String,
	pub headers: Vec<(String, String)>,
	pub body: String,
}

impl Seen {
	pub fn header(&self, name: &str) -> Option<&str> {
		self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
	}
}

/// What a service does with a request.
#[derive(Clone, Debug)]
pub enum Deed {
	/// Answers after some milliseconds; the body takes some more.
	Reply { status: u16, kind: &'static str, body: String, after: u64, body_after: u64 },
	/// Answers, and breaks the connection in the middle of the body.
	Cut(String),
	/// Breaks the connection.
	Break,
	/// Says nothing.
	Hang,
}

pub fn json(body: impl Into<String>) -> Deed {
	status(200, body)
}

pub fn status(status: u16, body: impl Into<String>) -> Deed {
	let kind = "application/json";
	Deed::Reply { status, kind, body: body.into(), after: 20, body_after: 0 }
}

pub fn html(code: u16) -> Deed {
	let body = "<html>sorry</html>".into();
	Deed::Reply { status: code, kind: "text/html", body, after: 20, body_after: 0 }
}

type Script = Box<dyn FnMut(&Seen) -> Deed + Send>;

struct Pending {
	seen: Seen,
	deed: Option<Deed>,
	read: usize,
}

struct World {
	now: u64,
	next: u16,
	pending: BTreeMap<u16, Pending>,
	seen: Vec<Seen>,
	script: Script,
	storage: InMemOffchainStorage,
}

#[derive(Clone)]
pub struct Net(Arc<Mutex<World>>);

const PREFIX: &[u8] = b"storage";

impl Net {
	pub fn new() -> Self {
		Self(Arc::new(Mutex::new(World {
			now: 1_000_000,
			next: 0,
			pending: BTreeMap::new(),
			seen: Vec::new(),
			script: Box::new(|_| Deed::Hang),
			storage: InMemOffchainStorage::default(),
		})))
	}

	fn world(&self) -> MutexGuard<'_, World> {
		self.0.lock().unwrap()
	}

	/// What services do from now on.
	pub fn serve(&self, script: impl FnMut(&Seen) -> Deed + Send + 'static) {
		self.world().script = Box::new(script);
	}

	pub fn now(&self) -> u64 {
		self.world().now
	}

	pub fn wait(&self, ms: u64) {
		self.world().now += ms;
	}

	pub fn seen(&self) -> Vec<Seen> {
		self.world().seen.clone()
	}

	pub fn store(&self, key: &[u8], value: &[u8]) {
		self.world().storage.set(PREFIX, key, value);
	}

	pub fn stored<T: Decode>(&self, key: &[u8]) -> Option<T> {
		let bytes = self.world().storage.get(PREFIX, key)?;
		Some(T::decode(&mut bytes.as_slice()).unwrap())
	}

	/// All that is stored under keys that do not begin with `but`.
	pub fn dump(&self, but: &[u8]) -> Vec<u8> {
		let storage = self.world().storage.clone();
		let hidden = [PREFIX, but].concat();
		storage
			.into_iter()
			.filter(|(key, _)| !key.starts_with(&hidden))
			.flat_map(|(_, value)| value)
			.collect()
	}
}

impl Externalities for Net {
	fn is_validator(&self) -> bool {
		true
	}

	fn network_state(&self) -> Result<OpaqueNetworkState, ()> {
		Err(())
	}

	fn timestamp(&mut self) -> Timestamp {
		Timestamp::from_unix_millis(self.now())
	}

	fn sleep_until(&mut self, deadline: Timestamp) {
		let mut world = self.world();
		world.now = world.now.max(deadline.unix_millis());
	}

	fn random_seed(&mut self) -> [u8; 32] {
		[0; 32]
	}

	fn http_request_start(
		&mut self,
		method: &str,
		url: &str,
		_: &[u8],
	) -> Result<HttpRequestId, ()> {
		let mut world = self.world();
		let id = world.next;
		world.next += 1;
		let seen = Seen {
			at: world.now,
			method: method.into(),
			url: url.into(),
			headers: Vec::new(),
			body: String::new(),
		};
		world.pending.insert(id, Pending { seen, deed: None, read: 0 });
		Ok(HttpRequestId(id))
	}

	fn http_request_add_header(
		&mut self,
		id: HttpRequestId,
		name: &str,
		value: &str,
	) -> Result<(), ()> {
		let mut world = self.world();
		let pending = world.pending.get_mut(&id.0).ok_or(())?;
		pending.seen.headers.push((name.into(), value.into()));
		Ok(())
	}

	fn http_request_write_body(
		&mut self,
		id: HttpRequestId,
		chunk: &[u8],
		deadline: Option<Timestamp>,
	) -> Result<(), HttpError> {
		assert!(deadline.is_some(), "sending has a deadline");
		let mut world = self.world();
		let pending = world.pending.get_mut(&id.0).ok_or(HttpError::Invalid)?;
		pending.seen.body.push_str(core::str::from_utf8(chunk).unwrap());
		if chunk.is_empty() {
			let seen = pending.seen.clone();
			world.seen.push(seen.clone());
			let deed = (world.script)(&seen);
			world.pending.get_mut(&id.0).unwrap().deed = Some(deed);
		}
		Ok(())
	}

	fn http_response_wait(
		&mut self,
		ids: &[HttpRequestId],
		deadline: Option<Timestamp>,
	) -> Vec<HttpRequestStatus> {
		let deadline = deadline.expect("waiting has a deadline").unix_millis();
		let mut world = self.world();
		let mut now = world.now;
		let mut statuses = Vec::new();
		for id in ids {
			let pending = &world.pending[&id.0];
			let (at, status) = match pending.deed.as_ref().expect("was sent") {
				Deed::Reply { status, after, .. } => {
					(pending.seen.at + after, HttpRequestStatus::Finished(*status))
				},
				Deed::Cut(_) => (pending.seen.at + 20, HttpRequestStatus::Finished(200)),
				Deed::Break => (pending.seen.at + 20, HttpRequestStatus::IoError),
				Deed::Hang => (u64::MAX, HttpRequestStatus::Invalid),
			};
			now = now.max(at.min(deadline));
			statuses.push(if at <= deadline { status } else { HttpRequestStatus::DeadlineReached });
		}
		world.now = now;
		statuses
	}

	fn http_response_headers(&mut self, id: HttpRequestId) -> Vec<(Vec<u8>, Vec<u8>)> {
		match &self.world().pending[&id.0].deed {
			Some(Deed::Reply { kind, .. }) => {
				vec![
					(b"date".to_vec(), b"x".to_vec()),
					(b"content-type".to_vec(), kind.as_bytes().to_vec()),
				]
			},
			_ => vec![(b"content-type".to_vec(), b"application/json".to_vec())],
		}
	}

	fn http_response_read_body(
		&mut self,
		id: HttpRequestId,
		buffer: &mut [u8],
		deadline: Option<Timestamp>,
	) -> Result<usize, HttpError> {
		let deadline = deadline.expect("the body has a deadline").unix_millis();
		let mut world = self.world();
		let now = world.now;
		let pending = world.pending.get_mut(&id.0).ok_or(HttpError::Invalid)?;
		let (body, cut, wait) = match pending.deed.clone().unwrap() {
			Deed::Reply { body, body_after, .. } => (body, false, body_after),
			Deed::Cut(body) => (body, true, 0),
			_ => return Err(HttpError::Invalid),
		};
		let left = &body.as_bytes()[pending.read..];
		if left.is_empty() {
			return if cut { Err(HttpError::IoError) } else { Ok(0) };
		}
		if now + wait > deadline {
			world.now = deadline;
			return Err(HttpError::DeadlineReached);
		}
		let size = left.len().min(buffer.len());
		buffer[..size].copy_from_slice(&left[..size]);
		pending.read += size;
		world.now = now + wait;
		Ok(size)
	}

	fn set_authorized_nodes(&mut self, _: Vec<sp_core::OpaquePeerId>, _: bool) {}
}

impl DbExternalities for Net {
	fn local_storage_set(&mut self, kind: StorageKind, key: &[u8], value: &[u8]) {
		assert_eq!(kind, StorageKind::PERSISTENT, "the other kind is not there yet");
		self.world().storage.set(PREFIX, key, value);
	}

	fn local_storage_clear(&mut self, _: StorageKind, key: &[u8]) {
		self.world().storage.remove(PREFIX, key);
	}

	fn local_storage_compare_and_set(
		&mut self,
		kind: StorageKind,
		key: &[u8],
		old: Option<&[u8]>,
		new: &[u8],
	) -> bool {
		assert_eq!(kind, StorageKind::PERSISTENT, "the other kind is not there yet");
		self.world().storage.compare_and_set(PREFIX, key, old, new)
	}

	fn local_storage_get(&mut self, kind: StorageKind, key: &[u8]) -> Option<Vec<u8>> {
		assert_eq!(kind, StorageKind::PERSISTENT, "the other kind is not there yet");
		self.world().storage.get(PREFIX, key)
	}
}
