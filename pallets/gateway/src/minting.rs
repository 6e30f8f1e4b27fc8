//! Minting: at once where cap, bonds and rate leave room, else in order; owed where it cannot be
//! received.

use crate::{
	pallet::*,
	types::{Gate, Lane, Rate, Target, WaitReason, WaitingDeposit},
};
use dmex_primitives::{rights::Remit, AssetId, Balance};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungibles::Mutate, Get},
};
use sp_core::H256;
use sp_runtime::{traits::AccountIdConversion, ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The account through which lots are paid. It has no key.
	pub fn pot() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	pub(crate) fn mint_or_wait(
		asset: AssetId,
		gate: &Gate,
		target: Target<T::AccountId>,
		amount: Balance,
		outpoint: H256,
	) -> DispatchResult {
		let lane = target.lane();
		let mut queue = WaitQueue::<T>::get((asset, lane));
		let passed = match queue.is_empty() {
			true => Self::pass(asset, gate, lane, amount),
			false => Err(WaitReason::Queue),
		};
		let Err(reason) = passed else {
			return Self::deliver(asset, target, amount);
		};
		FlowsOf::<T>::mutate(asset, |flows| flows.waiting = flows.waiting.saturating_add(amount));
		let waiting = WaitingDeposit { target, amount, outpoint };
		Waiting::<T>::insert((asset, lane), queue.next, waiting);
		queue.next = queue.next.saturating_add(1);
		WaitQueue::<T>::insert((asset, lane), queue);
		Self::set_waiting(asset, outpoint, true);
		Self::deposit_event(Event::DepositWaits { asset, outpoint, reason });
		Ok(())
	}

	fn set_waiting(asset: AssetId, outpoint: H256, waiting: bool) {
		Deposits::<T>::mutate(asset, outpoint, |seen| {
			if let Some(seen) = seen {
				seen.waiting = waiting;
			}
		});
	}

	/// Whether `amount` may be minted now; spends the rate if so.
	fn pass(asset: AssetId, gate: &Gate, lane: Lane, amount: Balance) -> Result<(), WaitReason> {
		let flows = FlowsOf::<T>::get(asset);
		let after = flows.outstanding().checked_add(amount).ok_or(WaitReason::Cap)?;
		ensure!(after <= gate.terms.cap && flows.has_room_for(amount), WaitReason::Cap);
		if after > gate.terms.unbonded {
			let backed = Self::backed(gate).map_err(|_| WaitReason::Price)?;
			ensure!(after <= backed, WaitReason::Bonds);
		}
		Self::spend(asset, gate, Rate::Mint(lane), amount).ok_or(WaitReason::Rate)
	}

	/// Mints to the account, or to the pot and remits to the lot, with what was owed before. Who
	/// cannot receive is owed.
	pub(crate) fn deliver(
		asset: AssetId,
		target: Target<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		let owed = OwedTo::<T>::take(asset, &target).unwrap_or_default();
		let total = owed.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		let received = with_storage_layer(|| match &target {
			Target::Account(who) => T::Assets::mint_into(asset, who, total).map(|_| ()),
			Target::Lot(lot) => {
				let pot = Self::pot();
				T::Assets::mint_into(asset, &pot, total)?;
				T::Remit::remit(*lot, &pot, total)
			},
		})
		.is_ok();
		FlowsOf::<T>::mutate(asset, |flows| match received {
			true => {
				flows.issued = flows.issued.saturating_add(total);
				flows.owed = flows.owed.saturating_sub(owed);
			},
			false => flows.owed = flows.owed.saturating_add(amount),
		});
		if received {
			Self::deposit_event(Event::Minted { asset, target, amount: total });
		} else {
			OwedTo::<T>::insert(asset, &target, total);
			if amount > 0 {
				Self::deposit_event(Event::Owed { asset, target, amount });
			}
		}
		Ok(())
	}

	pub(crate) fn do_mint_waiting(asset: AssetId, lane: Lane) -> DispatchResult {
		let gate = Self::gate_of(asset)?;
		let mut queue = WaitQueue::<T>::get((asset, lane));
		let first = Waiting::<T>::get((asset, lane), queue.first);
		let WaitingDeposit { target, amount, outpoint } = first.ok_or(Error::<T>::NothingWaits)?;
		Self::pass(asset, &gate, lane, amount).map_err(|_| Error::<T>::MustWait)?;
		Waiting::<T>::remove((asset, lane), queue.first);
		queue.first = queue.first.saturating_add(1);
		WaitQueue::<T>::insert((asset, lane), queue);
		FlowsOf::<T>::mutate(asset, |flows| flows.waiting = flows.waiting.saturating_sub(amount));
		Self::set_waiting(asset, outpoint, false);
		Self::deposit_event(Event::DepositPassed { asset, outpoint });
		Self::deliver(asset, target, amount)
	}

	pub(crate) fn do_claim_owed(asset: AssetId, target: Target<T::AccountId>) -> DispatchResult {
		let owed = OwedTo::<T>::contains_key(asset, &target);
		ensure!(owed, Error::<T>::NothingOwed);
		Self::deliver(asset, target.clone(), 0)?;
		ensure!(!OwedTo::<T>::contains_key(asset, &target), Error::<T>::CannotReceive);
		Ok(())
	}
}
