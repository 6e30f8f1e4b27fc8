use crate::mock::*;
use dmex_primitives::titles::Titles as _;
use frame_support::{assert_err, assert_ok};

#[test]
fn each_title_carries_a_deposit_of_whoever_received_it_first() {
	build_and_execute(|| {
		issue(alice(), 10);
		issue(alice(), 20);
		assert_eq!(held(&alice()), 2 * TITLE_DEPOSIT);
		assert_eq!(free(&alice()), FUNDS - 2 * TITLE_DEPOSIT);
	});
}

#[test]
fn the_deposit_stays_with_its_payer_when_a_title_moves() {
	build_and_execute(|| {
		let title = issue(alice(), 10);
		assert_ok!(Titles::settle_and_transfer(LOT, title, &bob()));
		assert_eq!((held(&alice()), held(&bob())), (TITLE_DEPOSIT, 0));
		// The new owner splits: his parts, his deposits; hers comes back.
		assert_ok!(divide(title, &[4, 6]));
		assert_eq!((held(&alice()), held(&bob())), (0, 2 * TITLE_DEPOSIT));
		assert_eq!(free(&alice()), FUNDS);
		assert_eq!(free(&bob()), FUNDS - 2 * TITLE_DEPOSIT - TOMBSTONE_FEE);
	});
}

#[test]
fn each_tombstone_costs_a_fee_that_is_not_returned() {
	build_and_execute(|| {
		let title = issue(alice(), 10);
		let parts = divide(title, &[1, 2, 7]).unwrap();
		assert_eq!(free(&account(99)), 1 + TOMBSTONE_FEE);
		assert_ok!(join(&parts));
		assert_eq!(free(&account(99)), 1 + 4 * TOMBSTONE_FEE);
		assert_eq!(held(&alice()), TITLE_DEPOSIT);
		assert_eq!(free(&alice()), FUNDS - TITLE_DEPOSIT - 4 * TOMBSTONE_FEE);
	});
}

#[test]
fn split_and_merge_fail_whole_when_the_owner_cannot_pay() {
	build_and_execute(|| {
		let (a, b) = (issue(alice(), 10), issue(alice(), 1));
		for title in [a, b] {
			assert_ok!(Titles::settle_and_transfer(LOT, title, &poor()));
		}
		assert!(divide(a, &[4, 6]).is_err());
		assert!(join(&[a, b]).is_err());
		assert_eq!((units_of(a), units_of(b)), (Some(10), Some(1)));
		assert_eq!(owner_of(a), Some(poor()));
		assert_eq!(held(&alice()), 2 * TITLE_DEPOSIT);
		assert_eq!(free(&poor()), 50);
		assert_err!(divide(a, &[4]), crate::Error::<Test>::TooFewParts);
	});
}
