use crate::{mock::*, Error, Event, LotStakes, Marks, Stakes, StakesOf};
use frame_support::{assert_noop, assert_ok};

#[test]
fn anyone_claims_for_the_staker() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		go_to(START + 1);
		go_to(START + 2);
		close(LOT, START, 100);
		assert_noop!(claim(&[stake]), Error::<Test>::NothingToClaim);
		close(LOT, START + 1, 50);
		let before = (free(&alice()), free(&PowerRewards::pot()));
		assert_ok!(claim(&[stake]));
		System::assert_has_event(Event::Claimed { stake, who: alice(), amount: 500 }.into());
		assert_eq!(free(&alice()), before.0 + 500);
		assert_eq!(free(&PowerRewards::pot()), before.1 - 500);
		assert_eq!((books().paid, books().owed), (500, 0));
		assert_noop!(claim(&[stake]), Error::<Test>::NothingToClaim);
		let view = PowerRewards::stake_view(stake).unwrap();
		assert_eq!((view.claimable, view.earned, view.stake.paid), (0, 500, 500));
	});
}

#[test]
fn claims_now_and_then_come_to_the_same() {
	build_and_execute(|| {
		let (_, often) = staked(LOT, &alice(), 100);
		let (_, once) = staked(LOT, &bob(), 100);
		for day in START + 1..START + 20 {
			go_to(day);
			close(LOT, day - 1, 100);
			let _ = claim(&[often]);
		}
		assert_eq!(PowerRewards::stake_view(often).unwrap().earned, 9_000);
		assert_eq!(claimable(once), 9_000);
	});
}

#[test]
fn one_that_has_nothing_does_not_stand_in_the_way() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		let (_, other) = staked(BCH_LOT, &alice(), 100);
		go_to(START + 1);
		go_to(START + 2);
		close(LOT, START + 1, 100);
		assert_ok!(claim(&[other, 77, stake, stake]));
		assert_eq!(books().paid, 666);
		assert_noop!(claim(&[other, 77]), Error::<Test>::NothingToClaim);
		assert_noop!(claim(&[]), Error::<Test>::NothingToClaim);
	});
}

#[test]
fn who_has_nothing_but_his_deposit_receives() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &poor(), 1);
		let (_, other) = staked(LOT, &alice(), 332);
		go_to(START + 1);
		go_to(START + 2);
		close(LOT, START + 1, 100);
		assert_eq!(claimable(stake), 3);
		assert_ok!(claim(&[stake, other]));
		assert_eq!((books().paid, free(&poor())), (999, ED + 3));
	});
}

#[test]
fn an_ended_stake_is_paid_to_its_end_and_gives_its_deposit_back() {
	build_and_execute(|| {
		let (title, stake) = staked(LOT, &alice(), 100);
		let (_, other) = staked(LOT, &bob(), 200);
		for day in START + 1..START + 6 {
			go_to(day);
			if day == START + 3 {
				assert_ok!(unstake(LOT, &alice(), title));
			}
		}
		close(LOT, START, 100);
		close(LOT, START + 1, 100);
		// Its day 102 is still open: what is closed can be had, the record stays.
		assert_ok!(claim(&[stake]));
		assert_eq!(Stakes::<Test>::get(stake).unwrap().paid, 333);
		assert_noop!(claim(&[stake]), Error::<Test>::NothingToClaim);
		close(LOT, START + 2, 100);
		close(LOT, START + 3, 100);
		let before = free(&alice());
		assert_ok!(claim(&[stake]));
		System::assert_last_event(Event::Settled { stake, returned: 0 }.into());
		assert_eq!(free(&alice()), before + 333 + DEPOSIT);
		assert_eq!((held(&alice()), Stakes::<Test>::get(stake)), (0, None));
		assert_eq!(StakesOf::<Test>::iter_prefix(alice()).count(), 0);
		assert_noop!(claim(&[stake]), Error::<Test>::NothingToClaim);
		assert_ok!(claim(&[other]));
	});
}

#[test]
fn the_last_of_a_lot_leaves_its_rounding_to_the_budget() {
	build_and_execute(|| {
		let ours = [1, 1, 1].map(|units| staked(LOT, &alice(), units));
		go_to(START + 1);
		go_to(START + 2);
		for (title, _) in ours {
			assert_ok!(unstake(LOT, &alice(), title));
		}
		go_to(START + 3);
		close(LOT, START + 1, 50);
		let budget = books().budget;
		assert_ok!(claim(&ours.map(|(_, stake)| stake)));
		System::assert_last_event(Event::Settled { stake: ours[2].1, returned: 1 }.into());
		assert_eq!((books().paid, books().owed), (498, 0));
		assert_eq!(books().budget, budget + 1);
		assert_eq!((LotStakes::<Test>::iter().count(), Marks::<Test>::iter().count()), (0, 0));
		assert_eq!(held(&alice()), 0);
	});
}

#[test]
fn a_stake_that_earned_nothing_still_gets_its_deposit_back() {
	build_and_execute(|| {
		let (title, stake) = staked(LOT, &alice(), 100);
		go_to(START + 1);
		go_to(START + 2);
		assert_ok!(unstake(LOT, &alice(), title));
		close(LOT, START, 100);
		assert_noop!(claim(&[stake]), Error::<Test>::NothingToClaim);
		close(LOT, START + 1, 0);
		assert_ok!(claim(&[stake]));
		assert_eq!((free(&alice()), held(&alice())), (FUNDS, 0));
	});
}
