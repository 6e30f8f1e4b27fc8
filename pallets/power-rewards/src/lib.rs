#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod budget;
mod claiming;
mod closing;
mod days;
mod errors;
mod events;
mod staking;
mod try_state;
pub mod types;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

use frame_support::pallet_macros::import_section;

pub use pallet::*;
pub use weights::WeightInfo;

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::WeightInfo;
	use crate::types::{
		Books, CoinStakes, DayBudget, LotStake, Mark, Overview, Rates, Stake, StakeId, StakeIds,
		StakeQuote, StakeView, UnitsByCoin, DAYS_AT_ONCE,
	};
	use alloc::vec::Vec;
	use dmex_primitives::{
		calendar::Calendar, lots::Lots, rights::DayBooks, sales::Sales, titles::Titles,
		weighing::weighing, Balance, CoinId, Day, LotId, SeriesId, TitleId, Units,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::fungible::{Mutate, MutateHold},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::DispatchError;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons for a hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// What is earned, and where deposits are held: DMEX.
		type Native: Mutate<Self::AccountId, Balance = Balance>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// Days of the chain.
		type Calendar: Calendar;
		/// Where lots are kept.
		type Lots: Lots<Self::AccountId>;
		/// Where titles are locked.
		type Titles: Titles<Self::AccountId>;
		/// Which titles were ever sold.
		type Sales: Sales;
		/// What a day owed and brought.
		type DayBooks: DayBooks;
		/// May set the daily budget and the weights of coins, and fund from the treasury: the law.
		type GovernOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The account that the law funds from.
		type Treasury: Get<Self::AccountId>;
		/// Most that a day may ever spend, smallest unit of DMEX; at most 10²¹.
		#[pallet::constant]
		type MaxDailyBudget: Get<Balance>;
		/// Daily budget up to which a change is not limited to doubling or halving.
		#[pallet::constant]
		type SmallDailyBudget: Get<Balance>;
		/// Deposit of a stake, smallest unit of DMEX.
		#[pallet::constant]
		type StakeDeposit: Get<Balance>;
		/// Names the pot, which has no key.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Makes the other parts answer in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
		/// Weights of the calls and hooks.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds DMEX.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Records of stakes.
		Stake,
	}

	/// What came in, what is set aside for what, and what was paid.
	#[pallet::storage]
	pub type Ledger<T: Config> = StorageValue<_, Books, ValueQuery>;

	/// Most that a day spends.
	#[pallet::storage]
	pub type DailyBudget<T: Config> = StorageValue<_, Balance, ValueQuery>;

	/// The newest day whose budget is fixed.
	#[pallet::storage]
	pub type Opened<T: Config> = StorageValue<_, Day, ValueQuery>;

	/// Coins whose power earns, and their staked units.
	#[pallet::storage]
	pub type Coins<T: Config> = StorageValue<_, CoinStakes, ValueQuery>;

	/// Staked units of lots that end, under the first day that they no longer count.
	#[pallet::storage]
	pub type Endings<T: Config> = StorageMap<_, Twox64Concat, Day, UnitsByCoin, ValueQuery>;

	/// What is set aside for each of the last days.
	#[pallet::storage]
	pub type Days<T: Config> = StorageMap<_, Twox64Concat, Day, DayBudget>;

	/// Stakes of each lot, while it has any.
	#[pallet::storage]
	pub type LotStakes<T: Config> = StorageMap<_, Twox64Concat, LotId, LotStake>;

	/// A lot's index at the beginning of days on which stakes begin or end.
	#[pallet::storage]
	pub type Marks<T: Config> = StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, Day, Mark>;

	/// Id of the next stake.
	#[pallet::storage]
	pub type NextStake<T: Config> = StorageValue<_, StakeId, ValueQuery>;

	/// Stakes that are not settled to their end. Bounded by their deposits.
	#[pallet::storage]
	pub type Stakes<T: Config> = StorageMap<_, Twox64Concat, StakeId, Stake<T::AccountId>>;

	/// The stake of each title that is staked.
	#[pallet::storage]
	pub type StakeOf<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, TitleId, StakeId>;

	/// Stakes of each account.
	#[pallet::storage]
	pub type StakesOf<T: Config> =
		StorageDoubleMap<_, Blake2_128Concat, T::AccountId, Twox64Concat, StakeId, ()>;

	/// What a network begins with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Most that a day spends, smallest unit of DMEX.
		pub daily_budget: Balance,
		/// Coins whose power earns, and what one unit of each counts.
		pub weights: Vec<(CoinId, u32)>,
		/// Of this runtime.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(self.daily_budget <= T::MaxDailyBudget::get(), "the daily budget is too large");
			DailyBudget::<T>::put(self.daily_budget);
			for (coin, weight) in &self.weights {
				assert!(Pallet::<T>::weigh(*coin, *weight).is_ok(), "weight of coin {coin}");
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			// So that rates of a day fit 128 bits.
			assert!(T::MaxDailyBudget::get() <= 10u128.pow(21), "MaxDailyBudget is too large");
			assert!(T::SmallDailyBudget::get() <= T::MaxDailyBudget::get());
		}

		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			let before = Opened::<T>::get();
			Self::open_days();
			let days = Opened::<T>::get().saturating_sub(before);
			T::WeightInfo::open_days(days.min(DAYS_AT_ONCE))
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Locks a title, which earns from tomorrow on. Its income stays its owner's.
		///
		/// ## Dispatch Origin
		/// Signed by the title's owner. Takes a deposit, which comes back when the stake is settled.
		///
		/// ## Errors
		/// `UnknownTitle`, `NotOwner`, `NotOfALot`, `LotNotActive`, `LotOver`, `TitleNotStarted`,
		/// `TitleNeverSold`, `CoinEarnsNothing`, `TooMuchStaked`, `DaysBehind`; the title is locked;
		/// the deposit cannot be held.
		///
		/// ## Events
		/// `Staked`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::stake().saturating_add(T::WeightInfo::open_days(DAYS_AT_ONCE)))]
		pub fn stake(
			origin: OriginFor<T>,
			series: SeriesId,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let days = T::WeightInfo::open_days(Self::days_to_open());
			let weight = T::WeightInfo::stake().saturating_add(days);
			weighing(weight, || Self::do_stake(&who, series, title))
		}

		/// Unlocks a title. Today does not count any more; days before it are still claimed.
		///
		/// ## Dispatch Origin
		/// Signed by who staked it.
		///
		/// ## Errors
		/// `NotStaked`, `NotStaker`, `DaysBehind`.
		///
		/// ## Events
		/// `Unstaked`; `Settled` if no day had counted.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::unstake().saturating_add(T::WeightInfo::open_days(DAYS_AT_ONCE)))]
		pub fn unstake(
			origin: OriginFor<T>,
			series: SeriesId,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let days = T::WeightInfo::open_days(Self::days_to_open());
			let weight = T::WeightInfo::unstake().saturating_add(days);
			weighing(weight, || Self::do_unstake(&who, series, title))
		}

		/// Pays what stakes have earned on closed days to those who staked, and gives back the
		/// deposits of stakes that have ended and are paid. Stakes that are gone, have nothing or
		/// cannot be paid are passed over.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `NothingToClaim`: not one of them could be paid.
		///
		/// ## Events
		/// `Claimed` and `Settled` for each.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::claim(stakes.len().try_into().unwrap_or(u32::MAX)))]
		pub fn claim(origin: OriginFor<T>, stakes: StakeIds) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim(&stakes)
		}

		/// Moves DMEX into the pot, for days to come.
		///
		/// ## Dispatch Origin
		/// `GovernOrigin`, out of the treasury; or signed by anyone, out of his own.
		///
		/// ## Errors
		/// `ZeroAmount`; the amount is not there.
		///
		/// ## Events
		/// `Funded`. The pot's first existential deposit is not counted.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::fund())]
		pub fn fund(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let from = match T::GovernOrigin::try_origin(origin) {
				Ok(_) => T::Treasury::get(),
				Err(origin) => ensure_signed(origin)?,
			};
			Self::do_fund(from, amount)
		}

		/// Sets the most that a day spends, from the next day on.
		///
		/// ## Dispatch Origin
		/// `GovernOrigin`.
		///
		/// ## Errors
		/// `BudgetOutOfBounds`; `StepTooFar`: more than doubled or halved.
		///
		/// ## Events
		/// `DailyBudgetSet`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::set_daily_budget())]
		pub fn set_daily_budget(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			T::GovernOrigin::ensure_origin(origin)?;
			Self::do_set_daily_budget(amount)?;
			Self::deposit_event(Event::DailyBudgetSet { amount });
			Ok(())
		}

		/// Sets what a unit of a coin's power counts, from the next day on. Zero: it earns nothing.
		///
		/// ## Dispatch Origin
		/// `GovernOrigin`.
		///
		/// ## Errors
		/// `WeightOutOfBounds`, `TooManyCoins`; `StepTooFar`: more than doubled or halved, and
		/// neither was nor becomes zero.
		///
		/// ## Events
		/// `CoinWeightSet`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::set_coin_weight())]
		pub fn set_coin_weight(origin: OriginFor<T>, coin: CoinId, weight: u32) -> DispatchResult {
			T::GovernOrigin::ensure_origin(origin)?;
			Self::weigh(coin, weight)?;
			Self::deposit_event(Event::CoinWeightSet { coin, weight });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The stake of a title that is staked.
		pub fn stake_of(series: SeriesId, title: TitleId) -> Option<StakeId> {
			StakeOf::<T>::get(series, title)
		}

		/// A stake: what it has earned to date, what could be claimed, and what a day may bring.
		/// Nothing once it is settled to its end.
		pub fn stake_view(stake: StakeId) -> Option<StakeView<T::AccountId>> {
			Self::view_of(stake)
		}

		/// Stakes of an account, 64 at most, in no order that means anything; for the next ones ask
		/// with the last.
		pub fn stakes_of(
			who: T::AccountId,
			after: Option<StakeId>,
		) -> Vec<(StakeId, StakeView<T::AccountId>)> {
			Self::views_of(who, after)
		}

		/// What staking a title would come to, for its owner and now; or why it would be refused.
		pub fn quote_stake(series: SeriesId, title: TitleId) -> Result<StakeQuote, DispatchError> {
			Self::quote(series, title)
		}

		/// What is in the pot and how it is spent.
		pub fn overview() -> Overview {
			Self::overview_now()
		}

		/// What is set aside for a day and what a unit of each coin may earn on it.
		pub fn day_budget(day: Day) -> Option<DayBudget> {
			Days::<T>::get(day)
		}

		/// The pot. Whatever reaches it is taken into the budget when the next day begins.
		pub fn pot() -> T::AccountId {
			Self::pot_account()
		}
	}
}
