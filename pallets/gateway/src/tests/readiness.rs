//! A lot is ready when its account is paid at the lot's own address.

use crate::{mock::*, Error};
use dmex_primitives::lots::Readiness;
use frame_support::{assert_noop, assert_ok};
use sp_core::H256;

fn tell(day: u32, address: &[u8]) {
	let hash = H256(sp_io::hashing::blake2_256(address));
	store::put("day", (1_000u32, day), Some((1_000u128, 49_000u128, Some(hash))));
}

fn ready() -> sp_runtime::DispatchResult {
	Gateway::ensure_ready(0, 1_000)
}

#[test]
fn a_lot_is_ready_when_a_payout_has_arrived() {
	build_and_execute(|| {
		assert_noop!(Gateway::ensure_ready(7, 1_007), Error::<Test>::UnknownLot);
		assert_noop!(Gateway::ensure_ready(0, 1_001), Error::<Test>::AccountOfOtherLot);
		assert_noop!(ready(), Error::<Test>::NoDepositAddress);
		let address = lot_address();
		assert_noop!(ready(), Error::<Test>::PayoutNotArrived);
		let deposit = deposit_to(&address, WBTC, 1, 5_000);
		assert_ok!(attest(anna(), &deposit));
		assert_noop!(ready(), Error::<Test>::PayoutNotArrived);
		assert_ok!(attest(bert(), &deposit));
		assert_ok!(ready());
	});
}

#[test]
fn the_pool_must_pay_where_the_lot_is() {
	build_and_execute(|| {
		let address = lot_address();
		assert_ok!(arrive(&deposit_to(&address, WBTC, 1, 5_000)));
		pass_days(3);
		// The newest word counts.
		tell(START, b"another");
		assert_noop!(ready(), Error::<Test>::PayoutAddressOther);
		tell(START + 1, &address);
		assert_ok!(ready());
		tell(START + 2, b"another again");
		assert_noop!(ready(), Error::<Test>::PayoutAddressOther);
		// A pool that falls silent about it for eight days leaves the deposits to speak.
		pass_days(9);
		assert_ok!(ready());
	});
}

#[test]
fn every_spelling_of_the_address_counts() {
	build_and_execute(|| {
		let cash = "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a";
		store::put(
			"lot",
			5u32,
			(
				provider(),
				1u32,
				dmex_primitives::lots::LotStatus::Approved,
				dmex_primitives::lots::Payout::Fpps,
			),
		);
		let batch: crate::types::Batch = vec![text(cash)].try_into().unwrap();
		for who in [anna(), bert()] {
			assert!(Gateway::post_addresses(signed(who), WBCH, batch.clone()).is_ok());
		}
		assert_ok!(Gateway::request_lot_address(signed(provider()), 5));
		assert_ok!(arrive(&deposit_to(&text(cash), WBCH, 1, 5_000)));
		pass_days(1);
		let bare = H256(sp_io::hashing::blake2_256(&cash.as_bytes()["bitcoincash:".len()..]));
		store::put("day", (1_005u32, START), Some((1_000u128, 49_000u128, Some(bare))));
		assert_ok!(Gateway::ensure_ready(5, 1_005));
	});
}
