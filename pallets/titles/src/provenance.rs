//! Where a title came from, read back through the tombstones.

use crate::{
	types::{Ancestor, MAX_ANCESTORS},
	Config, LiveTitles, Pallet, Sources, Tombstones,
};
use alloc::{
	collections::{BTreeSet, VecDeque},
	vec::Vec,
};
use dmex_primitives::{titles::Origin, SeriesId, TitleId};

impl<T: Config> Pallet<T> {
	/// The title and its ancestors, nearest first, each once; at most [`MAX_ANCESTORS`].
	pub(crate) fn ancestors(series: SeriesId, title: TitleId) -> Vec<Ancestor> {
		let mut found = Vec::new();
		let mut seen = BTreeSet::from([title]);
		let mut next = VecDeque::from([title]);
		while let Some(id) = next.pop_front() {
			if found.len() >= MAX_ANCESTORS {
				break;
			}
			let Some(ancestor) = Self::ancestor(series, id) else {
				continue;
			};
			// Parts of one title may have been merged again: the ways back meet.
			next.extend(ancestor.made_of.iter().filter(|parent| seen.insert(**parent)));
			found.push(ancestor);
		}
		found
	}

	fn ancestor(series: SeriesId, id: TitleId) -> Option<Ancestor> {
		let (units, first_day, origin, became) = match LiveTitles::<T>::get(series, id) {
			Some(title) => (title.units, title.first_day, title.origin, None),
			None => {
				let old = Tombstones::<T>::get(series, id)?;
				(old.units, old.first_day, old.origin, Some(old.became))
			},
		};
		let made_of = match origin {
			Origin::Issued => Vec::new(),
			Origin::SplitFrom(parent) => Vec::from([parent]),
			Origin::Merged => Sources::<T>::get(series, id).unwrap_or_default().into_inner(),
		};
		Some(Ancestor { id, units, first_day, made_of, became })
	}
}
