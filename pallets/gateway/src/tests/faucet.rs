//! Coins for tests, where genesis allows it.

use crate::{mock::*, Error};
use frame_support::{assert_noop, assert_ok};

#[test]
fn the_faucet_gives_a_bounded_amount_a_day() {
	build_and_execute(|| {
		let take = |amount| Gateway::faucet(signed(dora()), WBTC, amount);
		assert_noop!(take(0), Error::<Test>::ZeroAmount);
		assert_ok!(take(9_000));
		assert_noop!(take(1_001), Error::<Test>::FaucetExhausted);
		assert_noop!(take(u128::MAX), Error::<Test>::FaucetExhausted);
		assert_ok!(take(1_000));
		pass_days(1);
		assert_ok!(take(10_000));
		assert_eq!(balance(WBTC, &dora()), 20_000);
		assert_eq!((flows(WBTC).faucet, flows(WBTC).issued), (20_000, 0));
		assert_noop!(Gateway::faucet(signed(dora()), 99, 1), Error::<Test>::UnknownGate);
	});
}

#[test]
fn there_is_no_faucet_where_genesis_has_none() {
	let genesis = GenesisConfig { faucet: false, ..genesis() };
	execute(ext_with(genesis), || {
		assert_noop!(Gateway::faucet(signed(dora()), WBTC, 1), Error::<Test>::FaucetClosed);
	});
}
