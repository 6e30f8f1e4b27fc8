use crate::{mock::*, types::*};
use frame_support::assert_ok;

#[test]
fn a_farm_shows_what_is_claimed_measured_paid_and_sold() {
	build_and_execute(|| {
		let lot = measured(terms("farm.1"), 1_000);
		assert_ok!(issue(lot, 250));
		let view = Hashpower::farm(0).unwrap();
		assert_eq!(view.farm.provider, alice());
		assert_eq!(view.farm.claims[0], Claim { coin: BTC, power: 1_000_000 });
		let shown = &view.lots[0];
		assert_eq!((shown.lot, shown.coin, shown.source), (lot, BTC, POOL));
		assert_eq!(shown.account_name.to_vec(), b"farm.1".to_vec());
		assert_eq!(shown.model.to_vec(), b"S21".to_vec());
		assert_eq!(shown.millicents_per_kwh, 4_500);
		assert_eq!((shown.audited, shown.issued), (1_000, 250));
		assert_eq!(shown.latest, Some(Latest { day: 102, power: 1_000, paid: 100 }));
		assert_eq!(Hashpower::farm(9), None);
		assert_eq!(Hashpower::provider(carol()), None);
	});
}

#[test]
fn a_stale_measurement_is_not_shown_and_a_refusal_is_zero() {
	build_and_execute(|| {
		let lot = measured(terms("a"), 1_000);
		let account = record(lot).account;
		let latest = || Hashpower::farm(0).unwrap().lots[0].latest;
		Today::set(105);
		assert_eq!(latest().unwrap().day, 102);
		refuse(account, 103);
		assert_eq!(latest(), Some(Latest { day: 103, power: 0, paid: 0 }));
		Today::set(107);
		assert_eq!(latest(), None);
	});
}

#[test]
fn the_issue_limit_says_why() {
	build_and_execute(|| {
		let lot = active(terms("a"));
		let limit = || Hashpower::issue_limit(lot).unwrap();
		let measured = Measured { first: 100, newest: 98, days: 0, needed: 3, limit: None };
		assert_eq!(
			limit(),
			IssueLimit {
				audited: 1_000,
				measured,
				room_on_source: None,
				issued: 0,
				may_issue: true,
				available: 0,
			}
		);
		let account = record(lot).account;
		for day in 100..103 {
			measure(account, day, 800);
		}
		Today::set(103);
		assert_ok!(issue(lot, 76));
		let measured = Measured { first: 100, newest: 102, days: 3, needed: 3, limit: Some(776) };
		assert_eq!(
			limit(),
			IssueLimit {
				audited: 1_000,
				measured,
				room_on_source: None,
				issued: 76,
				may_issue: true,
				available: 700,
			}
		);
		BondMet::set(false);
		assert_eq!((limit().may_issue, limit().available), (false, 0));
		assert_eq!(Hashpower::issue_limit(9), None);
	});
}
