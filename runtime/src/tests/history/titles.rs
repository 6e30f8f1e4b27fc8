//! Titles: that they are, whose, of how many units, from where, locked by what.

use super::Differences;
use crate::*;
use dmex_primitives::{
	titles::{LockReason, Origin, Title},
	SeriesId, TitleId, Units,
};
use pallet_titles::{
	types::{Became, SeriesRecord, Tombstone},
	Event,
};
use std::collections::BTreeMap;

type Key = (SeriesId, TitleId);

#[derive(Clone, Default)]
pub struct Titles {
	series: BTreeMap<SeriesId, SeriesRecord>,
	living: BTreeMap<Key, Title>,
	owners: BTreeMap<Key, AccountId>,
	ended: BTreeMap<Key, Tombstone>,
	sources: BTreeMap<Key, Vec<TitleId>>,
}

impl Titles {
	pub fn read() -> Self {
		let living = pallet_titles::LiveTitles::<Runtime>::iter();
		let ended = pallet_titles::Tombstones::<Runtime>::iter();
		let sources = pallet_titles::Sources::<Runtime>::iter();
		let items = pallet_nfts::Item::<Runtime>::iter_keys();
		Self {
			series: pallet_titles::Series::<Runtime>::iter().collect(),
			living: living.map(|(series, id, title)| ((series, id), title)).collect(),
			owners: items
				.filter_map(|key| Nfts::owner(key.0, key.1).map(|owner| (key, owner)))
				.collect(),
			ended: ended.map(|(series, id, grave)| ((series, id), grave)).collect(),
			sources: sources.map(|(series, id, of)| ((series, id), of.into_inner())).collect(),
		}
	}

	pub fn take(&mut self, event: &RuntimeEvent) {
		match event {
			RuntimeEvent::Nfts(event) => self.item(event),
			RuntimeEvent::Titles(event) => self.title(event),
			_ => {},
		}
	}

	/// Who owns a title is told by the items alone. The collection of a title is its series.
	fn item(&mut self, event: &pallet_nfts::Event<Runtime>) {
		use pallet_nfts::Event;
		match event {
			Event::Issued { collection, item, owner: to }
			| Event::Transferred { collection, item, to, .. } => {
				self.owners.insert((*collection, *item), to.clone());
			},
			Event::Burned { collection, item, .. } => {
				self.owners.remove(&(*collection, *item));
			},
			_ => {},
		}
	}

	fn title(&mut self, event: &Event<Runtime>) {
		match event.clone() {
			Event::SeriesOpened { series } => {
				self.series.insert(series, SeriesRecord::default());
			},
			Event::Issued { series, title, units, first_day, .. } => {
				if let Some(record) = self.series.get_mut(&series) {
					record.issued += units;
				}
				self.begin(series, title, units, first_day, Origin::Issued);
			},
			Event::Split { series, title, parts } => {
				let Some((first, _)) = parts.first().copied() else { return };
				let became = Became::Parts { first, count: parts.len() as u32 };
				let Some(parent) = self.end(series, title, became) else { return };
				for (part, units) in parts {
					let origin = Origin::SplitFrom(title);
					self.begin(series, part, units, parent.first_day, origin);
				}
			},
			Event::Merged { series, titles, merged, units } => {
				let became = Became::Merged(merged);
				let ended: Vec<Title> =
					titles.iter().filter_map(|id| self.end(series, *id, became)).collect();
				let first_day = ended.iter().map(|title| title.first_day).max();
				self.begin(series, merged, units, first_day.unwrap_or_default(), Origin::Merged);
				self.sources.insert((series, merged), titles.into_inner());
			},
			Event::Locked { series, title, reason } => self.lock(series, title, Some(reason)),
			Event::Unlocked { series, title, .. } => self.lock(series, title, None),
			_ => {},
		}
	}

	fn begin(&mut self, series: SeriesId, id: TitleId, units: Units, first_day: u32, from: Origin) {
		let new = Title { units, first_day, origin: from, locked_by: None };
		self.living.insert((series, id), new);
		if let Some(record) = self.series.get_mut(&series) {
			record.next_title = id + 1;
			record.titles += 1;
		}
	}

	fn end(&mut self, series: SeriesId, id: TitleId, became: Became) -> Option<Title> {
		let title = self.living.remove(&(series, id))?;
		let Title { units, first_day, origin, .. } = title;
		self.ended.insert((series, id), Tombstone { units, first_day, origin, became });
		self.series.get_mut(&series)?.titles -= 1;
		Some(title)
	}

	fn lock(&mut self, series: SeriesId, id: TitleId, locked_by: Option<LockReason>) {
		if let Some(title) = self.living.get_mut(&(series, id)) {
			title.locked_by = locked_by;
		}
	}

	pub fn compare(&self, kept: &Self, found: &mut Differences) {
		found.each("series", &self.series, &kept.series);
		found.each("title", &self.living, &kept.living);
		found.each("owner of title", &self.owners, &kept.owners);
		found.each("ended title", &self.ended, &kept.ended);
		found.each("sources of title", &self.sources, &kept.sources);
	}
}
