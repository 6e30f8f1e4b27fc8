//! Addresses that the coins' own checks accept, with keys that nobody has.

const CHARSET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// A pay-to-witness-key-hash address (BIP 173) of a 20-byte hash.
pub fn segwit(hash: &[u8; 20]) -> String {
	let mut data = vec![0];
	data.extend(five_bits(hash));
	let mut checked: Vec<u8> = vec![3, 3, 0, 2, 3];
	checked.extend(&data);
	checked.extend([0; 6]);
	let sum = bech32_polymod(&checked) ^ 1;
	data.extend((0..6).map(|i| (sum >> (5 * (5 - i)) & 31) as u8));
	format!("bc1{}", text(&data))
}

/// A CashAddr pay-to-key-hash address of a 20-byte hash.
/// Source: <https://reference.cash/protocol/blockchain/encoding/cashaddr>.
pub fn cash(hash: &[u8; 20]) -> String {
	let mut payload = vec![0];
	payload.extend(hash);
	let mut data = five_bits(&payload);
	let mut checked: Vec<u8> = b"bitcoincash".iter().map(|byte| byte & 31).collect();
	checked.push(0);
	checked.extend(&data);
	checked.extend([0; 8]);
	let sum = cash_polymod(&checked);
	data.extend((0..8).map(|i| (sum >> (5 * (7 - i)) & 31) as u8));
	format!("bitcoincash:{}", text(&data))
}

/// A Filecoin address of protocol 1 (the hash of a secp256k1 key).
/// Source: <https://spec.filecoin.io/appendix/address/>.
pub fn filecoin(hash: &[u8; 20]) -> String {
	const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
	let mut checked = vec![1];
	checked.extend(hash);
	let mut payload = hash.to_vec();
	payload.extend(blake2b_4(&checked));
	let digits = five_bits(&payload);
	let text: String = digits.iter().map(|digit| char::from(BASE32[usize::from(*digit)])).collect();
	format!("f1{text}")
}

/// BLAKE2b (RFC 7693) of at most 128 bytes, four bytes long.
fn blake2b_4(input: &[u8]) -> [u8; 4] {
	const IV: [u64; 8] = [
		0x6a09_e667_f3bc_c908,
		0xbb67_ae85_84ca_a73b,
		0x3c6e_f372_fe94_f82b,
		0xa54f_f53a_5f1d_36f1,
		0x510e_527f_ade6_82d1,
		0x9b05_688c_2b3e_6c1f,
		0x1f83_d9ab_fb41_bd6b,
		0x5be0_cd19_137e_2179,
	];
	const SIGMA: [[usize; 16]; 10] = [
		[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
		[14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
		[11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
		[7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
		[9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
		[2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
		[12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
		[13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
		[6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
		[10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
	];
	let mut block = [0; 128];
	block[..input.len()].copy_from_slice(input);
	let word = |i: usize| u64::from_le_bytes(std::array::from_fn(|j| block[8 * i + j]));
	let mut hash = IV;
	hash[0] ^= 0x0101_0000 ^ 4;
	let mut v: [u64; 16] = std::array::from_fn(|i| if i < 8 { hash[i] } else { IV[i - 8] });
	v[12] ^= input.len() as u64;
	v[14] = !v[14];
	let mut mix = |[a, b, c, d]: [usize; 4], x: u64, y: u64| {
		v[a] = v[a].wrapping_add(v[b]).wrapping_add(x);
		v[d] = (v[d] ^ v[a]).rotate_right(32);
		v[c] = v[c].wrapping_add(v[d]);
		v[b] = (v[b] ^ v[c]).rotate_right(24);
		v[a] = v[a].wrapping_add(v[b]).wrapping_add(y);
		v[d] = (v[d] ^ v[a]).rotate_right(16);
		v[c] = v[c].wrapping_add(v[d]);
		v[b] = (v[b] ^ v[c]).rotate_right(63);
	};
	for round in 0..12 {
		let order = SIGMA[round % 10];
		for i in 0..4 {
			mix([i, i + 4, i + 8, i + 12], word(order[2 * i]), word(order[2 * i + 1]));
		}
		for i in 0..4 {
			let lanes = [i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4];
			mix(lanes, word(order[2 * i + 8]), word(order[2 * i + 9]));
		}
	}
	((hash[0] ^ v[0] ^ v[8]) as u32).to_le_bytes()
}

fn text(data: &[u8]) -> String {
	data.iter().map(|value| char::from(CHARSET[usize::from(*value)])).collect()
}

fn five_bits(bytes: &[u8]) -> Vec<u8> {
	let bits: Vec<u8> =
		bytes.iter().flat_map(|byte| (0..8).rev().map(move |i| byte >> i & 1)).collect();
	bits.chunks(5)
		.map(|chunk| (0..5).fold(0, |value, i| value << 1 | chunk.get(i).copied().unwrap_or(0)))
		.collect()
}

fn bech32_polymod(values: &[u8]) -> u32 {
	const GENERATORS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
	values.iter().fold(1, |sum, value| {
		let top = sum >> 25;
		let next = (sum & 0x01ff_ffff) << 5 ^ u32::from(*value);
		(0..5).filter(|i| top >> i & 1 == 1).fold(next, |next, i| next ^ GENERATORS[i])
	})
}

fn cash_polymod(values: &[u8]) -> u64 {
	const GENERATORS: [u64; 5] =
		[0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470];
	1 ^ values.iter().fold(1, |sum, value| {
		let top = sum >> 35;
		let next = (sum & 0x07_ffff_ffff) << 5 ^ u64::from(*value);
		(0..5).filter(|i| top >> i & 1 == 1).fold(next, |next, i| next ^ GENERATORS[i])
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn addresses_match_published_vectors() {
		let hash = hex::decode("751e76e8199196d454941c45d1b3a323f1433bd6").unwrap();
		// BIP 173.
		assert_eq!(segwit(&hash.try_into().unwrap()), "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
		let hash = hex::decode("f5bf48b397dae70be82b3cca4793f8eb2b6cdac9").unwrap();
		// Test vectors of the CashAddr specification.
		assert_eq!(
			cash(&hash.try_into().unwrap()),
			"bitcoincash:qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekg2"
		);
		// The address appendix of Filecoin's specification.
		let hash = hex::decode("fd1d0f4dfcd7e99afcb99a8326b7dc459d32c628").unwrap();
		assert_eq!(
			filecoin(&hash.try_into().unwrap()),
			"f17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy"
		);
	}
}
