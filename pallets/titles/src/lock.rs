//! Locks, moves through locks, and the traits by which other pallets use titles.

use crate::{mint::Nfts, Config, Error, Event, LiveTitles, Pallet, Series};
use alloc::vec::Vec;
use dmex_primitives::{
	titles::{LockReason, Title, TitleHooks, Titles},
	Day, SeriesId, TitleId, Units,
};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{tokens::nonfungibles_v2::Transfer, Locker},
};
use frame_system::RawOrigin;
use sp_runtime::{DispatchError, DispatchResult};

/// Asked by `pallet-nfts` before each transfer and burn. One read; an id we do not know is free.
impl<T: Config> Locker<SeriesId, TitleId> for Pallet<T> {
	fn is_locked(series: SeriesId, title: TitleId) -> bool {
		LiveTitles::<T>::get(series, title).is_some_and(|record| record.locked_by.is_some())
	}
}

impl<T: Config> Pallet<T> {
	fn do_lock(series: SeriesId, title: TitleId, reason: LockReason) -> DispatchResult {
		let (_, record) = Self::live(series, title)?;
		ensure!(record.locked_by.is_none(), Error::<T>::TitleLocked);
		LiveTitles::<T>::insert(series, title, Title { locked_by: Some(reason), ..record });
		Self::deposit_event(Event::Locked { series, title, reason });
		Ok(())
	}

	fn do_unlock(series: SeriesId, title: TitleId, reason: LockReason) -> DispatchResult {
		let (owner, record) = Self::live(series, title)?;
		match record.locked_by {
			None => return Err(Error::<T>::TitleNotLocked.into()),
			Some(present) => ensure!(present == reason, Error::<T>::LockedForAnotherReason),
		}
		LiveTitles::<T>::insert(series, title, Title { locked_by: None, ..record });
		// Whoever was approved while the title was locked could take it the moment it is free.
		Nfts::<T>::clear_all_transfer_approvals(RawOrigin::Signed(owner).into(), series, title)?;
		Self::deposit_event(Event::Unlocked { series, title, reason });
		Ok(())
	}

	fn do_settle_and_transfer(
		series: SeriesId,
		title: TitleId,
		to: &T::AccountId,
	) -> DispatchResult {
		let (owner, record) = Self::live(series, title)?;
		T::Hooks::settle(series, title, &owner);
		// The locker would refuse our own transfer too.
		LiveTitles::<T>::insert(series, title, Title { locked_by: None, ..record });
		<Nfts<T> as Transfer<T::AccountId>>::transfer(&series, &title, to)?;
		LiveTitles::<T>::insert(series, title, record);
		Ok(())
	}
}

/// Each call is a storage layer of its own, so that it is whole or not at all wherever it is used.
impl<T: Config> Titles<T::AccountId> for Pallet<T> {
	fn open_series(series: SeriesId, facts: &[(&[u8], Vec<u8>)]) -> DispatchResult {
		with_storage_layer(|| Self::do_open_series(series, facts))
	}

	fn issue(
		series: SeriesId,
		owner: &T::AccountId,
		units: Units,
		first_day: Day,
	) -> Result<TitleId, DispatchError> {
		with_storage_layer(|| Self::do_issue(series, owner, units, first_day))
	}

	fn split(
		series: SeriesId,
		title: TitleId,
		parts: &[Units],
	) -> Result<Vec<TitleId>, DispatchError> {
		with_storage_layer(|| Self::do_split(series, title, parts))
	}

	fn merge(series: SeriesId, titles: &[TitleId]) -> Result<TitleId, DispatchError> {
		with_storage_layer(|| Self::do_merge(series, titles))
	}

	fn lock(series: SeriesId, title: TitleId, reason: LockReason) -> DispatchResult {
		with_storage_layer(|| Self::do_lock(series, title, reason))
	}

	fn unlock(series: SeriesId, title: TitleId, reason: LockReason) -> DispatchResult {
		with_storage_layer(|| Self::do_unlock(series, title, reason))
	}

	fn settle_and_transfer(series: SeriesId, title: TitleId, to: &T::AccountId) -> DispatchResult {
		with_storage_layer(|| Self::do_settle_and_transfer(series, title, to))
	}

	fn title(series: SeriesId, title: TitleId) -> Option<(T::AccountId, Title)> {
		Self::live(series, title).ok()
	}

	fn issued(series: SeriesId) -> Units {
		Series::<T>::get(series).map(|record| record.issued).unwrap_or_default()
	}
}
