//! Trade of titles: lots on sale, and days that the ledger has as short.

use super::World;
use crate::*;
use dmex_math::Fine;
use dmex_primitives::{
	calendar::Calendar,
	lots::{LotStatus, SaleModel},
	rights::MAX_LIENS,
	AccountId, CoinAmount, Day, LotId, TitleId,
};
use frame_benchmarking::account;
use pallet_hashpower::AllLots;
use pallet_income::{
	types::{DayRecord, Score, CLOSING_DAYS, PAGE_DAYS},
	Books, Pages,
};
use pallet_market::benchmarking::BenchmarkHelper;
use sp_runtime::Permill;

impl BenchmarkHelper<AccountId> for World {
	fn lot(outright: bool) -> (AccountId, LotId) {
		let provider = account("provider", 0, 0);
		let lot = Self::active(&provider, |terms| {
			if !outright {
				terms.sale = SaleModel::Deposit { holder_share: Permill::from_percent(50) };
			}
		});
		(provider, lot)
	}

	fn fund(who: &AccountId) {
		Self::endow(who, crate::genesis::STABLE_ASSET);
	}

	fn burden(lot: LotId, title: TitleId, pots: u32) {
		pallet_income::benchmarking::burden::<Runtime>(lot, &[title], pots.min(MAX_LIENS));
		if pots > MAX_LIENS {
			let (owner, _) = Titles::title(lot, title).unwrap();
			pallet_income::benchmarking::fill_pot::<Runtime>(lot, &owner);
		}
	}

	/// Nothing has arrived for it when it has to close.
	fn close_short(lot: LotId) {
		let day = Books::<Runtime>::get(lot).unwrap().closed_until;
		<Self as pallet_income::benchmarking::BenchmarkHelper<_>>::measure(lot, day, 1_000_000);
		let late = day.saturating_add(CLOSING_DAYS).saturating_sub(Periods::today());
		if late > 0 {
			<Self as pallet_hashpower::benchmarking::BenchmarkHelper<_>>::pass_days(late);
		}
		Books::<Runtime>::mutate_extant(lot, |book| book.arrivals = Default::default());
		Income::close_day(Self::signed(&account("provider", 0, 0)), lot).unwrap();
		assert!(Books::<Runtime>::get(lot).unwrap().debt > 0, "the day was short");
	}

	fn record_short_day(lot: LotId, day: Day) {
		Self::record_days(lot, day, 2_000, 1_000);
	}

	fn pass_hours(hours: u32) {
		let now = Periods::now().saturating_add(Periods::hours(hours));
		pallet_timestamp::Now::<Runtime>::put(now);
	}

	fn mature(lot: LotId) {
		AllLots::<Runtime>::mutate_extant(lot, |lot| lot.status = LotStatus::Matured);
	}
}

impl World {
	/// Writes the lot's days up to `last` into the ledger, the last as lost as far as it is not
	/// delivered, the others as empty.
	pub(super) fn record_days(lot: LotId, last: Day, due: CoinAmount, delivered: CoinAmount) {
		let mut book = Books::<Runtime>::get(lot).unwrap();
		let units = pallet_titles::Series::<Runtime>::get(lot).unwrap().issued;
		for day in book.closed_until..last.saturating_add(1) {
			let part = |amount: CoinAmount| if day == last { amount } else { 0 };
			let record = DayRecord {
				index: Fine::ZERO,
				short_index: Fine::ZERO,
				made_up_index: Fine::ZERO,
				lost_index: Fine::ZERO,
				lost: 0,
				deficit: 0,
				units,
				due: part(due),
				delivered: part(delivered),
				made_up: 0,
				earned: part(due),
				measured: None,
				score: Score::Fact,
			};
			let page = day.saturating_sub(book.start).checked_div(PAGE_DAYS).unwrap();
			Pages::<Runtime>::mutate(lot, page, |page| page.try_push(record)).unwrap();
		}
		book.closed_until = last.saturating_add(1);
		book.make_up_until = book.closed_until;
		book.told_until = book.closed_until;
		book.lost = due.saturating_sub(delivered);
		Books::<Runtime>::insert(lot, book);
	}
}
