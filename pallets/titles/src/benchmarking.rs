//! Benchmarks of the calls. Run in a runtime whose hooks are the real ones.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::unwrap_used)]

use super::*;
use crate::types::{Parts, TitleIds, MAX_PARTS};
use alloc::vec;
use dmex_primitives::{Balance, SeriesId, TitleId};
use frame_benchmarking::v2::*;
use frame_support::traits::{fungible::Mutate, Get};
use frame_system::RawOrigin;

/// A series that no lot has: the last one.
const SERIES: SeriesId = SeriesId::MAX;

fn funded_owner<T: Config>() -> T::AccountId
where
	T::Native: Mutate<T::AccountId>,
{
	let owner: T::AccountId = whitelisted_caller();
	let title = T::TitleDeposit::get().saturating_add(T::TombstoneFee::get());
	let funds = title.saturating_mul(Balance::from(MAX_PARTS) * 4);
	let least = <T::Native as frame_support::traits::fungible::Inspect<_>>::minimum_balance();
	T::Native::set_balance(&owner, funds.saturating_add(least.saturating_mul(10)));
	<Pallet<T> as dmex_primitives::titles::Titles<T::AccountId>>::open_series(SERIES, &[]).unwrap();
	owner
}

fn issue<T: Config>(owner: &T::AccountId, units: u128) -> TitleId {
	<Pallet<T> as dmex_primitives::titles::Titles<T::AccountId>>::issue(SERIES, owner, units, 1)
		.unwrap()
}

#[benchmarks(where T::Native: Mutate<T::AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn split(n: Linear<2, 16>) {
		let owner = funded_owner::<T>();
		let title = issue::<T>(&owner, n.into());
		let parts: Parts = vec![1u128; usize::try_from(n).unwrap()].try_into().unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), SERIES, title, parts);

		assert!(Tombstones::<T>::contains_key(SERIES, title));
		assert_eq!(Series::<T>::get(SERIES).unwrap().issued, u128::from(n));
	}

	#[benchmark]
	fn merge(n: Linear<2, 16>) {
		let owner = funded_owner::<T>();
		let titles: TitleIds =
			(0..n).map(|_| issue::<T>(&owner, 1)).collect::<vec::Vec<_>>().try_into().unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), SERIES, titles);

		assert!(Sources::<T>::contains_key(SERIES, n));
		assert_eq!(Series::<T>::get(SERIES).unwrap().issued, u128::from(n));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
