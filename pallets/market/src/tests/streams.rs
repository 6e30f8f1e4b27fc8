//! The provider earns a day's slices by delivering it; what he does not is refunded.

use super::scene::*;
use crate::{mock::*, types::*, Call, Error, Event, MissedDays};
use dmex_primitives::{
	rights::{OnDayClosed, OnMakeUpOver},
	titles::Titles as _,
	Balance,
};
use frame_support::{assert_noop, assert_ok};

fn claim() -> sp_runtime::DispatchResult {
	call(provider(), Call::claim_slices { lot: LOT })
}

#[test]
fn a_delivered_day_is_earned_and_claimed_less_the_fee() {
	build_and_execute(|| {
		bought(&alice(), 100);
		assert_noop!(claim(), Error::<Test>::NothingToClaim);
		assert_eq!(close_day(LOT, 500, 500), 101);
		assert_eq!(
			last_event(),
			Some(Event::DayStreamed { lot: LOT, day: 101, earned: 4_000, missed: 0 })
		);
		close_day(LOT, 500, 600);
		assert_eq!(Market::claimable(LOT), (8_000, 16));
		let (before, treasury_before) = (stable(&provider()), stable(&treasury()));
		assert_ok!(claim());
		assert_eq!(stable(&provider()), before + 7_984);
		assert_eq!(stable(&fund()), FUNDS + 4, "three tenths of the fee, rounded down");
		assert_eq!(stable(&treasury()), treasury_before + 12);
		assert_eq!(Market::claimable(LOT), (0, 0));
		assert_noop!(claim(), Error::<Test>::NothingToClaim);
		assert_noop!(call(alice(), Call::claim_slices { lot: LOT }), Error::<Test>::NotLotProvider);
		assert_noop!(call(alice(), Call::claim_slices { lot: 99 }), Error::<Test>::UnknownLot);
	});
}

#[test]
fn a_short_day_is_earned_in_part_rounded_down_and_the_rest_waits() {
	build_and_execute(|| {
		bought(&alice(), 100);
		close_day(LOT, 3, 1);
		assert_eq!(Market::claimable(LOT).0, 1_333);
		let missed = Missed { slices: 2_667, upfront: 0, over: false };
		assert_eq!(Market::missed_day(LOT, 101), Some(missed));
	});
}

#[test]
fn what_is_made_up_is_earned_and_the_rest_refunded_to_the_rights_of_the_day() {
	build_and_execute(|| {
		bought(&alice(), 100);
		let day = close_day(LOT, 1_000, 400);
		assert_eq!(Market::claimable(LOT).0, 1_600);
		// Of the 600 that were short 200 came later.
		end_make_up(LOT, day, 200);
		assert_eq!(Market::claimable(LOT).0, 1_600 + 800);
		assert_eq!(granted(LOT, day), 1_600);
		assert_eq!(stable(&awards()), FUNDS + 1_600);
		assert_eq!(MissedDays::<Test>::iter().count(), 0);
		// Once only.
		Market::on_make_up_over(LOT, day);
		assert_eq!(granted(LOT, day), 1_600);
	});
}

#[test]
fn a_day_that_is_made_up_whole_is_earned_whole() {
	build_and_execute(|| {
		bought(&alice(), 100);
		let day = close_day(LOT, 1_000, 0);
		assert_eq!(Market::claimable(LOT).0, 0);
		end_make_up(LOT, day, 1_000);
		assert_eq!(Market::claimable(LOT).0, 4_000);
		assert_eq!(granted(LOT, day), 0);
	});
}

#[test]
fn a_day_that_owed_nothing_is_delivered() {
	build_and_execute(|| {
		bought(&alice(), 100);
		close_day(LOT, 0, 0);
		assert_eq!(Market::claimable(LOT).0, 4_000);
	});
}

#[test]
fn what_came_without_work_earns_nothing() {
	build_and_execute(|| {
		bought(&alice(), 100);
		// Of 100 that were owed 75 vested of earlier days, and the day itself brought nothing.
		store::put("worked", (LOT, 101u32), (0u128, 25u128));
		let day = close_day(LOT, 100, 75);
		assert_eq!(Market::claimable(LOT).0, 0);
		end_make_up(LOT, day, 5);
		assert_eq!(Market::claimable(LOT).0, 800);
		assert_eq!(granted(LOT, day), 3_200);
	});
}

#[test]
fn what_other_days_brought_in_place_of_work_is_not_earned_by_the_little_that_is_short() {
	build_and_execute(|| {
		bought(&alice(), 100);
		store::put("worked", (LOT, 101u32), (0u128, 25u128));
		let day = close_day(LOT, 100, 95);
		end_make_up(LOT, day, 5);
		assert_eq!(Market::claimable(LOT).0, 800);
		assert_eq!(Market::lot_book(LOT).unwrap().unplaced, 3_200);
		assert_eq!(MissedDays::<Test>::iter().count(), 0);
	});
}

#[test]
fn slices_of_a_day_of_which_nothing_is_known_are_the_funds() {
	build_and_execute(|| {
		bought(&alice(), 100);
		store::put("worked", (LOT, 101u32), (0u128, 1u128));
		close_day(LOT, 0, 0);
		assert_eq!(Market::claimable(LOT).0, 0);
		assert_eq!(MissedDays::<Test>::iter().count(), 0);
		assert_eq!(
			last_event(),
			Some(Event::DayRefunded { lot: LOT, day: 101, refunded: 0, unplaced: 4_000 })
		);
		assert_eq!(Market::lot_book(LOT).unwrap().unplaced, 4_000);
	});
}

#[test]
fn streams_begin_on_their_own_days_and_end_with_the_lot() {
	build_and_execute(|| {
		bought(&alice(), 100);
		to_day(103);
		bought(&bob(), 10);
		let mut earned = Vec::new();
		for _ in 101..END {
			let before = Market::claimable(LOT).0;
			close_day(LOT, 1, 1);
			earned.push(Market::claimable(LOT).0 - before);
		}
		let (early, late) = earned.split_at(3);
		assert_eq!(early, [4_000; 3]);
		assert_eq!(late, [4_400; 27]);
		assert_ok!(claim());
		assert_eq!(stable(&Market::pot()), LEAST_BALANCE, "everything was paid for");
		// After the term nothing is earned.
		close_day(LOT, 1, 1);
		assert_noop!(claim(), Error::<Test>::NothingToClaim);
	});
}

#[test]
fn a_day_is_counted_once_and_a_lot_without_streams_not_at_all() {
	build_and_execute(|| {
		Market::on_day_closed(LOT, 101);
		Market::on_day_closed(99, 101);
		bought(&alice(), 100);
		let day = close_day(LOT, 1, 1);
		Market::on_day_closed(LOT, day);
		Market::on_day_closed(LOT, 1);
		Market::on_make_up_over(LOT, day);
		assert_eq!(Market::claimable(LOT).0, 4_000);
	});
}

#[test]
fn a_refused_refund_stays_in_the_pot_and_is_tried_again_by_anyone() {
	build_and_execute(|| {
		bought(&alice(), 100);
		let day = close_day(LOT, 1, 0);
		let retry = || call(carol(), Call::retry_refund { lot: LOT, day });
		assert_noop!(retry(), Error::<Test>::NothingToRefund);
		GrantsRefused::set(true);
		end_make_up(LOT, day, 0);
		assert_eq!(last_event(), Some(Event::RefundRefused { lot: LOT, day, amount: 4_000 }));
		let missed = Missed { slices: 4_000, upfront: 0, over: true };
		assert_eq!(Market::missed_day(LOT, day), Some(missed));
		check_books();
		assert_noop!(retry(), sp_runtime::DispatchError::Other("DaysFinal"));
		GrantsRefused::set(false);
		assert_ok!(retry());
		assert_eq!(granted(LOT, day), 4_000);
		assert_noop!(retry(), Error::<Test>::NothingToRefund);
	});
}

#[test]
fn what_a_refund_cannot_place_goes_to_the_fund() {
	build_and_execute(|| {
		bought(&alice(), 100);
		let day = close_day(LOT, 1, 0);
		GrantLeftover::set(3);
		end_make_up(LOT, day, 0);
		assert_eq!(granted(LOT, day), 3_997);
		close_day(LOT, 1, 1);
		let before = stable(&fund());
		assert_ok!(claim());
		// Three tenths of the fee of 8 are 2.
		assert_eq!(stable(&fund()), before + 2 + 3);
	});
}

#[test]
fn upfront_money_leaves_the_exposure_as_days_are_delivered() {
	build_and_execute(|| {
		UpfrontBound::set(1_000_000);
		let ask = Ask::Outright { slice_per_unit: SLICE, upfront_per_unit: ONE };
		let order = open_sale(LOT, 1_000, ask);
		let buy = Call::buy_primary { lot: LOT, order, units: 100, max_price: Balance::MAX };
		assert_ok!(call(alice(), buy));
		// A hundred over thirty days: three a day, and ten on the last.
		assert_eq!(exposure(&provider()), 100);
		close_day(LOT, 1, 1);
		assert_eq!(exposure(&provider()), 97);
		let day = close_day(LOT, 2, 1);
		assert_eq!(exposure(&provider()), 96, "half of three, rounded down");
		check_books();
		end_make_up(LOT, day, 0);
		assert_eq!(exposure(&provider()), 94);
		for _ in 103..END {
			close_day(LOT, 1, 1);
		}
		assert_eq!(exposure(&provider()), 0);
	});
}

#[test]
fn a_split_divides_the_stream_and_a_merge_adds_it() {
	build_and_execute(|| {
		// 3 units at 40: 120 a day; of 100 units 4,000.
		let title = bought(&alice(), 100);
		let parts = split(LOT, title, &[33, 33, 34]).unwrap();
		let per_day: Vec<Balance> =
			parts.iter().map(|part| Market::stream(LOT, *part).unwrap().per_day).collect();
		assert_eq!(per_day, [1_320, 1_320, 1_360]);
		assert_eq!(Market::stream(LOT, title), None);
		assert!(parts.iter().all(|part| Market::was_sold(LOT, *part)));
		assert!(!Market::was_sold(LOT, title));
		let merged = merge(LOT, &parts).unwrap();
		assert_eq!(Market::stream(LOT, merged).unwrap().per_day, 4_000);
		assert!(Market::was_sold(LOT, merged));
		close_day(LOT, 1, 1);
		assert_eq!(Market::claimable(LOT).0, 4_000);
	});
}

#[test]
fn what_does_not_divide_stays_with_the_first_part() {
	build_and_execute(|| {
		// One unit costs 36 a day after rounding, and 40 here; seven units 280.
		let title = bought(&alice(), 7);
		let halves = split(LOT, title, &[3, 4]).unwrap();
		assert_eq!(Market::stream(LOT, halves[0]).unwrap().per_day, 120);
		let deposit = bought_for_deposit(&alice(), 7);
		let thirds = split(DEPOSIT_LOT, deposit, &[2, 2, 3]).unwrap();
		let kept: Vec<Balance> =
			thirds.iter().map(|part| Market::deposit(DEPOSIT_LOT, *part)).collect();
		assert_eq!(kept, [200, 200, 300]);
		let again = split(DEPOSIT_LOT, thirds[2], &[1, 1, 1]).unwrap();
		assert_eq!(Market::deposit(DEPOSIT_LOT, again[0]), 100);
	});
}

#[test]
fn titles_whose_streams_begin_on_different_open_days_do_not_merge() {
	build_and_execute(|| {
		let first = bought(&alice(), 10);
		to_day(103);
		let second = bought(&alice(), 10);
		to_day(104);
		// Both have begun, but day 101 is still open.
		let merge = || {
			call(
				alice(),
				pallet_titles::Call::<Test>::merge {
					series: LOT,
					titles: vec![first, second].try_into().unwrap(),
				},
			)
		};
		assert_noop!(merge(), Error::<Test>::StreamsDiffer);
		for _ in 101..104 {
			close_day(LOT, 1, 1);
		}
		assert_ok!(merge());
		let merged = newest_title(LOT);
		assert_eq!(Market::stream(LOT, merged), Some(Stream { per_day: 800, first_day: 104 }));
	});
}

#[test]
fn a_title_counts_as_sold_only_if_all_its_parts_were() {
	build_and_execute(|| {
		let sold = bought(&alice(), 10);
		let given = Titles::issue(LOT, &alice(), 5, 101).unwrap();
		let merged = merge(LOT, &[sold, given]).unwrap();
		assert!(!Market::was_sold(LOT, merged));
		assert_eq!(Market::stream(LOT, merged).unwrap().per_day, 400);
	});
}
