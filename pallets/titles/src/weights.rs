//! Weights of the calls. Measured ones live in the runtime; those here are for tests.

use frame_support::weights::Weight;

/// What the calls of this pallet weigh.
pub trait WeightInfo {
	/// `n`: parts of a title without liens.
	fn split(n: u32) -> Weight;
	/// `c`: liens that parts get copies of.
	fn split_liens(c: u32) -> Weight;
	/// `n`: titles without liens.
	fn merge(n: u32) -> Weight;
	/// `c`: liens of all titles together.
	fn merge_liens(c: u32) -> Weight;
}

/// Length of a list, as weights are asked.
pub(crate) fn count<Item>(list: &[Item]) -> u32 {
	u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// A split into `parts` of a title with `liens`.
pub fn split_weight<W: WeightInfo>(parts: u32, liens: u32) -> Weight {
	with_liens(W::split(parts), parts.saturating_sub(1).saturating_mul(liens), W::split_liens)
}

/// A merge of `titles`, which have `liens` together.
pub fn merge_weight<W: WeightInfo>(titles: u32, liens: u32) -> Weight {
	with_liens(W::merge(titles), liens, W::merge_liens)
}

fn with_liens(without: Weight, liens: u32, of: impl FnOnce(u32) -> Weight) -> Weight {
	match liens {
		0 => without,
		_ => without.saturating_add(of(liens)),
	}
}

impl WeightInfo for () {
	fn split(n: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(50_000_000, 5_000).saturating_mul(n.into()))
	}
	fn split_liens(c: u32) -> Weight {
		Weight::from_parts(30_000_000, 3_000).saturating_mul(c.into())
	}
	fn merge(n: u32) -> Weight {
		Weight::from_parts(100_000_000, 10_000)
			.saturating_add(Weight::from_parts(60_000_000, 5_000).saturating_mul(n.into()))
	}
	fn merge_liens(c: u32) -> Weight {
		Weight::from_parts(30_000_000, 3_000).saturating_mul(c.into())
	}
}
