use crate::{mock::*, Error, Event, HoldReason};
use dmex_primitives::{lots::LotStatus, polls::PollResult};
use frame_support::{assert_noop, assert_ok};

fn conclude_by_anyone(lot: u32) -> frame_support::dispatch::DispatchResult {
	Hashpower::conclude_audit(RuntimeOrigin::signed(carol()), lot)
}

#[test]
fn an_open_audit_decides_nothing() {
	build_and_execute(|| {
		let lot = submit(terms("a")).unwrap();
		assert_noop!(conclude_by_anyone(lot), Error::<Test>::AuditOpen);
		assert_noop!(conclude_by_anyone(9), Error::<Test>::UnknownLot);
		assert_noop!(
			Hashpower::activate(RuntimeOrigin::signed(alice()), lot),
			Error::<Test>::LotNotApproved
		);
	});
}

#[test]
fn a_passed_audit_approves_and_returns_its_deposit() {
	build_and_execute(|| {
		let lot = submit(terms("a")).unwrap();
		assert_ok!(conclude(lot, PollResult::Passed));
		assert_eq!(record(lot).status, LotStatus::Approved);
		assert_eq!(held(&alice(), HoldReason::Audit), 0);
		assert_eq!(held(&alice(), HoldReason::Lot), LOT_DEPOSIT);
		System::assert_last_event(
			Event::AuditConcluded { lot, approved: true, forfeited: 0 }.into(),
		);
		assert_noop!(conclude_by_anyone(lot), Error::<Test>::AuditConcludedAlready);
	});
}

#[test]
fn a_failed_audit_rejects_and_forfeits_its_deposit() {
	build_and_execute(|| {
		let before = free(&alice());
		let lot = submit(terms("a")).unwrap();
		assert_ok!(conclude(lot, PollResult::Failed));
		let record = record(lot);
		assert_eq!(record.status, LotStatus::Rejected);
		assert_eq!(held(&alice(), HoldReason::Audit), 0);
		assert_eq!(held(&alice(), HoldReason::Lot), 0);
		assert_eq!(free(&alice()), before - AUDIT_DEPOSIT);
		assert_eq!(free(&account(99)), 1 + AUDIT_DEPOSIT);
		assert!(!followed(record.account));
		assert_eq!(Hashpower::lot_of_account(record.account), None);
		assert_eq!(Hashpower::lots_of_farm(0), Vec::<u32>::new());
		assert_noop!(issue(lot, 1), Error::<Test>::LotNotActive);
	});
}

#[test]
fn approval_lifts_no_other_limit() {
	build_and_execute(|| {
		let lot = approved(terms("a"));
		assert_noop!(issue(lot, 1), Error::<Test>::LotNotActive);
		assert_ok!(Hashpower::activate(RuntimeOrigin::signed(carol()), lot));
		assert_noop!(issue(lot, 1), Error::<Test>::NotMeasuredYet);
	});
}

#[test]
fn a_lot_is_activated_once_when_it_is_ready() {
	build_and_execute(|| {
		let lot = approved(terms("a"));
		let activate = || Hashpower::activate(RuntimeOrigin::signed(carol()), lot);
		Ready::set(false);
		assert_noop!(activate(), sp_runtime::DispatchError::Other("PayoutNotArrived"));
		Ready::set(true);
		assert_ok!(activate());
		assert_eq!(record(lot).status, LotStatus::Active);
		System::assert_last_event(Event::LotActivated { lot }.into());
		assert_noop!(activate(), Error::<Test>::LotNotApproved);
	});
}

#[test]
fn activation_shows_the_terms_to_wallets() {
	build_and_execute(|| {
		let lot = active(terms("farm.1"));
		let facts: Vec<(Vec<u8>, Vec<u8>)> = store::get("facts", lot).unwrap();
		let value = |key: &str| {
			let found = facts.iter().find(|(name, _)| name == key.as_bytes()).unwrap();
			String::from_utf8(found.1.clone()).unwrap()
		};
		assert_eq!(value("coin"), "BTC");
		assert_eq!(value("model"), "S21");
		assert_eq!(value("millicents_per_kwh"), "4500");
		assert_eq!(value("pool"), "10");
		assert_eq!(value("pool_account"), "farm.1");
		assert_eq!(value("first_day"), "110");
		assert_eq!(value("last_day"), "474");
		assert_eq!(value("sale"), "outright");
		assert_eq!(value("fee_parts_per_million"), "50000");
	});
}

#[test]
fn a_lot_whose_term_is_over_is_not_activated() {
	build_and_execute(|| {
		let lot = approved(terms("a"));
		Today::set(474);
		assert_noop!(
			Hashpower::activate(RuntimeOrigin::signed(carol()), lot),
			Error::<Test>::LotOver
		);
	});
}
