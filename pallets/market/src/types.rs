//! What is kept of orders, streams and deposits, and the rules that need no storage.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use dmex_math::{dutch_price, least_raise, price_of, Rounding};
use dmex_primitives::{rights::Days, Balance, Day, Moment, TitleId, Units};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Permill;

/// An order inside its series. Never used twice.
pub type OrderId = u32;
/// Price for one unit, in billionths of the stablecoin's smallest unit: one unit of power may be
/// worth less than that.
pub type UnitPrice = u128;

/// Ids that one page of the order book looks at.
pub const PAGE: u32 = 256;
/// What a slice is above the declared cost of the power, parts per million: a provider must never
/// gain by switching off.
pub const SLICE_MARGIN: u32 = 50_000;
/// Most that the trade fee changes at once.
pub const FEE_STEP: Permill = Permill::from_parts(1_000);
/// Longest auction, hours: 14 days.
pub const MAX_AUCTION_HOURS: u32 = 336;

macro_rules! kept {
	($(#[$doc:meta])* pub struct $name:ident $body:tt) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo,
			MaxEncodedLen,
		)]
		pub struct $name $body
	};
	($(#[$doc:meta])* pub enum $name:ident $body:tt) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo,
			MaxEncodedLen,
		)]
		pub enum $name $body
	};
}

kept! {
	/// What a provider asks for a unit.
	pub enum Ask {
		/// For a lot that is sold outright.
		Outright {
			/// Paid for each day as it is delivered.
			slice_per_unit: UnitPrice,
			/// Paid at once.
			upfront_per_unit: UnitPrice,
		},
		/// For a lot that is sold for a deposit.
		Deposit {
			/// Comes back when the lot is over.
			deposit_per_unit: UnitPrice,
		},
	}
}

kept! {
	/// A provider sells units of a lot that are not issued yet.
	pub struct Sale {
		/// Units left.
		pub units: Units,
		/// Least units of a purchase, except of the last ones.
		pub least_units: Units,
		/// The price.
		pub ask: Ask,
	}
}

kept! {
	/// An owner sells a title at a fixed price.
	pub struct Listing {
		/// The title. After a trade of a part, what is left of it.
		pub title: TitleId,
		/// The price.
		pub price_per_unit: UnitPrice,
		/// Least units of a purchase, except of the last ones.
		pub least_units: Units,
		/// Hash of the title's liens, if it is sold with them; without, it is sold only while it
		/// is clean.
		pub liens_hash: Option<H256>,
	}
}

kept! {
	/// Someone buys clean titles of a series. What is left to pay is on hold.
	pub struct Offer {
		/// Units left.
		pub units: Units,
		/// Least units of a trade, except of the last ones.
		pub least_units: Units,
		/// The price.
		pub price_per_unit: UnitPrice,
		/// Least that stands behind a unit: slice for a day, or deposit.
		pub least_backing_per_unit: UnitPrice,
		/// Whether titles of a suspended lot are bought too.
		pub accept_suspended: bool,
	}
}

/// Best bid of an auction. It is on hold.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct BestBid<AccountId> {
	/// Who bids.
	pub bidder: AccountId,
	/// For the whole title, stablecoin units.
	pub amount: Balance,
	/// Whether it holds for a suspended lot too.
	pub accept_suspended: bool,
}

/// An owner sells a title to the highest bidder. The title is locked.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct English<AccountId> {
	/// The title.
	pub title: TitleId,
	/// Least first bid for the whole title, stablecoin units.
	pub reserve: Balance,
	/// Part of the best bid by which the next is higher.
	pub increment: Permill,
	/// When it ends, unless a late bid moves the end.
	pub ends: Moment,
	/// Time that is left after any bid, milliseconds.
	pub soft_close: Moment,
	/// Best bid.
	pub best: Option<BestBid<AccountId>>,
}

kept! {
	/// An owner sells a title at a price that falls. The title is locked.
	pub struct Dutch {
		/// The title. After a trade of a part, what is left of it.
		pub title: TitleId,
		/// Price at the start.
		pub start_per_unit: UnitPrice,
		/// Price at the end.
		pub floor_per_unit: UnitPrice,
		/// Least units of a purchase, except of the last ones.
		pub least_units: Units,
		/// When it started.
		pub started: Moment,
		/// When it ends.
		pub ends: Moment,
	}
}

kept! {
	/// An owner leases a title's days. The title stays his.
	pub struct Lease {
		/// The title. After a lease of a part, what is left of it.
		pub title: TitleId,
		/// The days; those that are still to come when it is taken.
		pub days: Days,
		/// Price for a unit and day.
		pub price_per_unit_day: UnitPrice,
		/// Least units of a lease, except of the last ones.
		pub least_units: Units,
	}
}

/// What an order is about.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub enum Terms<AccountId> {
	/// Units of a lot, by its provider.
	Sale(Sale),
	/// A title at a fixed price.
	Listing(Listing),
	/// Clean titles are bought.
	Offer(Offer),
	/// A title to the highest bidder.
	English(English<AccountId>),
	/// A title at a falling price.
	Dutch(Dutch),
	/// Days of a title.
	Lease(Lease),
}

/// An entry of the order book.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct Order<AccountId> {
	/// Who placed it.
	pub maker: AccountId,
	/// DMEX on hold for its storage.
	pub deposit: Balance,
	/// Last day on which it may be taken.
	pub expires: Day,
	/// Part of the price that is the fee, as it was when the order was placed.
	pub fee: Permill,
	/// What it is about.
	pub terms: Terms<AccountId>,
}

kept! {
	/// What a buyer has seen and insists on.
	pub struct Expected {
		/// Most to pay in all, stablecoin units.
		pub max_price: Balance,
		/// Hash of the title's liens.
		pub liens_hash: H256,
		/// First day whose income is to come with the title, or earlier.
		pub paid_until: Day,
		/// Whether to buy although the lot is suspended.
		pub accept_suspended: bool,
	}
}

kept! {
	/// The escrowed part of a title's price.
	pub struct Stream {
		/// Paid for each delivered day, stablecoin units.
		pub per_day: Balance,
		/// First day it pays for, or any later day that is closed.
		pub first_day: Day,
	}
}

/// Sums of the streams that begin on a day.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct DaySum {
	/// Slices for a day.
	pub slices: Balance,
	/// Upfront money that a day earns.
	pub upfront: Balance,
}

/// What a day that closed short leaves behind until it has been made up or refunded.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Missed {
	/// Slices not earned, in the pot.
	pub slices: Balance,
	/// Upfront money not earned, in the provider's exposure.
	pub upfront: Balance,
	/// Whether the time to make it up is over and the refund was refused.
	pub over: bool,
}

/// Streams of a lot together. Flows only ever grow. Stablecoin units.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct LotBook {
	/// First day that the streams have not paid for.
	pub next: Day,
	/// Day after the lot's last.
	pub end: Day,
	/// Fee of the provider's claims, as it was when the first units were sold.
	pub fee: Permill,
	/// Slice of every unit for a day. One for the lot: what comes back of a day goes to units alike.
	pub slice_per_unit: UnitPrice,
	/// Units sold.
	pub units: Units,
	/// Slices for a day of the streams that have begun before `next`.
	pub slices: Balance,
	/// Upfront money that a day earns, of the same streams.
	pub upfront: Balance,
	/// Upfront money that did not divide by days; the last day earns it.
	pub upfront_rest: Balance,
	/// Upfront money not released yet.
	pub exposure: Balance,
	/// Flow: slices paid in by buyers.
	pub paid_in: Balance,
	/// Flow: slices earned by the provider.
	pub earned: Balance,
	/// Flow: of these, claimed.
	pub claimed: Balance,
	/// Flow: slices refunded to the rights of their days.
	pub refunded: Balance,
	/// Flow: slices that a refund could not place.
	pub unplaced: Balance,
	/// Flow: of these, paid to the fund.
	pub swept: Balance,
}

/// Deposits of a lot together. Flows only ever grow. Stablecoin units.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct DepositBook {
	/// Flow: paid in by buyers.
	pub paid_in: Balance,
	/// Flow: returned to owners.
	pub returned: Balance,
}

/// What a trade would do. The trade itself uses it too.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Quote<AccountId> {
	/// Who placed the order.
	pub maker: AccountId,
	/// Title that is traded or cut; none in a primary sale.
	pub title: Option<TitleId>,
	/// Units traded.
	pub units: Units,
	/// What the buyer pays in all, stablecoin units. It must leave the least balance behind.
	pub price: Balance,
	/// Of this, the fee.
	pub fee: Balance,
	/// Of this, at once to the provider (primary).
	pub upfront: Balance,
	/// Of this (primary), or beside it: what stands behind the units as a deposit.
	pub deposit: Balance,
	/// What stands behind the units as a slice for each day.
	pub slice_per_day: Balance,
	/// Days whose income comes with it.
	pub days: Days,
	/// How many of them are over and not paid yet.
	pub unpaid_days: Day,
	/// Hash of the title's liens.
	pub liens_hash: H256,
	/// No lien that has not ended, no short day that is not final.
	pub clean: bool,
	/// The lot is suspended.
	pub suspended: bool,
}

/// Some of the orders of a series, by id.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Page<AccountId> {
	/// The orders among the ids looked at.
	pub orders: Vec<(OrderId, Order<AccountId>)>,
	/// Where to go on, if there are more ids.
	pub next: Option<OrderId>,
	/// The lot is suspended: no sale, everything else is marked.
	pub suspended: bool,
}

impl Offer {
	/// What is on hold for the units left, rounded up.
	pub fn held(&self) -> Option<Balance> {
		price_of(self.price_per_unit, self.units, Rounding::Up)
	}
}

impl<AccountId> English<AccountId> {
	/// Least next bid; `None` if there cannot be one.
	pub fn least_bid(&self) -> Option<Balance> {
		match &self.best {
			None => Some(self.reserve),
			Some(best) => least_raise(best.amount, self.increment.deconstruct()),
		}
	}
}

impl Dutch {
	/// Price for a unit at a moment, rounded up.
	pub fn price_at(&self, now: Moment) -> UnitPrice {
		let elapsed = now.saturating_sub(self.started);
		let duration = self.ends.saturating_sub(self.started);
		dutch_price(self.start_per_unit, self.floor_per_unit, elapsed, duration)
	}
}

impl<AccountId> Order<AccountId> {
	/// What the maker has on hold in stablecoin.
	pub fn held(&self) -> Balance {
		match &self.terms {
			Terms::Offer(offer) => offer.held().unwrap_or(Balance::MAX),
			_ => 0,
		}
	}

	/// The title that the order has locked.
	pub fn locks(&self) -> Option<TitleId> {
		match &self.terms {
			Terms::English(english) => Some(english.title),
			Terms::Dutch(dutch) => Some(dutch.title),
			_ => None,
		}
	}

	/// The title that the order is for.
	pub fn title(&self) -> Option<TitleId> {
		match &self.terms {
			Terms::Listing(listing) => Some(listing.title),
			Terms::English(english) => Some(english.title),
			Terms::Dutch(dutch) => Some(dutch.title),
			Terms::Lease(lease) => Some(lease.title),
			Terms::Sale(_) | Terms::Offer(_) => None,
		}
	}

	/// Whether it can no longer be taken.
	pub fn has_expired(&self, today: Day, now: Moment) -> bool {
		match &self.terms {
			Terms::English(english) => now >= english.ends,
			Terms::Dutch(dutch) => now >= dutch.ends,
			_ => today > self.expires,
		}
	}
}

impl LotBook {
	/// Slices that the provider has earned and not claimed.
	pub fn claimable(&self) -> Balance {
		self.earned.saturating_sub(self.claimed)
	}

	/// Slices that a refund could not place and that are not paid to the fund yet.
	pub fn unswept(&self) -> Balance {
		self.unplaced.saturating_sub(self.swept)
	}
}

/// Why a number of units cannot be traded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadUnits {
	/// None.
	Zero,
	/// More than there are.
	TooMany,
	/// Fewer than the order allows, and not all that is left.
	TooFew,
}

/// Whether `units` of `available` may be traded where `least` is asked for.
pub fn check_units(units: Units, available: Units, least: Units) -> Result<(), BadUnits> {
	if units == 0 {
		return Err(BadUnits::Zero);
	}
	if units > available {
		return Err(BadUnits::TooMany);
	}
	if units < least && units != available {
		return Err(BadUnits::TooFew);
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn the_last_units_may_be_fewer_than_the_least() {
		assert_eq!(check_units(0, 10, 1), Err(BadUnits::Zero));
		assert_eq!(check_units(11, 10, 1), Err(BadUnits::TooMany));
		assert_eq!(check_units(4, 10, 5), Err(BadUnits::TooFew));
		assert_eq!(check_units(5, 10, 5), Ok(()));
		assert_eq!(check_units(4, 4, 5), Ok(()));
		assert_eq!(check_units(Units::MAX, Units::MAX, 1), Ok(()));
	}

	#[test]
	fn an_offer_that_no_type_holds_has_no_price() {
		let offer = Offer {
			units: Units::MAX,
			least_units: 1,
			price_per_unit: UnitPrice::MAX,
			least_backing_per_unit: 0,
			accept_suspended: false,
		};
		assert_eq!(offer.held(), None);
		assert_eq!(Offer { price_per_unit: 1, units: 3, ..offer }.held(), Some(1));
	}

	#[test]
	fn the_first_bid_meets_the_reserve_and_the_next_beats_it() {
		let mut english = English {
			title: 0,
			reserve: 100,
			increment: Permill::from_percent(2),
			ends: 0,
			soft_close: 0,
			best: None,
		};
		assert_eq!(english.least_bid(), Some(100));
		let bid = |amount| Some(BestBid { bidder: 1u64, amount, accept_suspended: false });
		english.best = bid(100);
		assert_eq!(english.least_bid(), Some(102));
		english.best = bid(Balance::MAX);
		assert_eq!(english.least_bid(), None);
	}
}
