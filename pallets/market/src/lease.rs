//! Leases: days of a title sold as a lien. The title stays with its owner.

use crate::{
	types::{Lease, Order, OrderId, Quote, Terms},
	Config, Error, Event, Pallet,
};
use dmex_math::Rounding;
use dmex_primitives::{
	calendar::Calendar,
	rights::{Days, Rights},
	Balance, Day, SeriesId, Units,
};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	pub(crate) fn do_offer_lease(
		who: &T::AccountId,
		series: SeriesId,
		lease: Lease,
		expires: Day,
	) -> DispatchResult {
		let venue = Self::venue(series)?;
		let record = Self::sellable_title(series, lease.title, who)?;
		Self::ensure_offerable(record.units, record.units, lease.least_units)?;
		let days = Self::days_to_come(&lease)?;
		ensure!(days.end <= venue.end, Error::<T>::NoDays);
		Self::rent(&lease, record.units, days)?;
		Self::place(series, who, expires, Terms::Lease(lease))
	}

	/// The offered days that are still to come: from tomorrow on.
	fn days_to_come(lease: &Lease) -> Result<Days, DispatchError> {
		let tomorrow = T::Calendar::today().saturating_add(1);
		let days = Days { first: lease.days.first.max(tomorrow), end: lease.days.end };
		ensure!(days.first < days.end, Error::<T>::NoDays);
		Ok(days)
	}

	/// Price of units for days, rounded up.
	fn rent(lease: &Lease, units: Units, days: Days) -> Result<Balance, DispatchError> {
		let unit_days =
			units.checked_mul(Self::length(days).into()).ok_or(Error::<T>::PriceOverflow)?;
		Self::price(lease.price_per_unit_day, unit_days, Rounding::Up)
	}

	/// What leasing units would do now. Of its unpaid income nothing comes with it.
	pub(crate) fn quote_lease(
		series: SeriesId,
		order: &Order<T::AccountId>,
		units: Units,
	) -> Result<(Quote<T::AccountId>, Lease), DispatchError> {
		let Terms::Lease(lease) = order.terms else {
			return Err(Error::<T>::WrongKindOfOrder.into());
		};
		let record = Self::title_of_order(series, lease.title, order)?;
		Self::ensure_units(units, record.units, lease.least_units)?;
		let days = Self::days_to_come(&lease)?;
		let price = Self::rent(&lease, units, days)?;
		let quote = Self::quote_of(series, order, (lease.title, &record), units, price)?;
		let leased = Quote { days, unpaid_days: 0, deposit: 0, slice_per_day: 0, ..quote };
		Ok((leased, lease))
	}

	pub(crate) fn do_take_lease(
		who: &T::AccountId,
		series: SeriesId,
		id: OrderId,
		units: Units,
		max_price: Balance,
		accept_suspended: bool,
	) -> DispatchResult {
		let order = Self::open_order(series, id)?;
		let (quote, lease) = Self::quote_lease(series, &order, units)?;
		ensure!(order.maker != *who, Error::<T>::OwnOrder);
		ensure!(quote.price <= max_price, Error::<T>::PriceAboveLimit);
		ensure!(!quote.suspended || accept_suspended, Error::<T>::LotSuspended);

		let record = Self::title_of_order(series, lease.title, &order)?;
		let (title, rest) = Self::cut(series, lease.title, &record, units)?;
		T::Rights::assign(series, title, quote.days, who)?;
		Self::pay(who, &order.maker, quote.price, quote.fee)?;
		let owner = order.maker.clone();
		let left = rest.map(|title| Terms::Lease(Lease { title, ..lease }));
		Self::keep_or_remove(series, id, order, left)?;
		Self::deposit_event(Event::Leased {
			series,
			order: id,
			title,
			rest,
			owner,
			lessee: who.clone(),
			days: quote.days,
			price: quote.price,
			fee: quote.fee,
			suspended: quote.suspended,
		});
		Ok(())
	}
}
