//! What is stored and voted. Pure: nothing here knows the pallet's `Config`.

use crate::app::{AuthorityId, AuthoritySignature};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use dmex_adapters::Adapter;
use dmex_primitives::{
	facts::{AccountName, DayFact, Feed, Reading},
	CoinAmount, CoinId, Day, Moment, PoolAccountId, Power, Price, Round, SourceId,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Permill;
use sp_staking::SessionIndex;

/// Most validators of a session that vote; the runtime elects no more.
pub const MAX_VALIDATORS: u32 = 100;
/// Most readings in one vote.
pub const MAX_FEEDS: u32 = 64;
/// Most coins whose network and price are read.
pub const MAX_COINS: u32 = 16;
/// Most sources ever registered.
pub const MAX_SOURCES: u32 = 256;
/// Longest base URL, bytes.
pub const MAX_URL: u32 = 256;
/// Longest sealed token, bytes.
pub const MAX_SEALED: u32 = 512;
/// Days that one read of closed days answers at most.
pub const MAX_DAYS_READ: u32 = 64;
/// The attempt that amends a day on which the validators have agreed.
pub const AMENDMENT: u8 = 7;
/// Readers of a live feed, where there are as many validators.
pub const LIVE_READERS: u32 = 4;

/// Base URL of a registered node, canonical ASCII.
pub type Url = BoundedVec<u8, ConstU32<MAX_URL>>;
/// A read-only API token, sealed to the X25519 key of one validator.
pub type Sealed = BoundedVec<u8, ConstU32<MAX_SEALED>>;
/// Readings of one vote, by feed strictly ascending.
pub type Readings = BoundedVec<(Feed, Reading), ConstU32<MAX_FEEDS>>;
/// Validators of a session and their oracle keys, in the session's order.
pub type Voters<AccountId> = BoundedVec<(AccountId, AuthorityId), ConstU32<MAX_VALIDATORS>>;
/// Scores of a session's validators, in the session's order.
pub type Scores = BoundedVec<Score, ConstU32<MAX_VALIDATORS>>;
/// Coins whose network and price are read.
pub type WatchList = BoundedVec<CoinId, ConstU32<MAX_COINS>>;

/// A service that workers read.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Source {
	/// How it is asked and read.
	pub adapter: Adapter,
	/// Where it is; `None` for the service's own host.
	pub base_url: Option<Url>,
	/// Day of registration.
	pub registered_on: Day,
	/// Known since genesis: no probation.
	pub genesis: bool,
	/// Whether it is read.
	pub open: bool,
}

/// An account at a pool, bound to its provider for ever.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct PoolAccount<AccountId, Balance> {
	/// Where it is.
	pub source: SourceId,
	/// What it mines.
	pub coin: CoinId,
	/// Its name, normalised by the source's adapter.
	pub name: AccountName,
	/// Who answers for it.
	pub provider: AccountId,
	/// Held from the provider for this record, never returned: the binding never ends.
	pub deposit: Balance,
}

/// A token that a provider posted for one validator.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Token<Balance> {
	/// The token, sealed.
	pub sealed: Sealed,
	/// When it was posted: from the next day on the validator is expected to read the account.
	pub posted_on: Day,
	/// Held from the provider.
	pub deposit: Balance,
}

/// Key that providers seal tokens to.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct TokenKey<Balance> {
	/// X25519 public key.
	pub key: [u8; 32],
	/// Held from the validator.
	pub deposit: Balance,
}

/// What a validator says, without its signature.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Vote {
	/// Who says it.
	pub key: AuthorityId,
	/// Session whose set holds the key.
	pub session: SessionIndex,
	/// Round it is sent in.
	pub round: Round,
	/// What is said, by feed strictly ascending: the same readings are the same bytes.
	pub readings: Readings,
	/// Timestamp of the block on whose state the worker ran, milliseconds. Never a node's clock.
	pub observed_at: Moment,
}

/// First bytes of everything that an oracle key signs.
pub const DOMAIN: [u8; 16] = *b"dmex-oracle-vote";

impl Vote {
	/// The bytes that are signed. The chain is named, so that a vote is worth nothing on another.
	pub fn signing_bytes(&self, genesis: H256) -> alloc::vec::Vec<u8> {
		(DOMAIN, genesis, self.session, self.round, &self.readings, self.observed_at).encode()
	}

	/// How many readings it carries.
	pub fn feeds(&self) -> u32 {
		u32::try_from(self.readings.len()).unwrap_or(MAX_FEEDS)
	}

	/// Its reading of a feed, if it has one.
	pub fn reading_of(&self, feed: &Feed) -> Option<Reading> {
		let at = self.readings.binary_search_by(|(known, _)| known.cmp(feed)).ok()?;
		self.readings.get(at).map(|(_, reading)| *reading)
	}
}

/// A vote as it is sent, kept by the worker and offered as proof.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SignedVote {
	/// What is said.
	pub vote: Vote,
	/// Over [`Vote::signing_bytes`].
	pub signature: AuthoritySignature,
}

/// When the votes on a feed are collected.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, TypeInfo, MaxEncodedLen,
)]
pub enum Period {
	/// In a round and the one after it.
	Round(Round),
	/// During a day.
	Day(Day),
}

impl Period {
	/// When the votes on `feed` are collected: attempt `a` of day `d` on day `d + 1 + a`.
	pub fn of(feed: &Feed) -> Self {
		match feed {
			Feed::ClosedDay { day, attempt, .. } => {
				Period::Day(day.saturating_add(1).saturating_add(Day::from(*attempt)))
			},
			Feed::Live { round, .. }
			| Feed::Network { round, .. }
			| Feed::Fees { round, .. }
			| Feed::Price { round, .. } => Period::Round(*round),
		}
	}
}

/// What a ballot came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub enum Outcome {
	/// As many as the threshold asks gave exactly this reading.
	Exact(Reading),
	/// As many as the threshold asks were within `spread` of this number.
	Median {
		/// The median.
		value: u128,
		/// The spread that was allowed.
		spread: Permill,
	},
}

/// A voter by its place in the set of the ballot's session, and what it said. `None` when two
/// readings of it were proven: it counts for nothing and cannot vote on the feed again.
pub type Cast = (u16, Option<Reading>);

/// Votes on one feed. It lives until its period is over, so that votes that arrive after the fact
/// was agreed are still seen.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Ballot {
	/// Session whose set votes, frozen when the first vote came.
	pub session: SessionIndex,
	/// Validators in that set.
	pub size: u32,
	/// Votes, in the order in which they came; one for each key.
	pub votes: BoundedVec<Cast, ConstU32<MAX_VALIDATORS>>,
	/// What was agreed, if anything.
	pub outcome: Option<Outcome>,
}

impl Ballot {
	/// No votes yet.
	pub fn new(session: SessionIndex, size: u32) -> Self {
		Self { session, size, votes: BoundedVec::new(), outcome: None }
	}

	/// Whether the voter has voted, or may not any more.
	pub fn has_voted(&self, voter: u16) -> bool {
		self.votes.iter().any(|(other, _)| *other == voter)
	}

	/// What the voter said, if it did.
	pub fn vote_of(&self, voter: u16) -> Option<&Cast> {
		self.votes.iter().find(|(other, _)| *other == voter)
	}

	/// Readings that count.
	pub fn readings(&self) -> impl Iterator<Item = Reading> + '_ {
		self.votes.iter().filter_map(|(_, reading)| *reading)
	}

	/// Whether everyone in the set has spoken.
	pub fn is_full(&self) -> bool {
		usize::try_from(self.size).is_ok_and(|size| self.votes.len() >= size)
	}
}

/// Who stood behind a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Support {
	/// Validators that agreed when it was fixed.
	pub voters: u32,
	/// Validators that could have voted.
	pub of: u32,
	/// Largest distance of a counted vote from the fact; zero where readings are exact.
	pub spread: Permill,
	/// Chain time when it was agreed, milliseconds.
	pub agreed_at: Moment,
}

/// An agreed closed day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct DayRecord {
	/// The fact.
	pub fact: DayFact,
	/// The attempt that brought it; [`AMENDMENT`] if it was amended, which happens once.
	pub attempt: u8,
	/// Who stood behind it.
	pub support: Support,
}

/// An agreed price.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct PriceRecord {
	/// US dollars × 10¹² for one whole coin.
	pub price: Price,
	/// Round whose votes it is of.
	pub round: Round,
	/// Who stood behind it.
	pub support: Support,
}

/// Agreed mean fees of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct FeesRecord {
	/// Smallest units a block.
	pub fees: CoinAmount,
	/// Round whose votes they are of.
	pub round: Round,
	/// Who stood behind them.
	pub support: Support,
}

/// Agreed state of a network.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct NetworkRecord {
	/// The state, and the fees when it was agreed.
	pub fact: dmex_primitives::facts::NetworkFact,
	/// Who stood behind it.
	pub support: Support,
}

/// Something agreed that moved too far to be used before a second round confirms it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Waiting<Value> {
	/// What the round agreed on.
	pub value: Value,
	/// The round.
	pub round: Round,
}

/// Hashrate of an account now: unagreed, decides nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct LiveRecord {
	/// Median of what arrived, coin's unit.
	pub power: Power,
	/// Round it was read in.
	pub round: Round,
	/// Readings that arrived.
	pub voters: u32,
	/// Chain time of the newest of them, milliseconds.
	pub at: Moment,
}

/// How a validator voted in a session, over the ballots put away in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Score {
	/// Facts that were agreed and that it could have voted on.
	pub expected: u32,
	/// Of these: voted with the others.
	pub agreed: u32,
	/// Of these: voted something else.
	pub outliers: u32,
	/// Of these: no vote.
	pub missed: u32,
}

impl Score {
	/// Whether it missed more than half of what it could have voted on.
	pub fn is_silent(&self) -> bool {
		self.expected > 0 && self.missed.saturating_mul(2) > self.expected
	}
}

/// The round that is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct OpenRound<BlockNumber> {
	/// Its number.
	pub index: Round,
	/// Its first block.
	pub start: BlockNumber,
}

/// Up to where old ballots and facts have been put away.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Sweep {
	/// First round with ballots, perhaps.
	pub round: Round,
	/// First collecting day with ballots, if there ever was one.
	pub ballots: Option<Day>,
	/// First day with facts, if there ever was one.
	pub facts: Option<Day>,
}

/// A pool account as it is read from outside.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct AccountView<AccountId> {
	/// Its id.
	pub id: PoolAccountId,
	/// Where it is.
	pub source: SourceId,
	/// What it mines.
	pub coin: CoinId,
	/// Its normalised name.
	pub name: AccountName,
	/// Who answers for it.
	pub provider: AccountId,
	/// First day that is read, while it is read.
	pub followed_since: Option<Day>,
}
