//! A choice, and the limit in it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use dmex_primitives::{AssetId, Balance, DMEX};
use scale_info::TypeInfo;
use sp_runtime::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// What an account's fees are bought with.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct FeeTerms {
	/// The asset.
	pub asset: AssetId,
	/// Most of it, smallest units, that the account pays for one whole DMEX.
	pub most_per_dmex: Balance,
}

impl FeeTerms {
	/// Most of the asset that a fee of so many DMEX units may cost: in proportion, rounded up, and
	/// the one unit that a pool adds to every price.
	pub fn most_for(&self, fee: Balance) -> Balance {
		let most = multiply_by_rational_with_rounding(fee, self.most_per_dmex, DMEX, Rounding::Up);
		most.unwrap_or(Balance::MAX).saturating_add(1)
	}
}

/// A choice as it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Choice {
	/// What was chosen.
	pub terms: FeeTerms,
	/// On hold for it.
	pub deposit: Balance,
}

/// What a fee would cost.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct FeeQuote {
	/// In what; `None` for DMEX.
	pub asset: Option<AssetId>,
	/// How much of it, smallest units.
	pub amount: Balance,
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_limit_is_in_proportion_and_rounded_up() {
		let terms = FeeTerms { asset: 1, most_per_dmex: 200_000 };
		assert_eq!(terms.most_for(DMEX), 200_001);
		assert_eq!(terms.most_for(DMEX / 100), 2_001);
		assert_eq!(terms.most_for(1), 2);
		assert_eq!(terms.most_for(0), 1);
		let none = FeeTerms { asset: 1, most_per_dmex: Balance::MAX };
		assert_eq!(none.most_for(Balance::MAX), Balance::MAX);
	}
}
