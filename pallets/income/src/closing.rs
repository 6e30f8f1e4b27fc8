//! How days close, are made up, and become final. Everything about a lot that time changes.

use crate::{
	ledger::Ledger,
	types::{
		Book, DayRecord, CLOSINGS_PER_VISIT, CLOSING_DAYS, FULL_FINAL_DAYS, LAPSES_PER_VISIT,
		MAKE_UP_DAYS, SHORT_FINAL_DAYS, STEPS_PER_VISIT,
	},
	ActiveLots, Books, Config, Error, Event, Pallet, Starting,
};
use dmex_math::{days::short_step, Fine};
use dmex_primitives::{
	calendar::Calendar,
	coins::Coins,
	lots::{LotInfo, LotStatus, Lots},
	rights::{OnDayClosed, OnMakeUpOver},
	CoinAmount, Day, LotId,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Opens the book of a lot that has none.
	pub(crate) fn ensure_book(
		lot: LotId,
		info: &LotInfo<T::AccountId>,
	) -> Result<(), DispatchError> {
		if Books::<T>::contains_key(lot) {
			return Ok(());
		}
		let coin = T::Coins::coin(info.coin).ok_or(Error::<T>::UnknownCoin)?;
		// Days before this one had no units: a book is opened with the first title at the latest.
		let start = info.first_day.max(T::Calendar::today());
		let term_end = info.last_day.saturating_add(1).max(start);
		let tail = Self::vesting_terms(info).map(|(_, days)| days).unwrap_or_default();
		let end = term_end.saturating_add(tail);
		let asset = coin.asset;
		let book = Book {
			asset,
			start,
			term_end,
			end,
			closed_until: start,
			make_up_until: start,
			told_until: start,
			final_until: start,
			ended: None,
			units: 0,
			delivered: Default::default(),
			short_index: Default::default(),
			made_up: Default::default(),
			lost_index: Default::default(),
			lost: 0,
			deficit: 0,
			vesting: 0,
			arrivals: Default::default(),
			provider_part: 0,
			debt: 0,
			dropped: Default::default(),
			awards: 0,
			coin_awarded_until: start,
			flows: Default::default(),
		};
		Books::<T>::insert(lot, book);
		ActiveLots::<T>::insert(lot, ());
		Self::deposit_event(Event::BookOpened { lot, asset, start, end });
		Ok(())
	}

	/// Does for a lot what time has come for, a bounded part of it. Answers the days it closed.
	pub(crate) fn visit(lot: LotId) -> u32 {
		let Some(info) = T::Lots::lot(lot) else { return 0 };
		Self::note_end(lot, &info);
		let mut closed = 0u32;
		for _ in 0..CLOSINGS_PER_VISIT {
			let Some(day) = Self::close_next(lot, &info) else { break };
			closed = closed.saturating_add(1);
			T::OnDayClosed::on_day_closed(lot, day);
		}
		Self::advance(lot);
		for _ in 0..LAPSES_PER_VISIT {
			let Some(day) = Self::tell_next(lot) else { break };
			T::OnMakeUpOver::on_make_up_over(lot, day);
		}
		Self::finalise(lot);
		closed
	}

	/// Remembers that the lot has ended early.
	fn note_end(lot: LotId, info: &LotInfo<T::AccountId>) {
		if info.status != LotStatus::Terminated {
			return;
		}
		Books::<T>::mutate(lot, |book| {
			let Some(book) = book else { return };
			if book.ended.is_none() {
				let day = T::Calendar::today().max(book.closed_until);
				book.ended = Some(day);
				Self::deposit_event(Event::Ended { lot, day });
			}
		});
	}

	/// Closes the lot's next day if its time has come.
	fn close_next(lot: LotId, info: &LotInfo<T::AccountId>) -> Option<Day> {
		let mut ledger = Ledger::<T>::open(lot)?;
		let day = ledger.book.closed_until;
		let today = T::Calendar::today();
		let clock = ledger.book.clock_of(day);
		let is_cut = ledger.book.is_cut(day);
		if day >= ledger.book.end || (clock >= today && !is_cut) {
			return None;
		}
		let units = ledger.units_next()?;
		let is_late = is_cut || today >= clock.saturating_add(CLOSING_DAYS);
		let scored = Self::score(&mut ledger, info, units, is_late)?;
		if scored.due > ledger.book.cash() && !is_late {
			return None;
		}

		let book = &ledger.book;
		let mut record = DayRecord {
			index: book.delivered.index,
			short_index: book.short_index,
			made_up_index: book.made_up.index,
			lost_index: book.lost_index,
			lost: book.lost,
			deficit: book.deficit,
			units,
			due: scored.due,
			delivered: 0,
			made_up: 0,
			earned: scored.earned,
			measured: scored.measured,
			score: scored.score,
		};
		let mut book = ledger.book.clone();
		let vests = Self::vesting_terms(info);
		record.delivered = match vests.filter(|_| is_cut) {
			// What came since the end vested: it is for the days after the term.
			Some(_) => book.take_before(clock, scored.due),
			None => book.take_for_due(scored.due),
		};
		Self::count_day(&mut book, &record, scored.deficit)?;
		// What a lot that ended would have mined never vests, and is owed at once.
		if let Some(terms) = vests.filter(|_| !is_cut) {
			let gone = clock.checked_sub(terms.1).and_then(|old| ledger.record(old));
			let gone = gone.map(|old| Self::vesting_step(old.earned, terms)).unwrap_or_default();
			book.vesting = book
				.vesting
				.checked_add(Self::vesting_step(record.earned, terms))?
				.saturating_sub(gone);
		}
		ledger.book = book;
		ledger.set_record(day, record);
		ledger.save();
		Starting::<T>::remove(lot, day);
		Self::deposit_event(Event::DayClosed {
			lot,
			day,
			units,
			due: record.due,
			delivered: record.delivered,
			measured: record.measured,
			score: record.score,
		});
		Some(day)
	}

	/// Adds a day that closes to the sums of the book.
	fn count_day(book: &mut Book, record: &DayRecord, deficit: i128) -> Option<()> {
		let short = record.short();
		book.units = record.units;
		book.closed_until = book.closed_until.checked_add(1)?;
		book.deficit = book.deficit.checked_add(deficit)?;
		book.flows.delivered = book.flows.delivered.checked_add(record.delivered)?;
		book.flows.shorted = book.flows.shorted.checked_add(short)?;
		book.debt = book.debt.checked_add(short)?;
		if record.units > 0 {
			book.delivered = book.delivered.add(record.delivered, record.units)?;
			let step = short_step(short, record.units)?;
			book.short_index = book.short_index.checked_add(step)?;
		}
		Some(())
	}

	/// Uses money that no open day needs, and passes days that can no longer be made up.
	fn advance(lot: LotId) {
		let Some(mut ledger) = Ledger::<T>::open(lot) else { return };
		if Self::pass_over(&mut ledger) | Self::use_surplus(&mut ledger) {
			ledger.save();
		}
	}

	/// Passes the days whose time is over or that lack nothing. Answers whether there were any.
	fn pass_over(ledger: &mut Ledger<T>) -> bool {
		let before = ledger.book.make_up_until;
		for _ in 0..STEPS_PER_VISIT {
			let day = ledger.book.make_up_until;
			let Some(record) = ledger.record(day) else { break };
			if record.missing() > 0 && !Self::is_make_up_over(&ledger.book, day) {
				break;
			}
			if Self::pass(ledger, day, &record).is_none() {
				break;
			}
		}
		ledger.book.make_up_until != before
	}

	/// Whether the time to make up a day is over.
	fn is_make_up_over(book: &Book, day: Day) -> bool {
		T::Calendar::today() > book.clock_of(day).saturating_add(MAKE_UP_DAYS)
	}

	/// Ends the make-up of a day: what is missing is lost.
	fn pass(ledger: &mut Ledger<T>, day: Day, record: &DayRecord) -> Option<()> {
		let next = day.checked_add(1)?;
		let lost = record.missing();
		// Rounded down by itself, so that all rights together never lose more than the coins.
		let step = match record.units {
			0 => Fine::ZERO,
			units => short_step(lost, units)?,
		};
		let book = &mut ledger.book;
		let lost_index = book.lost_index.checked_add(step)?;
		book.lost = book.lost.checked_add(lost)?;
		book.lost_index = lost_index;
		book.flows.lapsed = book.flows.lapsed.checked_add(lost)?;
		book.debt = book.debt.saturating_sub(lost);
		book.make_up_until = next;
		let (made_up_index, lost) = (book.made_up.index, book.lost);
		if let Some(record) = ledger.record(next) {
			ledger.set_record(next, DayRecord { made_up_index, lost_index, lost, ..record });
		}
		Some(())
	}

	/// Money that came before the first open day belongs to no open day: it fills the debt, oldest
	/// day first, and the rest is the provider's part. Answers whether there was any.
	fn use_surplus(ledger: &mut Ledger<T>) -> bool {
		let open = match ledger.book.closed_until >= ledger.book.end {
			true => Day::MAX,
			false => ledger.book.clock_of(ledger.book.closed_until),
		};
		let surplus = ledger.book.cash_before(open);
		if surplus == 0 {
			return false;
		}
		let made_up = Self::make_up(ledger, surplus);
		let rest = match ledger.book.debt {
			0 => surplus.saturating_sub(made_up),
			// Days are left that the next visit fills.
			_ => 0,
		};
		let book = &mut ledger.book;
		book.take_oldest(made_up.saturating_add(rest));
		if rest > 0 {
			book.provider_part = book.provider_part.saturating_add(rest);
			book.flows.to_provider = book.flows.to_provider.saturating_add(rest);
			Self::deposit_event(Event::ToProvider { lot: ledger.lot, amount: rest });
		}
		true
	}

	/// Fills short days, oldest first, and answers how much of `amount` that took.
	pub(crate) fn make_up(ledger: &mut Ledger<T>, amount: CoinAmount) -> CoinAmount {
		let mut left = amount;
		for _ in 0..STEPS_PER_VISIT {
			let day = ledger.book.make_up_until;
			let Some(mut record) = ledger.record(day) else { break };
			if record.missing() > 0 && !Self::is_make_up_over(&ledger.book, day) {
				let part = record.missing().min(left);
				if part == 0 {
					break;
				}
				let Some(filled) = Self::fill(ledger, day, record, part) else { break };
				left = left.saturating_sub(part);
				Self::deposit_event(Event::MadeUp { lot: ledger.lot, day, amount: part });
				record = filled;
				if record.missing() > 0 {
					break;
				}
			}
			if Self::pass(ledger, day, &record).is_none() {
				break;
			}
		}
		amount.saturating_sub(left)
	}

	/// Adds `part` to a short day that lacks at least as much.
	fn fill(
		ledger: &mut Ledger<T>,
		day: Day,
		mut record: DayRecord,
		part: CoinAmount,
	) -> Option<DayRecord> {
		let end = record
			.made_up_index
			.checked_add(ledger.short_at(day.checked_add(1)?).checked_sub(record.short_index)?)?;
		let limit = end.checked_sub(ledger.book.made_up.index)?;
		let made_up = ledger.book.made_up.add_within(part, record.units, limit)?;
		record.made_up = record.made_up.checked_add(part)?;
		let flow = ledger.book.flows.made_up.checked_add(part)?;
		let book = &mut ledger.book;
		book.made_up = made_up;
		book.flows.made_up = flow;
		book.debt = book.debt.saturating_sub(part);
		ledger.set_record(day, record);
		Some(record)
	}

	/// The next short day whose make-up is over and of which nobody was told.
	fn tell_next(lot: LotId) -> Option<Day> {
		let mut ledger = Ledger::<T>::open(lot)?;
		let before = ledger.book.told_until;
		let mut found = None;
		for _ in 0..STEPS_PER_VISIT {
			let day = ledger.book.told_until;
			if day >= ledger.book.make_up_until {
				break;
			}
			let Some(record) = ledger.record(day) else { break };
			ledger.book.told_until = day.saturating_add(1);
			if record.short() > 0 {
				found = Some((day, record.missing()));
				break;
			}
		}
		if ledger.book.told_until != before {
			ledger.save();
		}
		let (day, lost) = found?;
		Self::deposit_event(Event::MakeUpOver { lot, day, lost });
		Some(day)
	}

	/// Makes days final whose time has come.
	fn finalise(lot: LotId) {
		let Some(mut ledger) = Ledger::<T>::open(lot) else { return };
		let before = ledger.book.final_until;
		let today = T::Calendar::today();
		for _ in 0..STEPS_PER_VISIT {
			let day = ledger.book.final_until;
			if day >= ledger.book.told_until {
				break;
			}
			let Some(record) = ledger.record(day) else { break };
			let wait = if record.missing() > 0 { SHORT_FINAL_DAYS } else { FULL_FINAL_DAYS };
			if today < ledger.book.clock_of(day).saturating_add(wait) {
				break;
			}
			ledger.book.final_until = day.saturating_add(1);
		}
		let until = ledger.book.final_until;
		if until >= ledger.book.end && ledger.book.arrivals.is_empty() {
			ActiveLots::<T>::remove(lot);
		}
		if until != before {
			ledger.save();
			Self::deposit_event(Event::Final { lot, until });
		}
	}
}
