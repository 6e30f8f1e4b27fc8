use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Past = crate::Past<Test>;

const BITS: u32 = 0x1701_fca1;
/// Four times the work.
const HARDER: u32 = 0x1700_7f28;
const HEIGHT: u64 = 842_688;
/// One EH/s, and what it earns in a day at `BITS`.
const POWER: u128 = 1_000_000_000;
const EASY: u128 = 44_657_644;

fn on(coin: u32, day: u32) -> Option<u128> {
	let answer = <mock::Coins as dmex_primitives::coins::Coins>::yield_on(coin, POWER, day);
	assert_eq!(mock::Coins::yield_on(coin, POWER, day), answer);
	answer
}

#[test]
fn a_day_that_is_over_is_answered_from_its_own_network() {
	build_and_execute(|| {
		World::header(BTC, 100, HEIGHT, BITS);
		World::header(BTC, 101, HEIGHT + 144, HARDER);
		World::header(BTC, 102, HEIGHT + 288, BITS);
		let per_day = <mock::Coins as dmex_primitives::coins::Coins>::yield_per_day(BTC, POWER);
		assert_eq!(per_day, Ok(EASY));
		let hard = on(BTC, 101).unwrap();
		assert_eq!(on(BTC, 100), Some(EASY));
		assert!((EASY / 5..EASY / 3).contains(&hard));
		// Neither a stale fact nor a new one changes a day that is over.
		World::set_stale(true);
		World::header(BTC, 103, HEIGHT + 432, HARDER);
		assert_eq!((on(BTC, 100), on(BTC, 101)), (Some(EASY), Some(hard)));
		assert_eq!(on(BTC, 102), Some(EASY));
	});
}

#[test]
fn today_and_days_to_come_are_not_over() {
	build_and_execute(|| {
		World::header(BTC, 100, HEIGHT, BITS);
		assert_eq!((on(BTC, 100), on(BTC, 101), on(BTC, u32::MAX)), (None, None, None));
		World::set_day(101);
		assert_eq!(on(BTC, 100), Some(EASY));
	});
}

#[test]
fn the_last_network_of_a_day_counts() {
	build_and_execute(|| {
		World::header(BTC, 100, HEIGHT, HARDER);
		World::header(BTC, 100, HEIGHT + 144, BITS);
		World::set_day(101);
		assert_eq!(on(BTC, 100), Some(EASY));
	});
}

#[test]
fn a_day_without_its_own_network_takes_the_nearest_of_two_days_before() {
	build_and_execute(|| {
		World::header(BTC, 100, HEIGHT, HARDER);
		World::header(BTC, 101, HEIGHT + 144, BITS);
		World::header(BTC, 110, HEIGHT + 288, HARDER);
		assert_eq!(on(BTC, 99), None);
		assert_eq!([101, 102, 103].map(|day| on(BTC, day)), [Some(EASY); 3]);
		assert_eq!([104, 109].map(|day| on(BTC, day)), [None; 2]);
		assert_eq!(on(BCH, 101), None);
		assert_eq!(on(77, 101), None);
	});
}

#[test]
fn a_day_is_known_for_64_days_whether_or_not_others_came() {
	for busy in [false, true] {
		build_and_execute(|| {
			World::header(BTC, 100, HEIGHT, BITS);
			if busy {
				for day in 101..=164 {
					World::header(BTC, day, HEIGHT + 144 * u64::from(day - 100), HARDER);
				}
			}
			World::set_day(164);
			assert_eq!(on(BTC, 100), Some(EASY));
			World::set_day(165);
			assert_eq!(on(BTC, 100), None);
			World::set_day(166);
			// The day itself has nothing; it is looked for as long as the day itself is known.
			assert_eq!(on(BTC, 102), if busy { on(BTC, 103) } else { Some(EASY) });
		});
	}
}

#[test]
fn no_more_days_are_stored_than_can_be_asked_for() {
	build_and_execute(|| {
		for n in 0..200u32 {
			World::header(BTC, 100 + n, HEIGHT + 144 * u64::from(n), BITS);
		}
		assert_eq!(Past::iter_prefix(BTC).count(), PAST_SLOTS as usize);
		assert_eq!(PAST_SLOTS, 67);
	});
}

#[test]
fn what_cannot_be_of_the_coin_is_not_kept() {
	build_and_execute(|| {
		World::header(BTC, 100, HEIGHT, BITS);
		World::header(BTC, 101, HEIGHT + 144, 0);
		World::tipset(BTC, 101, HEIGHT + 288, 23 << 60, 1);
		World::header(9, 101, HEIGHT, BITS);
		World::set_day(102);
		assert_eq!(on(BTC, 101), Some(EASY));
		assert_eq!(Past::iter().count(), 1);
	});
}

#[test]
fn a_clock_that_went_back_does_not_undo_a_day() {
	build_and_execute(|| {
		World::header(BTC, 100 + PAST_SLOTS, HEIGHT, BITS);
		World::header(BTC, 100, HEIGHT, HARDER);
		World::set_day(101 + PAST_SLOTS);
		assert_eq!(on(BTC, 100 + PAST_SLOTS), Some(EASY));
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	/// The ring answers what a list of all days would.
	#[test]
	fn the_ring_answers_as_a_full_history(
		steps in prop::collection::vec((0u32..12, 0u32..3), 1..80),
	) {
		build_and_execute(|| {
			let (mut day, mut all) = (100u32, BTreeMap::new());
			for (n, (later, kind)) in (0u64..).zip(steps) {
				day += later.saturating_sub(5).pow(2);
				if kind > 0 {
					let bits = BITS - 0x10 * u32::try_from(n).unwrap();
					World::header(BTC, day, HEIGHT + 144 * n, bits);
					all.insert(day, mock::Coins::yield_per_day(BTC, POWER).unwrap());
				}
				World::set_day(day);
				for asked in day.saturating_sub(70)..=day + 1 {
					let known = asked < day && day - asked <= DAYS_KEPT;
					let nearest = all.range(asked.saturating_sub(2)..=asked).next_back();
					let expected = nearest.map(|(_, earned)| *earned).filter(|_| known);
					assert_eq!(on(BTC, asked), expected, "{asked} on {day}");
				}
			}
		});
	}
}
