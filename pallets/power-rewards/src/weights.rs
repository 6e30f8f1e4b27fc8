//! Weights of the calls and hooks. Measured ones live in the runtime; those here are for tests.

use frame_support::weights::Weight;

/// What the calls and hooks of this pallet weigh.
pub trait WeightInfo {
	/// Weight of `stake`.
	fn stake() -> Weight;
	/// Weight of `unstake`.
	fn unstake() -> Weight;
	/// `n`: stakes.
	fn claim(n: u32) -> Weight;
	/// Weight of `fund`.
	fn fund() -> Weight;
	/// Weight of `set_daily_budget`.
	fn set_daily_budget() -> Weight;
	/// Weight of `set_coin_weight`.
	fn set_coin_weight() -> Weight;
	/// `n`: days that begin, at most 32.
	fn open_days(n: u32) -> Weight;
	/// Weight of taking in that a lot's day is closed. Whoever closes it accounts for it.
	fn on_day_closed() -> Weight;
}

impl WeightInfo for () {
	fn stake() -> Weight {
		Weight::from_parts(250_000_000, 40_000)
	}
	fn unstake() -> Weight {
		Weight::from_parts(250_000_000, 40_000)
	}
	fn claim(n: u32) -> Weight {
		Weight::from_parts(50_000_000, 10_000)
			.saturating_add(Weight::from_parts(150_000_000, 20_000).saturating_mul(n.into()))
	}
	fn fund() -> Weight {
		Weight::from_parts(100_000_000, 10_000)
	}
	fn set_daily_budget() -> Weight {
		Weight::from_parts(30_000_000, 5_000)
	}
	fn set_coin_weight() -> Weight {
		Weight::from_parts(30_000_000, 5_000)
	}
	fn open_days(n: u32) -> Weight {
		Weight::from_parts(20_000_000, 5_000)
			.saturating_add(Weight::from_parts(80_000_000, 15_000).saturating_mul(n.into()))
	}
	fn on_day_closed() -> Weight {
		Weight::from_parts(150_000_000, 30_000)
	}
}
