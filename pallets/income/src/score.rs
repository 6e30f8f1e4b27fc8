//! What a day owes.

use crate::{
	ledger::Ledger,
	types::{counted, DayRecord, Score, MOST_DUE},
	Config, Pallet,
};
use alloc::vec::Vec;
use dmex_math::{
	days::{after_parts, issued_part, stands_out, MILLION, NOISE_DAYS},
	mul_div, Rounding,
};
use dmex_primitives::{
	calendar::Calendar,
	coins::{Coins, YieldModel},
	facts::{DayFact, Facts, PoolAccounts},
	lots::{LotInfo, SaleModel, Vesting},
	CoinAmount, CoinId, Day, PoolAccountId, Power, Units,
};

/// What a day owes, and why.
#[derive(Clone, Copy)]
pub(crate) struct Scored {
	pub due: CoinAmount,
	/// Holders' part before vesting.
	pub earned: CoinAmount,
	pub measured: Option<Power>,
	/// Issued less measured power.
	pub deficit: i128,
	pub score: Score,
}

/// A day that is to be scored.
struct Question<'a, AccountId> {
	info: &'a LotInfo<AccountId>,
	day: Day,
	units: Units,
	/// Published part that the pool keeps, parts per million.
	pool_fee: u32,
	/// Noise of a measured day, parts per million.
	noise: u32,
	/// Parts that the provider keeps, each of what the ones before leave.
	kept: Vec<u32>,
	/// Whether the day closes now in any case.
	is_late: bool,
}

impl<AccountId> Question<'_, AccountId> {
	/// Holders' part of what the pool credited.
	fn of_paid(&self, paid: CoinAmount) -> Option<CoinAmount> {
		after_parts(paid, &self.kept)
	}

	/// Holders' part of what power would have earned.
	fn of_yield(&self, earned: CoinAmount) -> Option<CoinAmount> {
		self.of_paid(after_parts(earned, &[self.pool_fee])?)
	}
}

impl<T: Config> Pallet<T> {
	/// What the next day to close owes; `None` while that is not known.
	pub(crate) fn score(
		ledger: &mut Ledger<T>,
		info: &LotInfo<T::AccountId>,
		units: Units,
		is_late: bool,
	) -> Option<Scored> {
		let day = ledger.book.closed_until;
		let nothing = Scored { due: 0, earned: 0, measured: None, deficit: 0, score: Score::Empty };
		let scored = if units == 0 {
			nothing
		} else if day >= ledger.book.term_end {
			Scored { score: Score::Vesting, ..nothing }
		} else {
			let source = T::PoolAccounts::source_of(info.account);
			let ppm = |part: sp_runtime::Permill| part.deconstruct();
			let mut kept = Vec::from([ppm(info.fee)]);
			if let SaleModel::Deposit { holder_share } = info.sale {
				kept.push(MILLION.saturating_sub(ppm(holder_share)));
			}
			let question = Question {
				info,
				day,
				units,
				pool_fee: source.map(|id| ppm(T::PoolAccounts::pool_fee(id))).unwrap_or_default(),
				noise: source.map(|id| ppm(T::PoolAccounts::noise(id))).unwrap_or_default(),
				kept,
				is_late,
			};
			if ledger.book.is_cut(day) {
				Self::score_ended(ledger, &question)?
			} else {
				Self::score_mined(ledger, &question)?
			}
		};
		let Scored { due, earned, .. } = Self::vest(ledger, info, scored)?;
		Some(Scored { due: due.min(MOST_DUE), earned: earned.min(MOST_DUE), ..scored })
	}

	fn score_mined(ledger: &mut Ledger<T>, question: &Question<T::AccountId>) -> Option<Scored> {
		let Question { info, day, is_late, .. } = *question;
		match T::Facts::closed_day(info.account, day) {
			Ok(DayFact::Value(fact)) => {
				Self::score_measured(ledger, question, (fact.paid, fact.power), Score::Fact)
			},
			Ok(DayFact::Refused) if Self::is_refused_twice(info.account, day) => {
				let refused = Self::score_measured(ledger, question, (0, 0), Score::Refused)?;
				// Luck explains one day without power. Then what came is still the holders'.
				if refused.due > 0 {
					return Some(refused);
				}
				is_late.then(|| Self::score_remitted(ledger, question))?
			},
			_ => is_late.then(|| Self::score_remitted(ledger, question))?,
		}
	}

	/// One refused day alone is no measurement.
	fn is_refused_twice(account: PoolAccountId, day: Day) -> bool {
		[day.checked_sub(1), day.checked_add(1)]
			.into_iter()
			.flatten()
			.any(|near| T::Facts::closed_day(account, near) == Ok(DayFact::Refused))
	}

	/// Share of what the pool paid, and what was missing if that is more than noise.
	fn score_measured(
		ledger: &mut Ledger<T>,
		question: &Question<T::AccountId>,
		(paid, measured): (CoinAmount, Power),
		score: Score,
	) -> Option<Scored> {
		let Question { day, units, noise, is_late, .. } = *question;
		let share = question.of_paid(issued_part(paid, units, measured)?)?;
		// More power than is issued counts only as far as noise explains it. Else ten times the power,
		// rented for a day and paid back by the pool, would excuse nine days without any.
		let luck = mul_div(units, noise.into(), MILLION.into(), Rounding::Down).unwrap_or_default();
		let seen = measured.min(units.saturating_add(luck));
		let deficit = counted(units).checked_sub(counted(seen))?;
		let window = Self::deficit_of_window(ledger, day).checked_add(deficit)?;
		let lacking = units.saturating_sub(measured);
		let mut missing = 0;
		if lacking > 0 && stands_out(window, noise, units) {
			missing = match T::Coins::yield_on(question.info.coin, lacking, day) {
				Some(lost) => question.of_yield(lost)?,
				// What the network gave may be agreed a little later.
				None if !is_late => return None,
				None => match Self::newest_yield(question.info.coin, lacking) {
					Some(lost) => question.of_yield(lost)?,
					None => Self::as_before(ledger, day, lacking),
				},
			};
		}
		let earned = share.checked_add(missing)?;
		Some(Scored { due: earned, earned, measured: Some(measured), deficit, score })
	}

	/// Issued less measured power of the days before `day` that count with it.
	fn deficit_of_window(ledger: &mut Ledger<T>, day: Day) -> i128 {
		let first = day.saturating_sub(NOISE_DAYS.saturating_sub(1)).max(ledger.book.start);
		let before = ledger.record(first).map(|record| record.deficit);
		ledger.book.deficit.saturating_sub(before.unwrap_or(ledger.book.deficit))
	}

	/// A day without a fact: what was remitted tells the power behind it, at the network's yield.
	fn score_remitted(ledger: &mut Ledger<T>, question: &Question<T::AccountId>) -> Option<Scored> {
		let Question { info, day, units, .. } = *question;
		let cash = ledger.book.cash();
		let audited = info.audited.max(units);
		let full = T::Coins::yield_on(info.coin, audited, day)
			.and_then(|earned| after_parts(earned, &[question.pool_fee]))
			.filter(|full| *full > 0 && info.vesting != Some(Vesting::Vesting));
		let Some(full) = full else {
			// Nothing to compare with: the day's part of what came for the days that are over.
			let over = T::Calendar::today().saturating_sub(day).max(1);
			let due = question.of_paid(cash.checked_div(over.into())?)?;
			let score = Score::Remitted;
			if due == 0 {
				// Nothing came, so nothing was mined, as far as anyone knows.
				return Self::score_measured(ledger, question, (0, 0), score);
			}
			return Some(Scored { due, earned: 0, measured: None, deficit: 0, score });
		};
		let paid = cash.min(full);
		let implied = mul_div(audited, paid, full, Rounding::Down)?;
		Self::score_measured(ledger, question, (paid, implied), Score::Remitted)
	}

	/// A day after the lot's early end owes what it was expected to bring.
	fn score_ended(ledger: &mut Ledger<T>, question: &Question<T::AccountId>) -> Option<Scored> {
		let Question { info, day, units, .. } = *question;
		let expected = Self::newest_yield(info.coin, units);
		let due = match expected {
			Some(expected) => question.of_yield(expected)?,
			None => {
				let ended = ledger.book.ended.unwrap_or(day);
				if T::Calendar::today() < ended.saturating_add(crate::types::CLOSING_DAYS) {
					return None;
				}
				// The network is unknown for a week.
				Self::as_before(ledger, day, units)
			},
		};
		let score = Score::Ended;
		Some(Scored { due, earned: due, measured: Some(0), deficit: counted(units), score })
	}

	/// Holders' part of what power would have earned on a day of which nothing else is known: as much
	/// as the units of the day before.
	fn as_before(ledger: &mut Ledger<T>, day: Day, power: Power) -> CoinAmount {
		let before = day.checked_sub(1).and_then(|before| ledger.record(before));
		before
			.filter(|before| before.units > 0)
			.and_then(|before| mul_div(before.earned, power, before.units, Rounding::Up))
			.unwrap_or_default()
	}

	fn newest_yield(coin: CoinId, power: Power) -> Option<CoinAmount> {
		let yesterday = T::Calendar::today().checked_sub(1)?;
		T::Coins::yield_on(coin, power, yesterday)
			.or_else(|| T::Coins::yield_per_day(coin, power).ok())
	}

	/// Of a vesting lot a day owes what became liquid on it: a part of what it earned, and what
	/// vests of earlier days. A day that a lot's end took owes all that it would have earned; what
	/// vests then is owed by the days after the term.
	fn vest(
		ledger: &mut Ledger<T>,
		info: &LotInfo<T::AccountId>,
		scored: Scored,
	) -> Option<Scored> {
		let Some((liquid_percent, _)) = Self::vesting_terms(info) else { return Some(scored) };
		if scored.score == Score::Ended {
			return Some(scored);
		}
		if scored.earned == 0 && scored.score == Score::Remitted {
			// What came was liquid, whatever it was earned by.
			return Some(scored);
		}
		let liquid = mul_div(scored.earned, liquid_percent.into(), 100, Rounding::Up)?;
		let due = liquid.checked_add(ledger.book.vesting)?;
		Some(Scored { due, ..scored })
	}

	/// What a closed day's own work brought of what it was to bring, see [`DayBooks::worked`]. What
	/// vests is taken to come first, and no work brings more than what was measured.
	///
	/// [`DayBooks::worked`]: dmex_primitives::rights::DayBooks::worked
	pub(crate) fn work_of(
		info: &LotInfo<T::AccountId>,
		record: &DayRecord,
	) -> (CoinAmount, CoinAmount) {
		let DayRecord { due, delivered, earned, score, measured, units, .. } = *record;
		if score == Score::Remitted && due == 0 {
			return (0, 1);
		}
		let Some((liquid_percent, _)) = Self::vesting_terms(info) else {
			return (delivered, due);
		};
		let own = match score {
			Score::Ended => due,
			_ => mul_div(earned, liquid_percent.into(), 100, Rounding::Up).unwrap_or(due).min(due),
		};
		if own == 0 {
			// The day's own work was to bring nothing.
			return (delivered, due);
		}
		let brought = delivered.saturating_sub(due.saturating_sub(own));
		// A day waits for its due, and what vests meanwhile fills it: that is no work either.
		let power = measured.unwrap_or(units).min(units);
		let possible = mul_div(own, power, units, Rounding::Down).unwrap_or_default();
		(brought.min(possible), own)
	}

	/// Per cent that are liquid at once and days over which the rest vests, of a vesting lot.
	pub(crate) fn vesting_terms(info: &LotInfo<T::AccountId>) -> Option<(u8, Day)> {
		if info.vesting != Some(Vesting::Vesting) {
			return None;
		}
		match T::Coins::coin(info.coin)?.yield_model {
			YieldModel::PowerShare { liquid_percent, vesting_days, .. } if vesting_days > 0 => {
				Some((liquid_percent.min(100), vesting_days.into()))
			},
			_ => None,
		}
	}

	/// What vests on each of the following days of what a day earned, rounded down.
	pub(crate) fn vesting_step(
		earned: CoinAmount,
		(liquid_percent, days): (u8, Day),
	) -> CoinAmount {
		let liquid = mul_div(earned, liquid_percent.into(), 100, Rounding::Up).unwrap_or(earned);
		earned.saturating_sub(liquid).checked_div(days.into()).unwrap_or_default()
	}
}
