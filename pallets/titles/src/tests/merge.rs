use crate::{mock::*, types::Became, Call, Error, Event, Sources, Tombstones};
use dmex_primitives::titles::{LockReason, Origin, Titles as _};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn merge(titles: &[u32]) -> Call<Test> {
	Call::merge { series: LOT, titles: titles.to_vec().try_into().unwrap() }
}

#[test]
fn merge_mints_the_sum_under_a_new_id() {
	build_and_execute(|| {
		let (a, b) = (issue(alice(), 3), issue(alice(), 4));
		assert_ok!(call(alice(), merge(&[b, a])));
		let (owner, title) = Titles::title(LOT, 2).unwrap();
		assert_eq!((owner, title.units, title.first_day), (alice(), 7, 101));
		assert_eq!(title.origin, Origin::Merged);
		assert_eq!((owner_of(a), owner_of(b)), (None, None));
		assert_eq!(Tombstones::<Test>::get(LOT, a).unwrap().became, Became::Merged(2));
		assert_eq!(Tombstones::<Test>::get(LOT, b).unwrap().became, Became::Merged(2));
		assert_eq!(Sources::<Test>::get(LOT, 2).unwrap().to_vec(), vec![b, a]);
		assert_eq!(Titles::issued(LOT), 7);
		System::assert_last_event(
			Event::Merged {
				series: LOT,
				titles: vec![b, a].try_into().unwrap(),
				merged: 2,
				units: 7,
			}
			.into(),
		);
	});
}

#[test]
fn merge_asks_then_settles_each_then_tells_the_hooks() {
	build_and_execute(|| {
		let (a, b) = (issue(alice(), 3), issue(alice(), 4));
		Log::set(vec![]);
		assert_ok!(call(alice(), merge(&[a, b])));
		assert_eq!(
			Log::get(),
			vec![
				Hook::CanMerge(vec![a, b]),
				Hook::Settle(a, alice()),
				Hook::Settle(b, alice()),
				Hook::Merge(vec![a, b], 2),
			]
		);
	});
}

#[test]
fn merge_fails_when_the_hooks_say_that_rights_differ() {
	build_and_execute(|| {
		let (a, b) = (issue(alice(), 3), issue(alice(), 4));
		Refused::set(true);
		assert_noop!(call(alice(), merge(&[a, b])), DispatchError::Other("RightsDiffer"));
	});
}

#[test]
fn a_title_cannot_be_counted_twice() {
	build_and_execute(|| {
		let (a, b) = (issue(alice(), 3), issue(alice(), 4));
		assert_noop!(call(alice(), merge(&[a, a])), Error::<Test>::DuplicateTitle);
		assert_noop!(call(alice(), merge(&[a, b, a])), Error::<Test>::DuplicateTitle);
		assert_noop!(call(alice(), merge(&[a])), Error::<Test>::TooFewParts);
		assert_noop!(call(alice(), merge(&[])), Error::<Test>::TooFewParts);
		let many: Vec<u32> = (0..17).collect();
		assert_noop!(join(&many), Error::<Test>::TooManyParts);
	});
}

#[test]
fn merge_takes_unlocked_titles_of_one_owner_and_series() {
	build_and_execute(|| {
		let (a, b) = (issue(alice(), 3), issue(bob(), 4));
		assert_noop!(call(alice(), merge(&[a, b])), Error::<Test>::NotOwner);
		assert_noop!(join(&[a, b]), Error::<Test>::OwnersDiffer);
		assert_noop!(call(alice(), merge(&[a, 9])), Error::<Test>::UnknownTitle);
		assert_ok!(Titles::open_series(6, &[]));
		assert_ok!(Titles::issue(6, &alice(), 1, 101));
		assert_ok!(Titles::issue(6, &alice(), 1, 101));
		assert_eq!(Titles::title(LOT, 1).unwrap().0, bob());
		let c = issue(alice(), 5);
		assert_ok!(Titles::lock(LOT, c, LockReason::Deal));
		assert_noop!(call(alice(), merge(&[a, c])), Error::<Test>::TitleLocked);
	});
}

#[test]
fn titles_with_different_first_days_merge_only_when_all_have_come() {
	build_and_execute(|| {
		let a = Titles::issue(LOT, &alice(), 3, 101).unwrap();
		let b = Titles::issue(LOT, &alice(), 4, 103).unwrap();
		Today::set(102);
		assert_noop!(call(alice(), merge(&[a, b])), Error::<Test>::FirstDaysDiffer);
		Today::set(103);
		assert_ok!(call(alice(), merge(&[a, b])));
		assert_eq!(Titles::title(LOT, 2).unwrap().1.first_day, 103);
	});
}

#[test]
fn parts_merge_back_into_another_id() {
	build_and_execute(|| {
		let parent = issue(alice(), 10);
		let parts = divide(parent, &[4, 6]).unwrap();
		let whole = join(&parts).unwrap();
		assert_eq!(whole, 3);
		assert_eq!(units_of(whole), Some(10));
		assert_eq!(owner_of(parent), None);
	});
}
