//! What goes in and out, and how its addresses are written.

use crate::{mock::*, Error, GateList};
use dmex_addresses::Network;
use dmex_primitives::{facts::Priced, AssetId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, Permill};

#[test]
fn only_a_referendum_sets_a_gate() {
	build_and_execute(|| {
		let set = Gateway::set_gate(signed(anna()), Priced::Stable, terms());
		assert_eq!(set, Err(DispatchError::BadOrigin));
		let new = crate::types::GateTerms { finality: 12, bond_share: Permill::zero(), ..terms() };
		assert_ok!(Gateway::set_gate(RuntimeOrigin::root(), Priced::Coin(3), new));
		assert_eq!(Gateway::gate(4).unwrap().terms.finality, 12);
		assert_eq!(Gateway::gates(), [USD, WBTC, WBCH, WFIL, 4]);
	});
}

#[test]
fn an_impossible_gate_is_refused() {
	build_and_execute(|| {
		let refused = |of, change: fn(&mut crate::types::GateTerms), why: Error<Test>| {
			let mut terms = terms();
			change(&mut terms);
			assert_noop!(Gateway::set_gate(RuntimeOrigin::root(), of, terms), why);
		};
		refused(Priced::Coin(77), |_| (), Error::UnknownCoin);
		// The coin is known, its asset does not exist.
		refused(Priced::Coin(9), |_| (), Error::UnknownCoin);
		refused(Priced::Stable, |terms| terms.network = Network::Main, Error::NetworkFixed);
		refused(
			Priced::Stable,
			|terms| terms.withdrawal_fee = terms.least_withdrawal,
			Error::FeeNotBelowLeast,
		);
		refused(Priced::Stable, |terms| terms.least_deposit = 0, Error::LeastDepositOutOfRange);
		refused(
			Priced::Stable,
			|terms| terms.least_deposit = terms.least_withdrawal + 1,
			Error::LeastDepositOutOfRange,
		);
		// The three others have a fifth each.
		refused(
			Priced::Stable,
			|terms| terms.bond_share = Permill::from_percent(41),
			Error::BondSharesExceedAll,
		);
		set_terms(Priced::Stable, |terms| terms.bond_share = Permill::from_percent(40));
		GateList::<Test>::mutate(|list| while list.try_push(1_000).is_ok() {});
		refused(Priced::Coin(3), |terms| terms.bond_share = Permill::zero(), Error::TooManyGates);
		GateList::<Test>::mutate(|list| list.truncate(4));
	});
}

#[test]
fn an_address_is_checked_as_its_coin_writes_it() {
	build_and_execute(|| {
		let withdraw = |asset: AssetId, address: &str| {
			Gateway::withdraw(signed(dora()), asset, 5_000, text(address))
		};
		for asset in [WBTC, WBCH, WFIL] {
			assert_ok!(Gateway::faucet(signed(dora()), asset, 10_000));
		}
		let bitcoin = "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2";
		let cash = "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a";
		let filecoin = "f17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy";
		let evm = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
		for (asset, fine, others) in [
			(WBTC, bitcoin, [cash, filecoin, evm]),
			(WBCH, cash, [bitcoin, filecoin, evm]),
			(WFIL, filecoin, [bitcoin, cash, evm]),
			(USD, evm, [bitcoin, cash, filecoin]),
		] {
			for other in others {
				assert!(withdraw(asset, other).is_err(), "{other} as {asset}");
			}
			if asset == USD {
				// Three are open.
				assert_ok!(Gateway::refund(signed(dora()), 0));
			}
			assert_ok!(withdraw(asset, fine));
		}
		assert_eq!(Gateway::withdrawal(1).unwrap().withdrawal.address, text(cash));
		assert_noop!(
			withdraw(WBTC, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"),
			Error::<Test>::AddressChecksum
		);
		assert_noop!(withdraw(WBTC, ""), Error::<Test>::AddressLength);
		assert_noop!(withdraw(WBTC, "not an address"), Error::<Test>::AddressCharacter);
		assert_noop!(
			withdraw(WFIL, "f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa"),
			Error::<Test>::AddressKind
		);
		assert_noop!(withdraw(99, bitcoin), Error::<Test>::UnknownGate);
	});
}

#[test]
fn a_gate_of_the_main_network_takes_no_other_addresses() {
	let mut genesis = genesis();
	genesis.gates[1].1.network = Network::Main;
	execute(ext_with(genesis), || {
		assert_ok!(Gateway::faucet(signed(dora()), WBTC, 10_000));
		let test = text("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7");
		assert_noop!(
			Gateway::withdraw(signed(dora()), WBTC, 5_000, test),
			Error::<Test>::AddressOfOtherNetwork
		);
	});
}
