//! What is kept of series and titles, and the rules that need no storage.

use alloc::{collections::BTreeSet, string::ToString, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use dmex_primitives::{
	titles::{Origin, Title},
	Balance, Day, TitleId, Units,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Most parts a title is split into, and most titles merged at once.
pub const MAX_PARTS: u32 = 16;
/// Most facts of a series.
pub const MAX_FACTS: usize = 16;
/// Ids that one page of `titles_of_series` looks at.
pub const PAGE: u32 = 256;
/// Most titles that `provenance` answers.
pub const MAX_ANCESTORS: usize = 64;
/// Key of an item's one attribute.
pub const UNITS_KEY: &[u8] = b"units";

/// Ids of the titles of one split or merge.
pub type TitleIds = BoundedVec<TitleId, ConstU32<MAX_PARTS>>;
/// Units of the parts of a split.
pub type Parts = BoundedVec<Units, ConstU32<MAX_PARTS>>;
/// The titles that a split made.
pub type SplitParts = BoundedVec<(TitleId, Units), ConstU32<MAX_PARTS>>;

/// Counters of a series.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct SeriesRecord {
	/// Id of the next title. Only ever grows.
	pub next_title: TitleId,
	/// Sum of the units of the living titles.
	pub issued: Units,
	/// Living titles.
	pub titles: u32,
}

/// What an ended title became.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub enum Became {
	/// The titles `first … first + count − 1`.
	Parts {
		/// Id of the first part.
		first: TitleId,
		/// How many parts.
		count: u32,
	},
	/// A part of the title with this id.
	Merged(TitleId),
}

/// What stays of an ended title, for ever.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Tombstone {
	/// Units that the id stood for.
	pub units: Units,
	/// First day whose income was the title's.
	pub first_day: Day,
	/// Where the title had come from.
	pub origin: Origin,
	/// What it became.
	pub became: Became,
}

/// The storage deposit of a living title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Deposit<AccountId> {
	/// Who paid it and gets it back, whoever owns the title then.
	pub payer: AccountId,
	/// What is on hold for it, smallest unit of DMEX.
	pub amount: Balance,
}

/// A title and its owner.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct OwnedTitle<AccountId> {
	/// Its id.
	pub id: TitleId,
	/// Who owns it.
	pub owner: AccountId,
	/// What it is.
	pub title: Title,
}

/// Some of the living titles of a series, by id.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Page<AccountId> {
	/// The living titles among the ids looked at.
	pub titles: Vec<OwnedTitle<AccountId>>,
	/// Where to go on, if there are more ids.
	pub next: Option<TitleId>,
}

/// A title in the history of another, living or ended.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Ancestor {
	/// Its id.
	pub id: TitleId,
	/// Units that the id stands or stood for.
	pub units: Units,
	/// First day whose income is or was its.
	pub first_day: Day,
	/// Titles it was made of: none if issued, one if split, two or more if merged.
	pub made_of: Vec<TitleId>,
	/// What it became; `None` while it lives.
	pub became: Option<Became>,
}

/// Why parts do not divide a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BadParts {
	/// Fewer than two.
	TooFew,
	/// More than [`MAX_PARTS`].
	TooMany,
	/// One of them is zero.
	Zero,
	/// Their sum is not the title's units.
	DoNotAddUp,
}

/// Number of `parts` if they divide `units` without a rest.
pub fn check_parts(units: Units, parts: &[Units]) -> Result<u32, BadParts> {
	let count = u32::try_from(parts.len()).map_err(|_| BadParts::TooMany)?;
	if count < 2 {
		return Err(BadParts::TooFew);
	}
	if count > MAX_PARTS {
		return Err(BadParts::TooMany);
	}
	if parts.contains(&0) {
		return Err(BadParts::Zero);
	}
	let sum = parts.iter().try_fold(Units::MIN, |sum, part| sum.checked_add(*part));
	if sum != Some(units) {
		return Err(BadParts::DoNotAddUp);
	}
	Ok(count)
}

/// First day of a merged title: the latest, if all are equal or all have come by `today`.
pub fn merged_first_day(days: &[Day], today: Day) -> Option<Day> {
	let latest = *days.iter().max()?;
	let earliest = *days.iter().min()?;
	(latest == earliest || latest <= today).then_some(latest)
}

/// Whether an id is named twice.
pub fn has_duplicate(ids: &[TitleId]) -> bool {
	let mut seen = BTreeSet::new();
	!ids.iter().all(|id| seen.insert(id))
}

/// Value of the attribute `units`: decimal digits, as wallets show attributes.
pub fn units_text(units: Units) -> Vec<u8> {
	units.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn parts_divide_without_a_rest() {
		assert_eq!(check_parts(10, &[3, 7]), Ok(2));
		assert_eq!(check_parts(16, &[1; 16]), Ok(16));
		assert_eq!(check_parts(10, &[10]), Err(BadParts::TooFew));
		assert_eq!(check_parts(0, &[]), Err(BadParts::TooFew));
		assert_eq!(check_parts(17, &[1; 17]), Err(BadParts::TooMany));
		assert_eq!(check_parts(10, &[0, 10]), Err(BadParts::Zero));
		assert_eq!(check_parts(10, &[3, 6]), Err(BadParts::DoNotAddUp));
		assert_eq!(check_parts(10, &[3, 8]), Err(BadParts::DoNotAddUp));
		assert_eq!(check_parts(1, &[Units::MAX, 2]), Err(BadParts::DoNotAddUp));
	}

	#[test]
	fn merged_titles_start_together_or_have_all_started() {
		assert_eq!(merged_first_day(&[5, 5], 1), Some(5));
		assert_eq!(merged_first_day(&[5, 7], 7), Some(7));
		assert_eq!(merged_first_day(&[5, 7], 6), None);
		assert_eq!(merged_first_day(&[], 6), None);
	}

	#[test]
	fn a_duplicate_is_seen_wherever_it_stands() {
		assert!(has_duplicate(&[1, 2, 1]));
		assert!(!has_duplicate(&[1, 2, 3]));
	}

	#[test]
	fn units_are_written_in_decimal() {
		assert_eq!(units_text(1_200), b"1200".to_vec());
		assert_eq!(units_text(Units::MAX).len(), 39);
	}
}
