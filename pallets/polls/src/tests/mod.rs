//! One file for each behaviour.
#![allow(clippy::arithmetic_side_effects)]

mod deciding;
mod freezing;
mod invariants;
mod machine;
mod opening;
mod tally;
mod voting;
