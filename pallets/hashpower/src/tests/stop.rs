use crate::{mock::*, types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn a_stop_ends_by_itself_after_fourteen_days() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		let account = record(lot).account;
		for day in 100..130 {
			measure(account, day, 1_000);
		}
		let until = Today::get() + 14;
		assert_ok!(Hashpower::stop_issue(RuntimeOrigin::root(), StopScope::All));
		System::assert_last_event(Event::IssueStopped { scope: StopScope::All, until }.into());
		assert_noop!(issue(lot, 1), Error::<Test>::IssueStopped);
		assert_eq!(Hashpower::issue_limit(lot).unwrap().available, 0);
		Today::set(until - 1);
		assert_noop!(issue(lot, 1), Error::<Test>::IssueStopped);
		Today::set(until);
		assert_ok!(issue(lot, 1));
	});
}

#[test]
fn a_stop_has_a_scope_and_can_be_lifted() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		for (scope, stops) in [
			(StopScope::Coin(BTC), true),
			(StopScope::Coin(FIL), false),
			(StopScope::Lot(lot), true),
		] {
			assert_ok!(Hashpower::stop_issue(RuntimeOrigin::root(), scope));
			assert_eq!(issue(lot, 1) == Err(Error::<Test>::IssueStopped.into()), stops);
			assert_ok!(Hashpower::allow_issue(RuntimeOrigin::root(), scope));
			System::assert_last_event(Event::IssueAllowed { scope }.into());
			assert_ok!(issue(lot, 1));
			assert_noop!(
				Hashpower::allow_issue(RuntimeOrigin::root(), scope),
				Error::<Test>::IssueNotStopped
			);
		}
	});
}

#[test]
fn only_the_defensive_origin_stops_what_exists() {
	build_and_execute(|| {
		for call in [Hashpower::stop_issue, Hashpower::allow_issue] {
			assert_noop!(
				call(RuntimeOrigin::signed(alice()), StopScope::All),
				DispatchError::BadOrigin
			);
		}
		assert_noop!(
			Hashpower::stop_issue(RuntimeOrigin::root(), StopScope::Coin(77)),
			Error::<Test>::UnknownCoin
		);
		assert_noop!(
			Hashpower::stop_issue(RuntimeOrigin::root(), StopScope::Lot(77)),
			Error::<Test>::UnknownLot
		);
	});
}
