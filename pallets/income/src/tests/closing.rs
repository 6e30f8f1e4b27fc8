//! When days close, what they owe, and what becomes of what arrives.

use crate::{mock::*, types::Score, Error};
use dmex_primitives::{
	facts::DayFact,
	lots::{LotStatus, SaleModel},
	rights::DayBooks,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Permill;

#[test]
fn a_day_closes_when_its_due_has_arrived() {
	build_and_execute(|| {
		issue(&alice(), 60);
		issue(&bob(), 40);
		agree(101, 1_000, 100);
		go_to(102);
		arrive(899);
		visit();
		assert_eq!(Income::closed_until(LOT), 101);
		arrive(1);
		visit();
		assert_eq!(Income::closed_until(LOT), 102);
		assert_eq!(Income::due(LOT, 101), Some(900));
		assert_eq!(Income::delivered(LOT, 101), Some(900));
		assert_eq!(Income::short(LOT, 101), Some(0));
		assert_eq!(Income::units(LOT, 101), Some(100));
		assert_eq!(ClosedDays::get(), vec![(LOT, 101)]);
		claim(0);
		claim(1);
		assert_eq!((coins(&alice()), coins(&bob())), (540, 360));
		claim(0);
		assert_eq!(coins(&alice()), 540);
	});
}

#[test]
fn the_rest_is_the_providers_once_no_open_day_can_need_it() {
	build_and_execute(|| {
		issue(&alice(), 100);
		full_day(101, 1_000, 100);
		// Arrived on day 102, which is not over.
		assert_eq!(book().provider_part, 0);
		full_day(102, 1_000, 100);
		assert_eq!(book().provider_part, 100);
		assert_ok!(Income::take_provider_part(RuntimeOrigin::signed(provider()), LOT));
		assert_eq!(coins(&provider()), 100);
		assert_noop!(
			Income::take_provider_part(RuntimeOrigin::signed(provider()), LOT),
			Error::<Test>::NothingToTake
		);
		assert_noop!(
			Income::take_provider_part(RuntimeOrigin::signed(alice()), LOT),
			Error::<Test>::NotLotProvider
		);
	});
}

#[test]
fn issued_power_is_paid_before_what_is_not_issued() {
	build_and_execute(|| {
		issue(&alice(), 60);
		// 50 of 60 measured: everything the pool paid, less the fee, and what is missing.
		agree(101, 500, 50);
		go_to(102);
		arrive(500);
		go_to(108);
		assert_eq!(Income::due(LOT, 101), Some(450 + 90));
		assert_eq!(Income::delivered(LOT, 101), Some(500));
		assert_eq!(Income::short(LOT, 101), Some(40));
		// 120 of 60 measured: half of it, less the fee.
		agree(102, 1_200, 120);
		arrive(1_200);
		visit();
		assert_eq!(Income::due(LOT, 102), Some(540));
	});
}

#[test]
fn missing_power_within_the_noise_is_never_owed() {
	build_and_execute(|| {
		issue(&alice(), 1_000_000);
		// 16 % less on one day is within 3 · 1 % · √30 = 16.43 %.
		full_day(101, 8_400_000, 840_000);
		assert_eq!(Income::due(LOT, 101), Some(7_560_000));
		// One more per cent stands out, and then all that is missing that day is owed.
		agree(102, 9_900_000, 990_000);
		go_to(103);
		visit();
		arrive(9_900_000);
		visit();
		assert_eq!(Income::due(LOT, 102), Some(8_910_000 + 90_000));
	});
}

#[test]
fn rented_power_of_one_day_excuses_no_other() {
	build_and_execute(|| {
		issue(&alice(), 1_000_000);
		// Ten times the power: the holders' part is that of what is issued.
		full_day(101, 100_000_000, 10_000_000);
		assert_eq!(Income::due(LOT, 101), Some(9_000_000));
		// Then it is switched off, and all of it is missing.
		agree(102, 0, 0);
		go_to(109);
		assert_eq!(Income::due(LOT, 102), Some(9_000_000));
	});
}

#[test]
fn luck_is_forgotten_after_thirty_days() {
	build_and_execute(|| {
		issue(&alice(), 1_000_000);
		full_day(101, 8_400_000, 840_000);
		for day in 102..131 {
			full_day(day, 10_000_000, 1_000_000);
		}
		// 16 % and 1 % on the thirtieth and thirty-first day.
		full_day(131, 9_900_000, 990_000);
		assert_eq!(Income::due(LOT, 131), Some(8_910_000));
	});
}

#[test]
fn a_day_closes_at_the_latest_seven_days_after_it_and_once() {
	build_and_execute(|| {
		issue(&alice(), 100);
		agree(101, 1_000, 100);
		go_to(107);
		assert_eq!(Income::closed_until(LOT), 101);
		assert_noop!(
			Income::close_day(RuntimeOrigin::signed(bob()), LOT),
			Error::<Test>::DayStaysOpen
		);
		Today::set(108);
		assert_ok!(Income::close_day(RuntimeOrigin::signed(bob()), LOT));
		assert_eq!(Income::short(LOT, 101), Some(900));
		assert_eq!(book().debt, 900);
		// A correction by the pool after closing changes nothing.
		agree(101, 5_000, 100);
		visit();
		assert_eq!(Income::due(LOT, 101), Some(900));
		assert_eq!(ClosedDays::get(), vec![(LOT, 101)]);
	});
}

#[test]
fn a_day_without_a_fact_is_scored_by_what_was_remitted() {
	build_and_execute(|| {
		change_lot(LOT, |info| info.audited = 100);
		issue(&alice(), 80);
		go_to(102);
		// All of the power's output: 100 units mine 1,000.
		arrive(1_000);
		go_to(108);
		let record = Income::days_of_lot(LOT, 101, 1).remove(0);
		assert_eq!(record.closed.unwrap().score, Score::Remitted);
		assert_eq!(Income::due(LOT, 101), Some(720));
		assert_eq!(Income::delivered(LOT, 101), Some(720));
		// Nothing came: nothing was mined.
		go_to(109);
		assert_eq!(Income::due(LOT, 102), Some(720));
		assert_eq!(Income::delivered(LOT, 102), Some(280));
	});
}

#[test]
fn a_day_without_a_fact_of_an_unknown_network_owes_its_part_of_what_came() {
	build_and_execute(|| {
		issue(&alice(), 80);
		Yield::set(None);
		go_to(102);
		arrive(7_000);
		go_to(108);
		// Seven days are over: 1,000 each, less the fee.
		assert_eq!(Income::due(LOT, 101), Some(900));
	});
}

#[test]
fn where_nothing_is_known_and_nothing_came_the_day_before_tells_what_is_missing() {
	build_and_execute(|| {
		issue(&alice(), 80);
		// Without any day before it nothing is known, and nothing was worked.
		Yield::set(None);
		go_to(108);
		assert_eq!(Income::due(LOT, 101), Some(0));
		assert_eq!(Income::worked(LOT, 101), Some((0, 1)));
		agree(102, 800, 80);
		arrive(720);
		visit();
		assert_eq!(Income::worked(LOT, 102), Some((720, 720)));
		go_to(110);
		assert_eq!((Income::due(LOT, 103), Income::delivered(LOT, 103)), (Some(720), Some(0)));
		// The same where the power is known, and not what it would have earned.
		agree(104, 400, 40);
		go_to(111);
		assert_eq!(Income::due(LOT, 104), Some(360 + 360));
	});
}

#[test]
fn two_refused_days_measure_nothing_and_one_alone_does_not_count() {
	build_and_execute(|| {
		issue(&alice(), 100);
		fact(101, DayFact::Refused);
		go_to(103);
		assert_eq!(Income::closed_until(LOT), 101);
		fact(102, DayFact::Refused);
		arrive(900);
		visit();
		// What 100 units would have earned, at once.
		assert_eq!(Income::due(LOT, 101), Some(900));
		assert_eq!(Income::closed_until(LOT), 102);
		go_to(109);
		assert_eq!(Income::short(LOT, 102), Some(900));
		fact(103, DayFact::Refused);
		agree(104, 1_000, 100);
		arrive(900);
		visit();
		assert_eq!(Income::due(LOT, 103), Some(900));
	});
}

#[test]
fn units_of_a_day_are_those_at_its_start() {
	build_and_execute(|| {
		let first = issue(&alice(), 100);
		agree(101, 1_000, 100);
		go_to(102);
		// Issued before day 101 closes, and does not dilute it.
		let second = issue(&bob(), 900);
		arrive(900);
		visit();
		assert_eq!(Income::units(LOT, 101), Some(100));
		assert_eq!(Income::units(LOT, 103), Some(1_000));
		claim(first);
		claim(second);
		assert_eq!((coins(&alice()), coins(&bob())), (900, 0));
		full_day(102, 1_000, 100);
		full_day(103, 10_000, 1_000);
		claim(first);
		claim(second);
		assert_eq!((coins(&alice()), coins(&bob())), (900 + 900 + 900, 8_100));
	});
}

#[test]
fn a_deposit_sale_shares_the_output() {
	build_and_execute(|| {
		change_lot(LOT, |info| {
			info.sale = SaleModel::Deposit { holder_share: Permill::from_percent(60) }
		});
		issue(&alice(), 100);
		full_day(101, 1_000, 100);
		assert_eq!(Income::due(LOT, 101), Some(540));
	});
}

#[test]
fn a_lot_that_ended_closes_its_remaining_days_at_once() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		full_day(101, 1_000, 100);
		change_lot(LOT, |info| info.status = LotStatus::Terminated);
		visit();
		assert_eq!(Income::closed_until(LOT), LAST + 1);
		assert_eq!(Income::due(LOT, LAST), Some(900));
		assert_eq!(Income::short(LOT, LAST), Some(900));
		// What was left of the last deposit went to the first of them.
		assert_eq!(Income::delivered(LOT, 102), Some(100));
		assert_eq!(u128::from(LAST - 101) * 900 - 100, book().debt);
		claim(title);
		assert_eq!(coins(&alice()), 1_000);
		go_to(102 + 14);
		assert_eq!(Lapsed::get().len(), 0);
		go_to(102 + 15);
		assert_eq!(Lapsed::get().len(), 199);
		assert_eq!(book().debt, 0);
		go_to(102 + 59);
		assert_eq!(Income::final_until(LOT), 102);
		go_to(102 + 60);
		assert_eq!(Income::final_until(LOT), LAST + 1);
		assert_eq!(crate::ActiveLots::<Test>::iter().count(), 0);
	});
}

#[test]
fn deposits_of_a_lot_without_titles_are_the_providers() {
	build_and_execute(|| {
		arrive(500);
		visit();
		assert_eq!(book().provider_part, 500);
		go_to(103);
		arrive(70);
		go_to(105);
		assert_eq!(Income::due(LOT, 103), Some(0));
		assert_eq!(book().provider_part, 570);
	});
}
