use crate::{mock::*, types::FeeTerms, Choices, Error, Event, WeightInfo, WithChoice};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

fn set(terms: Option<FeeTerms>) -> sp_runtime::DispatchResult {
	FeeChoice::choose_fee_asset(RuntimeOrigin::signed(alice()), terms)
}

#[test]
fn a_choice_takes_a_deposit_once_and_gives_it_back() {
	build_and_execute(|| {
		let terms = FeeTerms { asset: STABLE, most_per_dmex: LIMIT };
		assert_ok!(set(Some(terms)));
		System::assert_last_event(
			Event::FeeAssetChosen { who: alice(), terms, deposit: DEPOSIT }.into(),
		);
		assert_eq!((free(&alice()), held(&alice())), (FUNDS - DEPOSIT, DEPOSIT));
		assert_eq!(FeeChoice::choice(alice()), Some(terms));
		let other = FeeTerms { most_per_dmex: 1, ..terms };
		assert_ok!(set(Some(other)));
		assert_eq!((FeeChoice::choice(alice()), held(&alice())), (Some(other), DEPOSIT));
		assert_ok!(set(None));
		System::assert_last_event(Event::FeeAssetCleared { who: alice() }.into());
		assert_eq!((free(&alice()), held(&alice())), (FUNDS, 0));
		assert_eq!(Choices::<Test>::iter().count(), 0);
		assert_noop!(set(None), Error::<Test>::NothingChosen);
	});
}

#[test]
fn only_what_is_allowed_and_buys_something_is_chosen() {
	build_and_execute(|| {
		let terms = FeeTerms { asset: 8, most_per_dmex: LIMIT };
		assert_noop!(set(Some(terms)), Error::<Test>::AssetNotAllowed);
		let terms = FeeTerms { asset: STABLE, most_per_dmex: 0 };
		assert_noop!(set(Some(terms)), Error::<Test>::LimitZero);
	});
}

#[test]
fn who_cannot_pay_the_deposit_does_not_choose() {
	build_and_execute(|| {
		let terms = Some(FeeTerms { asset: STABLE, most_per_dmex: LIMIT });
		let nobody = RuntimeOrigin::signed(account(5));
		assert_noop!(FeeChoice::choose_fee_asset(nobody, terms), TokenError::FundsUnavailable);
	});
}

#[test]
fn the_swap_is_in_the_weight_of_every_transaction() {
	use pallet_transaction_payment::WeightInfo as _;
	let charging = <() as pallet_transaction_payment::WeightInfo>::charge_transaction_payment();
	let both = WithChoice::<(), ()>::charge_transaction_payment();
	assert_eq!(both, charging + <() as WeightInfo>::buy_fee());
}
