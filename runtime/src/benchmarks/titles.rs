//! Titles of a lot's series, of which the ledger of days and the market keep books.

use super::World;
use crate::*;
use alloc::vec::Vec;
use dmex_primitives::{titles::Titles as _, AccountId, SeriesId, TitleId, Units};
use frame_benchmarking::account;
use pallet_market::types::Stream;
use pallet_titles::benchmarking::BenchmarkHelper;

/// Any amount behind a title.
const BEHIND: u128 = 1_000_000;

impl BenchmarkHelper<AccountId> for Runtime {
	fn titles(owner: &AccountId, count: u32, units: Units) -> (SeriesId, Vec<TitleId>) {
		let provider = account("provider", 0, 0);
		let lot = <World as pallet_income::benchmarking::BenchmarkHelper<_>>::lot(&provider);
		World::endow(owner, crate::genesis::STABLE_ASSET);
		let first_day = Periods::today().saturating_add(1);
		let issue = |_| {
			let title = Titles::issue(lot, owner, units, first_day).unwrap();
			// No lot has both; nothing that is kept of a title is left out.
			let stream = Stream { per_day: BEHIND, first_day };
			pallet_market::Streams::<Runtime>::insert(lot, title, stream);
			pallet_market::Deposits::<Runtime>::insert(lot, title, BEHIND);
			pallet_market::Sold::<Runtime>::insert(lot, title, ());
			title
		};
		(lot, (0..count).map(issue).collect())
	}

	fn burden(series: SeriesId, titles: &[TitleId], liens: u32, paid: bool) {
		let holders = pallet_income::benchmarking::burden::<Runtime>(series, titles, liens);
		if paid {
			for holder in holders {
				pallet_income::Pots::<Runtime>::remove(series, holder);
			}
		}
	}
}
