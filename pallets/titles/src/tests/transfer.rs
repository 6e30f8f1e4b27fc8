use crate::{mock::*, Error};
use dmex_primitives::titles::{LockReason, Titles as _};
use frame_support::{assert_noop, assert_ok};

#[test]
fn a_wallet_moves_a_title_with_the_standard_call() {
	build_and_execute(|| {
		let item = issue(alice(), 10);
		Log::set(vec![]);
		assert_ok!(call(
			alice(),
			pallet_nfts::Call::transfer { collection: LOT, item, dest: bob() }
		));
		assert_eq!(Titles::title(LOT, item).unwrap().0, bob());
		// There is no hook: what is unpaid travels along.
		assert_eq!(Log::get(), vec![]);
		assert_noop!(
			call(alice(), pallet_nfts::Call::transfer { collection: LOT, item, dest: alice() }),
			pallet_nfts::Error::<Test>::NoPermission
		);
	});
}

#[test]
fn users_cannot_destroy_titles_or_make_collections() {
	build_and_execute(|| {
		let item = issue(alice(), 10);
		let filtered = frame_system::Error::<Test>::CallFiltered;
		assert_noop!(call(alice(), pallet_nfts::Call::burn { collection: LOT, item }), filtered);
		assert_noop!(
			Nfts::create(
				RuntimeOrigin::signed(alice()),
				alice(),
				pallet_nfts::CollectionConfig {
					settings: pallet_nfts::CollectionSettings::all_enabled(),
					max_supply: None,
					mint_settings: Default::default(),
				}
			),
			sp_runtime::DispatchError::BadOrigin
		);
		assert_noop!(
			Nfts::mint(RuntimeOrigin::signed(alice()), LOT, 9, alice(), None),
			pallet_nfts::Error::<Test>::NoPermission
		);
		assert_eq!(units_of(item), Some(10));
	});
}

#[test]
fn settle_and_transfer_pays_the_seller_first() {
	build_and_execute(|| {
		let title = issue(alice(), 10);
		Log::set(vec![]);
		assert_ok!(Titles::settle_and_transfer(LOT, title, &bob()));
		assert_eq!(Log::get(), vec![Hook::Settle(title, alice())]);
		assert_eq!(owner_of(title), Some(bob()));
		assert_noop!(Titles::settle_and_transfer(LOT, 9, &bob()), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn settle_and_transfer_goes_through_a_lock_and_keeps_it() {
	build_and_execute(|| {
		let title = issue(alice(), 10);
		assert_ok!(Titles::lock(LOT, title, LockReason::Pledge));
		assert_ok!(Titles::settle_and_transfer(LOT, title, &bob()));
		let (owner, record) = Titles::title(LOT, title).unwrap();
		assert_eq!((owner, record.locked_by), (bob(), Some(LockReason::Pledge)));
	});
}
