//! Paying by itself, and accounts that cannot receive.

use crate::{mock::*, Error, Owed, PayerRound};
use frame_support::{assert_noop, assert_ok, traits::Hooks, weights::Weight};

const ALL: Weight = Weight::MAX;

fn idle() -> Weight {
	Income::on_idle(1, ALL)
}

/// A day that brings `each` a unit; the lot has no fee.
fn day_of(day: u32, each: u128, units: u128) {
	change_lot(LOT, |info| info.fee = sp_runtime::Permill::zero());
	full_day(day, each * units, units);
}

#[test]
fn titles_and_lessees_are_paid_by_themselves_once_a_period() {
	build_and_execute(|| {
		let title = issue(&alice(), 60);
		issue(&bob(), 40);
		assert_ok!(assign(title, 102, 110, &carol()));
		idle();
		day_of(101, 100, 100);
		day_of(102, 100, 100);
		// The round that began on day 100 is over; the next begins on day 107.
		idle();
		assert_eq!(coins(&alice()), 0);
		Today::set(107);
		idle();
		assert_eq!((coins(&alice()), coins(&bob()), coins(&carol())), (6_000, 8_000, 6_000));
		idle();
		assert_eq!(coins(&bob()), 8_000);
	});
}

#[test]
fn less_than_the_least_payout_waits_and_can_be_claimed() {
	build_and_execute(|| {
		issue(&alice(), 999);
		issue(&bob(), 1_000);
		day_of(101, 1, 1_999);
		Today::set(107);
		idle();
		// 10⁻⁵ coin is 1,000 of its smallest units.
		assert_eq!((coins(&alice()), coins(&bob())), (0, 1_000));
		claim(0);
		assert_eq!(coins(&alice()), 999);
		assert_noop!(
			Income::claim(RuntimeOrigin::signed(bob()), LOT, 9).map_err(|failed| failed.error),
			Error::<Test>::UnknownTitle
		);
	});
}

#[test]
fn the_fee_for_paying_is_at_most_a_hundredth() {
	build_and_execute(|| {
		issue(&alice(), 100);
		Fee::set(15);
		day_of(101, 100, 100);
		Today::set(107);
		idle();
		assert_eq!((coins(&alice()), coins(&account(99))), (9_985, 15));
		Fee::set(1_000_000);
		day_of(107, 100, 100);
		Today::set(115);
		visit();
		idle();
		assert_eq!(coins(&account(99)), 15 + 100);
		// Who claims pays for his own transaction.
		day_of(115, 100, 100);
		visit();
		let before = coins(&alice());
		claim(0);
		assert!(coins(&alice()) >= before);
		assert_eq!(coins(&account(99)), 115);
	});
}

#[test]
fn a_block_pays_no_more_than_its_share_and_the_next_goes_on() {
	build_and_execute(|| {
		for nth in 0..30 {
			let title = issue(&alice(), 1);
			transfer(title, &alice(), &account(100 + nth));
		}
		change_lot(LOT, |info| info.fee = sp_runtime::Permill::zero());
		full_day(101, 30 * 5_000, 30);
		Today::set(107);
		let paid = || (0..30).filter(|nth| coins(&account(100 + nth)) == 5_000).count();
		Idle::set(Weight::from_parts(3_000_000_000, u64::MAX));
		assert!(idle().all_lte(Idle::get()));
		let first = paid();
		assert!(0 < first && first < 30);
		for _ in 0..30 {
			idle();
		}
		assert_eq!(paid(), 30);
		assert!(!PayerRound::<Test>::get().running);
		// Nothing is left over: nothing is done.
		assert_eq!(Income::on_idle(1, Weight::zero()), Weight::zero());
	});
}

#[test]
fn many_lots_are_visited_in_turn() {
	build_and_execute(|| {
		for lot in 100..130 {
			open_lot(lot, |info| info.account = lot);
			issue_of(lot, &alice(), 1);
		}
		Today::set(110);
		Yield::set(Some(0));
		// Eight a block: thirty lots in four blocks and one to turn round.
		for _ in 0..5 {
			idle();
		}
		for lot in 100..130 {
			use dmex_primitives::rights::DayBooks;
			assert!(Income::closed_until(lot) >= 104, "lot {lot} was not visited");
		}
	});
}

#[test]
fn who_cannot_receive_is_owed() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		day_of(101, 100, 100);
		// An account that was blocked by the asset's administrator.
		give(&alice(), ASSET, 1);
		assert_ok!(Assets::block(RuntimeOrigin::signed(account(90)), ASSET, alice()));
		claim(title);
		assert_eq!(coins(&alice()), 1);
		assert_eq!(Owed::<Test>::get(ASSET, alice()), 10_000);
		Income::do_try_state().unwrap();
		let take = || Income::claim_owed(RuntimeOrigin::signed(alice()), ASSET);
		assert!(take().is_err());
		assert_eq!(Owed::<Test>::get(ASSET, alice()), 10_000);
		assert_ok!(Assets::thaw(RuntimeOrigin::signed(account(90)), ASSET, alice()));
		assert_ok!(take());
		assert_eq!(coins(&alice()), 10_001);
		assert_noop!(take(), Error::<Test>::NothingToTake);
	});
}

#[test]
fn an_account_that_never_was_receives() {
	build_and_execute(|| {
		let title = issue(&alice(), 100);
		transfer(title, &alice(), &ghost());
		day_of(101, 100, 100);
		arrive(1);
		claim(title);
		assert_eq!(coins(&ghost()), 10_000);
	});
}

#[test]
fn what_would_leave_less_than_the_least_balance_is_paid_but_for_that() {
	build_and_execute(|| {
		let least = 10;
		assert_ok!(Assets::force_asset_status(
			RuntimeOrigin::root(),
			ASSET,
			account(90),
			account(90),
			account(90),
			account(90),
			least,
			true,
			false,
		));
		give(&provider(), ASSET, 100);
		issue(&alice(), 100);
		full_day(101, 1_000, 100);
		agree(102, 95, 100);
		go_to(103);
		claim(0);
		// The unit that waits for the holder's next payment keeps the account alive, with nine more.
		assert_eq!((coins(&alice()), book().provider_part), (985, 14));
		assert_ok!(Income::take_provider_part(RuntimeOrigin::signed(provider()), LOT));
		assert_eq!((coins(&provider()), book().provider_part), (105, 9));
		arrive(1_000);
		assert_ok!(Income::take_provider_part(RuntimeOrigin::signed(provider()), LOT));
		assert_eq!((coins(&provider()), book().provider_part), (114, 0));
	});
}
