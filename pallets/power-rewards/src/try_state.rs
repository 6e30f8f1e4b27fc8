//! What must hold of the books after every block.

#![cfg(any(feature = "std", feature = "try-runtime"))]

use crate::{
	pallet::*,
	types::{LotStake, Stake, KEEP_DAYS},
};
use alloc::collections::BTreeMap;
use dmex_math::REWARD_SCALE;
use dmex_primitives::{
	titles::{LockReason, Titles},
	Balance, CoinId, Day, LotId, Units,
};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::TryRuntimeError;

type Checked = Result<(), TryRuntimeError>;

/// Adds to a sum under a key.
fn add<K: Ord>(sums: &mut BTreeMap<K, u128>, key: K, amount: u128) -> Checked {
	let sum = sums.entry(key).or_default();
	*sum = sum.checked_add(amount).ok_or("a sum overflows")?;
	Ok(())
}

impl<T: Config> Pallet<T> {
	/// Checks everything below; the text of the error names the rule that is broken.
	pub fn do_try_state() -> Checked {
		Self::check_books()?;
		Self::check_days()?;
		Self::check_stakes()?;
		Self::check_marks()?;
		for (lot, record) in LotStakes::<T>::iter() {
			Self::check_lot(lot, &record)?;
		}
		Self::check_coins()?;
		Self::check_deposits()
	}

	/// What came in is what is there and what was paid; the pot has it.
	fn check_books() -> Checked {
		let books = Ledger::<T>::get();
		let there = [books.budget, books.reserved, books.owed];
		let there = there.iter().try_fold(Balance::MIN, |sum, part| sum.checked_add(*part));
		let there = there.ok_or("the books overflow")?;
		ensure!(
			there.checked_add(books.paid) == Some(books.funded),
			"what came in is not what is there and what was paid"
		);
		ensure!(Self::in_pot() >= there, "the pot does not have what the books say");
		let mut owed: BTreeMap<(), Balance> = BTreeMap::new();
		for record in LotStakes::<T>::iter_values() {
			add(&mut owed, (), record.owed)?;
		}
		let owed = owed.into_values().next().unwrap_or_default();
		ensure!(owed == books.owed, "what lots are owed is not what the books owe");
		ensure!(DailyBudget::<T>::get() <= T::MaxDailyBudget::get(), "a day may spend too much");
		Ok(())
	}

	/// What is reserved is what is left of the days that are kept.
	fn check_days() -> Checked {
		let opened = Opened::<T>::get();
		let mut left = Balance::MIN;
		for (day, of_day) in Days::<T>::iter() {
			ensure!(day <= opened, "a day is kept that has not begun");
			ensure!(opened.saturating_sub(day) < KEEP_DAYS, "a day is kept for too long");
			left = left.checked_add(of_day.left).ok_or("what is left overflows")?;
		}
		ensure!(left == Ledger::<T>::get().reserved, "what is reserved is not what days have left");
		Ok(())
	}

	/// A title is staked if and only if a stake of it is running, and then it is locked for that.
	fn check_stakes() -> Checked {
		let next = NextStake::<T>::get();
		let (mut all, mut running) = (0usize, 0usize);
		for (id, stake) in Stakes::<T>::iter() {
			all = all.saturating_add(1);
			ensure!(id < next, "a stake has an id that was not given yet");
			ensure!(StakesOf::<T>::contains_key(&stake.who, id), "a stake is not its owner's");
			ensure!(LotStakes::<T>::contains_key(stake.lot), "a stake has no lot");
			if let Some(until) = stake.until {
				ensure!(until > stake.from, "a stake ended before it began");
				continue;
			}
			running = running.saturating_add(1);
			let of_title = StakeOf::<T>::get(stake.lot, stake.title);
			ensure!(of_title == Some(id), "a staked title does not name its stake");
			let title = T::Titles::title(stake.lot, stake.title);
			let (_, title) = title.ok_or("a staked title is gone")?;
			ensure!(title.locked_by == Some(LockReason::Stake), "a staked title is not locked");
			ensure!(title.units == stake.units, "a stake has other units than its title");
		}
		ensure!(
			StakeOf::<T>::iter().count() == running,
			"a title names a stake that is not running"
		);
		ensure!(StakesOf::<T>::iter().count() == all, "an account has a stake that is gone");
		Ok(())
	}

	/// A mark is kept for as many stakes as need it, and has its index once its day is passed.
	fn check_marks() -> Checked {
		let mut needed: BTreeMap<(LotId, Day), u128> = BTreeMap::new();
		for stake in Stakes::<T>::iter_values() {
			if stake.paid_to.is_none() {
				add(&mut needed, (stake.lot, stake.from), 1)?;
			}
			if let Some(until) = stake.until {
				add(&mut needed, (stake.lot, until), 1)?;
			}
		}
		let mut kept = 0usize;
		for (lot, day, mark) in Marks::<T>::iter() {
			kept = kept.saturating_add(1);
			let by = needed.get(&(lot, day)).copied().unwrap_or_default();
			ensure!(by == u128::from(mark.needed), "a mark is needed by another number of stakes");
			let record = LotStakes::<T>::get(lot).ok_or("a mark has no lot")?;
			let known = mark.index.is_some();
			ensure!(known || record.closed < day, "a mark has no index");
			ensure!(!known || record.is_past(day), "a mark has its index early");
		}
		ensure!(kept == needed.len(), "marks are not those that stakes need");
		Ok(())
	}

	/// What a lot is owed is to the last part what its stakes have earned and what is carried; its
	/// units of every day that can still earn are those of its stakes.
	fn check_lot(lot: LotId, record: &LotStake) -> Checked {
		let stakes: alloc::vec::Vec<Stake<T::AccountId>> =
			Stakes::<T>::iter_values().filter(|stake| stake.lot == lot).collect();
		let count = u32::try_from(stakes.len()).map_err(|_| "too many stakes")?;
		ensure!(count == record.stakes && count > 0, "stakes of a lot are miscounted");

		let mut scaled = record.carry;
		for stake in &stakes {
			let Some(due) = Self::due_to(stake, record) else { continue };
			let earned = due.amount.checked_mul(REWARD_SCALE).ok_or("a claim overflows")?;
			let earned = earned.checked_add(due.rest).ok_or("a claim overflows")?;
			scaled = scaled.checked_add(earned).ok_or("claims overflow")?;
		}
		ensure!(
			record.owed.checked_mul(REWARD_SCALE) == Some(scaled),
			"what a lot is owed is not what its stakes have earned"
		);

		let opened = Opened::<T>::get();
		let oldest = opened.saturating_sub(KEEP_DAYS).max(record.closed.min(opened));
		// Nothing of the lot counts after its end, and stakes leave without waiting for those days.
		for day in oldest..record.ends.min(opened.saturating_add(2)) {
			let mut units = Units::MIN;
			let on_day = |stake: &&Stake<T::AccountId>| {
				stake.from <= day && stake.until.is_none_or(|until| day < until)
			};
			for stake in stakes.iter().filter(on_day) {
				units = units.checked_add(stake.units).ok_or("units overflow")?;
			}
			ensure!(record.steps.on(day) == units, "units of a lot's day are not those staked");
		}
		Ok(())
	}

	/// What counts of a coin is what is staked of its lots that have not ended.
	fn check_coins() -> Checked {
		let opened = Opened::<T>::get();
		let mut counted: BTreeMap<CoinId, Units> = BTreeMap::new();
		let mut ending: BTreeMap<(Day, CoinId), Units> = BTreeMap::new();
		for record in LotStakes::<T>::iter_values() {
			let units = record.steps.last();
			if record.ends > opened && units > 0 {
				add(&mut counted, record.coin, units)?;
				add(&mut ending, (record.ends, record.coin), units)?;
			}
		}
		for of in Coins::<T>::get() {
			let units = counted.remove(&of.coin).unwrap_or_default();
			ensure!(of.units == units, "what counts of a coin is not what is staked");
		}
		ensure!(counted.is_empty(), "a coin is staked and does not count");
		for (day, units) in Endings::<T>::iter() {
			for (coin, units) in units {
				let known = ending.remove(&(day, coin));
				ensure!(known == Some(units), "what ends on a day is not what is staked");
			}
		}
		ensure!(ending.is_empty(), "something staked never ends");
		Ok(())
	}

	/// What is held for stakes is the sum of their deposits.
	fn check_deposits() -> Checked {
		let mut deposits: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		for stake in Stakes::<T>::iter_values() {
			add(&mut deposits, stake.who, stake.deposit)?;
		}
		for (who, deposit) in deposits {
			let held = T::Native::balance_on_hold(&HoldReason::Stake.into(), &who);
			ensure!(held == deposit, "deposits on hold are not what the stakes say");
		}
		Ok(())
	}
}
