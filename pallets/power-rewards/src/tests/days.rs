//! Days that begin, days that pass, days that were missed.

use crate::{mock::*, types::*, Days, Error, Event, Opened};
use frame_support::{assert_noop, assert_ok, traits::Hooks};

#[test]
fn a_day_on_which_nothing_is_staked_spends_nothing() {
	build_and_execute(|| {
		go_to(START + 1);
		go_to(START + 500);
		assert_eq!((books().budget, books().reserved), (1_000_000, 0));
		assert_eq!(Opened::<Test>::get(), START + 500);
		assert_eq!(Days::<Test>::iter().count(), 0);
	});
}

#[test]
fn what_a_day_does_not_spend_goes_back_when_it_is_too_old() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		for day in START + 1..=START + KEEP_DAYS {
			go_to(day);
		}
		assert_eq!(books().reserved, 16_000);
		go_to(START + 1 + KEEP_DAYS);
		System::assert_has_event(Event::DayRetired { day: START + 1, returned: 1_000 }.into());
		assert_eq!((books().reserved, Days::<Test>::iter().count()), (16_000, 16));
		// Now it is too late for it, and for it only.
		close(LOT, START, 100);
		close(LOT, START + 1, 100);
		assert_eq!(claimable(stake), 0);
		close(LOT, START + 2, 100);
		assert_eq!(claimable(stake), 1_000);
	});
}

#[test]
fn a_budget_that_runs_out_spends_what_is_left() {
	build_and_execute(|| {
		assert_ok!(PowerRewards::set_daily_budget(RuntimeOrigin::root(), 2_000));
		let mut now = 2_000;
		while now < 512_000 {
			now *= 2;
			assert_ok!(PowerRewards::set_daily_budget(RuntimeOrigin::root(), now));
		}
		let (_, stake) = staked(LOT, &alice(), 100);
		for day in 1..=4 {
			go_to(START + day);
		}
		assert_eq!((books().budget, books().reserved), (0, 1_000_000));
		for day in START..START + 4 {
			close(LOT, day, 100);
		}
		assert_eq!(claimable(stake), 1_000_000);
		assert_ok!(claim(&[stake]));
		assert_eq!(free(&PowerRewards::pot()), ED);
	});
}

#[test]
fn days_that_the_chain_missed_are_opened_in_turn() {
	build_and_execute(|| {
		let (title, stake) = staked(LOT, &alice(), 100);
		Today::set(START + 70);
		// A block without its hook has not caught up, and says so.
		assert_noop!(
			PowerRewards::stake(RuntimeOrigin::signed(alice()), LOT, title)
				.map_err(|failed| failed.error),
			Error::<Test>::DaysBehind
		);
		assert_noop!(unstake(LOT, &alice(), title), Error::<Test>::DaysBehind);
		go_to(START + 70);
		assert_eq!(Opened::<Test>::get(), START + 32);
		assert_noop!(unstake(LOT, &alice(), title), Error::<Test>::DaysBehind);
		go_to(START + 70);
		assert_eq!(Opened::<Test>::get(), START + 64);
		// The call itself opens the last six.
		assert_ok!(unstake(LOT, &alice(), title));
		assert_eq!(Opened::<Test>::get(), START + 70);
		assert_eq!(Days::<Test>::iter().count(), 16);
		// Days that are kept are earned.
		for day in START..START + 70 {
			close(LOT, day, 100);
		}
		assert_eq!(claimable(stake), 15_000);
	});
}

#[test]
fn a_day_is_opened_by_whoever_comes_first() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		// The clock moves inside the block: the hook of the block has not seen it.
		Today::set(START + 1);
		staked(LOT, &bob(), 300);
		assert_eq!(Opened::<Test>::get(), START + 1);
		Today::set(START + 2);
		close(LOT, START, 100);
		close(LOT, START + 1, 100);
		assert_eq!((Opened::<Test>::get(), claimable(stake)), (START + 2, 1_000));
	});
}

#[test]
fn opening_days_is_weighed() {
	build_and_execute(|| {
		use crate::WeightInfo;
		staked(LOT, &alice(), 100);
		Today::set(START + 40);
		assert_eq!(PowerRewards::on_initialize(5), <() as WeightInfo>::open_days(32));
		assert_eq!(PowerRewards::on_initialize(6), <() as WeightInfo>::open_days(8));
		assert_eq!(PowerRewards::on_initialize(7), <() as WeightInfo>::open_days(0));
	});
}
