//! Dutch auctions.

use super::scene::*;
use crate::{mock::*, types::*, Call, Error, Event, Orders};
use dmex_primitives::{lots::LotStatus, titles::LockReason, Balance, TitleId, Units};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn open(title: TitleId, units: Units, start: UnitPrice, floor: UnitPrice) -> Call<Test> {
	Call::open_dutch {
		series: LOT,
		title,
		units,
		least_units: 5,
		start_per_unit: start,
		floor_per_unit: floor,
		hours: 6,
	}
}

fn take(order: OrderId, units: Units, max_price: Balance) -> DispatchResult {
	let title = Orders::<Test>::get(LOT, order).and_then(|order| order.locks()).unwrap_or(0);
	let expected = seen(title, max_price);
	call(bob(), Call::buy { series: LOT, order, units, expected })
}

#[test]
fn the_price_falls_and_parts_are_taken() {
	build_and_execute(|| {
		let whole = bought(&alice(), 100);
		let had = stable(&alice());
		assert_ok!(call(alice(), open(whole, 60, 115 * ONE, 80 * ONE)));
		let order = newest(LOT);
		assert_eq!(Market::quote(LOT, order, 10).unwrap().price, 1_150);
		assert_noop!(take(order, 10, 1_149), Error::<Test>::PriceAboveLimit);
		pass_hours(3);
		// Half of the way: 97.5.
		assert_eq!(Market::quote(LOT, order, 10).unwrap().price, 975);
		assert_ok!(take(order, 10, 975));
		let Some(Event::Traded { title: sold, rest: Some(rest), fee: 2, .. }) = last_event() else {
			panic!()
		};
		assert_eq!(owner_of(LOT, sold), Some(bob()));
		assert_eq!(Titles::title(LOT, sold).unwrap().1.locked_by, None);
		assert_eq!(Titles::title(LOT, rest).unwrap().1.locked_by, Some(LockReason::Auction));
		assert_eq!(units_of(LOT, rest), 50);
		assert_eq!(stable(&alice()), had + 973);
		check_books();
		assert_noop!(take(order, 4, Balance::MAX), Error::<Test>::TooFewUnits);
		Now::mutate(|now| *now += 3 * HOUR - 1);
		assert_ok!(take(order, 50, 4_001));
		assert_eq!(owner_of(LOT, rest), Some(bob()));
		assert_eq!(Orders::<Test>::get(LOT, order), None);
	});
}

#[test]
fn what_nobody_takes_is_unlocked_by_anyone() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		assert_ok!(call(alice(), open(title, 100, 115 * ONE, 80 * ONE)));
		let order = newest(LOT);
		let close = |who| call(who, Call::close_order { series: LOT, order });
		assert_noop!(close(carol()), Error::<Test>::NotOrderMaker);
		pass_hours(6);
		assert_noop!(take(order, 10, Balance::MAX), Error::<Test>::OrderExpired);
		assert_ok!(close(carol()));
		assert_eq!(Titles::title(LOT, title).unwrap().1.locked_by, None);
	});
}

#[test]
fn a_seller_takes_it_back_at_any_time() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		assert_ok!(call(alice(), open(title, 100, 115 * ONE, 80 * ONE)));
		let order = newest(LOT);
		assert_ok!(call(alice(), Call::close_order { series: LOT, order }));
		assert_eq!(Titles::title(LOT, title).unwrap().1.locked_by, None);
		assert_eq!(held_native(&alice()), 0);
	});
}

#[test]
fn bad_prices_and_suspended_lots_are_refused() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let refused = [
			(open(title, 50, ONE, 2 * ONE), Error::<Test>::FloorAboveStart),
			(open(title, 50, ONE, 0), Error::<Test>::ZeroPrice),
			(open(title, 4, ONE, ONE), Error::<Test>::TooManyUnits),
			(open(title, 0, ONE, ONE), Error::<Test>::ZeroUnits),
			(open(title, 101, ONE, ONE), Error::<Test>::TooManyUnits),
			(open(title, Units::MAX, UnitPrice::MAX, ONE), Error::<Test>::PriceOverflow),
		];
		for (wrong, error) in refused {
			assert_noop!(call(alice(), wrong), error);
		}
		assert_ok!(call(alice(), open(title, 100, 115 * ONE, 80 * ONE)));
		let order = newest(LOT);
		let expected = seen(title, Balance::MAX);
		let own = Call::buy { series: LOT, order, units: 10, expected };
		assert_noop!(call(alice(), own), Error::<Test>::OwnOrder);
		set_status(LOT, LotStatus::Suspended);
		assert_noop!(take(order, 10, Balance::MAX), Error::<Test>::LotSuspended);
		set_status(LOT, LotStatus::Matured);
		assert_noop!(take(order, 10, Balance::MAX), Error::<Test>::LotOver);
	});
}
