//! Titles at a fixed price.

use super::scene::*;
use crate::{mock::*, types::*, Call, Error, Event, Orders};
use dmex_primitives::{
	lots::LotStatus,
	rights::{Days, Rights},
	titles::{LockReason, Titles as _},
	Balance, Units,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

/// 1,234.5 stablecoin units for a unit.
const PRICE: UnitPrice = 1_234 * ONE + ONE / 2;

fn buy(order: OrderId, units: Units, expected: Expected) -> DispatchResult {
	call(bob(), Call::buy { series: LOT, order, units, expected })
}

#[test]
fn a_listed_title_is_sold_whole() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let had = stable(&alice());
		let order = list(&alice(), title, PRICE);
		assert_eq!(held_native(&alice()), ORDER_DEPOSIT);
		let quote = Market::quote(LOT, order, 100).unwrap();
		let (price, fee) = (123_450, fee(123_450));
		assert_eq!((quote.price, quote.fee, fee), (price, 247, 247));
		assert_eq!((quote.slice_per_day, quote.deposit, quote.clean), (4_000, 0, true));
		assert_eq!(quote.days, Days { first: 101, end: 131 });

		assert_ok!(buy(order, 100, seen(title, price)));
		assert_eq!(owner_of(LOT, title), Some(bob()));
		assert_eq!(stable(&bob()), FUNDS - price);
		assert_eq!(stable(&alice()), had + price - fee);
		assert_eq!(stable(&fund()), FUNDS + 74);
		assert_eq!(stable(&treasury()), FUNDS + 247 - 74);
		assert_eq!(Orders::<Test>::get(LOT, order), None);
		assert_eq!(held_native(&alice()), 0);
		// The stream goes on with the title.
		assert_eq!(Market::stream(LOT, title).unwrap().per_day, 4_000);
		let traded = Event::Traded {
			series: LOT,
			order,
			title,
			rest: None,
			seller: alice(),
			buyer: bob(),
			units: 100,
			price,
			fee,
			suspended: false,
		};
		assert_eq!(last_event(), Some(traded));
	});
}

#[test]
fn what_vests_after_the_term_goes_with_the_title() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		store::put("ends", LOT, 311u32);
		to_day(200);
		let order = list(&alice(), title, PRICE);
		assert_eq!(Market::quote(LOT, order, 100).unwrap().days.end, 311);
		assert_ok!(buy(order, 100, seen(title, 123_450)));
		assert_eq!(owner_of(LOT, title), Some(bob()));
	});
}

#[test]
fn a_part_is_cut_off_and_the_rest_stays_listed() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let order = list(&alice(), title, PRICE);
		// 1,234.5 for one unit: 1,235, against the buyer.
		assert_ok!(buy(order, 1, seen(title, 1_235)));
		let Some(Event::Traded { title: sold, rest: Some(rest), price: 1_235, .. }) = last_event()
		else {
			panic!("{:?}", last_event())
		};
		assert_eq!((owner_of(LOT, sold), units_of(LOT, sold)), (Some(bob()), 1));
		assert_eq!((owner_of(LOT, rest), units_of(LOT, rest)), (Some(alice()), 99));
		assert!(Market::was_sold(LOT, sold) && Market::was_sold(LOT, rest));
		assert_ok!(buy(order, 99, seen(rest, 122_216)));
		assert_eq!(owner_of(LOT, rest), Some(bob()));
		assert_eq!(Orders::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_purchase_that_differs_from_what_was_seen_moves_nothing() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let order = list(&alice(), title, PRICE);
		let fine = seen(title, 123_450);
		let refused = |expected, error: Error<Test>| {
			assert_noop!(buy(order, 100, expected), error);
		};
		refused(Expected { max_price: 123_449, ..fine }, Error::<Test>::PriceAboveLimit);
		refused(Expected { liens_hash: Default::default(), ..fine }, Error::<Test>::LiensDiffer);
		refused(Expected { paid_until: 100, ..fine }, Error::<Test>::PaidUntilDiffers);
		assert_noop!(buy(order, 0, fine), Error::<Test>::ZeroUnits);
		assert_noop!(buy(order, 101, fine), Error::<Test>::TooManyUnits);
		assert_noop!(buy(order, Units::MAX, fine), Error::<Test>::TooManyUnits);
		assert_noop!(buy(order + 1, 1, fine), Error::<Test>::UnknownOrder);
		let own = Call::buy { series: LOT, order, units: 100, expected: fine };
		assert_noop!(call(alice(), own), Error::<Test>::OwnOrder);
		set_status(LOT, LotStatus::Terminated);
		refused(fine, Error::<Test>::LotOver);
		set_status(LOT, LotStatus::Active);
		to_day(111);
		refused(fine, Error::<Test>::OrderExpired);
	});
}

#[test]
fn closed_days_are_paid_to_the_seller_and_the_buyer_names_the_first_that_is_his() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let order = list(&alice(), title, PRICE);
		to_day(104);
		close_day(LOT, 500, 500);
		close_day(LOT, 500, 500);
		let quote = Market::quote(LOT, order, 100).unwrap();
		// Day 103 is over and not closed: its income comes with the title.
		assert_eq!((quote.days, quote.unpaid_days), (Days { first: 103, end: 131 }, 1));
		let fine = Expected { paid_until: 103, ..seen(title, 123_450) };
		let late = Expected { paid_until: 102, ..fine };
		assert_noop!(buy(order, 100, late), Error::<Test>::PaidUntilDiffers);
		assert_ok!(buy(order, 100, fine));
		assert_eq!(income(&alice()), 2 * 500_000_000);
		close_day(LOT, 500, 500);
		Played::settle(LOT, title);
		assert_eq!(income(&bob()), 500_000_000);
	});
}

#[test]
fn a_title_with_liens_is_sold_only_with_liens_that_both_named() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let days = Days { first: 105, end: 115 };
		let before = list(&alice(), title, PRICE);
		let clean = seen(title, 123_450);
		Played::assign(LOT, title, days, &carol()).unwrap();
		let relisted = |liens_hash| {
			call(
				alice(),
				Call::list {
					series: LOT,
					title,
					price_per_unit: PRICE,
					least_units: 1,
					liens_hash,
					expires: 110,
				},
			)
		};
		// Leased in front of the buyer: whatever he names, the clean listing does not sell it.
		assert_noop!(buy(before, 100, clean), Error::<Test>::TitleNotClean);
		assert_noop!(buy(before, 100, seen(title, 123_450)), Error::<Test>::TitleNotClean);
		assert_noop!(relisted(None), Error::<Test>::TitleNotClean);
		assert_noop!(relisted(Some(clean.liens_hash)), Error::<Test>::LiensDiffer);
		let hash = Played::liens_hash(LOT, title);
		assert_ok!(relisted(Some(hash)));
		let order = newest(LOT);
		assert_noop!(buy(order, 100, clean), Error::<Test>::LiensDiffer);
		// Another lien after it was listed.
		let more = Days { first: 115, end: 125 };
		Played::assign(LOT, title, more, &carol()).unwrap();
		assert_noop!(buy(order, 100, seen(title, 123_450)), Error::<Test>::LiensDiffer);
		assert_ok!(relisted(Some(Played::liens_hash(LOT, title))));
		assert_ok!(buy(newest(LOT), 40, seen(title, 123_450)));
		let Some(Event::Traded { title: sold, .. }) = last_event() else { panic!() };
		assert_eq!(owner_of(LOT, sold), Some(bob()));
		let right = Played::right_of(LOT, sold, 110);
		assert_eq!(right, dmex_primitives::rights::Holder::Lien(carol()));
	});
}

#[test]
fn short_days_that_are_not_final_stay_with_the_seller() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		close_day(LOT, 500, 100);
		let hash = Played::liens_hash(LOT, title);
		let listing = |liens_hash| Call::list {
			series: LOT,
			title,
			price_per_unit: PRICE,
			least_units: 1,
			liens_hash,
			expires: 110,
		};
		assert_noop!(call(alice(), listing(None)), Error::<Test>::TitleNotClean);
		assert_ok!(call(alice(), listing(Some(hash))));
		assert_ok!(buy(newest(LOT), 100, seen(title, 123_450)));
		let right = |day| Played::right_of(LOT, title, day);
		assert_eq!(right(101), dmex_primitives::rights::Holder::Lien(alice()));
		assert_eq!(right(102), dmex_primitives::rights::Holder::Title);
	});
}

#[test]
fn a_title_of_a_suspended_lot_is_sold_only_to_who_accepts_that() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let order = list(&alice(), title, PRICE);
		set_status(LOT, LotStatus::Suspended);
		assert!(Market::quote(LOT, order, 100).unwrap().suspended);
		assert!(Market::order_book(LOT, 0).suspended);
		let fine = seen(title, 123_450);
		assert_noop!(buy(order, 100, fine), Error::<Test>::LotSuspended);
		assert_ok!(buy(order, 100, Expected { accept_suspended: true, ..fine }));
		assert!(matches!(last_event(), Some(Event::Traded { suspended: true, .. })));
	});
}

#[test]
fn a_listing_whose_title_is_locked_or_gone_sells_nothing() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let order = list(&alice(), title, PRICE);
		let fine = seen(title, Balance::MAX);
		Titles::lock(LOT, title, LockReason::Pledge).unwrap();
		assert_noop!(buy(order, 100, fine), Error::<Test>::TitleLocked);
		let close = |who| call(who, Call::close_order { series: LOT, order });
		assert_noop!(close(carol()), Error::<Test>::NotOrderMaker);
		Titles::unlock(LOT, title, LockReason::Pledge).unwrap();
		Titles::settle_and_transfer(LOT, title, &carol()).unwrap();
		assert_noop!(buy(order, 100, fine), Error::<Test>::MakerNotOwner);
		split(LOT, title, &[1, 99]).unwrap();
		assert_noop!(buy(order, 100, fine), Error::<Test>::UnknownTitle);
		// Dead: anyone may clear it, and the deposit goes to whoever placed it.
		assert_ok!(close(bob()));
		assert_eq!(held_native(&alice()), 0);
		assert_eq!(last_event(), Some(Event::OrderClosed { series: LOT, order }));
	});
}

#[test]
fn only_an_owner_lists_a_free_title() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let listing = |title, price_per_unit, least_units| Call::<Test>::list {
			series: LOT,
			title,
			price_per_unit,
			least_units,
			liens_hash: None,
			expires: 110,
		};
		let fine = listing(title, PRICE, 1);
		assert_noop!(call(bob(), fine.clone()), Error::<Test>::NotTitleOwner);
		assert_noop!(call(alice(), listing(99, PRICE, 1)), Error::<Test>::UnknownTitle);
		assert_noop!(call(alice(), listing(title, 0, 1)), Error::<Test>::ZeroPrice);
		assert_noop!(call(alice(), listing(title, PRICE, 0)), Error::<Test>::ZeroUnits);
		assert_noop!(call(alice(), listing(title, PRICE, 101)), Error::<Test>::TooManyUnits);
		let most = listing(title, UnitPrice::MAX, 1);
		assert_ok!(call(alice(), most));
		assert!(buy(newest(LOT), 100, seen(title, Balance::MAX)).is_err(), "nobody has so much");
		Titles::lock(LOT, title, LockReason::Stake).unwrap();
		assert_noop!(call(alice(), fine.clone()), Error::<Test>::TitleLocked);
		Titles::unlock(LOT, title, LockReason::Stake).unwrap();
		set_status(LOT, LotStatus::Matured);
		assert_noop!(call(alice(), fine), Error::<Test>::LotOver);
	});
}
