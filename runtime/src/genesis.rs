//! Presets: what a network begins with.
//!
//! | preset | for | validators | sudo | day |
//! |---|---|---|---|---|
//! | `development` | one machine, one person | Alice | Alice | 60 s |
//! | `local` | four nodes on one machine | Alice, Bob, Charlie, Dave | none | 60 s |
//! | `staging` | a public network | to be filled in | none | 24 h |

use crate::{
	configs::{assets, gateway, governance::TreasuryAccount},
	stand_ins::InsuranceFund,
	*,
};
use alloc::{format, string::String, vec, vec::Vec};
use dmex_adapters::Adapter;
use dmex_primitives::STABLE_DECIMALS;
use frame_support::{build_struct_json_patch, traits::Get};
use serde_json::{json, Value};
use sp_core::ed25519;
use sp_genesis_builder::PresetId;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// One machine, one person.
pub const DEVELOPMENT: &str = sp_genesis_builder::DEV_RUNTIME_PRESET;
/// Four validators on one machine.
pub const LOCAL: &str = "local";
/// A public network, to be filled in.
pub const STAGING: &str = "staging";

/// The stablecoin's asset.
pub const STABLE_ASSET: u32 = 0;
/// What test accounts begin with, in DMEX.
const ENDOWMENT: Balance = 1_000_000 * DMEX;
/// And in the stablecoin.
const STABLE_ENDOWMENT: Balance = 1_000_000_000_000;
/// Least balance of the stablecoin: a tenth of a cent.
const LEAST_STABLE: Balance = 1_000;
/// Part of a price that a trade costs, parts per million.
const TRADE_FEE_PPM: u32 = 2_000;
/// Where the simulated mine listens.
const POOL_SIM: &str = "http://127.0.0.1:8090";

/// Who does what in a test network.
struct TestNetwork {
	validators: Vec<Sr25519Keyring>,
	sudo: Option<Sr25519Keyring>,
	/// So many of the accounts are custodians.
	custodians: usize,
}

/// Every service, each at its path of the simulated mine. A source's id is its place in this list.
fn simulated_sources() -> Vec<(Adapter, Option<String>)> {
	[
		(Adapter::Braiins, "braiins"),
		(Adapter::F2Pool, "f2pool"),
		(Adapter::ViaBtc, "viabtc"),
		(Adapter::Luxor, "luxor"),
		(Adapter::Ocean, "ocean"),
		(Adapter::Lotus, "lotus"),
		(Adapter::BitcoinCore, "bitcoin-core/btc"),
		(Adapter::MempoolSpace, "mempool"),
		(Adapter::BlockchairBch, "blockchair"),
		(Adapter::Coinbase, "coinbase"),
		(Adapter::Kraken, "kraken"),
		(Adapter::Binance, "binance"),
		(Adapter::CoinGecko, "coingecko"),
	]
	.into_iter()
	.map(|(adapter, path)| (adapter, Some(format!("{POOL_SIM}/{path}"))))
	.collect()
}

/// Keys that a node started with `--alice` and the like has in its store.
fn session_keys(who: Sr25519Keyring, finality: Ed25519Keyring) -> SessionKeys {
	let ed25519: ed25519::Public = finality.public();
	SessionKeys { aura: who.public().into(), grandpa: ed25519.into(), oracle: ed25519.into() }
}

/// The ed25519 pair of the same name.
fn finality_of(who: Sr25519Keyring) -> Ed25519Keyring {
	match who {
		Sr25519Keyring::Bob => Ed25519Keyring::Bob,
		Sr25519Keyring::Charlie => Ed25519Keyring::Charlie,
		Sr25519Keyring::Dave => Ed25519Keyring::Dave,
		_ => Ed25519Keyring::Alice,
	}
}

/// The coins that every network begins with, in the order of their ids.
fn genesis_coins() -> Vec<pallet_coins::CoinTerms> {
	vec![pallet_coins::bitcoin(), pallet_coins::bitcoin_cash(), pallet_coins::filecoin()]
}

fn test_network(network: TestNetwork) -> Value {
	let accounts: Vec<AccountId> = [
		Sr25519Keyring::Alice,
		Sr25519Keyring::Bob,
		Sr25519Keyring::Charlie,
		Sr25519Keyring::Dave,
		Sr25519Keyring::Eve,
		Sr25519Keyring::Ferdie,
	]
	.iter()
	.map(|who| who.to_account_id())
	.collect();
	let council: Vec<(AccountId, Balance)> =
		accounts.iter().take(3).map(|who| (who.clone(), ENDOWMENT / 10)).collect();
	let committee: Vec<AccountId> = accounts.iter().take(3).cloned().collect();
	let keys = network.validators.iter().map(|who| {
		let account = who.to_account_id();
		(account.clone(), account, session_keys(*who, finality_of(*who)))
	});

	build_struct_json_patch!(RuntimeGenesisConfig {
		balances: BalancesConfig {
			balances: accounts
				.iter()
				.cloned()
				.chain(payer_of_items())
				.map(|who| (who, ENDOWMENT))
				.collect(),
		},
		periods: PeriodsConfig {
			day_length: 60_000,
			round_blocks: 5,
			stand_ins_allowed: true,
			lengths: pallet_periods::Lengths::development(),
		},
		validators: ValidatorsConfig {
			validators: network.validators.iter().map(|who| who.to_account_id()).collect(),
		},
		session: SessionConfig { keys: keys.collect() },
		assets: AssetsConfig {
			assets: vec![(STABLE_ASSET, assets::keyless_owner(), true, LEAST_STABLE)],
			metadata: vec![(
				STABLE_ASSET,
				b"US dollar".to_vec(),
				b"USDX".to_vec(),
				STABLE_DECIMALS
			)],
			accounts: accounts
				.iter()
				.map(|who| (STABLE_ASSET, who.clone(), STABLE_ENDOWMENT))
				.chain(keyless_purses().into_iter().map(|who| (STABLE_ASSET, who, LEAST_STABLE)))
				.collect(),
		},
		elections: ElectionsConfig { members: council },
		technical_membership: TechnicalMembershipConfig {
			members: committee.try_into().unwrap_or_default(),
		},
		coins: CoinsConfig { coins: genesis_coins() },
		pool_oracle: PoolOracleConfig {
			sources: simulated_sources(),
			watched: vec![0, 1, 2],
			loopback_allowed: true,
		},
		// The first farm of a coin has all of its power on one pool.
		hashpower: HashpowerConfig { free_power: vec![], unlimited_free_power: true },
		gateway: gateway::test_gateway(accounts.iter().take(network.custodians).cloned().collect()),
		market: MarketConfig { trade_fee_parts_per_million: TRADE_FEE_PPM },
		power_rewards: PowerRewardsConfig { daily_budget: 0, weights: reward_weights() },
		sudo: SudoConfig { key: network.sudo.map(|who| who.to_account_id()) },
	})
}

/// Accounts without a key that must exist before a small amount of stablecoin reaches them.
fn keyless_purses() -> [AccountId; 4] {
	[
		pallet_market::Pallet::<Runtime>::pot(),
		pallet_income::Pallet::<Runtime>::account_id(),
		TreasuryAccount::get(),
		InsuranceFund::get(),
	]
}

/// What staked power of each coin counts for: about the value of what a unit mines.
fn reward_weights() -> Vec<(u32, u32)> {
	vec![(0, 100), (1, 100), (2, 1)]
}

/// In benchmarks an item has a deposit, which the owner of the collections pays.
fn payer_of_items() -> Option<AccountId> {
	cfg!(feature = "runtime-benchmarks").then(pallet_titles::Pallet::<Runtime>::account_id)
}

/// Placeholders where a decision is needed: a chain specification made from them does not build
/// until each is replaced.
fn staging() -> Value {
	const ACCOUNT: &str = "FILL IN: an address";
	json!({
		"balances": { "balances": [[ACCOUNT, "FILL IN: smallest units of DMEX, 10^12 a DMEX"]] },
		"periods": {
			"dayLength": 86_400_000u64,
			"roundBlocks": 20,
			"standInsAllowed": false,
			"lengths": pallet_periods::Lengths::production(),
		},
		"validators": { "validators": ["FILL IN: addresses of at least four validators"] },
		"session": {
			"keys": [[ACCOUNT, ACCOUNT, {
				"aura": "FILL IN: sr25519 address",
				"grandpa": "FILL IN: ed25519 address",
				"oracle": "FILL IN: ed25519 address",
			}]],
		},
		"elections": { "members": [["FILL IN: council member", "FILL IN: stake"]] },
		"technicalMembership": { "members": ["FILL IN: committee member"] },
		"coins": { "coins": genesis_coins() },
		"poolOracle": {
			"sources": [
				["Braiins", null], ["F2Pool", null], ["Luxor", null], ["Ocean", null],
				["Lotus", "FILL IN: https URL of a Filecoin node"],
				["MempoolSpace", null], ["BlockchairBch", null],
				["Coinbase", null], ["Kraken", null], ["Binance", null], ["CoinGecko", null],
			],
			"watched": [0, 1, 2],
			"loopbackAllowed": false,
		},
		"hashpower": {
			"freePower": [
				[0, "FILL IN: GH/s of BTC that one pool may always carry"],
				[1, "FILL IN: GH/s of BCH"],
				[2, "FILL IN: MiB of FIL"],
			],
			"unlimitedFreePower": false,
		},
		"gateway": {
			"gates": "FILL IN: a gate for each asset that passes, with a least deposit and a least withdrawal worth some ten dollars; see the gateway's GateTerms",
			"custodians": ["FILL IN: at least three accounts"],
			"terms": "FILL IN: threshold and bonds; see the gateway's CouncilTerms",
			"faucet": false,
		},
		"market": { "tradeFeePartsPerMillion": TRADE_FEE_PPM },
		"powerRewards": { "dailyBudget": 0, "weights": reward_weights() },
	})
}

/// A preset by name.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_ref() {
		DEVELOPMENT => test_network(TestNetwork {
			validators: vec![Sr25519Keyring::Alice],
			sudo: Some(Sr25519Keyring::Alice),
			custodians: 1,
		}),
		LOCAL => test_network(TestNetwork {
			validators: vec![
				Sr25519Keyring::Alice,
				Sr25519Keyring::Bob,
				Sr25519Keyring::Charlie,
				Sr25519Keyring::Dave,
			],
			sudo: None,
			custodians: 3,
		}),
		STAGING => staging(),
		_ => return None,
	};
	serde_json::to_vec(&patch).ok()
}

/// Names of the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![PresetId::from(DEVELOPMENT), PresetId::from(LOCAL), PresetId::from(STAGING)]
}
