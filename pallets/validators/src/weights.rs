//! Weights: the trait, and round figures for tests. Those of the chain are measured and live in
//! the runtime.

use frame_support::weights::Weight;

/// What the calls and hooks cost. `v`: seats; `o`: offenders of one report.
pub trait WeightInfo {
	/// See [`crate::Pallet::register`].
	fn register() -> Weight;
	/// See [`crate::Pallet::bond_extra`].
	fn bond_extra() -> Weight;
	/// See [`crate::Pallet::admit`].
	fn admit(v: u32) -> Weight;
	/// See [`crate::Pallet::remove`].
	fn remove(v: u32) -> Weight;
	/// See [`crate::Pallet::leave`].
	fn leave(v: u32) -> Weight;
	/// See [`crate::Pallet::withdraw`]. Includes the purge of session keys.
	fn withdraw() -> Weight;
	/// Slashing the offenders of one report.
	fn on_offence(o: u32) -> Weight;
	/// Counting silence, opening a session and planning the next. pallet-session books a full
	/// block for it; measured to know that it fits.
	fn session_change(v: u32) -> Weight;
}

impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(50_000_000, 5_000)
	}
	fn bond_extra() -> Weight {
		Weight::from_parts(40_000_000, 5_000)
	}
	fn admit(v: u32) -> Weight {
		per_item(v)
	}
	fn remove(v: u32) -> Weight {
		per_item(v)
	}
	fn leave(v: u32) -> Weight {
		per_item(v)
	}
	fn withdraw() -> Weight {
		Weight::from_parts(80_000_000, 10_000)
	}
	fn on_offence(o: u32) -> Weight {
		per_item(o)
	}
	fn session_change(v: u32) -> Weight {
		per_item(v)
	}
}

fn per_item(items: u32) -> Weight {
	Weight::from_parts(50_000_000, 5_000)
		.saturating_add(Weight::from_parts(20_000_000, 5_000).saturating_mul(items.into()))
}
