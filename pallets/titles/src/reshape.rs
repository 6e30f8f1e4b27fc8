//! Split and merge: titles end, others with the same units together begin.

use crate::{
	types::{check_parts, has_duplicate, merged_first_day, BadParts, Became, SplitParts, TitleIds},
	Config, Error, Event, Pallet, Series, Sources,
};
use alloc::vec::Vec;
use dmex_primitives::{
	calendar::Calendar,
	titles::{Origin, Title, TitleHooks},
	Day, SeriesId, TitleId, Units,
};
use frame_support::ensure;
use sp_runtime::DispatchError;

/// Titles with their ids.
type Records = Vec<(TitleId, Title)>;

impl<T> From<BadParts> for Error<T> {
	fn from(bad: BadParts) -> Self {
		match bad {
			BadParts::TooFew => Error::TooFewParts,
			BadParts::TooMany => Error::TooManyParts,
			BadParts::Zero => Error::ZeroUnits,
			BadParts::DoNotAddUp => Error::PartsDoNotAddUp,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_split(
		series: SeriesId,
		title: TitleId,
		parts: &[Units],
	) -> Result<Vec<TitleId>, DispatchError> {
		let (owner, parent) = Self::live(series, title)?;
		ensure!(parent.locked_by.is_none(), Error::<T>::TitleLocked);
		let count = check_parts(parent.units, parts).map_err(Error::<T>::from)?;
		let mut record = Series::<T>::get(series).ok_or(Error::<T>::UnknownSeries)?;
		T::Hooks::can_split(series, title, parts)?;
		T::Hooks::settle(series, title, &owner);

		let became = Became::Parts { first: record.next_title, count };
		Self::end(series, &mut record, &owner, (title, &parent), became)?;
		Self::charge_tombstones(&owner, 1)?;
		let mut made = SplitParts::default();
		for units in parts {
			let origin = Origin::SplitFrom(title);
			let part = Title { units: *units, origin, locked_by: None, ..parent };
			let id = Self::mint(series, &mut record, &owner, &part)?;
			made.try_push((id, *units)).map_err(|_| Error::<T>::TooManyParts)?;
		}
		Series::<T>::insert(series, record);

		let ids = made.iter().map(|(id, _)| *id).collect();
		T::Hooks::on_split(series, title, &made);
		Self::deposit_event(Event::Split { series, title, parts: made });
		Ok(ids)
	}

	pub(crate) fn do_merge(series: SeriesId, ids: &[TitleId]) -> Result<TitleId, DispatchError> {
		ensure!(ids.len() >= 2, Error::<T>::TooFewParts);
		let titles = TitleIds::try_from(ids.to_vec()).map_err(|_| Error::<T>::TooManyParts)?;
		ensure!(!has_duplicate(ids), Error::<T>::DuplicateTitle);
		let (owner, old) = Self::mergeable(series, ids)?;
		let days: Vec<Day> = old.iter().map(|(_, title)| title.first_day).collect();
		let first_day =
			merged_first_day(&days, T::Calendar::today()).ok_or(Error::<T>::FirstDaysDiffer)?;
		let units = old
			.iter()
			.try_fold(Units::MIN, |sum, (_, title)| sum.checked_add(title.units))
			.ok_or(Error::<T>::SeriesExhausted)?;
		let mut record = Series::<T>::get(series).ok_or(Error::<T>::UnknownSeries)?;
		T::Hooks::can_merge(series, ids)?;
		for id in ids {
			T::Hooks::settle(series, *id, &owner);
		}

		let became = Became::Merged(record.next_title);
		for (id, title) in &old {
			Self::end(series, &mut record, &owner, (*id, title), became)?;
		}
		let count = u32::try_from(ids.len()).map_err(|_| Error::<T>::TooManyParts)?;
		Self::charge_tombstones(&owner, count)?;
		let sum = Title { units, first_day, origin: Origin::Merged, locked_by: None };
		let merged = Self::mint(series, &mut record, &owner, &sum)?;
		Sources::<T>::insert(series, merged, &titles);
		Series::<T>::insert(series, record);

		T::Hooks::on_merge(series, ids, merged);
		Self::deposit_event(Event::Merged { series, titles, merged, units });
		Ok(merged)
	}

	/// The one owner of unlocked titles, and the titles.
	fn mergeable(
		series: SeriesId,
		ids: &[TitleId],
	) -> Result<(T::AccountId, Records), DispatchError> {
		let mut common: Option<T::AccountId> = None;
		let mut titles = Vec::new();
		for id in ids {
			let (owner, title) = Self::live(series, *id)?;
			ensure!(title.locked_by.is_none(), Error::<T>::TitleLocked);
			ensure!(common.as_ref().is_none_or(|who| *who == owner), Error::<T>::OwnersDiffer);
			common = Some(owner);
			titles.push((*id, title));
		}
		Ok((common.ok_or(Error::<T>::TooFewParts)?, titles))
	}
}
