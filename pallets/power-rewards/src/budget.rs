//! The pot and what it is spent on.

use crate::{
	pallet::*,
	types::{may_follow, may_weigh, CoinStake, MAX_WEIGHT},
};
use dmex_primitives::{Balance, CoinId};
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Mutate},
		tokens::{Fortitude::Polite, Preservation::Preserve},
		Get,
	},
};
use sp_runtime::{traits::AccountIdConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The pot. It has no key.
	pub fn pot_account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// What the pot can pay and still live.
	pub(crate) fn in_pot() -> Balance {
		T::Native::reducible_balance(&Self::pot_account(), Preserve, Polite)
	}

	/// Takes into the budget what is in the pot beyond the books: what was just moved there, or what
	/// somebody sent.
	pub(crate) fn absorb(from: Option<T::AccountId>) {
		let books = Ledger::<T>::get();
		let known = books.budget.saturating_add(books.reserved).saturating_add(books.owed);
		let amount = Self::in_pot().saturating_sub(known);
		if amount == 0 {
			return;
		}
		Ledger::<T>::mutate(|books| {
			books.funded = books.funded.saturating_add(amount);
			books.budget = books.budget.saturating_add(amount);
		});
		Self::deposit_event(Event::Funded { from, amount });
	}

	pub(crate) fn do_fund(from: T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		// What somebody sent before is not from this account.
		Self::absorb(None);
		T::Native::transfer(&from, &Self::pot_account(), amount, Preserve)?;
		Self::absorb(Some(from));
		Ok(())
	}

	pub(crate) fn do_set_daily_budget(amount: Balance) -> Result<(), Error<T>> {
		ensure!(amount <= T::MaxDailyBudget::get(), Error::<T>::BudgetOutOfBounds);
		let now = DailyBudget::<T>::get();
		ensure!(may_follow(now, amount, T::SmallDailyBudget::get()), Error::<T>::StepTooFar);
		DailyBudget::<T>::put(amount);
		Ok(())
	}

	pub(crate) fn weigh(coin: CoinId, weight: u32) -> Result<(), Error<T>> {
		ensure!(weight <= MAX_WEIGHT, Error::<T>::WeightOutOfBounds);
		let mut coins = Coins::<T>::get();
		match coins.iter_mut().find(|of| of.coin == coin) {
			Some(of) => {
				ensure!(may_weigh(of.weight, weight), Error::<T>::StepTooFar);
				of.weight = weight;
			},
			None => {
				let added = CoinStake { coin, weight, units: 0 };
				coins.try_push(added).map_err(|_| Error::<T>::TooManyCoins)?;
			},
		}
		// A coin of which nothing is staked and nothing earns needs no place.
		coins.retain(|of| of.weight > 0 || of.units > 0);
		Coins::<T>::put(coins);
		Ok(())
	}
}
