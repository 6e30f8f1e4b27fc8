//! What must hold of the books after every block.

#![cfg(any(feature = "std", feature = "try-runtime"))]

use crate::{
	types::{LotBook, Terms},
	Books, Config, DepositBooks, Deposits, HoldReason, MissedDays, NextOrder, Orders, Pallet,
	Starting, Streams,
};
use alloc::collections::{BTreeMap, BTreeSet};
use dmex_primitives::{
	lots::Lots,
	titles::{LockReason, Titles},
	Balance, Day, LotId,
};
use frame_support::{
	ensure,
	traits::{
		fungible::InspectHold,
		fungibles::{Inspect, InspectHold as InspectAssetHold},
		Get,
	},
};
use sp_runtime::TryRuntimeError;

const OVERFLOW: TryRuntimeError = TryRuntimeError::Other("amounts overflow");

fn plus(a: Balance, b: Balance) -> Result<Balance, TryRuntimeError> {
	a.checked_add(b).ok_or(OVERFLOW)
}

fn minus(a: Balance, b: Balance) -> Result<Balance, TryRuntimeError> {
	a.checked_sub(b).ok_or(TryRuntimeError::Other("more went out than came in"))
}

/// A daily amount over the days `[first, end)`.
fn over(per_day: Balance, first: Day, end: Day) -> Result<Balance, TryRuntimeError> {
	per_day.checked_mul(end.saturating_sub(first).into()).ok_or(OVERFLOW)
}

impl<T: Config> Pallet<T> {
	/// Checks everything below; the text of the error names the rule that is broken.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_orders()?;
		let mut escrowed = Balance::MIN;
		for (lot, book) in Books::<T>::iter() {
			Self::check_upfront(lot, &book)?;
			escrowed = plus(escrowed, Self::check_streams(lot, &book)?)?;
		}
		Self::check_strays()?;
		escrowed = plus(escrowed, Self::check_deposits()?)?;
		// Anyone may send money to the pot, so it may have more than the books say.
		let pot = T::Assets::balance(T::Stablecoin::get(), &Self::pot());
		ensure!(pot >= escrowed, "the pot has less than streams and deposits");
		Ok(())
	}

	/// What is on hold is what the orders say, and what is auctioned is locked, once.
	fn check_orders() -> Result<(), TryRuntimeError> {
		let mut native: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		let mut money: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		let mut locked = BTreeSet::new();
		for (series, id, order) in Orders::<T>::iter() {
			ensure!(id < NextOrder::<T>::get(series), "an order has an id that was not given yet");
			let entry = native.entry(order.maker.clone()).or_default();
			*entry = plus(*entry, order.deposit)?;
			let entry = money.entry(order.maker.clone()).or_default();
			*entry = plus(*entry, order.held())?;
			match &order.terms {
				Terms::Sale(sale) => ensure!(sale.units > 0, "a sale of nothing stands"),
				Terms::Offer(offer) => ensure!(offer.units > 0, "an offer for nothing stands"),
				Terms::English(english) => {
					if let Some(best) = &english.best {
						let entry = money.entry(best.bidder.clone()).or_default();
						*entry = plus(*entry, best.amount)?;
					}
				},
				_ => {},
			}
			let Some(title) = order.locks() else { continue };
			let (owner, record) =
				T::Titles::title(series, title).ok_or("an auctioned title has ended")?;
			ensure!(owner == order.maker, "an auctioned title is another's");
			let reason = record.locked_by;
			ensure!(reason == Some(LockReason::Auction), "an auctioned title is not locked");
			ensure!(locked.insert((series, title)), "a title is in two auctions");
		}
		for (who, amount) in native {
			let held = T::Native::balance_on_hold(&HoldReason::Order.into(), &who);
			ensure!(held == amount, "deposits on hold are not what the orders say");
		}
		for (who, amount) in money {
			let (asset, reason) = (T::Stablecoin::get(), HoldReason::Bid.into());
			let held = T::AssetHolds::balance_on_hold(asset, &reason, &who);
			ensure!(held == amount, "money on hold is not what offers and bids say");
		}
		Ok(())
	}

	/// What is in the pot for a lot: Σ slice × open days + undelivered not refunded + unclaimed,
	/// counted by titles, by the lot's sums, and by flows. All three are equal.
	fn check_streams(lot: LotId, book: &LotBook) -> Result<Balance, TryRuntimeError> {
		ensure!(book.next <= book.end, "a lot's streams run past its end");
		// What comes back of a day goes to all issued units alike, so all must have paid for it.
		let sold = T::Lots::lot(lot).is_none_or(|lot| lot.issued == book.units);
		ensure!(sold, "units were issued beside those that were sold");
		let mut by_titles = Balance::MIN;
		for (_, stream) in Streams::<T>::iter_prefix(lot) {
			let first = stream.first_day.max(book.next);
			by_titles = plus(by_titles, over(stream.per_day, first, book.end)?)?;
		}
		let mut by_sums = over(book.slices, book.next, book.end)?;
		for (day, sum) in Starting::<T>::iter_prefix(lot) {
			ensure!(day >= book.next && day < book.end, "streams begin on a day that is closed");
			by_sums = plus(by_sums, over(sum.slices, day, book.end)?)?;
		}
		ensure!(by_titles == by_sums, "the streams of the titles are not those of the lot");

		let mut waiting = Balance::MIN;
		for (day, missed) in MissedDays::<T>::iter_prefix(lot) {
			ensure!(day < book.next, "an open day is missed");
			waiting = plus(waiting, missed.slices)?;
		}
		let unclaimed = minus(book.earned, book.claimed)?;
		let unswept = minus(book.unplaced, book.swept)?;
		let stock = plus(plus(plus(by_sums, waiting)?, unclaimed)?, unswept)?;
		let out = plus(plus(book.claimed, book.refunded)?, book.swept)?;
		ensure!(stock == minus(book.paid_in, out)?, "streams do not hold what flowed in and out");
		Ok(stock)
	}

	/// What a provider was paid upfront and has not delivered, by days and by flow.
	fn check_upfront(lot: LotId, book: &LotBook) -> Result<(), TryRuntimeError> {
		let mut open = plus(over(book.upfront, book.next, book.end)?, book.upfront_rest)?;
		for (day, sum) in Starting::<T>::iter_prefix(lot) {
			open = plus(open, over(sum.upfront, day, book.end)?)?;
		}
		for (_, missed) in MissedDays::<T>::iter_prefix(lot) {
			open = plus(open, missed.upfront)?;
		}
		ensure!(open == book.exposure, "upfront money is not what is still to be delivered");
		Ok(())
	}

	/// Nothing is kept for a lot without a book.
	fn check_strays() -> Result<(), TryRuntimeError> {
		let known = |lot: LotId| Books::<T>::contains_key(lot);
		let streams = Streams::<T>::iter().all(|(lot, _, stream)| known(lot) && stream.per_day > 0);
		ensure!(streams, "a stream of a lot without a book, or of nothing");
		let begin = Starting::<T>::iter_keys().all(|(lot, _)| known(lot));
		ensure!(begin, "streams of a lot without a book begin");
		let missed = MissedDays::<T>::iter_keys().all(|(lot, _)| known(lot));
		ensure!(missed, "a lot without a book missed a day");
		Ok(())
	}

	/// What is in the pot as deposits: what flowed in and not back, by lot.
	fn check_deposits() -> Result<Balance, TryRuntimeError> {
		let mut by_lot: BTreeMap<LotId, Balance> = BTreeMap::new();
		for (lot, _, amount) in Deposits::<T>::iter() {
			ensure!(amount > 0, "a deposit of nothing");
			ensure!(DepositBooks::<T>::contains_key(lot), "a deposit of a lot without a book");
			let entry = by_lot.entry(lot).or_default();
			*entry = plus(*entry, amount)?;
		}
		let mut total = Balance::MIN;
		for (lot, book) in DepositBooks::<T>::iter() {
			let stock = minus(book.paid_in, book.returned)?;
			let deposits = by_lot.get(&lot).copied().unwrap_or_default();
			ensure!(stock == deposits, "deposits are not what flowed in and out");
			total = plus(total, stock)?;
		}
		Ok(total)
	}
}
