//! Each invariant with a sabotaged state that the check must catch.

use crate::{
	mock::*, AllLots, FarmsOf, HoldReason, IssuedOfCoin, IssuedOnSource, LotsOf, OpenLotOf,
	Providers,
};
use dmex_primitives::{lots::LotStatus, AccountId};
use frame_support::traits::{fungible::MutateHold, tokens::Precision};

type Lot = crate::types::Lot<AccountId>;

/// Lot 0 is active with 100 issued; lot 1 is being audited; both are Alice's.
fn sabotage(break_it: impl FnOnce(), rule: &'static str) {
	ext().execute_with(|| {
		let lot = measured(terms("a"), 1_000);
		issue(lot, 100).unwrap();
		submit(terms("b")).unwrap();
		Hashpower::do_try_state().unwrap();
		break_it();
		assert_eq!(Hashpower::do_try_state(), Err(rule.into()));
	});
}

fn rewrite(id: u32, change: impl FnOnce(&mut Lot)) {
	AllLots::<Test>::mutate(id, |lot| change(lot.as_mut().unwrap()));
}

#[test]
fn a_unit_understated_is_caught() {
	sabotage(|| rewrite(0, |lot| lot.issued -= 1), "titles hold other power than was issued");
	sabotage(|| store::put("issued", 0u32, 101u128), "titles hold other power than was issued");
}

#[test]
fn more_than_was_audited_is_caught() {
	sabotage(|| rewrite(0, |lot| lot.terms.power = 99), "more was issued than audited");
}

#[test]
fn more_than_was_measured_is_caught() {
	sabotage(|| rewrite(0, |lot| lot.limit_at_issue = 99), "more was issued than measured");
}

#[test]
fn power_before_activation_is_caught() {
	sabotage(
		|| rewrite(0, |lot| lot.status = LotStatus::Approved),
		"power was issued of a lot that is not active",
	);
}

#[test]
fn an_account_behind_two_open_lots_is_caught() {
	sabotage(
		|| {
			let account = record(0).account;
			OpenLotOf::<Test>::remove(record(1).account);
			rewrite(1, |lot| lot.account = account);
		},
		"the account of an open lot backs another",
	);
	sabotage(|| OpenLotOf::<Test>::insert(77, 0), "an account backs a lot that is not open");
	sabotage(
		|| OpenLotOf::<Test>::remove(record(0).account),
		"the account of an open lot backs another",
	);
}

#[test]
fn wrong_counters_are_caught() {
	sabotage(
		|| IssuedOnSource::<Test>::mutate(BTC, POOL, |power| *power -= 1),
		"power on a pool is miscounted",
	);
	sabotage(|| IssuedOnSource::<Test>::remove(BTC, POOL), "power on a pool is not counted");
	sabotage(
		|| IssuedOfCoin::<Test>::mutate(BTC, |power| *power += 1),
		"power of a coin is miscounted",
	);
	sabotage(|| IssuedOfCoin::<Test>::remove(BTC), "power of a coin is not counted");
}

#[test]
fn wrong_lists_are_caught() {
	sabotage(|| LotsOf::<Test>::mutate(0, |lots| lots.truncate(1)), "an open lot is not listed");
	sabotage(
		|| LotsOf::<Test>::insert(1, LotsOf::<Test>::take(0)),
		"a farm lists a lot that is closed or another's",
	);
	sabotage(
		|| LotsOf::<Test>::mutate(0, |lots| lots.try_push(77).unwrap()),
		"a farm lists no lot",
	);
	sabotage(|| FarmsOf::<Test>::remove(alice()), "a farm is not listed");
	sabotage(|| Providers::<Test>::remove(alice()), "a farm has no provider");
}

#[test]
fn deposits_that_are_not_held_are_caught() {
	for reason in [HoldReason::Registration, HoldReason::Lot, HoldReason::Audit] {
		sabotage(
			|| {
				Balances::release(&reason.into(), &alice(), 1, Precision::Exact).unwrap();
			},
			"deposits on hold are not what the books say",
		);
	}
	sabotage(|| rewrite(0, |lot| lot.audit_deposit = 1), "a concluded audit has a deposit");
	sabotage(
		|| {
			Hashpower::terminate(RuntimeOrigin::root(), 0).unwrap();
			rewrite(0, |lot| lot.deposit = 1);
		},
		"a closed lot has a deposit",
	);
}
