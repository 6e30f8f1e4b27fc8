//! A runtime whose oracle, polls and titles are played by a few maps in storage, so that they fall
//! back with a call that fails.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{self as pallet_hashpower, types::*};
use codec::{Decode, Encode};
use dmex_primitives::{
	calendar::Calendar,
	coins::{AddressFormat, Coin, Coins, YieldModel},
	facts::{
		DayFact, DayPower, DayReading, EffectivePower, FactError, Facts, NetworkFact, PoolAccounts,
	},
	lots::Readiness,
	polls::{PollKind, PollResult, Polls},
	sales::Sales,
	titles::{LockReason, Title, Titles},
	trust::Bonds,
	AccountId, Balance, CoinAmount, CoinId, Day, LotId, Moment, PollId, PoolAccountId, Power,
	SeriesId, SourceId, TitleId, Units,
};
use frame_support::{
	derive_impl, parameter_types,
	storage::unhashed,
	traits::{
		fungible::{Inspect, InspectHold, Mutate},
		tokens::{imbalance::ResolveTo, Preservation},
		ConstU128, ConstU32,
	},
};
use frame_system::EnsureRoot;
use sp_core::H256;
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
	pub type Hashpower = pallet_hashpower;
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

pub const BTC: CoinId = 0;
pub const FIL: CoinId = 2;
/// A pool for BTC.
pub const POOL: SourceId = 10;
/// Another one.
pub const OTHER_POOL: SourceId = 11;
/// One on probation until day 150.
pub const NEW_POOL: SourceId = 12;
/// The network of FIL.
pub const LOTUS: SourceId = 20;

pub const PROVIDER_DEPOSIT: Balance = 1_000;
pub const FARM_DEPOSIT: Balance = 500;
pub const LOT_DEPOSIT: Balance = 300;
pub const AUDIT_DEPOSIT: Balance = 200;
/// Taken by the titles that are played; more than the poor have.
pub const TITLE_DEPOSIT: Balance = 60;
pub const FUNDS: Balance = 1_000_000;
/// The day on which tests begin.
pub const START: Day = 100;
/// The measuring window of the tests.
pub const W: u32 = 3;

parameter_types! {
	pub MaxFee: Permill = Permill::from_percent(30);
	pub ForfeitAccount: AccountId = account(99);
	pub static Today: Day = START;
	pub static BondMet: bool = true;
	pub static Ready: bool = true;
}

/// Maps of the parts that are played.
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
	pub fn next(counter: &str) -> u32 {
		let id: u32 = get(counter, ()).unwrap_or(0);
		put(counter, (), id + 1);
		id
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

impl Coins for Played {
	fn coin(id: CoinId) -> Option<Coin> {
		let yield_model = match id {
			BTC | 3..=10 => YieldModel::ProofOfWork { hashes_per_unit: 1_000_000_000 },
			FIL => YieldModel::PowerShare {
				bytes_per_unit: 1 << 20,
				liquid_percent: 25,
				vesting_days: 180,
				minimum_power: 0,
			},
			_ => return None,
		};
		let word = |text: &[u8]| text.to_vec().try_into().unwrap();
		Some(Coin {
			symbol: word(b"BTC"),
			algorithm: word(b"SHA-256d"),
			unit: word(b"GH/s"),
			decimals: 8,
			yield_model,
			address: AddressFormat::Bitcoin,
			blocks_per_day: 144,
			initial_subsidy: 0,
			halving_blocks: 0,
			asset: id,
		})
	}
	fn by_symbol(_: &[u8]) -> Option<CoinId> {
		None
	}
	fn yield_per_day(_: CoinId, _: Power) -> Result<CoinAmount, DispatchError> {
		Err(FactError::Missing.into())
	}
	fn yield_on(_: CoinId, _: Power, _: Day) -> Option<CoinAmount> {
		None
	}
	fn yield_as_of(_: CoinId) -> Option<Day> {
		None
	}
}

impl Facts for Played {
	fn closed_day(account: PoolAccountId, day: Day) -> Result<DayFact, FactError> {
		match store::get::<Option<Power>>("day", (account, day)) {
			None => Err(FactError::Missing),
			Some(None) => Ok(DayFact::Refused),
			Some(Some(power)) => {
				Ok(DayFact::Value(DayReading { power, paid: power / 10, payout: None }))
			},
		}
	}
	fn network(_: CoinId) -> Result<NetworkFact, FactError> {
		Err(FactError::Missing)
	}
}

impl EffectivePower for Played {
	const MOST_UNPAID: Day = 4;

	fn effective_power(account: PoolAccountId, day: Day) -> Option<DayPower> {
		let power = store::get::<Option<Power>>("day", (account, day))?.unwrap_or(0);
		let unpaid = store::get("unpaid", account).is_some_and(|from: Day| day >= from);
		Some(if unpaid { DayPower::Unpaid(power) } else { DayPower::Paid(power) })
	}

	fn counted_from(account: PoolAccountId) -> Option<Day> {
		match store::get::<Option<Day>>("address", account) {
			Some(from) => from,
			None => Some(0),
		}
	}
}

impl PoolAccounts<AccountId> for Played {
	fn bind(
		source: SourceId,
		coin: CoinId,
		name: &[u8],
		provider: &AccountId,
	) -> Result<PoolAccountId, DispatchError> {
		let mines = match source {
			POOL | OTHER_POOL | NEW_POOL => BTC,
			LOTUS => FIL,
			_ => return Err(DispatchError::Other("UnknownSource")),
		};
		if coin != mines {
			return Err(DispatchError::Other("CoinNotMinedThere"));
		}
		let name = name.to_ascii_lowercase();
		if let Some((id, owner)) =
			store::get::<(PoolAccountId, AccountId)>("account", (source, &name))
		{
			return match owner == *provider {
				true => Ok(id),
				false => Err(DispatchError::Other("AccountOfAnotherProvider")),
			};
		}
		let id = store::next("accounts");
		store::put("account", (source, &name), (id, provider));
		store::put("source", id, source);
		Ok(id)
	}
	fn follow(account: PoolAccountId) -> DispatchResult {
		store::put("followed", account, true);
		Ok(())
	}
	fn unfollow(account: PoolAccountId) {
		store::put("followed", account, false);
	}
	fn source_of(account: PoolAccountId) -> Option<SourceId> {
		store::get("source", account)
	}
	fn pool_fee(source: SourceId) -> Permill {
		match source {
			LOTUS => Permill::zero(),
			_ => Permill::from_percent(2),
		}
	}
	fn noise(source: SourceId) -> Permill {
		match source {
			LOTUS => Permill::zero(),
			_ => Permill::from_percent(1),
		}
	}
	fn probation_until(source: SourceId) -> Option<Day> {
		(source == NEW_POOL).then_some(150)
	}
	fn is_network(source: SourceId) -> bool {
		source == LOTUS
	}
}

impl Polls<AccountId> for Played {
	fn open(
		kind: PollKind,
		subject: H256,
		excluded: &[AccountId],
	) -> Result<PollId, DispatchError> {
		assert_eq!(kind, PollKind::Audit);
		let poll = store::next("polls");
		store::put("poll", poll, (PollResult::Open, subject, excluded.to_vec()));
		Ok(poll)
	}
	fn result(poll: PollId) -> Option<PollResult> {
		store::get::<(PollResult, H256, Vec<AccountId>)>("poll", poll).map(|poll| poll.0)
	}
}

impl Sales for Played {
	fn was_sold(_: SeriesId, _: TitleId) -> bool {
		unreachable!()
	}
	fn is_sold_outright(lot: LotId) -> bool {
		store::get("sold", lot).unwrap_or_default()
	}
}

impl Readiness for Played {
	fn ensure_ready(_: LotId, _: PoolAccountId) -> DispatchResult {
		match Ready::get() {
			true => Ok(()),
			false => Err(DispatchError::Other("PayoutNotArrived")),
		}
	}
}

impl Bonds<AccountId> for Played {
	fn hard_value(_: &AccountId) -> Result<Balance, DispatchError> {
		Ok(0)
	}
	fn ensure_met(_: &AccountId) -> DispatchResult {
		match BondMet::get() {
			true => Ok(()),
			false => Err(DispatchError::Other("BondNotMet")),
		}
	}
}

/// Owner, units and first day of a title.
pub type PlayedTitle = (AccountId, Units, Day);

impl Titles<AccountId> for Played {
	fn open_series(series: SeriesId, facts: &[(&[u8], Vec<u8>)]) -> DispatchResult {
		assert!(store::get::<Units>("issued", series).is_none(), "opened twice");
		assert!(facts.len() <= 16);
		store::put("issued", series, Units::MIN);
		let facts: Vec<(Vec<u8>, Vec<u8>)> =
			facts.iter().map(|(key, value)| (key.to_vec(), value.clone())).collect();
		store::put("facts", series, facts);
		Ok(())
	}
	fn issue(
		series: SeriesId,
		owner: &AccountId,
		units: Units,
		first_day: Day,
	) -> Result<TitleId, DispatchError> {
		let issued: Units = store::get("issued", series).ok_or("UnknownSeries")?;
		store::put("issued", series, issued + units);
		Balances::transfer(owner, &account(98), TITLE_DEPOSIT, Preservation::Preserve)?;
		let title = store::next("titles");
		store::put("title", (series, title), (owner, units, first_day));
		Ok(title)
	}
	fn split(_: SeriesId, _: TitleId, _: &[Units]) -> Result<Vec<TitleId>, DispatchError> {
		unreachable!()
	}
	fn merge(_: SeriesId, _: &[TitleId]) -> Result<TitleId, DispatchError> {
		unreachable!()
	}
	fn lock(_: SeriesId, _: TitleId, _: LockReason) -> DispatchResult {
		unreachable!()
	}
	fn unlock(_: SeriesId, _: TitleId, _: LockReason) -> DispatchResult {
		unreachable!()
	}
	fn settle_and_transfer(series: SeriesId, title: TitleId, to: &AccountId) -> DispatchResult {
		let (_, units, day): PlayedTitle = store::get("title", (series, title)).unwrap();
		store::put("title", (series, title), (to, units, day));
		Ok(())
	}
	fn title(_: SeriesId, _: TitleId) -> Option<(AccountId, Title)> {
		unreachable!()
	}
	fn issued(series: SeriesId) -> Units {
		store::get("issued", series).unwrap_or(0)
	}
}

parameter_types! {
	pub static LotDayDeposit: Balance = 0;
}

impl pallet_hashpower::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type OnForfeit = ResolveTo<ForfeitAccount, Balances>;
	type Calendar = Played;
	type Coins = Played;
	type Facts = Played;
	type PoolAccounts = Played;
	type EffectivePower = Played;
	type Polls = Played;
	type Readiness = Played;
	type Sales = Played;
	type Bonds = Played;
	type Titles = Played;
	type SuspendOrigin = EnsureRoot<AccountId>;
	type DefensiveOrigin = EnsureRoot<AccountId>;
	type Window = ConstU32<W>;
	type ClosingDays = ConstU32<8>;
	type MaxFee = MaxFee;
	type ProviderDeposit = ConstU128<PROVIDER_DEPOSIT>;
	type FarmDeposit = ConstU128<FARM_DEPOSIT>;
	type LotDeposit = ConstU128<LOT_DEPOSIT>;
	type LotDayDeposit = LotDayDeposit;
	type AuditDeposit = ConstU128<AUDIT_DEPOSIT>;
	type MaxFarmsPerProvider = ConstU32<3>;
	type MaxLotsPerFarm = ConstU32<4>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Played;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_hashpower::benchmarking::BenchmarkHelper<AccountId> for Played {
	fn terms(farm: dmex_primitives::FarmId, nth: u32) -> LotTerms {
		LotTerms { farm, ..terms(&nth.to_string()) }
	}
	fn coins(count: u32) -> Vec<CoinId> {
		(3..3 + count).collect()
	}
	fn measure(account: PoolAccountId, days: u32, power: Power) {
		Today::set(START + days);
		for day in START..START + days {
			measure(account, day, power);
		}
	}
	fn decide(poll: PollId, passed: bool) {
		decide(poll, if passed { PollResult::Passed } else { PollResult::Failed });
	}
	fn make_ready(_: LotId, _: PoolAccountId) {}
	fn pass_days(days: Day) {
		Today::mutate(|today| *today += days);
	}
}

pub fn account(seed: u8) -> AccountId {
	AccountId::new([seed; 32])
}
/// A provider with farm 0.
pub fn alice() -> AccountId {
	account(1)
}
/// A provider with farm 1.
pub fn bob() -> AccountId {
	account(2)
}
/// Nobody.
pub fn carol() -> AccountId {
	account(3)
}
/// Has less than any deposit.
pub fn poor() -> AccountId {
	account(4)
}

pub fn text<S: frame_support::traits::Get<u32>>(text: &str) -> frame_support::BoundedVec<u8, S> {
	text.as_bytes().to_vec().try_into().unwrap()
}

/// A chain with two providers of a farm each, and no limit for pools.
pub fn ext() -> sp_io::TestExternalities {
	ext_with(GenesisConfig { unlimited_free_power: true, ..Default::default() })
}

pub type GenesisConfig = pallet_hashpower::GenesisConfig<Test>;

pub fn ext_with(hashpower: GenesisConfig) -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let mut balances: Vec<_> = (1..=3).map(|seed| (account(seed), FUNDS)).collect();
	balances.extend([(poor(), 50), (account(99), 1)]);
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	hashpower.assimilate_storage(&mut storage).unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		Today::set(START);
		BondMet::set(true);
		Ready::set(true);
		for who in [alice(), bob()] {
			let signed = || RuntimeOrigin::signed(who.clone());
			Hashpower::register_provider(signed(), text("Mine"), text("https://mine")).unwrap();
			let claims = [(BTC, 1_000_000), (FIL, 1_000_000)]
				.map(|(coin, power)| Claim { coin, power })
				.to_vec()
				.try_into()
				.unwrap();
			Hashpower::register_farm(signed(), text("Sichuan"), claims).unwrap();
		}
	});
	ext
}

/// Runs a test and checks the books at its end.
pub fn build_and_execute(test: impl FnOnce()) {
	execute(ext(), test);
}

pub fn execute(mut ext: sp_io::TestExternalities, test: impl FnOnce()) {
	ext.execute_with(|| {
		test();
		Hashpower::do_try_state().unwrap();
	});
}

/// A possible lot of farm 0: 1,000 GH/s for a year from day 110.
pub fn terms(name: &str) -> LotTerms {
	LotTerms {
		farm: 0,
		coin: BTC,
		model: text("S21"),
		machines: 5,
		nanowatts_per_unit: 17_500_000,
		millicents_per_kwh: 4_500,
		source: POOL,
		account: text(name),
		power: 1_000,
		first_day: 110,
		last_day: 474,
		fee: Permill::from_percent(5),
		payout: Payout::Fpps,
		sale: SaleModel::Outright,
		shutdown_clause: true,
		vesting: None,
		evidence: H256::repeat_byte(7),
	}
}

/// The same of another farm.
pub fn terms_of(farm: u32, name: &str, source: SourceId) -> LotTerms {
	LotTerms { farm, source, ..terms(name) }
}

pub fn submit(terms: LotTerms) -> Result<LotId, DispatchError> {
	let who = if terms.farm == 0 { alice() } else { bob() };
	let lot = pallet_hashpower::NextLot::<Test>::get();
	Hashpower::submit_lot(RuntimeOrigin::signed(who), terms)?;
	Ok(lot)
}

pub fn decide(poll: PollId, result: PollResult) {
	let (_, subject, excluded): (PollResult, H256, Vec<AccountId>) =
		store::get("poll", poll).unwrap();
	store::put("poll", poll, (result, subject, excluded));
}

pub fn record(lot: LotId) -> Lot<AccountId> {
	Hashpower::lot(lot).unwrap()
}

pub fn measure(account: PoolAccountId, day: Day, power: Power) {
	store::put("day", (account, day), Some(power));
}

pub fn refuse(account: PoolAccountId, day: Day) {
	store::put("day", (account, day), None::<Power>);
}

pub fn conclude(lot: LotId, result: PollResult) -> DispatchResult {
	decide(record(lot).poll, result);
	Hashpower::conclude_audit(RuntimeOrigin::signed(carol()), lot)
}

pub fn approved(terms: LotTerms) -> LotId {
	let lot = submit(terms).unwrap();
	conclude(lot, PollResult::Passed).unwrap();
	lot
}

pub fn active(terms: LotTerms) -> LotId {
	let lot = approved(terms);
	Hashpower::activate(RuntimeOrigin::signed(carol()), lot).unwrap();
	lot
}

/// An active lot, measured with `power` on each of the W days since its submission.
pub fn measured(terms: LotTerms, power: Power) -> LotId {
	let lot = active(terms);
	let Lot { account, measured_from, .. } = record(lot);
	for day in measured_from..measured_from + W {
		measure(account, day, power);
	}
	Today::set(measured_from + W);
	lot
}

pub fn issue(lot: LotId, units: Units) -> DispatchResult {
	let provider = record(lot).provider;
	Hashpower::issue(RuntimeOrigin::signed(provider.clone()), lot, units, provider)
}

pub fn held(who: &AccountId, reason: pallet_hashpower::HoldReason) -> Balance {
	Balances::balance_on_hold(&reason.into(), who)
}

pub fn free(who: &AccountId) -> Balance {
	<Balances as Inspect<AccountId>>::balance(who)
}

pub fn followed(account: PoolAccountId) -> bool {
	store::get("followed", account).unwrap_or(false)
}
