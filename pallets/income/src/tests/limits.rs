//! Amounts at the limits of the types, and dust.

use crate::{mock::*, types::MOST_DUE, types::PAGE_DAYS, Pages};
use dmex_primitives::{rights::DayBooks, rights::Rights, Units};
use frame_support::assert_ok;

fn no_fee() {
	change_lot(LOT, |info| info.fee = sp_runtime::Permill::zero());
}

#[test]
fn the_largest_units_and_amounts_are_divided() {
	build_and_execute(|| {
		no_fee();
		change_lot(LOT, |info| info.audited = Units::MAX);
		issue(&alice(), Units::MAX - 1);
		issue(&bob(), 1);
		full_day(101, MOST_DUE, Units::MAX);
		claim(0);
		claim(1);
		assert_eq!(coins(&bob()), 0);
		assert_eq!(coins(&alice()), MOST_DUE - 1);
		Income::do_try_state().unwrap();
		// More than can be counted is refused, and nothing moved.
		give(&gateway(), ASSET, 1);
		use dmex_primitives::{rights::Remit, AccountId};
		assert_ok!(<Income as Remit<AccountId>>::remit(LOT, &gateway(), 1));
	});
}

#[test]
fn one_unit_gets_the_most_that_a_day_owes() {
	build_and_execute(|| {
		no_fee();
		issue(&alice(), 1);
		full_day(101, u128::MAX / 2, 1);
		claim(0);
		assert_eq!(coins(&alice()), MOST_DUE);
	});
}

#[test]
fn a_missing_day_of_the_largest_power_does_not_stop_the_lot() {
	build_and_execute(|| {
		no_fee();
		issue(&alice(), Units::MAX);
		// Power is exact in the sum of deficits up to 2¹¹⁵: any noise is more than that here.
		Noise::set(sp_runtime::Permill::zero());
		Yield::set(Some(1));
		agree(101, 0, 0);
		go_to(108);
		assert_eq!(Income::short(LOT, 101), Some(MOST_DUE));
		assert_eq!(book().debt, MOST_DUE);
		agree(102, 0, 0);
		go_to(117);
		assert!(Income::closed_until(LOT) >= 110);
	});
}

#[test]
fn dust_of_one_unit_is_owed_to_the_last_unit() {
	build_and_execute(|| {
		no_fee();
		let titles: Vec<_> = (0..7).map(|_| issue(&alice(), 1)).collect();
		for day in 101..=101 + 20 {
			full_day(day, 1, 7);
		}
		titles.iter().for_each(|title| claim(*title));
		// 21 days of a seventh each, less what is carried.
		assert!((14..=21).contains(&coins(&alice())));
		let carried: Vec<_> = titles.iter().map(|title| title_book(*title).cursor.carry).collect();
		assert!(carried.iter().all(|carry| carry.whole == 0));
	});
}

#[test]
fn a_term_of_ten_years_takes_a_page_for_each_thirty_two_days() {
	build_and_execute(|| {
		no_fee();
		change_lot(LOT, |info| info.last_day = FIRST + 99);
		issue(&alice(), 1);
		for day in FIRST..FIRST + 100 {
			full_day(day, 1_000, 1);
		}
		let pages: Vec<_> = (0..5).map(|page| Pages::<Test>::get(LOT, page).len()).collect();
		assert_eq!(PAGE_DAYS, 32);
		assert_eq!(pages, vec![32, 32, 32, 4, 0]);
		claim(0);
		assert_eq!(coins(&alice()) + book().cash(), 100_000);
		assert_eq!(Income::paid_until(LOT, 0), FIRST + 100);
	});
}

#[test]
fn storage_takes_what_is_prepaid_for_it() {
	use crate::types::{Award, Book, DayRecord, Lien, Page, Pot, TitleBook};
	use codec::MaxEncodedLen;
	use dmex_primitives::AccountId;
	assert_eq!(DayRecord::max_encoded_len(), 258);
	assert_eq!(Page::max_encoded_len(), 8_257);
	let sizes = [
		Book::max_encoded_len(),
		TitleBook::<AccountId>::max_encoded_len() - 16 * Lien::<AccountId>::max_encoded_len(),
		Lien::<AccountId>::max_encoded_len(),
		Pot::max_encoded_len(),
		Award::max_encoded_len(),
	];
	assert_eq!(sizes, [814, 109, 88, 116, 48]);
}
