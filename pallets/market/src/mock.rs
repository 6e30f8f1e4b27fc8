//! A runtime with the real titles, items, assets and holds. Lots and the ledger of days are played
//! by small books that live in state, so that a call that fails leaves nothing behind in them.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate as pallet_market;
use codec::{Decode, Encode};
use dmex_primitives::{
	calendar::Calendar,
	lots::{Issue, LotInfo, LotStatus, Lots, Payout, SaleModel},
	rights::{Awards, DayBooks, Days, Holder, OnDayClosed, OnMakeUpOver, Rights},
	titles::{LockReason, Title, TitleHooks, Titles as TitlesTrait},
	trust::Exposure,
	AccountId, AssetId, Balance, CoinAmount, Day, LotId, Moment, PoolAccountId, SeriesId,
	Signature, TitleId, Units,
};
use frame_support::{
	derive_impl, ensure, parameter_types,
	storage::{unhashed, with_storage_layer},
	traits::{
		fungible::InspectHold,
		fungibles::{Inspect, InspectHold as _, Mutate},
		tokens::{imbalance::ResolveTo, Preservation},
		AsEnsureOriginWithArg, ConstU128, ConstU32, NeverEnsureOrigin,
	},
	PalletId,
};
use sp_core::H256;
use sp_runtime::{
	traits::{Dispatchable, IdentityLookup, Verify},
	BuildStorage, DispatchError, DispatchResult, Permill,
};

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
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(4)]
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(5)]
	pub type Titles = pallet_titles;
	#[runtime::pallet_index(6)]
	pub type Market = pallet_market;
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
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

impl pallet_assets::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type Balance = Balance;
	type RemoveItemsLimit = ConstU32<1000>;
	type AssetId = AssetId;
	type AssetIdParameter = codec::Compact<AssetId>;
	type ReserveData = ();
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<1>;
	type AssetAccountDeposit = ConstU128<1>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ConstU128<1>;
	type StringLimit = ConstU32<50>;
	type Freezer = ();
	type Holder = AssetsHolder;
	type Extra = ();
	type CallbackHandle = ();
	type AssetIdAllocator = ();
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
}

impl pallet_assets_holder::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeEvent = RuntimeEvent;
}

parameter_types! {
	pub Features: pallet_nfts::PalletFeatures = pallet_nfts::PalletFeatures::all_enabled();
	pub const TitlesPalletId: PalletId = PalletId(*b"dmex/ttl");
	pub const MarketPalletId: PalletId = PalletId(*b"dmex/mkt");
	pub TreasuryAccount: AccountId = treasury();
	pub FundAccount: AccountId = fund();
	pub const FundShare: Permill = Permill::from_percent(30);
	pub const MaxTradeFee: Permill = Permill::from_percent(1);
	pub const BidIncrement: Permill = Permill::from_percent(2);
	/// Moment of chain time.
	pub static Now: Moment = 0;
	/// Most that a provider may be paid upfront; zero refuses everything.
	pub static UpfrontBound: Balance = 0;
	/// The ledger refuses every grant.
	pub static GrantsRefused: bool = false;
	/// What the ledger cannot place of a grant.
	pub static GrantLeftover: Balance = 0;
}

impl pallet_nfts::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type CollectionId = SeriesId;
	type ItemId = TitleId;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type Locker = Titles;
	type CollectionDeposit = ConstU128<0>;
	type ItemDeposit = ConstU128<0>;
	type MetadataDepositBase = ConstU128<0>;
	type AttributeDepositBase = ConstU128<0>;
	type DepositPerByte = ConstU128<0>;
	type StringLimit = ConstU32<256>;
	type KeyLimit = ConstU32<64>;
	type ValueLimit = ConstU32<256>;
	type ApprovalsLimit = ConstU32<20>;
	type ItemAttributesApprovalsLimit = ConstU32<2>;
	type MaxTips = ConstU32<10>;
	type MaxDeadlineDuration = frame_support::traits::ConstU64<10_000>;
	type MaxAttributesPerCall = ConstU32<2>;
	type Features = Features;
	type OffchainSignature = Signature;
	type OffchainPublic = <Signature as Verify>::Signer;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type Helper = ();
	type BlockNumberProvider = System;
}

impl pallet_titles::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Calendar = Played;
	type Hooks = (Played, Market);
	type OnFee = ResolveTo<TreasuryAccount, Balances>;
	type TitleDeposit = ConstU128<100>;
	type TombstoneFee = ConstU128<7>;
	type PalletId = TitlesPalletId;
	type WeightInfo = ();
}

pub const ORDER_DEPOSIT: Balance = 50;
pub const MAX_ORDER_DAYS: Day = 60;

impl pallet_market::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Assets = Assets;
	type AssetHolds = AssetsHolder;
	type Stablecoin = ConstU32<STABLE>;
	type Calendar = Played;
	type Lots = Played;
	type Issue = Played;
	type Titles = Titles;
	type Rights = Played;
	type DayBooks = Played;
	type Awards = Played;
	type Exposure = Played;
	type TreasuryAccount = TreasuryAccount;
	type FundAccount = FundAccount;
	type FundShare = FundShare;
	type MaxTradeFee = MaxTradeFee;
	type FeeOrigin = frame_system::EnsureRoot<AccountId>;
	type OrderDeposit = ConstU128<ORDER_DEPOSIT>;
	type MaxOrderDays = ConstU32<MAX_ORDER_DAYS>;
	type BidIncrement = BidIncrement;
	type SoftCloseHours = ConstU32<1>;
	type PalletId = MarketPalletId;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Played;
	type WeightInfo = ();
}

/// Books of what is played, in state.
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

/// Plays the calendar, the lots, the issue, the ledger of days and the bound of upfront money.
pub struct Played;

pub const HOUR: Moment = 1_000;

impl Calendar for Played {
	fn now() -> Moment {
		Now::get()
	}
	fn day_length() -> Moment {
		24 * HOUR
	}
}

pub fn today() -> Day {
	Played::today()
}

/// Lets time pass to the beginning of a day.
pub fn to_day(day: Day) {
	Now::set(Played::start_of(day));
}

pub fn pass_hours(hours: u32) {
	Now::mutate(|now| *now += Played::hours(hours));
}

impl Lots<AccountId> for Played {
	fn lot(id: LotId) -> Option<LotInfo<AccountId>> {
		store::get("lot", id)
	}
	fn lot_of_account(_: PoolAccountId) -> Option<LotId> {
		None
	}
}

pub fn change_lot(id: LotId, change: impl FnOnce(&mut LotInfo<AccountId>)) {
	let mut lot = Played::lot(id).unwrap();
	change(&mut lot);
	store::put("lot", id, lot);
}

pub fn set_status(id: LotId, status: LotStatus) {
	change_lot(id, |lot| lot.status = status);
}

impl Issue<AccountId> for Played {
	fn issue_to(id: LotId, units: Units, buyer: &AccountId) -> Result<TitleId, DispatchError> {
		with_storage_layer(|| {
			let mut lot = Played::lot(id).ok_or("UnknownLot")?;
			ensure!(lot.status == LotStatus::Active, "LotNotActive");
			lot.issued = lot.issued.checked_add(units).ok_or("AuditedPowerExceeded")?;
			ensure!(lot.issued <= lot.audited, "AuditedPowerExceeded");
			let first_day = (today() + 1).max(lot.first_day);
			store::put("lot", id, lot);
			Titles::issue(id, buyer, units, first_day)
		})
	}
}

/// A day of the played ledger.
#[derive(Clone, Copy, Debug, Encode, Decode)]
pub struct Record {
	pub due: CoinAmount,
	pub delivered: CoinAmount,
	pub made_up: CoinAmount,
	pub units: Units,
}

type Liens = Vec<(Days, AccountId)>;

fn record(lot: LotId, day: Day) -> Option<Record> {
	store::get("day", (lot, day))
}

fn liens(series: SeriesId, title: TitleId) -> Liens {
	store::get("liens", (series, title)).unwrap_or_default()
}

fn put_liens(series: SeriesId, title: TitleId, mut all: Liens) {
	all.sort_by_key(|(days, _)| days.first);
	store::put("liens", (series, title), all);
}

impl DayBooks for Played {
	fn due(lot: LotId, day: Day) -> Option<CoinAmount> {
		record(lot, day).map(|record| record.due)
	}
	fn delivered(lot: LotId, day: Day) -> Option<CoinAmount> {
		record(lot, day).map(|record| record.delivered)
	}
	fn short(lot: LotId, day: Day) -> Option<CoinAmount> {
		record(lot, day).map(|record| record.due - record.delivered)
	}
	fn made_up(lot: LotId, day: Day) -> Option<CoinAmount> {
		record(lot, day).map(|record| record.made_up)
	}
	fn units(lot: LotId, day: Day) -> Option<Units> {
		record(lot, day).map(|record| record.units)
	}
	fn closed_until(lot: LotId) -> Day {
		store::get("closed", lot).unwrap_or(FIRST_DAY)
	}
	fn final_until(lot: LotId) -> Day {
		store::get("final", lot).unwrap_or(FIRST_DAY)
	}
}

/// Closes the next day of a lot, which owed and brought so much.
pub fn close_day(lot: LotId, due: CoinAmount, delivered: CoinAmount) -> Day {
	let day = Played::closed_until(lot);
	let units = Titles::issued(lot);
	store::put("day", (lot, day), Record { due, delivered, made_up: 0, units });
	store::put("closed", lot, day + 1);
	Market::on_day_closed(lot, day);
	day
}

/// The time to make a day up is over; so much was made up.
pub fn end_make_up(lot: LotId, day: Day, made_up: CoinAmount) {
	let mut record = record(lot, day).unwrap();
	record.made_up = made_up;
	store::put("day", (lot, day), record);
	Market::on_make_up_over(lot, day);
}

/// All days before `day` are final.
pub fn make_final(lot: LotId, day: Day) {
	store::put("final", lot, day);
}

/// Coins that an account was paid, times a million.
pub fn income(who: &AccountId) -> u128 {
	store::get("income", who).unwrap_or(0)
}

fn is_short(lot: LotId, day: Day) -> bool {
	Played::short(lot, day).unwrap_or(0) > 0
}

impl Rights<AccountId> for Played {
	fn assign(series: SeriesId, title: TitleId, days: Days, holder: &AccountId) -> DispatchResult {
		let (_, held) = Titles::title(series, title).ok_or("UnknownTitle")?;
		ensure!(held.locked_by.is_none(), "TitleLocked");
		ensure!(days.first > today() && days.first >= held.first_day, "DaysInThePast");
		ensure!(days.end >= days.first + 7, "TooFewDays");
		let end = Played::lot(series).map_or(Day::MAX, |lot| lot.last_day + 1);
		ensure!(days.end <= end, "OutsideTerm");
		let mut all = liens(series, title);
		let free = all.iter().all(|(other, _)| days.end <= other.first || other.end <= days.first);
		ensure!(free, "DaysNotFree");
		ensure!(all.len() < 16, "TooManyLiens");
		all.push((days, holder.clone()));
		put_liens(series, title, all);
		Ok(())
	}
	fn shorten(_: SeriesId, _: TitleId, _: &AccountId, _: Day) -> DispatchResult {
		unimplemented!()
	}
	fn right_of(series: SeriesId, title: TitleId, day: Day) -> Holder<AccountId> {
		let lien = liens(series, title)
			.into_iter()
			.find(|(days, _)| (days.first..days.end).contains(&day));
		lien.map_or(Holder::Title, |(_, who)| Holder::Lien(who))
	}
	fn settle(series: SeriesId, title: TitleId) {
		let Some((owner, held)) = Titles::title(series, title) else { return };
		for day in Self::paid_until(series, title)..Self::closed_until(series) {
			let who = match Self::right_of(series, title, day) {
				Holder::Title => owner.clone(),
				Holder::Lien(who) => who,
			};
			let record = record(series, day).unwrap();
			let part = record.delivered * 1_000_000 * held.units / record.units.max(1);
			store::put("income", &who, income(&who) + part);
		}
		let until = Self::closed_until(series).max(held.first_day);
		store::put("paid", (series, title), until);
	}
	fn keep_short(series: SeriesId, title: TitleId, who: &AccountId) -> DispatchResult {
		let (_, held) = Titles::title(series, title).ok_or("UnknownTitle")?;
		let mut all = liens(series, title);
		for day in Self::final_until(series).max(held.first_day)..Self::closed_until(series) {
			if is_short(series, day) && Self::right_of(series, title, day) == Holder::Title {
				ensure!(all.len() < 16, "TooManyLiens");
				all.push((Days { first: day, end: day + 1 }, who.clone()));
			}
		}
		put_liens(series, title, all);
		Ok(())
	}
	fn is_clean(series: SeriesId, title: TitleId) -> bool {
		let Some((_, held)) = Titles::title(series, title) else { return false };
		let last_final = Self::final_until(series);
		let free = liens(series, title).iter().all(|(days, _)| days.end <= last_final);
		let mut days = last_final.max(held.first_day)..Self::closed_until(series);
		free && !days.any(|day| is_short(series, day))
	}
	fn paid_until(series: SeriesId, title: TitleId) -> Day {
		store::get("paid", (series, title)).unwrap_or_default()
	}
	fn liens_hash(series: SeriesId, title: TitleId) -> H256 {
		sp_io::hashing::blake2_256(&liens(series, title).encode()).into()
	}
}

impl TitleHooks<AccountId> for Played {
	fn on_issue(series: SeriesId, title: TitleId, _: &AccountId, of: &Title) {
		store::put("paid", (series, title), of.first_day);
	}
	fn can_split(_: SeriesId, _: TitleId, _: &[Units]) -> DispatchResult {
		Ok(())
	}
	fn on_split(series: SeriesId, parent: TitleId, parts: &[(TitleId, Units)]) {
		for (title, _) in parts {
			store::put("paid", (series, title), Self::paid_until(series, parent));
			put_liens(series, *title, liens(series, parent));
		}
	}
	fn can_merge(series: SeriesId, titles: &[TitleId]) -> DispatchResult {
		let first = liens(series, titles[0]);
		ensure!(titles.iter().all(|title| liens(series, *title) == first), "RightsDiffer");
		Ok(())
	}
	fn on_merge(series: SeriesId, titles: &[TitleId], merged: TitleId) {
		let paid = titles.iter().map(|title| Self::paid_until(series, *title)).max();
		store::put("paid", (series, merged), paid.unwrap());
		put_liens(series, merged, liens(series, titles[0]));
	}
	fn settle(series: SeriesId, title: TitleId, _: &AccountId) {
		<Self as Rights<AccountId>>::settle(series, title);
	}
	fn on_burn(_: SeriesId, _: TitleId, _: &AccountId) {}
}

impl Awards<AccountId> for Played {
	fn grant(
		lot: LotId,
		days: Days,
		asset: AssetId,
		amount: Balance,
		from: &AccountId,
	) -> Result<Balance, DispatchError> {
		ensure!(!GrantsRefused::get(), "DaysFinal");
		ensure!(is_short(lot, days.first), "NothingShort");
		let left = GrantLeftover::get().min(amount);
		<Assets as Mutate<AccountId>>::transfer(
			asset,
			from,
			&awards(),
			amount - left,
			Preservation::Expendable,
		)?;
		store::put("granted", (lot, days.first), granted(lot, days.first) + amount - left);
		Ok(left)
	}
}

/// Refunded to the rights of a day.
pub fn granted(lot: LotId, day: Day) -> Balance {
	store::get("granted", (lot, day)).unwrap_or(0)
}

impl Exposure<AccountId> for Played {
	fn try_add(provider: &AccountId, amount: Balance) -> DispatchResult {
		let sum = exposure(provider).checked_add(amount).ok_or("RunAwayBound")?;
		ensure!(sum <= UpfrontBound::get(), "RunAwayBound");
		store::put("exposure", provider, sum);
		Ok(())
	}
	fn release(provider: &AccountId, amount: Balance) {
		store::put("exposure", provider, exposure(provider) - amount);
	}
}

pub fn exposure(provider: &AccountId) -> Balance {
	store::get("exposure", provider).unwrap_or(0)
}

pub fn account(seed: u8) -> AccountId {
	AccountId::new([seed; 32])
}
pub fn provider() -> AccountId {
	account(1)
}
pub fn alice() -> AccountId {
	account(2)
}
pub fn bob() -> AccountId {
	account(3)
}
pub fn carol() -> AccountId {
	account(4)
}
pub fn treasury() -> AccountId {
	account(90)
}
pub fn fund() -> AccountId {
	account(91)
}
/// Where the played ledger keeps refunds.
pub fn awards() -> AccountId {
	account(92)
}

pub const STABLE: AssetId = 7;
pub const LEAST_BALANCE: Balance = 1_000;
pub const FUNDS: Balance = 1_000_000_000;
/// Trade fee: 0.2 %.
pub const FEE: u32 = 2_000;
/// A lot that is sold outright.
pub const LOT: LotId = 5;
/// A lot that is sold for a deposit.
pub const DEPOSIT_LOT: LotId = 6;
pub const FIRST_DAY: Day = 101;
/// Day after the last: thirty days.
pub const END: Day = 131;
/// One stablecoin unit for a unit.
pub const ONE: u128 = 1_000_000_000;

fn lot(sale: SaleModel) -> LotInfo<AccountId> {
	LotInfo {
		provider: provider(),
		status: LotStatus::Active,
		farm: 0,
		coin: 0,
		account: 0,
		audited: 1_000_000,
		issued: 0,
		first_day: FIRST_DAY,
		last_day: END - 1,
		fee: Permill::zero(),
		payout: Payout::Fpps,
		sale,
		vesting: None,
		// 20 J/TH at 7 cents: 33.6 stablecoin units for a unit (1 GH/s) and day.
		nanowatts_per_unit: 20_000_000,
		millicents_per_kwh: 7_000,
	}
}

/// A chain on the morning of day 100 with both lots active and nothing issued.
pub fn ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let people = [provider(), alice(), bob(), carol(), treasury(), fund(), awards()];
	pallet_balances::GenesisConfig::<Test> {
		balances: people.iter().map(|who| (who.clone(), FUNDS)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: vec![(STABLE, account(99), true, LEAST_BALANCE)],
		accounts: people.iter().map(|who| (STABLE, who.clone(), FUNDS)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	pallet_market::GenesisConfig::<Test> { trade_fee_parts_per_million: FEE, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		to_day(100);
		UpfrontBound::set(0);
		GrantsRefused::set(false);
		GrantLeftover::set(0);
		store::put("lot", LOT, lot(SaleModel::Outright));
		let holder_share = Permill::from_percent(70);
		store::put("lot", DEPOSIT_LOT, lot(SaleModel::Deposit { holder_share }));
		Titles::open_series(LOT, &[]).unwrap();
		Titles::open_series(DEPOSIT_LOT, &[]).unwrap();
	});
	ext
}

/// Runs a test and checks the books at its end.
pub fn build_and_execute(test: impl FnOnce()) {
	ext().execute_with(|| {
		test();
		check_books();
	});
}

/// What every state must meet: the pallet's own rules, and those that take a look from outside.
pub fn check_books() {
	Market::do_try_state().unwrap();
	Titles::do_try_state().unwrap();
	// Nobody gave anything to the pot: it holds exactly the books and the least balance.
	let pot = stable(&Market::pot());
	let escrowed = pot.saturating_sub(LEAST_BALANCE);
	assert_eq!(escrowed, in_books());
	// A lock is one auction's.
	for (series, title, record) in pallet_titles::LiveTitles::<Test>::iter() {
		if record.locked_by == Some(LockReason::Auction) {
			let refers = |order: &crate::types::Order<AccountId>| order.locks() == Some(title);
			let orders = crate::Orders::<Test>::iter_prefix_values(series).filter(refers).count();
			assert_eq!(orders, 1, "an auction's lock without the auction");
		}
	}
	// Nothing is on hold for those without orders.
	let holders: std::collections::BTreeSet<AccountId> =
		crate::Orders::<Test>::iter_values().flat_map(|order| parties(&order)).collect();
	for seed in 0..100 {
		let who = account(seed);
		if !holders.contains(&who) {
			assert_eq!(held(&who), 0);
			assert_eq!(held_native(&who), 0);
		}
	}
	let issuance = Assets::total_issuance(STABLE);
	assert_eq!(issuance, 7 * FUNDS, "stablecoin was made or lost");
}

fn parties(order: &crate::types::Order<AccountId>) -> Vec<AccountId> {
	let mut all = vec![order.maker.clone()];
	if let crate::types::Terms::English(english) = &order.terms {
		all.extend(english.best.iter().map(|best| best.bidder.clone()));
	}
	all
}

/// What the books say is in the pot, from the flows.
pub fn in_books() -> Balance {
	let streams: Balance = crate::Books::<Test>::iter_values()
		.map(|book| book.paid_in - book.claimed - book.refunded - book.swept)
		.sum();
	let deposits: Balance =
		crate::DepositBooks::<Test>::iter_values().map(|book| book.paid_in - book.returned).sum();
	streams + deposits
}

/// Free stablecoin.
pub fn stable(who: &AccountId) -> Balance {
	Assets::balance(STABLE, who)
}

/// Stablecoin on hold for offers and bids.
pub fn held(who: &AccountId) -> Balance {
	AssetsHolder::balance_on_hold(STABLE, &pallet_market::HoldReason::Bid.into(), who)
}

/// DMEX on hold for orders.
pub fn held_native(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&pallet_market::HoldReason::Order.into(), who)
}

pub fn owner_of(series: SeriesId, title: TitleId) -> Option<AccountId> {
	Nfts::owner(series, title)
}

pub fn units_of(series: SeriesId, title: TitleId) -> Units {
	Titles::title(series, title).map_or(0, |(_, title)| title.units)
}

/// A user's call, as the chain runs it: whole or not at all.
pub fn call(who: AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
	let call: RuntimeCall = call.into();
	call.dispatch(RuntimeOrigin::signed(who)).map(|_| ()).map_err(|failed| failed.error)
}

/// The last event of this pallet.
pub fn last_event() -> Option<crate::Event<Test>> {
	System::events().into_iter().rev().find_map(|record| match record.event {
		RuntimeEvent::Market(event) => Some(event),
		_ => None,
	})
}

impl Played {
	/// Units that a lot has issued, by the lot's own count.
	pub fn issued_of(id: LotId) -> Units {
		Self::lot(id).map_or(0, |lot| lot.issued)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for Played {
	fn lot(outright: bool) -> (AccountId, LotId) {
		(provider(), if outright { LOT } else { DEPOSIT_LOT })
	}
	fn fund(who: &AccountId) {
		let dmex = FUNDS * FUNDS;
		<Balances as frame_support::traits::fungible::Mutate<AccountId>>::set_balance(who, dmex);
		<Assets as Mutate<AccountId>>::set_balance(STABLE, who, FUNDS * FUNDS);
	}
	fn record_short_day(lot: LotId, day: Day) {
		let units = Titles::issued(lot);
		store::put("day", (lot, day), Record { due: 2, delivered: 1, made_up: 0, units });
		store::put("closed", lot, day + 1);
	}
	fn pass_hours(hours: u32) {
		pass_hours(hours);
	}
	fn mature(lot: LotId) {
		set_status(lot, LotStatus::Matured);
	}
}
