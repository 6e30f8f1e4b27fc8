//! Why something is refused. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// Why something is refused. A section of the pallet's module.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such title.
		UnknownTitle,
		/// The caller does not own the title.
		NotOwner,
		/// The title is not one of a lot.
		NotOfALot,
		/// The lot is suspended or has ended.
		LotNotActive,
		/// Nothing of the lot would count: its last day is today or over.
		LotOver,
		/// The title's first day is later than tomorrow.
		TitleNotStarted,
		/// The title was never bought from its provider.
		TitleNeverSold,
		/// Power of the coin earns nothing.
		CoinEarnsNothing,
		/// More of the coin would be staked than can be.
		TooMuchStaked,
		/// The chain stood still and is opening the days it missed; a few blocks later it has.
		DaysBehind,
		/// The title is not staked.
		NotStaked,
		/// Another account staked the title.
		NotStaker,
		/// Not one of the stakes has anything to be paid.
		NothingToClaim,
		/// An amount is zero.
		ZeroAmount,
		/// A daily budget is above its bound.
		BudgetOutOfBounds,
		/// A weight is above its bound.
		WeightOutOfBounds,
		/// A change at most doubles or halves.
		StepTooFar,
		/// As many coins earn as can.
		TooManyCoins,
		/// The title is locked.
		TitleLocked,
		/// The books contradict themselves: nothing is done until that is understood.
		BooksBroken,
	}
}
