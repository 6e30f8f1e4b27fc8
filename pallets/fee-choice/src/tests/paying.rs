use crate::{mock::*, types::FeeQuote, Event};
use dmex_primitives::DMEX;
use frame_support::{assert_ok, traits::fungible::MutateFreeze};

#[test]
fn a_fee_is_bought_and_then_taken_as_from_anyone() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		let (fee, before) = (fee(0), free(&alice()));
		let price = price(fee);
		let quote = FeeChoice::quote_fee(alice(), fee);
		assert_eq!(quote, FeeQuote { asset: Some(STABLE), amount: price });
		let (pool_dmex, pool_dollars) = reserves();
		assert_ok!(validate(&alice(), 0));
		assert_eq!(dollars(&alice()), DOLLARS);
		assert_eq!(transact(&alice(), 0, WEIGHT), Ok(fee));
		System::assert_has_event(
			Event::FeeBought { who: alice(), asset: STABLE, paid: price, fee }.into(),
		);
		assert_eq!((free(&alice()), dollars(&alice())), (before, DOLLARS - price));
		assert_eq!(free(&account(99)), ED + fee);
		assert_eq!(reserves(), (pool_dmex - fee, pool_dollars + price));
		// Ten cents a DMEX, three per mille for the pool, and a unit for its rounding.
		let fair = fee * 100_000 / DMEX;
		assert!(price > fair && price <= fair + fair * 4 / 1_000 + 2, "{price} {fair}");
	});
}

#[test]
fn what_is_not_used_comes_back_in_dmex() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		let (fee, before) = (fee(0), free(&alice()));
		let price = price(fee);
		let cost = transact(&alice(), 0, WEIGHT / 4).unwrap();
		assert_eq!(fee - cost, u128::from(WEIGHT / 4 * 3));
		assert_eq!((free(&alice()), dollars(&alice())), (before + fee - cost, DOLLARS - price));
		assert_eq!(free(&account(99)), ED + cost);
	});
}

#[test]
fn a_tip_is_bought_too() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		let (fee, before) = (fee(DMEX), free(&alice()));
		let price = price(fee);
		assert_eq!(transact(&alice(), DMEX, WEIGHT), Ok(fee));
		assert_eq!((free(&alice()), dollars(&alice())), (before, DOLLARS - price));
		assert_eq!(free(&account(99)), ED + fee);
	});
}

#[test]
fn who_did_not_choose_pays_dmex() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		let fee = fee(0);
		assert_eq!(FeeChoice::quote_fee(bob(), fee), FeeQuote { asset: None, amount: fee });
		assert_eq!(transact(&bob(), 0, WEIGHT), Ok(fee));
		assert_eq!((free(&bob()), dollars(&bob())), (FUNDS - fee, DOLLARS));
		// And who does not any more.
		assert_ok!(FeeChoice::choose_fee_asset(RuntimeOrigin::signed(alice()), None));
		assert_eq!(transact(&alice(), 0, WEIGHT), Ok(fee));
		assert_eq!((free(&alice()), dollars(&alice())), (FUNDS - fee, DOLLARS));
	});
}

#[test]
fn an_account_without_spendable_dmex_pays() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		let all = free(&alice()) - ED;
		assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(alice()), bob(), all));
		let fee = fee(0);
		let price = price(fee);
		assert_ok!(validate(&alice(), 0));
		assert_eq!(transact(&alice(), 0, WEIGHT), Ok(fee));
		assert_eq!((free(&alice()), dollars(&alice())), (ED, DOLLARS - price));
	});
}

#[test]
fn an_account_whose_dmex_are_all_frozen_pays() {
	build_and_execute(|| {
		choose(alice(), LIMIT);
		assert_ok!(<Balances as MutateFreeze<_>>::set_freeze(&(), &alice(), FUNDS));
		let fee = fee(0);
		let price = price(fee);
		assert_ok!(validate(&alice(), 0));
		assert_eq!(transact(&alice(), 0, WEIGHT), Ok(fee));
		assert_eq!((free(&alice()), dollars(&alice())), (FUNDS - DEPOSIT, DOLLARS - price));
	});
}
