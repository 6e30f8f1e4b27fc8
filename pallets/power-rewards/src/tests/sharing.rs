//! Who earns how much of a day.

use crate::{mock::*, Days, Event, LotStakes};
use dmex_primitives::{lots::LotStatus, rights::OnDayClosed};
use frame_support::assert_ok;

#[test]
fn a_day_is_shared_by_power_and_weight() {
	build_and_execute(|| {
		let (_, a) = staked(LOT, &alice(), 100);
		let (_, b) = staked(OTHER_LOT, &bob(), 200);
		let (_, c) = staked(BCH_LOT, &bob(), 400);
		go_to(START + 1);
		// 2 · 300 + 1 · 400 = 1,000 parts of 1,000.
		assert_eq!(books().reserved, 1_000);
		System::assert_last_event(
			Event::DayOpened {
				day: START + 1,
				budget: 1_000,
				rates: vec![(BTC, 2_000_000_000_000), (BCH, 1_000_000_000_000)].try_into().unwrap(),
			}
			.into(),
		);
		go_to(START + 2);
		for lot in [LOT, OTHER_LOT, BCH_LOT] {
			close(lot, START, 100);
			close(lot, START + 1, 100);
		}
		assert_eq!([a, b, c].map(claimable), [200, 400, 400]);
		let view = PowerRewards::stake_view(b).unwrap();
		assert_eq!((view.earned, view.expected_per_day), (400, 400));
		assert_eq!(Days::<Test>::get(START + 1).unwrap().left, 0);
		assert_eq!((books().owed, books().reserved), (1_000, 1_000));
	});
}

#[test]
fn only_the_delivered_share_is_earned_and_the_rest_goes_back() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		go_to(START + 1);
		go_to(START + 2);
		close(LOT, START, 100);
		let before = books();
		close(LOT, START + 1, 30);
		System::assert_last_event(
			Event::LotEarned {
				lot: LOT,
				day: START + 1,
				amount: 300,
				returned: 700,
				index: 3_000_000_000_000,
			}
			.into(),
		);
		assert_eq!(claimable(stake), 300);
		assert_eq!(books().budget, before.budget + 700);
		assert_eq!(books().reserved, before.reserved - 1_000);
	});
}

#[test]
fn a_day_on_which_nothing_was_due_or_known_earns_nothing() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		go_to(START + 1);
		go_to(START + 2);
		go_to(START + 3);
		close(LOT, START, 100);
		store::put("books", (LOT, START + 1), (0u128, 0u128));
		PowerRewards::on_day_closed(LOT, START + 1);
		PowerRewards::on_day_closed(LOT, START + 2);
		assert_eq!((claimable(stake), books().owed), (0, 0));
		assert_eq!(books().reserved, 1_000);
	});
}

#[test]
fn more_than_was_due_earns_no_more() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		go_to(START + 1);
		go_to(START + 2);
		close(LOT, START + 1, 500);
		assert_eq!(claimable(stake), 1_000);
	});
}

#[test]
fn what_is_suspended_when_its_day_closes_earns_nothing() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		let (_, other) = staked(OTHER_LOT, &bob(), 100);
		for day in 1..=3 {
			go_to(START + day);
		}
		set_status(LOT, LotStatus::Suspended);
		close(LOT, START + 1, 100);
		close(OTHER_LOT, START + 1, 100);
		assert_eq!((claimable(stake), claimable(other)), (0, 500));
		set_status(LOT, LotStatus::Active);
		close(LOT, START + 2, 100);
		assert_eq!(claimable(stake), 500);
	});
}

#[test]
fn a_stake_counts_from_tomorrow_and_stops_today() {
	build_and_execute(|| {
		let (title, early) = staked(LOT, &alice(), 100);
		go_to(START + 1);
		let (_, late) = staked(LOT, &bob(), 100);
		go_to(START + 2);
		go_to(START + 3);
		assert_ok!(unstake(LOT, &alice(), title));
		go_to(START + 4);
		for day in START..START + 4 {
			close(LOT, day, 100);
		}
		// Day 101 alone, 102 together; on 103 its half is nobody's.
		assert_eq!((claimable(early), claimable(late)), (1_500, 1_000));
		assert_eq!(Days::<Test>::get(START + 3).unwrap().left, 500);
		go_to(START + 5);
		close(LOT, START + 4, 100);
		assert_eq!((claimable(early), claimable(late)), (1_500, 2_000));
	});
}

#[test]
fn a_late_closing_pays_by_the_units_of_its_own_day() {
	build_and_execute(|| {
		let (title, a) = staked(LOT, &alice(), 100);
		let (_, b) = staked(LOT, &bob(), 300);
		for day in START + 1..START + 9 {
			go_to(day);
			if day == START + 4 {
				assert_ok!(unstake(LOT, &alice(), title));
				staked(LOT, &bob(), 1_000_000);
			}
		}
		for day in START..START + 4 {
			close(LOT, day, 100);
		}
		assert_eq!((claimable(a), claimable(b)), (750, 2_250));
	});
}

#[test]
fn a_day_is_earned_once() {
	build_and_execute(|| {
		let (_, stake) = staked(LOT, &alice(), 100);
		go_to(START + 1);
		go_to(START + 2);
		close(LOT, START + 1, 100);
		close(LOT, START + 1, 100);
		close(LOT, START, 100);
		assert_eq!(claimable(stake), 1_000);
		assert_eq!(LotStakes::<Test>::get(LOT).unwrap().closed, START + 2);
	});
}

#[test]
fn rounding_is_carried_and_never_given_twice() {
	build_and_execute(|| {
		let stakes = [1, 1, 1].map(|units| staked(LOT, &alice(), units).1);
		for day in 1..=3 {
			go_to(START + day);
		}
		// Half of 999, which is all that three equal parts make of 1,000.
		close(LOT, START + 1, 50);
		assert_eq!(books().owed, 499);
		assert_eq!(stakes.map(claimable), [166; 3]);
		assert_ok!(claim(&stakes));
		assert_eq!(books().owed, 1);
		// What each left behind, a third of a unit, comes to all with the next day.
		close(LOT, START + 2, 100);
		assert_eq!(stakes.map(claimable), [333; 3]);
		assert_ok!(claim(&stakes[..1]));
		assert_eq!(books().owed, 667);
	});
}

#[test]
fn one_unit_of_dust_beside_a_million_titles_worth_of_power() {
	build_and_execute(|| {
		let (_, dust) = staked(LOT, &alice(), 1);
		let (_, whale) = staked(LOT, &bob(), (1 << 90) - 1);
		for day in START + 1..START + 30 {
			go_to(day);
			close(LOT, day - 1, 100);
		}
		assert_eq!(claimable(dust), 0);
		// A rate of less than 10⁻¹² a unit is none.
		assert_eq!(claimable(whale), 0);
		check();
	});
}
