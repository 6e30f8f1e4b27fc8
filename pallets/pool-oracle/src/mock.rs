//! A runtime around the pallet, with the extension that authorises calls.
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use crate::{
	self as pallet_pool_oracle,
	app::{AuthorityId, AuthorityPair},
	OracleEquivocation, SignedVote, Vote,
};
use dmex_adapters::Adapter;
use dmex_primitives::{
	calendar::Calendar,
	coins::{AddressFormat, Coin, Coins, YieldModel},
	facts::{DayReading, Feed, NetworkFact, OnNetworkFact, PoolAccounts, Reading},
	validators::Attendance,
	CoinAmount, CoinId, Day, Moment, PoolAccountId, Power, Round,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstU32, ConstU64, Hooks, OneSessionHandler, ValidatorSet},
};
use frame_system::offchain::{
	CreateAuthorizedTransaction, CreateTransaction, CreateTransactionBase,
};
use sp_core::{crypto::Pair, H256};
use sp_runtime::{
	generic, testing::UintAuthorityId, traits::ConvertInto, BuildStorage, DispatchError, Permill,
};
use sp_staking::{
	offence::{Offence, OffenceError, ReportOffence},
	SessionIndex,
};
use std::collections::BTreeSet;

pub type AccountId = u64;
pub type TxExtension = (frame_system::AuthorizeCall<Test>,);
pub type Header = generic::Header<u32, sp_runtime::traits::BlakeTwo256>;
pub type Extrinsic =
	generic::UncheckedExtrinsic<AccountId, RuntimeCall, UintAuthorityId, TxExtension>;
pub type Block = generic::Block<Header, Extrinsic>;

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
	pub type Oracle = pallet_pool_oracle::Pallet<Test>;
}

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<u64>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
}

impl CreateTransactionBase<crate::Call<Test>> for Test {
	type Extrinsic = Extrinsic;
	type RuntimeCall = RuntimeCall;
}

impl CreateTransaction<crate::Call<Test>> for Test {
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> Extrinsic {
		Extrinsic::new_transaction(call, extension)
	}
}

impl CreateAuthorizedTransaction<crate::Call<Test>> for Test {
	fn create_extension() -> TxExtension {
		(frame_system::AuthorizeCall::new(),)
	}
}

pub const DAY: Moment = 60_000;
pub const BTC: CoinId = 0;
pub const BCH: CoinId = 1;
pub const FIL: CoinId = 2;
pub const LTC: CoinId = 3;

parameter_types! {
	pub static Now: Moment = 100 * DAY;
	pub static Session: SessionIndex = 0;
	pub static RoundBlocks: u32 = 5;
	pub static LiveEvery: Round = 1;
	pub static LivePerRound: u32 = 1_000;
	pub static ProofWindow: SessionIndex = 3;
	pub static Heights: Vec<(CoinId, NetworkFact)> = Vec::new();
	pub static Silent: Vec<Vec<AccountId>> = Vec::new();
	pub static Offences: Vec<(AccountId, SessionIndex, Round, u32)> = Vec::new();
	pub static Reported: BTreeSet<(AccountId, Round)> = BTreeSet::new();
	pub const PriceSpread: Permill = Permill::from_percent(2);
	pub const FeesSpread: Permill = Permill::from_percent(10);
}

pub struct Clock;
impl Calendar for Clock {
	fn now() -> Moment {
		Now::get()
	}
	fn day_length() -> Moment {
		DAY
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl crate::benchmarking::BenchmarkHelper for Clock {
	fn set_time(now: Moment) {
		Now::set(now);
	}
}

pub struct Registry;
impl Coins for Registry {
	fn coin(id: CoinId) -> Option<Coin> {
		let work = YieldModel::ProofOfWork { hashes_per_unit: 1_000_000_000 };
		let share = YieldModel::PowerShare {
			bytes_per_unit: 1 << 20,
			liquid_percent: 25,
			vesting_days: 180,
			minimum_power: 10 << 20,
		};
		let (symbol, yield_model, blocks_per_day): (&[u8], _, _) = match id {
			BTC => (b"BTC", work, 144),
			BCH => (b"BCH", work, 144),
			FIL => (b"FIL", share, 2_880),
			LTC => (b"LTC", work, 576),
			_ => return None,
		};
		Some(Coin {
			symbol: symbol.to_vec().try_into().unwrap(),
			algorithm: b"SHA-256d".to_vec().try_into().unwrap(),
			unit: b"GH/s".to_vec().try_into().unwrap(),
			decimals: 8,
			yield_model,
			address: AddressFormat::Bitcoin,
			blocks_per_day,
			initial_subsidy: 5_000_000_000,
			halving_blocks: 210_000,
			asset: id,
		})
	}
	fn by_symbol(symbol: &[u8]) -> Option<CoinId> {
		(0..4).find(|id| Self::coin(*id).unwrap().symbol[..] == *symbol)
	}
	fn yield_per_day(_: CoinId, _: Power) -> Result<CoinAmount, DispatchError> {
		Ok(0)
	}
	fn yield_on(_: CoinId, _: Power, _: Day) -> Option<CoinAmount> {
		None
	}
	fn yield_as_of(_: CoinId) -> Option<Day> {
		None
	}
}

pub struct Recorder;
impl OnNetworkFact for Recorder {
	fn on_network_fact(coin: CoinId, fact: &NetworkFact) {
		Heights::mutate(|heights| heights.push((coin, *fact)));
	}
}
impl Attendance<AccountId> for Recorder {
	fn session_ended(silent: &[AccountId]) {
		Silent::mutate(|sessions| sessions.push(silent.to_vec()));
	}
}
impl ValidatorSet<AccountId> for Recorder {
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	fn session_index() -> SessionIndex {
		Session::get()
	}
	fn validators() -> Vec<AccountId> {
		Vec::new()
	}
}

type Equivocation = OracleEquivocation<(AccountId, ())>;
impl ReportOffence<AccountId, (AccountId, ()), Equivocation> for Recorder {
	fn report_offence(
		reporters: Vec<AccountId>,
		offence: Equivocation,
	) -> Result<(), OffenceError> {
		assert_eq!(reporters.len(), 1);
		let who = offence.offender.0;
		if !Reported::mutate(|known| known.insert((who, offence.round))) {
			return Err(OffenceError::DuplicateReport);
		}
		let count = offence.validator_set_count();
		Offences::mutate(|all| all.push((who, offence.session, offence.round, count)));
		Ok(())
	}
	fn is_known_offence(offenders: &[(AccountId, ())], round: &Round) -> bool {
		offenders.iter().all(|(who, ())| Reported::get().contains(&(*who, *round)))
	}
}

impl crate::Config for Test {
	type AdminOrigin = frame_system::EnsureRoot<AccountId>;
	type Calendar = Clock;
	type Coins = Registry;
	type OnNetworkFact = Recorder;
	type Attendance = Recorder;
	type ValidatorSet = Recorder;
	type ReportOffence = Recorder;
	type OffenceWeight = ();
	type Currency = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type DepositBase = ConstU64<100>;
	type DepositPerByte = ConstU64<1>;
	type RoundBlocks = RoundBlocks;
	type MaxFollowed = ConstU32<8>;
	type ProofWindow = ProofWindow;
	type KeepDays = ConstU32<20>;
	type ProbationDays = ConstU32<90>;
	type PriceSpread = PriceSpread;
	type FeesSpread = FeesSpread;
	type PriceFreshRounds = ConstU32<3>;
	type NetworkFreshDays = ConstU32<2>;
	type LiveEvery = LiveEvery;
	type LivePerRound = LivePerRound;
	type ObservedTolerance = ConstU64<20_000>;
	type SweepPerBlock = ConstU32<16>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Clock;
}

/// Validators are the accounts 1, 2, …; provider 50 and 51 run farms.
pub const PROVIDER: AccountId = 50;
pub const OTHER: AccountId = 51;

/// Secret of a validator's oracle key.
pub fn seed_of(validator: AccountId) -> String {
	format!("//{validator}")
}

pub fn pair(validator: AccountId) -> AuthorityPair {
	AuthorityPair::from_string(&seed_of(validator), None).unwrap()
}

pub fn key(validator: AccountId) -> AuthorityId {
	pair(validator).public()
}

pub fn new_test_ext(validators: AccountId, loopback: bool) -> sp_io::TestExternalities {
	Now::set(100 * DAY);
	Session::set(0);
	RoundBlocks::set(5);
	LiveEvery::set(1);
	LivePerRound::set(1_000);
	ProofWindow::set(3);
	Heights::take();
	Silent::take();
	Offences::take();
	Reported::take();
	let genesis = RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: (1..=60).map(|who| (who, 1_000_000)).collect(),
			..Default::default()
		},
		oracle: crate::GenesisConfig {
			sources: vec![
				(Adapter::Braiins, None),
				(Adapter::F2Pool, None),
				(Adapter::Lotus, Some("https://lotus.example.org/rpc/v1".into())),
				(Adapter::MempoolSpace, None),
				(Adapter::Ocean, None),
			],
			watched: vec![BTC, BCH, FIL],
			loopback_allowed: loopback,
			..Default::default()
		},
		system: Default::default(),
	};
	let mut ext: sp_io::TestExternalities = genesis.build_storage().unwrap().into();
	ext.execute_with(|| {
		frame_system::BlockHash::<Test>::insert(0, H256::repeat_byte(9));
		let ids: Vec<AccountId> = (1..=validators).collect();
		Oracle::on_genesis_session(ids.iter().map(|who| (who, key(*who))));
		start(1);
	});
	ext
}

/// Runs a test on four validators and checks every invariant after it.
pub fn build_and_execute(test: impl FnOnce()) {
	with_validators(4, test);
}

pub fn with_validators(validators: AccountId, test: impl FnOnce()) {
	new_test_ext(validators, false).execute_with(|| {
		test();
		assert_eq!(Oracle::do_try_state(), Ok(()));
	});
}

fn start(block: u32) {
	System::set_block_number(block);
	Oracle::on_initialize(block);
}

/// Builds `blocks` blocks without moving the clock.
pub fn run_blocks(blocks: u32) {
	(0..blocks).for_each(|_| start(System::block_number() + 1));
}

/// Goes to the first block of the next round.
pub fn next_round() {
	let round = Oracle::round();
	while Oracle::round() == round {
		run_blocks(1);
	}
}

/// Goes to a moment after the beginning of `day`, in a new block.
pub fn go_to(day: Day, after: Moment) {
	Now::set(Moment::from(day) * DAY + after);
	run_blocks(1);
}

pub fn today() -> Day {
	Clock::today()
}

/// Ends the session and begins the next with these validators.
pub fn next_session(validators: &[AccountId], queued: &[AccountId]) {
	Oracle::on_before_session_ending();
	Session::mutate(|session| *session += 1);
	let with_keys = |ids: &[AccountId]| -> Vec<(AccountId, AuthorityId)> {
		ids.iter().map(|who| (*who, key(*who))).collect()
	};
	let (now, then) = (with_keys(validators), with_keys(queued));
	let lend = |entry: &'static (AccountId, AuthorityId)| (&entry.0, entry.1.clone());
	let (now, then): (&'static [_], &'static [_]) = (now.leak(), then.leak());
	Oracle::on_new_session(true, now.iter().map(lend), then.iter().map(lend));
}

/// A vote as the validator's node makes it now.
pub fn vote_of(validator: AccountId, mut readings: Vec<(Feed, Reading)>) -> Vote {
	readings.sort();
	Vote {
		key: key(validator),
		session: Session::get(),
		round: Oracle::round(),
		readings: readings.try_into().unwrap(),
		observed_at: Now::get(),
	}
}

pub fn signed(validator: AccountId, vote: Vote) -> SignedVote {
	let bytes = vote.signing_bytes(H256::repeat_byte(9));
	SignedVote { signature: pair(validator).sign(&bytes), vote }
}

pub fn braiins(name: &str) -> PoolAccountId {
	let id = Oracle::bind(0, BTC, name.as_bytes(), &PROVIDER).unwrap();
	Oracle::follow(id).unwrap();
	id
}

pub fn day_reading(power: Power) -> Reading {
	Reading::ClosedDay(DayReading { power, paid: power / 10, payout: None })
}
