//! Deposits: agreed on once, counted once, never again.

use crate::{
	pallet::*,
	types::{Deposit, Seen, Statement, Target, BUCKET_HEIGHTS},
};
use codec::Encode;
use dmex_primitives::AssetId;
use frame_support::ensure;
use sp_core::H256;
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Key of a deposit. Neither amount nor height is in it: whatever else is said of the same
	/// output later is the same deposit, also when its block was replaced by another.
	pub(crate) fn outpoint(transaction: H256, output: u32) -> H256 {
		sp_io::hashing::blake2_256(&(transaction, output).encode()).into()
	}

	pub(crate) fn bucket_of(height: u64) -> u64 {
		height.checked_div(BUCKET_HEIGHTS).unwrap_or_default()
	}

	pub(crate) fn do_attest_deposit(who: &T::AccountId, deposit: Deposit) -> DispatchResult {
		let gate = Self::gate_of(deposit.asset)?;
		let outpoint = Self::outpoint(deposit.transaction, deposit.output);
		ensure!(!Deposits::<T>::contains_key(deposit.asset, outpoint), Error::<T>::DepositSeen);
		let heights = HeightsOf::<T>::get(deposit.asset);
		ensure!(deposit.height >= heights.floor, Error::<T>::DepositTooOld);
		let target = Addresses::<T>::get(deposit.asset, Self::hash_of(&deposit.address))
			.ok_or(Error::<T>::AddressUnknown)?
			.ok_or(Error::<T>::AddressUnassigned)?;
		ensure!(deposit.amount >= gate.terms.least_deposit, Error::<T>::BelowLeast);
		if !Self::vote(who, &Statement::Deposit(deposit.clone()))? {
			return Ok(());
		}
		Self::remember(&deposit, outpoint, gate.terms.deposit_window);
		FlowsOf::<T>::try_mutate(deposit.asset, |flows| -> DispatchResult {
			let attested = flows.attested.checked_add(deposit.amount);
			flows.attested = attested.ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})?;
		if let Target::Lot(lot) = &target {
			Self::note_arrival(*lot, deposit.amount)?;
		}
		let (asset, amount) = (deposit.asset, deposit.amount);
		Self::deposit_event(Event::DepositAttested { target: target.clone(), deposit });
		Self::mint_or_wait(asset, &gate, target, amount)
	}

	/// Writes a deposit down, and lets the window follow the highest one.
	fn remember(deposit: &Deposit, outpoint: H256, window: u64) {
		let Deposit { asset, height, amount, .. } = *deposit;
		Deposits::<T>::insert(asset, outpoint, Seen { height, amount });
		DepositsByHeight::<T>::insert((asset, Self::bucket_of(height)), outpoint, ());
		HeightsOf::<T>::mutate(asset, |heights| {
			if heights.highest == 0 {
				// The first deposit: nothing is below it, so nothing is to be forgotten.
				heights.first_bucket = Self::bucket_of(height.saturating_sub(window));
			}
			heights.highest = heights.highest.max(height);
			heights.floor = heights.floor.max(heights.highest.saturating_sub(window));
		});
	}

	/// Forgets up to `most` deposits below the window and answers how many. A bucket goes when all of
	/// it is below; an empty one counts as one.
	pub(crate) fn forget(asset: AssetId, most: u32) -> u32 {
		let heights = HeightsOf::<T>::get(asset);
		if heights.first_bucket >= Self::bucket_of(heights.floor) {
			return 0;
		}
		let bucket = (asset, heights.first_bucket);
		let limit = usize::try_from(most).unwrap_or(usize::MAX);
		let old: alloc::vec::Vec<H256> =
			DepositsByHeight::<T>::iter_key_prefix(bucket).take(limit).collect();
		for outpoint in &old {
			DepositsByHeight::<T>::remove(bucket, outpoint);
			Deposits::<T>::remove(asset, outpoint);
		}
		if old.len() < limit {
			let first_bucket = heights.first_bucket.saturating_add(1);
			HeightsOf::<T>::mutate(asset, |heights| heights.first_bucket = first_bucket);
		}
		u32::try_from(old.len()).unwrap_or(most).max(1)
	}
}
