//! Benchmarks of the calls.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use frame_benchmarking::v2::*;
use frame_support::traits::EnsureOrigin;

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn set_length() {
		let origin = T::AdminOrigin::try_successful_origin().expect("there is an admin");
		// The last name is the longest way through the checks.
		let length = *Length::ALL.last().expect("there are lengths");
		let (_, most) = CurrentLengths::<T>::get().reach(&GenesisLengths::<T>::get(), length);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, length, most);

		assert_eq!(CurrentLengths::<T>::get().get(length), most);
	}
}
