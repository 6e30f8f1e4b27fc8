//! What a transaction costs and who receives it.

use super::{consensus::ToAuthor, governance::TreasuryAccount};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		tokens::imbalance::ResolveTo,
		ConstU8, Imbalance, OnUnbalanced,
	},
	weights::{ConstantMultiplier, IdentityFee},
};
use pallet_fee_choice::{PayAsChosen, WithChoice};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{traits::Bounded, FixedPointNumber, Perquintill};

parameter_types! {
	/// 0.000001 DMEX a byte.
	pub const TransactionByteFee: Balance = DMEX / 1_000_000;
	/// Fees rise when ordinary transactions fill more than a quarter of what they may.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast: at most doubling in about three quarters of an hour of full blocks.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(75, 1_000_000);
	/// Fees never fall below a tenth.
	pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_rational(1, 10);
	/// And have no ceiling.
	pub MaximumMultiplier: Multiplier = Bounded::max_value();
}

/// Four fifths of a fee go to the treasury; the rest and the tip to the block's author.
pub struct SplitFees;
impl OnUnbalanced<Credit<AccountId, Balances>> for SplitFees {
	fn on_unbalanceds(mut credits: impl Iterator<Item = Credit<AccountId, Balances>>) {
		let Some(fee) = credits.next() else { return };
		let (treasury, mut author) = fee.ration(80, 20);
		if let Some(tip) = credits.next() {
			tip.merge_into(&mut author);
		}
		ResolveTo::<TreasuryAccount, Balances>::on_unbalanced(treasury);
		ToAuthor::on_unbalanced(author);
	}
}

impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = PayAsChosen<FungibleAdapter<Balances, SplitFees>>;
	type WeightToFee = IdentityFee<Balance>;
	type LengthToFee = ConstantMultiplier<Balance, TransactionByteFee>;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Self,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightInfo = WithChoice<
		weights::pallet_transaction_payment::WeightInfo<Runtime>,
		<Runtime as pallet_fee_choice::Config>::WeightInfo,
	>;
}

/// Credits an account, or burns what it cannot receive.
pub fn deposit_or_burn(who: &AccountId, credit: Credit<AccountId, Balances>) {
	let _ = <Balances as Balanced<AccountId>>::resolve(who, credit);
}
