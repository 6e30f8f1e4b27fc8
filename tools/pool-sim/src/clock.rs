//! Pool time: the clock stretched so that a day has 86,400 seconds.
//!
//! A chain with days of `day_ms` milliseconds and this simulator count the same days: day `d` of
//! the chain is the calendar day `d` after 1970-01-01 here, however short it is.

use parking_lot::Mutex;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Seconds of a pool day.
pub const DAY_SECONDS: u64 = 86_400;
/// Milliseconds of a pool day.
pub const DAY_MS: u64 = 86_400_000;

/// A moment in pool time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Moment {
	/// Milliseconds of pool time since 1970-01-01.
	pub ms: u64,
}

impl Moment {
	/// First moment of a day.
	pub fn start_of(day: u64) -> Self {
		Self { ms: day * DAY_MS }
	}

	/// Pool seconds since 1970-01-01.
	pub fn seconds(self) -> u64 {
		self.ms / 1_000
	}

	/// Days since 1970-01-01.
	pub fn day(self) -> u64 {
		self.ms / DAY_MS
	}

	/// Part of the day that is over, in millionths.
	pub fn day_part_ppm(self) -> u128 {
		u128::from(self.ms % DAY_MS) * 1_000_000 / u128::from(DAY_MS)
	}
}

/// A clock that was set by hand.
struct Set {
	now_ms: u64,
	at: Instant,
	running: bool,
}

/// Where the time comes from: the wall clock, or what it was set to.
pub struct Clock {
	day_ms: u64,
	set: Mutex<Option<Set>>,
}

impl Clock {
	/// A clock whose days last `day_ms` milliseconds; the wall clock runs until it is set.
	pub fn new(day_ms: u64) -> Self {
		Self { day_ms: day_ms.max(1), set: Mutex::new(None) }
	}

	/// Length of a day in milliseconds.
	pub fn day_ms(&self) -> u64 {
		self.day_ms
	}

	/// Milliseconds since 1970-01-01, as the chain counts them.
	pub fn now_ms(&self) -> u64 {
		match &*self.set.lock() {
			Some(set) if set.running => set.now_ms + millis(set.at.elapsed()),
			Some(set) => set.now_ms,
			None => SystemTime::now().duration_since(UNIX_EPOCH).map(millis).unwrap_or_default(),
		}
	}

	/// The same moment in pool time.
	pub fn now(&self) -> Moment {
		let ms = u128::from(self.now_ms()) * u128::from(DAY_MS) / u128::from(self.day_ms);
		Moment { ms: u64::try_from(ms).unwrap_or(u64::MAX) }
	}

	/// Sets the clock; it runs on from there if `running`. `None` gives it back to the wall clock.
	pub fn set(&self, now_ms: Option<u64>, running: bool) {
		*self.set.lock() = now_ms.map(|now_ms| Set { now_ms, at: Instant::now(), running });
	}
}

fn millis(duration: std::time::Duration) -> u64 {
	u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// `2024-12-01` for a day since 1970-01-01. Years have as many digits as they need.
pub fn date(day: u64) -> String {
	let (year, month, day) = civil(day);
	format!("{year:04}-{month:02}-{day:02}")
}

/// `2024-12-01T00:00:00Z` for pool seconds.
pub fn rfc3339(seconds: u64) -> String {
	let rest = seconds % DAY_SECONDS;
	let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
	format!("{}T{hour:02}:{minute:02}:{second:02}Z", date(seconds / DAY_SECONDS))
}

/// The day of a date `YYYY-MM-DD`; `None` if it is not a date.
pub fn parse_date(text: &str) -> Option<u64> {
	let mut parts = text.split('-');
	let year: u64 = parts.next().filter(|year| year.len() >= 4)?.parse().ok()?;
	let month: u64 = parts.next().filter(|month| month.len() == 2)?.parse().ok()?;
	let day: u64 = parts.next().filter(|day| day.len() == 2)?.parse().ok()?;
	if parts.next().is_some() || year > 10_000_000 || !(1..=12).contains(&month) || day < 1 {
		return None;
	}
	let days = days_from_civil(year, month, day)?;
	// Refuses the 31st of June: it would come back as another date.
	(civil(days) == (year, month, day)).then_some(days)
}

/// (year, month, day) of a day since 1970-01-01, by the proleptic Gregorian calendar.
/// Source of the method: <https://howardhinnant.github.io/date_algorithms.html>.
fn civil(day: u64) -> (u64, u64, u64) {
	let shifted = day + 719_468;
	let era = shifted / 146_097;
	let day_of_era = shifted % 146_097;
	let year_of_era =
		(day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
	let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	let shifted_month = (5 * day_of_year + 2) / 153;
	let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
	let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
	let year = year_of_era + era * 400 + u64::from(month <= 2);
	(year, month, day)
}

fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
	let year = year.checked_sub(u64::from(month <= 2))?;
	let era = year / 400;
	let year_of_era = year % 400;
	let shifted_month = if month > 2 { month - 3 } else { month + 9 };
	let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
	let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	(era * 146_097 + day_of_era).checked_sub(719_468)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn dates_agree_with_the_calendar() {
		assert_eq!(date(0), "1970-01-01");
		assert_eq!(date(20_058), "2024-12-01");
		assert_eq!(date(19_782), "2024-02-29");
		assert_eq!(date(29_883_000), "83786-11-16");
		for day in [0, 1, 58, 59, 60, 365, 11_016, 19_782, 20_058, 29_883_000] {
			assert_eq!(parse_date(&date(day)), Some(day));
		}
		assert_eq!(parse_date("2025-02-29"), None);
		assert_eq!(parse_date("2025-13-01"), None);
		assert_eq!(parse_date("yesterday"), None);
		assert_eq!(parse_date("2025-1-1"), None);
	}

	#[test]
	fn a_short_day_has_86400_pool_seconds() {
		let clock = Clock::new(60_000);
		clock.set(Some(1_793_491_230_000), false);
		let now = clock.now();
		assert_eq!(now.day(), 1_793_491_230_000 / 60_000);
		assert_eq!(now.seconds() % DAY_SECONDS, DAY_SECONDS / 2);
		assert_eq!(now.day_part_ppm(), 500_000);
		assert_eq!(rfc3339(20_058 * DAY_SECONDS + 3_661), "2024-12-01T01:01:01Z");
	}

	#[test]
	fn a_set_clock_stands_or_runs() {
		let clock = Clock::new(86_400_000);
		clock.set(Some(5), false);
		std::thread::sleep(std::time::Duration::from_millis(3));
		assert_eq!(clock.now_ms(), 5);
		clock.set(Some(5), true);
		std::thread::sleep(std::time::Duration::from_millis(3));
		assert!(clock.now_ms() >= 8);
		clock.set(None, true);
		assert!(clock.now_ms() > 1_700_000_000_000);
	}
}
