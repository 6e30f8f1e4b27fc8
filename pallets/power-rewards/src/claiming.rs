//! What stakes have earned is paid.

use crate::{
	pallet::*,
	types::{LotStake, Stake, StakeId},
};
use dmex_math::index_claim;
use dmex_primitives::Balance;
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungible::Mutate, tokens::Preservation::Preserve},
};
use sp_runtime::{DispatchError, DispatchResult};

/// What could be paid for a stake.
pub(crate) struct Due {
	/// Whole DMEX units.
	pub amount: Balance,
	/// What is left over, 10⁻¹²: it stays with the lot.
	pub rest: u128,
	/// The lot's index up to which that is.
	pub index: u128,
	/// Whether the stake has ended and this is the last.
	pub last: bool,
}

impl<T: Config> Pallet<T> {
	/// What could be paid now; `None` before the first day that counts can have closed.
	pub(crate) fn due_to(stake: &Stake<T::AccountId>, record: &LotStake) -> Option<Due> {
		let start = match stake.paid_to {
			Some(index) => index,
			None if !record.is_past(stake.from) => return None,
			// A mark is filled when its day is passed. Were it not, nothing is paid for the past.
			None => Self::marked(stake, stake.from).unwrap_or(record.index),
		};
		let ended = stake.until.filter(|until| record.is_past(*until));
		let index = match ended {
			// After the lot's end the index stands still, and no closing passes later days.
			Some(until) if record.closed < until => record.index,
			Some(until) => Self::marked(stake, until).unwrap_or(start),
			None => record.index,
		};
		let (amount, rest) = index_claim(stake.units, index.saturating_sub(start))?;
		Some(Due { amount, rest, index, last: ended.is_some() })
	}

	fn marked(stake: &Stake<T::AccountId>, day: dmex_primitives::Day) -> Option<u128> {
		Marks::<T>::get(stake.lot, day).and_then(|mark| mark.index)
	}

	pub(crate) fn do_claim(stakes: &[StakeId]) -> DispatchResult {
		let mut paid = false;
		for stake in stakes {
			// One that cannot receive does not stand in the way of the others.
			paid |= with_storage_layer(|| Self::claim_one(*stake)).is_ok();
		}
		ensure!(paid, Error::<T>::NothingToClaim);
		Ok(())
	}

	fn claim_one(id: StakeId) -> Result<(), DispatchError> {
		let nothing = Error::<T>::NothingToClaim;
		let Some(mut stake) = Stakes::<T>::get(id) else { return Err(nothing.into()) };
		let mut record = LotStakes::<T>::get(stake.lot).ok_or(Error::<T>::BooksBroken)?;
		let Some(due) = Self::due_to(&stake, &record) else { return Err(nothing.into()) };
		ensure!(due.amount > 0 || due.last, nothing);

		record.owed = record.owed.checked_sub(due.amount).ok_or(Error::<T>::BooksBroken)?;
		record.carry = record.carry.checked_add(due.rest).ok_or(Error::<T>::BooksBroken)?;
		LotStakes::<T>::insert(stake.lot, record);
		if stake.paid_to.replace(due.index).is_none() {
			Self::drop_mark(stake.lot, stake.from);
		}
		stake.paid = stake.paid.saturating_add(due.amount);
		if due.amount > 0 {
			Self::pay(id, &stake.who, due.amount)?;
		}
		if due.last {
			return Self::settle_to_end(id, stake);
		}
		Stakes::<T>::insert(id, stake);
		Ok(())
	}

	fn pay(stake: StakeId, who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Native::transfer(&Self::pot_account(), who, amount, Preserve)?;
		Ledger::<T>::mutate(|books| {
			books.owed = books.owed.saturating_sub(amount);
			books.paid = books.paid.saturating_add(amount);
		});
		Self::deposit_event(Event::Claimed { stake, who: who.clone(), amount });
		Ok(())
	}
}
