//! What must hold before anything is traded.

use crate::{
	types::{check_units, BadUnits, Order, OrderId, UnitPrice},
	Config, Error, Orders, Pallet,
};
use dmex_math::{price_of, Rounding};
use dmex_primitives::{
	calendar::Calendar,
	lots::{LotInfo, LotStatus, Lots},
	rights::{DayBooks, Days, Rights},
	sales::Sales,
	titles::{LockReason, Title, Titles},
	Balance, Day, SeriesId, TitleId, Units,
};
use frame_support::ensure;
use sp_runtime::DispatchError;

impl<T> From<BadUnits> for Error<T> {
	fn from(bad: BadUnits) -> Self {
		match bad {
			BadUnits::Zero => Error::ZeroUnits,
			BadUnits::TooMany => Error::TooManyUnits,
			BadUnits::TooFew => Error::TooFewUnits,
		}
	}
}

/// Whether and how a series is traded.
pub(crate) struct Venue {
	/// The series is a lot that is suspended.
	pub suspended: bool,
	/// Day after the last whose income titles of the series receive.
	pub end: Day,
}

impl<T: Config> Pallet<T> {
	/// A lot that is not over, or a series that is no lot.
	pub(crate) fn venue(series: SeriesId) -> Result<Venue, DispatchError> {
		let Some(lot) = T::Lots::lot(series) else {
			return Ok(Venue { suspended: false, end: Day::MAX });
		};
		match lot.status {
			LotStatus::Active | LotStatus::Suspended => Ok(Venue {
				suspended: lot.status == LotStatus::Suspended,
				end: T::DayBooks::ends_on(series).unwrap_or_else(|| Self::end_of(&lot)),
			}),
			_ => Err(Error::<T>::LotOver.into()),
		}
	}

	/// Day after the lot's last: streams are paid until here. What vests comes later.
	pub(crate) fn end_of(lot: &LotInfo<T::AccountId>) -> Day {
		lot.last_day.saturating_add(1)
	}

	/// An order that can still be taken.
	pub(crate) fn open_order(
		series: SeriesId,
		id: OrderId,
	) -> Result<Order<T::AccountId>, DispatchError> {
		let order = Orders::<T>::get(series, id).ok_or(Error::<T>::UnknownOrder)?;
		let expired = order.has_expired(T::Calendar::today(), T::Calendar::now());
		ensure!(!expired, Error::<T>::OrderExpired);
		Ok(order)
	}

	/// An unlocked title of `who` that may be sold on.
	///
	/// Nothing stands behind the days of a lot's title that its provider has not sold here: no slices
	/// that come back, no deposit. Its price would be all the provider's before any day is delivered.
	pub(crate) fn sellable_title(
		series: SeriesId,
		title: TitleId,
		who: &T::AccountId,
	) -> Result<Title, DispatchError> {
		let (owner, record) = T::Titles::title(series, title).ok_or(Error::<T>::UnknownTitle)?;
		ensure!(owner == *who, Error::<T>::NotTitleOwner);
		ensure!(record.locked_by.is_none(), Error::<T>::TitleLocked);
		let of_lot = T::Lots::lot(series).is_some();
		ensure!(!of_lot || <Self as Sales>::was_sold(series, title), Error::<T>::TitleNeverSold);
		Ok(record)
	}

	/// The title of an order, if it is still the maker's and locked only by the order itself.
	pub(crate) fn title_of_order(
		series: SeriesId,
		title: TitleId,
		order: &Order<T::AccountId>,
	) -> Result<Title, DispatchError> {
		let (owner, record) = T::Titles::title(series, title).ok_or(Error::<T>::UnknownTitle)?;
		ensure!(owner == order.maker, Error::<T>::MakerNotOwner);
		let own_lock = order.locks().map(|_| LockReason::Auction);
		ensure!(record.locked_by == own_lock, Error::<T>::TitleLocked);
		Ok(record)
	}

	pub(crate) fn ensure_clean(series: SeriesId, title: TitleId) -> Result<(), DispatchError> {
		ensure!(T::Rights::is_clean(series, title), Error::<T>::TitleNotClean);
		Ok(())
	}

	/// Whether a new order may be for `units` of `available` with `least` at a time.
	pub(crate) fn ensure_offerable(
		units: Units,
		available: Units,
		least: Units,
	) -> Result<(), DispatchError> {
		ensure!(units > 0 && least > 0, Error::<T>::ZeroUnits);
		ensure!(units <= available && least <= units, Error::<T>::TooManyUnits);
		Ok(())
	}

	pub(crate) fn ensure_units(
		units: Units,
		available: Units,
		least: Units,
	) -> Result<(), DispatchError> {
		check_units(units, available, least).map_err(|bad| Error::<T>::from(bad).into())
	}

	/// What units cost. Never nothing.
	pub(crate) fn price(
		price_per_unit: UnitPrice,
		units: Units,
		rounding: Rounding,
	) -> Result<Balance, DispatchError> {
		let price = price_of(price_per_unit, units, rounding).ok_or(Error::<T>::PriceOverflow)?;
		ensure!(price > 0, Error::<T>::ZeroPrice);
		Ok(price)
	}

	/// Days whose income comes with a title that is sold now, and how many of them are over. Closed
	/// days are paid to the seller before any trade, and of a title that is not clean he keeps all
	/// days through today.
	pub(crate) fn days_included(
		series: SeriesId,
		title: TitleId,
		record: &Title,
		end: Day,
	) -> (Days, Day) {
		let first = T::Rights::paid_until(series, title)
			.max(T::DayBooks::closed_until(series))
			.max(record.first_day);
		let today = T::Calendar::today();
		let first = match T::Rights::is_clean(series, title) {
			true => first,
			false => first.max(today.saturating_add(1)),
		};
		let over = today.min(end).saturating_sub(first);
		(Days { first, end }, over)
	}
}
