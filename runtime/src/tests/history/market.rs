//! The order book, and what stands behind the days of titles.

use super::Differences;
use crate::*;
use dmex_primitives::{calendar::Calendar, Day, LotId, SeriesId, TitleId};
use pallet_market::{
	types::{BestBid, DepositBook, Order, OrderId, Stream, Terms},
	Event,
};
use std::collections::BTreeMap;

/// What has flowed through the streams of a lot.
#[derive(Clone, Default, PartialEq, Debug)]
struct Flows {
	paid_in: Balance,
	earned: Balance,
	claimed: Balance,
	refunded: Balance,
	unplaced: Balance,
	swept: Balance,
}

#[derive(Clone, Default)]
pub struct Market {
	orders: BTreeMap<(SeriesId, OrderId), Order<AccountId>>,
	streams: BTreeMap<(LotId, TitleId), Stream>,
	deposits: BTreeMap<(LotId, TitleId), Balance>,
	sold: BTreeMap<(SeriesId, TitleId), ()>,
	flows: BTreeMap<LotId, Flows>,
	deposit_flows: BTreeMap<LotId, DepositBook>,
	/// Slices of days that closed short and are neither earned nor refunded yet.
	missed: BTreeMap<(LotId, Day), Balance>,
}

impl Market {
	pub fn read() -> Self {
		use pallet_market::{Books, DepositBooks, Deposits, MissedDays, Orders, Sold, Streams};
		let flows = Books::<Runtime>::iter().map(|(lot, book)| {
			let flows = Flows {
				paid_in: book.paid_in,
				earned: book.earned,
				claimed: book.claimed,
				refunded: book.refunded,
				unplaced: book.unplaced,
				swept: book.swept,
			};
			(lot, flows)
		});
		Self {
			orders: Orders::<Runtime>::iter().map(|(a, b, order)| ((a, b), order)).collect(),
			streams: Streams::<Runtime>::iter().map(|(a, b, stream)| ((a, b), stream)).collect(),
			deposits: Deposits::<Runtime>::iter().map(|(a, b, sum)| ((a, b), sum)).collect(),
			sold: Sold::<Runtime>::iter().map(|(a, b, ())| ((a, b), ())).collect(),
			flows: flows.collect(),
			deposit_flows: DepositBooks::<Runtime>::iter().collect(),
			missed: MissedDays::<Runtime>::iter()
				.filter(|(.., missed)| missed.slices > 0)
				.map(|(lot, day, missed)| ((lot, day), missed.slices))
				.collect(),
		}
	}

	pub fn take(&mut self, event: &RuntimeEvent) {
		match event {
			RuntimeEvent::Titles(event) => self.title(event),
			RuntimeEvent::Market(event) => {
				self.order(event);
				self.money(event);
			},
			_ => {},
		}
	}

	/// What stands behind a title leaves it; where it goes is told beside it.
	fn title(&mut self, event: &pallet_titles::Event<Runtime>) {
		use pallet_titles::Event;
		let (series, ended, begun): (_, Vec<TitleId>, Vec<TitleId>) = match event {
			Event::Split { series, title, parts } => {
				(*series, vec![*title], parts.iter().map(|(part, _)| *part).collect())
			},
			Event::Merged { series, titles, merged, .. } => {
				(*series, titles.to_vec(), vec![*merged])
			},
			_ => return,
		};
		// A title that was made of sold ones alone is sold.
		let mut is_sold = true;
		for title in ended {
			let key = (series, title);
			self.streams.remove(&key);
			self.deposits.remove(&key);
			is_sold &= self.sold.remove(&key).is_some();
		}
		if is_sold {
			self.sold.extend(begun.into_iter().map(|title| ((series, title), ())));
		}
	}

	/// An order is changed; one of which nothing is left is gone.
	fn change(
		&mut self,
		key: (SeriesId, OrderId),
		left: impl FnOnce(Terms<AccountId>) -> Option<Terms<AccountId>>,
	) {
		let Some(order) = self.orders.remove(&key) else { return };
		if let Some(terms) = left(order.terms) {
			self.orders.insert(key, Order { terms, ..order });
		}
	}

	fn order(&mut self, event: &Event<Runtime>) {
		match event.clone() {
			Event::OrderPlaced { series, order, placed } => {
				self.orders.insert((series, order), placed);
			},
			Event::OrderClosed { series, order } | Event::AuctionCalledOff { series, order } => {
				self.orders.remove(&(series, order));
			},
			Event::SoldByProvider { lot, order, units, .. } => {
				self.change((lot, order), |terms| match terms {
					Terms::Sale(mut sale) => {
						sale.units = sale.units.saturating_sub(units);
						(sale.units > 0).then_some(Terms::Sale(sale))
					},
					other => Some(other),
				});
			},
			Event::Traded { series, order, units, rest, .. } => {
				self.change((series, order), |terms| match (terms, rest) {
					(Terms::Offer(mut offer), _) => {
						offer.units = offer.units.saturating_sub(units);
						(offer.units > 0).then_some(Terms::Offer(offer))
					},
					(Terms::Listing(mut listing), Some(rest)) => {
						listing.title = rest;
						Some(Terms::Listing(listing))
					},
					(Terms::Dutch(mut dutch), Some(rest)) => {
						dutch.title = rest;
						Some(Terms::Dutch(dutch))
					},
					_ => None,
				});
			},
			Event::Leased { series, order, rest, .. } => {
				self.change((series, order), |terms| match (terms, rest) {
					(Terms::Lease(mut lease), Some(rest)) => {
						lease.title = rest;
						Some(Terms::Lease(lease))
					},
					_ => None,
				});
			},
			Event::BidPlaced { series, order, bidder, amount, ends, accept_suspended } => {
				let Some(order) = self.orders.get_mut(&(series, order)) else { return };
				// Auctions end by their clock; the day follows it.
				order.expires = Periods::day_of(ends);
				let Terms::English(english) = &mut order.terms else { return };
				english.ends = ends;
				english.best = Some(BestBid { bidder, amount, accept_suspended });
			},
			_ => {},
		}
	}

	fn money(&mut self, event: &Event<Runtime>) {
		match event.clone() {
			Event::SoldByProvider { lot, title, deposit, slice_per_day, days, .. } => {
				self.sold.insert((lot, title), ());
				if slice_per_day > 0 {
					let stream = Stream { per_day: slice_per_day, first_day: days.first };
					self.streams.insert((lot, title), stream);
					let length = Balance::from(days.end - days.first);
					self.flows.entry(lot).or_default().paid_in += slice_per_day * length;
				}
				if deposit > 0 {
					self.deposits.insert((lot, title), deposit);
					self.deposit_flows.entry(lot).or_default().paid_in += deposit;
				}
			},
			Event::StreamMoved { lot, title, per_day, first_day } => {
				self.streams.insert((lot, title), Stream { per_day, first_day });
			},
			Event::DepositMoved { lot, title, amount } => {
				self.deposits.insert((lot, title), amount);
			},
			Event::DepositReturned { lot, title, amount, .. } => {
				self.deposits.remove(&(lot, title));
				self.deposit_flows.entry(lot).or_default().returned += amount;
			},
			Event::DayStreamed { lot, day, earned, missed }
			| Event::DayMadeUp { lot, day, earned, missed } => {
				self.flows.entry(lot).or_default().earned += earned;
				self.missed.insert((lot, day), missed);
				self.missed.retain(|_, missed| *missed > 0);
			},
			Event::DayRefunded { lot, day, refunded, unplaced } => {
				self.missed.remove(&(lot, day));
				let flows = self.flows.entry(lot).or_default();
				flows.refunded += refunded;
				flows.unplaced += unplaced;
			},
			Event::SlicesClaimed { lot, amount, swept, .. } => {
				let flows = self.flows.entry(lot).or_default();
				flows.claimed += amount;
				flows.swept += swept;
			},
			_ => {},
		}
	}

	pub fn compare(&self, kept: &Self, found: &mut Differences) {
		found.each("order", &self.orders, &kept.orders);
		found.each("stream of title", &self.streams, &kept.streams);
		found.each("deposit of title", &self.deposits, &kept.deposits);
		found.each("sold title", &self.sold, &kept.sold);
		found.each("streams of lot", &self.flows, &kept.flows);
		found.each("deposits of lot", &self.deposit_flows, &kept.deposit_flows);
		found.each("missed day", &self.missed, &kept.missed);
	}
}
