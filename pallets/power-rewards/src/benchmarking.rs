//! Benchmarks of the calls and hooks.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::unwrap_used
)]

use super::*;
use crate::types::{CoinStake, StakeId, StakeIds, DAYS_AT_ONCE, MAX_CLAIMS, MAX_COINS};
use alloc::vec::Vec;
use dmex_primitives::{
	calendar::Calendar, rights::OnDayClosed, Balance, CoinAmount, CoinId, Day, LotId, TitleId,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	EnsureOrigin, Get,
};
use frame_system::RawOrigin;

/// Makes the parts that the runtime wires answer as a benchmark needs.
pub trait BenchmarkHelper<AccountId> {
	/// A new title of `owner` that may be staked, of the same active lot for each call. The lot's
	/// last day is at least a year away.
	fn sold_title(owner: &AccountId) -> (LotId, TitleId);
	/// Coin of the lot.
	fn coin() -> CoinId;
	/// Lets days pass.
	fn pass_days(days: Day);
	/// Makes the books of a lot's day answer this.
	fn set_books(lot: LotId, day: Day, due: CoinAmount, delivered: CoinAmount);
}

type Helper<T> = <T as Config>::BenchmarkHelper;

/// A staker with enough for many deposits, a full pot, and as many coins as can earn.
fn prepare<T: Config>() -> T::AccountId {
	let who: T::AccountId = whitelisted_caller();
	let least = T::Native::minimum_balance().max(1_000_000);
	let funds = least.saturating_mul(1_000_000_000);
	let deposits = T::StakeDeposit::get().saturating_mul(Balance::from(MAX_CLAIMS) + 1);
	T::Native::set_balance(&who, deposits.saturating_add(least.saturating_mul(1_000)));
	T::Native::set_balance(&Pallet::<T>::pot_account(), funds);
	DailyBudget::<T>::put(T::MaxDailyBudget::get().min(least.saturating_mul(1_000)));
	let earning = Helper::<T>::coin();
	let mut coins = Coins::<T>::get();
	coins.retain(|of| of.coin != earning);
	coins.truncate(usize::try_from(MAX_COINS).unwrap() - 1);
	let _ = coins.try_push(CoinStake { coin: earning, weight: 1, units: 0 });
	let mut next = 1_000_000;
	while coins.try_push(CoinStake { coin: next, weight: 1, units: 0 }).is_ok() {
		next += 1;
	}
	Coins::<T>::put(coins);
	Pallet::<T>::open_days();
	Pallet::<T>::absorb(None);
	who
}

fn stake_one<T: Config>(who: &T::AccountId) -> (LotId, TitleId, StakeId) {
	let (lot, title) = Helper::<T>::sold_title(who);
	Pallet::<T>::do_stake(who, lot, title).unwrap();
	(lot, title, StakeOf::<T>::get(lot, title).unwrap())
}

fn next_day<T: Config>() -> Day {
	Helper::<T>::pass_days(1);
	Pallet::<T>::open_days();
	T::Calendar::today()
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// The lot has stakes already, and the day is opened by the call.
	#[benchmark]
	fn stake() {
		let who = prepare::<T>();
		stake_one::<T>(&who);
		let (lot, title) = Helper::<T>::sold_title(&who);
		Helper::<T>::pass_days(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), lot, title);

		assert!(StakeOf::<T>::contains_key(lot, title));
	}

	#[benchmark]
	fn unstake() {
		let who = prepare::<T>();
		stake_one::<T>(&who);
		let (lot, title, id) = stake_one::<T>(&who);
		next_day::<T>();
		Helper::<T>::pass_days(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), lot, title);

		assert!(Stakes::<T>::get(id).unwrap().until.is_some());
	}

	/// All have ended and are paid for the first and last time.
	#[benchmark]
	fn claim(n: Linear<1, 16>) {
		let who = prepare::<T>();
		let ours: Vec<_> = (0..n).map(|_| stake_one::<T>(&who)).collect();
		let lot = ours[0].0;
		let day = next_day::<T>();
		next_day::<T>();
		for (lot, title, _) in &ours {
			Pallet::<T>::do_unstake(&who, *lot, *title).unwrap();
		}
		Helper::<T>::set_books(lot, day, 1_000, 1_000);
		Pallet::<T>::on_day_closed(lot, day);
		let stakes: Vec<StakeId> = ours.iter().map(|(_, _, id)| *id).collect();
		let stakes = StakeIds::try_from(stakes).unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(who), stakes);

		assert!(ours.iter().all(|(_, _, id)| !Stakes::<T>::contains_key(id)));
		assert!(Ledger::<T>::get().paid > 0);
	}

	#[benchmark]
	fn fund() {
		let who = prepare::<T>();
		let before = Ledger::<T>::get().funded;
		let amount = T::Native::minimum_balance().max(1);

		#[extrinsic_call]
		_(RawOrigin::Signed(who), amount);

		assert!(Ledger::<T>::get().funded >= before + amount);
	}

	#[benchmark]
	fn set_daily_budget() {
		let origin = T::GovernOrigin::try_successful_origin().expect("there is a law");
		DailyBudget::<T>::put(T::SmallDailyBudget::get());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, 0);

		assert_eq!(DailyBudget::<T>::get(), 0);
	}

	#[benchmark]
	fn set_coin_weight() {
		let origin = T::GovernOrigin::try_successful_origin().expect("there is a law");
		prepare::<T>();
		let coin = Coins::<T>::get().last().unwrap().coin;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, coin, 2);

		assert_eq!(Coins::<T>::get().last().unwrap().weight, 2);
	}

	/// Each day sets aside, and one that is too old goes back.
	#[benchmark]
	fn open_days(n: Linear<0, 32>) {
		let who = prepare::<T>();
		stake_one::<T>(&who);
		for _ in 0..DAYS_AT_ONCE {
			next_day::<T>();
		}
		Helper::<T>::pass_days(n);

		#[block]
		{
			Pallet::<T>::open_days();
		}

		assert_eq!(Opened::<T>::get(), T::Calendar::today());
	}

	/// The lot earns, and stakes begin and end with the day after.
	#[benchmark]
	fn on_day_closed() {
		let who = prepare::<T>();
		let (lot, _, id) = stake_one::<T>(&who);
		let (_, title, _) = stake_one::<T>(&who);
		let day = next_day::<T>();
		next_day::<T>();
		Pallet::<T>::do_unstake(&who, lot, title).unwrap();
		Helper::<T>::set_books(lot, day, 1_000, 999);

		#[block]
		{
			Pallet::<T>::on_day_closed(lot, day);
		}

		assert!(Pallet::<T>::view_of(id).unwrap().claimable > 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
