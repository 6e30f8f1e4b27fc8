//! Whether a lot is paid at its own address, and how much power its payouts imply.

use crate::{
	pallet::*,
	types::{LotBook, LUCK_DAYS, PAYOUT_DAYS},
};
use dmex_addresses::spellings;
use dmex_math::implied_power;
use dmex_primitives::{
	calendar::Calendar,
	facts::{DayFact, DayPower, EffectivePower, Facts, PoolAccounts},
	lots::{LotInfo, Lots, Payout, Readiness},
	Day, LotId, PoolAccountId,
};
use frame_support::ensure;
use sp_core::H256;
use sp_runtime::DispatchResult;

/// Closed days in which a pool's word on where it pays is looked for.
const PAYOUT_SEARCH_DAYS: Day = 8;

impl<T: Config> Pallet<T> {
	/// Power of an account on a day; `None` where nothing can be said: no lot, no address, no fact.
	pub(crate) fn power_on(account: PoolAccountId, day: Day) -> Option<DayPower> {
		let lot = T::Lots::lot_of_account(account)?;
		let book = LotBooks::<T>::get(lot)?;
		if day < book.start {
			return None;
		}
		let measured = match T::Facts::closed_day(account, day).ok()? {
			DayFact::Value(reading) => reading.power,
			DayFact::Refused => {
				return Self::refused_twice(account, day).then_some(DayPower::Paid(0))
			},
		};
		let through = Self::covered_through(lot, &book, day)?;
		if through.totals.expected == 0 {
			return None;
		}
		let age = T::Calendar::today().saturating_sub(day);
		if !through.complete && age < PAYOUT_DAYS {
			return Some(DayPower::Unpaid(measured));
		}
		let info = T::Lots::lot(lot)?;
		let before = match day.checked_sub(Self::averaged_days(&info)) {
			Some(before) => Self::covered_through(lot, &book, before)?.totals,
			None => Default::default(),
		};
		let covered = through.totals.covered.saturating_sub(before.covered);
		let expected = through.totals.expected.saturating_sub(before.expected);
		let fee = T::PoolAccounts::source_of(account).map(T::PoolAccounts::pool_fee)?;
		let implied = implied_power(covered, book.reference, expected, fee.deconstruct());
		Some(DayPower::Paid(measured.min(implied)))
	}

	/// Whether the pool refused the account on this day and on the one before or after: one day alone
	/// is no measurement.
	fn refused_twice(account: PoolAccountId, day: Day) -> bool {
		let refused = |day| matches!(T::Facts::closed_day(account, day), Ok(DayFact::Refused));
		refused(day) && (refused(day.saturating_add(1)) || day.checked_sub(1).is_some_and(refused))
	}

	fn averaged_days(info: &LotInfo<T::AccountId>) -> Day {
		match info.payout {
			Payout::Fpps => 1,
			Payout::Pplns | Payout::Solo => LUCK_DAYS,
		}
	}

	/// Hash of the address that the pool last said it pays to.
	fn told_payout(account: PoolAccountId) -> Option<H256> {
		let today = T::Calendar::today();
		(1..=PAYOUT_SEARCH_DAYS).find_map(|age| {
			match T::Facts::closed_day(account, today.checked_sub(age)?) {
				Ok(DayFact::Value(reading)) => reading.payout,
				_ => None,
			}
		})
	}

	/// Whether the hash is of the book's address, in any of its spellings.
	fn is_address_of(book: &LotBook<T::AccountId>, told: H256) -> Result<bool, Error<T>> {
		let format = Self::format_behind(&Self::gate_of(book.asset)?)?;
		let written = spellings(format, &book.address.address);
		Ok(written.iter().any(|text| Self::hash_of(text) == told))
	}
}

impl<T: Config> EffectivePower for Pallet<T> {
	const MOST_UNPAID: Day = PAYOUT_DAYS;

	fn effective_power(account: PoolAccountId, day: Day) -> Option<DayPower> {
		Self::power_on(account, day)
	}

	fn counted_from(account: PoolAccountId) -> Option<Day> {
		let lot = T::Lots::lot_of_account(account)?;
		LotBooks::<T>::get(lot).map(|book| book.start)
	}
}

impl<T: Config> Readiness for Pallet<T> {
	fn ensure_ready(lot: LotId, account: PoolAccountId) -> DispatchResult {
		let info = T::Lots::lot(lot).ok_or(Error::<T>::UnknownLot)?;
		ensure!(info.account == account, Error::<T>::AccountOfOtherLot);
		let book = LotBooks::<T>::get(lot).ok_or(Error::<T>::NoDepositAddress)?;
		if let Some(told) = Self::told_payout(account) {
			ensure!(Self::is_address_of(&book, told)?, Error::<T>::PayoutAddressOther);
		}
		ensure!(book.arrived > 0, Error::<T>::PayoutNotArrived);
		Ok(())
	}
}
