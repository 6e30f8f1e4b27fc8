//! From a farm to titles that move, split and merge.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, *};
use dmex_primitives::{
	facts::{DayFact, Facts},
	lots::LotStatus,
	titles::{LockReason, Origin, Titles as _},
	TitleId,
};
use frame_support::traits::{fungible::InspectHold, tokens::nonfungibles_v2};
use pallet_hashpower::HoldReason;
use pallet_titles::types::Became;
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchResult;

fn split(who: Sr25519Keyring, lot: u32, title: TitleId, parts: &[u128]) -> DispatchResult {
	let parts = parts.to_vec().try_into().expect("few parts");
	submit(who, pallet_titles::Call::split { series: lot, title, parts })
}

fn merge(who: Sr25519Keyring, lot: u32, titles: &[TitleId]) -> DispatchResult {
	let titles = titles.to_vec().try_into().expect("few titles");
	submit(who, pallet_titles::Call::merge { series: lot, titles })
}

/// Owner and units of a living title, as both pallets tell them.
#[track_caller]
fn title(lot: u32, id: TitleId) -> (AccountId, u128) {
	let (owner, title) = Titles::title(lot, id).expect("it lives");
	assert_eq!(Nfts::owner(lot, id), Some(owner.clone()), "the wallet sees the same owner");
	let shown =
		<Nfts as nonfungibles_v2::Inspect<AccountId>>::system_attribute(&lot, Some(&id), b"units");
	assert_eq!(shown, Some(title.units.to_string().into_bytes()), "and the same units");
	(owner, title.units)
}

#[test]
fn a_farm_is_audited_and_measured_and_its_titles_are_sold_moved_split_and_merged() {
	storyline(genesis::LOCAL, || {
		// The farm.
		let farm = open_farm(Eve, &[BTC]);
		let view = Hashpower::provider(Eve.to_account_id()).expect("registered");
		assert_eq!(
			(view.provider.name.to_vec(), view.farms),
			(b"Aurora Mining".to_vec(), vec![farm])
		);

		// The lot. Its account is read from the day of submission.
		let submitted = Periods::today();
		propose(Eve, terms(farm, "Aurora_1")).expect("possible terms");
		let id = 0;
		let kept = lot(id);
		assert_eq!(
			(kept.status, kept.measured_from, kept.issued),
			(LotStatus::Submitted, submitted, 0)
		);
		let account = PoolOracle::account(kept.account).expect("bound");
		assert_eq!(account.provider, Eve.to_account_id());
		assert_eq!(account.name.to_vec(), b"aurora_1".to_vec(), "normalised");
		assert_eq!(account.followed_since, Some(submitted));
		let held =
			|reason: HoldReason| Balances::balance_on_hold(&reason.into(), &Eve.to_account_id());
		assert!(kept.audit_deposit > 0);
		assert_eq!(held(HoldReason::Audit), kept.audit_deposit);
		refused(issue(Eve, id, 1, Ferdie), Refusal::LotNotActive);

		// Its account pays to the lot's own address from the first day.
		pay_ahead(Eve, id);

		// The audit, in which the provider has no vote.
		let own = pallet_polls::Call::vote { poll: kept.poll, aye: true, amount: DMEX };
		refused(submit(Eve, own), pallet_polls::Error::<Runtime>::Excluded);
		let early = pallet_hashpower::Call::conclude_audit { lot: id };
		refused(submit(Ferdie, early), Refusal::AuditOpen);
		audit(id, true);
		assert_eq!(lot(id).status, LotStatus::Approved);
		assert_eq!(held(HoldReason::Audit), 0, "the deposit of the audit is back");
		refused(issue(Eve, id, 1, Ferdie), Refusal::LotNotActive);

		// Ready.
		submit(Ferdie, pallet_hashpower::Call::activate { lot: id }).expect("it is ready");
		assert_eq!(lot(id).status, LotStatus::Active);
		assert_eq!(Nfts::collection_owner(id), Some(Titles::account_id()));
		let fact = |key: &[u8]| {
			<Nfts as nonfungibles_v2::Inspect<AccountId>>::system_attribute(&id, None, key)
		};
		assert_eq!(fact(b"coin"), Some(b"BTC".to_vec()));
		assert_eq!(fact(b"pool_account"), Some(b"Aurora_1".to_vec()));

		// Measured: two days are needed, and 97 % of the lower mean may be sold.
		refused(issue(Eve, id, 1, Ferdie), Refusal::NotMeasuredYet);
		agree_day(kept.account, submitted, worked(PETAHASH));
		assert_eq!(
			PoolOracle::closed_day(kept.account, submitted)
				.map(|fact| matches!(fact, DayFact::Value(day) if day.power == PETAHASH)),
			Ok(true)
		);
		refused(issue(Eve, id, 1, Ferdie), Refusal::NotMeasuredYet);
		agree_day(kept.account, submitted + 1, worked(900_000));
		let limit = Hashpower::issue_limit(id).expect("a lot");
		assert_eq!(limit.measured.limit, Some(921_500), "97 % of 950,000");
		assert_eq!((limit.may_issue, limit.available), (true, 921_500));
		refused(issue(Eve, id, PETAHASH + 1, Ferdie), Refusal::AuditedPowerExceeded);
		refused(issue(Eve, id, 921_501, Ferdie), Refusal::IssueLimitExceeded);
		refused(issue(Eve, id, 0, Ferdie), Refusal::ZeroUnits);
		refused(issue(Bob, id, 1, Ferdie), Refusal::NotLotProvider);

		// Issued.
		let today = Periods::today();
		issue(Eve, id, 600_000, Ferdie).expect("inside the limit");
		assert_eq!(title(id, 0), (Ferdie.to_account_id(), 600_000));
		let (_, first) = Titles::title(id, 0).expect("it lives");
		assert_eq!(first.origin, Origin::Issued);
		assert!(first.first_day > today, "no day that is measured already is sold");
		assert_eq!((lot(id).issued, lot(id).limit_at_issue), (600_000, 921_500));
		assert_eq!(Hashpower::issue_limit(id).expect("a lot").available, 321_500);
		refused(issue(Eve, id, 321_501, Ferdie), Refusal::IssueLimitExceeded);

		// Moved by a wallet that knows nothing of us, and in no other way.
		transfer(Ferdie, id, 0, Bob).expect("titles move");
		assert_eq!(title(id, 0), (Bob.to_account_id(), 600_000));
		refused(transfer(Ferdie, id, 0, Alice), pallet_nfts::Error::<Runtime>::NoPermission);
		refused(split(Ferdie, id, 0, &[1, 599_999]), pallet_titles::Error::<Runtime>::NotOwner);
		for closed in [
			pallet_nfts::Call::burn { collection: id, item: 0 },
			pallet_nfts::Call::set_price {
				collection: id,
				item: 0,
				price: Some(1),
				whitelisted_buyer: None,
			},
			pallet_nfts::Call::lock_item_transfer { collection: id, item: 0 },
		] {
			let result = submit(Bob, RuntimeCall::Nfts(closed));
			refused(result, frame_system::Error::<Runtime>::CallFiltered);
		}

		// Locked, it neither moves nor changes.
		block(|| Titles::lock(id, 0, LockReason::Deal)).expect("it was free");
		refused(transfer(Bob, id, 0, Alice), pallet_nfts::Error::<Runtime>::ItemLocked);
		refused(split(Bob, id, 0, &[1, 599_999]), pallet_titles::Error::<Runtime>::TitleLocked);
		block(|| Titles::unlock(id, 0, LockReason::Deal)).expect("it was locked for that");

		// Split.
		refused(
			split(Bob, id, 0, &[100_000, 200_000]),
			pallet_titles::Error::<Runtime>::PartsDoNotAddUp,
		);
		split(Bob, id, 0, &[100_000, 200_000, 300_000]).expect("they add up");
		assert_eq!(Titles::title(id, 0), None, "an id stands for one amount for ever");
		for (part, units) in [(1, 100_000), (2, 200_000), (3, 300_000)] {
			assert_eq!(title(id, part), (Bob.to_account_id(), units));
		}
		let grave = Titles::tombstone(id, 0).expect("buried");
		assert_eq!((grave.units, grave.became), (600_000, Became::Parts { first: 1, count: 3 }));

		// Merged.
		transfer(Bob, id, 2, Charlie).expect("parts move too");
		refused(merge(Bob, id, &[1, 2]), pallet_titles::Error::<Runtime>::NotOwner);
		merge(Bob, id, &[1, 3]).expect("both are Bob's");
		assert_eq!(title(id, 4), (Bob.to_account_id(), 400_000));
		let made_of: Vec<TitleId> =
			Titles::provenance(id, 4).into_iter().map(|ancestor| ancestor.id).collect();
		assert!([4, 1, 3, 0].iter().all(|known| made_of.contains(known)), "back to the issue");

		// The rest is sold, and not one unit more.
		issue(Eve, id, 321_500, Dave).expect("inside the limit");
		assert_eq!(title(id, 5), (Dave.to_account_id(), 321_500));
		refused(issue(Eve, id, 1, Dave), Refusal::IssueLimitExceeded);
		assert_eq!(lot(id).issued, 921_500);
		assert_eq!(<Titles as dmex_primitives::titles::Titles<AccountId>>::issued(id), 921_500);
		assert_eq!(Hashpower::issued_of_coin(BTC, BRAIINS), (921_500, 921_500));
		let alive: Vec<TitleId> =
			Titles::titles_of_series(id, 0).titles.into_iter().map(|title| title.id).collect();
		assert_eq!(alive, [2, 4, 5]);
	});
}

#[test]
fn a_lot_that_holders_refuse_is_never_sold_and_loses_its_audit_deposit() {
	storyline(genesis::LOCAL, || {
		use frame_support::traits::fungible::Inspect;
		let farm = open_farm(Eve, &[BTC]);
		propose(Eve, terms(farm, "aurora")).expect("possible terms");
		let deposit = lot(0).audit_deposit;
		let before = Balances::total_balance(&configs::governance::TreasuryAccount::get());
		audit(0, false);
		assert_eq!(lot(0).status, LotStatus::Rejected);
		let after = Balances::total_balance(&configs::governance::TreasuryAccount::get());
		assert!(after >= before + deposit, "the treasury has it");
		let activate = pallet_hashpower::Call::activate { lot: 0 };
		refused(submit(Ferdie, activate), Refusal::LotNotApproved);
		refused(issue(Eve, 0, 1, Ferdie), Refusal::LotNotActive);
		let account = PoolOracle::account(lot(0).account).expect("bound for ever");
		assert_eq!(account.followed_since, None, "nobody reads it any more");
	});
}
