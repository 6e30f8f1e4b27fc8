//! Days since 1970-01-01 as the services write them.
//!
//! A chain with short days counts more of them than the calendar has, so a year may have more than
//! four digits. Both sides only format and parse integers, so nothing else changes.

use alloc::{format, string::String};

/// Seconds of a day in the time that the services live in.
pub const DAY_SECONDS: u64 = 86_400;

const DAYS_OF_ERA: u64 = 146_097;
/// Days from 0000-03-01, where the reckoning starts, to 1970-01-01.
const EPOCH_OFFSET: u64 = 719_468;

/// First second of `day`, unix time.
pub fn day_start(day: u32) -> u64 {
	u64::from(day).saturating_mul(DAY_SECONDS)
}

/// `day` as `YYYY-MM-DD`, proleptic Gregorian.
///
/// Counts years from March, so that the leap day is the last one of a year and the months before
/// it have fixed lengths.
pub fn date_text(day: u32) -> String {
	let shifted = u64::from(day).saturating_add(EPOCH_OFFSET);
	let era = shifted / DAYS_OF_ERA;
	let of_era = shifted % DAYS_OF_ERA;
	let leaps = (of_era / 36_524).saturating_sub(of_era / 146_096);
	let plain = of_era.saturating_sub(of_era / 1_460).saturating_add(leaps);
	let year_of_era = plain / 365;
	let year = era.saturating_mul(400).saturating_add(year_of_era);
	let of_year = of_era.saturating_sub(days_before(year_of_era));
	let month_from_march = of_year.saturating_mul(5).saturating_add(2) / 153;
	let before_month = month_from_march.saturating_mul(153).saturating_add(2) / 5;
	let day_of_month = of_year.saturating_sub(before_month).saturating_add(1);
	let (month, year) = if month_from_march < 10 {
		(month_from_march.saturating_add(3), year)
	} else {
		(month_from_march.saturating_sub(9), year.saturating_add(1))
	};
	format!("{year:04}-{month:02}-{day_of_month:02}")
}

/// Unix seconds of a time that a service wrote: an integer of seconds, or an ISO date with an
/// optional time in UTC. `None` if it is neither.
pub(crate) fn timestamp(text: &str) -> Option<u64> {
	if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
		return text.parse().ok();
	}
	let (date, time) = match text.split_once(['T', ' ']) {
		Some((date, time)) => (date, Some(time)),
		None => (text, None),
	};
	let start = day_of(date)?.checked_mul(DAY_SECONDS)?;
	let seconds = match time {
		None => 0,
		Some(time) => seconds_of(time)?,
	};
	start.checked_add(seconds)
}

/// Seconds into the day of `hh:mm:ss`, with an optional fraction and an optional zone that must be
/// UTC.
fn seconds_of(time: &str) -> Option<u64> {
	let time = time.strip_suffix('Z').or_else(|| time.strip_suffix("+00:00")).unwrap_or(time);
	let time = time.split_once('.').map_or(time, |(whole, _)| whole);
	let mut parts = time.split(':');
	let (hours, minutes, seconds) =
		(digits(parts.next()?)?, digits(parts.next()?)?, digits(parts.next()?)?);
	if parts.next().is_some() || hours > 23 || minutes > 59 || seconds > 60 {
		return None;
	}
	let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
	minutes.checked_mul(60)?.checked_add(seconds)
}

/// Days since 1970-01-01 of `YYYY-MM-DD`.
fn day_of(date: &str) -> Option<u64> {
	let mut parts = date.split('-');
	let (year, month, day) =
		(digits(parts.next()?)?, digits(parts.next()?)?, digits(parts.next()?)?);
	if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
		return None;
	}
	let (year, month_from_march) = if month > 2 {
		(year, month.checked_sub(3)?)
	} else {
		(year.checked_sub(1)?, month.checked_add(9)?)
	};
	let before_month = month_from_march.checked_mul(153)?.checked_add(2)? / 5;
	let of_year = before_month.checked_add(day)?.checked_sub(1)?;
	let era = year / 400;
	let of_era = days_before(year % 400).checked_add(of_year)?;
	era.checked_mul(DAYS_OF_ERA)?.checked_add(of_era)?.checked_sub(EPOCH_OFFSET)
}

/// Days of an era before its year `year`, counted from March; `year` is below 400.
fn days_before(year: u64) -> u64 {
	let leaps = (year / 4).saturating_sub(year / 100);
	year.saturating_mul(365).saturating_add(leaps)
}

fn digits(text: &str) -> Option<u64> {
	let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
	plain.then(|| text.parse().ok()).flatten()
}
