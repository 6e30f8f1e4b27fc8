//! Signed fixed point with 64 fractional bits, and its logarithm and exponential.
//!
//! The series are our own, on 256-bit integers with 112 fractional bits: decimals of 96 bits
//! (`rust_decimal`) would leave too few digits to bound the rounding in one direction, which is
//! what the callers need.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use primitive_types::U256;
use scale_info::TypeInfo;

/// A signed number in steps of 2⁻⁶⁴, about 5.4·10⁻²⁰; up to ±2⁶³.
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
pub struct Fixed(i128);

impl Fixed {
	/// 0.
	pub const ZERO: Self = Self(0);
	/// 1.
	pub const ONE: Self = Self(1 << 64);

	/// The number with this many steps of 2⁻⁶⁴.
	pub const fn from_bits(bits: i128) -> Self {
		Self(bits)
	}

	/// How many steps of 2⁻⁶⁴ it has.
	pub const fn to_bits(self) -> i128 {
		self.0
	}

	/// `billionths` / 10⁹, rounded towards zero.
	pub fn from_billionths(billionths: i64) -> Self {
		// 2⁶³ · 2⁶⁴ is the largest product, and the only one that is out of range.
		let scaled = i128::from(billionths).saturating_mul(Self::ONE.0);
		Self(scaled.checked_div(1_000_000_000).unwrap_or_default())
	}

	/// The number times 10⁹, rounded down.
	///
	/// Errors: `None` where it does not fit.
	pub fn to_billionths(self) -> Option<i64> {
		let scaled = self.0.checked_mul(1_000_000_000)?;
		i64::try_from(scaled.checked_div_euclid(Self::ONE.0)?).ok()
	}

	/// Sum; `None` out of range.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		self.0.checked_add(other.0).map(Self)
	}

	/// Difference; `None` out of range.
	pub fn checked_sub(self, other: Self) -> Option<Self> {
		self.0.checked_sub(other.0).map(Self)
	}

	/// Product, rounded towards zero; `None` out of range.
	pub fn checked_mul(self, other: Self) -> Option<Self> {
		let product =
			U256::from(self.0.unsigned_abs()).checked_mul(other.0.unsigned_abs().into())?;
		Self::signed(shr(product, 64), self.0.is_negative() != other.0.is_negative())
	}

	/// Quotient, rounded towards zero; `None` out of range or by zero.
	pub fn checked_div(self, other: Self) -> Option<Self> {
		let dividend = shl(self.0.unsigned_abs().into(), 64);
		let quotient = dividend.checked_div(other.0.unsigned_abs().into())?;
		Self::signed(quotient, self.0.is_negative() != other.0.is_negative())
	}

	/// Product with an integer; `None` out of range.
	pub fn checked_times(self, factor: u32) -> Option<Self> {
		self.0.checked_mul(factor.into()).map(Self)
	}

	/// Quotient by an integer, rounded towards zero; `None` by zero.
	pub fn checked_part(self, divisor: u32) -> Option<Self> {
		self.0.checked_div(divisor.into()).map(Self)
	}

	/// The nearest number that is neither below `-limit` nor above `limit`, which is not negative.
	pub fn within(self, limit: Self) -> Self {
		self.min(limit).max(Self(limit.0.saturating_neg()))
	}

	/// The number to the power of `exponent`, each product rounded towards zero; `None` out of
	/// range.
	pub fn checked_pow(self, exponent: u32) -> Option<Self> {
		let mut result = Self::ONE;
		for bit in (0..u32::BITS.saturating_sub(exponent.leading_zeros())).rev() {
			result = result.checked_mul(result)?;
			if exponent.checked_shr(bit)? & 1 == 1 {
				result = result.checked_mul(self)?;
			}
		}
		Some(result)
	}

	/// Square root, rounded up to the next step; `None` of a negative number.
	pub fn sqrt_up(self) -> Option<Self> {
		let square = shl(u128::try_from(self.0).ok()?.into(), 64);
		let root = square.integer_sqrt();
		let up = if root.checked_mul(root)? == square { U256::zero() } else { U256::one() };
		Self::signed(root.checked_add(up)?, false)
	}

	/// Natural logarithm of an integer, rounded down; `None` of zero.
	///
	/// Below the true value by less than 2⁻⁶³.
	pub fn ln(value: u128) -> Option<Self> {
		Self::signed(shr(ln_down(value, 0)?, 48), false)
	}

	/// Natural logarithm of the number, rounded up.
	///
	/// Above the true value by at most 2⁻⁶³. `None` below one.
	pub fn ln_up(self) -> Option<Self> {
		if self == Self::ONE {
			return Some(Self::ZERO);
		}
		let lower = ln_down(u128::try_from(self.0).ok()?, 64)?;
		Self::signed(shr(lower.checked_add(LN_ERROR)?.checked_add(LOW_48)?, 48), false)
	}

	/// e to the power of the number, rounded down; `None` from about 43.6 on, where it does not fit.
	///
	/// Below the true value by less than 2⁻⁶³ of it, or less than 2⁻⁶³ if that is more.
	pub fn exp(self) -> Option<Self> {
		let x = shl(self.0.unsigned_abs().into(), 48);
		let power = if self.0.is_negative() { exp_neg_down(x)? } else { exp_down(x)? };
		Self::signed(shr(power, 48), false)
	}

	fn signed(magnitude: U256, negative: bool) -> Option<Self> {
		let magnitude = i128::try_from(magnitude).ok()?;
		Some(Self(if negative { magnitude.checked_neg()? } else { magnitude }))
	}
}

/// 1 with 112 fractional bits: the precision of the series. All that follow are in this scale, not
/// negative, and below 2¹⁶, so that a product of two fits 256 bits.
pub(crate) const ONE: U256 = U256([0, 1 << 48, 0, 0]);
const ALMOST_ONE: U256 = U256([u64::MAX, (1 << 48) - 1, 0, 0]);
const LOW_48: U256 = U256([(1 << 48) - 1, 0, 0, 0]);
/// ln 2, rounded down.
const LN_2_DOWN: U256 = U256([0x79ab_c9e3_b398_03f2, 0x0000_b172_17f7_d1cf, 0, 0]);
/// ln 2, rounded up.
const LN_2_UP: U256 = U256([0x79ab_c9e3_b398_03f3, 0x0000_b172_17f7_d1cf, 0, 0]);
/// More than the steps that [`ln_down`] may lose: two a term of its series twice over, and one a
/// doubling.
const LN_ERROR: U256 = U256([512, 0, 0, 0]);
/// More than the steps that [`exp_series`] may lose.
const EXP_ERROR: U256 = U256([64, 0, 0, 0]);

/// `value` · 2^`bits`; bits beyond the 256th are lost, which callers stay clear of.
#[allow(clippy::arithmetic_side_effects)] // A shift of U256 neither panics nor wraps.
pub(crate) fn shl(value: U256, bits: usize) -> U256 {
	value << bits
}

/// `value` / 2^`bits`, rounded down.
#[allow(clippy::arithmetic_side_effects)] // A shift of U256 neither panics nor wraps.
pub(crate) fn shr(value: U256, bits: usize) -> U256 {
	value >> bits
}

/// Product, rounded down.
pub(crate) fn mul_down(a: U256, b: U256) -> Option<U256> {
	Some(shr(a.checked_mul(b)?, 112))
}

/// Product, rounded up.
pub(crate) fn mul_up(a: U256, b: U256) -> Option<U256> {
	Some(shr(a.checked_mul(b)?.checked_add(ALMOST_ONE)?, 112))
}

/// ln(`value` / 2^`exponent`), not above the true value and less than [`LN_ERROR`] below it;
/// `None` below zero.
///
/// With value = 2^n · m, 1 ≤ m < 2: n · ln 2 + 2 · (z + z³/3 + z⁵/5 + …), z = (m − 1)/(m + 1).
fn ln_down(value: u128, exponent: u32) -> Option<U256> {
	let doublings = value.checked_ilog2()?;
	let m = shr(shl(value.into(), 112), usize::try_from(doublings).ok()?);
	let z = shl(m.checked_sub(ONE)?, 112).checked_div(m.checked_add(ONE)?)?;
	let square = mul_down(z, z)?;
	let mut power = z;
	let mut sum = U256::zero();
	// z ≤ 1/3: a term is less than a ninth of the one before, and the 36th is below 2⁻¹¹².
	for divisor in (1u32..80).step_by(2) {
		sum = sum.checked_add(power.checked_div(divisor.into())?)?;
		power = mul_down(power, square)?;
	}
	let whole = LN_2_DOWN.checked_mul(doublings.checked_sub(exponent)?.into())?;
	sum.checked_mul(2.into())?.checked_add(whole)
}

/// (eˣ − 1)/x = 1 + x/2! + x²/3! + … for x ≤ 1, not above the true value and less than
/// [`EXP_ERROR`] below it.
pub(crate) fn exp_series(x: U256) -> Option<U256> {
	let mut term = ONE;
	let mut sum = ONE;
	// 1/32! is below 2⁻¹¹².
	for divisor in 2u32..34 {
		term = mul_down(term, x)?.checked_div(divisor.into())?;
		sum = sum.checked_add(term)?;
	}
	Some(sum)
}

/// x = n · ln 2 + r: n, and r rounded down, and r rounded up.
fn reduce(x: U256) -> Option<(usize, U256, U256)> {
	let doublings = x.checked_div(LN_2_UP)?;
	let lower = x.checked_sub(doublings.checked_mul(LN_2_UP)?)?;
	let upper = x.checked_sub(doublings.checked_mul(LN_2_DOWN)?)?;
	Some((usize::try_from(doublings).ok()?, lower, upper))
}

/// eˣ, not above the true value; `None` where it does not fit.
fn exp_down(x: U256) -> Option<U256> {
	let (doublings, r, _) = reduce(x)?;
	if doublings > 64 {
		return None;
	}
	let power = ONE.checked_add(mul_down(r, exp_series(r)?)?)?;
	Some(shl(power, doublings))
}

/// e⁻ˣ, not above the true value.
pub(crate) fn exp_neg_down(x: U256) -> Option<U256> {
	if x.is_zero() {
		return Some(ONE);
	}
	let (halvings, _, r) = reduce(x)?;
	let power = ONE.checked_add(mul_up(r, exp_series(r)?.checked_add(EXP_ERROR)?)?)?;
	Some(shr(shl(ONE, 112).checked_div(power)?, halvings))
}

/// e⁻ˣ, not below the true value.
pub(crate) fn exp_neg_up(x: U256) -> Option<U256> {
	let (halvings, r, _) = reduce(x)?;
	let power = ONE.checked_add(mul_down(r, exp_series(r)?)?)?;
	let inverse = shl(ONE, 112).checked_div(power)?.checked_add(U256::one())?;
	shr(inverse, halvings).checked_add(U256::one())
}

#[cfg(test)]
mod tests;
