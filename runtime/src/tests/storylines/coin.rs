//! A coin that the release did not know.

use super::{mine::*, steps::*};
use crate::{
	tests::{governance::pass_by_public_referendum, harness::*},
	*,
};
use dmex_adapters::Adapter;
use dmex_primitives::{
	coins::{AddressFormat, YieldModel},
	facts::{DayReading, Feed, NetworkReading, Priced, Prices, Reading},
	lots::LotStatus,
	PRICE_ONE,
};
use frame_support::traits::fungibles::{metadata::Inspect as _, Inspect as _};
use pallet_coins::CoinTerms;
use pallet_hashpower::types::{Claim, LotTerms};

/// Litecoin: unit 1 MH/s of scrypt, a block every two and a half minutes, 50 LTC halved every
/// 840,000 blocks.
fn litecoin() -> CoinTerms {
	let word = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
	CoinTerms {
		symbol: word("LTC"),
		algorithm: word("scrypt"),
		unit: word("MH/s"),
		decimals: 8,
		yield_model: YieldModel::ProofOfWork { hashes_per_unit: 1_000_000 },
		address: AddressFormat::Base58Check(0x30),
		blocks_per_day: 576,
		initial_subsidy: 5_000_000_000,
		halving_blocks: 840_000,
	}
}

/// Version byte 48, twenty bytes of seven and their checksum.
const LITECOIN_ADDRESS: &str = "LKs7QqC2TVJ4y92waNrBjVZQB2oFhcmZqB";

#[test]
fn a_fourth_proof_of_work_coin_is_registered_by_referendum_measured_audited_and_sold() {
	storyline(genesis::LOCAL, || {
		// One law: the coin, a node of its network, its price, what one pool may carry of it, and how
		// it goes in and out.
		let (coin, node) = (3, PoolOracle::sources().len() as u32);
		let url = b"http://127.0.0.1:8090/ltc".to_vec().try_into().expect("short");
		let calls: Vec<RuntimeCall> = vec![
			RuntimeCall::Coins(pallet_coins::Call::register_coin { terms: litecoin() }),
			RuntimeCall::PoolOracle(pallet_pool_oracle::Call::register_source {
				adapter: Adapter::BitcoinCore,
				base_url: Some(url),
			}),
			RuntimeCall::PoolOracle(pallet_pool_oracle::Call::watch_coin { coin }),
			RuntimeCall::Hashpower(pallet_hashpower::Call::set_free_power {
				coin,
				power: 10 * PETAHASH,
			}),
			RuntimeCall::Gateway(pallet_gateway::Call::set_gate {
				of: Priced::Coin(coin),
				terms: Gateway::gate(COIN).expect("bitcoin's").terms,
			}),
		];
		pass_by_public_referendum(RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }));
		let kept = Coins::coin(coin).expect("registered");
		assert_eq!((kept.symbol.to_vec(), kept.asset), (b"LTC".to_vec(), 4));
		assert_eq!((Assets::decimals(4), Assets::symbol(4)), (8, b"LTC".to_vec()));
		assert_eq!(Assets::total_issuance(4), 0);
		assert_eq!(PoolOracle::watched_coins(), [0, 1, 2, 3]);
		assert_eq!(PoolOracle::sources().iter().filter(|(id, _)| *id == node).count(), 1);

		// The validators read it from the next round on: fees and price first, then the network.
		block(|| {
			let round = PoolOracle::round();
			for who in VALIDATORS {
				let readings = vec![
					(Feed::Fees { coin, round }, Reading::Fees(2_500_000)),
					(Feed::Price { of: Priced::Coin(coin), round }, Reading::Price(85 * PRICE_ONE)),
				];
				assert_eq!(apply_vote(vote(who, readings)), Ok(Ok(())), "{who}");
			}
		});
		assert_eq!(PoolOracle::price(Priced::Coin(coin)), Ok(85 * PRICE_ONE));
		assert_eq!(Coins::yield_per_day(coin, 1), None, "no fact, no number");
		// 2²⁵⁶ / (65,535 · 2¹⁹²) hashes a block at this target.
		let state = NetworkReading::ProofOfWork { height: 576 * 5_000, bits: 0x1b00_ffff };
		block(|| {
			let feed = Feed::Network { coin, round: PoolOracle::round() };
			for who in VALIDATORS {
				let signed = vote(who, vec![(feed, Reading::Network(state))]);
				assert_eq!(apply_vote(signed), Ok(Ok(())), "{who}");
			}
		});
		// Height 2,880,000 is past three halvings: 6.25 LTC and 0.025 in fees.
		let hashes = (1u128 << 64) / 65_535;
		let expected = 1_000_000 * 1_000_000 * 86_400 * (625_000_000 + 2_500_000) / hashes;
		let told = Coins::yield_per_day(coin, 1_000_000).expect("a fresh network");
		assert!(told.abs_diff(expected) <= 1, "{told} and {expected}");
		assert!(told > 0);

		// A farm sells it as any other coin.
		let name = b"Scrypt Works".to_vec().try_into().expect("short");
		let url = Default::default();
		submit(Eve, pallet_hashpower::Call::register_provider { name, url }).expect("new");
		let claims = vec![Claim { coin, power: PETAHASH }].try_into().expect("one");
		let place = b"Sudbury".to_vec().try_into().expect("short");
		submit(Eve, pallet_hashpower::Call::register_farm { place, claims }).expect("new");
		post_addresses(kept.asset, &[LITECOIN_ADDRESS]);
		let day = Periods::today();
		let id = open_lot(Eve, LotTerms { coin, source: F2POOL, ..terms(0, "scrypt_works") });
		let account = lot(id).account;
		let paid = told;
		arrive(id, 2 * paid);
		for day in [day, day + 1] {
			let mined = DayReading { power: PETAHASH, paid, payout: None };
			agree_day(account, day, Reading::ClosedDay(mined));
		}
		refused(issue(Eve, id, 970_001, Ferdie), Refusal::IssueLimitExceeded);
		issue(Eve, id, 970_000, Ferdie).expect("measured and audited");
		assert_eq!(lot(id).status, LotStatus::Active);
		assert_eq!(Hashpower::issued_of_coin(coin, F2POOL), (970_000, 970_000));
		assert_eq!(
			Hashpower::issued_of_coin(BTC, F2POOL),
			(0, 0),
			"power is never added across coins"
		);
		let (owner, title) = Titles::title(id, 0).expect("minted");
		assert_eq!((owner, title.units), (Ferdie.to_account_id(), 970_000));
	});
}

#[test]
fn a_law_that_is_wrong_in_one_part_registers_nothing() {
	storyline(genesis::LOCAL, || {
		let calls = vec![
			RuntimeCall::Coins(pallet_coins::Call::register_coin { terms: litecoin() }),
			// There is no such coin.
			RuntimeCall::PoolOracle(pallet_pool_oracle::Call::watch_coin { coin: 9 }),
		];
		pass_by_public_referendum(RuntimeCall::Utility(pallet_utility::Call::batch_all { calls }));
		assert_eq!(Coins::coin(3), None);
		assert!(!Assets::asset_exists(4));
		assert_eq!(PoolOracle::watched_coins(), [0, 1, 2]);
	});
}
