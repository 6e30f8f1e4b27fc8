//! A lot's book with its pages at hand: read once, changed in memory, written once.

use crate::{
	types::{place, Book, DayRecord, Page},
	Books, Config, Pages, Starting,
};
use alloc::collections::BTreeMap;
use core::marker::PhantomData;
use dmex_math::Fine;
use dmex_primitives::{CoinAmount, Day, LotId, Units};
use frame_support::defensive;

/// The book of a lot and those of its pages that were looked at.
pub(crate) struct Ledger<T: Config> {
	pub lot: LotId,
	pub book: Book,
	pages: BTreeMap<u32, (Page, bool)>,
	_config: PhantomData<T>,
}

impl<T: Config> Ledger<T> {
	pub fn open(lot: LotId) -> Option<Self> {
		let book = Books::<T>::get(lot)?;
		Some(Self { lot, book, pages: BTreeMap::new(), _config: PhantomData })
	}

	/// Writes the book and the pages that changed.
	pub fn save(self) {
		for (number, (page, changed)) in self.pages {
			if changed {
				Pages::<T>::insert(self.lot, number, page);
			}
		}
		Books::<T>::insert(self.lot, self.book);
	}

	fn page(&mut self, number: u32) -> &mut (Page, bool) {
		let lot = self.lot;
		self.pages.entry(number).or_insert_with(|| (Pages::<T>::get(lot, number), false))
	}

	/// A closed day.
	pub fn record(&mut self, day: Day) -> Option<DayRecord> {
		if day >= self.book.closed_until {
			return None;
		}
		let (number, slot) = place(self.book.start, day)?;
		self.page(number).0.get(slot).copied()
	}

	/// Writes a closed day, or the one that closes now.
	pub fn set_record(&mut self, day: Day, record: DayRecord) {
		let Some((number, slot)) = place(self.book.start, day) else {
			defensive!("a day before the book");
			return;
		};
		let (page, changed) = self.page(number);
		*changed = true;
		if let Some(old) = page.get_mut(slot) {
			*old = record;
		} else if page.len() != slot || page.try_push(record).is_err() {
			defensive!("a day is skipped");
		}
	}

	/// One of the indices at the start of a day: of `record` if the day is before `until`, else
	/// `now`.
	fn index_at(
		&mut self,
		day: Day,
		until: Day,
		now: Fine,
		of: impl FnOnce(&DayRecord) -> Fine,
	) -> Fine {
		if day >= until {
			return now;
		}
		self.record(day).map(|record| of(&record)).unwrap_or_default()
	}

	/// Delivered a unit before a day.
	pub fn delivered_at(&mut self, day: Day) -> Fine {
		let Book { closed_until, delivered, .. } = self.book;
		self.index_at(day, closed_until, delivered.index, |record| record.index)
	}

	/// Short a unit before a day.
	pub fn short_at(&mut self, day: Day) -> Fine {
		let Book { closed_until, short_index, .. } = self.book;
		self.index_at(day, closed_until, short_index, |record| record.short_index)
	}

	/// Made up a unit before a day, of days that the make-up has reached.
	pub fn made_up_at(&mut self, day: Day) -> Fine {
		let Book { make_up_until, closed_until, made_up, .. } = self.book;
		// The day that is being made up knows where it began, if it is closed.
		let until = make_up_until.saturating_add(1).min(closed_until);
		self.index_at(day, until, made_up.index, |record| record.made_up_index)
	}

	/// Lost a unit before a day, of days that the make-up has passed.
	pub fn lost_at(&mut self, day: Day) -> Fine {
		let Book { make_up_until, lost_index, .. } = self.book;
		self.index_at(day, make_up_until, lost_index, |record| record.lost_index)
	}

	/// Coins lost before a day, of days that the make-up has passed.
	pub fn coins_lost_at(&mut self, day: Day) -> CoinAmount {
		if day >= self.book.make_up_until {
			return self.book.lost;
		}
		self.record(day).map(|record| record.lost).unwrap_or_default()
	}

	/// Units of the day that closes next.
	pub fn units_next(&self) -> Option<Units> {
		let (lot, day) = (self.lot, self.book.closed_until);
		self.book.units.checked_add(Starting::<T>::get(lot, day))
	}
}
