//! Lots whose rewards vest.

use crate::mock::*;
use dmex_primitives::{
	lots::Vesting,
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
