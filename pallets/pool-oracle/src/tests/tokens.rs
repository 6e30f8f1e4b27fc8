//! Token keys and sealed tokens.

use super::*;
use crate::{Event, HoldReason, Sealed, Tokens};
use frame_support::{assert_noop, assert_ok, traits::fungible::InspectHold};
use sp_runtime::TokenError;

fn held(who: AccountId) -> u64 {
	Balances::balance_on_hold(&HoldReason::Storage.into(), &who)
}

fn sealed(length: usize) -> Sealed {
	vec![3; length].try_into().unwrap()
}

fn post(who: AccountId, account: u32, validator: AccountId, length: usize) -> DispatchResult {
	Oracle::post_token(RuntimeOrigin::signed(who), account, validator, sealed(length))
}

#[test]
fn a_key_is_published_replaced_and_withdrawn_for_its_deposit() {
	build_and_execute(|| {
		let publish = |key| Oracle::publish_token_key(RuntimeOrigin::signed(1), [key; 32]);
		assert_ok!(publish(1));
		System::assert_last_event(Event::TokenKeyPublished { validator: 1 }.into());
		// 100 and a byte each: validator 8, key 32.
		assert_eq!(held(1), 140);
		assert_ok!(publish(2));
		assert_eq!(held(1), 140);
		assert_eq!(crate::TokenKeys::<Test>::get(1).unwrap().key, [2; 32]);
		assert_ok!(Oracle::withdraw_token_key(RuntimeOrigin::signed(1)));
		assert_eq!(held(1), 0);
		assert_noop!(
			Oracle::withdraw_token_key(RuntimeOrigin::signed(1)),
			Error::<Test>::TokenKeyMissing
		);
	});
}

#[test]
fn only_the_provider_posts_a_token_and_only_to_a_published_key() {
	build_and_execute(|| {
		let account = braiins("farm");
		assert_noop!(post(PROVIDER, 9, 1, 80), Error::<Test>::AccountUnknown);
		assert_noop!(post(OTHER, account, 1, 80), Error::<Test>::NotProvider);
		assert_noop!(post(PROVIDER, account, 1, 80), Error::<Test>::TokenKeyMissing);
		assert_ok!(Oracle::publish_token_key(RuntimeOrigin::signed(1), [1; 32]));
		assert_noop!(post(PROVIDER, account, 1, 0), Error::<Test>::TokenEmpty);
		assert_ok!(post(PROVIDER, account, 1, 80));
		System::assert_last_event(Event::TokenPosted { account, validator: 1 }.into());
	});
}

#[test]
fn a_token_costs_its_bytes_and_gives_them_back() {
	build_and_execute(|| {
		let account = braiins("farm");
		let bound = held(PROVIDER);
		assert_ok!(Oracle::publish_token_key(RuntimeOrigin::signed(1), [1; 32]));
		assert_ok!(post(PROVIDER, account, 1, 512));
		// 100 and a byte each: account 4, validator 8, sealed 2 + 512.
		assert_eq!(held(PROVIDER), bound + 626);
		assert_ok!(post(PROVIDER, account, 1, 10));
		assert_eq!(held(PROVIDER), bound + 123);
		let remove = |who| Oracle::remove_token(RuntimeOrigin::signed(who), account, 1);
		assert_noop!(remove(OTHER), Error::<Test>::NotProvider);
		assert_ok!(remove(PROVIDER));
		System::assert_last_event(Event::TokenRemoved { account, validator: 1 }.into());
		assert_eq!(held(PROVIDER), bound);
		assert_noop!(remove(PROVIDER), Error::<Test>::TokenMissing);
	});
}

#[test]
fn what_cannot_be_paid_is_not_stored() {
	build_and_execute(|| {
		let publish = Oracle::publish_token_key(RuntimeOrigin::signed(99), [1; 32]);
		assert_eq!(publish, Err(TokenError::FundsUnavailable.into()));
		assert_eq!(crate::TokenKeys::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_validator_is_expected_to_read_from_the_day_after_its_token() {
	build_and_execute(|| {
		let account = braiins("farm");
		let free = {
			use dmex_primitives::facts::PoolAccounts;
			let name = b"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";
			Oracle::bind(4, BTC, name, &PROVIDER).unwrap()
		};
		let day = today();
		assert!(Oracle::can_read(free, &1, day));
		assert!(!Oracle::can_read(account, &1, day));
		assert_ok!(Oracle::publish_token_key(RuntimeOrigin::signed(1), [1; 32]));
		assert_ok!(post(PROVIDER, account, 1, 80));
		assert!(!Oracle::can_read(account, &1, day));
		assert!(Oracle::can_read(account, &1, day + 1));
		assert_eq!(Tokens::<Test>::get(account, 1).unwrap().posted_on, day);
	});
}
