//! Lots whose rewards vest.

use crate::{mock::*, types::Score};
use dmex_primitives::{
	lots::{LotStatus, Vesting},
	rights::{DayBooks, Remit},
	AccountId,
};
use frame_support::assert_ok;

fn vesting_lot(vesting: Vesting) {
	change_lot(LOT, |info| {
		info.coin = 1;
		info.vesting = Some(vesting);
		info.last_day = 110;
	});
	issue(&alice(), 100);
}

#[test]
fn a_vesting_day_owes_what_became_liquid_on_it() {
	build_and_execute(|| {
		vesting_lot(Vesting::Vesting);
		assert_eq!(book().term_end, 111);
		assert_eq!(book().end, 291);
		// 8,000 less the fee are 7,200: 1,800 at once and 30 on each of the next 180 days.
		for day in 101..=110 {
			agree(day, 8_000, 100);
		}
		let mut expected = 0;
		for day in 101u32..=290 {
			go_to(day + 1);
			let days_earned = (day - 101).min(10) - (day.saturating_sub(281)).min(10);
			let due = 30 * u128::from(days_earned) + if day <= 110 { 1_800 } else { 0 };
			arrive_at(LOT, ASSET + 1, due.max(1));
			visit();
			assert_eq!(Income::due(LOT, day), Some(due), "day {day}");
			expected += due;
		}
		claim(0);
		assert_eq!(balance(ASSET + 1, &alice()), expected);
		// Ten days of 7,200 in all.
		assert_eq!(expected, 72_000);
	});
}

#[test]
fn a_gross_day_owes_everything_and_the_provider_advances_what_vests() {
	build_and_execute(|| {
		vesting_lot(Vesting::Gross);
		assert_eq!(book().end, 111);
		agree(101, 8_000, 100);
		go_to(102);
		arrive_at(LOT, ASSET + 1, 2_000);
		visit();
		assert_eq!(Income::closed_until(LOT), 101);
		give(&provider(), ASSET + 1, 5_200);
		assert_ok!(Income::remit(RuntimeOrigin::signed(provider()), LOT, 5_200));
		visit();
		assert_eq!(Income::delivered(LOT, 101), Some(7_200));
	});
}

#[test]
fn coins_that_come_after_everything_are_the_providers() {
	build_and_execute(|| {
		change_lot(LOT, |info| info.last_day = 102);
		issue(&alice(), 100);
		full_day(101, 1_000, 100);
		full_day(102, 1_000, 100);
		go_to(120);
		assert_eq!(book().provider_part, 200);
		assert_eq!(crate::ActiveLots::<Test>::iter().count(), 0);
		give(&gateway(), ASSET, 70);
		assert_ok!(<Income as Remit<AccountId>>::remit(LOT, &gateway(), 70));
		visit();
		assert_eq!(book().provider_part, 270);
		assert_eq!(crate::ActiveLots::<Test>::iter().count(), 0);
	});
}

/// Ten days of a term of twenty, then the lot is terminated.
fn terminated_after_ten_days() {
	change_lot(LOT, |info| {
		info.coin = 1;
		info.vesting = Some(Vesting::Vesting);
		info.last_day = 120;
	});
	issue(&alice(), 100);
	Yield::set(Some(80));
	for day in 101..=110 {
		agree(day, 8_000, 100);
		go_to(day + 1);
		arrive_at(LOT, ASSET + 1, 1_800 + 30 * u128::from(day - 101));
		visit();
	}
	assert_eq!(book().closed_until, 111);
	change_lot(LOT, |info| info.status = LotStatus::Terminated);
	visit();
}

#[test]
fn what_was_earned_before_the_end_vests_to_its_holders_on_its_days() {
	build_and_execute(|| {
		terminated_after_ten_days();
		let before = 10 * 1_800 + 45 * 30;
		// The ten days that were left closed at once, with all that they would have earned.
		assert_eq!((book().ended, book().closed_until), (Some(111), 121));
		assert_eq!(book().debt, 10 * 7_200);
		assert_eq!(Income::due(LOT, 111), Some(7_200));
		assert_eq!(Income::worked(LOT, 111), Some((0, 7_200)));
		// What was earned goes on vesting, ten days of it on the day of the end.
		let mut vested = 0;
		for day in 111u32..=290 {
			go_to(day + 1);
			let due = 30 * u128::from(10 - day.saturating_sub(281));
			// A part of what arrives is the provider's.
			arrive_at(LOT, ASSET + 1, due + 7);
			visit();
			assert_eq!(book().closed_until, day + 11, "it closes on its own day");
			assert_eq!(Income::due(LOT, day + 10), Some(due), "day {day}");
			assert_eq!(Income::delivered(LOT, day + 10), Some(due), "day {day}");
			vested += due;
		}
		assert_eq!(book().closed_until, book().end);
		go_to(291 + 60);
		claim(0);
		// Ten days of 7,200; and of the provider's part what came while the debt could be made up.
		let made_up = book().flows.made_up;
		assert_eq!(before + vested, 72_000);
		// A fraction stays.
		assert_eq!(balance(ASSET + 1, &alice()), 72_000 + made_up - 1);
		assert!((7 * 13..=7 * 15).contains(&made_up), "{made_up}");
		assert_eq!(book().provider_part, 7 * 180 - made_up);
		assert_eq!(crate::ActiveLots::<Test>::iter().count(), 0);
	});
}

#[test]
fn what_vests_after_an_end_and_does_not_arrive_is_lost_on_its_own_day() {
	build_and_execute(|| {
		terminated_after_ten_days();
		go_to(118);
		assert_eq!(book().closed_until, 122, "the first of them is late");
		assert_eq!(Income::short(LOT, 121), Some(300));
		// It can be made up for fourteen days, after those of the term that were left.
		go_to(120);
		assert_eq!(book().debt, 72_000 + 3 * 300);
		arrive_at(LOT, ASSET + 1, 72_000 + 10 * 300);
		go_to(121);
		assert_eq!((book().debt, book().provider_part), (0, 0));
		assert_eq!(Income::made_up(LOT, 121), Some(300));
		assert_eq!(Income::delivered(LOT, 130), Some(300));
		// Later ones are lost, each on its date.
		go_to(190);
		assert_eq!(book().final_until, 141);
	});
}

#[test]
fn an_end_after_the_term_changes_nothing() {
	build_and_execute(|| {
		vesting_lot(Vesting::Vesting);
		for day in 101..=110 {
			agree(day, 8_000, 100);
			go_to(day + 1);
			arrive_at(LOT, ASSET + 1, 1_800 + 30 * u128::from(day - 101));
		}
		go_to(150);
		change_lot(LOT, |info| info.status = LotStatus::Terminated);
		visit();
		assert_eq!(book().closed_until, 144, "seven days after its last");
		arrive_at(LOT, ASSET + 1, 300 * 7);
		visit();
		assert_eq!(book().closed_until, 150);
	});
}

#[test]
fn what_vests_is_no_work() {
	build_and_execute(|| {
		vesting_lot(Vesting::Vesting);
		agree(101, 8_000, 100);
		go_to(102);
		arrive_at(LOT, ASSET + 1, 1_800);
		visit();
		assert_eq!(Income::worked(LOT, 101), Some((1_800, 1_800)));
		// Switched off: what vests of the first day arrives, and nothing of the second.
		Yield::set(Some(80));
		agree(102, 0, 0);
		go_to(103);
		arrive_at(LOT, ASSET + 1, 30);
		go_to(109);
		assert_eq!((Income::due(LOT, 102), Income::delivered(LOT, 102)), (Some(1_830), Some(30)));
		assert_eq!(Income::worked(LOT, 102), Some((0, 1_800)));
		// Half of it, and what vests of two days.
		agree(103, 4_000, 50);
		arrive_at(LOT, ASSET + 1, 960);
		go_to(110);
		assert_eq!(Income::due(LOT, 103), Some(1_860));
		assert_eq!(Income::worked(LOT, 103), Some((900, 1_800)));
	});
}

#[test]
fn what_vests_while_a_day_waits_for_its_due_is_no_work() {
	build_and_execute(|| {
		vesting_lot(Vesting::Vesting);
		agree(101, 0, 0);
		Yield::set(Some(80));
		go_to(102);
		// Coins of later days fill it, and nothing ran.
		arrive_at(LOT, ASSET + 1, 1_800);
		visit();
		assert_eq!(Income::short(LOT, 101), Some(0));
		assert_eq!(Income::worked(LOT, 101), Some((0, 1_800)));
		agree(102, 2_000, 25);
		arrive_at(LOT, ASSET + 1, 1_830);
		go_to(103);
		assert_eq!(Income::short(LOT, 102), Some(0));
		assert_eq!(Income::worked(LOT, 102), Some((450, 1_800)));
	});
}

#[test]
fn a_day_of_which_nothing_is_known_is_no_work() {
	build_and_execute(|| {
		vesting_lot(Vesting::Vesting);
		Yield::set(None);
		go_to(108);
		let view = Income::days_of_lot(LOT, 101, 1).remove(0).closed.unwrap();
		assert_eq!((view.score, view.due), (Score::Remitted, 0));
		assert_eq!(Income::worked(LOT, 101), Some((0, 1)));
		// A fact that says that nothing was earned is something known.
		agree(102, 0, 100);
		visit();
		assert_eq!(Income::worked(LOT, 102), Some((0, 0)));
	});
}
