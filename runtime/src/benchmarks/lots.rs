//! Lots: submitted, active, sold and staked. The other benchmarks stand on them.

use super::{World, PLENTY};
use crate::*;
use alloc::{format, vec, vec::Vec};
use dmex_adapters::Adapter;
use dmex_primitives::{
	calendar::Calendar,
	facts::{DayFact, DayReading, NetworkFact, NetworkReading},
	AccountId, CoinId, Day, FarmId, LotId, Moment, PollId, PoolAccountId, Power, TitleId, Units,
};
use frame_benchmarking::account as account_of;
use frame_support::traits::{fungible::Mutate, fungibles::Mutate as AssetsMutate, Get};
use pallet_gateway::{
	types::{FILLING_DAYS, MOST_UNFILLED, PAYOUT_DAYS},
	FreeAddresses, FreeQueue, LotBooks,
};
use pallet_hashpower::{
	benchmarking::BenchmarkHelper,
	types::{Claim, LotTerms, Payout, SaleModel},
	AllLots, FarmsOf, NextLot, Providers,
};
use pallet_market::types::Ask;
use pallet_pool_oracle::{DayRecord, Source, Support};
use sp_core::H256;
use sp_runtime::{BoundedVec, Permill};

/// Coin and source that benchmarks sell power of.
pub(super) const COIN: CoinId = 0;
const SOURCE: u32 = 0;
/// Longest window that may be set: power of twice as many days is read before any is issued.
const WINDOW: Day = 30;
/// Longer than any benchmark waits.
const TERM: Day = 730;
/// Power of a lot, and what is measured of it.
const POWER: Power = 1_000;
/// What the pool pays for a day: more than that power brings.
const PAID: u128 = 1_000_000;
/// Days whose payout may still come.
const UNPAID: u32 = PAYOUT_DAYS - 1;
/// Days in which a pool's word on where it pays is looked for.
const PAYOUT_SEARCH_DAYS: u32 = 8;
/// A network that everything is measured against.
pub(super) const BITCOIN: NetworkReading =
	NetworkReading::ProofOfWork { height: 900_000, bits: 0x1702_3774 };
/// Addresses that are known to be sound.
const ADDRESSES: [&str; 3] = [
	"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
	"3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
	"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
];
/// One dollar a unit.
const DOLLAR: u128 = 1_000_000_000_000_000;

impl pallet_pool_oracle::benchmarking::BenchmarkHelper for World {
	fn set_time(now: Moment) {
		pallet_timestamp::Now::<Runtime>::put(now);
	}
}

impl BenchmarkHelper<AccountId> for World {
	fn terms(farm: FarmId, nth: u32) -> LotTerms {
		let _ = Self::coins(1);
		pallet_periods::CurrentLengths::<Runtime>::mutate(|lengths| {
			lengths.measuring_window_days = WINDOW;
		});
		if !pallet_pool_oracle::Sources::<Runtime>::contains_key(SOURCE) {
			let source = Source {
				adapter: Adapter::Braiins,
				base_url: None,
				registered_on: 0,
				genesis: true,
				open: true,
			};
			pallet_pool_oracle::Sources::<Runtime>::insert(SOURCE, source);
		}
		let today = Periods::today();
		LotTerms {
			farm,
			coin: COIN,
			model: BoundedVec::truncate_from(vec![b'm'; 64]),
			machines: 1,
			nanowatts_per_unit: 1,
			millicents_per_kwh: 1,
			source: SOURCE,
			account: BoundedVec::truncate_from(format!("account{nth}").into_bytes()),
			power: POWER,
			first_day: today.saturating_add(1),
			last_day: today.saturating_add(TERM),
			fee: Permill::zero(),
			payout: Payout::Fpps,
			sale: SaleModel::Outright,
			shutdown_clause: false,
			vesting: None,
			evidence: H256::zero(),
		}
	}

	fn coins(count: u32) -> Vec<CoinId> {
		for id in 0..count {
			if !pallet_coins::Coins::<Runtime>::contains_key(id) {
				let coin = pallet_coins::bitcoin().with_asset(id.saturating_add(1));
				pallet_coins::Coins::<Runtime>::insert(id, coin);
			}
		}
		(0..count).collect()
	}

	/// What the pool pays for a day arrives on it, but for the last days, whose payouts may still
	/// come. Days are filled for good as long ago as any read allows.
	fn measure(account: PoolAccountId, days: u32, power: Power) {
		let lot = Hashpower::lot_of_account(account);
		let caller: AccountId = account_of("filler", 0, 0);
		for to_come in (0..days).rev() {
			let today = Periods::today();
			Self::agree(account, today, power, PAID);
			Self::agree_network(COIN, today, BITCOIN);
			if let Some(lot) = lot.filter(|_| to_come >= UNPAID) {
				Self::pay_lot(lot, PAID);
			}
			Self::pass_days(1);
			if let Some(lot) = lot.filter(|_| to_come.saturating_add(FILLING_DAYS) > MOST_UNFILLED)
			{
				let _ = Gateway::fill_days(Self::signed(&caller), lot);
			}
		}
	}

	fn decide(poll: PollId, passed: bool) {
		pallet_polls::OpenPolls::<Runtime>::mutate(poll, |open| {
			if let Some(open) = open {
				let (ayes, nays) = if passed { (1, 0) } else { (0, 1) };
				open.tally = pallet_polls::Tally { ayes, nays };
				open.quorum = 1;
				open.ends_at = 0;
			}
		});
	}

	/// The pool has said once, as long ago as anyone looks, that it pays to the lot's address.
	fn make_ready(lot: LotId, account: PoolAccountId) {
		pallet_periods::StandInsAllowed::<Runtime>::put(true);
		let asset = pallet_coins::Coins::<Runtime>::get(COIN).unwrap().asset;
		let text = ADDRESSES.get(usize::try_from(lot).unwrap() % ADDRESSES.len()).unwrap();
		let address = BoundedVec::truncate_from(text.as_bytes().to_vec());
		FreeQueue::<Runtime>::mutate(asset, |queue| {
			FreeAddresses::<Runtime>::insert(asset, queue.next, &address);
			queue.next = queue.next.saturating_add(1);
		});
		let provider = AllLots::<Runtime>::get(lot).unwrap().provider;
		Self::endow(&provider, crate::genesis::STABLE_ASSET);
		Gateway::request_lot_address(Self::signed(&provider), lot).unwrap();
		let told = sp_io::hashing::blake2_256(text.as_bytes()).into();
		for age in (0..PAYOUT_SEARCH_DAYS).rev() {
			let payout = age.saturating_add(1) == PAYOUT_SEARCH_DAYS;
			let reading = DayReading { power: POWER, paid: PAID, payout: payout.then_some(told) };
			Self::agree_day(account, Periods::today(), reading);
			Self::agree_network(COIN, Periods::today(), BITCOIN);
			Self::pay_lot(lot, PAID);
			Self::pass_days(1);
		}
	}

	fn pass_days(days: Day) {
		let day = Periods::today().saturating_add(days);
		pallet_timestamp::Now::<Runtime>::put(Periods::start_of(day));
	}
}

impl World {
	/// Gives an account plenty of DMEX and of an asset.
	pub(super) fn endow(who: &AccountId, asset: u32) {
		Balances::mint_into(who, PLENTY.saturating_mul(1_000)).unwrap();
		<Assets as AssetsMutate<_>>::mint_into(asset, who, PLENTY).unwrap();
	}

	pub(super) fn signed(who: &AccountId) -> RuntimeOrigin {
		RuntimeOrigin::signed(who.clone())
	}

	/// Counts a deposit as arrived at a lot's address. Its coins are elsewhere.
	fn pay_lot(lot: LotId, amount: u128) {
		LotBooks::<Runtime>::mutate(lot, |book| {
			if let Some(book) = book {
				book.arrived = book.arrived.saturating_add(amount);
			}
		});
	}

	/// Agrees a closed day of an account.
	pub(super) fn agree(account: PoolAccountId, day: Day, power: Power, paid: u128) {
		Self::agree_day(account, day, DayReading { power, paid, payout: None });
	}

	fn agree_day(account: PoolAccountId, day: Day, reading: DayReading) {
		let fact = DayFact::Value(reading);
		let support = Support { voters: 1, of: 1, spread: Permill::zero(), agreed_at: 0 };
		let record = DayRecord { fact, attempt: 0, support };
		pallet_pool_oracle::DayFacts::<Runtime>::insert(day, account, record);
	}

	/// Agrees a coin's network of a day.
	pub(super) fn agree_network(coin: CoinId, day: Day, reading: NetworkReading) {
		let slot = day.checked_rem(pallet_coins::types::PAST_SLOTS).unwrap();
		let fact = NetworkFact { reading, fees: 1, agreed_at: Periods::start_of(day) };
		pallet_coins::Past::<Runtime>::insert(coin, slot, fact);
	}

	/// A submitted lot of a provider, with some of the usual terms changed.
	pub(super) fn submitted(provider: &AccountId, change: impl FnOnce(&mut LotTerms)) -> LotId {
		Self::endow(provider, crate::genesis::STABLE_ASSET);
		let text = |byte: u8| BoundedVec::truncate_from(vec![byte; 64]);
		if !Providers::<Runtime>::contains_key(provider) {
			let url = BoundedVec::truncate_from(vec![b'u'; 128]);
			Hashpower::register_provider(Self::signed(provider), text(b'n'), url).unwrap();
		}
		if FarmsOf::<Runtime>::get(provider).is_empty() {
			let claims = (0..3).map(|coin| Claim { coin, power: Power::MAX >> 3 });
			let claims = BoundedVec::truncate_from(claims.collect());
			Hashpower::register_farm(Self::signed(provider), text(b'p'), claims).unwrap();
		}
		let farm = *FarmsOf::<Runtime>::get(provider).first().unwrap();
		let lot = NextLot::<Runtime>::get();
		let mut terms = Self::terms(farm, lot);
		change(&mut terms);
		Hashpower::submit_lot(Self::signed(provider), terms).unwrap();
		lot
	}

	/// An active lot whose term has begun and that was measured for as long as any is.
	pub(super) fn active(provider: &AccountId, change: impl FnOnce(&mut LotTerms)) -> LotId {
		let lot = Self::submitted(provider, change);
		let record = AllLots::<Runtime>::get(lot).unwrap();
		Self::decide(record.poll, true);
		Hashpower::conclude_audit(Self::signed(provider), lot).unwrap();
		Self::make_ready(lot, record.account);
		Hashpower::activate(Self::signed(provider), lot).unwrap();
		let days = pallet_periods::MeasuringWindowDays::<Runtime>::get().saturating_mul(2);
		Self::measure(record.account, days, POWER);
		pallet_hashpower::UnlimitedFreePower::<Runtime>::put(true);
		lot
	}

	/// Offers units of a lot for slices, and answers the order.
	pub(super) fn offer(lot: LotId, units: Units) -> u32 {
		let provider = AllLots::<Runtime>::get(lot).unwrap().provider;
		let ask = Ask::Outright { slice_per_unit: 2 * DOLLAR, upfront_per_unit: 0 };
		let expires = Periods::today().saturating_add(30);
		let order = pallet_market::NextOrder::<Runtime>::get(lot);
		Market::open_sale(Self::signed(&provider), lot, units, 1, ask, expires).unwrap();
		order
	}

	/// Sells a new title of a lot to `buyer`, who gets what it costs.
	pub(super) fn sell(lot: LotId, order: u32, units: Units, buyer: &AccountId) -> TitleId {
		Self::endow(buyer, crate::genesis::STABLE_ASSET);
		let title = pallet_titles::Series::<Runtime>::get(lot).unwrap().next_title;
		Market::buy_primary(Self::signed(buyer), lot, order, units, Balance::MAX).unwrap();
		title
	}
}
