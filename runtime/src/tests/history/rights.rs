//! The ledger of days: what each day owed and brought, whose it is, what was paid and is owed.

use super::Differences;
use crate::*;
use dmex_math::{mul_div, Rounding};
use dmex_primitives::{
	rights::{Days, Pots as _},
	AssetId, CoinAmount, Day, LotId, Power, SeriesId, TitleId, Units,
};
use pallet_income::{
	types::{Award, Score},
	Event,
};
use std::collections::BTreeMap;

/// A closed day.
#[derive(Clone, PartialEq, Debug)]
struct Closed {
	units: Units,
	due: CoinAmount,
	delivered: CoinAmount,
	made_up: CoinAmount,
	/// Known once the time to make it up is over; of a day that was never short there is nothing.
	lost: Option<CoinAmount>,
	measured: Option<Power>,
	score: Score,
}

/// The book of a lot.
#[derive(Clone, PartialEq, Debug)]
struct Book {
	asset: AssetId,
	start: Day,
	end: Day,
	closed_until: Day,
	final_until: Day,
	ended: Option<Day>,
	arrived: CoinAmount,
	delivered: CoinAmount,
	made_up: CoinAmount,
	to_provider: CoinAmount,
	provider_paid: CoinAmount,
}

/// The days of a title.
#[derive(Clone, PartialEq, Debug)]
struct TitleBook {
	units: Units,
	first_day: Day,
	paid_until: Day,
	paid: CoinAmount,
	liens: Vec<(Days, AccountId)>,
}

#[derive(Clone, Default)]
pub struct Rights {
	books: BTreeMap<LotId, Book>,
	days: BTreeMap<(LotId, Day), Closed>,
	titles: BTreeMap<(SeriesId, TitleId), TitleBook>,
	awards: BTreeMap<(LotId, u32), Award>,
	/// Paid to rights, or owed to them.
	paid: BTreeMap<(LotId, AssetId), Balance>,
	owed: BTreeMap<(AssetId, AccountId), Balance>,
}

impl Rights {
	pub fn read() -> Self {
		let mut rights = Self::default();
		for (lot, book) in pallet_income::Books::<Runtime>::iter() {
			rights.read_days(lot, &book);
			rights.paid.insert((lot, book.asset), book.flows.paid);
			let flows = book.flows;
			let told = Book {
				asset: book.asset,
				start: book.start,
				end: book.end,
				closed_until: book.closed_until,
				final_until: book.final_until,
				ended: book.ended,
				arrived: flows.arrived,
				delivered: flows.delivered,
				made_up: flows.made_up,
				to_provider: flows.to_provider,
				provider_paid: flows.provider_paid,
			};
			rights.books.insert(lot, told);
		}
		for (lot, asset, flow) in pallet_income::AwardsFlow::<Runtime>::iter() {
			*rights.paid.entry((lot, asset)).or_default() += flow.paid;
		}
		rights.paid.retain(|_, amount| *amount > 0);
		for (series, id, book) in pallet_income::TitleBooks::<Runtime>::iter() {
			let liens = book.liens.into_iter().map(|lien| (lien.days, lien.holder)).collect();
			let told = TitleBook {
				units: book.units,
				first_day: book.first_day,
				paid_until: book.cursor.paid_until,
				paid: book.paid,
				liens,
			};
			rights.titles.insert((series, id), told);
		}
		for (lot, number, award) in pallet_income::Awards::<Runtime>::iter() {
			rights.awards.insert((lot, number), award);
		}
		for (asset, who, amount) in pallet_income::Owed::<Runtime>::iter() {
			rights.owed.insert((asset, who), amount);
		}
		rights.owed.retain(|_, amount| *amount > 0);
		rights
	}

	fn read_days(&mut self, lot: LotId, book: &pallet_income::types::Book) {
		for (page, records) in pallet_income::Pages::<Runtime>::iter_prefix(lot) {
			let first = book.start + page * pallet_income::types::PAGE_DAYS;
			for (day, record) in (first..).zip(records) {
				let told = day < book.told_until && record.short() > 0;
				let closed = Closed {
					units: record.units,
					due: record.due,
					delivered: record.delivered,
					made_up: record.made_up,
					lost: told.then(|| record.missing()),
					measured: record.measured,
					score: record.score,
				};
				self.days.insert((lot, day), closed);
			}
		}
	}

	pub fn take(&mut self, event: &RuntimeEvent) {
		match event {
			RuntimeEvent::Titles(event) => self.title(event),
			RuntimeEvent::Income(event) => self.income(event),
			_ => {},
		}
	}

	fn title(&mut self, event: &pallet_titles::Event<Runtime>) {
		use pallet_titles::Event;
		match event.clone() {
			Event::Issued { series, title, units, first_day, .. } => {
				// Days that are closed are divided already.
				let closed = self.books.get(&series).map(|book| book.closed_until);
				let first_day = first_day.max(closed.unwrap_or_default());
				let paid_until = first_day;
				let new = TitleBook { units, first_day, paid_until, paid: 0, liens: Vec::new() };
				self.titles.insert((series, title), new);
			},
			Event::Split { series, title, parts } => {
				let Some(parent) = self.titles.remove(&(series, title)) else { return };
				// What was paid is divided by units, and the first part has the rest.
				let mut left = parent.paid;
				for (part, units) in parts.iter().rev() {
					let paid = mul_div(parent.paid, *units, parent.units, Rounding::Down);
					let is_first = parts.first().is_some_and(|(first, _)| first == part);
					let paid = if is_first { left } else { paid.expect("a part of it") };
					left -= paid;
					let part_book = TitleBook { units: *units, paid, ..parent.clone() };
					self.titles.insert((series, *part), part_book);
				}
			},
			Event::Merged { series, titles, merged, units } => {
				let ended = titles.iter().filter_map(|id| self.titles.remove(&(series, *id)));
				let sum = ended.reduce(|sum, next| TitleBook {
					first_day: sum.first_day.max(next.first_day),
					paid_until: sum.paid_until.max(next.paid_until),
					paid: sum.paid + next.paid,
					..sum
				});
				let Some(sum) = sum else { return };
				self.titles.insert((series, merged), TitleBook { units, ..sum });
			},
			_ => {},
		}
	}

	fn income(&mut self, event: &Event<Runtime>) {
		match event.clone() {
			Event::BookOpened { lot, asset, start, end } => self.open(lot, asset, start, end),
			Event::Arrived { lot, amount, .. } => self.change(lot, |book| book.arrived += amount),
			Event::DayClosed { lot, day, units, due, delivered, measured, score } => {
				self.change(lot, |book| {
					book.closed_until = day + 1;
					book.delivered += delivered;
				});
				let (made_up, lost) = (0, None);
				let closed = Closed { units, due, delivered, made_up, lost, measured, score };
				self.days.insert((lot, day), closed);
			},
			Event::MadeUp { lot, day, amount } => {
				self.change(lot, |book| book.made_up += amount);
				if let Some(day) = self.days.get_mut(&(lot, day)) {
					day.made_up += amount;
				}
			},
			Event::MakeUpOver { lot, day, lost } => {
				if let Some(day) = self.days.get_mut(&(lot, day)) {
					day.lost = Some(lost);
				}
			},
			Event::Final { lot, until } => self.change(lot, |book| book.final_until = until),
			Event::Ended { lot, day } => self.change(lot, |book| book.ended = Some(day)),
			Event::ToProvider { lot, amount } => {
				self.change(lot, |book| book.to_provider += amount);
			},
			Event::ProviderPaid { lot, amount, .. } => {
				self.change(lot, |book| book.provider_paid += amount);
			},
			Event::TitlePaid { series, title, asset, amount, until, .. } => {
				self.pay(series, asset, amount);
				let coin = self.books.get(&series).map(|book| book.asset);
				let Some(title) = self.titles.get_mut(&(series, title)) else { return };
				title.paid_until = until;
				if coin == Some(asset) {
					title.paid += amount;
				}
			},
			Event::PotPaid { series, asset, amount, .. } => self.pay(series, asset, amount),
			Event::Owing { who, asset, amount } => {
				*self.owed.entry((asset, who)).or_default() += amount;
			},
			Event::OwedPaid { who, asset, amount } => {
				let owed = self.owed.entry((asset, who)).or_default();
				*owed = owed.saturating_sub(amount);
				self.owed.retain(|_, amount| *amount > 0);
			},
			Event::Awarded { lot, number, award } => {
				self.awards.insert((lot, number), award);
			},
			Event::RightAssigned { .. }
			| Event::RightShortened { .. }
			| Event::RightEnded { .. } => {
				self.lien(event);
			},
			_ => {},
		}
	}

	fn lien(&mut self, event: &Event<Runtime>) {
		let (Event::RightAssigned { series, title, days, holder }
		| Event::RightShortened { series, title, days, holder }
		| Event::RightEnded { series, title, days, holder }) = event
		else {
			return;
		};
		let Some(title) = self.titles.get_mut(&(*series, *title)) else { return };
		// Liens of a title have no day in common: the first day says which one it is.
		title.liens.retain(|(old, _)| old.first != days.first);
		let is_over = matches!(event, Event::RightEnded { .. }) || days.first >= days.end;
		if !is_over {
			title.liens.push((*days, holder.clone()));
			title.liens.sort_by_key(|(days, _)| days.first);
		}
	}

	fn open(&mut self, lot: LotId, asset: AssetId, start: Day, end: Day) {
		let book = Book {
			asset,
			start,
			end,
			closed_until: start,
			final_until: start,
			ended: None,
			arrived: 0,
			delivered: 0,
			made_up: 0,
			to_provider: 0,
			provider_paid: 0,
		};
		self.books.insert(lot, book);
	}

	fn change(&mut self, lot: LotId, change: impl FnOnce(&mut Book)) {
		if let Some(book) = self.books.get_mut(&lot) {
			change(book);
		}
	}

	fn pay(&mut self, lot: LotId, asset: AssetId, amount: Balance) {
		if amount > 0 {
			*self.paid.entry((lot, asset)).or_default() += amount;
		}
	}

	/// Units whose income of a day that is not final is an account's, not the title's.
	fn units_of_holders(&self) -> BTreeMap<(SeriesId, AccountId, Day), Units> {
		let mut units = BTreeMap::new();
		for ((series, _), title) in &self.titles {
			let Some(book) = self.books.get(series) else { continue };
			for (days, holder) in &title.liens {
				for day in days.first.max(book.final_until)..days.end {
					*units.entry((*series, holder.clone(), day)).or_default() += title.units;
				}
			}
		}
		units
	}

	/// The same as the chain pays it, from the pots of the holders.
	fn units_of_pots() -> BTreeMap<(SeriesId, AccountId, Day), Units> {
		let mut units = BTreeMap::new();
		for (series, holder) in pallet_income::Pots::<Runtime>::iter_keys() {
			let book = pallet_income::Books::<Runtime>::get(series).expect("pots are of lots");
			for day in book.final_until..book.end {
				units.insert((series, holder.clone(), day), Income::units_of(series, &holder, day));
			}
		}
		units.retain(|_, units| *units > 0);
		units
	}

	pub fn compare(&self, kept: &Self, found: &mut Differences) {
		found.each("book of lot", &self.books, &kept.books);
		found.each("closed day", &self.days, &kept.days);
		found.each("rights of title", &self.titles, &kept.titles);
		found.each("award", &self.awards, &kept.awards);
		found.each("paid by", &self.paid, &kept.paid);
		found.each("owed", &self.owed, &kept.owed);
		let (told, pots) = (self.units_of_holders(), Self::units_of_pots());
		found.each("days of holder", &told, &pots);
	}
}
