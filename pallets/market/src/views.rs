//! What is shown before anything is signed. Trades use the same quotes.

use crate::{
	types::{Order, OrderId, Page, Quote, Terms, PAGE},
	Config, Error, NextOrder, Orders, Pallet,
};
use dmex_math::pro_rata;
use dmex_primitives::{
	titles::{Title, Titles},
	Balance, SeriesId, TitleId, Units,
};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// What trading units of a title for `price` means. What stands behind a part is rounded down;
	/// the true division gives what is left over to the part that is sold.
	pub(crate) fn quote_of(
		series: SeriesId,
		order: &Order<T::AccountId>,
		(title, record): (TitleId, &Title),
		units: Units,
		price: Balance,
	) -> Result<Quote<T::AccountId>, DispatchError> {
		let venue = Self::venue(series)?;
		let (days, unpaid_days) = Self::days_included(series, title, record, venue.end);
		let (liens_hash, clean) = Self::rights_of(series, title);
		let (slice, deposit) = Self::backing(series, title);
		Ok(Quote {
			maker: order.maker.clone(),
			title: Some(title),
			units,
			price,
			fee: Self::fee(price, order.fee),
			upfront: 0,
			deposit: pro_rata(deposit, units, record.units),
			slice_per_day: pro_rata(slice, units, record.units),
			days,
			unpaid_days,
			liens_hash,
			clean,
			suspended: venue.suspended,
		})
	}

	pub(crate) fn view_quote(
		series: SeriesId,
		id: OrderId,
		units: Units,
	) -> Result<Quote<T::AccountId>, DispatchError> {
		let order = Self::open_order(series, id)?;
		match &order.terms {
			Terms::Sale(_) => Self::quote_sale(series, &order, units).map(|(quote, _)| quote),
			Terms::Listing(_) | Terms::Dutch(_) => Self::quote_title(series, &order, units),
			Terms::Lease(_) => Self::quote_lease(series, &order, units).map(|(quote, _)| quote),
			Terms::English(english) => {
				let record = Self::title_of_order(series, english.title, &order)?;
				Self::ensure_units(units, record.units, record.units)?;
				let price = english.least_bid().ok_or(Error::<T>::BidTooLow)?;
				Self::quote_of(series, &order, (english.title, &record), units, price)
			},
			Terms::Offer(_) => Err(Error::<T>::WrongKindOfOrder.into()),
		}
	}

	pub(crate) fn view_quote_offer(
		series: SeriesId,
		id: OrderId,
		title: TitleId,
		units: Units,
	) -> Result<Quote<T::AccountId>, DispatchError> {
		let order = Self::open_order(series, id)?;
		let (owner, _) = T::Titles::title(series, title).ok_or(Error::<T>::UnknownTitle)?;
		let record = Self::sellable_title(series, title, &owner)?;
		Self::quote_sell(series, &order, (title, &record), units).map(|(quote, _)| quote)
	}

	pub(crate) fn page(series: SeriesId, from: OrderId) -> Page<T::AccountId> {
		let end = NextOrder::<T>::get(series);
		let stop = from.saturating_add(PAGE).min(end);
		let orders = (from..stop)
			.filter_map(|id| Orders::<T>::get(series, id).map(|order| (id, order)))
			.collect();
		let suspended = Self::venue(series).is_ok_and(|venue| venue.suspended);
		Page { orders, next: (stop < end).then_some(stop), suspended }
	}
}
