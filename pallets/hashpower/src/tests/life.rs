use crate::{mock::*, types::LotTerms, Error, Event, HoldReason};
use dmex_primitives::{
	lots::{LotStatus, Vesting},
	polls::PollResult,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn mature(lot: u32) -> frame_support::dispatch::DispatchResult {
	Hashpower::mature(RuntimeOrigin::signed(carol()), lot)
}

#[test]
fn a_lot_matures_when_its_last_days_can_no_longer_be_agreed() {
	build_and_execute(|| {
		let lot = measured(LotTerms { last_day: 120, ..terms("a") }, 1_000);
		assert_ok!(issue(lot, 10));
		let account = record(lot).account;
		Today::set(128);
		assert_noop!(mature(lot), Error::<Test>::LotNotOver);
		assert!(followed(account));
		Today::set(129);
		assert_ok!(mature(lot));
		let record = record(lot);
		assert_eq!((record.status, record.issued), (LotStatus::Matured, 10));
		assert!(!followed(account));
		assert_eq!(Hashpower::lot_of_account(account), None);
		assert_eq!(held(&alice(), HoldReason::Lot), 0);
		assert_eq!(Hashpower::issued_of_coin(BTC, POOL), (0, 0));
		System::assert_last_event(Event::LotChanged { lot, status: LotStatus::Matured }.into());
		assert_noop!(mature(lot), Error::<Test>::LotClosed);
		assert_noop!(issue(lot, 1), Error::<Test>::LotNotActive);
	});
}

#[test]
fn a_lot_matures_after_its_last_reward_has_vested() {
	build_and_execute(|| {
		let of = |name, vesting| LotTerms {
			coin: FIL,
			source: LOTUS,
			vesting: Some(vesting),
			last_day: 120,
			..terms(name)
		};
		let vesting = measured(of("f01234", Vesting::Vesting), 1_000);
		let gross = measured(of("f01235", Vesting::Gross), 1_000);
		Today::set(129);
		assert_ok!(mature(gross));
		Today::set(120 + 180 + 8);
		assert_noop!(mature(vesting), Error::<Test>::LotNotOver);
		let account = record(vesting).account;
		assert_eq!(Hashpower::lot_of_account(account), Some(vesting));
		Today::set(120 + 180 + 9);
		assert_ok!(mature(vesting));
		assert!(!followed(account));
	});
}

#[test]
fn a_lot_that_is_being_audited_does_not_mature() {
	build_and_execute(|| {
		let lot = submit(LotTerms { last_day: 120, ..terms("a") }).unwrap();
		Today::set(200);
		assert_noop!(mature(lot), Error::<Test>::AuditOpen);
		assert_ok!(conclude(lot, PollResult::Passed));
		assert_ok!(mature(lot));
		assert_noop!(mature(9), Error::<Test>::UnknownLot);
	});
}

#[test]
fn root_suspends_and_resumes() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		assert_noop!(
			Hashpower::suspend(RuntimeOrigin::signed(alice()), lot),
			DispatchError::BadOrigin
		);
		assert_noop!(Hashpower::resume(RuntimeOrigin::root(), lot), Error::<Test>::LotNotSuspended);
		assert_ok!(Hashpower::suspend(RuntimeOrigin::root(), lot));
		System::assert_last_event(Event::LotChanged { lot, status: LotStatus::Suspended }.into());
		assert_noop!(issue(lot, 1), Error::<Test>::LotNotActive);
		assert_noop!(Hashpower::suspend(RuntimeOrigin::root(), lot), Error::<Test>::LotNotActive);
		assert_noop!(
			Hashpower::withdraw_lot(RuntimeOrigin::signed(alice()), lot),
			Error::<Test>::LotNotActive
		);
		// The account still backs the lot.
		assert_noop!(submit(terms("a")), Error::<Test>::AccountBacksOpenLot);
		assert_noop!(
			Hashpower::resume(RuntimeOrigin::signed(alice()), lot),
			DispatchError::BadOrigin
		);
		assert_ok!(Hashpower::resume(RuntimeOrigin::root(), lot));
		assert_ok!(issue(lot, 1));
	});
}

#[test]
fn other_pallets_suspend_through_the_trait() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		let status = || record(lot).status;
		assert_ok!(<Hashpower as dmex_primitives::lots::Suspend>::suspend(lot));
		assert_eq!(status(), LotStatus::Suspended);
		assert_ok!(<Hashpower as dmex_primitives::lots::Suspend>::resume(lot));
		assert_eq!(status(), LotStatus::Active);
		assert_ok!(<Hashpower as dmex_primitives::lots::Suspend>::terminate(lot));
		assert_eq!(status(), LotStatus::Terminated);
	});
}

#[test]
fn root_terminates_whatever_is_open() {
	build_and_execute(|| {
		let submitted = submit(terms("a")).unwrap();
		let running = measured(terms("b"), 1_000);
		assert_ok!(issue(running, 7));
		for lot in [submitted, running] {
			assert_noop!(
				Hashpower::terminate(RuntimeOrigin::signed(alice()), lot),
				DispatchError::BadOrigin
			);
			assert_ok!(Hashpower::terminate(RuntimeOrigin::root(), lot));
			assert_eq!(record(lot).status, LotStatus::Terminated);
			assert_noop!(
				Hashpower::terminate(RuntimeOrigin::root(), lot),
				Error::<Test>::LotClosed
			);
		}
		// The result of an audit that came too late changes nothing.
		decide(record(submitted).poll, PollResult::Passed);
		assert_noop!(
			Hashpower::conclude_audit(RuntimeOrigin::signed(carol()), submitted),
			Error::<Test>::AuditConcludedAlready
		);
		assert_eq!(held(&alice(), HoldReason::Audit), 0);
		assert_eq!(held(&alice(), HoldReason::Lot), 0);
	});
}

#[test]
fn a_provider_gives_up_a_lot_of_which_nothing_was_issued() {
	build_and_execute(|| {
		let withdraw = |who, lot| Hashpower::withdraw_lot(RuntimeOrigin::signed(who), lot);
		let lot = submit(terms("a")).unwrap();
		assert_noop!(withdraw(alice(), lot), Error::<Test>::AuditOpen);
		assert_ok!(conclude(lot, PollResult::Passed));
		assert_noop!(withdraw(bob(), lot), Error::<Test>::NotLotProvider);
		assert_ok!(withdraw(alice(), lot));
		assert_eq!(record(lot).status, LotStatus::Terminated);
		assert_noop!(withdraw(alice(), lot), Error::<Test>::LotClosed);

		let sold = measured(terms("a"), 1_000);
		assert_ok!(issue(sold, 1));
		assert_noop!(withdraw(alice(), sold), Error::<Test>::TitlesIssued);
	});
}
