//! Minting: at once where cap, bonds and rate leave room, else in turns; owed where it cannot be
//! received.

use crate::{
	pallet::*,
	types::{Gate, Lane, Queue, Rate, Target, WaitReason, MAX_SUPPLY, TURNS_PER_DAY},
};
use dmex_primitives::{rights::Remit, AssetId, Balance};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungibles::Mutate, Get},
};
use sp_runtime::{traits::AccountIdConversion, ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// The account through which lots are paid. It has no key.
	pub fn pot() -> T::AccountId {
		T::PalletId::get().into_account_truncating()
	}

	/// Mints at once what fits as a whole and overtakes nobody; else the target takes its turn.
	pub(crate) fn mint_or_wait(
		asset: AssetId,
		gate: &Gate,
		target: Target<T::AccountId>,
		amount: Balance,
	) -> DispatchResult {
		let Err(reason) = Self::pass(asset, gate, target.lane(), amount) else {
			return Self::deliver(asset, target, amount);
		};
		FlowsOf::<T>::mutate(asset, |flows| flows.waiting = flows.waiting.saturating_add(amount));
		let before = WaitingFor::<T>::get(asset, &target);
		// What was attested fits the type, so what waits of it does.
		WaitingFor::<T>::insert(asset, &target, before.saturating_add(amount));
		if before == 0 {
			let lane = (asset, target.lane());
			WaitQueue::<T>::mutate(lane, |queue| Self::take_turn_last(lane, queue, &target));
		}
		Self::deposit_event(Event::DepositWaits { asset, target, amount, reason });
		Ok(())
	}

	fn take_turn_last(lane: (AssetId, Lane), queue: &mut Queue, target: &Target<T::AccountId>) {
		Waiting::<T>::insert(lane, queue.next, target);
		queue.next = queue.next.saturating_add(1);
	}

	/// Whether all of `amount` may be minted now, before anyone who waits; spends the rate if so.
	fn pass(asset: AssetId, gate: &Gate, lane: Lane, amount: Balance) -> Result<(), WaitReason> {
		ensure!(WaitQueue::<T>::get((asset, lane)).is_empty(), WaitReason::Queue);
		let (room, limit) = Self::room(asset, gate, amount);
		ensure!(room == amount, limit);
		let rate = Rate::Mint(lane);
		ensure!(amount <= gate.terms.per_day(rate), WaitReason::Rate);
		Self::spend(asset, gate, rate, amount).ok_or(WaitReason::Rate)
	}

	/// How much of `amount` the cap and the bonds leave room for, and which of them leaves no more.
	fn room(asset: AssetId, gate: &Gate, amount: Balance) -> (Balance, WaitReason) {
		let flows = FlowsOf::<T>::get(asset);
		let below = |most: Balance| most.saturating_sub(flows.outstanding()).min(amount);
		let capped = below(gate.terms.cap.min(MAX_SUPPLY.saturating_sub(flows.base)));
		if below(gate.terms.unbonded) >= capped {
			return (capped, WaitReason::Cap);
		}
		match Self::backed(gate) {
			Ok(backed) if below(backed) >= capped => (capped, WaitReason::Cap),
			Ok(backed) => (below(backed), WaitReason::Bonds),
			Err(_) => (below(gate.terms.unbonded), WaitReason::Price),
		}
	}

	/// What a target may be minted in one turn, so that nobody waits long for another's big deposit:
	/// [`TURNS_PER_DAY`] of it are a day's rate, and less only if the cap or the bonds leave less
	/// room. `None` if that is less than the least deposit and not all that waits.
	fn part(asset: AssetId, gate: &Gate, lane: Lane, waiting: Balance) -> Option<Balance> {
		let per_day = gate.terms.per_day(Rate::Mint(lane));
		let turn = per_day.checked_div(TURNS_PER_DAY).unwrap_or_default();
		let most = turn.max(gate.terms.least_deposit).min(waiting);
		let (part, _) = Self::room(asset, gate, most);
		(part == waiting || part >= gate.terms.least_deposit).then_some(part)
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

	/// Mints a part of what waits for the target whose turn it is; for the rest it is last again.
	pub(crate) fn do_mint_waiting(asset: AssetId, lane: Lane) -> DispatchResult {
		let gate = Self::gate_of(asset)?;
		let mut queue = WaitQueue::<T>::get((asset, lane));
		let first = Waiting::<T>::get((asset, lane), queue.first);
		let target = first.ok_or(Error::<T>::NothingWaits)?;
		let waiting = WaitingFor::<T>::get(asset, &target);
		let part = Self::part(asset, &gate, lane, waiting).ok_or(Error::<T>::MustWait)?;
		Self::spend(asset, &gate, Rate::Mint(lane), part).ok_or(Error::<T>::MustWait)?;
		Waiting::<T>::remove((asset, lane), queue.first);
		queue.first = queue.first.saturating_add(1);
		match waiting.saturating_sub(part) {
			0 => WaitingFor::<T>::remove(asset, &target),
			rest => {
				WaitingFor::<T>::insert(asset, &target, rest);
				Self::take_turn_last((asset, lane), &mut queue, &target);
			},
		}
		WaitQueue::<T>::insert((asset, lane), queue);
		FlowsOf::<T>::mutate(asset, |flows| flows.waiting = flows.waiting.saturating_sub(part));
		Self::deposit_event(Event::DepositPassed { asset, target: target.clone(), amount: part });
		Self::deliver(asset, target, part)
	}

	pub(crate) fn do_claim_owed(asset: AssetId, target: Target<T::AccountId>) -> DispatchResult {
		let owed = OwedTo::<T>::contains_key(asset, &target);
		ensure!(owed, Error::<T>::NothingOwed);
		Self::deliver(asset, target.clone(), 0)?;
		ensure!(!OwedTo::<T>::contains_key(asset, &target), Error::<T>::CannotReceive);
		Ok(())
	}
}
