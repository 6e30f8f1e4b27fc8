//! Effective power: what was measured, and not more than the payouts imply.

use crate::mock::*;
use dmex_primitives::{
	facts::{DayPower, EffectivePower},
	lots::{LotStatus, Payout},
	Day, Power,
};

/// 1,000 units bring 50,000 a day, of which the pool keeps 2 %.
const FAIR: u128 = 49_000;
/// The yield of a book is taken one unit too high, so a fair payout of 1,000 implies a unit less.
const IMPLIED: Power = 999;

fn power(day: Day) -> Option<Power> {
	Gateway::effective_power(1_000, day)
}

fn unpaid(day: Day) -> bool {
	matches!(Gateway::power_on(1_000, day), Some(DayPower::Unpaid(1_000)))
}

fn pay(n: u8, amount: u128) {
	let address = Gateway::address_of_lot(0).unwrap();
	arrive(&deposit_to(&address, WBTC, n, amount)).unwrap();
}

#[test]
fn measured_alone_never_counts() {
	build_and_execute(|| {
		credit(START, 1_000, FAIR);
		pass_days(1);
		// A lot without an address, and an account without a lot.
		assert_eq!(power(START), None);
		assert_eq!(Gateway::effective_power(5_000, START), None);
		lot_address();
		// Days before the lot had its address are not its.
		assert_eq!(power(START), None);
	});
}

#[test]
fn a_paid_day_counts_as_soon_as_it_is_covered() {
	build_and_execute(|| {
		lot_address();
		assert_eq!(power(START), None);
		assert_eq!(<Gateway as EffectivePower>::counted_from(1_000), Some(START));
		assert_eq!(<Gateway as EffectivePower>::counted_from(5_000), None);
		credit(START, 1_000, FAIR);
		pass_days(1);
		assert_eq!(power(START), None);
		assert!(unpaid(START));
		pay(1, FAIR - 1);
		assert!(unpaid(START));
		pay(2, 10);
		assert_eq!(power(START), Some(IMPLIED));
		let paid = <Gateway as EffectivePower>::effective_power(1_000, START);
		assert_eq!(paid, Some(DayPower::Paid(IMPLIED)));
	});
}

#[test]
fn a_day_of_five_days_counts_with_what_has_come() {
	build_and_execute(|| {
		lot_address();
		credit(START, 1_000, FAIR);
		credit(START + 1, 1_000, FAIR);
		pass_days(1);
		pay(1, FAIR / 2);
		pass_days(3);
		assert_eq!(power(START), None);
		pass_days(1);
		assert_eq!(power(START), Some(499));
		assert_eq!(power(START + 1), None);
		pass_days(1);
		assert_eq!(power(START + 1), Some(0));
	});
}

#[test]
fn a_lie_must_be_paid_for_in_coin() {
	build_and_execute(|| {
		lot_address();
		// The pool credits a tenth of what the measured power would bring.
		credit(START, 1_000, FAIR / 10);
		pass_days(1);
		pay(1, FAIR);
		assert_eq!(power(START), Some(99));
		// The pool credits more than it measures: measured is the bound.
		credit(START + 1, 500, FAIR);
		pay(2, FAIR);
		assert_eq!(power(START + 1), Some(500));
	});
}

#[test]
fn two_refused_days_running_are_zero_and_one_alone_is_no_fact() {
	build_and_execute(|| {
		lot_address();
		let refuse =
			|day| store::put("day", (1_000u32, day), None::<(Power, u128, Option<sp_core::H256>)>);
		refuse(START);
		credit(START + 1, 1_000, FAIR);
		refuse(START + 2);
		assert_eq!((power(START), power(START + 2)), (None, None));
		refuse(START + 3);
		assert_eq!((power(START + 2), power(START + 3)), (Some(0), Some(0)));
	});
}

#[test]
fn found_blocks_are_averaged_over_thirty_days() {
	build_and_execute(|| {
		put_lot(0, provider(), LotStatus::Active, Payout::Pplns);
		lot_address();
		// A block every third day.
		for day in START..START + 40 {
			credit(day, 1_000, if day.is_multiple_of(3) { 3 * FAIR } else { 0 });
		}
		for n in 0..40u8 {
			pass_days(1);
			idle();
			if (START + u32::from(n)).is_multiple_of(3) {
				pay(n, 3 * FAIR);
			}
		}
		// Ten blocks in the thirty days ending there, and in any other thirty.
		for day in START + 30..START + 40 {
			assert_eq!(power(day), Some(IMPLIED), "day {day}");
		}
		// Two blocks in the first eight days, 97 and then 102 % of what eight days bring.
		assert_eq!(power(START + 7), Some(749));
	});
}

#[test]
fn a_day_without_a_yield_expects_what_the_last_one_did() {
	build_and_execute(|| {
		lot_address();
		for day in START..START + 2 {
			credit(day, 1_000, FAIR);
		}
		store::put("yield", START + 1, None::<u128>);
		pass_days(2);
		pay(1, 2 * FAIR);
		assert_eq!(power(START + 1), Some(IMPLIED));
	});
}

#[test]
fn without_any_yield_nothing_is_implied() {
	build_and_execute(|| {
		lot_address();
		credit(START, 1_000, FAIR);
		store::put("yield", START, None::<u128>);
		pass_days(1);
		pay(1, FAIR);
		assert_eq!(power(START), None);
	});
}

#[test]
fn days_before_the_first_yield_count_for_nothing() {
	build_and_execute(|| {
		lot_address();
		for day in START..START + 2 {
			credit(day, 1_000, FAIR);
		}
		store::put("yield", START, None::<u128>);
		pass_days(2);
		pay(1, FAIR);
		assert_eq!((power(START), power(START + 1)), (None, Some(IMPLIED)));
		// Filled for good, they answer alike.
		pass_days(10);
		frame_support::assert_ok!(Gateway::fill_days(signed(emil()), 0));
		assert_eq!((power(START), power(START + 1)), (None, Some(IMPLIED)));
	});
}

#[test]
fn filled_and_unfilled_days_answer_alike() {
	build_and_execute(|| {
		lot_address();
		for day in START..START + 20 {
			credit(day, 1_000, FAIR - u128::from(day % 7) * 1_000);
		}
		pass_days(17);
		let ask = || (START..START + 17).map(power).collect::<Vec<_>>();
		// Everything arrives while no day is filled.
		crate::LotBooks::<Test>::mutate(0, |book| {
			let book = book.as_mut().unwrap();
			book.arrived = 17 * FAIR;
		});
		crate::FlowsOf::<Test>::mutate(WBTC, |flows| {
			flows.attested += 17 * FAIR;
			flows.waiting += 17 * FAIR;
		});
		let before = ask();
		frame_support::assert_ok!(Gateway::fill_days(signed(emil()), 0));
		assert_eq!(ask(), before);
		crate::LotBooks::<Test>::mutate(0, |book| book.as_mut().unwrap().arrived = 17 * FAIR);
		crate::FlowsOf::<Test>::mutate(WBTC, |flows| {
			flows.attested -= 17 * FAIR;
			flows.waiting -= 17 * FAIR;
		});
		crate::LotBooks::<Test>::remove(0);
		crate::Addresses::<Test>::remove(WBTC, Gateway::hash_of(&batch(WBTC, 1..=4)[0]));
	});
}

#[test]
fn of_rewards_that_vest_the_liquid_part_must_come() {
	build_and_execute(|| {
		// A lot whose miner earns what vests: a quarter is liquid at once.
		store::put("lot", 0u32, (provider(), 2u32, LotStatus::Active, Payout::Fpps));
		post(WFIL, 1..=4);
		Gateway::request_lot_address(signed(provider()), 0).unwrap();
		let address = Gateway::address_of_lot(0).unwrap();
		for day in START..START + 2 {
			credit(day, 1_000, FAIR);
		}
		pass_days(1);
		arrive(&deposit_to(&address, WFIL, 1, FAIR / 4 - 1)).unwrap();
		assert!(unpaid(START));
		arrive(&deposit_to(&address, WFIL, 2, 1)).unwrap();
		assert_eq!(power(START), Some(IMPLIED));
		assert_eq!(Gateway::covered(0, START), Some(FAIR / 4));
		// Of the second day an eighth comes: half of what is liquid.
		arrive(&deposit_to(&address, WFIL, 3, FAIR / 8)).unwrap();
		pass_days(5);
		assert_eq!(power(START + 1), Some(499));
	});
}
