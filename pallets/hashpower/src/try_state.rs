//! What must hold of the books after every block.

#![cfg(any(feature = "std", feature = "try-runtime"))]

use crate::{
	types::{is_open, Lot},
	AllLots, Config, Farms, FarmsOf, HoldReason, IssuedOfCoin, IssuedOnSource, LotsOf, OpenLotOf,
	Pallet, Providers,
};
use alloc::collections::BTreeMap;
use dmex_primitives::{lots::LotStatus, titles::Titles, Balance, CoinId, LotId, Power, SourceId};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks everything below; the text of the error names the rule that is broken.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for (id, lot) in AllLots::<T>::iter() {
			Self::check_lot(id, &lot)?;
		}
		Self::check_accounts()?;
		Self::check_lists()?;
		Self::check_counters()?;
		Self::check_deposits()
	}

	/// Titles are what is issued, which is at most what was audited and measured.
	fn check_lot(id: LotId, lot: &Lot<T::AccountId>) -> Result<(), TryRuntimeError> {
		ensure!(T::Titles::issued(id) == lot.issued, "titles hold other power than was issued");
		ensure!(lot.issued <= lot.terms.power, "more was issued than audited");
		ensure!(lot.issued <= lot.limit_at_issue, "more was issued than measured");
		let before_issue =
			[LotStatus::Submitted, LotStatus::Approved, LotStatus::Rejected].contains(&lot.status);
		ensure!(!before_issue || lot.issued == 0, "power was issued of a lot that is not active");
		ensure!(is_open(lot.status) || lot.deposit == 0, "a closed lot has a deposit");
		ensure!(
			lot.status == LotStatus::Submitted || lot.audit_deposit == 0,
			"a concluded audit has a deposit"
		);
		Ok(())
	}

	/// An account backs one open lot, and an open lot is backed by its account.
	fn check_accounts() -> Result<(), TryRuntimeError> {
		let mut open = 0usize;
		for (id, lot) in AllLots::<T>::iter().filter(|(_, lot)| is_open(lot.status)) {
			ensure!(
				OpenLotOf::<T>::get(lot.account) == Some(id),
				"the account of an open lot backs another"
			);
			open = open.checked_add(1).ok_or("lots overflow")?;
		}
		ensure!(OpenLotOf::<T>::iter().count() == open, "an account backs a lot that is not open");
		Ok(())
	}

	/// Farms list exactly their open lots, providers their farms.
	fn check_lists() -> Result<(), TryRuntimeError> {
		let mut listed = 0usize;
		for (farm, lots) in LotsOf::<T>::iter() {
			for id in &lots {
				let lot = AllLots::<T>::get(id).ok_or("a farm lists no lot")?;
				ensure!(
					lot.terms.farm == farm && is_open(lot.status),
					"a farm lists a lot that is closed or another's"
				);
				listed = listed.checked_add(1).ok_or("lots overflow")?;
			}
		}
		let open = AllLots::<T>::iter_values().filter(|lot| is_open(lot.status)).count();
		ensure!(listed == open, "an open lot is not listed");
		for (id, farm) in Farms::<T>::iter() {
			ensure!(Providers::<T>::contains_key(&farm.provider), "a farm has no provider");
			ensure!(FarmsOf::<T>::get(&farm.provider).contains(&id), "a farm is not listed");
		}
		Ok(())
	}

	/// The counters are the sums over the open lots.
	fn check_counters() -> Result<(), TryRuntimeError> {
		let mut on_source: BTreeMap<(CoinId, SourceId), Power> = BTreeMap::new();
		let mut of_coin: BTreeMap<CoinId, Power> = BTreeMap::new();
		for lot in AllLots::<T>::iter_values().filter(|lot| is_open(lot.status)) {
			let (coin, source) = (lot.terms.coin, lot.terms.source);
			for sum in
				[on_source.entry((coin, source)).or_default(), of_coin.entry(coin).or_default()]
			{
				*sum = sum.checked_add(lot.issued).ok_or("power overflows")?;
			}
		}
		for (coin, source, power) in IssuedOnSource::<T>::iter() {
			let sum = on_source.remove(&(coin, source)).unwrap_or_default();
			ensure!(sum == power, "power on a pool is miscounted");
		}
		ensure!(on_source.values().all(|sum| *sum == 0), "power on a pool is not counted");
		for (coin, power) in IssuedOfCoin::<T>::iter() {
			let sum = of_coin.remove(&coin).unwrap_or_default();
			ensure!(sum == power, "power of a coin is miscounted");
		}
		ensure!(of_coin.values().all(|sum| *sum == 0), "power of a coin is not counted");
		Ok(())
	}

	/// What is held is the sum of the deposits in the books.
	fn check_deposits() -> Result<(), TryRuntimeError> {
		let mut registration: Ledger<T> = BTreeMap::new();
		let mut lots: Ledger<T> = BTreeMap::new();
		let mut audits: Ledger<T> = BTreeMap::new();
		for (who, provider) in Providers::<T>::iter() {
			add::<T>(&mut registration, who, provider.deposit)?;
		}
		for farm in Farms::<T>::iter_values() {
			add::<T>(&mut registration, farm.provider, farm.deposit)?;
		}
		for lot in AllLots::<T>::iter_values() {
			add::<T>(&mut lots, lot.provider.clone(), lot.deposit)?;
			add::<T>(&mut audits, lot.provider, lot.audit_deposit)?;
		}
		for (reason, ledger) in [
			(HoldReason::Registration, registration),
			(HoldReason::Lot, lots),
			(HoldReason::Audit, audits),
		] {
			let reason = reason.into();
			for (who, amount) in ledger {
				ensure!(
					T::Native::balance_on_hold(&reason, &who) == amount,
					"deposits on hold are not what the books say"
				);
			}
		}
		Ok(())
	}
}

type Ledger<T> = BTreeMap<<T as frame_system::Config>::AccountId, Balance>;

fn add<T: Config>(
	ledger: &mut Ledger<T>,
	who: T::AccountId,
	amount: Balance,
) -> Result<(), TryRuntimeError> {
	let entry = ledger.entry(who).or_default();
	*entry = entry.checked_add(amount).ok_or("deposits overflow")?;
	Ok(())
}
