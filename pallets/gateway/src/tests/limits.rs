//! Caps, bonds and rates: what exceeds them waits, in turns, and is not lost.

use crate::{
	mock::*,
	types::{Lane, Target, WaitReason, TURNS_PER_DAY},
	Error, Event, WaitQueue,
};
use dmex_primitives::{facts::Priced, AccountId, Balance};
use frame_support::{assert_noop, assert_ok};

fn waits() -> Option<WaitReason> {
	System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::Gateway(Event::DepositWaits { reason, .. }) => Some(reason),
		_ => None,
	})
}

/// What waits for Dora.
fn waiting() -> Balance {
	Gateway::waiting(WBTC, Target::Account(dora()))
}

#[test]
fn what_exceeds_the_cap_waits_until_there_is_room() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.cap = 10_000);
		let address = dora_address(WBTC);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, 8_000)));
		assert_ok!(arrive(&deposit_to(&address, WBTC, 2, 3_000)));
		assert_eq!(waits(), Some(WaitReason::Cap));
		assert_eq!(waiting(), 3_000);
		// What would fit does not overtake.
		assert_ok!(arrive(&deposit_to(&address, WBTC, 3, 1_000)));
		assert_eq!(waits(), Some(WaitReason::Queue));
		assert_eq!((flows(WBTC).issued, flows(WBTC).waiting), (8_000, 4_000));
		let mint = || Gateway::mint_waiting(signed(emil()), WBTC, Lane::Accounts);
		let least = |cap, least_deposit| {
			set_terms(Priced::Coin(0), |terms| {
				(terms.cap, terms.least_deposit) = (cap, least_deposit)
			});
		};
		// No part is less than the least deposit.
		least(8_999, 1_000);
		assert_noop!(mint(), Error::<Test>::MustWait);
		// As much as there is room for is minted, and the rest waits on.
		least(9_000, 1_000);
		assert_ok!(mint());
		assert_eq!((balance(WBTC, &dora()), waiting()), (9_000, 3_000));
		assert_noop!(mint(), Error::<Test>::MustWait);
		// A withdrawal makes room, and the chain mints by itself.
		let id = withdraw(2_000).unwrap();
		assert_ok!(accept(id, 1));
		assert_ok!(confirm(id, 2));
		idle();
		assert_eq!((balance(WBTC, &dora()), waiting()), (9_000, 1_000));
		least(10_000, 1_000);
		idle();
		assert_eq!((flows(WBTC).issued, flows(WBTC).waiting), (12_000, 0));
		assert_noop!(mint(), Error::<Test>::NothingWaits);
	});
}

#[test]
fn supply_stays_below_a_multiple_of_the_bonds_at_fresh_prices() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.unbonded = 1_000);
		let address = dora_address(WBTC);
		// The unbonded part needs no price.
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, 1_000)));
		assert_eq!(flows(WBTC).issued, 1_000);
		assert_eq!(Gateway::supply(WBTC).unwrap().backed, Some(1_000));
		for who in [anna(), bert()] {
			assert_ok!(Gateway::bond(signed(who), 250_000_000));
		}
		assert_eq!(Gateway::supply(WBTC).unwrap().backed, None);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 2, 150_000)));
		assert_eq!(waits(), Some(WaitReason::Price));
		// 500 dollars, a fifth of them, twice: 200 dollars of bitcoin at 100,000 are 0.002.
		set_price(Priced::Coin(0), 100_000);
		set_price(Priced::Stable, 1);
		assert_eq!(Gateway::supply(WBTC).unwrap().backed, Some(200_000));
		idle();
		assert_eq!(flows(WBTC).issued, 151_000);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 3, 49_001)));
		assert_eq!(waits(), Some(WaitReason::Bonds));
		idle();
		assert_eq!(flows(WBTC).waiting, 1);
		assert_ok!(Gateway::bond(signed(cora()), 1_000_000));
		idle();
		assert_eq!(flows(WBTC).waiting, 0);
		// A slash does not burn what is out, it stops what would come.
		assert_ok!(Gateway::slash_custodian(RuntimeOrigin::root(), anna(), Balance::MAX));
		assert_ok!(arrive(&deposit_to(&address, WBTC, 4, 1)));
		assert_eq!(flows(WBTC).waiting, 1);
	});
}

#[test]
fn a_bond_in_a_stablecoin_that_fell_backs_less() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.unbonded = 0);
		assert_ok!(Gateway::bond(signed(anna()), 500_000_000));
		set_price(Priced::Coin(0), 100_000);
		store::put("price", Priced::Stable, dmex_primitives::PRICE_ONE / 10 * 9);
		assert_eq!(Gateway::supply(WBTC).unwrap().backed, Some(180_000));
		// Above its face it is worth no more.
		set_price(Priced::Stable, 2);
		assert_eq!(Gateway::supply(WBTC).unwrap().backed, Some(200_000));
	});
}

#[test]
fn minting_has_a_rate_for_lots_and_another_for_accounts() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| {
			terms.lot_mint_per_day = 10_000;
			terms.account_mint_per_day = 480;
		});
		let lot = lot_address();
		let dora_at = dora_address(WBTC);
		// More than a day's never passes at once.
		assert_ok!(arrive(&deposit_to(&dora_at, WBTC, 1, 1_000)));
		assert_eq!((waits(), waiting()), (Some(WaitReason::Rate), 1_000));
		// Lots do not wait for accounts.
		assert_ok!(arrive(&deposit_to(&lot, WBTC, 3, 9_000)));
		assert_eq!(Received::get(), [(0, 9_000)]);
		assert_ok!(arrive(&deposit_to(&lot, WBTC, 4, 2_000)));
		assert_eq!(
			(waits(), Gateway::waiting(WBTC, Target::Lot(0))),
			(Some(WaitReason::Rate), 2_000)
		);
		// What waits has arrived.
		assert_eq!(Gateway::book_of_lot(0).unwrap().arrived, 11_000);
		// Of the account's ten are a turn, four turns a block, 48 a day and as many at the start.
		idle();
		assert_eq!(waiting(), 960);
		blocks(20);
		assert_eq!(waiting(), 520);
		pass_days(1);
		blocks(20);
		assert_eq!(waiting(), 40);
		assert_eq!(Received::get().iter().map(|(_, amount)| amount).sum::<Balance>(), 11_000);
		pass_days(1);
		blocks(20);
		assert_eq!((balance(WBTC, &dora()), flows(WBTC).waiting), (1_000, 0));
	});
}

fn blocks(count: usize) {
	(0..count).for_each(|_| idle());
}

/// A turn's share of a day, with the chores of a few blocks.
fn pass_turn() {
	Now::mutate(|now| *now += DAY / TURNS_PER_DAY as u64);
	blocks(3);
}

fn received(lot: u32) -> Balance {
	Received::get().iter().filter(|(to, _)| *to == lot).map(|(_, amount)| amount).sum()
}

/// Lot 0 and Emil's lot 1 have addresses; what is minted for lots in a turn is 1,000.
fn rivals() -> [crate::types::Address; 2] {
	set_terms(Priced::Coin(0), |terms| {
		terms.lot_mint_per_day = 48_000;
		terms.account_mint_per_day = 48_000;
		terms.least_deposit = 500;
	});
	let first = lot_address();
	open_lot(1, emil());
	Gateway::request_lot_address(signed(emil()), 1).unwrap();
	[first, Gateway::address_of_lot(1).unwrap()]
}

#[test]
fn a_big_deposit_to_a_lot_delays_another_lots_payout_by_one_turn() {
	build_and_execute(|| {
		let [big, small] = rivals();
		// Ten days' worth, and as much again in pieces: they have one turn together.
		assert_ok!(arrive(&deposit_to(&big, WBTC, 1, 480_000)));
		for n in 2..12 {
			assert_ok!(arrive(&deposit_to(&big, WBTC, n, 48_000)));
		}
		assert_eq!(WaitQueue::<Test>::get((WBTC, Lane::Lots)).len(), 1);
		// The day's rate is used up by it.
		blocks(30);
		assert_eq!(received(0), 48_000);
		for (n, paid) in (12..22).zip(1u128..) {
			assert_ok!(arrive(&deposit_to(&small, WBTC, n, 1_000)));
			assert_eq!(waits(), Some(WaitReason::Queue));
			pass_turn();
			pass_turn();
			assert_eq!(received(1), 1_000 * paid);
			assert_eq!(received(0), 48_000 + 1_000 * paid);
		}
		// Nothing is lost: what is left takes its time, and no more.
		for _ in 0..1_000 {
			pass_turn();
		}
		assert_eq!((received(0), received(1)), (960_000, 10_000));
		assert_eq!(flows(WBTC).waiting, 0);
	});
}

#[test]
fn payouts_above_a_turn_share_the_rate() {
	build_and_execute(|| {
		let [big, small] = rivals();
		assert_ok!(arrive(&deposit_to(&big, WBTC, 1, 480_000)));
		blocks(30);
		assert_ok!(arrive(&deposit_to(&small, WBTC, 2, 10_400)));
		// Eleven turns for it, and as many for the other: half of the rate is its own.
		for _ in 0..21 {
			pass_turn();
		}
		assert_eq!((received(0), received(1)), (48_000 + 11_000, 10_000));
		pass_turn();
		assert_eq!(received(1), 10_400);
	});
}

#[test]
fn a_big_deposit_to_an_account_delays_another_account_by_one_turn() {
	build_and_execute(|| {
		rivals();
		let big = dora_address(WBTC);
		Gateway::request_address(signed(emil()), WBTC).unwrap();
		let small = Gateway::address_of_account(WBTC, emil()).unwrap();
		assert_ok!(arrive(&deposit_to(&big, WBTC, 1, 480_000)));
		blocks(30);
		assert_ok!(arrive(&deposit_to(&small, WBTC, 2, 1_000)));
		pass_turn();
		assert_eq!((balance(WBTC, &dora()), balance(WBTC, &emil())), (49_000, 0));
		pass_turn();
		assert_eq!((balance(WBTC, &dora()), balance(WBTC, &emil())), (49_000, 1_000));
		assert_eq!(waiting(), 480_000 - 49_000);
	});
}

#[test]
fn room_under_the_cap_is_shared_in_turns() {
	build_and_execute(|| {
		let [big, small] = rivals();
		let cap = |cap| {
			set_terms(Priced::Coin(0), |terms| {
				terms.lot_mint_per_day = 48_000;
				terms.least_deposit = 500;
				terms.cap = cap;
			});
		};
		cap(10_000);
		assert_ok!(arrive(&deposit_to(&big, WBTC, 1, 100_000)));
		blocks(30);
		assert_ok!(arrive(&deposit_to(&small, WBTC, 2, 600)));
		blocks(30);
		assert_eq!((received(0), received(1)), (10_000, 0));
		// What is first in the queue is far more than there is room for, and holds up nobody.
		cap(10_499);
		blocks(1);
		assert_eq!((received(0), received(1)), (10_000, 0));
		cap(10_500);
		blocks(1);
		assert_eq!((received(0), received(1)), (10_500, 0));
		cap(11_100);
		blocks(1);
		assert_eq!((received(0), received(1)), (10_500, 600));
		cap(Balance::MAX);
		pass_days(3);
		blocks(100);
		assert_eq!(received(0) + Gateway::waiting(WBTC, Target::Lot(0)), 100_000);
	});
}

#[test]
fn many_deposits_of_one_wait_as_one() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.cap = 0);
		let address = dora_address(WBTC);
		for n in 1..=40 {
			assert_ok!(arrive(&deposit_to(&address, WBTC, n, 100)));
		}
		assert_eq!(WaitQueue::<Test>::get((WBTC, Lane::Accounts)).len(), 1);
		set_terms(Priced::Coin(0), |_| ());
		idle();
		assert_eq!((balance(WBTC, &dora()), flows(WBTC).waiting), (4_000, 0));
	});
}

#[test]
fn chores_mint_a_few_in_a_block() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.cap = 0);
		let people: Vec<AccountId> = [1, 2, 3, 11, 12, 13].map(account).to_vec();
		post(WBTC, 11..=16);
		for (n, who) in (1..).zip(&people) {
			Gateway::request_address(signed(who.clone()), WBTC).unwrap();
			let address = Gateway::address_of_account(WBTC, who.clone()).unwrap();
			assert_ok!(arrive(&deposit_to(&address, WBTC, n, 100)));
		}
		set_terms(Priced::Coin(0), |_| ());
		idle();
		assert_eq!(flows(WBTC).waiting, 200);
		idle();
		assert!(people.iter().all(|who| balance(WBTC, who) == 100));
	});
}

#[test]
fn withdrawals_are_accepted_within_their_rate() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.withdraw_per_day = 4_000);
		assert_ok!(arrive(&deposit_to(&dora_address(WBTC), WBTC, 1, 20_000)));
		let first = withdraw(3_000).unwrap();
		let second = withdraw(2_000).unwrap();
		assert_ok!(accept(first, 1));
		let quote = Gateway::quote_withdrawal(WBTC, dora(), 2_000).unwrap();
		// A quarter of a day until 1,000 more have drained.
		assert_eq!(quote.earliest, Some(Now::get() + DAY / 4));
		assert_eq!(accept(second, 2), Err(Error::<Test>::RateExceeded.into()));
		Now::mutate(|now| *now += DAY / 4);
		// The first vote stands; the deciding one is cast again.
		let accepted = Gateway::accept_withdrawal(signed(bert()), second, inputs([2]));
		assert_ok!(accepted.map(|_| ()).map_err(|error| error.error));
	});
}

#[test]
fn no_room_in_a_block_means_no_chores() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.cap = 0);
		assert_ok!(arrive(&deposit_to(&dora_address(WBTC), WBTC, 1, 100)));
		set_terms(Priced::Coin(0), |_| ());
		use frame_support::{traits::Hooks, weights::Weight};
		let used = Gateway::on_idle(1, Weight::from_parts(1_000, 10));
		assert_eq!(used, Weight::zero());
		assert_eq!(flows(WBTC).waiting, 100);
		let room = Weight::from_parts(5_000_000_000, 500_000);
		let used = Gateway::on_idle(1, room);
		assert!(used.all_lte(room));
		assert_eq!(flows(WBTC).waiting, 0);
	});
}

#[test]
fn a_deposit_below_the_least_is_refused_before_anyone_votes() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.least_deposit = 1_000);
		let address = lot_address();
		assert_noop!(
			attest(anna(), &deposit_to(&address, WBTC, 1, 999)),
			Error::<Test>::BelowLeast
		);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, 1_000)));
		assert_eq!(Received::get(), [(0, 1_000)]);
		// Votes that were cast before the least rose are of no use.
		let small = deposit_to(&address, WBTC, 2, 1_000);
		assert_ok!(attest(anna(), &small));
		set_terms(Priced::Coin(0), |terms| {
			(terms.least_deposit, terms.least_withdrawal) = (1_001, 1_001)
		});
		assert_noop!(attest(bert(), &small), Error::<Test>::BelowLeast);
	});
}
