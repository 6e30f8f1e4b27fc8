//! The coins' own networks: blocks that come exactly on time, difficulty, rewards.

use super::{random, Coin};
use crate::clock::{Moment, DAY_SECONDS};

/// First moment of Filecoin's mainnet, unix seconds.
const FILECOIN_GENESIS: u64 = 1_598_306_400;
/// Seconds of a Filecoin epoch.
pub const EPOCH_SECONDS: u64 = 30;
/// Epochs after which a tipset is final.
pub const FINALITY: u64 = 900;
/// Power below which a Filecoin miner wins no block: 10 TiB.
pub const MINIMUM_POWER: u128 = 10 << 40;
/// Growth counts for at most so many years, so that a long run does not overflow.
const GROWTH_YEARS: f64 = 20.0;

/// A proof-of-work chain.
pub struct Chain {
	/// Its coin.
	pub coin: Coin,
	/// Seconds between blocks.
	pub spacing: u64,
	/// Blocks between two changes of difficulty.
	pub retarget: u64,
	/// Blocks between halvings.
	pub halving: u64,
	/// Subsidy before the first halving, smallest unit.
	first_subsidy: u128,
	/// Mean fees of a block, smallest unit.
	mean_fees: u128,
	/// Height at the start of the anchor day; a multiple of the blocks of a day.
	base_height: u64,
	/// Difficulty on the anchor day.
	difficulty: f64,
	/// Growth of the difficulty a year.
	growth: f64,
	seed: u64,
	anchor_day: u64,
}

impl Chain {
	/// The chain of `coin`; `None` for a coin without proof of work.
	pub fn new(coin: Coin, seed: u64, anchor_day: u64) -> Option<Self> {
		let chain = match coin {
			Coin::Btc => Self {
				coin,
				spacing: 600,
				retarget: 2_016,
				halving: 210_000,
				first_subsidy: 5_000_000_000,
				mean_fees: 2_000_000,
				base_height: 933_408,
				difficulty: 141_668_107_417_558.2,
				growth: 0.2,
				seed,
				anchor_day,
			},
			Coin::Bch => Self {
				coin,
				retarget: 1,
				mean_fees: 40_000,
				base_height: 933_408,
				difficulty: 763_004_012_345.6,
				growth: 0.1,
				..Self::new(Coin::Btc, seed, anchor_day)?
			},
			Coin::Ltc => Self {
				coin,
				spacing: 150,
				halving: 840_000,
				mean_fees: 1_500_000,
				base_height: 2_995_200,
				difficulty: 98_000_000.0,
				growth: 0.15,
				..Self::new(Coin::Btc, seed, anchor_day)?
			},
			Coin::Fil => return None,
		};
		Some(chain)
	}

	/// Height of the newest block at a moment.
	pub fn height(&self, at: Moment) -> u64 {
		let anchor = self.anchor_day * DAY_SECONDS;
		let seconds = at.seconds();
		match seconds.checked_sub(anchor) {
			Some(since) => self.base_height + since / self.spacing,
			None => self.base_height.saturating_sub((anchor - seconds).div_ceil(self.spacing)),
		}
	}

	/// When a block came, pool seconds.
	pub fn time(&self, height: u64) -> u64 {
		let anchor = self.anchor_day * DAY_SECONDS;
		match height.checked_sub(self.base_height) {
			Some(after) => anchor + after * self.spacing,
			None => anchor.saturating_sub((self.base_height - height) * self.spacing),
		}
	}

	/// Compact target of a block.
	pub fn bits(&self, height: u64) -> u32 {
		let period = height / self.retarget;
		let blocks = (period * self.retarget) as f64 - self.base_height as f64;
		let years = blocks * self.spacing as f64 / (365.0 * DAY_SECONDS as f64);
		let growth = (1.0 + self.growth).powf(years.clamp(-GROWTH_YEARS, GROWTH_YEARS));
		// A difficulty that is set once for two weeks moves by per cents, one that is set at each
		// block by tenths of a per cent.
		let sigma = if self.retarget == 1 { 3_000 } else { 15_000 };
		let tag = random::word(self.coin.symbol());
		let noise = random::bell(self.seed, &[tag, 1, period], sigma) as f64 / 1e6;
		compact(self.difficulty * growth * (1.0 + noise))
	}

	/// Subsidy of a block.
	pub fn subsidy(&self, height: u64) -> u128 {
		self.first_subsidy
			.checked_shr(u32::try_from(height / self.halving).unwrap_or(u32::MAX))
			.unwrap_or(0)
	}

	/// Fees of a block.
	pub fn fees(&self, height: u64) -> u128 {
		let tag = random::word(self.coin.symbol());
		scale(self.mean_fees, 1_000_000 + random::bell(self.seed, &[tag, 2, height], 120_000))
	}

	/// Mean fees of the `blocks` blocks that end with `height`.
	pub fn fees_mean(&self, height: u64, blocks: u64) -> u128 {
		let first = height.saturating_sub(blocks.saturating_sub(1));
		let count = u128::from(height - first + 1);
		(first..=height).map(|height| self.fees(height)).sum::<u128>() / count
	}

	/// Hash of a block: as long as a real one, with the height in its last digits.
	pub fn hash(&self, height: u64) -> String {
		let tag = random::word(self.coin.symbol());
		format!("{}{}{height:012x}", "0".repeat(20), random::hex(self.seed, &[tag, 3, height], 32))
	}

	/// Height of the block with this hash; `None` if there is none.
	pub fn height_of(&self, hash: &str) -> Option<u64> {
		let height = u64::from_str_radix(hash.get(52..)?, 16).ok()?;
		(self.hash(height) == hash).then_some(height)
	}

	/// What `power` (H/s) is expected to earn on a day, before the pool's fee.
	pub fn earned(&self, power: u128, day: u64) -> u128 {
		let height = self.height(Moment::start_of(day));
		let reward = self.subsidy(height) + self.fees_mean(height, DAY_SECONDS / self.spacing);
		power * u128::from(DAY_SECONDS) * reward / hashes(self.bits(height)).max(1)
	}
}

/// Filecoin.
pub struct Filecoin {
	/// Seed of its noise.
	pub seed: u64,
}

impl Filecoin {
	/// Epoch of a moment.
	pub fn epoch(&self, at: Moment) -> u64 {
		at.seconds().saturating_sub(FILECOIN_GENESIS) / EPOCH_SECONDS
	}

	/// First moment of an epoch.
	pub fn moment(&self, epoch: u64) -> Moment {
		Moment { ms: (FILECOIN_GENESIS + epoch * EPOCH_SECONDS) * 1_000 }
	}

	/// Quality-adjusted power of the network, bytes.
	pub fn total_power(&self, epoch: u64) -> u128 {
		let day = self.moment(epoch).day();
		let noise = random::bell(self.seed, &[random::word("FIL"), 1, day], 500);
		scale(23_000_000_000_000_000_000, 1_000_000 + noise) / 34_359_738_368 * 34_359_738_368
	}

	/// Reward of an epoch, attoFIL, all winners together.
	pub fn epoch_reward(&self, epoch: u64) -> u128 {
		let day = self.moment(epoch).day();
		let noise = random::bell(self.seed, &[random::word("FIL"), 2, day], 1_000);
		scale(30_123_456_789_012_345_678, 1_000_000 + noise)
	}

	/// Content id of a block of a tipset; the epoch can be read back from it.
	pub fn cid(&self, epoch: u64, index: u64) -> String {
		const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
		let mut text = String::from("bafy2bzace");
		for i in 0..39 {
			let digit = random::bits(self.seed, &[random::word("cid"), epoch, index, i]) % 32;
			text.push(char::from(BASE32[digit as usize]));
		}
		for i in (0..13).rev() {
			text.push(char::from(BASE32[(epoch >> (5 * i) & 31) as usize]));
		}
		text
	}

	/// Epoch of a content id; `None` if no block has it.
	pub fn epoch_of(&self, cid: &str) -> Option<u64> {
		let digits = cid.get(49..).filter(|digits| digits.len() == 13)?;
		let epoch = digits.bytes().try_fold(0u64, |epoch, byte| {
			let digit = match byte {
				b'a'..=b'z' => byte - b'a',
				b'2'..=b'7' => byte - b'2' + 26,
				_ => return None,
			};
			epoch.checked_mul(32)?.checked_add(u64::from(digit))
		})?;
		(0..5).any(|index| self.cid(epoch, index) == cid).then_some(epoch)
	}

	/// What `power` (bytes) is expected to earn on a day.
	pub fn earned(&self, power: u128, day: u64) -> u128 {
		if power < MINIMUM_POWER {
			return 0;
		}
		let epoch = self.epoch(Moment::start_of(day));
		let reward = self.epoch_reward(epoch) * u128::from(DAY_SECONDS / EPOCH_SECONDS);
		// In MiB, or the product would not fit.
		reward * (power >> 20) / (self.total_power(epoch) >> 20).max(1)
	}
}

/// `value × ppm / 10⁶`, rounded down; zero where `ppm` is negative.
pub fn scale(value: u128, ppm: i64) -> u128 {
	let ppm = u128::try_from(ppm).unwrap_or(0);
	// Divided first where the product might not fit: a millionth of such a value is noise.
	value.checked_mul(ppm).map_or(value / 1_000_000 * ppm, |product| product / 1_000_000)
}

/// The compact form of the target that a difficulty means.
pub fn compact(difficulty: f64) -> u32 {
	// The target of difficulty 1 is 0xffff × 2^208.
	let mut size = 29u32;
	let mut mantissa = 65_535.0 / difficulty.max(1e-9);
	while mantissa < 32_768.0 && size > 4 {
		mantissa *= 256.0;
		size -= 1;
	}
	while mantissa >= 8_388_608.0 {
		mantissa /= 256.0;
		size += 1;
	}
	size << 24 | (mantissa.round() as u32).min(0x007f_ffff)
}

/// The difficulty that a compact target means.
pub fn difficulty(bits: u32) -> f64 {
	let (size, mantissa) = (bits >> 24, bits & 0x007f_ffff);
	65_535.0 / f64::from(mantissa.max(1)) * 256f64.powi(29 - size as i32)
}

/// Hashes that a block takes on average, rounded down.
pub fn hashes(bits: u32) -> u128 {
	let (size, mantissa) = (bits >> 24, u128::from(bits & 0x007f_ffff).max(1));
	// 2^256 / (mantissa × 2^(8 × (size − 3)))
	let exponent = 280u32.saturating_sub(8 * size);
	match exponent {
		0..=127 => (1u128 << exponent) / mantissa,
		_ => ((1u128 << 127) / mantissa).checked_shl(exponent - 127).unwrap_or(u128::MAX),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const ANCHOR: u64 = 29_883_000;

	fn chain(coin: Coin) -> Chain {
		Chain::new(coin, 1, ANCHOR).unwrap()
	}

	#[test]
	fn compact_targets_agree_with_a_recorded_one() {
		assert_eq!(compact(141_668_107_417_558.25), 0x1701_fca1);
		assert_eq!(difficulty(0x1701_fca1).round(), 141_668_107_417_558.0);
		assert_eq!(hashes(0x1701_fca1), 608_469_172_747_385_646_103_909);
	}

	#[test]
	fn a_day_has_as_many_blocks_as_the_network_aims_at() {
		for (coin, blocks) in [(Coin::Btc, 144), (Coin::Bch, 144), (Coin::Ltc, 576)] {
			let chain = chain(coin);
			for day in [ANCHOR - 400, ANCHOR - 1, ANCHOR, ANCHOR + 1, ANCHOR + 1_000] {
				let start = chain.height(Moment::start_of(day));
				assert_eq!(chain.height(Moment::start_of(day + 1)), start + blocks);
				assert_eq!(start % blocks, 0, "a day starts at a multiple of its blocks");
				assert_eq!(chain.time(start), day * DAY_SECONDS);
			}
		}
	}

	#[test]
	fn difficulty_changes_only_at_retargets() {
		let btc = chain(Coin::Btc);
		assert_eq!(btc.bits(933_408), btc.bits(933_409));
		let changes =
			(933_408..933_408 + 4 * 2_016).filter(|h| btc.bits(*h) != btc.bits(h + 1)).count();
		assert_eq!(changes, 4);
		assert_ne!(chain(Coin::Bch).bits(933_408), chain(Coin::Bch).bits(933_409));
	}

	#[test]
	fn blocks_are_found_by_their_hash() {
		let btc = chain(Coin::Btc);
		let hash = btc.hash(933_500);
		assert_eq!(hash.len(), 64);
		assert_eq!(btc.height_of(&hash), Some(933_500));
		assert_eq!(btc.height_of(&"0".repeat(64)), None);
		assert_eq!(btc.height_of("00"), None);
		assert_eq!(chain(Coin::Bch).height_of(&hash), None);
	}

	#[test]
	fn rewards_halve() {
		let btc = chain(Coin::Btc);
		assert_eq!(btc.subsidy(933_408), 312_500_000);
		assert_eq!(btc.subsidy(1_050_000), 156_250_000);
		assert_eq!(btc.subsidy(u64::MAX), 0);
		assert_eq!(chain(Coin::Ltc).subsidy(2_995_200), 625_000_000);
	}

	#[test]
	fn a_petahash_earns_what_the_difficulty_says() {
		let btc = chain(Coin::Btc);
		let earned = btc.earned(1_000_000_000_000_000, ANCHOR);
		// 86,400 s × 10¹⁵ H/s × 3.145 BTC / (difficulty × 2³²), about 44,658 sat at 141.7 T.
		assert!((42_000..48_000).contains(&earned), "{earned}");
	}

	#[test]
	fn tipsets_are_found_by_their_id() {
		let filecoin = Filecoin { seed: 1 };
		let epoch = filecoin.epoch(Moment::start_of(ANCHOR));
		assert_eq!(filecoin.epoch(Moment::start_of(ANCHOR + 1)), epoch + 2_880);
		let cid = filecoin.cid(epoch, 3);
		assert_eq!(cid.len(), 62);
		assert_eq!(filecoin.epoch_of(&cid), Some(epoch));
		assert_eq!(filecoin.epoch_of("bafy"), None);
		assert_eq!(filecoin.earned(MINIMUM_POWER - 1, ANCHOR), 0);
		assert!(filecoin.earned(50 << 50, ANCHOR) > 100_000_000_000_000_000_000);
	}
}
