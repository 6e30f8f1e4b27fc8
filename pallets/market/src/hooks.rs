//! What follows a title through split and merge: its stream, its deposit, and that it was sold.

use crate::{types::Stream, Books, Config, Deposits, Error, Event, Pallet, Sold, Streams};
use alloc::vec::Vec;
use dmex_math::divide;
use dmex_primitives::{
	sales::Sales,
	titles::{Title, TitleHooks},
	Balance, Day, LotId, SeriesId, TitleId, Units,
};
use frame_support::{defensive, ensure};
use sp_runtime::DispatchResult;

impl<T: Config> TitleHooks<T::AccountId> for Pallet<T> {
	fn on_issue(_: SeriesId, _: TitleId, _: &T::AccountId, _: &Title) {}

	fn can_split(_: SeriesId, _: TitleId, _: &[Units]) -> DispatchResult {
		Ok(())
	}

	fn on_split(series: SeriesId, parent: TitleId, parts: &[(TitleId, Units)]) {
		if let Some(Stream { per_day, first_day }) = Streams::<T>::take(series, parent) {
			for (title, per_day) in Self::shares(per_day, parts) {
				Self::put_stream(series, title, Stream { per_day, first_day });
			}
		}
		if let Some(amount) = Deposits::<T>::take(series, parent) {
			for (title, amount) in Self::shares(amount, parts) {
				Self::put_deposit(series, title, amount);
			}
		}
		if Sold::<T>::take(series, parent).is_some() {
			for (title, _) in parts {
				Sold::<T>::insert(series, title, ());
			}
		}
	}

	/// A merged title has one stream, so those that have not begun must begin together.
	fn can_merge(series: SeriesId, titles: &[TitleId]) -> DispatchResult {
		let mut days = titles.iter().filter_map(|title| Self::opens_on(series, *title));
		let Some(first) = days.next() else { return Ok(()) };
		ensure!(days.all(|day| day == first), Error::<T>::StreamsDiffer);
		Ok(())
	}

	fn on_merge(series: SeriesId, titles: &[TitleId], merged: TitleId) {
		let first_day = titles.iter().find_map(|title| Self::opens_on(series, *title));
		let (mut per_day, mut deposit, mut sold) = (Balance::MIN, Balance::MIN, true);
		for title in titles {
			let stream = Streams::<T>::take(series, title).map(|stream| stream.per_day);
			per_day = per_day.saturating_add(stream.unwrap_or_default());
			let part = Deposits::<T>::take(series, title).unwrap_or_default();
			deposit = deposit.saturating_add(part);
			sold &= Sold::<T>::take(series, title).is_some();
		}
		if let Some(first_day) = first_day {
			Self::put_stream(series, merged, Stream { per_day, first_day });
		}
		Self::put_deposit(series, merged, deposit);
		if sold {
			Sold::<T>::insert(series, merged, ());
		}
	}

	/// Streams are paid to the provider and refunds to the rights: nothing is owed to the owner.
	fn settle(_: SeriesId, _: TitleId, _: &T::AccountId) {}

	/// The stream of a title that ended goes on: its days are paid and refunded by lot. A deposit
	/// that was not returned stays in the books.
	fn on_burn(series: SeriesId, title: TitleId, _: &T::AccountId) {
		Sold::<T>::remove(series, title);
	}

	fn liens(_: SeriesId, _: TitleId) -> u32 {
		0
	}
}

impl<T: Config> Sales for Pallet<T> {
	fn was_sold(series: SeriesId, title: TitleId) -> bool {
		Sold::<T>::contains_key(series, title)
	}

	fn is_sold_outright(lot: LotId) -> bool {
		Books::<T>::contains_key(lot)
	}
}

impl<T: Config> Pallet<T> {
	/// First day that the stream of a title still pays for.
	fn opens_on(series: SeriesId, title: TitleId) -> Option<Day> {
		let stream = Streams::<T>::get(series, title)?;
		Some(stream.first_day.max(Books::<T>::get(series)?.next))
	}

	/// Divides an amount by the units of the parts of a title.
	fn shares(amount: Balance, parts: &[(TitleId, Units)]) -> Vec<(TitleId, Balance)> {
		let units: Vec<Units> = parts.iter().map(|(_, units)| *units).collect();
		let Some(shares) = divide(amount, &units) else {
			defensive!("the parts of a title have no units");
			return Vec::new();
		};
		parts.iter().map(|(title, _)| *title).zip(shares).collect()
	}

	fn put_stream(series: SeriesId, title: TitleId, stream: Stream) {
		if stream.per_day == 0 {
			return;
		}
		Streams::<T>::insert(series, title, stream);
		let Stream { per_day, first_day } = stream;
		Self::deposit_event(Event::StreamMoved { lot: series, title, per_day, first_day });
	}

	fn put_deposit(series: SeriesId, title: TitleId, amount: Balance) {
		if amount == 0 {
			return;
		}
		Deposits::<T>::insert(series, title, amount);
		Self::deposit_event(Event::DepositMoved { lot: series, title, amount });
	}
}
