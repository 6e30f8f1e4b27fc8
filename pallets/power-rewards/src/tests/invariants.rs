//! Each invariant with a sabotaged state that the check must catch.

use crate::{mock::*, types::*, *};
use dmex_primitives::titles::{LockReason, Titles};
use frame_support::traits::{fungible::MutateHold, tokens::Precision};

/// Two stakes of a lot, of which the first has ended; day 101 closed and 102 open.
fn sabotage(break_it: impl FnOnce(), rule: &'static str) {
	ext().execute_with(|| {
		let (title, _) = staked(LOT, &alice(), 1);
		staked(LOT, &bob(), 2);
		for day in 1..=3 {
			go_to(START + day);
		}
		unstake(LOT, &alice(), title).unwrap();
		close(LOT, START + 1, 100);
		claim(&[1]).unwrap();
		check();
		break_it();
		assert_eq!(PowerRewards::do_try_state(), Err(rule.into()));
	});
}

fn lot(change: impl FnOnce(&mut LotStake)) {
	LotStakes::<Test>::mutate(LOT, |record| change(record.as_mut().unwrap()));
}

fn stake(id: StakeId, change: impl FnOnce(&mut Stake<dmex_primitives::AccountId>)) {
	Stakes::<Test>::mutate(id, |record| change(record.as_mut().unwrap()));
}

#[test]
fn money_out_of_nowhere_is_caught() {
	let rule = "what came in is not what is there and what was paid";
	sabotage(|| Ledger::<Test>::mutate(|books| books.budget += 1), rule);
	sabotage(|| Ledger::<Test>::mutate(|books| books.paid -= 1), rule);
	sabotage(
		|| {
			Ledger::<Test>::mutate(|books| {
				books.budget += 1;
				books.funded += 1;
			})
		},
		"the pot does not have what the books say",
	);
}

#[test]
fn what_is_owed_but_not_booked_is_caught() {
	sabotage(|| lot(|lot| lot.owed += 1), "what lots are owed is not what the books owe");
	let move_to_owed = |owed: i8| {
		Ledger::<Test>::mutate(|books| {
			books.owed = books.owed.checked_add_signed(owed.into()).unwrap();
			books.budget = books.budget.checked_sub_signed(owed.into()).unwrap();
		});
		lot(|lot| lot.owed = lot.owed.checked_add_signed(owed.into()).unwrap());
	};
	let rule = "what a lot is owed is not what its stakes have earned";
	sabotage(|| move_to_owed(1), rule);
	sabotage(|| move_to_owed(-1), rule);
	// Understated by one, or rounded up by one part in 10¹².
	sabotage(|| lot(|lot| lot.carry += 1), rule);
	sabotage(|| lot(|lot| lot.index += 1), rule);
	sabotage(|| stake(1, |stake| *stake.paid_to.as_mut().unwrap() -= 1), rule);
}

#[test]
fn a_day_that_holds_more_or_less_is_caught() {
	let rule = "what is reserved is not what days have left";
	sabotage(|| Days::<Test>::mutate(START + 2, |day| day.as_mut().unwrap().left -= 1), rule);
	sabotage(|| Days::<Test>::remove(START + 2), rule);
	let day = || Days::<Test>::take(START + 2).unwrap();
	sabotage(|| Days::<Test>::insert(START + 4, day()), "a day is kept that has not begun");
	sabotage(|| Days::<Test>::insert(START + 3 - KEEP_DAYS, day()), "a day is kept for too long");
	sabotage(|| DailyBudget::<Test>::put(MAX_DAILY + 1), "a day may spend too much");
}

#[test]
fn a_staked_title_that_is_free_is_caught() {
	sabotage(|| Played::unlock(LOT, 1, LockReason::Stake).unwrap(), "a staked title is not locked");
	sabotage(
		|| {
			Played::unlock(LOT, 1, LockReason::Stake).unwrap();
			Played::lock(LOT, 1, LockReason::Pledge).unwrap();
		},
		"a staked title is not locked",
	);
	sabotage(|| stake(1, |stake| stake.units = 3), "a stake has other units than its title");
	sabotage(|| stake(1, |stake| stake.title = 9), "a staked title does not name its stake");
	sabotage(|| StakeOf::<Test>::insert(LOT, 9, 0), "a title names a stake that is not running");
	sabotage(|| NextStake::<Test>::put(1), "a stake has an id that was not given yet");
	sabotage(|| StakesOf::<Test>::remove(bob(), 1), "a stake is not its owner's");
	sabotage(|| StakesOf::<Test>::insert(bob(), 7, ()), "an account has a stake that is gone");
	sabotage(|| stake(0, |stake| stake.until = Some(stake.from)), "a stake ended before it began");
	sabotage(|| LotStakes::<Test>::remove(LOT), "what lots are owed is not what the books owe");
}

#[test]
fn a_wrong_mark_is_caught() {
	sabotage(|| Marks::<Test>::remove(LOT, START + 3), "marks are not those that stakes need");
	sabotage(
		|| Marks::<Test>::insert(LOT, START + 9, Mark::default()),
		"marks are not those that stakes need",
	);
	sabotage(
		|| Marks::<Test>::mutate(LOT, START + 3, |mark| mark.as_mut().unwrap().needed += 1),
		"a mark is needed by another number of stakes",
	);
	sabotage(
		|| Marks::<Test>::mutate(LOT, START + 3, |mark| mark.as_mut().unwrap().index = Some(0)),
		"a mark has its index early",
	);
	sabotage(
		|| Marks::<Test>::mutate(LOT, START + 1, |mark| mark.as_mut().unwrap().index = None),
		"a mark has no index",
	);
	sabotage(
		|| {
			Marks::<Test>::insert(77, START, Mark::default());
		},
		"a mark has no lot",
	);
	sabotage(
		|| Marks::<Test>::mutate(LOT, START + 1, |mark| mark.as_mut().unwrap().index = Some(1)),
		"what a lot is owed is not what its stakes have earned",
	);
}

#[test]
fn units_of_another_day_are_caught() {
	let rule = "units of a lot's day are not those staked";
	// Divided by today's power instead of the day's.
	sabotage(|| lot(|lot| lot.steps.forget_before(START + 3)), rule);
	sabotage(|| lot(|lot| lot.steps.0[0].1 -= 1), rule);
	sabotage(|| lot(|lot| lot.stakes += 1), "stakes of a lot are miscounted");
}

#[test]
fn a_coin_that_counts_wrongly_is_caught() {
	sabotage(
		|| Coins::<Test>::mutate(|coins| coins[0].units += 1),
		"what counts of a coin is not what is staked",
	);
	sabotage(
		|| Coins::<Test>::mutate(|coins| coins.retain(|coin| coin.coin != BTC)),
		"a coin is staked and does not count",
	);
	sabotage(
		|| Endings::<Test>::mutate(LAST + 1, |units| units[0].1 += 1),
		"what ends on a day is not what is staked",
	);
	sabotage(|| Endings::<Test>::remove(LAST + 1), "something staked never ends");
}

#[test]
fn a_deposit_that_was_not_taken_is_caught() {
	sabotage(
		|| {
			let reason = HoldReason::Stake.into();
			Balances::release(&reason, &bob(), 1, Precision::Exact).unwrap();
		},
		"deposits on hold are not what the stakes say",
	);
}
