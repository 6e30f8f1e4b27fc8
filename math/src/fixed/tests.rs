#![allow(clippy::arithmetic_side_effects)]

use super::*;
use crate::oracle;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use proptest::prelude::*;

fn fixed(billionths: i64) -> Fixed {
	Fixed::from_billionths(billionths)
}

/// 2^-`bits` at the precision of the oracle.
fn step(bits: u64) -> BigInt {
	BigInt::from(1) << (oracle::BITS - bits)
}

#[test]
fn the_oracle_knows_e_and_ln_2() {
	let billionths = |x: BigInt| (x * 1_000_000_000_000_000_000u64) >> oracle::BITS;
	assert_eq!(billionths(oracle::exp(&oracle::one())), 2_718_281_828_459_045_235u64.into());
	assert_eq!(billionths(oracle::ln(&(oracle::one() * 2))), 693_147_180_559_945_309u64.into());
	assert_eq!(billionths(oracle::exp(&-oracle::one())), 367_879_441_171_442_321u64.into());
}

#[test]
fn billionths_go_in_and_out() {
	assert_eq!(fixed(1_000_000_000), Fixed::ONE);
	assert_eq!(fixed(-1_500_000_000).to_bits(), -(3 << 63));
	assert_eq!(fixed(-1_500_000_000).to_billionths(), Some(-1_500_000_000));
	assert_eq!(Fixed::from_bits(-1).to_billionths(), Some(-1));
	assert_eq!(Fixed::from_bits(1).to_billionths(), Some(0));
	assert_eq!(Fixed::from_bits(i128::MAX).to_billionths(), None);
	assert_eq!(fixed(i64::MIN).to_bits() >> 64, -9_223_372_037);
}

#[test]
fn products_and_quotients_are_rounded_towards_zero() {
	let least = Fixed::from_bits(1);
	assert_eq!(least.checked_mul(fixed(-500_000_000)), Some(Fixed::ZERO));
	assert_eq!(
		fixed(-1_500_000_000).checked_mul(fixed(2_000_000_000)),
		Some(fixed(-3_000_000_000))
	);
	assert_eq!(
		fixed(-3_000_000_000).checked_div(fixed(-2_000_000_000)),
		Some(fixed(1_500_000_000))
	);
	assert_eq!(Fixed::from_bits(-7).checked_part(2), Some(Fixed::from_bits(-3)));
	assert_eq!(Fixed::ONE.checked_div(Fixed::ZERO), None);
	assert_eq!(Fixed::ONE.checked_part(0), None);
	assert_eq!(Fixed::from_bits(i128::MAX).checked_mul(fixed(2_000_000_000)), None);
	assert_eq!(Fixed::from_bits(i128::MAX).checked_div(fixed(1)), None);
}

#[test]
fn powers_and_roots() {
	assert_eq!(fixed(1_500_000_000).checked_pow(0), Some(Fixed::ONE));
	assert_eq!(fixed(1_500_000_000).checked_pow(1), Some(fixed(1_500_000_000)));
	assert_eq!(fixed(1_500_000_000).checked_pow(5), Some(fixed(7_593_750_000)));
	assert_eq!(fixed(970_000_000).checked_pow(u32::MAX), Some(Fixed::ZERO));
	assert_eq!(fixed(2_000_000_000).checked_pow(63), None);
	assert_eq!(fixed(2_250_000_000).sqrt_up(), Some(fixed(1_500_000_000)));
	assert_eq!(Fixed::from_bits(1).sqrt_up(), Some(Fixed::from_bits(1 << 32)));
	assert_eq!(Fixed::ZERO.sqrt_up(), Some(Fixed::ZERO));
	assert_eq!(Fixed::from_bits(-1).sqrt_up(), None);
	let root = fixed(2_000_000_000).sqrt_up().unwrap();
	assert!(root.checked_mul(root).unwrap() >= fixed(2_000_000_000));
}

#[test]
fn within_clamps_on_both_sides() {
	assert_eq!(fixed(5).within(fixed(3)), fixed(3));
	assert_eq!(fixed(-5).within(fixed(3)), fixed(-3));
	assert_eq!(fixed(2).within(fixed(3)), fixed(2));
}

#[test]
fn logarithms_at_the_ends() {
	assert_eq!(Fixed::ln(0), None);
	assert_eq!(Fixed::ln(1), Some(Fixed::ZERO));
	assert_eq!(Fixed::ln(2).unwrap().to_billionths(), Some(693_147_180));
	assert_eq!(Fixed::ln(u128::MAX).unwrap().to_billionths(), Some(88_722_839_111));
	assert_eq!(Fixed::ONE.ln_up(), Some(Fixed::ZERO));
	assert_eq!(fixed(999_999_999).ln_up(), None);
	assert_eq!(fixed(-1).ln_up(), None);
	assert_eq!(fixed(1_200_000_000).ln_up().unwrap().to_billionths(), Some(182_321_556));
}

#[test]
fn exponentials_at_the_ends() {
	assert_eq!(Fixed::ZERO.exp(), Some(Fixed::ONE));
	assert_eq!(Fixed::ONE.exp().unwrap().to_billionths(), Some(2_718_281_828));
	assert_eq!(fixed(-1_000_000_000).exp().unwrap().to_billionths(), Some(367_879_441));
	assert!(fixed(43_600_000_000).exp().is_some());
	assert_eq!(fixed(43_700_000_000).exp(), None);
	assert_eq!(fixed(i64::MAX).exp(), None);
	assert_eq!(Fixed::from_bits(i128::MAX).exp(), None);
	assert_eq!(fixed(-50_000_000_000).exp(), Some(Fixed::ZERO));
	assert_eq!(Fixed::from_bits(i128::MIN).exp(), Some(Fixed::ZERO));
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(500))]

	#[test]
	fn ln_is_below_the_true_value_by_less_than_two_to_the_minus_63(
		value in 1u128..,
		shift in 0u32..128,
	) {
		let value = (value >> shift).max(1);
		let exact = oracle::ln(&(BigInt::from(value) << oracle::BITS));
		let error = exact - oracle::of_fixed(Fixed::ln(value).unwrap());
		prop_assert!(error >= BigInt::zero() - step(300) && error < step(63));
	}

	#[test]
	fn ln_up_is_above_the_true_value_by_at_most_two_to_the_minus_63(
		bits in (1i128 << 64)..,
		shift in 0u32..64,
	) {
		let value = Fixed::from_bits((bits >> shift).max(1 << 64));
		let exact = oracle::ln(&oracle::of_fixed(value));
		let error = oracle::of_fixed(value.ln_up().unwrap()) - exact;
		prop_assert!(error >= BigInt::zero() - step(300) && error <= step(63));
	}

	#[test]
	fn exp_is_below_the_true_value_by_less_than_two_to_the_minus_63_of_it(
		bits in (-(60i128 << 64))..(43i128 << 64),
		shift in 0u32..64,
	) {
		let x = Fixed::from_bits(bits >> shift);
		let exact = oracle::exp(&oracle::of_fixed(x));
		let error = &exact - oracle::of_fixed(x.exp().unwrap());
		let unit = exact.max(oracle::one());
		prop_assert!(error >= BigInt::zero() - step(200));
		prop_assert!(error < unit >> 63u32);
	}

	#[test]
	fn products_agree_with_big_integers(a in any::<i128>(), b in any::<i128>(), cut in 0u32..127) {
		let (a, b) = (Fixed::from_bits(a >> cut), Fixed::from_bits(b >> (127 - cut)));
		let exact = BigInt::from(a.to_bits()) * BigInt::from(b.to_bits());
		let sign = if exact.is_negative() { -1 } else { 1 };
		let expected = (exact.abs() >> 64u32) * sign;
		match a.checked_mul(b) {
			Some(product) => prop_assert_eq!(BigInt::from(product.to_bits()), expected),
			None => prop_assert!(expected.abs() > BigInt::from(i128::MAX)),
		}
	}
}
