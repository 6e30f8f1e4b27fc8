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
