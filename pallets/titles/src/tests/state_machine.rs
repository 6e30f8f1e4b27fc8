//! Whatever users and pallets do, units are conserved and the books hold.

use crate::{mock::*, Call, LiveTitles};
use dmex_primitives::{
	titles::{LockReason, Titles as _},
	AccountId, TitleId, Units,
};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Command {
	Issue { owner: u8, units: Units, first_day: u32 },
	Split { nth: usize, cuts: Vec<Units> },
	Merge { nths: Vec<usize> },
	Transfer { nth: usize, to: u8 },
	Approve { nth: usize, to: u8 },
	Seize { nth: usize, to: u8 },
	Lock { nth: usize },
	Unlock { nth: usize },
	Burn { nth: usize },
	NextDay,
}

fn command() -> impl Strategy<Value = Command> {
	let nth = 0usize..64;
	prop_oneof![
		3 => (1u8..=2, 0u128..50, 100u32..104)
			.prop_map(|(owner, units, first_day)| Command::Issue { owner, units, first_day }),
		3 => (nth.clone(), prop::collection::vec(0u128..20, 0..5))
			.prop_map(|(nth, cuts)| Command::Split { nth, cuts }),
		3 => prop::collection::vec(nth.clone(), 0..5).prop_map(|nths| Command::Merge { nths }),
		2 => (nth.clone(), 1u8..=2).prop_map(|(nth, to)| Command::Transfer { nth, to }),
		1 => (nth.clone(), 1u8..=2).prop_map(|(nth, to)| Command::Approve { nth, to }),
		1 => (nth.clone(), 1u8..=3).prop_map(|(nth, to)| Command::Seize { nth, to }),
		2 => nth.clone().prop_map(|nth| Command::Lock { nth }),
		2 => nth.clone().prop_map(|nth| Command::Unlock { nth }),
		1 => nth.prop_map(|nth| Command::Burn { nth }),
		1 => Just(Command::NextDay),
	]
}

/// The nth living title and its owner.
fn pick(nth: usize) -> Option<(TitleId, AccountId)> {
	let mut ids: Vec<TitleId> = LiveTitles::<Test>::iter_key_prefix(LOT).collect();
	ids.sort();
	let id = *ids.get(nth % ids.len().max(1))?;
	Some((id, owner_of(id)?))
}

/// Runs a command as its author would and answers the units it issued. Refusals are fine: what
/// counts is what is left.
fn run(command: Command) -> Option<Units> {
	match command {
		Command::Issue { owner, units, first_day } => {
			return Titles::issue(LOT, &account(owner), units, first_day).ok().map(|_| units);
		},
		Command::Split { nth, mut cuts } => {
			let (title, owner) = pick(nth)?;
			// Mostly parts that add up, else every split would be refused.
			let rest = units_of(title)?.checked_sub(cuts.iter().sum());
			cuts.extend(rest);
			let parts = cuts.try_into().ok()?;
			let _ = call(owner, Call::split { series: LOT, title, parts });
		},
		Command::Merge { nths } => {
			let picked: Vec<_> = nths.into_iter().filter_map(pick).collect();
			let (_, owner) = picked.first()?.clone();
			let titles: Vec<_> = picked.into_iter().map(|(id, _)| id).collect();
			let titles = titles.try_into().ok()?;
			let _ = call(owner, Call::merge { series: LOT, titles });
		},
		Command::Transfer { nth, to } => {
			let (item, owner) = pick(nth)?;
			let dest = account(to);
			let _ = call(owner, pallet_nfts::Call::transfer { collection: LOT, item, dest });
		},
		Command::Approve { nth, to } => {
			let (item, owner) = pick(nth)?;
			let approve = pallet_nfts::Call::approve_transfer {
				collection: LOT,
				item,
				delegate: account(to),
				maybe_deadline: None,
			};
			let _ = call(owner, approve);
		},
		Command::Seize { nth, to } => {
			let (title, _) = pick(nth)?;
			Titles::settle_and_transfer(LOT, title, &account(to)).unwrap();
		},
		Command::Lock { nth } => {
			let (title, _) = pick(nth)?;
			let _ = Titles::lock(LOT, title, LockReason::Pledge);
		},
		Command::Unlock { nth } => {
			let (title, _) = pick(nth)?;
			let _ = Titles::unlock(LOT, title, LockReason::Pledge);
		},
		Command::Burn { nth } => {
			let (item, owner) = pick(nth)?;
			let burn = pallet_nfts::Call::burn { collection: LOT, item };
			assert!(call(owner, burn).is_err(), "a user burned a title");
		},
		Command::NextDay => Today::mutate(|day| *day += 1),
	}
	None
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(256))]

	#[test]
	fn no_sequence_of_calls_makes_or_loses_a_unit(
		commands in prop::collection::vec(command(), 1..60)
	) {
		ext().execute_with(|| {
			Today::set(100);
			let mut issued: Units = 0;
			for command in commands {
				let locked: Vec<_> = LiveTitles::<Test>::iter_prefix(LOT)
					.filter(|(_, title)| title.locked_by.is_some())
					.map(|(id, title)| (id, title.units))
					.collect();
				let unlocks = matches!(command, Command::Unlock { .. });
				issued += run(command).unwrap_or(0);
				assert_eq!(Titles::issued(LOT), issued);
				// What was locked is still there, whole.
				for (id, units) in locked {
					let (_, title) = Titles::title(LOT, id).expect("a locked title ended");
					assert_eq!(title.units, units);
					assert!(unlocks || title.locked_by.is_some());
				}
				Titles::do_try_state().unwrap();
			}
		});
	}
}
