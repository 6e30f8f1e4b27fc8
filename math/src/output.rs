//! What power is expected to bring over many days while its network grows.

use crate::fixed::{exp_neg_down, exp_neg_up, exp_series, mul_down, mul_up, shl, Fixed, ONE};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::U256;
use scale_info::TypeInfo;

/// Days of a year.
pub const YEAR_DAYS: u32 = 365;
/// Longest term that is valued: ten years and a few days.
pub const MAX_DAYS: u32 = 3_660;
/// ln 101, rounded up: hundredfold growth on top of what is there, in a year.
const MAX_LOG_GROWTH: Fixed = Fixed::from_bits(85_133_947_043_496_865_679);

/// How fast a network grows, and with it the work for a coin: continuous rate a year,
/// k = ln(1 + growth a year). Neither negative nor above [`Growth::MAX`].
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Default,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Growth(Fixed);

impl Growth {
	/// A network that stands still.
	pub const NONE: Self = Self(Fixed::ZERO);
	/// The fastest growth that is valued: 10,000 % a year.
	pub const MAX: Self = Self(MAX_LOG_GROWTH);

	/// From the growth of a year, 0.2 for 20 %. The rate is rounded up, so that what is valued with
	/// it is rounded down. `None` if negative or above 100.
	pub fn per_year(growth: Fixed) -> Option<Self> {
		let rate = Fixed::ONE.checked_add(growth)?.ln_up()?;
		(rate <= MAX_LOG_GROWTH).then_some(Self(rate))
	}

	/// From a rate a day, as [`crate::filter::Filter`] estimates it. What is below zero counts as
	/// zero, what is above [`Growth::MAX`] as that.
	pub fn per_day(rate: Fixed) -> Self {
		let year = rate.max(Fixed::ZERO).checked_times(YEAR_DAYS).unwrap_or(MAX_LOG_GROWTH);
		Self(year.min(MAX_LOG_GROWTH))
	}

	/// k, a year.
	pub fn rate(self) -> Fixed {
		self.0
	}

	/// Growth in a year, 0.2 for 20 %, rounded down.
	pub fn annual(self) -> Fixed {
		self.0.exp().and_then(|factor| factor.checked_sub(Fixed::ONE)).unwrap_or_default()
	}
}

/// Halvings of the subsidy ahead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Halving {
	/// The part of the daily output that is subsidy and not fees.
	pub subsidy: u128,
	/// Day of the first halving, counted from the first day of the term; half from that day on.
	pub first: u32,
	/// Days from one halving to the next; zero if there is only the first.
	pub every: u32,
}

/// Why there is no expectation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutputError {
	/// More than [`MAX_DAYS`].
	TermTooLong,
	/// The subsidy is more than the output that it is a part of.
	SubsidyTooLarge,
	/// Does not fit 128 bits.
	Overflow,
}

/// Output expected over `days` of power that brings `per_day` today, in the units of `per_day`.
///
/// A network that grows by k = ln(1 + g) a year leaves of the output y₀ of a day y₀·e^(−kτ) after
/// τ years, and over the whole term y₀ · 365 · (1 − e^(−kτ))/k; y₀ · days at k = 0. With a halving
/// the subsidy's part counts half from its day on.
///
/// Rounded down, never up: below the exact value by at most 10⁻¹⁸ of it and one unit. Output is
/// linear in `per_day`, so who values little power multiplies first and divides afterwards.
///
/// The sum of daily steps (y₀·e^(−k·d/365) for each day d from 0) is larger by a factor of less
/// than 1 + k/365: the steps hold the yield of a day's beginning for all of it.
///
/// Errors: see [`OutputError`].
pub fn expected_output(
	per_day: u128,
	growth: Growth,
	days: u32,
	halving: Option<Halving>,
) -> Result<u128, OutputError> {
	if days > MAX_DAYS {
		return Err(OutputError::TermTooLong);
	}
	let halving = halving.unwrap_or(Halving { subsidy: 0, first: days, every: 0 });
	if halving.subsidy > per_day {
		return Err(OutputError::SubsidyTooLarge);
	}
	output(per_day, growth, days, halving).ok_or(OutputError::Overflow)
}

fn output(per_day: u128, growth: Growth, days: u32, halving: Halving) -> Option<u128> {
	let Halving { mut subsidy, first: mut next, every } = halving;
	let mut yield_now = U256::from(per_day);
	let mut start = 0u32;
	let mut total = U256::zero();
	// A subsidy of 128 bits is gone after 128 halvings: at most 129 rounds.
	loop {
		let end = if subsidy == 0 { days } else { next.min(days) };
		let weight = weight_between(growth, start, end)?;
		total = total.checked_add(yield_now.checked_mul(weight)?)?;
		if end >= days {
			break;
		}
		let left = subsidy.checked_div(2)?;
		yield_now = yield_now.checked_sub(subsidy.checked_sub(left)?.into())?;
		subsidy = left;
		start = end;
		next = if every == 0 { days } else { next.checked_add(every)? };
	}
	u128::try_from(total.checked_div(ONE)?).ok()
}

/// How many days of today's output the days `[start, end)` bring, rounded down.
fn weight_between(growth: Growth, start: u32, end: u32) -> Option<U256> {
	let weight = weight_of(growth, end.checked_sub(start)?)?;
	mul_down(weight, exp_neg_down(decay(growth, start)?)?)
}

/// How many days of today's output the next `days` bring, rounded down.
fn weight_of(growth: Growth, days: u32) -> Option<U256> {
	let x = decay(growth, days)?;
	if x < ONE {
		// (1 − e⁻ˣ)/x = s/(1 + x·s) with s = (eˣ − 1)/x: nothing cancels near zero. It rises with
		// s and falls with x, so that s rounded down and x rounded up give a lower bound.
		let series = exp_series(x)?;
		let divisor = ONE.checked_add(mul_up(x, series)?)?;
		return shl(series.checked_mul(days.into())?, 112).checked_div(divisor);
	}
	let gone = ONE.checked_sub(exp_neg_up(x)?)?;
	let rate = U256::from(growth.0.to_bits().unsigned_abs());
	shl(gone.checked_mul(YEAR_DAYS.into())?, 64).checked_div(rate)
}

/// k · days / 365, rounded up.
fn decay(growth: Growth, days: u32) -> Option<U256> {
	let product = shl(growth.0.to_bits().unsigned_abs().into(), 48).checked_mul(days.into())?;
	product.checked_add((YEAR_DAYS.checked_sub(1)?).into())?.checked_div(YEAR_DAYS.into())
}

#[cfg(test)]
mod tests;
