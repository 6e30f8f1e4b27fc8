use crate::{
	mock::*,
	weights::{merge_weight, split_weight},
	Call,
};
use dmex_primitives::rights::MAX_LIENS;
use frame_support::{
	dispatch::{extract_actual_weight, GetDispatchInfo},
	weights::Weight,
};
use sp_runtime::traits::Dispatchable;

/// What a call takes in advance, and what it keeps.
fn weighed(who: dmex_primitives::AccountId, call: Call<Test>) -> (Weight, Weight) {
	let call = RuntimeCall::from(call);
	let info = call.get_dispatch_info();
	let done = call.dispatch(RuntimeOrigin::signed(who));
	(info.call_weight, extract_actual_weight(&done, &info))
}

fn split(title: u32, parts: &[u128]) -> Call<Test> {
	Call::split { series: LOT, title, parts: parts.to_vec().try_into().unwrap() }
}

#[test]
fn a_split_takes_the_most_liens_in_advance_and_keeps_those_of_the_title() {
	build_and_execute(|| {
		let parts = [3, 6, 1];
		let (first, second) = (issue(alice(), 10), issue(alice(), 10));
		let most = split_weight::<()>(3, MAX_LIENS);
		assert_eq!(weighed(alice(), split(first, &parts)), (most, split_weight::<()>(3, 0)));
		Liens::set(5);
		assert_eq!(weighed(alice(), split(second, &parts)), (most, split_weight::<()>(3, 5)));
		assert_eq!(split_weight::<()>(3, 5) - split_weight::<()>(3, 0), liens(2 * 5));
	});
}

#[test]
fn a_split_that_fails_keeps_no_more_than_one_that_succeeds() {
	build_and_execute(|| {
		let title = issue(alice(), 10);
		let (most, kept) = weighed(bob(), split(title, &[4, 6]));
		assert_eq!((most, kept), (split_weight::<()>(2, MAX_LIENS), split_weight::<()>(2, 0)));
	});
}

#[test]
fn a_merge_counts_the_liens_of_all_titles() {
	build_and_execute(|| {
		let titles = vec![issue(alice(), 1), issue(alice(), 2)];
		Liens::set(3);
		let merge = Call::merge { series: LOT, titles: titles.try_into().unwrap() };
		let (most, kept) = weighed(alice(), merge);
		assert_eq!(most, merge_weight::<()>(2, 2 * MAX_LIENS));
		assert_eq!(kept, merge_weight::<()>(2, 6));
	});
}

fn liens(count: u32) -> Weight {
	<() as crate::WeightInfo>::split_liens(count)
}
