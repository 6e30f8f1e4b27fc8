//! Addresses: custodians post them together, lots and accounts ask for one each, for ever.

use crate::{
	pallet::*,
	types::{
		ascends, Address, Assigned, Batch, LotBook, Statement, Target, Totals, REFERENCE_FACTOR,
	},
};
use dmex_addresses::spellings;
use dmex_primitives::{
	calendar::Calendar,
	coins::Coins,
	facts::PoolAccounts,
	lots::{LotStatus, Lots},
	AssetId, LotId,
};
use frame_support::{
	ensure,
	traits::{fungible::MutateHold, Get},
};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_post_addresses(
		who: &T::AccountId,
		asset: AssetId,
		batch: Batch,
	) -> DispatchResult {
		let gate = Self::gate_of(asset)?;
		ensure!(!batch.is_empty() && ascends(&batch), Error::<T>::NotSorted);
		let mut queue = FreeQueue::<T>::get(asset);
		let more = u64::try_from(batch.len()).unwrap_or(u64::MAX);
		let room = queue.len().saturating_add(more) <= T::MaxFreeAddresses::get();
		ensure!(room, Error::<T>::TooManyFreeAddresses);
		for address in &batch {
			let canonical = Self::canonical_address(&gate, address)?;
			ensure!(canonical == *address, Error::<T>::AddressNotCanonical);
			let posted = Addresses::<T>::contains_key(asset, Self::hash_of(address));
			ensure!(!posted, Error::<T>::AddressPostedAlready);
		}
		if !Self::vote(who, &Statement::Addresses(asset, batch.clone()))? {
			return Ok(());
		}
		for address in &batch {
			Addresses::<T>::insert(asset, Self::hash_of(address), None::<Target<T::AccountId>>);
			FreeAddresses::<T>::insert(asset, queue.next, address);
			queue.next = queue.next.saturating_add(1);
		}
		FreeQueue::<T>::insert(asset, queue);
		Self::deposit_event(Event::AddressesPosted { asset, batch });
		Ok(())
	}

	pub(crate) fn do_request_lot_address(who: &T::AccountId, lot: LotId) -> DispatchResult {
		let info = T::Lots::lot(lot).ok_or(Error::<T>::UnknownLot)?;
		ensure!(info.provider == *who, Error::<T>::NotLotProvider);
		let open = matches!(
			info.status,
			LotStatus::Submitted | LotStatus::Approved | LotStatus::Active | LotStatus::Suspended
		);
		ensure!(open, Error::<T>::LotClosed);
		ensure!(!LotBooks::<T>::contains_key(lot), Error::<T>::AddressAssignedAlready);
		let coin = T::Coins::coin(info.coin).ok_or(Error::<T>::UnknownCoin)?;
		Self::gate_of(coin.asset)?;
		let address = match T::PoolAccounts::paid_to_name(info.account) {
			Some(name) => Self::dedicate(who, coin.asset, lot, &name)?,
			None => Self::assign(who, coin.asset, Target::Lot(lot))?,
		};
		let today = T::Calendar::today();
		let book = LotBook {
			asset: coin.asset,
			address,
			start: today,
			cursor: today,
			reference: info.audited.max(1).saturating_mul(REFERENCE_FACTOR),
			arrived: 0,
			last_arrival: None,
			totals: Totals::default(),
			last_expected: 0,
		};
		LotBooks::<T>::insert(lot, book);
		Ok(())
	}

	pub(crate) fn do_request_address(who: &T::AccountId, asset: AssetId) -> DispatchResult {
		Self::gate_of(asset)?;
		let has = AccountAddresses::<T>::contains_key(asset, who);
		ensure!(!has, Error::<T>::AddressAssignedAlready);
		let assigned = Self::assign(who, asset, Target::Account(who.clone()))?;
		AccountAddresses::<T>::insert(asset, who, assigned);
		Ok(())
	}

	/// Makes the provider's own address the lot's, for ever: its pool pays to the account's name, so
	/// the provider asked for an address first and mines under it.
	fn dedicate(
		who: &T::AccountId,
		asset: AssetId,
		lot: LotId,
		name: &[u8],
	) -> Result<Assigned<T::AccountId>, DispatchError> {
		let assigned =
			AccountAddresses::<T>::get(asset, who).ok_or(Error::<T>::NameNotOwnAddress)?;
		let format = Self::format_behind(&Self::gate_of(asset)?)?;
		let own = spellings(format, &assigned.address).iter().any(|text| text.as_slice() == name);
		ensure!(own, Error::<T>::NameNotOwnAddress);
		AccountAddresses::<T>::remove(asset, who);
		let hash = Self::hash_of(&assigned.address);
		Addresses::<T>::insert(asset, hash, Some(Target::<T::AccountId>::Lot(lot)));
		let address = assigned.address.clone();
		Self::deposit_event(Event::AddressDedicated { asset, lot, address });
		Ok(assigned)
	}

	/// Takes the oldest free address, for ever.
	fn assign(
		payer: &T::AccountId,
		asset: AssetId,
		target: Target<T::AccountId>,
	) -> Result<Assigned<T::AccountId>, DispatchError> {
		let mut queue = FreeQueue::<T>::get(asset);
		ensure!(!queue.is_empty(), Error::<T>::NoFreeAddress);
		let deposit = T::AddressDeposit::get();
		T::Native::hold(&HoldReason::Address.into(), payer, deposit)?;
		let address: Address =
			FreeAddresses::<T>::take(asset, queue.first).ok_or(Error::<T>::NoFreeAddress)?;
		queue.first = queue.first.saturating_add(1);
		FreeQueue::<T>::insert(asset, queue);
		Addresses::<T>::insert(asset, Self::hash_of(&address), Some(target.clone()));
		let payer = payer.clone();
		Self::deposit_event(Event::AddressAssigned {
			asset,
			target,
			address: address.clone(),
			payer: payer.clone(),
			deposit,
		});
		Ok(Assigned { address, payer, deposit })
	}
}
