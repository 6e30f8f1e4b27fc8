//! Each invariant with a sabotaged state that the check must catch.

use crate::{mock::*, types::*, *};
use dmex_primitives::facts::Priced;
use frame_support::{
	assert_ok,
	traits::{
		fungible::MutateHold as _, fungibles::Mutate as _, fungibles::MutateHold as _,
		tokens::Precision,
	},
};

/// Lot 0 and Dora have addresses and deposits; one deposit waits, one is owed, one withdrawal is
/// queued, one accepted, one confirmed; a vote is open and a bond is leaving.
fn sabotage(break_it: impl FnOnce(), rule: &'static str) {
	ext().execute_with(|| {
		let lot = lot_address();
		let dora_at = dora_address(WBTC);
		assert_ok!(arrive(&deposit_to(&lot, WBTC, 1, 5_000)));
		assert_ok!(arrive(&deposit_to(&dora_at, WBTC, 2, 20_000)));
		store::put("refuses", 0u32, true);
		assert_ok!(arrive(&deposit_to(&lot, WBTC, 3, 700)));
		let ids: Vec<_> = (0..3).map(|_| withdraw(2_000).unwrap()).collect();
		assert_ok!(accept(ids[1], 1));
		assert_ok!(accept(ids[2], 2));
		assert_ok!(confirm(ids[2], 3));
		set_terms(Priced::Coin(0), |terms| terms.cap = 0);
		assert_ok!(arrive(&deposit_to(&dora_at, WBTC, 4, 900)));
		assert_ok!(attest(anna(), &deposit_to(&dora_at, WBTC, 5, 900)));
		assert_ok!(Gateway::bond(signed(anna()), 1_000));
		assert_ok!(Gateway::unbond(signed(anna()), 100));
		pass_days(12);
		assert_ok!(Gateway::fill_days(signed(emil()), 0));
		Gateway::do_try_state().unwrap();
		break_it();
		assert_eq!(Gateway::do_try_state(), Err(rule.into()));
	});
}

fn flow(change: impl FnOnce(&mut Flows)) {
	FlowsOf::<Test>::mutate(WBTC, change);
}

fn book(change: impl FnOnce(&mut LotBook<dmex_primitives::AccountId>)) {
	LotBooks::<Test>::mutate(0, |book| change(book.as_mut().unwrap()));
}

#[test]
fn a_unit_understated_or_overstated_is_caught() {
	let rule = "issued - burned is not attested - withdrawn";
	sabotage(|| flow(|flows| flows.attested -= 1), rule);
	sabotage(|| flow(|flows| flows.issued += 1), rule);
	sabotage(|| flow(|flows| flows.burned += 1), rule);
	sabotage(|| flow(|flows| flows.withdrawn -= 1), rule);
	sabotage(|| flow(|flows| flows.owed -= 1), rule);
	sabotage(|| flow(|flows| flows.waiting += 1), rule);
}

#[test]
fn coins_that_nobody_brought_are_caught() {
	sabotage(
		|| {
			Assets::mint_into(WBTC, &dora(), 1).unwrap();
		},
		"more exists than came in",
	);
	sabotage(
		|| flow(|flows| flows.refunded += 1),
		"withdrawals are neither open, withdrawn nor refunded",
	);
	sabotage(
		|| flow(|flows| flows.requested += 1),
		"withdrawals are neither open, withdrawn nor refunded",
	);
	sabotage(
		|| {
			flow(|flows| {
				flows.burned += 1;
				flows.attested -= 1;
			})
		},
		"burned is not withdrawn",
	);
}

#[test]
fn miscounted_queues_are_caught() {
	sabotage(
		|| WaitingFor::<Test>::mutate(WBTC, Target::Account(dora()), |waiting| *waiting -= 1),
		"what waits is miscounted",
	);
	sabotage(
		|| WaitQueue::<Test>::mutate((WBTC, Lane::Accounts), |queue| queue.next += 1),
		"the waiting deposits have gaps",
	);
	sabotage(
		|| {
			OwedTo::<Test>::insert(WBTC, Target::Lot(0), 699);
		},
		"what is owed is miscounted",
	);
	let turn = |who| {
		WaitQueue::<Test>::mutate((WBTC, Lane::Accounts), |queue| queue.next += 1);
		Waiting::<Test>::insert((WBTC, Lane::Accounts), 1, Target::Account(who));
	};
	sabotage(|| turn(dora()), "someone has two turns");
	sabotage(|| turn(emil()), "nothing waits for a turn");
	sabotage(
		|| {
			WaitQueue::<Test>::mutate((WBTC, Lane::Accounts), |queue| queue.first += 1);
			Waiting::<Test>::remove((WBTC, Lane::Accounts), 0);
		},
		"what waits has no turn",
	);
}

#[test]
fn withdrawals_that_are_not_held_or_counted_are_caught() {
	sabotage(
		|| {
			let reason = HoldReason::Withdrawal.into();
			AssetsHolder::release(WBTC, &reason, &dora(), 1, Precision::Exact).unwrap();
		},
		"what is on hold is not what is to be withdrawn",
	);
	sabotage(
		|| {
			let reason = HoldReason::WithdrawalDeposit.into();
			Balances::release(&reason, &dora(), 1, Precision::Exact).unwrap();
		},
		"deposits for withdrawals are not on hold",
	);
	sabotage(
		|| OpenOfAccount::<Test>::insert(dora(), 3),
		"open withdrawals of an account are miscounted",
	);
	sabotage(
		|| OpenOfAsset::<Test>::insert(WBTC, 1),
		"open withdrawals of an asset are miscounted",
	);
	sabotage(
		|| Deadlines::<Test>::insert(START + 30, 1, ()),
		"an accepted withdrawal has a deadline",
	);
	sabotage(
		|| Deadlines::<Test>::insert(START + 30, 0, ()),
		"a deadline is not of a queued withdrawal",
	);
	sabotage(|| NextDeadline::<Test>::put(START + 30), "a deadline was passed over");
	sabotage(
		|| {
			let ended = Finished::<Test>::get(2).unwrap();
			Finished::<Test>::insert(0, ended);
		},
		"an open withdrawal has ended",
	);
}

#[test]
fn an_address_with_two_owners_is_caught() {
	let first = || Gateway::hash_of(&Gateway::address_of_lot(0).unwrap());
	sabotage(
		|| Addresses::<Test>::insert(WBTC, first(), Some(Target::Account(dora()))),
		"an address is another's",
	);
	sabotage(
		|| Addresses::<Test>::insert(WBTC, first(), None::<Target<_>>),
		"an address is another's",
	);
	sabotage(
		|| Addresses::<Test>::insert(WBTC, tx(9), None::<Target<_>>),
		"an address is neither free nor given",
	);
	sabotage(
		|| FreeQueue::<Test>::mutate(WBTC, |queue| queue.first += 1),
		"a free address is not in the queue",
	);
	sabotage(
		|| FreeQueue::<Test>::mutate(WBTC, |queue| queue.next += 1),
		"the free addresses have gaps",
	);
	sabotage(
		|| {
			let reason = HoldReason::Address.into();
			Balances::release(&reason, &dora(), 1, Precision::Exact).unwrap();
		},
		"deposits for addresses are not on hold",
	);
}

#[test]
fn days_covered_with_more_than_arrived_are_caught() {
	sabotage(
		|| book(|book| book.totals.covered = 5_701),
		"days are covered with more than arrived",
	);
	sabotage(|| book(|book| book.cursor = START - 1), "days before the first are filled");
	sabotage(
		|| book(|book| book.totals.expected += 1),
		"the book does not stand where its days end",
	);
	sabotage(|| book(|book| book.arrived = 26_601), "more arrived for lots than was attested");
}

#[test]
fn deposits_that_would_be_remembered_for_ever_are_caught() {
	let bucket = || (WBTC, Gateway::bucket_of(800_000));
	let outpoint = || Gateway::outpoint(tx(1), 0);
	sabotage(
		|| DepositsByHeight::<Test>::remove(bucket(), outpoint()),
		"a deposit would never be forgotten",
	);
	sabotage(
		|| {
			DepositsByHeight::<Test>::remove(bucket(), outpoint());
			DepositsByHeight::<Test>::insert((WBTC, 0), outpoint(), ());
		},
		"a deposit is in another bucket",
	);
}

#[test]
fn miscounted_votes_and_bonds_are_caught() {
	sabotage(|| OpenVotes::<Test>::insert(anna(), 2), "open votes are miscounted");
	sabotage(|| OpenVotes::<Test>::insert(bert(), 1), "open votes are miscounted");
	sabotage(|| Bonds::<Test>::mutate(anna(), |bond| bond.active += 1), "a bond is not on hold");
	sabotage(
		|| {
			GateList::<Test>::mutate(|list| list.truncate(3));
		},
		"a gate is not listed",
	);
}
