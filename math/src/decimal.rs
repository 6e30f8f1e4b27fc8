//! Decimal text as an integer at a fixed scale.
//!
//! Services write numbers as they like: `64090.00`, `1.014e+21`, `85.4T`. The text is kept as text
//! until it gets here, and no float is ever made of it, so that all readers of one text hold the
//! same integer.

/// Longest text that is looked at, in bytes. Longer than any honest number: 39 digits of a `u128`,
/// a point, twenty decimals more, an exponent.
pub const MAX_DECIMAL_LENGTH: usize = 80;

/// Largest exponent that is looked at, either sign, and largest scale.
const MAX_EXPONENT: i32 = 999;

/// Why a text is not a number we take.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DecimalError {
	/// Nothing is there.
	Empty,
	/// More than [`MAX_DECIMAL_LENGTH`] bytes.
	TooLong,
	/// A minus sign, before a zero too: no quantity that we read has one.
	Negative,
	/// Neither a decimal nor one with an exponent: words (`NaN`, `inf`), spaces, group separators,
	/// a point without digits on both sides, a unit.
	Malformed,
	/// An exponent (or scale) beyond ±999.
	Exponent,
	/// Does not fit 128 bits at the scale.
	Overflow,
}

/// The number in `text`, times 10^`scale`, rounded down: digits beyond the scale are cut off.
///
/// Takes `[+]digits[.digits][(e|E)[+|-]digits]`, which is JSON's number without its minus sign,
/// with leading zeros and a leading plus allowed besides.
///
/// ```
/// # use dmex_math::parse_decimal;
/// assert_eq!(parse_decimal("0.00012345", 8), Ok(12_345));
/// assert_eq!(parse_decimal("1.014e+21", 0), Ok(1_014_000_000_000_000_000_000));
/// assert_eq!(parse_decimal("0.999", 2), Ok(99));
/// ```
///
/// Errors: see [`DecimalError`].
pub fn parse_decimal(text: &str, scale: u32) -> Result<u128, DecimalError> {
	if text.is_empty() {
		return Err(DecimalError::Empty);
	}
	if text.len() > MAX_DECIMAL_LENGTH {
		return Err(DecimalError::TooLong);
	}
	if text.starts_with('-') {
		return Err(DecimalError::Negative);
	}
	let scale = i32::try_from(scale).map_err(|_| DecimalError::Exponent)?;
	if scale > MAX_EXPONENT {
		return Err(DecimalError::Exponent);
	}
	let unsigned = text.strip_prefix('+').unwrap_or(text);
	let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
		Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
		None => (unsigned, 0),
	};
	let (whole, fraction) = match mantissa.split_once('.') {
		Some((whole, fraction)) => (digits(whole)?, digits(fraction)?),
		None => (digits(mantissa)?, ""),
	};

	// So many of the mantissa's digits stand before the point of the result.
	let taken = i32::try_from(whole.len())
		.ok()
		.and_then(|length| length.checked_add(exponent)?.checked_add(scale))
		.ok_or(DecimalError::Exponent)?;
	let taken = usize::try_from(taken).unwrap_or(0);
	let present = whole.len().saturating_add(fraction.len());

	let mut value = 0u128;
	for digit in whole.bytes().chain(fraction.bytes()).take(taken) {
		let digit = u128::from(digit.saturating_sub(b'0'));
		value = value
			.checked_mul(10)
			.and_then(|shifted| shifted.checked_add(digit))
			.ok_or(DecimalError::Overflow)?;
	}
	if value == 0 {
		return Ok(0);
	}
	let missing = u32::try_from(taken.saturating_sub(present)).unwrap_or(u32::MAX);
	10u128
		.checked_pow(missing)
		.and_then(|factor| value.checked_mul(factor))
		.ok_or(DecimalError::Overflow)
}

/// As [`parse_decimal`], with an optional SI prefix right behind the number: `K` (or `k`), `M`,
/// `G`, `T`, `P`, `E` or `Z` for 10³ to 10²¹. Rounded down after the prefix is applied.
///
/// An `E` is a prefix only if nothing follows it; `1E3` is an exponent.
///
/// ```
/// # use dmex_math::parse_si_decimal;
/// assert_eq!(parse_si_decimal("85.4T", 0), Ok(85_400_000_000_000));
/// ```
///
/// Errors: see [`DecimalError`].
pub fn parse_si_decimal(text: &str, scale: u32) -> Result<u128, DecimalError> {
	let power = match text.chars().next_back() {
		Some('K' | 'k') => 3,
		Some('M') => 6,
		Some('G') => 9,
		Some('T') => 12,
		Some('P') => 15,
		Some('E') => 18,
		Some('Z') => 21,
		_ => return parse_decimal(text, scale),
	};
	let mut number = text.chars();
	number.next_back();
	let number = number.as_str();
	if number.is_empty() {
		return Err(DecimalError::Malformed);
	}
	parse_decimal(number, scale.checked_add(power).ok_or(DecimalError::Exponent)?)
}

/// The text if it is one or more digits.
fn digits(text: &str) -> Result<&str, DecimalError> {
	if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
		Ok(text)
	} else {
		Err(DecimalError::Malformed)
	}
}

fn parse_exponent(text: &str) -> Result<i32, DecimalError> {
	let (negative, magnitude) = match text.strip_prefix('-') {
		Some(rest) => (true, rest),
		None => (false, text.strip_prefix('+').unwrap_or(text)),
	};
	// Well-formed, so a failure to parse can only be too many digits.
	let value: i32 = digits(magnitude)?.parse().map_err(|_| DecimalError::Exponent)?;
	if value > MAX_EXPONENT {
		return Err(DecimalError::Exponent);
	}
	Ok(if negative { value.saturating_neg() } else { value })
}

#[cfg(test)]
mod tests;
