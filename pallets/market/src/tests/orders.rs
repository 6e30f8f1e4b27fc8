//! The order book itself.

use super::scene::*;
use crate::{mock::*, types::*, Call, Error, Event, NextOrder, TradeFee};
use dmex_primitives::{lots::LotStatus, rights::Days, titles::Titles as _};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::Dispatchable, DispatchError, Permill};

#[test]
fn the_book_is_read_in_pages() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let orders: Vec<OrderId> =
			(1..=5).map(|price| list(&alice(), title, price * ONE)).collect();
		let page = Market::order_book(LOT, 0);
		let ids: Vec<OrderId> = page.orders.iter().map(|(id, _)| *id).collect();
		assert_eq!(ids, orders);
		assert_eq!((page.next, page.suspended), (None, false));
		NextOrder::<Test>::insert(LOT, 1_000);
		assert_eq!(Market::order_book(LOT, 3).next, Some(3 + PAGE));
		assert_eq!(Market::order_book(LOT, 900).next, None);
		assert_eq!(Market::order_book(LOT, OrderId::MAX).orders, vec![]);
		assert_eq!(Market::order_book(99, 0).orders, vec![]);
	});
}

#[test]
fn ids_are_never_used_again_and_may_run_out() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		NextOrder::<Test>::insert(LOT, OrderId::MAX);
		let listing = Call::list {
			series: LOT,
			title,
			price_per_unit: ONE,
			least_units: 1,
			liens_hash: None,
			expires: 110,
		};
		assert_noop!(call(alice(), listing), Error::<Test>::OrdersExhausted);
	});
}

#[test]
fn an_order_without_its_deposit_is_not_placed() {
	build_and_execute(|| {
		let poor = account(50);
		let offer = Call::make_offer {
			series: LOT,
			units: 1,
			least_units: 1,
			price_per_unit: ONE,
			least_backing_per_unit: 0,
			accept_suspended: false,
			expires: 110,
		};
		assert!(call(poor, offer).is_err());
		assert_eq!(NextOrder::<Test>::get(LOT), 0);
	});
}

#[test]
fn orders_of_a_lot_that_is_over_are_cleared_by_anyone() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let order = list(&alice(), title, ONE);
		let sale = open_sale(LOT, 10, outright(SLICE));
		let close = |order| call(carol(), Call::close_order { series: LOT, order });
		assert_noop!(close(sale), Error::<Test>::NotOrderMaker);
		assert_noop!(close(99), Error::<Test>::UnknownOrder);
		set_status(LOT, LotStatus::Matured);
		assert_ok!(close(order));
		assert_ok!(close(sale));
		assert_eq!((held_native(&alice()), held_native(&provider())), (0, 0));
	});
}

#[test]
fn the_fee_moves_in_small_steps_below_its_bound_and_open_orders_keep_theirs() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let order = list(&alice(), title, 1_000 * ONE);
		let set = |origin: RuntimeOrigin, parts| {
			let fee = Permill::from_parts(parts);
			let call = RuntimeCall::Market(Call::set_trade_fee { fee });
			call.dispatch(origin).map(|_| ()).map_err(|failed| failed.error)
		};
		assert_noop!(set(RuntimeOrigin::signed(alice()), 2_500), DispatchError::BadOrigin);
		assert_noop!(set(RuntimeOrigin::root(), 3_001), Error::<Test>::BadFee);
		assert_noop!(set(RuntimeOrigin::root(), 999), Error::<Test>::BadFee);
		for parts in 3..=10 {
			assert_ok!(set(RuntimeOrigin::root(), parts * 1_000));
		}
		assert_eq!(last_event(), Some(Event::TradeFeeSet { fee: Permill::from_percent(1) }));
		assert_noop!(set(RuntimeOrigin::root(), 10_001), Error::<Test>::BadFee);
		assert_eq!(TradeFee::<Test>::get(), Permill::from_percent(1));
		assert_eq!(Market::quote(LOT, order, 100).unwrap().fee, 200);
		let later = list(&alice(), title, 1_000 * ONE);
		assert_eq!(Market::quote(LOT, later, 100).unwrap().fee, 1_000);
	});
}

#[test]
fn a_title_that_its_provider_never_sold_is_not_traded() {
	build_and_execute(|| {
		let offer = Call::make_offer {
			series: LOT,
			units: 10,
			least_units: 1,
			price_per_unit: ONE,
			least_backing_per_unit: 0,
			accept_suspended: false,
			expires: today() + 10,
		};
		assert_ok!(call(bob(), offer));
		let order = newest(LOT);
		// His own, or a friend's: whatever it fetches has no slices and no deposit behind it.
		for owner in [provider(), alice()] {
			let title = Titles::issue(LOT, &owner, 10, 101).unwrap();
			let (least_units, expires) = (1, today() + 10);
			let days = Days { first: today() + 1, end: today() + 3 };
			for sells in [
				Call::list {
					series: LOT,
					title,
					price_per_unit: ONE,
					least_units,
					liens_hash: None,
					expires,
				},
				Call::accept_offer { series: LOT, order, title, units: 1, least_price: 1 },
				Call::open_auction { series: LOT, title, units: 10, reserve: 1, hours: 1 },
				Call::open_dutch {
					series: LOT,
					title,
					units: 10,
					least_units,
					start_per_unit: ONE,
					floor_per_unit: ONE,
					hours: 1,
				},
				Call::offer_lease {
					series: LOT,
					title,
					days,
					price_per_unit_day: ONE,
					least_units,
					expires,
				},
			] {
				assert_noop!(call(owner.clone(), sells), Error::<Test>::TitleNeverSold);
			}
		}
		// Nor when it is merged with one that was sold.
		let title = bought(&alice(), 10);
		let given = Titles::issue(LOT, &alice(), 10, 101).unwrap();
		list(&alice(), title, ONE);
		let merged = merge(LOT, &[title, given]).unwrap();
		let offer = Market::quote_offer(LOT, order, merged, 1);
		assert_eq!(offer, Err(Error::<Test>::TitleNeverSold.into()));
	});
}
