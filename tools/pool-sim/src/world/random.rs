//! Noise that is the same for everyone: a function of the seed and of what it is noise of.

/// 64 bits that depend on every bit of `seed` and `parts`.
pub fn bits(seed: u64, parts: &[u64]) -> u64 {
	parts.iter().fold(scramble(seed), |state, part| scramble(state ^ scramble(*part)))
}

/// A number for a word.
pub fn word(text: &str) -> u64 {
	// FNV-1a, 64 bits.
	text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
		(hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
	})
}

/// A bell-shaped value with deviation `sigma`, at most 3.5 times that.
pub fn bell(seed: u64, parts: &[u64], sigma: i64) -> i64 {
	let state = bits(seed, parts);
	// Four uniform values in ±1 (here ±32768) have a deviation of 1.1547.
	let sum: i64 = (0..4).map(|i| ((state >> (16 * i)) & 0xffff) as i64 - 0x8000).sum();
	sum * sigma / 37_837
}

/// `length` hexadecimal digits.
pub fn hex(seed: u64, parts: &[u64], length: usize) -> String {
	let mut text = String::new();
	let mut counter = 0;
	while text.len() < length {
		let mut with_counter = parts.to_vec();
		with_counter.push(counter);
		text.push_str(&format!("{:016x}", bits(seed, &with_counter)));
		counter += 1;
	}
	text.truncate(length);
	text
}

/// The finaliser of SplitMix64.
fn scramble(value: u64) -> u64 {
	let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
	z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
	z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
	z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn noise_is_repeatable_and_centred() {
		assert_eq!(bell(1, &[2, 3], 10_000), bell(1, &[2, 3], 10_000));
		let values: Vec<i64> = (0..10_000).map(|i| bell(7, &[i], 10_000)).collect();
		let mean = values.iter().sum::<i64>() / 10_000;
		let deviation = (values.iter().map(|v| v * v).sum::<i64>() / 10_000).isqrt();
		assert!(mean.abs() < 300, "{mean}");
		assert!((9_500..10_500).contains(&deviation), "{deviation}");
		assert_eq!(hex(1, &[2], 40).len(), 40);
	}
}
