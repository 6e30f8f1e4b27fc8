use crate::{mock::*, Error, Event, StakeOf, Stakes};
use dmex_primitives::{
	lots::LotStatus,
	titles::{LockReason, Titles},
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, TokenError};

fn stake(lot: u32, title: u32) -> sp_runtime::DispatchResult {
	let staked = PowerRewards::stake(RuntimeOrigin::signed(alice()), lot, title);
	staked.map(|_| ()).map_err(|failed| failed.error)
}

#[test]
fn a_staked_title_is_locked_and_has_a_deposit() {
	build_and_execute(|| {
		let title = title(LOT, &alice(), 10);
		let quote = PowerRewards::quote_stake(LOT, title).unwrap();
		assert_eq!((quote.from, quote.units, quote.deposit), (START + 1, 10, DEPOSIT));
		assert_eq!(quote.expected_per_day, 1_000);
		assert_ok!(stake(LOT, title));
		System::assert_last_event(
			Event::Staked {
				stake: 0,
				series: LOT,
				title,
				who: alice(),
				units: 10,
				from: START + 1,
				deposit: DEPOSIT,
			}
			.into(),
		);
		assert_eq!(Played::title(LOT, title).unwrap().1.locked_by, Some(LockReason::Stake));
		assert_eq!((free(&alice()), held(&alice())), (FUNDS - DEPOSIT, DEPOSIT));
		assert_eq!(StakeOf::<Test>::get(LOT, title), Some(0));
		let view = PowerRewards::stakes_of(alice(), None);
		assert_eq!(view.len(), 1);
		assert_eq!((view[0].0, view[0].1.expected_per_day, view[0].1.earned), (0, 1_000, 0));
		assert_eq!(PowerRewards::stakes_of(alice(), Some(0)), vec![]);
		let again = PowerRewards::quote_stake(LOT, title);
		assert_eq!(again, Err(Error::<Test>::TitleLocked.into()));
	});
}

#[test]
fn what_may_not_earn_is_refused() {
	build_and_execute(|| {
		let ours = title(LOT, &alice(), 10);
		assert_noop!(stake(LOT, 99), Error::<Test>::UnknownTitle);
		assert_noop!(
			PowerRewards::stake(RuntimeOrigin::signed(bob()), LOT, ours)
				.map_err(|failed| failed.error),
			Error::<Test>::NotOwner
		);
		let note = title(77, &alice(), 10);
		assert_noop!(stake(77, note), Error::<Test>::NotOfALot);
		store::put("sold", (LOT, ours), false);
		assert_noop!(stake(LOT, ours), Error::<Test>::TitleNeverSold);
		store::put("sold", (LOT, ours), true);
		let fil = title(13, &alice(), 10);
		assert_noop!(stake(13, fil), Error::<Test>::CoinEarnsNothing);
		let early = Played::issue(LOT, &alice(), 10, START + 2).unwrap();
		assert_noop!(stake(LOT, early), Error::<Test>::TitleNotStarted);
		let huge = title(LOT, &alice(), (1 << 90) + 1);
		assert_noop!(stake(LOT, huge), Error::<Test>::TooMuchStaked);
		let huge = title(LOT, &alice(), u128::MAX);
		assert_noop!(stake(LOT, huge), Error::<Test>::TooMuchStaked);
		for status in [LotStatus::Suspended, LotStatus::Terminated, LotStatus::Matured] {
			set_status(LOT, status);
			assert_noop!(stake(LOT, ours), Error::<Test>::LotNotActive);
		}
		set_status(LOT, LotStatus::Active);
		go_to(LAST);
		assert_noop!(stake(LOT, ours), Error::<Test>::LotOver);
		assert_eq!(Stakes::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_title_begins_to_earn_with_its_first_day() {
	build_and_execute(|| {
		let begins = Played::issue(LOT, &alice(), 10, START + 1).unwrap();
		assert_ok!(stake(LOT, begins));
	});
}

#[test]
fn a_locked_title_is_not_staked_and_a_staked_one_not_again() {
	build_and_execute(|| {
		let pledged = title(LOT, &alice(), 10);
		Played::lock(LOT, pledged, LockReason::Pledge).unwrap();
		assert_noop!(stake(LOT, pledged), DispatchError::Other("TitleLocked"));
		let (twice, _) = staked(LOT, &alice(), 10);
		assert_noop!(stake(LOT, twice), DispatchError::Other("TitleLocked"));
	});
}

#[test]
fn who_cannot_pay_the_deposit_stakes_nothing() {
	build_and_execute(|| {
		let title = title(LOT, &poor(), 10);
		let call = |title| {
			let staked = PowerRewards::stake(RuntimeOrigin::signed(poor()), LOT, title);
			staked.map_err(|failed| failed.error)
		};
		assert_ok!(call(title));
		let other = crate::mock::title(LOT, &poor(), 10);
		assert_noop!(call(other), TokenError::FundsUnavailable);
	});
}

#[test]
fn only_the_staker_takes_back_and_only_what_is_staked() {
	build_and_execute(|| {
		let (title, stake) = staked(LOT, &alice(), 10);
		assert_noop!(unstake(LOT, &bob(), title), Error::<Test>::NotStaker);
		assert_noop!(unstake(LOT, &alice(), 99), Error::<Test>::NotStaked);
		go_to(START + 3);
		assert_ok!(unstake(LOT, &alice(), title));
		System::assert_last_event(Event::Unstaked { stake, until: START + 3 }.into());
		assert_eq!(Played::title(LOT, title).unwrap().1.locked_by, None);
		assert_noop!(unstake(LOT, &alice(), title), Error::<Test>::NotStaked);
		// The record waits for the days that are not closed.
		assert_eq!(held(&alice()), DEPOSIT);
	});
}

#[test]
fn a_stake_that_never_counted_leaves_at_once() {
	build_and_execute(|| {
		let (title, stake) = staked(LOT, &alice(), 10);
		assert_ok!(unstake(LOT, &alice(), title));
		System::assert_last_event(Event::Settled { stake, returned: 0 }.into());
		assert_eq!((free(&alice()), held(&alice())), (FUNDS, 0));
		assert_eq!(Stakes::<Test>::iter().count(), 0);
		assert_eq!(PowerRewards::stake_view(stake), None);
		// Nor did it take anything from anybody.
		staked(LOT, &bob(), 10);
		go_to(START + 1);
		let rates = PowerRewards::day_budget(START + 1).unwrap().rates;
		assert_eq!(rates[..], [(BTC, 100_000_000_000_000)]);
	});
}

#[test]
fn a_title_may_be_staked_again_and_earns_twice_for_no_day() {
	build_and_execute(|| {
		let (title, first) = staked(LOT, &alice(), 10);
		go_to(START + 1);
		go_to(START + 2);
		assert_ok!(unstake(LOT, &alice(), title));
		assert_ok!(stake(LOT, title));
		go_to(START + 4);
		for day in START..START + 4 {
			close(LOT, day, 100);
		}
		// Day 101; then 103, since it did not count on 102.
		assert_eq!((claimable(first), claimable(first + 1)), (1_000, 1_000));
	});
}
