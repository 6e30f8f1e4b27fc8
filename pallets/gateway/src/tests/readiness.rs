//! A lot is ready when its account is paid at the lot's own address.

use crate::{mock::*, Error};
use dmex_primitives::{facts::AccountName, lots::Readiness};
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

#[test]
fn an_account_that_is_paid_at_its_name_makes_its_own_address_the_lots() {
	build_and_execute(|| {
		use crate::types::Target;
		let name = |address: &[u8]| {
			let name: AccountName = address.to_vec().try_into().unwrap();
			store::put("name", 1_000u32, name);
		};
		let ask = || Gateway::request_lot_address(signed(provider()), 0);
		let batch = post(WBTC, 1..=4);
		let (strange, own) = (batch[3].clone(), batch[1].clone());
		// An address that is nobody's yet, another's, and the provider's that is not the name.
		name(&strange);
		assert_noop!(ask(), Error::<Test>::NameNotOwnAddress);
		assert_ok!(Gateway::request_address(signed(dora()), WBTC));
		assert_noop!(ask(), Error::<Test>::NameNotOwnAddress);
		assert_ok!(Gateway::request_address(signed(provider()), WBTC));
		assert_noop!(ask(), Error::<Test>::NameNotOwnAddress);

		assert_eq!(Gateway::address_of_account(WBTC, provider()), Some(own.clone()));
		name(&own);
		assert_ok!(ask());
		assert_eq!(Gateway::address_of_lot(0), Some(own.clone()));
		assert_eq!(Gateway::target_of(WBTC, own.clone()), Some(Target::Lot(0)));
		assert_eq!(Gateway::address_of_account(WBTC, provider()), None);
		assert_ok!(arrive(&deposit_to(&own, WBTC, 1, 5_000)));
		assert_ok!(ready());
		// He may ask for another, for himself or his next lot.
		assert_ok!(Gateway::request_address(signed(provider()), WBTC));
	});
}
