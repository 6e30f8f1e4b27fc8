//! Whatever stakers, closings and the law do, everyone earns what a naive count of days says, the
//! books are equal to the last unit, and nobody gains by rounding.

use crate::{mock::*, types::*, Days, Stakes};
use dmex_primitives::{
	lots::LotStatus, titles::Titles, Balance, CoinId, Day, LotId, TitleId, Units,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const LOTS: [(LotId, CoinId); 3] = [(LOT, BTC), (OTHER_LOT, BTC), (BCH_LOT, BCH)];

#[derive(Clone, Debug)]
enum Command {
	Stake { lot: usize, who: u8, units: Units },
	Restake { nth: usize },
	Unstake { nth: usize },
	Claim { from: u64 },
	NextDay { days: Day },
	Close { lot: usize, days: usize, percent: u128 },
	Suspend { lot: usize },
	Resume { lot: usize },
	Fund { amount: Balance },
	Budget { amount: Balance },
	Weigh { coin: CoinId, weight: u32 },
}

fn command() -> impl Strategy<Value = Command> {
	let lot = 0usize..LOTS.len();
	prop_oneof![
		5 => (lot.clone(), 1u8..3, prop_oneof![1u128..5, 1u128..1_000_000])
			.prop_map(|(lot, who, units)| Command::Stake { lot, who, units }),
		2 => (0usize..8).prop_map(|nth| Command::Restake { nth }),
		3 => (0usize..8).prop_map(|nth| Command::Unstake { nth }),
		3 => (0u64..10).prop_map(|from| Command::Claim { from }),
		8 => prop_oneof![9 => Just(1u32), 1 => 2u32..40].prop_map(|days| Command::NextDay { days }),
		8 => (lot.clone(), 1usize..6, prop_oneof![2 => Just(100u128), 1 => 0u128..120])
			.prop_map(|(lot, days, percent)| Command::Close { lot, days, percent }),
		1 => lot.clone().prop_map(|lot| Command::Suspend { lot }),
		2 => lot.prop_map(|lot| Command::Resume { lot }),
		1 => (1u128..5_000).prop_map(|amount| Command::Fund { amount }),
		1 => (0u128..3_000).prop_map(|amount| Command::Budget { amount }),
		1 => (0u32..2, 0u32..4).prop_map(|(coin, weight)| Command::Weigh { coin, weight }),
	]
}

/// A stake as one would write it down by hand.
struct Written {
	lot: LotId,
	title: TitleId,
	units: Units,
	from: Day,
	until: Option<Day>,
	/// Sum of the exact parts of each closed day.
	earned: f64,
}

/// The naive books: every stake, looped over on every day.
#[derive(Default)]
struct Naive {
	stakes: BTreeMap<StakeId, Written>,
	/// Budget and weighted stake of each day that was opened, and the weights then.
	days: BTreeMap<Day, (f64, f64, BTreeMap<CoinId, f64>)>,
	weights: BTreeMap<CoinId, u32>,
	closed: BTreeMap<LotId, Day>,
	/// Roundings that may have moved less than a unit each.
	roundings: f64,
}

impl Naive {
	fn counts(written: &Written, day: Day) -> bool {
		written.from <= day && written.until.is_none_or(|until| day < until) && day <= LAST
	}

	fn open(&mut self, day: Day, budget: f64) {
		let weight = |lot| {
			let coin = LOTS.iter().find(|(id, _)| *id == lot).unwrap().1;
			f64::from(self.weights[&coin])
		};
		let counted = self.stakes.values().filter(|stake| Self::counts(stake, day));
		let total: f64 = counted.map(|stake| stake.units as f64 * weight(stake.lot)).sum();
		let weights = self.weights.iter().map(|(coin, weight)| (*coin, f64::from(*weight)));
		self.days.insert(day, (budget, total, weights.collect()));
	}

	fn close(&mut self, lot: LotId, day: Day, percent: u128, today: Day, suspended: bool) {
		if suspended || day + KEEP_DAYS <= today || day < self.closed[&lot] {
			return;
		}
		let Some((budget, total, weights)) = self.days.get(&day) else { return };
		let coin = LOTS.iter().find(|(id, _)| *id == lot).unwrap().1;
		let share = percent.min(100) as f64 / 100.0;
		self.roundings += 2.0;
		for stake in self.stakes.values_mut().filter(|stake| stake.lot == lot) {
			if Self::counts(stake, day) && *total > 0.0 {
				let part = stake.units as f64 * weights[&coin] / total;
				stake.earned += budget * part * share;
			}
		}
	}
}

fn pick(nth: usize) -> Option<(StakeId, Stake<dmex_primitives::AccountId>)> {
	let mut running: Vec<_> =
		Stakes::<Test>::iter().filter(|(_, stake)| stake.until.is_none()).collect();
	running.sort_by_key(|(id, _)| *id);
	running.get(nth).cloned()
}

fn write_down(naive: &mut Naive, lot: LotId, title: TitleId) {
	let id = PowerRewards::stake_of(lot, title).unwrap();
	let (_, record) = Played::title(lot, title).unwrap();
	let from = Today::get() + 1;
	let written = Written { lot, title, units: record.units, from, until: None, earned: 0.0 };
	naive.stakes.insert(id, written);
}

fn next_day(naive: &mut Naive, days: Day) {
	for _ in 0..days {
		let day = Today::get() + 1;
		go_to(day);
		let of_day = Days::<Test>::get(day);
		// A new day has all of its budget.
		naive.open(day, of_day.map(|day| day.left as f64).unwrap_or_default());
	}
}

fn run(naive: &mut Naive, command: Command) -> Option<()> {
	let root = RuntimeOrigin::root;
	match command {
		Command::Stake { lot, who, units } => {
			let (lot, owner) = (LOTS[lot].0, account(who));
			let id = title(lot, &owner, units);
			PowerRewards::stake(RuntimeOrigin::signed(owner), lot, id).ok()?;
			write_down(naive, lot, id);
		},
		Command::Restake { nth } => {
			let ended = naive.stakes.values().filter(|stake| stake.until.is_some()).nth(nth)?;
			let (lot, title) = (ended.lot, ended.title);
			let (owner, _) = Played::title(lot, title)?;
			PowerRewards::stake(RuntimeOrigin::signed(owner), lot, title).ok()?;
			write_down(naive, lot, title);
		},
		Command::Unstake { nth } => {
			let (id, stake) = pick(nth)?;
			unstake(stake.lot, &stake.who, stake.title).unwrap();
			let until = Today::get().max(stake.from);
			naive.stakes.get_mut(&id).unwrap().until = Some(until);
		},
		Command::Claim { from } => {
			let ids: Vec<StakeId> = (from..from + u64::from(MAX_CLAIMS)).collect();
			naive.roundings += 16.0;
			let _ = claim(&ids);
		},
		Command::NextDay { days } => next_day(naive, days),
		Command::Close { lot, days, percent } => {
			let lot = LOTS[lot].0;
			let info = store::get::<PlayedLot>("lot", lot).unwrap();
			for _ in 0..days {
				let day = naive.closed[&lot];
				if day >= Today::get() {
					return None;
				}
				naive.close(lot, day, percent, Today::get(), info.2 == LotStatus::Suspended);
				close(lot, day, percent);
				naive.closed.insert(lot, day + 1);
			}
		},
		Command::Suspend { lot } => set_status(LOTS[lot].0, LotStatus::Suspended),
		Command::Resume { lot } => set_status(LOTS[lot].0, LotStatus::Active),
		Command::Fund { amount } => {
			PowerRewards::fund(RuntimeOrigin::signed(account(99)), amount).unwrap();
		},
		Command::Budget { amount } => {
			let _ = PowerRewards::set_daily_budget(root(), amount);
		},
		Command::Weigh { coin, weight } => {
			PowerRewards::set_coin_weight(root(), coin, weight).ok()?;
			naive.weights.insert(coin, weight);
		},
	}
	Some(())
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(128))]

	#[test]
	fn everyone_earns_what_a_naive_count_says(
		commands in prop::collection::vec(command(), 1..80)
	) {
		ext().execute_with(|| {
			let mut naive = Naive {
				weights: [(BTC, 2), (BCH, 1)].into(),
				closed: LOTS.map(|(lot, _)| (lot, START)).into(),
				..Default::default()
			};
			go_to(START);
			let mut before = books();
			let mut earned: BTreeMap<StakeId, Balance> = BTreeMap::new();
			for command in commands {
				run(&mut naive, command);
				check();
				let now = books();
				assert!(now.funded >= before.funded && now.paid >= before.paid);
				before = now;
				for (id, _) in Stakes::<Test>::iter() {
					earned.insert(id, PowerRewards::stake_view(id).unwrap().earned);
				}
			}
			for (id, written) in &naive.stakes {
				// One that was settled in passing has its last known sum, or had earned nothing.
				let ours = earned.get(id).copied().unwrap_or(0) as f64;
				if Stakes::<Test>::contains_key(id) {
					let difference = (ours - written.earned).abs();
					assert!(difference <= 2.0 + naive.roundings, "{id}: {ours} {}", written.earned);
				} else {
					assert!(ours <= written.earned + naive.roundings + 2.0);
				}
			}
			let owed: f64 = naive.stakes.values().map(|stake| stake.earned).sum();
			assert!((before.paid + before.owed) as f64 <= owed + naive.roundings);
		});
	}
}
