//! How fast networks grow.

use crate::{pallet::*, GrowthQuote, GrowthRecord};
use dmex_math::{expected_hashes, Filter, Fixed};
use dmex_primitives::{
	calendar::Calendar,
	coins::{Coin, YieldModel},
	facts::{NetworkFact, NetworkReading, OnNetworkFact},
	CoinId, Day,
};
use frame_support::traits::Get;

/// Days after which an unchanged difficulty counts as a reading: two of the longest distances
/// between retargets that are known, Bitcoin's two weeks.
const UNCHANGED_DAYS: Day = 28;

/// Height, and logarithm of the difficulty, which is what a coin costs: expected hashes of a block,
/// or power of the network per reward. `None` if the reading cannot be of this coin.
fn difficulty(coin: &Coin, reading: &NetworkReading) -> Option<(u64, Fixed)> {
	match (coin.yield_model, *reading) {
		(YieldModel::ProofOfWork { .. }, NetworkReading::ProofOfWork { height, bits }) => {
			Some((height, Fixed::ln(expected_hashes(bits).ok()?)?))
		},
		(
			YieldModel::PowerShare { .. },
			NetworkReading::PowerShare { height, total_power, epoch_reward },
		) => {
			let power = Fixed::ln(total_power)?;
			Some((height, power.checked_sub(Fixed::ln(epoch_reward)?)?))
		},
		_ => None,
	}
}

/// The record after a reading; `None` if the reading does not count (yet).
fn next(
	known: Option<GrowthRecord>,
	(height, observed): (u64, Fixed),
	today: Day,
	constants: &dmex_math::Constants,
) -> Option<GrowthRecord> {
	let Some(known) = known else {
		let filter = Filter::new(observed, constants);
		return Some(GrowthRecord { filter, observed, height, day: today });
	};
	let days = today.checked_sub(known.day)?;
	if height <= known.height || (observed == known.observed && days < UNCHANGED_DAYS) {
		return None;
	}
	let filter = known.filter.update(observed, days, constants)?;
	Some(GrowthRecord { filter, observed, height, day: today })
}

impl<T: Config> OnNetworkFact for Pallet<T> {
	fn on_network_fact(id: CoinId, fact: &NetworkFact) {
		let Some(coin) = Coins::<T>::get(id) else { return };
		let Some(reading) = difficulty(&coin, &fact.reading) else {
			log::warn!(target: "dmex::coins", "reading of coin {id} is of no use: {fact:?}");
			return;
		};
		Self::keep(id, fact);
		let today = T::Calendar::today();
		let known = Growth::<T>::get(id);
		if let Some(growth) = next(known, reading, today, &T::FilterConstants::get()) {
			Growth::<T>::insert(id, growth);
			Self::deposit_event(Event::GrowthUpdated { coin: id, growth });
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Growth as people read it.
	pub(crate) fn quote_growth(id: CoinId, z_hundredths: u32) -> Option<GrowthQuote> {
		let GrowthRecord { filter, height, day, .. } = Growth::<T>::get(id)?;
		let z = Fixed::ONE.checked_times(z_hundredths)?.checked_part(100)?;
		Some(GrowthQuote {
			drift_per_day: filter.drift.to_billionths()?,
			deviation_per_day: filter.deviation.to_billionths()?,
			per_year: filter.growth().annual().to_billionths()?,
			stressed_per_year: filter.stress(z).annual().to_billionths()?,
			height,
			day,
		})
	}
}
