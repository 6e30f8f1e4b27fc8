//! Services that workers read, and the coins whose network and price they read.

use crate::{
	pallet::*,
	types::{Source, Url, MAX_SOURCES},
	url,
};
use alloc::vec::Vec;
use dmex_adapters::Adapter;
use dmex_primitives::{calendar::Calendar, coins::Coins, CoinId, Day, SourceId};
use frame_support::{ensure, traits::Get};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Adds a source under the next id.
	pub(crate) fn add_source(
		adapter: Adapter,
		base_url: Option<Vec<u8>>,
		genesis: bool,
	) -> Result<SourceId, Error<T>> {
		let base_url = base_url.map(Self::checked_url).transpose()?;
		// Some adapters have no well-known host: they read one's own node.
		ensure!(base_url.is_some() || !adapter.host().is_empty(), Error::<T>::UrlMissing);
		// Sources are closed and never removed, so their count is the next id.
		let id = Sources::<T>::count();
		ensure!(id < MAX_SOURCES, Error::<T>::TooManySources);
		let registered_on = if genesis { 0 } else { T::Calendar::today() };
		Sources::<T>::insert(id, Source { adapter, base_url, registered_on, genesis, open: true });
		Ok(id)
	}

	fn checked_url(url: Vec<u8>) -> Result<Url, Error<T>> {
		let url = Url::try_from(url).map_err(|_| Error::<T>::UrlTooLong)?;
		ensure!(url::is_allowed(&url, LoopbackAllowed::<T>::get()), Error::<T>::UrlRefused);
		Ok(url)
	}

	pub(crate) fn shut_source(id: SourceId) -> DispatchResult {
		Sources::<T>::try_mutate(id, |entry| {
			let source = entry.as_mut().ok_or(Error::<T>::SourceUnknown)?;
			ensure!(source.open, Error::<T>::SourceClosed);
			source.open = false;
			Ok(())
		})
	}

	pub(crate) fn add_watched(coin: CoinId) -> DispatchResult {
		let terms = T::Coins::coin(coin).ok_or(Error::<T>::CoinUnknown)?;
		let mut watched = Watched::<T>::get();
		ensure!(!watched.contains(&coin), Error::<T>::CoinWatched);
		let is_read = Sources::<T>::iter_values().any(|source| {
			source.open && source.adapter.reads_network() && source.adapter.mines(&terms.symbol)
		});
		ensure!(is_read, Error::<T>::NetworkSourceMissing);
		watched.try_push(coin).map_err(|_| Error::<T>::TooManyWatched)?;
		Watched::<T>::put(watched);
		Ok(())
	}

	/// Last day of a source's probation, while it lasts.
	pub(crate) fn probation_of(source: &Source) -> Option<Day> {
		let on_own_host = source.base_url.is_none();
		let until = source.registered_on.saturating_add(T::ProbationDays::get());
		(!on_own_host && !source.genesis && T::Calendar::today() < until).then_some(until)
	}
}
