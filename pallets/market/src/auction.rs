//! English auctions, and the opening of Dutch ones. What is auctioned is locked.

use crate::{
	types::{BestBid, Dutch, English, Order, OrderId, Terms, UnitPrice, MAX_AUCTION_HOURS},
	Config, Error, Event, Orders, Pallet,
};
use dmex_math::Rounding;
use dmex_primitives::{
	calendar::Calendar,
	titles::{LockReason, Titles},
	Balance, Moment, SeriesId, TitleId, Units,
};
use frame_support::{ensure, storage::with_storage_layer, traits::Get};
use sp_runtime::{DispatchError, DispatchResult};

/// An English auction and the order that it is.
type Auction<T> = (
	Order<<T as frame_system::Config>::AccountId>,
	English<<T as frame_system::Config>::AccountId>,
);

impl<T: Config> Pallet<T> {
	/// Cuts units off a clean title of `who` and locks them.
	fn lock_for_auction(
		who: &T::AccountId,
		series: SeriesId,
		title: TitleId,
		units: Units,
		least: Units,
	) -> Result<TitleId, DispatchError> {
		Self::venue(series)?;
		let record = Self::sellable_title(series, title, who)?;
		Self::ensure_offerable(units, record.units, least)?;
		Self::ensure_clean(series, title)?;
		let (cut, _) = Self::cut(series, title, &record, units)?;
		T::Titles::lock(series, cut, LockReason::Auction)?;
		Ok(cut)
	}

	/// The end of an auction of so many hours.
	fn end_after(hours: u32) -> Result<Moment, DispatchError> {
		let length = T::Calendar::hours(hours);
		let sound = (1..=MAX_AUCTION_HOURS).contains(&hours) && length > 0;
		ensure!(sound, Error::<T>::BadDuration);
		Ok(T::Calendar::now().saturating_add(length))
	}

	pub(crate) fn do_open_auction(
		who: &T::AccountId,
		series: SeriesId,
		title: TitleId,
		units: Units,
		reserve: Balance,
		hours: u32,
	) -> DispatchResult {
		ensure!(reserve > 0, Error::<T>::ZeroPrice);
		let ends = Self::end_after(hours)?;
		let title = Self::lock_for_auction(who, series, title, units, units)?;
		let english = English {
			title,
			reserve,
			increment: T::BidIncrement::get(),
			ends,
			soft_close: T::Calendar::hours(T::SoftCloseHours::get()),
			best: None,
		};
		Self::place_auction(series, who, ends, Terms::English(english))
	}

	pub(crate) fn do_open_dutch(
		who: &T::AccountId,
		series: SeriesId,
		title: TitleId,
		units: Units,
		least_units: Units,
		(start_per_unit, floor_per_unit): (UnitPrice, UnitPrice),
		hours: u32,
	) -> DispatchResult {
		ensure!(floor_per_unit <= start_per_unit, Error::<T>::FloorAboveStart);
		Self::price(floor_per_unit, units.max(1), Rounding::Up)?;
		Self::price(start_per_unit, units.max(1), Rounding::Up)?;
		let ends = Self::end_after(hours)?;
		let title = Self::lock_for_auction(who, series, title, units, least_units)?;
		let started = T::Calendar::now();
		let dutch = Dutch { title, start_per_unit, floor_per_unit, least_units, started, ends };
		Self::place_auction(series, who, ends, Terms::Dutch(dutch))
	}

	/// Auctions end by their own clock; the day is for those who look at days only.
	fn place_auction(
		series: SeriesId,
		who: &T::AccountId,
		ends: Moment,
		terms: Terms<T::AccountId>,
	) -> DispatchResult {
		Self::place(series, who, T::Calendar::day_of(ends), terms)
	}

	fn auction(series: SeriesId, id: OrderId) -> Result<Auction<T>, DispatchError> {
		let order = Orders::<T>::get(series, id).ok_or(Error::<T>::UnknownOrder)?;
		let Terms::English(english) = order.terms.clone() else {
			return Err(Error::<T>::WrongKindOfOrder.into());
		};
		Ok((order, english))
	}

	pub(crate) fn do_bid(
		who: &T::AccountId,
		series: SeriesId,
		id: OrderId,
		amount: Balance,
		accept_suspended: bool,
	) -> DispatchResult {
		let (order, mut english) = Self::auction(series, id)?;
		let now = T::Calendar::now();
		ensure!(now < english.ends, Error::<T>::AuctionEnded);
		ensure!(order.maker != *who, Error::<T>::OwnOrder);
		let venue = Self::venue(series)?;
		ensure!(!venue.suspended || accept_suspended, Error::<T>::LotSuspended);
		let least = english.least_bid().ok_or(Error::<T>::BidTooLow)?;
		ensure!(amount >= least, Error::<T>::BidTooLow);

		if let Some(beaten) = &english.best {
			Self::release_money(&beaten.bidder, beaten.amount)?;
		}
		Self::hold_money(who, amount)?;
		english.best = Some(BestBid { bidder: who.clone(), amount, accept_suspended });
		english.ends = english.ends.max(now.saturating_add(english.soft_close));
		let ends = english.ends;
		let expires = T::Calendar::day_of(ends);
		let order = Order { expires, terms: Terms::English(english), ..order };
		Orders::<T>::insert(series, id, order);
		Self::deposit_event(Event::BidPlaced {
			series,
			order: id,
			bidder: who.clone(),
			amount,
			ends,
			accept_suspended,
		});
		Ok(())
	}

	pub(crate) fn do_settle_auction(series: SeriesId, id: OrderId) -> DispatchResult {
		let (order, english) = Self::auction(series, id)?;
		ensure!(T::Calendar::now() >= english.ends, Error::<T>::AuctionNotEnded);
		let Some(best) = &english.best else {
			return Self::end_without_trade(series, id, &order);
		};
		Self::release_money(&best.bidder, best.amount)?;
		T::Titles::unlock(series, english.title, LockReason::Auction)?;
		Self::remove(series, id, &order)?;
		// Whatever stops the sale, the title is free and the bidder has his money.
		if with_storage_layer(|| Self::conclude(series, id, &order, english.title, best)).is_err() {
			Self::deposit_event(Event::AuctionCalledOff { series, order: id });
		}
		Ok(())
	}

	/// Sells the title to the best bidder.
	fn conclude(
		series: SeriesId,
		id: OrderId,
		order: &Order<T::AccountId>,
		title: TitleId,
		best: &BestBid<T::AccountId>,
	) -> DispatchResult {
		let venue = Self::venue(series)?;
		// Money that was bid while the lot was active buys no title of a suspended one.
		ensure!(!venue.suspended || best.accept_suspended, Error::<T>::LotSuspended);
		let (_, record) = T::Titles::title(series, title).ok_or(Error::<T>::UnknownTitle)?;
		let fee = Self::fee(best.amount, order.fee);
		Self::deliver(series, title, &order.maker, &best.bidder)?;
		Self::pay(&best.bidder, &order.maker, best.amount, fee)?;
		Self::deposit_event(Event::Traded {
			series,
			order: id,
			title,
			rest: None,
			seller: order.maker.clone(),
			buyer: best.bidder.clone(),
			units: record.units,
			price: best.amount,
			fee,
			suspended: venue.suspended,
		});
		Ok(())
	}
}
