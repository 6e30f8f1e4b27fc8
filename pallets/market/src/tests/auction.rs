//! English auctions.

use super::scene::*;
use crate::{mock::*, types::*, Call, Error, Event, Orders};
use dmex_primitives::{
	calendar::Calendar,
	lots::LotStatus,
	rights::{Days, Holder, Rights},
	titles::LockReason,
	AccountId, Balance, TitleId, Units,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchResult;

fn open(title: TitleId, units: Units, reserve: Balance, hours: u32) -> Call<Test> {
	Call::open_auction { series: LOT, title, units, reserve, hours }
}

/// An auction by alice of half of her title, and the half.
fn auction() -> (OrderId, TitleId) {
	let title = bought(&alice(), 100);
	assert_ok!(call(alice(), open(title, 50, 1_000, 24)));
	let order = newest(LOT);
	(order, Orders::<Test>::get(LOT, order).unwrap().locks().unwrap())
}

fn bid(who: &AccountId, order: OrderId, amount: Balance) -> DispatchResult {
	let bid = Call::bid { series: LOT, order, amount, accept_suspended: false };
	call(who.clone(), bid)
}

fn settle(order: OrderId) -> DispatchResult {
	call(carol(), Call::settle_auction { series: LOT, order })
}

#[test]
fn the_best_bidder_gets_the_title_and_the_beaten_their_money_at_once() {
	build_and_execute(|| {
		let (order, title) = auction();
		let had = stable(&alice());
		assert_eq!(units_of(LOT, title), 50);
		assert_eq!(Titles::title(LOT, title).unwrap().1.locked_by, Some(LockReason::Auction));
		assert_noop!(bid(&bob(), order, 999), Error::<Test>::BidTooLow);
		assert_ok!(bid(&bob(), order, 1_000));
		assert_eq!(held(&bob()), 1_000);
		assert_eq!(Market::quote(LOT, order, 50).unwrap().price, 1_020);
		assert_noop!(bid(&carol(), order, 1_019), Error::<Test>::BidTooLow);
		assert_ok!(bid(&carol(), order, 1_020));
		assert_eq!((held(&bob()), stable(&bob())), (0, FUNDS));
		assert_eq!(held(&carol()), 1_020);
		// One's own bid may be raised.
		assert_ok!(bid(&carol(), order, 2_000));
		assert_eq!(held(&carol()), 2_000);

		assert_noop!(settle(order), Error::<Test>::AuctionNotEnded);
		pass_hours(24);
		assert_noop!(bid(&bob(), order, 5_000), Error::<Test>::AuctionEnded);
		assert_ok!(settle(order));
		assert_eq!(owner_of(LOT, title), Some(carol()));
		assert_eq!(Titles::title(LOT, title).unwrap().1.locked_by, None);
		assert_eq!(stable(&alice()), had + 2_000 - 4);
		assert_eq!((held(&carol()), stable(&carol())), (0, FUNDS - 2_000));
		assert_noop!(settle(order), Error::<Test>::UnknownOrder);
		assert!(matches!(
			last_event(),
			Some(Event::Traded { price: 2_000, fee: 4, units: 50, rest: None, .. })
		));
	});
}

#[test]
fn a_late_bid_keeps_the_auction_open() {
	build_and_execute(|| {
		let (order, _) = auction();
		pass_hours(23);
		assert_ok!(bid(&bob(), order, 1_000));
		let end = Played::start_of(101);
		let ends = |order| match Orders::<Test>::get(LOT, order).unwrap().terms {
			Terms::English(english) => english.ends,
			_ => panic!(),
		};
		assert_eq!(ends(order), end, "an hour is left anyway");
		Now::mutate(|now| *now += HOUR / 2);
		assert_ok!(bid(&carol(), order, 1_020));
		assert_eq!(ends(order), end + HOUR / 2);
		Now::set(end);
		assert_noop!(settle(order), Error::<Test>::AuctionNotEnded);
		assert_ok!(bid(&bob(), order, 1_041));
		assert_eq!(ends(order), end + HOUR);
	});
}

#[test]
fn an_auction_without_a_bid_gives_the_title_back() {
	build_and_execute(|| {
		let (order, title) = auction();
		let (other, _) = {
			assert_ok!(call(alice(), open(newest_title(LOT), 10, 1, 1)));
			(newest(LOT), ())
		};
		assert_ok!(call(alice(), Call::close_order { series: LOT, order: other }));
		assert_noop!(
			call(bob(), Call::close_order { series: LOT, order }),
			Error::<Test>::NotOrderMaker
		);
		pass_hours(24);
		assert_ok!(settle(order));
		assert_eq!(owner_of(LOT, title), Some(alice()));
		assert_eq!(Titles::title(LOT, title).unwrap().1.locked_by, None);
		assert_eq!(held_native(&alice()), 0);
	});
}

#[test]
fn an_auction_with_a_bid_is_not_taken_back() {
	build_and_execute(|| {
		let (order, _) = auction();
		assert_ok!(bid(&bob(), order, 1_000));
		let close = |who| call(who, Call::close_order { series: LOT, order });
		assert_noop!(close(alice()), Error::<Test>::AuctionHasBid);
		pass_hours(24);
		assert_noop!(close(alice()), Error::<Test>::AuctionHasBid);
		assert_noop!(close(carol()), Error::<Test>::AuctionHasBid);
	});
}

#[test]
fn an_auctioned_title_neither_moves_nor_changes() {
	build_and_execute(|| {
		let (order, title) = auction();
		assert!(split(LOT, title, &[1, 49]).is_err());
		let moved = pallet_nfts::Call::transfer { collection: LOT, item: title, dest: bob() };
		assert!(call(alice(), moved).is_err());
		assert_noop!(call(alice(), open(title, 50, 1, 1)), Error::<Test>::TitleLocked);
		let lease = Call::offer_lease {
			series: LOT,
			title,
			days: Days { first: 105, end: 115 },
			price_per_unit_day: ONE,
			least_units: 1,
			expires: 110,
		};
		assert_noop!(call(alice(), lease), Error::<Test>::TitleLocked);
		let buy = Call::buy { series: LOT, order, units: 50, expected: seen(title, Balance::MAX) };
		assert_noop!(call(bob(), buy), Error::<Test>::WrongKindOfOrder);
	});
}

#[test]
fn a_suspension_calls_off_an_auction_whose_bidder_did_not_accept_it() {
	build_and_execute(|| {
		let (order, title) = auction();
		assert_ok!(bid(&bob(), order, 1_000));
		set_status(LOT, LotStatus::Suspended);
		assert_noop!(bid(&carol(), order, 1_020), Error::<Test>::LotSuspended);
		pass_hours(24);
		assert_ok!(settle(order));
		assert_eq!(last_event(), Some(Event::AuctionCalledOff { series: LOT, order }));
		assert_eq!(owner_of(LOT, title), Some(alice()));
		assert_eq!(Titles::title(LOT, title).unwrap().1.locked_by, None);
		assert_eq!((held(&bob()), stable(&bob())), (0, FUNDS));

		assert_ok!(call(alice(), open(title, 50, 1_000, 24)));
		let order = newest(LOT);
		let accepting = Call::bid { series: LOT, order, amount: 1_000, accept_suspended: true };
		assert_ok!(call(bob(), accepting));
		pass_hours(24);
		assert_ok!(settle(order));
		assert_eq!(owner_of(LOT, title), Some(bob()));
	});
}

#[test]
fn a_lot_that_is_over_calls_its_auctions_off() {
	build_and_execute(|| {
		let (order, title) = auction();
		assert_ok!(bid(&bob(), order, 1_000));
		set_status(LOT, LotStatus::Terminated);
		assert_noop!(bid(&carol(), order, 1_020), Error::<Test>::LotOver);
		pass_hours(24);
		assert_ok!(settle(order));
		assert_eq!(owner_of(LOT, title), Some(alice()));
		assert_eq!(stable(&bob()), FUNDS);
	});
}

#[test]
fn days_that_fell_short_during_the_auction_stay_with_the_seller() {
	build_and_execute(|| {
		let (order, title) = auction();
		assert_ok!(bid(&bob(), order, 1_000));
		close_day(LOT, 2, 1);
		pass_hours(24);
		assert_ok!(settle(order));
		assert_eq!(owner_of(LOT, title), Some(bob()));
		assert_eq!(Played::right_of(LOT, title, 101), Holder::Lien(alice()));
		assert_eq!(Played::right_of(LOT, title, 102), Holder::Title);
	});
}

#[test]
fn bad_auctions_and_bids_are_refused() {
	build_and_execute(|| {
		let title = bought(&alice(), 100);
		let refused = [
			(open(title, 50, 0, 24), Error::<Test>::ZeroPrice),
			(open(title, 0, 1, 24), Error::<Test>::ZeroUnits),
			(open(title, 101, 1, 24), Error::<Test>::TooManyUnits),
			(open(title, 50, 1, 0), Error::<Test>::BadDuration),
			(open(title, 50, 1, 337), Error::<Test>::BadDuration),
			(open(title, 50, 1, u32::MAX), Error::<Test>::BadDuration),
			(open(99, 50, 1, 24), Error::<Test>::UnknownTitle),
		];
		for (wrong, error) in refused {
			assert_noop!(call(alice(), wrong), error);
		}
		assert_noop!(call(bob(), open(title, 50, 1, 24)), Error::<Test>::NotTitleOwner);
		assert_noop!(bid(&bob(), 0, 1), Error::<Test>::UnknownOrder);
		let listed = list(&alice(), title, ONE);
		assert_noop!(bid(&bob(), listed, 1), Error::<Test>::WrongKindOfOrder);
		assert_ok!(call(alice(), open(title, 100, 1_000, 24)));
		let order = newest(LOT);
		assert_noop!(bid(&alice(), order, 1_000), Error::<Test>::OwnOrder);
		assert!(bid(&bob(), order, Balance::MAX).is_err(), "nobody has so much");
		assert!(bid(&bob(), order, FUNDS).is_err(), "the least balance stays free");
		assert_ok!(bid(&bob(), order, FUNDS - LEAST_BALANCE));
		// The listing is stale while the title is locked.
		let buy =
			Call::buy { series: LOT, order: listed, units: 1, expected: seen(title, Balance::MAX) };
		assert_noop!(call(carol(), buy), Error::<Test>::TitleLocked);
	});
}
