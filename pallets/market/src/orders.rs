//! How orders come into the book and leave it.

use crate::{
	types::{Order, OrderId, Terms, FEE_STEP},
	Config, Error, Event, HoldReason, NextOrder, Orders, Pallet, TradeFee,
};
use dmex_primitives::{
	calendar::Calendar,
	rights::Rights,
	titles::{LockReason, Titles},
	Balance, Day, SeriesId,
};
use frame_support::{
	ensure,
	traits::{
		fungible::MutateHold, fungibles::MutateHold as MutateAssetHold, tokens::Precision, Get,
	},
};
use sp_runtime::{DispatchError, DispatchResult, Permill};

impl<T: Config> Pallet<T> {
	/// Writes an order down and holds its deposit and, for an offer, its price.
	pub(crate) fn place(
		series: SeriesId,
		maker: &T::AccountId,
		expires: Day,
		terms: Terms<T::AccountId>,
	) -> DispatchResult {
		let today = T::Calendar::today();
		let latest = today.saturating_add(T::MaxOrderDays::get());
		ensure!((today..=latest).contains(&expires), Error::<T>::BadExpiry);
		let id = NextOrder::<T>::get(series);
		let next = id.checked_add(1).ok_or(Error::<T>::OrdersExhausted)?;
		let deposit = T::OrderDeposit::get();
		let fee = TradeFee::<T>::get();
		let placed = Order { maker: maker.clone(), deposit, expires, fee, terms };

		T::Native::hold(&HoldReason::Order.into(), maker, deposit)?;
		Self::hold_money(maker, placed.held())?;
		NextOrder::<T>::insert(series, next);
		Orders::<T>::insert(series, id, &placed);
		Self::deposit_event(Event::OrderPlaced { series, order: id, placed });
		Ok(())
	}

	/// Pots that a trade of the title of an order may draw.
	pub(crate) fn pots_of_order(series: SeriesId, order: OrderId) -> u32 {
		let title = Orders::<T>::get(series, order).and_then(|order| order.title());
		title.map(|title| T::Rights::pots(series, title)).unwrap_or_default()
	}

	/// Takes an order out of the book and returns its deposit. What it holds in stablecoin or locks
	/// is the caller's to release.
	pub(crate) fn remove(
		series: SeriesId,
		id: OrderId,
		order: &Order<T::AccountId>,
	) -> DispatchResult {
		Orders::<T>::remove(series, id);
		let reason = HoldReason::Order.into();
		T::Native::release(&reason, &order.maker, order.deposit, Precision::BestEffort)?;
		Ok(())
	}

	pub(crate) fn hold_money(who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::AssetHolds::hold(T::Stablecoin::get(), &HoldReason::Bid.into(), who, amount)
	}

	pub(crate) fn release_money(who: &T::AccountId, amount: Balance) -> DispatchResult {
		let (asset, reason) = (T::Stablecoin::get(), HoldReason::Bid.into());
		T::AssetHolds::release(asset, &reason, who, amount, Precision::Exact)?;
		Ok(())
	}

	pub(crate) fn do_close_order(
		who: &T::AccountId,
		series: SeriesId,
		id: OrderId,
	) -> DispatchResult {
		let order = Orders::<T>::get(series, id).ok_or(Error::<T>::UnknownOrder)?;
		let may = order.maker == *who || Self::is_dead(series, &order);
		ensure!(may, Error::<T>::NotOrderMaker);
		if let Terms::English(english) = &order.terms {
			ensure!(english.best.is_none(), Error::<T>::AuctionHasBid);
		}
		Self::end_without_trade(series, id, &order)
	}

	/// Releases all that an order without a bid holds, and removes it.
	pub(crate) fn end_without_trade(
		series: SeriesId,
		id: OrderId,
		order: &Order<T::AccountId>,
	) -> DispatchResult {
		let held = order.held();
		if held > 0 {
			Self::release_money(&order.maker, held)?;
		}
		if let Some(title) = order.locks() {
			T::Titles::unlock(series, title, LockReason::Auction)?;
		}
		Self::remove(series, id, order)?;
		Self::deposit_event(Event::OrderClosed { series, order: id });
		Ok(())
	}

	/// Whether an order can never be taken again as it stands.
	fn is_dead(series: SeriesId, order: &Order<T::AccountId>) -> bool {
		let moved = match &order.terms {
			Terms::Listing(listing) => Some(listing.title),
			Terms::Lease(lease) => Some(lease.title),
			_ => None,
		}
		.is_some_and(|title| {
			T::Titles::title(series, title).is_none_or(|(owner, _)| owner != order.maker)
		});
		moved
			|| order.has_expired(T::Calendar::today(), T::Calendar::now())
			|| Self::venue(series).is_err()
	}

	pub(crate) fn do_set_trade_fee(fee: Permill) -> DispatchResult {
		let present = TradeFee::<T>::get();
		let step = present.deconstruct().abs_diff(fee.deconstruct());
		let allowed = fee <= T::MaxTradeFee::get() && step <= FEE_STEP.deconstruct();
		ensure!(allowed, Error::<T>::BadFee);
		TradeFee::<T>::put(fee);
		Self::deposit_event(Event::TradeFeeSet { fee });
		Ok(())
	}

	/// Writes an order back after a trade, or removes it when nothing is left.
	pub(crate) fn keep_or_remove(
		series: SeriesId,
		id: OrderId,
		order: Order<T::AccountId>,
		left: Option<Terms<T::AccountId>>,
	) -> Result<(), DispatchError> {
		match left {
			Some(terms) => {
				Orders::<T>::insert(series, id, Order { terms, ..order });
				Ok(())
			},
			None => Self::remove(series, id, &order),
		}
	}
}
