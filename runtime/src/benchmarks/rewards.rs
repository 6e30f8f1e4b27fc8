//! Stakes of sold titles of one lot.

use super::{lots::COIN, World};
use crate::*;
use dmex_primitives::{AccountId, CoinAmount, CoinId, Day, LotId, TitleId};
use frame_benchmarking::account;
use pallet_hashpower::NextLot;
use pallet_power_rewards::benchmarking::BenchmarkHelper;

/// Units on sale, and of each title.
const ON_SALE: u128 = 900;
const UNITS: u128 = 10;

impl BenchmarkHelper<AccountId> for World {
	fn sold_title(owner: &AccountId) -> (LotId, TitleId) {
		let lot = NextLot::<Runtime>::get().checked_sub(1).unwrap_or_else(|| {
			let lot = Self::active(&account("provider", 0, 0), |_| ());
			Self::offer(lot, ON_SALE);
			lot
		});
		(lot, Self::sell(lot, 0, UNITS, owner))
	}

	fn coin() -> CoinId {
		COIN
	}

	fn pass_days(days: Day) {
		<Self as pallet_hashpower::benchmarking::BenchmarkHelper<_>>::pass_days(days);
	}

	fn set_books(lot: LotId, day: Day, due: CoinAmount, delivered: CoinAmount) {
		Self::record_days(lot, day, due, delivered);
	}
}
