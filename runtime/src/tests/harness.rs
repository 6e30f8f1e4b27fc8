//! A chain in memory: genesis from a preset, blocks through `Executive`, books checked after each.

use super::history;
use crate::{transactions::extension, *};
use codec::Encode;
use dmex_primitives::{
	facts::{Feed, Reading},
	titles::LockReason,
};
use frame_support::{
	dispatch::DispatchResultWithPostInfo,
	ensure,
	genesis_builder_helper::build_state,
	storage::{with_transaction, TransactionOutcome},
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
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	ApplyExtrinsicResult, Digest, DigestItem, DispatchError, DispatchResult, TryRuntimeError,
};

/// Genesis moment of test chains: a round number of days of sixty seconds.
const START: u64 = 1_790_000_040_000;

pub use Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};

/// Merges a patch into a whole configuration, as chain specifications do.
fn merge(into: &mut Value, patch: Value) {
	match (into, patch) {
		(Value::Object(into), Value::Object(patch)) => {
			for (key, value) in patch {
				merge(into.entry(key).or_insert(Value::Null), value);
			}
		},
		(into, patch) => *into = patch,
	}
}

/// A chain that begins with a preset.
pub fn chain(preset: &str) -> TestExternalities {
	chain_with(preset, Value::Object(Default::default()))
}

/// A chain that begins with a preset in which some fields are others.
pub fn chain_with(preset: &str, other: Value) -> TestExternalities {
	let patch = genesis::get_preset(&preset.into()).expect("the preset exists");
	let mut whole = serde_json::to_value(RuntimeGenesisConfig::default()).expect("serialises");
	merge(&mut whole, serde_json::from_slice(&patch).expect("the preset is JSON"));
	merge(&mut whole, other);
	let mut ext = TestExternalities::new_empty();
	ext.execute_with(|| {
		build_state::<RuntimeGenesisConfig>(whole.to_string().into_bytes())
			.expect("genesis builds");
	});
	ext
}

/// Runs a storyline on a fresh chain and checks at the end all books, and that events tell of all.
pub fn storyline(preset: &str, story: impl FnOnce()) {
	storyline_on(chain(preset), story);
}

/// The same on a chain of one's own.
pub fn storyline_on(mut chain: TestExternalities, story: impl FnOnce()) {
	chain.execute_with(|| {
		history::begin();
		block(|| ());
		story();
		check_books();
		history::check();
	});
}

/// Every invariant of every part of ours; the first that is broken is named.
pub fn books() -> Result<(), TryRuntimeError> {
	Coins::do_try_state()?;
	Hashpower::do_try_state()?;
	Periods::do_try_state()?;
	Polls::do_try_state()?;
	PoolOracle::do_try_state()?;
	Titles::do_try_state()?;
	Validators::do_try_state()?;
	Income::do_try_state()?;
	Gateway::do_try_state()?;
	Market::do_try_state()?;
	PowerRewards::do_try_state()?;
	FeeChoice::do_try_state()?;
	locks_are_explained()
}

/// A locked title is locked by one thing that refers to it. Each part checks that what it refers to
/// is locked; this is the converse, which no part can see alone.
fn locks_are_explained() -> Result<(), TryRuntimeError> {
	for (series, id, title) in pallet_titles::LiveTitles::<Runtime>::iter() {
		let auctions = pallet_market::Orders::<Runtime>::iter_prefix_values(series)
			.filter(|order| order.locks() == Some(id));
		let stake = pallet_power_rewards::StakeOf::<Runtime>::get(series, id);
		let references = (auctions.count(), usize::from(stake.is_some()));
		let explained = match title.locked_by {
			Some(LockReason::Auction) => references == (1, 0),
			Some(LockReason::Stake) => references == (0, 1),
			// Parts that pledge and make deals are not there yet.
			None | Some(LockReason::Pledge | LockReason::Deal) => references == (0, 0),
		};
		ensure!(explained, "a lock is not explained by exactly one auction or stake");
	}
	Ok(())
}

/// All books are in order.
#[track_caller]
pub fn check_books() {
	assert_eq!(books(), Ok(()));
}

/// Timestamp of the next block: the next slot whose author may author.
fn next_moment() -> u64 {
	let now = pallet_timestamp::Now::<Runtime>::get();
	if now == 0 {
		return START;
	}
	let authors = pallet_aura::Authorities::<Runtime>::get().len() as u64;
	let disabled = Session::disabled_validators();
	let is_disabled = |moment: &u64| {
		let author = (moment / SLOT_DURATION) % authors;
		disabled.iter().any(|index| u64::from(*index) == author)
	};
	let mut moments = (1..).map(|slots| now + slots * SLOT_DURATION);
	moments.find(|moment| !is_disabled(moment)).expect("not all are disabled")
}

/// Builds one block at `moment`: inherents, then `inside`, then the hooks of its end.
pub fn block_at<R>(moment: u64, inside: impl FnOnce() -> R) -> R {
	let number = System::block_number() + 1;
	let parent = if number == 1 { Default::default() } else { System::parent_hash() };
	let slot = Slot::from(moment / SLOT_DURATION);
	let digest = Digest { logs: vec![DigestItem::PreRuntime(AURA_ENGINE_ID, slot.encode())] };
	let header = Header::new(number, Default::default(), Default::default(), parent, digest);
	Executive::initialize_block(&header);
	let inherent = RuntimeCall::Timestamp(pallet_timestamp::Call::set { now: moment });
	Executive::apply_extrinsic(UncheckedExtrinsic::new_bare(inherent))
		.expect("the inherent is valid")
		.expect("the inherent is applied");
	let result = inside();
	Executive::finalize_block();
	history::follow();
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

/// A transaction as a wallet signs it.
pub fn sign(who: Sr25519Keyring, call: impl Into<RuntimeCall>) -> UncheckedExtrinsic {
	let account = who.to_account_id();
	let extension = extension(Era::Immortal, System::account_nonce(&account));
	let payload = SignedPayload::new(call.into(), extension.clone()).expect("an honest payload");
	let signature = payload.using_encoded(|bytes| who.pair().sign(bytes));
	let (call, ..) = payload.deconstruct();
	UncheckedExtrinsic::new_signed(call, account.into(), signature.into(), extension)
}

/// Applies a transaction to the block that is being built. One that does not fit or is not valid
/// leaves no trace, as with an author.
pub fn apply(transaction: UncheckedExtrinsic) -> ApplyExtrinsicResult {
	let applied: Result<ApplyExtrinsicResult, DispatchError> =
		with_transaction(|| match Executive::apply_extrinsic(transaction) {
			Ok(result) => TransactionOutcome::Commit(Ok(Ok(result))),
			Err(invalid) => TransactionOutcome::Rollback(Ok(Err(invalid))),
		});
	applied.expect("there is room for one more layer")
}

/// Sends a signed transaction through `Executive` in a block of its own and answers what its call
/// came to. It waits in the pool while blocks are full: the first of a session has no room.
#[track_caller]
pub fn submit(who: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchResult {
	let call = call.into();
	loop {
		match block(|| apply(sign(who, call.clone()))) {
			Err(TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources)) => {},
			applied => return applied.expect("the transaction is valid"),
		}
	}
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
pub fn vote(
	who: Sr25519Keyring,
	mut readings: Vec<(Feed, Reading)>,
) -> (Vote, app::AuthoritySignature) {
	readings.sort_by_key(|(feed, _)| *feed);
	let vote = Vote {
		key: oracle_key(who).public().into(),
		session: pallet_pool_oracle::CurrentSession::<Runtime>::get(),
		round: PoolOracle::round(),
		readings: readings.try_into().expect("few readings"),
		observed_at: pallet_timestamp::Now::<Runtime>::get(),
	};
	sign_vote(who, vote)
}

/// Signs a vote with the oracle key of `who`, whatever it says.
pub fn sign_vote(who: Sr25519Keyring, vote: Vote) -> (Vote, app::AuthoritySignature) {
	let signature = oracle_key(who).sign(&vote.signing_bytes(System::block_hash(0))).into();
	(vote, signature)
}

/// The transaction that a signed vote travels in.
pub fn vote_transaction((vote, signature): (Vote, app::AuthoritySignature)) -> UncheckedExtrinsic {
	let call = RuntimeCall::PoolOracle(pallet_pool_oracle::Call::vote { vote, signature });
	UncheckedExtrinsic::new_transaction(call, extension(Era::Immortal, 0))
}

/// Applies a signed vote as the transaction that validators gossip.
pub fn apply_vote(signed: (Vote, app::AuthoritySignature)) -> ApplyExtrinsicResult {
	apply(vote_transaction(signed))
}
