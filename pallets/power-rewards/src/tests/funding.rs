use crate::{mock::*, types::*, Coins, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, TokenError};

#[test]
fn the_law_funds_from_the_treasury_and_anyone_from_his_own() {
	build_and_execute(|| {
		let treasury = free(&account(99));
		assert_ok!(PowerRewards::fund(RuntimeOrigin::root(), 500));
		System::assert_last_event(Event::Funded { from: Some(account(99)), amount: 500 }.into());
		assert_eq!(free(&account(99)), treasury - 500);
		assert_ok!(PowerRewards::fund(RuntimeOrigin::signed(alice()), 70));
		assert_eq!(free(&alice()), FUNDS - 70);
		assert_eq!((books().funded, books().budget), (1_000_570, 1_000_570));
		let none = RuntimeOrigin::none();
		assert_noop!(PowerRewards::fund(none, 70), DispatchError::BadOrigin);
		let fund = |amount| PowerRewards::fund(RuntimeOrigin::signed(alice()), amount);
		assert_noop!(fund(0), Error::<Test>::ZeroAmount);
		assert_noop!(fund(2 * FUNDS), TokenError::FundsUnavailable);
	});
}

#[test]
fn the_pot_keeps_its_existential_deposit() {
	build_and_execute(|| {
		assert_eq!(free(&PowerRewards::pot()), 1_000_000 + ED);
		assert_eq!(books().funded, 1_000_000);
	});
}

#[test]
fn what_is_sent_to_the_pot_is_found_when_a_day_begins() {
	build_and_execute(|| {
		staked(LOT, &alice(), 1);
		let pot = PowerRewards::pot();
		assert_ok!(Balances::transfer_keep_alive(RuntimeOrigin::signed(bob()), pot, 5_000));
		assert_eq!(books().funded, 1_000_000);
		go_to(START + 1);
		System::assert_has_event(Event::Funded { from: None, amount: 5_000 }.into());
		assert_eq!((books().funded, books().budget), (1_005_000, 1_004_000));
	});
}

#[test]
fn only_the_law_sets_what_is_spent_and_in_steps() {
	build_and_execute(|| {
		let set = |amount| PowerRewards::set_daily_budget(RuntimeOrigin::root(), amount);
		let signed = RuntimeOrigin::signed(alice());
		assert_noop!(PowerRewards::set_daily_budget(signed, 1), DispatchError::BadOrigin);
		assert_noop!(set(2_001), Error::<Test>::StepTooFar);
		assert_ok!(set(2_000));
		System::assert_last_event(Event::DailyBudgetSet { amount: 2_000 }.into());
		assert_noop!(set(999), Error::<Test>::StepTooFar);
		assert_noop!(set(MAX_DAILY + 1), Error::<Test>::BudgetOutOfBounds);
		assert_ok!(set(1_000));
		assert_ok!(set(0));
		staked(LOT, &alice(), 1);
		go_to(START + 1);
		assert_eq!((books().reserved, PowerRewards::day_budget(START + 1)), (0, None));
	});
}

#[test]
fn weights_hold_from_the_next_day_on() {
	build_and_execute(|| {
		let set = |coin, weight| PowerRewards::set_coin_weight(RuntimeOrigin::root(), coin, weight);
		let (_, btc) = staked(LOT, &alice(), 100);
		let (_, bch) = staked(BCH_LOT, &bob(), 200);
		go_to(START + 1);
		let signed = RuntimeOrigin::signed(alice());
		assert_noop!(PowerRewards::set_coin_weight(signed, BTC, 1), DispatchError::BadOrigin);
		assert_noop!(set(BTC, 5), Error::<Test>::StepTooFar);
		assert_noop!(set(BTC, MAX_WEIGHT + 1), Error::<Test>::WeightOutOfBounds);
		assert_ok!(set(BTC, 4));
		System::assert_last_event(Event::CoinWeightSet { coin: BTC, weight: 4 }.into());
		assert_ok!(set(BCH, 0));
		go_to(START + 2);
		go_to(START + 3);
		for lot in [LOT, BCH_LOT] {
			close(lot, START + 1, 100);
			close(lot, START + 2, 100);
		}
		assert_eq!((claimable(btc), claimable(bch)), (1_500, 500));
	});
}

#[test]
fn a_coin_is_added_with_any_weight_and_leaves_when_nothing_of_it_is_staked() {
	build_and_execute(|| {
		let set = |coin, weight| PowerRewards::set_coin_weight(RuntimeOrigin::root(), coin, weight);
		assert_ok!(set(FIL, MAX_WEIGHT));
		assert_ok!(set(FIL, 0));
		assert_eq!(Coins::<Test>::get().len(), 2);
		for coin in 3..3 + MAX_COINS - 2 {
			assert_ok!(set(coin, 1));
		}
		assert_noop!(set(99, 1), Error::<Test>::TooManyCoins);
		// Nothing to add for nothing.
		assert_ok!(set(3, 0));
		assert_ok!(set(99, 1));
	});
}
