//! How much may pass a gate between chains, and what power the coins that arrived imply.

use primitive_types::{U256, U512};

/// Parts of a whole, for per cent values.
const MILLION: u32 = 1_000_000;

/// A rate limit: what was spent drains evenly, `per_day` in a day. Not more than `per_day` is
/// outstanding, so that at most twice as much passes in any day. An amount above `per_day` passes
/// when nothing is outstanding, and what follows waits until it has drained: nothing is too big
/// for ever, and the mean rate holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Meter {
	/// Spent and not drained yet.
	pub spent: u128,
	/// Moment up to which it has drained.
	pub at: u64,
}

impl Meter {
	/// The meter at a later moment. Draining is rounded down, and the time that was rounded away is
	/// kept for the next call, so looking often changes nothing.
	pub fn drained(self, now: u64, per_day: u128, day_length: u64) -> Meter {
		let elapsed = now.saturating_sub(self.at);
		let drained = U256::from(per_day)
			.saturating_mul(elapsed.into())
			.checked_div(day_length.into())
			.unwrap_or_default();
		if drained >= self.spent.into() {
			return Meter { spent: 0, at: self.at.max(now) };
		}
		let drained = u128::try_from(drained).unwrap_or_default();
		let took = time_for(drained, per_day, day_length).unwrap_or_default().min(elapsed);
		Meter { spent: self.spent.saturating_sub(drained), at: self.at.saturating_add(took) }
	}

	/// The meter after `amount` has passed at `now`; `None` if it must wait.
	pub fn pass(self, amount: u128, now: u64, per_day: u128, day_length: u64) -> Option<Meter> {
		let meter = self.drained(now, per_day, day_length);
		let spent = meter.spent.checked_add(amount)?;
		let fits = spent <= per_day || (meter.spent == 0 && per_day > 0);
		fits.then_some(Meter { spent, ..meter })
	}

	/// Milliseconds from `now` until `amount` would pass if nothing else did, rounded up; `None` if
	/// nothing ever passes.
	pub fn wait(self, amount: u128, now: u64, per_day: u128, day_length: u64) -> Option<u64> {
		let meter = self.drained(now, per_day, day_length);
		let room = per_day.saturating_sub(amount);
		let end = time_for(meter.spent.saturating_sub(room), per_day, day_length)?;
		Some(meter.at.saturating_add(end).saturating_sub(now))
	}
}

/// Milliseconds in which `amount` drains, rounded up; `None` if it never does.
fn time_for(amount: u128, per_day: u128, day_length: u64) -> Option<u64> {
	let product = U256::from(amount).checked_mul(day_length.into())?;
	let (whole, rest) =
		(!U256::from(per_day).is_zero()).then(|| product.div_mod(per_day.into()))?;
	let up = whole.saturating_add(U256::from(u8::from(!rest.is_zero())));
	Some(u64::try_from(up).unwrap_or(u64::MAX))
}

/// What stands behind coins issued on a promise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Backing {
	/// Bonds, smallest units of the bonded asset.
	pub bonds: u128,
	/// Issued value allowed for each unit of bonded value.
	pub multiple: u32,
	/// Part of the bonds that stands behind this coin, millionths.
	pub share: u32,
}

/// Supply of a coin, smallest units, that is worth `multiple` times the share of the bonds:
/// `bonds · multiple · share · bond_price · 10^coin_decimals / (coin_price · 10^bond_decimals)`,
/// rounded down. A price of zero backs nothing; more than fits is [`u128::MAX`].
pub fn backed_supply(
	backing: Backing,
	(bond_price, bond_decimals): (u128, u8),
	(coin_price, coin_decimals): (u128, u8),
) -> u128 {
	let power = |decimals: u8| U512::from(10).checked_pow(decimals.into());
	let supply = || {
		let value = U512::from(backing.bonds)
			.checked_mul(backing.multiple.into())?
			.checked_mul(backing.share.min(MILLION).into())?
			.checked_mul(bond_price.into())?
			.checked_mul(power(coin_decimals)?)?;
		let unit = U512::from(coin_price)
			.checked_mul(power(bond_decimals)?)?
			.checked_mul(MILLION.into())?;
		(!unit.is_zero()).then(|| value.checked_div(unit))?
	};
	supply().map_or(0, |supply| u128::try_from(supply).unwrap_or(u128::MAX))
}

/// Power that `covered` coins imply when `reference` power was expected to bring `expected` coins
/// before the pool's fee of `fee` millionths: `covered · reference / (expected · (1 − fee))`,
/// rounded down.
///
/// `expected` must be an upper bound (a yield that was rounded down, plus one for each day), so
/// that rounding never raises power. Where nothing was to be expected, nothing is implied.
pub fn implied_power(covered: u128, reference: u128, expected: u128, fee: u32) -> u128 {
	let kept = MILLION.saturating_sub(fee);
	let net = U512::from(expected).saturating_mul(kept.into());
	U512::from(covered)
		.saturating_mul(reference.into())
		.saturating_mul(MILLION.into())
		.checked_div(net)
		.map_or(0, |power| u128::try_from(power).unwrap_or(u128::MAX))
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	const DAY: u64 = 86_400_000;

	#[test]
	fn a_day_drains_a_days_amount() {
		let meter = Meter { spent: 1_000, at: 0 };
		assert_eq!(meter.drained(DAY / 2, 1_000, DAY), Meter { spent: 500, at: DAY / 2 });
		assert_eq!(meter.drained(DAY, 1_000, DAY), Meter { spent: 0, at: DAY });
		// 86,400 ms bring one; 100 ms more are kept for the next time.
		assert_eq!(meter.drained(86_500, 1_000, DAY), Meter { spent: 999, at: 86_400 });
	}

	#[test]
	fn what_does_not_fit_waits_and_what_never_fits_goes_alone() {
		let meter = Meter { spent: 900, at: 0 };
		assert_eq!(meter.pass(100, 0, 1_000, DAY), Some(Meter { spent: 1_000, at: 0 }));
		assert_eq!(meter.pass(101, 0, 1_000, DAY), None);
		assert_eq!(meter.wait(101, 0, 1_000, DAY), Some(86_400));
		assert_eq!(meter.wait(100, 0, 1_000, DAY), Some(0));
		assert_eq!(
			Meter::default().pass(5_000, 0, 1_000, DAY),
			Some(Meter { spent: 5_000, at: 0 })
		);
		assert_eq!(Meter { spent: 1, at: 0 }.pass(5_000, 0, 1_000, DAY), None);
		assert_eq!(Meter { spent: 1, at: 0 }.wait(5_000, 0, 1_000, DAY), Some(86_400));
		// A rate of zero lets nothing through, ever.
		assert_eq!(Meter::default().pass(1, DAY, 0, DAY), None);
		assert_eq!(Meter { spent: 1, at: 0 }.wait(1, 0, 0, DAY), None);
		assert_eq!(Meter::default().pass(u128::MAX, DAY, u128::MAX, DAY).unwrap().spent, u128::MAX);
	}

	#[test]
	fn bonds_back_a_multiple_of_their_value() {
		// Bonds of 1,000,000 dollars, twice, half of it for bitcoin at 100,000 dollars: 10 coins.
		let one = 1_000_000_000_000u128;
		let backing = Backing { bonds: 1_000_000_000_000, multiple: 2, share: 500_000 };
		let supply = backed_supply(backing, (one, 6), (100_000 * one, 8));
		assert_eq!(supply, 1_000_000_000);
		// A bond that is worth nine tenths backs nine tenths.
		assert_eq!(backed_supply(backing, (one / 10 * 9, 6), (100_000 * one, 8)), 900_000_000);
		assert_eq!(backed_supply(backing, (one, 6), (0, 8)), 0);
		assert_eq!(backed_supply(backing, (one, 6), (u128::MAX, 8)), 0);
	}

	#[test]
	fn coins_imply_the_power_that_would_have_brought_them() {
		// 1,000 units bring 500 a day, of which the pool keeps 2 %: 490 imply them all.
		assert_eq!(implied_power(490, 1_000, 500, 20_000), 1_000);
		assert_eq!(implied_power(489, 1_000, 500, 20_000), 997);
		assert_eq!(implied_power(0, 1_000, 500, 20_000), 0);
		assert_eq!(implied_power(490, 1_000, 0, 20_000), 0);
		assert_eq!(implied_power(490, 1_000, 500, MILLION), 0);
		assert_eq!(implied_power(u128::MAX, u128::MAX, 1, 0), u128::MAX);
	}

	proptest! {
		/// However often one looks, what has drained differs by less than one unit.
		#[test]
		fn looking_often_changes_nothing(
			spent in 0u128..1_000_000,
			per_day in 1u128..1_000_000,
			looks in prop::collection::vec(1u64..10_000_000, 1..20),
		) {
			let start = Meter { spent, at: 0 };
			let mut now = 0;
			let mut often = start;
			for look in looks {
				now += look;
				often = often.drained(now, per_day, DAY);
			}
			let once = start.drained(now, per_day, DAY);
			prop_assert!(often.spent >= once.spent && often.spent - once.spent <= 1);
		}

		/// Never more than twice the daily amount in a day, with amounts that fit.
		#[test]
		fn at_most_twice_the_rate_passes_in_a_day(
			amounts in prop::collection::vec((1u128..400, 0u64..10_000_000), 1..60),
		) {
			let per_day = 1_000u128;
			let (mut meter, mut now, mut passed) = (Meter::default(), 0, vec![]);
			for (amount, later) in amounts {
				now += later;
				if let Some(after) = meter.pass(amount, now, per_day, DAY) {
					meter = after;
					passed.push((now, amount));
				} else {
					let wait = meter.wait(amount, now, per_day, DAY).unwrap();
					prop_assert!(wait > 0);
					prop_assert!(meter.pass(amount, now + wait, per_day, DAY).is_some());
				}
			}
			for (from, _) in &passed {
				let window = passed.iter().filter(|(at, _)| at >= from && *at < from + DAY);
				prop_assert!(window.map(|(_, amount)| amount).sum::<u128>() <= 2 * per_day);
			}
		}

		/// With an upper bound for what was expected, honest coins never imply more than their power.
		#[test]
		fn rounding_never_raises_power(
			power in 1u128..1_000_000,
			rate in 1u128..1_000_000_000,
			fee in 0u32..500_000,
			scale in 1u128..10_000,
		) {
			// True yield: power · rate / 10⁶, of which the pool credits the floor less its fee.
			let million = u128::from(MILLION);
			let credited = power * rate * u128::from(MILLION - fee) / million / million;
			let reference = power * scale;
			let expected = reference * rate / million + 1;
			prop_assert!(implied_power(credited, reference, expected, fee) <= power);
		}
	}
}
