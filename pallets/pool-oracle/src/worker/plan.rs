//! Which feeds are due, and whom to ask.

use super::{
	decided,
	job::{Job, Question, Work},
	state::{State, Task},
	tokens,
};
use crate::{app::AuthorityId, live::spread_of, pallet::*, types::Source};
use alloc::{
	string::{String, ToString},
	vec::Vec,
};
use dmex_primitives::{
	calendar::Calendar,
	coins::{Coin, Coins},
	facts::{Feed, Priced},
	CoinId, PoolAccountId, Round, SourceId,
};
use sp_io::hashing::twox_64;

/// Followed accounts that a run looks at.
const ACCOUNTS: u32 = 32;
/// Questions that a run works on.
const JOBS: usize = 64;
/// What the stablecoin is called where prices are quoted.
pub(crate) const STABLE_SYMBOL: &str = "USDT";

/// Open sources by id.
pub(crate) fn sources<T: Config>() -> Vec<(SourceId, Source)> {
	let mut sources: Vec<_> = Sources::<T>::iter().filter(|(_, source)| source.open).collect();
	sources.sort_unstable_by_key(|(id, _)| *id);
	sources
}

/// The questions of this run: those that are under way, then what is due, the feeds of every round
/// before closed days, closed days before live readings.
pub(crate) fn work<T: Config>(key: &AuthorityId, state: &mut State, block: u32) -> Vec<Work> {
	let sources = sources::<T>();
	let mut jobs = core::mem::take(&mut state.jobs);
	jobs.retain(|job| is_wanted::<T>(&job.task, key, state));
	let mut feeds = Pallet::<T>::due_round(key);
	if jobs.len() < JOBS {
		let (of_accounts, next) = Pallet::<T>::due_accounts(key, state.cursor, ACCOUNTS);
		state.cursor = next;
		feeds.extend(of_accounts);
	}
	feeds.retain(|feed| !state.is_sent(feed));
	let known = decided::of(&feeds);
	feeds.retain(|feed| {
		let is_settled = state.settled.contains(&Task::Feed(*feed));
		!is_settled && !known.iter().any(|(known, _)| known == feed)
	});
	for task in tasks(&feeds) {
		for source in asked::<T>(&task, &sources, state, block) {
			let is_new = !jobs.iter().any(|job| job.task == task && job.source == source);
			if is_new && state.may_ask(&task, source, block) {
				jobs.push(Job::new(task, source));
			}
		}
	}
	jobs.sort_by_key(|job| rank(&job.task));
	jobs.truncate(JOBS);
	jobs.into_iter().filter_map(|job| prepare::<T>(job, &sources)).collect()
}

/// What is asked first. A pool's limit may not allow all live readings of a round: another part of
/// them comes first in each round, the same for all validators, so that their readings meet.
fn rank(task: &Task) -> (u8, u32) {
	match task {
		Task::Quotes { .. } => (0, 0),
		Task::Feed(Feed::ClosedDay { .. }) => (1, 0),
		Task::Feed(Feed::Live { account, round }) => (2, turn_of(*account, *round)),
		Task::Feed(_) => (0, 0),
	}
}

/// The account's place in a round: a walk around the circle of numbers in steps that meet every
/// part of it (2³² over the golden ratio).
fn turn_of(account: PoolAccountId, round: Round) -> u32 {
	const STEP: u32 = 2_654_435_769;
	spread_of(account).wrapping_add(round.wrapping_mul(STEP))
}

/// Whether a question under way still leads to a vote.
fn is_wanted<T: Config>(task: &Task, key: &AuthorityId, state: &State) -> bool {
	match task {
		Task::Quotes { .. } => true,
		Task::Feed(feed) => {
			let is_open = match Pallet::<T>::voted_on(feed, key) {
				Some(voted) => !voted,
				None => Pallet::<T>::is_due(feed),
			};
			is_open && !state.is_sent(feed) && decided::of(&[*feed]).is_empty()
		},
	}
}

/// One question for each feed, and one for all prices together.
fn tasks(feeds: &[Feed]) -> Vec<Task> {
	let mut tasks = Vec::new();
	for feed in feeds {
		let task = match feed {
			Feed::Price { round, .. } => Task::Quotes { round: *round },
			_ => Task::Feed(*feed),
		};
		if !tasks.contains(&task) {
			tasks.push(task);
		}
	}
	tasks
}

/// Whom to ask: the account's own source; one source for a network, the next one when it fails; and
/// every source that quotes prices and has not yet.
fn asked<T: Config>(
	task: &Task,
	sources: &[(SourceId, Source)],
	state: &State,
	block: u32,
) -> Vec<SourceId> {
	match task {
		Task::Quotes { .. } => sources
			.iter()
			.filter(|(_, source)| source.adapter.reads_prices())
			.map(|(id, _)| *id)
			.filter(|id| !state.quotes.iter().any(|quotes| quotes.source == *id))
			.collect(),
		Task::Feed(Feed::ClosedDay { account, .. } | Feed::Live { account, .. }) => {
			Accounts::<T>::get(account).map(|account| account.source).into_iter().collect()
		},
		Task::Feed(Feed::Network { coin, .. }) => {
			of_network::<T>(*coin, sources, |source| source.adapter.reads_network())
				.into_iter()
				.find(|id| state.may_ask(task, *id, block))
				.into_iter()
				.collect()
		},
		Task::Feed(Feed::Fees { coin, .. }) => {
			of_network::<T>(*coin, sources, |source| source.adapter.reads_fees())
				.into_iter()
				.find(|id| state.may_ask(task, *id, block))
				.into_iter()
				.collect()
		},
		Task::Feed(Feed::Price { .. }) => Vec::new(),
	}
}

fn of_network<T: Config>(
	coin: CoinId,
	sources: &[(SourceId, Source)],
	reads: impl Fn(&Source) -> bool,
) -> Vec<SourceId> {
	let Some(coin) = T::Coins::coin(coin) else { return Vec::new() };
	sources
		.iter()
		.filter(|(_, source)| {
			let url = source.base_url.as_ref().map(|url| url.as_slice());
			reads(source) && source.adapter.serves(url, &coin.symbol)
		})
		.map(|(id, _)| *id)
		.collect()
}

fn prepare<T: Config>(job: Job, sources: &[(SourceId, Source)]) -> Option<Work> {
	let (_, source) = sources.iter().find(|(id, _)| *id == job.source)?;
	let base = match &source.base_url {
		Some(url) => String::from_utf8(url.to_vec()).ok()?,
		None => source.adapter.host().to_string(),
	};
	let account = match job.task {
		Task::Feed(Feed::ClosedDay { account, .. } | Feed::Live { account, .. }) => Some(account),
		_ => None,
	};
	Some(Work {
		question: question::<T>(&job.task)?,
		adapter: source.adapter,
		host: u64::from_le_bytes(twox_64(base.as_bytes())),
		token: tokens::token_for(job.source, account),
		requests: Vec::new(),
		base,
		job,
	})
}

fn question<T: Config>(task: &Task) -> Option<Question> {
	Some(match task {
		Task::Quotes { .. } => {
			Question::Prices { symbols: symbols::<T>(), now: T::Calendar::now() / 1_000 }
		},
		Task::Feed(Feed::ClosedDay { account, day, .. }) => {
			let account = Accounts::<T>::get(account)?;
			let coin = T::Coins::coin(account.coin)?;
			Question::ClosedDay {
				symbol: text(&coin.symbol)?,
				decimals: coin.decimals,
				account: text(&account.name)?,
				day: *day,
			}
		},
		Task::Feed(Feed::Live { account, .. }) => {
			let account = Accounts::<T>::get(account)?;
			let coin = T::Coins::coin(account.coin)?;
			Question::Live { symbol: text(&coin.symbol)?, account: text(&account.name)? }
		},
		Task::Feed(Feed::Network { coin, .. }) => {
			let Coin { symbol, blocks_per_day, .. } = T::Coins::coin(*coin)?;
			Question::Network { symbol: text(&symbol)?, blocks_per_day }
		},
		Task::Feed(Feed::Fees { coin, .. }) => {
			let Coin { symbol, decimals, blocks_per_day, .. } = T::Coins::coin(*coin)?;
			Question::Fees { symbol: text(&symbol)?, decimals, blocks_per_day }
		},
		Task::Feed(Feed::Price { .. }) => return None,
	})
}

/// Symbols of everything that is priced.
fn symbols<T: Config>() -> Vec<String> {
	let coins = Watched::<T>::get();
	let mut symbols: Vec<String> =
		coins.iter().filter_map(|coin| symbol_of::<T>(Priced::Coin(*coin))).collect();
	symbols.push(STABLE_SYMBOL.to_string());
	symbols
}

/// What is priced, as price services write it.
pub(crate) fn symbol_of<T: Config>(of: Priced) -> Option<String> {
	match of {
		Priced::Stable => Some(STABLE_SYMBOL.to_string()),
		Priced::Coin(coin) => text(&T::Coins::coin(coin)?.symbol),
	}
}

fn text(bytes: &[u8]) -> Option<String> {
	core::str::from_utf8(bytes).ok().map(str::to_string)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn where_a_limit_allows_some_readings_a_round_every_account_has_its_turn() {
		let mut read = BTreeSet::new();
		for round in 0..12 {
			let mut accounts: Vec<_> = (0..45).collect();
			accounts.sort_by_key(|account| turn_of(*account, round));
			read.extend(accounts.into_iter().take(12));
		}
		assert_eq!(read.len(), 45);
	}
}
