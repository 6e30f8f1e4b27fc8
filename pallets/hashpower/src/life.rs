//! Interruption and end of lots, and what the other parts see of them.

use crate::{
	types::{is_open, Lot},
	AllLots, Config, Error, Event, HoldReason, LotsOf, OpenLotOf, Pallet,
};
use dmex_primitives::{
	calendar::Calendar,
	coins::{Coins, YieldModel},
	facts::PoolAccounts,
	lots::{Issue, LotInfo, LotStatus, Lots, Suspend, Vesting},
	Balance, Day, LotId, PoolAccountId, TitleId, Units,
};
use frame_support::{ensure, storage::with_storage_layer, traits::Get};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Ends a lot: its account is free and no longer read, its power leaves the counters, its
	/// deposits go back. The record stays, for the titles that name it.
	pub(crate) fn close(
		id: LotId,
		mut lot: Lot<T::AccountId>,
		status: LotStatus,
	) -> DispatchResult {
		OpenLotOf::<T>::remove(lot.account);
		T::PoolAccounts::unfollow(lot.account);
		LotsOf::<T>::mutate(lot.terms.farm, |lots| lots.retain(|open| *open != id));
		Self::uncount(&lot);
		let deposit = core::mem::replace(&mut lot.deposit, Balance::zero());
		Self::release(&lot.provider, HoldReason::Lot, deposit)?;
		let audit_deposit = core::mem::replace(&mut lot.audit_deposit, Balance::zero());
		Self::release(&lot.provider, HoldReason::Audit, audit_deposit)?;
		lot.status = status;
		AllLots::<T>::insert(id, lot);
		Ok(())
	}

	pub(crate) fn do_mature(id: LotId) -> DispatchResult {
		let lot = AllLots::<T>::get(id).ok_or(Error::<T>::UnknownLot)?;
		ensure!(is_open(lot.status), Error::<T>::LotClosed);
		ensure!(lot.status != LotStatus::Submitted, Error::<T>::AuditOpen);
		let end = lot.terms.last_day.saturating_add(Self::vesting_days(&lot));
		let end = end.saturating_add(T::ClosingDays::get());
		ensure!(T::Calendar::today() > end, Error::<T>::LotNotOver);
		Self::close(id, lot, LotStatus::Matured)?;
		Self::changed(id, LotStatus::Matured)
	}

	/// Days after the last on which holders still receive what vests. Until then the lot's account
	/// and address are nobody else's.
	fn vesting_days(lot: &Lot<T::AccountId>) -> Day {
		if lot.terms.vesting != Some(Vesting::Vesting) {
			return 0;
		}
		match T::Coins::coin(lot.terms.coin).map(|coin| coin.yield_model) {
			Some(YieldModel::PowerShare { vesting_days, .. }) => vesting_days.into(),
			_ => 0,
		}
	}

	pub(crate) fn do_withdraw(who: &T::AccountId, id: LotId) -> DispatchResult {
		let lot = AllLots::<T>::get(id).ok_or(Error::<T>::UnknownLot)?;
		ensure!(lot.provider == *who, Error::<T>::NotLotProvider);
		ensure!(is_open(lot.status), Error::<T>::LotClosed);
		ensure!(lot.status != LotStatus::Submitted, Error::<T>::AuditOpen);
		ensure!(lot.status != LotStatus::Suspended, Error::<T>::LotNotActive);
		ensure!(lot.issued.is_zero(), Error::<T>::TitlesIssued);
		Self::close(id, lot, LotStatus::Terminated)?;
		Self::changed(id, LotStatus::Terminated)
	}

	pub(crate) fn do_terminate(id: LotId) -> DispatchResult {
		let lot = AllLots::<T>::get(id).ok_or(Error::<T>::UnknownLot)?;
		ensure!(is_open(lot.status), Error::<T>::LotClosed);
		Self::close(id, lot, LotStatus::Terminated)?;
		Self::changed(id, LotStatus::Terminated)
	}

	pub(crate) fn do_suspend(id: LotId) -> DispatchResult {
		Self::switch(id, LotStatus::Active, LotStatus::Suspended, Error::<T>::LotNotActive)
	}

	pub(crate) fn do_resume(id: LotId) -> DispatchResult {
		Self::switch(id, LotStatus::Suspended, LotStatus::Active, Error::<T>::LotNotSuspended)
	}

	fn switch(id: LotId, from: LotStatus, to: LotStatus, otherwise: Error<T>) -> DispatchResult {
		let mut lot = AllLots::<T>::get(id).ok_or(Error::<T>::UnknownLot)?;
		ensure!(lot.status == from, otherwise);
		lot.status = to;
		AllLots::<T>::insert(id, lot);
		Self::changed(id, to)
	}

	fn changed(lot: LotId, status: LotStatus) -> DispatchResult {
		Self::deposit_event(Event::LotChanged { lot, status });
		Ok(())
	}
}

impl<T: Config> Lots<T::AccountId> for Pallet<T> {
	fn lot(id: LotId) -> Option<LotInfo<T::AccountId>> {
		let lot = AllLots::<T>::get(id)?;
		Some(LotInfo {
			provider: lot.provider,
			status: lot.status,
			farm: lot.terms.farm,
			coin: lot.terms.coin,
			account: lot.account,
			audited: lot.terms.power,
			issued: lot.issued,
			first_day: lot.terms.first_day,
			last_day: lot.terms.last_day,
			fee: lot.terms.fee,
			payout: lot.terms.payout,
			sale: lot.terms.sale,
			vesting: lot.terms.vesting,
			nanowatts_per_unit: lot.terms.nanowatts_per_unit,
			millicents_per_kwh: lot.terms.millicents_per_kwh,
		})
	}

	fn lot_of_account(account: PoolAccountId) -> Option<LotId> {
		OpenLotOf::<T>::get(account)
	}
}

impl<T: Config> Issue<T::AccountId> for Pallet<T> {
	fn issue_to(lot: LotId, units: Units, buyer: &T::AccountId) -> Result<TitleId, DispatchError> {
		with_storage_layer(|| Self::do_issue_to(lot, units, buyer))
	}
}

impl<T: Config> Suspend for Pallet<T> {
	fn suspend(lot: LotId) -> DispatchResult {
		Self::do_suspend(lot)
	}
	fn resume(lot: LotId) -> DispatchResult {
		Self::do_resume(lot)
	}
	fn terminate(lot: LotId) -> DispatchResult {
		with_storage_layer(|| Self::do_terminate(lot))
	}
}
