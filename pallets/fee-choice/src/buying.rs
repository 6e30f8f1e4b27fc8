//! Fees are bought.

use crate::{
	pallet::*,
	types::{FeeQuote, FeeTerms},
};
use alloc::vec;
use dmex_primitives::Balance;
use frame_support::traits::{
	fungibles::Inspect,
	tokens::{Fortitude::Polite, Preservation::Preserve},
	Contains, Get,
};
use pallet_asset_conversion::{QuotePrice, Swap};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// What the account's fees are bought with, if it has chosen and the asset is still allowed.
	pub(crate) fn terms_of(who: &T::AccountId) -> Option<FeeTerms> {
		let terms = Choices::<T>::get(who)?.terms;
		T::FeeAssets::contains(&terms.asset).then_some(terms)
	}

	/// What the fee costs in the chosen asset: `None` where the pool cannot serve, the price is
	/// above the account's limit, or the account has too little.
	pub(crate) fn price_of(who: &T::AccountId, terms: &FeeTerms, fee: Balance) -> Option<Balance> {
		let (asset, native) = (terms.asset.into(), T::NativeKind::get());
		let price = T::Swap::quote_price_tokens_for_exact_tokens(asset, native, fee, true)?;
		let has = T::Assets::reducible_balance(terms.asset, who, Preserve, Polite);
		(price > 0 && price <= terms.most_for(fee) && price <= has).then_some(price)
	}

	/// Buys the fee into the account.
	///
	/// Errors: what the exchange says; then something may have been written.
	pub(crate) fn buy(
		who: &T::AccountId,
		terms: &FeeTerms,
		fee: Balance,
		most: Balance,
	) -> Result<(), DispatchError> {
		let path = vec![terms.asset.into(), T::NativeKind::get()];
		let (from, to) = (who.clone(), who.clone());
		let paid = T::Swap::swap_tokens_for_exact_tokens(from, path, fee, Some(most), to, true)?;
		let who = who.clone();
		Self::deposit_event(Event::FeeBought { who, asset: terms.asset, paid, fee });
		Ok(())
	}

	pub(crate) fn quote(who: &T::AccountId, fee: Balance) -> FeeQuote {
		let bought = Self::terms_of(who).filter(|_| fee > 0).and_then(|terms| {
			let amount = Self::price_of(who, &terms, fee)?;
			Some(FeeQuote { asset: Some(terms.asset), amount })
		});
		bought.unwrap_or(FeeQuote { asset: None, amount: fee })
	}
}
