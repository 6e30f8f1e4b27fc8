//! Split and merge keep every right; transfers change nothing but the owner.

use crate::{mock::*, Error};
use dmex_primitives::rights::{Holder, Rights};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};

fn split(owner: u8, title: u32, parts: &[u128]) {
	let parts = parts.to_vec().try_into().unwrap();
	assert_ok!(Titles::split(RuntimeOrigin::signed(account(owner)), LOT, title, parts));
}

fn merge(owner: u8, titles: &[u32]) -> sp_runtime::DispatchResult {
	let titles = titles.to_vec().try_into().unwrap();
	let merged = Titles::merge(RuntimeOrigin::signed(account(owner)), LOT, titles);
	merged.map(|_| ()).map_err(|failed| failed.error)
}

#[test]
fn a_split_pays_what_is_closed_and_copies_the_rest() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		assert_ok!(assign(title, 110, 120, &carol()));
		full_day(101, 1_000, 100);
		split(1, title, &[33, 67]);
		assert_eq!(coins(&alice()), 900);
		for part in [1, 2] {
			let book = title_book(part);
			assert_eq!(book.cursor.paid_until, 102);
			assert_eq!(book.first_day, 101);
			assert_eq!(right_of(part, 115), Holder::Lien(carol()));
		}
		assert_eq!(title_book(1).paid + title_book(2).paid, 900);
		let reason = crate::HoldReason::Lien.into();
		assert_eq!(Balances::balance_on_hold(&reason, &alice()), 100);
		full_day(102, 1_000, 100);
		transfer(2, &alice(), &bob());
		claim(1);
		claim(2);
		assert_eq!(coins(&alice()), 900 + 297);
		assert_eq!(coins(&bob()), 603);
	});
}

#[test]
fn dust_is_carried_and_never_paid_twice() {
	build_and_execute(|| {
		issue(&alice(), 1);
		issue(&bob(), 2);
		// A due of 1 for three units: a third each a day.
		change_lot(LOT, |info| info.fee = sp_runtime::Permill::zero());
		for day in 101..107 {
			full_day(day, 1, 3);
			claim(0);
			claim(1);
		}
		// Six days: a unit gets 2, less what is carried.
		assert!(coins(&alice()) <= 2 && coins(&bob()) <= 4);
		assert!(coins(&alice()) >= 1 && coins(&bob()) >= 3);
		let carried = title_book(0).cursor.carry;
		split_one(1);
		assert!(title_book(2).cursor.carry.whole == 0);
		assert_eq!(title_book(0).cursor.carry, carried);
	});
}

fn split_one(title: u32) {
	split(2, title, &[1, 1]);
}

#[test]
fn titles_with_equal_rights_merge() {
	build_and_execute(|| {
		issue(&alice(), 60);
		issue(&alice(), 40);
		assert_ok!(assign(0, 110, 120, &carol()));
		assert_noop!(merge(1, &[0, 1]), Error::<Test>::RightsDiffer);
		assert_ok!(assign(1, 110, 121, &carol()));
		assert_noop!(merge(1, &[0, 1]), Error::<Test>::RightsDiffer);
		assert_ok!(Income::shorten(LOT, 1, &carol(), 120));
		full_day(101, 1_000, 100);
		assert_ok!(merge(1, &[0, 1]));
		assert_eq!(coins(&alice()), 900);
		assert_eq!(title_book(2).units, 100);
		for day in 102..121 {
			full_day(day, 1_000, 100);
		}
		claim(2);
		assert_eq!((coins(&alice()), coins(&carol())), (10 * 900, 10 * 900));
	});
}

#[test]
fn titles_whose_first_days_differ_merge_once_those_are_final() {
	build_and_execute(|| {
		issue(&alice(), 50);
		go_to(104);
		issue(&alice(), 50);
		for day in 101..106 {
			agree(day, 1_000, 100);
		}
		go_to(106);
		arrive(10_000);
		visit();
		// Days before the second title are not final: money may still come for them.
		assert_eq!(merge(1, &[0, 1]), Err(Error::<Test>::RightsDiffer.into()));
		for day in 106..120 {
			full_day(day, 1_000, 100);
		}
		assert!(book().final_until > 105);
		let before = coins(&alice());
		assert_ok!(merge(1, &[0, 1]));
		assert!(coins(&alice()) > before);
		full_day(120, 1_000, 100);
		let before = coins(&alice());
		claim(2);
		assert_eq!(coins(&alice()) - before, 900);
	});
}

#[test]
fn our_own_transfers_pay_the_seller_first_and_bare_ones_carry_what_is_unpaid() {
	build_and_execute(|| {
		use dmex_primitives::titles::Titles as _;
		let title = issue(&alice(), 100);
		full_day(101, 1_000, 100);
		assert_ok!(Titles::settle_and_transfer(LOT, title, &bob()));
		assert_eq!((coins(&alice()), coins(&bob())), (900, 0));
		full_day(102, 1_000, 100);
		transfer(title, &bob(), &carol());
		claim(title);
		assert_eq!((coins(&bob()), coins(&carol())), (0, 900));
	});
}

#[test]
fn days_of_a_title_that_is_burned_stay_with_its_owner() {
	build_and_execute(|| {
		use dmex_primitives::{rights::Pots, titles::TitleHooks};
		let title = issue(&alice(), 100);
		agree(101, 1_000, 100);
		go_to(109);
		Income::on_burn(LOT, title, &alice());
		give(&provider(), ASSET, 900);
		assert_ok!(Income::remit(RuntimeOrigin::signed(provider()), LOT, 900));
		Income::draw(LOT, &alice());
		assert_eq!(coins(&alice()), 900);
		assert_eq!(right_of(title, LAST), Holder::Lien(alice()));
	});
}

#[test]
fn series_that_are_no_lots_are_let_be() {
	build_and_execute(|| {
		use dmex_primitives::titles::Titles as _;
		Titles::open_series(77, &[]).unwrap();
		let first = Titles::issue(77, &alice(), 5, 101).unwrap();
		let second = Titles::issue(77, &alice(), 5, 101).unwrap();
		let merged = <Titles as dmex_primitives::titles::Titles<_>>::merge(77, &[first, second]);
		assert_ok!(&merged);
		let parts =
			<Titles as dmex_primitives::titles::Titles<_>>::split(77, merged.unwrap(), &[1, 9]);
		assert_ok!(parts);
		assert!(crate::Books::<Test>::get(77).is_none());
	});
}
