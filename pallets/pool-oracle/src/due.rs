//! What is asked for now. The chain refuses to open a ballot on anything else; the worker asks
//! here what it should read.

use crate::{
	app::AuthorityId,
	live::spread_of,
	pallet::*,
	types::{Period, AMENDMENT},
};
use alloc::vec::Vec;
use dmex_primitives::{
	calendar::Calendar,
	facts::{Feed, Priced},
	Day, PoolAccountId,
};

/// Closed days are read over this part of the next day, the rest is for those who were late.
const SLICES: u64 = 1_000;
const USED_SLICES: u64 = 800;

impl<T: Config> Pallet<T> {
	/// Whether a ballot on the feed may be opened. Its period is checked by the caller.
	pub(crate) fn is_due(feed: &Feed) -> bool {
		match feed {
			Feed::ClosedDay { account, day, attempt } => Self::is_day_due(*account, *day, *attempt),
			Feed::Live { account, round } => {
				Followed::<T>::contains_key(account) && Self::is_live_due(*account, *round)
			},
			Feed::Network { coin, .. } => Watched::<T>::get().contains(coin),
			Feed::Fees { coin, .. } => Watched::<T>::get().contains(coin) && Self::has_fees(*coin),
			Feed::Price { of, .. } => Self::is_priced(*of),
		}
	}

	/// Whether a vote of `key` on the feed would be taken now, whatever it says.
	fn is_open_for(feed: &Feed, key: &AuthorityId) -> bool {
		match Ballots::<T>::get(Period::of(feed), feed) {
			Some(ballot) => {
				Self::voter_in(ballot.session, key).is_some_and(|voter| !ballot.has_voted(voter))
			},
			None => Self::is_due(feed),
		}
	}

	/// Whether this node's key may vote in the running session.
	pub fn is_voter(key: &AuthorityId) -> bool {
		Self::voter_in(CurrentSession::<T>::get(), key).is_some()
	}

	/// Prices, networks and fees of the open round that `key` has not voted on. A network is
	/// listed in every round; a reading of a height that is agreed already is refused.
	pub fn due_round(key: &AuthorityId) -> Vec<Feed> {
		let round = CurrentRound::<T>::get().index;
		let coins = Watched::<T>::get();
		let of_coin = |coin: &_| {
			[
				Feed::Network { coin: *coin, round },
				Feed::Fees { coin: *coin, round },
				Feed::Price { of: Priced::Coin(*coin), round },
			]
		};
		let stable = core::iter::once(Feed::Price { of: Priced::Stable, round });
		coins
			.iter()
			.flat_map(of_coin)
			.chain(stable)
			.filter(|feed| Self::is_open_for(feed, key))
			.collect()
	}

	/// Closed days and live readings of up to `limit` followed accounts, beginning after the
	/// account `after`, that `key` may vote on now, and the account to go on after.
	///
	/// An account's closed days are listed once its slice of the day has come: the slices fill the
	/// first four fifths of a day, so that a pool is never asked for everything at once.
	pub fn due_accounts(
		key: &AuthorityId,
		after: Option<PoolAccountId>,
		limit: u32,
	) -> (Vec<Feed>, Option<PoolAccountId>) {
		let mut accounts = match after {
			Some(account) => Followed::<T>::iter_from(Followed::<T>::hashed_key_for(account)),
			None => Followed::<T>::iter(),
		};
		let mut feeds = Vec::new();
		let mut last = None;
		for _ in 0..limit {
			let Some((account, since)) = accounts.next() else { return (feeds, None) };
			feeds.extend(Self::due_days_of(account, since, key));
			feeds.extend(Self::due_live_of(account, key));
			last = Some(account);
		}
		(feeds, last)
	}

	fn due_days_of(account: PoolAccountId, since: Day, key: &AuthorityId) -> Vec<Feed> {
		if !Self::has_slice_come(account) {
			return Vec::new();
		}
		let today = T::Calendar::today();
		let asked = |attempt: u8| {
			let day = today.checked_sub(1)?.checked_sub(attempt.into())?;
			(day >= since).then_some(Feed::ClosedDay { account, day, attempt })
		};
		(0..=AMENDMENT).filter_map(asked).filter(|feed| Self::is_open_for(feed, key)).collect()
	}

	fn due_live_of(account: PoolAccountId, key: &AuthorityId) -> Option<Feed> {
		let round = CurrentRound::<T>::get().index;
		if !Self::is_live_due(account, round) {
			return None;
		}
		let feed = Feed::Live { account, round };
		let session = Ballots::<T>::get(Period::of(&feed), feed)
			.map_or_else(CurrentSession::<T>::get, |ballot| ballot.session);
		let set = Sessions::<T>::get(session);
		let size = u32::try_from(set.len()).ok()?;
		let voter = Self::place_of(&set, key)?;
		let drawn = Self::is_drawn(account, round, voter, size);
		(drawn && Self::is_open_for(&feed, key)).then_some(feed)
	}

	fn has_slice_come(account: PoolAccountId) -> bool {
		let start = T::Calendar::start_of(T::Calendar::today());
		let passed = T::Calendar::now().saturating_sub(start);
		let slice = u64::from(spread_of(account)).checked_rem(USED_SLICES).unwrap_or_default();
		passed.saturating_mul(SLICES) >= slice.saturating_mul(T::Calendar::day_length())
	}
}
