//! Offers to buy clean titles.

use super::scene::*;
use crate::{mock::*, types::*, Call, Error, Event, Orders};
use dmex_primitives::{
	lots::LotStatus,
	rights::{Days, Rights},
	titles::{LockReason, Titles as _},
	AccountId, Balance, TitleId, Units,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

/// 10.5 stablecoin units for a unit.
const PRICE: UnitPrice = 10 * ONE + ONE / 2;

fn offer(units: Units, price_per_unit: UnitPrice) -> Call<Test> {
	Call::make_offer {
		series: LOT,
		units,
		least_units: 1,
		price_per_unit,
		least_backing_per_unit: 0,
		accept_suspended: false,
		expires: today() + 10,
	}
}

fn sell(who: &AccountId, order: OrderId, title: TitleId, units: Units) -> DispatchResult {
	let accept = Call::accept_offer { series: LOT, order, title, units, least_price: 1 };
	call(who.clone(), accept)
}

#[test]
fn an_offer_holds_its_price_and_is_filled_in_parts() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let had = stable(&alice());
		assert_ok!(call(bob(), offer(31, PRICE)));
		let order = newest(LOT);
		// 325.5 rounded up.
		assert_eq!((held(&bob()), stable(&bob())), (326, FUNDS - 326));
		let quote = Market::quote_offer(LOT, order, title, 1).unwrap();
		assert_eq!((quote.price, quote.fee), (10, 1), "10.5 rounded down, 0.02 rounded up");

		assert_ok!(sell(&alice(), order, title, 1));
		let Some(Event::Traded { title: sold, rest: Some(rest), seller, buyer, .. }) = last_event()
		else {
			panic!()
		};
		assert_eq!((seller, buyer), (alice(), bob()));
		assert_eq!((owner_of(LOT, sold), units_of(LOT, sold)), (Some(bob()), 1));
		assert_eq!(stable(&alice()), had + 9);
		// 30 units are left: 315 on hold, and of the 11 released 10 were the price.
		assert_eq!((held(&bob()), stable(&bob())), (315, FUNDS - 326 + 1));

		assert_ok!(sell(&alice(), order, rest, 30));
		assert_eq!(held(&bob()), 0);
		assert_eq!(Orders::<Test>::get(LOT, order), None);
		assert_eq!(stable(&bob()), FUNDS - 325);
		assert_eq!(held_native(&bob()), 0);
	});
}

#[test]
fn only_clean_and_free_titles_are_sold_to_offers() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		assert_ok!(call(bob(), offer(100, PRICE)));
		let order = newest(LOT);
		Titles::lock(LOT, title, LockReason::Pledge).unwrap();
		assert_noop!(sell(&alice(), order, title, 100), Error::<Test>::TitleLocked);
		Titles::unlock(LOT, title, LockReason::Pledge).unwrap();
		close_day(LOT, 2, 1);
		assert_noop!(sell(&alice(), order, title, 100), Error::<Test>::TitleNotClean);
		make_final(LOT, 102);
		Played::assign(LOT, title, Days { first: 105, end: 115 }, &carol()).unwrap();
		assert_noop!(sell(&alice(), order, title, 100), Error::<Test>::TitleNotClean);
	});
}

#[test]
fn an_offer_is_not_filled_against_its_terms() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let made = Call::make_offer {
			series: LOT,
			units: 50,
			least_units: 10,
			price_per_unit: PRICE,
			least_backing_per_unit: 41 * ONE,
			accept_suspended: false,
			expires: 110,
		};
		assert_ok!(call(bob(), made));
		let order = newest(LOT);
		// 40 a day stand behind each unit.
		assert_noop!(sell(&alice(), order, title, 50), Error::<Test>::BackingTooLow);
		assert_noop!(sell(&alice(), order, title, 0), Error::<Test>::ZeroUnits);
		assert_noop!(sell(&alice(), order, title, 9), Error::<Test>::TooFewUnits);
		assert_noop!(sell(&alice(), order, title, 51), Error::<Test>::TooManyUnits);
		assert_noop!(sell(&alice(), order, title, Units::MAX), Error::<Test>::TooManyUnits);
		assert_noop!(sell(&carol(), order, title, 50), Error::<Test>::NotTitleOwner);
		assert_noop!(sell(&bob(), order, title, 50), Error::<Test>::OwnOrder);
		assert_noop!(sell(&alice(), order, 99, 50), Error::<Test>::UnknownTitle);
		assert_noop!(sell(&alice(), order + 1, title, 50), Error::<Test>::UnknownOrder);
		assert_noop!(sell(&alice(), 0, title, 50), Error::<Test>::UnknownOrder);

		assert_ok!(call(bob(), offer(50, PRICE)));
		let order = newest(LOT);
		let dear = Call::accept_offer { series: LOT, order, title, units: 50, least_price: 526 };
		assert_noop!(call(alice(), dear), Error::<Test>::PriceBelowLimit);
		set_status(LOT, LotStatus::Suspended);
		assert_noop!(sell(&alice(), order, title, 50), Error::<Test>::LotSuspended);
		set_status(LOT, LotStatus::Active);
		to_day(111);
		assert_noop!(sell(&alice(), order, title, 50), Error::<Test>::OrderExpired);
		// Expired: anyone clears it, and the money comes back.
		assert_ok!(call(carol(), Call::close_order { series: LOT, order }));
		assert_eq!(stable(&bob()) + held(&bob()), FUNDS);
	});
}

#[test]
fn an_offer_that_accepts_suspension_is_filled_and_marked() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		set_status(LOT, LotStatus::Suspended);
		let made = Call::make_offer {
			series: LOT,
			units: 50,
			least_units: 1,
			price_per_unit: PRICE,
			least_backing_per_unit: 40 * ONE,
			accept_suspended: true,
			expires: 110,
		};
		assert_ok!(call(bob(), made));
		assert_ok!(sell(&alice(), newest(LOT), title, 50));
		assert!(matches!(last_event(), Some(Event::Traded { suspended: true, .. })));
	});
}

#[test]
fn an_offer_at_the_limits_of_the_types_is_refused() {
	build_and_execute(|| {
		let refused = [
			(offer(0, PRICE), Error::<Test>::ZeroUnits),
			(offer(1, 0), Error::<Test>::ZeroPrice),
			(offer(Units::MAX, UnitPrice::MAX), Error::<Test>::PriceOverflow),
		];
		for (wrong, error) in refused {
			assert_noop!(call(bob(), wrong), error);
		}
		assert!(call(bob(), offer(1, UnitPrice::MAX)).is_err(), "nobody has so much");
		// The least balance stays free.
		assert!(call(bob(), offer(FUNDS, ONE)).is_err());
		assert_ok!(call(bob(), offer(FUNDS - LEAST_BALANCE, ONE)));
		assert_eq!(stable(&bob()), LEAST_BALANCE);
		let unknown = Call::make_offer {
			series: 99,
			units: 1,
			least_units: 1,
			price_per_unit: PRICE,
			least_backing_per_unit: 0,
			accept_suspended: false,
			expires: 110,
		};
		assert_noop!(call(bob(), unknown), Error::<Test>::UnknownLot);
	});
}

#[test]
fn dust_is_sold_for_something_or_not_at_all() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		// Less than one stablecoin unit for a unit: nothing would be paid.
		assert_ok!(call(bob(), offer(100, ONE / 2)));
		assert_noop!(sell(&alice(), newest(LOT), title, 1), Error::<Test>::ZeroPrice);
		let had: Balance = stable(&alice());
		assert_ok!(sell(&alice(), newest(LOT), title, 3));
		assert_eq!(stable(&alice()), had, "one unit, and the fee is one");
	});
}
