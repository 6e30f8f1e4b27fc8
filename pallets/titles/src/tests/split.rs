use crate::{mock::*, types::Became, Call, Error, Event, Tombstones};
use dmex_primitives::titles::{LockReason, Origin, Titles as _};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn split(title: u32, parts: &[u128]) -> Call<Test> {
	Call::split { series: LOT, title, parts: parts.to_vec().try_into().unwrap() }
}

#[test]
fn split_mints_new_ids_and_buries_the_old_one() {
	build_and_execute(|| {
		let parent = issue(alice(), 10);
		assert_ok!(call(alice(), split(parent, &[3, 6, 1])));

		assert_eq!(owner_of(parent), None);
		assert_eq!(Titles::title(LOT, parent), None);
		for (id, units) in [(1, 3), (2, 6), (3, 1)] {
			let (owner, title) = Titles::title(LOT, id).unwrap();
			assert_eq!((owner, title.units), (alice(), units));
			assert_eq!(title.origin, Origin::SplitFrom(parent));
			assert_eq!(title.first_day, 101);
		}
		assert_eq!(Titles::issued(LOT), 10);
		let tombstone = Tombstones::<Test>::get(LOT, parent).unwrap();
		assert_eq!(tombstone.units, 10);
		assert_eq!(tombstone.became, Became::Parts { first: 1, count: 3 });
		System::assert_last_event(
			Event::Split {
				series: LOT,
				title: parent,
				parts: vec![(1, 3), (2, 6), (3, 1)].try_into().unwrap(),
			}
			.into(),
		);
	});
}

#[test]
fn split_asks_then_settles_then_tells_the_hooks() {
	build_and_execute(|| {
		let parent = issue(alice(), 10);
		Log::set(vec![]);
		assert_ok!(call(alice(), split(parent, &[4, 6])));
		assert_eq!(
			Log::get(),
			vec![
				Hook::CanSplit(parent),
				Hook::Settle(parent, alice()),
				Hook::Split(parent, vec![(1, 4), (2, 6)]),
			]
		);
	});
}

#[test]
fn split_changes_nothing_when_a_hook_refuses() {
	build_and_execute(|| {
		let parent = issue(alice(), 10);
		Refused::set(true);
		assert_noop!(call(alice(), split(parent, &[4, 6])), DispatchError::Other("RightsDiffer"));
		assert!(!Log::get().contains(&Hook::Settle(parent, alice())));
	});
}

#[test]
fn split_refuses_parts_that_do_not_divide_the_title() {
	build_and_execute(|| {
		let parent = issue(alice(), 10);
		for (parts, error) in [
			(vec![], Error::<Test>::TooFewParts),
			(vec![10], Error::TooFewParts),
			(vec![10, 0], Error::ZeroUnits),
			(vec![5, 4], Error::PartsDoNotAddUp),
			(vec![5, 6], Error::PartsDoNotAddUp),
			(vec![u128::MAX, 11], Error::PartsDoNotAddUp),
		] {
			assert_noop!(call(alice(), split(parent, &parts)), error);
		}
		assert_noop!(divide(parent, &[1; 17]), Error::<Test>::TooManyParts);
	});
}

#[test]
fn only_the_owner_splits_a_living_unlocked_title() {
	build_and_execute(|| {
		let parent = issue(alice(), 10);
		assert_noop!(call(bob(), split(parent, &[4, 6])), Error::<Test>::NotOwner);
		assert_noop!(call(alice(), split(9, &[4, 6])), Error::<Test>::UnknownTitle);
		assert_ok!(Titles::lock(LOT, parent, LockReason::Pledge));
		assert_noop!(call(alice(), split(parent, &[4, 6])), Error::<Test>::TitleLocked);
		assert_ok!(Titles::unlock(LOT, parent, LockReason::Pledge));
		assert_ok!(call(alice(), split(parent, &[4, 6])));
		// The old id is dead for ever.
		assert_noop!(call(alice(), split(parent, &[4, 6])), Error::<Test>::UnknownTitle);
	});
}
