//! Lots as the other parts see them.

use crate::{CoinId, Day, FarmId, LotId, PoolAccountId, Power};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{DispatchResult, Permill};

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
}

/// Reads of lots.
pub trait Lots<AccountId> {
	/// A lot, if there is one under this id.
	fn lot(id: LotId) -> Option<LotInfo<AccountId>>;
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
