//! Liens of one holder are paid together.

use crate::{mock::*, PotChanges, Pots};
use dmex_primitives::{
	rights::{Pots as _, Rights},
	AccountId,
};
use frame_support::{assert_ok, traits::Hooks, weights::Weight};

fn draw(who: &AccountId) {
	<Income as dmex_primitives::rights::Pots<AccountId>>::draw(LOT, who);
}

#[test]
fn one_draw_serves_all_titles() {
	build_and_execute(|| {
		let titles: Vec<_> = (0..10).map(|_| issue(&alice(), 10)).collect();
		for title in &titles {
			assert_ok!(assign(*title, 103, 150, &carol()));
		}
		assert_eq!(Income::units_of(LOT, &carol(), 102), 0);
		assert_eq!(Income::units_of(LOT, &carol(), 103), 100);
		for day in 101..106 {
			full_day(day, 1_000, 100);
		}
		draw(&carol());
		assert_eq!(coins(&carol()), 3 * 900);
		draw(&carol());
		assert_eq!(coins(&carol()), 3 * 900);
	});
}

#[test]
fn units_of_a_pot_change_at_day_boundaries() {
	build_and_execute(|| {
		let (first, second) = (issue(&alice(), 60), issue(&bob(), 40));
		assert_ok!(assign(first, 102, 112, &carol()));
		assert_ok!(assign(second, 104, 114, &carol()));
		for day in 101..106 {
			full_day(day, 1_000, 100);
		}
		assert_ok!(Income::shorten(LOT, first, &carol(), 108));
		for day in 106..116 {
			full_day(day, 1_000, 100);
		}
		draw(&carol());
		// 60 of 100 for the days 102 to 107, 40 of 100 for 104 to 113.
		assert_eq!(coins(&carol()), 6 * 540 + 10 * 360);
		claim(first);
		claim(second);
		assert_eq!(coins(&alice()), 9 * 540);
		assert_eq!(coins(&bob()), 5 * 360);
	});
}

#[test]
fn a_pot_that_is_over_leaves_nothing_behind() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		assert_ok!(assign(title, 102, 109, &carol()));
		for day in 101..120 {
			full_day(day, 1_001, 100);
		}
		draw(&carol());
		// 1,001 · 0.9 rounded up, seven times.
		assert_eq!(coins(&carol()), 7 * 901);
		assert!(!Pots::<Test>::contains_key(LOT, carol()));
		assert_eq!(PotChanges::<Test>::iter().count(), 0);
	});
}

#[test]
fn splitting_and_moving_titles_changes_nothing_for_a_pot() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		assert_ok!(assign(title, 102, 150, &carol()));
		full_day(101, 1_000, 100);
		let parts = vec![1, 99].try_into().unwrap();
		assert_ok!(Titles::split(RuntimeOrigin::signed(alice()), LOT, title, parts));
		transfer(1, &alice(), &bob());
		full_day(102, 1_000, 100);
		full_day(103, 1_000, 100);
		draw(&carol());
		assert_eq!(coins(&carol()), 1_800);
		assert_eq!(Income::units_of(LOT, &carol(), 149), 100);
		assert_eq!(Income::units_of(LOT, &carol(), 150), 0);
		// Each part ends its own lien.
		assert_ok!(Income::shorten(LOT, 1, &carol(), 120));
		assert_eq!(Income::units_of(LOT, &carol(), 130), 99);
	});
}

#[test]
fn a_lessee_is_paid_by_itself_though_the_title_is_split_when_its_days_are_final() {
	build_and_execute(|| {
		let title = issue(&alice(), 10_000);
		assert_ok!(assign(title, 102, 109, &carol()));
		Income::on_idle(1, Weight::MAX);
		for day in 101..109 {
			full_day(day, 10_000, 10_000);
		}
		go_to(116);
		assert_eq!(book().final_until, 109);
		let parts = vec![4_000, 6_000].try_into().unwrap();
		assert_ok!(Titles::split(RuntimeOrigin::signed(alice()), LOT, title, parts));
		assert_eq!(coins(&carol()), 0);
		Income::on_idle(1, Weight::MAX);
		assert_eq!(coins(&carol()), 7 * 9_000);
		assert_eq!(Pots::<Test>::iter().count(), 0);
		// Nothing is left to remember of the lease: the next payment forgets it.
		for part in [1, 2] {
			claim(part);
			assert!(title_book(part).liens.is_empty());
		}
	});
}
