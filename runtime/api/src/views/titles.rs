//! Titles as they stand.

use super::{Amount, TitleIncome};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use dmex_primitives::{
	lots::LotStatus,
	titles::{LockReason, Origin},
	AccountId, Day, FarmId, SeriesId, TitleId,
};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use serde::Serialize;

/// What the buyer of a title wants to know of its lot.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct TitleLot {
	/// Farm it runs on.
	pub farm: FarmId,
	/// Who answers for it.
	pub provider: AccountId,
	/// Where it stands.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::word"))]
	pub status: LotStatus,
	/// Ticker of the coin.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub symbol: Vec<u8>,
	/// Unit of power, as shown: what the title's units are.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub unit: Vec<u8>,
	/// Machine model.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub model: Vec<u8>,
	/// Price of electricity, 10⁻³ US cents for a kWh.
	pub millicents_per_kwh: u32,
	/// Name of the pool or network.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub source_name: Vec<u8>,
	/// Account there.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	pub account_name: Vec<u8>,
	/// Last day of output, inclusive.
	pub last_day: Day,
	/// The provider's part of the output, parts per million.
	pub fee_ppm: u32,
}

/// A title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct TitleView {
	/// Its series, the id of the NFT's collection.
	pub series: SeriesId,
	/// Its id, that of the NFT.
	pub id: TitleId,
	/// Who owns it.
	pub owner: AccountId,
	/// Units of the series.
	pub units: Amount,
	/// First day whose income is the title's.
	pub first_day: Day,
	/// Why it is locked, if it is.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::word_or_null"))]
	pub locked_by: Option<LockReason>,
	/// Where it came from.
	pub origin: OriginView,
	/// Its lot; `None` for a series that is a deal.
	pub lot: Option<TitleLot>,
	/// What it brought and will bring; `None` for a series that is a deal.
	pub income: Option<TitleIncome>,
}

/// Where a title came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub enum OriginView {
	/// Issued by the series.
	Issued,
	/// A part of the title with this id.
	SplitFrom(TitleId),
	/// Titles were joined; their tombstones name this one.
	Merged,
}

impl From<Origin> for OriginView {
	fn from(origin: Origin) -> Self {
		match origin {
			Origin::Issued => Self::Issued,
			Origin::SplitFrom(parent) => Self::SplitFrom(parent),
			Origin::Merged => Self::Merged,
		}
	}
}
