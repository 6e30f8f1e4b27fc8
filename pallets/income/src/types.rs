//! What the ledger keeps, and the rules that need no storage.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use dmex_math::{DayIndex, Fine};
pub use dmex_primitives::rights::MAX_LIENS;
use dmex_primitives::{
	rights::{Days, Holder},
	AssetId, Balance, CoinAmount, Day, LotId, Power, TitleId, Units,
};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// Days of a page.
pub const PAGE_DAYS: u32 = 32;
/// A day closes at the latest so many days after it.
pub const CLOSING_DAYS: Day = 7;
/// A short day can be made up until so many days after it.
pub const MAKE_UP_DAYS: Day = 14;
/// A full day is final after so many days.
pub const FULL_FINAL_DAYS: Day = 7;
/// A short day is final after so many days.
pub const SHORT_FINAL_DAYS: Day = 60;
/// Least days of a lien.
pub const LEAST_LIEN_DAYS: Day = 7;
/// The payer visits a title once in so many days.
pub const PAYOUT_DAYS: Day = 7;
/// Days of arrival that are told apart; money that came later counts as of the last of them.
pub const MAX_ARRIVALS: u32 = 16;
/// Days that one visit of a lot closes.
pub const CLOSINGS_PER_VISIT: u32 = 4;
/// Short days that one visit of a lot declares over.
pub const LAPSES_PER_VISIT: u32 = 2;
/// Records that one visit of a lot steps over while it makes up or makes final.
pub const STEPS_PER_VISIT: u32 = 64;
/// Lots that a block visits.
pub const LOTS_PER_BLOCK: u32 = 8;
/// Awards that one payment of a title or pot takes in.
pub const AWARDS_PER_VISIT: u32 = 32;
/// Most days or titles that a view answers for.
pub const VIEW_LIMIT: u32 = 64;
/// A day owes at most so many smallest units, more than any coin has: sums of all days fit.
pub const MOST_DUE: CoinAmount = 1 << 115;
/// Power is exact in the sum of deficits up to here, and counts as this above it.
const MOST_DEFICIT: u128 = 1 << 115;

/// By what a day was scored.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Score {
	/// No units: nothing is due.
	Empty,
	/// The agreed closed day.
	Fact,
	/// The pool refuses: nothing was measured.
	Refused,
	/// No fact: what was remitted.
	Remitted,
	/// After the term, what vests.
	Vesting,
	/// The lot ended before the day: what it would have brought.
	Ended,
}

/// A closed day. Indices and sums are those before the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct DayRecord {
	/// Delivered a unit.
	pub index: Fine,
	/// Short a unit.
	pub short_index: Fine,
	/// Made up a unit; set when the make-up has reached the day.
	pub made_up_index: Fine,
	/// Lost a unit; set when the make-up has reached the day.
	pub lost_index: Fine,
	/// Coins lost; set when the make-up has reached the day.
	pub lost: CoinAmount,
	/// Issued less measured power.
	pub deficit: i128,
	/// Units whose day it was.
	pub units: Units,
	/// Owed.
	pub due: CoinAmount,
	/// Arrived when it closed.
	pub delivered: CoinAmount,
	/// Arrived later, in time.
	pub made_up: CoinAmount,
	/// Holders' part of what was mined, before vesting.
	pub earned: CoinAmount,
	/// Measured power, if anything was.
	pub measured: Option<Power>,
	/// By what it was scored.
	pub score: Score,
}

impl DayRecord {
	/// Owed and not arrived when it closed.
	pub fn short(&self) -> CoinAmount {
		self.due.saturating_sub(self.delivered)
	}

	/// Owed and not arrived at all.
	pub fn missing(&self) -> CoinAmount {
		self.short().saturating_sub(self.made_up)
	}
}

/// Thirty-two closed days.
pub type Page = BoundedVec<DayRecord, ConstU32<PAGE_DAYS>>;

/// Coins that arrived on a day and wait for dues.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Arrival {
	/// The day.
	pub day: Day,
	/// What is left.
	pub amount: CoinAmount,
}

/// What has flowed through a book. Only ever grows.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Flows {
	/// Arrived.
	pub arrived: CoinAmount,
	/// To days that closed.
	pub delivered: CoinAmount,
	/// To days that had closed short.
	pub made_up: CoinAmount,
	/// To the provider's part.
	pub to_provider: CoinAmount,
	/// Of it, paid to the provider.
	pub provider_paid: CoinAmount,
	/// Paid or owed to rights.
	pub paid: CoinAmount,
	/// Short when days closed.
	pub shorted: CoinAmount,
	/// Short when the time to make it up was over.
	pub lapsed: CoinAmount,
}

/// The book of a lot.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Book {
	/// The lot's coin.
	pub asset: AssetId,
	/// First day of the book; earlier ones had no units.
	pub start: Day,
	/// First day after the term.
	pub term_end: Day,
	/// First day after the last right: the term, and what vests after it.
	pub end: Day,
	/// First day that is not closed.
	pub closed_until: Day,
	/// First day that can still be made up.
	pub make_up_until: Day,
	/// First day of which nobody was told that its make-up is over.
	pub told_until: Day,
	/// First day that is not final.
	pub final_until: Day,
	/// Day on which the lot was seen to have ended early: it and later ones of the term close at once.
	pub ended: Option<Day>,
	/// Units of the last closed day.
	pub units: Units,
	/// Delivered a unit.
	pub delivered: DayIndex,
	/// Short a unit.
	pub short_index: Fine,
	/// Made up a unit.
	pub made_up: DayIndex,
	/// Lost a unit.
	pub lost_index: Fine,
	/// Coins lost.
	pub lost: CoinAmount,
	/// Issued less measured power, summed.
	pub deficit: i128,
	/// What vests a day of what was earned before.
	pub vesting: CoinAmount,
	/// Arrived and not used yet, oldest first.
	pub arrivals: BoundedVec<Arrival, ConstU32<MAX_ARRIVALS>>,
	/// The provider may take it.
	pub provider_part: CoinAmount,
	/// Short and can still be made up.
	pub debt: CoinAmount,
	/// Fractions of titles and pots that have ended.
	pub dropped: Fine,
	/// Awards granted.
	pub awards: u32,
	/// Days before this one had an award in the lot's coin.
	pub coin_awarded_until: Day,
	/// What has flowed.
	pub flows: Flows,
}

impl Book {
	/// Coins that wait for dues.
	pub fn cash(&self) -> CoinAmount {
		self.cash_before(Day::MAX)
	}

	/// Adds what arrived on `day`. `None` out of range.
	pub fn arrive(&mut self, day: Day, amount: CoinAmount) -> Option<()> {
		self.flows.arrived = self.flows.arrived.checked_add(amount)?;
		let full = self.arrivals.is_full();
		match self.arrivals.last_mut() {
			Some(last) if last.day >= day || full => {
				last.amount = last.amount.checked_add(amount)?;
				last.day = last.day.max(day);
				Some(())
			},
			_ => self.arrivals.try_push(Arrival { day, amount }).ok(),
		}
	}

	/// Takes up to `wanted` of what waits for the due of a day, and answers what it took. Newest
	/// first: what is left over of an older arrival is then known to be left over once its own day
	/// is closed, and is not held back for ever as the float of a daily payout.
	pub fn take_for_due(&mut self, wanted: CoinAmount) -> CoinAmount {
		let mut left = wanted;
		for arrival in self.arrivals.iter_mut().rev() {
			let part = arrival.amount.min(left);
			arrival.amount = arrival.amount.saturating_sub(part);
			left = left.saturating_sub(part);
		}
		self.arrivals.retain(|arrival| arrival.amount > 0);
		wanted.saturating_sub(left)
	}

	/// What arrived before `day` and waits.
	pub fn cash_before(&self, day: Day) -> CoinAmount {
		let waiting = self.arrivals.iter().filter(|arrival| arrival.day < day);
		waiting.fold(0, |sum, arrival| sum.saturating_add(arrival.amount))
	}

	/// Takes up to `wanted` of what waits, oldest first.
	pub fn take_oldest(&mut self, wanted: CoinAmount) {
		let mut left = wanted;
		for arrival in self.arrivals.iter_mut() {
			let part = arrival.amount.min(left);
			arrival.amount = arrival.amount.saturating_sub(part);
			left = left.saturating_sub(part);
		}
		self.arrivals.retain(|arrival| arrival.amount > 0);
	}

	/// The day from which the clocks of `day` run: its own. Of a lot that ended before its term the
	/// end, and of the days after the term, on which vests what was earned until then, as many days
	/// after the end.
	pub fn clock_of(&self, day: Day) -> Day {
		let after_term = day.saturating_sub(self.term_end);
		self.ended.map_or(day, |ended| day.min(ended.saturating_add(after_term)))
	}

	/// Whether a day was left of the term when the lot ended.
	pub fn is_cut(&self, day: Day) -> bool {
		day < self.term_end && self.ended.is_some_and(|ended| day >= ended)
	}

	/// Takes up to `wanted` of what arrived before `day`, and answers what it took.
	pub fn take_before(&mut self, day: Day, wanted: CoinAmount) -> CoinAmount {
		let part = wanted.min(self.cash_before(day));
		self.take_oldest(part);
		part
	}
}

/// How far a title or pot was paid.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Cursor {
	/// First day that is not paid.
	pub paid_until: Day,
	/// Where the index of what was made up stood.
	pub made_up: Fine,
	/// First award that is not paid.
	pub award: u32,
	/// Less than can be paid.
	pub carry: Fine,
}

/// Days of a title that are someone else's.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Lien<AccountId> {
	/// The days.
	pub days: Days,
	/// Whose they are.
	pub holder: AccountId,
	/// Who paid the storage deposit.
	pub payer: AccountId,
	/// The storage deposit.
	pub deposit: Balance,
}

/// Liens of a title, in the order of their days.
pub type Liens<AccountId> = BoundedVec<Lien<AccountId>, ConstU32<MAX_LIENS>>;

/// The book of a title.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct TitleBook<AccountId> {
	/// Its units.
	pub units: Units,
	/// First day whose income is its.
	pub first_day: Day,
	/// How far it was paid.
	pub cursor: Cursor,
	/// Paid to its owners in the lot's coin, parts of split titles by units; for what is shown.
	pub paid: CoinAmount,
	/// Days that are someone else's.
	pub liens: Liens<AccountId>,
}

impl<AccountId: Clone> TitleBook<AccountId> {
	/// Days that are the title's own, in order, up to `end`.
	pub fn own_days(&self, end: Day) -> Vec<Piece> {
		let mut pieces = Vec::new();
		let mut first = self.first_day;
		let units = self.units;
		for lien in &self.liens {
			let stop = lien.days.first.min(end);
			if first < stop {
				pieces.push(Piece { days: Days { first, end: stop }, units });
			}
			first = first.max(lien.days.end);
		}
		if first < end {
			pieces.push(Piece { days: Days { first, end }, units });
		}
		pieces
	}

	/// Who receives the income of a day.
	pub fn right_of(&self, day: Day) -> Holder<AccountId> {
		self.liens
			.iter()
			.find(|lien| lien.days.first <= day && day < lien.days.end)
			.map_or(Holder::Title, |lien| Holder::Lien(lien.holder.clone()))
	}

	/// Puts a lien in its place. `None` if there are too many.
	pub fn insert(&mut self, lien: Lien<AccountId>) -> Option<()> {
		let place = self.liens.iter().filter(|old| old.days.first < lien.days.first).count();
		self.liens.try_insert(place, lien).ok()
	}
}

/// Days with the same units.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
	/// The days.
	pub days: Days,
	/// The units.
	pub units: Units,
}

/// The liens of one holder in a series, together.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Pot {
	/// How far it was paid.
	pub cursor: Cursor,
	/// Day from which changes of its units are kept.
	pub base: Day,
	/// Its units before that day.
	pub units: Units,
	/// First day after its last lien.
	pub last: Day,
	/// Paid in the lot's coin, for what is shown.
	pub paid: CoinAmount,
	/// Day of the last draw.
	pub drawn_on: Day,
}

/// How the units of a pot change on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Change {
	/// The day.
	pub day: Day,
	/// Units of liens that begin.
	pub begin: Units,
	/// Units of liens that are over.
	pub over: Units,
}

/// Changes of a pot's units in thirty-two days.
pub type Changes = BoundedVec<Change, ConstU32<PAGE_DAYS>>;

/// Money for lost days.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Award {
	/// What is awarded.
	pub asset: AssetId,
	/// For the losses of these days.
	pub days: Days,
	/// How much.
	pub amount: Balance,
	/// What all together lost in these days.
	pub lost: CoinAmount,
	/// First day that was not final when it was granted.
	pub final_until: Day,
}

/// What has flowed through the awards of a lot in an asset. Only ever grows.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct AwardFlows {
	/// Granted.
	pub granted: Balance,
	/// Paid or owed to rights.
	pub paid: Balance,
}

/// Where the payer is.
#[derive(Clone, Default, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Round {
	/// Day on which the round began.
	pub began: Day,
	/// Title visited last; `None` when the round is over.
	pub after: Option<(LotId, TitleId)>,
	/// Whether the round is under way.
	pub running: bool,
}

/// Power as it is counted in the sum of deficits.
pub fn counted(power: Power) -> i128 {
	i128::try_from(power.min(MOST_DEFICIT)).unwrap_or(i128::MAX)
}

/// Least that the payer pays by itself: 10⁻⁵ coin.
pub fn least_payout(decimals: u8) -> CoinAmount {
	10u128.checked_pow(u32::from(decimals).saturating_sub(5)).unwrap_or(CoinAmount::MAX)
}

/// Page and place in it of a day of a book that begins with `start`.
pub fn place(start: Day, day: Day) -> Option<(u32, usize)> {
	let offset = day.checked_sub(start)?;
	let slot = usize::try_from(offset.checked_rem(PAGE_DAYS)?).ok()?;
	Some((offset.checked_div(PAGE_DAYS)?, slot))
}

/// Days that both have; `None` if there are none.
pub fn overlap(a: Days, b: Days) -> Option<Days> {
	let both = Days { first: a.first.max(b.first), end: a.end.min(b.end) };
	(both.first < both.end).then_some(both)
}

/// A day as the holder checks it. Amounts are the lot's coin; of a title or pot its part, rounded
/// down.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct DayView<AccountId> {
	/// The day.
	pub day: Day,
	/// Who receives it; `None` for a lot.
	pub right: Option<Holder<AccountId>>,
	/// Units promised.
	pub units: Units,
	/// What so many units earn at the network's yield of the day, before fees.
	pub network: Option<CoinAmount>,
	/// Power measured, of the whole account.
	pub measured: Option<Power>,
	/// The rest is known once the day is closed.
	pub closed: Option<ClosedView>,
}

/// A closed day as the holder checks it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct ClosedView {
	/// Owed.
	pub due: CoinAmount,
	/// Arrived when it closed.
	pub delivered: CoinAmount,
	/// Owed and not arrived when it closed.
	pub short: CoinAmount,
	/// Of it, made up since.
	pub made_up: CoinAmount,
	/// What its newest 64 awards gave it, by asset.
	pub awarded: Vec<(AssetId, Balance)>,
	/// By what it was scored.
	pub score: Score,
	/// Whether nothing about it can change.
	pub is_final: bool,
}

/// What a title or pot received and will receive.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct IncomeView {
	/// Asset of the lot's coin.
	pub asset: AssetId,
	/// Units.
	pub units: Units,
	/// Paid in the lot's coin.
	pub paid: CoinAmount,
	/// To be paid now, by asset; the lot's coin comes first.
	pub unpaid: Vec<(AssetId, Balance)>,
	/// First day that is not paid.
	pub paid_until: Day,
	/// Earliest day on which the payer comes by again.
	pub next_payout: Day,
	/// Least that it pays then.
	pub least_payout: CoinAmount,
}
