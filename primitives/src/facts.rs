//! What validators vote on, and how agreed facts are read.

use crate::{CoinAmount, CoinId, Day, Moment, PoolAccountId, Power, Price, Round, SourceId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult, Permill};

/// Name of an account at a pool: `[A-Za-z0-9._-]`, at most 128 bytes, as the pool writes it.
pub type AccountName = BoundedVec<u8, ConstU32<128>>;

/// What has a price.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
	Serialize,
	Deserialize,
)]
pub enum Priced {
	/// A mineable coin, in US dollars.
	Coin(CoinId),
	/// The stablecoin, in US dollars.
	Stable,
}

/// One question that validators answer. Two different answers of one key to one feed are proof of
/// equivocation, so everything that may honestly change the answer is in the feed.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Feed {
	/// What a pool says of a closed day of an account. Money reads it. `attempt` 0 collects during
	/// the next day, 1…6 follow one a day while there is no quorum, 7 is the one amendment.
	ClosedDay {
		/// The account.
		account: PoolAccountId,
		/// The day, closed when the question is asked.
		day: Day,
		/// Which attempt.
		attempt: u8,
	},
	/// Hashrate of an account now. Shown, unagreed, decides nothing.
	Live {
		/// The account.
		account: PoolAccountId,
		/// The round it is asked in.
		round: Round,
	},
	/// Difficulty or power of a network at a height that all readers choose alike.
	Network {
		/// The coin.
		coin: CoinId,
		/// The round it is asked in.
		round: Round,
	},
	/// Mean transaction fees of a block over the last day of blocks.
	Fees {
		/// The coin.
		coin: CoinId,
		/// The round it is asked in.
		round: Round,
	},
	/// A price in US dollars.
	Price {
		/// What is priced.
		of: Priced,
		/// The round it is asked in.
		round: Round,
	},
}

/// What a pool says of a closed day of an account.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct DayReading {
	/// Mean power over the day, in the coin's unit, rounded down.
	pub power: Power,
	/// Coins that the pool credited for the day, net of its fee, smallest unit.
	pub paid: CoinAmount,
	/// Blake2-256 of the address that the account's payouts go to, where the pool tells.
	pub payout: Option<H256>,
}

/// State of a network at a height.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum NetworkReading {
	/// A proof-of-work header.
	ProofOfWork {
		/// Height of the header: the newest multiple of the coin's blocks a day that is settled.
		height: u64,
		/// Compact target of the header.
		bits: u32,
	},
	/// Total power and reward at a final tipset.
	PowerShare {
		/// Epoch: the newest multiple of the coin's epochs a day that is final.
		height: u64,
		/// Quality-adjusted power of the network, bytes.
		total_power: u128,
		/// Reward of an epoch, smallest unit (all winners together).
		epoch_reward: CoinAmount,
	},
}

/// An answer to a [`Feed`].
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Reading {
	/// The pool answers, but not for this account (revoked token, another account's name, unknown
	/// account). Counts like any other answer.
	Refused,
	/// For [`Feed::ClosedDay`].
	ClosedDay(DayReading),
	/// For [`Feed::Live`].
	Live(Power),
	/// For [`Feed::Network`].
	Network(NetworkReading),
	/// For [`Feed::Fees`]: smallest units a block.
	Fees(CoinAmount),
	/// For [`Feed::Price`].
	Price(Price),
}

/// An agreed closed day: a value, or the agreement that the pool refuses.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum DayFact {
	/// The pool gave this.
	Value(DayReading),
	/// The pool answers, but not for this account.
	Refused,
}

/// Why there is no fact to act on. A stale fact is never handed out.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum FactError {
	/// No quorum has agreed on it yet.
	Missing,
	/// It is older than its kind may be.
	Stale,
}

impl From<FactError> for DispatchError {
	fn from(error: FactError) -> Self {
		DispatchError::Other(match error {
			FactError::Missing => "FactMissing",
			FactError::Stale => "FactStale",
		})
	}
}

/// State of a network that a quorum agreed on.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct NetworkFact {
	/// The state.
	pub reading: NetworkReading,
	/// Mean fees of a block, smallest units; zero for a coin whose reward is read.
	pub fees: CoinAmount,
	/// When it was agreed.
	pub agreed_at: Moment,
}

/// Fresh facts, or a typed error.
pub trait Facts {
	/// The agreed closed day of an account. Does not age: a day is what it was.
	fn closed_day(account: PoolAccountId, day: Day) -> Result<DayFact, FactError>;
	/// The agreed state of a coin's network, not older than two days.
	fn network(coin: CoinId) -> Result<NetworkFact, FactError>;
}

/// Fresh prices, or a typed error.
pub trait Prices {
	/// The agreed price, not older than three rounds.
	fn price(of: Priced) -> Result<Price, FactError>;
}

/// Called once for each new height of a network that a quorum agreed on.
pub trait OnNetworkFact {
	/// `height` is strictly greater than at the previous call for the coin.
	fn on_network_fact(coin: CoinId, fact: &NetworkFact);
}

impl OnNetworkFact for () {
	fn on_network_fact(_: CoinId, _: &NetworkFact) {}
}

/// Pool accounts that workers read, and whose they are.
pub trait PoolAccounts<AccountId> {
	/// Binds the normalised (source, name) to `provider` for ever and answers its id. Binding again
	/// by the same provider answers the same id.
	///
	/// Errors: unknown or closed source, a name the source's adapter cannot have, the coin is not
	/// mined there, or the account is bound to another provider.
	fn bind(
		source: SourceId,
		coin: CoinId,
		name: &[u8],
		provider: &AccountId,
	) -> Result<PoolAccountId, DispatchError>;
	/// Starts reading the account, from the present day on.
	fn follow(account: PoolAccountId) -> DispatchResult;
	/// Stops reading the account. What was agreed stays.
	fn unfollow(account: PoolAccountId);
	/// Source of the account.
	fn source_of(account: PoolAccountId) -> Option<SourceId>;
	/// Name of the account, where the pool pays to the address that the name is; `None` where it
	/// pays to an address that its member sets.
	fn paid_to_name(_: PoolAccountId) -> Option<AccountName> {
		None
	}
	/// What the pool keeps of what it credits, as published; zero for a coin's own network.
	fn pool_fee(source: SourceId) -> Permill;
	/// Standard deviation of a measured day of the source, as a part of the measured power: 1 % for
	/// pools that count shares, zero for a coin's own network.
	fn noise(source: SourceId) -> Permill;
	/// What a source may carry: `None` for no limit, else the day until which it carries at most
	/// max(`free_power`, 1 %) of a coin's issued power (a URL registered after genesis).
	fn probation_until(source: SourceId) -> Option<Day>;
	/// Whether the source is the coin's own network (a Filecoin node), which the ceiling per pool
	/// does not concern.
	fn is_network(source: SourceId) -> bool;
}

/// Power of an account on a closed day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DayPower {
	/// min(measured, what the attested deposits imply).
	Paid(Power),
	/// Measured, while the day's payout may still come: the day's power will not be more.
	Unpaid(Power),
}

/// Power of an account on a closed day that may stand behind titles.
pub trait EffectivePower {
	/// `None` if there is no fact for the day. Only days of the last [`Self::MOST_UNPAID`] are unpaid.
	fn effective_power(account: PoolAccountId, day: Day) -> Option<DayPower>;
	/// First day whose credit deposits can pay; `None` while the account has no address to pay to.
	fn counted_from(account: PoolAccountId) -> Option<Day>;
	/// Days after which a day counts with what has come.
	const MOST_UNPAID: Day;
}
