//! Issue to a buyer, by a primary sale.

use crate::{mock::*, types::*, Error, Event};
use dmex_primitives::{
	lots::{Issue, Lots},
	LotId, TitleId, Units,
};
use frame_support::{assert_noop, assert_ok, assert_storage_noop};
use sp_runtime::{DispatchError, TokenError};

fn sell(lot: LotId, units: Units) -> Result<TitleId, DispatchError> {
	Hashpower::issue_to(lot, units, &carol())
}

#[test]
fn the_buyer_is_minted_to_and_pays_the_deposit() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		let before = (free(&alice()), free(&carol()));
		assert_eq!(sell(lot, 10), Ok(0));
		assert_eq!(store::get::<PlayedTitle>("title", (lot, 0u32)), Some((carol(), 10, 110)));
		assert_eq!((free(&alice()), free(&carol())), (before.0, before.1 - TITLE_DEPOSIT));
		System::assert_last_event(
			Event::PowerIssued {
				lot,
				title: 0,
				owner: carol(),
				units: 10,
				first_day: 110,
				limit: 970,
			}
			.into(),
		);
		assert_eq!(sell(lot, 5), Ok(1));
		assert_eq!((record(lot).issued, record(lot).limit_at_issue), (15, 970));
		assert_eq!(Hashpower::issued_of_coin(BTC, POOL), (15, 15));
	});
}

#[test]
fn both_ways_of_issue_share_one_limit() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 500);
		assert_ok!(issue(lot, 400));
		assert_noop!(sell(lot, 86), Error::<Test>::IssueLimitExceeded);
		assert_ok!(sell(lot, 85));
		assert_noop!(issue(lot, 1), Error::<Test>::IssueLimitExceeded);
		assert_noop!(sell(lot, 1), Error::<Test>::IssueLimitExceeded);
		assert_eq!(record(lot).issued, 485);
	});
}

#[test]
fn a_sale_meets_every_limit_of_an_issue() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 5_000);
		assert_noop!(sell(9, 1), Error::<Test>::UnknownLot);
		assert_noop!(sell(lot, 0), Error::<Test>::ZeroUnits);
		assert_noop!(sell(lot, 1_001), Error::<Test>::AuditedPowerExceeded);
		assert_noop!(sell(lot, Units::MAX), Error::<Test>::AuditedPowerExceeded);
		BondMet::set(false);
		assert_noop!(sell(lot, 1), DispatchError::Other("BondNotMet"));
		BondMet::set(true);
		assert_ok!(Hashpower::stop_issue(RuntimeOrigin::root(), StopScope::Coin(BTC)));
		assert_noop!(sell(lot, 1), Error::<Test>::IssueStopped);
		assert_ok!(Hashpower::allow_issue(RuntimeOrigin::root(), StopScope::Coin(BTC)));
		assert_ok!(Hashpower::suspend(RuntimeOrigin::root(), lot));
		assert_noop!(sell(lot, 1), Error::<Test>::LotNotActive);
		assert_ok!(Hashpower::resume(RuntimeOrigin::root(), lot));
		assert_ok!(sell(lot, 1));
		Today::set(474);
		assert_noop!(sell(lot, 1), Error::<Test>::LotOver);
	});
}

#[test]
fn a_lot_without_measurement_or_approval_sells_nothing() {
	build_and_execute(|| {
		let fresh = active(terms("a"));
		assert_noop!(sell(fresh, 1), Error::<Test>::NotMeasuredYet);
		let open = submit(terms("b")).unwrap();
		assert_noop!(sell(open, 1), Error::<Test>::LotNotActive);
	});
}

#[test]
fn a_sale_stands_under_the_ceiling_of_the_pool() {
	let genesis = GenesisConfig { free_power: vec![(BTC, 100)], ..Default::default() };
	execute(ext_with(genesis), || {
		let lot = measured(terms("a"), 5_000);
		assert_noop!(sell(lot, 101), Error::<Test>::PoolCeilingExceeded);
		assert_ok!(sell(lot, 100));
		assert_noop!(sell(lot, 1), Error::<Test>::PoolCeilingExceeded);
	});
}

#[test]
fn a_buyer_who_cannot_pay_the_deposit_leaves_nothing_behind() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		// Outside a transaction too, where nothing else would take the writes back.
		assert_storage_noop!(assert_eq!(
			Hashpower::issue_to(lot, 10, &poor()),
			Err(TokenError::FundsUnavailable.into())
		));
		assert_eq!(record(lot).issued, 0);
		assert_eq!(Hashpower::issued_of_coin(BTC, POOL), (0, 0));
	});
}

#[test]
fn an_account_leads_to_its_open_lot_and_terms_are_told() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		let account = record(lot).account;
		assert_eq!(Hashpower::lot_of_account(account), Some(lot));
		let info = <Hashpower as Lots<_>>::lot(lot).unwrap();
		assert_eq!(
			(info.payout, info.sale, info.vesting),
			(Payout::Fpps, SaleModel::Outright, None)
		);
		// A thousand GH/s draw 17.5 W: 420 Wh a day at 4.5 US cents a kWh.
		assert_eq!((info.nanowatts_per_unit, info.millicents_per_kwh), (17_500_000, 4_500));
		assert_eq!(info.power_cost_per_day(1_000), 18_900);
		assert_eq!(info.power_cost_per_day(1), 19);
		assert_ok!(Hashpower::terminate(RuntimeOrigin::root(), lot));
		assert_eq!(Hashpower::lot_of_account(account), None);
	});
}
