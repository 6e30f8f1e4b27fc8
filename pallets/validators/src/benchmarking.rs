//! Benchmarks of every call and hook. Worst cases: all seats taken, keys set.
#![allow(
	missing_docs,
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::unwrap_used
)]

use super::*;
use alloc::vec::Vec;
use codec::Decode;
use dmex_primitives::{validators::Attendance, Balance};
use frame_benchmarking::v2::*;
use frame_support::traits::{fungible::Mutate, EnsureOrigin, Get};
use frame_system::{Pallet as System, RawOrigin};
use pallet_session::SessionManager;
use sp_runtime::{traits::TrailingZeroInput, Perbill};
use sp_staking::offence::{OffenceDetails, OnOffenceHandler};

fn funded<T: Config>(index: u32) -> T::AccountId
where
	T::NativeBalance: Mutate<T::AccountId>,
{
	let who: T::AccountId = account("validator", index, 0);
	let amount: Balance = T::MinBond::get().saturating_mul(10).saturating_add(1_000_000_000_000);
	T::NativeBalance::mint_into(&who, amount).expect("the account is new");
	who
}

/// Keys that need not be valid: pallet-session reads, compares and drops them as they are.
fn set_keys<T: Config>(who: &T::AccountId) {
	let keys = T::Keys::decode(&mut TrailingZeroInput::zeroes()).expect("zeroes are keys");
	pallet_session::NextKeys::<T>::insert(who, keys);
}

fn candidate<T: Config>(index: u32) -> T::AccountId
where
	T::NativeBalance: Mutate<T::AccountId>,
{
	let who = funded::<T>(index);
	Pallet::<T>::do_register(&who, T::MinBond::get()).expect("the account has the bond");
	set_keys::<T>(&who);
	who
}

/// Empties the seats of genesis and fills `count` of them with validators of ours, all active.
fn seated<T: Config>(count: u32) -> Vec<T::AccountId>
where
	T::NativeBalance: Mutate<T::AccountId>,
{
	Seats::<T>::kill();
	MinValidators::<T>::put(1);
	let validators: Vec<T::AccountId> = (0..count)
		.map(|index| {
			let who = candidate::<T>(index);
			Pallet::<T>::do_admit(&who).expect("a seat is free");
			who
		})
		.collect();
	pallet_session::Validators::<T>::put(validators.clone());
	let index = pallet_session::Pallet::<T>::current_index();
	<Pallet<T> as SessionManager<T::AccountId>>::start_session(index);
	validators
}

fn assert_last<T: Config>(event: Event<T>) {
	let event: <T as frame_system::Config>::RuntimeEvent = event.into();
	System::<T>::assert_last_event(event);
}

#[benchmarks(where T::NativeBalance: Mutate<T::AccountId>)]
mod benches {
	use super::*;

	#[benchmark]
	fn register() {
		let who = funded::<T>(0);
		let bond = T::MinBond::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), bond);

		assert_last::<T>(Event::Registered { who, bond });
	}

	#[benchmark]
	fn bond_extra() {
		let who = candidate::<T>(0);
		let bond = T::MinBond::get() + 1;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 1);

		assert_last::<T>(Event::BondAdded { who, amount: 1, bond });
	}

	#[benchmark]
	fn admit(v: Linear<1, { T::MaxValidators::get() }>) -> Result<(), BenchmarkError> {
		// One of them is outgoing and, if all seats are taken, gives way.
		let validators = seated::<T>(v);
		Pallet::<T>::eject(&validators[0], Cause::Silent);
		let who = candidate::<T>(v);
		let origin =
			T::AdmitOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as <T as frame_system::Config>::RuntimeOrigin, who.clone());

		assert_last::<T>(Event::Admitted { who });
		Ok(())
	}

	#[benchmark]
	fn remove(v: Linear<2, { T::MaxValidators::get() }>) -> Result<(), BenchmarkError> {
		let who = seated::<T>(v)[0].clone();
		let origin =
			T::AdmitOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as <T as frame_system::Config>::RuntimeOrigin, who.clone());

		assert!(Leaving::<T>::contains_key(&who));
		Ok(())
	}

	#[benchmark]
	fn leave(v: Linear<2, { T::MaxValidators::get() }>) {
		let who = seated::<T>(v)[0].clone();

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(Leaving::<T>::contains_key(&who));
	}

	#[benchmark]
	fn withdraw() {
		let who = candidate::<T>(0);
		System::<T>::inc_consumers(&who).expect("the account exists");
		Pallet::<T>::do_leave(&who).expect("it is a candidate");
		let amount = T::MinBond::get();
		Leaving::<T>::insert(&who, Unbonding { amount, until: 0 });

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert_last::<T>(Event::Withdrawn { who, amount });
	}

	#[benchmark]
	fn on_offence(o: Linear<1, { T::MaxValidators::get() }>) {
		let offenders: Vec<OffenceDetails<T::AccountId, Offender<T>>> = seated::<T>(o)
			.into_iter()
			.map(|who| OffenceDetails { offender: (who, ()), reporters: Vec::new() })
			.collect();
		let fractions: Vec<Perbill> = offenders.iter().map(|_| Perbill::from_percent(50)).collect();
		let session = pallet_session::Pallet::<T>::current_index();

		#[block]
		{
			<Pallet<T> as OnOffenceHandler<T::AccountId, Offender<T>, _>>::on_offence(
				&offenders, &fractions, session,
			);
		}

		assert!(Totals::<T>::get().slashed > 0);
	}

	#[benchmark]
	fn session_change(v: Linear<1, { T::MaxValidators::get() }>) {
		let validators = seated::<T>(v);
		for who in &validators {
			Candidates::<T>::mutate(who, |candidate| {
				candidate.as_mut().expect("it has a seat").silent_for = T::SilenceLimit::get();
			});
		}
		let next = pallet_session::Pallet::<T>::current_index() + 1;

		#[block]
		{
			<Pallet<T> as Attendance<T::AccountId>>::session_ended(&validators);
			<Pallet<T> as SessionManager<T::AccountId>>::start_session(next);
			let _ = <Pallet<T> as SessionManager<T::AccountId>>::new_session(next + 1);
		}

		assert!(BondsAt::<T>::contains_key(next));
	}

	impl_benchmark_test_suite!(
		Pallet,
		crate::mock::ExtBuilder::default().build(),
		crate::mock::Test
	);
}
