//! Lots as the other parts see them.

use crate::{Balance, CoinId, Day, FarmId, LotId, PoolAccountId, Power, TitleId, Units};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{DispatchError, DispatchResult, Permill};

/// Where a lot stands.
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
pub enum LotStatus {
	/// Submitted; its audit poll is open.
	Submitted,
	/// The audit refused it.
	Rejected,
	/// The audit passed; not ready yet.
	Approved,
	/// Titles may be issued.
	Active,
	/// Suspended by facts, ruling or council.
	Suspended,
	/// Its last day is over.
	Matured,
	/// Ended before its last day.
	Terminated,
}

/// How the pool pays.
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
pub enum Payout {
	/// Each share at its expected value.
	Fpps,
	/// By the blocks that the pool finds.
	Pplns,
	/// By the blocks that the account finds.
	Solo,
}

/// How titles of a lot are sold. One model a lot.
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
pub enum SaleModel {
	/// The buyer gets the whole output for the term.
	Outright,
	/// The buyer places a deposit that comes back, and the output is shared.
	Deposit {
		/// Holder's part of the output; neither nothing nor all.
		holder_share: Permill,
	},
}

/// What the output of a day is, for a coin whose rewards vest.
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
pub enum Vesting {
	/// What became liquid that day.
	Vesting,
	/// The whole reward of the day; the provider advances what vests.
	Gross,
}

/// What the other parts ask of a lot.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct LotInfo<AccountId> {
	/// Who answers for it.
	pub provider: AccountId,
	/// Where it stands.
	pub status: LotStatus,
	/// Farm it runs on.
	pub farm: FarmId,
	/// Coin it mines.
	pub coin: CoinId,
	/// Pool account it mines to.
	pub account: PoolAccountId,
	/// Audited power, coin's unit.
	pub audited: Power,
	/// Power issued as titles, coin's unit.
	pub issued: Power,
	/// First day of output.
	pub first_day: Day,
	/// Last day of output, inclusive.
	pub last_day: Day,
	/// Provider's part of the output.
	pub fee: Permill,
	/// How the pool pays.
	pub payout: Payout,
	/// How its titles are sold.
	pub sale: SaleModel,
	/// What the output of a day is, for a coin whose rewards vest.
	pub vesting: Option<Vesting>,
	/// Electric power of one unit of mining power, 10⁻⁹ W.
	pub nanowatts_per_unit: u64,
	/// Price of electricity, 10⁻³ US cents for a kWh.
	pub millicents_per_kwh: u32,
}

impl<AccountId> LotInfo<AccountId> {
	/// Declared cost of the electricity of `power` for a day, stablecoin units, rounded up.
	pub fn power_cost_per_day(&self, power: Power) -> Balance {
		/// Nanowatts × hours of a day × millicents a kWh for one unit of the stablecoin:
		/// 10¹² nW a kW × 10⁵ millicents a dollar / 10⁶ units a dollar.
		const PER_STABLE_UNIT: u128 = 100_000_000_000;
		power
			.saturating_mul(self.nanowatts_per_unit.into())
			.saturating_mul(24)
			.saturating_mul(self.millicents_per_kwh.into())
			.div_ceil(PER_STABLE_UNIT)
	}
}

/// Reads of lots.
pub trait Lots<AccountId> {
	/// A lot, if there is one under this id.
	fn lot(id: LotId) -> Option<LotInfo<AccountId>>;
	/// The open lot that a pool account backs.
	fn lot_of_account(account: PoolAccountId) -> Option<LotId>;
}

/// Issue of titles by a primary sale. Implemented by the part that keeps the lots; atomic.
pub trait Issue<AccountId> {
	/// Mints a title of `units` of a lot to `buyer`, who pays its storage deposit. The caller has
	/// made sure that the lot's provider sells them.
	///
	/// Errors: every limit that an issue by the provider himself meets.
	fn issue_to(lot: LotId, units: Units, buyer: &AccountId) -> Result<TitleId, DispatchError>;
}

/// Ends or interrupts a lot. Called by the part that judges facts and rulings, never by providers.
pub trait Suspend {
	/// Active → Suspended.
	fn suspend(lot: LotId) -> DispatchResult;
	/// Suspended → Active.
	fn resume(lot: LotId) -> DispatchResult;
	/// Anything open → Terminated.
	fn terminate(lot: LotId) -> DispatchResult;
}

/// Whether a lot's payouts arrive at its own address.
pub trait Readiness {
	/// `Ok` when a payout of the lot's account has arrived at the lot's deposit address.
	///
	/// Errors: not yet, or the payout address is another's.
	fn ensure_ready(lot: LotId, account: PoolAccountId) -> DispatchResult;
}
