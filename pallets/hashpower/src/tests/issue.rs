use crate::{mock::*, types::*, Error, Event};
use dmex_primitives::{polls::PollResult, Day};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn titles_are_issued_up_to_97_per_cent_of_what_was_measured() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 500);
		assert_noop!(issue(lot, 486), Error::<Test>::IssueLimitExceeded);
		assert_ok!(issue(lot, 400));
		assert_noop!(issue(lot, 86), Error::<Test>::IssueLimitExceeded);
		assert_ok!(issue(lot, 85));
		let record = record(lot);
		assert_eq!((record.issued, record.limit_at_issue), (485, 485));
		assert_eq!(Hashpower::issued_of_coin(BTC, POOL), (485, 485));
		let info = <Hashpower as dmex_primitives::lots::Lots<_>>::lot(lot).unwrap();
		assert_eq!((info.issued, info.audited), (485, 1_000));
	});
}

#[test]
fn titles_are_issued_up_to_what_was_audited() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 5_000);
		assert_noop!(issue(lot, 1_001), Error::<Test>::AuditedPowerExceeded);
		assert_ok!(issue(lot, 1_000));
		assert_noop!(issue(lot, 1), Error::<Test>::AuditedPowerExceeded);
		assert_noop!(issue(lot, u128::MAX), Error::<Test>::AuditedPowerExceeded);
	});
}

#[test]
fn the_provider_mints_and_hands_over() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		assert_ok!(Hashpower::issue(RuntimeOrigin::signed(alice()), lot, 10, carol()));
		// The lot starts on day 110, today is 103.
		assert_eq!(store::get::<PlayedTitle>("title", (lot, 0u32)), Some((carol(), 10, 110)));
		System::assert_last_event(
			Event::PowerIssued {
				lot,
				title: 0,
				owner: carol(),
				units: 10,
				first_day: 110,
				limit: 970,
			}
			.into(),
		);
		assert_noop!(
			Hashpower::issue(RuntimeOrigin::signed(bob()), lot, 10, bob()),
			Error::<Test>::NotLotProvider
		);
		assert_noop!(issue(lot, 0), Error::<Test>::ZeroUnits);
		assert_noop!(
			Hashpower::issue(RuntimeOrigin::signed(alice()), 9, 10, bob()),
			Error::<Test>::UnknownLot
		);
	});
}

#[test]
fn a_lot_that_is_sold_outright_issues_to_buyers_alone() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		assert_ok!(issue(lot, 10));
		store::put("sold", lot, true);
		assert_noop!(issue(lot, 10), Error::<Test>::LotIsSold);
		assert_ok!(<Hashpower as dmex_primitives::lots::Issue<_>>::issue_to(lot, 10, &bob()));
	});
}

#[test]
fn a_pool_that_pays_elsewhere_by_now_stops_the_issue() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		Ready::set(false);
		assert_noop!(issue(lot, 10), DispatchError::Other("PayoutNotArrived"));
		assert!(!Hashpower::issue_limit(lot).unwrap().may_issue);
	});
}

#[test]
fn what_is_issued_today_holds_from_tomorrow() {
	build_and_execute(|| {
		let lot = measured(LotTerms { first_day: 101, ..terms("a") }, 1_000);
		assert_ok!(issue(lot, 10));
		assert_eq!(store::get::<PlayedTitle>("title", (lot, 0u32)), Some((alice(), 10, 104)));
	});
}

#[test]
fn nothing_is_issued_for_days_that_are_over() {
	build_and_execute(|| {
		let lot = measured(LotTerms { first_day: 101, last_day: 104, ..terms("a") }, 1_000);
		assert_ok!(issue(lot, 10));
		measure(record(lot).account, 103, 1_000);
		Today::set(104);
		assert_noop!(issue(lot, 10), Error::<Test>::LotOver);
	});
}

#[test]
fn fewer_than_w_days_are_not_enough() {
	build_and_execute(|| {
		let lot = active(terms("a"));
		let account = record(lot).account;
		// Days before the submission do not count, however good they are.
		for day in 90..102 {
			measure(account, day, 1_000);
		}
		Today::set(102);
		assert_noop!(issue(lot, 1), Error::<Test>::NotMeasuredYet);
		Today::set(103);
		// Day 102 has no fact yet.
		assert_noop!(issue(lot, 1), Error::<Test>::NotMeasuredYet);
		measure(account, 102, 1_000);
		assert_ok!(issue(lot, 970));
	});
}

#[test]
fn the_lowest_mean_of_the_window_counts() {
	build_and_execute(|| {
		let lot = active(terms("a"));
		let account = record(lot).account;
		// Means of three: 600, 400, 500, 700.
		for (day, power) in (100..).zip([900, 600, 300, 300, 900, 900]) {
			measure(account, day, power);
		}
		Today::set(106);
		assert_noop!(issue(lot, 389), Error::<Test>::IssueLimitExceeded);
		assert_ok!(issue(lot, 388));
		// The bad days leave the window: days 103 to 108 remain.
		for day in 106..109 {
			measure(account, day, 900);
		}
		Today::set(109);
		// (300 + 900 + 900) / 3 = 700; 97 % of it is 679.
		assert_noop!(issue(lot, 292), Error::<Test>::IssueLimitExceeded);
		assert_ok!(issue(lot, 291));
	});
}

#[test]
fn a_day_without_a_fact_or_refused_counts_zero() {
	for refused in [false, true] {
		build_and_execute(|| {
			let lot = measured(terms("a"), 900);
			let account = record(lot).account;
			if refused {
				refuse(account, 103);
			}
			measure(account, 104, 900);
			Today::set(105);
			// 900, 900, 900, 0, 900: 600 is the lowest mean.
			assert_noop!(issue(lot, 583), Error::<Test>::IssueLimitExceeded);
			assert_ok!(issue(lot, 582));
		});
	}
}

#[test]
fn days_before_the_account_had_an_address_do_not_count() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 900);
		let account = record(lot).account;
		store::put("address", account, None::<Day>);
		assert_noop!(issue(lot, 1), Error::<Test>::NotMeasuredYet);
		// Asked for on day 101: days 101 and 102 are not three.
		store::put("address", account, Some(101u32));
		assert_noop!(issue(lot, 1), Error::<Test>::NotMeasuredYet);
		measure(account, 103, 900);
		Today::set(104);
		assert_ok!(issue(lot, 873));
	});
}

#[test]
fn days_whose_payout_may_still_come_only_lower_the_limit() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 900);
		let account = record(lot).account;
		let limit = || {
			let measured = Hashpower::issue_limit(lot).unwrap().measured;
			(measured.first, measured.newest, measured.days, measured.limit)
		};
		store::put("unpaid", account, 103u32);
		for (day, power) in [(103, 90_000), (104, 90_000)] {
			measure(account, day, power);
		}
		Today::set(105);
		assert_eq!(limit(), (100, 104, 3, Some(873)));
		// 900, 90,000, 0 and others: with two bad days the last three have the lowest mean.
		measure(account, 103, 0);
		measure(account, 104, 300);
		assert_eq!(limit(), (100, 104, 3, Some(388)));
		// Without three days that are paid there is no limit yet.
		store::put("unpaid", account, 102u32);
		assert_eq!(limit(), (100, 104, 2, None));
		// Paid, they count as the others do, and six days of them are enough.
		store::put("unpaid", account, 107u32);
		for day in 103..108 {
			measure(account, day, 900);
		}
		Today::set(108);
		assert_eq!(limit(), (101, 107, 6, Some(873)));
	});
}

#[test]
fn yesterday_counts_from_the_moment_it_has_a_fact() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 900);
		let account = record(lot).account;
		Today::set(104);
		// Day 103 is being voted on: not a zero yet.
		assert_eq!(Hashpower::issue_limit(lot).unwrap().measured.newest, 102);
		assert_ok!(issue(lot, 500));
		measure(account, 103, 0);
		assert_noop!(issue(lot, 83), Error::<Test>::IssueLimitExceeded);
		assert_ok!(issue(lot, 82));
		// The day after it is a zero even without a fact.
		let other = measured(terms("b"), 900);
		let start = record(other).measured_from;
		Today::set(start + W + 2);
		assert_eq!(Hashpower::issue_limit(other).unwrap().measured.limit, Some(582));
	});
}

#[test]
fn nothing_is_issued_without_the_bond() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 900);
		BondMet::set(false);
		assert_noop!(issue(lot, 1), DispatchError::Other("BondNotMet"));
		BondMet::set(true);
		assert_ok!(issue(lot, 1));
	});
}

#[test]
fn a_lower_measurement_takes_nothing_back_and_lets_nothing_out() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 900);
		assert_ok!(issue(lot, 800));
		measure(record(lot).account, 103, 0);
		Today::set(104);
		assert_noop!(issue(lot, 1), Error::<Test>::IssueLimitExceeded);
		assert_eq!(record(lot).issued, 800);
		let limit = Hashpower::issue_limit(lot).unwrap();
		assert_eq!((limit.measured.limit, limit.available), (Some(582), 0));
	});
}

#[test]
fn resubmitting_an_account_starts_the_measurement_again() {
	build_and_execute(|| {
		let lot = submit(terms("a")).unwrap();
		let account = record(lot).account;
		for day in 100..105 {
			measure(account, day, 900);
		}
		Today::set(105);
		assert_ok!(conclude(lot, PollResult::Failed));
		let again = active(terms("a"));
		assert_eq!(record(again).account, account);
		assert_noop!(issue(again, 1), Error::<Test>::NotMeasuredYet);
	});
}
