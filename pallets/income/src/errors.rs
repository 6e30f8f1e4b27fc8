//! Why something is refused. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// Why something is refused. A section of the pallet's module.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// There is no such lot.
		UnknownLot,
		/// The lot's coin is not registered.
		UnknownCoin,
		/// The lot has no book: nothing was issued and nothing arrived.
		NoBook,
		/// There is no such title of a lot.
		UnknownTitle,
		/// Nothing moves at nothing.
		ZeroAmount,
		/// The lot has no debt that can be made up.
		NoDebt,
		/// No day of the lot can close now.
		DayStaysOpen,
		/// The caller is not the lot's provider.
		NotLotProvider,
		/// There is nothing to take.
		NothingToTake,
		/// The title is locked.
		TitleLocked,
		/// Days begin after tomorrow's start at the earliest.
		DaysPast,
		/// The days are not inside the title's term.
		DaysOutsideTerm,
		/// A lien has at least seven days.
		TooFewDays,
		/// The days, or some of them, are someone else's.
		DaysNotFree,
		/// A title has at most sixteen liens.
		TooManyLiens,
		/// The account has no such lien on the title.
		NoLien,
		/// The day is closed.
		DayClosed,
		/// The liens, first days or awards of the titles differ in days that are not final.
		RightsDiffer,
		/// More awards are unpaid than one payment takes in: claim first.
		AwardsUnpaid,
		/// The days are final.
		DaysFinal,
		/// The days can still be made up.
		MakeUpNotOver,
		/// Nothing was lost in these days.
		NothingLost,
		/// The lot has as many awards as can be counted.
		TooManyAwards,
		/// An amount is out of range.
		OutOfRange,
	}
}
