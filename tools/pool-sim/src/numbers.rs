//! How services write numbers.

use serde_json::Value;

/// A JSON number with exactly these characters.
pub fn literal(text: &str) -> Value {
	serde_json::from_str(text).expect("the text is a number")
}

/// `amount / 10^decimals` with all its decimals: `0.00122090`.
pub fn fixed(amount: u128, decimals: u32) -> String {
	if decimals == 0 {
		return amount.to_string();
	}
	let one = 10u128.pow(decimals);
	format!("{}.{:0width$}", amount / one, amount % one, width = decimals as usize)
}

/// The same without trailing zeros: `0.0012209`, `3`.
pub fn trimmed(amount: u128, decimals: u32) -> String {
	let text = fixed(amount, decimals);
	match text.contains('.') {
		true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
		false => text,
	}
}

/// As encoders of Go and JavaScript write a float: no trailing zeros, and an exponent where the
/// value is below 10⁻⁶ (Go pads the exponent to two digits) or from 10²¹ on.
pub fn float(amount: u128, decimals: u32, go: bool) -> Value {
	let digits = amount.to_string();
	let significant = digits.trim_end_matches('0');
	let exponent = digits.len() as i64 - 1 - i64::from(decimals);
	if amount == 0 || (-6..21).contains(&exponent) {
		return literal(&trimmed(amount, decimals));
	}
	let (head, tail) = significant.split_at(1);
	let point = if tail.is_empty() { "" } else { "." };
	let (sign, size) = (if exponent < 0 { '-' } else { '+' }, exponent.unsigned_abs());
	let width = if go { 2 } else { 1 };
	literal(&format!("{head}{point}{tail}e{sign}{size:0width$}"))
}

/// As Python writes a float: at least one decimal.
pub fn python_float(amount: u128, decimals: u32) -> Value {
	let text = trimmed(amount, decimals);
	literal(&if text.contains('.') { text } else { format!("{text}.0") })
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn decimals_are_written_as_the_services_do() {
		assert_eq!(fixed(122_090, 8), "0.00122090");
		assert_eq!(trimmed(122_090, 8), "0.0012209");
		assert_eq!(trimmed(300_000_000, 8), "3");
		assert_eq!(float(122_090, 8, true).to_string(), "0.0012209");
		assert_eq!(float(50, 8, true).to_string(), "5e-07");
		assert_eq!(float(51, 8, false).to_string(), "5.1e-7");
		assert_eq!(float(100, 8, true).to_string(), "0.000001");
		assert_eq!(
			float(885_411_665_725_113_000_000, 0, false).to_string(),
			"885411665725113000000"
		);
		assert_eq!(float(1_014_000_000_000_000_000_000, 0, false).to_string(), "1.014e+21");
		assert_eq!(float(0, 8, true).to_string(), "0");
		assert_eq!(python_float(1_015_000_005, 1).to_string(), "101500000.5");
		assert_eq!(python_float(1_019_876_540, 1).to_string(), "101987654.0");
	}
}
