//! What must hold of the books after every block.

#![cfg(any(feature = "std", feature = "try-runtime"))]

use crate::{
	mint::Nfts,
	types::{units_text, Became, SeriesRecord, Tombstone, UNITS_KEY},
	Config, Deposits, HoldReason, LiveTitles, Pallet, Series, Sources, Tombstones,
};
use alloc::collections::BTreeMap;
use dmex_primitives::{
	titles::{Origin, Title},
	Balance, SeriesId, TitleId, Units,
};
use frame_support::{
	ensure,
	traits::{
		fungible::InspectHold,
		tokens::nonfungibles_v2::{Inspect, InspectEnumerable},
	},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks everything below; the text of the error names the rule that is broken.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (series, record) in Series::<T>::iter() {
			Self::check_sums(series, &record)?;
			Self::check_items(series, &record)?;
			Self::check_history(series)?;
		}
		for (series, _, _) in LiveTitles::<T>::iter() {
			ensure!(Series::<T>::contains_key(series), "a title lives outside a series");
		}
		Self::check_deposits()
	}

	/// The units of the living titles are what is issued, and every id used is alive or buried.
	fn check_sums(series: SeriesId, record: &SeriesRecord) -> Result<(), TryRuntimeError> {
		let mut units = Units::MIN;
		let mut titles = 0u32;
		for (id, title) in LiveTitles::<T>::iter_prefix(series) {
			ensure!(id < record.next_title, "a title has an id that was not given yet");
			ensure!(title.units > 0, "a title holds nothing");
			units = units.checked_add(title.units).ok_or("units overflow")?;
			titles = titles.checked_add(1).ok_or("titles overflow")?;
		}
		ensure!(units == record.issued, "units of the titles are not what is issued");
		ensure!(titles == record.titles, "titles are miscounted");
		let mut buried = 0u32;
		for (id, _) in Tombstones::<T>::iter_prefix(series) {
			ensure!(!LiveTitles::<T>::contains_key(series, id), "a buried title lives");
			buried = buried.checked_add(1).ok_or("tombstones overflow")?;
		}
		ensure!(
			titles.checked_add(buried) == Some(record.next_title),
			"an id is neither alive nor buried"
		);
		Ok(())
	}

	/// Items and titles are the same set, and wallets see the true units.
	fn check_items(series: SeriesId, record: &SeriesRecord) -> Result<(), TryRuntimeError> {
		for (id, title) in LiveTitles::<T>::iter_prefix(series) {
			ensure!(Nfts::<T>::owner(series, id).is_some(), "a title has no item");
			let shown = Nfts::<T>::system_attribute(&series, Some(&id), UNITS_KEY);
			ensure!(shown == Some(units_text(title.units)), "an item shows other units");
		}
		let items =
			u32::try_from(Nfts::<T>::items(&series).count()).map_err(|_| "too many items")?;
		ensure!(items == record.titles, "an item has no title");
		Ok(())
	}

	/// Split and merge conserve units, and both ends of each step name the other.
	fn check_history(series: SeriesId) -> Result<(), TryRuntimeError> {
		let mut merged: BTreeMap<TitleId, Units> = BTreeMap::new();
		for (id, old) in Tombstones::<T>::iter_prefix(series) {
			match old.became {
				Became::Parts { first, count } => {
					Self::check_parts_of(series, id, &old, first, count)?
				},
				Became::Merged(sum) => {
					let sources = Sources::<T>::get(series, sum).unwrap_or_default();
					ensure!(sources.contains(&id), "a merged title does not name its source");
					let entry = merged.entry(sum).or_default();
					*entry = entry.checked_add(old.units).ok_or("units overflow")?;
				},
			}
		}
		for (id, units) in &merged {
			let (whole, origin) = Self::ever(series, *id).ok_or("a merged title is lost")?;
			ensure!(whole == *units, "merge does not conserve units");
			ensure!(origin == Origin::Merged, "a merged title has another origin");
		}
		ensure!(
			Sources::<T>::iter_prefix(series).all(|(id, _)| merged.contains_key(&id)),
			"sources of a title that was not merged"
		);
		Ok(())
	}

	fn check_parts_of(
		series: SeriesId,
		id: TitleId,
		old: &Tombstone,
		first: TitleId,
		count: u32,
	) -> Result<(), TryRuntimeError> {
		let mut sum = Units::MIN;
		let end = first.checked_add(count).ok_or("ids overflow")?;
		for part in first..end {
			let (units, origin) = Self::ever(series, part).ok_or("a part is lost")?;
			ensure!(origin == Origin::SplitFrom(id), "a part has another origin");
			sum = sum.checked_add(units).ok_or("units overflow")?;
		}
		ensure!(sum == old.units, "split does not conserve units");
		Ok(())
	}

	/// Units and origin of a title, living or ended.
	fn ever(series: SeriesId, id: TitleId) -> Option<(Units, Origin)> {
		match LiveTitles::<T>::get(series, id) {
			Some(Title { units, origin, .. }) => Some((units, origin)),
			None => Tombstones::<T>::get(series, id).map(|old| (old.units, old.origin)),
		}
	}

	/// Every living title has a deposit, and what is held is the sum of the deposits.
	fn check_deposits() -> Result<(), TryRuntimeError> {
		let mut ledger: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		for (series, id, deposit) in Deposits::<T>::iter() {
			ensure!(LiveTitles::<T>::contains_key(series, id), "a deposit for no title");
			let entry = ledger.entry(deposit.payer).or_default();
			*entry = entry.checked_add(deposit.amount).ok_or("deposits overflow")?;
		}
		for (series, id, _) in LiveTitles::<T>::iter() {
			ensure!(Deposits::<T>::contains_key(series, id), "a title without a deposit");
		}
		for (payer, amount) in ledger {
			let held = T::Native::balance_on_hold(&HoldReason::TitleStorage.into(), &payer);
			ensure!(held == amount, "deposits on hold are not what the books say");
		}
		Ok(())
	}
}
