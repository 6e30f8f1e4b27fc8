//! Safe mode, paused calls and what `pallet-nfts` leaves to users.

use super::harness::*;
use crate::*;
use frame_support::assert_noop;

fn transfer() -> RuntimeCall {
	RuntimeCall::Balances(pallet_balances::Call::transfer_keep_alive {
		dest: Eve.to_account_id().into(),
		value: DMEX,
	})
}

#[test]
fn ten_blocks_of_safe_mode_are_built_and_it_is_left_by_referendum() {
	storyline(genesis::LOCAL, || {
		block(|| {
			root(pallet_safe_mode::Call::force_enter {}).expect("Root may");
		});
		block(|| {
			assert_noop!(call(Bob, transfer()), frame_system::Error::<Runtime>::CallFiltered);
		});
		blocks(10);
		assert!(SafeMode::is_entered(), "still on");
		super::governance::pass_by_public_referendum(RuntimeCall::SafeMode(
			pallet_safe_mode::Call::force_exit {},
		));
		assert!(!SafeMode::is_entered(), "the holders ended it");
		block(|| call(Bob, transfer()).expect("transfers go on"));
	});
}

/// Whether a call never reaches its pallet.
fn is_filtered(what: impl Into<RuntimeCall>) -> bool {
	let result = call(Bob, what).map(|_| ()).map_err(|error| error.error);
	result == Err(frame_system::Error::<Runtime>::CallFiltered.into())
}

/// Calls that only bring one's own money back, or tell what has happened outside.
fn returns() -> Vec<RuntimeCall> {
	use pallet_gateway::types::{Deposit, Input, Lane, Target};
	let hash = sp_core::H256::zero();
	let who = Bob.to_account_id();
	let deposit = Deposit {
		asset: 1,
		transaction: hash,
		output: 0,
		address: Default::default(),
		amount: 1,
		height: 1,
	};
	vec![
		pallet_income::Call::close_day { lot: 9 }.into(),
		pallet_income::Call::remit { lot: 9, amount: 1 }.into(),
		pallet_income::Call::claim { series: 9, title: 9 }.into(),
		pallet_income::Call::claim_liens { series: 9 }.into(),
		pallet_income::Call::claim_owed { asset: 1 }.into(),
		pallet_income::Call::take_provider_part { lot: 9 }.into(),
		pallet_fee_choice::Call::choose_fee_asset { terms: None }.into(),
		pallet_market::Call::claim_slices { lot: 9 }.into(),
		pallet_market::Call::retry_refund { lot: 9, day: 9 }.into(),
		pallet_market::Call::return_deposit { lot: 9, title: 9 }.into(),
		pallet_market::Call::settle_auction { series: 9, order: 9 }.into(),
		pallet_market::Call::close_order { series: 9, order: 9 }.into(),
		pallet_power_rewards::Call::unstake { series: 9, title: 9 }.into(),
		pallet_power_rewards::Call::claim { stakes: Default::default() }.into(),
		pallet_gateway::Call::withdraw_bond {}.into(),
		pallet_gateway::Call::attest_deposit { deposit }.into(),
		pallet_gateway::Call::mint_waiting { asset: 1, lane: Lane::Lots }.into(),
		pallet_gateway::Call::claim_owed { asset: 1, target: Target::Lot(9) }.into(),
		pallet_gateway::Call::accept_withdrawal { id: 9, inputs: Default::default() }.into(),
		pallet_gateway::Call::confirm_withdrawal { id: 9, transaction: hash, height: 1 }.into(),
		pallet_gateway::Call::fail_withdrawal {
			id: 9,
			input: Input { of: hash, index: 0 },
			spent_by: hash,
			height: 1,
		}
		.into(),
		pallet_gateway::Call::refund { id: 9 }.into(),
		pallet_gateway::Call::drop_vote { ballot: hash, custodian: who }.into(),
		pallet_gateway::Call::fill_days { lot: 9 }.into(),
	]
}

#[test]
fn in_safe_mode_money_comes_back_and_nothing_new_begins() {
	let risks = || -> Vec<RuntimeCall> {
		vec![
			pallet_market::Call::buy_primary { lot: 9, order: 9, units: 1, max_price: 1 }.into(),
			pallet_market::Call::bid { series: 9, order: 9, amount: 1, accept_suspended: true }
				.into(),
			pallet_power_rewards::Call::stake { series: 9, title: 9 }.into(),
			pallet_gateway::Call::request_address { asset: 1 }.into(),
			pallet_gateway::Call::withdraw { asset: 1, amount: 1, address: Default::default() }
				.into(),
			pallet_gateway::Call::unbond { amount: 1 }.into(),
			pallet_gateway::Call::faucet { asset: 1, amount: 1 }.into(),
			RuntimeCall::Nfts(pallet_nfts::Call::transfer {
				collection: 9,
				item: 9,
				dest: Bob.to_account_id().into(),
			}),
		]
	};
	storyline(genesis::LOCAL, || {
		block(|| {
			for risk in risks() {
				assert!(!is_filtered(risk.clone()), "the control: {risk:?}");
			}
		});
		block(|| root(pallet_safe_mode::Call::force_enter {})).expect("Root may");
		block(|| {
			for returned in returns() {
				assert!(!is_filtered(returned.clone()), "{returned:?}");
			}
			for risk in risks() {
				assert!(is_filtered(risk.clone()), "{risk:?}");
			}
		});
	});
}

#[test]
fn what_keeps_the_chain_alive_cannot_be_paused() {
	let name = |pallet: &str, call: &str| {
		(
			pallet.as_bytes().to_vec().try_into().expect("short"),
			call.as_bytes().to_vec().try_into().expect("short"),
		)
	};
	storyline(genesis::LOCAL, || {
		for (pallet, call) in [
			("Timestamp", "set"),
			("PoolOracle", "vote"),
			("Democracy", "vote"),
			("Grandpa", "note_stalled"),
		] {
			block(|| {
				let refused = root(pallet_tx_pause::Call::pause { full_name: name(pallet, call) });
				assert_eq!(
					refused.map(|_| ()).map_err(|error| error.error),
					Err(pallet_tx_pause::Error::<Runtime>::Unpausable.into()),
					"{pallet}.{call}"
				);
			});
		}
		block(|| {
			root(pallet_tx_pause::Call::pause {
				full_name: name("Balances", "transfer_keep_alive"),
			})
			.expect("other calls can be paused");
		});
		block(|| {
			assert_noop!(call(Bob, transfer()), frame_system::Error::<Runtime>::CallFiltered);
		});
	});
}

#[test]
fn the_unpausable_pallets_exist() {
	use crate::filter::Unpausable;
	use frame_support::traits::{Contains, PalletsInfoAccess};
	let names: Vec<_> = AllPalletsWithSystem::infos().into_iter().map(|info| info.name).collect();
	let safe = names.iter().filter(|name| {
		let full = (
			name.as_bytes().to_vec().try_into().expect("short"),
			b"any".to_vec().try_into().expect("short"),
		);
		Unpausable::contains(&full)
	});
	assert_eq!(safe.count(), 19, "a renamed pallet would silently become pausable");
}

#[test]
fn users_reach_only_transfers_of_nfts() {
	use crate::filter::UserCalls;
	use frame_support::traits::Contains;
	let burn = RuntimeCall::Nfts(pallet_nfts::Call::burn { collection: 0, item: 0 });
	let price = RuntimeCall::Nfts(pallet_nfts::Call::set_price {
		collection: 0,
		item: 0,
		price: None,
		whitelisted_buyer: None,
	});
	let create = RuntimeCall::Nfts(pallet_nfts::Call::create {
		admin: Bob.to_account_id().into(),
		config: Default::default(),
	});
	let transfer = RuntimeCall::Nfts(pallet_nfts::Call::transfer {
		collection: 0,
		item: 0,
		dest: Bob.to_account_id().into(),
	});
	for refused in [burn, price, create] {
		assert!(!UserCalls::contains(&refused), "{refused:?}");
	}
	assert!(UserCalls::contains(&transfer));
}
