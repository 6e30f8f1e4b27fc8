//! What power brings in a day, from the state of the coin's network.
//!
//! A day has 86,400 seconds here, whatever its length in chain time: networks live in real time.
//! Everything is rounded down.

use primitive_types::U256;

/// Seconds of a day.
const DAY_SECONDS: u32 = 86_400;

/// Why there is no yield.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum YieldError {
	/// The compact target is negative, or wider than 256 bits.
	InvalidTarget,
	/// The target is zero: no hash meets it.
	ZeroTarget,
	/// The network's power or difficulty is zero.
	ZeroNetwork,
	/// More than a hundred per cent are liquid.
	InvalidShare,
	/// Does not fit 128 bits.
	Overflow,
}

/// Hashes that a block takes on average, from the compact target of its header: exactly
/// ⌊2²⁵⁶ / (target + 1)⌋, the work that full nodes add up.
///
/// Source: <https://developer.bitcoin.org/reference/block_chain.html#target-nbits>. The difficulty
/// times 2³² that pools show is 1/65,536 less.
///
/// Errors: negative, overlong and zero targets, as full nodes refuse them, and `Overflow` for
/// targets below 2¹²⁸, which ask for 10¹⁴ times the work of 2026.
pub fn expected_hashes(bits: u32) -> Result<u128, YieldError> {
	let [size, high, middle, low] = bits.to_be_bytes();
	if high & 0x80 != 0 {
		return Err(YieldError::InvalidTarget);
	}
	let mantissa = u32::from_be_bytes([0, high, middle, low]);
	if mantissa == 0 {
		return Err(YieldError::ZeroTarget);
	}
	// target = mantissa · 256^(size − 3)
	let target = match size.checked_sub(3) {
		Some(bytes) => U256::from(256)
			.checked_pow(bytes.into())
			.and_then(|factor| factor.checked_mul(mantissa.into()))
			.ok_or(YieldError::InvalidTarget)?,
		None => {
			let cut = 3u32.saturating_sub(size.into()).saturating_mul(8);
			mantissa.checked_shr(cut).unwrap_or_default().into()
		},
	};
	if target.is_zero() {
		return Err(YieldError::ZeroTarget);
	}
	// 2²⁵⁶ does not fit: ⌊2²⁵⁶ / t⌋ = ⌊(2²⁵⁶ − t) / t⌋ + 1 with t = target + 1.
	let divisor = target.checked_add(U256::one()).ok_or(YieldError::InvalidTarget)?;
	(!target)
		.checked_div(divisor)
		.and_then(|work| work.checked_add(U256::one()))
		.and_then(|work| u128::try_from(work).ok())
		.ok_or(YieldError::Overflow)
}

/// Subsidy of the block at `height`: the initial one, halved (each time rounded down) once per
/// `halving_blocks`; never, if that is zero.
pub fn subsidy(height: u64, initial: u128, halving_blocks: u32) -> u128 {
	let halvings = height.checked_div(halving_blocks.into()).unwrap_or_default();
	u32::try_from(halvings).ok().and_then(|halvings| initial.checked_shr(halvings)).unwrap_or(0)
}

/// Whole days from the block at `height` to the next halving; `None` if there is none.
pub fn days_to_halving(height: u64, halving_blocks: u32, blocks_per_day: u32) -> Option<u32> {
	let interval = u64::from(halving_blocks);
	let blocks = interval.checked_sub(height.checked_rem(interval)?)?;
	u32::try_from(blocks.checked_div(blocks_per_day.into())?).ok()
}

/// Coins that `power` mines in a day by proof of work, smallest units:
/// (subsidy + fees) · 86,400 · hashes per second / expected hashes.
///
/// From the difficulty and not from an estimated hashrate, which is off by ten per cent now and
/// then, and with the mean `fees` of a day of blocks: the definition of the Hashprice Index,
/// <https://docs.luxor.tech/hashrateindex/hashprice>.
///
/// Errors: `ZeroNetwork`, `Overflow`.
pub fn proof_of_work_per_day(
	power: u128,
	hashes_per_unit: u128,
	subsidy: u128,
	fees: u128,
	expected_hashes: u128,
) -> Result<u128, YieldError> {
	if expected_hashes == 0 {
		return Err(YieldError::ZeroNetwork);
	}
	let reward = subsidy.checked_add(fees).ok_or(YieldError::Overflow)?;
	U256::from(power)
		.checked_mul(hashes_per_unit.into())
		.and_then(|hashes| hashes.checked_mul(DAY_SECONDS.into()))
		.and_then(|hashes| hashes.checked_mul(reward.into()))
		.and_then(|product| product.checked_div(expected_hashes.into()))
		.and_then(|coins| u128::try_from(coins).ok())
		.ok_or(YieldError::Overflow)
}

/// What a share of the network's power earns in a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ShareYield {
	/// Paid at once.
	pub liquid: u128,
	/// Vests linearly over the coin's vesting days.
	pub vesting: u128,
}

impl ShareYield {
	/// Liquid and vesting together.
	pub fn total(&self) -> u128 {
		self.liquid.saturating_add(self.vesting)
	}
}

/// State of a network that rewards shares of its power.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PowerShare {
	/// Power of the whole network, in bytes or whatever `power_per_unit` counts.
	pub total_power: u128,
	/// Reward of an epoch, all winners together, smallest units.
	pub epoch_reward: u128,
	/// Epochs of a day.
	pub epochs_per_day: u32,
	/// What one unit of power is in the measure of `total_power`.
	pub power_per_unit: u128,
	/// Power below which a miner wins nothing, in units.
	pub minimum_power: u128,
	/// Part of a reward that is liquid at once, per cent.
	pub liquid_percent: u8,
}

impl PowerShare {
	/// Coins that `power` units earn in a day, smallest units: reward · epochs · power / total;
	/// nothing if the miner as a whole, with `miner_power`, is below the network's minimum. Total
	/// and liquid part are rounded down, what the split leaves vests.
	///
	/// Filecoin: <https://github.com/filecoin-project/builtin-actors>, actors/reward (an epoch's
	/// reward), actors/miner/src/policy.rs (10 TiB minimum) and monies.rs (75 % vest over 180 days).
	///
	/// Errors: `ZeroNetwork`, `InvalidShare`, `Overflow`.
	pub fn per_day(&self, power: u128, miner_power: u128) -> Result<ShareYield, YieldError> {
		if self.total_power == 0 {
			return Err(YieldError::ZeroNetwork);
		}
		if self.liquid_percent > 100 {
			return Err(YieldError::InvalidShare);
		}
		if miner_power < self.minimum_power {
			return Ok(ShareYield::default());
		}
		let day = U256::from(self.epoch_reward)
			.checked_mul(self.epochs_per_day.into())
			.ok_or(YieldError::Overflow)?;
		let total = U256::from(power)
			.checked_mul(self.power_per_unit.into())
			.ok_or(YieldError::Overflow)
			.and_then(|share| part(day, share, self.total_power.into()))?;
		let liquid = part(total.into(), self.liquid_percent.into(), 100.into())?;
		Ok(ShareYield { liquid, vesting: total.saturating_sub(liquid) })
	}
}

/// `amount` · `share` / `whole`, rounded down.
fn part(amount: U256, share: U256, whole: U256) -> Result<u128, YieldError> {
	amount
		.checked_mul(share)
		.and_then(|product| product.checked_div(whole))
		.and_then(|result| u128::try_from(result).ok())
		.ok_or(YieldError::Overflow)
}

#[cfg(test)]
mod tests;
