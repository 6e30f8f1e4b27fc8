//! The whole chain without a node: blocks with inherents and transactions, time jumps, storylines.
#![allow(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod governance;
mod harness;
mod history;
mod metadata;
mod oracle;
mod safety;
mod storylines;
mod views;
