//! What the calls cost. Generated figures live in the runtime.

use frame_support::weights::Weight;

/// Weight of each call, and of opening a poll for those whose calls do it.
pub trait WeightInfo {
	/// Weight of `Polls::open`, the poll before on the same subject to be closed.
	fn open() -> Weight;
	/// Weight of `vote`.
	fn vote() -> Weight;
	/// Weight of `release`.
	fn release() -> Weight;
	/// Weight of `close`.
	fn close() -> Weight;
}

/// Round figures for tests.
impl WeightInfo for () {
	fn open() -> Weight {
		Weight::from_parts(60_000_000, 8_000)
	}
	fn vote() -> Weight {
		Weight::from_parts(80_000_000, 12_000)
	}
	fn release() -> Weight {
		Weight::from_parts(60_000_000, 8_000)
	}
	fn close() -> Weight {
		Weight::from_parts(40_000_000, 6_000)
	}
}
