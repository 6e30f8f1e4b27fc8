//! A runtime with the real titles, items, assets and holds; lots and the ledger of days are played.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate as pallet_market;
use dmex_primitives::{
	calendar::Calendar,
	lots::{LotInfo, LotStatus, Lots, Payout, SaleModel},
	titles::{LockReason, Titles as TitlesTrait},
	AccountId, AssetId, Balance, Day, LotId, Moment, SeriesId, Signature, TitleId, Units,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::InspectHold,
		fungibles::{Inspect, InspectHold as _},
		tokens::imbalance::ResolveTo,
		AsEnsureOriginWithArg, ConstU128, ConstU32, NeverEnsureOrigin,
	},
	PalletId,
};
use sp_runtime::{
	traits::{Dispatchable, IdentityLookup, Verify},
	BuildStorage, DispatchResult, Permill,
};

mod played;
pub use played::*;

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
