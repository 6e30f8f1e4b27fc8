//! Silence: validators that stop answering lose their seats, a few at a time.

use crate::{tolerated_faults, Candidates, Cause, Config, Pallet, Standing};
use alloc::vec::Vec;
use dmex_primitives::validators::Attendance;
use frame_support::traits::Get;

impl<T: Config> Attendance<T::AccountId> for Pallet<T> {
	/// Counts the session for everyone, and ejects those silent for too many in a row: at most
	/// ⌊(n−1)/3⌋ a session, the longest silent first, none if the minimum number needs it. So
	/// neither a partition nor a conspiracy of that size can empty the set.
	fn session_ended(silent: &[T::AccountId]) {
		let validators = pallet_session::Pallet::<T>::validators();
		let mut overdue: Vec<(u32, T::AccountId)> = validators
			.iter()
			.filter_map(|who| Some((Self::count_silence(who, silent.contains(who))?, who.clone())))
			.collect();
		overdue.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
		for (_, who) in overdue.iter().take(tolerated_faults(validators.len())) {
			if Self::can_spare(who) {
				Self::eject(who, Cause::Silent);
			}
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Notes one session of `who`. Answers the sessions in a row that it was silent, if it is
	/// admitted and they are too many.
	fn count_silence(who: &T::AccountId, silent: bool) -> Option<u32> {
		let mut candidate = Candidates::<T>::get(who)?;
		let silent_for = if silent { candidate.silent_for.saturating_add(1) } else { 0 };
		let overdue =
			candidate.standing == Standing::Admitted && silent_for >= T::SilenceLimit::get();
		if candidate.silent_for != silent_for {
			candidate.silent_for = silent_for;
			Candidates::<T>::insert(who, candidate);
		}
		overdue.then_some(silent_for)
	}
}
