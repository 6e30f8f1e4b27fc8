use crate::{mock::*, Error, Event};
use dmex_primitives::titles::{LockReason, Titles as _};
use frame_support::{assert_noop, assert_ok, traits::Locker};

type NftsError = pallet_nfts::Error<Test>;

fn transfer(item: u32, dest: dmex_primitives::AccountId) -> pallet_nfts::Call<Test> {
	pallet_nfts::Call::transfer { collection: LOT, item, dest }
}

#[test]
fn a_locked_title_stands_still() {
	build_and_execute(|| {
		let title = issue(alice(), 10);
		assert_ok!(Titles::lock(LOT, title, LockReason::Auction));
		System::assert_last_event(
			Event::Locked { series: LOT, title, reason: LockReason::Auction }.into(),
		);
		assert!(<Titles as Locker<u32, u32>>::is_locked(LOT, title));
		assert_noop!(call(alice(), transfer(title, bob())), NftsError::ItemLocked);
		assert_noop!(Nfts::burn(RuntimeOrigin::signed(alice()), LOT, title), NftsError::ItemLocked);
		assert_eq!(owner_of(title), Some(alice()));
	});
}

#[test]
fn the_locker_says_free_of_what_it_does_not_know() {
	build_and_execute(|| {
		assert!(!<Titles as Locker<u32, u32>>::is_locked(LOT, 77));
		assert!(!<Titles as Locker<u32, u32>>::is_locked(78, 0));
		let title = issue(alice(), 10);
		assert!(!<Titles as Locker<u32, u32>>::is_locked(LOT, title));
	});
}

#[test]
fn a_title_has_one_lock_and_only_its_reason_opens_it() {
	build_and_execute(|| {
		let title = issue(alice(), 10);
		assert_noop!(Titles::unlock(LOT, title, LockReason::Pledge), Error::<Test>::TitleNotLocked);
		assert_ok!(Titles::lock(LOT, title, LockReason::Pledge));
		assert_noop!(Titles::lock(LOT, title, LockReason::Deal), Error::<Test>::TitleLocked);
		assert_noop!(
			Titles::unlock(LOT, title, LockReason::Deal),
			Error::<Test>::LockedForAnotherReason
		);
		assert_ok!(Titles::unlock(LOT, title, LockReason::Pledge));
		System::assert_last_event(
			Event::Unlocked { series: LOT, title, reason: LockReason::Pledge }.into(),
		);
		assert_ok!(call(alice(), transfer(title, bob())));
		assert_noop!(Titles::lock(LOT, 9, LockReason::Deal), Error::<Test>::UnknownTitle);
	});
}

#[test]
fn an_approval_given_under_a_lock_dies_with_the_lock() {
	build_and_execute(|| {
		let title = issue(alice(), 10);
		assert_ok!(Titles::lock(LOT, title, LockReason::Pledge));
		let approve = pallet_nfts::Call::approve_transfer {
			collection: LOT,
			item: title,
			delegate: bob(),
			maybe_deadline: None,
		};
		assert_ok!(call(alice(), approve));
		assert_noop!(call(bob(), transfer(title, bob())), NftsError::ItemLocked);
		assert_ok!(Titles::unlock(LOT, title, LockReason::Pledge));
		assert_noop!(call(bob(), transfer(title, bob())), NftsError::NoPermission);
		assert_eq!(owner_of(title), Some(alice()));
	});
}
