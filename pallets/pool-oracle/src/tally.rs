//! How votes become a fact. Pure, so that it can be tried with every set of votes and with wrong
//! thresholds.

use alloc::vec::Vec;
use dmex_primitives::facts::Reading;
use sp_runtime::Permill;

/// Votes that fix a fact among `voters` validators: `n − ⌊(n − 1) / 3⌋`. Any two such groups share
/// an honest validator as long as no more than `⌊(n − 1) / 3⌋` lie; `⌊2n / 3⌋` would be 2 of 4 and
/// 0 of 1.
pub fn threshold(voters: u32) -> u32 {
	voters.saturating_sub(voters.saturating_sub(1) / 3)
}

/// The reading that at least `threshold` of the votes name exactly, and how many do.
pub fn exact(votes: impl Iterator<Item = Reading>, threshold: u32) -> Option<(Reading, u32)> {
	let mut sorted: Vec<Reading> = votes.collect();
	sorted.sort_unstable();
	sorted
		.chunk_by(|left, right| left == right)
		.filter_map(|run| Some((*run.first()?, u32::try_from(run.len()).ok()?)))
		.find(|(_, count)| *count >= threshold.max(1))
}

/// A number that enough votes are close to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Median {
	/// The median of all votes.
	pub value: u128,
	/// Votes within the spread.
	pub within: u32,
	/// Distance of the furthest of them, as a part of the median.
	pub widest: Permill,
}

/// The middle of the votes; the mean of the two middle ones, rounded down, if they are even.
pub fn middle(votes: &[u128]) -> Option<u128> {
	let mut sorted = votes.to_vec();
	sorted.sort_unstable();
	let upper_at = sorted.len() / 2;
	let upper = *sorted.get(upper_at)?;
	if sorted.len() % 2 == 1 {
		return Some(upper);
	}
	let lower = *sorted.get(upper_at.checked_sub(1)?)?;
	lower.checked_add(upper.saturating_sub(lower) / 2)
}

/// Whether `vote` lies within `spread` of `value`.
pub fn is_within(vote: u128, value: u128, spread: Permill) -> bool {
	vote.abs_diff(value) <= spread.mul_floor(value)
}

/// The median of the votes, if at least `threshold` of them lie within `spread` of it.
pub fn median(votes: &[u128], spread: Permill, threshold: u32) -> Option<Median> {
	let value = middle(votes)?;
	let counted = || votes.iter().filter(|vote| is_within(**vote, value, spread));
	let within = u32::try_from(counted().count()).ok()?;
	if within < threshold.max(1) {
		return None;
	}
	let furthest = counted().map(|vote| vote.abs_diff(value)).max().unwrap_or_default();
	let widest = match value {
		0 => Permill::zero(),
		_ => Permill::from_rational(furthest, value),
	};
	Some(Median { value, within, widest })
}
