//! Each invariant with a sabotaged state that the check must catch.

use crate::{
	mock::*,
	types::{Became, UNITS_KEY},
	Deposits, LiveTitles, Series, Sources, Tombstones,
};
use dmex_primitives::titles::Origin;
use frame_support::traits::{
	fungible::MutateHold,
	tokens::{nonfungibles_v2::Mutate, Precision},
};

/// Titles 1 and 2 are parts of 0; 4 is the sum of 2 and 3; all are Alice's.
fn sabotage(break_it: impl FnOnce(), rule: &'static str) {
	ext().execute_with(|| {
		let title = issue(alice(), 10);
		let parts = divide(title, &[4, 6]).unwrap();
		let other = issue(alice(), 5);
		join(&[parts[1], other]).unwrap();
		Titles::do_try_state().unwrap();
		break_it();
		assert_eq!(Titles::do_try_state(), Err(rule.into()));
	});
}

fn rewrite(id: u32, change: impl FnOnce(&mut dmex_primitives::titles::Title)) {
	LiveTitles::<Test>::mutate(LOT, id, |title| change(title.as_mut().unwrap()));
}

fn show(id: u32, units: u128) {
	<Nfts as Mutate<_, _>>::set_attribute(&LOT, &id, UNITS_KEY, units.to_string().as_bytes())
		.unwrap();
}

#[test]
fn a_unit_forgotten_on_split_is_caught() {
	sabotage(
		|| {
			rewrite(1, |title| title.units = 3);
			show(1, 3);
			Series::<Test>::mutate(LOT, |record| record.as_mut().unwrap().issued -= 1);
		},
		"split does not conserve units",
	);
}

#[test]
fn a_unit_made_on_merge_is_caught() {
	sabotage(
		|| {
			rewrite(4, |title| title.units += 1);
			show(4, 12);
			Series::<Test>::mutate(LOT, |record| record.as_mut().unwrap().issued += 1);
		},
		"merge does not conserve units",
	);
}

#[test]
fn a_miscounted_sum_is_caught() {
	sabotage(
		|| Series::<Test>::mutate(LOT, |record| record.as_mut().unwrap().issued -= 1),
		"units of the titles are not what is issued",
	);
}

#[test]
fn a_miscounted_number_of_titles_is_caught() {
	sabotage(
		|| Series::<Test>::mutate(LOT, |record| record.as_mut().unwrap().titles += 1),
		"titles are miscounted",
	);
}

#[test]
fn a_burn_outside_the_books_is_caught() {
	sabotage(|| Nfts::burn(RuntimeOrigin::signed(alice()), LOT, 1).unwrap(), "a title has no item");
}

#[test]
fn an_item_minted_outside_the_books_is_caught() {
	sabotage(
		|| {
			<Nfts as Mutate<_, _>>::mint_into(&LOT, &50, &alice(), &Default::default(), true)
				.unwrap()
		},
		"an item has no title",
	);
}

#[test]
fn an_attribute_that_lies_is_caught() {
	sabotage(|| show(1, 400), "an item shows other units");
}

#[test]
fn a_title_of_nothing_is_caught() {
	sabotage(
		|| {
			rewrite(1, |title| title.units = 0);
			show(1, 0);
		},
		"a title holds nothing",
	);
}

#[test]
fn a_buried_title_that_lives_is_caught() {
	sabotage(
		|| {
			let stone = Tombstones::<Test>::get(LOT, 0).unwrap();
			Tombstones::<Test>::insert(LOT, 1, stone);
		},
		"a buried title lives",
	);
}

#[test]
fn a_lost_tombstone_is_caught() {
	sabotage(|| Tombstones::<Test>::remove(LOT, 0), "an id is neither alive nor buried");
}

#[test]
fn an_id_used_ahead_of_its_time_is_caught() {
	sabotage(
		|| Series::<Test>::mutate(LOT, |record| record.as_mut().unwrap().next_title = 2),
		"a title has an id that was not given yet",
	);
}

#[test]
fn a_forged_origin_is_caught() {
	sabotage(|| rewrite(1, |title| title.origin = Origin::Issued), "a part has another origin");
	sabotage(
		|| rewrite(4, |title| title.origin = Origin::Issued),
		"a merged title has another origin",
	);
}

#[test]
fn a_forgotten_source_is_caught() {
	sabotage(|| Sources::<Test>::remove(LOT, 4), "a merged title does not name its source");
	sabotage(
		|| Sources::<Test>::insert(LOT, 1, crate::types::TitleIds::default()),
		"sources of a title that was not merged",
	);
}

#[test]
fn a_tombstone_that_names_the_wrong_heir_is_caught() {
	sabotage(
		|| {
			Tombstones::<Test>::mutate(LOT, 0, |stone| {
				stone.as_mut().unwrap().became = Became::Parts { first: 1, count: 1 }
			})
		},
		"split does not conserve units",
	);
}

#[test]
fn a_deposit_that_was_not_taken_is_caught() {
	sabotage(
		|| {
			Balances::release(
				&crate::HoldReason::TitleStorage.into(),
				&alice(),
				1,
				Precision::Exact,
			)
			.unwrap();
		},
		"deposits on hold are not what the books say",
	);
	sabotage(|| Deposits::<Test>::remove(LOT, 1), "a title without a deposit");
	sabotage(
		|| {
			let deposit = Deposits::<Test>::get(LOT, 1).unwrap();
			Deposits::<Test>::insert(LOT, 0, deposit);
		},
		"a deposit for no title",
	);
}

#[test]
fn a_title_outside_a_series_is_caught() {
	sabotage(
		|| {
			let title = LiveTitles::<Test>::get(LOT, 1).unwrap();
			LiveTitles::<Test>::insert(77, 0, title);
		},
		"a title lives outside a series",
	);
}
