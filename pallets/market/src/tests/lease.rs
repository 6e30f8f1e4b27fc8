//! Leases.

use super::scene::*;
use crate::{mock::*, types::*, Call, Error, Event, Orders};
use dmex_primitives::{
	lots::LotStatus,
	rights::{Days, Holder, Rights},
	titles::Titles as _,
	Balance, Day, TitleId, Units,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn offer(title: TitleId, first: Day, end: Day, price_per_unit_day: UnitPrice) -> Call<Test> {
	Call::offer_lease {
		series: LOT,
		title,
		days: Days { first, end },
		price_per_unit_day,
		least_units: 10,
		expires: today() + 10,
	}
}

fn take(order: OrderId, units: Units, max_price: Balance) -> DispatchResult {
	let lease = Call::take_lease { series: LOT, order, units, max_price, accept_suspended: false };
	call(bob(), lease)
}

#[test]
fn leased_days_pay_the_lessee_and_the_title_stays() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let had = stable(&alice());
		assert_ok!(call(alice(), offer(title, 101, 111, 40 * ONE)));
		let order = newest(LOT);
		let quote = Market::quote(LOT, order, 40).unwrap();
		assert_eq!((quote.price, quote.fee), (16_000, 32));
		assert_noop!(take(order, 40, 15_999), Error::<Test>::PriceAboveLimit);
		assert_ok!(take(order, 40, 16_000));
		let Some(Event::Leased { title: leased, rest: Some(rest), owner, lessee, days, .. }) =
			last_event()
		else {
			panic!()
		};
		assert_eq!((owner, lessee), (alice(), bob()));
		assert_eq!(days, Days { first: 101, end: 111 });
		assert_eq!(owner_of(LOT, leased), Some(alice()));
		assert_eq!(Played::right_of(LOT, leased, 110), Holder::Lien(bob()));
		assert_eq!(Played::right_of(LOT, leased, 111), Holder::Title);
		assert_eq!(Played::right_of(LOT, rest, 105), Holder::Title);
		assert_eq!(stable(&alice()), had + 15_968);

		// The rest two days later: eight days.
		to_day(102);
		assert_eq!(Market::quote(LOT, order, 60).unwrap().price, 60 * 8 * 40);
		assert_ok!(take(order, 60, 19_200));
		assert_eq!(Played::right_of(LOT, rest, 102), Holder::Title);
		assert_eq!(Played::right_of(LOT, rest, 103), Holder::Lien(bob()));
		assert_eq!(Orders::<Test>::iter_prefix(LOT).count(), 0);
	});
}

#[test]
fn days_that_were_leased_elsewhere_or_are_too_few_are_not_leased() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		assert_ok!(call(alice(), offer(title, 101, 111, 40 * ONE)));
		let order = newest(LOT);
		Played::assign(LOT, title, Days { first: 108, end: 118 }, &carol()).unwrap();
		let not_free = sp_runtime::DispatchError::Other("DaysNotFree");
		assert_noop!(take(order, 100, Balance::MAX), not_free);
		to_day(105);
		let few = sp_runtime::DispatchError::Other("TooFewDays");
		assert_noop!(take(order, 100, Balance::MAX), few);
		to_day(110);
		assert_noop!(take(order, 100, Balance::MAX), Error::<Test>::NoDays);
	});
}

#[test]
fn bad_leases_are_refused() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let refused = [
			(offer(title, 100, 101, ONE), Error::<Test>::NoDays),
			(offer(title, 111, 111, ONE), Error::<Test>::NoDays),
			(offer(title, 111, 110, ONE), Error::<Test>::NoDays),
			(offer(title, 111, 132, ONE), Error::<Test>::NoDays),
			(offer(title, 101, 111, 0), Error::<Test>::ZeroPrice),
			(offer(99, 101, 111, ONE), Error::<Test>::UnknownTitle),
		];
		for (wrong, error) in refused {
			assert_noop!(call(alice(), wrong), error);
		}
		assert_noop!(call(bob(), offer(title, 101, 111, ONE)), Error::<Test>::NotTitleOwner);
		assert_ok!(call(alice(), offer(title, 101, 111, 40 * ONE)));
		let order = newest(LOT);
		assert_noop!(take(order, 0, Balance::MAX), Error::<Test>::ZeroUnits);
		assert_noop!(take(order, 9, Balance::MAX), Error::<Test>::TooFewUnits);
		assert_noop!(take(order, 101, Balance::MAX), Error::<Test>::TooManyUnits);
		let own = Call::take_lease {
			series: LOT,
			order,
			units: 100,
			max_price: Balance::MAX,
			accept_suspended: true,
		};
		assert_noop!(call(alice(), own), Error::<Test>::OwnOrder);
		set_status(LOT, LotStatus::Suspended);
		assert_noop!(take(order, 100, Balance::MAX), Error::<Test>::LotSuspended);
		set_status(LOT, LotStatus::Active);
		Titles::settle_and_transfer(LOT, title, &carol()).unwrap();
		assert_noop!(take(order, 100, Balance::MAX), Error::<Test>::MakerNotOwner);
	});
}

#[test]
fn a_leased_title_is_sold_with_its_lease() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		assert_ok!(call(alice(), offer(title, 101, 111, 40 * ONE)));
		assert_ok!(take(newest(LOT), 100, Balance::MAX));
		let listing = Call::list {
			series: LOT,
			title,
			price_per_unit: 1_000 * ONE,
			least_units: 1,
			liens_hash: Some(Played::liens_hash(LOT, title)),
			expires: 110,
		};
		assert_ok!(call(alice(), listing));
		let expected = seen(title, 100_000);
		let buy = Call::buy { series: LOT, order: newest(LOT), units: 100, expected };
		assert_ok!(call(carol(), buy));
		assert_eq!(owner_of(LOT, title), Some(carol()));
		assert_eq!(Played::right_of(LOT, title, 105), Holder::Lien(bob()));
	});
}
