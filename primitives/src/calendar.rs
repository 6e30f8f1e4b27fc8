//! Days and moments of chain time.

use crate::{Day, Moment};

/// Milliseconds of a real day, and of a day in the time that pools live in.
pub const POOL_DAY: Moment = 86_400_000;

/// Chain time, counted in days of a length that is fixed at genesis.
pub trait Calendar {
	/// Timestamp of the block being built or stood on, in milliseconds.
	fn now() -> Moment;
	/// Length of a day in milliseconds; never zero, never changes.
	fn day_length() -> Moment;

	/// The day that [`Calendar::now`] falls in.
	fn today() -> Day {
		Self::day_of(Self::now())
	}

	/// The day that `moment` falls in; saturates at [`Day::MAX`].
	fn day_of(moment: Moment) -> Day {
		let day = moment.checked_div(Self::day_length()).unwrap_or_default();
		Day::try_from(day).unwrap_or(Day::MAX)
	}

	/// First moment of `day`.
	fn start_of(day: Day) -> Moment {
		Moment::from(day).saturating_mul(Self::day_length())
	}

	/// Milliseconds of `hours` hours of chain time (a 24th of a day each).
	fn hours(hours: u32) -> Moment {
		let product = Self::day_length().saturating_mul(Moment::from(hours));
		product.checked_div(24).unwrap_or_default()
	}

	/// Now in *pool time*, seconds: chain time stretched so that a day has 86,400 s. In production
	/// the two are the same; on a chain with short days the simulated pools live in it, so that
	/// day `d` is the calendar day `d` after 1970-01-01 on both sides.
	fn pool_seconds() -> u64 {
		let scaled = u128::from(Self::now()).saturating_mul(u128::from(POOL_DAY));
		let ms = scaled.checked_div(u128::from(Self::day_length())).unwrap_or_default();
		u64::try_from(ms.checked_div(1_000).unwrap_or_default()).unwrap_or(u64::MAX)
	}
}
