//! Agreed facts as other parts read them: fresh, or a typed error.

use crate::pallet::*;
use dmex_primitives::{
	facts::{DayFact, FactError, Facts, NetworkFact, Priced, Prices},
	CoinId, Day, PoolAccountId, Price,
};
use frame_support::{ensure, traits::Get};

impl<T: Config> Facts for Pallet<T> {
	fn closed_day(account: PoolAccountId, day: Day) -> Result<DayFact, FactError> {
		let record = DayFacts::<T>::get(day, account).ok_or(FactError::Missing)?;
		Ok(record.fact)
	}

	fn network(coin: CoinId) -> Result<NetworkFact, FactError> {
		let record = NetworkFacts::<T>::get(coin).ok_or(FactError::Missing)?;
		ensure!(Self::is_network_fresh(record.fact.agreed_at), FactError::Stale);
		// Fees are agreed every round, so the newest are given with the newest height.
		let fees = Self::fresh_fees(coin).ok_or(FactError::Stale)?;
		Ok(NetworkFact { fees, ..record.fact })
	}
}

impl<T: Config> Prices for Pallet<T> {
	fn price(of: Priced) -> Result<Price, FactError> {
		let record = PriceFacts::<T>::get(of).ok_or(FactError::Missing)?;
		let age = CurrentRound::<T>::get().index.saturating_sub(record.round);
		ensure!(age <= T::PriceFreshRounds::get(), FactError::Stale);
		Ok(record.price)
	}
}
