//! One file per behaviour.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod claiming;
mod days;
mod ending;
mod funding;
mod invariants;
mod sharing;
mod staking;
mod state_machine;
