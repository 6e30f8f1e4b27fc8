//! Why something is refused. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// Why something is refused. A section of the pallet's module.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// The account is a provider already.
		ProviderRegisteredAlready,
		/// The account is not a provider.
		UnknownProvider,
		/// A name, place or model is empty.
		EmptyName,
		/// A farm claims power in at least one coin.
		NoClaims,
		/// The coin is not registered.
		UnknownCoin,
		/// A coin is claimed twice.
		DuplicateClaim,
		/// The provider has as many farms as a provider may have.
		TooManyFarms,
		/// There is no such farm.
		UnknownFarm,
		/// The farm is another provider's.
		NotFarmOwner,
		/// The farm claims no power in the coin.
		CoinNotClaimed,
		/// The power of the farm's open lots would be more than it claims.
		ClaimExceeded,
		/// The farm has as many open lots as a farm may have.
		TooManyLots,
		/// The account backs a lot that is not closed.
		AccountBacksOpenLot,
		/// No machine model is named.
		EmptyModel,
		/// A lot has at least one machine.
		ZeroMachines,
		/// Machines use electricity.
		ZeroConsumption,
		/// Power is not zero.
		ZeroPower,
		/// A lot starts tomorrow at the earliest.
		StartsTooEarly,
		/// A lot starts within a year.
		StartsTooLate,
		/// The last day is before the first.
		EndsBeforeStart,
		/// A lot lasts at most ten years.
		TermTooLong,
		/// The fee is above the bound.
		FeeTooHigh,
		/// The holder's share of a deposit sale is neither nothing nor all.
		HolderShareOutOfRange,
		/// The coin's rewards vest; the lot must say how.
		VestingMissing,
		/// The coin's rewards do not vest.
		VestingNotForCoin,
		/// There is no such lot.
		UnknownLot,
		/// The caller does not answer for the lot.
		NotLotProvider,
		/// Units of the lot were sold outright: all others must be, too.
		LotIsSold,
		/// The lot's audit is concluded already.
		AuditConcludedAlready,
		/// The lot's audit is still open.
		AuditOpen,
		/// The lot's poll is not known.
		UnknownPoll,
		/// The audit has not approved the lot, or the lot is active already.
		LotNotApproved,
		/// The lot is not active.
		LotNotActive,
		/// The lot is not suspended.
		LotNotSuspended,
		/// The lot is closed.
		LotClosed,
		/// The lot's last day is over.
		LotOver,
		/// The lot's last day, and the days in which it may still be agreed, are not over.
		LotNotOver,
		/// Titles of the lot were issued.
		TitlesIssued,
		/// A title holds at least one unit.
		ZeroUnits,
		/// Too few days were measured.
		NotMeasuredYet,
		/// More than the audit approved.
		AuditedPowerExceeded,
		/// More than the measured power allows.
		IssueLimitExceeded,
		/// More than may stand on one pool.
		PoolCeilingExceeded,
		/// The issue of titles is stopped.
		IssueStopped,
		/// The issue of titles is not stopped.
		IssueNotStopped,
		/// There is no id left.
		IdsExhausted,
	}
}
