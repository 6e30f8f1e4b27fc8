//! Each invariant with a sabotaged state that the check must catch.

use crate::{mock::*, types::*, Awards, AwardsFlow, Books, InAccount, Owed, Pages, PotChanges};
use dmex_math::Fine;
use dmex_primitives::{
	rights::{Awards as _, Days},
	Day,
};
use frame_support::{
	assert_ok,
	traits::{fungible::MutateHold, fungibles::Mutate, tokens::Precision},
};

/// Two titles of 60 and 40 units; Carol has a lien on the first for the days 102 to 149; day 101 is
/// full, 102 to 104 were lost with 300 made up and 100 STABLE awarded; today is 120.
fn sabotage(break_it: impl FnOnce(), rule: &'static str) {
	ext().execute_with(|| {
		issue(&alice(), 60);
		issue(&bob(), 40);
		assert_ok!(assign(0, 102, 150, &carol()));
		full_day(101, 1_000, 100);
		for day in 102..105 {
			agree(day, 1_000, 100);
		}
		go_to(110);
		give(&provider(), ASSET, 300);
		assert_ok!(Income::remit(RuntimeOrigin::signed(provider()), LOT, 300));
		Yield::set(Some(0));
		go_to(120);
		give(&gateway(), STABLE, 100);
		assert_ok!(Income::grant(LOT, days(102, 105), STABLE, 100, &gateway()));
		claim(1);
		Income::do_try_state().unwrap();
		break_it();
		assert_eq!(Income::do_try_state(), Err(rule.into()));
	});
}

fn book(change: impl FnOnce(&mut Book)) {
	Books::<Test>::mutate(LOT, |book| change(book.as_mut().unwrap()));
}

fn record(day: Day, change: impl FnOnce(&mut DayRecord)) {
	let (page, slot) = place(FIRST, day).unwrap();
	Pages::<Test>::mutate(LOT, page, |page| change(&mut page[slot]));
}

fn title(id: u32, change: impl FnOnce(&mut TitleBook<dmex_primitives::AccountId>)) {
	crate::TitleBooks::<Test>::mutate(LOT, id, |title| change(title.as_mut().unwrap()));
}

#[test]
fn what_arrived_understated_by_one_is_caught() {
	sabotage(|| book(|book| book.flows.arrived -= 1), "what arrived is not where it went");
}

#[test]
fn a_deposit_that_was_lost_is_caught() {
	sabotage(|| book(|book| book.flows.to_provider += 1), "what arrived is not where it went");
	sabotage(|| book(|book| book.provider_part += 1), "the provider's part is not what it got");
}

#[test]
fn a_day_that_delivered_one_less_is_caught() {
	sabotage(|| record(101, |day| day.delivered -= 1), "an index of what was short is wrong");
	sabotage(
		|| {
			record(101, |day| {
				day.delivered -= 1;
				day.due -= 1;
			})
		},
		"days do not add up to the flows",
	);
}

#[test]
fn an_index_rounded_up_is_caught() {
	sabotage(
		|| {
			book(|book| {
				book.delivered.index =
					book.delivered.index.checked_add(Fine::of_fraction(1)).unwrap()
			})
		},
		"delivered is not index by units and carry",
	);
}

#[test]
fn a_carry_that_was_dropped_is_caught() {
	sabotage(
		|| book(|book| book.made_up.carry = Fine::of_fraction(5)),
		"made up is not index by units and carry",
	);
}

#[test]
fn a_claim_rounded_up_is_caught() {
	sabotage(|| book(|book| book.flows.paid += 1), "what was divided is not paid and unpaid");
	sabotage(
		|| title(1, |title| title.cursor.carry = Fine::of_fraction(1)),
		"what was divided is not paid and unpaid",
	);
}

#[test]
fn a_day_paid_twice_is_caught() {
	sabotage(
		|| title(1, |title| title.cursor.paid_until = 101),
		"what was divided is not paid and unpaid",
	);
	sabotage(
		|| title(1, |title| title.cursor.made_up = Fine::ZERO),
		"what was divided is not paid and unpaid",
	);
	// An award paid twice: what others are to get is no longer there.
	sabotage(
		|| title(1, |title| title.cursor.award = 0),
		"more is paid of awards than was granted",
	);
}

#[test]
fn a_day_divided_by_todays_units_is_caught() {
	sabotage(
		|| {
			issue(&bob(), 100);
			record(104, |day| day.units = 200);
		},
		"an index of what was short is wrong",
	);
	sabotage(
		|| {
			record(110, |day| {
				assert_eq!(day.due, 0);
				day.units = 200
			})
		},
		"a day is divided by other units",
	);
	sabotage(|| book(|book| book.units = 99), "units of closed days are not those of the titles");
}

#[test]
fn a_lien_forgotten_on_split_is_caught() {
	sabotage(
		|| {
			let parts = vec![20, 40].try_into().unwrap();
			assert_ok!(Titles::split(RuntimeOrigin::signed(alice()), LOT, 0, parts));
			Income::do_try_state().unwrap();
			title(3, |title| title.liens.clear());
		},
		"units of a pot are not those of its titles",
	);
}

#[test]
fn units_of_a_pot_that_are_not_its_titles_are_caught() {
	sabotage(
		|| {
			PotChanges::<Test>::mutate((LOT, carol(), 102 / 32), |changes| {
				changes.as_mut().unwrap()[0].begin += 1
			})
		},
		"what was divided is not paid and unpaid",
	);
	sabotage(
		|| {
			PotChanges::<Test>::mutate((LOT, carol(), 150 / 32), |changes| {
				changes.as_mut().unwrap()[0].day -= 1
			})
		},
		"units of a pot are not those of its titles",
	);
	sabotage(
		|| title(0, |title| title.liens[0].days.end = 140),
		"units of a pot are not those of its titles",
	);
}

#[test]
fn liens_that_overlap_or_leave_the_term_are_caught() {
	sabotage(
		|| {
			title(0, |title| {
				let mut lien = title.liens[0].clone();
				lien.days = Days { first: 149, end: 160 };
				title.liens.try_push(lien).unwrap();
			})
		},
		"liens of a title overlap",
	);
	sabotage(|| title(0, |title| title.liens[0].days.end = LAST + 2), "a lien is outside the term");
}

#[test]
fn an_award_for_a_final_day_is_caught() {
	sabotage(
		|| {
			Awards::<Test>::mutate(LOT, 0, |award| {
				let award = award.as_mut().unwrap();
				award.days.first = award.final_until - 1
			})
		},
		"a final day has an award",
	);
}

#[test]
fn an_award_that_is_not_what_was_granted_is_caught() {
	let change = |change: fn(&mut Award)| {
		move || Awards::<Test>::mutate(LOT, 0, |award| change(award.as_mut().unwrap()))
	};
	sabotage(change(|award| award.amount += 1), "awards are not what was granted");
	sabotage(change(|award| award.lost -= 1), "an award is divided by another loss");
	sabotage(change(|award| award.days.end = 119), "an award comes before its time");
	sabotage(
		|| {
			Awards::<Test>::mutate(LOT, 0, |award| award.as_mut().unwrap().asset = ASSET);
			Awards::<Test>::mutate(LOT, 0, |award| award.as_mut().unwrap().amount = 1_000_000);
		},
		"an award is more than was lost",
	);
	sabotage(|| AwardsFlow::<Test>::remove(LOT, STABLE), "an award has no flow");
}

#[test]
fn debt_that_is_forgiven_is_caught() {
	sabotage(|| book(|book| book.debt += 1), "what was short is not made up, lost or owed");
	sabotage(
		|| {
			book(|book| {
				book.flows.lapsed -= 1;
				book.debt += 1
			})
		},
		"what was lost is miscounted",
	);
	sabotage(|| record(104, |day| day.lost += 1), "coins lost are miscounted");
}

#[test]
fn days_out_of_order_are_caught() {
	sabotage(|| book(|book| book.final_until = book.told_until + 1), "days are out of order");
}

#[test]
fn an_account_that_has_less_than_its_books_is_caught() {
	sabotage(
		|| {
			let account = Income::account_id();
			<Assets as Mutate<_>>::burn_from(
				ASSET,
				&account,
				1,
				frame_support::traits::tokens::Preservation::Expendable,
				Precision::Exact,
				frame_support::traits::tokens::Fortitude::Force,
			)
			.unwrap();
		},
		"the account has less than it owes",
	);
	sabotage(
		|| InAccount::<Test>::mutate(ASSET, |held| *held -= 1),
		"the account is not what came and went",
	);
	sabotage(|| Owed::<Test>::insert(ASSET, bob(), 1), "the account is not what came and went");
	// A gift harms nothing.
	ext().execute_with(|| {
		give(&Income::account_id(), ASSET, 5);
		Income::do_try_state().unwrap();
	});
}

#[test]
fn a_deposit_that_is_not_held_is_caught() {
	sabotage(
		|| {
			let reason = crate::HoldReason::Lien.into();
			Balances::release(&reason, &alice(), 1, Precision::Exact).unwrap();
		},
		"deposits on hold are not what the books say",
	);
}
