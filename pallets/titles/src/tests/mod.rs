//! One file per behaviour.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod deposits;
mod invariants;
mod issue;
mod lock;
mod merge;
mod provenance;
mod split;
mod state_machine;
mod transfer;
mod weights;
