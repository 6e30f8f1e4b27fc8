//! Validators that join, equivocate and are replaced, while the others go on.

use super::steps::*;
use crate::{tests::harness::*, *};
use codec::{Decode, Encode};
use dmex_primitives::facts::{Feed, Priced, Prices, Reading};
use frame_support::traits::{fungible::Inspect, KeyOwnerProofSystem};
use pallet_pool_oracle::SignedVote;
use pallet_validators::{Event, Standing};
use sp_consensus_grandpa::{localized_payload, EquivocationProof, Message, Prevote};
use sp_core::{crypto::key_types::GRANDPA, proof_of_possession::ProofOfPossessionGenerator, Pair};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{DispatchError, DispatchResult};

/// Bond of a validator at genesis.
const BOND: Balance = 10_000 * DMEX;

/// Keys of a node started with `--<who>`, and the proof that their owner agrees.
fn keys_of(who: Sr25519Keyring) -> (SessionKeys, Vec<u8>) {
	let (mut aura, mut ed25519) = (who.pair(), oracle_key(who));
	let keys = SessionKeys {
		aura: aura.public().into(),
		grandpa: ed25519.public().into(),
		oracle: ed25519.public().into(),
	};
	let owner = who.to_account_id().encode();
	let proof = (
		aura.generate_proof_of_possession(&owner),
		ed25519.generate_proof_of_possession(&owner),
		ed25519.generate_proof_of_possession(&owner),
	);
	(keys, proof.encode())
}

/// Bonds, sets keys and is admitted: everything but the two sessions that it takes.
fn join(who: Sr25519Keyring) {
	submit(who, pallet_validators::Call::register { bond: BOND }).expect("it can bond");
	let (keys, proof) = keys_of(who);
	submit(who, pallet_session::Call::set_keys { keys, proof }).expect("its own keys");
	admit(who).expect("the DAO wants it");
}

fn admit(who: Sr25519Keyring) -> DispatchResult {
	block(|| root(pallet_validators::Call::admit { who: who.to_account_id() }))
		.map(|_| ())
		.map_err(|error| error.error)
}

/// Until a session begins.
fn next_session() {
	let index = Session::current_index();
	while Session::current_index() == index {
		block(|| ());
	}
}

fn accounts(who: &[Sr25519Keyring]) -> Vec<AccountId> {
	let mut accounts: Vec<AccountId> = who.iter().map(|who| who.to_account_id()).collect();
	accounts.sort();
	accounts
}

/// Who authors, finalises and votes in the running session: always the same accounts.
fn set() -> Vec<AccountId> {
	let mut set = Session::validators();
	set.sort();
	let size = set.len();
	assert_eq!(Grandpa::grandpa_authorities().len(), size, "finality");
	assert_eq!(pallet_aura::Authorities::<Runtime>::get().len(), size, "authoring");
	let voters = pallet_pool_oracle::Sessions::<Runtime>::get(Session::current_index());
	let mut voters: Vec<AccountId> = voters.into_iter().map(|(who, _)| who).collect();
	voters.sort();
	assert_eq!(voters, set, "the oracle");
	set
}

/// The validators agree on a price; as many as the threshold asks are enough.
#[track_caller]
fn facts_go_on(voters: &[Sr25519Keyring], dollars: u128) {
	let start = PoolOracle::round();
	while PoolOracle::round() == start {
		block(|| ());
	}
	block(|| {
		let feed = Feed::Price { of: Priced::Stable, round: PoolOracle::round() };
		for who in voters {
			let signed = vote(*who, vec![(feed, Reading::Price(dollars))]);
			assert_eq!(apply_vote(signed), Ok(Ok(())), "{who}");
		}
	});
	blocks(6);
	assert_eq!(PoolOracle::price(Priced::Stable), Ok(dollars));
}

/// Two prevotes of one finality round, as anybody who saw both reports them.
fn finality_equivocation(who: Sr25519Keyring, round: u64) -> RuntimeCall {
	let key = oracle_key(who);
	let id: sp_consensus_grandpa::AuthorityId = key.public().into();
	let set_id = Grandpa::current_set_id();
	let signed = |seed: u8| {
		let prevote = Prevote::<Header> { target_hash: Hash::repeat_byte(seed), target_number: 10 };
		let message = Message::<Header>::Prevote(prevote.clone());
		(prevote, key.sign(&localized_payload(round, set_id, &message)))
	};
	// Variant 0 is an equivocation of prevotes; its type is not named outside of the crate.
	let bytes = (set_id, 0u8, round, &id, signed(1), signed(2)).encode();
	let proof = EquivocationProof::<Hash, BlockNumber>::decode(&mut &bytes[..]).expect("its parts");
	let owner = Historical::prove((GRANDPA, id)).expect("it is in the set");
	RuntimeCall::Grandpa(pallet_grandpa::Call::report_equivocation {
		equivocation_proof: Box::new(proof),
		key_owner_proof: owner,
	})
}

/// Two readings of one feed.
fn oracle_equivocation(who: Sr25519Keyring) -> RuntimeCall {
	let feed = Feed::Price { of: Priced::Coin(BTC), round: PoolOracle::round() };
	let say = |price| {
		let (vote, signature) = vote(who, vec![(feed, Reading::Price(price))]);
		SignedVote { vote, signature }
	};
	RuntimeCall::PoolOracle(pallet_pool_oracle::Call::report_equivocation {
		first: say(1_000),
		second: say(2_000),
	})
}

fn bond(who: Sr25519Keyring) -> Option<Balance> {
	Validators::bond_of(who.to_account_id())
}

fn standing(who: Sr25519Keyring) -> Standing {
	let kept = pallet_validators::Candidates::<Runtime>::get(who.to_account_id());
	kept.expect("a candidate").standing
}

fn treasury() -> Balance {
	Balances::total_balance(&configs::governance::TreasuryAccount::get())
}

#[test]
fn a_validator_joins_another_equivocates_twice_is_slashed_and_replaced_and_the_rest_go_on() {
	storyline(genesis::LOCAL, || {
		assert_eq!(set(), accounts(&VALIDATORS));
		facts_go_on(&VALIDATORS, 1_000_000_000_000);

		// Eve joins. Only who is bonded sets keys, and only keys that are one's own.
		let (keys, proof) = keys_of(Eve);
		let set_keys = |keys, proof| submit(Eve, pallet_session::Call::set_keys { keys, proof });
		refused(
			set_keys(keys.clone(), proof.clone()),
			pallet_session::Error::<Runtime>::NoAssociatedValidatorId,
		);
		submit(Eve, pallet_validators::Call::register { bond: BOND }).expect("it can bond");
		let stolen = keys_of(Ferdie).1;
		refused(set_keys(keys.clone(), stolen), pallet_session::Error::<Runtime>::InvalidProof);
		refused(admit(Eve), pallet_validators::Error::<Runtime>::KeysMissing);
		set_keys(keys, proof).expect("its own keys");
		refused(
			submit(Eve, pallet_validators::Call::admit { who: Eve.to_account_id() }),
			DispatchError::BadOrigin,
		);
		admit(Eve).expect("the DAO wants it");
		let finality_set = Grandpa::current_set_id();
		next_session();
		assert_eq!(set(), accounts(&VALIDATORS), "queued");
		next_session();
		let five = [Alice, Bob, Charlie, Dave, Eve];
		assert_eq!(set(), accounts(&five));
		assert!(Grandpa::current_set_id() > finality_set, "finality knows the new set");
		facts_go_on(&five, 1_010_000_000_000);

		// Dave votes twice in one finality round: (3 · 1 / 5)² of his bond.
		let before = treasury();
		let report = block(|| finality_equivocation(Dave, 7));
		System::reset_events();
		submit(Ferdie, report.clone()).expect("proof");
		let share = BOND * 36 / 100;
		assert_eq!(bond(Dave), Some(BOND - share));
		assert!(treasury() >= before + share, "the treasury has it");
		assert_eq!(standing(Dave), Standing::Outgoing);
		let place = Session::validators().iter().position(|who| *who == Dave.to_account_id());
		let place = place.expect("he sits until the set changes") as u32;
		assert!(Session::disabled_validators().contains(&place), "but authors nothing");
		let ejected = System::events().into_iter().any(|record| {
			record.event
				== RuntimeEvent::Validators(Event::Ejected {
					who: Dave.to_account_id(),
					cause: pallet_validators::Cause::BondTooSmall,
				})
		});
		assert!(ejected);
		refused(submit(Ferdie, report), pallet_grandpa::Error::<Runtime>::DuplicateOffenceReport);
		assert_eq!(bond(Dave), Some(BOND - share), "one offence is paid once");

		// And he signs two readings of one feed: another offence.
		let report = block(|| oracle_equivocation(Dave));
		submit(Ferdie, report.clone()).expect("proof");
		assert_eq!(bond(Dave), Some(BOND - 2 * share));
		refused(submit(Ferdie, report), pallet_pool_oracle::Error::<Runtime>::EquivocationKnown);
		assert_eq!(bond(Dave), Some(BOND - 2 * share));

		// The others are enough for facts now, and alone from the session after the next.
		facts_go_on(&[Alice, Bob, Charlie, Eve], 1_020_000_000_000);
		next_session();
		next_session();
		let rest = [Alice, Bob, Charlie, Eve];
		assert_eq!(set(), accounts(&rest));
		assert_eq!(standing(Dave), Standing::Waiting);
		facts_go_on(&rest, 1_030_000_000_000);
		block(|| {
			let feed = Feed::Price { of: Priced::Stable, round: PoolOracle::round() };
			let late = apply_vote(vote(Dave, vec![(feed, Reading::Price(1))]));
			assert!(late.is_err(), "his key is in no set that votes");
		});
		let totals = pallet_validators::Totals::<Runtime>::get();
		assert_eq!((totals.slashed, totals.returned), (2 * share, 0));
	});
}

#[test]
fn at_the_number_of_genesis_an_equivocator_keeps_its_seat_until_somebody_is_admitted() {
	storyline(genesis::LOCAL, || {
		// (3 · 1 / 4)² of the bond.
		let report = block(|| finality_equivocation(Dave, 3));
		submit(Ferdie, report).expect("proof");
		let share = BOND * 5_625 / 10_000;
		assert_eq!(bond(Dave), Some(BOND - share));
		assert_eq!(standing(Dave), Standing::Outgoing);
		for _ in 0..3 {
			next_session();
			assert_eq!(set(), accounts(&VALIDATORS), "three could not tell one liar");
			assert_eq!(Session::disabled_validators().len(), 1, "he sits, and authors nothing");
		}
		facts_go_on(&[Alice, Bob, Charlie], 1_000_000_000_000);

		join(Eve);
		next_session();
		next_session();
		assert_eq!(set(), accounts(&[Alice, Bob, Charlie, Eve]));
		assert!(Session::disabled_validators().is_empty());
		facts_go_on(&[Alice, Bob, Charlie, Eve], 1_010_000_000_000);

		// What is left of his bond stays within reach for the whole window.
		submit(Dave, pallet_validators::Call::leave {}).expect("nobody needs him");
		let until = Validators::unbonding_of(Dave.to_account_id()).expect("it waits").until;
		refused(
			submit(Dave, pallet_validators::Call::withdraw {}),
			pallet_validators::Error::<Runtime>::WindowOpen,
		);
		while Session::current_index() < until {
			next_session();
		}
		submit(Dave, pallet_validators::Call::withdraw {}).expect("the window is over");
		let totals = pallet_validators::Totals::<Runtime>::get();
		assert_eq!((totals.slashed, totals.returned), (share, BOND - share));
	});
}
