//! Pool accounts: whose they are, for ever, and which of them are read.

use crate::{pallet::*, types::PoolAccount};
use codec::Encode;
use dmex_primitives::{
	calendar::Calendar,
	coins::Coins,
	facts::{AccountName, PoolAccounts},
	CoinId, Day, PoolAccountId, SourceId,
};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungible::MutateHold, tokens::Precision::BestEffort, Get},
};
use sp_runtime::{
	traits::{SaturatedConversion, Saturating},
	DispatchError, DispatchResult, Permill,
};

impl<T: Config> Pallet<T> {
	/// What storing `bytes` under one key costs.
	pub(crate) fn deposit_for(bytes: usize) -> BalanceOf<T> {
		let bytes: BalanceOf<T> = bytes.saturated_into();
		T::DepositBase::get().saturating_add(T::DepositPerByte::get().saturating_mul(bytes))
	}

	/// Holds the difference between what a record held and what it costs now, or gives it back.
	pub(crate) fn adjust_deposit(
		who: &T::AccountId,
		held: BalanceOf<T>,
		cost: BalanceOf<T>,
	) -> DispatchResult {
		let reason = HoldReason::Storage.into();
		if cost > held {
			T::Currency::hold(&reason, who, cost.saturating_sub(held))
		} else {
			T::Currency::release(&reason, who, held.saturating_sub(cost), BestEffort).map(|_| ())
		}
	}

	/// The account, if it can be bound as asked for.
	fn checked_name(source: SourceId, coin: CoinId, name: &[u8]) -> Result<AccountName, Error<T>> {
		let source = Sources::<T>::get(source).ok_or(Error::<T>::SourceUnknown)?;
		ensure!(source.open, Error::<T>::SourceClosed);
		// Replies that could be another account's prove nothing about this one.
		let carries = source.adapter.reads_accounts() && source.adapter.backs_lots();
		ensure!(carries, Error::<T>::SourceWithoutAccounts);
		let terms = T::Coins::coin(coin).ok_or(Error::<T>::CoinUnknown)?;
		ensure!(source.adapter.mines(&terms.symbol), Error::<T>::CoinNotMinedThere);
		let name = source.adapter.normalise(name).ok_or(Error::<T>::NameImpossible)?;
		AccountName::try_from(name).map_err(|_| Error::<T>::NameImpossible)
	}

	fn bind_new(
		source: SourceId,
		coin: CoinId,
		name: AccountName,
		provider: &T::AccountId,
	) -> Result<PoolAccountId, DispatchError> {
		let id = NextAccount::<T>::get();
		let next = id.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let bytes = (source, coin, &name, provider, id).encoded_size();
		let deposit = Self::deposit_for(bytes);
		Self::adjust_deposit(provider, BalanceOf::<T>::default(), deposit)?;
		NextAccount::<T>::put(next);
		AccountOf::<T>::insert((source, &name), id);
		let provider = provider.clone();
		let record = PoolAccount { source, coin, name, provider: provider.clone(), deposit };
		Accounts::<T>::insert(id, record);
		Self::deposit_event(Event::AccountBound { account: id, source, provider });
		Ok(id)
	}
}

impl<T: Config> PoolAccounts<T::AccountId> for Pallet<T> {
	fn bind(
		source: SourceId,
		coin: CoinId,
		name: &[u8],
		provider: &T::AccountId,
	) -> Result<PoolAccountId, DispatchError> {
		let name = Self::checked_name(source, coin, name)?;
		let Some(id) = AccountOf::<T>::get((source, &name)) else {
			return with_storage_layer(|| Self::bind_new(source, coin, name, provider));
		};
		let known = Accounts::<T>::get(id).ok_or(Error::<T>::AccountUnknown)?;
		ensure!(known.provider == *provider, Error::<T>::AccountOfOther);
		ensure!(known.coin == coin, Error::<T>::AccountMinesOther);
		Ok(id)
	}

	fn follow(account: PoolAccountId) -> DispatchResult {
		let known = Accounts::<T>::get(account).ok_or(Error::<T>::AccountUnknown)?;
		let source = Sources::<T>::get(known.source).ok_or(Error::<T>::SourceUnknown)?;
		ensure!(source.open, Error::<T>::SourceClosed);
		if Followed::<T>::contains_key(account) {
			return Ok(());
		}
		ensure!(Followed::<T>::count() < T::MaxFollowed::get(), Error::<T>::TooManyFollowed);
		let since = T::Calendar::today();
		Followed::<T>::insert(account, since);
		Self::deposit_event(Event::AccountFollowed { account, since });
		Ok(())
	}

	fn unfollow(account: PoolAccountId) {
		if Followed::<T>::take(account).is_some() {
			LiveReadings::<T>::remove(account);
			Self::deposit_event(Event::AccountUnfollowed { account });
		}
	}

	fn source_of(account: PoolAccountId) -> Option<SourceId> {
		Accounts::<T>::get(account).map(|account| account.source)
	}

	fn paid_to_name(account: PoolAccountId) -> Option<AccountName> {
		let account = Accounts::<T>::get(account)?;
		let source = Sources::<T>::get(account.source)?;
		source.adapter.pays_to_name().then_some(account.name)
	}

	fn pool_fee(source: SourceId) -> Permill {
		let source = Sources::<T>::get(source);
		source
			.map(|source| Permill::from_parts(source.adapter.pool_fee_millionths()))
			.unwrap_or_default()
	}

	fn noise(source: SourceId) -> Permill {
		let source = Sources::<T>::get(source);
		source
			.map(|source| Permill::from_parts(source.adapter.noise_millionths()))
			.unwrap_or_default()
	}

	fn probation_until(source: SourceId) -> Option<Day> {
		Self::probation_of(&Sources::<T>::get(source)?)
	}

	fn is_network(source: SourceId) -> bool {
		Sources::<T>::get(source)
			.is_some_and(|source| source.adapter.reads_accounts() && source.adapter.reads_network())
	}
}
