//! Pure money and unit arithmetic: no storage, no FRAME, no floats, no panics.
//!
//! Every result says which way it is rounded. What someone will be credited with, or what a
//! promise is believed to be worth, is rounded down; what someone owes is rounded up.
//!
//! | module | what it answers |
//! |---|---|
//! | [`decimal`] | decimal text, as services write it, as an integer at a fixed scale |
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

pub mod decimal;

pub use decimal::{parse_decimal, parse_si_decimal, DecimalError};
