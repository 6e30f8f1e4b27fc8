//! A runtime with polls, balances, a part that holds bonds, and a clock that tests turn.
#![allow(missing_docs, clippy::arithmetic_side_effects)]

use crate as pallet_polls;
use crate::*;
use core::cell::Cell;
use dmex_primitives::polls::Polls as _;
use frame_support::{
	derive_impl, parameter_types,
	traits::{fungible::MutateHold, tokens::Precision, ConstU128, ConstU32, VariantCountOf},
};
use sp_runtime::{BuildStorage, DispatchResult, Perbill};

/// Holds DMEX, as the parts that take bonds do.
#[frame_support::pallet(dev_mode)]
#[allow(clippy::expect_used)]
pub mod bonds {
	#[pallet::config]
	pub trait Config: frame_system::Config {}

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::composite_enum]
	pub enum HoldReason {
		Bond,
	}
}

#[frame_support::runtime]
mod runtime {
	#[runtime::runtime]
	#[runtime::derive(
		RuntimeCall,
		RuntimeEvent,
		RuntimeError,
		RuntimeOrigin,
		RuntimeFreezeReason,
		RuntimeHoldReason,
		RuntimeSlashReason,
		RuntimeLockId,
		RuntimeTask,
		RuntimeViewFunction
	)]
	pub struct Test;

	#[runtime::pallet_index(0)]
	pub type System = frame_system;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances;
	#[runtime::pallet_index(2)]
	pub type Polls = pallet_polls;
	#[runtime::pallet_index(3)]
	pub type Bonds = crate::mock::bonds;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxFreezes = VariantCountOf<RuntimeFreezeReason>;
}

impl bonds::Config for Test {}

/// Milliseconds of a day here.
pub const DAY: Moment = 60_000;

thread_local! {
	static NOW: Cell<Moment> = const { Cell::new(0) };
}

/// The clock.
pub struct Clock;

impl Clock {
	pub fn set(now: Moment) {
		NOW.with(|cell| cell.set(now));
	}

	pub fn wait(ms: Moment) {
		Self::set(<Self as Calendar>::now() + ms);
	}
}

impl Calendar for Clock {
	fn now() -> Moment {
		NOW.with(Cell::get)
	}

	fn day_length() -> Moment {
		DAY
	}
}

parameter_types! {
	pub const Quorum: Perbill = Perbill::from_percent(1);
}

impl Config for Test {
	type Currency = Balances;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type Calendar = Clock;
	type AuditDays = ConstU32<7>;
	type AppealDays = ConstU32<5>;
	type ClaimDays = ConstU32<4>;
	type VetoDays = ConstU32<3>;
	type Quorum = Quorum;
	type LeastVote = ConstU128<10>;
	type WeightInfo = ();
}

pub const ALICE: u64 = 1;
pub const BOB: u64 = 2;
pub const CAROL: u64 = 3;
pub const DAVE: u64 = 4;
/// Whose DMEX never votes.
pub const SLEEPER: u64 = 5;

/// All DMEX there is at the start.
pub const ISSUANCE: Balance = 100_000;
/// A hundredth of it.
pub const QUORUM: Balance = 1_000;

/// The chain at its start: four accounts with 1,000 DMEX, the rest with a sleeper.
pub fn chain() -> sp_io::TestExternalities {
	let mut balances = vec![(SLEEPER, ISSUANCE - 4_000)];
	balances.extend([ALICE, BOB, CAROL, DAVE].map(|who| (who, 1_000)));
	let balances = pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() };
	let genesis = RuntimeGenesisConfig { balances, ..Default::default() };
	let mut chain = sp_io::TestExternalities::new(genesis.build_storage().unwrap());
	chain.execute_with(|| {
		System::set_block_number(1);
		Clock::set(1_000_000);
	});
	chain
}

/// Runs a test and checks at its end what always holds.
pub fn build_and_execute(test: impl FnOnce()) {
	chain().execute_with(|| {
		test();
		Polls::do_try_state().unwrap();
	});
}

pub fn subject(number: u8) -> H256 {
	H256::repeat_byte(number)
}

/// Opens a poll on `subject(number)`.
pub fn open(kind: PollKind, number: u8, excluded: &[u64]) -> PollId {
	Polls::open(kind, subject(number), excluded).unwrap()
}

pub fn vote(who: u64, poll: PollId, aye: bool, amount: Balance) -> DispatchResult {
	Polls::vote(RuntimeOrigin::signed(who), poll, aye, amount)
}

pub fn transfer(from: u64, to: u64, amount: Balance) -> DispatchResult {
	Balances::transfer_allow_death(RuntimeOrigin::signed(from), to, amount)
}

pub fn hold(who: u64, amount: Balance) -> DispatchResult {
	Balances::hold(&bonds::HoldReason::Bond.into(), &who, amount)
}

pub fn unhold(who: u64, amount: Balance) -> DispatchResult {
	let reason = bonds::HoldReason::Bond.into();
	Balances::release(&reason, &who, amount, Precision::Exact).map(|_| ())
}

/// What polls have frozen of an account.
pub fn frozen(who: u64) -> Balance {
	use frame_support::traits::fungible::InspectFreeze;
	Balances::balance_frozen(&FreezeReason::PollVote.into(), &who)
}
