//! Who receives a title's income of a day, and what a day owed and brought.

use crate::{AssetId, Balance, CoinAmount, Day, LotId, SeriesId, TitleId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult};

/// Days `[first, end)`.
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
pub struct Days {
	/// First day.
	pub first: Day,
	/// Day after the last.
	pub end: Day,
}

/// Who receives a title's income of a day. Always exactly one.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub enum Holder<AccountId> {
	/// The title itself: whoever owns it when it is paid.
	Title,
	/// The account (a lessee, or a pot) whose lien covers the day.
	Lien(AccountId),
}

/// Liens on titles. Liens of a title are disjoint, inside the series' term and at most 16; they are
/// only ever shortened.
pub trait Rights<AccountId> {
	/// Gives the days of an unlocked title to `holder`.
	///
	/// Errors: days not free, in the past (tomorrow is the first), fewer than 7, or too many liens.
	fn assign(series: SeriesId, title: TitleId, days: Days, holder: &AccountId) -> DispatchResult;
	/// Ends the lien of `holder` at `end`, not before the first open day.
	fn shorten(series: SeriesId, title: TitleId, holder: &AccountId, end: Day) -> DispatchResult;
	/// Who receives the income of a day.
	fn right_of(series: SeriesId, title: TitleId, day: Day) -> Holder<AccountId>;
	/// Pays every closed day to its right. Never fails: who cannot receive is credited as owed.
	fn settle(series: SeriesId, title: TitleId);
	/// Leaves closed and open non-final short days to `who`, who gives the title away. For
	/// settlements only.
	fn keep_short(series: SeriesId, title: TitleId, who: &AccountId) -> DispatchResult;
}

/// What a day of a lot owed and brought, in the lot's coin.
pub trait DayBooks {
	/// Owed for a day: share of what the pool paid, plus what was missing.
	fn due(lot: LotId, day: Day) -> Option<CoinAmount>;
	/// Arrived for a day when it closed.
	fn delivered(lot: LotId, day: Day) -> Option<CoinAmount>;
	/// Owed and not arrived when it closed.
	fn short(lot: LotId, day: Day) -> Option<CoinAmount>;
	/// First day that is not final.
	fn final_until(lot: LotId) -> Day;
}

/// Called once for each day of a lot that closes.
pub trait OnDayClosed {
	/// The day's books are closed; [`DayBooks`] answers for it.
	fn on_day_closed(lot: LotId, day: Day);
}

impl OnDayClosed for () {
	fn on_day_closed(_: LotId, _: Day) {}
}

/// Money that comes later for days that are closed but not final.
pub trait Awards<AccountId> {
	/// Takes `amount` from `from` for the shortfall of `days`, oldest first, and answers what could
	/// not be placed.
	///
	/// Errors: the days are final, or nothing is short in them.
	fn grant(
		lot: LotId,
		days: Days,
		asset: AssetId,
		amount: Balance,
		from: &AccountId,
	) -> Result<Balance, DispatchError>;
}
