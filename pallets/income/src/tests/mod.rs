//! One file a behaviour.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod awards;
mod closing;
mod invariants;
mod limits;
mod make_up;
mod paying;
mod pots;
mod rights;
mod scale;
mod state_machine;
mod titles;
mod vesting;
mod views;
