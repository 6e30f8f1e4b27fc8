//! A trade costs the same in a book of ten orders and of a million. With `-- --nocapture` the figures
//! are shown.

use super::scene::*;
use crate::{mock::*, types::OrderId, Call, Orders};
use dmex_primitives::{Balance, TitleId};
use frame_support::storage::{with_transaction, TransactionOutcome};
use sp_runtime::DispatchError;
use std::time::{Duration, Instant};

const REPEATS: usize = 21;

/// A listing in a book of so many orders.
fn book_of(orders: u32) -> (sp_io::TestExternalities, TitleId, OrderId) {
	let mut ext = ext();
	let (title, order) = ext.execute_with(|| {
		let title = bought(&alice(), 100);
		let order = list(&alice(), title, ONE);
		let listing = Orders::<Test>::get(LOT, order).unwrap();
		for id in order + 1..order + orders {
			Orders::<Test>::insert(LOT, id, &listing);
		}
		System::reset_events();
		(title, order)
	});
	(ext, title, order)
}

/// Keys that a purchase of a part writes, and its median time.
fn cost(orders: u32) -> (usize, Duration) {
	let (mut ext, title, order) = book_of(orders);
	ext.commit_all().unwrap();
	let buy = || {
		let expected = seen(title, Balance::MAX);
		call(bob(), Call::buy { series: LOT, order, units: 40, expected }).unwrap();
	};
	let mut times = ext.execute_with(|| {
		let time = || {
			let start = Instant::now();
			let undone = with_transaction(|| {
				buy();
				TransactionOutcome::Rollback(Ok::<_, DispatchError>(()))
			});
			undone.map(|()| start.elapsed()).unwrap()
		};
		(0..REPEATS).map(|_| time()).collect::<Vec<_>>()
	});
	times.sort();
	ext.execute_with(buy);
	(ext.overlayed_changes().changes().count(), times[REPEATS / 2])
}

#[test]
fn a_trade_costs_the_same_in_a_book_of_a_million_orders() {
	let few = cost(10);
	for orders in [10_000, 1_000_000] {
		let many = cost(orders);
		println!("buy a part: {orders} orders {many:?}, ten orders {few:?}");
		assert_eq!(many.0, few.0);
	}
}
