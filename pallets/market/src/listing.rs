//! Titles at a price: fixed, or falling.

use crate::{
	types::{Dutch, Expected, Listing, Order, OrderId, Quote, Terms, UnitPrice},
	Config, Error, Event, Pallet,
};
use dmex_math::Rounding;
use dmex_primitives::{
	calendar::Calendar,
	rights::Rights,
	titles::{LockReason, Titles},
	Day, SeriesId, TitleId, Units,
};
use frame_support::ensure;
use sp_core::H256;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_list(
		who: &T::AccountId,
		series: SeriesId,
		title: TitleId,
		price_per_unit: UnitPrice,
		least_units: Units,
		liens_hash: Option<H256>,
		expires: Day,
	) -> DispatchResult {
		Self::venue(series)?;
		let record = Self::sellable_title(series, title, who)?;
		match liens_hash {
			None => Self::ensure_clean(series, title)?,
			Some(named) => {
				ensure!(T::Rights::liens_hash(series, title) == named, Error::<T>::LiensDiffer)
			},
		}
		Self::ensure_offerable(record.units, record.units, least_units)?;
		Self::price(price_per_unit, record.units, Rounding::Up)?;
		let listing = Listing { title, price_per_unit, least_units, liens_hash };
		Self::place(series, who, expires, Terms::Listing(listing))
	}

	/// What buying units of a listed title, or of one at a falling price, would do now.
	pub(crate) fn quote_title(
		series: SeriesId,
		order: &Order<T::AccountId>,
		units: Units,
	) -> Result<Quote<T::AccountId>, DispatchError> {
		let (title, price_per_unit, least_units) = match &order.terms {
			Terms::Listing(listing) => (listing.title, listing.price_per_unit, listing.least_units),
			Terms::Dutch(dutch) => {
				(dutch.title, dutch.price_at(T::Calendar::now()), dutch.least_units)
			},
			_ => return Err(Error::<T>::WrongKindOfOrder.into()),
		};
		let record = Self::title_of_order(series, title, order)?;
		Self::ensure_units(units, record.units, least_units)?;
		let price = Self::price(price_per_unit, units, Rounding::Up)?;
		let quote = Self::quote_of(series, order, (title, &record), units, price)?;
		if let Terms::Listing(listing) = &order.terms {
			match listing.liens_hash {
				None => ensure!(quote.clean, Error::<T>::TitleNotClean),
				Some(named) => ensure!(named == quote.liens_hash, Error::<T>::LiensDiffer),
			}
		}
		Ok(quote)
	}

	pub(crate) fn do_buy(
		who: &T::AccountId,
		series: SeriesId,
		id: OrderId,
		units: Units,
		expected: &Expected,
	) -> DispatchResult {
		let order = Self::open_order(series, id)?;
		let quote = Self::quote_title(series, &order, units)?;
		ensure!(order.maker != *who, Error::<T>::OwnOrder);
		ensure!(quote.price <= expected.max_price, Error::<T>::PriceAboveLimit);
		ensure!(quote.liens_hash == expected.liens_hash, Error::<T>::LiensDiffer);
		ensure!(quote.days.first <= expected.paid_until, Error::<T>::PaidUntilDiffers);
		ensure!(!quote.suspended || expected.accept_suspended, Error::<T>::LotSuspended);

		let locked = order.locks().is_some();
		let title = quote.title.ok_or(Error::<T>::UnknownTitle)?;
		if locked {
			T::Titles::unlock(series, title, LockReason::Auction)?;
		}
		let (_, record) = T::Titles::title(series, title).ok_or(Error::<T>::UnknownTitle)?;
		let (sold, rest) = Self::cut(series, title, &record, units)?;
		Self::deliver(series, sold, &order.maker, who)?;
		Self::pay(who, &order.maker, quote.price, quote.fee)?;
		if let (Some(rest), true) = (rest, locked) {
			T::Titles::lock(series, rest, LockReason::Auction)?;
		}

		let seller = order.maker.clone();
		let left = rest.and_then(|title| match order.terms {
			Terms::Listing(listing) => Some(Terms::Listing(Listing { title, ..listing })),
			Terms::Dutch(dutch) => Some(Terms::Dutch(Dutch { title, ..dutch })),
			_ => None,
		});
		Self::keep_or_remove(series, id, order, left)?;
		Self::deposit_event(Event::Traded {
			series,
			order: id,
			title: sold,
			rest,
			seller,
			buyer: who.clone(),
			units,
			price: quote.price,
			fee: quote.fee,
			suspended: quote.suspended,
		});
		Ok(())
	}
}
