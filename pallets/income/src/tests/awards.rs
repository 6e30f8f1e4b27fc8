//! Money from others for lost days.

use crate::{mock::*, Error};
use dmex_primitives::{
	rights::{Awards, DayBooks, Rights},
	AccountId, AssetId, Balance, Day,
};
use frame_support::assert_ok;
use sp_runtime::DispatchError;

fn grant(first: Day, end: Day, asset: AssetId, amount: Balance) -> Result<Balance, DispatchError> {
	give(&carol(), asset, amount);
	<Income as Awards<AccountId>>::grant(LOT, days(first, end), asset, amount, &carol())
}

/// Days 101 to 103 were lost, 900 each; today is 118. Later days are not agreed and open.
fn three_lost_days() {
	issue(&alice(), 60);
	issue(&bob(), 40);
	for day in 101..104 {
		agree(day, 1_000, 100);
	}
	// Nothing is measured, so that nothing is owed.
	Yield::set(Some(0));
	go_to(118);
	assert_eq!(Lapsed::get(), vec![(LOT, 101, 0), (LOT, 102, 0), (LOT, 103, 0)]);
	assert_eq!(book().lost, 2_700);
}

#[test]
fn an_award_is_divided_among_the_rights_of_the_lost_days() {
	build_and_execute(|| {
		let lessee = account(7);
		let title = issue(&alice(), 60);
		issue(&bob(), 40);
		assert_ok!(assign(title, 102, 109, &lessee));
		for day in 101..104 {
			agree(day, 1_000, 100);
		}
		Yield::set(Some(0));
		go_to(118);
		// The title was sold since.
		transfer(title, &alice(), &carol());
		assert_eq!(grant(101, 104, STABLE, 3_000), Ok(0));
		let awarded = Income::days_of_lot(LOT, 101, 1).remove(0).closed.unwrap().awarded;
		assert_eq!(awarded, [(STABLE, 1_000)], "the day's third of it");
		claim(0);
		claim(1);
		assert_eq!(balance(STABLE, &carol()), 600);
		assert_eq!(balance(STABLE, &lessee), 1_200);
		assert_eq!(balance(STABLE, &bob()), 1_200);
		claim(0);
		claim(1);
		assert_eq!(balance(STABLE, &bob()), 1_200);
	});
}

#[test]
fn coins_fill_the_oldest_losses_first_and_never_more_than_was_lost() {
	build_and_execute(|| {
		three_lost_days();
		assert_eq!(grant(101, 104, ASSET, 1_000), Ok(0));
		let awarded = |day| Income::days_of_lot(LOT, day, 1).remove(0).closed.unwrap().awarded;
		assert_eq!(awarded(101), [(ASSET, 900)]);
		assert_eq!(awarded(102), [(ASSET, 100)]);
		assert_eq!(awarded(103), []);
		claim(0);
		assert_eq!(coins(&alice()), 600);
		// A day is awarded in coin once.
		assert_eq!(grant(101, 104, ASSET, 100), Err(Error::<Test>::NothingLost.into()));
	});
}

#[test]
fn what_cannot_be_placed_stays_with_who_gives() {
	build_and_execute(|| {
		three_lost_days();
		assert_eq!(grant(102, 200, ASSET, 5_000), Ok(3_200));
		assert_eq!(coins(&carol()), 3_200);
		claim(0);
		claim(1);
		assert_eq!((coins(&alice()), coins(&bob())), (1_080, 720));
	});
}

#[test]
fn only_lost_days_that_are_not_final_are_awarded() {
	build_and_execute(|| {
		issue(&alice(), 100);
		full_day(101, 1_000, 100);
		agree(102, 1_000, 100);
		Yield::set(Some(0));
		go_to(110);
		assert_eq!(Income::final_until(LOT), 102);
		let refused = |first, end| grant(first, end, STABLE, 10).unwrap_err();
		assert_eq!(refused(101, 102), Error::<Test>::DaysFinal.into());
		// It can still be made up.
		assert_eq!(refused(102, 103), Error::<Test>::MakeUpNotOver.into());
		assert_eq!(refused(150, 160), Error::<Test>::MakeUpNotOver.into());
		go_to(117);
		assert_eq!(refused(103, 104), Error::<Test>::NothingLost.into());
		assert_eq!(
			<Income as Awards<AccountId>>::grant(LOT, days(102, 103), STABLE, 0, &carol()),
			Err(Error::<Test>::ZeroAmount.into())
		);
		assert_ok!(grant(101, 103, STABLE, 10));
		go_to(162);
		assert_eq!(refused(102, 103), Error::<Test>::DaysFinal.into());
		// It is paid although the days are final now.
		claim(0);
		assert_eq!(balance(STABLE, &alice()), 10);
	});
}

#[test]
fn a_day_that_was_made_up_has_lost_nothing() {
	build_and_execute(|| {
		issue(&alice(), 100);
		agree(101, 1_000, 100);
		agree(102, 1_000, 100);
		Yield::set(Some(0));
		go_to(110);
		give(&provider(), ASSET, 1_350);
		assert_ok!(Income::remit(RuntimeOrigin::signed(provider()), LOT, 1_350));
		go_to(118);
		assert_eq!(book().lost, 450);
		assert_eq!(grant(101, 102, STABLE, 10), Err(Error::<Test>::DaysFinal.into()));
		assert_eq!(grant(101, 103, ASSET, 1_000), Ok(550));
		claim(0);
		assert_eq!(coins(&alice()), 1_800);
	});
}

#[test]
fn more_awards_than_one_payment_takes_in_are_paid_in_turns() {
	build_and_execute(|| {
		three_lost_days();
		for _ in 0..40 {
			assert_ok!(grant(101, 104, STABLE, 10));
		}
		let merge = || {
			let titles = vec![0, 2].try_into().unwrap();
			let merged = Titles::merge(RuntimeOrigin::signed(alice()), LOT, titles);
			merged.map(|_| ()).map_err(|failed| failed.error)
		};
		let title = issue(&alice(), 5);
		assert_eq!(title, 2);
		go_to(119);
		assert_eq!(merge(), Err(Error::<Test>::AwardsUnpaid.into()));
		assert_eq!(Income::keep_short(LOT, 0, &alice()), Err(Error::<Test>::AwardsUnpaid.into()));
		claim(0);
		assert_eq!(balance(STABLE, &alice()), 32 * 6);
		claim(0);
		assert_eq!(balance(STABLE, &alice()), 40 * 6);
		claim(0);
		assert_eq!(balance(STABLE, &alice()), 40 * 6);
	});
}
