use super::*;

/// Difficulty 141,668,107,417,558.
const BITS: u32 = 0x1701_fca1;
const HEIGHT: u64 = 842_688;
const TEBIBYTE: u128 = 1 << 40;
/// 23 EiB.
const FIL_NETWORK: u128 = 23 << 60;
const EPOCH_REWARD: u128 = 30_000_000_000_000_000_000;

fn per_day(coin: u32, power: u128) -> Result<u128, DispatchError> {
	<mock::Coins as dmex_primitives::coins::Coins>::yield_per_day(coin, power)
}

#[test]
fn bitcoin_yields_from_difficulty_subsidy_and_fees() {
	build_and_execute(|| {
		World::header(BTC, 100, HEIGHT, BITS);
		// One EH/s at 3.125 BTC and 0.02 BTC of fees: 44,658 satoshi per PH/s.
		assert_eq!(per_day(BTC, 1_000_000_000), Ok(44_657_644));
		assert_eq!(per_day(BTC, 1_000_000), Ok(44_657));
		assert_eq!(per_day(BTC, 0), Ok(0));
		assert_eq!(mock::Coins::yield_per_day(BTC, 1_000_000), Some(44_657));
		assert_eq!(mock::Coins::yield_of_miner(BTC, 1_000_000), Some((44_657, 0)));
	});
}

#[test]
fn the_subsidy_is_that_of_the_next_block() {
	build_and_execute(|| {
		World::header(BTC, 100, 839_999, BITS);
		assert_eq!(per_day(BTC, 1_000_000_000), Ok(44_657_644));
		World::header(BTC, 101, 839_998, BITS);
		assert_eq!(per_day(BTC, 1_000_000_000), Ok(89_031_297));
	});
}

#[test]
fn filecoin_yields_its_share() {
	build_and_execute(|| {
		World::tipset(FIL, 100, 2_880_000, FIL_NETWORK, EPOCH_REWARD);
		let miner = (50 * TEBIBYTE) >> 20;
		let expected = EPOCH_REWARD * 2_880 * 50 / (23 << 20);
		assert_eq!(per_day(FIL, miner), Ok(expected));
		let (liquid, vesting) = mock::Coins::yield_of_miner(FIL, miner).unwrap();
		assert_eq!(liquid, expected / 4);
		assert_eq!(liquid + vesting, expected);
	});
}

#[test]
fn a_small_part_of_a_large_miner_earns_and_a_small_miner_does_not() {
	build_and_execute(|| {
		World::tipset(FIL, 100, 2_880_000, FIL_NETWORK, EPOCH_REWARD);
		let two = (2 * TEBIBYTE) >> 20;
		assert_eq!(per_day(FIL, two), Ok(EPOCH_REWARD * 2_880 * 2 / (23 << 20)));
		assert_eq!(mock::Coins::yield_of_miner(FIL, two), Some((0, 0)));
		let ten = (10 * TEBIBYTE) >> 20;
		assert_eq!(mock::Coins::yield_of_miner(FIL, ten - 1), Some((0, 0)));
		assert_ne!(mock::Coins::yield_of_miner(FIL, ten), Some((0, 0)));
	});
}

#[test]
fn there_is_no_yield_without_a_fresh_fact() {
	build_and_execute(|| {
		assert_eq!(per_day(9, 1), Err(Error::<Test>::CoinUnknown.into()));
		assert_eq!(per_day(BTC, 1), Err(DispatchError::Other("FactMissing")));
		assert_eq!(mock::Coins::yield_as_of(BTC), None);
		World::header(BTC, 100, HEIGHT, BITS);
		World::set_day(101);
		assert_eq!(mock::Coins::yield_as_of(BTC), Some(100));
		assert_eq!(per_day(BCH, 1), Err(DispatchError::Other("FactMissing")));
		World::set_stale(true);
		assert_eq!(per_day(BTC, 1), Err(DispatchError::Other("FactStale")));
		assert_eq!(mock::Coins::yield_per_day(BTC, 1), None);
		assert_eq!(mock::Coins::yield_as_of(BTC), None);
	});
}

#[test]
fn facts_that_cannot_be_of_the_coin_yield_an_error() {
	build_and_execute(|| {
		World::header(FIL, 100, HEIGHT, BITS);
		World::tipset(BTC, 100, 2_880_000, FIL_NETWORK, EPOCH_REWARD);
		for coin in [BTC, FIL] {
			assert_eq!(per_day(coin, 1), Err(Error::<Test>::NetworkOfOtherModel.into()));
		}
		World::header(BTC, 100, HEIGHT, 0);
		assert_eq!(per_day(BTC, 1), Err(Error::<Test>::NetworkImpossible.into()));
		World::tipset(FIL, 100, 2_880_000, 0, EPOCH_REWARD);
		assert_eq!(per_day(FIL, 1), Err(Error::<Test>::NetworkImpossible.into()));
		World::header(BTC, 100, HEIGHT, 0x207f_ffff);
		assert_eq!(per_day(BTC, u128::MAX), Err(Error::<Test>::NetworkImpossible.into()));
		for coin in [BTC, FIL] {
			assert_eq!(crate::Growth::<Test>::get(coin).is_some(), coin == BTC);
		}
	});
}
