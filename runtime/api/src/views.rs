//! What `DmexApi` answers. Plain data; JSON is written in camelCase.

mod accounts;
mod checks;
mod income;
mod market;
mod titles;

pub use accounts::*;
pub use checks::*;
pub use income::*;
pub use market::*;
pub use titles::*;

use alloc::vec::Vec;
use codec::{Decode, Encode};
use dmex_primitives::{
	facts::{DayFact, FactError, NetworkFact, NetworkReading},
	lots::LotStatus,
	polls::PollResult,
	AccountId, CoinId, Day, FarmId, Hash, LotId, Moment, PollId, PoolAccountId, Round, SourceId,
};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount, a power or a price; its unit is said where it stands. JSON writes it as a decimal
/// string, since it need not fit a double.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Encode, Decode, TypeInfo)]
pub struct Amount(pub u128);

impl From<u128> for Amount {
	fn from(amount: u128) -> Self {
		Self(amount)
	}
}

#[cfg(feature = "std")]
impl Serialize for Amount {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&self.0)
	}
}

#[cfg(feature = "std")]
impl<'de> Deserialize<'de> for Amount {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		deserializer.deserialize_any(crate::json::WholeNumber).map(Self)
	}
}

/// A fact that may be acted on, or why there is none. JSON: `{"value": …}`, `"missing"`, `"stale"`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub enum Fresh<T> {
	/// The fact.
	Value(T),
	/// No quorum has agreed on it yet.
	Missing,
	/// It is older than its kind may be.
	Stale,
}

impl<T, F: Into<T>> From<Result<F, FactError>> for Fresh<T> {
	fn from(fact: Result<F, FactError>) -> Self {
		match fact {
			Ok(value) => Self::Value(value.into()),
			Err(FactError::Missing) => Self::Missing,
			Err(FactError::Stale) => Self::Stale,
		}
	}
}

/// What a pool said of a closed day of an account, agreed by the validators.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct DayView {
	/// The day.
	pub day: Day,
	/// The pool answered, but not for this account; the numbers are zero.
	pub refused: bool,
	/// Mean power over the day, the coin's unit.
	pub power: Amount,
	/// Coins credited for the day, smallest unit, net of the pool's fee.
	pub paid: Amount,
	/// Hash of the payout address, where the pool tells.
	pub payout: Option<Hash>,
}

impl From<(Day, DayFact)> for DayView {
	fn from((day, fact): (Day, DayFact)) -> Self {
		match fact {
			DayFact::Value(reading) => Self {
				day,
				refused: false,
				power: reading.power.into(),
				paid: reading.paid.into(),
				payout: reading.payout,
			},
			DayFact::Refused => Self {
				day,
				refused: true,
				power: Amount::default(),
				paid: Amount::default(),
				payout: None,
			},
		}
	}
}

/// Power of an account now: the median of what some validators read. Unagreed, decides nothing.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct LiveView {
	/// The round it was read in.
	pub round: Round,
	/// Power, the coin's unit.
	pub power: Amount,
}

/// An account at a pool.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct AccountView {
	/// Its id.
	pub id: PoolAccountId,
	/// Where it is.
	pub source: SourceId,
	/// Name of the source.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub source_name: Vec<u8>,
	/// Its name there.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub name: Vec<u8>,
	/// Coin it mines.
	pub coin: CoinId,
	/// The open lot that it stands behind.
	pub lot: Option<LotId>,
	/// The newest agreed day.
	pub newest: Option<DayView>,
	/// The newest live reading.
	pub live: Option<LiveView>,
}

/// Totals of a farm in one coin. Power of different coins is never added.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct FarmPower {
	/// The coin.
	pub coin: CoinId,
	/// Its ticker.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub symbol: Vec<u8>,
	/// Unit of power, as shown.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub unit: Vec<u8>,
	/// What the provider says the farm has.
	pub claimed: Amount,
	/// Audited power of the lots that are not closed.
	pub audited: Amount,
	/// Power issued as titles of those lots.
	pub issued: Amount,
	/// The day that `measured` and `paid` speak of: the newest that is agreed for any account.
	pub day: Option<Day>,
	/// Power measured on that day, all accounts together.
	pub measured: Amount,
	/// Coins credited for that day, smallest unit, all accounts together.
	pub paid: Amount,
}

/// A farm.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct FarmView {
	/// Its id.
	pub id: FarmId,
	/// Who operates it.
	pub provider: AccountId,
	/// Where it stands, in the provider's words.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub place: Vec<u8>,
	/// Totals, one entry a coin.
	pub power: Vec<FarmPower>,
	/// The pool accounts of its open lots.
	pub accounts: Vec<AccountView>,
	/// Its open lots, newest first, at most [`crate::MAX_LOTS`].
	pub lots: Vec<LotView>,
}

/// What the auditors were asked to judge. Never changes.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct LotTerms {
	/// Machine model.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub model: Vec<u8>,
	/// How many machines.
	pub machines: u32,
	/// Electric power of one unit of power, 10⁻⁹ W.
	pub nanowatts_per_unit: u64,
	/// Price of electricity, 10⁻³ US cents for a kWh.
	pub millicents_per_kwh: u32,
	/// Power offered, the coin's unit.
	pub power: Amount,
	/// First day of output.
	pub first_day: Day,
	/// Last day of output, inclusive.
	pub last_day: Day,
	/// The provider's part of the output, parts per million.
	pub fee_ppm: u32,
	/// How the pool pays: `Fpps`, `Pplns`, `Solo`.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub payout: Vec<u8>,
	/// The holder's part of the output of a sale against a deposit, parts per million; `None` for an
	/// outright sale, where the holder gets all.
	pub deposit_sale_share_ppm: Option<u32>,
	/// The provider may stop without penalty while output does not pay for the electricity.
	pub shutdown_clause: bool,
	/// For a coin whose rewards vest, whether the provider advances what vests (`gross`) or not.
	pub gross: Option<bool>,
	/// Hash of the evidence.
	pub evidence: Hash,
	/// Hash of the terms: the subject of the audit poll.
	pub terms_hash: Hash,
}

/// How much may be issued, and what limits it. Power is in the coin's unit.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct IssueLimit {
	/// What was audited.
	pub audited: Amount,
	/// What measurement allows in total; `None` while days are missing.
	pub measured: Option<Amount>,
	/// Days measured.
	pub days_measured: u32,
	/// Days that must be measured before anything is issued.
	pub days_needed: u32,
	/// What may still be issued on the pool; `None` if nothing limits it.
	pub room_on_source: Option<Amount>,
	/// Whether the lot is active, inside its term and not stopped, and the provider's bond is met.
	pub may_issue: bool,
	/// What may be issued now, beyond what is.
	pub available: Amount,
}

/// An audit poll.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct PollView {
	/// Its id.
	pub id: PollId,
	/// Where it stands.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::word"))]
	pub result: PollResult,
	/// DMEX in favour, smallest unit.
	pub ayes: Amount,
	/// DMEX against, smallest unit.
	pub nays: Amount,
	/// When it ends, milliseconds of chain time; `None` once it is closed.
	pub ends_at: Option<Moment>,
}

/// What one account owns of a series.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct HolderView {
	/// The account.
	pub owner: AccountId,
	/// Units of all its titles of the series.
	pub units: Amount,
	/// How many titles.
	pub titles: u32,
}

/// A lot.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct LotView {
	/// Its id, also of its series and its collection of NFTs.
	pub id: LotId,
	/// Farm it runs on.
	pub farm: FarmId,
	/// Who answers for it.
	pub provider: AccountId,
	/// Where it stands.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::word"))]
	pub status: LotStatus,
	/// Coin it mines.
	pub coin: CoinId,
	/// Ticker of the coin.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub symbol: Vec<u8>,
	/// Unit of power, as shown.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub unit: Vec<u8>,
	/// What was audited.
	pub terms: LotTerms,
	/// The pool account it mines to.
	pub account: AccountView,
	/// Power issued as titles.
	pub issued: Amount,
	/// Power that may be issued, and why not more.
	pub issue_limit: IssueLimit,
	/// Its audit.
	pub audit: Option<PollView>,
	/// Agreed days of the account that the issue limit looks at, newest first.
	pub measured: Vec<DayView>,
	/// Who owns its titles, largest first, at most [`crate::MAX_HOLDERS`]; see
	/// [`crate::MAX_WALKED`].
	pub holders: Vec<HolderView>,
}

/// State of a network.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct NetworkView {
	/// Height (epoch) that the validators agreed on.
	pub height: u64,
	/// Compact target of the header there; `None` for a network of power shares.
	pub bits: Option<u32>,
	/// Quality-adjusted power of the network, bytes; `None` for proof of work.
	pub total_power: Option<Amount>,
	/// Reward of an epoch, smallest unit; `None` for proof of work.
	pub epoch_reward: Option<Amount>,
	/// Mean fees of a block, smallest unit.
	pub fees: Amount,
	/// When it was agreed, milliseconds of chain time.
	pub agreed_at: Moment,
}

impl From<NetworkFact> for NetworkView {
	fn from(fact: NetworkFact) -> Self {
		let (height, bits, total_power, epoch_reward) = match fact.reading {
			NetworkReading::ProofOfWork { height, bits } => (height, Some(bits), None, None),
			NetworkReading::PowerShare { height, total_power, epoch_reward } => {
				(height, None, Some(total_power.into()), Some(epoch_reward.into()))
			},
		};
		Self {
			height,
			bits,
			total_power,
			epoch_reward,
			fees: fact.fees.into(),
			agreed_at: fact.agreed_at,
		}
	}
}

/// Facts of a coin at a block.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct FactsView {
	/// The coin.
	pub coin: CoinId,
	/// Its ticker.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub symbol: Vec<u8>,
	/// Unit of power, as shown.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub unit: Vec<u8>,
	/// Decimals of the coin.
	pub decimals: u8,
	/// The day it is on chain.
	pub today: Day,
	/// The oracle's round.
	pub round: Round,
	/// State of its network.
	pub network: Fresh<NetworkView>,
	/// US dollars × 10¹² for one coin.
	pub price: Fresh<Amount>,
	/// US dollars × 10¹² for one stablecoin.
	pub stable_price: Fresh<Amount>,
	/// Coins that 1,000,000 units of power earn in a day, smallest unit, rounded down; `None` while
	/// there is no fresh network fact.
	pub yield_per_million_units: Option<Amount>,
	/// Day of the newest network fact behind the yield.
	pub yield_as_of: Option<Day>,
	/// Power issued as titles of the coin's open lots.
	pub issued: Amount,
}

/// A service that validators read.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct SourceView {
	/// Its id.
	pub id: SourceId,
	/// Its name.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub name: Vec<u8>,
	/// The module that reads it: `braiins`, `lotus`, …
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub adapter: Vec<u8>,
	/// Where it is read.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub url: Vec<u8>,
	/// Coins that are read there.
	pub coins: Vec<CoinId>,
	/// New accounts may be bound there.
	pub open: bool,
	/// Until when it carries only a little; `None` for no limit.
	pub probation_until: Option<Day>,
}

/// What providers posted for the holder of a token key: each box opens with `crypto_box_seal_open`
/// to the read-only API token of a pool account.
pub type SealedTokens = Vec<(PoolAccountId, Vec<u8>)>;

#[cfg(all(test, feature = "std"))]
mod tests;
