//! Weights of the calls. Measured ones live in the runtime; those here are for tests.

use frame_support::weights::Weight;

/// What the calls of this pallet weigh.
pub trait WeightInfo {
	/// Weight of the call with this name.
	fn register_provider() -> Weight;
	/// Weight of the call with this name; `n`: claims.
	fn register_farm(n: u32) -> Weight;
	/// Weight of the call with this name.
	fn submit_lot() -> Weight;
	/// Weight of the call with this name.
	fn conclude_audit() -> Weight;
	/// Weight of the call with this name.
	fn activate() -> Weight;
	/// Weight of the call with this name, with the longest measuring window.
	fn issue() -> Weight;
	/// Weight of the call with this name.
	fn mature() -> Weight;
	/// Weight of the call with this name.
	fn withdraw_lot() -> Weight;
	/// Weight of the call with this name.
	fn suspend() -> Weight;
	/// Weight of the call with this name.
	fn resume() -> Weight;
	/// Weight of the call with this name.
	fn terminate() -> Weight;
	/// Weight of the call with this name.
	fn stop_issue() -> Weight;
	/// Weight of the call with this name.
	fn allow_issue() -> Weight;
	/// Weight of the call with this name.
	fn set_free_power() -> Weight;
}

const ROUND: Weight = Weight::from_parts(100_000_000, 10_000);

impl WeightInfo for () {
	fn register_provider() -> Weight {
		ROUND
	}
	fn register_farm(n: u32) -> Weight {
		ROUND.saturating_add(Weight::from_parts(10_000_000, 3_000).saturating_mul(n.into()))
	}
	fn submit_lot() -> Weight {
		ROUND.saturating_mul(3)
	}
	fn conclude_audit() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn activate() -> Weight {
		ROUND.saturating_mul(5)
	}
	fn issue() -> Weight {
		ROUND.saturating_mul(8)
	}
	fn mature() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn withdraw_lot() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn suspend() -> Weight {
		ROUND
	}
	fn resume() -> Weight {
		ROUND
	}
	fn terminate() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn stop_issue() -> Weight {
		ROUND
	}
	fn allow_issue() -> Weight {
		ROUND
	}
	fn set_free_power() -> Weight {
		ROUND
	}
}
