use crate::{mock::*, types::*, Error, Event};
use frame_support::{assert_noop, assert_ok};

fn limited() -> sp_io::TestExternalities {
	ext_with(GenesisConfig { free_power: vec![(BTC, 100)], ..Default::default() })
}

/// Active, measured lots of 1,000 on these pools.
fn lots(sources: &[u32]) -> Vec<u32> {
	let lots: Vec<u32> = sources
		.iter()
		.enumerate()
		.map(|(nth, source)| {
			Today::set(START);
			measured(terms_of((nth % 2) as u32, &format!("a{nth}"), *source), 10_000)
		})
		.collect();
	lots
}

#[test]
fn the_first_issuer_of_a_coin_has_the_free_power() {
	execute(limited(), || {
		let lot = lots(&[POOL])[0];
		assert_noop!(issue(lot, 101), Error::<Test>::PoolCeilingExceeded);
		assert_ok!(issue(lot, 100));
		assert_noop!(issue(lot, 1), Error::<Test>::PoolCeilingExceeded);
	});
}

#[test]
fn a_pool_carries_two_fifths_of_a_coin() {
	let ext = ext_with(GenesisConfig { free_power: vec![(BTC, 300)], ..Default::default() });
	execute(ext, || {
		let lots = lots(&[POOL, OTHER_POOL]);
		assert_ok!(issue(lots[0], 300));
		// 300 here and 300 there: two fifths of 600 are less, the free power stands.
		assert_ok!(issue(lots[1], 300));
		assert_noop!(issue(lots[0], 1), Error::<Test>::PoolCeilingExceeded);
		// Two pools can never both grow; a third one makes room.
		assert_eq!(Hashpower::issue_limit(lots[0]).unwrap().room_on_source, Some(0));
	});
}

#[test]
fn power_elsewhere_makes_room() {
	let ext = ext_with(GenesisConfig { free_power: vec![(BTC, 600)], ..Default::default() });
	execute(ext, || {
		let lots = lots(&[POOL, OTHER_POOL]);
		assert_ok!(issue(lots[1], 600));
		assert_ok!(Hashpower::set_free_power(RuntimeOrigin::root(), BTC, 0));
		System::assert_last_event(Event::FreePowerSet { coin: BTC, power: 0 }.into());
		// 400 of 1,000.
		assert_eq!(Hashpower::issue_limit(lots[0]).unwrap().available, 400);
		assert_noop!(issue(lots[0], 401), Error::<Test>::PoolCeilingExceeded);
		assert_ok!(issue(lots[0], 400));
	});
}

#[test]
fn a_pool_on_probation_carries_a_hundredth() {
	let ext = ext_with(GenesisConfig { free_power: vec![(BTC, 990)], ..Default::default() });
	execute(ext, || {
		let lots = lots(&[POOL, NEW_POOL]);
		assert_ok!(issue(lots[0], 990));
		assert_ok!(Hashpower::set_free_power(RuntimeOrigin::root(), BTC, 0));
		assert_noop!(issue(lots[1], 11), Error::<Test>::PoolCeilingExceeded);
		assert_ok!(issue(lots[1], 10));
		// After its probation it is a pool like any other.
		for day in 144..151 {
			measure(record(lots[1]).account, day, 10_000);
		}
		Today::set(150);
		assert_noop!(issue(lots[1], 1), Error::<Test>::PoolCeilingExceeded);
		Today::set(151);
		assert_ok!(issue(lots[1], 600));
	});
}

#[test]
fn the_coins_own_network_has_no_ceiling() {
	let ext = ext_with(GenesisConfig::default());
	execute(ext, || {
		let fil = LotTerms {
			coin: FIL,
			source: LOTUS,
			vesting: Some(Vesting::Vesting),
			..terms("f01234")
		};
		let lot = measured(fil, 10_000);
		assert_eq!(Hashpower::issue_limit(lot).unwrap().room_on_source, None);
		assert_ok!(issue(lot, 1_000));
	});
}

#[test]
fn coins_are_counted_apart() {
	execute(limited(), || {
		let fil = LotTerms {
			coin: FIL,
			source: LOTUS,
			vesting: Some(Vesting::Vesting),
			..terms("f01234")
		};
		let fil = measured(fil, 10_000);
		assert_ok!(issue(fil, 1_000));
		let btc = lots(&[POOL])[0];
		assert_noop!(issue(btc, 101), Error::<Test>::PoolCeilingExceeded);
		assert_ok!(issue(btc, 100));
		assert_eq!(Hashpower::issued_of_coin(FIL, LOTUS), (1_000, 1_000));
		assert_eq!(Hashpower::issued_of_coin(BTC, POOL), (100, 100));
	});
}

#[test]
fn closed_lots_leave_the_count() {
	execute(limited(), || {
		let lots = lots(&[POOL, POOL]);
		assert_ok!(issue(lots[0], 100));
		assert_noop!(issue(lots[1], 1), Error::<Test>::PoolCeilingExceeded);
		assert_ok!(Hashpower::terminate(RuntimeOrigin::root(), lots[0]));
		assert_eq!(Hashpower::issued_of_coin(BTC, POOL), (0, 0));
		assert_ok!(issue(lots[1], 100));
	});
}

#[test]
fn free_power_is_set_by_root_for_registered_coins() {
	execute(limited(), || {
		assert_noop!(
			Hashpower::set_free_power(RuntimeOrigin::signed(alice()), BTC, 1),
			sp_runtime::DispatchError::BadOrigin
		);
		assert_noop!(
			Hashpower::set_free_power(RuntimeOrigin::root(), 77, 1),
			Error::<Test>::UnknownCoin
		);
	});
}
