//! Networks: difficulty or power at heights that all readers choose alike.

use crate::{
	pallet::*,
	types::{NetworkRecord, Support, Waiting},
};
use dmex_primitives::{
	calendar::Calendar,
	coins::{Coins, YieldModel},
	facts::{Feed, NetworkFact, NetworkReading, OnNetworkFact, Reading},
	CoinAmount, CoinId, Moment, Round,
};
use frame_support::{ensure, traits::Get};
use sp_core::U256;

/// A network that does more than this many times the work than before, or less than a part of it,
/// waits for a second round.
const SUDDEN: u32 = 4;

/// Height that a reading is of.
pub(crate) fn height_of(reading: &NetworkReading) -> u64 {
	match reading {
		NetworkReading::ProofOfWork { height, .. } | NetworkReading::PowerShare { height, .. } => {
			*height
		},
	}
}

/// The target that compact bits stand for.
fn target(bits: u32) -> U256 {
	let [exponent, mantissa @ ..] = bits.to_be_bytes();
	let [high, middle, low] = mantissa;
	let mantissa = U256::from(u32::from_be_bytes([0, high, middle, low]));
	let bytes = U256::from(exponent.saturating_sub(3));
	let scale = U256::from(256).checked_pow(bytes).unwrap_or(U256::MAX);
	mantissa.saturating_mul(scale)
}

fn is_far(left: U256, right: U256) -> bool {
	let far = |less: U256, more: U256| less.saturating_mul(U256::from(SUDDEN)) < more;
	far(left, right) || far(right, left)
}

/// Whether one state can hardly follow the other.
pub(crate) fn is_sudden(before: &NetworkReading, after: &NetworkReading) -> bool {
	use NetworkReading::{PowerShare, ProofOfWork};
	match (before, after) {
		(ProofOfWork { bits: before, .. }, ProofOfWork { bits: after, .. }) => {
			is_far(target(*before), target(*after))
		},
		(
			PowerShare { total_power: power, epoch_reward: reward, .. },
			PowerShare { total_power, epoch_reward, .. },
		) => {
			is_far((*power).into(), (*total_power).into())
				|| is_far((*reward).into(), (*epoch_reward).into())
		},
		_ => true,
	}
}

impl<T: Config> Pallet<T> {
	/// A network's reading must be of its coin's model, at a height that all readers choose.
	pub(crate) fn check_network(feed: &Feed, reading: &Reading) -> Result<(), Error<T>> {
		let (Feed::Network { coin, .. }, Reading::Network(state)) = (feed, reading) else {
			return Ok(());
		};
		let terms = T::Coins::coin(*coin).ok_or(Error::<T>::FeedNotDue)?;
		let same_model = matches!(
			(&terms.yield_model, state),
			(YieldModel::ProofOfWork { .. }, NetworkReading::ProofOfWork { .. })
				| (YieldModel::PowerShare { .. }, NetworkReading::PowerShare { .. })
		);
		ensure!(same_model, Error::<T>::ReadingOfOtherKind);
		let step = u64::from(terms.blocks_per_day);
		let on_grid = height_of(state).checked_rem(step) == Some(0);
		ensure!(on_grid, Error::<T>::ReadingOutOfRange);
		Ok(())
	}

	/// Whether a coin's blocks carry fees that are read.
	pub(crate) fn has_fees(coin: CoinId) -> bool {
		T::Coins::coin(coin)
			.is_some_and(|terms| matches!(terms.yield_model, YieldModel::ProofOfWork { .. }))
	}

	/// Whether a reading would say more than what is agreed: a greater height.
	pub(crate) fn is_news(feed: &Feed, reading: &Reading) -> bool {
		match (feed, reading) {
			(Feed::Network { coin, .. }, Reading::Network(state)) => NetworkFacts::<T>::get(coin)
				.is_none_or(|known| height_of(state) > height_of(&known.fact.reading)),
			_ => true,
		}
	}

	/// Whether something agreed at `agreed_at` about a network may still be acted on.
	pub(crate) fn is_network_fresh(agreed_at: Moment) -> bool {
		let age = T::Calendar::now().saturating_sub(agreed_at);
		let limit = T::Calendar::day_length().saturating_mul(T::NetworkFreshDays::get().into());
		age <= limit
	}

	/// Mean fees of the coin's blocks, zero where its reward is read; `None` if none are fresh.
	pub(crate) fn fresh_fees(coin: CoinId) -> Option<CoinAmount> {
		if !Self::has_fees(coin) {
			return Some(0);
		}
		let known = FeesFacts::<T>::get(coin)?;
		Self::is_network_fresh(known.support.agreed_at).then_some(known.fees)
	}

	/// Acts on what a quorum said of a network. Without fresh fees the height is not taken over:
	/// the next round brings it again.
	pub(crate) fn agree_network(coin: CoinId, round: Round, reading: &Reading, support: Support) {
		let Reading::Network(state) = *reading else { return };
		let known = NetworkFacts::<T>::get(coin).map(|record| record.fact.reading);
		if known.is_some_and(|known| height_of(&state) <= height_of(&known)) {
			return;
		}
		let Some(fees) = Self::fresh_fees(coin) else { return };
		let confirmed = WaitingNetworks::<T>::get(coin)
			.is_some_and(|first| first.round < round && !is_sudden(&first.value, &state));
		if known.is_some_and(|known| is_sudden(&known, &state)) && !confirmed {
			WaitingNetworks::<T>::insert(coin, Waiting { value: state, round });
			Self::deposit_event(Event::NetworkWaits { coin, reading: state });
			return;
		}
		let fact = NetworkFact { reading: state, fees, agreed_at: support.agreed_at };
		WaitingNetworks::<T>::remove(coin);
		NetworkFacts::<T>::insert(coin, NetworkRecord { fact, support });
		Self::deposit_event(Event::NetworkAgreed { coin, fact, voters: support.voters });
		T::OnNetworkFact::on_network_fact(coin, &fact);
	}
}
