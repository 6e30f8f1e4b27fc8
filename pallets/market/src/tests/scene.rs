//! What most tests begin with.

use crate::{
	mock::*,
	types::{Ask, Expected, OrderId, UnitPrice},
	Call, NextOrder,
};
use dmex_primitives::{rights::Rights, AccountId, Balance, Day, LotId, SeriesId, TitleId, Units};

/// Slice of a unit for a day: 40 stablecoin units.
pub const SLICE: UnitPrice = 40 * ONE;

pub fn outright(slice_per_unit: UnitPrice) -> Ask {
	Ask::Outright { slice_per_unit, upfront_per_unit: 0 }
}

/// Id of the newest order.
pub fn newest(series: SeriesId) -> OrderId {
	NextOrder::<Test>::get(series) - 1
}

pub fn open_sale(lot: LotId, units: Units, ask: Ask) -> OrderId {
	let sale = Call::open_sale { lot, units, least_units: 1, ask, expires: today() + 30 };
	call(provider(), sale).unwrap();
	newest(lot)
}

/// The newest title of a series.
pub fn newest_title(series: SeriesId) -> TitleId {
	Titles::series(series).unwrap().next_title - 1
}

/// A title of [`LOT`] that its owner bought from the provider at [`SLICE`].
pub fn bought(who: &AccountId, units: Units) -> TitleId {
	let order = open_sale(LOT, units, outright(SLICE));
	call(who.clone(), Call::buy_primary { lot: LOT, order, units, max_price: Balance::MAX })
		.unwrap();
	newest_title(LOT)
}

/// A title of [`DEPOSIT_LOT`] with 100 stablecoin units behind each unit.
pub fn bought_for_deposit(who: &AccountId, units: Units) -> TitleId {
	let order = open_sale(DEPOSIT_LOT, units, Ask::Deposit { deposit_per_unit: 100 * ONE });
	let buy = Call::buy_primary { lot: DEPOSIT_LOT, order, units, max_price: Balance::MAX };
	call(who.clone(), buy).unwrap();
	newest_title(DEPOSIT_LOT)
}

/// What a buyer who looks at a title now insists on.
pub fn seen(title: TitleId, max_price: Balance) -> Expected {
	Expected {
		max_price,
		liens_hash: Played::liens_hash(LOT, title),
		paid_until: Day::MAX,
		accept_suspended: false,
	}
}

pub fn list(who: &AccountId, title: TitleId, price_per_unit: UnitPrice) -> OrderId {
	let listing = Call::list {
		series: LOT,
		title,
		price_per_unit,
		least_units: 1,
		liens_hash: None,
		expires: today() + 10,
	};
	call(who.clone(), listing).unwrap();
	newest(LOT)
}

/// The fee of a price.
pub fn fee(price: Balance) -> Balance {
	(price * Balance::from(FEE)).div_ceil(1_000_000)
}

/// Splits as other pallets do, through the trait.
pub fn split(
	series: SeriesId,
	title: TitleId,
	parts: &[Units],
) -> Result<Vec<TitleId>, sp_runtime::DispatchError> {
	<Titles as dmex_primitives::titles::Titles<AccountId>>::split(series, title, parts)
}

/// Merges as other pallets do, through the trait.
pub fn merge(series: SeriesId, titles: &[TitleId]) -> Result<TitleId, sp_runtime::DispatchError> {
	<Titles as dmex_primitives::titles::Titles<AccountId>>::merge(series, titles)
}
