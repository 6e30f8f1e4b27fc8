//! What is kept of stakes and budgets, and the rules that need no storage.

use codec::{Decode, Encode, MaxEncodedLen};
use dmex_primitives::{Balance, CoinId, Day, LotId, TitleId, Units};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// A stake. Never used twice.
pub type StakeId = u64;

/// Most coins whose power earns.
pub const MAX_COINS: u32 = 16;
/// Largest weight of a coin's unit.
pub const MAX_WEIGHT: u32 = 1_000_000;
/// Most units of a coin staked at once: with [`MAX_WEIGHT`] and [`MAX_COINS`], the sum of all
/// weighted stakes fits 128 bits.
pub const MAX_STAKED: Units = 1 << 90;
/// Days after which what is left of a day's budget goes back, closed or not. Books of a day close
/// at most seven days after it.
pub const KEEP_DAYS: Day = 16;
/// Most days that are opened at once; the rest follow in the next blocks.
pub const DAYS_AT_ONCE: Day = 32;
/// Most changes of a lot's staked units that are remembered: one for each day that can still be
/// paid, for today and for tomorrow, and the one before.
pub const MAX_STEPS: u32 = KEEP_DAYS + 4;
/// Most stakes of one claim.
pub const MAX_CLAIMS: u32 = 16;
/// Most stakes of one answer of `stakes_of`.
pub const PAGE: usize = 64;

/// Stakes of one claim.
pub type StakeIds = BoundedVec<StakeId, ConstU32<MAX_CLAIMS>>;
/// Reward of one unit of each coin in a day, 10⁻¹² of the smallest unit of DMEX.
pub type Rates = BoundedVec<(CoinId, u128), ConstU32<MAX_COINS>>;
/// Units of each coin.
pub type UnitsByCoin = BoundedVec<(CoinId, Units), ConstU32<MAX_COINS>>;
/// Coins whose power earns.
pub type CoinStakes = BoundedVec<CoinStake, ConstU32<MAX_COINS>>;

/// A coin whose power earns, or earned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct CoinStake {
	/// The coin.
	pub coin: CoinId,
	/// What a unit of it counts, against units of other coins. Zero: it earns nothing.
	pub weight: u32,
	/// Units staked, of lots that have not ended: what counts on the next day to be opened, less
	/// what ends there.
	pub units: Units,
}

/// The books, in the smallest unit of DMEX. Always
/// `funded == budget + reserved + owed + paid`; `funded` and `paid` only grow.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Books {
	/// Ever taken in.
	pub funded: Balance,
	/// Ever paid to stakers.
	pub paid: Balance,
	/// For days to come.
	pub budget: Balance,
	/// Set aside for days that are open.
	pub reserved: Balance,
	/// Earned and not claimed.
	pub owed: Balance,
}

/// What is set aside for a day.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct DayBudget {
	/// Not yet earned and not yet given back.
	pub left: Balance,
	/// What a unit of each coin may earn.
	pub rates: Rates,
}

impl DayBudget {
	/// What a unit of the coin may earn on the day.
	pub fn rate_of(&self, coin: CoinId) -> u128 {
		self.rates.iter().find(|(of, _)| *of == coin).map(|(_, rate)| *rate).unwrap_or_default()
	}
}

/// Stakes of a lot.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct LotStake {
	/// Coin of the lot.
	pub coin: CoinId,
	/// First day on which nothing of it is staked any more: the day after its last, or the day on
	/// which its end was noticed.
	pub ends: Day,
	/// First day whose books are not closed.
	pub closed: Day,
	/// What one unit has earned so far, 10⁻¹².
	pub index: u128,
	/// Part of `owed` that no unit has yet, 10⁻¹².
	pub carry: u128,
	/// Earned by the lot's stakes and not claimed.
	pub owed: Balance,
	/// Stakes, those included that have ended and are not settled.
	pub stakes: u32,
	/// Units staked by day.
	pub steps: Steps,
}

impl LotStake {
	/// Whether all days before `day` that can earn anything are closed. The last closing of a lot
	/// is that of its last day: what ends later waits for no other.
	pub fn is_past(&self, day: Day) -> bool {
		self.closed >= day.min(self.ends)
	}
}

/// A step function of days: units from each day on, until the next step. Days ascend.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Steps(pub BoundedVec<(Day, Units), ConstU32<MAX_STEPS>>);

impl Steps {
	/// Units on a day.
	pub fn on(&self, day: Day) -> Units {
		let step = self.0.iter().rev().find(|(first, _)| *first <= day);
		step.map(|(_, units)| *units).unwrap_or_default()
	}

	/// Units after the last step.
	pub fn last(&self) -> Units {
		self.0.last().map(|(_, units)| *units).unwrap_or_default()
	}

	/// Changes the units from `day` on. `None`, and nothing is changed, if one of them cannot be
	/// changed so or there are too many steps.
	pub fn change(&mut self, day: Day, change: impl Fn(Units) -> Option<Units>) -> Option<()> {
		let mut steps = self.0.clone();
		let place = steps.partition_point(|(first, _)| *first < day);
		if steps.get(place).is_none_or(|(first, _)| *first != day) {
			steps.try_insert(place, (day, self.on(day))).ok()?;
		}
		for (_, units) in steps.iter_mut().skip(place) {
			*units = change(*units)?;
		}
		self.0 = steps;
		Some(())
	}

	/// Forgets what was before `day`.
	pub fn forget_before(&mut self, day: Day) {
		let place = self.0.partition_point(|(first, _)| *first <= day);
		let keep = place.saturating_sub(1);
		let kept = self.0.iter().skip(keep).copied().collect();
		self.0 = BoundedVec::truncate_from(kept);
	}
}

/// The index of a lot at the beginning of a day, for those whose stake begins or ends there.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Mark {
	/// Stakes that still need it.
	pub needed: u32,
	/// The index, once all days before are closed.
	pub index: Option<u128>,
}

/// A title that is or was staked.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Stake<AccountId> {
	/// Who staked it, paid the deposit and earns.
	pub who: AccountId,
	/// Its lot.
	pub lot: LotId,
	/// The title.
	pub title: TitleId,
	/// Units of it.
	pub units: Units,
	/// First day that counts.
	pub from: Day,
	/// First day that does not count any more; `None` while it is staked.
	pub until: Option<Day>,
	/// The lot's index up to which it is paid; `None` until the books of the days before `from` are
	/// closed and something was claimed.
	pub paid_to: Option<u128>,
	/// Paid so far.
	pub paid: Balance,
	/// On hold for the record.
	pub deposit: Balance,
}

/// A stake as people read it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct StakeView<AccountId> {
	/// The record.
	pub stake: Stake<AccountId>,
	/// Could be claimed now.
	pub claimable: Balance,
	/// Paid and claimable.
	pub earned: Balance,
	/// Of the next day, if stakes, weights and budget stay as they are and all is delivered.
	pub expected_per_day: Balance,
}

/// What staking a title would come to.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct StakeQuote {
	/// First day that would count.
	pub from: Day,
	/// Units that would be staked.
	pub units: Units,
	/// What would be put on hold.
	pub deposit: Balance,
	/// Of a day, if stakes, weights and budget stay as they are and all is delivered.
	pub expected_per_day: Balance,
}

/// What is in the pot and how it is spent, as people read it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct Overview {
	/// The books.
	pub books: Books,
	/// Most that a day spends.
	pub daily_budget: Balance,
	/// The newest day that has begun.
	pub opened: Day,
	/// Coins whose power earns.
	pub coins: CoinStakes,
}

/// Whether a daily budget may follow another: at most doubled or halved by one change; below
/// `small`, where little is at stake, freely.
pub fn may_follow(now: Balance, next: Balance, small: Balance) -> bool {
	let most = now.saturating_mul(2).max(small);
	let least = if now <= small { 0 } else { now.div_ceil(2) };
	(least..=most).contains(&next)
}

/// Whether a weight may follow another: at most doubled or halved by one change. A coin is added
/// with any weight and taken out at once.
pub fn may_weigh(now: u32, next: u32) -> bool {
	let step = now.div_ceil(2)..=now.saturating_mul(2);
	now == 0 || next == 0 || step.contains(&next)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn steps(of: &[(Day, Units)]) -> Steps {
		Steps(BoundedVec::truncate_from(of.to_vec()))
	}

	#[test]
	fn steps_answer_for_any_day() {
		let steps = steps(&[(5, 10), (8, 30)]);
		assert_eq!([4, 5, 7, 8, 99].map(|day| steps.on(day)), [0, 10, 10, 30, 30]);
		assert_eq!((steps.last(), Steps::default().last()), (30, 0));
	}

	#[test]
	fn a_change_holds_from_its_day_on() {
		let mut changed = steps(&[(5, 10), (8, 30)]);
		changed.change(7, |units| units.checked_sub(4)).unwrap();
		assert_eq!(changed, steps(&[(5, 10), (7, 6), (8, 26)]));
		changed.change(7, |units| units.checked_add(1)).unwrap();
		assert_eq!(changed, steps(&[(5, 10), (7, 7), (8, 27)]));
		assert_eq!(changed.change(5, |units| units.checked_sub(8)), None);
		assert_eq!(changed, steps(&[(5, 10), (7, 7), (8, 27)]));
	}

	#[test]
	fn there_is_a_bound_for_steps() {
		let mut full = Steps::default();
		for day in 0..MAX_STEPS {
			full.change(day, |units| units.checked_add(1)).unwrap();
		}
		let before = full.clone();
		assert_eq!(full.change(99, |units| units.checked_add(1)), None);
		assert_eq!(full, before);
		assert_eq!(full.change(3, |units| units.checked_add(1)), Some(()));
	}

	#[test]
	fn what_is_forgotten_is_before_the_day() {
		for (day, left) in [
			(4, &[(5, 10), (8, 30)][..]),
			(5, &[(5, 10), (8, 30)]),
			(7, &[(5, 10), (8, 30)]),
			(8, &[(8, 30)]),
			(99, &[(8, 30)]),
		] {
			let mut cut = steps(&[(5, 10), (8, 30)]);
			cut.forget_before(day);
			assert_eq!(cut, steps(left), "{day}");
		}
		let mut none = Steps::default();
		none.forget_before(9);
		assert_eq!(none, Steps::default());
	}

	#[test]
	fn a_budget_at_most_doubles_or_halves_where_much_is_at_stake() {
		for (now, next, may) in [
			(0, 10, true),
			(0, 11, false),
			(10, 0, true),
			(10, 20, true),
			(10, 21, false),
			(11, 5, false),
			(11, 6, true),
			(11, 0, false),
			(100, 100, true),
			(Balance::MAX, Balance::MAX, true),
		] {
			assert_eq!(may_follow(now, next, 10), may, "{now} {next}");
		}
	}

	#[test]
	fn a_weight_at_most_doubles_or_halves() {
		for (now, next, may) in [
			(0, 7, true),
			(7, 0, true),
			(7, 14, true),
			(7, 15, false),
			(7, 4, true),
			(7, 3, false),
			(u32::MAX, u32::MAX, true),
		] {
			assert_eq!(may_weigh(now, next), may, "{now} {next}");
		}
	}
}
