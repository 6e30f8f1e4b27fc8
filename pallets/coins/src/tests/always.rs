//! Sabotaged states that the checks catch.

use super::*;
use dmex_math::Fixed;
use frame_support::traits::tokens::fungibles::metadata::Mutate as _;

fn caught(sabotage: impl FnOnce(), complaint: &'static str) {
	chain(vec![bitcoin(), bitcoin_cash(), filecoin()]).execute_with(|| {
		World::header(BTC, 100, 842_688, 0x1701_fca1);
		mock::Coins::do_try_state().unwrap();
		sabotage();
		assert_eq!(mock::Coins::do_try_state(), Err(complaint.into()));
	});
}

fn change(id: u32, change: impl FnOnce(&mut dmex_primitives::coins::Coin)) {
	crate::Coins::<Test>::mutate(id, |coin| change(coin.as_mut().unwrap()));
}

#[test]
fn a_wrong_count_is_caught() {
	caught(|| CoinCount::<Test>::put(2), "coins and their count differ");
	caught(|| CoinCount::<Test>::put(7), "more coins than there may be");
	caught(|| crate::Coins::<Test>::remove(FIL), "coins and their count differ");
	caught(
		|| {
			let coin = crate::Coins::<Test>::take(FIL).unwrap();
			crate::Coins::<Test>::insert(5, coin);
		},
		"a coin is not below the count",
	);
}

#[test]
fn terms_out_of_bounds_are_caught() {
	caught(|| change(BTC, |coin| coin.blocks_per_day = 0), "a coin's terms are out of bounds");
}

#[test]
fn symbols_that_disagree_are_caught() {
	caught(|| BySymbol::<Test>::remove(text("BTC")), "symbols and coins differ in number");
	caught(|| BySymbol::<Test>::insert(text("XYZ"), 1), "symbols and coins differ in number");
	caught(|| BySymbol::<Test>::insert(text("BTC"), 1), "a coin's symbol names another");
}

#[test]
fn assets_that_disagree_are_caught() {
	caught(|| change(BTC, |coin| coin.asset += 1), "a coin has the asset of another");
	caught(
		|| {
			let owner = RuntimeOrigin::signed(mock::Coins::account());
			assert_ok!(Assets::start_destroy(owner.clone(), 1_000));
			assert_ok!(Assets::finish_destroy(owner, 1_000));
		},
		"a coin's asset does not exist",
	);
	let set = |symbol: &str, decimals| {
		let owner = mock::Coins::account();
		assert_ok!(Assets::set(1_000, &owner, b"Wrapped".to_vec(), symbol.into(), decimals));
	};
	caught(|| set("BCH", 8), "an asset's symbol differs");
	caught(|| set("BTC", 9), "an asset's decimals differ");
}

#[test]
fn networks_at_the_wrong_place_are_caught() {
	let fact = || crate::Past::<Test>::get(BTC, 100 % PAST_SLOTS).unwrap();
	caught(
		|| crate::Past::<Test>::insert(9, 100 % PAST_SLOTS, fact()),
		"a network of a coin that is unknown",
	);
	caught(
		|| crate::Past::<Test>::insert(BTC, 7, fact()),
		"a network is kept at the place of another day",
	);
	caught(|| World::set_day(99), "a network is kept of a day to come");
}

#[test]
fn growth_out_of_nowhere_is_caught() {
	caught(
		|| {
			let growth = crate::Growth::<Test>::get(BTC).unwrap();
			crate::Growth::<Test>::insert(9, growth);
		},
		"growth of a coin that is unknown",
	);
	caught(
		|| {
			crate::Growth::<Test>::mutate(BTC, |growth| {
				growth.as_mut().unwrap().filter.drift = Fixed::ONE;
			})
		},
		"a drift is beyond its limit",
	);
}
