//! What is done for one lot or one title costs the same for ten titles and for a million. With
//! `-- --nocapture` the figures are shown.

use crate::{mock::*, types::TitleBook, TitleBooks};
use dmex_primitives::{AccountId, TitleId, Units};
use frame_support::storage::{with_transaction, TransactionOutcome};
use sp_runtime::{DispatchError, Permill};
use std::time::{Duration, Instant};

/// Bob's title; the others are Alice's.
const TITLE: TitleId = 1;
const REPEATS: usize = 21;

/// A lot with so many titles, whose day 101 can be closed.
fn lot_of(titles: u32) -> sp_io::TestExternalities {
	let mut ext = ext();
	ext.execute_with(|| {
		change_lot(LOT, |info| info.fee = Permill::zero());
		let units = Units::from(titles) * 10;
		issue(&alice(), units - 10);
		assert_eq!(issue(&bob(), 10), TITLE);
		// As parts of the first title, written directly: a million splits take their time.
		let whole = title_book(0);
		let (_, item) = Titles::title(LOT, 0).unwrap();
		for id in (0..titles).filter(|id| *id != TITLE) {
			let part = TitleBook::<AccountId> { units: 10, ..whole.clone() };
			TitleBooks::<Test>::insert(LOT, id, part);
			pallet_titles::LiveTitles::<Test>::insert(LOT, id, item);
		}
		pallet_titles::Series::<Test>::mutate(LOT, |series| {
			series.as_mut().unwrap().next_title = titles;
		});
		agree(101, units * 50, units);
		Today::set(102);
		System::reset_events();
	});
	ext
}

/// Keys that something writes, and its median time. It is done for good once.
fn cost(ext: &mut sp_io::TestExternalities, work: impl Fn()) -> (usize, Duration) {
	ext.commit_all().unwrap();
	let mut times = ext.execute_with(|| {
		let time = || {
			let start = Instant::now();
			let undone = with_transaction(|| {
				work();
				TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
			});
			undone.map(|()| start.elapsed()).unwrap()
		};
		(0..REPEATS).map(|_| time()).collect::<Vec<_>>()
	});
	times.sort();
	ext.execute_with(work);
	let keys = ext.overlayed_changes().changes().count();
	(keys, times[REPEATS / 2])
}

type Costs = [(&'static str, usize, Duration); 4];

fn costs(titles: u32) -> Costs {
	let mut ext = lot_of(titles);
	let named = |name, (keys, time)| (name, keys, time);
	[
		named("remit", cost(&mut ext, || arrive(Units::from(titles) * 500))),
		named("close a day", cost(&mut ext, || assert_eq!(Income::visit(LOT), 1))),
		named("pay a title", cost(&mut ext, || claim(TITLE))),
		named(
			"split a title",
			cost(&mut ext, || {
				let parts = vec![4, 6].try_into().unwrap();
				Titles::split(RuntimeOrigin::signed(bob()), LOT, TITLE, parts).unwrap();
			}),
		),
	]
}

#[test]
fn a_day_a_payment_and_a_split_cost_the_same_for_a_million_titles() {
	let few = costs(10);
	for titles in [10_000, 1_000_000] {
		let many = costs(titles);
		for ((name, keys, time), (_, keys_of_few, time_of_few)) in many.iter().zip(&few) {
			println!(
				"{name}: {titles} titles {time:?} and {keys} keys, ten titles {time_of_few:?}"
			);
			assert_eq!(keys, keys_of_few, "{name}");
		}
	}
}
