//! How titles come into being and end: the item, the record, the deposit and the tombstone.

use crate::{
	types::{
		units_text, Became, Deposit, OwnedTitle, Page, SeriesRecord, Tombstone, MAX_FACTS, PAGE,
		UNITS_KEY,
	},
	Config, Deposits, Error, Event, HoldReason, LiveTitles, Pallet, Series, Tombstones,
};
use alloc::vec::Vec;
use dmex_primitives::{
	titles::{Origin, Title, TitleHooks},
	Balance, Day, SeriesId, TitleId, Units,
};
use frame_support::{
	ensure,
	traits::{
		fungible::{Balanced, MutateHold},
		tokens::{
			nonfungibles_v2::{Create, Mutate},
			Fortitude, Precision, Preservation,
		},
		Get, OnUnbalanced,
	},
};
use pallet_nfts::{CollectionConfig, CollectionSettings, ItemConfig, ItemSettings, MintSettings};
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult};

pub(crate) type Nfts<T> = pallet_nfts::Pallet<T>;

impl<T: Config> Pallet<T> {
	/// The keyless account that owns the collections.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// A living title and its owner.
	pub(crate) fn live(
		series: SeriesId,
		title: TitleId,
	) -> Result<(T::AccountId, Title), DispatchError> {
		let record = LiveTitles::<T>::get(series, title).ok_or(Error::<T>::UnknownTitle)?;
		let owner = Nfts::<T>::owner(series, title).ok_or(Error::<T>::UnknownTitle)?;
		Ok((owner, record))
	}

	pub(crate) fn ensure_owner(
		series: SeriesId,
		title: TitleId,
		who: &T::AccountId,
	) -> DispatchResult {
		let (owner, _) = Self::live(series, title)?;
		ensure!(owner == *who, Error::<T>::NotOwner);
		Ok(())
	}

	pub(crate) fn do_open_series(series: SeriesId, facts: &[(&[u8], Vec<u8>)]) -> DispatchResult {
		ensure!(!Series::<T>::contains_key(series), Error::<T>::SeriesOpen);
		ensure!(facts.len() <= MAX_FACTS, Error::<T>::TooManyFacts);
		let keyless = Self::account_id();
		// Everything enabled: a collection with a setting switched off keeps records of burned
		// items behind.
		let config = CollectionConfig {
			settings: CollectionSettings::all_enabled(),
			max_supply: None,
			mint_settings: MintSettings::default(),
		};
		Nfts::<T>::create_collection_with_id(series, &keyless, &keyless, &config)?;
		for (key, value) in facts {
			Nfts::<T>::set_collection_attribute(&series, key, value)?;
		}
		Series::<T>::insert(series, SeriesRecord::default());
		Self::deposit_event(Event::SeriesOpened { series });
		Ok(())
	}

	pub(crate) fn do_issue(
		series: SeriesId,
		owner: &T::AccountId,
		units: Units,
		first_day: Day,
	) -> Result<TitleId, DispatchError> {
		ensure!(units > 0, Error::<T>::ZeroUnits);
		let mut record = Series::<T>::get(series).ok_or(Error::<T>::UnknownSeries)?;
		record.issued = record.issued.checked_add(units).ok_or(Error::<T>::SeriesExhausted)?;
		let new = Title { units, first_day, origin: Origin::Issued, locked_by: None };
		let title = Self::mint(series, &mut record, owner, &new)?;
		Series::<T>::insert(series, record);
		Self::deposit_event(Event::Issued {
			series,
			title,
			owner: owner.clone(),
			units,
			first_day,
		});
		T::Hooks::on_issue(series, title, owner, &new);
		Ok(title)
	}

	/// Mints `new` under the next id. The sum of units is the caller's to keep.
	pub(crate) fn mint(
		series: SeriesId,
		record: &mut SeriesRecord,
		owner: &T::AccountId,
		new: &Title,
	) -> Result<TitleId, DispatchError> {
		let title = record.next_title;
		record.next_title = title.checked_add(1).ok_or(Error::<T>::SeriesExhausted)?;
		record.titles = record.titles.checked_add(1).ok_or(Error::<T>::SeriesExhausted)?;
		let amount = T::TitleDeposit::get();
		T::Native::hold(&HoldReason::TitleStorage.into(), owner, amount)?;
		Deposits::<T>::insert(series, title, Deposit { payer: owner.clone(), amount });
		let config = ItemConfig { settings: ItemSettings::all_enabled() };
		Nfts::<T>::mint_into(&series, &title, owner, &config, true)?;
		<Nfts<T> as Mutate<T::AccountId, ItemConfig>>::set_attribute(
			&series,
			&title,
			UNITS_KEY,
			&units_text(new.units),
		)?;
		LiveTitles::<T>::insert(series, title, new);
		Ok(title)
	}

	/// Burns an unlocked title, returns its deposit to whoever paid it, and leaves a tombstone.
	pub(crate) fn end(
		series: SeriesId,
		record: &mut SeriesRecord,
		owner: &T::AccountId,
		(title, old): (TitleId, &Title),
		became: Became,
	) -> DispatchResult {
		record.titles = record.titles.checked_sub(1).ok_or(Error::<T>::UnknownTitle)?;
		// Burning leaves attributes behind, so ours goes first.
		<Nfts<T> as Mutate<T::AccountId, ItemConfig>>::clear_attribute(&series, &title, UNITS_KEY)?;
		<Nfts<T> as Mutate<T::AccountId, ItemConfig>>::burn(&series, &title, Some(owner))?;
		LiveTitles::<T>::remove(series, title);
		let Title { units, first_day, origin, .. } = *old;
		Tombstones::<T>::insert(series, title, Tombstone { units, first_day, origin, became });
		if let Some(Deposit { payer, amount }) = Deposits::<T>::take(series, title) {
			T::Native::release(
				&HoldReason::TitleStorage.into(),
				&payer,
				amount,
				Precision::BestEffort,
			)?;
		}
		Ok(())
	}

	/// Takes the fee for `count` tombstones.
	pub(crate) fn charge_tombstones(who: &T::AccountId, count: u32) -> DispatchResult {
		let fee = T::TombstoneFee::get().saturating_mul(Balance::from(count));
		let credit = T::Native::withdraw(
			who,
			fee,
			Precision::Exact,
			Preservation::Preserve,
			Fortitude::Polite,
		)?;
		T::OnFee::on_unbalanced(credit);
		Ok(())
	}

	/// The living titles among the ids `from … from + PAGE − 1`.
	pub(crate) fn page(series: SeriesId, from: TitleId) -> Page<T::AccountId> {
		let end = Series::<T>::get(series).map(|record| record.next_title).unwrap_or_default();
		let stop = from.saturating_add(PAGE).min(end);
		let titles = (from..stop)
			.filter_map(|id| {
				let (owner, title) = Self::live(series, id).ok()?;
				Some(OwnedTitle { id, owner, title })
			})
			.collect();
		Page { titles, next: (stop < end).then_some(stop) }
	}
}
