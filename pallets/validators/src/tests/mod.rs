#![allow(clippy::arithmetic_side_effects)]

mod joining;
mod leaving;
mod machine;
mod offences;
mod sabotage;
mod sessions;
mod silence;
