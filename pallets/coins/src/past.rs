//! Networks as they were agreed for days that are over.

use crate::{
	pallet::*,
	types::{DAYS_KEPT, LOOK_BACK_DAYS, PAST_SLOTS},
};
use dmex_primitives::{calendar::Calendar, facts::NetworkFact, CoinId, Day};

/// Place of a day in the ring of the coin's last days.
pub(crate) fn slot_of(day: Day) -> u32 {
	day.checked_rem(PAST_SLOTS).unwrap_or_default()
}

impl<T: Config> Pallet<T> {
	/// Keeps what was agreed as the state of the day on which it was agreed; the last of a day
	/// stays. It takes the place of the day that is too old to be asked for: O(1), whatever was
	/// skipped.
	pub(crate) fn keep(id: CoinId, fact: &NetworkFact) {
		let day = T::Calendar::day_of(fact.agreed_at);
		let slot = slot_of(day);
		let known = Past::<T>::get(id, slot).map(|known| T::Calendar::day_of(known.agreed_at));
		// What is newer is never given up for what is older.
		if known.is_none_or(|known| known <= day) {
			Past::<T>::insert(id, slot, *fact);
		}
	}

	/// The state of a network on a day that is over: what was agreed on that day, else on the
	/// nearest before it that is not too far.
	///
	/// `None` for days that are not over, or so old that it would depend on when one asks.
	pub(crate) fn network_on(id: CoinId, day: Day) -> Option<NetworkFact> {
		let age = T::Calendar::today().checked_sub(day)?;
		if age == 0 || age > DAYS_KEPT {
			return None;
		}
		(0..=LOOK_BACK_DAYS).filter_map(|back| day.checked_sub(back)).find_map(|day| {
			let fact = Past::<T>::get(id, slot_of(day))?;
			(T::Calendar::day_of(fact.agreed_at) == day).then_some(fact)
		})
	}
}
