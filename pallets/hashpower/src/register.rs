//! Providers, farms and the submission of lots.

use crate::{
	audit::subject_of,
	types::{BadTerms, Claims, Farm, Lot, LotTerms, Provider, Text, Url},
	AllLots, Config, Error, Event, Farms, FarmsOf, HoldReason, LotsOf, NextFarm, NextLot,
	OpenLotOf, Pallet, Providers,
};
use alloc::collections::BTreeSet;
use dmex_primitives::{
	calendar::Calendar,
	coins::Coins,
	facts::PoolAccounts,
	lots::LotStatus,
	polls::{PollKind, Polls},
	CoinId, FarmId, Power,
};
use frame_support::{ensure, traits::Get};
use sp_runtime::{traits::Zero, DispatchError, DispatchResult};

impl<T> From<BadTerms> for Error<T> {
	fn from(bad: BadTerms) -> Self {
		match bad {
			BadTerms::EmptyModel => Error::EmptyModel,
			BadTerms::ZeroMachines => Error::ZeroMachines,
			BadTerms::ZeroConsumption => Error::ZeroConsumption,
			BadTerms::ZeroPower => Error::ZeroPower,
			BadTerms::StartsTooEarly => Error::StartsTooEarly,
			BadTerms::StartsTooLate => Error::StartsTooLate,
			BadTerms::EndsBeforeStart => Error::EndsBeforeStart,
			BadTerms::TermTooLong => Error::TermTooLong,
			BadTerms::FeeTooHigh => Error::FeeTooHigh,
			BadTerms::HolderShareOutOfRange => Error::HolderShareOutOfRange,
			BadTerms::VestingMissing => Error::VestingMissing,
			BadTerms::VestingNotForCoin => Error::VestingNotForCoin,
		}
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn do_register_provider(who: &T::AccountId, name: Text, url: Url) -> DispatchResult {
		ensure!(!Providers::<T>::contains_key(who), Error::<T>::ProviderRegisteredAlready);
		ensure!(!name.is_empty(), Error::<T>::EmptyName);
		let deposit = T::ProviderDeposit::get();
		Self::hold(who, HoldReason::Registration, deposit)?;
		Providers::<T>::insert(who, Provider { name, url, deposit });
		Ok(())
	}

	pub(crate) fn do_register_farm(
		who: &T::AccountId,
		place: Text,
		claims: Claims,
	) -> Result<FarmId, DispatchError> {
		ensure!(Providers::<T>::contains_key(who), Error::<T>::UnknownProvider);
		ensure!(!place.is_empty(), Error::<T>::EmptyName);
		ensure!(!claims.is_empty(), Error::<T>::NoClaims);
		let mut coins = BTreeSet::new();
		for claim in &claims {
			ensure!(!claim.power.is_zero(), Error::<T>::ZeroPower);
			ensure!(T::Coins::coin(claim.coin).is_some(), Error::<T>::UnknownCoin);
			ensure!(coins.insert(claim.coin), Error::<T>::DuplicateClaim);
		}
		let farm = NextFarm::<T>::get();
		let next = farm.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let mut farms = FarmsOf::<T>::get(who);
		farms.try_push(farm).map_err(|_| Error::<T>::TooManyFarms)?;
		let deposit = T::FarmDeposit::get();
		Self::hold(who, HoldReason::Registration, deposit)?;

		FarmsOf::<T>::insert(who, farms);
		NextFarm::<T>::put(next);
		Farms::<T>::insert(farm, Farm { provider: who.clone(), place, claims, deposit });
		Ok(farm)
	}

	pub(crate) fn do_submit_lot(who: &T::AccountId, terms: LotTerms) -> DispatchResult {
		let farm = Farms::<T>::get(terms.farm).ok_or(Error::<T>::UnknownFarm)?;
		ensure!(farm.provider == *who, Error::<T>::NotFarmOwner);
		let coin = T::Coins::coin(terms.coin).ok_or(Error::<T>::UnknownCoin)?;
		let today = T::Calendar::today();
		terms.check(&coin.yield_model, today, T::MaxFee::get()).map_err(Error::<T>::from)?;
		Self::ensure_claimed(&farm, terms.farm, terms.coin, terms.power)?;
		let lot = NextLot::<T>::get();
		let next = lot.checked_add(1).ok_or(Error::<T>::IdsExhausted)?;
		let mut lots = LotsOf::<T>::get(terms.farm);
		lots.try_push(lot).map_err(|_| Error::<T>::TooManyLots)?;

		// The binding is for ever, but like everything here it falls with the call.
		let account = T::PoolAccounts::bind(terms.source, terms.coin, &terms.account, who)?;
		ensure!(!OpenLotOf::<T>::contains_key(account), Error::<T>::AccountBacksOpenLot);
		let subject = subject_of::<T>(lot, who, &terms);
		let days = terms.last_day.saturating_sub(terms.first_day).saturating_add(1);
		let books = T::LotDayDeposit::get().saturating_mul(days.into());
		let deposit = T::LotDeposit::get().saturating_add(books);
		let audit_deposit = T::AuditDeposit::get();
		Self::hold(who, HoldReason::Lot, deposit)?;
		Self::hold(who, HoldReason::Audit, audit_deposit)?;
		let poll = T::Polls::open(PollKind::Audit, subject, core::slice::from_ref(who))?;
		// From now on, so that days are measured while the audit is open.
		T::PoolAccounts::follow(account)?;

		NextLot::<T>::put(next);
		LotsOf::<T>::insert(terms.farm, lots);
		OpenLotOf::<T>::insert(account, lot);
		let record = Lot {
			provider: who.clone(),
			terms,
			status: LotStatus::Submitted,
			account,
			poll,
			subject,
			measured_from: today,
			issued: Power::zero(),
			limit_at_issue: Power::zero(),
			deposit,
			audit_deposit,
		};
		let terms = record.terms.clone();
		AllLots::<T>::insert(lot, record);
		let provider = who.clone();
		let submitted = Event::LotSubmitted { lot, provider, account, poll, subject, terms };
		Self::deposit_event(submitted);
		Ok(())
	}

	/// Whether the farm claims as much of the coin as its open lots and `more` have together.
	fn ensure_claimed(
		farm: &Farm<T::AccountId>,
		id: FarmId,
		coin: CoinId,
		more: Power,
	) -> DispatchResult {
		let claim = farm.claims.iter().find(|claim| claim.coin == coin);
		let claimed = claim.ok_or(Error::<T>::CoinNotClaimed)?.power;
		let total = LotsOf::<T>::get(id)
			.iter()
			.filter_map(AllLots::<T>::get)
			.filter(|lot| lot.terms.coin == coin)
			.try_fold(more, |sum, lot| sum.checked_add(lot.terms.power));
		ensure!(total.is_some_and(|total| total <= claimed), Error::<T>::ClaimExceeded);
		Ok(())
	}
}
