//! Deposits that come back when a lot is over.

use crate::{Config, DepositBooks, Deposits, Error, Event, Pallet};
use dmex_primitives::{
	lots::{LotStatus, Lots},
	titles::{LockReason, Titles},
	LotId, TitleId,
};
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	pub(crate) fn do_return_deposit(lot: LotId, title: TitleId) -> DispatchResult {
		let info = T::Lots::lot(lot).ok_or(Error::<T>::UnknownLot)?;
		let over = matches!(info.status, LotStatus::Matured | LotStatus::Terminated);
		ensure!(over, Error::<T>::LotNotOver);
		let (owner, record) = T::Titles::title(lot, title).ok_or(Error::<T>::UnknownTitle)?;
		// A debt that the title stands behind comes first: its pot takes the title or frees it.
		let in_debt = matches!(record.locked_by, Some(LockReason::Pledge | LockReason::Deal));
		ensure!(!in_debt, Error::<T>::TitleLocked);
		let amount = Deposits::<T>::take(lot, title).ok_or(Error::<T>::NoDeposit)?;
		DepositBooks::<T>::mutate(lot, |book| {
			book.returned = book.returned.saturating_add(amount);
		});
		Self::transfer(&Self::pot(), &owner, amount)?;
		Self::deposit_event(Event::DepositReturned { lot, title, to: owner, amount });
		Ok(())
	}
}
