//! What clients build on and what may never change without a new version.

use super::harness::*;
use crate::*;
use codec::Encode;

#[test]
fn the_extension_is_the_one_that_signers_know() {
	use sp_runtime::traits::TransactionExtension;
	let names: Vec<_> = TxExtension::metadata().into_iter().map(|part| part.identifier).collect();
	assert_eq!(
		names,
		[
			"AuthorizeCall",
			"CheckNonZeroSender",
			"CheckSpecVersion",
			"CheckTxVersion",
			"CheckGenesis",
			"CheckMortality",
			"CheckNonce",
			"CheckWeight",
			"ChargeTransactionPayment",
			"CheckMetadataHash",
			"WeightReclaim",
		]
	);
}

#[test]
fn metadata_has_versions_14_to_16() {
	chain(genesis::DEVELOPMENT).execute_with(|| {
		assert_eq!(Runtime::metadata_versions(), [14, 15, 16]);
		assert!(Runtime::metadata_at_version(16).is_some());
	});
}

#[test]
fn every_preset_but_staging_builds() {
	for preset in [genesis::DEVELOPMENT, genesis::LOCAL] {
		chain(preset).execute_with(|| {
			block(|| ());
			check_books();
		});
	}
}

#[test]
fn only_development_has_a_sudo_key() {
	let key = |preset: &str| chain(preset).execute_with(pallet_sudo::Key::<Runtime>::get);
	assert_eq!(key(genesis::DEVELOPMENT), Some(Alice.to_account_id()));
	assert_eq!(key(genesis::LOCAL), None);
}

#[test]
fn staging_refuses_to_start_until_filled_in() {
	let patch = genesis::get_preset(&genesis::STAGING.into()).expect("the preset exists");
	let text = String::from_utf8(patch).expect("UTF-8");
	assert!(text.contains("FILL IN"));
	let built = std::panic::catch_unwind(|| chain(genesis::STAGING));
	assert!(built.is_err(), "placeholders are no accounts");
}

#[test]
fn all_pallets_of_ours_keep_their_index() {
	use frame_support::traits::PalletInfoAccess;
	assert_eq!(Periods::index(), 2);
	assert_eq!(Validators::index(), 11);
	assert_eq!(Polls::index(), 38);
	assert_eq!(Coins::index(), 60);
	assert_eq!(PoolOracle::index(), 61);
	assert_eq!(Titles::index(), 62);
	assert_eq!(Hashpower::index(), 63);
}

#[test]
fn a_plain_transfer_pays_its_fee_to_treasury_and_author() {
	use frame_support::traits::fungible::Inspect;
	use sp_core::Pair;
	storyline(genesis::DEVELOPMENT, || {
		let treasury = configs::governance::TreasuryAccount::get();
		let before = Balances::total_issuance();
		let held = Balances::balance(&treasury);
		let call = RuntimeCall::Balances(pallet_balances::Call::transfer_keep_alive {
			dest: Eve.to_account_id().into(),
			value: DMEX,
		});
		block(|| {
			let extension = transactions::extension(sp_runtime::generic::Era::Immortal, 0);
			let payload = SignedPayload::new(call.clone(), extension.clone()).expect("payload");
			let signature = payload.using_encoded(|bytes| Bob.pair().sign(bytes));
			let signed = UncheckedExtrinsic::new_signed(
				call.clone(),
				Bob.to_account_id().into(),
				signature.into(),
				extension,
			);
			Executive::apply_extrinsic(signed).expect("valid").expect("applied");
		});
		let fee = Balances::balance(&treasury) - held;
		assert!(fee > 0, "four fifths of the fee are the treasury's");
		assert_eq!(Balances::total_issuance(), before, "nothing is burned");
	});
}
