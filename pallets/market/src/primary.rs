//! Primary sales: what a provider sells is issued to the buyer, and the money is escrowed.

use crate::{
	types::{
		Ask, DaySum, LotBook, Order, OrderId, Quote, Sale, Stream, Terms, UnitPrice, SLICE_MARGIN,
	},
	Books, Config, DepositBooks, Deposits, Error, Event, Pallet, Sold, Starting, Streams,
};
use dmex_math::{price_of, with_margin, Rounding};
use dmex_primitives::{
	calendar::Calendar,
	lots::{Issue, LotInfo, LotStatus, Lots, SaleModel},
	rights::{Days, Rights},
	titles::Titles,
	trust::Exposure,
	Balance, Day, LotId, TitleId, Units,
};
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

/// What a purchase is made of, stablecoin units.
struct Parts {
	slice_per_day: Balance,
	upfront: Balance,
	deposit: Balance,
}

impl<T: Config> Pallet<T> {
	/// A lot that is sold, and the first day of what is issued now.
	fn sold_lot(id: LotId) -> Result<(LotInfo<T::AccountId>, Day), DispatchError> {
		let lot = T::Lots::lot(id).ok_or(Error::<T>::UnknownLot)?;
		ensure!(lot.status == LotStatus::Active, Error::<T>::LotNotActive);
		let first = T::Calendar::today().saturating_add(1).max(lot.first_day);
		ensure!(first <= lot.last_day, Error::<T>::LotOver);
		Ok((lot, first))
	}

	pub(crate) fn do_open_sale(
		who: &T::AccountId,
		id: LotId,
		units: Units,
		least_units: Units,
		ask: Ask,
		expires: Day,
	) -> DispatchResult {
		let (lot, _) = Self::sold_lot(id)?;
		ensure!(lot.provider == *who, Error::<T>::NotLotProvider);
		Self::ensure_offerable(units, lot.audited, least_units)?;
		match (ask, lot.sale) {
			(Ask::Outright { slice_per_unit, upfront_per_unit }, SaleModel::Outright) => {
				let slice = Self::price(slice_per_unit, units, Rounding::Up)?;
				let least = Self::least_slice(&lot, units)?;
				ensure!(slice >= least, Error::<T>::SliceBelowPowerCost);
				Self::ensure_one_slice(id, &lot, slice_per_unit)?;
				price_of(upfront_per_unit, units, Rounding::Up).ok_or(Error::<T>::PriceOverflow)?;
			},
			(Ask::Deposit { deposit_per_unit }, SaleModel::Deposit { .. }) => {
				Self::price(deposit_per_unit, units, Rounding::Up)?;
			},
			_ => return Err(Error::<T>::WrongSaleModel.into()),
		}
		Self::ensure_pot(who)?;
		Self::place(id, who, expires, Terms::Sale(Sale { units, least_units, ask }))
	}

	/// What comes back of a lost day goes to the lot's units alike. So each has paid the same for it:
	/// there is one slice for the whole lot, and no unit that was issued without being sold.
	fn ensure_one_slice(
		id: LotId,
		lot: &LotInfo<T::AccountId>,
		slice_per_unit: UnitPrice,
	) -> DispatchResult {
		let (slice, sold) = match Books::<T>::get(id) {
			Some(book) => (book.slice_per_unit, book.units),
			None => (slice_per_unit, 0),
		};
		ensure!(slice_per_unit == slice, Error::<T>::SliceDiffers);
		ensure!(lot.issued == sold, Error::<T>::UnitsNeverSold);
		Ok(())
	}

	/// Least slice of units for a day: with less the provider would gain by switching off.
	fn least_slice(lot: &LotInfo<T::AccountId>, units: Units) -> Result<Balance, DispatchError> {
		with_margin(lot.power_cost_per_day(units), SLICE_MARGIN)
			.ok_or(Error::<T>::PriceOverflow.into())
	}

	fn parts(lot: &LotInfo<T::AccountId>, ask: Ask, units: Units) -> Result<Parts, DispatchError> {
		match ask {
			Ask::Outright { slice_per_unit, upfront_per_unit } => Ok(Parts {
				// The cost of few units is rounded up, and the slice must not fall below it.
				slice_per_day: Self::price(slice_per_unit, units, Rounding::Up)?
					.max(Self::least_slice(lot, units)?),
				upfront: price_of(upfront_per_unit, units, Rounding::Up)
					.ok_or(Error::<T>::PriceOverflow)?,
				deposit: 0,
			}),
			Ask::Deposit { deposit_per_unit } => Ok(Parts {
				slice_per_day: 0,
				upfront: 0,
				deposit: Self::price(deposit_per_unit, units, Rounding::Up)?,
			}),
		}
	}

	/// What buying units of a sale would do now, with the sale and its lot.
	pub(crate) fn quote_sale(
		id: LotId,
		order: &Order<T::AccountId>,
		units: Units,
	) -> Result<(Quote<T::AccountId>, Sale), DispatchError> {
		let Terms::Sale(sale) = order.terms else {
			return Err(Error::<T>::WrongKindOfOrder.into());
		};
		let (lot, first) = Self::sold_lot(id)?;
		Self::ensure_units(units, sale.units, sale.least_units)?;
		if let Ask::Outright { slice_per_unit, .. } = sale.ask {
			Self::ensure_one_slice(id, &lot, slice_per_unit)?;
		}
		let parts = Self::parts(&lot, sale.ask, units)?;
		let days = Days { first, end: Self::end_of(&lot) };
		let price = parts
			.slice_per_day
			.checked_mul(Self::length(days).into())
			.and_then(|slices| slices.checked_add(parts.upfront))
			.and_then(|sum| sum.checked_add(parts.deposit))
			.ok_or(Error::<T>::PriceOverflow)?;
		let quote = Quote {
			maker: order.maker.clone(),
			title: None,
			units,
			price,
			fee: 0,
			upfront: parts.upfront,
			deposit: parts.deposit,
			slice_per_day: parts.slice_per_day,
			days,
			unpaid_days: 0,
			liens_hash: Default::default(),
			clean: true,
			suspended: false,
		};
		Ok((quote, sale))
	}

	pub(crate) fn length(days: Days) -> Day {
		days.end.saturating_sub(days.first)
	}

	pub(crate) fn do_buy_primary(
		who: &T::AccountId,
		lot: LotId,
		id: OrderId,
		units: Units,
		max_price: Balance,
	) -> DispatchResult {
		let order = Self::open_order(lot, id)?;
		let (quote, sale) = Self::quote_sale(lot, &order, units)?;
		ensure!(order.maker != *who, Error::<T>::OwnOrder);
		ensure!(quote.price <= max_price, Error::<T>::PriceAboveLimit);

		let title = T::Issue::issue_to(lot, units, who)?;
		let begins = T::Titles::title(lot, title).map(|(_, record)| record.first_day);
		ensure!(begins == Some(quote.days.first), Error::<T>::PaidUntilDiffers);
		Self::open_stream(lot, title, &order, sale.ask, &quote)?;
		Self::open_deposit(lot, title, quote.deposit)?;
		let escrowed = quote.price.checked_sub(quote.upfront).ok_or(Error::<T>::PriceOverflow)?;
		Self::transfer(who, &Self::pot(), escrowed)?;
		Self::transfer(who, &order.maker, quote.upfront)?;
		Sold::<T>::insert(lot, title, ());

		let left = sale.units.saturating_sub(units);
		let terms = (left > 0).then_some(Terms::Sale(Sale { units: left, ..sale }));
		Self::keep_or_remove(lot, id, order, terms)?;
		Self::deposit_event(Event::SoldByProvider {
			lot,
			order: id,
			title,
			buyer: who.clone(),
			units,
			price: quote.price,
			upfront: quote.upfront,
			deposit: quote.deposit,
			slice_per_day: quote.slice_per_day,
			days: quote.days,
		});
		Ok(())
	}

	/// Counts a stream in the lot's book from its first day on.
	fn open_stream(
		lot: LotId,
		title: TitleId,
		order: &Order<T::AccountId>,
		ask: Ask,
		quote: &Quote<T::AccountId>,
	) -> DispatchResult {
		let Ask::Outright { slice_per_unit, .. } = ask else { return Ok(()) };
		let Days { first, end } = quote.days;
		let length: Balance = Self::length(quote.days).into();
		let mut book = Books::<T>::get(lot).unwrap_or_else(|| LotBook {
			next: first,
			end,
			fee: order.fee,
			slice_per_unit,
			..Default::default()
		});
		ensure!(first >= book.next, Error::<T>::DayClosed);
		// Like all that is issued: it fits.
		book.units = book.units.saturating_add(quote.units);
		book.paid_in = quote
			.slice_per_day
			.checked_mul(length)
			.and_then(|slices| book.paid_in.checked_add(slices))
			.ok_or(Error::<T>::PriceOverflow)?;
		let upfront_a_day = quote.upfront.checked_div(length).unwrap_or_default();
		if quote.upfront > 0 {
			T::Exposure::try_add(&order.maker, quote.upfront)?;
			book.exposure = book.exposure.saturating_add(quote.upfront);
			let divided = upfront_a_day.saturating_mul(length);
			let rest = quote.upfront.saturating_sub(divided);
			book.upfront_rest = book.upfront_rest.saturating_add(rest);
		}
		// Sums of slices stay below the sum of what was paid in, which fits.
		Starting::<T>::mutate(lot, first, |sum: &mut DaySum| {
			sum.slices = sum.slices.saturating_add(quote.slice_per_day);
			sum.upfront = sum.upfront.saturating_add(upfront_a_day);
		});
		Books::<T>::insert(lot, book);
		Streams::<T>::insert(lot, title, Stream { per_day: quote.slice_per_day, first_day: first });
		Ok(())
	}

	fn open_deposit(lot: LotId, title: TitleId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		let mut book = DepositBooks::<T>::get(lot);
		book.paid_in = book.paid_in.checked_add(amount).ok_or(Error::<T>::PriceOverflow)?;
		DepositBooks::<T>::insert(lot, book);
		Deposits::<T>::insert(lot, title, amount);
		Ok(())
	}

	/// What stands behind a title: slice for a day, or deposit.
	pub(crate) fn backing(series: LotId, title: TitleId) -> (Balance, Balance) {
		let slice = Streams::<T>::get(series, title).map(|stream| stream.per_day);
		(slice.unwrap_or_default(), Deposits::<T>::get(series, title).unwrap_or_default())
	}

	/// Hash of the title's liens, and whether it is clean.
	pub(crate) fn rights_of(series: LotId, title: TitleId) -> (sp_core::H256, bool) {
		(T::Rights::liens_hash(series, title), T::Rights::is_clean(series, title))
	}
}
