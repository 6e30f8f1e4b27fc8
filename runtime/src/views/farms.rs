//! A farm: what it claims, what was audited, measured, paid and sold, coin by coin.

use super::{accounts, lots, words};
use crate::*;
use alloc::vec::Vec;
use dmex_primitives::{facts::DayFact, CoinAmount, Day, FarmId, LotId, PoolAccountId, Power};
use dmex_runtime_api::{AccountView, FarmPower, FarmView, MAX_LOTS, MAX_WALKED};
use pallet_hashpower::types::{Claim, Lot};

type OpenLot = (LotId, Lot<AccountId>);

/// A farm with its open lots, of which it has no more than the runtime allows.
pub fn farm(id: FarmId) -> Option<FarmView> {
	let farm = pallet_hashpower::Farms::<Runtime>::get(id)?;
	let open: Vec<OpenLot> = Hashpower::lots_of_farm(id)
		.into_iter()
		.filter_map(|lot| Some((lot, Hashpower::lot(lot)?)))
		.collect();
	// An account stands behind one open lot, so none is twice here.
	let accounts: Vec<AccountView> =
		open.iter().filter_map(|(_, lot)| accounts::account(lot.account)).collect();
	let power = farm.claims.iter().map(|claim| power_of(claim, &open, &accounts)).collect();
	let most = usize::try_from(MAX_LOTS).unwrap_or_default();
	// One allowance for all lots: many small titles in each of them do not multiply the walk.
	let mut walk = MAX_WALKED;
	let newest_first = open.into_iter().rev().take(most);
	let lots = newest_first.filter_map(|(id, lot)| lots::view_of(id, lot, &mut walk)).collect();
	let place = farm.place.into_inner();
	Some(FarmView { id, provider: farm.provider, place, power, accounts, lots })
}

/// Totals of the farm in the coin of a claim; it has no lots of other coins.
fn power_of(claim: &Claim, open: &[OpenLot], accounts: &[AccountView]) -> FarmPower {
	let (symbol, unit) = words(claim.coin);
	let total = |power: fn(&Lot<AccountId>) -> Power| {
		let lots = open.iter().filter(|(_, lot)| lot.terms.coin == claim.coin);
		lots.fold(Power::MIN, |sum, (_, lot)| sum.saturating_add(power(lot)))
	};
	let accounts = || accounts.iter().filter(|account| account.coin == claim.coin);
	let day = accounts().filter_map(|account| Some(account.newest.as_ref()?.day)).max();
	let (measured, paid) =
		day.map(|day| brought(accounts().map(|account| account.id), day)).unwrap_or_default();
	FarmPower {
		coin: claim.coin,
		symbol,
		unit,
		claimed: claim.power.into(),
		audited: total(|lot| lot.terms.power).into(),
		issued: total(|lot| lot.issued).into(),
		day,
		measured: measured.into(),
		paid: paid.into(),
	}
}

/// What accounts measured and were paid on a day, together.
fn brought(accounts: impl Iterator<Item = PoolAccountId>, day: Day) -> (Power, CoinAmount) {
	accounts.fold((Power::MIN, CoinAmount::MIN), |(power, paid), account| {
		match accounts::day_of(account, day) {
			Some((_, DayFact::Value(of_day))) => {
				(power.saturating_add(of_day.power), paid.saturating_add(of_day.paid))
			},
			Some((_, DayFact::Refused)) | None => (power, paid),
		}
	})
}
