//! Who receives a title's income of a day, and what a day owed and brought.

use crate::{AssetId, Balance, CoinAmount, Day, LotId, SeriesId, TitleId, Units};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use impl_trait_for_tuples::impl_for_tuples;
use scale_info::TypeInfo;
use sp_core::H256;
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

/// Most liens of a title.
pub const MAX_LIENS: u32 = 16;
/// Most pots that a trade of a title draws: of its liens, and its owner's.
pub const MOST_POTS: u32 = MAX_LIENS + 1;

/// Liens on titles. Liens of a title are disjoint, inside the series' term and at most
/// [`MAX_LIENS`]; they are only ever shortened.
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
	/// Whether a buyer gets everything with the title: no lien that has not ended, and no short day
	/// that is not final.
	fn is_clean(series: SeriesId, title: TitleId) -> bool;
	/// First day that is not paid yet.
	fn paid_until(series: SeriesId, title: TitleId) -> Day;
	/// Blake2-256 of the SCALE of the title's liens, in the order of their days. A buyer names it, so
	/// that a lien that is added in front of him cannot reach him.
	fn liens_hash(series: SeriesId, title: TitleId) -> H256;
	/// Pots that settling a title and keeping its short days may draw: of its liens, and its
	/// owner's. At most [`MOST_POTS`]. What a trade weighs grows with them.
	fn pots(series: SeriesId, title: TitleId) -> u32;
}

/// What a pot's owner calls: liens of one holder in a series are paid together.
pub trait Pots<AccountId> {
	/// Pays `holder` for all its liens in a series, from their aggregate units: one draw serves all
	/// titles. Never fails; a second draw without new money does nothing.
	fn draw(series: SeriesId, holder: &AccountId);
	/// Units whose income of a day is `holder`'s, as far back as days are not final.
	fn units_of(series: SeriesId, holder: &AccountId, day: Day) -> Units;
}

/// Takes mined coins that arrived at a lot's own address into its books.
pub trait Remit<AccountId> {
	/// Takes `amount` of the lot's coin from `from`: the dues of its open days, oldest first, then
	/// its debt, the rest to the provider. Never refuses what is attested for a lot that exists.
	///
	/// Errors: there is no such lot, or `from` has not got the amount.
	fn remit(lot: LotId, from: &AccountId, amount: CoinAmount) -> DispatchResult;
}

/// What a day of a lot owed and brought, in the lot's coin.
pub trait DayBooks {
	/// Owed for a day: share of what the pool paid, plus what was missing.
	fn due(lot: LotId, day: Day) -> Option<CoinAmount>;
	/// Arrived for a day when it closed.
	fn delivered(lot: LotId, day: Day) -> Option<CoinAmount>;
	/// Owed and not arrived when it closed.
	fn short(lot: LotId, day: Day) -> Option<CoinAmount>;
	/// Of what was short when it closed, what the provider has made up since.
	fn made_up(lot: LotId, day: Day) -> Option<CoinAmount>;
	/// What the day's own work brought when it closed, of what it was to bring. What vests is in
	/// neither: it comes without any work. Nothing of something where nothing is known.
	fn worked(lot: LotId, day: Day) -> Option<(CoinAmount, CoinAmount)> {
		Some((Self::delivered(lot, day)?, Self::due(lot, day)?))
	}
	/// First day after the last that titles of the lot receive; `None` before its first title.
	fn ends_on(_: LotId) -> Option<Day> {
		None
	}
	/// Units whose day it was.
	fn units(lot: LotId, day: Day) -> Option<Units>;
	/// First day that is not closed.
	fn closed_until(lot: LotId) -> Day;
	/// First day that is not final.
	fn final_until(lot: LotId) -> Day;
}

/// Called once for each day of a lot that closes.
pub trait OnDayClosed {
	/// The day's books are closed; [`DayBooks`] answers for it.
	fn on_day_closed(lot: LotId, day: Day);
}

#[impl_for_tuples(5)]
impl OnDayClosed for Tuple {
	fn on_day_closed(lot: LotId, day: Day) {
		for_tuples!( #( Tuple::on_day_closed(lot, day); )* );
	}
}

/// Called once for each closed day that was short, when the time to make it up is over.
pub trait OnMakeUpOver {
	/// What [`DayBooks::made_up`] answers for the day counts; the rest is refunded.
	fn on_make_up_over(lot: LotId, day: Day);
}

#[impl_for_tuples(5)]
impl OnMakeUpOver for Tuple {
	fn on_make_up_over(lot: LotId, day: Day) {
		for_tuples!( #( Tuple::on_make_up_over(lot, day); )* );
	}
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
