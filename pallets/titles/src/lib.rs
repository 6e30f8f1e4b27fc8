#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod lock;
mod mint;
mod provenance;
mod reshape;
mod try_state;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use weights::WeightInfo;

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::WeightInfo;
	use crate::{
		types::{Ancestor, Deposit, Page, Parts, SeriesRecord, SplitParts, TitleIds, Tombstone},
		weights::{count, merge_weight, split_weight},
	};
	use alloc::vec::Vec;
	use dmex_primitives::{
		calendar::Calendar,
		rights::MAX_LIENS,
		titles::{LockReason, Title, TitleHooks},
		weighing::weighing,
		Balance, Day, SeriesId, TitleId, Units,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Balanced, Credit, Inspect, MutateHold},
			OnUnbalanced,
		},
		PalletId,
	};
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The deposits of `pallet-nfts` are to be zero: this pallet takes its own.
	#[pallet::config]
	pub trait Config:
		frame_system::Config + pallet_nfts::Config<CollectionId = SeriesId, ItemId = TitleId>
	{
		/// The runtime's reasons for a hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// Where deposits are held and fees are taken: DMEX.
		type Native: Inspect<Self::AccountId, Balance = Balance>
			+ MutateHold<Self::AccountId, Reason = <Self as Config>::RuntimeHoldReason>
			+ Balanced<Self::AccountId>;
		/// Days of the chain.
		type Calendar: Calendar;
		/// Those who keep books by title.
		type Hooks: TitleHooks<Self::AccountId>;
		/// Where the fees for tombstones go.
		type OnFee: OnUnbalanced<Credit<Self::AccountId, Self::Native>>;
		/// Deposit of a living title, smallest unit of DMEX.
		#[pallet::constant]
		type TitleDeposit: Get<Balance>;
		/// Fee for each tombstone, smallest unit of DMEX. Not returned.
		#[pallet::constant]
		type TombstoneFee: Get<Balance>;
		/// Names the keyless account that owns the collections.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds DMEX.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Deposits for the storage of titles.
		TitleStorage,
	}

	/// Counters of each series. Never removed: ids are never used again.
	#[pallet::storage]
	pub type Series<T: Config> = StorageMap<_, Twox64Concat, SeriesId, SeriesRecord>;

	/// The living titles. Bounded by their deposits.
	#[pallet::storage]
	pub type LiveTitles<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, TitleId, Title>;

	/// What ended titles were and became. Paid by a fee, never removed.
	#[pallet::storage]
	pub type Tombstones<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, TitleId, Tombstone>;

	/// The titles that a merged title was made of. Covered by the fees for their tombstones.
	#[pallet::storage]
	pub type Sources<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, TitleId, TitleIds>;

	/// Who paid the deposit of each living title.
	#[pallet::storage]
	pub type Deposits<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, TitleId, Deposit<T::AccountId>>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A series was opened; its collection has the same id.
		SeriesOpened {
			/// The series.
			series: SeriesId,
		},
		/// A title was minted by issue.
		Issued {
			/// Its series.
			series: SeriesId,
			/// Its id.
			title: TitleId,
			/// Who received it and paid its deposit.
			owner: T::AccountId,
			/// What it holds.
			units: Units,
			/// First day whose income is the title's.
			first_day: Day,
		},
		/// A title became parts.
		Split {
			/// The series.
			series: SeriesId,
			/// The title that ended.
			title: TitleId,
			/// Its parts, in the order asked for.
			parts: SplitParts,
		},
		/// Titles became one.
		Merged {
			/// The series.
			series: SeriesId,
			/// The titles that ended.
			titles: TitleIds,
			/// Id of their sum.
			merged: TitleId,
			/// Units of their sum.
			units: Units,
		},
		/// A title was locked.
		Locked {
			/// The series.
			series: SeriesId,
			/// The title.
			title: TitleId,
			/// Why.
			reason: LockReason,
		},
		/// A title was unlocked and its approvals cleared.
		Unlocked {
			/// The series.
			series: SeriesId,
			/// The title.
			title: TitleId,
			/// Why it had been locked.
			reason: LockReason,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such series.
		UnknownSeries,
		/// The series is open already.
		SeriesOpen,
		/// A series has at most 16 facts.
		TooManyFacts,
		/// There is no living title under this id.
		UnknownTitle,
		/// The caller does not own the title.
		NotOwner,
		/// A title holds at least one unit.
		ZeroUnits,
		/// A split has at least two parts, a merge at least two titles.
		TooFewParts,
		/// A split has at most 16 parts, a merge at most 16 titles.
		TooManyParts,
		/// The parts do not add up to the title's units.
		PartsDoNotAddUp,
		/// A title is named twice.
		DuplicateTitle,
		/// The titles do not have one owner.
		OwnersDiffer,
		/// The first days differ and have not all come.
		FirstDaysDiffer,
		/// The title is locked.
		TitleLocked,
		/// The title is not locked.
		TitleNotLocked,
		/// The title is locked for another reason.
		LockedForAnotherReason,
		/// The series has no id or no unit left.
		SeriesExhausted,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Ends a title and mints one for each part, in order, with new ids.
		///
		/// ## Dispatch Origin
		/// Signed by the title's owner, who pays a deposit for each part and the fee for the
		/// tombstone. The deposit of the ended title goes back to whoever paid it.
		///
		/// ## Errors
		/// `UnknownTitle`, `NotOwner`, `TitleLocked`; `TooFewParts`, `ZeroUnits` or
		/// `PartsDoNotAddUp`; what `can_split` of the hooks refuses; the owner cannot pay.
		///
		/// ## Events
		/// `Split`.
		#[pallet::call_index(0)]
		#[pallet::weight(split_weight::<<T as Config>::WeightInfo>(count(parts), MAX_LIENS))]
		pub fn split(
			origin: OriginFor<T>,
			series: SeriesId,
			title: TitleId,
			parts: Parts,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let liens = T::Hooks::liens(series, title);
			let weight = split_weight::<<T as Config>::WeightInfo>(count(&parts), liens);
			weighing(weight, || {
				Self::ensure_owner(series, title, &who)?;
				Self::do_split(series, title, &parts).map(|_| ())
			})
		}

		/// Ends titles of one series and mints their sum under a new id.
		///
		/// ## Dispatch Origin
		/// Signed by the owner of all the titles, who pays the deposit of the new one and a fee
		/// for each tombstone. The deposits of the ended titles go back to whoever paid them.
		///
		/// ## Errors
		/// `TooFewParts`, `DuplicateTitle`, `UnknownTitle`, `NotOwner`, `TitleLocked`,
		/// `FirstDaysDiffer`; what `can_merge` of the hooks refuses; the owner cannot pay.
		///
		/// ## Events
		/// `Merged`.
		#[pallet::call_index(1)]
		#[pallet::weight(merge_weight::<<T as Config>::WeightInfo>(
			count(titles),
			count(titles).saturating_mul(MAX_LIENS),
		))]
		pub fn merge(
			origin: OriginFor<T>,
			series: SeriesId,
			titles: TitleIds,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let liens = titles.iter().map(|title| T::Hooks::liens(series, *title));
			let liens = liens.fold(0, u32::saturating_add);
			let weight = merge_weight::<<T as Config>::WeightInfo>(count(&titles), liens);
			weighing(weight, || {
				for title in &titles {
					Self::ensure_owner(series, *title, &who)?;
				}
				Self::do_merge(series, &titles).map(|_| ())
			})
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A living title and its owner.
		pub fn title(series: SeriesId, title: TitleId) -> Option<(T::AccountId, Title)> {
			Self::live(series, title).ok()
		}

		/// The living titles among the 256 ids from `from` on, and where to go on.
		pub fn titles_of_series(series: SeriesId, from: TitleId) -> Page<T::AccountId> {
			Self::page(series, from)
		}

		/// A title, living or ended, and what it came from, nearest first; at most 64 titles.
		/// For the rest ask again from the last one's `made_of`.
		pub fn provenance(series: SeriesId, title: TitleId) -> Vec<Ancestor> {
			Self::ancestors(series, title)
		}

		/// What an ended title was and became.
		pub fn tombstone(series: SeriesId, title: TitleId) -> Option<Tombstone> {
			Tombstones::<T>::get(series, title)
		}

		/// Counters of a series.
		pub fn series(series: SeriesId) -> Option<SeriesRecord> {
			Series::<T>::get(series)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
