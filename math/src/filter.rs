//! How fast the work for a coin grows, from the readings of its network.
//!
//! An α-β filter follows the logarithm of the difficulty: a level, and a drift a day. Its gains
//! come from one constant, the memory θ: α = 1 − θ²ᵈ, β = (1 − θᵈ)² after d days, the fading-memory
//! form (Brookner, *Tracking and Kalman Filtering Made Easy*, 1998, §1.2.6). So readings may be a
//! day apart or two weeks, and old ones lose their weight with time and not with their number.

use crate::fixed::Fixed;
use crate::output::Growth;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Constants of a filter.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Constants {
	/// θ: weight that a reading keeps after a day; above 0 and below 1.
	pub memory: Fixed,
	/// Drift a day before the second reading.
	pub initial_drift: Fixed,
	/// Deviation of the drift before the second reading, a day.
	pub initial_deviation: Fixed,
	/// Least deviation of the drift that is handed out, a day: quiet readings prove little.
	pub least_deviation: Fixed,
	/// Most that one reading may differ from what was expected; more counts as this.
	pub max_surprise: Fixed,
	/// Largest drift a day, either sign.
	pub max_drift: Fixed,
}

impl Default for Constants {
	/// A memory of about a month; a start at ±11 % a year, not below ±7 % later; a difficulty moves
	/// fourfold at most from one reading to the next, and its drift by ±1 % a day.
	fn default() -> Self {
		Self {
			memory: Fixed::from_billionths(970_000_000),
			initial_drift: Fixed::ZERO,
			initial_deviation: Fixed::from_billionths(300_000),
			least_deviation: Fixed::from_billionths(200_000),
			max_surprise: Fixed::from_billionths(1_386_294_361),
			max_drift: Fixed::from_billionths(10_000_000),
		}
	}
}

impl Constants {
	/// Whether a filter works with them.
	pub fn are_sound(&self) -> bool {
		self.memory > Fixed::ZERO
			&& self.memory < Fixed::ONE
			&& self.max_drift > Fixed::ZERO
			&& self.max_drift <= Fixed::ONE
			&& self.max_surprise > Fixed::ZERO
			&& self.initial_drift.within(self.max_drift) == self.initial_drift
			&& self.initial_deviation >= Fixed::ZERO
			&& self.initial_deviation <= Fixed::ONE
			&& self.least_deviation >= Fixed::ZERO
			&& self.least_deviation <= Fixed::ONE
	}
}

/// The state of a filter.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Filter {
	/// Logarithm of the difficulty, smoothed.
	pub level: Fixed,
	/// Its growth a day; negative while a network shrinks.
	pub drift: Fixed,
	/// Standard deviation of the drift, a day.
	pub deviation: Fixed,
}

impl Filter {
	/// After the first reading, the logarithm of the difficulty.
	pub fn new(observation: Fixed, constants: &Constants) -> Self {
		Self {
			level: observation,
			drift: constants.initial_drift,
			deviation: constants.initial_deviation.max(constants.least_deviation),
		}
	}

	/// After one more reading, `days` after the last.
	///
	/// A reading that surprises by more than `max_surprise` counts as that surprise: one bad
	/// reading moves the estimate by a bounded amount, and a true jump is caught up with.
	///
	/// The variance of the drift follows what readings of this scatter do to it in the long run,
	/// 2β²/(d²·α·(4 − 2α − β)) of theirs (the steady state of the α-β filter), itself fading with
	/// the memory. The deviation is rounded up.
	///
	/// `None`, and the filter is to stay as it is, if `days` is zero or the constants are unsound.
	#[must_use]
	pub fn update(&self, observation: Fixed, days: u32, constants: &Constants) -> Option<Self> {
		if days == 0 || !constants.are_sound() {
			return None;
		}
		let kept = constants.memory.checked_pow(days)?;
		let fresh = Fixed::ONE.checked_sub(kept)?;
		let alpha = Fixed::ONE.checked_sub(kept.checked_mul(kept)?)?;
		let beta = fresh.checked_mul(fresh)?;

		let expected = self.level.checked_add(self.drift.checked_times(days)?)?;
		let surprise = observation.checked_sub(expected)?.within(constants.max_surprise);
		let level = expected.checked_add(alpha.checked_mul(surprise)?)?;
		let correction = beta.checked_mul(surprise)?.checked_part(days)?;
		let drift = self.drift.checked_add(correction)?.within(constants.max_drift);

		let four = Fixed::ONE.checked_times(4)?;
		let spread = four.checked_sub(alpha.checked_times(2)?)?.checked_sub(beta)?;
		let ratio = Fixed::ONE.checked_times(2)?.checked_div(alpha.checked_mul(spread)?)?;
		let sample = correction.checked_mul(correction)?.checked_mul(ratio)?;
		let old = self.deviation.checked_mul(self.deviation)?;
		let variance = old.checked_mul(kept)?.checked_add(sample.checked_mul(fresh)?)?;
		let deviation = variance.sqrt_up()?.max(constants.least_deviation);
		Some(Self { level, drift, deviation })
	}

	/// Growth to value with: the drift, never below zero.
	pub fn growth(&self) -> Growth {
		Growth::per_day(self.drift)
	}

	/// Growth to value with under stress: the drift and `z` times its deviation, never below zero.
	/// [`Growth::MAX`] where that is out of range.
	pub fn stress(&self, z: Fixed) -> Growth {
		let rate = z.checked_mul(self.deviation).and_then(|margin| self.drift.checked_add(margin));
		rate.map_or(Growth::MAX, Growth::per_day)
	}
}

#[cfg(test)]
mod tests;
