//! Orders and quotes.

use super::{Amount, Expected};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use dmex_primitives::{AccountId, Day, Hash, Moment, SeriesId, TitleId};
use scale_info::TypeInfo;

#[cfg(feature = "std")]
use serde::Serialize;

/// A quote, or why the call would be refused. JSON: `{"value": …}` or
/// `{"refused": "market.OrderExpired"}`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub enum Quoted<T> {
	/// What the call would do now.
	Value(T),
	/// The error that it would answer.
	#[cfg_attr(feature = "std", serde(serialize_with = "crate::json::text"))]
	Refused(Vec<u8>),
}

/// What an order is about. Prices for a unit are in 10⁻⁹ of the stablecoin's smallest unit; units
/// are those that can still be traded.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(
	feature = "std",
	derive(Serialize),
	serde(rename_all = "camelCase", rename_all_fields = "camelCase")
)]
pub enum OrderTerms {
	/// A provider sells power that is not issued yet, outright.
	Sale {
		/// Least units of a purchase, except of the last ones.
		least_units: Amount,
		/// Paid for each unit and day as it is delivered.
		slice_per_unit: Amount,
		/// Paid for each unit at once.
		upfront_per_unit: Amount,
	},
	/// A provider sells power that is not issued yet, against a deposit.
	DepositSale {
		/// Least units of a purchase, except of the last ones.
		least_units: Amount,
		/// For each unit; comes back when the lot is over.
		deposit_per_unit: Amount,
	},
	/// An owner sells a title at a fixed price.
	Listing {
		/// The title.
		title: TitleId,
		/// Least units of a purchase, except of the last ones.
		least_units: Amount,
		/// The price.
		price_per_unit: Amount,
		/// Hash of the liens that it is sold with; without, it is sold only while it is clean.
		liens_hash: Option<Hash>,
	},
	/// Someone buys clean titles of the series.
	Offer {
		/// Least units of a trade, except of the last ones.
		least_units: Amount,
		/// The price.
		price_per_unit: Amount,
		/// Least slice for a day, or deposit, that stands behind a unit.
		least_backing_per_unit: Amount,
		/// Whether titles of a suspended lot are bought too.
		accept_suspended: bool,
	},
	/// An owner sells a whole title to the highest bidder.
	Auction {
		/// The title.
		title: TitleId,
		/// Least first bid, stablecoin units.
		reserve: Amount,
		/// Least next bid, stablecoin units; `None` if there cannot be one.
		least_bid: Option<Amount>,
		/// Best bid, stablecoin units.
		best_bid: Option<Amount>,
		/// Who bids it.
		bidder: Option<AccountId>,
		/// When it ends, milliseconds of chain time, unless a late bid moves the end.
		ends: Moment,
		/// Milliseconds that are left after any bid.
		soft_close: Moment,
	},
	/// An owner sells a title at a price that falls.
	Dutch {
		/// The title.
		title: TitleId,
		/// Least units of a purchase, except of the last ones.
		least_units: Amount,
		/// The price now.
		price_per_unit: Amount,
		/// The price at the start.
		start_per_unit: Amount,
		/// The price at the end.
		floor_per_unit: Amount,
		/// When it started, milliseconds of chain time.
		started: Moment,
		/// When it ends, milliseconds of chain time.
		ends: Moment,
	},
	/// An owner leases days of a title.
	Lease {
		/// The title.
		title: TitleId,
		/// Least units of a lease, except of the last ones.
		least_units: Amount,
		/// The price for a unit and day.
		price_per_unit_day: Amount,
		/// First day; those that are over are neither leased nor paid.
		first_day: Day,
		/// Last day, inclusive.
		last_day: Day,
	},
}

/// An order.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct OrderView {
	/// Its series.
	pub series: SeriesId,
	/// Its id inside the series.
	pub id: u32,
	/// Who placed it.
	pub maker: AccountId,
	/// Last day on which it can be taken; an auction ends at its own time.
	pub expires: Day,
	/// Part of the price that is the fee, parts per million.
	pub fee_ppm: u32,
	/// Units that can still be traded.
	pub units: Amount,
	/// Whether it can be taken: not expired, and the title is the maker's and free.
	pub open: bool,
	/// What it is about.
	pub terms: OrderTerms,
}

/// Orders of one kind.
#[derive(Clone, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct OrderSide {
	/// How many are open.
	pub count: u32,
	/// Their units together.
	pub units: Amount,
	/// The best of them, at most [`crate::MAX_ORDERS`]; equals in the order of their ids.
	pub orders: Vec<OrderView>,
}

/// The open orders of a series.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct OrderBook {
	/// The series.
	pub series: SeriesId,
	/// The day it is on chain.
	pub today: Day,
	/// Chain time, milliseconds: what a falling price is of.
	pub now: Moment,
	/// The lot is suspended: no sale, and who trades must say that it may be.
	pub suspended: bool,
	/// All orders were looked at: see [`crate::MAX_WALKED`].
	pub complete: bool,
	/// What providers sell, cheapest first.
	pub sales: OrderSide,
	/// What owners sell, cheapest first.
	pub listings: OrderSide,
	/// What is sought, dearest first.
	pub offers: OrderSide,
	/// Auctions to the highest bidder, those that end first.
	pub auctions: OrderSide,
	/// Falling prices, cheapest first.
	pub dutch: OrderSide,
	/// Days of titles, cheapest first.
	pub leases: OrderSide,
}

/// Orders of a series in the order of their ids.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct OrdersPage {
	/// The orders, those that cannot be taken included.
	pub orders: Vec<OrderView>,
	/// The id to go on from, if there are more.
	pub next: Option<u32>,
}

/// What a trade would do now. The call names `price` (or more) as its limit, `liens_hash`, and
/// `first_day` as `paid_until`.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct TradeQuote {
	/// Who placed the order.
	pub maker: AccountId,
	/// Title that is traded or cut; `None` in a primary sale.
	pub title: Option<TitleId>,
	/// Units traded.
	pub units: Amount,
	/// What the buyer pays in all, stablecoin units; of an auction the least next bid.
	pub price: Amount,
	/// Of this, the fee.
	pub fee: Amount,
	/// Of this, at once to the provider.
	pub upfront: Amount,
	/// The deposit behind the units: of a primary sale part of the price, else beside it.
	pub deposit: Amount,
	/// The slice for each day behind the units.
	pub slice_per_day: Amount,
	/// First day whose income comes with it.
	pub first_day: Day,
	/// Last day, inclusive.
	pub last_day: Day,
	/// How many of these days are over and not paid yet.
	pub unpaid_days: Day,
	/// Hash of the title's liens.
	pub liens_hash: Hash,
	/// No lien that has not ended, no short day that is not final.
	pub clean: bool,
	/// The lot is suspended.
	pub suspended: bool,
	/// What the days are expected to bring, liens not counted; `None` while there is no fresh fact
	/// of the network, and for a series that is a deal.
	pub expected: Option<Expected>,
}

/// What staking a title would come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct StakeQuote {
	/// First day that would count.
	pub from: Day,
	/// Units that would be staked.
	pub units: Amount,
	/// What would be put on hold, 10⁻¹² DMEX.
	pub deposit: Amount,
	/// Of a day, if stakes, weights and budget stay as they are and all is delivered, 10⁻¹² DMEX.
	pub expected_per_day: Amount,
}

/// What a withdrawal would cost, and when it could be accepted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
#[cfg_attr(feature = "std", derive(Serialize), serde(rename_all = "camelCase"))]
pub struct WithdrawalQuote {
	/// Put on hold. Smallest unit.
	pub amount: Amount,
	/// Of this, the fee.
	pub fee: Amount,
	/// DMEX put on hold while it is open. Smallest unit.
	pub deposit: Amount,
	/// Paid to the address.
	pub net: Amount,
	/// Most that the account could withdraw now: a least balance must stay.
	pub most: Amount,
	/// Earliest moment at which the rate lets it be accepted if nothing else is; `None` if never.
	pub earliest: Option<Moment>,
	/// First day on which it would refund itself.
	pub deadline: Day,
	/// Whether it would be taken now.
	pub possible: bool,
}
