//! One file per behaviour.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod choosing;
mod falling_back;
mod invariants;
mod paying;
mod state_machine;
