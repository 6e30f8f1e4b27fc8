//! Lots and the ledger of days, played by small books that live in state, so that a call that fails
//! leaves nothing behind in them.

use super::*;
use codec::{Decode, Encode};
use dmex_primitives::{
	lots::Issue,
	rights::{Awards, DayBooks, Days, Holder, OnDayClosed, OnMakeUpOver, Rights},
	titles::{Title, TitleHooks},
	trust::Exposure,
	CoinAmount, PoolAccountId,
};
use frame_support::{
	ensure,
	storage::{unhashed, with_storage_layer},
	traits::{fungibles::Mutate, tokens::Preservation},
};
use sp_core::H256;
use sp_runtime::DispatchError;

/// Books of what is played, in state.
pub mod store {
	use super::*;

	fn key<K: Encode>(map: &str, key: K) -> Vec<u8> {
		(map, key).encode()
	}
	pub fn get<V: Decode>(map: &str, k: impl Encode) -> Option<V> {
		unhashed::get(&key(map, k))
	}
	pub fn put<V: Encode>(map: &str, k: impl Encode, value: V) {
		unhashed::put(&key(map, k), &value)
	}
}

/// Plays the calendar, the lots, the issue, the ledger of days and the bound of upfront money.
pub struct Played;

pub const HOUR: Moment = 1_000;

impl Calendar for Played {
	fn now() -> Moment {
		Now::get()
	}
	fn day_length() -> Moment {
		24 * HOUR
	}
}

pub fn today() -> Day {
	Played::today()
}

/// Lets time pass to the beginning of a day.
pub fn to_day(day: Day) {
	Now::set(Played::start_of(day));
}

pub fn pass_hours(hours: u32) {
	Now::mutate(|now| *now += Played::hours(hours));
}

impl Lots<AccountId> for Played {
	fn lot(id: LotId) -> Option<LotInfo<AccountId>> {
		store::get("lot", id)
	}
	fn lot_of_account(_: PoolAccountId) -> Option<LotId> {
		None
	}
}

pub fn change_lot(id: LotId, change: impl FnOnce(&mut LotInfo<AccountId>)) {
	let mut lot = Played::lot(id).unwrap();
	change(&mut lot);
	store::put("lot", id, lot);
}

pub fn set_status(id: LotId, status: LotStatus) {
	change_lot(id, |lot| lot.status = status);
}

impl Issue<AccountId> for Played {
	fn issue_to(id: LotId, units: Units, buyer: &AccountId) -> Result<TitleId, DispatchError> {
		with_storage_layer(|| {
			let mut lot = Played::lot(id).ok_or("UnknownLot")?;
			ensure!(lot.status == LotStatus::Active, "LotNotActive");
			lot.issued = lot.issued.checked_add(units).ok_or("AuditedPowerExceeded")?;
			ensure!(lot.issued <= lot.audited, "AuditedPowerExceeded");
			let first_day = (today() + 1).max(lot.first_day);
			store::put("lot", id, lot);
			Titles::issue(id, buyer, units, first_day)
		})
	}
}

/// A day of the played ledger.
#[derive(Clone, Copy, Debug, Encode, Decode)]
pub struct Record {
	pub due: CoinAmount,
	pub delivered: CoinAmount,
	pub made_up: CoinAmount,
	pub units: Units,
}

type Liens = Vec<(Days, AccountId)>;

fn record(lot: LotId, day: Day) -> Option<Record> {
	store::get("day", (lot, day))
}

fn liens(series: SeriesId, title: TitleId) -> Liens {
	store::get("liens", (series, title)).unwrap_or_default()
}

fn put_liens(series: SeriesId, title: TitleId, mut all: Liens) {
	all.sort_by_key(|(days, _)| days.first);
	store::put("liens", (series, title), all);
}

impl DayBooks for Played {
	fn due(lot: LotId, day: Day) -> Option<CoinAmount> {
		record(lot, day).map(|record| record.due)
	}
	fn delivered(lot: LotId, day: Day) -> Option<CoinAmount> {
		record(lot, day).map(|record| record.delivered)
	}
	fn short(lot: LotId, day: Day) -> Option<CoinAmount> {
		record(lot, day).map(|record| record.due - record.delivered)
	}
	fn made_up(lot: LotId, day: Day) -> Option<CoinAmount> {
		record(lot, day).map(|record| record.made_up)
	}
	fn worked(lot: LotId, day: Day) -> Option<(CoinAmount, CoinAmount)> {
		let of_all = record(lot, day).map(|record| (record.delivered, record.due));
		store::get("worked", (lot, day)).or(of_all)
	}
	fn ends_on(lot: LotId) -> Option<Day> {
		store::get("ends", lot)
	}
	fn units(lot: LotId, day: Day) -> Option<Units> {
		record(lot, day).map(|record| record.units)
	}
	fn closed_until(lot: LotId) -> Day {
		store::get("closed", lot).unwrap_or(FIRST_DAY)
	}
	fn final_until(lot: LotId) -> Day {
		store::get("final", lot).unwrap_or(FIRST_DAY)
	}
}

/// Closes the next day of a lot, which owed and brought so much.
pub fn close_day(lot: LotId, due: CoinAmount, delivered: CoinAmount) -> Day {
	let day = Played::closed_until(lot);
	let units = Titles::issued(lot);
	store::put("day", (lot, day), Record { due, delivered, made_up: 0, units });
	store::put("closed", lot, day + 1);
	Market::on_day_closed(lot, day);
	day
}

/// The time to make a day up is over; so much was made up.
pub fn end_make_up(lot: LotId, day: Day, made_up: CoinAmount) {
	let mut record = record(lot, day).unwrap();
	record.made_up = made_up;
	store::put("day", (lot, day), record);
	Market::on_make_up_over(lot, day);
}

/// All days before `day` are final.
pub fn make_final(lot: LotId, day: Day) {
	store::put("final", lot, day);
}

/// Coins that an account was paid, times a million.
pub fn income(who: &AccountId) -> u128 {
	store::get("income", who).unwrap_or(0)
}

fn is_short(lot: LotId, day: Day) -> bool {
	Played::short(lot, day).unwrap_or(0) > 0
}

impl Rights<AccountId> for Played {
	fn assign(series: SeriesId, title: TitleId, days: Days, holder: &AccountId) -> DispatchResult {
		let (_, held) = Titles::title(series, title).ok_or("UnknownTitle")?;
		ensure!(held.locked_by.is_none(), "TitleLocked");
		ensure!(days.first > today() && days.first >= held.first_day, "DaysInThePast");
		ensure!(days.end >= days.first + 7, "TooFewDays");
		let end = Played::lot(series).map_or(Day::MAX, |lot| lot.last_day + 1);
		ensure!(days.end <= end, "OutsideTerm");
		let mut all = liens(series, title);
		let free = all.iter().all(|(other, _)| days.end <= other.first || other.end <= days.first);
		ensure!(free, "DaysNotFree");
		ensure!(all.len() < 16, "TooManyLiens");
		all.push((days, holder.clone()));
		put_liens(series, title, all);
		Ok(())
	}
	fn shorten(series: SeriesId, title: TitleId, holder: &AccountId, end: Day) -> DispatchResult {
		ensure!(end >= Self::closed_until(series), "DaysInThePast");
		let mut all = liens(series, title);
		let lien = all
			.iter_mut()
			.find(|(days, who)| who == holder && (days.first..days.end).contains(&end))
			.ok_or("UnknownLien")?;
		lien.0.end = end;
		all.retain(|(days, _)| days.first < days.end);
		put_liens(series, title, all);
		Ok(())
	}
	fn right_of(series: SeriesId, title: TitleId, day: Day) -> Holder<AccountId> {
		let lien = liens(series, title)
			.into_iter()
			.find(|(days, _)| (days.first..days.end).contains(&day));
		lien.map_or(Holder::Title, |(_, who)| Holder::Lien(who))
	}
	fn settle(series: SeriesId, title: TitleId) {
		let Some((owner, held)) = Titles::title(series, title) else { return };
		for day in Self::paid_until(series, title)..Self::closed_until(series) {
			let who = match Self::right_of(series, title, day) {
				Holder::Title => owner.clone(),
				Holder::Lien(who) => who,
			};
			let record = record(series, day).unwrap();
			let part = record.delivered * 1_000_000 * held.units / record.units.max(1);
			store::put("income", &who, income(&who) + part);
		}
		let until = Self::closed_until(series).max(held.first_day);
		store::put("paid", (series, title), until);
	}
	fn keep_short(series: SeriesId, title: TitleId, who: &AccountId) -> DispatchResult {
		let (_, held) = Titles::title(series, title).ok_or("UnknownTitle")?;
		let mut all = liens(series, title);
		for day in Self::final_until(series).max(held.first_day)..Self::closed_until(series) {
			if is_short(series, day) && Self::right_of(series, title, day) == Holder::Title {
				ensure!(all.len() < 16, "TooManyLiens");
				all.push((Days { first: day, end: day + 1 }, who.clone()));
			}
		}
		put_liens(series, title, all);
		Ok(())
	}
	fn is_clean(series: SeriesId, title: TitleId) -> bool {
		let Some((_, held)) = Titles::title(series, title) else { return false };
		let last_final = Self::final_until(series);
		let free = liens(series, title).iter().all(|(days, _)| days.end <= last_final);
		let mut days = last_final.max(held.first_day)..Self::closed_until(series);
		free && !days.any(|day| is_short(series, day))
	}
	fn paid_until(series: SeriesId, title: TitleId) -> Day {
		store::get("paid", (series, title)).unwrap_or_default()
	}
	fn liens_hash(series: SeriesId, title: TitleId) -> H256 {
		sp_io::hashing::blake2_256(&liens(series, title).encode()).into()
	}
	fn pots(series: SeriesId, title: TitleId) -> u32 {
		liens(series, title).len() as u32
	}
}

impl TitleHooks<AccountId> for Played {
	fn on_issue(series: SeriesId, title: TitleId, _: &AccountId, of: &Title) {
		store::put("paid", (series, title), of.first_day);
	}
	fn can_split(_: SeriesId, _: TitleId, _: &[Units]) -> DispatchResult {
		Ok(())
	}
	fn on_split(series: SeriesId, parent: TitleId, parts: &[(TitleId, Units)]) {
		for (title, _) in parts {
			store::put("paid", (series, title), Self::paid_until(series, parent));
			put_liens(series, *title, liens(series, parent));
		}
	}
	fn can_merge(series: SeriesId, titles: &[TitleId]) -> DispatchResult {
		let first = liens(series, titles[0]);
		ensure!(titles.iter().all(|title| liens(series, *title) == first), "RightsDiffer");
		Ok(())
	}
	fn on_merge(series: SeriesId, titles: &[TitleId], merged: TitleId) {
		let paid = titles.iter().map(|title| Self::paid_until(series, *title)).max();
		store::put("paid", (series, merged), paid.unwrap());
		put_liens(series, merged, liens(series, titles[0]));
	}
	fn settle(series: SeriesId, title: TitleId, _: &AccountId) {
		<Self as Rights<AccountId>>::settle(series, title);
	}
	fn on_burn(_: SeriesId, _: TitleId, _: &AccountId) {}
	fn liens(series: SeriesId, title: TitleId) -> u32 {
		liens(series, title).len() as u32
	}
}

impl Awards<AccountId> for Played {
	fn grant(
		lot: LotId,
		days: Days,
		asset: AssetId,
		amount: Balance,
		from: &AccountId,
	) -> Result<Balance, DispatchError> {
		ensure!(!GrantsRefused::get(), "DaysFinal");
		ensure!(is_short(lot, days.first), "NothingShort");
		let left = GrantLeftover::get().min(amount);
		<Assets as Mutate<AccountId>>::transfer(
			asset,
			from,
			&awards(),
			amount - left,
			Preservation::Expendable,
		)?;
		store::put("granted", (lot, days.first), granted(lot, days.first) + amount - left);
		Ok(left)
	}
}

/// Refunded to the rights of a day.
pub fn granted(lot: LotId, day: Day) -> Balance {
	store::get("granted", (lot, day)).unwrap_or(0)
}

impl Exposure<AccountId> for Played {
	fn try_add(provider: &AccountId, amount: Balance) -> DispatchResult {
		let sum = exposure(provider).checked_add(amount).ok_or("RunAwayBound")?;
		ensure!(sum <= UpfrontBound::get(), "RunAwayBound");
		store::put("exposure", provider, sum);
		Ok(())
	}
	fn release(provider: &AccountId, amount: Balance) {
		store::put("exposure", provider, exposure(provider) - amount);
	}
}

pub fn exposure(provider: &AccountId) -> Balance {
	store::get("exposure", provider).unwrap_or(0)
}

impl Played {
	/// Units that a lot has issued, by the lot's own count.
	pub fn issued_of(id: LotId) -> Units {
		Self::lot(id).map_or(0, |lot| lot.issued)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for Played {
	fn lot(outright: bool) -> (AccountId, LotId) {
		(provider(), if outright { LOT } else { DEPOSIT_LOT })
	}
	fn fund(who: &AccountId) {
		let dmex = FUNDS * FUNDS;
		<Balances as frame_support::traits::fungible::Mutate<AccountId>>::set_balance(who, dmex);
		<Assets as Mutate<AccountId>>::set_balance(STABLE, who, FUNDS * FUNDS);
	}
	fn burden(_: LotId, _: TitleId, _: u32) {}
	fn close_short(lot: LotId) {
		Self::record_short_day(lot, Self::closed_until(lot));
	}
	fn record_short_day(lot: LotId, day: Day) {
		let units = Titles::issued(lot);
		store::put("day", (lot, day), Record { due: 2, delivered: 1, made_up: 0, units });
		store::put("closed", lot, day + 1);
	}
	fn pass_hours(hours: u32) {
		pass_hours(hours);
	}
	fn mature(lot: LotId) {
		set_status(lot, LotStatus::Matured);
	}
}
