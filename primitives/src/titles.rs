//! Titles: NFTs that hold units of a series.

use crate::{Day, SeriesId, TitleId, Units};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use impl_trait_for_tuples::impl_for_tuples;
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult};

/// Why a title is locked. A title has at most one lock.
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
pub enum LockReason {
	/// Collateral of a loan.
	Pledge,
	/// Behind a deal.
	Deal,
	/// In an auction.
	Auction,
	/// Staked for rewards.
	Stake,
}

/// Where a title came from.
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
pub enum Origin {
	/// Issued by the series.
	Issued,
	/// A part of the title with this id.
	SplitFrom(TitleId),
	/// Titles were joined; their tombstones name this one.
	Merged,
}

/// A title as it is kept. An id stands for one amount of units for ever.
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
pub struct Title {
	/// Units of the series; never zero.
	pub units: Units,
	/// First day whose income is the title's.
	pub first_day: Day,
	/// Where it came from.
	pub origin: Origin,
	/// Lock on it, if any: no transfer, split, merge or burn.
	pub locked_by: Option<LockReason>,
}

/// Issue, split, merge and lock. Implemented by the titles pallet; every call is atomic.
pub trait Titles<AccountId> {
	/// Opens a series. `facts` become the collection's attributes, for wallets.
	fn open_series(series: SeriesId, facts: &[(&[u8], Vec<u8>)]) -> DispatchResult;
	/// Mints a title of `units` to `owner`, who pays its storage deposit.
	fn issue(
		series: SeriesId,
		owner: &AccountId,
		units: Units,
		first_day: Day,
	) -> Result<TitleId, DispatchError>;
	/// Burns a title and mints one for each part, in order. The parts add up to its units.
	fn split(
		series: SeriesId,
		title: TitleId,
		parts: &[Units],
	) -> Result<Vec<TitleId>, DispatchError>;
	/// Burns titles of one series and owner, unlocked and with equal rights, and mints their sum.
	fn merge(series: SeriesId, titles: &[TitleId]) -> Result<TitleId, DispatchError>;
	/// Locks an unlocked title.
	fn lock(series: SeriesId, title: TitleId, reason: LockReason) -> DispatchResult;
	/// Releases the lock with this reason and clears the item's transfer approvals.
	fn unlock(series: SeriesId, title: TitleId, reason: LockReason) -> DispatchResult;
	/// Pays closed days to the present owner, then moves the title, through a lock if need be.
	fn settle_and_transfer(series: SeriesId, title: TitleId, to: &AccountId) -> DispatchResult;
	/// The title and its owner.
	fn title(series: SeriesId, title: TitleId) -> Option<(AccountId, Title)>;
	/// Sum of the units of all titles of a series.
	fn issued(series: SeriesId) -> Units;
}

/// Those who keep books by title. No hook may fail after its `can_`.
pub trait TitleHooks<AccountId> {
	/// A title was minted by issue.
	fn on_issue(series: SeriesId, title: TitleId, owner: &AccountId, of: &Title);
	/// Whether a title may be split now.
	fn can_split(series: SeriesId, title: TitleId, parts: &[Units]) -> DispatchResult;
	/// `parent` became `parts`, in order.
	fn on_split(series: SeriesId, parent: TitleId, parts: &[(TitleId, Units)]);
	/// Whether titles may be merged now.
	fn can_merge(series: SeriesId, titles: &[TitleId]) -> DispatchResult;
	/// `titles` became `merged`.
	fn on_merge(series: SeriesId, titles: &[TitleId], merged: TitleId);
	/// Closed days are to be paid to the present owner, before a transfer through our own pallets.
	fn settle(series: SeriesId, title: TitleId, owner: &AccountId);
	/// A title ended.
	fn on_burn(series: SeriesId, title: TitleId, owner: &AccountId);
	/// Liens that are kept of a title. Each part of a split gets its own and a merge gives back all
	/// but one title's, so what both weigh grows with them.
	fn liens(series: SeriesId, title: TitleId) -> u32;
}

#[impl_for_tuples(6)]
impl<AccountId> TitleHooks<AccountId> for Tuple {
	fn on_issue(series: SeriesId, title: TitleId, owner: &AccountId, of: &Title) {
		for_tuples!( #( Tuple::on_issue(series, title, owner, of); )* );
	}
	fn can_split(series: SeriesId, title: TitleId, parts: &[Units]) -> DispatchResult {
		for_tuples!( #( Tuple::can_split(series, title, parts)?; )* );
		Ok(())
	}
	fn on_split(series: SeriesId, parent: TitleId, parts: &[(TitleId, Units)]) {
		for_tuples!( #( Tuple::on_split(series, parent, parts); )* );
	}
	fn can_merge(series: SeriesId, titles: &[TitleId]) -> DispatchResult {
		for_tuples!( #( Tuple::can_merge(series, titles)?; )* );
		Ok(())
	}
	fn on_merge(series: SeriesId, titles: &[TitleId], merged: TitleId) {
		for_tuples!( #( Tuple::on_merge(series, titles, merged); )* );
	}
	fn settle(series: SeriesId, title: TitleId, owner: &AccountId) {
		for_tuples!( #( Tuple::settle(series, title, owner); )* );
	}
	fn on_burn(series: SeriesId, title: TitleId, owner: &AccountId) {
		for_tuples!( #( Tuple::on_burn(series, title, owner); )* );
	}
	fn liens(series: SeriesId, title: TitleId) -> u32 {
		let mut liens = 0u32;
		for_tuples!( #( liens = liens.saturating_add(Tuple::liens(series, title)); )* );
		liens
	}
}
