#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod auction;
mod calls;
mod checks;
mod deposits;
mod errors;
mod events;
mod hooks;
mod lease;
mod listing;
mod offers;
mod orders;
mod primary;
mod settle;
mod streams;
mod try_state;
pub mod types;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

use frame_support::pallet_macros::import_section;

pub use pallet::*;
pub use weights::WeightInfo;

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[import_section(calls::calls)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::WeightInfo;
	use crate::types::{
		Ask, DaySum, DepositBook, Expected, Lease, LotBook, Missed, Offer, Order, OrderId, Page,
		Quote, Stream, UnitPrice,
	};
	use dmex_primitives::{
		calendar::Calendar,
		lots::{Issue, Lots},
		rights::{Awards, DayBooks, Days, Rights, MOST_POTS},
		titles::Titles,
		trust::Exposure,
		weighing::weighing,
		AssetId, Balance, Day, LotId, Moment, SeriesId, TitleId, Units,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::Permill;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons for a hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// Where deposits of orders are held: DMEX.
		type Native: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// Moves the stablecoin.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ fungibles::Mutate<Self::AccountId>;
		/// Holds the stablecoin of offers and bids.
		type AssetHolds: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ fungibles::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// The stablecoin.
		#[pallet::constant]
		type Stablecoin: Get<AssetId>;
		/// Days of the chain.
		type Calendar: Calendar;
		/// Lots.
		type Lots: Lots<Self::AccountId>;
		/// Mints what a provider sells.
		type Issue: Issue<Self::AccountId>;
		/// Titles.
		type Titles: Titles<Self::AccountId>;
		/// Liens, and who is paid for a day.
		type Rights: Rights<Self::AccountId>;
		/// What days owed and brought.
		type DayBooks: DayBooks;
		/// Where refunds go.
		type Awards: Awards<Self::AccountId>;
		/// Bound of what may be paid upfront.
		type Exposure: Exposure<Self::AccountId>;
		/// Receives fees.
		type TreasuryAccount: Get<Self::AccountId>;
		/// Receives the insurance fund's part of the fees, and what refunds could not place.
		type FundAccount: Get<Self::AccountId>;
		/// The fund's part of the fees.
		#[pallet::constant]
		type FundShare: Get<Permill>;
		/// Highest trade fee.
		#[pallet::constant]
		type MaxTradeFee: Get<Permill>;
		/// Sets the trade fee.
		type FeeOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Deposit of an order, smallest unit of DMEX.
		#[pallet::constant]
		type OrderDeposit: Get<Balance>;
		/// Longest time that an order stands, days.
		#[pallet::constant]
		type MaxOrderDays: Get<Day>;
		/// Part of the best bid by which the next is higher.
		#[pallet::constant]
		type BidIncrement: Get<Permill>;
		/// Hours that an auction stays open after its last bid.
		#[pallet::constant]
		type SoftCloseHours: Get<u32>;
		/// Names the keyless account of streams and deposits.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Makes the other parts answer in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds money.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// DMEX for the storage of orders.
		Order,
		/// Stablecoin behind offers and bids.
		Bid,
	}

	/// Fee of orders placed from now on, part of the price.
	#[pallet::storage]
	pub type TradeFee<T: Config> = StorageValue<_, Permill, ValueQuery>;

	/// Id of the next order of each series.
	#[pallet::storage]
	pub type NextOrder<T: Config> = StorageMap<_, Twox64Concat, SeriesId, OrderId, ValueQuery>;

	/// The order book. Bounded by the orders' deposits.
	#[pallet::storage]
	pub type Orders<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, OrderId, Order<T::AccountId>>;

	/// Streams of each lot together.
	#[pallet::storage]
	pub type Books<T: Config> = StorageMap<_, Twox64Concat, LotId, LotBook>;

	/// Sums of the streams of a lot that begin on a day that is not closed.
	#[pallet::storage]
	pub type Starting<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, Day, DaySum, ValueQuery>;

	/// Days of a lot that closed short and are not refunded yet.
	#[pallet::storage]
	pub type MissedDays<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, Day, Missed>;

	/// Stream of each title. Covered by the title's own deposit.
	#[pallet::storage]
	pub type Streams<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, TitleId, Stream>;

	/// Deposit behind each title, stablecoin units. Covered by the title's own deposit.
	#[pallet::storage]
	pub type Deposits<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, TitleId, Balance>;

	/// Deposits of each lot together.
	#[pallet::storage]
	pub type DepositBooks<T: Config> = StorageMap<_, Twox64Concat, LotId, DepositBook, ValueQuery>;

	/// Titles that the lot's provider has sold. Covered by the title's own deposit.
	#[pallet::storage]
	pub type Sold<T: Config> =
		StorageDoubleMap<_, Twox64Concat, SeriesId, Twox64Concat, TitleId, ()>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Fee of a trade, parts per million of the price; at most `MaxTradeFee`.
		pub trade_fee_parts_per_million: u32,
		/// Of this runtime.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let fee = Permill::from_parts(self.trade_fee_parts_per_million);
			assert!(fee <= T::MaxTradeFee::get(), "the trade fee is above its bound");
			TradeFee::<T>::put(fee);
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What a trade would do now, or why it is refused: of a sale, a listing, a Dutch auction
		/// or a lease; of an English auction with its least next bid as the price.
		pub fn quote(
			series: SeriesId,
			order: OrderId,
			units: Units,
		) -> Result<Quote<T::AccountId>, DispatchError> {
			Self::view_quote(series, order, units)
		}

		/// What selling units of a title to an offer would do now, or why it is refused.
		pub fn quote_offer(
			series: SeriesId,
			order: OrderId,
			title: TitleId,
			units: Units,
		) -> Result<Quote<T::AccountId>, DispatchError> {
			Self::view_quote_offer(series, order, title, units)
		}

		/// An order.
		pub fn order(series: SeriesId, order: OrderId) -> Option<Order<T::AccountId>> {
			Orders::<T>::get(series, order)
		}

		/// The orders among the 256 ids from `from` on, and where to go on.
		pub fn order_book(series: SeriesId, from: OrderId) -> Page<T::AccountId> {
			Self::page(series, from)
		}

		/// The stream of a title.
		pub fn stream(lot: LotId, title: TitleId) -> Option<Stream> {
			Streams::<T>::get(lot, title)
		}

		/// The deposit behind a title, stablecoin units.
		pub fn deposit(lot: LotId, title: TitleId) -> Balance {
			Deposits::<T>::get(lot, title).unwrap_or_default()
		}

		/// What a lot's provider can claim now, and the fee of it, stablecoin units.
		pub fn claimable(lot: LotId) -> (Balance, Balance) {
			Self::view_claimable(lot)
		}

		/// Streams of a lot together.
		pub fn lot_book(lot: LotId) -> Option<LotBook> {
			Books::<T>::get(lot)
		}

		/// A day that closed short and is not refunded yet.
		pub fn missed_day(lot: LotId, day: Day) -> Option<Missed> {
			MissedDays::<T>::get(lot, day)
		}

		/// Whether the provider has sold the title, or every title it was made from.
		pub fn was_sold(series: SeriesId, title: TitleId) -> bool {
			Sold::<T>::contains_key(series, title)
		}

		/// Fee of orders placed now.
		pub fn trade_fee() -> Permill {
			TradeFee::<T>::get()
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxTradeFee::get() < Permill::one(), "a fee leaves something to the seller");
			assert!(T::MaxOrderDays::get() >= 15, "an order stands as long as any auction");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
