//! Benchmarks of the calls. Run in a runtime whose hooks are the real ones, on titles that others
//! keep books of.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::unwrap_used)]

use super::*;
use crate::types::{Parts, TitleIds, MAX_PARTS};
use alloc::{vec, vec::Vec};
use dmex_primitives::{titles::TitleHooks, SeriesId, TitleId, Units};
use frame_benchmarking::v2::*;
use frame_system::RawOrigin;

/// Makes the parts that the runtime wires keep books of titles.
pub trait BenchmarkHelper<AccountId> {
	/// New titles of `owner` in the series of one lot, each sold with a stream and a deposit. The
	/// owner can pay whatever is asked for them.
	fn titles(owner: &AccountId, count: u32, units: Units) -> (SeriesId, Vec<TitleId>);
	/// Gives titles so many liens each and makes settling them as dear as it can be. The holders
	/// were paid, so that the liens end as soon as the title is settled, or were not.
	fn burden(series: SeriesId, titles: &[TitleId], liens: u32, paid: bool);
}

const MOST: u128 = MAX_PARTS as u128;

fn titles<T: Config + BenchmarkHelper<T::AccountId>>(
	count: u32,
	units: Units,
) -> (T::AccountId, SeriesId, Vec<TitleId>) {
	let owner: T::AccountId = whitelisted_caller();
	let (series, titles) = T::titles(&owner, count, units);
	(owner, series, titles)
}

#[benchmarks(where T: BenchmarkHelper<T::AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn split(n: Linear<2, MAX_PARTS>) {
		let (owner, series, titles) = titles::<T>(1, n.into());
		T::burden(series, &titles, 0, false);
		let parts: Parts = vec![1u128; usize::try_from(n).unwrap()].try_into().unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), series, titles[0], parts);

		assert!(Tombstones::<T>::contains_key(series, titles[0]));
	}

	/// The hooks of a split into as many parts as can be. The second title stands for the first
	/// part.
	#[benchmark]
	fn split_liens(c: Linear<1, 240>) {
		let (owner, series, titles) = titles::<T>(2, MOST);
		T::burden(series, &titles[..1], c.div_ceil(MAX_PARTS - 1), false);
		let first = core::iter::once((titles[1], 1));
		let parts: Vec<(TitleId, Units)> =
			first.chain((1..MAX_PARTS).map(|nth| (1_000 + nth, 1))).collect();
		let units: Vec<Units> = parts.iter().map(|(_, units)| *units).collect();

		#[block]
		{
			T::Hooks::can_split(series, titles[0], &units).unwrap();
			T::Hooks::settle(series, titles[0], &owner);
			T::Hooks::on_split(series, titles[0], &parts);
		}

		assert_eq!(T::Hooks::liens(series, titles[1]), T::Hooks::liens(series, 1_001));
	}

	#[benchmark]
	fn merge(n: Linear<2, MAX_PARTS>) {
		let (owner, series, titles) = titles::<T>(n, 1);
		T::burden(series, &titles, 0, false);
		let merged = Series::<T>::get(series).unwrap().next_title;
		let ids = TitleIds::try_from(titles).unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), series, ids);

		assert!(Sources::<T>::contains_key(series, merged));
	}

	/// The hooks of a merge of as many titles as can be.
	#[benchmark]
	fn merge_liens(c: Linear<1, 256>) {
		let (owner, series, titles) = titles::<T>(MAX_PARTS, 1);
		T::burden(series, &titles, c.div_ceil(MAX_PARTS), true);

		#[block]
		{
			T::Hooks::can_merge(series, &titles).unwrap();
			titles.iter().for_each(|title| T::Hooks::settle(series, *title, &owner));
			T::Hooks::on_merge(series, &titles, 1_000);
		}

		assert_eq!(T::Hooks::liens(series, 1_000), 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
