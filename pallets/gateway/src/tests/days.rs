//! Deposits fill the days that the pool credited, oldest first.

use crate::{mock::*, Error, FilledDays, LotBooks};
use frame_support::{assert_noop, assert_ok};

/// A deposit of the nth transaction to lot 0.
fn pay(n: u8, amount: u128) {
	let address = Gateway::address_of_lot(0).unwrap();
	arrive(&deposit_to(&address, WBTC, n, amount)).unwrap();
}

fn covered(day: u32) -> u128 {
	Gateway::covered(0, day).unwrap()
}

#[test]
fn the_oldest_day_is_filled_first_and_none_with_more_than_its_credit() {
	build_and_execute(|| {
		lot_address();
		for day in START..START + 3 {
			credit(day, 1_000, 49_000);
		}
		pass_days(3);
		pay(1, 60_000);
		assert_eq!([0, 1, 2].map(|age| covered(START + age)), [49_000, 11_000, 0]);
		pay(2, 60_000);
		assert_eq!([0, 1, 2].map(|age| covered(START + age)), [49_000, 49_000, 22_000]);
		pay(3, 60_000);
		assert_eq!([0, 1, 2].map(|age| covered(START + age)), [49_000, 49_000, 49_000]);
		// What is too much waits for the next days.
		credit(START + 3, 1_000, 49_000);
		assert_eq!(covered(START + 3), 33_000);
	});
}

#[test]
fn a_day_without_a_fact_is_credited_with_nothing_until_it_has_one() {
	build_and_execute(|| {
		lot_address();
		credit(START + 1, 1_000, 49_000);
		pass_days(2);
		pay(1, 49_000);
		assert_eq!([covered(START), covered(START + 1)], [0, 49_000]);
		credit(START, 1_000, 40_000);
		assert_eq!([covered(START), covered(START + 1)], [40_000, 9_000]);
	});
}

#[test]
fn an_old_day_is_filled_for_good() {
	build_and_execute(|| {
		lot_address();
		for day in START..START + 12 {
			credit(day, 1_000, 49_000);
		}
		pass_days(8);
		pay(1, 20_000);
		assert_noop!(Gateway::fill_days(signed(emil()), 0), Error::<Test>::NothingToFill);
		assert_noop!(Gateway::fill_days(signed(emil()), 5), Error::<Test>::NoDepositAddress);
		pass_days(1);
		idle();
		assert_eq!(LotBooks::<Test>::get(0).unwrap().cursor, START + 1);
		assert_eq!(FilledDays::<Test>::get(0, START).unwrap().covered, 20_000);
		// What comes now fills the days after it, and a fact that changes is not looked at.
		credit(START, 1_000, 1);
		pay(2, 49_000);
		assert_eq!([covered(START), covered(START + 1)], [20_000, 49_000]);
		// By a call as well.
		pass_days(2);
		assert_ok!(Gateway::fill_days(signed(emil()), 0));
		assert_eq!(LotBooks::<Test>::get(0).unwrap().cursor, START + 3);
		assert_eq!(covered(START + 2), 0);
	});
}

#[test]
fn a_deposit_first_closes_the_days_it_is_too_late_for() {
	build_and_execute(|| {
		lot_address();
		for day in START..START + 10 {
			credit(day, 1_000, 49_000);
		}
		pass_days(10);
		pay(1, 49_000);
		assert_eq!([0, 1, 2].map(|age| covered(START + age)), [0, 0, 49_000]);
	});
}

#[test]
fn days_before_the_first_yield_are_not_the_lots() {
	build_and_execute(|| {
		lot_address();
		for day in START..START + 3 {
			store::put("yield", day, None::<u128>);
			credit(day, 1_000, 49_000);
		}
		credit(START + 3, 1_000, 49_000);
		pass_days(12);
		idle();
		idle();
		let book = LotBooks::<Test>::get(0).unwrap();
		assert_eq!((book.start, book.cursor), (START + 3, START + 4));
		assert_eq!(book.totals.expected, 50_000_001);
	});
}

#[test]
fn chores_go_round_all_lots() {
	build_and_execute(|| {
		post(WBTC, 1..=20);
		for lot in 0..10 {
			open_lot(lot, provider());
			assert_ok!(Gateway::request_lot_address(signed(provider()), lot));
		}
		pass_days(20);
		for _ in 0..40 {
			idle();
		}
		assert!(LotBooks::<Test>::iter_values().all(|book| book.cursor == START + 12));
	});
}

#[test]
fn old_days_are_forgotten() {
	build_and_execute(|| {
		lot_address();
		for _ in 0..30 {
			pass_days(10);
			let _ = Gateway::fill_days(signed(emil()), 0);
		}
		assert_eq!(FilledDays::<Test>::iter_prefix(0).count(), 200);
		assert_eq!(Gateway::covered(0, START + 10), None);
		assert_eq!(Gateway::covered(0, START + 250), Some(0));
	});
}

#[test]
fn days_that_nobody_filled_for_long_are_not_walked_over() {
	build_and_execute(|| {
		lot_address();
		pass_days(65);
		assert_eq!(Gateway::covered(0, START + 17), Some(0));
		assert_eq!(Gateway::covered(0, START + 18), None);
		assert_ok!(Gateway::fill_days(signed(emil()), 0));
		assert_eq!(Gateway::covered(0, START + 64), Some(0));
	});
}
