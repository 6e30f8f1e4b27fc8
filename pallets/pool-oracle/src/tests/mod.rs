//! One file for each behaviour.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod accounts;
mod authorisation;
mod closed_days;
mod due;
mod equivocation;
mod liars;
mod live;
mod networks;
mod prices;
mod sabotage;
mod sessions;
mod sources;
mod sweeping;
mod tokens;

use crate::{mock::*, Call, Error, SignedVote};
use codec::Encode;
use dmex_primitives::facts::{Feed, Reading};
use frame_support::{
	pallet_prelude::{
		InvalidTransaction, TransactionSource, TransactionValidityError, ValidTransaction,
	},
	traits::{Authorize, UnfilteredDispatchable},
};
use sp_runtime::DispatchResult;

fn call_of(signed: &SignedVote) -> RuntimeCall {
	let SignedVote { vote, signature } = signed.clone();
	RuntimeCall::Oracle(Call::vote { vote, signature })
}

/// What a pool (or a block) makes of a vote.
fn authorise(
	source: TransactionSource,
	signed: &SignedVote,
) -> Result<ValidTransaction, TransactionValidityError> {
	let answer = call_of(signed).authorize(source).expect("votes are authorised");
	answer.map(|(validity, _)| validity)
}

/// The refusal that carries an error.
fn custom(error: Error<Test>) -> TransactionValidityError {
	InvalidTransaction::Custom(error.encode()[0]).into()
}

/// What the next block makes of a vote.
fn include(signed: &SignedVote) -> Result<DispatchResult, TransactionValidityError> {
	authorise(TransactionSource::InBlock, signed)?;
	let origin = frame_system::RawOrigin::Authorized.into();
	Ok(call_of(signed).dispatch_bypass_filter(origin).map(|_| ()).map_err(|error| error.error))
}

/// A vote of a validator made and included now.
fn cast(
	validator: AccountId,
	readings: &[(Feed, Reading)],
) -> Result<DispatchResult, TransactionValidityError> {
	include(&signed(validator, vote_of(validator, readings.to_vec())))
}

/// The same vote of several validators, which must all be taken.
fn all_cast(validators: &[AccountId], feed: Feed, reading: Reading) {
	for validator in validators {
		assert_eq!(cast(*validator, &[(feed, reading)]), Ok(Ok(())), "validator {validator}");
	}
}

/// Attempt 0 of yesterday.
fn yesterday(account: u32) -> Feed {
	Feed::ClosedDay { account, day: today() - 1, attempt: 0 }
}

fn name(text: &str) -> dmex_primitives::facts::AccountName {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// A keystore with these validators' oracle keys.
fn sp_keystore_of(validators: &[AccountId]) -> sp_keystore::KeystoreExt {
	use sp_core::crypto::Pair;
	use sp_keystore::Keystore;
	let keystore = sp_keystore::testing::MemoryKeystore::new();
	for validator in validators {
		let public = pair(*validator).public();
		let seed = seed_of(*validator);
		let added = keystore.insert(crate::KEY_TYPE, &seed, public.as_ref());
		assert_eq!(added, Ok(()));
	}
	sp_keystore::KeystoreExt::new(keystore)
}
