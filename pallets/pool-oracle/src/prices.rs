//! Prices and mean fees: numbers that honest readers see a little differently.

use crate::{
	pallet::*,
	tally,
	types::{Ballot, FeesRecord, Outcome, PriceRecord, Support, Waiting},
};
use alloc::vec::Vec;
use dmex_primitives::{
	facts::{Feed, Priced, Reading},
	CoinId, Price, Round,
};
use frame_support::traits::Get;
use sp_runtime::Permill;

/// A price that moves further than this waits for a second round.
const SUDDEN_MOVE: Permill = Permill::from_percent(20);
/// How near the second round must be to the first.
const CONFIRMED_WITHIN: Permill = Permill::from_percent(10);

impl<T: Config> Pallet<T> {
	/// Whether the price is read.
	pub(crate) fn is_priced(of: Priced) -> bool {
		match of {
			Priced::Coin(coin) => Watched::<T>::get().contains(&coin),
			Priced::Stable => true,
		}
	}

	/// Fixes the median of a ballot, if as many as the threshold asks are within the spread of it.
	pub(crate) fn count_median(feed: &Feed, ballot: &Ballot) -> Option<Outcome> {
		let number = |reading| match reading {
			Reading::Fees(number) | Reading::Price(number) => Some(number),
			_ => None,
		};
		let votes: Vec<u128> = ballot.readings().filter_map(number).collect();
		let spread = match feed {
			Feed::Fees { .. } => T::FeesSpread::get(),
			_ => T::PriceSpread::get(),
		};
		let median = tally::median(&votes, spread, tally::threshold(ballot.size))?;
		let support = Self::support(median.within, ballot, median.widest);
		match feed {
			Feed::Fees { coin, round } => {
				Self::agree_fees(*coin, *round, median.value, support);
			},
			Feed::Price { of, round } => Self::agree_price(*of, *round, median.value, support),
			_ => return None,
		}
		Some(Outcome::Median { value: median.value, spread })
	}

	fn agree_fees(coin: CoinId, round: Round, fees: u128, support: Support) {
		// A round that ends late never replaces a newer one.
		if FeesFacts::<T>::get(coin).is_some_and(|known| known.round >= round) {
			return;
		}
		FeesFacts::<T>::insert(coin, FeesRecord { fees, round, support });
		Self::deposit_event(Event::FeesAgreed { coin, fees, voters: support.voters });
	}

	fn agree_price(of: Priced, round: Round, price: Price, support: Support) {
		let known = PriceFacts::<T>::get(of);
		if known.is_some_and(|known| known.round >= round) {
			return;
		}
		let moved = known.is_some_and(|known| !tally::is_within(price, known.price, SUDDEN_MOVE));
		let first = WaitingPrices::<T>::get(of);
		if first.is_some_and(|first| first.round >= round) {
			return;
		}
		let confirmed = first.is_some_and(|first| {
			round.saturating_sub(first.round) <= T::PriceFreshRounds::get()
				&& tally::is_within(price, first.value, CONFIRMED_WITHIN)
		});
		if moved && !confirmed {
			WaitingPrices::<T>::insert(of, Waiting { value: price, round });
			Self::deposit_event(Event::PriceWaits { of, price });
			return;
		}
		WaitingPrices::<T>::remove(of);
		PriceFacts::<T>::insert(of, PriceRecord { price, round, support });
		Self::deposit_event(Event::PriceAgreed { of, price, voters: support.voters });
	}
}
