//! Lots that end.

use crate::{mock::*, Coins, Endings, LotStakes, Opened};
use dmex_primitives::lots::LotStatus;
use frame_support::assert_ok;

#[test]
fn a_lot_stops_counting_after_its_last_day() {
	build_and_execute(|| {
		store::put("lot", LOT, (BTC, START + 2, LotStatus::Active));
		let (title, short) = staked(LOT, &alice(), 100);
		let (_, long) = staked(OTHER_LOT, &bob(), 100);
		for day in START + 1..START + 5 {
			go_to(day);
			for lot in [LOT, OTHER_LOT] {
				close(lot, day - 1, 100);
			}
		}
		// Days 101 and 102 together, 103 alone, to the day.
		assert_eq!((claimable(short), claimable(long)), (1_000, 2_000));
		assert_eq!(PowerRewards::stake_view(short).unwrap().expected_per_day, 0);
		assert_eq!(Endings::<Test>::iter_keys().collect::<Vec<_>>(), vec![LAST + 1]);
		assert_ok!(unstake(LOT, &alice(), title));
		assert_ok!(claim(&[short]));
		assert_eq!(held(&alice()), 0);
	});
}

#[test]
fn a_stake_may_end_on_the_day_its_lot_does() {
	build_and_execute(|| {
		store::put("lot", LOT, (BTC, START + 2, LotStatus::Active));
		let (title, stake) = staked(LOT, &alice(), 100);
		for day in START + 1..=START + 3 {
			go_to(day);
			if day == START + 2 {
				check();
				assert_ok!(unstake(LOT, &alice(), title));
				check();
			}
		}
		close(LOT, START + 1, 100);
		close(LOT, START + 2, 100);
		assert_eq!(claimable(stake), 1_000);
	});
}

#[test]
fn a_terminated_lot_counts_no_more_once_a_day_of_it_closes() {
	build_and_execute(|| {
		let (title, dead) = staked(LOT, &alice(), 100);
		let (_, alive) = staked(OTHER_LOT, &bob(), 100);
		for day in START + 1..=START + 3 {
			go_to(day);
		}
		set_status(LOT, LotStatus::Terminated);
		// Every remaining day closes at once with nothing delivered.
		close(LOT, START, 100);
		close(LOT, START + 1, 100);
		close(LOT, START + 2, 100);
		for day in START + 3..=START + 6 {
			close(LOT, day, 0);
		}
		assert_eq!(LotStakes::<Test>::get(LOT).unwrap().ends, START + 3);
		assert_eq!(Coins::<Test>::get()[0].units, 100);
		check();
		for day in START + 4..START + 6 {
			go_to(day);
		}
		for day in START..START + 5 {
			close(OTHER_LOT, day, 100);
		}
		// 101 to 103 in halves, 104 alone.
		assert_eq!((claimable(dead), claimable(alive)), (1_000, 2_500));
		assert_eq!(Opened::<Test>::get(), START + 5);
		assert_ok!(unstake(LOT, &alice(), title));
		assert_ok!(claim(&[dead]));
		assert_eq!(LotStakes::<Test>::get(LOT), None);
	});
}

#[test]
fn a_lot_that_is_forgotten_earns_nothing() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		go_to(START + 1);
		go_to(START + 2);
		frame_support::storage::unhashed::kill(&codec::Encode::encode(&("lot", LOT)));
		close(LOT, START + 1, 100);
		assert_eq!(claimable(stake), 0);
		assert_eq!(Coins::<Test>::get()[0].units, 0);
	});
}

#[test]
fn a_stake_that_outlives_its_lot_is_settled_with_its_last_day() {
	build_and_execute(|| {
		store::put("lot", LOT, (BTC, START + 2, LotStatus::Active));
		let (before, early) = staked(LOT, &alice(), 100);
		let (after, late) = staked(LOT, &bob(), 100);
		for day in START + 1..=START + 40 {
			go_to(day);
			if day == START + 5 {
				// The last day is not closed yet.
				close(LOT, START, 100);
				close(LOT, START + 1, 100);
				assert_ok!(unstake(LOT, &alice(), before));
				check();
				assert_ok!(claim(&[early]));
				assert_eq!(held(&alice()), DEPOSIT);
				close(LOT, START + 2, 100);
				check();
				assert_ok!(claim(&[early]));
				assert_eq!((free(&alice()), held(&alice())), (FUNDS + 1_000, 0));
			}
		}
		// Nothing of the lot closes ever after.
		set_status(LOT, LotStatus::Matured);
		assert_ok!(unstake(LOT, &bob(), after));
		check();
		assert_ok!(claim(&[late]));
		assert_eq!((free(&bob()), held(&bob())), (FUNDS + 1_000, 0));
		assert_eq!(LotStakes::<Test>::get(LOT), None);
	});
}

#[test]
fn a_stake_that_begins_after_the_end_of_its_lot_was_noticed_leaves_with_its_deposit() {
	build_and_execute(|| {
		let (_, other) = staked(LOT, &bob(), 100);
		go_to(START + 1);
		let (title, stake) = staked(LOT, &alice(), 100);
		set_status(LOT, LotStatus::Terminated);
		close(LOT, START, 100);
		assert_eq!(LotStakes::<Test>::get(LOT).unwrap().ends, START + 1);
		check();
		go_to(START + 6);
		close(LOT, START + 1, 100);
		check();
		assert_ok!(unstake(LOT, &alice(), title));
		check();
		assert_ok!(claim(&[stake]));
		assert_eq!((free(&alice()), held(&alice())), (FUNDS, 0));
		assert_eq!(claimable(other), 0);
	});
}
