//! Titles are staked and taken back.

use crate::{
	pallet::*,
	types::{LotStake, Stake, StakeId, Steps, KEEP_DAYS, MAX_STAKED},
};
use dmex_primitives::{
	lots::{LotInfo, LotStatus, Lots},
	rights::DayBooks,
	sales::Sales,
	titles::{LockReason, Title, Titles},
	CoinId, Day, LotId, SeriesId, TitleId, Units,
};
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, Get},
};
use sp_runtime::{DispatchError, DispatchResult};

/// A title that may be staked.
pub(crate) struct Candidate<AccountId> {
	pub owner: AccountId,
	pub title: Title,
	pub coin: CoinId,
	pub last_day: Day,
}

impl<T: Config> Pallet<T> {
	/// The title, if it may be staked and count from `from` on.
	pub(crate) fn candidate(
		series: SeriesId,
		title: TitleId,
		from: Day,
	) -> Result<Candidate<T::AccountId>, Error<T>> {
		let known = T::Titles::title(series, title);
		let (owner, title_record) = known.ok_or(Error::<T>::UnknownTitle)?;
		let lot: LotInfo<T::AccountId> = T::Lots::lot(series).ok_or(Error::<T>::NotOfALot)?;
		ensure!(lot.status == LotStatus::Active, Error::<T>::LotNotActive);
		ensure!(from <= lot.last_day, Error::<T>::LotOver);
		let starts = title_record.first_day.max(lot.first_day);
		ensure!(starts <= from, Error::<T>::TitleNotStarted);
		// Else a provider would earn with power that nobody paid for.
		ensure!(T::Sales::was_sold(series, title), Error::<T>::TitleNeverSold);
		let coins = Coins::<T>::get();
		let coin = coins.iter().find(|coin| coin.coin == lot.coin && coin.weight > 0);
		let coin = coin.ok_or(Error::<T>::CoinEarnsNothing)?;
		let total = coin.units.checked_add(title_record.units);
		ensure!(total.is_some_and(|total| total <= MAX_STAKED), Error::<T>::TooMuchStaked);
		let (coin, last_day) = (lot.coin, lot.last_day);
		Ok(Candidate { owner, title: title_record, coin, last_day })
	}

	pub(crate) fn do_stake(who: &T::AccountId, series: SeriesId, title: TitleId) -> DispatchResult {
		let today = Self::ensure_open()?;
		let from = today.saturating_add(1);
		let candidate = Self::candidate(series, title, from)?;
		ensure!(candidate.owner == *who, Error::<T>::NotOwner);
		let units = candidate.title.units;

		T::Titles::lock(series, title, LockReason::Stake)?;
		let deposit = T::StakeDeposit::get();
		T::Native::hold(&HoldReason::Stake.into(), who, deposit)?;

		let ends = candidate.last_day.saturating_add(1);
		let mut record = LotStakes::<T>::get(series)
			.unwrap_or_else(|| Self::new_lot(series, candidate.coin, ends, today));
		Self::forget(&mut record, today);
		let counted = record.steps.change(from, |sum| sum.checked_add(units));
		counted.ok_or(Error::<T>::BooksBroken)?;
		Self::count(record.coin, units, record.ends).ok_or(Error::<T>::TooMuchStaked)?;
		record.stakes = record.stakes.checked_add(1).ok_or(Error::<T>::BooksBroken)?;
		LotStakes::<T>::insert(series, record);
		Self::need_mark(series, from);

		let stake = NextStake::<T>::get();
		NextStake::<T>::put(stake.checked_add(1).ok_or(Error::<T>::BooksBroken)?);
		let record = Stake {
			who: who.clone(),
			lot: series,
			title,
			units,
			from,
			until: None,
			paid_to: None,
			paid: 0,
			deposit,
		};
		Stakes::<T>::insert(stake, record);
		StakeOf::<T>::insert(series, title, stake);
		StakesOf::<T>::insert(who, stake, ());
		let who = who.clone();
		Self::deposit_event(Event::Staked { stake, series, title, who, units, from, deposit });
		Ok(())
	}

	fn new_lot(lot: LotId, coin: CoinId, ends: Day, today: Day) -> LotStake {
		let closed = T::DayBooks::closed_until(lot).min(today);
		let steps = Steps::default();
		LotStake { coin, ends, closed, index: 0, carry: 0, owed: 0, stakes: 0, steps }
	}

	/// Forgets the units of days that can earn nothing any more.
	pub(crate) fn forget(record: &mut LotStake, today: Day) {
		let oldest = today.saturating_sub(KEEP_DAYS).max(record.closed.min(today));
		record.steps.forget_before(oldest);
	}

	fn need_mark(lot: LotId, day: Day) {
		Marks::<T>::mutate(lot, day, |mark| {
			let mark = mark.get_or_insert_default();
			mark.needed = mark.needed.saturating_add(1);
		});
	}

	pub(crate) fn do_unstake(
		who: &T::AccountId,
		series: SeriesId,
		title: TitleId,
	) -> DispatchResult {
		let id = StakeOf::<T>::get(series, title).ok_or(Error::<T>::NotStaked)?;
		let stake = Stakes::<T>::get(id).ok_or(Error::<T>::NotStaked)?;
		ensure!(stake.who == *who, Error::<T>::NotStaker);
		let today = Self::ensure_open()?;

		T::Titles::unlock(series, title, LockReason::Stake)?;
		let until = today.max(stake.from);
		Self::stop_counting(&stake, today, until)?;
		StakeOf::<T>::remove(series, title);
		Self::deposit_event(Event::Unstaked { stake: id, until });
		if until == stake.from {
			return Self::settle_to_end(id, stake);
		}
		Self::need_end_mark(&stake, until);
		Stakes::<T>::insert(id, Stake { until: Some(until), ..stake });
		Ok(())
	}

	/// Takes the units of a stake out of its lot from `until` on, and out of the coin's sum.
	fn stop_counting(
		stake: &Stake<T::AccountId>,
		today: Day,
		until: Day,
	) -> Result<(), DispatchError> {
		let (lot, units): (LotId, Units) = (stake.lot, stake.units);
		let mut record = LotStakes::<T>::get(lot).ok_or(Error::<T>::BooksBroken)?;
		Self::forget(&mut record, today);
		let stopped = record.steps.change(until, |sum| sum.checked_sub(units));
		stopped.ok_or(Error::<T>::BooksBroken)?;
		if record.ends > today {
			Self::uncount(record.coin, units, record.ends);
		}
		LotStakes::<T>::insert(lot, record);
		Ok(())
	}

	/// The stake ends with `until`, whose index is known if all days before it are closed: days from
	/// today on have earned nothing yet.
	fn need_end_mark(stake: &Stake<T::AccountId>, until: Day) {
		Self::need_mark(stake.lot, until);
		let Some(record) = LotStakes::<T>::get(stake.lot) else { return };
		if record.is_past(until) {
			Self::fill_mark(stake.lot, until, record.index);
		}
	}

	/// A stake has got all that it will: its record ends and its deposit goes back. What is owed to
	/// a lot without stakes is rounding, and goes back to the budget.
	pub(crate) fn settle_to_end(id: StakeId, stake: Stake<T::AccountId>) -> DispatchResult {
		let Stake { who, lot, from, until, paid_to, deposit, .. } = stake;
		if paid_to.is_none() {
			Self::drop_mark(lot, from);
		}
		if let Some(until) = until {
			Self::drop_mark(lot, until);
		}
		Stakes::<T>::remove(id);
		StakesOf::<T>::remove(&who, id);
		let mut returned = 0;
		let mut record = LotStakes::<T>::get(lot).ok_or(Error::<T>::BooksBroken)?;
		record.stakes = record.stakes.checked_sub(1).ok_or(Error::<T>::BooksBroken)?;
		if record.stakes > 0 {
			LotStakes::<T>::insert(lot, record);
		} else {
			returned = record.owed;
			LotStakes::<T>::remove(lot);
			Ledger::<T>::mutate(|books| {
				books.owed = books.owed.saturating_sub(returned);
				books.budget = books.budget.saturating_add(returned);
			});
		}
		let reason = HoldReason::Stake.into();
		let precision = frame_support::traits::tokens::Precision::BestEffort;
		T::Native::release(&reason, &who, deposit, precision)?;
		Self::deposit_event(Event::Settled { stake: id, returned });
		Ok(())
	}

	/// A stake needs the index of this day no more.
	pub(crate) fn drop_mark(lot: LotId, day: Day) {
		Marks::<T>::mutate_exists(lot, day, |entry| {
			let Some(mark) = entry else { return };
			mark.needed = mark.needed.saturating_sub(1);
			if mark.needed == 0 {
				*entry = None;
			}
		});
	}
}
