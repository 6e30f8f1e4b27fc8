//! That events are complete: whoever knows the state of genesis and the events of every block since
//! knows every balance, title, right, order and stake. Each storyline ends with this.
//!
//! `docs/history.md` says the same in words, for indexers.

mod gateway;
mod lots;
mod market;
mod money;
mod rewards;
mod rights;
mod titles;

use crate::*;
use dmex_primitives::Day;
use std::{cell::RefCell, collections::BTreeMap, fmt::Debug};

/// What can be told from events.
#[derive(Clone)]
struct Rebuilt {
	money: money::Money,
	lots: lots::Lots,
	titles: titles::Titles,
	rights: rights::Rights,
	market: market::Market,
	gateway: gateway::Gateway,
	rewards: rewards::Rewards,
}

/// Events since genesis, each with the day of its block.
struct Told {
	genesis: Rebuilt,
	events: Vec<(Day, RuntimeEvent)>,
}

thread_local! {
	/// Of the storyline that runs in this thread.
	static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

impl Rebuilt {
	/// What the chain keeps now.
	fn read() -> Self {
		Self {
			money: money::Money::read(),
			lots: lots::Lots::read(),
			titles: titles::Titles::read(),
			rights: rights::Rights::read(),
			market: market::Market::read(),
			gateway: gateway::Gateway::read(),
			rewards: rewards::Rewards::read(),
		}
	}

	fn take(&mut self, today: Day, event: &RuntimeEvent) {
		self.money.take(event, &self.lots);
		self.lots.take(event);
		self.titles.take(event);
		self.rights.take(event);
		self.market.take(event);
		self.gateway.take(event, today, &self.money);
		self.rewards.take(event);
	}

	/// In what this differs from what the chain keeps.
	fn differences(&self, kept: &Self) -> Vec<String> {
		let mut found = Differences::default();
		self.money.compare(&kept.money, &mut found);
		self.lots.compare(&kept.lots, &mut found);
		self.titles.compare(&kept.titles, &mut found);
		self.rights.compare(&kept.rights, &mut found);
		self.market.compare(&kept.market, &mut found);
		self.gateway.compare(&kept.gateway, &mut found);
		self.rewards.compare(&kept.rewards, &mut found);
		found.0
	}
}

impl Told {
	/// Rebuilds from the events that `is_told` lets pass.
	fn rebuild(&self, is_told: impl Fn(&RuntimeEvent) -> bool) -> Rebuilt {
		let mut rebuilt = self.genesis.clone();
		for (day, event) in self.events.iter().filter(|(_, event)| is_told(event)) {
			rebuilt.take(*day, event);
		}
		rebuilt
	}
}

/// What was rebuilt and is not so.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
	fn one<V: PartialEq + Debug>(&mut self, what: &str, told: V, kept: V) {
		if told != kept {
			self.0.push(format!("{what}: events tell {told:?}, the chain keeps {kept:?}"));
		}
	}

	fn each<K: Ord + Debug, V: PartialEq + Debug>(
		&mut self,
		what: &str,
		told: &BTreeMap<K, V>,
		kept: &BTreeMap<K, V>,
	) {
		for key in told.keys().chain(kept.keys().filter(|key| !told.contains_key(key))) {
			self.one(&format!("{what} {key:?}"), told.get(key), kept.get(key));
		}
	}
}

/// A storyline begins: what there is now is given.
pub fn begin() {
	let genesis = Rebuilt::read();
	TOLD.set(Some(Told { genesis, events: Vec::new() }));
}

/// Notes the events of the block that was just built.
pub fn follow() {
	TOLD.with_borrow_mut(|told| {
		let Some(told) = told else { return };
		let today = Periods::today();
		let events = System::events().into_iter();
		told.events.extend(events.map(|record| (today, record.event)));
	});
}

/// The storyline is over: from its events alone all is as the chain keeps it.
#[track_caller]
pub fn check() {
	let Some(told) = TOLD.take() else { return };
	let differences = told.rebuild(|_| true).differences(&Rebuilt::read());
	assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Pallet and name of an event.
fn name_of(event: &RuntimeEvent) -> String {
	let text = format!("{event:?}");
	let (pallet, rest) = text.split_once('(').expect("an event is inside its pallet's");
	let name = rest.split([' ', '{', '(', ')']).next().expect("it has a name");
	format!("{pallet}.{}", name.trim_start_matches("Event::"))
}

/// Asserts that without these events history would not be what it is: the checks see it.
#[track_caller]
pub fn assert_needed(names: &[&str]) {
	let kept = Rebuilt::read();
	TOLD.with_borrow(|told| {
		let told = told.as_ref().expect("a storyline runs");
		assert_eq!(told.rebuild(|_| true).differences(&kept), Vec::<String>::new());
		let all: Vec<String> = told.events.iter().map(|(_, event)| name_of(event)).collect();
		for name in names {
			assert!(all.iter().any(|other| other == name), "there was no {name}");
			let without = told.rebuild(|event| name_of(event) != *name);
			assert!(!without.differences(&kept).is_empty(), "nobody misses {name}");
		}
	});
}
