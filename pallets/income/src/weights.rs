//! Weights of the calls and of what happens by itself. Measured ones live in the runtime; those
//! here are for tests.

use frame_support::weights::Weight;

/// What the calls of this pallet weigh, and what it does by itself.
pub trait WeightInfo {
	/// A visit of a lot: four days closed, 64 passed or made up, two told over, hooks of the other
	/// parts included.
	fn visit() -> Weight;
	/// Taking what arrived into a book: for callers of `Remit`.
	fn remit() -> Weight;
	/// Making up `d` days by hand.
	fn make_up(d: u32) -> Weight;
	/// Finding a title and looking at it, if it is not paid.
	fn look() -> Weight;
	/// Looking at a title and paying it, and `n` pots of its liens, each with a full page of awards
	/// and with other units on every day of a quarter of a year.
	fn pay(n: u32) -> Weight;
	/// Weight of the call with this name.
	fn claim_owed() -> Weight;
	/// Weight of the call with this name.
	fn take_provider_part() -> Weight;
	/// What is read and written before and after the visits and payments of a block.
	fn begin_work() -> Weight;
}

const ROUND: Weight = Weight::from_parts(100_000_000, 10_000);

impl WeightInfo for () {
	fn visit() -> Weight {
		ROUND.saturating_mul(5)
	}
	fn remit() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn make_up(d: u32) -> Weight {
		ROUND
			.saturating_mul(3)
			.saturating_add(Weight::from_parts(20_000_000, 300).saturating_mul(d.into()))
	}
	fn look() -> Weight {
		Weight::from_parts(40_000_000, 10_000)
	}
	fn pay(n: u32) -> Weight {
		ROUND.saturating_add(ROUND.saturating_mul(n.into()))
	}
	fn claim_owed() -> Weight {
		ROUND
	}
	fn take_provider_part() -> Weight {
		ROUND
	}
	fn begin_work() -> Weight {
		Weight::from_parts(20_000_000, 5_000)
	}
}
