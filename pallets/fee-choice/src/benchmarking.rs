//! Benchmarks of the call and of what is added to each transaction.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::unwrap_used)]

use super::*;
use crate::types::{Choice, FeeTerms};
use dmex_primitives::{AssetId, Balance};
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::{Inspect, Mutate},
	Get,
};
use frame_system::RawOrigin;

/// Makes the exchange serve.
pub trait BenchmarkHelper<AccountId> {
	/// An allowed asset with a deep pool against DMEX, of which `who` has plenty.
	fn serve(who: &AccountId) -> AssetId;
}

fn prepare<T: Config>() -> (T::AccountId, FeeTerms)
where
	T::Native: Mutate<T::AccountId>,
{
	let who: T::AccountId = whitelisted_caller();
	let least = T::Native::minimum_balance().max(1_000);
	let funds = T::ChoiceDeposit::get().saturating_add(least.saturating_mul(1_000));
	T::Native::set_balance(&who, funds);
	let asset = T::BenchmarkHelper::serve(&who);
	(who, FeeTerms { asset, most_per_dmex: Balance::MAX })
}

#[benchmarks(where T::Native: Mutate<T::AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn choose_fee_asset() {
		let (who, terms) = prepare::<T>();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), Some(terms));

		assert!(Choices::<T>::contains_key(who));
	}

	/// Looking the choice up, the quote and the swap.
	#[benchmark]
	fn buy_fee() {
		let (who, terms) = prepare::<T>();
		Choices::<T>::insert(&who, Choice { terms, deposit: 0 });
		let fee = T::Native::minimum_balance().max(1_000);
		let before = T::Native::balance(&who);

		#[block]
		{
			let terms = Pallet::<T>::terms_of(&who).unwrap();
			let price = Pallet::<T>::price_of(&who, &terms, fee).unwrap();
			Pallet::<T>::buy(&who, &terms, fee, price).unwrap();
		}

		assert_eq!(T::Native::balance(&who), before + fee);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
