//! What the ledger does when titles begin, split, merge and end.

use crate::{
	ledger::Ledger,
	types::{Cursor, Lien, Liens, TitleBook},
	Books, Config, Error, HoldReason, Pallet, Starting, TitleBooks,
};
use alloc::vec::Vec;
use dmex_math::{mul_div, Fine, Rounding};
use dmex_primitives::{
	lots::Lots,
	rights::Days,
	titles::{Title, TitleHooks, Titles},
	Balance, Day, SeriesId, TitleId, Units,
};
use frame_support::{
	defensive, ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{InspectHold, MutateHold},
		tokens::Precision,
		Get,
	},
};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Holds the deposit of a lien if `who` has it, and answers what was held.
	pub(crate) fn hold_if_possible(who: &T::AccountId) -> Balance {
		let amount = T::LienDeposit::get();
		match T::Native::hold(&HoldReason::Lien.into(), who, amount) {
			Ok(()) => amount,
			Err(_) => 0,
		}
	}

	/// Returns the deposit of a lien.
	pub(crate) fn release_lien(lien: &Lien<T::AccountId>) {
		if lien.deposit == 0 {
			return;
		}
		let reason = HoldReason::Lien.into();
		let released =
			T::Native::release(&reason, &lien.payer, lien.deposit, Precision::BestEffort);
		if released != Ok(lien.deposit) {
			defensive!("the deposit of a lien is not there");
		}
	}

	/// Writes the book of a title that begins.
	fn begin(series: SeriesId, title: TitleId, of: &Title) -> Option<()> {
		let info = T::Lots::lot(series)?;
		Self::ensure_book(series, &info).ok()?;
		let book = Books::<T>::get(series)?;
		// Days that are closed are divided already.
		let first_day = of.first_day.max(book.closed_until);
		let starting = Starting::<T>::get(series, first_day).checked_add(of.units)?;
		Starting::<T>::insert(series, first_day, starting);
		let cursor = Cursor {
			paid_until: first_day,
			made_up: book.made_up.index,
			award: book.awards,
			carry: Fine::ZERO,
		};
		let liens = Liens::default();
		let title_book = TitleBook { units: of.units, first_day, cursor, paid: 0, liens };
		TitleBooks::<T>::insert(series, title, title_book);
		Some(())
	}

	/// Divides a title's book among its parts.
	fn divide(series: SeriesId, parent: TitleBook<T::AccountId>, parts: &[(TitleId, Units)]) {
		let payer = parts.first().and_then(|(part, _)| T::Titles::title(series, *part));
		let mut left = parent.paid;
		let mut first: Option<(TitleId, TitleBook<T::AccountId>)> = None;
		for (nth, (id, units)) in parts.iter().enumerate() {
			let mut part = TitleBook { units: *units, ..parent.clone() };
			part.paid =
				mul_div(parent.paid, *units, parent.units, Rounding::Down).unwrap_or_default();
			left = left.saturating_sub(part.paid);
			if nth == 0 {
				// Fractions, and the deposits that are there, stay with the first part.
				first = Some((*id, part));
				continue;
			}
			part.cursor.carry = Fine::ZERO;
			for lien in part.liens.iter_mut() {
				if let Some((owner, _)) = &payer {
					lien.payer = owner.clone();
				}
				lien.deposit = Self::hold_if_possible(&lien.payer);
			}
			TitleBooks::<T>::insert(series, id, part);
		}
		if let Some((id, mut part)) = first {
			part.paid = part.paid.saturating_add(left);
			TitleBooks::<T>::insert(series, id, part);
		}
	}

	/// The liens of a title as they matter: their days that are not final, or for which their holder
	/// was not paid.
	fn live_liens(
		series: SeriesId,
		title: &TitleBook<T::AccountId>,
		ledger: &mut Ledger<T>,
	) -> Vec<(Days, T::AccountId)> {
		let mut live = Vec::new();
		for lien in &title.liens {
			if !Self::is_over(series, lien, ledger) {
				let Days { first, end } = lien.days;
				let first = first.max(ledger.book.final_until);
				live.push((Days { first, end }, lien.holder.clone()));
			}
		}
		live
	}

	fn ensure_mergeable(series: SeriesId, titles: &[TitleId]) -> DispatchResult {
		let Some(mut ledger) = Ledger::<T>::open(series) else { return Ok(()) };
		let final_until = ledger.book.final_until;
		let mut common = None;
		for id in titles {
			let title = TitleBooks::<T>::get(series, id).ok_or(Error::<T>::UnknownTitle)?;
			let claim = Self::unpaid_of_title(&mut ledger, &title).ok_or(Error::<T>::OutOfRange)?;
			ensure!(claim.cursor.award == ledger.book.awards, Error::<T>::AwardsUnpaid);
			let first_day = title.first_day.max(final_until);
			let rights = (first_day, Self::live_liens(series, &title, &mut ledger));
			match &common {
				None => common = Some(rights),
				Some(others) => ensure!(*others == rights, Error::<T>::RightsDiffer),
			}
		}
		Ok(())
	}

	/// Adds up the books of titles that are settled and have equal rights.
	fn join(series: SeriesId, titles: &[TitleId]) -> Option<TitleBook<T::AccountId>> {
		let mut sum: Option<TitleBook<T::AccountId>> = None;
		for id in titles {
			let title = TitleBooks::<T>::take(series, id)?;
			let Some(joined) = &mut sum else {
				sum = Some(title);
				continue;
			};
			title.liens.iter().for_each(Self::release_lien);
			joined.units = joined.units.checked_add(title.units)?;
			joined.first_day = joined.first_day.max(title.first_day);
			joined.cursor.paid_until = joined.cursor.paid_until.max(title.cursor.paid_until);
			joined.cursor.carry = joined.cursor.carry.checked_add(title.cursor.carry)?;
			joined.paid = joined.paid.saturating_add(title.paid);
		}
		sum
	}
}

impl<T: Config> TitleHooks<T::AccountId> for Pallet<T> {
	/// Series that are no lots are not ours.
	fn on_issue(series: SeriesId, title: TitleId, _: &T::AccountId, of: &Title) {
		if T::Lots::lot(series).is_some() && Self::begin(series, title, of).is_none() {
			defensive!("a title of a lot has no book");
		}
	}

	fn can_split(series: SeriesId, title: TitleId, parts: &[Units]) -> DispatchResult {
		let Some(book) = TitleBooks::<T>::get(series, title) else { return Ok(()) };
		if book.liens.is_empty() {
			return Ok(());
		}
		let (owner, _) = T::Titles::title(series, title).ok_or(Error::<T>::UnknownTitle)?;
		let more = parts.len().saturating_sub(1).saturating_mul(book.liens.len());
		let more = Balance::try_from(more).unwrap_or(Balance::MAX);
		let deposits = T::LienDeposit::get().saturating_mul(more);
		T::Native::ensure_can_hold(&HoldReason::Lien.into(), &owner, deposits)
	}

	fn on_split(series: SeriesId, parent: TitleId, parts: &[(TitleId, Units)]) {
		if let Some(book) = TitleBooks::<T>::take(series, parent) {
			Self::divide(series, book, parts);
		}
	}

	fn can_merge(series: SeriesId, titles: &[TitleId]) -> DispatchResult {
		Self::ensure_mergeable(series, titles)
	}

	fn on_merge(series: SeriesId, titles: &[TitleId], merged: TitleId) {
		if !Books::<T>::contains_key(series) {
			return;
		}
		match Self::join(series, titles) {
			Some(book) => TitleBooks::<T>::insert(series, merged, book),
			None => {
				defensive!("titles could not be joined");
			},
		}
	}

	fn settle(series: SeriesId, title: TitleId, owner: &T::AccountId) {
		Self::pay_title(series, title, owner, |_, _| 0);
	}

	/// Nothing destroys units: the days that are left stay with whoever owned the title.
	fn on_burn(series: SeriesId, title: TitleId, owner: &T::AccountId) {
		if TitleBooks::<T>::contains_key(series, title)
			&& with_storage_layer(|| Self::keep_days(series, title, owner, owner, Day::MAX))
				.is_err()
		{
			defensive!("days of a title that ended have no right");
		}
	}

	fn liens(series: SeriesId, title: TitleId) -> u32 {
		Self::liens_of(series, title)
	}
}
