//! Deposits: minted once, when enough custodians have said the same.

use crate::{
	mock::*,
	types::{Deposit, Target},
	Deposits, Error, HeightsOf,
};
use dmex_primitives::{facts::Priced, Balance};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::ArithmeticError;

#[test]
fn a_deposit_to_a_lot_is_remitted_at_once() {
	build_and_execute(|| {
		let address = lot_address();
		let deposit = deposit_to(&address, WBTC, 1, 5_000);
		assert_ok!(attest(anna(), &deposit));
		assert_eq!(issuance(WBTC), 0);
		assert_ok!(attest(bert(), &deposit));
		assert_eq!(issuance(WBTC), 5_000);
		assert_eq!(Received::get(), [(0, 5_000)]);
		assert_eq!(balance(WBTC, &lot_pot(0)), 5_000);
		assert_eq!(balance(WBTC, &Gateway::pot()), 0);
		assert_eq!(Gateway::book_of_lot(0).unwrap().arrived, 5_000);
		let seen = Gateway::deposit(WBTC, tx(1), 0).unwrap();
		assert_eq!((seen.height, seen.amount), (800_000, 5_000));
	});
}

#[test]
fn a_deposit_to_an_account_is_minted_to_it() {
	build_and_execute(|| {
		let address = dora_address(WFIL);
		assert_ok!(arrive(&deposit_to(&address, WFIL, 1, 5_000)));
		assert_eq!(balance(WFIL, &dora()), 5_000);
		assert_eq!(flows(WFIL).issued, 5_000);
	});
}

#[test]
fn what_was_agreed_once_is_refused_whatever_is_said_of_it_later() {
	build_and_execute(|| {
		let address = lot_address();
		let deposit = deposit_to(&address, WBTC, 1, 5_000);
		assert_ok!(arrive(&deposit));
		assert_noop!(attest(cora(), &deposit), Error::<Test>::DepositSeen);
		let later = Deposit { height: 800_001, ..deposit.clone() };
		assert_noop!(attest(cora(), &later), Error::<Test>::DepositSeen);
		let more = Deposit { amount: 6_000, ..deposit.clone() };
		assert_noop!(attest(cora(), &more), Error::<Test>::DepositSeen);
		// Another output of the same transaction is another deposit.
		assert_ok!(arrive(&Deposit { output: 1, ..deposit }));
		assert_eq!(issuance(WBTC), 10_000);
	});
}

#[test]
fn different_contents_do_not_add_up() {
	build_and_execute(|| {
		let address = lot_address();
		let deposit = deposit_to(&address, WBTC, 1, 5_000);
		assert_ok!(attest(anna(), &deposit));
		assert_ok!(attest(bert(), &Deposit { amount: 5_001, ..deposit.clone() }));
		assert_ok!(attest(cora(), &Deposit { height: 799_999, ..deposit.clone() }));
		assert_eq!(issuance(WBTC), 0);
		assert_ok!(attest(bert(), &deposit));
		assert_eq!(issuance(WBTC), 5_000);
		// The wrong ones can never be agreed on now.
		let wrong = Deposit { amount: 5_001, ..deposit };
		assert_noop!(attest(cora(), &wrong), Error::<Test>::DepositSeen);
	});
}

#[test]
fn unknown_unassigned_and_foreign_addresses_are_refused() {
	build_and_execute(|| {
		let address = lot_address();
		let refused = |deposit: &Deposit, why: Error<Test>| {
			assert_noop!(attest(anna(), deposit), why);
		};
		refused(&deposit_to(&outside(), WBTC, 1, 5_000), Error::AddressUnknown);
		refused(&deposit_to(&text("nonsense"), WBTC, 1, 5_000), Error::AddressUnknown);
		let free = batch(WBTC, 1..=4)[1].clone();
		refused(&deposit_to(&free, WBTC, 1, 5_000), Error::AddressUnassigned);
		// The wrong coin: the address is bitcoin's alone.
		refused(&deposit_to(&address, WBCH, 1, 5_000), Error::AddressUnknown);
		refused(&deposit_to(&address, 99, 1, 5_000), Error::UnknownGate);
		refused(&deposit_to(&address, WBTC, 1, 0), Error::BelowLeast);
		let deposit = deposit_to(&address, WBTC, 1, 5_000);
		assert_noop!(attest(dora(), &deposit), Error::<Test>::NotCustodian);
	});
}

#[test]
fn old_deposits_are_forgotten_and_refused_from_the_same_height_on() {
	build_and_execute(|| {
		let address = lot_address();
		let old = Deposit { height: 700_000, ..deposit_to(&address, WBTC, 1, 5_000) };
		assert_ok!(arrive(&old));
		let at_edge = Deposit { height: 790_000, ..deposit_to(&address, WBTC, 2, 5_000) };
		assert_ok!(arrive(&deposit_to(&address, WBTC, 3, 5_000)));
		assert_eq!(HeightsOf::<Test>::get(WBTC).floor, 790_000);
		assert_noop!(attest(anna(), &old), Error::<Test>::DepositSeen);
		assert_ok!(arrive(&at_edge));
		let below = Deposit { height: 789_999, ..deposit_to(&address, WBTC, 4, 5_000) };
		assert_noop!(attest(anna(), &below), Error::<Test>::DepositTooOld);
		for _ in 0..200 {
			idle();
		}
		assert_eq!(Deposits::<Test>::iter_prefix(WBTC).count(), 2);
		// Forgotten, and still refused.
		assert_noop!(attest(anna(), &old), Error::<Test>::DepositTooOld);
		// The window never moves back.
		set_terms(Priced::Coin(0), |terms| terms.deposit_window = 500_000);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 5, 5_000)));
		assert_noop!(attest(anna(), &old), Error::<Test>::DepositTooOld);
	});
}

#[test]
fn who_cannot_receive_is_owed_until_he_can() {
	build_and_execute(|| {
		let address = dora_address(WBTC);
		let target = || Target::Account(dora());
		assert_noop!(
			Gateway::claim_owed(signed(emil()), WBTC, target()),
			Error::<Test>::NothingOwed
		);
		// Less than the least balance.
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, LEAST - 1)));
		assert_eq!(Gateway::owed(WBTC, target()), LEAST - 1);
		assert_eq!((flows(WBTC).issued, flows(WBTC).owed), (0, LEAST - 1));
		assert_noop!(
			Gateway::claim_owed(signed(emil()), WBTC, target()),
			Error::<Test>::CannotReceive
		);
		// One more unit comes in, and all of it is paid.
		assert_ok!(arrive(&deposit_to(&address, WBTC, 2, 1)));
		assert_eq!(balance(WBTC, &dora()), LEAST);
		assert_eq!((flows(WBTC).issued, flows(WBTC).owed), (LEAST, 0));
	});
}

#[test]
fn anyone_claims_what_is_owed_once_it_can_be_received() {
	build_and_execute(|| {
		let address = dora_address(WBTC);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, LEAST - 1)));
		assert_ok!(Gateway::faucet(signed(dora()), WBTC, 100));
		assert_ok!(Gateway::claim_owed(signed(emil()), WBTC, Target::Account(dora())));
		assert_eq!(balance(WBTC, &dora()), 100 + LEAST - 1);
	});
}

#[test]
fn what_a_lot_refuses_is_owed_to_it_and_counts_as_arrived() {
	build_and_execute(|| {
		let address = lot_address();
		store::put("refuses", 0u32, true);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, 5_000)));
		assert_eq!(Gateway::owed(WBTC, Target::Lot(0)), 5_000);
		assert_eq!(issuance(WBTC), 0);
		assert_eq!(Gateway::book_of_lot(0).unwrap().arrived, 5_000);
		store::put("refuses", 0u32, false);
		assert_ok!(Gateway::claim_owed(signed(emil()), WBTC, Target::Lot(0)));
		assert_eq!(Received::get(), [(0, 5_000)]);
	});
}

#[test]
fn amounts_at_the_limit_of_the_type_are_taken_wait_or_are_refused() {
	build_and_execute(|| {
		let address = dora_address(WBTC);
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, 5_000)));
		let half = Balance::MAX / 2;
		assert_ok!(arrive(&deposit_to(&address, WBTC, 2, half - 5_000)));
		assert_eq!(balance(WBTC, &dora()), half);
		// More than half of the type is never minted, because transfers would destroy it.
		assert_ok!(arrive(&deposit_to(&address, WBTC, 3, half)));
		assert_eq!((flows(WBTC).issued, flows(WBTC).waiting), (half, half));
		let two = deposit_to(&address, WBTC, 4, 2);
		assert_ok!(attest(anna(), &two));
		assert_noop!(attest(bert(), &two), ArithmeticError::Overflow);
	});
}
