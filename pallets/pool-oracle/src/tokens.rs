//! Read-only API tokens, sealed for one validator each. What is stored can only be opened by the
//! node that holds the secret of the published key; nothing here reads, logs or emits it.

use crate::{
	pallet::*,
	types::{Sealed, Token, TokenKey},
};
use codec::Encode;
use dmex_primitives::{calendar::Calendar, Day, PoolAccountId};
use frame_support::ensure;
use sp_runtime::{traits::Zero, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn put_token_key(validator: &T::AccountId, key: [u8; 32]) -> DispatchResult {
		let held = TokenKeys::<T>::get(validator).map_or_else(Zero::zero, |old| old.deposit);
		let deposit = Self::deposit_for((validator, &key).encoded_size());
		Self::adjust_deposit(validator, held, deposit)?;
		TokenKeys::<T>::insert(validator, TokenKey { key, deposit });
		Ok(())
	}

	pub(crate) fn take_token_key(validator: &T::AccountId) -> DispatchResult {
		let old = TokenKeys::<T>::get(validator).ok_or(Error::<T>::TokenKeyMissing)?;
		Self::adjust_deposit(validator, old.deposit, Zero::zero())?;
		TokenKeys::<T>::remove(validator);
		Ok(())
	}

	fn ensure_provider(who: &T::AccountId, account: PoolAccountId) -> DispatchResult {
		let known = Accounts::<T>::get(account).ok_or(Error::<T>::AccountUnknown)?;
		ensure!(known.provider == *who, Error::<T>::NotProvider);
		Ok(())
	}

	pub(crate) fn put_token(
		provider: &T::AccountId,
		account: PoolAccountId,
		validator: &T::AccountId,
		sealed: Sealed,
	) -> DispatchResult {
		Self::ensure_provider(provider, account)?;
		ensure!(!sealed.is_empty(), Error::<T>::TokenEmpty);
		ensure!(TokenKeys::<T>::contains_key(validator), Error::<T>::TokenKeyMissing);
		let old = Tokens::<T>::get(account, validator);
		let held = old.map_or_else(Zero::zero, |old| old.deposit);
		let deposit = Self::deposit_for((account, validator, &sealed).encoded_size());
		Self::adjust_deposit(provider, held, deposit)?;
		let token = Token { sealed, posted_on: T::Calendar::today(), deposit };
		Tokens::<T>::insert(account, validator, token);
		Ok(())
	}

	pub(crate) fn take_token(
		provider: &T::AccountId,
		account: PoolAccountId,
		validator: &T::AccountId,
	) -> DispatchResult {
		Self::ensure_provider(provider, account)?;
		let old = Tokens::<T>::get(account, validator).ok_or(Error::<T>::TokenMissing)?;
		Self::adjust_deposit(provider, old.deposit, Zero::zero())?;
		Tokens::<T>::remove(account, validator);
		Ok(())
	}

	/// Whether `validator` can be expected to read the account on `day`: no token is needed, or
	/// one was posted for it before that day. Without this rule a provider could make a validator
	/// look silent by giving it no token.
	pub(crate) fn can_read(account: PoolAccountId, validator: &T::AccountId, day: Day) -> bool {
		let source = Accounts::<T>::get(account).and_then(|known| Sources::<T>::get(known.source));
		match source {
			Some(source) if source.adapter.needs_token() => {
				Tokens::<T>::get(account, validator).is_some_and(|token| token.posted_on < day)
			},
			Some(_) => true,
			None => false,
		}
	}
}
