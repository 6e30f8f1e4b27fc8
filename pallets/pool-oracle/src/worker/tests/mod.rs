//! The worker from end to end, but for the sockets: the services are scripted, the pool is a list.
#![allow(clippy::arithmetic_side_effects)]

mod days;
mod faults;
mod limits;
mod net;
mod rounds;

use super::{status, tokens};
use crate::{mock::*, SignedVote, KEY_TYPE};
use codec::{Decode, Encode};
use dmex_adapters::Adapter;
use dmex_primitives::{
	facts::{Feed, Reading},
	Day, PoolAccountId, SourceId,
};
use net::{json, Deed, Net, Seen};
use sp_core::{
	crypto::Pair,
	offchain::{
		testing::TestTransactionPoolExt, OffchainDbExt, OffchainWorkerExt, TransactionPoolExt,
	},
};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};

/// What is in the pool; emptied if asked so.
type Pool = Box<dyn Fn(bool) -> Vec<Vec<u8>>>;

pub struct Node {
	pub net: Net,
	pool: Pool,
}

/// Validator 1 of `validators`, with nothing to read but what the test adds.
pub fn node(validators: AccountId, test: impl FnOnce(Node)) {
	let mut ext = new_test_ext(validators, true);
	let keystore = MemoryKeystore::new();
	let phrase = format!("0x{}", hex_of(&pair(1).to_raw_vec()));
	Keystore::ed25519_generate_new(&keystore, KEY_TYPE, Some(&phrase)).unwrap();
	let net = Net::new();
	let (pool_ext, pool) = TestTransactionPoolExt::new();
	ext.register_extension(OffchainWorkerExt::new(net.clone()));
	ext.register_extension(OffchainDbExt::new(net.clone()));
	ext.register_extension(TransactionPoolExt::new(pool_ext));
	ext.register_extension(KeystoreExt::new(keystore));
	ext.execute_with(|| {
		crate::Watched::<Test>::kill();
		let pool = Box::new(move |empty: bool| {
			let mut pool = pool.write();
			let held = pool.transactions.clone();
			pool.transactions.retain(|_| !empty);
			held
		});
		test(Node { net, pool });
		assert_eq!(Oracle::do_try_state(), Ok(()));
	});
}

fn hex_of(bytes: &[u8]) -> String {
	bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Node {
	/// The worker of the present block; real time goes on by a block.
	pub fn run(&self) {
		crate::worker::run::<Test>(System::block_number());
	}

	/// Runs the worker at the next `blocks` blocks, 3 s apart at least.
	pub fn run_blocks(&self, blocks: u32) {
		for _ in 0..blocks {
			run_blocks(1);
			let started = self.net.now();
			self.run();
			self.net.wait(3_000u64.saturating_sub(self.net.now() - started));
		}
	}

	/// Votes handed to the pool so far, copies included.
	pub fn sent(&self) -> Vec<SignedVote> {
		(self.pool)(false)
			.iter()
			.map(|bytes| {
				let extrinsic = Extrinsic::decode(&mut bytes.as_slice()).unwrap();
				match extrinsic.function {
					RuntimeCall::Oracle(crate::Call::vote { vote, signature }) => {
						SignedVote { vote, signature }
					},
					other => panic!("{other:?}"),
				}
			})
			.collect()
	}

	/// All readings sent, the first time.
	pub fn readings(&self) -> Vec<(Feed, Reading)> {
		let mut all: Vec<_> = Vec::new();
		for signed in self.sent() {
			for reading in signed.vote.readings {
				if !all.contains(&reading) {
					all.push(reading);
				}
			}
		}
		all
	}

	/// Puts what was sent into the present block.
	pub fn include(&self) {
		for signed in self.sent() {
			let SignedVote { vote, signature } = signed;
			let origin = frame_system::RawOrigin::Authorized.into();
			let _ = Oracle::vote(origin, vote, signature);
		}
		(self.pool)(true);
	}

	pub fn token(&self, account: PoolAccountId, token: &str) {
		self.net.store(&tokens::account_key(account), &token.as_bytes().to_vec().encode());
	}

	pub fn status(&self, source: SourceId) -> status::SourceStatus {
		self.net.stored(&status::source_key(source)).unwrap_or_default()
	}

	pub fn worker(&self) -> status::WorkerStatus {
		self.net.stored(status::WORKER_KEY).unwrap_or_default()
	}

	pub fn urls(&self) -> Vec<String> {
		self.net.seen().into_iter().map(|seen| seen.url).collect()
	}
}

/// A source under its next id.
pub fn source(adapter: Adapter) -> SourceId {
	Oracle::add_source(adapter, None, true).unwrap()
}

/// Braiins, as it answers for `farm1`: 512,000 GH/s and 0.0012209 BTC on every day.
pub fn braiins_answers(seen: &Seen) -> Deed {
	let day = u64::from(today() - 1) * 86_400;
	let rows = |row: &dyn Fn(u64) -> String| {
		(0..9).map(|back| row(day - back * 86_400)).collect::<Vec<_>>().join(",")
	};
	let path = seen.url.strip_prefix("https://pool.braiins.com").unwrap();
	let path = path.split('?').next().unwrap();
	match path {
		"/accounts/profile/json/btc/" => {
			json(r#"{"username":"farm1","btc":{"hash_rate_unit":"Gh/s","hash_rate_5m":511000.7}}"#)
		},
		"/accounts/rewards/json/btc" => json(format!(
			r#"{{"btc":{{"daily_rewards":[{}]}}}}"#,
			rows(&|at| format!(
				r#"{{"date":{at},"mining_reward":"0.00122090","calculation_date":{}}}"#,
				at + 97_200
			))
		)),
		"/accounts/hash_rate_daily/json/group/btc" => json(format!(
			r#"{{"btc":[{}]}}"#,
			rows(&|at| format!(
				r#"{{"date":{at},"hash_rate_unit":"Gh/s","hash_rate_24h":512000.5}}"#
			))
		)),
		"/accounts/payouts/json/btc" => json(format!(
			r#"{{"onchain":[{{"status":"confirmed","resolved_at_ts":{},"destination":"bc1qfarm"}}]}}"#,
			day
		)),
		"/stats/json/btc/" => json(r#"{"btc":{"hash_rate_unit":"Gh/s"}}"#),
		other => panic!("asked for {other}"),
	}
}

/// A followed account `farm1` at Braiins on its first closed day, with a token.
pub fn followed(node: &Node) -> PoolAccountId {
	LiveEvery::set(1_000_000);
	let account = braiins("farm1");
	node.token(account, "s3cret-t0ken");
	go_to(101, 55_000);
	account
}

pub fn day_feed(account: PoolAccountId, day: Day, attempt: u8) -> Feed {
	Feed::ClosedDay { account, day, attempt }
}
