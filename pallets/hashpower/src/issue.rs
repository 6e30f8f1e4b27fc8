//! Activation of a lot and the issue of its titles.

use crate::{
	types::{Lot, Payout, SaleModel, StopScope, STOP_DAYS},
	AllLots, Config, Error, Event, IssuedOfCoin, IssuedOnSource, Pallet, StoppedUntil,
};
use alloc::{string::ToString, vec::Vec};
use dmex_primitives::{
	calendar::Calendar,
	coins::Coins,
	lots::{LotStatus, Readiness},
	sales::Sales,
	titles::Titles,
	trust::Bonds,
	Day, LotId, Power, TitleId, Units,
};
use frame_support::ensure;
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_activate(id: LotId) -> DispatchResult {
		let mut lot = AllLots::<T>::get(id).ok_or(Error::<T>::UnknownLot)?;
		ensure!(lot.status == LotStatus::Approved, Error::<T>::LotNotApproved);
		ensure!(T::Calendar::today() < lot.terms.last_day, Error::<T>::LotOver);
		T::Readiness::ensure_ready(id, lot.account)?;
		let facts = Self::facts_of(&lot);
		let facts: Vec<(&[u8], Vec<u8>)> =
			facts.into_iter().map(|(key, value)| (key.as_bytes(), value)).collect();
		T::Titles::open_series(id, &facts)?;
		lot.status = LotStatus::Active;
		AllLots::<T>::insert(id, lot);
		Ok(())
	}

	/// The lot's terms as wallets show them: text, numbers in decimal.
	fn facts_of(lot: &Lot<T::AccountId>) -> Vec<(&'static str, Vec<u8>)> {
		let terms = &lot.terms;
		let coin = T::Coins::coin(terms.coin).map(|coin| (coin.symbol, coin.unit));
		let (symbol, unit) = coin.unwrap_or_default();
		let payout: &[u8] = match terms.payout {
			Payout::Fpps => b"FPPS",
			Payout::Pplns => b"PPLNS",
			Payout::Solo => b"solo",
		};
		let sale = match terms.sale {
			SaleModel::Outright => b"outright".to_vec(),
			SaleModel::Deposit { holder_share } => {
				let mut text = b"deposit, holder's parts per million: ".to_vec();
				text.extend(holder_share.deconstruct().to_string().into_bytes());
				text
			},
		};
		let number = |value: u128| value.to_string().into_bytes();
		Vec::from([
			("coin", symbol.into_inner()),
			("unit", unit.into_inner()),
			("model", terms.model.to_vec()),
			("machines", number(terms.machines.into())),
			("nanowatts_per_unit", number(terms.nanowatts_per_unit.into())),
			("millicents_per_kwh", number(terms.millicents_per_kwh.into())),
			("pool", number(terms.source.into())),
			("pool_account", terms.account.to_vec()),
			("audited_power", number(terms.power)),
			("farm", number(terms.farm.into())),
			("first_day", number(terms.first_day.into())),
			("last_day", number(terms.last_day.into())),
			("fee_parts_per_million", number(terms.fee.deconstruct().into())),
			("payout", payout.to_vec()),
			("sale", sale),
		])
	}

	pub(crate) fn do_issue(
		who: &T::AccountId,
		id: LotId,
		units: Units,
		owner: &T::AccountId,
	) -> DispatchResult {
		let lot = AllLots::<T>::get(id).ok_or(Error::<T>::UnknownLot)?;
		ensure!(lot.provider == *who, Error::<T>::NotLotProvider);
		ensure!(!T::Sales::is_sold_outright(id), Error::<T>::LotIsSold);
		let (first_day, limit) = Self::count_issue(id, lot, units)?;
		// Minted to the provider first: nobody pays the deposit of a title he did not ask for.
		let title = T::Titles::issue(id, who, units, first_day)?;
		if owner != who {
			T::Titles::settle_and_transfer(id, title, owner)?;
		}
		Self::issued(id, title, owner, units, first_day, limit);
		Ok(())
	}

	/// Mints to `buyer`, who asked for it and pays the deposit.
	pub(crate) fn do_issue_to(
		id: LotId,
		units: Units,
		buyer: &T::AccountId,
	) -> Result<TitleId, DispatchError> {
		let lot = AllLots::<T>::get(id).ok_or(Error::<T>::UnknownLot)?;
		let (first_day, limit) = Self::count_issue(id, lot, units)?;
		let title = T::Titles::issue(id, buyer, units, first_day)?;
		Self::issued(id, title, buyer, units, first_day, limit);
		Ok(title)
	}

	/// Counts `units` more as issued if every limit allows them. Answers the first day of what is
	/// issued and the limit by measurement.
	fn count_issue(
		id: LotId,
		mut lot: Lot<T::AccountId>,
		units: Units,
	) -> Result<(Day, Power), DispatchError> {
		ensure!(units > 0, Error::<T>::ZeroUnits);
		let first_day = Self::ensure_may_issue(id, &lot)?;
		let limit = Self::ensure_within_limits(&lot, units)?;

		let (coin, source) = (lot.terms.coin, lot.terms.source);
		lot.issued = Self::plus(lot.issued, units)?;
		lot.limit_at_issue = limit;
		let on_source = Self::plus(IssuedOnSource::<T>::get(coin, source), units)?;
		let of_coin = Self::plus(IssuedOfCoin::<T>::get(coin), units)?;
		IssuedOnSource::<T>::insert(coin, source, on_source);
		IssuedOfCoin::<T>::insert(coin, of_coin);
		AllLots::<T>::insert(id, &lot);
		Ok((first_day, limit))
	}

	fn issued(
		lot: LotId,
		title: TitleId,
		owner: &T::AccountId,
		units: Units,
		first_day: Day,
		limit: Power,
	) {
		let owner = owner.clone();
		Self::deposit_event(Event::PowerIssued { lot, title, owner, units, first_day, limit });
	}

	fn plus(power: Power, more: Power) -> Result<Power, DispatchError> {
		power.checked_add(more).ok_or(Error::<T>::AuditedPowerExceeded.into())
	}

	/// Whether anything of the lot may be issued now, and the first day of what is.
	pub(crate) fn ensure_may_issue(
		id: LotId,
		lot: &Lot<T::AccountId>,
	) -> Result<Day, DispatchError> {
		ensure!(lot.status == LotStatus::Active, Error::<T>::LotNotActive);
		let first_day = T::Calendar::today().saturating_add(1).max(lot.terms.first_day);
		ensure!(first_day <= lot.terms.last_day, Error::<T>::LotOver);
		let scopes = [StopScope::All, StopScope::Coin(lot.terms.coin), StopScope::Lot(id)];
		ensure!(!scopes.into_iter().any(Self::is_stopped), Error::<T>::IssueStopped);
		T::Bonds::ensure_met(&lot.provider)?;
		// Its pool may pay elsewhere by now.
		T::Readiness::ensure_ready(id, lot.account)?;
		Ok(first_day)
	}

	/// Whether `units` more are inside every limit, and the limit by measurement.
	fn ensure_within_limits(lot: &Lot<T::AccountId>, units: Units) -> Result<Power, DispatchError> {
		let total = Self::plus(lot.issued, units)?;
		ensure!(total <= lot.terms.power, Error::<T>::AuditedPowerExceeded);
		let limit = Self::measured(lot).limit.ok_or(Error::<T>::NotMeasuredYet)?;
		ensure!(total <= limit, Error::<T>::IssueLimitExceeded);
		let room = Self::room_on_source(lot.terms.coin, lot.terms.source);
		ensure!(room.is_none_or(|room| units <= room), Error::<T>::PoolCeilingExceeded);
		Ok(limit)
	}

	fn is_stopped(scope: StopScope) -> bool {
		StoppedUntil::<T>::get(scope).is_some_and(|until| T::Calendar::today() < until)
	}

	pub(crate) fn do_stop_issue(scope: StopScope) -> Result<Day, DispatchError> {
		match scope {
			StopScope::All => {},
			StopScope::Coin(coin) => {
				ensure!(T::Coins::coin(coin).is_some(), Error::<T>::UnknownCoin)
			},
			StopScope::Lot(lot) => {
				ensure!(AllLots::<T>::contains_key(lot), Error::<T>::UnknownLot)
			},
		}
		let until = T::Calendar::today().saturating_add(STOP_DAYS);
		StoppedUntil::<T>::insert(scope, until);
		Ok(until)
	}

	/// Takes the lot's power out of the counters: it no longer stands on the pool.
	pub(crate) fn uncount(lot: &Lot<T::AccountId>) {
		if lot.issued.is_zero() {
			return;
		}
		let (coin, source) = (lot.terms.coin, lot.terms.source);
		IssuedOnSource::<T>::mutate(coin, source, |power| {
			*power = power.saturating_sub(lot.issued)
		});
		IssuedOfCoin::<T>::mutate(coin, |power| *power = power.saturating_sub(lot.issued));
	}
}
