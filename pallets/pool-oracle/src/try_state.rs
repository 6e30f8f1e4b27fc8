//! What must hold after every block.

use crate::{
	pallet::*,
	stats::agrees,
	tally,
	types::{Ballot, Support, AMENDMENT},
};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError, TryRuntimeError,
};

type Checked = Result<(), TryRuntimeError>;

fn fail(what: &'static str) -> DispatchError {
	DispatchError::Other(what)
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet; see the README for the list.
	///
	/// Errors: the first one that does not hold.
	pub fn do_try_state() -> Checked {
		Self::try_sessions()?;
		Self::try_ballots()?;
		Self::try_facts()?;
		Self::try_accounts()?;
		Self::try_deposits()
	}

	/// The kept sets are those of the proof window, the running session and the next.
	fn try_sessions() -> Checked {
		let current = CurrentSession::<T>::get();
		let oldest = OldestSession::<T>::get();
		let newest = current.saturating_add(1);
		let in_window = |session: u32| (oldest..=newest).contains(&session);
		ensure!(
			Sessions::<T>::iter_keys().all(in_window),
			fail("a set is kept outside the proof window")
		);
		ensure!(
			SessionScores::<T>::iter_keys().all(in_window),
			fail("scores are kept outside the proof window")
		);
		for (_, set) in Sessions::<T>::iter() {
			let keys: BTreeSet<_> = set.iter().map(|(_, key)| key).collect();
			ensure!(keys.len() == set.len(), fail("two validators of a session share a key"));
		}
		for (_, scores) in SessionScores::<T>::iter() {
			let adds_up = scores.iter().all(|score| {
				let sum = score.agreed.saturating_add(score.outliers).saturating_add(score.missed);
				sum == score.expected
			});
			ensure!(adds_up, fail("a score does not add up"));
		}
		Ok(())
	}

	/// A key counts once on a ballot, only if it is of the frozen set, and what a ballot came to
	/// has the votes that the threshold asks.
	fn try_ballots() -> Checked {
		let sweep = Swept::<T>::get();
		for (period, feed, ballot) in Ballots::<T>::iter() {
			ensure!(period == crate::Period::of(&feed), fail("a ballot lies in another period"));
			let voters: BTreeSet<u16> = ballot.votes.iter().map(|(voter, _)| *voter).collect();
			ensure!(voters.len() == ballot.votes.len(), fail("a key has two votes on a ballot"));
			ensure!(
				voters.iter().all(|voter| u32::from(*voter) < ballot.size),
				fail("a vote comes from outside the frozen set")
			);
			ensure!(Self::has_support(&ballot), fail("a ballot was closed below the threshold"));
			let is_swept = match period {
				crate::Period::Round(round) => round < sweep.round,
				crate::Period::Day(day) => sweep.ballots.is_none_or(|first| day < first),
			};
			ensure!(!is_swept, fail("a ballot is left behind the sweep"));
		}
		Ok(())
	}

	fn has_support(ballot: &Ballot) -> bool {
		let Some(outcome) = &ballot.outcome else { return true };
		// Votes that come after the fact are only ever added to those that made it.
		let counted = ballot.readings().filter(|reading| agrees(reading, outcome)).count();
		u32::try_from(counted).is_ok_and(|counted| counted >= tally::threshold(ballot.size))
	}

	/// Every fact was agreed by as many as the threshold of its set asks.
	fn try_facts() -> Checked {
		let stands = |support: &Support| {
			support.voters >= tally::threshold(support.of) && support.voters <= support.of
		};
		let below = fail("a fact has fewer voters than the threshold");
		for (day, account, record) in DayFacts::<T>::iter() {
			ensure!(stands(&record.support), below);
			ensure!(record.attempt <= AMENDMENT, fail("a day was agreed by an unknown attempt"));
			ensure!(record.support.spread.is_zero(), fail("a closed day was agreed with a spread"));
			ensure!(Accounts::<T>::contains_key(account), fail("a day belongs to no account"));
			let first = Swept::<T>::get().facts;
			ensure!(
				first.is_some_and(|first| first <= day),
				fail("a day is left behind the sweep")
			);
		}
		ensure!(NetworkFacts::<T>::iter_values().all(|fact| stands(&fact.support)), below);
		ensure!(PriceFacts::<T>::iter_values().all(|fact| stands(&fact.support)), below);
		ensure!(FeesFacts::<T>::iter_values().all(|fact| stands(&fact.support)), below);
		Ok(())
	}

	/// Names and accounts are one to one, and only bound accounts are followed or have tokens.
	fn try_accounts() -> Checked {
		let next = NextAccount::<T>::get();
		let mut count: u32 = 0;
		for (id, account) in Accounts::<T>::iter() {
			count = count.saturating_add(1);
			ensure!(id < next, fail("an account has an id that was never given"));
			ensure!(
				AccountOf::<T>::get((account.source, &account.name)) == Some(id),
				fail("an account is not found under its name")
			);
			ensure!(Sources::<T>::contains_key(account.source), fail("an account has no source"));
		}
		ensure!(count == next, fail("an account was unbound"));
		let names = u32::try_from(AccountOf::<T>::iter_keys().count()).unwrap_or(u32::MAX);
		ensure!(names == count, fail("a name leads to no account"));
		let followed = Followed::<T>::count();
		ensure!(followed <= T::MaxFollowed::get(), fail("too many accounts are followed"));
		ensure!(
			Followed::<T>::iter_keys().all(Accounts::<T>::contains_key),
			fail("an unbound account is followed")
		);
		ensure!(
			Tokens::<T>::iter_keys().all(|(account, _)| Accounts::<T>::contains_key(account)),
			fail("an unbound account has a token")
		);
		Ok(())
	}

	/// What is held from an account for storage is what its records cost.
	fn try_deposits() -> Checked {
		let mut owed: BTreeMap<T::AccountId, BalanceOf<T>> = BTreeMap::new();
		let mut add = |who: T::AccountId, deposit: BalanceOf<T>| {
			let sum = owed.entry(who).or_insert_with(Zero::zero);
			*sum = sum.saturating_add(deposit);
		};
		for account in Accounts::<T>::iter_values() {
			add(account.provider, account.deposit);
		}
		for (account, _, token) in Tokens::<T>::iter() {
			let account = Accounts::<T>::get(account).ok_or(fail("a token has no account"))?;
			add(account.provider, token.deposit);
		}
		for (validator, key) in TokenKeys::<T>::iter() {
			add(validator, key.deposit);
		}
		for (who, deposit) in owed {
			let held = T::Currency::balance_on_hold(&HoldReason::Storage.into(), &who);
			ensure!(held == deposit, fail("what is held is not what the records cost"));
		}
		Ok(())
	}
}
