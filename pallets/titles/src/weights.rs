//! Weights of the calls. Measured ones live in the runtime; those here are for tests.

use frame_support::weights::Weight;

/// What the calls of this pallet weigh.
pub trait WeightInfo {
	/// `n`: parts.
	fn split(n: u32) -> Weight;
	/// `n`: titles.
	fn merge(n: u32) -> Weight;
}

impl WeightInfo for () {
	fn split(n: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(50_000_000, 5_000).saturating_mul(n.into()))
	}
	fn merge(n: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(60_000_000, 5_000).saturating_mul(n.into()))
	}
}
