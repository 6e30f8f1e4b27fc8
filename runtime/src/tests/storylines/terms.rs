//! Impossible terms and sources, each refused by an error that names what is wrong.

use super::steps::*;
use crate::{tests::harness::*, *};
use dmex_adapters::Adapter;
use pallet_hashpower::types::{LotTerms, SaleModel, Vesting};
use pallet_pool_oracle::Error as Oracle;
use serde_json::json;
use sp_runtime::Permill;

#[test]
fn impossible_terms_are_refused_by_name() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		// Far enough ahead that it stays so while all of these are tried.
		let first = Periods::today() + 10;
		let good = LotTerms { first_day: first, last_day: first + 100, ..terms(farm, "aurora") };
		let free = Balances::free_balance(Eve.to_account_id());
		for (bad, error) in [
			(LotTerms { power: 0, ..good.clone() }, Refusal::ZeroPower),
			(LotTerms { machines: 0, ..good.clone() }, Refusal::ZeroMachines),
			(LotTerms { nanowatts_per_unit: 0, ..good.clone() }, Refusal::ZeroConsumption),
			(LotTerms { model: Default::default(), ..good.clone() }, Refusal::EmptyModel),
			(LotTerms { last_day: first + 3_650, ..good.clone() }, Refusal::TermTooLong),
			(LotTerms { last_day: first - 1, ..good.clone() }, Refusal::EndsBeforeStart),
			(LotTerms { first_day: first - 10, ..good.clone() }, Refusal::StartsTooEarly),
			(
				LotTerms { first_day: first + 400, last_day: first + 500, ..good.clone() },
				Refusal::StartsTooLate,
			),
			(LotTerms { fee: Permill::one(), ..good.clone() }, Refusal::FeeTooHigh),
			(
				LotTerms {
					sale: SaleModel::Deposit { holder_share: Permill::one() },
					..good.clone()
				},
				Refusal::HolderShareOutOfRange,
			),
			(
				LotTerms { vesting: Some(Vesting::Gross), ..good.clone() },
				Refusal::VestingNotForCoin,
			),
			(LotTerms { farm: farm + 1, ..good.clone() }, Refusal::UnknownFarm),
			(LotTerms { coin: 9, ..good.clone() }, Refusal::UnknownCoin),
			(LotTerms { coin: BCH, source: F2POOL, ..good.clone() }, Refusal::CoinNotClaimed),
			(LotTerms { power: 5 * PETAHASH + 1, ..good.clone() }, Refusal::ClaimExceeded),
		] {
			refused(propose(Eve, bad), error);
		}
		let unknown = LotTerms { source: 99, ..good.clone() };
		refused(propose(Eve, unknown), Oracle::<Runtime>::SourceUnknown);

		assert_eq!(pallet_hashpower::NextLot::<Runtime>::get(), 0, "no lot");
		assert_eq!(pallet_polls::NextPoll::<Runtime>::get(), 0, "no poll");
		assert_eq!(pallet_pool_oracle::Followed::<Runtime>::count(), 0, "nothing is read");
		let fees = free - Balances::free_balance(Eve.to_account_id());
		assert!(fees < DMEX, "and nothing is held");

		// The bounds themselves are possible.
		let longest = LotTerms { last_day: first + 3_649, power: 5 * PETAHASH, ..good };
		propose(Eve, longest).expect("ten years and all that the farm claims");
	});
}

/// The preset with sources at their own hosts, as a public network has them.
fn public_chain() -> sp_io::TestExternalities {
	chain_with(
		genesis::LOCAL,
		json!({ "poolOracle": {
			"sources": [["Braiins", null], ["MempoolSpace", null]],
			"watched": [0],
			"loopbackAllowed": false,
		}}),
	)
}

#[test]
fn sources_inside_a_validators_own_network_are_refused_where_genesis_does_not_allow_them() {
	storyline_on(public_chain(), || {
		let register = |adapter, url: Option<&str>| {
			let base_url = url.map(|url| url.as_bytes().to_vec().try_into().expect("short"));
			block(|| root(pallet_pool_oracle::Call::register_source { adapter, base_url }))
				.map(|_| ())
				.map_err(|error| error.error)
		};
		for url in [
			"http://127.0.0.1:8090/f2pool",
			"https://127.0.0.1/f2pool",
			"https://localhost/f2pool",
			"https://127.1",
			"https://2130706433",
			"https://0x7f000001",
			"https://10.0.0.7",
			"https://192.168.1.1",
			"https://169.254.169.254/latest/meta-data",
			"https://[::1]/f2pool",
			"https://node.internal",
			"http://api.f2pool.com",
			"ftp://api.f2pool.com",
			"https://user:secret@api.f2pool.com",
			"https://api.f2pool.com/?redirect=1",
		] {
			let result = register(Adapter::F2Pool, Some(url));
			assert_eq!(result, Err(Oracle::<Runtime>::UrlRefused.into()), "{url}");
		}
		assert_eq!(
			register(Adapter::BitcoinCore, None),
			Err(Oracle::<Runtime>::UrlMissing.into()),
			"a node has no public host"
		);
		assert_eq!(PoolOracle::sources().len(), 2);
		register(Adapter::F2Pool, Some("https://f2pool-mirror.example/api"))
			.expect("https and public");
		register(Adapter::F2Pool, None).expect("the service's own host");
		assert_eq!(PoolOracle::sources().len(), 4);
	});
}

#[test]
fn a_public_genesis_with_a_loopback_source_does_not_build() {
	let built = std::panic::catch_unwind(|| {
		chain_with(genesis::LOCAL, json!({ "poolOracle": { "loopbackAllowed": false } }))
	});
	assert!(built.is_err(), "the simulated mine is on this machine");
}

#[test]
fn what_tests_allow_only_root_registers() {
	storyline(genesis::LOCAL, || {
		let local = |who| {
			let base_url = b"http://127.0.0.1:9000".to_vec().try_into().expect("short");
			let adapter = Adapter::BitcoinCore;
			submit(
				who,
				pallet_pool_oracle::Call::register_source { adapter, base_url: Some(base_url) },
			)
		};
		refused(local(Alice), sp_runtime::DispatchError::BadOrigin);
	});
}
