//! Coins for tests, where genesis allows it.

use crate::pallet::*;
use dmex_primitives::{calendar::Calendar, AssetId, Balance};
use frame_support::{ensure, traits::fungibles::Mutate};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_faucet(who: &T::AccountId, asset: AssetId, amount: Balance) -> DispatchResult {
		ensure!(FaucetOpen::<T>::get(), Error::<T>::FaucetClosed);
		let gate = Self::gate_of(asset)?;
		ensure!(amount > 0, Error::<T>::ZeroAmount);
		let today = T::Calendar::today();
		let taken = match FaucetTaken::<T>::get(asset, who) {
			(day, taken) if day == today => taken,
			_ => 0,
		};
		let taken = taken.checked_add(amount).ok_or(Error::<T>::FaucetExhausted)?;
		ensure!(taken <= gate.terms.faucet_per_day, Error::<T>::FaucetExhausted);
		let room = FlowsOf::<T>::get(asset).has_room_for(amount);
		ensure!(room, Error::<T>::FaucetExhausted);
		T::Assets::mint_into(asset, who, amount)?;
		FaucetTaken::<T>::insert(asset, who, (today, taken));
		FlowsOf::<T>::mutate(asset, |flows| flows.faucet = flows.faucet.saturating_add(amount));
		Ok(())
	}
}
