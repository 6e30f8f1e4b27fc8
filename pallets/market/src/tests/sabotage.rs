//! Every rule of `do_try_state` is broken once and must be caught.

use super::scene::*;
use crate::{mock::*, types::*, Books, Call, DepositBooks, Deposits, MissedDays, Orders};
use crate::{NextOrder, Starting, Streams};
use dmex_primitives::{
	titles::{LockReason, Titles as _},
	AccountId, Balance,
};
use frame_support::{
	assert_ok,
	traits::{
		fungible::UnbalancedHold,
		fungibles::{Mutate, UnbalancedHold as _},
		tokens::Preservation,
	},
};

/// A state in which every kind of record is there.
fn full() -> (OrderId, OrderId) {
	let title = bought(&alice(), 100);
	close_day(LOT, 2, 1);
	make_final(LOT, 102);
	to_day(103);
	bought(&bob(), 10);
	bought_for_deposit(&carol(), 10);
	let auction = Call::open_auction { series: LOT, title, units: 50, reserve: 1_000, hours: 24 };
	assert_ok!(call(alice(), auction));
	let auction = newest(LOT);
	let bid = Call::bid { series: LOT, order: auction, amount: 1_000, accept_suspended: false };
	assert_ok!(call(bob(), bid));
	let offer = Call::make_offer {
		series: LOT,
		units: 10,
		least_units: 1,
		price_per_unit: ONE,
		least_backing_per_unit: 0,
		accept_suspended: false,
		expires: 110,
	};
	assert_ok!(call(carol(), offer));
	check_books();
	(auction, newest(LOT))
}

/// Breaks a sound state and answers what the checks say.
fn broken(sabotage: impl FnOnce(OrderId, OrderId)) -> &'static str {
	ext().execute_with(|| {
		let (auction, offer) = full();
		sabotage(auction, offer);
		Market::do_try_state().expect_err("the sabotage went unseen").into()
	})
}

fn change_book(change: impl FnOnce(&mut LotBook)) {
	Books::<Test>::mutate_extant(LOT, change);
}

fn change_order(order: OrderId, change: impl FnOnce(&mut Order<AccountId>)) {
	Orders::<Test>::mutate(LOT, order, |found| change(found.as_mut().unwrap()));
}

fn change_missed(change: impl FnOnce(&mut Missed)) {
	MissedDays::<Test>::mutate(LOT, 101, |found| change(found.as_mut().unwrap()));
}

fn change_stream((lot, title): (u32, u32), change: impl FnOnce(&mut Stream)) {
	Streams::<Test>::mutate(lot, title, |found| change(found.as_mut().unwrap()));
}

fn hold(who: AccountId, amount: Balance) {
	let reason: RuntimeHoldReason = crate::HoldReason::Bid.into();
	AssetsHolder::set_balance_on_hold(STABLE, &reason, &who, amount).unwrap();
}

const TITLES_AND_LOT: &str = "the streams of the titles are not those of the lot";
const FLOWS: &str = "streams do not hold what flowed in and out";
const HELD: &str = "money on hold is not what offers and bids say";
const UPFRONT: &str = "upfront money is not what is still to be delivered";

#[test]
fn streams_that_are_not_the_lots_are_caught() {
	// Understated by one.
	assert_eq!(
		broken(|_, _| {
			let key = Streams::<Test>::iter_keys().next().unwrap();
			change_stream(key, |stream| stream.per_day -= 1);
		}),
		TITLES_AND_LOT
	);
	// Lost in a split.
	assert_eq!(
		broken(|_, _| {
			let key = Streams::<Test>::iter_keys().next().unwrap();
			Streams::<Test>::remove(key.0, key.1);
		}),
		TITLES_AND_LOT
	);
	// A stream that forgets a day.
	assert_eq!(
		broken(|_, _| {
			let (title, _) =
				Streams::<Test>::iter_prefix(LOT).find(|(_, s)| s.first_day == 104).unwrap();
			change_stream((LOT, title), |stream| stream.first_day += 1);
		}),
		TITLES_AND_LOT
	);
	assert_eq!(broken(|_, _| change_book(|book| book.slices += 1)), TITLES_AND_LOT);
	assert_eq!(
		broken(|_, _| Starting::<Test>::mutate(LOT, 104, |sum| sum.slices += 1)),
		TITLES_AND_LOT
	);
}

#[test]
fn units_that_share_in_refunds_without_a_slice_are_caught() {
	let rule = "units were issued beside those that were sold";
	assert_eq!(broken(|_, _| change_book(|book| book.units -= 1)), rule);
	assert_eq!(broken(|_, _| change_lot(LOT, |lot| lot.issued += 1)), rule);
}

#[test]
fn flows_that_do_not_add_up_are_caught() {
	// Rounded up for the provider.
	assert_eq!(broken(|_, _| change_book(|book| book.earned += 1)), FLOWS);
	assert_eq!(broken(|_, _| change_book(|book| book.paid_in += 1)), FLOWS);
	assert_eq!(broken(|_, _| change_book(|book| book.refunded += 1)), FLOWS);
	assert_eq!(broken(|_, _| change_book(|book| book.unplaced += 1)), FLOWS);
	assert_eq!(
		broken(|_, _| change_book(|book| book.claimed = book.earned + 1)),
		"more went out than came in"
	);
	assert_eq!(broken(|_, _| change_book(|book| book.swept += 1)), "more went out than came in");
	// Escrow counted twice: a missed day that stays after its refund.
	assert_eq!(broken(|_, _| change_missed(|missed| missed.slices += 1)), FLOWS);
	assert_eq!(broken(|_, _| MissedDays::<Test>::remove(LOT, 101)), FLOWS);
}

#[test]
fn records_out_of_place_are_caught() {
	let missed = Missed { slices: 0, upfront: 0, over: false };
	assert_eq!(
		broken(|_, _| MissedDays::<Test>::insert(LOT, 120, missed)),
		"an open day is missed"
	);
	assert_eq!(
		broken(|_, _| Starting::<Test>::insert(LOT, 101, DaySum::default())),
		"streams begin on a day that is closed"
	);
	assert_eq!(
		broken(|_, _| change_book(|book| book.next = END + 1)),
		"a lot's streams run past its end"
	);
	let stray = Stream { per_day: 1, first_day: 101 };
	assert_eq!(
		broken(|_, _| Streams::<Test>::insert(99, 0, stray)),
		"a stream of a lot without a book, or of nothing"
	);
	assert_eq!(
		broken(|_, _| Starting::<Test>::insert(99, 101, DaySum::default())),
		"streams of a lot without a book begin"
	);
	assert_eq!(
		broken(|_, _| MissedDays::<Test>::insert(99, 101, missed)),
		"a lot without a book missed a day"
	);
}

#[test]
fn upfront_money_that_is_forgotten_is_caught() {
	assert_eq!(broken(|_, _| change_book(|book| book.exposure += 1)), UPFRONT);
	assert_eq!(broken(|_, _| change_book(|book| book.upfront += 1)), UPFRONT);
	assert_eq!(broken(|_, _| change_book(|book| book.upfront_rest += 1)), UPFRONT);
	assert_eq!(broken(|_, _| change_missed(|missed| missed.upfront = 1)), UPFRONT);
}

#[test]
fn deposits_that_are_lost_or_made_are_caught() {
	let flows = "deposits are not what flowed in and out";
	let title = || Deposits::<Test>::iter_keys().next().unwrap().1;
	assert_eq!(broken(|_, _| Deposits::<Test>::remove(DEPOSIT_LOT, title())), flows);
	assert_eq!(broken(|_, _| Deposits::<Test>::insert(DEPOSIT_LOT, title(), 1)), flows);
	assert_eq!(
		broken(|_, _| DepositBooks::<Test>::mutate(DEPOSIT_LOT, |book| book.returned = 1)),
		flows
	);
	assert_eq!(
		broken(|_, _| Deposits::<Test>::insert(DEPOSIT_LOT, title(), 0)),
		"a deposit of nothing"
	);
	assert_eq!(
		broken(|_, _| Deposits::<Test>::insert(LOT, 0, 1)),
		"a deposit of a lot without a book"
	);
}

#[test]
fn a_pot_with_too_little_is_caught() {
	let short = broken(|_, _| {
		let take = stable(&Market::pot()) - in_books() + 1;
		<Assets as Mutate<AccountId>>::transfer(
			STABLE,
			&Market::pot(),
			&account(40),
			take,
			Preservation::Expendable,
		)
		.unwrap();
	});
	assert_eq!(short, "the pot has less than streams and deposits");
}

#[test]
fn holds_that_are_not_the_orders_are_caught() {
	assert_eq!(broken(|_, _| hold(bob(), 999)), HELD);
	assert_eq!(broken(|_, _| hold(carol(), 11)), HELD);
	// A beaten bid that was not released.
	assert_eq!(
		broken(|auction, _| change_order(auction, |order| {
			if let Terms::English(english) = &mut order.terms {
				english.best.as_mut().unwrap().amount -= 1;
			}
		})),
		HELD
	);
	assert_eq!(
		broken(|_, offer| change_order(offer, |order| order.deposit += 1)),
		"deposits on hold are not what the orders say"
	);
	let reason: RuntimeHoldReason = crate::HoldReason::Order.into();
	assert_eq!(
		broken(|_, _| Balances::set_balance_on_hold(&reason, &carol(), 0).unwrap()),
		"deposits on hold are not what the orders say"
	);
}

#[test]
fn auctions_without_their_lock_are_caught() {
	let title = |auction| Orders::<Test>::get(LOT, auction).unwrap().locks().unwrap();
	assert_eq!(
		broken(|auction, _| Titles::unlock(LOT, title(auction), LockReason::Auction).unwrap()),
		"an auctioned title is not locked"
	);
	assert_eq!(
		broken(|auction, _| {
			Titles::unlock(LOT, title(auction), LockReason::Auction).unwrap();
			Titles::lock(LOT, title(auction), LockReason::Pledge).unwrap();
		}),
		"an auctioned title is not locked"
	);
	assert_eq!(
		broken(|auction, _| {
			Titles::settle_and_transfer(LOT, title(auction), &carol()).unwrap();
		}),
		"an auctioned title is another's"
	);
	assert_eq!(
		broken(|auction, _| {
			Titles::unlock(LOT, title(auction), LockReason::Auction).unwrap();
			split(LOT, title(auction), &[1, 49]).unwrap();
		}),
		"an auctioned title has ended"
	);
	assert_eq!(
		broken(|auction, offer| {
			let order = Orders::<Test>::get(LOT, auction).unwrap();
			let terms = order.terms;
			change_order(offer, |other| {
				other.maker = alice();
				other.terms = terms;
			});
		}),
		"a title is in two auctions"
	);
}

#[test]
fn orders_that_cannot_be_are_caught() {
	assert_eq!(
		broken(|_, offer| NextOrder::<Test>::insert(LOT, offer)),
		"an order has an id that was not given yet"
	);
	assert_eq!(
		broken(|_, offer| change_order(offer, |order| {
			if let Terms::Offer(offer) = &mut order.terms {
				offer.units = 0;
			}
		})),
		"an offer for nothing stands"
	);
	assert_eq!(
		broken(|_, offer| change_order(offer, |order| {
			let ask = outright(SLICE);
			order.terms = Terms::Sale(Sale { units: 0, least_units: 1, ask });
		})),
		"a sale of nothing stands"
	);
}
