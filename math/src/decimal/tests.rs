#![allow(clippy::arithmetic_side_effects)]

use super::*;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};
use proptest::prelude::*;

#[test]
fn takes_the_forms_that_services_write() {
	for (text, scale, value) in [
		("0", 0, 0),
		("0.0", 8, 0),
		("+7", 0, 7),
		("007", 0, 7),
		("64090.00", 12, 64_090_000_000_000_000),
		("67187.3358", 12, 67_187_335_800_000_000),
		("3.125", 8, 312_500_000),
		("4.815e-7", 8, 48),
		("1e-8", 8, 1),
		("1E2", 0, 100),
		("1.014e+21", 0, 1_014_000_000_000_000_000_000),
		("12.5e-1", 0, 1),
		("0e999", 0, 0),
		("1e-999", 12, 0),
		("0.000000000000000000000000000000000000000000001e45", 0, 1),
		("340282366920938463463374607431768211455", 0, u128::MAX),
		("3.40282366920938463463374607431768211455e38", 0, u128::MAX),
		("34028236692093846346337460743176821145.5", 1, u128::MAX),
	] {
		assert_eq!(parse_decimal(text, scale), Ok(value), "{text} at {scale}");
	}
}

#[test]
fn digits_beyond_the_scale_are_cut_off() {
	assert_eq!(parse_decimal("0.999999999", 8), Ok(99_999_999));
	assert_eq!(parse_decimal("1.99", 0), Ok(1));
	assert_eq!(parse_decimal("19e-1", 0), Ok(1));
	assert_eq!(parse_decimal("0.0000000099", 8), Ok(0));
}

#[test]
fn prefixes_multiply() {
	for (text, scale, value) in [
		("85.4T", 0, 85_400_000_000_000),
		("1.23K", 0, 1_230),
		("1.23k", 0, 1_230),
		("7M", 0, 7_000_000),
		("7G", 0, 7_000_000_000),
		("1.5P", 0, 1_500_000_000_000_000),
		("2E", 0, 2_000_000_000_000_000_000),
		("1.0009Z", 0, 1_000_900_000_000_000_000_000),
		("0.0019K", 0, 1),
		("12", 0, 12),
		("1E3", 0, 1_000),
		("1e3K", 0, 1_000_000),
		("1.5K", 2, 150_000),
	] {
		assert_eq!(parse_si_decimal(text, scale), Ok(value), "{text} at {scale}");
	}
}

#[test]
fn refuses_what_is_not_a_quantity() {
	use DecimalError::*;
	for (text, error) in [
		("", Empty),
		("-1", Negative),
		("-0", Negative),
		("-", Negative),
		("NaN", Malformed),
		("nan", Malformed),
		("inf", Malformed),
		("Infinity", Malformed),
		("null", Malformed),
		("+", Malformed),
		("+-1", Malformed),
		(".", Malformed),
		(".5", Malformed),
		("5.", Malformed),
		("1.2.3", Malformed),
		("1,000", Malformed),
		("1_000", Malformed),
		(" 1", Malformed),
		("1 ", Malformed),
		("1\n", Malformed),
		("0x10", Malformed),
		("e5", Malformed),
		("1e", Malformed),
		("1e+", Malformed),
		("1e1.5", Malformed),
		("1e5e5", Malformed),
		("85.4T", Malformed),
		("85.4 TH/s", Malformed),
		("１", Malformed),
		("٣", Malformed),
		("1e1000", Exponent),
		("1e-1000", Exponent),
		("1e99999999999999999999", Exponent),
		("340282366920938463463374607431768211456", Overflow),
		("1e39", Overflow),
		("1e999", Overflow),
	] {
		assert_eq!(parse_decimal(text, 0), Err(error), "{text:?}");
	}
	for (text, error) in [
		("T", Malformed),
		("1TT", Malformed),
		("1 T", Malformed),
		("1eE", Malformed),
		("1t", Malformed),
		("1Y", Malformed),
		("-1T", Negative),
		("1TH/s", Malformed),
		("1000000000000000000Z", Overflow),
	] {
		assert_eq!(parse_si_decimal(text, 0), Err(error), "{text:?}");
	}
	assert_eq!(parse_decimal(&"0".repeat(MAX_DECIMAL_LENGTH), 0), Ok(0));
	assert_eq!(parse_decimal(&"0".repeat(MAX_DECIMAL_LENGTH + 1), 0), Err(TooLong));
	assert_eq!(parse_decimal("0.1", 1_000), Err(Exponent));
	assert_eq!(parse_decimal("0.1", u32::MAX), Err(Exponent));
	assert_eq!(parse_si_decimal("0.1T", u32::MAX), Err(Exponent));
}

/// What the text says, exactly, times 10^scale, rounded down.
fn exact(whole: &str, fraction: &str, exponent: i32, scale: u32) -> BigInt {
	let digits: BigInt = format!("{whole}{fraction}").parse().unwrap();
	let shift = exponent + scale as i32 - fraction.len() as i32;
	let ten = BigRational::from_integer(BigInt::from(10));
	let value = BigRational::from_integer(digits) * ten.pow(shift);
	assert!(!value.is_negative());
	value.floor().to_integer()
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(2_000))]

	#[test]
	fn agrees_with_exact_rationals(
		whole in "[0-9]{1,30}",
		fraction in "[0-9]{0,30}",
		exponent in -60i32..60,
		plus in any::<bool>(),
		upper in any::<bool>(),
		scale in 0u32..30,
	) {
		let point = if fraction.is_empty() { "" } else { "." };
		let e = if upper { "E" } else { "e" };
		let sign = if plus && exponent >= 0 { "+" } else { "" };
		let text = format!("{whole}{point}{fraction}{e}{sign}{exponent}");
		let expected = exact(&whole, &fraction, exponent, scale);
		match expected.to_u128() {
			Some(value) => prop_assert_eq!(parse_decimal(&text, scale), Ok(value)),
			None => prop_assert_eq!(parse_decimal(&text, scale), Err(DecimalError::Overflow)),
		}
	}

	#[test]
	fn any_text_is_answered(text in "\\PC{0,90}", scale in any::<u32>()) {
		let _ = parse_decimal(&text, scale);
		let _ = parse_si_decimal(&text, scale);
	}

	#[test]
	fn integers_are_read_back(value in any::<u128>()) {
		prop_assert_eq!(parse_decimal(&value.to_string(), 0), Ok(value));
	}
}
