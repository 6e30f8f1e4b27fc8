//! The ledger of days.

use super::{deposit, governance::TreasuryAccount, system::MAXIMUM_BLOCK_WEIGHT};
use crate::*;
use dmex_primitives::AssetId;
use frame_support::{
	parameter_types,
	traits::fungible::NativeOrWithId,
	weights::{Weight, WeightToFee as _},
	PalletId,
};
use sp_runtime::traits::Convert;

parameter_types! {
	/// Holds what is not paid yet; nobody has its key.
	pub const IncomePalletId: PalletId = PalletId(*b"dmex/inc");
	/// Deposit of a lien: its place in the title's book, its part of the pot, two changes of its
	/// units.
	pub const LienDeposit: Balance = deposit(3, 400);
	/// A quarter of a block: payments never crowd out what users send, and a quiet block is not
	/// filled to the brim.
	pub const IncomeWeight: Weight = MAXIMUM_BLOCK_WEIGHT.saturating_div(4);
}

/// What a weight costs in DMEX, in the asset that is paid, at the exchange's own price. The pallet
/// takes at most a hundredth of what it pays, so that a price bent for a block bends little. Nothing
/// where there is no price.
pub struct PayoutFee;
impl Convert<(AssetId, Weight), Balance> for PayoutFee {
	fn convert((asset, weight): (AssetId, Weight)) -> Balance {
		let fee =
			<Runtime as pallet_transaction_payment::Config>::WeightToFee::weight_to_fee(&weight);
		AssetConversion::quote_price_tokens_for_exact_tokens(
			NativeOrWithId::WithId(asset),
			NativeOrWithId::Native,
			fee,
			true,
		)
		.unwrap_or_default()
	}
}

impl pallet_income::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Assets = Assets;
	type Calendar = Periods;
	type Coins = Coins;
	type Facts = PoolOracle;
	type PoolAccounts = PoolOracle;
	type Lots = Hashpower;
	type Titles = Titles;
	// Each keeps its own books by day; their order does not matter.
	type OnDayClosed = (Market, PowerRewards);
	type OnMakeUpOver = Market;
	type PayoutFee = PayoutFee;
	type FeeReceiver = TreasuryAccount;
	type LienDeposit = LienDeposit;
	type IdleWeight = IncomeWeight;
	type PalletId = IncomePalletId;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::World;
	type WeightInfo = weights::pallet_income::WeightInfo<Runtime>;
}
