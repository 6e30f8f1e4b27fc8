//! One file for each behaviour.
#![allow(clippy::arithmetic_side_effects)]

mod change;
mod clock;
mod genesis;
mod invariants;
