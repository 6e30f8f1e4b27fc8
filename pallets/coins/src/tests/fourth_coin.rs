//! A coin that genesis does not know is data, and nothing else.

use super::*;

#[test]
fn a_fourth_coin_is_registered_yields_and_grows_without_code() {
	build_and_execute(|| {
		assert_ok!(mock::Coins::register_coin(RuntimeOrigin::root(), litecoin()));
		let id = mock::Coins::by_symbol(b"LTC").unwrap();
		// Four bytes less of target than the first block of Bitcoin had.
		let bits = 0x1900_ffff;
		World::header(id, 100, 2_700_000, bits);
		let hashes = dmex_math::expected_hashes(bits).unwrap();
		assert_eq!(hashes, 0x1_0001_0001_0001_0001);
		// 1 GH/s for a day at 6.25 LTC and 0.02 LTC of fees.
		let expected = 627_000_000u128 * 86_400 * 1_000_000_000 / hashes;
		let earned = <mock::Coins as dmex_primitives::coins::Coins>::yield_per_day(id, 1_000);
		assert_eq!(earned, Ok(expected));

		World::header(id, 101, 2_700_576, bits - 0x400);
		let growth = mock::Coins::growth(id, 200).unwrap();
		assert_eq!((growth.height, growth.day), (2_700_576, 101));
		assert!(growth.drift_per_day > 0);
		let reading = NetworkReading::PowerShare { height: 1, total_power: 1, epoch_reward: 1 };
		World::agree(id, reading, 0);
		assert_eq!(mock::Coins::yield_per_day(id, 1), None);
	});
}
