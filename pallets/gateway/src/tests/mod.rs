//! What the gateway does, one file a behaviour.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod addresses;
mod custodians;
mod days;
mod deposits;
mod faucet;
mod gates;
mod invariants;
mod limits;
mod power;
mod readiness;
mod state_machine;
mod withdrawals;
