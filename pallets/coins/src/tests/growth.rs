use super::*;
use dmex_math::{expected_hashes, Constants, Filter, Fixed};
use proptest::prelude::*;

type Growth = crate::Growth<Test>;

const BITS: u32 = 0x1701_fca1;
/// The same exponent with a target of 97 % of that.
const HARDER: u32 = 0x1701_ed60;
/// z 2, in hundredths.
const Z: u32 = 200;

fn ln(bits: u32) -> Fixed {
	Fixed::ln(expected_hashes(bits).unwrap()).unwrap()
}

#[test]
fn the_first_reading_starts_a_filter() {
	build_and_execute(|| {
		assert_eq!(mock::Coins::growth(BTC, Z), None);
		World::header(BTC, 100, 842_688, BITS);
		let growth = Growth::get(BTC).unwrap();
		assert_eq!(growth.filter, Filter::new(ln(BITS), &Constants::default()));
		assert_eq!((growth.observed, growth.height, growth.day), (ln(BITS), 842_688, 100));
		assert_eq!(Growth::get(BCH), None);
		System::assert_last_event(Event::GrowthUpdated { coin: BTC, growth }.into());
		let quote = mock::Coins::growth(BTC, Z).unwrap();
		assert_eq!((quote.height, quote.day), (842_688, 100));
		assert_eq!((quote.drift_per_day, quote.per_year), (0, 0));
		assert_eq!(quote.deviation_per_day, 299_999);
		// e^(365 · 2 · 0.0003) − 1
		assert_eq!(quote.stressed_per_year / 1_000_000, 244);
	});
}

#[test]
fn a_retarget_counts_with_the_days_since_the_last() {
	build_and_execute(|| {
		World::header(BTC, 100, 842_688, BITS);
		let first = Growth::get(BTC).unwrap();
		for day in 101..114 {
			World::header(BTC, day, 842_688 + 144 * u64::from(day - 100), BITS);
			assert_eq!(Growth::get(BTC), Some(first));
		}
		World::header(BTC, 114, 844_704, HARDER);
		let second = Growth::get(BTC).unwrap();
		let expected = first.filter.update(ln(HARDER), 14, &Constants::default()).unwrap();
		assert_eq!(second.filter, expected);
		assert_eq!((second.height, second.day), (844_704, 114));
		// 3 % in 14 days, of which β = (1 − 0.97¹⁴)² = 12 % is believed at once.
		let quote = mock::Coins::growth(BTC, Z).unwrap();
		assert_eq!(quote.drift_per_day / 1_000, 262);
		assert!(quote.stressed_per_year > quote.per_year && quote.per_year > 0);
	});
}

#[test]
fn a_difficulty_unchanged_for_four_weeks_counts_as_standing_still() {
	build_and_execute(|| {
		World::header(BTC, 100, 842_688, BITS);
		World::header(BTC, 114, 844_704, HARDER);
		let moving = Growth::get(BTC).unwrap();
		World::header(BTC, 141, 848_592, HARDER);
		assert_eq!(Growth::get(BTC), Some(moving));
		World::header(BTC, 142, 848_736, HARDER);
		let still = Growth::get(BTC).unwrap();
		assert_eq!((still.day, still.height), (142, 848_736));
		// What was seen to grow is believed to have stopped only as time goes by without growth.
		for n in 1..=4u32 {
			World::header(BTC, 142 + 28 * n, 848_736 + 4_032 * u64::from(n), HARDER);
		}
		let later = Growth::get(BTC).unwrap();
		assert_eq!(later.day, 254);
		assert!(later.filter.drift < moving.filter.drift);
	});
}

#[test]
fn a_network_that_adapts_with_every_block_counts_day_by_day() {
	build_and_execute(|| {
		for day in 0..30u32 {
			let bits = BITS - 0x100 * day;
			World::header(BCH, 100 + day, 842_688 + 144 * u64::from(day), bits);
			assert_eq!(Growth::get(BCH).unwrap().day, 100 + day);
		}
		assert!(mock::Coins::growth(BCH, Z).unwrap().drift_per_day > 0);
	});
}

#[test]
fn a_network_of_shares_is_followed_by_power_per_reward() {
	build_and_execute(|| {
		let reward = 30_000_000_000_000_000_000;
		World::tipset(FIL, 100, 2_880_000, 23 << 60, reward);
		World::tipset(FIL, 101, 2_882_880, 23 << 60, reward / 100 * 99);
		// Less reward for the same power is the same as more power.
		let drift = mock::Coins::growth(FIL, Z).unwrap().drift_per_day;
		assert_eq!(drift / 1_000, 9);
		World::tipset(FIL, 102, 2_885_760, 23 << 60, 0);
		assert_eq!(Growth::get(FIL).unwrap().day, 101);
	});
}

#[test]
fn a_reading_counts_once() {
	build_and_execute(|| {
		World::header(BCH, 100, 842_688, BITS);
		let first = Growth::get(BCH).unwrap();
		// Same height, lower height, and a second height on the same day.
		World::header(BCH, 101, 842_688, HARDER);
		World::header(BCH, 101, 842_544, HARDER);
		World::header(BCH, 100, 842_832, HARDER);
		// A clock that went backwards.
		World::header(BCH, 99, 842_832, HARDER);
		assert_eq!(Growth::get(BCH), Some(first));
		World::header(BCH, 101, 842_832, HARDER);
		assert_eq!(Growth::get(BCH).unwrap().height, 842_832);
	});
}

#[test]
fn readings_of_unknown_coins_are_dropped() {
	build_and_execute(|| {
		World::header(7, 100, 842_688, BITS);
		assert_eq!(Growth::get(7), None);
	});
}

#[test]
fn a_jump_counts_as_the_largest_surprise() {
	build_and_execute(|| {
		World::header(BCH, 100, 842_688, BITS);
		let first = Growth::get(BCH).unwrap();
		// From 10²⁴ hashes to 2, and to 10³⁶.
		World::header(BCH, 101, 842_832, 0x207f_ffff);
		let down = Growth::get(BCH).unwrap();
		let surprise = Constants::default().max_surprise;
		let clamped = first.observed.checked_sub(surprise).unwrap();
		let expected = first.filter.update(clamped, 1, &Constants::default()).unwrap();
		assert_eq!(down.filter, expected);
		World::header(BCH, 102, 842_976, 0x1201_fca1);
		assert!(mock::Coins::growth(BCH, Z).unwrap().stressed_per_year < 1_000_000_000);
	});
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(64))]

	/// Any order of readings keeps what always holds, and the record only moves forward.
	#[test]
	fn any_readings_keep_the_record_in_order(
		readings in prop::collection::vec((0u32..4, 0u32..40, 0u64..2_000_000, any::<u32>()), 1..60),
	) {
		build_and_execute(|| {
			let mut day = 100;
			for (coin, later, height, bits) in readings {
				day += later / 4;
				let before = Growth::get(coin);
				if coin == FIL {
					World::tipset(coin, day, height, u128::from(bits), u128::from(bits % 7));
				} else {
					World::header(coin, day, height, bits);
				}
				let after = Growth::get(coin);
				if let (Some(before), Some(after)) = (before, after) {
					assert!(after == before || after.height > before.height && after.day > before.day);
				}
				mock::Coins::do_try_state().unwrap();
			}
		});
	}
}
