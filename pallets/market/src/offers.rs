//! Offers to buy clean titles of a series.

use crate::{
	types::{Offer, Order, OrderId, Quote, Terms},
	Config, Error, Event, Pallet,
};
use dmex_math::{price_of, Rounding};
use dmex_primitives::{
	lots::Lots,
	titles::{Title, Titles},
	Balance, Day, SeriesId, TitleId, Units,
};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_make_offer(
		who: &T::AccountId,
		series: SeriesId,
		offer: Offer,
		expires: Day,
	) -> DispatchResult {
		Self::venue(series)?;
		let issued = T::Titles::issued(series);
		ensure!(issued > 0 || T::Lots::lot(series).is_some(), Error::<T>::UnknownLot);
		Self::ensure_offerable(offer.units, Units::MAX, offer.least_units)?;
		// What is on hold is the price rounded up.
		Self::price(offer.price_per_unit, offer.units, Rounding::Up)?;
		Self::place(series, who, expires, Terms::Offer(offer))
	}

	/// What selling units of a title to an offer would do now. The price is rounded down: against
	/// the seller, who calls.
	pub(crate) fn quote_sell(
		series: SeriesId,
		order: &Order<T::AccountId>,
		(title, record): (TitleId, &Title),
		units: Units,
	) -> Result<(Quote<T::AccountId>, Offer), DispatchError> {
		let Terms::Offer(offer) = order.terms else {
			return Err(Error::<T>::WrongKindOfOrder.into());
		};
		ensure!(units <= record.units, Error::<T>::TooManyUnits);
		Self::ensure_units(units, offer.units, offer.least_units)?;
		let price = Self::price(offer.price_per_unit, units, Rounding::Down)?;
		let quote = Self::quote_of(series, order, (title, record), units, price)?;
		ensure!(quote.clean, Error::<T>::TitleNotClean);
		ensure!(!quote.suspended || offer.accept_suspended, Error::<T>::LotSuspended);
		let least = price_of(offer.least_backing_per_unit, record.units, Rounding::Down);
		let (slice, deposit) = Self::backing(series, title);
		let enough = least.is_some_and(|least| slice.max(deposit) >= least);
		ensure!(enough, Error::<T>::BackingTooLow);
		Ok((quote, offer))
	}

	pub(crate) fn do_accept_offer(
		who: &T::AccountId,
		series: SeriesId,
		id: OrderId,
		title: TitleId,
		units: Units,
		least_price: Balance,
	) -> DispatchResult {
		let order = Self::open_order(series, id)?;
		ensure!(order.maker != *who, Error::<T>::OwnOrder);
		let record = Self::sellable_title(series, title, who)?;
		let (quote, offer) = Self::quote_sell(series, &order, (title, &record), units)?;
		ensure!(quote.price >= least_price, Error::<T>::PriceBelowLimit);

		let (sold, rest) = Self::cut(series, title, &record, units)?;
		Self::deliver(series, sold, who, &order.maker)?;
		// What stays on hold is the price of the units left, rounded up. What is released covers the
		// price rounded down: ceil(a + b) ≥ floor(a) + ceil(b).
		let buyer = order.maker.clone();
		let left = Offer { units: offer.units.saturating_sub(units), ..offer };
		let keep = left.held().ok_or(Error::<T>::PriceOverflow)?;
		Self::release_money(&buyer, order.held().saturating_sub(keep))?;
		Self::pay(&buyer, who, quote.price, quote.fee)?;
		let terms = (left.units > 0).then_some(Terms::Offer(left));
		Self::keep_or_remove(series, id, order, terms)?;
		Self::deposit_event(Event::Traded {
			series,
			order: id,
			title: sold,
			rest,
			seller: who.clone(),
			buyer,
			units,
			price: quote.price,
			fee: quote.fee,
			suspended: quote.suspended,
		});
		Ok(())
	}
}
