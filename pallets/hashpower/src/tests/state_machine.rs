//! Whatever providers, auditors and Root do, issued power stays inside every limit and the books
//! hold.

use crate::{
	mock::*,
	types::{is_open, LotTerms, StopScope},
	AllLots, IssuedOfCoin, IssuedOnSource,
};
use dmex_primitives::{polls::PollResult, LotId, Power};
use proptest::prelude::*;

const FREE: Power = 200;

#[derive(Clone, Debug)]
enum Command {
	/// All the way to an active lot.
	Open {
		farm: u32,
		name: u8,
		source: u32,
		power: Power,
	},
	Submit {
		farm: u32,
		name: u8,
		source: u32,
		power: Power,
		term: u32,
	},
	Decide {
		nth: usize,
		passed: bool,
	},
	Activate {
		nth: usize,
	},
	/// Per cent of what may be issued; above 100 one unit too many.
	Issue {
		nth: usize,
		percent: u8,
	},
	/// The newest days of a lot; mostly of all lots.
	Measure {
		nth: usize,
		days: u32,
		power: Power,
	},
	Suspend {
		nth: usize,
	},
	Resume {
		nth: usize,
	},
	Terminate {
		nth: usize,
	},
	Withdraw {
		nth: usize,
	},
	Mature {
		nth: usize,
	},
	Stop,
	Allow,
	Days {
		days: u32,
	},
}

fn command() -> impl Strategy<Value = Command> {
	let nth = 0usize..8;
	prop_oneof![
		4 => (0u32..2, 0u8..4, POOL..=NEW_POOL, 1u128..2_000)
			.prop_map(|(farm, name, source, power)| Command::Open { farm, name, source, power }),
		2 => (0u32..2, 0u8..4, POOL..=NEW_POOL, 1u128..2_000, 1u32..40).prop_map(
			|(farm, name, source, power, term)| Command::Submit { farm, name, source, power, term }
		),
		2 => (nth.clone(), prop::bool::weighted(0.8))
			.prop_map(|(nth, passed)| Command::Decide { nth, passed }),
		2 => nth.clone().prop_map(|nth| Command::Activate { nth }),
		8 => (nth.clone(), 0u8..=110).prop_map(|(nth, percent)| Command::Issue { nth, percent }),
		8 => (nth.clone(), 1u32..7, prop_oneof![1 => Just(0u128), 9 => 100u128..3_000])
			.prop_map(|(nth, days, power)| Command::Measure { nth, days, power }),
		1 => nth.clone().prop_map(|nth| Command::Suspend { nth }),
		1 => nth.clone().prop_map(|nth| Command::Resume { nth }),
		1 => nth.clone().prop_map(|nth| Command::Terminate { nth }),
		1 => nth.clone().prop_map(|nth| Command::Withdraw { nth }),
		2 => nth.prop_map(|nth| Command::Mature { nth }),
		1 => Just(Command::Stop),
		2 => Just(Command::Allow),
		4 => (1u32..4).prop_map(|days| Command::Days { days }),
	]
}

/// The nth lot.
fn pick(nth: usize) -> Option<LotId> {
	// Mostly one that is open.
	let mut open: Vec<LotId> = AllLots::<Test>::iter()
		.filter(|(id, lot)| is_open(lot.status) || id % 8 == 7)
		.map(|(id, _)| id)
		.collect();
	open.sort();
	open.get(nth % open.len().max(1)).copied()
}

/// Runs a command as its author would. Refusals are fine: what counts is what is left.
fn run(command: Command) -> Option<()> {
	let root = RuntimeOrigin::root;
	match command {
		Command::Open { farm, name, source, power } => {
			let (first_day, last_day) = (Today::get() + 1, Today::get() + 30);
			let name = format!("{farm}.{name}");
			let terms = LotTerms { power, first_day, last_day, ..terms_of(farm, &name, source) };
			let lot = submit(terms).ok()?;
			conclude(lot, PollResult::Passed).unwrap();
			Hashpower::activate(RuntimeOrigin::signed(carol()), lot).unwrap();
		},
		Command::Submit { farm, name, source, power, term } => {
			let first_day = Today::get() + 1;
			let terms = LotTerms {
				power,
				first_day,
				last_day: first_day + term,
				..terms_of(farm, &format!("{farm}.{name}"), source)
			};
			let _ = submit(terms);
		},
		Command::Decide { nth, passed } => {
			let result = if passed { PollResult::Passed } else { PollResult::Failed };
			let _ = conclude(pick(nth)?, result);
		},
		Command::Activate { nth } => {
			let _ = Hashpower::activate(RuntimeOrigin::signed(carol()), pick(nth)?);
		},
		Command::Issue { nth, percent } => {
			let lot = pick(nth)?;
			let available = Hashpower::issue_limit(lot)?.available;
			let units = match percent {
				0..=100 => available * Power::from(percent) / 100,
				_ => available + 1,
			};
			let before = record(lot).issued;
			let result = issue(lot, units);
			// What is quoted is what is allowed, exactly.
			assert_eq!(result.is_ok(), units > 0 && units <= available, "{result:?}");
			let added = if result.is_ok() { units } else { 0 };
			assert_eq!(record(lot).issued, before + added);
			if result.is_ok() {
				let source = record(lot).terms.source;
				let on_source = IssuedOnSource::<Test>::get(BTC, source);
				let of_coin = IssuedOfCoin::<Test>::get(BTC);
				assert!(on_source <= FREE || on_source * 100 <= of_coin * 40);
			}
		},
		Command::Measure { nth, days, power } => {
			let lots = match nth {
				0..=5 => AllLots::<Test>::iter_keys().collect(),
				_ => vec![pick(nth)?],
			};
			for account in lots.into_iter().map(|lot| record(lot).account) {
				for day in Today::get() - days..Today::get() {
					// A fact never changes.
					if store::get::<Option<Power>>("day", (account, day)).is_none() {
						measure(account, day, power);
					}
				}
			}
		},
		Command::Suspend { nth } => {
			let _ = Hashpower::suspend(root(), pick(nth)?);
		},
		Command::Resume { nth } => {
			let _ = Hashpower::resume(root(), pick(nth)?);
		},
		Command::Terminate { nth } => {
			let _ = Hashpower::terminate(root(), pick(nth)?);
		},
		Command::Withdraw { nth } => {
			let lot = pick(nth)?;
			let provider = record(lot).provider;
			let _ = Hashpower::withdraw_lot(RuntimeOrigin::signed(provider), lot);
		},
		Command::Mature { nth } => {
			let _ = Hashpower::mature(RuntimeOrigin::signed(carol()), pick(nth)?);
		},
		Command::Stop => {
			let _ = Hashpower::stop_issue(root(), StopScope::Coin(BTC));
		},
		Command::Allow => {
			let _ = Hashpower::allow_issue(root(), StopScope::Coin(BTC));
		},
		Command::Days { days } => Today::mutate(|today| *today += days),
	}
	None
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn no_sequence_of_calls_issues_more_than_every_limit_allows(
		commands in prop::collection::vec(command(), 1..120)
	) {
		let genesis = GenesisConfig { free_power: vec![(BTC, FREE)], ..Default::default() };
		ext_with(genesis).execute_with(|| {
			for command in commands {
				let closed: Vec<LotId> = AllLots::<Test>::iter()
					.filter(|(_, lot)| !is_open(lot.status))
					.map(|(id, _)| id)
					.collect();
				run(command);
				// What is closed stays closed.
				assert!(closed.into_iter().all(|id| !is_open(record(id).status)));
				Hashpower::do_try_state().unwrap();
			}
		});
	}
}
