//! The holder's check.

use crate::{mock::*, types::Score};
use dmex_primitives::rights::Holder;
use frame_support::assert_ok;

#[test]
fn a_holder_checks_each_day() {
	build_and_execute(|| {
		let title = issue(&alice(), 60);
		issue(&bob(), 40);
		assert_ok!(assign(title, 102, 109, &carol()));
		full_day(101, 1_000, 100);
		agree(102, 1_000, 100);
		go_to(109);
		give(&provider(), ASSET, 400);
		assert_ok!(Income::remit(RuntimeOrigin::signed(provider()), LOT, 400));

		let lot = Income::days_of_lot(LOT, 101, 5);
		assert_eq!(lot.len(), 5);
		let day = lot[1].closed.as_ref().unwrap();
		assert_eq!((lot[1].units, lot[1].network, lot[1].measured), (100, Some(1_000), Some(100)));
		assert_eq!((day.due, day.delivered, day.short, day.made_up), (900, 100, 800, 400));
		assert_eq!((day.score, day.is_final), (Score::Fact, false));
		assert!(lot[0].closed.as_ref().unwrap().is_final);
		assert_eq!(lot[2].closed, None);

		let mine = Income::days_of_title(LOT, title, 101, 3);
		assert_eq!(mine[0].right, Some(Holder::Title));
		assert_eq!(mine[1].right, Some(Holder::Lien(carol())));
		let day = mine[1].closed.as_ref().unwrap();
		assert_eq!((mine[1].units, mine[1].network), (60, Some(600)));
		assert_eq!((day.due, day.delivered, day.short, day.made_up), (540, 60, 480, 240));
		assert_eq!(Income::days_of_lot(LOT, 101, 1_000).len(), 64);
		assert!(Income::days_of_lot(99, 101, 1_000).is_empty());
		assert!(Income::days_of_title(LOT, 9, 101, 1).is_empty());
		assert!(Income::days_of_lot(LOT, LAST + 1, 3).is_empty());
	});
}

#[test]
fn a_holder_sees_what_was_paid_and_what_will_be() {
	build_and_execute(|| {
		let title = issue(&alice(), 60);
		issue(&bob(), 40);
		assert_ok!(assign(title, 103, 110, &carol()));
		full_day(101, 1_000, 100);
		claim(title);
		full_day(102, 1_000, 100);
		full_day(103, 1_000, 100);
		let income = Income::income_of_title(LOT, title).unwrap();
		assert_eq!((income.asset, income.units, income.paid), (ASSET, 60, 540));
		assert_eq!(income.unpaid, vec![(ASSET, 540)]);
		assert_eq!((income.paid_until, income.least_payout), (102, 1_000));
		let lessee = Income::income_of_liens(LOT, carol()).unwrap();
		assert_eq!((lessee.units, lessee.unpaid), (60, vec![(ASSET, 540)]));
		let both = vec![(LOT, 0), (LOT, 1), (LOT, 9)];
		assert_eq!(Income::unpaid_of_titles(both), vec![(ASSET, 540 + 3 * 360)]);
		assert_eq!(Income::right(LOT, title, 103), Holder::Lien(carol()));
		assert_eq!(Income::owed(ASSET, alice()), 0);
	});
}
