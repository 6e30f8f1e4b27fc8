//! How votes are added up, when rounds end, and how ballots are put away.

use crate::{
	pallet::*,
	tally,
	types::{Ballot, OpenRound, Outcome, Period, Support, Sweep, Vote},
	vote::{Entry, Stage},
	WeightInfo,
};
use alloc::vec::Vec;
use dmex_primitives::{
	calendar::Calendar,
	facts::{Feed, Priced},
	Day, Round,
};
use frame_support::{traits::Get, weights::Weight};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{traits::Saturating, DispatchResult, Permill};

impl<T: Config> Pallet<T> {
	/// Adds an authorised vote to its ballots.
	pub(crate) fn take_vote(vote: Vote) -> DispatchResult {
		let entries = Self::check_vote(&vote, None, Stage::Block)?;
		let feeds = vote.feeds();
		for entry in entries {
			Self::cast(entry);
		}
		let set = Sessions::<T>::get(vote.session);
		let author = set.into_iter().find(|(_, key)| *key == vote.key);
		if let Some((validator, _)) = author {
			Self::deposit_event(Event::Voted { validator, round: vote.round, feeds });
		}
		Ok(())
	}

	fn cast(entry: Entry) {
		let Entry { period, feed, reading, voter, mut ballot } = entry;
		if ballot.votes.try_push((voter, Some(reading))).is_err() {
			return;
		}
		if ballot.outcome.is_none() {
			ballot.outcome = Self::count(&feed, &ballot);
		}
		if let (1, Period::Day(day)) = (ballot.votes.len(), period) {
			Self::note_days(Some(day), None);
		}
		Ballots::<T>::insert(period, feed, ballot);
	}

	/// What a ballot comes to with the votes it has, acting on it if it is something.
	fn count(feed: &Feed, ballot: &Ballot) -> Option<Outcome> {
		match feed {
			Feed::Live { account, round } => {
				Self::show_live(*account, *round, ballot);
				None
			},
			// A median moves with every vote, so it waits for the last one or for the round's end.
			Feed::Fees { .. } | Feed::Price { .. } if ballot.is_full() => {
				Self::count_median(feed, ballot)
			},
			Feed::Fees { .. } | Feed::Price { .. } => None,
			Feed::ClosedDay { .. } | Feed::Network { .. } => Self::count_exact(feed, ballot),
		}
	}

	fn count_exact(feed: &Feed, ballot: &Ballot) -> Option<Outcome> {
		let threshold = tally::threshold(ballot.size);
		let (reading, voters) = tally::exact(ballot.readings(), threshold)?;
		let support = Self::support(voters, ballot, Permill::zero());
		match feed {
			Feed::ClosedDay { account, day, attempt } => {
				Self::agree_day(*account, *day, *attempt, &reading, support);
			},
			Feed::Network { coin, round } => {
				Self::agree_network(*coin, *round, &reading, support);
			},
			_ => {},
		}
		Some(Outcome::Exact(reading))
	}

	/// Who stands behind a fact that is agreed now.
	pub(crate) fn support(voters: u32, ballot: &Ballot, spread: Permill) -> Support {
		Support { voters, of: ballot.size, spread, agreed_at: T::Calendar::now() }
	}

	/// Opens the next round when the present one has had its blocks. A counter and not a division
	/// of the block number, so that a changed length never brings a round back.
	pub(crate) fn advance_round(now: BlockNumberFor<T>) -> Weight {
		let open = CurrentRound::<T>::get();
		if now < open.start.saturating_add(Self::round_blocks()) {
			return T::WeightInfo::keep_round();
		}
		let ended = open.index;
		let index = ended.saturating_add(1);
		CurrentRound::<T>::put(OpenRound { index, start: now });
		let feeds = Self::median_feeds(ended);
		let mut counted = u32::try_from(feeds.len()).unwrap_or(u32::MAX);
		feeds.into_iter().for_each(Self::end_ballot);
		// Votes of a round may arrive during the next one; what it lacked may be there now.
		if let Some(late) = ended.checked_sub(1) {
			Self::median_feeds(late).into_iter().for_each(Self::end_ballot);
			counted = counted.saturating_mul(2);
		}
		T::WeightInfo::advance_round(counted)
	}

	/// Feeds of a round that are agreed by median: prices and fees of the watched coins.
	fn median_feeds(round: Round) -> Vec<Feed> {
		let coins = Watched::<T>::get();
		let prices = coins.iter().map(|coin| Feed::Price { of: Priced::Coin(*coin), round });
		let stable = core::iter::once(Feed::Price { of: Priced::Stable, round });
		let fees = coins.iter().map(|coin| Feed::Fees { coin: *coin, round });
		prices.chain(stable).chain(fees).collect()
	}

	fn end_ballot(feed: Feed) {
		let period = Period::of(&feed);
		let Some(mut ballot) = Ballots::<T>::get(period, feed) else { return };
		if ballot.outcome.is_none() {
			ballot.outcome = Self::count_median(&feed, &ballot);
			Ballots::<T>::insert(period, feed, ballot);
		}
	}

	/// Puts away up to `limit` ballots and facts whose time is over. Every step into an empty round
	/// or day counts too, so a long pause is caught up with in bounded blocks.
	pub(crate) fn sweep(limit: u32) -> Weight {
		let mut sweep = Swept::<T>::get();
		let before = sweep;
		let mut left = limit;
		let mut put_away = Vec::new();
		// The previous round still takes votes.
		let oldest_open = CurrentRound::<T>::get().index.saturating_sub(1);
		while left > 0 && sweep.round < oldest_open {
			if Self::take_ballots(Period::Round(sweep.round), &mut left, &mut put_away) {
				sweep.round = sweep.round.saturating_add(1);
			}
		}
		while let Some(day) = sweep.ballots.filter(|day| left > 0 && Self::is_day_over(*day)) {
			if Self::take_ballots(Period::Day(day), &mut left, &mut put_away) {
				sweep.ballots = day.checked_add(1);
			}
		}
		Self::score_ballots(&put_away);
		Self::drop_facts(&mut sweep, &mut left);
		if sweep != before {
			Swept::<T>::put(sweep);
		}
		T::WeightInfo::sweep(limit.saturating_sub(left))
	}

	/// Takes ballots of a period out, and answers whether none are left.
	fn take_ballots(period: Period, left: &mut u32, put_away: &mut Vec<(Feed, Ballot)>) -> bool {
		let mut ballots = Ballots::<T>::drain_prefix(period);
		while *left > 0 {
			*left = left.saturating_sub(1);
			match ballots.next() {
				Some(entry) => put_away.push(entry),
				None => return true,
			}
		}
		false
	}

	fn drop_facts(sweep: &mut Sweep, left: &mut u32) {
		let kept_from = T::Calendar::today().saturating_sub(T::KeepDays::get());
		while let Some(day) = sweep.facts.filter(|day| *left > 0 && *day < kept_from) {
			let mut facts = DayFacts::<T>::drain_prefix(day);
			while *left > 0 {
				*left = left.saturating_sub(1);
				if facts.next().is_none() {
					sweep.facts = day.checked_add(1);
					break;
				}
			}
		}
	}

	/// Remembers that there are ballots or facts from `day` on.
	pub(crate) fn note_days(ballots: Option<Day>, facts: Option<Day>) {
		let earlier = |known: Option<Day>, new: Option<Day>| match (known, new) {
			(Some(known), Some(new)) => Some(known.min(new)),
			(known, new) => known.or(new),
		};
		Swept::<T>::mutate(|sweep| {
			sweep.ballots = earlier(sweep.ballots, ballots);
			sweep.facts = earlier(sweep.facts, facts);
		});
	}
}
