//! A runtime with the real `pallet-nfts`, closed to users as the runtime closes it.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate as pallet_titles;
use dmex_primitives::{
	calendar::Calendar,
	titles::{Title, TitleHooks, Titles as _},
	AccountId, Balance, Day, Moment, SeriesId, Signature, TitleId, Units,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::Inspect, fungible::InspectHold, tokens::imbalance::ResolveTo,
		AsEnsureOriginWithArg, ConstU128, ConstU32, Contains, NeverEnsureOrigin,
	},
	PalletId,
};
use sp_runtime::{
	traits::{IdentityLookup, Verify},
	BuildStorage, DispatchError, DispatchResult,
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
	pub type Nfts = pallet_nfts;
	#[runtime::pallet_index(3)]
	pub type Titles = pallet_titles;
}

/// What users may call on `pallet-nfts`: as in the runtime.
pub struct OnlyTransfers;

impl Contains<RuntimeCall> for OnlyTransfers {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Nfts(call) => matches!(
				call,
				pallet_nfts::Call::transfer { .. }
					| pallet_nfts::Call::approve_transfer { .. }
					| pallet_nfts::Call::cancel_approval { .. }
					| pallet_nfts::Call::clear_all_transfer_approvals { .. }
			),
			_ => true,
		}
	}
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BaseCallFilter = OnlyTransfers;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

parameter_types! {
	pub Features: pallet_nfts::PalletFeatures = pallet_nfts::PalletFeatures::all_enabled();
	pub const TitlesPalletId: PalletId = PalletId(*b"dmex/ttl");
	pub FeeAccount: AccountId = account(99);
	pub static Today: Day = 100;
	pub static Log: Vec<Hook> = Vec::new();
	pub static Refused: bool = false;
	/// Liens of every title.
	pub static Liens: u32 = 0;
}

pub const TITLE_DEPOSIT: Balance = 100;
pub const TOMBSTONE_FEE: Balance = 7;

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

pub struct TestCalendar;

impl Calendar for TestCalendar {
	fn now() -> Moment {
		Moment::from(Today::get()) * Self::day_length()
	}
	fn day_length() -> Moment {
		60_000
	}
}

/// What the hooks were told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hook {
	Issue(TitleId, AccountId, Units),
	CanSplit(TitleId),
	Split(TitleId, Vec<(TitleId, Units)>),
	CanMerge(Vec<TitleId>),
	Merge(Vec<TitleId>, TitleId),
	Settle(TitleId, AccountId),
	Burn(TitleId),
}

pub struct Recorder;

fn log(hook: Hook) {
	Log::mutate(|log| log.push(hook));
}

fn answer() -> DispatchResult {
	match Refused::get() {
		true => Err(DispatchError::Other("RightsDiffer")),
		false => Ok(()),
	}
}

impl TitleHooks<AccountId> for Recorder {
	fn on_issue(_: SeriesId, title: TitleId, owner: &AccountId, of: &Title) {
		log(Hook::Issue(title, owner.clone(), of.units));
	}
	fn can_split(_: SeriesId, title: TitleId, _: &[Units]) -> DispatchResult {
		log(Hook::CanSplit(title));
		answer()
	}
	fn on_split(_: SeriesId, parent: TitleId, parts: &[(TitleId, Units)]) {
		log(Hook::Split(parent, parts.to_vec()));
	}
	fn can_merge(_: SeriesId, titles: &[TitleId]) -> DispatchResult {
		log(Hook::CanMerge(titles.to_vec()));
		answer()
	}
	fn on_merge(_: SeriesId, titles: &[TitleId], merged: TitleId) {
		log(Hook::Merge(titles.to_vec(), merged));
	}
	fn settle(_: SeriesId, title: TitleId, owner: &AccountId) {
		log(Hook::Settle(title, owner.clone()));
	}
	fn on_burn(_: SeriesId, title: TitleId, _: &AccountId) {
		log(Hook::Burn(title));
	}
	fn liens(_: SeriesId, _: TitleId) -> u32 {
		Liens::get()
	}
}

impl pallet_titles::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Calendar = TestCalendar;
	type Hooks = Recorder;
	type OnFee = ResolveTo<FeeAccount, Balances>;
	type TitleDeposit = ConstU128<TITLE_DEPOSIT>;
	type TombstoneFee = ConstU128<TOMBSTONE_FEE>;
	type PalletId = TitlesPalletId;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper<AccountId> for Test {
	fn titles(owner: &AccountId, count: u32, units: Units) -> (SeriesId, Vec<TitleId>) {
		let funds = FUNDS * FUNDS;
		<Balances as frame_support::traits::fungible::Mutate<_>>::set_balance(owner, funds);
		(LOT, (0..count).map(|_| Titles::issue(LOT, owner, units, 1).unwrap()).collect())
	}
	fn burden(_: SeriesId, _: &[TitleId], _: u32, _: bool) {}
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
/// Has less than a title's deposit.
pub fn poor() -> AccountId {
	account(3)
}

pub const FUNDS: Balance = 1_000_000;
pub const LOT: SeriesId = 5;

/// A chain with one open series, [`LOT`].
pub fn ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	pallet_balances::GenesisConfig::<Test> {
		balances: vec![(alice(), FUNDS), (bob(), FUNDS), (poor(), 50), (account(99), 1)],
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		Liens::set(0);
		Titles::open_series(LOT, &[(b"coin", b"BTC".to_vec())]).unwrap();
	});
	ext
}

/// Runs a test and checks the books at its end.
pub fn build_and_execute(test: impl FnOnce()) {
	ext().execute_with(|| {
		test();
		Titles::do_try_state().unwrap();
	});
}

/// Issues a title of [`LOT`] that starts on day 101.
pub fn issue(owner: AccountId, units: Units) -> TitleId {
	Titles::issue(LOT, &owner, units, 101).unwrap()
}

pub fn owner_of(title: TitleId) -> Option<AccountId> {
	Nfts::owner(LOT, title)
}

pub fn units_of(title: TitleId) -> Option<Units> {
	Titles::title(LOT, title).map(|(_, title)| title.units)
}

pub fn held(who: &AccountId) -> Balance {
	Balances::balance_on_hold(&pallet_titles::HoldReason::TitleStorage.into(), who)
}

pub fn free(who: &AccountId) -> Balance {
	<Balances as Inspect<AccountId>>::balance(who)
}

/// A user's call: signed, and through the call filter.
pub fn call(who: AccountId, call: impl Into<RuntimeCall>) -> DispatchResult {
	use sp_runtime::traits::Dispatchable;
	let call: RuntimeCall = call.into();
	call.dispatch(RuntimeOrigin::signed(who)).map(|_| ()).map_err(|failed| failed.error)
}

/// Splits as other pallets do, through the trait.
pub fn divide(title: TitleId, parts: &[Units]) -> Result<Vec<TitleId>, DispatchError> {
	<Titles as dmex_primitives::titles::Titles<AccountId>>::split(LOT, title, parts)
}

/// Merges as other pallets do, through the trait.
pub fn join(titles: &[TitleId]) -> Result<TitleId, DispatchError> {
	<Titles as dmex_primitives::titles::Titles<AccountId>>::merge(LOT, titles)
}
