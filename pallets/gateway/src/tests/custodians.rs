//! Custodians, what they bond, and how they agree.

use crate::{
	mock::*,
	types::{CouncilTerms, Leaving, Members},
	Ballots, Bonds, Custodians, Error, HoldReason, OpenVotes,
};
use dmex_primitives::{facts::Priced, AccountId, Balance};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn council_terms(threshold: u32, least_bond: Balance) -> CouncilTerms {
	CouncilTerms { threshold, least_bond, multiple: 2, unbonding_days: 7 }
}

fn set(members: Vec<AccountId>, terms: CouncilTerms) -> sp_runtime::DispatchResult {
	Gateway::set_custodians(RuntimeOrigin::root(), Members::truncate_from(members), terms)
}

#[test]
fn custodians_are_set_by_referendum_with_more_than_half_to_agree() {
	build_and_execute(|| {
		let members = || Members::truncate_from(vec![anna(), bert()]);
		assert_noop!(
			Gateway::set_custodians(signed(anna()), members(), council_terms(2, 0)),
			DispatchError::BadOrigin
		);
		let wrong = Error::<Test>::ThresholdOutOfRange;
		assert_noop!(set(vec![anna(), bert()], council_terms(1, 0)), wrong);
		let wrong = Error::<Test>::ThresholdOutOfRange;
		assert_noop!(set(vec![anna(), bert()], council_terms(3, 0)), wrong);
		let wrong = Error::<Test>::MembersNotSorted;
		assert_noop!(set(vec![bert(), anna()], council_terms(2, 0)), wrong);
		let wrong = Error::<Test>::MembersNotSorted;
		assert_noop!(set(vec![anna(), anna()], council_terms(2, 0)), wrong);
		assert_noop!(set(vec![], council_terms(0, 0)), Error::<Test>::MembersNotSorted);
		assert_ok!(set(vec![anna()], council_terms(1, 0)));
		// One of one is enough.
		assert_ok!(Gateway::post_addresses(signed(anna()), WBTC, batch(WBTC, [1])));
		assert_eq!(Gateway::free_addresses(WBTC), 1);
	});
}

#[test]
fn a_bond_is_held_and_leaves_after_its_delay() {
	build_and_execute(|| {
		assert_noop!(Gateway::bond(signed(anna()), 0), Error::<Test>::ZeroAmount);
		assert_ok!(Gateway::bond(signed(anna()), 1_000));
		assert_ok!(Gateway::bond(signed(anna()), 500));
		assert_eq!(held(USD, HoldReason::CustodianBond, &anna()), 1_500);
		assert_noop!(Gateway::unbond(signed(anna()), 1_501), Error::<Test>::NotBonded);
		assert_ok!(Gateway::unbond(signed(anna()), 400));
		assert_eq!(Gateway::supply(WBTC).unwrap().bonds, 1_100);
		assert_noop!(Gateway::withdraw_bond(signed(anna())), Error::<Test>::NothingFree);
		pass_days(6);
		assert_noop!(Gateway::withdraw_bond(signed(anna())), Error::<Test>::NothingFree);
		pass_days(1);
		assert_ok!(Gateway::withdraw_bond(signed(anna())));
		assert_eq!(held(USD, HoldReason::CustodianBond, &anna()), 1_100);
		assert_eq!(balance(USD, &anna()), STABLE_FUNDS - 1_100);
	});
}

#[test]
fn a_slash_reaches_what_is_leaving_and_nothing_else() {
	build_and_execute(|| {
		assert_ok!(Gateway::bond(signed(anna()), 1_000));
		assert_ok!(Gateway::unbond(signed(anna()), 600));
		let slash = |amount| Gateway::slash_custodian(RuntimeOrigin::root(), anna(), amount);
		assert_noop!(Gateway::slash_custodian(signed(bert()), anna(), 1), DispatchError::BadOrigin);
		assert_ok!(slash(500));
		let bond = Bonds::<Test>::get(anna());
		assert_eq!(bond.active, 0);
		assert_eq!(bond.leaving.to_vec(), [Leaving { amount: 500, free_from: START + 7 }]);
		assert_ok!(slash(Balance::MAX));
		assert_eq!(balance(USD, &account(99)), 1_000);
		assert!(!Bonds::<Test>::contains_key(anna()));
		assert_noop!(slash(1), Error::<Test>::NotBonded);
	});
}

#[test]
fn who_is_not_seated_or_not_bonded_has_no_vote() {
	build_and_execute(|| {
		let post = |who| {
			Gateway::post_addresses(signed(who), WBTC, batch(WBTC, [1]))
				.map(|_| ())
				.map_err(|error| error.error)
		};
		assert_eq!(post(dora()), Err(Error::<Test>::NotCustodian.into()));
		assert_ok!(set(vec![anna(), bert(), cora()], council_terms(2, 100)));
		assert_eq!(post(anna()), Err(Error::<Test>::BondTooSmall.into()));
		assert_ok!(Gateway::bond(signed(anna()), 100));
		assert_ok!(post(anna()));
		assert_noop!(Gateway::unbond(signed(anna()), 1), Error::<Test>::BondNeeded);
		let view = Gateway::custodians();
		assert_eq!(view.members[0].who, anna());
		assert!(view.members[0].may_vote && !view.members[1].may_vote);
		assert_eq!(view.members[0].open_votes, 1);
	});
}

#[test]
fn votes_of_removed_custodians_do_not_count() {
	build_and_execute(|| {
		lot_address();
		let deposit = deposit_to(&Gateway::address_of_lot(0).unwrap(), WBTC, 1, 5_000);
		assert_ok!(attest(anna(), &deposit));
		assert_noop!(attest(anna(), &deposit), Error::<Test>::VotedAlready);
		assert_ok!(set(vec![dora(), bert(), cora()], council_terms(2, 0)));
		assert_ok!(attest(bert(), &deposit));
		assert_eq!(flows(WBTC).attested, 0);
		assert_eq!(OpenVotes::<Test>::get(anna()), 0);
		assert_ok!(attest(dora(), &deposit));
		assert_eq!(flows(WBTC).attested, 5_000);
		assert_eq!(Ballots::<Test>::iter().count(), 0);
	});
}

#[test]
fn a_lower_threshold_lets_a_voter_finish_what_was_begun() {
	build_and_execute(|| {
		lot_address();
		assert_ok!(set(vec![anna(), bert(), cora()], council_terms(3, 0)));
		let deposit = deposit_to(&Gateway::address_of_lot(0).unwrap(), WBTC, 1, 5_000);
		assert_ok!(arrive(&deposit));
		assert_eq!(flows(WBTC).attested, 0);
		assert_ok!(set(vec![anna(), bert(), cora()], council_terms(2, 0)));
		assert_ok!(attest(anna(), &deposit));
		assert_eq!(flows(WBTC).issued, 5_000);
	});
}

#[test]
fn open_votes_are_bounded_and_can_be_dropped() {
	build_and_execute(|| {
		let address = lot_address();
		for n in 1..=12 {
			assert_ok!(attest(anna(), &deposit_to(&address, WBTC, n, 5_000)));
		}
		let more = deposit_to(&address, WBTC, 13, 5_000);
		assert_noop!(attest(anna(), &more), Error::<Test>::TooManyOpenVotes);
		// Others are not held up.
		assert_ok!(attest(bert(), &more));
		let first = deposit_to(&address, WBTC, 1, 5_000);
		let statement = crate::types::Statement::Deposit(first);
		assert_eq!(Gateway::votes(statement.clone()), [anna()]);
		let ballot = Gateway::ballot_of(&statement);
		let drop = |who, whose| Gateway::drop_vote(signed(who), ballot, whose);
		assert_noop!(drop(dora(), anna()), Error::<Test>::VoteCounts);
		assert_noop!(drop(bert(), bert()), Error::<Test>::UnknownBallot);
		assert_ok!(drop(anna(), anna()));
		assert_noop!(drop(anna(), anna()), Error::<Test>::UnknownBallot);
		assert_ok!(attest(anna(), &more));
		assert_eq!(flows(WBTC).issued, 5_000);
		// What nobody else says is cleared by anyone after a month.
		let old = crate::types::Statement::Deposit(deposit_to(&address, WBTC, 2, 5_000));
		let old = Gateway::ballot_of(&old);
		pass_days(31);
		assert_ok!(Gateway::drop_vote(signed(dora()), old, anna()));
		assert_eq!(OpenVotes::<Test>::get(anna()), 10);
	});
}

#[test]
fn a_bond_that_backs_what_is_issued_cannot_leave() {
	build_and_execute(|| {
		for who in [anna(), bert()] {
			assert_ok!(Gateway::bond(signed(who), 1_000));
		}
		// A fifth of 2,000 bonded, twice: 800 dollars of stablecoin.
		set_terms(Priced::Stable, |terms| terms.unbonded = 0);
		let address = dora_address(USD);
		assert_ok!(arrive(&deposit_to(&address, USD, 1, 600)));
		assert_eq!(flows(USD).issued, 600);
		assert_noop!(Gateway::unbond(signed(anna()), 501), Error::<Test>::BondsBackTooLittle);
		assert_ok!(Gateway::unbond(signed(anna()), 500));
		// Who is not seated may leave with what he has.
		assert_ok!(set(vec![dora(), anna(), cora()], council_terms(2, 0)));
		assert_ok!(Gateway::unbond(signed(bert()), 1_000));
		assert_eq!(Custodians::<Test>::get().members.len(), 3);
	});
}
