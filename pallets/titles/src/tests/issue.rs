use crate::{mock::*, types::units_text, Error, Event};
use dmex_primitives::titles::{Origin, Title, Titles as _};
use frame_support::{assert_noop, traits::tokens::nonfungibles_v2::Inspect};

#[test]
fn opening_a_series_makes_a_keyless_collection_with_the_facts() {
	build_and_execute(|| {
		assert_eq!(Nfts::collection_owner(LOT), Some(Titles::account_id()));
		assert_eq!(
			<Nfts as Inspect<_>>::system_attribute(&LOT, None, b"coin"),
			Some(b"BTC".to_vec())
		);
		assert_eq!(Titles::issued(LOT), 0);
		System::assert_last_event(Event::SeriesOpened { series: LOT }.into());
	});
}

#[test]
fn a_series_opens_once_and_has_few_facts() {
	build_and_execute(|| {
		assert_noop!(Titles::open_series(LOT, &[]), Error::<Test>::SeriesOpen);
		let fact: (&[u8], Vec<u8>) = (b"a", vec![]);
		let facts = vec![fact; 17];
		assert_noop!(Titles::open_series(6, &facts), Error::<Test>::TooManyFacts);
	});
}

#[test]
fn issue_mints_an_item_with_the_units() {
	build_and_execute(|| {
		let id = Titles::issue(LOT, &alice(), 3_000, 101).unwrap();
		assert_eq!(id, 0);
		assert_eq!(owner_of(id), Some(alice()));
		let title = Title { units: 3_000, first_day: 101, origin: Origin::Issued, locked_by: None };
		assert_eq!(Titles::title(LOT, id), Some((alice(), title)));
		assert_eq!(
			<Nfts as Inspect<_>>::system_attribute(&LOT, Some(&id), b"units"),
			Some(units_text(3_000))
		);
		assert_eq!(Titles::issued(LOT), 3_000);
		assert_eq!(Log::get(), vec![Hook::Issue(0, alice(), 3_000)]);
		System::assert_last_event(
			Event::Issued { series: LOT, title: 0, owner: alice(), units: 3_000, first_day: 101 }
				.into(),
		);
		assert_eq!(issue(bob(), 5), 1);
		assert_eq!(Titles::issued(LOT), 3_005);
	});
}

#[test]
fn issue_refuses_nothing_the_unknown_and_the_overflowing() {
	build_and_execute(|| {
		assert_noop!(Titles::issue(LOT, &alice(), 0, 101), Error::<Test>::ZeroUnits);
		assert_noop!(Titles::issue(77, &alice(), 1, 101), Error::<Test>::UnknownSeries);
		issue(alice(), 1);
		assert_noop!(Titles::issue(LOT, &alice(), u128::MAX, 101), Error::<Test>::SeriesExhausted);
	});
}

#[test]
fn issue_fails_when_the_owner_cannot_pay_the_deposit() {
	build_and_execute(|| {
		assert!(Titles::issue(LOT, &poor(), 1, 101).is_err());
		assert_eq!(Titles::issued(LOT), 0);
		assert_eq!(Nfts::owner(LOT, 0), None);
	});
}

#[test]
fn titles_are_listed_by_page() {
	build_and_execute(|| {
		for units in 1..=300 {
			issue(alice(), units);
		}
		let first = Titles::titles_of_series(LOT, 0);
		assert_eq!(first.titles.len(), 256);
		assert_eq!(first.next, Some(256));
		let last = Titles::titles_of_series(LOT, 256);
		assert_eq!(last.titles.len(), 44);
		assert_eq!(last.titles[43].title.units, 300);
		assert_eq!(last.titles[43].owner, alice());
		assert_eq!(last.next, None);
		assert_eq!(Titles::titles_of_series(LOT, u32::MAX).titles, vec![]);
		assert_eq!(Titles::titles_of_series(8, 0).next, None);
	});
}
