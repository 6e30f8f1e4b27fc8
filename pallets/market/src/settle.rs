//! How titles and money change hands.

use crate::{Config, Pallet};
use alloc::vec::Vec;
use dmex_math::fee_of;
use dmex_primitives::{
	rights::Rights,
	titles::{Title, Titles},
	Balance, SeriesId, TitleId, Units,
};
use frame_support::traits::{
	fungibles::{Inspect, Mutate},
	tokens::Preservation,
	Get,
};
use sp_runtime::{
	traits::{AccountIdConversion, Zero},
	DispatchError, DispatchResult, Permill,
};

impl<T: Config> Pallet<T> {
	/// The keyless account of streams and deposits.
	pub fn pot() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Makes sure that the pot keeps its least balance whatever is paid out of it. `who` pays for
	/// it, once in the life of the chain, unless genesis has.
	pub(crate) fn ensure_pot(who: &T::AccountId) -> DispatchResult {
		let asset = T::Stablecoin::get();
		if !T::Assets::balance(asset, &Self::pot()).is_zero() {
			return Ok(());
		}
		Self::transfer(who, &Self::pot(), T::Assets::minimum_balance(asset))
	}

	/// Moves stablecoin. The payer keeps the least balance.
	pub(crate) fn transfer(
		from: &T::AccountId,
		to: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		T::Assets::transfer(T::Stablecoin::get(), from, to, amount, Preservation::Preserve)?;
		Ok(())
	}

	/// The fee of an amount, rounded up.
	pub(crate) fn fee(amount: Balance, fee: Permill) -> Balance {
		fee_of(amount, fee.deconstruct())
	}

	/// Pays `price` of which `fee` goes to the treasury and the fund, the rest to `to`.
	pub(crate) fn pay(
		from: &T::AccountId,
		to: &T::AccountId,
		price: Balance,
		fee: Balance,
	) -> DispatchResult {
		let to_fund = T::FundShare::get().mul_floor(fee);
		Self::transfer(from, to, price.saturating_sub(fee))?;
		Self::transfer(from, &T::TreasuryAccount::get(), fee.saturating_sub(to_fund))?;
		Self::transfer(from, &T::FundAccount::get(), to_fund)
	}

	/// The title with `units`, cut from an unlocked title if that has more, and what is left.
	pub(crate) fn cut(
		series: SeriesId,
		title: TitleId,
		record: &Title,
		units: Units,
	) -> Result<(TitleId, Option<TitleId>), DispatchError> {
		let rest = record.units.saturating_sub(units);
		if rest.is_zero() {
			return Ok((title, None));
		}
		let parts: Vec<TitleId> = T::Titles::split(series, title, &[units, rest])?;
		match parts.as_slice() {
			[cut, left] => Ok((*cut, Some(*left))),
			_ => Err(DispatchError::Corruption),
		}
	}

	/// Moves an unlocked title: closed days are paid to the seller, short ones that are not final
	/// stay his.
	pub(crate) fn deliver(
		series: SeriesId,
		title: TitleId,
		seller: &T::AccountId,
		buyer: &T::AccountId,
	) -> DispatchResult {
		T::Rights::settle(series, title);
		if !T::Rights::is_clean(series, title) {
			T::Rights::keep_short(series, title, seller)?;
		}
		T::Titles::settle_and_transfer(series, title, buyer)
	}
}
