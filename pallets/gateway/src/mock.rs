//! A runtime with real assets and holds. Lots, their income, facts and prices are played by a few
//! maps in storage, so that they fall back with a call that fails.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::as_conversions,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

use crate::{self as pallet_gateway, types::*};
use codec::{Decode, Encode};
use dmex_addresses::Network;
use dmex_primitives::{
	calendar::Calendar,
	coins::{AddressFormat, Coin, Coins, YieldModel},
	facts::{
		AccountName, DayFact, DayReading, FactError, Facts, NetworkFact, PoolAccounts, Priced,
		Prices,
	},
	lots::{LotInfo, LotStatus, Lots, Payout, SaleModel},
	rights::Remit,
	AccountId, AssetId, Balance, CoinAmount, CoinId, Day, LotId, Moment, PoolAccountId, Power,
	Price, SourceId, PRICE_ONE,
};
use frame_support::{
	derive_impl, parameter_types,
	storage::unhashed,
	traits::{
		fungible::InspectHold as _,
		fungibles::{Inspect as _, InspectHold as _, Mutate},
		tokens::Preservation,
		AsEnsureOriginWithArg, ConstU128, ConstU32, ConstU64, Hooks,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureNever, EnsureRoot};
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
	pub type Assets = pallet_assets;
	#[runtime::pallet_index(3)]
	pub type AssetsHolder = pallet_assets_holder;
	#[runtime::pallet_index(4)]
	pub type Gateway = pallet_gateway;
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
	type CreateOrigin = AsEnsureOriginWithArg<EnsureNever<AccountId>>;
	type ForceOrigin = EnsureRoot<AccountId>;
	type AssetDeposit = ConstU128<0>;
	type AssetAccountDeposit = ConstU128<10>;
	type MetadataDepositBase = ConstU128<0>;
	type MetadataDepositPerByte = ConstU128<0>;
	type ApprovalDeposit = ConstU128<0>;
	type Freezer = ();
	type Holder = AssetsHolder;
}

impl pallet_assets_holder::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeEvent = RuntimeEvent;
}

/// The stablecoin.
pub const USD: AssetId = 0;
/// Wrapped bitcoin, of coin 0.
pub const WBTC: AssetId = 1;
/// Wrapped bitcoin cash, of coin 1.
pub const WBCH: AssetId = 2;
/// Wrapped filecoin, of coin 2.
pub const WFIL: AssetId = 3;
pub const BTC: CoinId = 0;
/// A pool that keeps 2 %.
pub const POOL: SourceId = 10;

/// Least balance of the wrapped coins.
pub const LEAST: Balance = 10;
pub const ADDRESS_DEPOSIT: Balance = 50;
pub const WITHDRAWAL_DEPOSIT: Balance = 30;
pub const FUNDS: Balance = 1_000_000;
pub const STABLE_FUNDS: Balance = 1_000_000_000_000;
/// The day on which tests begin.
pub const START: Day = 100;
pub const DAY: Moment = 86_400_000;
/// Coins that a unit of power brings in a day, before the pool's fee, times a thousand.
pub const MILLI_YIELD: u128 = 50_000;

parameter_types! {
	pub const GatewayPalletId: PalletId = PalletId(*b"dmex/gat");
	pub SlashAccount: AccountId = account(99);
	pub static Now: Moment = 0;
	pub static Received: Vec<(LotId, CoinAmount)> = Vec::new();
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
}

pub struct Played;

impl Calendar for Played {
	fn now() -> Moment {
		Now::get()
	}
	fn day_length() -> Moment {
		DAY
	}
}

impl Coins for Played {
	fn coin(id: CoinId) -> Option<Coin> {
		let word = |text: &[u8]| text.to_vec().try_into().unwrap();
		let address = match id {
			0 => AddressFormat::Bitcoin,
			1 => AddressFormat::CashAddr,
			2 => AddressFormat::Filecoin,
			3..=20 => AddressFormat::Bitcoin,
			_ => return None,
		};
		Some(Coin {
			symbol: word(b"BTC"),
			algorithm: word(b"SHA-256d"),
			unit: word(b"GH/s"),
			decimals: 8,
			yield_model: match id {
				2 => YieldModel::PowerShare {
					bytes_per_unit: 1 << 20,
					liquid_percent: 25,
					vesting_days: 180,
					minimum_power: 0,
				},
				_ => YieldModel::ProofOfWork { hashes_per_unit: 1_000_000_000 },
			},
			address,
			blocks_per_day: 144,
			initial_subsidy: 1,
			halving_blocks: 0,
			asset: id + 1,
		})
	}
	fn by_symbol(_: &[u8]) -> Option<CoinId> {
		None
	}
	fn yield_per_day(_: CoinId, _: Power) -> Result<CoinAmount, DispatchError> {
		Err(FactError::Missing.into())
	}
	fn yield_on(_: CoinId, power: Power, day: Day) -> Option<CoinAmount> {
		let milli = store::get::<Option<u128>>("yield", day).unwrap_or(Some(MILLI_YIELD))?;
		Some(power * milli / 1_000)
	}
	fn yield_as_of(_: CoinId) -> Option<Day> {
		None
	}
}

impl Facts for Played {
	fn closed_day(account: PoolAccountId, day: Day) -> Result<DayFact, FactError> {
		match store::get::<Option<(Power, CoinAmount, Option<H256>)>>("day", (account, day)) {
			None => Err(FactError::Missing),
			Some(None) => Ok(DayFact::Refused),
			Some(Some((power, paid, payout))) => {
				Ok(DayFact::Value(DayReading { power, paid, payout }))
			},
		}
	}
	fn network(_: CoinId) -> Result<NetworkFact, FactError> {
		Err(FactError::Missing)
	}
}

impl Prices for Played {
	fn price(of: Priced) -> Result<Price, FactError> {
		store::get("price", of).ok_or(FactError::Stale)
	}
}

impl PoolAccounts<AccountId> for Played {
	fn bind(
		_: SourceId,
		_: CoinId,
		_: &[u8],
		_: &AccountId,
	) -> Result<PoolAccountId, DispatchError> {
		unreachable!()
	}
	fn follow(_: PoolAccountId) -> DispatchResult {
		unreachable!()
	}
	fn unfollow(_: PoolAccountId) {
		unreachable!()
	}
	fn source_of(_: PoolAccountId) -> Option<SourceId> {
		Some(POOL)
	}
	fn paid_to_name(account: PoolAccountId) -> Option<AccountName> {
		store::get("name", account)
	}
	fn pool_fee(_: SourceId) -> Permill {
		Permill::from_percent(2)
	}
	fn noise(_: SourceId) -> Permill {
		Permill::zero()
	}
	fn probation_until(_: SourceId) -> Option<Day> {
		None
	}
	fn is_network(_: SourceId) -> bool {
		false
	}
}

impl Lots<AccountId> for Played {
	fn lot(id: LotId) -> Option<LotInfo<AccountId>> {
		let (provider, coin, status, payout): (AccountId, CoinId, LotStatus, Payout) =
			store::get("lot", id)?;
		Some(LotInfo {
			provider,
			status,
			farm: 0,
			coin,
			// Lot n is backed by account 1000 + n.
			account: 1_000 + id,
			audited: 1_000,
			issued: 0,
			first_day: START,
			last_day: START + 365,
			fee: Permill::zero(),
			payout,
			sale: SaleModel::Outright,
			vesting: None,
			nanowatts_per_unit: 0,
			millicents_per_kwh: 0,
		})
	}
	fn lot_of_account(account: PoolAccountId) -> Option<LotId> {
		let id = account.checked_sub(1_000)?;
		Self::lot(id).map(|_| id)
	}
}

impl Remit<AccountId> for Played {
	fn remit(lot: LotId, from: &AccountId, amount: CoinAmount) -> DispatchResult {
		let coin = Self::lot(lot).ok_or("UnknownLot")?.coin;
		if store::get::<bool>("refuses", lot).unwrap_or(false) {
			return Err(DispatchError::Other("Refused"));
		}
		let to = lot_pot(lot);
		<Assets as Mutate<AccountId>>::transfer(
			coin + 1,
			from,
			&to,
			amount,
			Preservation::Expendable,
		)?;
		Received::mutate(|received| received.push((lot, amount)));
		Ok(())
	}
}

impl pallet_gateway::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Native = Balances;
	type Assets = Assets;
	type Holds = AssetsHolder;
	type Coins = Played;
	type Lots = Played;
	type PoolAccounts = Played;
	type Facts = Played;
	type Prices = Played;
	type Calendar = Played;
	type Remit = Played;
	type CustodianOrigin = EnsureRoot<AccountId>;
	type StableAsset = ConstU32<USD>;
	type SlashTo = SlashAccount;
	type PalletId = GatewayPalletId;
	type AddressDeposit = ConstU128<ADDRESS_DEPOSIT>;
	type WithdrawalDeposit = ConstU128<WITHDRAWAL_DEPOSIT>;
	type MaxFreeAddresses = ConstU64<40>;
	type MaxOpenVotes = ConstU32<12>;
	type MaxOpenOfAccount = ConstU32<3>;
	type BallotDays = ConstU32<30>;
	type ChoresPerBlock = ConstU32<4>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Played;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
impl pallet_gateway::benchmarking::BenchmarkHelper<AccountId> for Played {
	fn coin() -> CoinId {
		BTC
	}
	fn lot(provider: &AccountId) -> LotId {
		open_lot(0, provider.clone());
		0
	}
	fn set_price(of: Priced, price: Price) {
		store::put("price", of, price);
	}
	fn pass_days(days: Day) {
		pass_days(days);
	}
}

pub fn account(seed: u8) -> AccountId {
	AccountId::new([seed; 32])
}
/// The first custodian.
pub fn anna() -> AccountId {
	account(11)
}
/// The second.
pub fn bert() -> AccountId {
	account(12)
}
/// The third.
pub fn cora() -> AccountId {
	account(13)
}
/// A provider, of lot 0.
pub fn provider() -> AccountId {
	account(1)
}
/// Somebody.
pub fn dora() -> AccountId {
	account(2)
}
/// Somebody else.
pub fn emil() -> AccountId {
	account(3)
}

pub fn lot_pot(lot: LotId) -> AccountId {
	account(200 + lot as u8)
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Terms that limit nothing.
pub fn terms() -> GateTerms {
	GateTerms {
		network: Network::Any,
		finality: 6,
		deposit_window: 10_000,
		cap: Balance::MAX,
		unbonded: Balance::MAX,
		bond_share: Permill::from_percent(20),
		lot_mint_per_day: Balance::MAX,
		account_mint_per_day: Balance::MAX,
		withdraw_per_day: Balance::MAX,
		least_deposit: 1,
		least_withdrawal: 1_000,
		withdrawal_fee: 100,
		queue_days: 3,
		max_open: 5,
		faucet_per_day: 10_000,
	}
}

pub type GenesisConfig = pallet_gateway::GenesisConfig<Test>;

pub fn genesis() -> GenesisConfig {
	GenesisConfig {
		gates: vec![
			(Priced::Stable, terms()),
			(Priced::Coin(0), terms()),
			(Priced::Coin(1), terms()),
			(Priced::Coin(2), terms()),
		],
		custodians: vec![cora(), anna(), bert()],
		terms: CouncilTerms { threshold: 2, least_bond: 0, multiple: 2, unbonding_days: 7 },
		faucet: true,
	}
}

pub fn ext() -> sp_io::TestExternalities {
	ext_with(genesis())
}

pub fn ext_with(gateway: GenesisConfig) -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let people = || (1..=3).chain(11..=14).map(account);
	let mut balances: Vec<_> = people().map(|who| (who, FUNDS)).collect();
	balances.push((account(99), 1));
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	pallet_assets::GenesisConfig::<Test> {
		assets: [(USD, 1), (WBTC, LEAST), (WBCH, LEAST), (WFIL, LEAST), (4, LEAST)]
			.map(|(id, least)| (id, account(98), true, least))
			.to_vec(),
		accounts: people().map(|who| (USD, who, STABLE_FUNDS)).collect(),
		..Default::default()
	}
	.assimilate_storage(&mut storage)
	.unwrap();
	gateway.assimilate_storage(&mut storage).unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(1);
		Now::set(Moment::from(START) * DAY);
		Received::set(vec![]);
		open_lot(0, provider());
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
		Gateway::do_try_state().unwrap();
	});
}

pub fn open_lot(lot: LotId, provider: AccountId) {
	put_lot(lot, provider, LotStatus::Approved, Payout::Fpps);
}

pub fn put_lot(lot: LotId, provider: AccountId, status: LotStatus, payout: Payout) {
	store::put("lot", lot, (provider, BTC, status, payout));
}

pub fn pass_days(days: Day) {
	Now::mutate(|now| *now += Moment::from(days) * DAY);
}

/// A block's chores, with all the room there is.
pub fn idle() {
	Gateway::on_idle(1, Weight::MAX);
}

/// What a pool says of a day of lot 0's account.
pub fn credit(day: Day, power: Power, paid: CoinAmount) {
	store::put("day", (1_000u32, day), Some((power, paid, None::<H256>)));
}

pub fn text(address: &str) -> Address {
	address.as_bytes().to_vec().try_into().unwrap()
}

/// The nth valid address of a coin, in ascending order of `n`: for bitcoin a witness hash of it, for
/// the others what their formats make of it.
pub fn address(asset: AssetId, n: u8) -> Address {
	match asset {
		USD => ethereum(n),
		WFIL => text(&format!("f0{}", 1_000 + u32::from(n))),
		_ => {
			let mut payload = vec![0u8];
			payload.extend([n; 20]);
			let sum = sp_io::hashing::sha2_256(&sp_io::hashing::sha2_256(&payload));
			payload.extend(&sum[..4]);
			text(&base58(&payload))
		},
	}
}

fn base58(bytes: &[u8]) -> String {
	const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
	let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
	let mut number = bytes.to_vec();
	let mut digits = vec![];
	while number.iter().any(|byte| *byte > 0) {
		let mut rest = 0u32;
		for byte in number.iter_mut() {
			let whole = rest * 256 + u32::from(*byte);
			*byte = (whole / 58) as u8;
			rest = whole % 58;
		}
		digits.push(ALPHABET[rest as usize]);
	}
	digits.extend(vec![b'1'; zeros]);
	digits.reverse();
	String::from_utf8(digits).unwrap()
}

fn ethereum(n: u8) -> Address {
	let hex: String = (0..20).map(|_| format!("{n:02x}")).collect();
	let hash = sp_io::hashing::keccak_256(hex.as_bytes());
	let letters = hex.char_indices().map(|(at, letter)| {
		let nibble = (hash[at / 2] >> if at % 2 == 0 { 4 } else { 0 }) & 15;
		if nibble >= 8 {
			letter.to_ascii_uppercase()
		} else {
			letter
		}
	});
	text(&format!("0x{}", letters.collect::<String>()))
}

/// Addresses in the order in which they are posted.
pub fn batch(asset: AssetId, numbers: impl IntoIterator<Item = u8>) -> Batch {
	let mut batch: Vec<Address> = numbers.into_iter().map(|n| address(asset, n)).collect();
	batch.sort();
	batch.try_into().unwrap()
}

/// Two custodians post addresses.
pub fn post(asset: AssetId, numbers: impl IntoIterator<Item = u8>) -> Batch {
	let batch = batch(asset, numbers);
	for who in [anna(), bert()] {
		Gateway::post_addresses(signed(who), asset, batch.clone()).unwrap();
	}
	batch
}

/// Lot 0 has an address.
pub fn lot_address() -> Address {
	post(WBTC, 1..=4);
	Gateway::request_lot_address(signed(provider()), 0).unwrap();
	Gateway::address_of_lot(0).unwrap()
}

/// Dora has an address of the asset.
pub fn dora_address(asset: AssetId) -> Address {
	post(asset, 11..=14);
	Gateway::request_address(signed(dora()), asset).unwrap();
	Gateway::address_of_account(asset, dora()).unwrap()
}

/// The nth transaction.
pub fn tx(n: u8) -> H256 {
	H256::repeat_byte(n)
}

pub fn deposit_to(address: &Address, asset: AssetId, n: u8, amount: Balance) -> Deposit {
	let address = address.clone();
	Deposit { asset, transaction: tx(n), output: 0, address, amount, height: 800_000 }
}

pub fn attest(who: AccountId, deposit: &Deposit) -> DispatchResult {
	Gateway::attest_deposit(signed(who), deposit.clone()).map(|_| ()).map_err(|error| error.error)
}

/// Two custodians attest.
pub fn arrive(deposit: &Deposit) -> DispatchResult {
	attest(anna(), deposit)?;
	attest(bert(), deposit)
}

pub fn balance(asset: AssetId, who: &AccountId) -> Balance {
	Assets::balance(asset, who)
}

pub fn held(asset: AssetId, reason: pallet_gateway::HoldReason, who: &AccountId) -> Balance {
	AssetsHolder::balance_on_hold(asset, &reason.into(), who)
}

pub fn native_held(who: &AccountId) -> Balance {
	native_held_for(pallet_gateway::HoldReason::Address, who)
}

pub fn native_held_for(reason: pallet_gateway::HoldReason, who: &AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), who)
}

pub fn issuance(asset: AssetId) -> Balance {
	Assets::total_issuance(asset)
}

pub fn flows(asset: AssetId) -> Flows {
	pallet_gateway::FlowsOf::<Test>::get(asset)
}

pub fn set_terms(of: Priced, change: impl FnOnce(&mut GateTerms)) {
	let mut terms = terms();
	change(&mut terms);
	Gateway::set_gate(RuntimeOrigin::root(), of, terms).unwrap();
}

pub fn set_price(of: Priced, dollars: u128) {
	store::put("price", of, dollars * PRICE_ONE);
}

/// Dora has coins that came in, and asks for an amount to go out.
pub fn withdraw(amount: Balance) -> Result<WithdrawalId, DispatchError> {
	let id = pallet_gateway::NextWithdrawal::<Test>::get();
	Gateway::withdraw(signed(dora()), WBTC, amount, outside())?;
	Ok(id)
}

/// An address that is not the custodians'.
pub fn outside() -> Address {
	text("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")
}

pub fn inputs(numbers: impl IntoIterator<Item = u8>) -> Inputs {
	let inputs: Vec<Input> =
		numbers.into_iter().map(|n| Input { of: tx(n), index: u64::from(n) }).collect();
	inputs.try_into().unwrap()
}

pub fn accept(id: WithdrawalId, n: u8) -> DispatchResult {
	for who in [anna(), bert()] {
		Gateway::accept_withdrawal(signed(who), id, inputs([n])).map_err(|error| error.error)?;
	}
	Ok(())
}

pub fn confirm(id: WithdrawalId, n: u8) -> DispatchResult {
	for who in [anna(), bert()] {
		let confirmed = Gateway::confirm_withdrawal(signed(who), id, tx(n), 800_100);
		confirmed.map_err(|error| error.error)?;
	}
	Ok(())
}

pub fn fail(id: WithdrawalId, n: u8) -> DispatchResult {
	let input = inputs([n])[0];
	for who in [anna(), bert()] {
		let failed = Gateway::fail_withdrawal(signed(who), id, input, tx(77), 800_100);
		failed.map_err(|error| error.error)?;
	}
	Ok(())
}
