//! Pure money and unit arithmetic: no storage, no FRAME, no floats, no panics.
//!
//! Every result says which way it is rounded. What someone will be credited with, or what a
//! promise is believed to be worth, is rounded down; what someone owes is rounded up.
//!
//! | module | what it answers |
//! |---|---|
//! | [`days`] | what a day owes, and how what arrived is divided among units |
//! | [`decimal`] | decimal text, as services write it, as an integer at a fixed scale |
//! | [`fixed`] | signed fixed point, logarithm and exponential |
//! | [`yields`] | what power brings in a day |
//! | [`filter`] | how fast the work for a coin grows |
//! | [`output`] | what power is expected to bring over a term |
//! | [`gateway`] | how much may pass a gate, and what power arrived coins imply |
//! | [`mod@median`] | the middle of what many say |
//! | [`ratio`] | a part of a number, rounded as told |
//! | [`rewards`] | a budget of a day among weighted stakes, and an index with carry |
//! | [`trade`] | prices of units, shares of amounts, prices that fall with time |
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

pub mod days;
pub mod decimal;
pub mod filter;
pub mod fixed;
pub mod gateway;
pub mod median;
pub mod output;
pub mod ratio;
pub mod rewards;
pub mod trade;
pub mod yields;

pub use days::{DayIndex, Fine};
pub use decimal::{parse_decimal, parse_si_decimal, DecimalError};
pub use filter::{Constants, Filter};
pub use fixed::Fixed;
pub use gateway::{backed_supply, implied_power, Backing, Meter};
pub use median::{median, within_spread};
pub use output::{expected_output, Growth, Halving, OutputError};
pub use ratio::{mul_div, Rounding};
pub use rewards::{
	delivered_part, index_claim, index_step, reward_at_rate, reward_rate, REWARD_SCALE,
};
pub use trade::{
	divide, dutch_price, fee_of, least_raise, price_of, pro_rata, with_margin, UNIT_PRICE_SCALE,
};
pub use yields::{
	days_to_halving, expected_hashes, proof_of_work_per_day, subsidy, PowerShare, ShareYield,
	YieldError,
};

#[cfg(test)]
mod oracle;
