//! Caps, bonds and rates: what exceeds them waits in order and is not lost.

use crate::{
	mock::*,
	types::{Deposit, Lane, Seen, WaitReason},
	Error, Event,
};
use dmex_primitives::{facts::Priced, Balance};
use frame_support::{assert_noop, assert_ok};

fn waits() -> Option<WaitReason> {
	System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::Gateway(Event::DepositWaits { reason, .. }) => Some(reason),
		_ => None,
	})
}

fn is_waiting(n: u8) -> bool {
	matches!(Gateway::deposit(WBTC, tx(n), 0), Some(Seen { waiting: true, .. }))
}

#[test]
fn what_exceeds_the_cap_waits_until_there_is_room() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.cap = 10_000);
		let address = dora_address(WBTC);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, 8_000)));
		assert_ok!(arrive(&deposit_to(&address, WBTC, 2, 3_000)));
		assert_eq!(waits(), Some(WaitReason::Cap));
		assert!(is_waiting(2));
		// What would fit does not overtake.
		assert_ok!(arrive(&deposit_to(&address, WBTC, 3, 1_000)));
		assert_eq!(waits(), Some(WaitReason::Queue));
		assert_eq!((flows(WBTC).issued, flows(WBTC).waiting), (8_000, 4_000));
		let mint = || Gateway::mint_waiting(signed(emil()), WBTC, Lane::Accounts);
		assert_noop!(mint(), Error::<Test>::MustWait);
		set_terms(Priced::Coin(0), |terms| terms.cap = 11_000);
		assert_ok!(mint());
		assert!(!is_waiting(2));
		assert_eq!(balance(WBTC, &dora()), 11_000);
		assert_noop!(mint(), Error::<Test>::MustWait);
		// A withdrawal makes room, and the chain mints by itself.
		let id = withdraw(2_000).unwrap();
		assert_ok!(accept(id, 1));
		assert_ok!(confirm(id, 2));
		idle();
		assert_eq!(balance(WBTC, &dora()), 10_000);
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
		assert_eq!(flows(WBTC).waiting, 49_001);
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
			terms.account_mint_per_day = 1_000;
		});
		let lot = lot_address();
		let dora_at = dora_address(WBTC);
		// Goes alone though it is more than a day's, and the next waits for five days.
		assert_ok!(arrive(&deposit_to(&dora_at, WBTC, 1, 5_000)));
		assert_ok!(arrive(&deposit_to(&dora_at, WBTC, 2, 1_000)));
		assert_eq!(waits(), Some(WaitReason::Rate));
		// Lots do not wait for accounts.
		assert_ok!(arrive(&deposit_to(&lot, WBTC, 3, 9_000)));
		assert_eq!(Received::get(), [(0, 9_000)]);
		assert_ok!(arrive(&deposit_to(&lot, WBTC, 4, 2_000)));
		assert!(is_waiting(4));
		// What waits has arrived.
		assert_eq!(Gateway::book_of_lot(0).unwrap().arrived, 11_000);
		idle();
		assert_eq!(flows(WBTC).waiting, 3_000);
		pass_days(1);
		idle();
		assert_eq!(Received::get(), [(0, 9_000), (0, 2_000)]);
		assert_eq!(flows(WBTC).waiting, 1_000);
		pass_days(4);
		idle();
		assert_eq!(balance(WBTC, &dora()), 6_000);
	});
}

#[test]
fn a_full_queue_refuses_the_deciding_vote_and_takes_it_later() {
	build_and_execute(|| {
		set_terms(Priced::Coin(0), |terms| terms.cap = 0);
		let address = dora_address(WBTC);
		for n in 1..=8 {
			assert_ok!(arrive(&deposit_to(&address, WBTC, n, 100)));
		}
		let ninth = deposit_to(&address, WBTC, 9, 100);
		assert_noop!(attest(anna(), &ninth), Error::<Test>::TooManyWaiting);
		set_terms(Priced::Coin(0), |_| ());
		idle();
		// Four chores of a kind in a block.
		assert_eq!(flows(WBTC).waiting, 400);
		assert_ok!(arrive(&ninth));
		idle();
		idle();
		assert_eq!(balance(WBTC, &dora()), 900);
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
fn a_deposit_of_one_unit_is_a_deposit() {
	build_and_execute(|| {
		let one = deposit_to(&lot_address(), WBTC, 1, 1);
		assert_ok!(arrive(&one));
		// The pot cannot hold less than the least balance, so it is owed to the lot.
		assert_eq!(flows(WBTC).owed, 1);
		assert_ok!(arrive(&Deposit { output: 1, amount: LEAST, ..one }));
		assert_eq!(Received::get(), [(0, LEAST + 1)]);
	});
}
