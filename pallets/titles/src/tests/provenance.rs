use crate::{mock::*, types::Became};

#[test]
fn a_title_is_traced_back_to_its_issue() {
	build_and_execute(|| {
		let a = issue(alice(), 10); // 0
		let b = issue(alice(), 5); // 1
		let parts = divide(a, &[4, 6]).unwrap(); // 2, 3
		let merged = join(&[parts[0], b]).unwrap(); // 4

		let history = Titles::provenance(LOT, merged);
		let ids: Vec<_> = history.iter().map(|step| step.id).collect();
		assert_eq!(ids, vec![merged, parts[0], b, a]);
		let units: Vec<_> = history.iter().map(|step| step.units).collect();
		assert_eq!(units, vec![9, 4, 5, 10]);
		assert_eq!(history[0].made_of, vec![parts[0], b]);
		assert_eq!(history[0].became, None);
		assert_eq!(history[1].made_of, vec![a]);
		assert_eq!(history[2].made_of, Vec::<u32>::new());
		assert_eq!(history[2].became, Some(Became::Merged(merged)));
		assert_eq!(history[3].became, Some(Became::Parts { first: 2, count: 2 }));
		assert_eq!(Titles::tombstone(LOT, a).unwrap().units, 10);
	});
}

#[test]
fn ways_back_that_meet_are_told_once() {
	build_and_execute(|| {
		let a = issue(alice(), 10);
		let parts = divide(a, &[4, 6]).unwrap();
		let whole = join(&parts).unwrap();
		let ids: Vec<_> = Titles::provenance(LOT, whole).iter().map(|step| step.id).collect();
		assert_eq!(ids, vec![whole, parts[0], parts[1], a]);
		assert_eq!(Titles::provenance(LOT, 99), vec![]);
	});
}

#[test]
fn a_long_history_is_cut_and_can_be_continued() {
	build_and_execute(|| {
		let mut title = issue(alice(), 1_000);
		for left in (1..=80).rev() {
			let units = units_of(title).unwrap();
			title = divide(title, &[units - 1, 1]).unwrap()[0];
			assert_eq!(units_of(title), Some(1_000 - 81 + left));
		}
		let history = Titles::provenance(LOT, title);
		assert_eq!(history.len(), 64);
		let rest = Titles::provenance(LOT, history[63].made_of[0]);
		assert_eq!(rest.len(), 81 - 64);
		assert_eq!(rest.last().unwrap().units, 1_000);
	});
}
