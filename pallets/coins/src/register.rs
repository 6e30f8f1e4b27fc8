//! Registration of a coin and of its wrapped asset.

use crate::{pallet::*, CoinTerms};
use dmex_primitives::{AssetId, CoinId};
use frame_support::{
	ensure,
	traits::{
		tokens::fungibles::{metadata::Mutate as _, Create as _},
		Get,
	},
};
use sp_runtime::{traits::AccountIdConversion, ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// The account that owns the wrapped coins. It has no key.
	pub fn account() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Checks the terms, creates the asset and writes the coin down. On an error something may have
	/// been written: the caller is a transaction, or genesis, which then fails.
	pub(crate) fn register(terms: CoinTerms) -> Result<(CoinId, AssetId), DispatchError> {
		terms.check().map_err(Error::<T>::from)?;
		ensure!(!BySymbol::<T>::contains_key(&terms.symbol), Error::<T>::SymbolTaken);
		let id = CoinCount::<T>::get();
		ensure!(id < T::MaxCoins::get(), Error::<T>::TooManyCoins);
		let next = id.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let asset = T::FirstAsset::get().checked_add(id).ok_or(ArithmeticError::Overflow)?;

		let owner = Self::account();
		T::Assets::create(asset, owner.clone(), true, terms.least_balance())?;
		let symbol = terms.symbol.to_vec();
		let name = [b"Wrapped ".as_slice(), &symbol].concat();
		T::Assets::set(asset, &owner, name, symbol, terms.decimals)?;

		CoinCount::<T>::put(next);
		BySymbol::<T>::insert(&terms.symbol, id);
		Coins::<T>::insert(id, terms.with_asset(asset));
		Ok((id, asset))
	}
}
