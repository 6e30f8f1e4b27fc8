//! One file per behaviour.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod auction;
mod deposits;
mod dutch;
mod lease;
mod listing;
mod offers;
mod orders;
mod primary;
mod sabotage;
mod scale;
mod scene;
mod state_machine;
mod streams;
