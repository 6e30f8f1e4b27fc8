//! Days of chain time.

use crate::{mock::*, *};

#[test]
fn days_are_counted_in_the_length_of_genesis() {
	build_and_execute(Lengths::development(), || {
		Clock::set(119_999);
		assert_eq!(Periods::day_length(), 60_000);
		assert_eq!(Periods::today(), 1);
		Clock::set(120_000);
		assert_eq!(Periods::today(), 2);
		assert_eq!(<Periods as Calendar>::start_of(2), 120_000);
		assert_eq!(<Periods as Calendar>::hours(6), 15_000);
		// Two days of a minute are two days where the pools live.
		assert_eq!(<Periods as Calendar>::pool_seconds(), 2 * 86_400);
	});
}

#[test]
fn real_days_are_utc_days() {
	sp_io::TestExternalities::default().execute_with(|| {
		// 2026-11-22T15:00:00Z
		Clock::set(1_795_359_600_000);
		assert_eq!(Periods::today(), 20_779);
		assert_eq!(<Periods as Calendar>::pool_seconds(), 1_795_359_600);
	});
}
