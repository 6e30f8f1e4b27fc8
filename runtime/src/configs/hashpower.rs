//! Farms, lots and titles.

use super::{deposit, governance::TreasuryAccount, MILLI};
use crate::{
	stand_ins::{MeasuredAlone, NoBonds, ReadyWithoutPayout},
	*,
};
use frame_support::{parameter_types, traits::tokens::imbalance::ResolveTo, PalletId};

parameter_types! {
	/// Owns the collections of titles; nobody has its key.
	pub const TitlesPalletId: PalletId = PalletId(*b"dmex/ttl");
	/// Deposit of a living title: its record, item, attribute and account entry.
	pub const TitleDeposit: Balance = deposit(4, 256);
	/// Fee for the tombstone of a title that is split or merged: it stays for ever.
	pub const TombstoneFee: Balance = 10 * MILLI;
}

impl pallet_titles::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Calendar = Periods;
	type Hooks = ();
	type OnFee = ResolveTo<TreasuryAccount, Balances>;
	type TitleDeposit = TitleDeposit;
	type TombstoneFee = TombstoneFee;
	type PalletId = TitlesPalletId;
	type WeightInfo = ();
}
