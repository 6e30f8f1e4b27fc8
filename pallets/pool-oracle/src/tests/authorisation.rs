//! What enters a pool, and what a block takes.

use super::*;
use crate::{app::AuthoritySignature, Ballots, Event, Period, MAX_FEEDS};
use dmex_primitives::facts::{DayReading, NetworkReading, Priced};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchClass, GetDispatchInfo, Pays},
	pallet_prelude::Weight,
};
use sp_core::crypto::Pair;
use sp_runtime::traits::{Applyable, Checkable};
use TransactionSource::{External, InBlock, Local};

const STABLE: fn() -> Feed = || Feed::Price { of: Priced::Stable, round: Oracle::round() };

fn stable_vote(validator: AccountId) -> SignedVote {
	signed(validator, vote_of(validator, vec![(STABLE(), Reading::Price(1_000))]))
}

fn refused(signed: &SignedVote, error: Error<Test>) {
	let refusal = Err(custom(error));
	for source in [Local, External, InBlock] {
		assert_eq!(authorise(source, signed), refusal);
	}
}

#[test]
fn a_vote_goes_through_the_extension_into_a_ballot_for_free() {
	build_and_execute(|| {
		let extension = (frame_system::AuthorizeCall::<Test>::new(),);
		let extrinsic = Extrinsic::new_transaction(call_of(&stable_vote(1)), extension);
		let info = extrinsic.get_dispatch_info();
		assert_eq!((info.class, info.pays_fee), (DispatchClass::Operational, Pays::No));
		assert!(info.extension_weight.all_gt(Weight::zero()));
		let length = extrinsic.encode().len();
		let checked =
			Checkable::check(extrinsic, &frame_system::ChainContext::<Test>::default()).unwrap();
		let valid = checked.validate::<Test>(External, &info, length).unwrap();
		assert_eq!(valid.priority, u64::MAX);
		assert!(checked.apply::<Test>(&info, length).unwrap().is_ok());
		let ballot = Ballots::<Test>::get(Period::Round(0), STABLE()).unwrap();
		assert_eq!(ballot.votes.into_inner(), vec![(0, Some(Reading::Price(1_000)))]);
		System::assert_last_event(Event::Voted { validator: 1, round: 0, feeds: 1 }.into());
	});
}

#[test]
fn an_authorised_vote_needs_the_authorised_origin() {
	build_and_execute(|| {
		let SignedVote { vote, signature } = stable_vote(1);
		for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none(), RuntimeOrigin::root()] {
			assert_noop!(
				Oracle::vote(origin, vote.clone(), signature.clone()),
				sp_runtime::DispatchError::BadOrigin
			);
		}
	});
}

#[test]
fn the_tag_names_round_key_and_first_feed_and_not_the_signature() {
	build_and_execute(|| {
		let first = stable_vote(1);
		let mut second = vote_of(1, vec![(STABLE(), Reading::Price(2_000))]);
		second.observed_at += 1;
		let second = signed(1, second);
		assert_ne!(first.signature, second.signature);
		let tags = |signed| authorise(External, signed).unwrap().provides;
		assert_eq!(tags(&first), tags(&second));
		assert_ne!(tags(&first), tags(&stable_vote(2)));
		let valid = authorise(External, &first).unwrap();
		assert!(valid.propagate);
		assert_eq!(valid.provides.len(), 1);
		// Block 1 of a round of five that began with block 0.
		assert_eq!(valid.longevity, 4);
		run_blocks(3);
		assert_eq!(authorise(External, &first).unwrap().longevity, 1);
	});
}

#[test]
fn pools_take_the_open_and_the_next_round_blocks_the_open_and_the_previous() {
	build_and_execute(|| {
		next_round();
		next_round();
		assert_eq!(Oracle::round(), 2);
		let of_round = |round| {
			let feed = Feed::Price { of: Priced::Stable, round };
			let mut vote = vote_of(1, vec![(feed, Reading::Price(1))]);
			vote.round = round;
			signed(1, vote)
		};
		let stale = Err(InvalidTransaction::Stale.into());
		let future = Err(InvalidTransaction::Future.into());
		let answers =
			|source| [0, 1, 2, 3, 4].map(|round| authorise(source, &of_round(round)).map(|_| ()));
		assert_eq!(answers(External), [stale, stale, Ok(()), Ok(()), future]);
		assert_eq!(answers(Local), [stale, stale, Ok(()), Ok(()), future]);
		assert_eq!(answers(InBlock), [stale, Ok(()), Ok(()), future, future]);
		assert_eq!(authorise(External, &of_round(3)).unwrap().longevity, 10);
	});
}

#[test]
fn a_wrong_key_never_enters_the_pool() {
	build_and_execute(|| refused(&stable_vote(5), Error::KeyNotInSet));
}

#[test]
fn a_wrong_signature_never_enters_the_pool() {
	build_and_execute(|| {
		let mut other = stable_vote(1);
		other.signature = stable_vote(2).signature;
		let mut changed = stable_vote(1);
		changed.vote.readings[0].1 = Reading::Price(1_001);
		let mut empty = stable_vote(1);
		empty.signature = AuthoritySignature::from(sp_core::ed25519::Signature::default());
		let mut foreign = stable_vote(1);
		let elsewhere = foreign.vote.signing_bytes(sp_core::H256::repeat_byte(1));
		foreign.signature = pair(1).sign(&elsewhere);
		for bad in [other, changed, empty, foreign] {
			for source in [Local, External, InBlock] {
				let answer = authorise(source, &bad);
				assert_eq!(answer, Err(InvalidTransaction::BadProof.into()));
			}
		}
	});
}

#[test]
fn a_second_value_never_enters_the_pool() {
	build_and_execute(|| {
		assert_eq!(include(&stable_vote(1)), Ok(Ok(())));
		refused(&stable_vote(1), Error::AlreadyVoted);
		let other = vote_of(1, vec![(STABLE(), Reading::Price(7))]);
		refused(&signed(1, other.clone()), Error::AlreadyVoted);
		// Nor does dispatch believe that the authorisation was asked.
		let origin = || frame_system::RawOrigin::Authorized.into();
		let SignedVote { vote, signature } = signed(1, other);
		assert_noop!(Oracle::vote(origin(), vote, signature), Error::<Test>::AlreadyVoted);
	});
}

#[test]
fn too_many_feeds_never_enter_the_pool() {
	build_and_execute(|| {
		let readings: Vec<_> =
			(0..=MAX_FEEDS).map(|account| (yesterday(account), Reading::Refused)).collect();
		let vote = (key(1), 0u32, 0u32, readings, Now::get());
		assert!(<crate::Vote as codec::Decode>::decode(&mut &vote.encode()[..]).is_err());
		let mut empty = vote_of(1, vec![]);
		empty.round = 0;
		refused(&signed(1, empty), Error::VoteEmpty);
	});
}

#[test]
fn feeds_are_strictly_ascending() {
	build_and_execute(|| {
		let mut vote = stable_vote(1).vote;
		let twice = (STABLE(), Reading::Price(1_000));
		vote.readings.try_push(twice).unwrap();
		refused(&signed(1, vote), Error::FeedsUnordered);
		let mut vote = stable_vote(1).vote;
		let below = Feed::Price { of: Priced::Coin(BTC), round: 0 };
		vote.readings.try_push((below, Reading::Price(1))).unwrap();
		refused(&signed(1, vote), Error::FeedsUnordered);
	});
}

#[test]
fn a_feed_of_another_round_is_refused() {
	build_and_execute(|| {
		let feed = Feed::Price { of: Priced::Stable, round: 1 };
		refused(&signed(1, vote_of(1, vec![(feed, Reading::Price(1))])), Error::FeedOfOtherRound);
	});
}

#[test]
fn a_vote_made_too_long_ago_or_ahead_is_refused() {
	build_and_execute(|| {
		for distance in [-20_001i64, 20_001] {
			let mut vote = stable_vote(1).vote;
			vote.observed_at = vote.observed_at.saturating_add_signed(distance);
			refused(&signed(1, vote), Error::ObservedTooFar);
		}
		for distance in [-20_000i64, 20_000] {
			let mut vote = stable_vote(1).vote;
			vote.observed_at = vote.observed_at.saturating_add_signed(distance);
			assert_ok!(authorise(External, &signed(1, vote)));
		}
	});
}

#[test]
fn readings_out_of_range_or_kind_never_enter_the_pool() {
	build_and_execute(|| {
		let account = braiins("farm");
		go_to(today() + 1, 0);
		let huge = 10u128.pow(30) + 1;
		let round = 0;
		let day = |power, paid| Reading::ClosedDay(DayReading { power, paid, payout: None });
		let network = |coin| Feed::Network { coin, round };
		let work = |height, bits| Reading::Network(NetworkReading::ProofOfWork { height, bits });
		let share = |height, total_power, epoch_reward| {
			Reading::Network(NetworkReading::PowerShare { height, total_power, epoch_reward })
		};
		let seven = Feed::ClosedDay { account, day: today() - 9, attempt: 8 };
		let out_of_range = [
			(yesterday(account), day(huge, 1)),
			(yesterday(account), day(1, huge)),
			(seven, Reading::Refused),
			(Feed::Live { account, round }, Reading::Live(huge)),
			(Feed::Fees { coin: BTC, round }, Reading::Fees(huge)),
			(STABLE(), Reading::Price(0)),
			(STABLE(), Reading::Price(10u128.pow(24) + 1)),
			(network(BTC), work(144, 0)),
			(network(BTC), work(144, 0x1d80_0000)),
			(network(BTC), work(144, 0x21ff_ffff)),
			(network(BTC), work(145, 0x1d00_ffff)),
			(network(FIL), share(2_880, 0, 1)),
			(network(FIL), share(2_880, 1, 0)),
			(network(FIL), share(2_881, 1, 1)),
		];
		for (feed, reading) in out_of_range {
			let vote = signed(1, vote_of(1, vec![(feed, reading)]));
			refused(&vote, Error::ReadingOutOfRange);
		}
		let of_other_kind = [
			(yesterday(account), Reading::Live(1)),
			(Feed::Live { account, round }, Reading::Refused),
			(STABLE(), Reading::Fees(1)),
			(Feed::Fees { coin: BTC, round }, Reading::Price(1)),
			(network(BTC), share(2_880, 1, 1)),
			(network(FIL), work(2_880, 0x1d00_ffff)),
		];
		for (feed, reading) in of_other_kind {
			let vote = signed(1, vote_of(1, vec![(feed, reading)]));
			refused(&vote, Error::ReadingOfOtherKind);
		}
	});
}

#[test]
fn feeds_that_nobody_asks_for_never_enter_the_pool() {
	build_and_execute(|| {
		let account = braiins("farm");
		let not_followed = {
			use dmex_primitives::facts::PoolAccounts;
			Oracle::bind(0, BTC, b"other", &PROVIDER).unwrap()
		};
		go_to(today() + 1, 0);
		let round = 0;
		let closed = |account, day, attempt| Feed::ClosedDay { account, day, attempt };
		let not_due = [
			(closed(99, today() - 1, 0), day_reading(1)),
			(closed(not_followed, today() - 1, 0), day_reading(1)),
			// Before the account was followed, still open, not its day.
			(closed(account, today() - 2, 1), day_reading(1)),
			(closed(account, today(), 0), day_reading(1)),
			(closed(account, today() - 1, 1), day_reading(1)),
			// Nothing to amend.
			(closed(account, today() - 8, 7), day_reading(1)),
			(Feed::Live { account: 99, round }, Reading::Live(1)),
			(Feed::Fees { coin: FIL, round }, Reading::Fees(1)),
			(Feed::Fees { coin: LTC, round }, Reading::Fees(1)),
			(Feed::Price { of: Priced::Coin(LTC), round }, Reading::Price(1)),
			(
				Feed::Network { coin: LTC, round },
				Reading::Network(NetworkReading::ProofOfWork { height: 576, bits: 0x1d00_ffff }),
			),
		];
		for (feed, reading) in not_due {
			let vote = signed(1, vote_of(1, vec![(feed, reading)]));
			refused(&vote, Error::FeedNotDue);
		}
		assert_eq!(cast(1, &[(yesterday(account), day_reading(1))]), Ok(Ok(())));
	});
}

#[test]
fn one_bad_reading_refuses_the_whole_vote() {
	build_and_execute(|| {
		let good = (STABLE(), Reading::Price(1));
		let bad = (Feed::Price { of: Priced::Coin(LTC), round: 0 }, Reading::Price(1));
		assert_eq!(cast(1, &[good, bad]), Err(custom(Error::FeedNotDue)));
		assert_eq!(Ballots::<Test>::iter().count(), 0);
	});
}
