//! Which of the days that a pool credited its payouts have covered.
//!
//! What arrives fills the credited days oldest first. So with the sum `A` of what has arrived and
//! the sum `P(d)` of what was credited up to and with day `d`, the days up to `d` are covered with
//! `min(A, P(d))`, and any range of days with a difference of two of these: no day is visited when
//! a deposit arrives. A day whose fact can no longer change is filled for good; what of it is not
//! covered then stays so, and later deposits fill later days.
//!
//! Of rewards that vest only the part that is liquid at once is credited and expected here: the
//! rest comes over months, and would keep every day of a young miner open.

use crate::{
	pallet::*,
	types::{LotBook, Totals, FILLED_BY_ARRIVAL, FILLING_DAYS, KEEP_DAYS, MOST_UNFILLED},
};
use dmex_math::{mul_div, Rounding};
use dmex_primitives::{
	calendar::Calendar,
	coins::{Coins, YieldModel},
	facts::{DayFact, Facts},
	lots::Lots,
	CoinAmount, CoinId, Day, LotId, PoolAccountId,
};
use sp_runtime::{ArithmeticError, DispatchResult};

/// A walk over the days of a lot from where its book stands.
pub(crate) struct Walk {
	account: PoolAccountId,
	coin: CoinId,
	/// Part of a reward that is liquid at once, per cent.
	liquid: u8,
	/// Sums up to and with the last day walked over; not yet limited by what has arrived.
	pub(crate) credited: CoinAmount,
	pub(crate) expected: CoinAmount,
	last_expected: CoinAmount,
}

/// How a day of a lot is covered.
pub(crate) struct Covered {
	/// Sums up to and with the day.
	pub(crate) totals: Totals,
	/// Whether all that was credited up to and with the day has arrived, or the day is filled for
	/// good.
	pub(crate) complete: bool,
}

impl<T: Config> Pallet<T> {
	/// A deposit was agreed on for a lot.
	pub(crate) fn note_arrival(lot: LotId, amount: CoinAmount) -> DispatchResult {
		// Days that are due are filled without it: it came too late for them.
		Self::fill(lot, FILLED_BY_ARRIVAL);
		LotBooks::<T>::try_mutate(lot, |book| -> DispatchResult {
			let book = book.as_mut().ok_or(Error::<T>::NoDepositAddress)?;
			let arrived = book.arrived.checked_add(amount);
			book.arrived = arrived.ok_or(ArithmeticError::Overflow)?;
			book.last_arrival = Some(T::Calendar::today());
			Ok(())
		})
	}

	fn walk(lot: LotId, book: &LotBook<T::AccountId>) -> Option<Walk> {
		let info = T::Lots::lot(lot)?;
		Some(Walk {
			account: info.account,
			coin: info.coin,
			liquid: Self::liquid_percent(info.coin),
			credited: book.totals.covered,
			expected: book.totals.expected,
			last_expected: book.last_expected,
		})
	}

	fn liquid_percent(coin: CoinId) -> u8 {
		match T::Coins::coin(coin).map(|coin| coin.yield_model) {
			Some(YieldModel::PowerShare { liquid_percent, .. }) => liquid_percent.min(100),
			_ => 100,
		}
	}

	/// Adds a day. A day without a fact was credited with nothing. A day without a yield is expected
	/// to bring what the last one was; `None` if there was none.
	fn step(walk: &mut Walk, book: &LotBook<T::AccountId>, day: Day) -> Option<()> {
		let paid = match T::Facts::closed_day(walk.account, day) {
			Ok(DayFact::Value(reading)) => reading.paid,
			_ => 0,
		};
		let liquid = |coins| mul_div(coins, walk.liquid.into(), 100, Rounding::Up);
		let paid = liquid(paid)?;
		let expected = T::Coins::yield_on(walk.coin, book.reference, day)
			// The yield is rounded down, and what is implied must not be rounded up.
			.and_then(|coins| liquid(coins.saturating_add(1)))
			.or((walk.last_expected > 0).then_some(walk.last_expected))?;
		walk.credited = walk.credited.saturating_add(paid);
		walk.expected = walk.expected.saturating_add(expected);
		walk.last_expected = expected;
		Some(())
	}

	/// Fills up to `most` days of a lot that are old enough and answers how many; `None` if the lot
	/// has no address.
	///
	/// While no day has had a yield the lot's first day moves on instead: such days count for
	/// nothing, and must not lower what is expected of a range.
	pub(crate) fn fill(lot: LotId, most: Day) -> Option<Day> {
		let mut book = LotBooks::<T>::get(lot)?;
		let due = T::Calendar::today().saturating_add(1).saturating_sub(FILLING_DAYS);
		let end = due.min(book.cursor.saturating_add(most));
		let days = end.saturating_sub(book.cursor);
		if days == 0 {
			return Some(0);
		}
		for day in book.cursor..end {
			let mut walk = Self::walk(lot, &book)?;
			if Self::step(&mut walk, &book, day).is_some() {
				book.totals =
					Totals { covered: walk.credited.min(book.arrived), expected: walk.expected };
				book.last_expected = walk.last_expected;
				FilledDays::<T>::insert(lot, day, book.totals);
			} else {
				book.start = day.saturating_add(1);
			}
			FilledDays::<T>::remove(lot, day.saturating_sub(KEEP_DAYS));
		}
		book.cursor = end;
		let covered = book.totals.covered;
		LotBooks::<T>::insert(lot, book);
		Self::deposit_event(Event::DaysFilled { lot, until: end, covered });
		Some(days)
	}

	/// Sums over the days of a lot up to and with `day`; `None` if they are forgotten, or too many
	/// were left unfilled. Nothing before the first day.
	pub(crate) fn covered_through(
		lot: LotId,
		book: &LotBook<T::AccountId>,
		day: Day,
	) -> Option<Covered> {
		if day < book.start {
			return Some(Covered { totals: Totals::default(), complete: true });
		}
		if day < book.cursor {
			return FilledDays::<T>::get(lot, day).map(|totals| Covered { totals, complete: true });
		}
		if day.saturating_sub(book.cursor) >= MOST_UNFILLED {
			return None;
		}
		let mut walk = Self::walk(lot, book)?;
		for next in book.cursor..day.saturating_add(1) {
			// Days before the first that has a yield count for nothing.
			let _ = Self::step(&mut walk, book, next);
		}
		let totals = Totals { covered: walk.credited.min(book.arrived), expected: walk.expected };
		Some(Covered { totals, complete: walk.credited <= book.arrived })
	}

	/// Of what the pool credited for a day, what has arrived.
	pub(crate) fn covered_on(lot: LotId, day: Day) -> Option<CoinAmount> {
		let book = LotBooks::<T>::get(lot)?;
		let through = Self::covered_through(lot, &book, day)?.totals.covered;
		let before = match day.checked_sub(1) {
			Some(before) => Self::covered_through(lot, &book, before)?.totals.covered,
			None => 0,
		};
		Some(through.saturating_sub(before))
	}
}
