//! Each invariant with a sabotaged state that the check must catch.

use crate::{mock::*, Choices, HoldReason};
use frame_support::traits::{fungible::MutateHold, tokens::Precision};

fn sabotage(break_it: impl FnOnce(), rule: &'static str) {
	ext().execute_with(|| {
		choose(alice(), LIMIT);
		FeeChoice::do_try_state().unwrap();
		break_it();
		assert_eq!(FeeChoice::do_try_state(), Err(rule.into()));
	});
}

#[test]
fn a_deposit_that_was_not_taken_is_caught() {
	let rule = "what is held is not the deposit of the choice";
	sabotage(
		|| {
			let reason = HoldReason::FeeChoice.into();
			Balances::release(&reason, &alice(), 1, Precision::Exact).unwrap();
		},
		rule,
	);
	sabotage(
		|| Choices::<Test>::mutate(alice(), |choice| choice.as_mut().unwrap().deposit += 1),
		rule,
	);
}

#[test]
fn a_choice_that_buys_nothing_is_caught() {
	sabotage(
		|| {
			Choices::<Test>::mutate(alice(), |choice| {
				choice.as_mut().unwrap().terms.most_per_dmex = 0
			})
		},
		"a choice buys nothing",
	);
}
