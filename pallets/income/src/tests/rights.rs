//! Liens: when days become someone's, and when they come back.

use crate::{mock::*, Error};
use dmex_primitives::{
	rights::{Holder, Rights},
	AccountId,
};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};

fn held(who: &AccountId) -> u128 {
	Balances::balance_on_hold(&crate::HoldReason::Lien.into(), who)
}

#[test]
fn days_that_are_free_from_tomorrow_can_be_assigned() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		Today::set(105);
		assert_noop!(assign(title, 105, 120, &bob()), Error::<Test>::DaysPast);
		assert_noop!(assign(title, 106, 112, &bob()), Error::<Test>::TooFewDays);
		assert_noop!(assign(title, 120, 110, &bob()), Error::<Test>::TooFewDays);
		assert_noop!(assign(title, 290, LAST + 2, &bob()), Error::<Test>::DaysOutsideTerm);
		assert_noop!(assign(99, 106, 120, &bob()), Error::<Test>::UnknownTitle);
		assert_ok!(assign(title, 106, 113, &bob()));
		assert_noop!(assign(title, 112, 120, &carol()), Error::<Test>::DaysNotFree);
		assert_ok!(assign(title, 113, 120, &carol()));
		assert_ok!(assign(title, LAST - 6, LAST + 1, &bob()));
		assert_eq!(right_of(title, 105), Holder::Title);
		assert_eq!(right_of(title, 106), Holder::Lien(bob()));
		assert_eq!(right_of(title, 112), Holder::Lien(bob()));
		assert_eq!(right_of(title, 113), Holder::Lien(carol()));
		assert_eq!(right_of(title, 120), Holder::Title);
		assert_eq!(right_of(title, LAST), Holder::Lien(bob()));
		assert_eq!(held(&alice()), 150);
		lock(title);
		assert_noop!(assign(title, 130, 150, &bob()), Error::<Test>::TitleLocked);
	});
}

#[test]
fn a_title_has_at_most_sixteen_liens() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		for nth in 0..16 {
			assert_ok!(assign(title, 110 + 7 * nth, 117 + 7 * nth, &bob()));
		}
		assert_noop!(assign(title, 250, 260, &bob()), Error::<Test>::TooManyLiens);
	});
}

#[test]
fn a_lien_is_only_shortened_and_by_its_holder() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		assert_ok!(assign(title, 102, 140, &carol()));
		agree(101, 0, 0);
		Yield::set(Some(0));
		go_to(109);
		assert_eq!(book().closed_until, 103);
		let shorten = |who: &AccountId, end| Income::shorten(LOT, title, who, end);
		assert_noop!(shorten(&bob(), 120), Error::<Test>::NoLien);
		assert_noop!(shorten(&carol(), 140), Error::<Test>::NoLien);
		assert_noop!(shorten(&carol(), 102), Error::<Test>::DayClosed);
		assert_ok!(shorten(&carol(), 120));
		assert_eq!(right_of(title, 119), Holder::Lien(carol()));
		assert_eq!(right_of(title, 120), Holder::Title);
		assert_ok!(shorten(&carol(), 103));
		assert_eq!(right_of(title, 103), Holder::Title);
		// A lien that did not begin is gone and its deposit returned.
		assert_ok!(assign(title, 150, 160, &bob()));
		assert_eq!(held(&alice()), 100);
		assert_ok!(shorten(&bob(), 130));
		assert_eq!(right_of(title, 155), Holder::Title);
		assert_eq!(held(&alice()), 50);
	});
}

#[test]
fn a_lessee_is_paid_for_his_days_and_the_owner_for_the_others() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		assert_ok!(assign(title, 103, 110, &carol()));
		for day in 101..112 {
			full_day(day, 1_000, 100);
		}
		claim(title);
		assert_eq!((coins(&alice()), coins(&carol())), (4 * 900, 7 * 900));
		// Twice pays once.
		claim(title);
		assert_eq!((coins(&alice()), coins(&carol())), (4 * 900, 7 * 900));
		assert_eq!(Income::paid_until(LOT, title), 112);
		// The lien is forgotten once its days are final, and its deposit returned.
		go_to(120);
		claim(title);
		assert!(title_book(title).liens.is_empty());
		assert_eq!(held(&alice()), 0);
	});
}

#[test]
fn a_settlement_leaves_days_that_are_not_final_to_who_gives_the_title_away() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		for day in 101..104 {
			agree(day, 1_000, 100);
		}
		go_to(110);
		assert_eq!(book().closed_until, 104);
		assert!(!Income::is_clean(LOT, title));
		assert_ok!(Income::keep_short(LOT, title, &alice()));
		transfer(title, &alice(), &bob());
		assert_eq!(right_of(title, 110), Holder::Lien(alice()));
		assert_eq!(right_of(title, 111), Holder::Title);
		assert!(!Income::is_clean(LOT, title));
		give(&provider(), ASSET, 2_700);
		assert_ok!(Income::remit(RuntimeOrigin::signed(provider()), LOT, 2_700));
		for day in 104..112 {
			agree(day, 1_000, 100);
		}
		arrive(8_000);
		go_to(112);
		claim(title);
		// Days 101 to 110 are Alice's, short ones too; 111 is Bob's.
		assert_eq!((coins(&alice()), coins(&bob())), (9_000, 0));
		full_day(111, 1_000, 100);
		claim(title);
		assert_eq!(coins(&alice()), 9_000);
		go_to(130);
		claim(title);
		assert!(coins(&bob()) >= 900);
		assert!(title_book(title).liens.is_empty());
	});
}

#[test]
fn a_title_is_clean_without_liens_and_losses() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		assert!(Income::is_clean(LOT, title));
		let before = Income::liens_hash(LOT, title);
		assert_ok!(assign(title, 110, 120, &bob()));
		assert!(!Income::is_clean(LOT, title));
		assert!(Income::liens_hash(LOT, title) != before);
		assert_ok!(Income::shorten(LOT, title, &bob(), 105));
		assert!(Income::is_clean(LOT, title));
		assert_eq!(Income::liens_hash(LOT, title), before);
		agree(101, 1_000, 100);
		go_to(108);
		assert!(!Income::is_clean(LOT, title));
		give(&provider(), ASSET, 900);
		assert_ok!(Income::remit(RuntimeOrigin::signed(provider()), LOT, 900));
		assert!(Income::is_clean(LOT, title));
		// A title that begins later lost nothing.
		agree(102, 1_000, 100);
		let late = issue(&alice(), 100);
		go_to(109);
		assert!(!Income::is_clean(LOT, title));
		assert!(Income::is_clean(LOT, late));
	});
}
