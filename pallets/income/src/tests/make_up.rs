//! What comes later for days that closed short, and to whom it goes.

use crate::{mock::*, Error};
use dmex_primitives::rights::DayBooks;
use frame_support::assert_ok;

/// Days 101 and 102 are 900 short each; today is 109.
fn two_short_days(units: &[(u8, u128)]) {
	for (owner, units) in units {
		issue(&account(*owner), *units);
	}
	let all = units.iter().map(|(_, units)| units).sum();
	agree(101, 1_000, all);
	agree(102, 1_000, all);
	go_to(109);
	assert_eq!(Income::closed_until(LOT), 103);
	assert_eq!(book().debt, 1_800);
}

fn remit(amount: u128) -> Result<(), sp_runtime::DispatchError> {
	give(&provider(), ASSET, amount);
	let remitted = Income::remit(RuntimeOrigin::signed(provider()), LOT, amount);
	remitted.map(|_| ()).map_err(|failed| failed.error)
}

#[test]
fn debt_is_filled_oldest_day_first_and_never_beyond() {
	build_and_execute(|| {
		two_short_days(&[(1, 60), (2, 40)]);
		assert_ok!(remit(1_000));
		assert_eq!(Income::made_up(LOT, 101), Some(900));
		assert_eq!(Income::made_up(LOT, 102), Some(100));
		assert_eq!(book().debt, 800);
		claim(0);
		claim(1);
		assert_eq!((coins(&alice()), coins(&bob())), (600, 400));
		assert_ok!(remit(5_000));
		// Only what was owed was taken.
		assert_eq!(coins(&provider()), 4_200);
		claim(0);
		assert_eq!(coins(&alice()), 1_080);
		assert_eq!(remit(1), Err(Error::<Test>::NoDebt.into()));
		// Short days that were made up are told once each.
		visit();
		assert_eq!(Lapsed::get(), vec![(LOT, 101, 900), (LOT, 102, 900)]);
	});
}

#[test]
fn what_is_not_made_up_in_time_is_lost() {
	build_and_execute(|| {
		two_short_days(&[(1, 100)]);
		assert_ok!(remit(300));
		agree(103, 0, 100);
		for day in 104..120 {
			agree(day, 0, 100);
		}
		Noise::set(sp_runtime::Permill::one());
		go_to(115);
		assert_eq!(Lapsed::get(), vec![]);
		assert_eq!(book().debt, 1_500);
		go_to(116);
		assert_eq!(Lapsed::get(), vec![(LOT, 101, 300)]);
		assert_eq!(book().debt, 900);
		// What comes now is for the next day.
		assert_ok!(remit(2_000));
		assert_eq!(Income::made_up(LOT, 101), Some(300));
		assert_eq!(Income::made_up(LOT, 102), Some(900));
		claim(0);
		assert_eq!(coins(&alice()), 1_200);
		assert_eq!(book().flows.lapsed, 600);
	});
}

#[test]
fn a_day_whose_time_is_over_cannot_be_made_up_before_it_is_visited() {
	build_and_execute(|| {
		two_short_days(&[(1, 100)]);
		Yield::set(Some(0));
		Today::set(116);
		assert_ok!(remit(100));
		assert_eq!((Income::made_up(LOT, 101), Income::made_up(LOT, 102)), (Some(0), Some(100)));
		assert_eq!(book().debt, 800);
	});
}

#[test]
fn deposits_pay_debt_when_no_open_day_needs_them() {
	build_and_execute(|| {
		two_short_days(&[(1, 100)]);
		for day in 103..109 {
			agree(day, 1_000, 100);
		}
		// The six open days first.
		arrive(5_400);
		visit();
		assert_eq!(Income::closed_until(LOT), 109);
		assert_eq!(book().debt, 1_800);
		full_day(109, 3_700, 100);
		full_day(110, 1_000, 100);
		// 3,700 less the due of 3,330 was left of day 109's payout; then the provider's fee.
		assert_eq!(book().debt, 1_800 - 370);
		assert_eq!(book().provider_part, 0);
	});
}

#[test]
fn late_money_goes_to_the_right_of_the_lost_day() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		// Carol leases days 102 to 110.
		assert_ok!(assign(title, 102, 111, &carol()));
		for day in 101..105 {
			agree(day, 1_000, 100);
		}
		go_to(111);
		assert_eq!(Income::closed_until(LOT), 105);
		// Alice sells her title by a bare transfer, it is split and joined again.
		transfer(title, &alice(), &bob());
		let parts = vec![30, 70].try_into().unwrap();
		assert_ok!(Titles::split(RuntimeOrigin::signed(bob()), LOT, title, parts));
		let titles = vec![1, 2].try_into().unwrap();
		assert_ok!(Titles::merge(RuntimeOrigin::signed(bob()), LOT, titles));
		assert_ok!(remit(3_600));
		claim(3);
		// Day 101 is the owner's, whoever that is today; 102 to 104 are Carol's.
		assert_eq!((coins(&alice()), coins(&bob()), coins(&carol())), (0, 900, 2_700));
	});
}

#[test]
fn a_title_issued_later_gets_nothing_of_earlier_days() {
	build_and_execute(|| {
		two_short_days(&[(1, 100)]);
		let late = issue(&bob(), 1_000_000);
		assert_ok!(remit(1_800));
		go_to(112);
		claim(0);
		claim(late);
		assert_eq!((coins(&alice()), coins(&bob())), (1_800, 0));
	});
}

#[test]
fn nothing_moves_without_debt_amount_or_book() {
	build_and_execute(|| {
		assert_eq!(remit(5), Err(Error::<Test>::NoBook.into()));
		issue(&alice(), 100);
		let zero = Income::remit(RuntimeOrigin::signed(provider()), LOT, 0);
		assert_eq!(zero, Err(Error::<Test>::ZeroAmount.into()));
		let unknown = Income::remit(RuntimeOrigin::signed(provider()), 99, 5);
		assert_eq!(unknown, Err(Error::<Test>::UnknownLot.into()));
		assert_eq!(remit(5), Err(Error::<Test>::NoDebt.into()));
		// Attested deposits to a lot that does not exist.
		use dmex_primitives::{rights::Remit, AccountId};
		let lost = <Income as Remit<AccountId>>::remit(99, &gateway(), 5);
		assert_eq!(lost, Err(Error::<Test>::UnknownLot.into()));
		assert!(<Income as Remit<AccountId>>::remit(LOT, &gateway(), 5).is_err());
	});
}

#[test]
fn a_full_day_is_final_after_seven_days_and_a_short_one_after_sixty() {
	build_and_execute(|| {
		issue(&alice(), 100);
		full_day(101, 1_000, 100);
		go_to(107);
		assert_eq!(Income::final_until(LOT), 101);
		go_to(108);
		assert_eq!(Income::final_until(LOT), 102);
		for day in 102..180 {
			agree(day, if day == 102 { 1_000 } else { 0 }, 100);
		}
		// Day 102 gets the 100 that were left of the first deposit.
		go_to(161);
		assert_eq!(Income::short(LOT, 102), Some(800));
		assert_eq!(Income::final_until(LOT), 102);
		go_to(162);
		assert!(Income::final_until(LOT) > 102);
	});
}

#[test]
fn who_makes_up_keeps_the_least_balance_or_gives_all() {
	build_and_execute(|| {
		two_short_days(&[(1, 100)]);
		assert_ok!(Assets::force_asset_status(
			RuntimeOrigin::root(),
			ASSET,
			account(90),
			account(90),
			account(90),
			account(90),
			10,
			true,
			false,
		));
		let supply = Assets::total_supply(ASSET);
		// Of 905 five would be left, and be lost.
		give(&provider(), ASSET, 905);
		let remit = |amount| Income::remit(RuntimeOrigin::signed(provider()), LOT, amount);
		assert!(remit(900).is_err());
		assert_eq!((coins(&provider()), book().debt), (905, 1_800));
		assert_ok!(remit(895));
		assert_eq!((coins(&provider()), book().debt), (10, 905));
		assert_ok!(remit(10));
		assert_eq!((coins(&provider()), book().debt), (0, 895));
		assert_eq!(Assets::total_supply(ASSET), supply + 905);
	});
}
