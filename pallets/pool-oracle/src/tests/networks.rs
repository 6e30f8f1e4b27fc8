//! Networks: exact match, growing heights, fees, jumps, freshness.

use super::*;
use crate::{Event, NetworkFacts};
use dmex_primitives::facts::{FactError, Facts, NetworkFact, NetworkReading};

const BITS: u32 = 0x1702_3a04;

fn work(height: u64, bits: u32) -> NetworkReading {
	NetworkReading::ProofOfWork { height, bits }
}

fn feed(coin: u32) -> Feed {
	Feed::Network { coin, round: Oracle::round() }
}

fn agree(coin: u32, state: NetworkReading) {
	all_cast(&[1, 2, 3], feed(coin), Reading::Network(state));
}

fn agree_fees(fees: u128) {
	let feed = Feed::Fees { coin: BTC, round: Oracle::round() };
	all_cast(&[1, 2, 3, 4], feed, Reading::Fees(fees));
}

#[test]
fn a_network_is_agreed_exactly_and_told_once() {
	build_and_execute(|| {
		agree_fees(77);
		all_cast(&[1, 2], feed(BTC), Reading::Network(work(144, BITS)));
		all_cast(&[3], feed(BTC), Reading::Network(work(144, BITS + 1)));
		assert_eq!(Oracle::network(BTC), Err(FactError::Missing));
		all_cast(&[4], feed(BTC), Reading::Network(work(144, BITS)));
		let fact = NetworkFact { reading: work(144, BITS), fees: 77, agreed_at: Now::get() };
		assert_eq!(Oracle::network(BTC), Ok(fact));
		assert_eq!(Heights::get(), vec![(BTC, fact)]);
		System::assert_has_event(Event::NetworkAgreed { coin: BTC, fact, voters: 3 }.into());
	});
}

#[test]
fn heights_only_grow() {
	build_and_execute(|| {
		agree_fees(1);
		agree(BTC, work(288, BITS));
		next_round();
		for height in [144, 288] {
			let old = cast(1, &[(feed(BTC), Reading::Network(work(height, BITS)))]);
			assert_eq!(old, Err(custom(Error::FeedNotDue)));
		}
		// A ballot that a higher claim opened cannot bring a lower height either.
		all_cast(&[4], feed(BTC), Reading::Network(work(432, BITS)));
		agree(BTC, work(144, BITS));
		assert_eq!(Oracle::network(BTC).unwrap().reading, work(288, BITS));
		next_round();
		agree(BTC, work(432, BITS));
		assert_eq!(Oracle::network(BTC).unwrap().reading, work(432, BITS));
		assert_eq!(Heights::get().len(), 2);
	});
}

#[test]
fn a_height_without_fresh_fees_is_taken_in_a_later_round() {
	build_and_execute(|| {
		agree(BTC, work(144, BITS));
		assert_eq!(Oracle::network(BTC), Err(FactError::Missing));
		assert_eq!(Heights::get(), vec![]);
		agree_fees(5);
		next_round();
		agree(BTC, work(144, BITS));
		assert_eq!(Oracle::network(BTC).unwrap().fees, 5);
	});
}

#[test]
fn a_reader_gets_the_newest_fees() {
	build_and_execute(|| {
		agree_fees(5);
		agree(BTC, work(144, BITS));
		next_round();
		agree_fees(6);
		assert_eq!(Oracle::network(BTC).unwrap().fees, 6);
		assert_eq!(NetworkFacts::<Test>::get(BTC).unwrap().fact.fees, 5);
	});
}

#[test]
fn a_share_network_has_no_fees() {
	build_and_execute(|| {
		let state = NetworkReading::PowerShare {
			height: 2_880,
			total_power: 20 << 60,
			epoch_reward: 80 * 10u128.pow(18),
		};
		agree(FIL, state);
		let fact = NetworkFact { reading: state, fees: 0, agreed_at: Now::get() };
		assert_eq!(Oracle::network(FIL), Ok(fact));
	});
}

#[test]
fn a_network_is_fresh_for_two_days_and_then_an_error() {
	build_and_execute(|| {
		agree_fees(5);
		agree(BTC, work(144, BITS));
		let agreed = Now::get();
		Now::set(agreed + 2 * DAY);
		assert!(Oracle::network(BTC).is_ok());
		Now::set(agreed + 2 * DAY + 1);
		assert_eq!(Oracle::network(BTC), Err(FactError::Stale));
	});
}

#[test]
fn stale_fees_make_the_network_stale() {
	build_and_execute(|| {
		agree_fees(5);
		go_to(today() + 1, 0);
		next_round();
		agree(BTC, work(144, BITS));
		go_to(today() + 1, 1);
		assert_eq!(Oracle::network(BTC), Err(FactError::Stale));
		next_round();
		agree_fees(6);
		assert_eq!(Oracle::network(BTC).unwrap().fees, 6);
	});
}

#[test]
fn work_that_jumps_waits_for_a_second_round() {
	build_and_execute(|| {
		agree_fees(1);
		agree(BTC, work(144, 0x1702_0000));
		next_round();
		// Four times the work: the most that a retarget brings.
		agree(BTC, work(288, 0x1700_8000));
		assert_eq!(Oracle::network(BTC).unwrap().reading, work(288, 0x1700_8000));
		next_round();
		let jump = work(432, 0x1700_1fff);
		agree(BTC, jump);
		assert_eq!(Oracle::network(BTC).unwrap().reading, work(288, 0x1700_8000));
		System::assert_has_event(Event::NetworkWaits { coin: BTC, reading: jump }.into());
		next_round();
		agree(BTC, jump);
		assert_eq!(Oracle::network(BTC).unwrap().reading, jump);
	});
}

#[test]
fn a_fourth_coin_is_read_once_it_is_watched() {
	build_and_execute(|| {
		let source = dmex_adapters::Adapter::BitcoinCore;
		let url = b"https://litecoin.example.org".to_vec().try_into().unwrap();
		Oracle::register_source(RuntimeOrigin::root(), source, Some(url)).unwrap();
		Oracle::watch_coin(RuntimeOrigin::root(), LTC).unwrap();
		let feed = Feed::Fees { coin: LTC, round: 0 };
		all_cast(&[1, 2, 3, 4], feed, Reading::Fees(3));
		agree(LTC, work(576, 0x1a01_0000));
		assert_eq!(Oracle::network(LTC).unwrap().fees, 3);
	});
}
