//! Groups of five bits, as the texts have them, and bytes.

use crate::Malformed;
use alloc::vec::Vec;

/// Values of the letters of `text` in `alphabet`.
pub(crate) fn digits(alphabet: &[u8; 32], text: &str) -> Result<Vec<u8>, Malformed> {
	text.bytes()
		.map(|letter| {
			let at = alphabet.iter().position(|known| *known == letter);
			at.and_then(|at| u8::try_from(at).ok()).ok_or(Malformed::Character)
		})
		.collect()
}

/// Bytes of groups of five bits, the first highest. What is left is less than a group and zero,
/// else the text has a second spelling.
pub(crate) fn bytes(digits: &[u8]) -> Result<Vec<u8>, Malformed> {
	let mut bytes = Vec::with_capacity(digits.len());
	let (mut pending, mut bits) = (0u16, 0u16);
	for digit in digits {
		pending = (pending << 5 | u16::from(*digit)) & 0x0fff;
		bits = bits.saturating_add(5);
		if bits >= 8 {
			bits = bits.saturating_sub(8);
			let byte = pending.checked_shr(bits.into()).unwrap_or_default() & 0xff;
			bytes.push(u8::try_from(byte).map_err(|_| Malformed::Character)?);
		}
	}
	let rest = 1u16.checked_shl(bits.into()).unwrap_or_default().saturating_sub(1);
	if bits >= 5 || pending & rest != 0 {
		return Err(Malformed::Character);
	}
	Ok(bytes)
}
