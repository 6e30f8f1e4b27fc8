//! Benchmarks of the calls and of what happens by itself. Run in a runtime whose hooks are the real
//! ones.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::unwrap_used)]

use super::*;
use crate::types::{Award, Book, AWARDS_PER_VISIT};
use alloc::vec::Vec;
use dmex_primitives::{
	calendar::Calendar,
	rights::{Days, Remit, Rights},
	titles::Titles,
	AssetId, Balance, CoinAmount, Day, LotId, TitleId,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{fungible, fungibles::Mutate};
use frame_system::RawOrigin;

/// Makes the parts that the runtime wires answer as a benchmark needs.
pub trait BenchmarkHelper<AccountId> {
	/// An active lot of `provider` with an open series, ready to issue, whose term began today at
	/// the latest and lasts for more than 200 days.
	fn lot(provider: &AccountId) -> LotId;
	/// Agrees a closed day of the lot's account: `paid` for the power that is issued.
	fn measure(lot: LotId, day: Day, paid: CoinAmount);
	/// Lets days pass.
	fn pass_days(days: Day);
}

const COINS: CoinAmount = 1_000_000_000;
const UNITS: u128 = 1_000;

fn fund<T: Config>(who: &T::AccountId)
where
	T::Native: fungible::Mutate<T::AccountId>,
{
	let least = <T::Native as fungible::Inspect<T::AccountId>>::minimum_balance().max(1_000_000);
	<T::Native as fungible::Mutate<T::AccountId>>::set_balance(who, least * 1_000_000_000);
}

/// A lot of the caller with a title of its own that begins tomorrow.
fn lot<T: Config>() -> (T::AccountId, LotId, TitleId)
where
	T::Native: fungible::Mutate<T::AccountId>,
{
	let who: T::AccountId = whitelisted_caller();
	fund::<T>(&who);
	let lot = T::BenchmarkHelper::lot(&who);
	let first = T::Calendar::today() + 1;
	let title = T::Titles::issue(lot, &who, UNITS, first).unwrap();
	(who, lot, title)
}

fn arrive<T: Config>(who: &T::AccountId, lot: LotId) {
	let asset = Books::<T>::get(lot).unwrap().asset;
	T::Assets::mint_into(asset, who, COINS).unwrap();
	<Pallet<T> as Remit<T::AccountId>>::remit(lot, who, COINS).unwrap();
}

/// Lets `days` days pass that are all closed, in full if `full`.
fn close<T: Config>(who: &T::AccountId, lot: LotId, days: Day, full: bool) {
	let first = Books::<T>::get(lot).unwrap().closed_until;
	for day in first..first + days {
		T::BenchmarkHelper::measure(lot, day, COINS);
	}
	T::BenchmarkHelper::pass_days(days + 10);
	if full {
		(0..days).for_each(|_| arrive::<T>(who, lot));
	}
	while Books::<T>::get(lot).unwrap().closed_until < first + days {
		assert!(Pallet::<T>::visit(lot) > 0, "no day closes");
	}
}

/// As many awards as one payment takes in, of all days.
fn award<T: Config>(lot: LotId) {
	let Book { asset, start, closed_until, final_until, .. } = Books::<T>::get(lot).unwrap();
	let days = Days { first: start, end: closed_until };
	for number in 0..AWARDS_PER_VISIT {
		let award = Award { asset, days, amount: 1, lost: 1, final_until };
		Awards::<T>::insert(lot, number, award);
	}
	Books::<T>::mutate(lot, |book| book.as_mut().unwrap().awards = AWARDS_PER_VISIT);
}

fn holders<T: Config>(count: u32) -> Vec<T::AccountId> {
	(0..count).map(|nth| account("holder", nth, 0)).collect()
}

#[benchmarks(where T::Native: fungible::Mutate<T::AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn visit() {
		let (who, lot, _) = lot::<T>();
		close::<T>(&who, lot, 30, false);
		for day in 0..40 {
			let next = Books::<T>::get(lot).unwrap().closed_until;
			T::BenchmarkHelper::measure(lot, next + day, COINS);
		}
		(0..10).for_each(|_| arrive::<T>(&who, lot));
		// As if it had come before the days that close: what they leave makes up short ones.
		Books::<T>::mutate(lot, |book| {
			book.as_mut().unwrap().arrivals.iter_mut().for_each(|arrival| arrival.day = 0);
		});

		#[block]
		{
			Pallet::<T>::visit(lot);
		}
	}

	#[benchmark]
	fn remit() {
		let (who, lot, _) = lot::<T>();
		let asset = Books::<T>::get(lot).unwrap().asset;
		T::Assets::mint_into(asset, &who, COINS).unwrap();

		#[block]
		{
			<Pallet<T> as Remit<T::AccountId>>::remit(lot, &who, COINS).unwrap();
		}

		assert_eq!(Books::<T>::get(lot).unwrap().flows.arrived, COINS);
	}

	#[benchmark]
	fn make_up() {
		let (who, lot, _) = lot::<T>();
		close::<T>(&who, lot, 4, false);
		let Book { asset, debt, .. } = Books::<T>::get(lot).unwrap();
		T::Assets::mint_into(asset, &who, debt * 2).unwrap();

		#[block]
		{
			// A day whose time is over has no debt any more; what is taken in is measured alike.
			let _ = Pallet::<T>::do_make_up(lot, &who, debt.max(1));
		}
	}

	#[benchmark]
	fn look() {
		let (_, lot, title) = lot::<T>();

		#[block]
		{
			Pallet::<T>::pay_by_itself(lot, title);
		}
	}

	#[benchmark]
	fn pay(n: Linear<0, 16>) {
		let (who, lot, title) = lot::<T>();
		let first = T::Calendar::today() + 2;
		for (nth, holder) in holders::<T>(n).into_iter().enumerate() {
			fund::<T>(&holder);
			let first = first + 8 * Day::try_from(nth).unwrap();
			let days = Days { first, end: first + 7 };
			<Pallet<T> as Rights<T::AccountId>>::assign(lot, title, days, &holder).unwrap();
		}
		close::<T>(&who, lot, 8 * n + 8, true);
		award::<T>(lot);

		#[block]
		{
			Pallet::<T>::pay_rights(lot, title, Some(&who), |_, _| 0);
		}

		assert!(TitleBooks::<T>::get(lot, title).unwrap().paid > 0);
	}

	#[benchmark]
	fn claim_owed() {
		let (who, lot, _) = lot::<T>();
		arrive::<T>(&who, lot);
		let asset: AssetId = Books::<T>::get(lot).unwrap().asset;
		let amount: Balance = COINS / 2;
		Owed::<T>::insert(asset, &who, amount);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), asset);

		assert_eq!(Owed::<T>::get(asset, &who), 0);
	}

	#[benchmark]
	fn take_provider_part() {
		let (who, lot, _) = lot::<T>();
		arrive::<T>(&who, lot);
		Books::<T>::mutate(lot, |book| book.as_mut().unwrap().provider_part = COINS / 2);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), lot);

		assert_eq!(Books::<T>::get(lot).unwrap().provider_part, 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
