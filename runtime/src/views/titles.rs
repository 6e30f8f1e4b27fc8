//! Titles of a series and who owns them.

use super::{facts::source_name, income::Outlook, words};
use crate::*;
use alloc::{collections::BTreeMap, vec::Vec};
use core::cmp::Reverse;
use dmex_primitives::{titles::Title, SeriesId, TitleId, Units};
use dmex_runtime_api::{HolderView, TitleLot, TitleView, MAX_HOLDERS, MAX_TITLES};

/// A living title.
pub fn title(series: SeriesId, id: TitleId) -> Option<TitleView> {
	let (owner, title) = Titles::title(series, id)?;
	let mut outlook = Outlook::of(series);
	Some(view_of(series, id, owner, title, lot_of(series), outlook.as_mut()))
}

/// Titles of a series in order of id. Looks at every id after `after` until it has enough; ids
/// that ended cost a read each, and cost those who ended them a fee.
pub fn titles(series: SeriesId, after: Option<TitleId>, limit: u32) -> Vec<TitleView> {
	let known = Titles::series(series).unwrap_or_default();
	let first = match after {
		Some(after) => after.saturating_add(1),
		None => 0,
	};
	let most = usize::try_from(limit.min(MAX_TITLES)).unwrap_or_default();
	let lot = lot_of(series);
	let mut outlook = Outlook::of(series);
	(first..known.next_title)
		.filter_map(|id| {
			let (owner, title) = Titles::title(series, id)?;
			Some(view_of(series, id, owner, title, lot.clone(), outlook.as_mut()))
		})
		.take(most)
		.collect()
}

/// A title as it is shown. The lot and its outlook are the same for all titles of a series.
pub(super) fn view_of(
	series: SeriesId,
	id: TitleId,
	owner: AccountId,
	title: Title,
	lot: Option<TitleLot>,
	outlook: Option<&mut Outlook>,
) -> TitleView {
	TitleView {
		series,
		id,
		owner,
		units: title.units.into(),
		first_day: title.first_day,
		locked_by: title.locked_by,
		origin: title.origin.into(),
		lot,
		income: outlook.and_then(|outlook| outlook.of_title(id, &title)),
	}
}

/// The lot that a series is, if it is one.
pub(super) fn lot_of(series: SeriesId) -> Option<TitleLot> {
	let lot = Hashpower::lot(series)?;
	let (symbol, unit) = words(lot.terms.coin);
	// As the oracle knows it: the provider may have written it otherwise.
	let account = PoolOracle::account(lot.account)?;
	Some(TitleLot {
		farm: lot.terms.farm,
		provider: lot.provider,
		status: lot.status,
		symbol,
		unit,
		model: lot.terms.model.into_inner(),
		millicents_per_kwh: lot.terms.millicents_per_kwh,
		source_name: source_name(account.source),
		account_name: account.name.into_inner(),
		last_day: lot.terms.last_day,
		fee_ppm: lot.terms.fee.deconstruct(),
	})
}

/// Who owns a series, largest first, among as many of its titles as `walk` allows; what was walked
/// is taken from it.
pub(super) fn holders(series: SeriesId, walk: &mut u32) -> Vec<HolderView> {
	let mut holders: BTreeMap<AccountId, (Units, u32)> = BTreeMap::new();
	let most = usize::try_from(*walk).unwrap_or_default();
	for (id, title) in pallet_titles::LiveTitles::<Runtime>::iter_prefix(series).take(most) {
		*walk = walk.saturating_sub(1);
		let Some(owner) = Nfts::owner(series, id) else { continue };
		let (units, titles) = holders.entry(owner).or_default();
		*units = units.saturating_add(title.units);
		*titles = titles.saturating_add(1);
	}
	let mut holders: Vec<HolderView> = holders
		.into_iter()
		.map(|(owner, (units, titles))| HolderView { owner, units: units.into(), titles })
		.collect();
	// Stable: those with as much stay in the order of their accounts.
	holders.sort_by_key(|holder| Reverse(holder.units));
	holders.truncate(usize::try_from(MAX_HOLDERS).unwrap_or_default());
	holders
}
