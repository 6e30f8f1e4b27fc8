//! Coins in and out of the pallet's account. The one place that moves any.

use crate::{
	ledger::Ledger, types::Book, ActiveLots, Books, Config, Error, Event, InAccount, Owed, Pallet,
};
use dmex_primitives::{
	calendar::Calendar,
	lots::{Lots, Vesting},
	rights::Remit,
	AssetId, Balance, CoinAmount, Day, LotId,
};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungibles::{Inspect, Mutate},
		tokens::Preservation,
		Get,
	},
};
use sp_runtime::{traits::AccountIdConversion, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The keyless account that holds what is not paid yet.
	pub fn account_id() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// An account may give its last unit, but less than the least balance would be lost with it, and
	/// no event would tell of that.
	fn giving(asset: AssetId, from: &T::AccountId, amount: Balance) -> Preservation {
		match T::Assets::balance(asset, from) == amount {
			true => Preservation::Expendable,
			false => Preservation::Preserve,
		}
	}

	/// Moves `amount` from `from` into the account.
	pub(crate) fn take_in(asset: AssetId, from: &T::AccountId, amount: Balance) -> DispatchResult {
		let before = InAccount::<T>::get(asset);
		let after = before.checked_add(amount).ok_or(Error::<T>::OutOfRange)?;
		let left = Self::giving(asset, from, amount);
		T::Assets::transfer(asset, from, &Self::account_id(), amount, left)?;
		InAccount::<T>::insert(asset, after);
		Ok(())
	}

	/// Moves `amount` out of the account.
	fn send(asset: AssetId, to: &T::AccountId, amount: Balance) -> DispatchResult {
		with_storage_layer(|| {
			let before = InAccount::<T>::get(asset);
			let after = before.checked_sub(amount).ok_or(Error::<T>::OutOfRange)?;
			InAccount::<T>::insert(asset, after);
			let account = Self::account_id();
			let left = Self::giving(asset, &account, amount);
			T::Assets::transfer(asset, &account, to, amount, left).map(|_| ())
		})
	}

	/// What of `amount` can leave the account: all, unless less than the least balance would be
	/// left.
	fn sendable(asset: AssetId, amount: Balance) -> Balance {
		let balance = T::Assets::balance(asset, &Self::account_id());
		let least = T::Assets::minimum_balance(asset);
		let left = balance.saturating_sub(amount);
		if left == 0 || left >= least {
			return amount;
		}
		amount.min(balance.saturating_sub(least))
	}

	/// Pays, or writes down what `to` is owed. Never fails.
	pub(crate) fn pay_out(asset: AssetId, to: &T::AccountId, amount: Balance) {
		let now = Self::sendable(asset, amount);
		let later = match now > 0 && Self::send(asset, to, now).is_ok() {
			true => amount.saturating_sub(now),
			false => amount,
		};
		if later > 0 {
			Owed::<T>::mutate(asset, to, |owed| *owed = owed.saturating_add(later));
			Self::deposit_event(Event::Owing { who: to.clone(), asset, amount: later });
		}
	}

	/// Pays an account what it is owed.
	pub(crate) fn do_claim_owed(
		who: &T::AccountId,
		asset: AssetId,
	) -> Result<Balance, DispatchError> {
		let owed = Owed::<T>::take(asset, who);
		let amount = Self::sendable(asset, owed);
		ensure!(amount > 0, Error::<T>::NothingToTake);
		if amount < owed {
			Owed::<T>::insert(asset, who, owed.saturating_sub(amount));
		}
		Self::send(asset, who, amount)?;
		Ok(amount)
	}

	/// Pays the provider its part, or what of it can leave the account: a farm whose coins have
	/// stopped makes up with what it has.
	pub(crate) fn do_take_part(
		who: &T::AccountId,
		lot: LotId,
	) -> Result<CoinAmount, DispatchError> {
		let info = T::Lots::lot(lot).ok_or(Error::<T>::UnknownLot)?;
		ensure!(info.provider == *who, Error::<T>::NotLotProvider);
		Books::<T>::try_mutate(lot, |book| {
			let book = book.as_mut().ok_or(Error::<T>::NoBook)?;
			let Book { asset, provider_part, .. } = *book;
			let amount = Self::sendable(asset, provider_part);
			ensure!(amount > 0, Error::<T>::NothingToTake);
			book.provider_part = provider_part.saturating_sub(amount);
			book.flows.provider_paid =
				book.flows.provider_paid.checked_add(amount).ok_or(Error::<T>::OutOfRange)?;
			Self::send(asset, who, amount)?;
			Ok(amount)
		})
	}

	/// Takes what arrived at a lot's address into its book.
	pub(crate) fn do_remit(lot: LotId, from: &T::AccountId, amount: CoinAmount) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let info = T::Lots::lot(lot).ok_or(Error::<T>::UnknownLot)?;
		Self::ensure_book(lot, &info)?;
		let mut book = Books::<T>::get(lot).ok_or(Error::<T>::NoBook)?;
		book.arrive(T::Calendar::today(), amount).ok_or(Error::<T>::OutOfRange)?;
		Self::take_in(book.asset, from, amount)?;
		Books::<T>::insert(lot, book);
		ActiveLots::<T>::insert(lot, ());
		Self::deposit_event(Event::Arrived { lot, from: from.clone(), amount });
		Ok(())
	}

	/// Takes at most what is still to be made up and fills short days with it. Of a lot that owes
	/// gross rewards the rest goes to its open days. Answers how many days it looked at.
	pub(crate) fn do_make_up(
		lot: LotId,
		from: &T::AccountId,
		amount: CoinAmount,
	) -> Result<Day, DispatchError> {
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let info = T::Lots::lot(lot).ok_or(Error::<T>::UnknownLot)?;
		let mut ledger = Ledger::<T>::open(lot).ok_or(Error::<T>::NoBook)?;
		let first = ledger.book.make_up_until;
		let taken = Self::make_up(&mut ledger, amount);
		let days = ledger.book.make_up_until.saturating_sub(first).saturating_add(1);
		let rest = match info.vesting {
			Some(Vesting::Gross) => amount.saturating_sub(taken),
			_ => 0,
		};
		ensure!(taken > 0 || rest > 0, Error::<T>::NoDebt);
		if taken > 0 {
			let book = &mut ledger.book;
			book.flows.arrived =
				book.flows.arrived.checked_add(taken).ok_or(Error::<T>::OutOfRange)?;
			Self::take_in(book.asset, from, taken)?;
			ledger.save();
			Self::deposit_event(Event::Arrived { lot, from: from.clone(), amount: taken });
		}
		if rest > 0 {
			Self::do_remit(lot, from, rest)?;
		}
		Ok(days)
	}
}

impl<T: Config> Remit<T::AccountId> for Pallet<T> {
	fn remit(lot: LotId, from: &T::AccountId, amount: CoinAmount) -> DispatchResult {
		with_storage_layer(|| Self::do_remit(lot, from, amount))
	}
}
