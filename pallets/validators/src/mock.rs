//! A chain of sessions: balances, this pallet, pallet-session with historical, pallet-offences.
#![allow(missing_docs, clippy::arithmetic_side_effects)]

use crate::{self as pallet_validators, NoIdentification, Offender, ReportWithSlot, ValidatorOf};
use codec::Encode;
use dmex_primitives::validators::Attendance;
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible::Inspect, tokens::imbalance::ResolveTo, ConstU128, ConstU32, ConstU64, Hooks,
	},
};
use frame_system::EnsureRoot;
use pallet_session::{
	disabling::UpToLimitDisablingStrategy,
	historical::{self as pallet_session_historical, NoteHistoricalRoot},
	PeriodicSessions, SessionHandler,
};
use sp_runtime::{
	impl_opaque_keys, testing::UintAuthorityId, traits::OpaqueKeys, BuildStorage, DispatchResult,
	KeyTypeId, Perbill, RuntimeAppPublic,
};
use sp_staking::{
	offence::{Kind, Offence, OffenceError, ReportOffence},
	SessionIndex,
};

pub const MIN_BOND: u128 = 1_000;
pub const ENDOWMENT: u128 = 10_000;
pub const KEY_DEPOSIT: u128 = 10;
pub const UNBONDING: SessionIndex = 5;
pub const SILENCE_LIMIT: u32 = 3;
pub const MAX_VALIDATORS: u32 = 6;
pub const MAX_CANDIDATES: u32 = 8;
pub const ACCOUNTS: core::ops::RangeInclusive<u64> = 1..=10;
pub const TREASURY: u64 = 99;

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
	pub type System = frame_system::Pallet<Test>;
	#[runtime::pallet_index(1)]
	pub type Balances = pallet_balances::Pallet<Test>;
	#[runtime::pallet_index(2)]
	pub type Validators = pallet_validators::Pallet<Test>;
	#[runtime::pallet_index(3)]
	pub type Session = pallet_session::Pallet<Test>;
	#[runtime::pallet_index(4)]
	pub type Historical = pallet_session_historical::Pallet<Test>;
	#[runtime::pallet_index(5)]
	pub type Offences = pallet_offences::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = frame_system::mocking::MockBlock<Test>;
	type AccountData = pallet_balances::AccountData<u128>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = u128;
	type ExistentialDeposit = ConstU128<1>;
	type AccountStore = System;
}

impl_opaque_keys! {
	pub struct MockSessionKeys {
		pub dummy: UintAuthorityId,
	}
}

parameter_types! {
	/// Whom the stand-in for the oracle names at the end of a session.
	pub static Silent: Vec<u64> = Vec::new();
	/// Whether facts close in the running session.
	pub static FactsClose: bool = false;
	pub const TreasuryAccount: u64 = TREASURY;
	pub static UnbondingSessions: SessionIndex = UNBONDING;
}

/// Stands in for the oracle, which learns of a session's end as a handler of session keys.
pub struct Oracle;
impl SessionHandler<u64> for Oracle {
	const KEY_TYPE_IDS: &'static [KeyTypeId] = &[UintAuthorityId::ID];
	fn on_genesis_session<Ks: OpaqueKeys>(_: &[(u64, Ks)]) {}
	fn on_new_session<Ks: OpaqueKeys>(_: bool, _: &[(u64, Ks)], _: &[(u64, Ks)]) {}
	fn on_before_session_ending() {
		if FactsClose::get() {
			Validators::session_ended(&Silent::get());
		}
	}
	fn on_disabled(_: u32) {}
}

impl pallet_session::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = u64;
	type ValidatorIdOf = ValidatorOf<Test>;
	type ShouldEndSession = PeriodicSessions<ConstU64<5>, ConstU64<0>>;
	type NextSessionRotation = PeriodicSessions<ConstU64<5>, ConstU64<0>>;
	type SessionManager = NoteHistoricalRoot<Test, Validators>;
	type SessionHandler = Oracle;
	type Keys = MockSessionKeys;
	type DisablingStrategy = UpToLimitDisablingStrategy<3>;
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ConstU128<KEY_DEPOSIT>;
}

impl pallet_session_historical::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = NoIdentification<Test>;
}

impl pallet_offences::Config for Test {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = Offender<Test>;
	type OnOffenceHandler = Validators;
}

impl pallet_validators::Config for Test {
	type NativeBalance = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AdmitOrigin = EnsureRoot<u64>;
	type Slashed = ResolveTo<TreasuryAccount, Balances>;
	type MinBond = ConstU128<MIN_BOND>;
	type UnbondingSessions = UnbondingSessions;
	type SilenceLimit = ConstU32<SILENCE_LIMIT>;
	type MaxValidators = ConstU32<MAX_VALIDATORS>;
	type MaxCandidates = ConstU32<MAX_CANDIDATES>;
	type WeightInfo = ();
}

/// An equivocation with GRANDPA's fraction: (3 × offenders ÷ validators)², at most everything.
#[derive(Clone)]
pub struct Equivocation<const KIND: u8> {
	pub offender: u64,
	pub slot: u64,
	pub session: SessionIndex,
	/// Figure that the fraction is computed with.
	pub of: u32,
}

impl<const KIND: u8> Offence<Offender<Test>> for Equivocation<KIND> {
	const ID: Kind = [KIND; 16];
	type Slot = u64;

	fn offenders(&self) -> Vec<Offender<Test>> {
		vec![(self.offender, ())]
	}
	fn session_index(&self) -> SessionIndex {
		self.session
	}
	fn validator_set_count(&self) -> u32 {
		self.of
	}
	fn slot(&self) -> u64 {
		self.slot
	}
	fn slash_fraction(&self, offenders: u32) -> Perbill {
		Perbill::from_rational(3 * offenders, self.of).square()
	}
}

/// Reports as the runtime does. One of ten costs 9 %, two 36 %, three 81 %.
pub fn report<const KIND: u8>(
	offender: u64,
	slot: u64,
	session: SessionIndex,
) -> Result<(), OffenceError> {
	report_of::<KIND>(offender, slot, session, 10)
}

pub fn report_of<const KIND: u8>(
	offender: u64,
	slot: u64,
	session: SessionIndex,
	of: u32,
) -> Result<(), OffenceError> {
	ReportWithSlot::<Test, Offences>::report_offence(
		vec![],
		Equivocation::<KIND> { offender, slot, session, of },
	)
}

pub struct ExtBuilder {
	validators: Vec<u64>,
}

impl Default for ExtBuilder {
	fn default() -> Self {
		Self { validators: vec![1, 2, 3, 4] }
	}
}

impl ExtBuilder {
	pub fn validators(mut self, validators: Vec<u64>) -> Self {
		self.validators = validators;
		self
	}

	pub fn build(self) -> sp_io::TestExternalities {
		let mut balances: Vec<(u64, u128)> = ACCOUNTS.map(|who| (who, ENDOWMENT)).collect();
		balances.push((TREASURY, 1));
		let keys = self.validators.iter().map(|who| (*who, *who, session_keys(*who))).collect();
		let storage = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
			validators: pallet_validators::GenesisConfig { validators: self.validators },
			session: pallet_session::GenesisConfig { keys, ..Default::default() },
			..Default::default()
		}
		.build_storage()
		.unwrap();
		let mut ext = sp_io::TestExternalities::new(storage);
		ext.execute_with(|| {
			System::set_block_number(1);
			Silent::set(Vec::new());
			FactsClose::set(false);
			UnbondingSessions::set(UNBONDING);
		});
		ext
	}

	/// Runs `test` and checks the state after it.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			check();
		});
	}
}

/// The invariants, and that what was slashed has arrived.
pub fn check() {
	Validators::do_try_state().unwrap();
	assert_eq!(Balances::balance(&TREASURY), 1 + crate::Totals::<Test>::get().slashed);
}

pub fn session_keys(key: u64) -> MockSessionKeys {
	MockSessionKeys { dummy: UintAuthorityId(key) }
}

pub fn set_keys(who: u64, key: u64) -> DispatchResult {
	let proof = UintAuthorityId(key).sign(&who.encode()).unwrap().encode();
	Session::set_keys(RuntimeOrigin::signed(who), session_keys(key), proof)
}

/// Registers `who` with the minimum bond and sets its keys.
pub fn join(who: u64) {
	assert_ok!(Validators::register(RuntimeOrigin::signed(who), MIN_BOND));
	assert_ok!(set_keys(who, who));
}

/// As [`join`], and admits it.
pub fn join_and_admit(who: u64) {
	join(who);
	assert_ok!(Validators::admit(RuntimeOrigin::root(), who));
}

/// Runs blocks until the session has changed `count` times.
pub fn roll_sessions(count: u32) {
	let target = Session::current_index() + count;
	while Session::current_index() < target {
		let now = System::block_number() + 1;
		System::set_block_number(now);
		Session::on_initialize(now);
		Validators::on_initialize(now);
	}
}

pub fn active() -> Vec<u64> {
	Session::validators()
}

pub fn bond(who: u64) -> u128 {
	Validators::bond_of(who).unwrap()
}

pub fn free(who: u64) -> u128 {
	Balances::balance(&who)
}

/// Events of this pallet since the last call.
pub fn events() -> Vec<crate::Event<Test>> {
	let events = System::read_events_for_pallet::<crate::Event<Test>>();
	System::reset_events();
	events
}
