//! What power brings in a day, from agreed facts.

use crate::pallet::*;
use dmex_math::{
	expected_hashes, proof_of_work_per_day, subsidy, PowerShare, ShareYield, YieldError,
};
use dmex_primitives::{
	calendar::Calendar,
	coins::{Coin, YieldModel},
	facts::{Facts, NetworkFact, NetworkReading},
	CoinAmount, CoinId, Day, Power,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// What `power` as a part of a miner with `miner_power` earns in a day.
	///
	/// Errors: the coin is unknown, the network fact is missing or stale, or it makes no sense.
	pub(crate) fn yield_of(
		id: CoinId,
		power: Power,
		miner_power: Power,
	) -> Result<ShareYield, DispatchError> {
		let coin = Coins::<T>::get(id).ok_or(Error::<T>::CoinUnknown)?;
		let fact = T::Facts::network(id)?;
		let earned = earned(&coin, &fact, power, miner_power)
			.ok_or(Error::<T>::NetworkOfOtherModel)?
			.map_err(|_| Error::<T>::NetworkImpossible)?;
		Ok(earned)
	}

	/// What `power`, as a part of a miner that the network rewards, earned on a day that is over.
	pub(crate) fn past_yield(id: CoinId, power: Power, day: Day) -> Option<CoinAmount> {
		let coin = Coins::<T>::get(id)?;
		let fact = Self::network_on(id, day)?;
		earned(&coin, &fact, power, Power::MAX)?.map(|earned| earned.total()).ok()
	}
}

/// What power earns; `None` if the fact is of a network of another kind.
fn earned(
	coin: &Coin,
	fact: &NetworkFact,
	power: Power,
	miner_power: Power,
) -> Option<Result<ShareYield, YieldError>> {
	match (coin.yield_model, fact.reading) {
		(
			YieldModel::ProofOfWork { hashes_per_unit },
			NetworkReading::ProofOfWork { height, bits },
		) => {
			// What power finds are blocks after the one that was read.
			let next = height.saturating_add(1);
			let reward = subsidy(next, coin.initial_subsidy, coin.halving_blocks);
			let liquid = expected_hashes(bits).and_then(|hashes| {
				proof_of_work_per_day(power, hashes_per_unit, reward, fact.fees, hashes)
			});
			Some(liquid.map(|liquid| ShareYield { liquid, vesting: 0 }))
		},
		(
			YieldModel::PowerShare { bytes_per_unit, liquid_percent, minimum_power, .. },
			NetworkReading::PowerShare { total_power, epoch_reward, .. },
		) => {
			let network = PowerShare {
				total_power,
				epoch_reward,
				epochs_per_day: coin.blocks_per_day,
				power_per_unit: bytes_per_unit,
				minimum_power,
				liquid_percent,
			};
			Some(network.per_day(power, miner_power))
		},
		_ => None,
	}
}

impl<T: Config> dmex_primitives::coins::Coins for Pallet<T> {
	fn coin(id: CoinId) -> Option<Coin> {
		Coins::<T>::get(id)
	}

	fn by_symbol(symbol: &[u8]) -> Option<CoinId> {
		let symbol = symbol.to_vec().try_into().ok()?;
		BySymbol::<T>::get::<dmex_primitives::coins::Word>(symbol)
	}

	/// Proportional to power, which is taken as a part of a miner that the network rewards.
	fn yield_per_day(id: CoinId, power: Power) -> Result<CoinAmount, DispatchError> {
		Self::yield_of(id, power, Power::MAX).map(|earned| earned.total())
	}

	/// From the network as it was agreed on that day, else at most two days before.
	fn yield_on(id: CoinId, power: Power, day: Day) -> Option<CoinAmount> {
		Self::past_yield(id, power, day)
	}

	fn yield_as_of(id: CoinId) -> Option<Day> {
		let fact = T::Facts::network(id).ok()?;
		Some(T::Calendar::day_of(fact.agreed_at))
	}
}
