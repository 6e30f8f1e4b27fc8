//! Answers as readings: powers in the coin's unit, addresses hashed, prices by their median.

use super::{
	decided,
	fetch::Done,
	plan,
	state::{Quotes, State, Task},
	status::Changes,
};
use crate::{pallet::*, types::AMENDMENT};
use alloc::vec::Vec;
use dmex_adapters::{Answer, DayAnswer, Fault, NetworkAnswer};
use dmex_math::median;
use dmex_primitives::{
	coins::{Coins, YieldModel},
	facts::{DayReading, Feed, NetworkReading, Priced, Reading},
	CoinId, Power, Round,
};
use sp_core::H256;
use sp_io::hashing::blake2_256;

/// Sources that must have told a price, where so many are registered.
const LEAST_QUOTES: usize = 2;

/// Takes in what was fetched: decides feeds, notes faults. One that failed stops no other.
pub(crate) fn take_in<T: Config>(
	fetched: Vec<Done>,
	state: &mut State,
	block: u32,
	status: &mut Changes,
) {
	let mut readings = Vec::new();
	for (job, end) in fetched {
		let taken = end.and_then(|answer| match (job.task, answer) {
			(Task::Quotes { round }, Answer::Prices(prices)) => {
				let prices = prices.into_iter();
				let prices = prices.map(|(symbol, price)| (symbol.into_bytes(), price)).collect();
				state.quotes.push(Quotes { round, source: job.source, prices });
				Ok(None)
			},
			(Task::Feed(feed), answer) => Ok(Some((feed, reading_of::<T>(&feed, answer)?))),
			_ => Err(Fault::Malformed),
		});
		match taken {
			Ok(reading) => {
				status.succeeded(job.source);
				match reading {
					Some((feed, reading)) if !is_new::<T>(&feed, &reading) => {
						state.settled.push(job.task);
					},
					other => readings.extend(other),
				}
			},
			Err(fault) => {
				status.failed(job.source, fault);
				state.failed(job.task, job.source, fault, block);
			},
		}
	}
	readings.extend(prices::<T>(state));
	decided::add(state, readings);
}

/// Whether a vote would tell the chain something: a new height, an amendment that changes the day.
fn is_new<T: Config>(feed: &Feed, reading: &Reading) -> bool {
	match feed {
		Feed::ClosedDay { account, day, attempt: AMENDMENT } => {
			let agreed = DayFacts::<T>::get(day, account).map(|record| record.fact);
			agreed != Pallet::<T>::day_fact(reading)
		},
		_ => Pallet::<T>::is_news(feed, reading),
	}
}

/// The answer in the words of the feed.
///
/// Errors: it answers something else. A live reading that is refused is no reading.
fn reading_of<T: Config>(feed: &Feed, answer: Answer) -> Result<Reading, Fault> {
	match (feed, answer) {
		(Feed::ClosedDay { .. }, Answer::Refused) => Ok(Reading::Refused),
		(Feed::ClosedDay { account, .. }, Answer::ClosedDay(day)) => {
			let coin = Accounts::<T>::get(account).ok_or(Fault::Unsupported)?.coin;
			let DayAnswer { rate, paid, payout } = day;
			Ok(Reading::ClosedDay(DayReading {
				power: units::<T>(coin, rate)?,
				paid,
				payout: payout.map(|address| H256(blake2_256(&address))),
			}))
		},
		(Feed::Live { account, .. }, Answer::Live(rate)) => {
			let coin = Accounts::<T>::get(account).ok_or(Fault::Unsupported)?.coin;
			Ok(Reading::Live(units::<T>(coin, rate)?))
		},
		(Feed::Live { .. }, Answer::Refused) => Err(Fault::NoToken),
		(Feed::Network { .. }, Answer::Network(state)) => Ok(Reading::Network(match state {
			NetworkAnswer::ProofOfWork { height, bits } => {
				NetworkReading::ProofOfWork { height, bits }
			},
			NetworkAnswer::PowerShare { height, total_power, epoch_reward } => {
				NetworkReading::PowerShare { height, total_power, epoch_reward }
			},
		})),
		(Feed::Fees { .. }, Answer::Fees(fees)) => Ok(Reading::Fees(fees)),
		_ => Err(Fault::Malformed),
	}
}

/// Hashes a second, or bytes, in the coin's unit, rounded down.
fn units<T: Config>(coin: CoinId, rate: u128) -> Result<Power, Fault> {
	let per_unit = match T::Coins::coin(coin).ok_or(Fault::Unsupported)?.yield_model {
		YieldModel::ProofOfWork { hashes_per_unit } => hashes_per_unit,
		YieldModel::PowerShare { bytes_per_unit, .. } => bytes_per_unit,
	};
	rate.checked_div(per_unit).ok_or(Fault::Unsupported)
}

/// Prices that enough sources have told, once every source has told or failed.
fn prices<T: Config>(state: &State) -> Vec<(Feed, Reading)> {
	let round = CurrentRound::<T>::get().index;
	let sources: Vec<_> = plan::sources::<T>()
		.into_iter()
		.filter(|(_, source)| source.adapter.reads_prices())
		.map(|(id, _)| id)
		.collect();
	let task = Task::Quotes { round };
	let has_spoken = |source: &_| {
		state.quotes.iter().any(|quotes| quotes.source == *source)
			|| state.failures_of(&task, *source) > 0
	};
	if sources.is_empty() || !sources.iter().all(has_spoken) {
		return Vec::new();
	}
	let coins = Watched::<T>::get();
	let priced = coins.iter().map(|coin| Priced::Coin(*coin)).chain([Priced::Stable]);
	priced
		.filter_map(|of| {
			let price = price::<T>(of, round, state, sources.len())?;
			Some((Feed::Price { of, round }, Reading::Price(price)))
		})
		.collect()
}

fn price<T: Config>(of: Priced, round: Round, state: &State, sources: usize) -> Option<u128> {
	let symbol = plan::symbol_of::<T>(of)?;
	let mut told: Vec<u128> = state
		.quotes
		.iter()
		.filter(|quotes| quotes.round == round)
		.flat_map(|quotes| &quotes.prices)
		.filter(|(known, _)| known.as_slice() == symbol.as_bytes())
		.map(|(_, price)| *price)
		.collect();
	if told.len() < LEAST_QUOTES.min(sources) {
		return None;
	}
	median(&mut told)
}
