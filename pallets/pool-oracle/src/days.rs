//! Closed days: what money reads.

use crate::{
	pallet::*,
	types::{DayRecord, Support, AMENDMENT},
};
use dmex_primitives::{
	facts::{DayFact, Reading},
	Day, PoolAccountId, Power,
};

impl<T: Config> Pallet<T> {
	/// The fact that a reading of a closed day would be.
	pub(crate) fn day_fact(reading: &Reading) -> Option<DayFact> {
		match reading {
			Reading::Refused => Some(DayFact::Refused),
			Reading::ClosedDay(day) => Some(DayFact::Value(*day)),
			_ => None,
		}
	}

	/// Whether votes on a closed day may begin: attempts 0 to 6 while nothing is agreed, the
	/// amendment where something is and was not amended yet.
	pub(crate) fn is_day_due(account: PoolAccountId, day: Day, attempt: u8) -> bool {
		if Followed::<T>::get(account).is_none_or(|since| day < since) {
			return false;
		}
		let source = Accounts::<T>::get(account).and_then(|known| Sources::<T>::get(known.source));
		if source.is_none_or(|source| !source.open) {
			return false;
		}
		match DayFacts::<T>::get(day, account) {
			None => attempt < AMENDMENT,
			Some(record) => attempt == AMENDMENT && record.attempt != AMENDMENT,
		}
	}

	/// Acts on what a quorum said of a closed day.
	pub(crate) fn agree_day(
		account: PoolAccountId,
		day: Day,
		attempt: u8,
		reading: &Reading,
		support: Support,
	) {
		let Some(fact) = Self::day_fact(reading) else { return };
		let voters = support.voters;
		let record = DayRecord { fact, attempt, support };
		match DayFacts::<T>::get(day, account) {
			None if attempt < AMENDMENT => {
				DayFacts::<T>::insert(day, account, record);
				Self::note_days(None, Some(day));
				Self::deposit_event(Event::DayAgreed { account, day, fact, voters });
			},
			Some(old) if attempt == AMENDMENT && old.attempt != AMENDMENT => {
				let before = old.fact;
				DayFacts::<T>::insert(day, account, record);
				Self::deposit_event(Event::DayAmended { account, day, before, fact, voters });
			},
			// Votes on an earlier attempt that arrive after another attempt closed change nothing.
			_ => {},
		}
	}

	fn fact_of(account: PoolAccountId, day: Day) -> Option<DayFact> {
		DayFacts::<T>::get(day, account).map(|record| record.fact)
	}

	/// Power that the pool vouches for. Two refused days running are measured as zero, or revoking
	/// a token would stop every clock; one alone is no measurement.
	pub(crate) fn power_of(account: PoolAccountId, day: Day) -> Option<Power> {
		match Self::fact_of(account, day)? {
			DayFact::Value(value) => Some(value.power),
			DayFact::Refused => {
				let neighbours = [day.checked_sub(1), day.checked_add(1)];
				let mut facts = neighbours.into_iter().flatten();
				facts
					.any(|near| Self::fact_of(account, near) == Some(DayFact::Refused))
					.then_some(0)
			},
		}
	}
}
