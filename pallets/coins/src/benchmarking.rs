//! Benchmarks of the call and of the hook.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::*;
use alloc::vec;
use dmex_math::Fixed;
use dmex_primitives::{
	calendar::Calendar,
	coins::Word,
	facts::{NetworkFact, NetworkReading, OnNetworkFact},
	CoinId,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};

/// A coin that no genesis has.
fn new_coin() -> CoinTerms {
	CoinTerms { symbol: Word::truncate_from(vec![b'Q'; 16]), ..bitcoin() }
}

fn read(height: u64, bits: u32) -> NetworkFact {
	let reading = NetworkReading::ProofOfWork { height, bits };
	NetworkFact { reading, fees: 2_000_000, agreed_at: 0 }
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn register_coin() {
		let origin = T::RegisterOrigin::try_successful_origin().expect("there is a registrar");
		let id = CoinCount::<T>::get();
		assert!(id < T::MaxCoins::get());

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, new_coin());

		assert_eq!(CoinCount::<T>::get(), id + 1);
	}

	/// The filter moves: the reading is of another day and another difficulty.
	#[benchmark]
	fn on_network_fact() {
		let (id, _): (CoinId, _) = Pallet::<T>::register(new_coin()).expect("the coin is new");
		let today = T::Calendar::today();
		// On the first day of the calendar nothing can be a day old: then it is the first reading.
		if today > 0 {
			let filter = dmex_math::Filter::new(Fixed::ONE, &T::FilterConstants::get());
			let day = today.saturating_sub(14);
			let known = GrowthRecord { filter, observed: Fixed::ONE, height: 840_000, day };
			Growth::<T>::insert(id, known);
		}
		let fact = read(842_688, 0x1701_fca1);

		#[block]
		{
			Pallet::<T>::on_network_fact(id, &fact);
		}

		let growth = Growth::<T>::get(id).expect("the reading counts");
		assert_eq!((growth.height, growth.day), (842_688, today));
		assert_eq!(Past::<T>::iter_prefix(id).count(), 1);
	}
}
