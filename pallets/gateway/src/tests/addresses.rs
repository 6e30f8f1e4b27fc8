//! Addresses: no custodian alone makes one, and none is ever another's.

use crate::{
	mock::*,
	types::{Batch, Target},
	Error,
};
use dmex_primitives::lots::{LotStatus, Payout};
use frame_support::{assert_noop, assert_ok};

fn try_post(
	who: dmex_primitives::AccountId,
	batch: Batch,
) -> Result<(), sp_runtime::DispatchError> {
	Gateway::post_addresses(signed(who), WBTC, batch).map(|_| ()).map_err(|error| error.error)
}

#[test]
fn it_takes_the_threshold_to_post_addresses() {
	build_and_execute(|| {
		assert_ok!(try_post(anna(), batch(WBTC, [1, 2])));
		assert_eq!(Gateway::free_addresses(WBTC), 0);
		// Another batch is another statement.
		assert_ok!(try_post(bert(), batch(WBTC, [1, 3])));
		assert_eq!(Gateway::free_addresses(WBTC), 0);
		assert_ok!(try_post(bert(), batch(WBTC, [1, 2])));
		assert_eq!(Gateway::free_addresses(WBTC), 2);
		assert_eq!(Gateway::target_of(WBTC, address(WBTC, 1)), None);
		// The other batch names an address that is posted now.
		assert_noop!(try_post(cora(), batch(WBTC, [1, 3])), Error::<Test>::AddressPostedAlready);
	});
}

#[test]
fn malformed_batches_are_refused() {
	build_and_execute(|| {
		let batch = |texts: &[&str]| -> Batch {
			texts.iter().map(|address| text(address)).collect::<Vec<_>>().try_into().unwrap()
		};
		let refused = |texts: &[&str], why: Error<Test>| {
			assert_noop!(try_post(anna(), batch(texts)), why);
		};
		let one = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
		refused(&[], Error::NotSorted);
		refused(&[one, one], Error::NotSorted);
		refused(&["3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", one], Error::NotSorted);
		refused(&["1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"], Error::AddressChecksum);
		refused(&["BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"], Error::AddressNotCanonical);
		assert_noop!(
			Gateway::post_addresses(signed(anna()), 99, batch(&[one]))
				.map(|_| ())
				.map_err(|error| error.error),
			Error::<Test>::UnknownGate
		);
		// Forty may be free.
		post(WBTC, 1..=40);
		refused(&["bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"], Error::TooManyFreeAddresses);
	});
}

#[test]
fn a_lot_gets_one_address_for_ever_for_a_deposit() {
	build_and_execute(|| {
		let request = |who, lot| Gateway::request_lot_address(signed(who), lot);
		assert_noop!(request(provider(), 0), Error::<Test>::NoFreeAddress);
		let posted = post(WBTC, 1..=3);
		assert_noop!(request(provider(), 7), Error::<Test>::UnknownLot);
		assert_noop!(request(dora(), 0), Error::<Test>::NotLotProvider);
		put_lot(1, provider(), LotStatus::Matured, Payout::Fpps);
		assert_noop!(request(provider(), 1), Error::<Test>::LotClosed);
		assert_ok!(request(provider(), 0));
		assert_eq!(Gateway::address_of_lot(0), Some(posted[0].clone()));
		assert_eq!(native_held(&provider()), ADDRESS_DEPOSIT);
		assert_eq!(Gateway::target_of(WBTC, posted[0].clone()), Some(Target::Lot(0)));
		assert_noop!(request(provider(), 0), Error::<Test>::AddressAssignedAlready);
		// The next one goes to another lot; the first is never posted again.
		put_lot(2, provider(), LotStatus::Submitted, Payout::Fpps);
		assert_ok!(request(provider(), 2));
		assert_eq!(Gateway::address_of_lot(2), Some(posted[1].clone()));
		assert_noop!(try_post(anna(), batch(WBTC, [1])), Error::<Test>::AddressPostedAlready);
	});
}

#[test]
fn an_account_gets_one_address_for_each_asset() {
	build_and_execute(|| {
		for asset in [USD, WBTC, WFIL] {
			let address = dora_address(asset);
			assert_eq!(Gateway::target_of(asset, address), Some(Target::Account(dora())));
			assert_noop!(
				Gateway::request_address(signed(dora()), asset),
				Error::<Test>::AddressAssignedAlready
			);
		}
		assert_eq!(native_held(&dora()), 3 * ADDRESS_DEPOSIT);
		assert_noop!(Gateway::request_address(signed(dora()), 99), Error::<Test>::UnknownGate);
	});
}

#[test]
fn who_cannot_pay_the_deposit_gets_no_address() {
	build_and_execute(|| {
		post(WBTC, 1..=2);
		let poor = account(50);
		assert!(Gateway::request_address(signed(poor), WBTC).is_err());
		assert_eq!(Gateway::free_addresses(WBTC), 2);
	});
}
