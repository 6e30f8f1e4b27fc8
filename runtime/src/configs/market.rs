//! Trade of titles.

use super::{deposit, governance::TreasuryAccount};
use crate::{
	genesis::STABLE_ASSET,
	stand_ins::{InsuranceFund, NoUpfront},
	*,
};
use dmex_primitives::{AssetId, Day};
use frame_support::{parameter_types, traits::ConstU32, PalletId};
use frame_system::EnsureRoot;
use sp_runtime::Permill;

parameter_types! {
	/// What titles are paid in.
	pub const Stablecoin: AssetId = STABLE_ASSET;
	/// Holds streams and deposits; nobody has its key. Genesis gives it the stablecoin's least
	/// balance.
	pub const MarketPalletId: PalletId = PalletId(*b"dmex/mkt");
	/// The insurance fund gets three tenths of the fees: it answers for what is traded.
	pub const FundShare: Permill = Permill::from_percent(30);
	/// No referendum takes more than one per cent of a price.
	pub const MaxTradeFee: Permill = Permill::from_percent(1);
	/// Deposit of an order: its record, and the title's lock that may stand for it.
	pub const OrderDeposit: Balance = deposit(1, 192);
	/// An order stands for a quarter of a year at most: prices of power move.
	pub const MaxOrderDays: Day = 90;
	/// A bid beats the best one by two per cent.
	pub const BidIncrement: Permill = Permill::from_percent(2);
}

impl pallet_market::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Assets = Assets;
	type AssetHolds = AssetsHolder;
	type Stablecoin = Stablecoin;
	type Calendar = Periods;
	type Lots = Hashpower;
	type Issue = Hashpower;
	type Titles = Titles;
	type Rights = Income;
	type DayBooks = Income;
	type Awards = Income;
	// Refuses everything until providers have bonds: nothing is paid upfront.
	type Exposure = NoUpfront;
	type TreasuryAccount = TreasuryAccount;
	// An account that insurance will own.
	type FundAccount = InsuranceFund;
	type FundShare = FundShare;
	type MaxTradeFee = MaxTradeFee;
	type FeeOrigin = EnsureRoot<AccountId>;
	type OrderDeposit = OrderDeposit;
	type MaxOrderDays = MaxOrderDays;
	type BidIncrement = BidIncrement;
	type SoftCloseHours = ConstU32<1>;
	type PalletId = MarketPalletId;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::World;
	type WeightInfo = weights::pallet_market::WeightInfo<Runtime>;
}
