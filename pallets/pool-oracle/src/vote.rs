//! What a vote must be before it is believed, in the order of what a refusal costs: form, round and
//! time, key, signature, and only then the state of each feed.

use crate::{
	app::AuthoritySignature,
	pallet::*,
	types::{Ballot, Period, Vote, AMENDMENT},
};
use alloc::{collections::BTreeMap, vec::Vec};
use codec::Encode;
use dmex_primitives::{
	calendar::Calendar,
	facts::{Feed, NetworkReading, Reading},
	Day, Moment, Round,
};
use frame_support::{ensure, pallet_prelude::*, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{
	traits::{One, SaturatedConversion, Saturating, Zero},
	transaction_validity::TransactionValidityWithRefund,
	RuntimeAppPublic,
};
use sp_staking::SessionIndex;

/// Largest power and amount of a coin that a reading may carry: a thousand times more attoFIL than
/// there will ever be, and room for every sum that is made of them.
const MAX_AMOUNT: u128 = 1_000_000_000_000_000_000_000_000_000_000;
/// Largest price: a trillion dollars for one coin.
const MAX_PRICE: u128 = 1_000_000_000_000_000_000_000_000;
/// Highest block of any network.
const MAX_HEIGHT: u64 = 1_000_000_000_000;

/// Where a vote is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
	/// Before a pool takes it. The receiver may be a block behind the sender, so the next round and
	/// session pass: a refused transaction is banned for long.
	Pool,
	/// In a block. The block may be later than the vote, so the previous round passes.
	Block,
}

/// A reading that may be added to its ballot.
pub(crate) struct Entry {
	pub period: Period,
	pub feed: Feed,
	pub reading: Reading,
	pub voter: u16,
	pub ballot: Ballot,
}

fn round_of(feed: &Feed) -> Option<Round> {
	match feed {
		Feed::ClosedDay { .. } => None,
		Feed::Live { round, .. }
		| Feed::Network { round, .. }
		| Feed::Fees { round, .. }
		| Feed::Price { round, .. } => Some(*round),
	}
}

/// A compact target that a header can have: positive, and of at most 256 bits.
fn is_target(bits: u32) -> bool {
	let [exponent, mantissa @ ..] = bits.to_be_bytes();
	let [high, ..] = mantissa;
	mantissa != [0; 3] && high < 0x80 && (3..=32).contains(&exponent)
}

fn is_network_in_range(reading: &NetworkReading) -> bool {
	match reading {
		NetworkReading::ProofOfWork { height, bits } => *height <= MAX_HEIGHT && is_target(*bits),
		NetworkReading::PowerShare { height, total_power, epoch_reward } => {
			*height <= MAX_HEIGHT
				&& (1..=MAX_AMOUNT).contains(total_power)
				&& (1..=MAX_AMOUNT).contains(epoch_reward)
		},
	}
}

impl<T: Config> Pallet<T> {
	/// The hook that lets a vote into a pool and into a block.
	pub(crate) fn authorize_vote(
		source: TransactionSource,
		vote: &Vote,
		signature: &AuthoritySignature,
	) -> TransactionValidityWithRefund {
		let stage = match source {
			TransactionSource::InBlock => Stage::Block,
			TransactionSource::Local | TransactionSource::External => Stage::Pool,
		};
		Self::check_vote(vote, Some(signature), stage).map_err(Self::refusal)?;
		let first = vote.readings.first().map(|(feed, _)| feed);
		// The signature is not in the tag: whoever holds the key has one vote under it.
		let validity = ValidTransaction::with_tag_prefix("pool-oracle")
			.priority(TransactionPriority::MAX)
			.longevity(Self::longevity(vote.round))
			.and_provides((vote.round, &vote.key, first))
			.propagate(true)
			.build()?;
		Ok((validity, Weight::zero()))
	}

	/// What a pool is told. [`InvalidTransaction::Custom`] carries the index of the [`Error`].
	fn refusal(error: Error<T>) -> TransactionValidityError {
		let invalid = match error {
			Error::RoundPast => InvalidTransaction::Stale,
			Error::RoundAhead => InvalidTransaction::Future,
			Error::BadSignature => InvalidTransaction::BadProof,
			other => InvalidTransaction::Custom(other.encode().first().copied().unwrap_or(u8::MAX)),
		};
		invalid.into()
	}

	/// Blocks until `round` ends; at least one.
	fn longevity(round: Round) -> TransactionLongevity {
		let open = CurrentRound::<T>::get();
		let length = Self::round_blocks();
		let rounds = round.saturating_sub(open.index).saturating_add(1);
		let rounds: BlockNumberFor<T> = rounds.saturated_into();
		let end = open.start.saturating_add(length.saturating_mul(rounds));
		let left = end.saturating_sub(frame_system::Pallet::<T>::block_number());
		left.max(One::one()).saturated_into()
	}

	/// Blocks of a round.
	pub(crate) fn round_blocks() -> BlockNumberFor<T> {
		T::RoundBlocks::get().max(One::one())
	}

	/// Checks a vote and answers what it would add to which ballot. In a block the signature is
	/// checked by the authorisation, right before the dispatch that passes `None`.
	pub(crate) fn check_vote(
		vote: &Vote,
		signature: Option<&AuthoritySignature>,
		stage: Stage,
	) -> Result<Vec<Entry>, Error<T>> {
		Self::check_form(vote)?;
		Self::check_time(vote, stage)?;
		let ahead = stage == Stage::Pool;
		ensure!(Self::is_session_open(vote.session, ahead), Error::<T>::SessionNotKept);
		let voter = Self::voter_in(vote.session, &vote.key);
		ensure!(voter.is_some(), Error::<T>::KeyNotInSet);
		if let Some(signature) = signature {
			ensure!(Self::is_signed(vote, signature), Error::<T>::BadSignature);
		}
		Self::check_feeds(vote)
	}

	/// Hash of the first block, which every signature names.
	pub(crate) fn genesis_hash() -> H256 {
		let hash = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		let mut bytes = [0; 32];
		bytes.iter_mut().zip(hash.as_ref()).for_each(|(to, from)| *to = *from);
		H256(bytes)
	}

	pub(crate) fn is_signed(vote: &Vote, signature: &AuthoritySignature) -> bool {
		vote.key.verify(&vote.signing_bytes(Self::genesis_hash()), signature)
	}

	fn check_form(vote: &Vote) -> Result<(), Error<T>> {
		ensure!(!vote.readings.is_empty(), Error::<T>::VoteEmpty);
		let feeds = || vote.readings.iter().map(|(feed, _)| feed);
		let ascending = feeds().zip(feeds().skip(1)).all(|(left, right)| left < right);
		ensure!(ascending, Error::<T>::FeedsUnordered);
		vote.readings.iter().try_for_each(|(feed, reading)| {
			let own_round = round_of(feed).is_none_or(|round| round == vote.round);
			ensure!(own_round, Error::<T>::FeedOfOtherRound);
			Self::check_reading(feed, reading)
		})
	}

	fn check_reading(feed: &Feed, reading: &Reading) -> Result<(), Error<T>> {
		let in_range = match (feed, reading) {
			(Feed::ClosedDay { attempt, .. }, Reading::Refused) => *attempt <= AMENDMENT,
			(Feed::ClosedDay { attempt, .. }, Reading::ClosedDay(day)) => {
				*attempt <= AMENDMENT && day.power <= MAX_AMOUNT && day.paid <= MAX_AMOUNT
			},
			(Feed::Live { .. }, Reading::Live(power)) => *power <= MAX_AMOUNT,
			(Feed::Network { .. }, Reading::Network(state)) => is_network_in_range(state),
			(Feed::Fees { .. }, Reading::Fees(fees)) => *fees <= MAX_AMOUNT,
			(Feed::Price { .. }, Reading::Price(price)) => (1..=MAX_PRICE).contains(price),
			_ => return Err(Error::<T>::ReadingOfOtherKind),
		};
		ensure!(in_range, Error::<T>::ReadingOutOfRange);
		Ok(())
	}

	fn check_time(vote: &Vote, stage: Stage) -> Result<(), Error<T>> {
		let open = CurrentRound::<T>::get().index;
		let (oldest, newest) = match stage {
			Stage::Pool => (open, open.saturating_add(1)),
			Stage::Block => (open.saturating_sub(1), open),
		};
		ensure!(vote.round >= oldest, Error::<T>::RoundPast);
		ensure!(vote.round <= newest, Error::<T>::RoundAhead);
		let distance = T::Calendar::now().abs_diff(vote.observed_at);
		ensure!(distance <= T::ObservedTolerance::get(), Error::<T>::ObservedTooFar);
		Ok(())
	}

	/// Finds or opens the ballot of each feed. A ballot that is open takes every key of its set
	/// once, though its fact may be agreed by now; only opening one asks whether it is due.
	fn check_feeds(vote: &Vote) -> Result<Vec<Entry>, Error<T>> {
		let opening = vote.session.max(CurrentSession::<T>::get());
		let day = T::Calendar::day_of(vote.observed_at);
		let mut places: BTreeMap<SessionIndex, Option<u16>> = BTreeMap::new();
		let entry = |(feed, reading): &(Feed, Reading)| {
			let (feed, reading) = (*feed, *reading);
			let period = Period::of(&feed);
			// By the vote's own time, so that a vote made before midnight may arrive after it.
			if let Period::Day(collected) = period {
				let own = collected == day && Self::is_collecting(collected);
				ensure!(own, Error::<T>::FeedNotDue);
			}
			Self::check_network(&feed, &reading)?;
			let ballot = match Ballots::<T>::get(period, feed) {
				Some(ballot) => ballot,
				None => Self::open_ballot(&feed, &reading, opening)?,
			};
			let place = places
				.entry(ballot.session)
				.or_insert_with(|| Self::voter_in(ballot.session, &vote.key));
			let voter = place.ok_or(Error::<T>::KeyNotInSet)?;
			if let Feed::Live { account, round } = feed {
				let drawn = Self::is_drawn(account, round, voter, ballot.size);
				ensure!(drawn, Error::<T>::NotDrawn);
			}
			ensure!(!ballot.has_voted(voter), Error::<T>::AlreadyVoted);
			Self::check_amendment(&feed, &reading, &ballot)?;
			Ok(Entry { period, feed, reading, voter, ballot })
		};
		vote.readings.iter().map(entry).collect()
	}

	fn open_ballot(
		feed: &Feed,
		reading: &Reading,
		session: SessionIndex,
	) -> Result<Ballot, Error<T>> {
		ensure!(Self::is_due(feed), Error::<T>::FeedNotDue);
		ensure!(Self::is_news(feed, reading), Error::<T>::FeedNotDue);
		let size = Sessions::<T>::decode_len(session).unwrap_or_default();
		Ok(Ballot::new(session, u32::try_from(size).unwrap_or(u32::MAX)))
	}

	/// An amendment must change something.
	fn check_amendment(feed: &Feed, reading: &Reading, ballot: &Ballot) -> Result<(), Error<T>> {
		let Feed::ClosedDay { account, day, attempt: AMENDMENT } = feed else { return Ok(()) };
		if ballot.outcome.is_some() {
			return Ok(());
		}
		let agreed = DayFacts::<T>::get(day, account).map(|record| record.fact);
		ensure!(agreed != Self::day_fact(reading), Error::<T>::Unchanged);
		Ok(())
	}

	/// How far a vote on a closed day may lie on the other side of midnight: no further than votes
	/// may be old, and at most a quarter of a day where days are short.
	fn midnight_grace() -> Moment {
		T::ObservedTolerance::get().min(T::Calendar::hours(6))
	}

	/// Whether votes are collected on `day`: it is today, or midnight is near.
	fn is_collecting(day: Day) -> bool {
		let (now, grace) = (T::Calendar::now(), Self::midnight_grace());
		let first = T::Calendar::day_of(now.saturating_sub(grace));
		let last = T::Calendar::day_of(now.saturating_add(grace));
		(first..=last).contains(&day)
	}

	/// Whether no votes collected on `day` can arrive any more.
	pub(crate) fn is_day_over(day: Day) -> bool {
		let end = T::Calendar::start_of(day.saturating_add(1));
		T::Calendar::now() > end.saturating_add(Self::midnight_grace())
	}
}
