//! A runtime whose lots, titles, sales and books are played by maps that tests set.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{self as pallet_power_rewards, types::*};
use codec::{Decode, Encode};
use dmex_primitives::{
	calendar::Calendar,
	lots::{LotInfo, LotStatus, Lots, Payout, SaleModel},
	rights::{DayBooks, OnDayClosed},
	sales::Sales,
	titles::{LockReason, Origin, Title, Titles},
	AccountId, Balance, CoinAmount, CoinId, Day, LotId, Moment, PoolAccountId, SeriesId, TitleId,
	Units,
};
use frame_support::{
	derive_impl, parameter_types,
	storage::unhashed,
	traits::{
		fungible::{Inspect, InspectHold},
		ConstU128, Hooks,
	},
	PalletId,
};
use frame_system::EnsureRoot;
use sp_runtime::{traits::IdentityLookup, BuildStorage, DispatchError, DispatchResult, Permill};

pub type Block = frame_system::mocking::MockBlock<Test>;

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeTask,
		RuntimeHoldReason,
		RuntimeFreezeReason,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type PowerRewards = pallet_power_rewards;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<ED>;
	type AccountStore = System;
}

pub const ED: Balance = 10;
pub const DEPOSIT: Balance = 100;
pub const FUNDS: Balance = 1_000_000_000;
pub const MAX_DAILY: Balance = 1_000_000_000;
pub const SMALL_DAILY: Balance = 1_000;
/// The day on which tests begin.
pub const START: Day = 100;
/// Last day of the lots of tests.
pub const LAST: Day = 400;

pub const BTC: CoinId = 0;
pub const BCH: CoinId = 1;
/// A coin that earns nothing.
pub const FIL: CoinId = 2;

/// Lots of BTC.
pub const LOT: LotId = 10;
pub const OTHER_LOT: LotId = 11;
/// A lot of BCH, whose unit counts half.
pub const BCH_LOT: LotId = 12;

parameter_types! {
	pub const RewardsPalletId: PalletId = PalletId(*b"dmex/rwd");
	pub Treasury: AccountId = account(99);
	pub static Today: Day = START;
}

/// Maps of the parts that are played: in storage, so that they fall back with a call that fails.
pub mod store {
	use super::*;

	fn key<K: Encode>(map: &str, key: K) -> Vec<u8> {
		(map, key).encode()
	}
	pub fn get<V: Decode>(map: &str, k: impl Encode) -> Option<V> {
		unhashed::get(&key(map, k))
	}
	pub fn put<V: Encode>(map: &str, k: impl Encode, value: V) {
		unhashed::put(&key(map, k), &value)
	}
}

pub struct Played;

impl Calendar for Played {
	fn now() -> Moment {
		Moment::from(Today::get()) * Self::day_length()
	}
	fn day_length() -> Moment {
		60_000
	}
}

/// Coin, last day and status of a lot.
pub type PlayedLot = (CoinId, Day, LotStatus);

impl Lots<AccountId> for Played {
	fn lot(id: LotId) -> Option<LotInfo<AccountId>> {
		let (coin, last_day, status) = store::get::<PlayedLot>("lot", id)?;
		Some(LotInfo {
			provider: account(98),
			status,
			farm: 0,
			coin,
			account: id,
			audited: Units::MAX,
			issued: 0,
			first_day: 50,
			last_day,
			fee: Permill::zero(),
			payout: Payout::Fpps,
			sale: SaleModel::Outright,
			vesting: None,
			nanowatts_per_unit: 0,
			millicents_per_kwh: 0,
		})
	}
	fn lot_of_account(_: PoolAccountId) -> Option<LotId> {
		unreachable!()
	}
}

impl Sales for Played {
	fn was_sold(series: SeriesId, title: TitleId) -> bool {
		store::get("sold", (series, title)).unwrap_or(true)
	}
	fn is_sold_outright(_: LotId) -> bool {
		unreachable!()
	}
}

impl DayBooks for Played {
	fn due(lot: LotId, day: Day) -> Option<CoinAmount> {
		store::get::<(CoinAmount, CoinAmount)>("books", (lot, day)).map(|books| books.0)
	}
	fn delivered(lot: LotId, day: Day) -> Option<CoinAmount> {
		store::get::<(CoinAmount, CoinAmount)>("books", (lot, day)).map(|books| books.1)
	}
	fn short(_: LotId, _: Day) -> Option<CoinAmount> {
		unreachable!()
	}
	fn made_up(_: LotId, _: Day) -> Option<CoinAmount> {
		unreachable!()
	}
	fn units(_: LotId, _: Day) -> Option<Units> {
		unreachable!()
	}
	fn closed_until(lot: LotId) -> Day {
		store::get("closed", lot).unwrap_or(START)
	}
	fn final_until(_: LotId) -> Day {
		unreachable!()
	}
}

impl Titles<AccountId> for Played {
	fn open_series(_: SeriesId, _: &[(&[u8], Vec<u8>)]) -> DispatchResult {
		unreachable!()
	}
	fn issue(
		series: SeriesId,
		owner: &AccountId,
		units: Units,
		first_day: Day,
	) -> Result<TitleId, DispatchError> {
		let id: TitleId = store::get("titles", series).unwrap_or(0);
		store::put("titles", series, id + 1);
		let title = Title { units, first_day, origin: Origin::Issued, locked_by: None };
		store::put("title", (series, id), (owner, title));
		Ok(id)
	}
	fn split(_: SeriesId, _: TitleId, _: &[Units]) -> Result<Vec<TitleId>, DispatchError> {
		unreachable!()
	}
	fn merge(_: SeriesId, _: &[TitleId]) -> Result<TitleId, DispatchError> {
		unreachable!()
	}
	fn lock(series: SeriesId, id: TitleId, reason: LockReason) -> DispatchResult {
		let (owner, title) = Self::title(series, id).ok_or("UnknownTitle")?;
		if title.locked_by.is_some() {
			return Err(DispatchError::Other("TitleLocked"));
		}
		store::put("title", (series, id), (owner, Title { locked_by: Some(reason), ..title }));
		Ok(())
	}
	fn unlock(series: SeriesId, id: TitleId, reason: LockReason) -> DispatchResult {
		let (owner, title) = Self::title(series, id).ok_or("UnknownTitle")?;
		assert_eq!(title.locked_by, Some(reason));
		store::put("title", (series, id), (owner, Title { locked_by: None, ..title }));
		Ok(())
	}
	fn settle_and_transfer(series: SeriesId, id: TitleId, to: &AccountId) -> DispatchResult {
		let (_, title) = Self::title(series, id).ok_or("UnknownTitle")?;
		store::put("title", (series, id), (to, title));
		Ok(())
	}
	fn title(series: SeriesId, id: TitleId) -> Option<(AccountId, Title)> {
		store::get("title", (series, id))
	}
	fn issued(_: SeriesId) -> Units {
		unreachable!()
	}
}

impl pallet_power_rewards::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Calendar = Played;
	type Lots = Played;
	type Titles = Played;
	type Sales = Played;
	type DayBooks = Played;
	type GovernOrigin = EnsureRoot<AccountId>;
	type Treasury = Treasury;
	type MaxDailyBudget = ConstU128<MAX_DAILY>;
	type SmallDailyBudget = ConstU128<SMALL_DAILY>;
	type StakeDeposit = ConstU128<DEPOSIT>;
	type PalletId = RewardsPalletId;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Played;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_power_rewards::benchmarking::BenchmarkHelper<AccountId> for Played {
	fn sold_title(owner: &AccountId) -> (LotId, TitleId) {
		(LOT, title(LOT, owner, 10))
	}
	fn coin() -> CoinId {
		BTC
	}
	fn pass_days(days: Day) {
		Today::mutate(|today| *today += days);
	}
	fn set_books(lot: LotId, day: Day, due: CoinAmount, delivered: CoinAmount) {
		store::put("books", (lot, day), (due, delivered));
	}
}

pub fn account(seed: u8) -> AccountId {
	AccountId::new([seed; 32])
}
pub fn alice() -> AccountId {
	account(1)
}
pub fn bob() -> AccountId {
	account(2)
}
/// Has nothing but a deposit.
pub fn poor() -> AccountId {
	account(3)
}

/// A chain with a pot of a million, 1,000 a day, BTC counting 2 and BCH 1.
pub fn ext() -> sp_io::TestExternalities {
	Today::set(START);
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let rich = [1, 2, 99].map(|seed| (account(seed), FUNDS));
	let mut balances = rich.to_vec();
	balances.push((poor(), DEPOSIT + ED));
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	pallet_power_rewards::GenesisConfig::<Test> {
		daily_budget: 1_000,
		weights: vec![(BTC, 2), (BCH, 1)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		for (lot, coin) in [(LOT, BTC), (OTHER_LOT, BTC), (BCH_LOT, BCH), (13, FIL)] {
			store::put("lot", lot, (coin, LAST, LotStatus::Active));
		}
		PowerRewards::fund(RuntimeOrigin::root(), 1_000_000 + ED).unwrap();
	});
	ext
}

/// Runs a test and checks the books at its end.
pub fn build_and_execute(test: impl FnOnce()) {
	ext().execute_with(|| {
		test();
		check();
	});
}

/// Everything that always holds, and what only the titles can tell: each that is locked for a stake
/// is staked.
pub fn check() {
	PowerRewards::do_try_state().unwrap();
	for lot in [LOT, OTHER_LOT, BCH_LOT] {
		for id in 0..store::get::<TitleId>("titles", lot).unwrap_or(0) {
			let (_, title) = Played::title(lot, id).unwrap();
			let locked = title.locked_by == Some(LockReason::Stake);
			assert_eq!(PowerRewards::stake_of(lot, id).is_some(), locked);
		}
	}
}

/// A sold title that has begun.
pub fn title(lot: LotId, owner: &AccountId, units: Units) -> TitleId {
	Played::issue(lot, owner, units, START).unwrap()
}

/// A new title of so many units, staked.
pub fn staked(lot: LotId, owner: &AccountId, units: Units) -> (TitleId, StakeId) {
	let id = title(lot, owner, units);
	PowerRewards::stake(RuntimeOrigin::signed(owner.clone()), lot, id).unwrap();
	(id, PowerRewards::stake_of(lot, id).unwrap())
}

pub fn unstake(lot: LotId, owner: &AccountId, id: TitleId) -> DispatchResult {
	let unstaked = PowerRewards::unstake(RuntimeOrigin::signed(owner.clone()), lot, id);
	unstaked.map(|_| ()).map_err(|failed| failed.error)
}

/// A stranger claims.
pub fn claim(stakes: &[StakeId]) -> DispatchResult {
	let stakes = StakeIds::try_from(stakes.to_vec()).unwrap();
	PowerRewards::claim(RuntimeOrigin::signed(account(99)), stakes)
}

/// Goes to the first block of a day.
pub fn go_to(day: Day) {
	Today::set(day);
	System::set_block_number(System::block_number() + 1);
	PowerRewards::on_initialize(System::block_number());
}

/// Closes a day of a lot with so many of a hundred delivered.
pub fn close(lot: LotId, day: Day, percent: CoinAmount) {
	store::put("books", (lot, day), (10_000u128, 100 * percent));
	store::put("closed", lot, day + 1);
	PowerRewards::on_day_closed(lot, day);
}

pub fn set_status(lot: LotId, status: LotStatus) {
	let (coin, last, _) = store::get::<PlayedLot>("lot", lot).unwrap();
	store::put("lot", lot, (coin, last, status));
}

pub fn free(who: &AccountId) -> Balance {
	<Balances as Inspect<AccountId>>::balance(who)
}

pub fn held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&pallet_power_rewards::HoldReason::Stake.into(), who)
}

pub fn claimable(stake: StakeId) -> Balance {
	PowerRewards::stake_view(stake).unwrap().claimable
}

pub fn books() -> Books {
	PowerRewards::overview().books
}
