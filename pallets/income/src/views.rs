//! What holders check: promised, network, measured, due, delivered, short, awarded.

use crate::{
	ledger::Ledger,
	types::{Award, ClosedView, DayView, IncomeView, PAYOUT_DAYS, VIEW_LIMIT},
	Awards, Config, Pallet, PayerRound, Pots, Starting,
};
use alloc::{collections::BTreeMap, vec::Vec};
use dmex_math::{mul_div, Rounding};
use dmex_primitives::{
	coins::Coins,
	facts::{DayFact, Facts},
	lots::{LotInfo, Lots},
	AssetId, Balance, CoinAmount, Day, LotId, Power, SeriesId, TitleId, Units,
};

impl<T: Config> Pallet<T> {
	/// Units of a day, closed or not; `None` more than a year ahead of the last closed day.
	pub(crate) fn units_of_day(ledger: &mut Ledger<T>, day: Day) -> Option<Units> {
		let (lot, closed_until) = (ledger.lot, ledger.book.closed_until);
		if day < closed_until {
			return Some(ledger.record(day)?.units);
		}
		if day >= ledger.book.end || day.saturating_sub(closed_until) >= VIEW_LIMIT {
			return None;
		}
		(closed_until..=day).try_fold(ledger.book.units, |units, day| {
			units.checked_add(Starting::<T>::get(lot, day))
		})
	}

	/// Up to 64 days of a lot.
	pub(crate) fn view_lot(lot: LotId, from: Day, count: u32) -> Vec<DayView<T::AccountId>> {
		let Some(info) = T::Lots::lot(lot) else { return Vec::new() };
		let Some(mut ledger) = Ledger::<T>::open(lot) else { return Vec::new() };
		let awards = Self::newest_awards(&ledger);
		let last = from.saturating_add(count.min(VIEW_LIMIT));
		(from..last)
			.filter_map(|day| Self::view_day(&mut ledger, &info, &awards, day, None))
			.collect()
	}

	/// Up to 64 days of a title: its part, whoever receives it.
	pub(crate) fn view_title(
		series: SeriesId,
		id: TitleId,
		from: Day,
		count: u32,
	) -> Vec<DayView<T::AccountId>> {
		let Some(info) = T::Lots::lot(series) else { return Vec::new() };
		let Some((title, mut ledger)) = Self::title_and_ledger(series, id) else {
			return Vec::new();
		};
		let awards = Self::newest_awards(&ledger);
		let last = from.saturating_add(count.min(VIEW_LIMIT));
		(from.max(title.first_day)..last)
			.filter_map(|day| {
				let part = Some(title.units);
				let mut view = Self::view_day(&mut ledger, &info, &awards, day, part)?;
				view.right = Some(title.right_of(day));
				Some(view)
			})
			.collect()
	}

	/// A day of a lot, or the part that `part` units have of it.
	fn view_day(
		ledger: &mut Ledger<T>,
		info: &LotInfo<T::AccountId>,
		awards: &[Award],
		day: Day,
		part: Option<Units>,
	) -> Option<DayView<T::AccountId>> {
		if day < ledger.book.start || day >= ledger.book.end {
			return None;
		}
		let all = Self::units_of_day(ledger, day)?;
		let units = part.unwrap_or(all);
		let of =
			|amount: CoinAmount| mul_div(amount, units, all, Rounding::Down).unwrap_or_default();
		let awarded = Self::awarded_on(ledger, awards, day);
		let is_final = day < ledger.book.final_until;
		let closed = ledger.record(day).map(|record| ClosedView {
			due: of(record.due),
			delivered: of(record.delivered),
			short: of(record.short()),
			made_up: of(record.made_up),
			awarded: awarded.iter().map(|(asset, amount)| (*asset, of(*amount))).collect(),
			score: record.score,
			is_final,
		});
		let network = T::Coins::yield_on(info.coin, units, day);
		let measured = Self::measured(info, day);
		Some(DayView { day, right: None, units, network, measured, closed })
	}

	fn measured(info: &LotInfo<T::AccountId>, day: Day) -> Option<Power> {
		match T::Facts::closed_day(info.account, day) {
			Ok(DayFact::Value(fact)) => Some(fact.power),
			_ => None,
		}
	}

	/// The newest 64 awards of a lot.
	fn newest_awards(ledger: &Ledger<T>) -> Vec<Award> {
		let (lot, awards) = (ledger.lot, ledger.book.awards);
		let numbers = awards.saturating_sub(VIEW_LIMIT)..awards;
		numbers.filter_map(|number| Awards::<T>::get(lot, number)).collect()
	}

	/// What awards give a day, by asset.
	fn awarded_on(
		ledger: &mut Ledger<T>,
		awards: &[Award],
		day: Day,
	) -> BTreeMap<AssetId, Balance> {
		let next = day.saturating_add(1);
		let lost = ledger.coins_lost_at(next).saturating_sub(ledger.coins_lost_at(day));
		let mut sums = BTreeMap::new();
		for award in awards.iter().filter(|award| award.days.first <= day && day < award.days.end) {
			let part = mul_div(award.amount, lost, award.lost, Rounding::Down).unwrap_or_default();
			let sum: &mut Balance = sums.entry(award.asset).or_default();
			*sum = sum.saturating_add(part);
		}
		sums.retain(|_, amount| *amount > 0);
		sums
	}

	/// What a title received and will receive.
	pub(crate) fn view_income(series: SeriesId, id: TitleId) -> Option<IncomeView> {
		let (title, mut ledger) = Self::title_and_ledger(series, id)?;
		let claim = Self::unpaid_of_title(&mut ledger, &title)?;
		let asset = ledger.book.asset;
		Some(IncomeView {
			asset,
			units: title.units,
			paid: title.paid,
			unpaid: claim.by_asset(asset),
			paid_until: title.cursor.paid_until,
			next_payout: PayerRound::<T>::get().began.saturating_add(PAYOUT_DAYS),
			least_payout: Self::least_payout_of(series),
		})
	}

	/// What all liens of a holder in a series received and will receive.
	pub(crate) fn view_pot(series: SeriesId, holder: &T::AccountId) -> Option<IncomeView> {
		let pot = Pots::<T>::get(series, holder)?;
		let mut ledger = Ledger::<T>::open(series)?;
		let (asset, closed_until) = (ledger.book.asset, ledger.book.closed_until);
		let pieces = Self::pieces_of(series, holder, &pot, closed_until);
		let claim = Self::unpaid(&mut ledger, &pot.cursor, &pieces)?;
		Some(IncomeView {
			asset,
			units: Self::pot_units(series, holder, closed_until),
			paid: pot.paid,
			unpaid: claim.by_asset(asset),
			paid_until: pot.cursor.paid_until,
			next_payout: PayerRound::<T>::get().began.saturating_add(PAYOUT_DAYS),
			least_payout: Self::least_payout_of(series),
		})
	}

	/// Σ of what titles are to be paid now, by asset; up to 64 titles.
	pub(crate) fn view_unpaid(titles: Vec<(SeriesId, TitleId)>) -> Vec<(AssetId, Balance)> {
		let limit = usize::try_from(VIEW_LIMIT).unwrap_or_default();
		let mut sums: BTreeMap<AssetId, Balance> = Default::default();
		for (series, title) in titles.into_iter().take(limit) {
			for (asset, amount) in
				Self::view_income(series, title).map(|income| income.unpaid).unwrap_or_default()
			{
				let sum = sums.entry(asset).or_default();
				*sum = sum.saturating_add(amount);
			}
		}
		sums.into_iter().collect()
	}
}
