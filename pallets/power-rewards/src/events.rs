//! What happened. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What happened. A section of the pallet's module.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A title was staked.
		Staked {
			/// The stake.
			stake: StakeId,
			/// Its lot.
			series: SeriesId,
			/// The title.
			title: TitleId,
			/// Who earns.
			who: T::AccountId,
			/// Units of the title.
			units: Units,
			/// First day that counts.
			from: Day,
			/// Put on hold.
			deposit: Balance,
		},
		/// A title is no longer staked.
		Unstaked {
			/// The stake.
			stake: StakeId,
			/// First day that does not count any more.
			until: Day,
		},
		/// What a stake had earned was paid.
		Claimed {
			/// The stake.
			stake: StakeId,
			/// Who earned it.
			who: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// A stake that had ended is paid to its end and its deposit given back.
		Settled {
			/// The stake.
			stake: StakeId,
			/// What goes back from what is owed to the budget: it was the last of its lot.
			returned: Balance,
		},
		/// DMEX came into the budget.
		Funded {
			/// From whom; `None` for what was found in the pot.
			from: Option<T::AccountId>,
			/// How much.
			amount: Balance,
		},
		/// The most that a day spends was set.
		DailyBudgetSet {
			/// How much.
			amount: Balance,
		},
		/// What a unit of a coin's power counts was set.
		CoinWeightSet {
			/// The coin.
			coin: CoinId,
			/// Against units of other coins.
			weight: u32,
		},
		/// A day began and a part of the budget was set aside for it.
		DayOpened {
			/// The day.
			day: Day,
			/// How much.
			budget: Balance,
			/// What a unit of each coin may earn, 10⁻¹² of the smallest unit.
			rates: Rates,
		},
		/// The books of a lot's day are closed and its stakes have earned.
		LotEarned {
			/// The lot.
			lot: LotId,
			/// The day.
			day: Day,
			/// What its stakes have earned together.
			amount: Balance,
			/// What was not delivered and went back to the budget.
			returned: Balance,
			/// What one unit has earned so far, 10⁻¹².
			index: u128,
		},
		/// A day is too long ago to earn anything; what is left of it went back to the budget.
		DayRetired {
			/// The day.
			day: Day,
			/// How much.
			returned: Balance,
		},
	}
}
