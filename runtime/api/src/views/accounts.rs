//! What an account has.

use super::{Amount, AssetAmount, EffectivePower, Expected, Income, NextPayout, TitleView};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use dmex_primitives::{AccountId, AssetId, CoinId, Day, Hash, Moment, SeriesId, TitleId};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// A title among all series. What a page of an account's titles ends with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(
	feature = "std",
	derive(Serialize, Deserialize),
	serde(rename_all = "camelCase", deny_unknown_fields)
)]
pub struct TitleKey {
	/// Its series.
	pub series: SeriesId,
	/// Its id.
	pub id: TitleId,
}

/// What an account has of an asset. Smallest unit.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct Holding {
	/// The asset; `None` for DMEX.
	pub asset: Option<AssetId>,
	/// Ticker.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub symbol: Vec<u8>,
	/// Decimals.
	pub decimals: u8,
	/// On the account, without what is held.
	pub free: Amount,
	/// On hold: deposits, bids, offers, withdrawals, votes.
	pub held: Amount,
	/// Income that the account could not receive: `income.claim_owed`.
	pub owed_income: Amount,
	/// Deposits that the account could not receive: `gateway.claim_owed`.
	pub owed_deposits: Amount,
	/// The account's own address for deposits, if it asked for one.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text_or_null"))]
	pub address: Option<Vec<u8>>,
}

/// The days of others' titles in a series that are an account's, together.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct LiensView {
	/// The series.
	pub series: SeriesId,
	/// Coin of it.
	pub coin: CoinId,
	/// Units whose income of today is the account's.
	pub units: Amount,
	/// Power behind them.
	pub effective: Option<EffectivePower>,
	/// Last day of any of them, inclusive.
	pub last_day: Day,
	/// What was and is to be paid.
	pub income: Income,
	/// What days that are not closed are expected to bring; `None` while there is no fresh fact of
	/// the network.
	pub expected: Option<Expected>,
	/// When money comes next.
	pub next_payout: NextPayout,
}

/// Liens of an account, series by series.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct LiensPage {
	/// The liens in the series that were looked at.
	pub liens: Vec<LiensView>,
	/// The series to go on from, if there are more.
	pub next: Option<SeriesId>,
}

/// Titles and liens of one coin, together. Power of different coins is never added.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct CoinTotal {
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
	/// Its asset.
	pub asset: AssetId,
	/// Units of the titles.
	pub units: Amount,
	/// Power behind the titles, each on its newest day.
	pub effective: Amount,
	/// Units of the liens today.
	pub units_of_liens: Amount,
	/// Paid to date, coin's smallest unit; see [`Income::paid`].
	pub paid: Amount,
	/// To be paid now, in the coin.
	pub unpaid: Amount,
	/// What is still to come; `None` while there is no fresh fact of the network. `days` is the
	/// longest of them.
	pub expected: Option<Expected>,
}

/// An account with its titles and what they bring.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct AccountReport {
	/// Whose.
	pub who: AccountId,
	/// The day it is on chain.
	pub today: Day,
	/// Chain time, milliseconds.
	pub now: Moment,
	/// DMEX, the stablecoin and the wrapped coins.
	pub holdings: Vec<Holding>,
	/// Titles, at most [`crate::MAX_TITLES`], in no order that means anything.
	pub titles: Vec<TitleView>,
	/// The title to go on after, if there are more.
	pub next_title: Option<TitleKey>,
	/// Liens in the first [`crate::MAX_SERIES`] series; none on later pages of titles.
	pub liens: LiensPage,
	/// Totals of `titles` and `liens`, of this page alone.
	pub coins: Vec<CoinTotal>,
	/// To be paid now of `titles` and `liens`, by asset.
	pub unpaid: Vec<AssetAmount>,
	/// The earliest payout of `titles` and `liens`.
	pub next_payout: Option<NextPayout>,
	/// Open withdrawals, newest first; none on later pages of titles.
	pub withdrawals: Vec<WithdrawalView>,
}

/// A withdrawal to an outside address.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct WithdrawalView {
	/// Its id.
	pub id: u64,
	/// Which asset.
	pub asset: AssetId,
	/// Put on hold, with the fee. Smallest unit.
	pub amount: Amount,
	/// Of this, the fee.
	pub fee: Amount,
	/// Where the rest goes.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub address: Vec<u8>,
	/// Where it stands.
	pub stage: WithdrawalStage,
}

/// Where a withdrawal stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub enum WithdrawalStage {
	/// Waits for the custodians; refunds itself on this day.
	Queued(Day),
	/// Custodians have named what its transaction spends. No refund from here.
	Accepted,
	/// Paid by this transaction.
	Confirmed(Hash),
	/// What it would have spent was spent by this transaction; refunded.
	Failed(Hash),
	/// Nobody accepted it in time; refunded.
	Expired,
	/// Its owner took it back.
	TakenBack,
}
