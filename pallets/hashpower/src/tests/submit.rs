use crate::{audit::subject_of, mock::*, types::*, Error, Event, HoldReason};
use dmex_primitives::{lots::LotStatus, polls::PollResult, AccountId};
use frame_support::{assert_noop, assert_ok};
use sp_core::H256;
use sp_runtime::{DispatchError, Permill};

#[test]
fn a_lot_opens_its_audit_without_its_provider_and_is_read_from_today() {
	build_and_execute(|| {
		let lot = submit(terms("farm.1")).unwrap();
		let record = record(lot);
		assert_eq!(record.status, LotStatus::Submitted);
		assert_eq!((record.provider.clone(), record.measured_from), (alice(), START));
		assert_eq!((record.issued, record.limit_at_issue), (0, 0));
		assert!(followed(record.account));
		let poll: (PollResult, H256, Vec<AccountId>) = store::get("poll", record.poll).unwrap();
		assert_eq!(poll, (PollResult::Open, record.subject, vec![alice()]));
		assert_eq!(record.subject, subject_of::<Test>(lot, &alice(), &record.terms));
		assert_eq!(held(&alice(), HoldReason::Lot), LOT_DEPOSIT);
		assert_eq!(held(&alice(), HoldReason::Audit), AUDIT_DEPOSIT);
		assert_eq!(Hashpower::lots_of_farm(0), vec![lot]);
		assert_eq!(Hashpower::lot_of_account(record.account), Some(lot));
		System::assert_last_event(
			Event::LotSubmitted {
				lot,
				provider: alice(),
				account: record.account,
				poll: record.poll,
				subject: record.subject,
				terms: record.terms,
			}
			.into(),
		);
	});
}

#[test]
fn the_audit_is_about_these_terms_of_this_lot_and_provider() {
	build_and_execute(|| {
		let one = subject_of::<Test>(0, &alice(), &terms("a"));
		assert_ne!(one, subject_of::<Test>(1, &alice(), &terms("a")));
		assert_ne!(one, subject_of::<Test>(0, &bob(), &terms("a")));
		assert_ne!(one, subject_of::<Test>(0, &alice(), &terms("b")));
	});
}

#[test]
fn impossible_terms_are_refused_by_name() {
	let good = || terms("a");
	let deposit = |share| SaleModel::Deposit { holder_share: share };
	build_and_execute(|| {
		for (bad, error) in [
			(LotTerms { power: 0, ..good() }, Error::<Test>::ZeroPower),
			(LotTerms { machines: 0, ..good() }, Error::ZeroMachines),
			(LotTerms { nanowatts_per_unit: 0, ..good() }, Error::ZeroConsumption),
			(LotTerms { model: text(""), ..good() }, Error::EmptyModel),
			(LotTerms { first_day: START, ..good() }, Error::StartsTooEarly),
			(LotTerms { first_day: 466, last_day: 500, ..good() }, Error::StartsTooLate),
			(LotTerms { last_day: 109, ..good() }, Error::EndsBeforeStart),
			(LotTerms { last_day: 110 + 3_650, ..good() }, Error::TermTooLong),
			(LotTerms { last_day: u32::MAX, ..good() }, Error::TermTooLong),
			(LotTerms { fee: Permill::from_percent(31), ..good() }, Error::FeeTooHigh),
			(LotTerms { sale: deposit(Permill::zero()), ..good() }, Error::HolderShareOutOfRange),
			(LotTerms { sale: deposit(Permill::one()), ..good() }, Error::HolderShareOutOfRange),
			(LotTerms { vesting: Some(Vesting::Gross), ..good() }, Error::VestingNotForCoin),
			(LotTerms { coin: FIL, source: LOTUS, ..good() }, Error::VestingMissing),
			(LotTerms { coin: 77, ..good() }, Error::UnknownCoin),
			(LotTerms { farm: 9, ..good() }, Error::UnknownFarm),
			(LotTerms { power: 1_000_001, ..good() }, Error::ClaimExceeded),
		] {
			let who = RuntimeOrigin::signed(alice());
			assert_noop!(Hashpower::submit_lot(who, bad), error);
		}
	});
}

#[test]
fn the_bounds_themselves_are_possible() {
	build_and_execute(|| {
		assert_ok!(submit(LotTerms { last_day: 110 + 3_649, ..terms("ten years") }));
		assert_ok!(submit(LotTerms { first_day: 101, last_day: 101, ..terms("one day") }));
		assert_ok!(submit(LotTerms {
			first_day: 465,
			last_day: 465,
			fee: Permill::from_percent(30),
			sale: SaleModel::Deposit { holder_share: Permill::from_percent(70) },
			..terms("late")
		}));
		assert_ok!(submit(LotTerms {
			coin: FIL,
			source: LOTUS,
			vesting: Some(Vesting::Vesting),
			..terms("f01234")
		}));
	});
}

#[test]
fn what_the_oracle_refuses_is_refused() {
	build_and_execute(|| {
		assert_noop!(
			submit(LotTerms { source: 999, ..terms("a") }),
			DispatchError::Other("UnknownSource")
		);
		assert_noop!(
			submit(LotTerms { source: LOTUS, ..terms("a") }),
			DispatchError::Other("CoinNotMinedThere")
		);
		assert_ok!(submit(terms("mine")));
		assert_noop!(
			submit(terms_of(1, "mine", POOL)),
			DispatchError::Other("AccountOfAnotherProvider")
		);
	});
}

#[test]
fn an_account_backs_one_open_lot() {
	build_and_execute(|| {
		let first = submit(terms("mine")).unwrap();
		assert_noop!(submit(terms("mine")), Error::<Test>::AccountBacksOpenLot);
		// Normalised: the same account in other letters.
		assert_noop!(submit(terms("MINE")), Error::<Test>::AccountBacksOpenLot);
		// Sub-accounts are other accounts; the same name at another pool is too.
		assert_ok!(submit(terms("mine.2")));
		assert_ok!(submit(LotTerms { source: OTHER_POOL, ..terms("mine") }));
		// Closed, the first lot frees the account, for this provider only.
		assert_ok!(conclude(first, PollResult::Failed));
		assert_noop!(
			submit(terms_of(1, "mine", POOL)),
			DispatchError::Other("AccountOfAnotherProvider")
		);
		assert_ok!(submit(terms("mine")));
	});
}

#[test]
fn a_farm_sells_what_it_claims_and_has_a_bounded_number_of_lots() {
	build_and_execute(|| {
		assert_ok!(submit(LotTerms { power: 600_000, ..terms("a") }));
		assert_noop!(
			submit(LotTerms { power: 400_001, ..terms("b") }),
			Error::<Test>::ClaimExceeded
		);
		assert_ok!(submit(LotTerms { power: 399_998, ..terms("b") }));
		assert_ok!(submit(LotTerms { power: 1, ..terms("c") }));
		assert_ok!(submit(LotTerms { power: 1, ..terms("d") }));
		assert_noop!(
			submit(LotTerms {
				coin: FIL,
				source: LOTUS,
				vesting: Some(Vesting::Gross),
				..terms("f01")
			}),
			Error::<Test>::TooManyLots
		);
	});
}

#[test]
fn only_the_farms_provider_submits() {
	build_and_execute(|| {
		for who in [bob(), carol()] {
			assert_noop!(
				Hashpower::submit_lot(RuntimeOrigin::signed(who), terms("a")),
				Error::<Test>::NotFarmOwner
			);
		}
	});
}
