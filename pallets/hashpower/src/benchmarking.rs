//! Benchmarks of the calls.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::unwrap_used)]

use super::*;
use crate::types::{Claim, Claims, Lot, LotTerms, StopScope, Text};
use alloc::{vec, vec::Vec};
use dmex_primitives::{
	calendar::Calendar, lots::LotStatus, CoinId, Day, FarmId, LotId, PollId, PoolAccountId, Power,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	EnsureOrigin, Get,
};
use frame_system::RawOrigin;

/// Makes the parts that the runtime wires answer as a benchmark needs.
pub trait BenchmarkHelper<AccountId> {
	/// Possible terms of a lot of the farm, of 1,000 units, with a registered coin and source; the
	/// account differs for each `nth`.
	fn terms(farm: FarmId, nth: u32) -> LotTerms;
	/// Ids of this many different coins, all registered.
	fn coins(count: u32) -> Vec<CoinId>;
	/// Lets `days` days pass that each have an agreed fact with this power.
	fn measure(account: PoolAccountId, days: u32, power: Power);
	/// Ends a poll.
	fn decide(poll: PollId, passed: bool);
	/// Makes the lot ready and its provider's bond met.
	fn make_ready(lot: LotId, account: PoolAccountId);
	/// Lets days pass.
	fn pass_days(days: Day);
}

const UNITS: Power = 1;

fn text(byte: u8, length: usize) -> Text {
	vec![byte; length].try_into().unwrap()
}

fn funded<T: Config>() -> T::AccountId
where
	T::Native: Mutate<T::AccountId>,
{
	let who: T::AccountId = whitelisted_caller();
	let least = <T::Native as Inspect<T::AccountId>>::minimum_balance().max(1_000_000);
	let deposits = T::ProviderDeposit::get()
		.saturating_add(T::FarmDeposit::get())
		.saturating_add(T::LotDeposit::get())
		.saturating_add(T::AuditDeposit::get());
	T::Native::set_balance(&who, deposits.saturating_mul(100).saturating_add(least * 1_000_000));
	who
}

fn provider<T: Config>() -> T::AccountId
where
	T::Native: Mutate<T::AccountId>,
{
	let who = funded::<T>();
	let url = vec![b'u'; 128].try_into().unwrap();
	Pallet::<T>::do_register_provider(&who, text(b'n', 64), url).unwrap();
	who
}

/// A farm that claims enough for a full list of lots.
fn farm<T: Config>(who: &T::AccountId) -> FarmId {
	let coin = T::BenchmarkHelper::terms(0, 0).coin;
	let claims: Claims = vec![Claim { coin, power: Power::MAX / 2 }].try_into().unwrap();
	Pallet::<T>::do_register_farm(who, text(b'p', 64), claims).unwrap()
}

fn submitted<T: Config>(who: &T::AccountId, nth: u32) -> (LotId, Lot<T::AccountId>)
where
	T::Native: Mutate<T::AccountId>,
{
	let farm = FarmsOf::<T>::get(who).first().copied().unwrap_or_else(|| farm::<T>(who));
	let id = NextLot::<T>::get();
	Pallet::<T>::do_submit_lot(who, T::BenchmarkHelper::terms(farm, nth)).unwrap();
	(id, AllLots::<T>::get(id).unwrap())
}

fn approved<T: Config>(who: &T::AccountId) -> (LotId, Lot<T::AccountId>)
where
	T::Native: Mutate<T::AccountId>,
{
	let (id, lot) = submitted::<T>(who, 0);
	T::BenchmarkHelper::decide(lot.poll, true);
	Pallet::<T>::do_conclude_audit(id).unwrap();
	T::BenchmarkHelper::make_ready(id, lot.account);
	(id, lot)
}

fn active<T: Config>(who: &T::AccountId) -> (LotId, Lot<T::AccountId>)
where
	T::Native: Mutate<T::AccountId>,
{
	let (id, lot) = approved::<T>(who);
	Pallet::<T>::do_activate(id).unwrap();
	(id, lot)
}

/// With one title issued.
fn sold<T: Config>(who: &T::AccountId) -> LotId
where
	T::Native: Mutate<T::AccountId>,
{
	let (id, lot) = active::<T>(who);
	T::BenchmarkHelper::measure(lot.account, 2 * Pallet::<T>::window(), 1_000);
	UnlimitedFreePower::<T>::put(true);
	Pallet::<T>::do_issue(who, id, UNITS, who).unwrap();
	id
}

fn status<T: Config>(id: LotId) -> LotStatus {
	AllLots::<T>::get(id).unwrap().status
}

#[benchmarks(where T::Native: Mutate<T::AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_provider() {
		let who = funded::<T>();
		let url = vec![b'u'; 128].try_into().unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), text(b'n', 64), url);

		assert!(Providers::<T>::contains_key(who));
	}

	#[benchmark]
	fn register_farm(n: Linear<1, 8>) {
		let who = provider::<T>();
		let claims: Claims = T::BenchmarkHelper::coins(n)
			.into_iter()
			.map(|coin| Claim { coin, power: 1 })
			.collect::<Vec<_>>()
			.try_into()
			.unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), text(b'p', 64), claims);

		assert_eq!(FarmsOf::<T>::get(who).len(), 1);
	}

	/// With as many open lots of the farm as there may be.
	#[benchmark]
	fn submit_lot() {
		let who = provider::<T>();
		for nth in 1..T::MaxLotsPerFarm::get() {
			submitted::<T>(&who, nth);
		}
		let farm = FarmsOf::<T>::get(&who).first().copied().unwrap_or_else(|| farm::<T>(&who));
		let terms = T::BenchmarkHelper::terms(farm, 0);
		let id = NextLot::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(who), terms);

		assert_eq!(status::<T>(id), LotStatus::Submitted);
	}

	/// A rejection: it closes the lot.
	#[benchmark]
	fn conclude_audit() {
		let who = provider::<T>();
		let (id, lot) = submitted::<T>(&who, 0);
		T::BenchmarkHelper::decide(lot.poll, false);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id);

		assert_eq!(status::<T>(id), LotStatus::Rejected);
	}

	#[benchmark]
	fn activate() {
		let who = provider::<T>();
		let (id, _) = approved::<T>(&who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id);

		assert_eq!(status::<T>(id), LotStatus::Active);
	}

	/// To another owner, with a full measuring window and every ceiling read.
	#[benchmark]
	fn issue() {
		let who = provider::<T>();
		let (id, lot) = active::<T>(&who);
		T::BenchmarkHelper::measure(lot.account, 2 * Pallet::<T>::window(), 1_000);
		UnlimitedFreePower::<T>::put(false);
		FreePower::<T>::insert(lot.terms.coin, Power::MAX);
		let owner: T::AccountId = account("owner", 0, 0);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, UNITS, owner);

		assert_eq!(AllLots::<T>::get(id).unwrap().issued, UNITS);
	}

	#[benchmark]
	fn mature() {
		let who = provider::<T>();
		let id = sold::<T>(&who);
		let lot = AllLots::<T>::get(id).unwrap();
		let end = lot.terms.last_day + T::ClosingDays::get() + 1;
		T::BenchmarkHelper::pass_days(end.saturating_sub(T::Calendar::today()));

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id);

		assert_eq!(status::<T>(id), LotStatus::Matured);
	}

	#[benchmark]
	fn withdraw_lot() {
		let who = provider::<T>();
		let (id, _) = active::<T>(&who);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), id);

		assert_eq!(status::<T>(id), LotStatus::Terminated);
	}

	#[benchmark]
	fn suspend() -> Result<(), BenchmarkError> {
		let origin =
			T::SuspendOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (id, _) = active::<T>(&provider::<T>());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);

		assert_eq!(status::<T>(id), LotStatus::Suspended);
		Ok(())
	}

	#[benchmark]
	fn resume() -> Result<(), BenchmarkError> {
		let origin =
			T::SuspendOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (id, _) = active::<T>(&provider::<T>());
		Pallet::<T>::do_suspend(id).unwrap();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);

		assert_eq!(status::<T>(id), LotStatus::Active);
		Ok(())
	}

	#[benchmark]
	fn terminate() -> Result<(), BenchmarkError> {
		let origin =
			T::SuspendOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let id = sold::<T>(&provider::<T>());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, id);

		assert_eq!(status::<T>(id), LotStatus::Terminated);
		Ok(())
	}

	#[benchmark]
	fn stop_issue() -> Result<(), BenchmarkError> {
		let origin =
			T::DefensiveOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let (id, _) = active::<T>(&provider::<T>());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, StopScope::Lot(id));

		assert!(StoppedUntil::<T>::contains_key(StopScope::Lot(id)));
		Ok(())
	}

	#[benchmark]
	fn allow_issue() -> Result<(), BenchmarkError> {
		let origin =
			T::DefensiveOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		Pallet::<T>::do_stop_issue(StopScope::All).unwrap();

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, StopScope::All);

		assert!(!StoppedUntil::<T>::contains_key(StopScope::All));
		Ok(())
	}

	#[benchmark]
	fn set_free_power() {
		let coin = T::BenchmarkHelper::terms(0, 0).coin;

		#[extrinsic_call]
		_(RawOrigin::Root, coin, 1_000);

		assert_eq!(FreePower::<T>::get(coin), 1_000);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
