#![allow(clippy::arithmetic_side_effects)]

use super::*;
use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;
use proptest::prelude::*;

const BITCOIN: u128 = 100_000_000;
/// Units of 1 GH/s in 1 TH/s.
const TERAHASH: u128 = 1_000;
const FIL: u128 = 1_000_000_000_000_000_000;
const TEBIBYTE: u128 = 1 << 40;

#[test]
fn work_of_known_headers_is_exact() {
	// Block 842688 of Bitcoin and the genesis block (chain work 0x100010001).
	assert_eq!(expected_hashes(0x1701_fca1), Ok(608_469_172_747_385_646_103_909));
	assert_eq!(expected_hashes(0x1d00_ffff), Ok(0x1_0001_0001));
	// Regression networks: every second hash does.
	assert_eq!(expected_hashes(0x207f_ffff), Ok(2));
	// The widest target there is.
	assert_eq!(expected_hashes(0x22_00_00_ff), Ok(1));
}

#[test]
fn targets_that_no_full_node_takes_are_refused() {
	assert_eq!(expected_hashes(0), Err(YieldError::ZeroTarget));
	assert_eq!(expected_hashes(0x1700_0000), Err(YieldError::ZeroTarget));
	assert_eq!(expected_hashes(0x0000_0001), Err(YieldError::ZeroTarget));
	assert_eq!(expected_hashes(0x0100_00ff), Err(YieldError::ZeroTarget));
	assert_eq!(expected_hashes(0x1780_0001), Err(YieldError::InvalidTarget));
	assert_eq!(expected_hashes(0x04ff_ffff), Err(YieldError::InvalidTarget));
	assert_eq!(expected_hashes(0x2200_0100), Err(YieldError::InvalidTarget));
	assert_eq!(expected_hashes(0x2100_ffff), Ok(1));
	assert_eq!(expected_hashes(0x2101_0000), Err(YieldError::InvalidTarget));
	assert_eq!(expected_hashes(0xff12_3456), Err(YieldError::InvalidTarget));
	assert_eq!(expected_hashes(0x1100_0001), Err(YieldError::Overflow));
	assert_eq!(expected_hashes(0x0312_3456), Err(YieldError::Overflow));
}

#[test]
fn hashprice_agrees_with_the_published_example() {
	// Difficulty 141,668,107,417,558, subsidy 3.125 BTC, fees 0.02 BTC: 44,658 msat per TH/s a day.
	let work = 141_668_107_417_558u128 << 32;
	let fees = BITCOIN / 50;
	let reward = 3_125 * BITCOIN / 1_000;
	let per_day = |power| proof_of_work_per_day(power, 1_000_000_000, reward, fees, work).unwrap();
	assert_eq!(per_day(TERAHASH), 44);
	assert_eq!(per_day(1_000 * TERAHASH), 44_658);
	assert_eq!(per_day(1_000_000 * TERAHASH), 44_658_325);
	assert_eq!(per_day(0), 0);
}

#[test]
fn proof_of_work_refuses_a_network_without_work() {
	assert_eq!(proof_of_work_per_day(1, 1, 1, 1, 0), Err(YieldError::ZeroNetwork));
	assert_eq!(proof_of_work_per_day(1, 1, u128::MAX, 1, 1), Err(YieldError::Overflow));
	assert_eq!(proof_of_work_per_day(u128::MAX, 1, 1, 0, 1), Err(YieldError::Overflow));
	assert_eq!(
		proof_of_work_per_day(u128::MAX, u128::MAX, 1, 0, u128::MAX),
		Err(YieldError::Overflow)
	);
}

#[test]
fn subsidies_halve_and_end() {
	let at = |height| subsidy(height, 50 * BITCOIN, 210_000);
	assert_eq!(at(0), 50 * BITCOIN);
	assert_eq!(at(209_999), 50 * BITCOIN);
	assert_eq!(at(210_000), 25 * BITCOIN);
	assert_eq!(at(840_000), 312_500_000);
	assert_eq!(at(210_000 * 32), 1);
	assert_eq!(at(210_000 * 33), 0);
	assert_eq!(at(210_000 * 128), 0);
	assert_eq!(at(u64::MAX), 0);
	assert_eq!(subsidy(u64::MAX, 7, 0), 7);
}

#[test]
fn halvings_are_counted_in_whole_days() {
	assert_eq!(days_to_halving(840_000, 210_000, 144), Some(1_458));
	assert_eq!(days_to_halving(1_049_999, 210_000, 144), Some(0));
	assert_eq!(days_to_halving(1_049_856, 210_000, 144), Some(1));
	assert_eq!(days_to_halving(1_049_857, 210_000, 144), Some(0));
	assert_eq!(days_to_halving(5, 0, 144), None);
	assert_eq!(days_to_halving(5, 10, 0), None);
}

fn filecoin() -> PowerShare {
	PowerShare {
		total_power: 23_000_000_000_000_000_000,
		epoch_reward: 30 * FIL,
		epochs_per_day: 2_880,
		power_per_unit: 1 << 20,
		minimum_power: (10 * TEBIBYTE) >> 20,
		liquid_percent: 25,
	}
}

#[test]
fn a_share_of_power_earns_its_share_of_the_reward() {
	let power = (2 * TEBIBYTE) >> 20;
	let earned = filecoin().per_day(power, (10 * TEBIBYTE) >> 20).unwrap();
	let total: BigInt =
		BigInt::from(30 * FIL) * 2_880 * (2 * TEBIBYTE) / 23_000_000_000_000_000_000u128;
	assert_eq!(earned.total(), total.to_u128().unwrap());
	assert_eq!(earned.total(), 8_260_678_664_334_469);
	assert_eq!(earned.liquid, 2_065_169_666_083_617);
	assert_eq!(earned.vesting, 6_195_508_998_250_852);
}

#[test]
fn a_miner_below_the_minimum_earns_nothing() {
	let minimum = (10 * TEBIBYTE) >> 20;
	assert_eq!(filecoin().per_day(minimum - 1, minimum - 1), Ok(ShareYield::default()));
	assert!(filecoin().per_day(minimum, minimum).unwrap().total() > 0);
}

#[test]
fn power_share_refuses_impossible_networks() {
	let none = PowerShare { total_power: 0, ..filecoin() };
	assert_eq!(none.per_day(1, u128::MAX), Err(YieldError::ZeroNetwork));
	let share = PowerShare { liquid_percent: 101, ..filecoin() };
	assert_eq!(share.per_day(1, u128::MAX), Err(YieldError::InvalidShare));
	assert_eq!(filecoin().per_day(u128::MAX, u128::MAX), Err(YieldError::Overflow));
}

proptest! {
	#[test]
	fn work_agrees_with_big_integers(bits in any::<u32>()) {
		let (size, word) = (bits >> 24, bits & 0x7f_ffff);
		let mut target = BigUint::from(word);
		if size <= 3 { target >>= 8 * (3 - size) } else { target <<= 8 * (size - 3) }
		match expected_hashes(bits) {
			Ok(work) => {
				prop_assert!(bits & 0x80_0000 == 0 && target.bits() <= 256 && target.bits() > 0);
				prop_assert_eq!(BigUint::from(work), (BigUint::from(1u8) << 256) / (target + 1u8));
			},
			Err(YieldError::ZeroTarget) => prop_assert_eq!(target.bits(), 0),
			Err(YieldError::Overflow) => prop_assert!(target.bits() <= 129),
			Err(error) => {
				prop_assert_eq!(error, YieldError::InvalidTarget);
				prop_assert!(bits & 0x80_0000 != 0 || target.bits() > 256);
			},
		}
	}

	#[test]
	fn proof_of_work_agrees_with_big_integers(
		power in 0u128..1 << 80,
		unit in 1u128..1 << 50,
		subsidy in 0u128..1 << 60,
		fees in 0u128..1 << 60,
		work in 1u128..,
	) {
		let exact: BigInt = BigInt::from(power) * unit * 86_400 * (subsidy + fees) / work;
		let answer = proof_of_work_per_day(power, unit, subsidy, fees, work);
		match exact.to_u128() {
			Some(coins) => prop_assert_eq!(answer, Ok(coins)),
			None => prop_assert_eq!(answer, Err(YieldError::Overflow)),
		}
	}

	#[test]
	fn parts_of_power_never_earn_more_than_the_whole(
		first in 0u128..1 << 60,
		second in 0u128..1 << 60,
		percent in 0u8..=100,
	) {
		let network = PowerShare { liquid_percent: percent, ..filecoin() };
		let earn = |power| network.per_day(power, u128::MAX).unwrap();
		let (one, two, both) = (earn(first), earn(second), earn(first + second));
		prop_assert!(one.total() + two.total() <= both.total());
		prop_assert!(both.total() - one.total() - two.total() <= 1);
		prop_assert_eq!(both.liquid, both.total() * u128::from(percent) / 100);
	}
}
