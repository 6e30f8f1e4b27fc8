//! A provider sells, a buyer gets a title, the money is escrowed.

use super::scene::*;
use crate::{mock::*, types::*, Call, Error, Event, Orders};
use dmex_primitives::{lots::LotStatus, rights::Days, Balance, Units};
use frame_support::{assert_noop, assert_ok};

fn buy(units: Units, order: OrderId, max_price: Balance) -> Call<Test> {
	Call::buy_primary { lot: LOT, order, units, max_price }
}

#[test]
fn the_price_of_an_outright_purchase_is_escrowed_whole() {
	build_and_execute(|| {
		let order = open_sale(LOT, 1_000, outright(SLICE));
		assert_eq!(held_native(&provider()), ORDER_DEPOSIT);
		let before = stable(&provider());
		let quote = Market::quote(LOT, order, 100).unwrap();
		assert_eq!((quote.slice_per_day, quote.price, quote.fee), (4_000, 120_000, 0));
		assert_eq!(quote.days, Days { first: 101, end: 131 });

		assert_ok!(call(alice(), buy(100, order, 120_000)));
		assert_eq!(owner_of(LOT, 0), Some(alice()));
		assert_eq!(units_of(LOT, 0), 100);
		assert_eq!(stable(&alice()), FUNDS - 120_000);
		assert_eq!(stable(&Market::pot()), LEAST_BALANCE + 120_000);
		assert_eq!(stable(&provider()), before);
		assert_eq!(Market::stream(LOT, 0), Some(Stream { per_day: 4_000, first_day: 101 }));
		assert!(Market::was_sold(LOT, 0));
		let Terms::Sale(sale) = Orders::<Test>::get(LOT, order).unwrap().terms else { panic!() };
		assert_eq!(sale.units, 900);
		let sold = Event::SoldByProvider {
			lot: LOT,
			order,
			title: 0,
			buyer: alice(),
			units: 100,
			price: 120_000,
			upfront: 0,
			deposit: 0,
			slice_per_day: 4_000,
			days: Days { first: 101, end: 131 },
		};
		assert_eq!(last_event(), Some(sold));
	});
}

#[test]
fn a_later_purchase_pays_for_the_days_that_are_left() {
	build_and_execute(|| {
		let order = open_sale(LOT, 1_000, outright(SLICE));
		to_day(120);
		assert_eq!(Market::quote(LOT, order, 100).unwrap().price, 4_000 * 10);
		assert_ok!(call(alice(), buy(100, order, 40_000)));
		assert_eq!(Market::stream(LOT, 0), Some(Stream { per_day: 4_000, first_day: 121 }));
		to_day(130);
		assert_noop!(call(alice(), buy(100, order, 40_000)), Error::<Test>::LotOver);
	});
}

#[test]
fn the_last_units_end_the_sale_and_return_its_deposit() {
	build_and_execute(|| {
		let order = open_sale(LOT, 10, outright(SLICE));
		assert_ok!(call(alice(), buy(10, order, Balance::MAX)));
		assert_eq!(Orders::<Test>::get(LOT, order), None);
		assert_eq!(held_native(&provider()), 0);
	});
}

#[test]
fn a_slice_below_the_cost_of_the_power_is_refused() {
	build_and_execute(|| {
		let sale = |slice| Call::open_sale {
			lot: LOT,
			units: 1_000,
			least_units: 1,
			ask: outright(slice),
			expires: 110,
		};
		// 33.6 a unit and day, and a twentieth on top: 35.28.
		let least = 35_280_000_000;
		let refused = call(provider(), sale(least - 1_000_000));
		assert_noop!(refused, Error::<Test>::SliceBelowPowerCost);
		assert_ok!(call(provider(), sale(least)));
		// The cost of a single unit is rounded up to 34, and 35.7 to 36.
		assert_eq!(Market::quote(LOT, 0, 1).unwrap().slice_per_day, 36);
		assert_eq!(Market::quote(LOT, 0, 1_000).unwrap().slice_per_day, 35_280);
	});
}

#[test]
fn upfront_money_is_refused_without_a_bound_that_allows_it() {
	build_and_execute(|| {
		let ask = Ask::Outright { slice_per_unit: SLICE, upfront_per_unit: ONE };
		let order = open_sale(LOT, 1_000, ask);
		let bound = sp_runtime::DispatchError::Other("RunAwayBound");
		assert_noop!(call(alice(), buy(100, order, Balance::MAX)), bound);
		UpfrontBound::set(100);
		let before = stable(&provider());
		assert_ok!(call(alice(), buy(100, order, 120_100)));
		assert_eq!(stable(&provider()), before + 100);
		assert_eq!(exposure(&provider()), 100);
		assert_noop!(call(alice(), buy(1, order, Balance::MAX)), bound);
	});
}

#[test]
fn a_deposit_is_kept_behind_its_title() {
	build_and_execute(|| {
		let title = bought_for_deposit(&alice(), 50);
		assert_eq!(Market::deposit(DEPOSIT_LOT, title), 5_000);
		assert_eq!(stable(&alice()), FUNDS - 5_000);
		assert_eq!(Market::stream(DEPOSIT_LOT, title), None);
	});
}

#[test]
fn only_the_provider_opens_a_sale_and_only_by_the_lots_model() {
	build_and_execute(|| {
		let sale = |units, least_units, ask, expires| Call::<Test>::open_sale {
			lot: LOT,
			units,
			least_units,
			ask,
			expires,
		};
		let deposit = Ask::Deposit { deposit_per_unit: ONE };
		let fine = sale(10, 1, outright(SLICE), 110);
		change_lot(LOT, |lot| lot.audited = 2 * ONE);
		assert_noop!(call(alice(), fine.clone()), Error::<Test>::NotLotProvider);
		let refused = [
			(sale(10, 1, deposit, 110), Error::<Test>::WrongSaleModel),
			(sale(0, 1, outright(SLICE), 110), Error::<Test>::ZeroUnits),
			(sale(10, 0, outright(SLICE), 110), Error::<Test>::ZeroUnits),
			(sale(10, 11, outright(SLICE), 110), Error::<Test>::TooManyUnits),
			(sale(2 * ONE + 1, 1, outright(SLICE), 110), Error::<Test>::TooManyUnits),
			(sale(10, 1, outright(0), 110), Error::<Test>::ZeroPrice),
			(sale(ONE + 1, 1, outright(u128::MAX), 110), Error::<Test>::PriceOverflow),
			(sale(10, 1, outright(SLICE), 99), Error::<Test>::BadExpiry),
			(sale(10, 1, outright(SLICE), 161), Error::<Test>::BadExpiry),
		];
		for (wrong, error) in refused {
			assert_noop!(call(provider(), wrong), error);
		}
		set_status(LOT, LotStatus::Suspended);
		assert_noop!(call(provider(), fine.clone()), Error::<Test>::LotNotActive);
		set_status(LOT, LotStatus::Active);
		to_day(130);
		assert_noop!(call(provider(), fine), Error::<Test>::LotOver);
		let missing = Call::<Test>::open_sale {
			lot: 99,
			units: 1,
			least_units: 1,
			ask: outright(SLICE),
			expires: 130,
		};
		assert_noop!(call(provider(), missing), Error::<Test>::UnknownLot);
	});
}

#[test]
fn a_purchase_that_does_not_fit_moves_nothing() {
	build_and_execute(|| {
		let sale = Call::open_sale {
			lot: LOT,
			units: 100,
			least_units: 10,
			ask: outright(SLICE),
			expires: 110,
		};
		assert_ok!(call(provider(), sale));
		assert_noop!(call(provider(), buy(10, 0, Balance::MAX)), Error::<Test>::OwnOrder);
		assert_noop!(call(alice(), buy(10, 0, 11_999)), Error::<Test>::PriceAboveLimit);
		assert_noop!(call(alice(), buy(0, 0, Balance::MAX)), Error::<Test>::ZeroUnits);
		assert_noop!(call(alice(), buy(9, 0, Balance::MAX)), Error::<Test>::TooFewUnits);
		assert_noop!(call(alice(), buy(101, 0, Balance::MAX)), Error::<Test>::TooManyUnits);
		assert_noop!(call(alice(), buy(Units::MAX, 0, 1)), Error::<Test>::TooManyUnits);
		assert_noop!(call(alice(), buy(10, 1, Balance::MAX)), Error::<Test>::UnknownOrder);
		set_status(LOT, LotStatus::Suspended);
		assert_noop!(call(alice(), buy(10, 0, Balance::MAX)), Error::<Test>::LotNotActive);
		set_status(LOT, LotStatus::Active);
		// The lot has less left than the sale says.
		change_lot(LOT, |lot| lot.issued = lot.audited - 9);
		assert!(call(alice(), buy(10, 0, Balance::MAX)).is_err());
		change_lot(LOT, |lot| lot.issued = 0);
		to_day(111);
		assert_noop!(call(alice(), buy(10, 0, Balance::MAX)), Error::<Test>::OrderExpired);
	});
}

#[test]
fn a_buyer_who_cannot_pay_gets_nothing() {
	build_and_execute(|| {
		let order = open_sale(LOT, 1_000_000, outright(SLICE));
		// 1.2 billion; alice has one billion.
		assert!(call(alice(), buy(1_000_000, order, Balance::MAX)).is_err());
		assert_eq!(Titles::series(LOT).unwrap().issued, 0);
		assert_eq!(stable(&alice()), FUNDS);
	});
}

#[test]
fn units_at_the_limit_of_the_type_have_no_price() {
	build_and_execute(|| {
		change_lot(LOT, |lot| lot.audited = Units::MAX);
		let sale = |units, slice| Call::open_sale {
			lot: LOT,
			units,
			least_units: 1,
			ask: outright(slice),
			expires: 110,
		};
		let most = call(provider(), sale(Units::MAX, u128::MAX));
		assert_noop!(most, Error::<Test>::PriceOverflow);
		// A slice that fits, for days that do not.
		assert_ok!(call(provider(), sale(ONE, u128::MAX)));
		let order = newest(LOT);
		assert_noop!(call(alice(), buy(ONE, order, Balance::MAX)), Error::<Test>::PriceOverflow);
		assert!(call(alice(), buy(1, order, Balance::MAX)).is_err(), "nobody has so much");
	});
}

#[test]
fn a_single_unit_is_bought_and_streamed() {
	build_and_execute(|| {
		let order = open_sale(LOT, 2, outright(SLICE));
		assert_ok!(call(alice(), buy(1, order, 1_200)));
		close_day(LOT, 3, 1);
		assert_eq!(Market::claimable(LOT).0, 13, "a third of forty, rounded down");
		assert_ok!(call(provider(), Call::claim_slices { lot: LOT }));
	});
}

#[test]
fn all_units_of_a_lot_pay_the_same_slice() {
	build_and_execute(|| {
		let order = open_sale(LOT, 100, outright(SLICE));
		// Two prices may stand beside each other until one is paid.
		let cheaper = open_sale(LOT, 100, outright(SLICE - ONE));
		assert_ok!(call(alice(), buy(50, order, Balance::MAX)));
		// Of a lost day each unit gets the same back: with less paid for it, it would gain by that.
		assert_noop!(call(bob(), buy(50, cheaper, Balance::MAX)), Error::<Test>::SliceDiffers);
		let open = |slice| Call::open_sale {
			lot: LOT,
			units: 10,
			least_units: 1,
			ask: outright(slice),
			expires: today() + 5,
		};
		assert_noop!(call(provider(), open(SLICE + ONE)), Error::<Test>::SliceDiffers);
		assert_ok!(call(provider(), open(SLICE)));
		assert_ok!(call(bob(), buy(50, order, Balance::MAX)));
		let book = Market::lot_book(LOT).unwrap();
		assert_eq!((book.units, book.slice_per_unit), (100, SLICE));
	});
}

#[test]
fn nothing_is_sold_beside_units_that_were_never_sold() {
	build_and_execute(|| {
		use dmex_primitives::{lots::Issue, sales::Sales};
		let order = open_sale(LOT, 100, outright(SLICE));
		assert!(!<Market as Sales>::is_sold_outright(LOT));
		Played::issue_to(LOT, 1, &provider()).unwrap();
		let more = Call::open_sale {
			lot: LOT,
			units: 10,
			least_units: 1,
			ask: outright(SLICE),
			expires: today() + 5,
		};
		assert_noop!(call(provider(), more), Error::<Test>::UnitsNeverSold);
		assert_noop!(call(alice(), buy(50, order, Balance::MAX)), Error::<Test>::UnitsNeverSold);
		change_lot(LOT, |lot| lot.issued = 0);
		assert_ok!(call(alice(), buy(50, order, Balance::MAX)));
		assert!(<Market as Sales>::is_sold_outright(LOT));
	});
}
