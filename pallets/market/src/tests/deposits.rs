//! A deposit comes back to the last holder.

use super::scene::*;
use crate::{mock::*, Call, DepositBooks, Error, Event};
use dmex_primitives::{
	lots::LotStatus,
	titles::{LockReason, Titles as _},
};
use frame_support::{assert_noop, assert_ok};

fn back(title: u32) -> sp_runtime::DispatchResult {
	call(carol(), Call::return_deposit { lot: DEPOSIT_LOT, title })
}

#[test]
fn the_deposit_comes_back_to_whoever_owns_the_title_when_the_lot_is_over() {
	build_and_execute(|| {
		let title = bought_for_deposit(&alice(), 50);
		let parts = split(DEPOSIT_LOT, title, &[20, 30]).unwrap();
		Titles::settle_and_transfer(DEPOSIT_LOT, parts[1], &bob()).unwrap();
		assert_noop!(back(parts[1]), Error::<Test>::LotNotOver);
		set_status(DEPOSIT_LOT, LotStatus::Matured);
		assert_ok!(back(parts[1]));
		let returned =
			Event::DepositReturned { lot: DEPOSIT_LOT, title: parts[1], to: bob(), amount: 3_000 };
		assert_eq!(last_event(), Some(returned));
		assert_eq!(stable(&bob()), FUNDS + 3_000);
		assert_noop!(back(parts[1]), Error::<Test>::NoDeposit);
		set_status(DEPOSIT_LOT, LotStatus::Terminated);
		assert_ok!(back(parts[0]));
		assert_eq!(stable(&alice()), FUNDS - 5_000 + 2_000);
		let book = DepositBooks::<Test>::get(DEPOSIT_LOT);
		assert_eq!((book.paid_in, book.returned), (5_000, 5_000));
		assert_eq!(stable(&Market::pot()), LEAST_BALANCE);
	});
}

#[test]
fn a_deposit_behind_a_debt_does_not_go_to_the_owner() {
	build_and_execute(|| {
		let title = bought_for_deposit(&alice(), 50);
		set_status(DEPOSIT_LOT, LotStatus::Matured);
		Titles::lock(DEPOSIT_LOT, title, LockReason::Pledge).unwrap();
		assert_noop!(back(title), Error::<Test>::TitleLocked);
		Titles::unlock(DEPOSIT_LOT, title, LockReason::Pledge).unwrap();
		Titles::lock(DEPOSIT_LOT, title, LockReason::Stake).unwrap();
		assert_ok!(back(title));
		assert_noop!(back(99), Error::<Test>::UnknownTitle);
		let unknown = call(alice(), Call::return_deposit { lot: 99, title });
		assert_noop!(unknown, Error::<Test>::UnknownLot);
	});
}

#[test]
fn merged_titles_have_the_sum_of_their_deposits() {
	build_and_execute(|| {
		let first = bought_for_deposit(&alice(), 50);
		let second = bought_for_deposit(&alice(), 1);
		let merged = merge(DEPOSIT_LOT, &[first, second]).unwrap();
		assert_eq!(Market::deposit(DEPOSIT_LOT, merged), 5_100);
	});
}
