//! Benchmarks of the calls and hooks. Trades are of a part of a title: the split is the dear half.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::unwrap_used)]

use super::*;
use crate::types::{Ask, Expected, Lease, Missed, Offer, OrderId, UnitPrice, MAX_AUCTION_HOURS};
use dmex_primitives::{
	calendar::Calendar,
	lots::Lots,
	rights::{Days, OnDayClosed, OnMakeUpOver, Rights, MAX_LIENS, MOST_POTS},
	titles::{LockReason, Titles},
	Balance, Day, LotId, TitleId, Units,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{EnsureOrigin, Get};
use frame_system::RawOrigin;
use sp_runtime::Permill;

/// Makes the parts that the runtime wires answer as a benchmark needs.
pub trait BenchmarkHelper<AccountId> {
	/// An active lot with titles to issue, at least 1,000 units, a term of 30 days or more, and a
	/// power cost below one dollar a unit and day; sold outright or for a deposit. Answers its
	/// provider.
	fn lot(outright: bool) -> (AccountId, LotId);
	/// Gives an account 10¹² dollars of stablecoin and DMEX for every deposit.
	fn fund(who: &AccountId);
	/// Makes the settlement of a title as dear as it can be while the title is clean: many closed
	/// days and awards are unpaid, and so are `pots` pots of its liens, of which the last, beyond the
	/// most liens, is its owner's.
	fn burden(lot: LotId, title: TitleId, pots: u32);
	/// Lets a day of the lot close short, in less than ten days.
	fn close_short(lot: LotId);
	/// Writes the lot's next day into the ledger as closed with half of what it owed, without
	/// telling those who wait for it.
	fn record_short_day(lot: LotId, day: Day);
	/// Lets hours pass.
	fn pass_hours(hours: u32);
	/// Lets a lot mature.
	fn mature(lot: LotId);
}

const UNITS: Units = 100;
const PART: Units = 40;
/// One dollar a unit.
const DOLLAR: UnitPrice = 1_000_000_000_000_000;

fn funded<T: Config>(name: &'static str) -> T::AccountId {
	let who: T::AccountId = account(name, 0, 0);
	T::BenchmarkHelper::fund(&who);
	who
}

fn newest<T: Config>(lot: LotId) -> OrderId {
	NextOrder::<T>::get(lot) - 1
}

fn expiry<T: Config>() -> Day {
	T::Calendar::today() + T::MaxOrderDays::get()
}

fn sale<T: Config>(outright: bool) -> (T::AccountId, LotId, OrderId) {
	let (provider, lot) = T::BenchmarkHelper::lot(outright);
	for who in [&provider, &T::TreasuryAccount::get(), &T::FundAccount::get()] {
		T::BenchmarkHelper::fund(who);
	}
	let ask = match outright {
		true => Ask::Outright { slice_per_unit: 2 * DOLLAR, upfront_per_unit: 0 },
		false => Ask::Deposit { deposit_per_unit: DOLLAR },
	};
	Pallet::<T>::do_open_sale(&provider, lot, 5 * UNITS, 1, ask, expiry::<T>()).unwrap();
	(provider, lot, newest::<T>(lot))
}

/// A title of `UNITS` units that its owner bought.
fn bought<T: Config>(outright: bool) -> (T::AccountId, LotId, TitleId) {
	let (_, lot, order) = sale::<T>(outright);
	let owner = funded::<T>("owner");
	Pallet::<T>::do_buy_primary(&owner, lot, order, UNITS, Balance::MAX).unwrap();
	let title = match outright {
		true => Streams::<T>::iter_key_prefix(lot).next(),
		false => Deposits::<T>::iter_key_prefix(lot).next(),
	};
	(owner, lot, title.unwrap())
}

fn offer<T: Config>() -> Offer {
	Offer {
		units: UNITS,
		least_units: 1,
		price_per_unit: DOLLAR,
		least_backing_per_unit: 1,
		accept_suspended: false,
	}
}

fn expected<T: Config>(lot: LotId, title: TitleId) -> Expected {
	Expected {
		max_price: Balance::MAX,
		liens_hash: T::Rights::liens_hash(lot, title),
		paid_until: Day::MAX,
		accept_suspended: false,
	}
}

fn lease<T: Config>(title: TitleId) -> Lease {
	let first = T::Calendar::today() + 10;
	let days = Days { first, end: first + 10 };
	Lease { title, days, price_per_unit_day: DOLLAR, least_units: 1 }
}

/// A title that its owner bought, with so many pots to draw.
fn burdened<T: Config>(pots: u32) -> (T::AccountId, LotId, TitleId) {
	let (owner, lot, title) = bought::<T>(true);
	T::BenchmarkHelper::burden(lot, title, pots);
	(owner, lot, title)
}

/// An English auction with a bid of `bidder`, of a title with so many pots to draw.
fn auction<T: Config>(pots: u32) -> (LotId, OrderId, T::AccountId) {
	let (owner, lot, title) = burdened::<T>(pots);
	Pallet::<T>::do_open_auction(&owner, lot, title, PART, 1_000_000, 1).unwrap();
	let bidder = funded::<T>("bidder");
	let order = newest::<T>(lot);
	Pallet::<T>::do_bid(&bidder, lot, order, 1_000_000, false).unwrap();
	(lot, order, bidder)
}

/// A lot with a stream whose first day is in the ledger as short.
fn short_day<T: Config>() -> (T::AccountId, LotId, Day) {
	let (_, lot, _) = bought::<T>(true);
	let day = Books::<T>::get(lot).unwrap().next;
	T::BenchmarkHelper::record_short_day(lot, day);
	let provider = provider_of::<T>(lot);
	(provider, lot, day)
}

fn change_missed<T: Config>(lot: LotId, day: Day, change: impl FnOnce(&mut Missed)) {
	MissedDays::<T>::mutate(lot, day, |missed| change(missed.as_mut().unwrap()));
}

fn provider_of<T: Config>(lot: LotId) -> T::AccountId {
	T::Lots::lot(lot).unwrap().provider
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open_sale() {
		let (provider, lot) = T::BenchmarkHelper::lot(true);
		T::BenchmarkHelper::fund(&provider);
		let ask = Ask::Outright { slice_per_unit: 2 * DOLLAR, upfront_per_unit: 0 };

		#[extrinsic_call]
		_(RawOrigin::Signed(provider), lot, UNITS, 1, ask, expiry::<T>());

		assert!(Orders::<T>::contains_key(lot, 0));
	}

	#[benchmark]
	fn buy_primary() {
		let (_, lot, order) = sale::<T>(true);
		let buyer = funded::<T>("buyer");

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), lot, order, UNITS, Balance::MAX);

		assert_eq!(Streams::<T>::iter_key_prefix(lot).count(), 1);
	}

	#[benchmark]
	fn claim_slices() {
		let (provider, lot, day) = short_day::<T>();
		Pallet::<T>::on_day_closed(lot, day);
		// A unit that a refund could not place, taken from what waits.
		Books::<T>::mutate_extant(lot, |book| book.unplaced = 1);
		change_missed::<T>(lot, day, |missed| missed.slices -= 1);

		#[extrinsic_call]
		_(RawOrigin::Signed(provider), lot);

		assert_eq!(Books::<T>::get(lot).unwrap().claimable(), 0);
	}

	#[benchmark]
	fn retry_refund() {
		let (caller, lot, day) = short_day::<T>();
		Pallet::<T>::on_day_closed(lot, day);
		change_missed::<T>(lot, day, |missed| missed.over = true);

		#[extrinsic_call]
		_(RawOrigin::Signed(caller), lot, day);

		assert!(!MissedDays::<T>::contains_key(lot, day));
	}

	#[benchmark]
	fn return_deposit() {
		let (owner, lot, title) = bought::<T>(false);
		T::BenchmarkHelper::mature(lot);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), lot, title);

		assert!(!Deposits::<T>::contains_key(lot, title));
	}

	#[benchmark]
	fn list() {
		let (owner, lot, title) = bought::<T>(true);
		let hash = Some(T::Rights::liens_hash(lot, title));

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), lot, title, DOLLAR, 1, hash, expiry::<T>());

		assert!(Orders::<T>::contains_key(lot, 1));
	}

	/// A part at a falling price: the rest is unlocked, cut and locked again. A day was short.
	#[benchmark]
	fn buy(p: Linear<0, MOST_POTS>) {
		let (owner, lot, title) = burdened::<T>(p);
		let prices = (2 * DOLLAR, DOLLAR);
		Pallet::<T>::do_open_dutch(&owner, lot, title, UNITS, 1, prices, MAX_AUCTION_HOURS)
			.unwrap();
		let order = newest::<T>(lot);
		let buyer = funded::<T>("buyer");
		T::BenchmarkHelper::close_short(lot);
		let expected = expected::<T>(lot, title);

		#[extrinsic_call]
		_(RawOrigin::Signed(buyer), lot, order, PART, expected);

		assert!(T::Titles::title(lot, title).is_none());
	}

	#[benchmark]
	fn make_offer() {
		let (_, lot, _) = sale::<T>(true);
		let who = funded::<T>("buyer");
		let offer = offer::<T>();

		#[extrinsic_call]
		_(
			RawOrigin::Signed(who),
			lot,
			offer.units,
			offer.least_units,
			offer.price_per_unit,
			offer.least_backing_per_unit,
			offer.accept_suspended,
			expiry::<T>(),
		);

		assert!(Orders::<T>::contains_key(lot, 1));
	}

	#[benchmark]
	fn accept_offer(p: Linear<0, MOST_POTS>) {
		let (owner, lot, title) = burdened::<T>(p);
		let buyer = funded::<T>("buyer");
		Pallet::<T>::do_make_offer(&buyer, lot, offer::<T>(), expiry::<T>()).unwrap();

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), lot, newest::<T>(lot), title, PART, 1);

		assert!(T::Titles::title(lot, title).is_none());
	}

	#[benchmark]
	fn open_auction(p: Linear<0, MOST_POTS>) {
		let (owner, lot, title) = burdened::<T>(p);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), lot, title, PART, 1_000_000, 24);

		assert!(T::Titles::title(lot, title).is_none());
	}

	#[benchmark]
	fn bid() {
		let (lot, order, _) = auction::<T>(0);
		let who = funded::<T>("higher");

		#[extrinsic_call]
		_(RawOrigin::Signed(who), lot, order, 2_000_000, false);

		assert!(Orders::<T>::contains_key(lot, order));
	}

	/// A day was short.
	#[benchmark]
	fn settle_auction(p: Linear<0, MOST_POTS>) {
		let (lot, order, bidder) = auction::<T>(p);
		let title = Orders::<T>::get(lot, order).unwrap().locks().unwrap();
		T::BenchmarkHelper::pass_hours(1 + T::SoftCloseHours::get());
		T::BenchmarkHelper::close_short(lot);

		#[extrinsic_call]
		_(RawOrigin::Signed(bidder.clone()), lot, order);

		assert!(T::Titles::title(lot, title).is_some_and(|(owner, _)| owner == bidder));
	}

	#[benchmark]
	fn open_dutch(p: Linear<0, MOST_POTS>) {
		let (owner, lot, title) = burdened::<T>(p);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), lot, title, PART, 1, 2 * DOLLAR, DOLLAR, 24);

		assert!(T::Titles::title(lot, title).is_none());
	}

	#[benchmark]
	fn offer_lease() {
		let (owner, lot, title) = bought::<T>(true);
		let Lease { days, price_per_unit_day, least_units, .. } = lease::<T>(title);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(owner),
			lot,
			title,
			days,
			price_per_unit_day,
			least_units,
			expiry::<T>(),
		);

		assert!(Orders::<T>::contains_key(lot, 1));
	}

	/// There is room for one more lien.
	#[benchmark]
	fn take_lease(p: Linear<0, MOST_POTS>) {
		let (owner, lot, title) = burdened::<T>(p.min(MAX_LIENS - 1));
		Pallet::<T>::do_offer_lease(&owner, lot, lease::<T>(title), expiry::<T>()).unwrap();
		let lessee = funded::<T>("lessee");

		#[extrinsic_call]
		_(RawOrigin::Signed(lessee), lot, newest::<T>(lot), PART, Balance::MAX, false);

		assert!(T::Titles::title(lot, title).is_none());
	}

	/// An auction without a bid: its title is unlocked. An offer would release money instead.
	#[benchmark]
	fn close_order() {
		let (owner, lot, title) = bought::<T>(true);
		Pallet::<T>::do_open_auction(&owner, lot, title, UNITS, 1_000_000, 1).unwrap();
		let order = newest::<T>(lot);

		#[extrinsic_call]
		_(RawOrigin::Signed(owner), lot, order);

		let free = T::Titles::title(lot, title).is_some_and(|(_, t)| t.locked_by.is_none());
		assert!(free);
		assert!(T::Titles::lock(lot, title, LockReason::Auction).is_ok());
	}

	#[benchmark]
	fn set_trade_fee() -> Result<(), BenchmarkError> {
		let origin =
			T::FeeOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;
		let fee = Permill::zero();
		TradeFee::<T>::put(fee);

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, fee);

		assert_eq!(TradeFee::<T>::get(), fee);
		Ok(())
	}

	#[benchmark]
	fn on_day_closed() {
		let (_, lot, day) = short_day::<T>();

		#[block]
		{
			Pallet::<T>::on_day_closed(lot, day);
		}

		assert!(MissedDays::<T>::contains_key(lot, day));
	}

	#[benchmark]
	fn on_make_up_over() {
		let (_, lot, day) = short_day::<T>();
		Pallet::<T>::on_day_closed(lot, day);

		#[block]
		{
			Pallet::<T>::on_make_up_over(lot, day);
		}

		assert!(!MissedDays::<T>::contains_key(lot, day));
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
