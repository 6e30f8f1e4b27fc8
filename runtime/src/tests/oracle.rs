//! The door through which votes come: only what can count gets into a pool, and it costs nothing.

use super::harness::*;
use crate::*;
use codec::{Compact, Decode, Encode};
use dmex_primitives::facts::{DayReading, Feed, NetworkReading, PoolAccounts, Priced, Reading};
use frame_support::{
	dispatch::{DispatchClass, GetDispatchInfo, Pays},
	storage::{with_transaction, TransactionOutcome},
	weights::Weight,
};
use pallet_pool_oracle::{app, Error, SignedVote, Vote, MAX_FEEDS};
use sp_core::{Pair, H256};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{
	transaction_validity::{
		InvalidTransaction, TransactionPriority, TransactionSource, TransactionValidity,
		TransactionValidityError,
	},
	DispatchError,
};
use TransactionSource::{External, InBlock, Local};

const EVERYWHERE: [TransactionSource; 3] = [External, Local, InBlock];
const VALIDATORS: [Sr25519Keyring; 4] = [Alice, Bob, Charlie, Dave];
const CENT: u128 = 10_000_000_000;

/// Asks the chain as a node's pool does, and leaves no trace.
fn knock(source: TransactionSource, transaction: UncheckedExtrinsic) -> TransactionValidity {
	let parent = System::parent_hash();
	let asked: Result<TransactionValidity, DispatchError> = with_transaction(|| {
		let answer = Executive::validate_transaction(source, transaction, parent);
		TransactionOutcome::Rollback(Ok(answer))
	});
	asked.expect("rolled back")
}

/// What a pool is told about a refused vote.
fn named(error: Error<Runtime>) -> TransactionValidityError {
	InvalidTransaction::Custom(error.encode()[0]).into()
}

/// Asserts that the vote enters neither a pool nor a block.
#[track_caller]
fn shut_out(signed: (Vote, app::AuthoritySignature), error: TransactionValidityError) {
	for source in EVERYWHERE {
		let answer = knock(source, vote_transaction(signed.clone()));
		assert_eq!(answer.map(|_| ()), Err(error), "{source:?}");
	}
	let before = pallet_pool_oracle::Ballots::<Runtime>::iter().count();
	// In a block of its own, so that it is not the block that makes it stale.
	let applied = with_transaction(|| {
		let result = block(|| apply_vote(signed));
		let ballots = pallet_pool_oracle::Ballots::<Runtime>::iter().count();
		TransactionOutcome::Rollback(Ok::<_, DispatchError>((result, ballots)))
	});
	let (result, ballots) = applied.expect("rolled back");
	assert!(result.is_err(), "a block with it is no block: {result:?}");
	assert!(ballots <= before, "no ballot has it");
}

/// A price of one dollar for the stablecoin in the open round.
fn dollar(price: u128) -> Vec<(Feed, Reading)> {
	vec![(Feed::Price { of: Priced::Stable, round: PoolOracle::round() }, Reading::Price(price))]
}

/// An account that is read, without a lot.
fn follow(name: &str) -> u32 {
	let account = PoolOracle::bind(1, 0, name.as_bytes(), &Eve.to_account_id()).expect("free");
	PoolOracle::follow(account).expect("there is room");
	account
}

/// Blocks until a round has just begun, so that a test's votes are all of one round.
fn fresh_round() {
	let round = PoolOracle::round();
	while PoolOracle::round() == round {
		block(|| ());
	}
}

#[test]
fn a_good_vote_enters_first_and_is_free() {
	storyline(genesis::LOCAL, || {
		fresh_round();
		let signed = vote(Alice, dollar(100 * CENT));
		let transaction = vote_transaction(signed.clone());
		let info = transaction.get_dispatch_info();
		assert_eq!((info.class, info.pays_fee), (DispatchClass::Operational, Pays::No));
		for source in EVERYWHERE {
			let valid = knock(source, transaction.clone()).expect("good");
			assert_eq!((valid.priority, valid.propagate), (TransactionPriority::MAX, true));
			assert!(
				(1..=10).contains(&valid.longevity),
				"till the round ends: {}",
				valid.longevity
			);
			assert_eq!(valid.provides.len(), 1);
			assert!(valid.requires.is_empty());
		}

		let issuance = Balances::total_issuance();
		block(|| {
			assert_eq!(apply_vote(signed.clone()), Ok(Ok(())));
			let paid = System::events().into_iter().any(|record| {
				matches!(
					record.event,
					RuntimeEvent::TransactionPayment(_) | RuntimeEvent::Balances(_)
				)
			});
			assert!(!paid, "nobody paid anything");
		});
		assert_eq!(Balances::total_issuance(), issuance);
		assert_eq!(PoolOracle::voted_on(&signed.0.readings[0].0, &signed.0.key), Some(true));
	});
}

#[test]
fn a_key_has_one_place_in_a_pool_for_a_question() {
	storyline(genesis::LOCAL, || {
		fresh_round();
		let tag = |price| {
			let signed = vote(Alice, dollar(price));
			knock(External, vote_transaction(signed)).expect("good").provides
		};
		assert_eq!(tag(100 * CENT), tag(99 * CENT), "two values push each other out");
		let other = vote(Bob, dollar(100 * CENT));
		let other = knock(External, vote_transaction(other)).expect("good").provides;
		assert_ne!(tag(100 * CENT), other);
	});
}

#[test]
fn a_wrong_key_or_signature_never_enters() {
	storyline(genesis::LOCAL, || {
		fresh_round();
		shut_out(vote(Eve, dollar(100 * CENT)), named(Error::KeyNotInSet));

		let bad_proof: TransactionValidityError = InvalidTransaction::BadProof.into();
		let (said, _) = vote(Alice, dollar(100 * CENT));
		let (_, of_other) = vote(Bob, dollar(100 * CENT));
		shut_out((said.clone(), of_other), bad_proof);

		// Signed for another value, and signed on another chain.
		let (changed, _) = vote(Alice, dollar(1));
		let (_, of_said) = vote(Alice, dollar(100 * CENT));
		shut_out((changed, of_said), bad_proof);
		let elsewhere = oracle_key(Alice).sign(&said.signing_bytes(H256::repeat_byte(9)));
		shut_out((said.clone(), elsewhere.into()), bad_proof);

		// A set that is not kept.
		let old = Vote { session: said.session + 2, ..said };
		shut_out(sign_vote(Alice, old), named(Error::SessionNotKept));
	});
}

#[test]
fn a_stale_or_early_round_never_enters() {
	storyline(genesis::LOCAL, || {
		blocks(20);
		fresh_round();
		let (now, _) = vote(Alice, dollar(100 * CENT));
		let of_round = |round| {
			let feed = Feed::Price { of: Priced::Stable, round };
			let readings = vec![(feed, Reading::Price(100 * CENT))].try_into().expect("one");
			sign_vote(Alice, Vote { round, readings, ..now.clone() })
		};
		shut_out(of_round(now.round - 2), InvalidTransaction::Stale.into());
		shut_out(of_round(now.round + 2), InvalidTransaction::Future.into());

		// The border: a pool takes none of the round before, a block does; and the other way round.
		let answer = |source, round| knock(source, vote_transaction(of_round(round))).map(|_| ());
		for pool in [External, Local] {
			assert_eq!(answer(pool, now.round - 1), Err(InvalidTransaction::Stale.into()));
			assert_eq!(answer(pool, now.round + 1), Ok(()));
		}
		assert_eq!(answer(InBlock, now.round - 1), Ok(()));
		assert_eq!(answer(InBlock, now.round + 1), Err(InvalidTransaction::Future.into()));

		// Seen long ago, or in the future.
		for seen in [now.observed_at - 300_001, now.observed_at + 303_001] {
			let vote = Vote { observed_at: seen, ..now.clone() };
			shut_out(sign_vote(Alice, vote), named(Error::ObservedTooFar));
		}
		// A feed of another round than the vote's.
		let vote = Vote { round: now.round + 1, ..now.clone() };
		let answer = knock(External, vote_transaction(sign_vote(Alice, vote)));
		assert_eq!(answer.map(|_| ()), Err(named(Error::FeedOfOtherRound)));
	});
}

#[test]
fn a_second_value_never_enters() {
	storyline(genesis::LOCAL, || {
		fresh_round();
		let first = vote(Alice, dollar(100 * CENT));
		block(|| apply_vote(first.clone())).expect("good").expect("taken");
		shut_out(first.clone(), named(Error::AlreadyVoted));
		let second = vote(Alice, dollar(99 * CENT));
		shut_out(second.clone(), named(Error::AlreadyVoted));

		// Not even among others that are new.
		let round = PoolOracle::round();
		let mut mixed = dollar(99 * CENT);
		mixed.push((Feed::Price { of: Priced::Coin(0), round }, Reading::Price(1)));
		shut_out(vote(Alice, mixed), named(Error::AlreadyVoted));

		// And it is proof against its author.
		let signed = |(vote, signature)| SignedVote { vote, signature };
		let report = pallet_pool_oracle::Call::report_equivocation {
			first: signed(first),
			second: signed(second),
		};
		submit(Ferdie, report).expect("proof");
		assert_eq!(Validators::bond_of(Alice.to_account_id()), Some(4_375 * DMEX));
	});
}

#[test]
fn what_is_out_of_range_or_of_another_kind_never_enters() {
	storyline(genesis::LOCAL, || {
		let (day, account) = (Periods::today(), block(|| follow("aurora")));
		until_day(day + 1);
		fresh_round();
		let round = PoolOracle::round();
		let day = Feed::ClosedDay { account, day, attempt: 0 };
		let price = Feed::Price { of: Priced::Stable, round };
		let network = Feed::Network { coin: 0, round };
		let power_of = |power, paid| Reading::ClosedDay(DayReading { power, paid, payout: None });
		let header = |height, bits| Reading::Network(NetworkReading::ProofOfWork { height, bits });
		let most = 1_000_000_000_000_000_000_000_000_000_000u128;
		for (feed, reading) in [
			(price, Reading::Price(0)),
			(price, Reading::Price(1_000_000_000_000_000_000_000_001)),
			(Feed::Fees { coin: 0, round }, Reading::Fees(most + 1)),
			(day, power_of(most + 1, 0)),
			(day, power_of(0, u128::MAX)),
			// Not the height that all choose; no target; more than 256 bits.
			(network, header(144 * 6_000 + 1, 0x1702_3a04)),
			(network, header(144 * 6_000, 0)),
			(network, header(144 * 6_000, 0x2102_3a04)),
		] {
			shut_out(vote(Alice, vec![(feed, reading)]), named(Error::ReadingOutOfRange));
		}
		let share = NetworkReading::PowerShare {
			height: 2_880,
			total_power: 1 << 60,
			epoch_reward: 1 << 60,
		};
		for (feed, reading) in [
			(price, Reading::Fees(1)),
			(price, Reading::Refused),
			(day, Reading::Live(1)),
			(network, Reading::Network(share)),
		] {
			shut_out(vote(Alice, vec![(feed, reading)]), named(Error::ReadingOfOtherKind));
		}
		shut_out(vote(Alice, vec![]), named(Error::VoteEmpty));

		// The bounds themselves are taken.
		block(|| {
			let readings = vec![(day, power_of(most, most)), (price, Reading::Price(1))];
			assert_eq!(apply_vote(vote(Alice, readings)), Ok(Ok(())));
		});
	});
}

#[test]
fn a_question_that_nobody_asks_never_enters() {
	storyline(genesis::LOCAL, || {
		let (today, account) = (Periods::today(), block(|| follow("aurora")));
		until_day(today + 1);
		fresh_round();
		let round = PoolOracle::round();
		let worked = Reading::ClosedDay(DayReading { power: 1, paid: 1, payout: None });
		let asked = |account, day, attempt| Feed::ClosedDay { account, day, attempt };
		for (feed, reading) in [
			(Feed::Price { of: Priced::Coin(9), round }, Reading::Price(1)),
			(Feed::Fees { coin: 9, round }, Reading::Fees(1)),
			// Filecoin's reward is read, so it has no fees.
			(Feed::Fees { coin: 2, round }, Reading::Fees(1)),
			// An account that is not read; a day before it was; the day that is not over; an
			// amendment of nothing.
			(asked(account + 1, today, 0), worked),
			(asked(account, today - 1, 1), worked),
			(asked(account, today + 1, 0), worked),
			(asked(account, today, 7), worked),
		] {
			shut_out(vote(Alice, vec![(feed, reading)]), named(Error::FeedNotDue));
		}
	});
}

#[test]
fn too_many_questions_or_a_disorder_of_them_never_enter() {
	storyline(genesis::LOCAL, || {
		fresh_round();
		// More than a vote can hold is not even a transaction.
		let (said, signature) = vote(Alice, dollar(100 * CENT));
		let encoded = |count: u32| {
			let round = said.round;
			let readings: Vec<(Feed, Reading)> = (0..count)
				.map(|coin| (Feed::Price { of: Priced::Coin(coin), round }, Reading::Price(1)))
				.collect();
			let vote = (&said.key, said.session, round, readings, said.observed_at);
			let call = (61u8, 0u8, vote, &signature).encode();
			let extension = transactions::extension(sp_runtime::generic::Era::Immortal, 0);
			// A general transaction: version 5, extension version 0.
			let body = [vec![0b0100_0101, 0], extension.encode(), call].concat();
			[Compact(body.len() as u32).encode(), body].concat()
		};
		UncheckedExtrinsic::decode(&mut &encoded(MAX_FEEDS)[..]).expect("as many as it can hold");
		assert!(UncheckedExtrinsic::decode(&mut &encoded(MAX_FEEDS + 1)[..]).is_err());

		let round = said.round;
		let question = |coin| (Feed::Price { of: Priced::Coin(coin), round }, Reading::Price(1));
		for readings in [vec![question(1), question(0)], vec![question(0), question(0)]] {
			let readings = readings.try_into().expect("two");
			let disordered = sign_vote(Alice, Vote { readings, ..said.clone() });
			shut_out(disordered, named(Error::FeedsUnordered));
		}
	});
}

#[test]
fn every_validators_fullest_vote_fits_into_one_block() {
	storyline(genesis::LOCAL, || {
		let day = Periods::today();
		let accounts: Vec<u32> =
			block(|| (0..MAX_FEEDS).map(|number| follow(&format!("account_{number}"))).collect());
		until_day(day + 1);
		let fullest = |who| {
			let reading = Reading::ClosedDay(DayReading { power: 1, paid: 1, payout: None });
			let asked = |account: &u32| Feed::ClosedDay { account: *account, day, attempt: 0 };
			vote(who, accounts.iter().map(|account| (asked(account), reading)).collect())
		};

		let limits = configs::system::RuntimeBlockWeights::get();
		block(|| {
			let before = System::block_weight().total();
			for who in VALIDATORS {
				assert_eq!(apply_vote(fullest(who)), Ok(Ok(())), "{who}");
			}
			let used = System::block_weight().total();
			assert!(used.all_lte(limits.max_block), "{used:?}");
			assert!(used.ref_time() > before.ref_time(), "and they are counted");
		});
		for account in &accounts {
			assert_eq!(PoolOracle::measured_power(*account, day), Some(1));
		}

		// As many validators as there can be, all late and all with the most to say: two blocks of
		// a round, which has five at least.
		let one = vote_transaction(fullest(Alice)).get_dispatch_info();
		let class = limits.get(DispatchClass::Operational);
		let all = (one.total_weight() + class.base_extrinsic).saturating_mul(100);
		let block = class.max_total.unwrap_or(limits.max_block) - limits.base_block;
		let room = block.saturating_mul(2);
		assert!(all.all_lte(room), "{all:?} in {room:?}");
		assert!(one.total_weight().all_gt(Weight::zero()));
	});
}

#[test]
fn safe_mode_and_a_full_block_do_not_keep_votes_out() {
	storyline(genesis::LOCAL, || {
		block(|| root(pallet_safe_mode::Call::force_enter {})).expect("Root may");
		fresh_round();
		let signed = vote(Alice, dollar(100 * CENT));
		assert!(knock(External, vote_transaction(signed.clone())).is_ok());
		block(|| {
			// Users have taken all that is theirs.
			let class = DispatchClass::Normal;
			let limits = configs::system::RuntimeBlockWeights::get();
			let taken = limits.get(class).max_total.expect("bounded");
			System::register_extra_weight_unchecked(taken, class);
			assert_eq!(apply_vote(signed), Ok(Ok(())));
		});
	});
}
