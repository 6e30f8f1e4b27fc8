//! Binding pool accounts, and reading them.

use super::*;
use crate::{Accounts, Event, Followed};
use dmex_primitives::facts::PoolAccounts;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

fn held(who: AccountId) -> u64 {
	use frame_support::traits::fungible::InspectHold;
	Balances::balance_on_hold(&crate::HoldReason::Storage.into(), &who)
}

#[test]
fn a_name_is_bound_for_ever_to_the_first_provider() {
	build_and_execute(|| {
		let id = Oracle::bind(0, BTC, b"farm", &PROVIDER).unwrap();
		System::assert_last_event(
			Event::AccountBound { account: id, source: 0, provider: PROVIDER }.into(),
		);
		assert_eq!(Oracle::bind(0, BTC, b"farm", &PROVIDER), Ok(id));
		assert_noop!(Oracle::bind(0, BTC, b"farm", &OTHER), Error::<Test>::AccountOfOther);
		// Other spellings are the same account.
		assert_eq!(Oracle::bind(0, BTC, b"FARM", &PROVIDER), Ok(id));
		assert_noop!(Oracle::bind(0, BTC, b"Farm", &OTHER), Error::<Test>::AccountOfOther);
		// The same name elsewhere is another account.
		assert_eq!(Oracle::bind(1, BTC, b"farm", &OTHER), Ok(id + 1));
		assert_eq!(Oracle::source_of(id + 1), Some(1));
	});
}

#[test]
fn a_bound_account_mines_one_coin() {
	build_and_execute(|| {
		assert_ok!(Oracle::bind(1, BTC, b"farm", &PROVIDER));
		assert_noop!(Oracle::bind(1, BCH, b"farm", &PROVIDER), Error::<Test>::AccountMinesOther);
	});
}

#[test]
fn what_cannot_be_read_cannot_be_bound() {
	build_and_execute(|| {
		let bind = |source, coin, name: &[u8]| Oracle::bind(source, coin, name, &PROVIDER);
		assert_noop!(bind(99, BTC, b"farm"), Error::<Test>::SourceUnknown);
		assert_noop!(bind(3, BTC, b"farm"), Error::<Test>::SourceWithoutAccounts);
		assert_noop!(bind(0, 77, b"farm"), Error::<Test>::CoinUnknown);
		assert_noop!(bind(0, BCH, b"farm"), Error::<Test>::CoinNotMinedThere);
		for name in [&b""[..], b"../farm", b"farm/x", b"farm?x", b"f rm", &[b'a'; 129]] {
			assert_noop!(bind(0, BTC, name), Error::<Test>::NameImpossible);
		}
		assert_ok!(Oracle::close_source(RuntimeOrigin::root(), 0));
		assert_noop!(bind(0, BTC, b"farm"), Error::<Test>::SourceClosed);
	});
}

#[test]
fn a_binding_is_paid_by_the_provider_and_stays_paid() {
	build_and_execute(|| {
		let id = Oracle::bind(0, BTC, b"farm", &PROVIDER).unwrap();
		let cost = held(PROVIDER);
		// 100 and a byte each: source 4, coin 4, name 1 + 4, provider 8, id 4.
		assert_eq!(cost, 125);
		assert_eq!(Accounts::<Test>::get(id).unwrap().deposit, cost);
		assert_ok!(Oracle::bind(0, BTC, b"farm", &PROVIDER));
		assert_eq!(held(PROVIDER), cost);
		assert_noop!(Oracle::bind(0, BTC, b"other", &99), TokenError::FundsUnavailable);
	});
}

#[test]
fn an_account_is_read_from_the_day_it_is_followed() {
	build_and_execute(|| {
		assert_noop!(Oracle::follow(0), Error::<Test>::AccountUnknown);
		let id = braiins("farm");
		let since = today();
		assert_eq!(Oracle::account(id).unwrap().followed_since, Some(since));
		go_to(since + 1, 0);
		assert_ok!(Oracle::follow(id));
		assert_eq!(Oracle::account(id).unwrap().followed_since, Some(since));
		Oracle::unfollow(id);
		Oracle::unfollow(id);
		assert_eq!(Oracle::account(id).unwrap().followed_since, None);
		assert_ok!(Oracle::follow(id));
		assert_eq!(Oracle::account(id).unwrap().followed_since, Some(since + 1));
	});
}

#[test]
fn no_more_accounts_are_read_than_the_bound() {
	build_and_execute(|| {
		for number in 0..8 {
			braiins(&format!("farm{number}"));
		}
		assert_eq!(Followed::<Test>::count(), 8);
		let ninth = Oracle::bind(0, BTC, b"ninth", &PROVIDER).unwrap();
		assert_noop!(Oracle::follow(ninth), Error::<Test>::TooManyFollowed);
		Oracle::unfollow(0);
		assert_ok!(Oracle::follow(ninth));
	});
}

#[test]
fn an_account_of_a_closed_source_is_not_followed() {
	build_and_execute(|| {
		let id = Oracle::bind(0, BTC, b"farm", &PROVIDER).unwrap();
		assert_ok!(Oracle::close_source(RuntimeOrigin::root(), 0));
		assert_noop!(Oracle::follow(id), Error::<Test>::SourceClosed);
	});
}

#[test]
fn a_node_of_the_network_is_told_from_a_pool() {
	build_and_execute(|| {
		let networks: Vec<u32> = (0..6).filter(|source| Oracle::is_network(*source)).collect();
		assert_eq!(networks, vec![2]);
	});
}

#[test]
fn pools_keep_a_fee_and_count_shares_and_a_network_does_neither() {
	build_and_execute(|| {
		let fees: Vec<u32> = (0..6).map(|source| Oracle::pool_fee(source).deconstruct()).collect();
		// Braiins, F2Pool, Lotus, mempool.space, OCEAN, and a source that is not there.
		assert_eq!(fees, vec![25_000, 40_000, 0, 0, 20_000, 0]);
		let noise: Vec<u32> = (0..6).map(|source| Oracle::noise(source).deconstruct()).collect();
		assert_eq!(noise, vec![10_000, 10_000, 0, 0, 10_000, 0]);
		// What stood behind a lot does not change because nothing new is read there.
		assert_ok!(Oracle::close_source(RuntimeOrigin::root(), 1));
		assert_eq!(Oracle::pool_fee(1).deconstruct(), 40_000);
	});
}
