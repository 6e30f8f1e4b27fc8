//! What the calls cost. Generated figures live in the runtime.

use frame_support::weights::Weight;

/// Weight of each call.
pub trait WeightInfo {
	/// Weight of `register_coin`.
	fn register_coin() -> Weight;
	/// Weight of taking in a network's agreed state. Whoever agrees on it accounts for it.
	fn on_network_fact() -> Weight;
}

/// Round figures for tests.
impl WeightInfo for () {
	fn register_coin() -> Weight {
		Weight::from_parts(60_000_000, 8_000)
	}

	fn on_network_fact() -> Weight {
		Weight::from_parts(80_000_000, 12_000)
	}
}
