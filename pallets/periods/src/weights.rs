//! What the calls cost. Generated figures live in the runtime.

use frame_support::weights::Weight;

/// Weight of each call.
pub trait WeightInfo {
	/// Weight of `set_length`.
	fn set_length() -> Weight;
}

/// Round figures for tests.
impl WeightInfo for () {
	fn set_length() -> Weight {
		Weight::from_parts(20_000_000, 4_000)
	}
}
