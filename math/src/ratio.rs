//! A product of two numbers by a third, without overflow on the way.

use primitive_types::U256;

/// Which way a result that is not whole is rounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rounding {
	/// Towards zero: for what someone receives.
	Down,
	/// Away from zero: for what someone owes.
	Up,
}

/// `a · b / c`, without overflow on the way. `None` if `c` is zero or the result does not fit.
pub fn mul_div(a: u128, b: u128, c: u128, rounding: Rounding) -> Option<u128> {
	// Two factors of 128 bits fit into 256.
	let product = U256::from(a).checked_mul(U256::from(b))?;
	let divisor = U256::from(c);
	let quotient = product.checked_div(divisor)?;
	let exact = quotient.checked_mul(divisor)? == product;
	let result = match rounding {
		Rounding::Up if !exact => quotient.checked_add(U256::one())?,
		_ => quotient,
	};
	u128::try_from(result).ok()
}
