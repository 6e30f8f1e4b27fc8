use super::*;

#[test]
fn genesis_registers_coins_in_order() {
	build_and_execute(|| {
		for (id, symbol) in [(BTC, "BTC"), (BCH, "BCH"), (FIL, "FIL")] {
			assert_eq!(mock::Coins::by_symbol(symbol.as_bytes()), Some(id));
			let coin = mock::Coins::coin(id).unwrap();
			assert_eq!(coin.symbol, text(symbol));
			assert_eq!(coin.asset, 1_000 + id);
		}
		assert_eq!(mock::Coins::by_symbol(b"btc"), None);
		assert_eq!(mock::Coins::by_symbol(b"ABCDEFGHIJKLMNOPQ"), None);
		assert_eq!(mock::Coins::coin(3), None);
	});
}

#[test]
fn the_constants_of_the_three_coins() {
	let (btc, bch, fil) = (bitcoin(), bitcoin_cash(), filecoin());
	for terms in [&btc, &bch, &fil] {
		assert_eq!(terms.check(), Ok(()));
	}
	assert_eq!(btc.yield_model, YieldModel::ProofOfWork { hashes_per_unit: 1_000_000_000 });
	assert_eq!((btc.blocks_per_day, btc.initial_subsidy), (144, 5_000_000_000));
	assert_eq!((btc.halving_blocks, btc.decimals), (210_000, 8));
	assert_eq!((bch.address, btc.address), (AddressFormat::CashAddr, AddressFormat::Bitcoin));
	assert_eq!(CoinTerms { symbol: btc.symbol.clone(), address: btc.address, ..bch }, btc);
	let model = YieldModel::PowerShare {
		bytes_per_unit: 1_048_576,
		liquid_percent: 25,
		vesting_days: 180,
		// 10 TiB in MiB
		minimum_power: 10_485_760,
	};
	assert_eq!((fil.yield_model, fil.blocks_per_day, fil.decimals), (model, 2_880, 18));
}

#[test]
fn genesis_is_written_as_readable_json() {
	let json = serde_json::json!({
		"coins": [{
			"symbol": "LTC",
			"algorithm": "scrypt",
			"unit": "MH/s",
			"decimals": 8,
			"yieldModel": { "ProofOfWork": { "hashes_per_unit": 1_000_000 } },
			"address": { "Base58Check": 48 },
			"blocksPerDay": 576,
			"initialSubsidy": 5_000_000_000u64,
			"halvingBlocks": 840_000
		}]
	});
	let config: GenesisConfig<Test> = serde_json::from_value(json.clone()).unwrap();
	assert_eq!(config.coins, vec![litecoin()]);
	assert_eq!(serde_json::to_value(&config).unwrap(), json);

	let mut long = json.clone();
	long["coins"][0]["symbol"] = "ABCDEFGHIJKLMNOPQ".into();
	assert!(serde_json::from_value::<GenesisConfig<Test>>(long).is_err());
	let mut unknown = json;
	unknown["coins"][0]["asset"] = 5.into();
	assert!(serde_json::from_value::<GenesisConfig<Test>>(unknown).is_err());
}

#[test]
#[should_panic(expected = "SymbolTaken")]
fn genesis_with_a_symbol_twice_is_refused() {
	chain(vec![bitcoin(), bitcoin()]);
}

#[test]
#[should_panic(expected = "BlocksPerDayOutOfBounds")]
fn genesis_with_impossible_terms_is_refused() {
	chain(vec![CoinTerms { blocks_per_day: 0, ..bitcoin() }]);
}

#[test]
fn a_chain_may_begin_without_coins() {
	chain(vec![]).execute_with(|| {
		assert_eq!(mock::Coins::coins(), vec![]);
		mock::Coins::do_try_state().unwrap();
	});
}
