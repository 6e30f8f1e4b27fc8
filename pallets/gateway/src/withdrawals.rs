//! Withdrawals: queued, accepted, confirmed or failed. What is queued can be refunded; from
//! acceptance on only proof ends it, so that nobody is paid on both chains.

use crate::{
	pallet::*,
	types::{
		ascends, Address, Input, Inputs, Outcome, Rate, Stage, Statement, Withdrawal, WithdrawalId,
		WithdrawalView, FINISHED_KEPT,
	},
};
use dmex_primitives::{calendar::Calendar, AssetId, Balance};
use frame_support::{
	ensure,
	traits::{
		fungible::MutateHold as _,
		fungibles::MutateHold as _,
		tokens::{Fortitude, Precision},
		Get,
	},
};
use sp_core::H256;
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_withdraw(
		who: &T::AccountId,
		asset: AssetId,
		amount: Balance,
		address: Address,
	) -> DispatchResult {
		let gate = Self::gate_of(asset)?;
		ensure!(amount >= gate.terms.least_withdrawal, Error::<T>::BelowLeast);
		let address = Self::canonical_address(&gate, &address)?;
		let own = Addresses::<T>::contains_key(asset, Self::hash_of(&address));
		ensure!(!own, Error::<T>::AddressOfCustodians);
		let (of_asset, of_account) = (OpenOfAsset::<T>::get(asset), OpenOfAccount::<T>::get(who));
		ensure!(of_asset < gate.terms.max_open, Error::<T>::TooManyWithdrawals);
		ensure!(of_account < T::MaxOpenOfAccount::get(), Error::<T>::TooManyOfAccount);
		let today = T::Calendar::today();
		// The day after the last on which it waits.
		let deadline = today
			.checked_add(gate.terms.queue_days)
			.and_then(|day| day.checked_add(1))
			.ok_or(ArithmeticError::Overflow)?;
		let id = NextWithdrawal::<T>::get();
		let next = id.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		FlowsOf::<T>::try_mutate(asset, |flows| -> DispatchResult {
			let requested = flows.requested.checked_add(amount);
			flows.requested = requested.ok_or(ArithmeticError::Overflow)?;
			Ok(())
		})?;
		T::Holds::hold(asset, &HoldReason::Withdrawal.into(), who, amount)?;
		let deposit = T::WithdrawalDeposit::get();
		T::Native::hold(&HoldReason::WithdrawalDeposit.into(), who, deposit)?;
		NextWithdrawal::<T>::put(next);
		OpenOfAsset::<T>::insert(asset, of_asset.saturating_add(1));
		OpenOfAccount::<T>::insert(who, of_account.saturating_add(1));
		if !NextDeadline::<T>::exists() {
			NextDeadline::<T>::put(today);
		}
		Deadlines::<T>::insert(deadline, id, ());
		let fee = gate.terms.withdrawal_fee;
		let withdrawal = Withdrawal {
			who: who.clone(),
			asset,
			amount,
			fee,
			deposit,
			address: address.clone(),
			stage: Stage::Queued { deadline },
		};
		Withdrawals::<T>::insert(id, withdrawal);
		let who = who.clone();
		Self::deposit_event(Event::WithdrawalQueued {
			id,
			who,
			asset,
			amount,
			fee,
			deposit,
			address,
			deadline,
		});
		Ok(())
	}

	fn open_withdrawal(id: WithdrawalId) -> Result<Withdrawal<T::AccountId>, Error<T>> {
		Withdrawals::<T>::get(id).ok_or(Error::<T>::UnknownWithdrawal)
	}

	pub(crate) fn do_accept_withdrawal(
		who: &T::AccountId,
		id: WithdrawalId,
		inputs: Inputs,
	) -> DispatchResult {
		let mut withdrawal = Self::open_withdrawal(id)?;
		let Stage::Queued { deadline } = withdrawal.stage else {
			return Err(Error::<T>::AcceptedAlready.into());
		};
		ensure!(T::Calendar::today() < deadline, Error::<T>::DeadlinePassed);
		ensure!(!inputs.is_empty() && ascends(&inputs), Error::<T>::NotSorted);
		if !Self::vote(who, &Statement::Acceptance(id, inputs.clone()))? {
			return Ok(());
		}
		// Without room the deciding vote falls back, and is cast again later.
		let gate = Self::gate_of(withdrawal.asset)?;
		Self::spend(withdrawal.asset, &gate, Rate::Withdraw, withdrawal.amount)
			.ok_or(Error::<T>::RateExceeded)?;
		Deadlines::<T>::remove(deadline, id);
		withdrawal.stage = Stage::Accepted { inputs: inputs.clone() };
		Withdrawals::<T>::insert(id, withdrawal);
		Self::deposit_event(Event::WithdrawalAccepted { id, inputs });
		Ok(())
	}

	fn accepted(id: WithdrawalId) -> Result<(Withdrawal<T::AccountId>, Inputs), Error<T>> {
		let withdrawal = Self::open_withdrawal(id)?;
		match withdrawal.stage.clone() {
			Stage::Accepted { inputs } => Ok((withdrawal, inputs)),
			Stage::Queued { .. } => Err(Error::<T>::NotAccepted),
		}
	}

	pub(crate) fn do_confirm_withdrawal(
		who: &T::AccountId,
		id: WithdrawalId,
		transaction: H256,
		height: u64,
	) -> DispatchResult {
		let (withdrawal, _) = Self::accepted(id)?;
		if !Self::vote(who, &Statement::Confirmation(id, transaction, height))? {
			return Ok(());
		}
		Self::burn(&withdrawal, withdrawal.amount)?;
		Self::finish(id, withdrawal, Outcome::Confirmed { transaction })
	}

	/// Burns of what is on hold: the reserve pays it, or keeps it.
	fn burn(withdrawal: &Withdrawal<T::AccountId>, amount: Balance) -> DispatchResult {
		let burned = T::Holds::burn_held(
			withdrawal.asset,
			&HoldReason::Withdrawal.into(),
			&withdrawal.who,
			amount,
			Precision::Exact,
			Fortitude::Force,
		)?;
		FlowsOf::<T>::mutate(withdrawal.asset, |flows| {
			flows.burned = flows.burned.saturating_add(burned);
			flows.withdrawn = flows.withdrawn.saturating_add(amount);
		});
		Ok(())
	}

	pub(crate) fn do_fail_withdrawal(
		who: &T::AccountId,
		id: WithdrawalId,
		input: Input,
		spent_by: H256,
		height: u64,
	) -> DispatchResult {
		let (withdrawal, inputs) = Self::accepted(id)?;
		ensure!(inputs.contains(&input), Error::<T>::InputNotNamed);
		if !Self::vote(who, &Statement::Failure(id, input, spent_by, height))? {
			return Ok(());
		}
		Self::give_back(id, withdrawal, 0, Outcome::Failed { spent_by })
	}

	pub(crate) fn do_refund(who: &T::AccountId, id: WithdrawalId) -> DispatchResult {
		let withdrawal = Self::open_withdrawal(id)?;
		let Stage::Queued { deadline } = withdrawal.stage else {
			return Err(Error::<T>::AcceptedAlready.into());
		};
		let expired = T::Calendar::today() >= deadline;
		ensure!(expired || withdrawal.who == *who, Error::<T>::DeadlineNotPassed);
		Deadlines::<T>::remove(deadline, id);
		if expired {
			return Self::give_back(id, withdrawal, 0, Outcome::Expired);
		}
		// Else whoever has the coins could fill the queue, take all back before it is paid, and fill
		// it again: nobody else would ever get out.
		Self::burn(&withdrawal, withdrawal.fee)?;
		let fee = withdrawal.fee;
		Self::give_back(id, withdrawal, fee, Outcome::TakenBack)
	}

	/// Refunds a queued withdrawal whose day has come. What cannot be released now stays queued, out
	/// of the list, and is refunded by a call.
	pub(crate) fn expire(id: WithdrawalId) -> Result<(), DispatchError> {
		let withdrawal = Self::open_withdrawal(id)?;
		Self::give_back(id, withdrawal, 0, Outcome::Expired)
	}

	/// Releases what is still on hold, `kept` less than the amount.
	fn give_back(
		id: WithdrawalId,
		withdrawal: Withdrawal<T::AccountId>,
		kept: Balance,
		outcome: Outcome,
	) -> DispatchResult {
		let released = T::Holds::release(
			withdrawal.asset,
			&HoldReason::Withdrawal.into(),
			&withdrawal.who,
			withdrawal.amount.saturating_sub(kept),
			Precision::Exact,
		)?;
		FlowsOf::<T>::mutate(withdrawal.asset, |flows| {
			flows.refunded = flows.refunded.saturating_add(released);
		});
		Self::finish(id, withdrawal, outcome)
	}

	fn finish(
		id: WithdrawalId,
		withdrawal: Withdrawal<T::AccountId>,
		outcome: Outcome,
	) -> DispatchResult {
		Withdrawals::<T>::remove(id);
		let reason = HoldReason::WithdrawalDeposit.into();
		T::Native::release(&reason, &withdrawal.who, withdrawal.deposit, Precision::Exact)?;
		let (who, asset, amount) = (withdrawal.who.clone(), withdrawal.asset, withdrawal.amount);
		OpenOfAsset::<T>::mutate(asset, |open| *open = open.saturating_sub(1));
		OpenOfAccount::<T>::mutate_exists(&who, |open| {
			*open = open.unwrap_or_default().checked_sub(1).filter(|open| *open > 0);
		});
		let count = FinishedCount::<T>::get();
		let place = count.checked_rem(FINISHED_KEPT).unwrap_or_default();
		if let Some(oldest) = FinishedRing::<T>::get(place) {
			Finished::<T>::remove(oldest);
		}
		FinishedRing::<T>::insert(place, id);
		FinishedCount::<T>::put(count.wrapping_add(1));
		Finished::<T>::insert(id, WithdrawalView { withdrawal, outcome: Some(outcome) });
		Self::deposit_event(Event::WithdrawalEnded { id, who, asset, amount, outcome });
		Ok(())
	}

	/// What an account could put on hold.
	pub(crate) fn most_withdrawable(asset: AssetId, who: &T::AccountId) -> Balance {
		use frame_support::traits::{fungibles::Inspect, tokens::Preservation};
		T::Assets::reducible_balance(asset, who, Preservation::Protect, Fortitude::Force)
	}
}
