//! A chain in memory: genesis from a preset, blocks through `Executive`, books checked after each.

use crate::{transactions::extension, *};
use codec::Encode;
use dmex_primitives::facts::{Feed, Reading};
use frame_support::{
	dispatch::DispatchResultWithPostInfo,
	genesis_builder_helper::build_state,
};
use pallet_pool_oracle::{app, Vote};
use serde_json::Value;
use sp_consensus_aura::{Slot, AURA_ENGINE_ID};
use sp_core::{ed25519, Pair};
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	generic::Era,
	traits::{Dispatchable, Header as _},
	ApplyExtrinsicResult, Digest, DigestItem,
};

/// Genesis moment of test chains: a round number of days of sixty seconds.
const START: u64 = 1_790_000_040_000;

pub use Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};

/// Merges a patch into a whole configuration, as chain specifications do.
fn merge(into: &mut Value, patch: Value) {
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) =>
			for (key, value) in patch {
				merge(into.entry(key).or_insert(Value::Null), value);
			},
		(into, patch) => *into = patch,
	}
}

/// A chain that begins with a preset.
pub fn chain(preset: &str) -> TestExternalities {
	let patch = genesis::get_preset(&preset.into()).expect("the preset exists");
	let mut whole = serde_json::to_value(RuntimeGenesisConfig::default()).expect("serialises");
	merge(&mut whole, serde_json::from_slice(&patch).expect("the preset is JSON"));
	let mut ext = TestExternalities::new_empty();
	ext.execute_with(|| {
		build_state::<RuntimeGenesisConfig>(whole.to_string().into_bytes()).expect("genesis builds");
	});
	ext
}

/// Runs a storyline on a fresh chain and checks all books at the end.
pub fn storyline(preset: &str, story: impl FnOnce()) {
	chain(preset).execute_with(|| {
		block(|| ());
		story();
		check_books();
	});
}

/// Every invariant of every part of ours.
pub fn check_books() {
	Coins::do_try_state().expect("coins");
	Hashpower::do_try_state().expect("hashpower");
	Periods::do_try_state().expect("periods");
	Polls::do_try_state().expect("polls");
	PoolOracle::do_try_state().expect("pool-oracle");
	Titles::do_try_state().expect("titles");
	Validators::do_try_state().expect("validators");
}

/// Timestamp of the block at a height if no time is skipped.
fn next_moment() -> u64 {
	let now = pallet_timestamp::Now::<Runtime>::get();
	if now == 0 { START } else { now + SLOT_DURATION }
}

/// Builds one block at `moment`: inherents, then `inside`, then the hooks of its end.
pub fn block_at<R>(moment: u64, inside: impl FnOnce() -> R) -> R {
	let number = System::block_number() + 1;
	let parent = if number == 1 { Default::default() } else { System::parent_hash() };
	let slot = Slot::from(moment / SLOT_DURATION);
	let digest =
		Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())] };
	let header =
		Header::new(number, Default::default(), Default::default(), parent, digest);
	Executive::initialize_block(&header);
	let inherent = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: moment });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent))
		.expect("the inherent is valid")
		.expect("the inherent is applied");
	let result = inside();
	Executive::finalize_block();
	result
}

/// Builds the next block.
pub fn block<R>(inside: impl FnOnce() -> R) -> R {
	block_at(next_moment(), inside)
}

/// Builds `count` blocks with nothing in them but inherents.
pub fn blocks(count: u32) {
	for _ in 0..count {
		block(|| ());
	}
}

/// Builds blocks until it is `day`.
pub fn until_day(day: u32) {
	use dmex_primitives::calendar::Calendar;
	while Periods::today() < day {
		block(|| ());
	}
}

/// Dispatches a user's call inside a block, through the call filter.
pub fn call(who: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchResultWithPostInfo {
	call.into().dispatch(RuntimeOrigin::signed(who.to_account_id()))
}

/// The same, in a block of its own; panics with the error if it fails.
#[track_caller]
pub fn ok(who: Sr25519Keyring, what: impl Into<RuntimeCall>) {
	let what = what.into();
	block(|| call(who, what.clone()).map(|_| ()).map_err(|error| error.error))
		.unwrap_or_else(|error| panic!("{what:?} fails: {error:?}"));
}

/// Dispatches a call as Root.
pub fn root(call: impl Into<RuntimeCall>) -> DispatchResultWithPostInfo {
	call.into().dispatch(RuntimeOrigin::root())
}

/// Oracle key of a validator of the presets.
pub fn oracle_key(who: Sr25519Keyring) -> ed25519::Pair {
	ed25519::Pair::from_string(&format!("//{who}"), None).expect("a well-formed path")
}

/// Makes and signs a vote of `who` on `readings`, sorted by feed.
pub fn vote(who: Sr25519Keyring, mut readings: Vec<(Feed, Reading)>) -> (Vote, app::AuthoritySignature) {
	readings.sort_by_key(|(feed, _)| *feed);
	let pair = oracle_key(who);
	let vote = Vote {
		key: pair.public().into(),
		session: pallet_pool_oracle::CurrentSession::<Runtime>::get(),
		round: PoolOracle::round(),
		readings: readings.try_into().expect("few readings"),
		observed_at: pallet_timestamp::Now::<Runtime>::get(),
	};
	let genesis = System::block_hash(0);
	let signature = pair.sign(&vote.signing_bytes(genesis)).into();
	(vote, signature)
}

/// Applies a signed vote as the transaction that validators gossip.
pub fn apply_vote((vote, signature): (Vote, app::AuthoritySignature)) -> ApplyExtrinsicResult {
	let call = RuntimeCall::PoolOracle(pallet_pool_oracle::Call::vote { vote, signature });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_transaction(call, extension(Era::Immortal, 0)))
}
