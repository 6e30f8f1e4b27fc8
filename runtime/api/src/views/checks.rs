//! The holder's check: what was promised, and what came of it.

use super::{Amount, AssetAmount};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use dmex_primitives::{AccountId, AssetId, CoinId, Day, FarmId, LotId, SeriesId, TitleId};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use serde::{Deserialize, Serialize};

/// What is checked.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(
	feature = "std",
	derive(Serialize, Deserialize),
	serde(rename_all = "camelCase", deny_unknown_fields)
)]
pub enum CheckScope {
	/// A living title: its part of its lot's days, whoever receives them.
	Title {
		/// Its series.
		series: SeriesId,
		/// Its id.
		id: TitleId,
	},
	/// A lot, open or closed.
	Lot(LotId),
	/// The open lots of a farm, together.
	Farm(FarmId),
	/// What an account receives: its titles as they are now, less the days that are others', and
	/// its liens as far back as days are not final.
	Account(AccountId),
}

/// How far a day has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub enum DayStage {
	/// Not closed in every lot: what closed is counted.
	Open,
	/// Closed in every lot; money may still come.
	Closed,
	/// Nothing about it can change.
	Final,
}

/// What was promised and what came. Coins in their smallest unit. Of a part of a lot each figure is
/// its part by units, rounded down.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct Checked {
	/// Units of power that were promised: of several days their sum, unit days.
	pub promised: Amount,
	/// What so much power earns at the network's yield of the day, before fees; days of which the
	/// network is not known any more (64 days) count nothing.
	pub network: Amount,
	/// Power that the pool measured: of several days their sum. It may be more than was promised.
	pub measured: Amount,
	/// Owed.
	pub due: Amount,
	/// Arrived when the days closed.
	pub delivered: Amount,
	/// Owed and not arrived when they closed.
	pub short: Amount,
	/// Of it, made up by the provider since.
	pub made_up: Amount,
	/// Awarded since, by asset.
	pub awarded: Vec<AssetAmount>,
}

/// A day.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct CheckedDay {
	/// The day.
	pub day: Day,
	/// How far it has come.
	pub stage: DayStage,
	/// Of a title, whose lien covers the day.
	pub lien: Option<AccountId>,
	/// The figures.
	#[cfg_attr(feature = "std", serde(flatten))]
	pub figures: Checked,
}

/// Days of one coin. Power of different coins is never added.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct CheckedCoin {
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
	/// All days together.
	pub total: Checked,
	/// Day by day, oldest first. Days on which nothing was promised are left out.
	pub days: Vec<CheckedDay>,
}

/// The holder's check.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct HoldersCheck {
	/// First day that was looked at.
	pub first_day: Day,
	/// Last day that was looked at, inclusive.
	pub last_day: Day,
	/// The day to go on from, if the range was cut.
	pub next: Option<Day>,
	/// Whether all titles, liens and lots of the scope were looked at: see [`crate::MAX_CHECKED`].
	pub complete: bool,
	/// Coin by coin.
	pub coins: Vec<CheckedCoin>,
}
