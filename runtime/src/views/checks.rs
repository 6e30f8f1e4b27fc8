//! The holder's check: what was promised, and what came of it.

use super::words;
use crate::*;
use alloc::{collections::BTreeMap, vec::Vec};
use dmex_math::{mul_div, Rounding};
use dmex_primitives::{
	coins::Coins as Registry,
	lots::Lots,
	rights::{Days, Holder},
	AssetId, Balance, CoinId, Day, LotId, SeriesId, TitleId, Units,
};
use dmex_runtime_api::{
	Amount, AssetAmount, CheckScope, Checked, CheckedCoin, CheckedDay, DayStage, HoldersCheck,
	MAX_CHECKED, MAX_CHECK_DAYS, MAX_CHECK_LOTS, MAX_CHECK_TITLES, MAX_SERIES,
};
use pallet_income::types::{DayView, Piece, TitleBook};

/// What of a lot is looked at.
enum Part {
	/// All that is issued of it.
	Whole,
	/// A title, with whose its days are.
	Title(TitleBook<AccountId>),
	/// Days of titles and liens.
	Pieces(Vec<Piece>),
}

impl Part {
	/// Units of a day, of which `all` were promised.
	fn units(&self, day: Day, all: Units) -> Units {
		match self {
			Self::Whole => all,
			Self::Title(book) if day >= book.first_day => book.units,
			Self::Title(_) => 0,
			Self::Pieces(pieces) => pieces
				.iter()
				.filter(|piece| piece.days.first <= day && day < piece.days.end)
				.fold(0, |sum, piece| sum.saturating_add(piece.units)),
		}
	}

	fn lien(&self, day: Day) -> Option<AccountId> {
		let Self::Title(book) = self else { return None };
		match book.right_of(day) {
			Holder::Lien(holder) => Some(holder),
			Holder::Title => None,
		}
	}
}

/// Parts of lots, and whether these are all.
type Parts = (BTreeMap<LotId, Part>, bool);

/// The holder's check of the days `first..=last`. `None` if there is no such title, lot or farm.
pub fn holders_check(scope: CheckScope, first: Day, last: Day) -> Option<HoldersCheck> {
	let (parts, complete) = parts_of(scope)?;
	let lots = u32::try_from(parts.len()).unwrap_or(u32::MAX).max(1);
	let most = MAX_CHECKED.checked_div(lots).unwrap_or_default().clamp(1, MAX_CHECK_DAYS);
	let end = last.saturating_add(1).max(first);
	let stop = first.saturating_add(most).min(end);
	let mut coins = BTreeMap::<CoinId, BTreeMap<Day, CheckedDay>>::new();
	for (id, part) in parts {
		let Some(lot) = <Hashpower as Lots<AccountId>>::lot(id) else { continue };
		add_lot(coins.entry(lot.coin).or_default(), id, &part, Days { first, end: stop });
	}
	Some(HoldersCheck {
		first_day: first,
		last_day: stop.saturating_sub(1),
		next: (stop < end).then_some(stop),
		complete,
		coins: coins
			.into_iter()
			.filter(|(_, days)| !days.is_empty())
			.filter_map(|(coin, days)| coin_of(coin, days))
			.collect(),
	})
}

/// What a scope looks at.
fn parts_of(scope: CheckScope) -> Option<Parts> {
	let whole = |lots: Vec<LotId>| lots.into_iter().map(|lot| (lot, Part::Whole)).collect();
	match scope {
		CheckScope::Title { series, id } => {
			let book = pallet_income::TitleBooks::<Runtime>::get(series, id)?;
			Some((BTreeMap::from([(series, Part::Title(book))]), true))
		},
		CheckScope::Lot(lot) => Some((whole(Vec::from([Hashpower::lot(lot).map(|_| lot)?])), true)),
		CheckScope::Farm(farm) => {
			pallet_hashpower::Farms::<Runtime>::get(farm)?;
			let mut lots = Hashpower::lots_of_farm(farm);
			let most = usize::try_from(MAX_CHECK_LOTS).unwrap_or_default();
			let complete = lots.len() <= most;
			lots.truncate(most);
			Some((whole(lots), complete))
		},
		CheckScope::Account(who) => Some(parts_of_account(&who)),
	}
}

/// Days that an account receives: of its titles, less those that are others', and of its liens.
fn parts_of_account(who: &AccountId) -> Parts {
	let most = usize::try_from(MAX_CHECK_TITLES).unwrap_or_default();
	let most_lots = usize::try_from(MAX_CHECK_LOTS).unwrap_or_default();
	let mut complete = true;
	let mut keys = pallet_nfts::Account::<Runtime>::iter_key_prefix((who,));
	let titles: Vec<(SeriesId, TitleId)> = keys.by_ref().take(most).collect();
	complete &= keys.next().is_none();
	let series = pallet_hashpower::NextLot::<Runtime>::get();
	complete &= series <= MAX_SERIES;

	let mut pieces = BTreeMap::<LotId, Vec<Piece>>::new();
	let mut take = |lot: LotId, more: Vec<Piece>| {
		let has_room = pieces.len() < most_lots || pieces.contains_key(&lot);
		complete &= has_room;
		if has_room {
			pieces.entry(lot).or_default().extend(more);
		}
	};
	for (lot, title) in titles {
		if let Some(book) = pallet_income::TitleBooks::<Runtime>::get(lot, title) {
			take(lot, book.own_days(Day::MAX));
		}
	}
	for lot in 0..series.min(MAX_SERIES) {
		if let Some(pot) = pallet_income::Pots::<Runtime>::get(lot, who) {
			take(lot, Income::pieces_of(lot, who, &pot, pot.last));
		}
	}
	let parts = pieces.into_iter().map(|(lot, pieces)| (lot, Part::Pieces(pieces))).collect();
	(parts, complete)
}

/// Adds the days of a part of a lot.
fn add_lot(sums: &mut BTreeMap<Day, CheckedDay>, id: LotId, part: &Part, days: Days) {
	let count = days.end.saturating_sub(days.first);
	for view in Income::days_of_lot(id, days.first, count) {
		let units = part.units(view.day, view.units);
		if units == 0 {
			continue;
		}
		let day = view.day;
		let sum = sums.entry(day).or_insert_with(|| CheckedDay {
			day,
			stage: DayStage::Final,
			lien: part.lien(day),
			figures: Checked::default(),
		});
		sum.stage = sum.stage.min(stage_of(&view));
		add(&mut sum.figures, figures_of(view, units));
	}
}

fn stage_of(view: &DayView<AccountId>) -> DayStage {
	match &view.closed {
		None => DayStage::Open,
		Some(closed) if closed.is_final => DayStage::Final,
		Some(_) => DayStage::Closed,
	}
}

/// The part that some units have of a lot's day, rounded down.
fn figures_of(view: DayView<AccountId>, units: Units) -> Checked {
	let of = |amount: u128| -> Amount {
		mul_div(amount, units, view.units, Rounding::Down).unwrap_or_default().into()
	};
	let known = Checked {
		promised: units.into(),
		network: of(view.network.unwrap_or_default()),
		measured: of(view.measured.unwrap_or_default()),
		..Checked::default()
	};
	let Some(closed) = &view.closed else { return known };
	let awarded = closed.awarded.iter().map(|(asset, amount): &(AssetId, Balance)| AssetAmount {
		asset: *asset,
		amount: of(*amount),
	});
	Checked {
		due: of(closed.due),
		delivered: of(closed.delivered),
		short: of(closed.short),
		made_up: of(closed.made_up),
		awarded: awarded.collect(),
		..known
	}
}

fn add(sum: &mut Checked, more: Checked) {
	let plus = |sum: &mut Amount, more: Amount| sum.0 = sum.0.saturating_add(more.0);
	plus(&mut sum.promised, more.promised);
	plus(&mut sum.network, more.network);
	plus(&mut sum.measured, more.measured);
	plus(&mut sum.due, more.due);
	plus(&mut sum.delivered, more.delivered);
	plus(&mut sum.short, more.short);
	plus(&mut sum.made_up, more.made_up);
	for award in more.awarded {
		match sum.awarded.iter_mut().find(|known| known.asset == award.asset) {
			Some(known) => plus(&mut known.amount, award.amount),
			None => sum.awarded.push(award),
		}
	}
}

fn coin_of(id: CoinId, days: BTreeMap<Day, CheckedDay>) -> Option<CheckedCoin> {
	let coin = <Coins as Registry>::coin(id)?;
	let (symbol, unit) = words(id);
	let mut total = Checked::default();
	for day in days.values() {
		add(&mut total, day.figures.clone());
	}
	Some(CheckedCoin {
		coin: id,
		symbol,
		unit,
		decimals: coin.decimals,
		asset: coin.asset,
		total,
		days: days.into_values().collect(),
	})
}
