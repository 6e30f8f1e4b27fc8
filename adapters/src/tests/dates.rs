use crate::dates::{date_text, timestamp};
use proptest::prelude::*;

#[test]
fn days_are_written_as_the_calendar_has_them() {
	for (day, text) in [
		(0, "1970-01-01"),
		(58, "1970-02-28"),
		(59, "1970-03-01"),
		(10_957, "2000-01-01"),
		(11_016, "2000-02-29"),
		(11_017, "2000-03-01"),
		(19_782, "2024-02-29"),
		(20_058, "2024-12-01"),
		(20_088, "2024-12-31"),
		(20_089, "2025-01-01"),
		(47_540, "2100-02-28"),
		(47_541, "2100-03-01"),
	] {
		assert_eq!(date_text(day), text);
	}
}

#[test]
fn days_of_short_day_chains_have_long_years() {
	assert_eq!(date_text(29_000_000), "81369-04-21");
}

#[test]
fn times_are_read_in_every_form_that_services_use() {
	for text in [
		"1733011200",
		"2024-12-01",
		"2024-12-01T00:00:00Z",
		"2024-12-01T00:00:00",
		"2024-12-01 00:00:00",
		"2024-12-01T00:00:00.000+00:00",
	] {
		assert_eq!(timestamp(text), Some(1_733_011_200), "{text}");
	}
	assert_eq!(timestamp("2024-12-01T23:59:59Z"), Some(1_733_097_599));
	for text in
		["", "yesterday", "2024-13-01", "2024-12-01T24:00:00", "2024-12-01T00:00:00+02:00", "-5"]
	{
		assert_eq!(timestamp(text), None, "{text}");
	}
}

proptest! {
	#[test]
	fn a_written_day_reads_back(day in 0u32..=u32::MAX) {
		prop_assert_eq!(timestamp(&date_text(day)), Some(u64::from(day) * 86_400));
	}
}
