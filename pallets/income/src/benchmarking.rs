//! Benchmarks of the calls and of what happens by itself. Run in a runtime whose hooks are the real
//! ones.

#![allow(clippy::arithmetic_side_effects, clippy::expect_used, clippy::unwrap_used)]

use super::*;
use crate::types::{
	Award, Book, Change, Changes, Cursor, Pot, Round, AWARDS_PER_VISIT, MAX_LIENS, PAGE_DAYS,
	STEPS_PER_VISIT,
};
use alloc::vec::Vec;
use dmex_math::Fine;
use dmex_primitives::{
	calendar::Calendar,
	rights::{DayBooks, Days, Remit, Rights},
	titles::Titles,
	AssetId, Balance, CoinAmount, Day, LotId, TitleId, Units,
};
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{fungible, fungibles::Mutate},
	weights::Weight,
};
use frame_system::RawOrigin;

/// Makes the parts that the runtime wires answer as a benchmark needs.
pub trait BenchmarkHelper<AccountId> {
	/// An active lot of `provider` with an open series, ready to issue, whose term began today at
	/// the latest and lasts for more than 200 days.
	fn lot(provider: &AccountId) -> LotId;
	/// Agrees a closed day of the lot's account: `paid` for the power that is issued.
	fn measure(lot: LotId, day: Day, paid: CoinAmount);
	/// Lets days pass.
	fn pass_days(days: Day);
	/// An asset that is no lot's coin.
	fn other_asset() -> AssetId;
}

const COINS: CoinAmount = 1_000_000_000;
const UNITS: u128 = 1_000;
/// Enough that the part of a unit for a day can be paid.
const AWARDED: Balance = 1_000_000_000_000_000_000;

fn fund<T: Config>(who: &T::AccountId)
where
	T::Native: fungible::Mutate<T::AccountId>,
{
	let least = <T::Native as fungible::Inspect<T::AccountId>>::minimum_balance().max(1_000_000);
	<T::Native as fungible::Mutate<T::AccountId>>::set_balance(who, least * 1_000_000_000);
}

/// A lot of the caller with a title of its own that begins tomorrow.
fn lot<T: Config>() -> (T::AccountId, LotId, TitleId)
where
	T::Native: fungible::Mutate<T::AccountId>,
{
	let who: T::AccountId = whitelisted_caller();
	fund::<T>(&who);
	let lot = T::BenchmarkHelper::lot(&who);
	let first = T::Calendar::today() + 1;
	let title = T::Titles::issue(lot, &who, UNITS, first).unwrap();
	(who, lot, title)
}

fn arrive<T: Config>(who: &T::AccountId, lot: LotId) {
	let asset = Books::<T>::get(lot).unwrap().asset;
	// More than a day owes.
	let amount = 2 * COINS;
	T::Assets::mint_into(asset, who, amount).unwrap();
	<Pallet<T> as Remit<T::AccountId>>::remit(lot, who, amount).unwrap();
}

/// Lets `days` days pass that are all closed, in full if `full`.
fn close<T: Config>(who: &T::AccountId, lot: LotId, days: Day, full: bool) {
	let first = Books::<T>::get(lot).unwrap().closed_until;
	for day in first..first + days {
		T::BenchmarkHelper::measure(lot, day, COINS);
	}
	T::BenchmarkHelper::pass_days(days + 10);
	if full {
		(0..days).for_each(|_| arrive::<T>(who, lot));
	}
	while Books::<T>::get(lot).unwrap().closed_until < first + days {
		assert!(Pallet::<T>::visit(lot) > 0, "no day closes");
	}
}

/// Days for which burdened titles are not paid: of as many liens as there can be.
const UNPAID_DAYS: Day = 8 * (MAX_LIENS as Day + 1);
/// Days on which the units of a burdened pot change: short days are final after sixty, closed after
/// seven, and the payer comes by every seven.
const BUSY_DAYS: Day = 96;

/// Makes paying titles of one lot as dear as it can be while they are clean: each gets liens of so
/// many holders, whose days are over; a hundred and more days closed in full, and as many awards as
/// one payment takes in, in two assets, are unpaid.
pub fn burden<T: Config>(lot: LotId, titles: &[TitleId], liens: u32) -> Vec<T::AccountId>
where
	T::Native: fungible::Mutate<T::AccountId>,
{
	let mut all = Vec::new();
	for title in titles {
		let (owner, _) = T::Titles::title(lot, *title).unwrap();
		fund::<T>(&owner);
		let mut first = T::Calendar::today() + 2;
		for holder in holders::<T>(*title, liens) {
			fund::<T>(&holder);
			let days = Days { first, end: first + 7 };
			<Pallet<T> as Rights<T::AccountId>>::assign(lot, *title, days, &holder).unwrap();
			first += 8;
			all.push(holder);
		}
	}
	let miner: T::AccountId = account("miner", 0, 0);
	fund::<T>(&miner);
	close::<T>(&miner, lot, UNPAID_DAYS, true);
	award::<T>(lot, &miner);
	all.iter().for_each(|holder| fill_pot::<T>(lot, holder));
	all
}

/// Gives an account a pot with other units on every day.
pub fn fill_pot<T: Config>(lot: LotId, holder: &T::AccountId) {
	let Book { start, closed_until, .. } = Books::<T>::get(lot).unwrap();
	let base = closed_until - BUSY_DAYS;
	let cursor = Cursor { paid_until: start, ..Default::default() };
	let pot = Pot { cursor, base, units: 1, last: closed_until, paid: 0, drawn_on: 0 };
	Pots::<T>::insert(lot, holder, pot);
	for page in base / PAGE_DAYS..=closed_until / PAGE_DAYS {
		let days = (page * PAGE_DAYS).max(base + 1)..((page + 1) * PAGE_DAYS).min(closed_until);
		let change =
			|day| Change { day, begin: Units::from(day % 2), over: Units::from((day + 1) % 2) };
		let changes: Vec<Change> = days.map(change).collect();
		PotChanges::<T>::insert((lot, holder, page), Changes::truncate_from(changes));
	}
}

/// As many awards as one payment takes in, of all days, each of which gets a part of each.
fn award<T: Config>(lot: LotId, from: &T::AccountId) {
	let Book { asset, start, closed_until, final_until, .. } = Books::<T>::get(lot).unwrap();
	assert_eq!(final_until, closed_until, "all days are final");
	let days = Days { first: start, end: closed_until };
	for number in 0..AWARDS_PER_VISIT {
		let asset = if number % 2 == 0 { asset } else { T::BenchmarkHelper::other_asset() };
		T::Assets::mint_into(asset, from, AWARDED).unwrap();
		Pallet::<T>::take_in(asset, from, AWARDED).unwrap();
		let award = Award { asset, days, amount: AWARDED, lost: COINS, final_until };
		Awards::<T>::insert(lot, number, award);
	}
	let mut lost = Fine::ZERO;
	for page in 0..=(closed_until - start) / PAGE_DAYS {
		Pages::<T>::mutate(lot, page, |records| {
			for record in records.iter_mut() {
				record.lost_index = lost;
				lost.whole += 1;
			}
		});
	}
	Books::<T>::mutate(lot, |book| {
		let book = book.as_mut().unwrap();
		book.awards = AWARDS_PER_VISIT;
		book.lost_index = lost;
	});
}

/// Closes the lot's next days as those of a lot that has ended today: short, and still to be made
/// up.
fn end_early<T: Config>(lot: LotId, days: Day) {
	let today = T::Calendar::today();
	T::BenchmarkHelper::measure(lot, today - 1, COINS);
	Books::<T>::mutate(lot, |book| book.as_mut().unwrap().ended = Some(today));
	let first = Books::<T>::get(lot).unwrap().closed_until;
	while Books::<T>::get(lot).unwrap().closed_until < first + days {
		assert!(Pallet::<T>::visit(lot) > 0, "no day closes");
	}
}

/// Makes the lost days of a lot, of which `first` is the first, days that nobody has passed yet.
fn pass_again<T: Config>(lot: LotId, first: Day) {
	Books::<T>::mutate(lot, |book| {
		let book = book.as_mut().unwrap();
		book.make_up_until = first;
		book.debt = book.flows.shorted;
		book.flows.lapsed = 0;
		book.lost = 0;
		book.lost_index = Fine::ZERO;
	});
}

fn holders<T: Config>(of: TitleId, count: u32) -> Vec<T::AccountId> {
	(0..count).map(|nth| account("holder", nth, of)).collect()
}

#[benchmarks(where T::Native: fungible::Mutate<T::AccountId>)]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn visit() {
		let (who, lot, _) = lot::<T>();
		let first = Books::<T>::get(lot).unwrap().closed_until;
		close::<T>(&who, lot, STEPS_PER_VISIT + 6, false);
		pass_again::<T>(lot, first);
		for day in 0..40 {
			let next = Books::<T>::get(lot).unwrap().closed_until;
			T::BenchmarkHelper::measure(lot, next + day, COINS);
		}
		(0..10).for_each(|_| arrive::<T>(&who, lot));
		// As if it had come before the days that close: what they leave makes up short ones.
		Books::<T>::mutate(lot, |book| {
			book.as_mut().unwrap().arrivals.iter_mut().for_each(|arrival| arrival.day = 0);
		});

		#[block]
		{
			Pallet::<T>::visit(lot);
		}
	}

	#[benchmark]
	fn remit() {
		let (who, lot, _) = lot::<T>();
		let asset = Books::<T>::get(lot).unwrap().asset;
		T::Assets::mint_into(asset, &who, COINS).unwrap();

		#[block]
		{
			<Pallet<T> as Remit<T::AccountId>>::remit(lot, &who, COINS).unwrap();
		}

		assert_eq!(Books::<T>::get(lot).unwrap().flows.arrived, COINS);
	}

	#[benchmark]
	fn make_up(d: Linear<1, STEPS_PER_VISIT>) {
		let (who, lot, _) = lot::<T>();
		let Book { asset, closed_until: first, .. } = Books::<T>::get(lot).unwrap();
		end_early::<T>(lot, d);
		let last = first + d - 1;
		let owed = (first..=last).map(|day| Pallet::<T>::short(lot, day).unwrap());
		// The day before the first title owes nothing.
		let amount = owed.fold(CoinAmount::MIN, |sum, owed| sum + owed).max(1);
		for account in [&who, &Pallet::<T>::account_id()] {
			T::Assets::mint_into(asset, account, 2 * amount.max(COINS)).unwrap();
		}

		#[block]
		{
			let _ = Pallet::<T>::do_make_up(lot, &who, amount);
		}

		assert_eq!(Pallet::<T>::made_up(lot, last), Pallet::<T>::short(lot, last));
	}

	#[benchmark]
	fn look() {
		let (_, lot, title) = lot::<T>();

		#[block]
		{
			assert!(TitleBooks::<T>::iter_keys().next().is_some());
			Pallet::<T>::pay_by_itself(lot, title);
		}
	}

	#[benchmark]
	fn pay(n: Linear<0, MAX_LIENS>) {
		let (_, lot, title) = lot::<T>();
		burden::<T>(lot, &[title], n);

		#[block]
		{
			assert!(TitleBooks::<T>::iter_keys().next().is_some());
			Pallet::<T>::pay_by_itself(lot, title);
		}

		let book = TitleBooks::<T>::get(lot, title).unwrap();
		assert!(book.paid > 0 && book.liens.is_empty());
	}

	/// What a block begins and ends with where there is neither a lot nor a title.
	#[benchmark]
	fn begin_work() {
		let _ = (ActiveLots::<T>::clear(u32::MAX, None), TitleBooks::<T>::clear(u32::MAX, None));
		LotAfter::<T>::put(5);
		PayerRound::<T>::put(Round { began: 0, after: Some((5, 5)), running: true });

		#[block]
		{
			Pallet::<T>::work(Weight::MAX);
		}

		assert!(LotAfter::<T>::get().is_none() && !PayerRound::<T>::get().running);
	}

	#[benchmark]
	fn claim_owed() {
		let (who, lot, _) = lot::<T>();
		arrive::<T>(&who, lot);
		let asset: AssetId = Books::<T>::get(lot).unwrap().asset;
		let amount: Balance = COINS / 2;
		Owed::<T>::insert(asset, &who, amount);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), asset);

		assert_eq!(Owed::<T>::get(asset, &who), 0);
	}

	#[benchmark]
	fn take_provider_part() {
		let (who, lot, _) = lot::<T>();
		arrive::<T>(&who, lot);
		Books::<T>::mutate(lot, |book| book.as_mut().unwrap().provider_part = COINS / 2);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), lot);

		assert_eq!(Books::<T>::get(lot).unwrap().provider_part, 0);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
