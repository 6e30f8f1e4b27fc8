//! What always holds.

use crate::{pallet::*, past::slot_of, CoinTerms};
use dmex_primitives::{calendar::Calendar, CoinId};
use frame_support::{
	ensure,
	traits::{
		tokens::fungibles::{metadata::Inspect as _, Inspect as _},
		Get,
	},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// 1. Ids are 0 … count − 1, at most `MaxCoins`, and terms are within their bounds.
	/// 2. `BySymbol` and `Coins` name each other.
	/// 3. Every coin's asset exists, with the coin's symbol and decimals.
	/// 4. There is growth of known coins only, with a drift within the filter's limits.
	/// 5. Networks are kept of known coins only, each at its day's place, and of no day to come.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let count = CoinCount::<T>::get();
		ensure!(count <= T::MaxCoins::get(), "more coins than there may be");
		let stored = |number: usize| CoinId::try_from(number) == Ok(count);
		ensure!(stored(Coins::<T>::iter_keys().count()), "coins and their count differ");
		ensure!(stored(BySymbol::<T>::iter_keys().count()), "symbols and coins differ in number");

		for (id, coin) in Coins::<T>::iter() {
			ensure!(id < count, "a coin is not below the count");
			let named = BySymbol::<T>::get(&coin.symbol);
			ensure!(named == Some(id), "a coin's symbol names another");

			let asset = coin.asset;
			let expected = T::FirstAsset::get().checked_add(id);
			ensure!(Some(asset) == expected, "a coin has the asset of another");
			ensure!(T::Assets::asset_exists(asset), "a coin's asset does not exist");
			ensure!(T::Assets::symbol(asset) == coin.symbol.to_vec(), "an asset's symbol differs");
			ensure!(T::Assets::decimals(asset) == coin.decimals, "an asset's decimals differ");
			CoinTerms::from(coin).check().map_err(|_| "a coin's terms are out of bounds")?;
		}

		let limit = T::FilterConstants::get().max_drift;
		for (id, growth) in Growth::<T>::iter() {
			ensure!(Coins::<T>::contains_key(id), "growth of a coin that is unknown");
			let drift = growth.filter.drift;
			ensure!(drift.within(limit) == drift, "a drift is beyond its limit");
		}

		let today = T::Calendar::today();
		for (id, slot, fact) in Past::<T>::iter() {
			ensure!(Coins::<T>::contains_key(id), "a network of a coin that is unknown");
			let day = T::Calendar::day_of(fact.agreed_at);
			ensure!(slot == slot_of(day), "a network is kept at the place of another day");
			ensure!(day <= today, "a network is kept of a day to come");
		}
		Ok(())
	}
}
