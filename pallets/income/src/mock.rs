//! A runtime with the real titles, items and assets, and lots, facts and days that tests set.

#![allow(
	missing_docs,
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate as pallet_income;
use dmex_primitives::{
	calendar::Calendar,
	coins::{AddressFormat, Coin, YieldModel},
	facts::{DayFact, DayReading, FactError, Facts, NetworkFact, PoolAccounts},
	lots::{LotInfo, LotStatus, Lots, Payout, SaleModel},
	rights::{Days, Holder, OnDayClosed, OnMakeUpOver, Remit, Rights as _},
	titles::{LockReason, Titles as _},
	AccountId, AssetId, Balance, CoinAmount, CoinId, Day, LotId, Moment, PoolAccountId, Power,
	SeriesId, Signature, SourceId, TitleId, Units,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungibles::{Create, Inspect, Mutate},
		tokens::imbalance::ResolveTo,
		AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, NeverEnsureOrigin,
	},
	weights::Weight,
	PalletId,
};
use sp_runtime::{
	traits::{Convert, IdentityLookup, Verify},
	BuildStorage, DispatchError, DispatchResult, Permill,
};
use std::{cell::RefCell, collections::BTreeMap};

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
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(4)]
	pub type Titles = pallet_titles;
	#[runtime::pallet_index(5)]
	pub type Income = pallet_income;
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

#[derive_impl(pallet_assets::config_preludes::TestDefaultConfig)]
impl pallet_assets::Config for Test {
	type Balance = Balance;
	type Currency = Balances;
	type CreateOrigin = AsEnsureOriginWithArg<NeverEnsureOrigin<AccountId>>;
	type ForceOrigin = frame_system::EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<10>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ConstU128<0>;
	type Freezer = ();
	type Holder = ();
}

parameter_types! {
	pub Features: pallet_nfts::PalletFeatures = pallet_nfts::PalletFeatures::all_enabled();
	pub const TitlesPalletId: PalletId = PalletId(*b"dmex/ttl");
	pub const IncomePalletId: PalletId = PalletId(*b"dmex/inc");
	pub FeeAccount: AccountId = account(99);
	pub static Today: Day = 100;
	pub static Idle: Weight = Weight::from_parts(250_000_000_000, u64::MAX);
	pub static Fee: Balance = 0;
	/// Coins that one unit earns in a day; none if the network is unknown.
	pub static Yield: Option<CoinAmount> = Some(10);
	pub static PoolFee: Permill = Permill::zero();
	pub static Noise: Permill = Permill::from_percent(1);
	pub static ClosedDays: Vec<(LotId, Day)> = Vec::new();
	pub static Lapsed: Vec<(LotId, Day, CoinAmount)> = Vec::new();
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
	type MaxDeadlineDuration = ConstU64<10_000>;
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
	type Calendar = World;
	type Hooks = Income;
	type OnFee = ResolveTo<FeeAccount, Balances>;
	type TitleDeposit = ConstU128<100>;
	type TombstoneFee = ConstU128<7>;
	type PalletId = TitlesPalletId;
	type WeightInfo = ();
}

thread_local! {
	static LOTS: RefCell<BTreeMap<LotId, LotInfo<AccountId>>> = const { RefCell::new(BTreeMap::new()) };
	static FACTS: RefCell<BTreeMap<(PoolAccountId, Day), DayFact>> = const { RefCell::new(BTreeMap::new()) };
}

/// The clock, the lots, the oracle and the network.
pub struct World;

impl Calendar for World {
	fn now() -> Moment {
		Moment::from(Today::get()) * Self::day_length()
	}
	fn day_length() -> Moment {
		60_000
	}
}

impl Lots<AccountId> for World {
	fn lot(id: LotId) -> Option<LotInfo<AccountId>> {
		LOTS.with(|lots| lots.borrow().get(&id).cloned())
	}
	fn lot_of_account(_: PoolAccountId) -> Option<LotId> {
		None
	}
}

impl Facts for World {
	fn closed_day(account: PoolAccountId, day: Day) -> Result<DayFact, FactError> {
		FACTS.with(|facts| facts.borrow().get(&(account, day)).copied()).ok_or(FactError::Missing)
	}
	fn network(_: CoinId) -> Result<NetworkFact, FactError> {
		Err(FactError::Missing)
	}
}

impl dmex_primitives::coins::Coins for World {
	fn coin(id: CoinId) -> Option<Coin> {
		let word = |text: &[u8]| text.to_vec().try_into().unwrap();
		let yield_model = match id {
			0 => YieldModel::ProofOfWork { hashes_per_unit: 1_000_000_000 },
			_ => YieldModel::PowerShare {
				bytes_per_unit: 1 << 20,
				liquid_percent: 25,
				vesting_days: 180,
				minimum_power: 1,
			},
		};
		(id < 2).then(|| Coin {
			symbol: word(b"BTC"),
			algorithm: word(b"SHA-256d"),
			unit: word(b"GH/s"),
			decimals: 8,
			yield_model,
			address: AddressFormat::Bitcoin,
			blocks_per_day: 144,
			initial_subsidy: 0,
			halving_blocks: 0,
			asset: ASSET + id,
		})
	}
	fn by_symbol(_: &[u8]) -> Option<CoinId> {
		None
	}
	fn yield_per_day(_: CoinId, power: Power) -> Result<CoinAmount, DispatchError> {
		Yield::get()
			.and_then(|of_unit| power.checked_mul(of_unit))
			.ok_or(DispatchError::Other("FactStale"))
	}
	fn yield_on(id: CoinId, power: Power, _: Day) -> Option<CoinAmount> {
		Self::yield_per_day(id, power).ok()
	}
	fn yield_as_of(_: CoinId) -> Option<Day> {
		None
	}
}

impl PoolAccounts<AccountId> for World {
	fn bind(
		_: SourceId,
		_: CoinId,
		_: &[u8],
		_: &AccountId,
	) -> Result<PoolAccountId, DispatchError> {
		Err(DispatchError::Unavailable)
	}
	fn follow(_: PoolAccountId) -> DispatchResult {
		Ok(())
	}
	fn unfollow(_: PoolAccountId) {}
	fn source_of(_: PoolAccountId) -> Option<SourceId> {
		Some(0)
	}
	fn pool_fee(_: SourceId) -> Permill {
		PoolFee::get()
	}
	fn noise(_: SourceId) -> Permill {
		Noise::get()
	}
	fn probation_until(_: SourceId) -> Option<Day> {
		None
	}
	fn is_network(_: SourceId) -> bool {
		false
	}
}

/// Remembers what it was told.
pub struct Recorder;

impl OnDayClosed for Recorder {
	fn on_day_closed(lot: LotId, day: Day) {
		use dmex_primitives::rights::DayBooks;
		assert!(Income::due(lot, day).is_some(), "told before the books are closed");
		ClosedDays::mutate(|days| days.push((lot, day)));
	}
}

impl OnMakeUpOver for Recorder {
	fn on_make_up_over(lot: LotId, day: Day) {
		use dmex_primitives::rights::DayBooks;
		let made_up = Income::made_up(lot, day).unwrap();
		Lapsed::mutate(|days| days.push((lot, day, made_up)));
	}
}

pub struct FixedFee;

impl Convert<(AssetId, Weight), Balance> for FixedFee {
	fn convert(_: (AssetId, Weight)) -> Balance {
		Fee::get()
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for World {
	fn lot(provider: &AccountId) -> LotId {
		Today::set(100);
		open_lot(77, |info| {
			info.provider = provider.clone();
			info.last_day = 3_000;
		});
		77
	}
	fn measure(_: LotId, day: Day, paid: CoinAmount) {
		FACTS.with(|facts| {
			let fact = DayFact::Value(DayReading { power: 1_000, paid, payout: None });
			facts.borrow_mut().insert((ACCOUNT, day), fact)
		});
	}
	fn pass_days(days: Day) {
		Today::mutate(|day| *day += days);
	}
	fn other_asset() -> AssetId {
		STABLE
	}
}

impl pallet_income::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Assets = Assets;
	type Calendar = World;
	type Coins = World;
	type Facts = World;
	type PoolAccounts = World;
	type Lots = World;
	type Titles = Titles;
	type OnDayClosed = Recorder;
	type OnMakeUpOver = Recorder;
	type PayoutFee = FixedFee;
	type FeeReceiver = FeeAccount;
	type LienDeposit = ConstU128<50>;
	type IdleWeight = Idle;
	type PalletId = IncomePalletId;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = World;
	type WeightInfo = ();
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
/// A lessee.
pub fn carol() -> AccountId {
	account(3)
}
/// Exists nowhere.
pub fn ghost() -> AccountId {
	account(4)
}
pub fn provider() -> AccountId {
	account(10)
}
/// Where coins that the chain minted for a deposit come from.
pub fn gateway() -> AccountId {
	account(11)
}

pub const LOT: LotId = 5;
pub const ASSET: AssetId = 1_000;
pub const STABLE: AssetId = 7;
pub const FIRST: Day = 101;
/// The lot's last day.
pub const LAST: Day = 300;
/// Pool account of [`LOT`].
pub const ACCOUNT: PoolAccountId = 40;

/// A lot with a fee of 10 %.
pub fn lot_info() -> LotInfo<AccountId> {
	LotInfo {
		provider: provider(),
		status: LotStatus::Active,
		farm: 0,
		coin: 0,
		account: ACCOUNT,
		audited: 1_000_000,
		issued: 0,
		first_day: FIRST,
		last_day: LAST,
		fee: Permill::from_percent(10),
		payout: Payout::Fpps,
		sale: SaleModel::Outright,
		vesting: None,
		nanowatts_per_unit: 0,
		millicents_per_kwh: 0,
	}
}

pub fn open_lot(id: LotId, change: impl FnOnce(&mut LotInfo<AccountId>)) {
	let mut info = lot_info();
	change(&mut info);
	LOTS.with(|lots| lots.borrow_mut().insert(id, info));
	Titles::open_series(id, &[]).unwrap();
}

pub fn change_lot(id: LotId, change: impl FnOnce(&mut LotInfo<AccountId>)) {
	LOTS.with(|lots| change(lots.borrow_mut().get_mut(&id).unwrap()));
}

/// A chain with one lot, [`LOT`], on day 100.
pub fn ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let rich = [alice(), bob(), carol(), provider(), gateway(), account(99)];
	pallet_balances::GenesisConfig::<Test> {
		balances: rich.iter().map(|who| (who.clone(), 1_000_000_000)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		Today::set(100);
		Fee::set(0);
		Yield::set(Some(10));
		PoolFee::set(Permill::zero());
		Noise::set(Permill::from_percent(1));
		ClosedDays::set(Vec::new());
		Lapsed::set(Vec::new());
		LOTS.with(|lots| lots.borrow_mut().clear());
		FACTS.with(|facts| facts.borrow_mut().clear());
		for asset in [ASSET, ASSET + 1, STABLE] {
			<Assets as Create<AccountId>>::create(asset, account(90), true, 1).unwrap();
		}
		open_lot(LOT, |_| {});
	});
	ext
}

/// Runs a test and checks the books at its end.
pub fn build_and_execute(test: impl FnOnce()) {
	ext().execute_with(|| {
		test();
		Income::do_try_state().unwrap();
		Titles::do_try_state().unwrap();
	});
}

/// Issues a title of [`LOT`] that starts tomorrow or with the lot.
pub fn issue(owner: &AccountId, units: Units) -> TitleId {
	issue_of(LOT, owner, units)
}

pub fn issue_of(lot: LotId, owner: &AccountId, units: Units) -> TitleId {
	let info = World::lot(lot).unwrap();
	Titles::issue(lot, owner, units, info.first_day.max(Today::get() + 1)).unwrap()
}

/// The pool says so of a day.
pub fn agree(day: Day, paid: CoinAmount, power: Power) {
	fact(day, DayFact::Value(DayReading { power, paid, payout: None }));
}

pub fn fact(day: Day, fact: DayFact) {
	FACTS.with(|facts| facts.borrow_mut().insert((ACCOUNT, day), fact));
}

/// A payout arrives at the lot's address.
pub fn arrive(amount: CoinAmount) {
	arrive_at(LOT, ASSET, amount);
}

pub fn arrive_at(lot: LotId, asset: AssetId, amount: CoinAmount) {
	<Assets as Mutate<AccountId>>::mint_into(asset, &gateway(), amount).unwrap();
	<Income as Remit<AccountId>>::remit(lot, &gateway(), amount).unwrap();
}

pub fn give(who: &AccountId, asset: AssetId, amount: Balance) {
	<Assets as Mutate<AccountId>>::mint_into(asset, who, amount).unwrap();
}

/// Visits the lot until nothing is left to do.
pub fn visit() {
	for _ in 0..1_000 {
		let before = crate::Books::<Test>::get(LOT);
		Income::visit(LOT);
		if crate::Books::<Test>::get(LOT) == before {
			return;
		}
	}
	panic!("never done");
}

/// Goes to a day, lot visited on each day between.
pub fn go_to(day: Day) {
	while Today::get() < day {
		Today::mutate(|today| *today += 1);
		visit();
	}
}

/// `day` is full: the pool paid `paid` for `power`, and it arrived.
pub fn full_day(day: Day, paid: CoinAmount, power: Power) {
	agree(day, paid, power);
	go_to(day + 1);
	arrive(paid);
	visit();
}

pub fn coins(who: &AccountId) -> CoinAmount {
	balance(ASSET, who)
}

pub fn balance(asset: AssetId, who: &AccountId) -> Balance {
	<Assets as Inspect<AccountId>>::balance(asset, who)
}

pub fn claim(title: TitleId) {
	Income::claim(RuntimeOrigin::signed(bob()), LOT, title).unwrap();
}

pub fn book() -> crate::types::Book {
	crate::Books::<Test>::get(LOT).unwrap()
}

pub fn title_book(title: TitleId) -> crate::types::TitleBook<AccountId> {
	crate::TitleBooks::<Test>::get(LOT, title).unwrap()
}

pub fn days(first: Day, end: Day) -> Days {
	Days { first, end }
}

pub fn assign(title: TitleId, first: Day, end: Day, holder: &AccountId) -> DispatchResult {
	Income::assign(LOT, title, days(first, end), holder)
}

pub fn right_of(title: TitleId, day: Day) -> Holder<AccountId> {
	Income::right_of(LOT, title, day)
}

pub fn transfer(title: TitleId, from: &AccountId, to: &AccountId) {
	Nfts::transfer(RuntimeOrigin::signed(from.clone()), LOT, title, to.clone()).unwrap();
}

pub fn lock(title: TitleId) {
	Titles::lock(LOT, title, LockReason::Pledge).unwrap();
}
