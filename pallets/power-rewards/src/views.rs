//! What is shown.

use crate::{
	days::weighted_total,
	pallet::*,
	types::{Overview, StakeId, StakeQuote, StakeView, PAGE},
};
use alloc::vec::Vec;
use dmex_math::{reward_at_rate, reward_rate};
use dmex_primitives::{
	calendar::Calendar, titles::Titles, Balance, CoinId, Day, SeriesId, TitleId, Units,
};
use frame_support::traits::Get;
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// What `units` of a coin would earn on the next day, if `more` of them were staked than are.
	fn expected(coin: CoinId, units: Units, more: Units) -> Balance {
		let coins = Coins::<T>::get();
		let Some(of) = coins.iter().find(|of| of.coin == coin) else { return 0 };
		let added = more.saturating_mul(of.weight.into());
		let total = weighted_total(coins.iter()).saturating_add(added);
		let budget = Ledger::<T>::get().budget.min(DailyBudget::<T>::get());
		let rate = reward_rate(budget, of.weight, total).unwrap_or_default();
		reward_at_rate(rate, units).unwrap_or_default()
	}

	pub(crate) fn view_of(id: StakeId) -> Option<StakeView<T::AccountId>> {
		let stake = Stakes::<T>::get(id)?;
		let record = LotStakes::<T>::get(stake.lot)?;
		let claimable = Self::due_to(&stake, &record).map(|due| due.amount).unwrap_or_default();
		let earned = stake.paid.saturating_add(claimable);
		let next: Day = T::Calendar::today().saturating_add(1);
		let counts = stake.until.is_none() && next < record.ends;
		let expected = if counts { Self::expected(record.coin, stake.units, 0) } else { 0 };
		Some(StakeView { stake, claimable, earned, expected_per_day: expected })
	}

	pub(crate) fn views_of(
		who: T::AccountId,
		after: Option<StakeId>,
	) -> Vec<(StakeId, StakeView<T::AccountId>)> {
		let ids: Vec<StakeId> = match after {
			None => StakesOf::<T>::iter_key_prefix(&who).take(PAGE).collect(),
			Some(last) => {
				let key = StakesOf::<T>::hashed_key_for(&who, last);
				StakesOf::<T>::iter_key_prefix_from(&who, key).take(PAGE).collect()
			},
		};
		ids.into_iter().filter_map(|id| Some((id, Self::view_of(id)?))).collect()
	}

	pub(crate) fn quote(series: SeriesId, title: TitleId) -> Result<StakeQuote, DispatchError> {
		let from = T::Calendar::today().saturating_add(1);
		let candidate = Self::candidate(series, title, from)?;
		let units = candidate.title.units;
		if T::Titles::title(series, title).is_some_and(|(_, title)| title.locked_by.is_some()) {
			return Err(Error::<T>::TitleLocked.into());
		}
		let expected_per_day = Self::expected(candidate.coin, units, units);
		Ok(StakeQuote { from, units, deposit: T::StakeDeposit::get(), expected_per_day })
	}

	pub(crate) fn overview_now() -> Overview {
		Overview {
			books: Ledger::<T>::get(),
			daily_budget: DailyBudget::<T>::get(),
			opened: Opened::<T>::get(),
			coins: Coins::<T>::get(),
		}
	}
}
