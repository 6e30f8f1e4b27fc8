//! Orders, and what calls would do before they are signed.

use super::income::Forecast;
use crate::*;
use alloc::{format, vec::Vec};
use core::cmp::Reverse;
use dmex_primitives::{
	calendar::Calendar,
	lots::{LotStatus, Lots},
	titles::LockReason,
	AssetId, SeriesId, TitleId, Units,
};
use dmex_runtime_api::{
	OrderBook, OrderSide, OrderTerms, OrderView, OrdersPage, Quoted, StakeQuote, TradeQuote,
	WithdrawalQuote, MAX_ORDERS, MAX_WALKED,
};
use frame_support::traits::PalletsInfoAccess;
use pallet_income::types::Piece;
use pallet_market::types::{Ask, English, Order, OrderId, Quote, Terms};
use sp_runtime::{DispatchError, ModuleError};

/// The open orders of a series, the best first.
pub fn order_book(series: SeriesId) -> OrderBook {
	let status = <Hashpower as Lots<AccountId>>::lot(series).map(|lot| lot.status);
	let mut book = OrderBook {
		series,
		today: Periods::today(),
		now: Periods::now(),
		suspended: status == Some(LotStatus::Suspended),
		complete: true,
		sales: OrderSide::default(),
		listings: OrderSide::default(),
		offers: OrderSide::default(),
		auctions: OrderSide::default(),
		dutch: OrderSide::default(),
		leases: OrderSide::default(),
	};
	let most = usize::try_from(MAX_WALKED).unwrap_or_default();
	let mut orders = pallet_market::Orders::<Runtime>::iter_prefix(series);
	for (id, order) in orders.by_ref().take(most) {
		let view = view_of(series, id, order);
		if !view.open {
			continue;
		}
		let side = match &view.terms {
			OrderTerms::Sale { .. } | OrderTerms::DepositSale { .. } => &mut book.sales,
			OrderTerms::Listing { .. } => &mut book.listings,
			OrderTerms::Offer { .. } => &mut book.offers,
			OrderTerms::Auction { .. } => &mut book.auctions,
			OrderTerms::Dutch { .. } => &mut book.dutch,
			OrderTerms::Lease { .. } => &mut book.leases,
		};
		side.count = side.count.saturating_add(1);
		side.units.0 = side.units.0.saturating_add(view.units.0);
		side.orders.push(view);
	}
	book.complete = orders.next().is_none();
	let sides = [
		&mut book.sales,
		&mut book.listings,
		&mut book.offers,
		&mut book.auctions,
		&mut book.dutch,
		&mut book.leases,
	];
	for side in sides {
		side.orders.sort_by_key(rank);
		side.orders.truncate(usize::try_from(MAX_ORDERS).unwrap_or_default());
	}
	book
}

/// Where an order stands among those of its kind: the lowest first, then by id.
fn rank(order: &OrderView) -> (Result<u128, Reverse<u128>>, OrderId) {
	let by = match &order.terms {
		OrderTerms::Sale { slice_per_unit, .. } => Ok(slice_per_unit.0),
		OrderTerms::DepositSale { deposit_per_unit, .. } => Ok(deposit_per_unit.0),
		OrderTerms::Listing { price_per_unit, .. } => Ok(price_per_unit.0),
		OrderTerms::Offer { price_per_unit, .. } => Err(Reverse(price_per_unit.0)),
		OrderTerms::Auction { ends, .. } => Ok((*ends).into()),
		OrderTerms::Dutch { price_per_unit, .. } => Ok(price_per_unit.0),
		OrderTerms::Lease { price_per_unit_day, .. } => Ok(price_per_unit_day.0),
	};
	(by, order.id)
}

/// Orders of a series by id from `from` on.
pub fn orders(series: SeriesId, from: OrderId, limit: u32) -> OrdersPage {
	let end = pallet_market::NextOrder::<Runtime>::get(series);
	let stop = from.saturating_add(MAX_WALKED).min(end);
	let most = usize::try_from(limit.min(MAX_ORDERS)).unwrap_or_default();
	let mut orders = Vec::new();
	let mut next = from;
	while next < stop && orders.len() < most {
		if let Some(order) = pallet_market::Orders::<Runtime>::get(series, next) {
			orders.push(view_of(series, next, order));
		}
		next = next.saturating_add(1);
	}
	OrdersPage { orders, next: (next < end).then_some(next) }
}

fn view_of(series: SeriesId, id: OrderId, order: Order<AccountId>) -> OrderView {
	let Order { maker, expires, fee, .. } = order.clone();
	let has_expired = order.has_expired(Periods::today(), Periods::now());
	let units_of = |title: TitleId| tradable_units(series, title, &order);
	let (units, terms) = match &order.terms {
		Terms::Sale(sale) => (Some(sale.units), sale_terms(sale.ask, sale.least_units)),
		Terms::Listing(listing) => {
			let terms = OrderTerms::Listing {
				title: listing.title,
				least_units: listing.least_units.into(),
				price_per_unit: listing.price_per_unit.into(),
				liens_hash: listing.liens_hash,
			};
			(units_of(listing.title), terms)
		},
		Terms::Offer(offer) => {
			let terms = OrderTerms::Offer {
				least_units: offer.least_units.into(),
				price_per_unit: offer.price_per_unit.into(),
				least_backing_per_unit: offer.least_backing_per_unit.into(),
				accept_suspended: offer.accept_suspended,
			};
			(Some(offer.units), terms)
		},
		Terms::English(english) => (units_of(english.title), auction_terms(english)),
		Terms::Dutch(dutch) => {
			let terms = OrderTerms::Dutch {
				title: dutch.title,
				least_units: dutch.least_units.into(),
				price_per_unit: dutch.price_at(Periods::now()).into(),
				start_per_unit: dutch.start_per_unit.into(),
				floor_per_unit: dutch.floor_per_unit.into(),
				started: dutch.started,
				ends: dutch.ends,
			};
			(units_of(dutch.title), terms)
		},
		Terms::Lease(lease) => {
			let terms = OrderTerms::Lease {
				title: lease.title,
				least_units: lease.least_units.into(),
				price_per_unit_day: lease.price_per_unit_day.into(),
				first_day: lease.days.first,
				last_day: lease.days.end.saturating_sub(1),
			};
			(units_of(lease.title), terms)
		},
	};
	OrderView {
		series,
		id,
		maker,
		expires,
		fee_ppm: fee.deconstruct(),
		units: units.unwrap_or_default().into(),
		open: !has_expired && units.is_some(),
		terms,
	}
}

fn sale_terms(ask: Ask, least_units: Units) -> OrderTerms {
	let least_units = least_units.into();
	match ask {
		Ask::Outright { slice_per_unit, upfront_per_unit } => OrderTerms::Sale {
			least_units,
			slice_per_unit: slice_per_unit.into(),
			upfront_per_unit: upfront_per_unit.into(),
		},
		Ask::Deposit { deposit_per_unit } => {
			OrderTerms::DepositSale { least_units, deposit_per_unit: deposit_per_unit.into() }
		},
	}
}

fn auction_terms(english: &English<AccountId>) -> OrderTerms {
	OrderTerms::Auction {
		title: english.title,
		reserve: english.reserve.into(),
		least_bid: english.least_bid().map(Into::into),
		best_bid: english.best.as_ref().map(|best| best.amount.into()),
		bidder: english.best.as_ref().map(|best| best.bidder.clone()),
		ends: english.ends,
		soft_close: english.soft_close,
	}
}

/// Units of an order's title; `None` if it is gone, another's, or locked by something else.
fn tradable_units(series: SeriesId, title: TitleId, order: &Order<AccountId>) -> Option<Units> {
	let (owner, record) = Titles::title(series, title)?;
	let own_lock = order.locks().map(|_| LockReason::Auction);
	(owner == order.maker && record.locked_by == own_lock).then_some(record.units)
}

/// What taking units of an order would do now, or the least next bid.
pub fn quote(series: SeriesId, order: OrderId, units: Units) -> Quoted<TradeQuote> {
	quoted(Market::quote(series, order, units).map(|quote| trade(series, quote)))
}

/// What selling units of a title to an offer would do now.
pub fn quote_offer(
	series: SeriesId,
	order: OrderId,
	title: TitleId,
	units: Units,
) -> Quoted<TradeQuote> {
	let quote = Market::quote_offer(series, order, title, units);
	quoted(quote.map(|quote| trade(series, quote)))
}

fn trade(series: SeriesId, quote: Quote<AccountId>) -> TradeQuote {
	let pieces = [Piece { days: quote.days, units: quote.units }];
	TradeQuote {
		expected: Forecast::of(series).and_then(|mut forecast| forecast.expected(&pieces)),
		maker: quote.maker,
		title: quote.title,
		units: quote.units.into(),
		price: quote.price.into(),
		fee: quote.fee.into(),
		upfront: quote.upfront.into(),
		deposit: quote.deposit.into(),
		slice_per_day: quote.slice_per_day.into(),
		first_day: quote.days.first,
		last_day: quote.days.end.saturating_sub(1),
		unpaid_days: quote.unpaid_days,
		liens_hash: quote.liens_hash,
		clean: quote.clean,
		suspended: quote.suspended,
	}
}

/// What staking a title would come to.
pub fn quote_stake(series: SeriesId, title: TitleId) -> Quoted<StakeQuote> {
	quoted(PowerRewards::quote_stake(series, title).map(|quote| StakeQuote {
		from: quote.from,
		units: quote.units.into(),
		deposit: quote.deposit.into(),
		expected_per_day: quote.expected_per_day.into(),
	}))
}

/// What a withdrawal would cost; `None` if the asset does not go out.
pub fn quote_withdrawal(
	asset: AssetId,
	who: AccountId,
	amount: Balance,
) -> Option<WithdrawalQuote> {
	let quote = Gateway::quote_withdrawal(asset, who, amount)?;
	Some(WithdrawalQuote {
		amount: quote.amount.into(),
		fee: quote.fee.into(),
		deposit: quote.deposit.into(),
		net: quote.net.into(),
		most: quote.most.into(),
		earliest: quote.earliest,
		deadline: quote.deadline,
		possible: quote.possible,
	})
}

fn quoted<T>(quote: Result<T, DispatchError>) -> Quoted<T> {
	match quote {
		Ok(value) => Quoted::Value(value),
		Err(error) => Quoted::Refused(name_of(error)),
	}
}

/// An error as clients name it: `market.OrderExpired`.
fn name_of(error: DispatchError) -> Vec<u8> {
	let DispatchError::Module(ModuleError { index, message: Some(message), .. }) = error else {
		return Vec::from(<&'static str>::from(error));
	};
	let pallets = AllPalletsWithSystem::infos();
	let pallet = pallets.iter().find(|pallet| pallet.index == usize::from(index));
	let mut letters = pallet.map(|pallet| pallet.name).unwrap_or_default().chars();
	let first = letters.next().map(|first| first.to_ascii_lowercase());
	let section = first.into_iter().chain(letters).collect::<alloc::string::String>();
	format!("{section}.{message}").into_bytes()
}
