#![allow(clippy::unwrap_used)]

use super::*;
use dmex_primitives::{
	facts::DayReading,
	titles::{LockReason, Origin},
};
use serde_json::json;

fn written<T: Serialize>(view: &T) -> serde_json::Value {
	serde_json::to_value(view).unwrap()
}

#[test]
fn amounts_are_written_as_decimal_strings() {
	assert_eq!(written(&Amount(u128::MAX)), json!("340282366920938463463374607431768211455"));
}

#[test]
fn a_fact_is_a_value_or_the_reason_why_not() {
	let fresh = Fresh::<Amount>::from(Ok::<u128, FactError>(7));
	assert_eq!(written(&fresh), json!({ "value": "7" }));
	let stale = Fresh::<Amount>::from(Err::<u128, _>(FactError::Stale));
	assert_eq!(written(&stale), json!("stale"));
	let missing = Fresh::<Amount>::from(Err::<u128, _>(FactError::Missing));
	assert_eq!(written(&missing), json!("missing"));
}

#[test]
fn a_refused_day_measures_zero() {
	let view = DayView::from((3, DayFact::Refused));
	assert_eq!(
		written(&view),
		json!({ "day": 3, "refused": true, "power": "0", "paid": "0", "payout": null })
	);
	let reading = DayReading { power: 5, paid: 6, payout: Some(Hash::repeat_byte(1)) };
	let view = written(&DayView::from((4, DayFact::Value(reading))));
	assert_eq!(view["power"], json!("5"));
	assert_eq!(view["payout"], json!(format!("0x{}", "01".repeat(32))));
}

#[test]
fn words_and_texts_are_readable() {
	let lot = TitleLot {
		farm: 1,
		provider: AccountId::new([0; 32]),
		status: LotStatus::Suspended,
		symbol: b"BTC".to_vec(),
		unit: b"GH/s".to_vec(),
		model: b"S21".to_vec(),
		millicents_per_kwh: 7_250,
		source_name: b"Braiins".to_vec(),
		account_name: b"farm.one".to_vec(),
		last_day: 9,
		fee_ppm: 50_000,
	};
	let title = TitleView {
		series: 2,
		id: 3,
		owner: AccountId::new([1; 32]),
		units: 4.into(),
		first_day: 5,
		locked_by: Some(LockReason::Pledge),
		origin: Origin::SplitFrom(1).into(),
		lot: Some(lot),
		income: None,
	};
	let json = written(&title);
	assert_eq!(json["lot"]["status"], json!("suspended"));
	assert_eq!(json["lot"]["symbol"], json!("BTC"));
	assert_eq!(json["lot"]["millicentsPerKwh"], json!(7_250));
	assert_eq!(json["lockedBy"], json!("pledge"));
	assert_eq!(json["origin"], json!({ "splitFrom": 1 }));
	let free = TitleView { locked_by: None, origin: OriginView::Issued, ..title };
	assert_eq!(written(&free)["lockedBy"], json!(null));
	assert_eq!(written(&free)["origin"], json!("issued"));
}

#[test]
fn amounts_are_read_as_they_are_written_or_as_numbers() {
	let read = |value: serde_json::Value| serde_json::from_value::<Amount>(value).ok();
	let most = "340282366920938463463374607431768211455";
	assert_eq!(read(json!(most)), Some(Amount(u128::MAX)));
	assert_eq!(read(json!(7)), Some(Amount(7)));
	for wrong in [
		json!("340282366920938463463374607431768211456"),
		json!("+7"),
		json!("0x7"),
		json!(""),
		json!(-7),
		json!(7.5),
		json!(null),
	] {
		assert_eq!(read(wrong.clone()), None, "{wrong}");
	}
}

#[test]
fn a_scope_is_read_by_its_name() {
	let read = |value: serde_json::Value| serde_json::from_value::<CheckScope>(value).ok();
	assert_eq!(read(json!({ "lot": 3 })), Some(CheckScope::Lot(3)));
	let title = json!({ "title": { "series": 1, "id": 2 } });
	assert_eq!(read(title), Some(CheckScope::Title { series: 1, id: 2 }));
	let account = AccountId::new([1; 32]);
	assert_eq!(read(json!({ "account": account })), Some(CheckScope::Account(account)));
	for wrong in [json!("lot"), json!({ "lots": 3 }), json!({ "lot": -1 }), json!({ "title": [1] })]
	{
		assert_eq!(read(wrong.clone()), None, "{wrong}");
	}
}

#[test]
fn a_quote_is_a_value_or_the_error_by_name() {
	let refused = Quoted::<StakeQuote>::Refused(b"market.OrderExpired".to_vec());
	assert_eq!(written(&refused), json!({ "refused": "market.OrderExpired" }));
	let quote =
		StakeQuote { from: 4, units: 5.into(), deposit: 6.into(), expected_per_day: 7.into() };
	let value = json!({ "from": 4, "units": "5", "deposit": "6", "expectedPerDay": "7" });
	assert_eq!(written(&Quoted::Value(quote)), json!({ "value": value }));
}

#[test]
fn orders_and_checked_days_are_flat_and_readable() {
	let terms = OrderTerms::Lease {
		title: 1,
		least_units: 2.into(),
		price_per_unit_day: 3.into(),
		first_day: 4,
		last_day: 5,
	};
	let lease = json!({ "title": 1, "leastUnits": "2", "pricePerUnitDay": "3", "firstDay": 4, "lastDay": 5 });
	assert_eq!(written(&terms), json!({ "lease": lease }));
	let figures = Checked { promised: 8.into(), made_up: 9.into(), ..Checked::default() };
	let day = written(&CheckedDay { day: 7, stage: DayStage::Final, lien: None, figures });
	assert_eq!(day["stage"], json!("final"));
	assert_eq!((&day["promised"], &day["madeUp"]), (&json!("8"), &json!("9")));
	assert_eq!(written(&WithdrawalStage::Queued(3)), json!({ "queued": 3 }));
	assert_eq!(written(&WithdrawalStage::TakenBack), json!("takenBack"));
}
