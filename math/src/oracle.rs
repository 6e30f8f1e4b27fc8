//! Logarithm and exponential on big integers, for tests to compare with: plain series with 320
//! fractional bits, right to more than 280.

#![allow(clippy::arithmetic_side_effects)]

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, Zero};

/// Fractional bits.
pub const BITS: u64 = 320;

pub fn one() -> BigInt {
	BigInt::one() << BITS
}

/// A number with 64 fractional bits at the precision of the oracle.
pub fn of_fixed(value: crate::Fixed) -> BigInt {
	BigInt::from(value.to_bits()) << (BITS - 64)
}

pub fn mul(a: &BigInt, b: &BigInt) -> BigInt {
	(a * b) >> BITS
}

pub fn div(a: &BigInt, b: &BigInt) -> BigInt {
	(a << BITS) / b
}

/// 2 · artanh((m − 1)/(m + 1)) for 1 ≤ m ≤ 2.
fn ln_of_mantissa(m: &BigInt) -> BigInt {
	let z = div(&(m - one()), &(m + one()));
	let square = mul(&z, &z);
	let (mut power, mut sum, mut divisor) = (z, BigInt::zero(), 1);
	while !power.is_zero() {
		sum += &power / divisor;
		power = mul(&power, &square);
		divisor += 2;
	}
	sum * 2
}

/// ln x for x > 0.
pub fn ln(x: &BigInt) -> BigInt {
	let magnitude: BigUint = x.to_biguint().unwrap();
	let doublings = i64::try_from(magnitude.bits()).unwrap() - 1 - i64::try_from(BITS).unwrap();
	let mantissa = if doublings >= 0 { x >> doublings } else { x << -doublings };
	ln_of_mantissa(&mantissa) + ln_of_mantissa(&(one() * 2)) * doublings
}

/// eˣ.
pub fn exp(x: &BigInt) -> BigInt {
	let reduced = x.abs() >> 16;
	let (mut term, mut sum, mut divisor) = (one(), BigInt::zero(), 1);
	while !term.is_zero() {
		sum += &term;
		term = mul(&term, &reduced) / divisor;
		divisor += 1;
	}
	for _ in 0..16 {
		sum = mul(&sum, &sum);
	}
	if x.is_negative() {
		div(&one(), &sum)
	} else {
		sum
	}
}
