//! What a day owes, and how what arrived is divided among units without a loop.

use crate::{
	fixed::{shl, shr},
	mul_div, Rounding,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::{U256, U512};
use scale_info::TypeInfo;

/// A whole, in parts per million.
pub const MILLION: u32 = 1_000_000;
/// Days over which missing power must stand out from the noise of its measurement.
pub const NOISE_DAYS: u32 = 30;
/// 3·√30, times 10¹⁴, rounded down: three standard deviations of the sum of thirty days.
const NOISE_FACTOR: u64 = 1_643_167_672_515_498;
const NOISE_SCALE: u64 = 100_000_000_000_000;

/// An amount, or an amount a unit, with 128 fractional bits. Nothing is rounded but by [`Fine::part`].
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
pub struct Fine {
	/// Smallest units.
	pub whole: u128,
	/// 2⁻¹²⁸ of the smallest unit.
	pub fraction: u128,
}

impl Fine {
	/// Nothing.
	pub const ZERO: Self = Self { whole: 0, fraction: 0 };

	/// So many smallest units.
	pub const fn new(whole: u128) -> Self {
		Self { whole, fraction: 0 }
	}

	/// Less than one smallest unit.
	pub const fn of_fraction(fraction: u128) -> Self {
		Self { whole: 0, fraction }
	}

	/// Sum; `None` out of range.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		let (fraction, carried) = self.fraction.overflowing_add(other.fraction);
		let whole = self.whole.checked_add(other.whole)?.checked_add(carried.into())?;
		Some(Self { whole, fraction })
	}

	/// Difference; `None` below zero.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		let (fraction, borrowed) = self.fraction.overflowing_sub(other.fraction);
		let whole = self.whole.checked_sub(other.whole)?.checked_sub(borrowed.into())?;
		Some(Self { whole, fraction })
	}

	/// What so many units have of an amount a unit. Exact; `None` out of range.
	pub fn times(self, units: u128) -> Option<Self> {
		let low = U256::from(self.fraction).checked_mul(units.into())?;
		let whole = self.whole.checked_mul(units)?.checked_add(shr(low, 128).low_u128())?;
		Some(Self { whole, fraction: low.low_u128() })
	}

	/// What each of so many units has of an amount, rounded down to 2⁻¹²⁸, and what is left: less
	/// than 2⁻¹²⁸ for each unit. `None` for no units.
	pub fn part(self, units: u128) -> Option<(Self, Self)> {
		let (each, left) = self.wide()?.div_mod_checked(units.into())?;
		Some((Self::narrow(each)?, Self::narrow(left)?))
	}

	fn wide(self) -> Option<U256> {
		shl(self.whole.into(), 128).checked_add(self.fraction.into())
	}

	fn narrow(wide: U256) -> Option<Self> {
		let whole = u128::try_from(shr(wide, 128)).ok()?;
		Some(Self { whole, fraction: wide.low_u128() })
	}
}

trait DivMod: Sized {
	fn div_mod_checked(self, divisor: Self) -> Option<(Self, Self)>;
}

impl DivMod for U256 {
	fn div_mod_checked(self, divisor: Self) -> Option<(Self, Self)> {
		(!divisor.is_zero()).then(|| self.div_mod(divisor))
	}
}

/// What units have received a unit, day after day. A title that was not paid since the index stood
/// at `a` gets `units × (index − a)`, whatever happened in between and however many titles there
/// are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct DayIndex {
	/// Amount a unit, cumulated.
	pub index: Fine,
	/// What could not be divided yet. Less than one smallest unit.
	pub carry: Fine,
}

impl DayIndex {
	/// The index after `amount` more for `units`. Rounded down; what is left is carried, so that
	/// `Σ index step × units + carry` is exactly what was added. `None` for no units, out of range.
	pub fn add(self, amount: u128, units: u128) -> Option<Self> {
		let (step, carry) = Fine::new(amount).checked_add(self.carry)?.part(units)?;
		Some(Self { index: self.index.checked_add(step)?, carry })
	}

	/// As [`DayIndex::add`], but the step is at most `limit`; what is above it is carried too.
	pub fn add_within(self, amount: u128, units: u128, limit: Fine) -> Option<Self> {
		let all = Fine::new(amount).checked_add(self.carry)?;
		let step = all.part(units)?.0.min(limit);
		let carry = all.checked_sub(step.times(units)?)?;
		Some(Self { index: self.index.checked_add(step)?, carry })
	}
}

/// Step of the index of what was short: rounded down, nothing is carried, so that paying the short
/// amount always reaches the end of its day. `None` for no units.
pub fn short_step(short: u128, units: u128) -> Option<Fine> {
	Fine::new(short).part(units).map(|(step, _)| step)
}

/// Part of an award that falls to a right which lost `lost` of `total`: `amount · lost / total`,
/// rounded down. `None` for nothing lost in all, or more than all.
pub fn award_part(amount: u128, lost: Fine, total: u128) -> Option<u128> {
	if lost > Fine::new(total) {
		return None;
	}
	let product = U256::from(amount).full_mul(lost.wide()?);
	let scaled = product.checked_div(U512::from(total))?;
	u128::try_from(shr_512(scaled, 128)).ok()
}

#[allow(clippy::arithmetic_side_effects)] // A shift of U512 neither panics nor wraps.
fn shr_512(value: U512, bits: usize) -> U512 {
	value >> bits
}

/// What is left of `amount` when each of `parts` (parts per million) is kept by someone: rounded up
/// after each, never above `amount`. `None` if a part is above a million.
pub fn after_parts(amount: u128, parts: &[u32]) -> Option<u128> {
	parts.iter().try_fold(amount, |left, part| {
		mul_div(left, MILLION.checked_sub(*part)?.into(), MILLION.into(), Rounding::Up)
	})
}

/// The part of what a pool paid that `issued` of `measured` power earned: all of it, if no more
/// was measured than is issued; rounded up, never above `paid`.
pub fn issued_part(paid: u128, issued: u128, measured: u128) -> Option<u128> {
	if measured <= issued {
		return Some(paid);
	}
	mul_div(paid, issued, measured, Rounding::Up)
}

/// Whether `deficit`, the sum of issued less measured power over [`NOISE_DAYS`] days, is more than
/// 3·√30 standard deviations of one day: more than luck and the noise of counting shares explain.
/// `noise` is in parts per million of the power.
pub fn stands_out(deficit: i128, noise: u32, issued: u128) -> bool {
	let Ok(deficit) = u128::try_from(deficit) else { return false };
	let threshold = U256::from(issued)
		.checked_mul(U256::from(noise))
		.and_then(|product| product.checked_mul(U256::from(NOISE_FACTOR)))
		.and_then(|product| product.checked_div(U256::from(NOISE_SCALE)))
		.and_then(|product| product.checked_div(U256::from(MILLION)));
	threshold.is_some_and(|threshold| U256::from(deficit) > threshold)
}

#[cfg(test)]
mod tests;
