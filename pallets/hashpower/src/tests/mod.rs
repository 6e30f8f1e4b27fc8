//! One file per behaviour.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod audit;
mod ceiling;
mod invariants;
mod issue;
mod issue_to;
mod life;
mod register;
mod state_machine;
mod stop;
mod submit;
mod views;
