#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod awards;
mod claims;
mod closing;
mod errors;
mod events;
mod hooks;
mod idle;
mod ledger;
mod money;
mod pots;
mod rights;
mod score;
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
		Award, AwardFlows, Book, Changes, DayView, IncomeView, Page, Pot, Round, Score, TitleBook,
		MAX_LIENS, STEPS_PER_VISIT,
	};
	use alloc::vec::Vec;
	use dmex_primitives::{
		calendar::Calendar,
		coins::Coins,
		facts::{Facts, PoolAccounts},
		lots::Lots,
		rights::{Days, Holder, OnDayClosed, OnMakeUpOver, Rights},
		titles::Titles,
		weighing::weighing,
		AssetId, Balance, CoinAmount, Day, LotId, Power, SeriesId, TitleId, Units,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::traits::Convert;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons for a hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// Where deposits are held: DMEX.
		type Native: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// The wrapped coins, and whatever is awarded.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ fungibles::Mutate<Self::AccountId>;
		/// Days of the chain.
		type Calendar: Calendar;
		/// Registry of coins.
		type Coins: Coins;
		/// Agreed closed days.
		type Facts: Facts;
		/// Fees and noise of the pools.
		type PoolAccounts: PoolAccounts<Self::AccountId>;
		/// Terms of the lots.
		type Lots: Lots<Self::AccountId>;
		/// Owners of the titles.
		type Titles: Titles<Self::AccountId>;
		/// Told of each day that closes.
		type OnDayClosed: OnDayClosed;
		/// Told of each short day that can no longer be made up.
		type OnMakeUpOver: OnMakeUpOver;
		/// What paying by itself costs, in the asset that is paid, from its weight. Never more than
		/// a hundredth of what is paid is taken.
		type PayoutFee: Convert<(AssetId, Weight), Balance>;
		/// Who receives it.
		type FeeReceiver: Get<Self::AccountId>;
		/// Deposit of a lien, smallest unit of DMEX.
		#[pallet::constant]
		type LienDeposit: Get<Balance>;
		/// Most weight of a block that visits and payments take together.
		#[pallet::constant]
		type IdleWeight: Get<Weight>;
		/// Names the keyless account that holds what is not paid yet.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Makes the other parts answer in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds DMEX.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Deposits for the storage of liens.
		Lien,
	}

	/// The book of each lot of which a title was issued or for which coins arrived. Never removed:
	/// titles name their lots. Paid by the lot's deposit.
	#[pallet::storage]
	pub type Books<T: Config> = StorageMap<_, Twox64Concat, LotId, Book>;

	/// Closed days of each lot, thirty-two a page. Paid by the lot's deposit.
	#[pallet::storage]
	pub type Pages<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, u32, Page, ValueQuery>;

	/// Units whose first day is a day that is not closed.
	#[pallet::storage]
	pub type Starting<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, Day, Units, ValueQuery>;

	/// Lots with days that are not final.
	#[pallet::storage]
	pub type ActiveLots<T: Config> = StorageMap<_, Twox64Concat, LotId, ()>;

	/// The book of each title. Paid by the title's deposit.
	#[pallet::storage]
	pub type TitleBooks<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, TitleId, TitleBook<T::AccountId>>;

	/// The liens of each holder in a series, together. Paid by the deposits of the liens.
	#[pallet::storage]
	pub type Pots<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Blake2_128Concat, T::AccountId, Pot>;

	/// How the units of each pot change, thirty-two days a page. Paid by the deposits of the liens.
	#[pallet::storage]
	pub type PotChanges<T: Config> = StorageNMap<
		_,
		(
			NMapKey<Twox64Concat, SeriesId>,
			NMapKey<Blake2_128Concat, T::AccountId>,
			NMapKey<Twox64Concat, u32>,
		),
		Changes,
	>;

	/// Money for lost days, numbered for each lot.
	#[pallet::storage]
	pub type Awards<T: Config> = StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, u32, Award>;

	/// What has flowed through the awards of each lot, by asset.
	#[pallet::storage]
	pub type AwardsFlow<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, AssetId, AwardFlows, ValueQuery>;

	/// What accounts could not receive.
	#[pallet::storage]
	pub type Owed<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AssetId,
		Blake2_128Concat,
		T::AccountId,
		Balance,
		ValueQuery,
	>;

	/// What the pallet's account holds by its books.
	#[pallet::storage]
	pub type InAccount<T: Config> = StorageMap<_, Twox64Concat, AssetId, Balance, ValueQuery>;

	/// The lot visited last.
	#[pallet::storage]
	pub type LotAfter<T: Config> = StorageValue<_, LotId>;

	/// Where the payer is.
	#[pallet::storage]
	pub type PayerRound<T: Config> = StorageValue<_, Round, ValueQuery>;

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Closes days of a lot whose time has come, ends their make-up and makes them final. The
		/// chain does it by itself; this is for who will not wait.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `NoBook`; `DayStaysOpen` if there is nothing to do.
		///
		/// ## Events
		/// `DayClosed`, `MadeUp`, `ToProvider`, `MakeUpOver`, `Final`, `Ended`, and those of the
		/// parts that are told.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::visit())]
		pub fn close_day(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			ensure_signed(origin)?;
			let before = Books::<T>::get(lot).ok_or(Error::<T>::NoBook)?;
			Self::visit(lot);
			ensure!(Books::<T>::get(lot) != Some(before), Error::<T>::DayStaysOpen);
			Ok(())
		}

		/// Makes up short days of a lot by hand, oldest first. Takes no more than is owed; of a lot
		/// that owes gross rewards the rest goes to its open days.
		///
		/// ## Dispatch Origin
		/// Signed by anyone, who pays.
		///
		/// ## Errors
		/// `ZeroAmount`, `UnknownLot`, `NoBook`, `NoDebt`; the caller has not got the amount.
		///
		/// ## Events
		/// `MadeUp`, `Arrived`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::make_up(STEPS_PER_VISIT).saturating_add(T::WeightInfo::remit()))]
		pub fn remit(
			origin: OriginFor<T>,
			lot: LotId,
			amount: CoinAmount,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let days = Self::do_make_up(lot, &who, amount)?;
			Ok(Some(T::WeightInfo::make_up(days).saturating_add(T::WeightInfo::remit())).into())
		}

		/// Pays the closed days of a title and of the liens on it to their rights.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `UnknownTitle`. An account that cannot receive is owed the amount.
		///
		/// ## Events
		/// `TitlePaid`, `PotPaid`, `Owing`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::pay(MAX_LIENS))]
		pub fn claim(
			origin: OriginFor<T>,
			series: SeriesId,
			title: TitleId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let weight = T::WeightInfo::pay(Self::liens_of(series, title));
			weighing(weight, || {
				ensure!(TitleBooks::<T>::contains_key(series, title), Error::<T>::UnknownTitle);
				<Self as Rights<T::AccountId>>::settle(series, title);
				Ok(())
			})
		}

		/// Pays all liens of the caller in a series.
		///
		/// ## Dispatch Origin
		/// Signed by the holder.
		///
		/// ## Errors
		/// `NothingToTake` without liens.
		///
		/// ## Events
		/// `PotPaid`, `Owing`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::pay(1))]
		pub fn claim_liens(origin: OriginFor<T>, series: SeriesId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			ensure!(Pots::<T>::contains_key(series, &who), Error::<T>::NothingToTake);
			Self::pay_pot(series, &who, |_, _| 0);
			Ok(())
		}

		/// Pays the caller what could not be paid before.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Errors
		/// `NothingToTake`; the caller still cannot receive.
		///
		/// ## Events
		/// `OwedPaid`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::claim_owed())]
		pub fn claim_owed(origin: OriginFor<T>, asset: AssetId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let amount = Self::do_claim_owed(&who, asset)?;
			Self::deposit_event(Event::OwedPaid { who, asset, amount });
			Ok(())
		}

		/// Pays the provider what of a lot's coins is its part: its fee, and the output of power
		/// that is not issued.
		///
		/// ## Dispatch Origin
		/// Signed by the lot's provider.
		///
		/// ## Errors
		/// `UnknownLot`, `NotLotProvider`, `NoBook`, `NothingToTake`.
		///
		/// ## Events
		/// `ProviderPaid`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::take_provider_part())]
		pub fn take_provider_part(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let amount = Self::do_take_part(&who, lot)?;
			Self::deposit_event(Event::ProviderPaid { lot, provider: who, amount });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The book of a lot.
		pub fn book(lot: LotId) -> Option<Book> {
			Books::<T>::get(lot)
		}

		/// Promised, network, measured, due, delivered, short and awarded of a lot, for up to 64
		/// days.
		pub fn days_of_lot(lot: LotId, from: Day, days: u32) -> Vec<DayView<T::AccountId>> {
			Self::view_lot(lot, from, days)
		}

		/// The same for the part of a title, with who receives each day.
		pub fn days_of_title(
			series: SeriesId,
			title: TitleId,
			from: Day,
			days: u32,
		) -> Vec<DayView<T::AccountId>> {
			Self::view_title(series, title, from, days)
		}

		/// Income of a title to date, what is unpaid, and when the payer comes by.
		pub fn income_of_title(series: SeriesId, title: TitleId) -> Option<IncomeView> {
			Self::view_income(series, title)
		}

		/// The same for all liens of a holder in a series.
		pub fn income_of_liens(series: SeriesId, holder: T::AccountId) -> Option<IncomeView> {
			Self::view_pot(series, &holder)
		}

		/// What up to 64 titles are to be paid now, by asset.
		pub fn unpaid_of_titles(titles: Vec<(SeriesId, TitleId)>) -> Vec<(AssetId, Balance)> {
			Self::view_unpaid(titles)
		}

		/// Who receives the income of a title's day.
		pub fn right(series: SeriesId, title: TitleId, day: Day) -> Holder<T::AccountId> {
			<Self as Rights<T::AccountId>>::right_of(series, title, day)
		}

		/// The book of a title: its days, cursor and liens.
		pub fn title_book(series: SeriesId, title: TitleId) -> Option<TitleBook<T::AccountId>> {
			TitleBooks::<T>::get(series, title)
		}

		/// What an account could not receive.
		pub fn owed(asset: AssetId, who: T::AccountId) -> Balance {
			Owed::<T>::get(asset, who)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, left: Weight) -> Weight {
			Self::work(left)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
