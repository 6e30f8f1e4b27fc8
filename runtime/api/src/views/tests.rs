#![allow(clippy::unwrap_used)]

use super::*;
use dmex_primitives::facts::DayReading;
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
