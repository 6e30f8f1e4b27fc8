//! Weights of the calls. Measured ones live in the runtime; those here are for tests.

use frame_support::weights::Weight;

/// What the calls of this pallet weigh.
pub trait WeightInfo {
	/// A provider opens a sale.
	fn open_sale() -> Weight;
	/// Units are issued to a buyer.
	fn buy_primary() -> Weight;
	/// A provider claims.
	fn claim_slices() -> Weight;
	/// A refused refund is tried again.
	fn retry_refund() -> Weight;
	/// A deposit comes back.
	fn return_deposit() -> Weight;
	/// A title is listed.
	fn list() -> Weight;
	/// A part of a listed title, or of one at a falling price, is bought; `p`: pots that may be drawn.
	fn buy(p: u32) -> Weight;
	/// An offer is made.
	fn make_offer() -> Weight;
	/// A part of a title is sold to an offer; `p`: pots that may be drawn.
	fn accept_offer(p: u32) -> Weight;
	/// An English auction of a part of a title is opened; `p`: pots that may be drawn.
	fn open_auction(p: u32) -> Weight;
	/// A bid beats another.
	fn bid() -> Weight;
	/// An auction with a bid is settled; `p`: pots that may be drawn.
	fn settle_auction(p: u32) -> Weight;
	/// A Dutch auction of a part of a title is opened; `p`: pots that may be drawn.
	fn open_dutch(p: u32) -> Weight;
	/// A lease is offered.
	fn offer_lease() -> Weight;
	/// A part of a title is leased; `p`: pots that may be drawn.
	fn take_lease(p: u32) -> Weight;
	/// An order is closed.
	fn close_order() -> Weight;
	/// The fee is set.
	fn set_trade_fee() -> Weight;
	/// A day with streams closes short (hook).
	fn on_day_closed() -> Weight;
	/// The time to make a day up is over and it is refunded (hook).
	fn on_make_up_over() -> Weight;
}

/// Generous round figures: 100 µs and 10 kB for each unit of effort.
fn effort(units: u64) -> Weight {
	Weight::from_parts(100_000_000, 10_000).saturating_mul(units)
}

impl WeightInfo for () {
	fn open_sale() -> Weight {
		effort(1)
	}
	fn buy_primary() -> Weight {
		effort(6)
	}
	fn claim_slices() -> Weight {
		effort(2)
	}
	fn retry_refund() -> Weight {
		effort(3)
	}
	fn return_deposit() -> Weight {
		effort(2)
	}
	fn list() -> Weight {
		effort(1)
	}
	fn buy(p: u32) -> Weight {
		effort(u64::from(p).saturating_add(8))
	}
	fn make_offer() -> Weight {
		effort(1)
	}
	fn accept_offer(p: u32) -> Weight {
		effort(u64::from(p).saturating_add(8))
	}
	fn open_auction(p: u32) -> Weight {
		effort(u64::from(p).saturating_add(4))
	}
	fn bid() -> Weight {
		effort(2)
	}
	fn settle_auction(p: u32) -> Weight {
		effort(u64::from(p).saturating_add(6))
	}
	fn open_dutch(p: u32) -> Weight {
		effort(u64::from(p).saturating_add(4))
	}
	fn offer_lease() -> Weight {
		effort(1)
	}
	fn take_lease(p: u32) -> Weight {
		effort(u64::from(p).saturating_add(6))
	}
	fn close_order() -> Weight {
		effort(2)
	}
	fn set_trade_fee() -> Weight {
		effort(1)
	}
	fn on_day_closed() -> Weight {
		effort(1)
	}
	fn on_make_up_over() -> Weight {
		effort(3)
	}
}
