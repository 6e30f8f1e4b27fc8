//! Stakes, and what is in the budget for them.

use super::Differences;
use crate::*;
use dmex_primitives::{Day, LotId, TitleId, Units};
use pallet_power_rewards::{
	types::{Books, StakeId},
	Event,
};
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Debug)]
struct Stake {
	who: AccountId,
	lot: LotId,
	title: TitleId,
	units: Units,
	from: Day,
	until: Option<Day>,
	paid: Balance,
	deposit: Balance,
}

#[derive(Clone, Default)]
pub struct Rewards {
	books: Books,
	daily_budget: Balance,
	stakes: BTreeMap<StakeId, Stake>,
}

impl Rewards {
	pub fn read() -> Self {
		let stakes = pallet_power_rewards::Stakes::<Runtime>::iter().map(|(id, stake)| {
			let pallet_power_rewards::types::Stake {
				who,
				lot,
				title,
				units,
				from,
				until,
				paid,
				deposit,
				..
			} = stake;
			(id, Stake { who, lot, title, units, from, until, paid, deposit })
		});
		Self {
			books: pallet_power_rewards::Ledger::<Runtime>::get(),
			daily_budget: pallet_power_rewards::DailyBudget::<Runtime>::get(),
			stakes: stakes.collect(),
		}
	}

	pub fn take(&mut self, event: &RuntimeEvent) {
		let RuntimeEvent::PowerRewards(event) = event else { return };
		self.stake(event);
		let Books { funded, paid, budget, reserved, owed } = &mut self.books;
		// What was set aside, what of it was earned, and what goes back.
		match event {
			Event::Funded { amount, .. } => {
				*funded += amount;
				*budget += amount;
			},
			Event::DailyBudgetSet { amount } => self.daily_budget = *amount,
			Event::DayOpened { budget: aside, .. } => {
				*budget = budget.saturating_sub(*aside);
				*reserved += aside;
			},
			Event::LotEarned { amount, returned, .. } => {
				*reserved = reserved.saturating_sub(amount + returned);
				*owed += amount;
				*budget += returned;
			},
			Event::DayRetired { returned, .. } => {
				*reserved = reserved.saturating_sub(*returned);
				*budget += returned;
			},
			Event::Claimed { amount, .. } => {
				*owed = owed.saturating_sub(*amount);
				*paid += amount;
			},
			Event::Settled { returned, .. } => {
				*owed = owed.saturating_sub(*returned);
				*budget += returned;
			},
			_ => {},
		}
	}

	fn stake(&mut self, event: &Event<Runtime>) {
		match event.clone() {
			Event::Staked { stake, series: lot, title, who, units, from, deposit } => {
				let (until, paid) = (None, 0);
				let new = Stake { who, lot, title, units, from, until, paid, deposit };
				self.stakes.insert(stake, new);
			},
			Event::Unstaked { stake, until } => {
				if let Some(stake) = self.stakes.get_mut(&stake) {
					stake.until = Some(until);
				}
			},
			Event::Claimed { stake, amount, .. } => {
				if let Some(stake) = self.stakes.get_mut(&stake) {
					stake.paid += amount;
				}
			},
			Event::Settled { stake, .. } => {
				self.stakes.remove(&stake);
			},
			_ => {},
		}
	}

	pub fn compare(&self, kept: &Self, found: &mut Differences) {
		found.one("budget of rewards", self.books, kept.books);
		found.one("daily budget", self.daily_budget, kept.daily_budget);
		found.each("stake", &self.stakes, &kept.stakes);
	}
}
