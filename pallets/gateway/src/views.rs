//! What anyone may read, put together.

use crate::{
	pallet::*,
	types::{
		CouncilView, CustodianView, Rate, SupplyView, WithdrawalId, WithdrawalQuote, WithdrawalView,
	},
};
use dmex_primitives::{calendar::Calendar, AssetId, Balance};
use frame_support::traits::{fungible::InspectHold, Get};

impl<T: Config> Pallet<T> {
	pub(crate) fn view_custodians() -> CouncilView<T::AccountId> {
		let council = Custodians::<T>::get();
		let members = council.members.iter().map(|who| CustodianView {
			who: who.clone(),
			bond: Bonds::<T>::get(who),
			may_vote: Self::ensure_may_vote(&council, who).is_ok(),
			open_votes: OpenVotes::<T>::get(who),
		});
		CouncilView { terms: council.terms, members: members.collect() }
	}

	pub(crate) fn view_withdrawal(id: WithdrawalId) -> Option<WithdrawalView<T::AccountId>> {
		match Withdrawals::<T>::get(id) {
			Some(withdrawal) => Some(WithdrawalView { withdrawal, outcome: None }),
			None => Finished::<T>::get(id),
		}
	}

	pub(crate) fn view_quote(
		asset: AssetId,
		who: &T::AccountId,
		amount: Balance,
	) -> Option<WithdrawalQuote> {
		let terms = Gates::<T>::get(asset)?.terms;
		let now = T::Calendar::now();
		let length = T::Calendar::day_length();
		let meter = Self::meter(asset, Rate::Withdraw);
		let wait = meter.wait(amount, now, terms.withdraw_per_day, length);
		let most = Self::most_withdrawable(asset, who);
		let deposit = T::WithdrawalDeposit::get();
		let possible = amount >= terms.least_withdrawal
			&& T::Native::can_hold(&HoldReason::WithdrawalDeposit.into(), who, deposit)
			&& amount <= most
			&& OpenOfAsset::<T>::get(asset) < terms.max_open
			&& OpenOfAccount::<T>::get(who) < T::MaxOpenOfAccount::get();
		Some(WithdrawalQuote {
			amount,
			fee: terms.withdrawal_fee,
			deposit,
			net: amount.saturating_sub(terms.withdrawal_fee),
			most,
			earliest: wait.map(|wait| now.saturating_add(wait)),
			deadline: T::Calendar::today().saturating_add(terms.queue_days).saturating_add(1),
			possible,
		})
	}

	pub(crate) fn view_supply(asset: AssetId) -> Option<SupplyView> {
		let gate = Gates::<T>::get(asset)?;
		let flows = FlowsOf::<T>::get(asset);
		Some(SupplyView {
			flows,
			outstanding: flows.outstanding(),
			cap: gate.terms.cap,
			backed: Self::backed(&gate).ok(),
			bonds: Self::seated_bonds(),
		})
	}
}
