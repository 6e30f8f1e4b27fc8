//! What happened. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What happened. A section of the pallet's module.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The book of a lot was opened.
		BookOpened {
			/// The lot.
			lot: LotId,
			/// Asset of its coin.
			asset: AssetId,
			/// First day of the book.
			start: Day,
			/// First day after its last.
			end: Day,
		},
		/// Coins arrived for a lot.
		Arrived {
			/// The lot.
			lot: LotId,
			/// From whom.
			from: T::AccountId,
			/// How much.
			amount: CoinAmount,
		},
		/// A day closed.
		DayClosed {
			/// The lot.
			lot: LotId,
			/// The day.
			day: Day,
			/// Units whose day it was.
			units: Units,
			/// Owed.
			due: CoinAmount,
			/// Arrived.
			delivered: CoinAmount,
			/// Measured power, if anything was.
			measured: Option<Power>,
			/// By what it was scored.
			score: Score,
		},
		/// Coins went to a day that had closed short.
		MadeUp {
			/// The lot.
			lot: LotId,
			/// The day.
			day: Day,
			/// How much.
			amount: CoinAmount,
		},
		/// The time to make up a short day is over, or it was made up.
		MakeUpOver {
			/// The lot.
			lot: LotId,
			/// The day.
			day: Day,
			/// What was not made up.
			lost: CoinAmount,
		},
		/// Days before this one are final.
		Final {
			/// The lot.
			lot: LotId,
			/// First day that is not final.
			until: Day,
		},
		/// Every remaining day of a lot that ended early closes at once.
		Ended {
			/// The lot.
			lot: LotId,
			/// First of them.
			day: Day,
		},
		/// Coins became the provider's part.
		ToProvider {
			/// The lot.
			lot: LotId,
			/// How much.
			amount: CoinAmount,
		},
		/// The provider took its part.
		ProviderPaid {
			/// The lot.
			lot: LotId,
			/// Who.
			provider: T::AccountId,
			/// How much.
			amount: CoinAmount,
		},
		/// A title was paid. If nothing was due for the days up to `until`, the amount is zero.
		TitlePaid {
			/// Its series.
			series: SeriesId,
			/// The title.
			title: TitleId,
			/// Its owner.
			to: T::AccountId,
			/// What was paid.
			asset: AssetId,
			/// How much, fee included.
			amount: Balance,
			/// Of it, the fee for paying by itself.
			fee: Balance,
			/// First day whose income is not paid.
			until: Day,
		},
		/// All liens of a holder in a series were paid.
		PotPaid {
			/// The series.
			series: SeriesId,
			/// The holder.
			to: T::AccountId,
			/// What was paid.
			asset: AssetId,
			/// How much, fee included.
			amount: Balance,
			/// Of it, the fee for paying by itself.
			fee: Balance,
			/// First day whose income is not paid.
			until: Day,
		},
		/// An account could not receive: it is owed the amount.
		Owing {
			/// To whom.
			who: T::AccountId,
			/// What.
			asset: AssetId,
			/// How much.
			amount: Balance,
		},
		/// An account took what it was owed.
		OwedPaid {
			/// Who.
			who: T::AccountId,
			/// What.
			asset: AssetId,
			/// How much.
			amount: Balance,
		},
		/// Days of a title became someone's.
		RightAssigned {
			/// The series.
			series: SeriesId,
			/// The title.
			title: TitleId,
			/// The days.
			days: Days,
			/// Whose they are.
			holder: T::AccountId,
		},
		/// A lien was shortened; it is gone if the days are none.
		RightShortened {
			/// The series.
			series: SeriesId,
			/// The title.
			title: TitleId,
			/// The days that are left of it.
			days: Days,
			/// Whose they are.
			holder: T::AccountId,
		},
		/// A lien is forgotten: its days are final and its holder was paid for them.
		RightEnded {
			/// The series.
			series: SeriesId,
			/// The title.
			title: TitleId,
			/// The days.
			days: Days,
			/// Whose they were.
			holder: T::AccountId,
		},
		/// Money was granted for lost days.
		Awarded {
			/// The lot.
			lot: LotId,
			/// Its number.
			number: u32,
			/// What for, and how much.
			award: Award,
		},
	}
}
