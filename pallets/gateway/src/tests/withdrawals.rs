//! Withdrawals: queued, accepted, confirmed or failed; never paid twice.

use crate::{
	mock::*,
	types::{Outcome, Stage},
	Deadlines, Error, HoldReason, OpenOfAccount, OpenOfAsset,
};
use dmex_primitives::{facts::Priced, Balance};
use frame_support::{assert_noop, assert_ok};

/// Dora has 20,000 that came in.
fn rich(test: impl FnOnce()) {
	build_and_execute(|| {
		assert_ok!(arrive(&deposit_to(&dora_address(WBTC), WBTC, 1, 20_000)));
		test();
	});
}

fn on_hold() -> Balance {
	held(WBTC, HoldReason::Withdrawal, &dora())
}

fn deposits() -> Balance {
	native_held_for(HoldReason::WithdrawalDeposit, &dora())
}

fn outcome(id: u64) -> Option<Outcome> {
	Gateway::withdrawal(id).unwrap().outcome
}

#[test]
fn a_confirmed_withdrawal_is_burned() {
	rich(|| {
		let id = withdraw(5_000).unwrap();
		assert_eq!((balance(WBTC, &dora()), on_hold()), (15_000, 5_000));
		let asked = Gateway::withdrawal(id).unwrap().withdrawal;
		assert_eq!((asked.amount, asked.fee, asked.address), (5_000, 100, outside()));
		assert_eq!((asked.deposit, deposits()), (WITHDRAWAL_DEPOSIT, WITHDRAWAL_DEPOSIT));
		assert_eq!(asked.stage, Stage::Queued { deadline: START + 4 });
		assert_ok!(accept(id, 1));
		let stage = Gateway::withdrawal(id).unwrap().withdrawal.stage;
		assert_eq!(stage, Stage::Accepted { inputs: inputs([1]) });
		assert_eq!(issuance(WBTC), 20_000);
		assert_ok!(confirm(id, 2));
		assert_eq!(issuance(WBTC), 15_000);
		assert_eq!((balance(WBTC, &dora()), on_hold()), (15_000, 0));
		assert_eq!((flows(WBTC).burned, flows(WBTC).withdrawn), (5_000, 5_000));
		assert_eq!(deposits(), 0);
		assert_eq!(outcome(id), Some(Outcome::Confirmed { transaction: tx(2) }));
		assert_noop!(confirm(id, 2), Error::<Test>::UnknownWithdrawal);
		assert_noop!(Gateway::refund(signed(dora()), id), Error::<Test>::UnknownWithdrawal);
	});
}

#[test]
fn what_nobody_accepts_refunds_itself_at_the_deadline() {
	rich(|| {
		let id = withdraw(5_000).unwrap();
		pass_days(3);
		idle();
		assert_eq!(outcome(id), None);
		assert_noop!(Gateway::refund(signed(emil()), id), Error::<Test>::DeadlineNotPassed);
		pass_days(1);
		let too_late = Gateway::accept_withdrawal(signed(anna()), id, inputs([1]));
		assert_eq!(too_late.unwrap_err().error, Error::<Test>::DeadlinePassed.into());
		for _ in 0..3 {
			idle();
		}
		assert_eq!(outcome(id), Some(Outcome::Expired));
		assert_eq!((balance(WBTC, &dora()), on_hold()), (20_000, 0));
		assert_eq!((flows(WBTC).refunded, deposits()), (5_000, 0));
	});
}

#[test]
fn deadlines_are_met_a_few_in_a_block_and_by_anyone() {
	rich(|| {
		let ids: Vec<_> = (0..3).map(|_| withdraw(2_000).unwrap()).collect();
		pass_days(30);
		assert_ok!(Gateway::refund(signed(emil()), ids[2]));
		assert_eq!(outcome(ids[2]), Some(Outcome::Expired));
		// Thirty days are passed over four steps at a time.
		for _ in 0..10 {
			idle();
		}
		assert_eq!(outcome(ids[0]), Some(Outcome::Expired));
		assert_eq!(outcome(ids[1]), Some(Outcome::Expired));
		assert_eq!(Deadlines::<Test>::iter().count(), 0);
		assert_eq!(OpenOfAccount::<Test>::get(dora()), 0);
		// A new one has its own deadline still to come.
		let id = withdraw(2_000).unwrap();
		idle();
		pass_days(4);
		for _ in 0..4 {
			idle();
		}
		assert_eq!(outcome(id), Some(Outcome::Expired));
	});
}

#[test]
fn what_is_accepted_is_never_refunded_without_proof() {
	rich(|| {
		let id = withdraw(5_000).unwrap();
		assert_ok!(accept(id, 1));
		assert_noop!(accept(id, 1), Error::<Test>::AcceptedAlready);
		pass_days(300);
		for _ in 0..100 {
			idle();
		}
		assert_noop!(Gateway::refund(signed(dora()), id), Error::<Test>::AcceptedAlready);
		assert_eq!(on_hold(), 5_000);
		assert_noop!(fail(id, 2), Error::<Test>::InputNotNamed);
		assert_ok!(fail(id, 1));
		assert_eq!(outcome(id), Some(Outcome::Failed { spent_by: tx(77) }));
		assert_eq!(deposits(), 0);
		assert_eq!((balance(WBTC, &dora()), on_hold()), (20_000, 0));
		assert_noop!(confirm(id, 2), Error::<Test>::UnknownWithdrawal);
	});
}

#[test]
fn each_step_takes_the_threshold_of_equal_votes() {
	rich(|| {
		let id = withdraw(5_000).unwrap();
		let accept = |who, n| Gateway::accept_withdrawal(signed(who), id, inputs([n]));
		assert_ok!(accept(anna(), 1).map(|_| ()).map_err(|error| error.error));
		assert_ok!(accept(bert(), 2).map(|_| ()).map_err(|error| error.error));
		// Different inputs do not add up, and the owner can still take it back.
		assert_eq!(
			Gateway::withdrawal(id).unwrap().withdrawal.stage,
			Stage::Queued { deadline: START + 4 }
		);
		assert_ok!(accept(cora(), 1).map(|_| ()).map_err(|error| error.error));
		let confirm = |who, n| {
			Gateway::confirm_withdrawal(signed(who), id, tx(n), 1)
				.map(|_| ())
				.map_err(|error| error.error)
		};
		assert_ok!(confirm(anna(), 1));
		assert_ok!(confirm(bert(), 2));
		assert_eq!(confirm(dora(), 1), Err(Error::<Test>::NotCustodian.into()));
		assert_eq!(outcome(id), None);
		assert_ok!(confirm(cora(), 2));
		assert_eq!(outcome(id), Some(Outcome::Confirmed { transaction: tx(2) }));
	});
}

#[test]
fn its_owner_takes_a_queued_withdrawal_back_and_leaves_the_fee() {
	rich(|| {
		let id = withdraw(5_000).unwrap();
		assert_noop!(confirm(id, 1), Error::<Test>::NotAccepted);
		assert_noop!(fail(id, 1), Error::<Test>::NotAccepted);
		assert_ok!(Gateway::refund(signed(dora()), id));
		assert_eq!(outcome(id), Some(Outcome::TakenBack));
		assert_noop!(accept(id, 1), Error::<Test>::UnknownWithdrawal);
		assert_eq!(OpenOfAsset::<Test>::get(WBTC), 0);
		// The fee exists no more, and the custodians keep it.
		assert_eq!((balance(WBTC, &dora()), on_hold(), deposits()), (19_900, 0, 0));
		assert_eq!(issuance(WBTC), 19_900);
		let flows = flows(WBTC);
		assert_eq!((flows.requested, flows.refunded, flows.withdrawn), (5_000, 4_900, 100));
		assert_eq!(flows.burned, 100);
		// From the deadline on nothing is kept, whoever asks.
		let id = withdraw(5_000).unwrap();
		pass_days(4);
		assert_ok!(Gateway::refund(signed(dora()), id));
		assert_eq!(outcome(id), Some(Outcome::Expired));
		assert_eq!(balance(WBTC, &dora()), 19_900);
	});
}

#[test]
fn whoever_keeps_the_queue_full_pays_for_each_round() {
	rich(|| {
		let mut left = 20_000;
		for _ in 0..5 {
			let ids: Vec<_> = (0..3).map(|_| withdraw(1_000).unwrap()).collect();
			assert_eq!(deposits(), 3 * WITHDRAWAL_DEPOSIT);
			for id in ids {
				assert_ok!(Gateway::refund(signed(dora()), id));
			}
			left -= 300;
			assert_eq!((balance(WBTC, &dora()), deposits()), (left, 0));
		}
	});
}

#[test]
fn a_gate_without_a_fee_gives_all_back() {
	rich(|| {
		set_terms(Priced::Coin(0), |terms| terms.withdrawal_fee = 0);
		let id = withdraw(5_000).unwrap();
		// The fee of a withdrawal is the one that it was asked with.
		set_terms(Priced::Coin(0), |_| ());
		assert_ok!(Gateway::refund(signed(dora()), id));
		assert_eq!((balance(WBTC, &dora()), flows(WBTC).burned), (20_000, 0));
	});
}

#[test]
fn who_cannot_leave_the_deposit_cannot_withdraw() {
	build_and_execute(|| {
		let poor = account(40);
		assert_ok!(Gateway::faucet(signed(poor.clone()), WBTC, 9_000));
		assert!(!Gateway::quote_withdrawal(WBTC, poor.clone(), 5_000).unwrap().possible);
		let asked = Gateway::withdraw(signed(poor.clone()), WBTC, 5_000, outside());
		assert!(asked.is_err());
		assert_eq!(held(WBTC, HoldReason::Withdrawal, &poor), 0);
		assert_eq!(flows(WBTC).requested, 0);
	});
}

#[test]
fn impossible_withdrawals_are_refused() {
	rich(|| {
		assert_noop!(withdraw(999), Error::<Test>::BelowLeast);
		// The least balance stays behind, as the quote says.
		let most = Gateway::quote_withdrawal(WBTC, dora(), 1).unwrap().most;
		assert_eq!(most, 20_000 - LEAST);
		assert!(withdraw(most + 1).is_err());
		assert!(withdraw(Balance::MAX).is_err());
		let own = Gateway::address_of_account(WBTC, dora()).unwrap();
		assert_noop!(
			Gateway::withdraw(signed(dora()), WBTC, 5_000, own),
			Error::<Test>::AddressOfCustodians
		);
		let id = withdraw(most).unwrap();
		assert_eq!(on_hold(), most);
		let none = Gateway::accept_withdrawal(signed(anna()), id, inputs([]));
		assert_eq!(none.unwrap_err().error, Error::<Test>::NotSorted.into());
		let twice = Gateway::accept_withdrawal(signed(anna()), id, inputs([1, 1]));
		assert_eq!(twice.unwrap_err().error, Error::<Test>::NotSorted.into());
		let unknown = Gateway::accept_withdrawal(signed(anna()), 77, inputs([1]));
		assert_eq!(unknown.unwrap_err().error, Error::<Test>::UnknownWithdrawal.into());
	});
}

#[test]
fn open_withdrawals_are_bounded_for_an_account_and_an_asset() {
	rich(|| {
		for _ in 0..3 {
			withdraw(2_000).unwrap();
		}
		assert_noop!(withdraw(2_000), Error::<Test>::TooManyOfAccount);
		assert!(!Gateway::quote_withdrawal(WBTC, dora(), 2_000).unwrap().possible);
		for who in [emil(), provider()] {
			assert_ok!(Gateway::faucet(signed(who.clone()), WBTC, 9_000));
			assert_ok!(Gateway::withdraw(signed(who), WBTC, 1_000, outside()));
		}
		assert_noop!(
			Gateway::withdraw(signed(emil()), WBTC, 1_000, outside()),
			Error::<Test>::TooManyWithdrawals
		);
	});
}

#[test]
fn a_quote_says_what_the_withdrawal_does() {
	rich(|| {
		set_terms(Priced::Coin(0), |terms| terms.withdraw_per_day = 0);
		let quote = Gateway::quote_withdrawal(WBTC, dora(), 5_000).unwrap();
		assert_eq!((quote.amount, quote.fee, quote.net), (5_000, 100, 4_900));
		assert_eq!(quote.deposit, WITHDRAWAL_DEPOSIT);
		assert_eq!((quote.deadline, quote.earliest), (START + 4, None));
		assert!(quote.possible);
		set_terms(Priced::Coin(0), |_| ());
		let quote = Gateway::quote_withdrawal(WBTC, dora(), 5_000).unwrap();
		assert_eq!(quote.earliest, Some(Now::get()));
		assert_eq!(Gateway::quote_withdrawal(99, dora(), 1), None);
	});
}
