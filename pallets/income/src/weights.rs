//! Weights of the calls and of what happens by itself. Measured ones live in the runtime; those
//! here are for tests.

use frame_support::weights::Weight;

/// What the calls of this pallet weigh, and what it does by itself.
pub trait WeightInfo {
	/// A visit of a lot: four days closed, two told over, hooks of the other parts included.
	fn visit() -> Weight;
	/// Taking what arrived into a book: for callers of `Remit`.
	fn remit() -> Weight;
	/// Making up by hand.
	fn make_up() -> Weight;
	/// Looking at a title that is not paid.
	fn look() -> Weight;
	/// Paying a title with a full page of awards, and `n` pots of its liens.
	fn pay(n: u32) -> Weight;
	/// Weight of the call with this name.
	fn claim_owed() -> Weight;
	/// Weight of the call with this name.
	fn take_provider_part() -> Weight;
}

const ROUND: Weight = Weight::from_parts(100_000_000, 10_000);

impl WeightInfo for () {
	fn visit() -> Weight {
		ROUND.saturating_mul(5)
	}
	fn remit() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn make_up() -> Weight {
		ROUND.saturating_mul(4)
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
}
