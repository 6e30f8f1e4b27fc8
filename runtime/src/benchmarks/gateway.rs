//! Gates: lots that mine Filecoin, whose addresses can be made up, prices, and days with a yield.

use super::World;
use crate::*;
use alloc::format;
use dmex_adapters::Adapter;
use dmex_primitives::{
	calendar::Calendar,
	facts::{NetworkReading, Priced},
	lots::Vesting,
	AccountId, CoinId, Day, LotId, Price,
};
use pallet_gateway::benchmarking::BenchmarkHelper;
use pallet_pool_oracle::{CurrentRound, PriceFacts, PriceRecord, Sources, Support};
use sp_runtime::{BoundedVec, Permill};

/// Filecoin, the third coin of genesis.
const FILECOIN: CoinId = 2;

impl BenchmarkHelper<AccountId> for World {
	fn coin() -> CoinId {
		FILECOIN
	}

	fn lot(provider: &AccountId) -> LotId {
		let lotus = Sources::<Runtime>::iter().find(|(_, source)| source.adapter == Adapter::Lotus);
		let (source, _) = lotus.unwrap();
		Self::submitted(provider, |terms| {
			terms.coin = FILECOIN;
			terms.source = source;
			terms.account = BoundedVec::truncate_from(format!("f01{}", terms.farm).into_bytes());
			terms.vesting = Some(Vesting::Vesting);
		})
	}

	fn set_price(of: Priced, price: Price) {
		let support = Support { voters: 1, of: 1, spread: Permill::zero(), agreed_at: 0 };
		let round = CurrentRound::<Runtime>::get().index;
		PriceFacts::<Runtime>::insert(of, PriceRecord { price, round, support });
	}

	/// Each with a network, so that days are filled and not passed over.
	fn pass_days(days: Day) {
		let first = Periods::today();
		let reading = NetworkReading::PowerShare {
			height: 5_000_000,
			total_power: 20_000_000_000_000_000_000,
			epoch_reward: 80_000_000_000_000_000_000,
		};
		for day in first..first.saturating_add(days) {
			Self::agree_network(FILECOIN, day, reading);
		}
		<Self as pallet_hashpower::benchmarking::BenchmarkHelper<_>>::pass_days(days);
	}
}
