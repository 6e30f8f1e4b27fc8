//! Where a fee cannot be bought it is in DMEX; where that is not there either, nothing moves.

use crate::{mock::*, types::FeeQuote};
use dmex_primitives::{Balance, DMEX};
use frame_support::{
	assert_ok, assert_storage_noop,
	traits::fungible::{MutateFreeze, NativeOrWithId},
};
use sp_runtime::transaction_validity::InvalidTransaction;

/// Alice pays in DMEX although she chose.
fn pays_dmex() {
	let (fee, before, stable) = (fee(0), free(&alice()), dollars(&alice()));
	assert_eq!(FeeChoice::quote_fee(alice(), fee), FeeQuote { asset: None, amount: fee });
	assert_ok!(validate(&alice(), 0));
	assert_eq!(transact(&alice(), 0, WEIGHT), Ok(fee));
	assert_eq!((free(&alice()), dollars(&alice())), (before - fee, stable));
}

/// Alice cannot pay, and nothing is moved by trying.
fn cannot_pay(tip: Balance) {
	let refused = Err(InvalidTransaction::Payment.into());
	assert_storage_noop!(assert_eq!(transact(&alice(), tip, WEIGHT), refused));
}

fn send_away_dmex() {
	let all = free(&alice()) - ED;
	assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(alice()), bob(), all));
}

fn send_away_dollars(left: Balance) {
	let some = dollars(&alice()) - left;
	let signed = RuntimeOrigin::signed(alice());
	assert_ok!(Assets::transfer(signed, STABLE, bob(), some));
}

#[test]
fn a_price_above_the_limit_is_not_paid() {
	build_and_execute(|| {
		choose(alice(), 99_000);
		pays_dmex();
		choose(alice(), LIMIT);
		assert_eq!(FeeChoice::quote_fee(alice(), fee(0)).asset, Some(STABLE));
	});
}

#[test]
fn who_lifts_the_price_for_a_moment_takes_nothing() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		// Four times the price: half of the pool's DMEX for as much as all its dollars.
		assert_ok!(AssetConversion::swap_tokens_for_exact_tokens(
			RuntimeOrigin::signed(provider()),
			vec![Box::new(NativeOrWithId::WithId(STABLE)), Box::new(NativeOrWithId::Native)],
			5_000 * DMEX,
			2_000_000_000,
			provider(),
			true,
		));
		assert!(price(DMEX) > 390_000);
		pays_dmex();
	});
}

#[test]
fn without_a_pool_fees_are_in_dmex() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		Allowed::set(8);
		let terms = crate::types::FeeTerms { asset: 8, most_per_dmex: LIMIT };
		assert_ok!(FeeChoice::choose_fee_asset(RuntimeOrigin::signed(alice()), Some(terms)));
		pays_dmex();
	});
}

#[test]
fn an_asset_that_is_no_longer_allowed_buys_nothing() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		Allowed::set(8);
		pays_dmex();
	});
}

#[test]
fn a_fee_does_not_take_the_last_of_an_asset() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		let price = price(fee(0));
		send_away_dollars(LEAST_STABLE + price - 1);
		pays_dmex();
		send_away_dollars(LEAST_STABLE);
		pays_dmex();
		assert_eq!(dollars(&alice()), LEAST_STABLE);
	});
}

#[test]
fn a_fee_that_the_pool_does_not_have_is_in_dmex() {
	build_and_execute(|| {
		choose(alice(), Balance::MAX);
		// More DMEX than the pool has, and more than Alice has.
		cannot_pay(20_000 * DMEX);
		// And what would empty it costs more dollars than she has.
		cannot_pay(9_999 * DMEX);
		let signed = RuntimeOrigin::signed(provider());
		assert_ok!(Balances::transfer_keep_alive(signed, alice(), 30_000 * DMEX));
		let before = free(&alice());
		let cost = transact(&alice(), 20_000 * DMEX, WEIGHT).unwrap();
		assert_eq!((free(&alice()), dollars(&alice())), (before - cost, DOLLARS));
	});
}

#[test]
fn who_has_neither_does_not_pay() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		send_away_dmex();
		send_away_dollars(0);
		let refused = Err(InvalidTransaction::Payment.into());
		assert_eq!(validate(&alice(), 0), refused);
		cannot_pay(0);
	});
}

#[test]
fn what_is_bought_and_cannot_be_taken_is_not_bought() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		// More is frozen than there is: what comes in is frozen with it.
		assert_ok!(<Balances as MutateFreeze<_>>::set_freeze(&(), &alice(), 2 * FUNDS));
		cannot_pay(0);
		assert_eq!(dollars(&alice()), DOLLARS);
	});
}
