use super::*;
use frame_support::traits::tokens::fungibles::{
	metadata::Inspect as _, roles::Inspect as _, Inspect as _, Mutate as _,
};

type CoinsOf = crate::Coins<Test>;

#[test]
fn only_the_law_registers() {
	build_and_execute(|| {
		for origin in [RuntimeOrigin::signed(1), RuntimeOrigin::none()] {
			let call = mock::Coins::register_coin(origin, litecoin());
			assert_eq!(call, Err(DispatchError::BadOrigin));
		}
	});
}

#[test]
fn registering_writes_terms_symbol_and_asset() {
	build_and_execute(|| {
		assert_ok!(mock::Coins::register_coin(RuntimeOrigin::root(), litecoin()));
		assert_eq!(CoinCount::<Test>::get(), 4);
		assert_eq!(CoinsOf::get(3), Some(litecoin().with_asset(1_003)));
		assert_eq!(mock::Coins::by_symbol(b"LTC"), Some(3));
		assert_eq!(mock::Coins::coin(3).unwrap().asset, 1_003);
		assert_eq!(mock::Coins::coins().len(), 4);
		let registered = Event::CoinRegistered { coin: 3, symbol: text("LTC"), asset: 1_003 };
		System::assert_has_event(registered.into());
	});
}

#[test]
fn the_wrapped_asset_belongs_to_nobody_and_opens_accounts() {
	build_and_execute(|| {
		assert_eq!(Assets::name(1_000), b"Wrapped BTC");
		assert_eq!(Assets::symbol(1_000), b"BTC");
		assert_eq!(Assets::decimals(1_000), 8);
		assert_eq!(Assets::decimals(1_002), 18);
		assert_eq!(Assets::minimum_balance(1_000), 1_000);
		assert_eq!(Assets::minimum_balance(1_002), 10_000_000_000_000);
		for role in [Assets::owner(1_000), Assets::issuer(1_000), Assets::freezer(1_000)] {
			assert_eq!(role, Some(mock::Coins::account()));
		}
		// Sufficient by itself: an account that has nothing else may receive it.
		assert_eq!(Assets::mint_into(1_000, &77, 1_000), Ok(1_000));
		assert_eq!(System::sufficients(&77), 1);
		assert!(Assets::mint_into(1_000, &78, 999).is_err());
	});
}

#[test]
fn a_coin_with_few_decimals_has_a_least_balance_of_one_unit() {
	assert_eq!(CoinTerms { decimals: 0, ..litecoin() }.least_balance(), 1);
	assert_eq!(CoinTerms { decimals: 5, ..litecoin() }.least_balance(), 1);
	assert_eq!(CoinTerms { decimals: 6, ..litecoin() }.least_balance(), 10);
}

#[test]
fn a_symbol_is_registered_once() {
	build_and_execute(|| {
		let again = CoinTerms { symbol: text("BTC"), ..litecoin() };
		assert_noop!(
			mock::Coins::register_coin(RuntimeOrigin::root(), again),
			Error::<Test>::SymbolTaken
		);
	});
}

#[test]
fn there_are_at_most_max_coins() {
	build_and_execute(|| {
		for symbol in ["A", "B", "C"] {
			let coin = CoinTerms { symbol: text(symbol), ..litecoin() };
			assert_ok!(mock::Coins::register_coin(RuntimeOrigin::root(), coin));
		}
		assert_eq!(CoinCount::<Test>::get(), 6);
		assert_noop!(
			mock::Coins::register_coin(RuntimeOrigin::root(), litecoin()),
			Error::<Test>::TooManyCoins
		);
	});
}

#[test]
fn an_asset_id_in_use_stops_the_registration() {
	build_and_execute(|| {
		assert_ok!(Assets::force_create(RuntimeOrigin::root(), 1_003, 5, true, 1));
		assert_noop!(
			mock::Coins::register_coin(RuntimeOrigin::root(), litecoin()),
			pallet_assets::Error::<Test>::InUse
		);
	});
}

#[test]
fn every_field_is_refused_by_its_name() {
	use Error::*;
	let work = |hashes_per_unit| YieldModel::ProofOfWork { hashes_per_unit };
	let share = |bytes_per_unit, liquid_percent, vesting_days, minimum_power| {
		let yield_model =
			YieldModel::PowerShare { bytes_per_unit, liquid_percent, vesting_days, minimum_power };
		CoinTerms { symbol: text("SPC"), yield_model, ..filecoin() }
	};
	let ltc = litecoin();
	let cases: Vec<(CoinTerms, Error<Test>)> = vec![
		(CoinTerms { symbol: text(""), ..litecoin() }, SymbolMalformed),
		(CoinTerms { symbol: text("ltc"), ..litecoin() }, SymbolMalformed),
		(CoinTerms { symbol: text("1INCH"), ..litecoin() }, SymbolMalformed),
		(CoinTerms { symbol: text("L-C"), ..litecoin() }, SymbolMalformed),
		(CoinTerms { symbol: text("L C"), ..litecoin() }, SymbolMalformed),
		(CoinTerms { symbol: text("ŁTC"), ..litecoin() }, SymbolMalformed),
		(CoinTerms { algorithm: text(""), ..litecoin() }, AlgorithmMalformed),
		(CoinTerms { algorithm: text("scrypt "), ..litecoin() }, AlgorithmMalformed),
		(CoinTerms { algorithm: text("scr\ny"), ..litecoin() }, AlgorithmMalformed),
		(CoinTerms { unit: text(""), ..litecoin() }, UnitMalformed),
		(CoinTerms { unit: text(" MH/s"), ..litecoin() }, UnitMalformed),
		(CoinTerms { decimals: 19, ..litecoin() }, DecimalsOutOfBounds),
		(CoinTerms { yield_model: work(0), ..litecoin() }, HashesPerUnitOutOfBounds),
		(
			CoinTerms { yield_model: work(MAX_HASHES_PER_UNIT + 1), ..litecoin() },
			HashesPerUnitOutOfBounds,
		),
		(CoinTerms { blocks_per_day: 0, ..litecoin() }, BlocksPerDayOutOfBounds),
		(CoinTerms { blocks_per_day: 100_001, ..litecoin() }, BlocksPerDayOutOfBounds),
		(CoinTerms { initial_subsidy: 0, ..litecoin() }, InitialSubsidyOutOfBounds),
		(
			CoinTerms { initial_subsidy: 100_000_000_000_000_001, ..litecoin() },
			InitialSubsidyOutOfBounds,
		),
		(CoinTerms { halving_blocks: 575, ..ltc }, HalvingBlocksOutOfBounds),
		(share(0, 25, 180, 0), BytesPerUnitOutOfBounds),
		(share((1 << 60) + 1, 25, 180, 0), BytesPerUnitOutOfBounds),
		(share(1, 101, 180, 0), LiquidPercentOutOfBounds),
		(share(1, 25, 0, 0), VestingDaysOutOfBounds),
		(share(1, 100, 1, 0), VestingDaysOutOfBounds),
		(share(1, 25, 3_651, 0), VestingDaysOutOfBounds),
		(share(1, 25, 180, (1 << 60) + 1), MinimumPowerOutOfBounds),
		(CoinTerms { initial_subsidy: 1, ..share(1, 25, 180, 0) }, InitialSubsidyOutOfBounds),
		(CoinTerms { halving_blocks: 10_000, ..share(1, 25, 180, 0) }, HalvingBlocksOutOfBounds),
	];
	build_and_execute(|| {
		for (terms, error) in cases {
			assert_noop!(mock::Coins::register_coin(RuntimeOrigin::root(), terms), error);
		}
	});
}

#[test]
fn terms_at_their_bounds_are_taken() {
	let widest = CoinTerms {
		symbol: text("ABCDEFGHIJKLMNO9"),
		algorithm: text("Equihash 210,9 x"),
		decimals: 18,
		blocks_per_day: 100_000,
		initial_subsidy: 1_000_000_000_000_000_000_000_000_000,
		halving_blocks: 100_000,
		yield_model: YieldModel::ProofOfWork { hashes_per_unit: MAX_HASHES_PER_UNIT },
		..litecoin()
	};
	let least = CoinTerms {
		symbol: text("X"),
		decimals: 0,
		blocks_per_day: 1,
		initial_subsidy: 1,
		halving_blocks: 0,
		yield_model: YieldModel::ProofOfWork { hashes_per_unit: 1 },
		..litecoin()
	};
	let liquid = CoinTerms {
		symbol: text("Y"),
		yield_model: YieldModel::PowerShare {
			bytes_per_unit: 1 << 60,
			liquid_percent: 100,
			vesting_days: 0,
			minimum_power: 1 << 60,
		},
		..filecoin()
	};
	build_and_execute(|| {
		for terms in [widest, least, liquid] {
			assert_ok!(mock::Coins::register_coin(RuntimeOrigin::root(), terms));
		}
	});
}
