//! Opening polls, reading how they stand, closing them.

use crate::{
	Config, Error, Event, NextPoll, OpenPolls, Outcome, Outcomes, Pallet, Poll, Subjects, Tally,
};
use dmex_primitives::{
	calendar::Calendar,
	polls::{PollKind, PollResult, Polls},
	Balance, Moment, PollId,
};
use frame_support::{
	ensure,
	traits::{fungible::Inspect, Get},
};
use sp_core::H256;
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Polls<T::AccountId> for Pallet<T> {
	fn open(
		kind: PollKind,
		subject: H256,
		excluded: &[T::AccountId],
	) -> Result<PollId, DispatchError> {
		let excluded = excluded.to_vec().try_into().map_err(|_| Error::<T>::TooManyExcluded)?;
		let opened_at = T::Calendar::now();
		let ends_at = Self::end_of(kind, opened_at).ok_or(ArithmeticError::Overflow)?;
		let poll = NextPoll::<T>::get();
		let next = poll.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		if let Some(before) = Subjects::<T>::get(subject) {
			// One that is over gives the subject free, whether or not someone closed it.
			Self::do_close(before).map_err(|_| Error::<T>::SubjectOpen)?;
		}

		let quorum = Self::quorum();
		NextPoll::<T>::put(next);
		Subjects::<T>::insert(subject, poll);
		let tally = Tally::default();
		let opened = Poll { kind, subject, opened_at, ends_at, quorum, tally, excluded };
		OpenPolls::<T>::insert(poll, opened);
		Self::deposit_event(Event::Opened { poll, kind, subject, ends_at, quorum });
		Ok(poll)
	}

	fn result(poll: PollId) -> Option<PollResult> {
		Self::result_of(poll)
	}
}

impl<T: Config> Pallet<T> {
	pub(crate) fn result_of(poll: PollId) -> Option<PollResult> {
		let passed = match OpenPolls::<T>::get(poll) {
			Some(open) if T::Calendar::now() < open.ends_at => return Some(PollResult::Open),
			Some(over) => over.tally.passes(over.quorum),
			None => Outcomes::<T>::get(poll)?.passed,
		};
		Some(if passed { PollResult::Passed } else { PollResult::Failed })
	}

	pub(crate) fn tally_of(poll: PollId) -> Option<Tally> {
		let open = OpenPolls::<T>::get(poll).map(|open| open.tally);
		open.or_else(|| Outcomes::<T>::get(poll).map(|outcome| outcome.tally))
	}

	pub(crate) fn do_close(id: PollId) -> DispatchResult {
		let poll = OpenPolls::<T>::get(id).ok_or(Error::<T>::NoSuchPoll)?;
		ensure!(T::Calendar::now() >= poll.ends_at, Error::<T>::PollRunning);
		let outcome = Outcome { passed: poll.tally.passes(poll.quorum), tally: poll.tally };
		OpenPolls::<T>::remove(id);
		Subjects::<T>::remove(poll.subject);
		Outcomes::<T>::insert(id, outcome);
		Self::deposit_event(Event::Closed { poll: id, subject: poll.subject, outcome });
		Ok(())
	}

	fn end_of(kind: PollKind, from: Moment) -> Option<Moment> {
		let days = match kind {
			PollKind::Audit => T::AuditDays::get(),
			PollKind::Appeal => T::AppealDays::get(),
			PollKind::Claim => T::ClaimDays::get(),
			PollKind::Veto => T::VetoDays::get(),
		};
		from.checked_add(T::Calendar::day_length().checked_mul(Moment::from(days))?)
	}

	/// Rounded up, and never zero: nobody decides nothing.
	fn quorum() -> Balance {
		T::Quorum::get().mul_ceil(T::Currency::total_issuance()).max(1)
	}
}
