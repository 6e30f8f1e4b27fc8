//! Whatever happens, each account gets what a book of every unit and day gives it, but for the
//! documented rounding, and all together never more.

use crate::{mock::*, Awards, Books, Pots, TitleBooks};
use dmex_primitives::{
	lots::{LotStatus, Lots as _, Vesting},
	rights::{Awards as _, DayBooks, Rights},
	titles::Titles as _,
	AccountId, AssetId, Day, TitleId, Units,
};
use frame_support::traits::Hooks;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Command {
	Issue {
		owner: u8,
		units: Units,
	},
	/// The next day comes; the pool says this of the one that is over.
	Day {
		fact: Option<(u128, u128)>,
	},
	Days {
		days: u32,
	},
	Arrive {
		amount: u128,
	},
	MakeUp {
		amount: u128,
	},
	Grant {
		from: u32,
		days: u32,
		in_coin: bool,
		amount: u128,
	},
	Transfer {
		nth: usize,
		to: u8,
	},
	Seize {
		nth: usize,
		to: u8,
		keep: bool,
	},
	Split {
		nth: usize,
		first: Units,
	},
	Merge {
		nths: Vec<usize>,
	},
	Assign {
		nth: usize,
		first: u32,
		days: u32,
		to: u8,
	},
	Shorten {
		nth: usize,
		to: u8,
		end: u32,
	},
	Claim {
		nth: usize,
	},
	Draw {
		who: u8,
	},
	Idle,
	/// The lot ends early.
	End,
}

fn command() -> impl Strategy<Value = Command> {
	let nth = 0usize..16;
	let fact = prop::option::weighted(0.8, (0u128..200_000, 0u128..60));
	prop_oneof![
		3 => (1u8..=3, 1u128..20).prop_map(|(owner, units)| Command::Issue { owner, units }),
		12 => fact.prop_map(|fact| Command::Day { fact }),
		2 => (1u32..30).prop_map(|days| Command::Days { days }),
		6 => (1u128..300_000).prop_map(|amount| Command::Arrive { amount }),
		3 => (1u128..300_000).prop_map(|amount| Command::MakeUp { amount }),
		3 => (0u32..60, 1u32..30, any::<bool>(), 1u128..100_000)
			.prop_map(|(from, days, in_coin, amount)| Command::Grant { from, days, in_coin, amount }),
		2 => (nth.clone(), 1u8..=3).prop_map(|(nth, to)| Command::Transfer { nth, to }),
		2 => (nth.clone(), 1u8..=3, any::<bool>())
			.prop_map(|(nth, to, keep)| Command::Seize { nth, to, keep }),
		3 => (nth.clone(), 1u128..10).prop_map(|(nth, first)| Command::Split { nth, first }),
		3 => prop::collection::vec(nth.clone(), 2..4).prop_map(|nths| Command::Merge { nths }),
		4 => (nth.clone(), 1u32..10, 7u32..30, 1u8..=5)
			.prop_map(|(nth, first, days, to)| Command::Assign { nth, first, days, to }),
		2 => (nth.clone(), 1u8..=5, 0u32..20)
			.prop_map(|(nth, to, end)| Command::Shorten { nth, to, end }),
		2 => nth.prop_map(|nth| Command::Claim { nth }),
		1 => (1u8..=5).prop_map(|who| Command::Draw { who }),
		2 => Just(Command::Idle),
		1 => prop::bool::weighted(0.2)
			.prop_map(|ends| if ends { Command::End } else { Command::Idle }),
	]
}

/// One unit of the lot, followed through every split and merge. Amounts have 64 fractional bits.
#[derive(Clone)]
struct Unit {
	title: TitleId,
	first_day: Day,
	/// Days that are someone else's.
	liens: BTreeMap<Day, u8>,
	/// Its own, not paid: coin, stable.
	unpaid: [u128; 2],
}

#[derive(Default)]
struct Model {
	units: Vec<Unit>,
	/// What each account has or is owed for liens: coin, stable.
	accounts: BTreeMap<u8, [u128; 2]>,
	/// What each closed day was given so far.
	given: BTreeMap<Day, u128>,
	awards: u32,
	titles: usize,
}

impl Model {
	fn credit(&mut self, which: usize, asset: usize, day: Day, amount: u128) {
		let Some(holder) = self.units[which].liens.get(&day).copied() else {
			self.units[which].unpaid[asset] += amount;
			return;
		};
		self.accounts.entry(holder).or_default()[asset] += amount;
	}

	fn on_day(&self, day: Day) -> Vec<usize> {
		(0..self.units.len()).filter(|nth| self.units[*nth].first_day <= day).collect()
	}

	/// Divides what closed days were given since, unit by unit.
	fn sync(&mut self) {
		let Some(book) = Books::<Test>::get(LOT) else { return };
		for day in book.start..book.closed_until {
			let now = Income::delivered(LOT, day).unwrap() + Income::made_up(LOT, day).unwrap();
			let before = self.given.insert(day, now).unwrap_or_default();
			let units = self.on_day(day);
			if now > before {
				let each = ((now - before) << 64) / u128::try_from(units.len()).unwrap();
				units.into_iter().for_each(|unit| self.credit(unit, 0, day, each));
			}
		}
		for number in self.awards..book.awards {
			let award = Awards::<Test>::get(LOT, number).unwrap();
			let asset = usize::from(award.asset == STABLE);
			for day in award.days.first..award.days.end {
				let lost = Income::short(LOT, day).unwrap() - Income::made_up(LOT, day).unwrap();
				let units = self.on_day(day);
				if lost > 0 {
					let part = ((award.amount << 64) / award.lost) * lost;
					let each = part / u128::try_from(units.len()).unwrap();
					units.into_iter().for_each(|unit| self.credit(unit, asset, day, each));
				}
			}
		}
		self.awards = book.awards;
	}

	fn settle(&mut self, title: TitleId, owner: u8) {
		let account = self.accounts.entry(owner).or_default();
		for unit in self.units.iter_mut().filter(|unit| unit.title == title) {
			for (has, unpaid) in account.iter_mut().zip(&mut unit.unpaid) {
				*has += core::mem::take(unpaid);
			}
		}
	}

	fn of_title(&mut self, title: TitleId) -> impl Iterator<Item = &mut Unit> {
		self.units.iter_mut().filter(move |unit| unit.title == title)
	}
}

/// The lot's coin.
fn coin() -> AssetId {
	ASSET + World::lot(LOT).unwrap().coin
}

fn seed_of(who: &AccountId) -> u8 {
	let bytes: &[u8] = who.as_ref();
	bytes[0]
}

/// The nth living title and its owner.
fn pick(nth: usize) -> Option<(TitleId, u8)> {
	let mut ids: Vec<TitleId> = TitleBooks::<Test>::iter_key_prefix(LOT).collect();
	ids.sort();
	let id = *ids.get(nth % ids.len().max(1))?;
	Some((id, seed_of(&Titles::title(LOT, id)?.0)))
}

fn run(model: &mut Model, command: Command) -> Option<()> {
	match command {
		Command::Issue { owner, units } => {
			let lot = World::lot(LOT)?;
			let is_sold = lot.vesting.is_none() || lot.status == LotStatus::Active;
			if !is_sold || Today::get() >= lot.last_day {
				return None;
			}
			let title = issue(&account(owner), units);
			let first_day = title_book(title).first_day;
			for _ in 0..units {
				let unpaid = [0; 2];
				model.units.push(Unit { title, first_day, liens: BTreeMap::new(), unpaid });
			}
			model.titles += 1;
		},
		Command::Day { fact } => {
			if let Some((paid, power)) = fact {
				agree(Today::get(), paid, power);
			}
			go_to(Today::get() + 1);
		},
		Command::Days { days } => go_to(Today::get() + days),
		Command::Arrive { amount } => {
			arrive_at(LOT, coin(), amount);
			visit();
		},
		Command::MakeUp { amount } => {
			give(&provider(), coin(), amount);
			let _ = Income::remit(RuntimeOrigin::signed(provider()), LOT, amount);
		},
		Command::Grant { from, days: count, in_coin, amount } => {
			let asset = if in_coin { coin() } else { STABLE };
			give(&gateway(), asset, amount);
			let first = FIRST + from;
			let _ = Income::grant(LOT, days(first, first + count), asset, amount, &gateway());
		},
		Command::Transfer { nth, to } => {
			let (title, owner) = pick(nth)?;
			transfer(title, &account(owner), &account(to));
		},
		Command::Seize { nth, to, keep } => {
			let (title, owner) = pick(nth)?;
			let book = Books::<Test>::get(LOT)?;
			let until = book.closed_until.max(Today::get() + 1);
			if keep && Income::keep_short(LOT, title, &account(owner)).is_ok() {
				model.settle(title, owner);
				for unit in model.of_title(title) {
					for day in book.final_until.max(unit.first_day)..until.min(book.end) {
						unit.liens.entry(day).or_insert(owner);
					}
				}
			}
			model.settle(title, owner);
			Titles::settle_and_transfer(LOT, title, &account(to)).unwrap();
		},
		Command::Split { nth, first } => {
			let (title, owner) = pick(nth)?;
			let rest = title_book(title).units.checked_sub(first)?;
			let parts =
				<Titles as dmex_primitives::titles::Titles<_>>::split(LOT, title, &[first, rest])
					.ok()?;
			model.settle(title, owner);
			model.titles += 2;
			for (nth, unit) in model.of_title(title).enumerate() {
				unit.title = parts[usize::from(u128::try_from(nth).unwrap() >= first)];
			}
		},
		Command::Merge { nths } => {
			let picked: Vec<_> = nths.into_iter().filter_map(pick).collect();
			let ids: Vec<_> = picked.iter().map(|(id, _)| *id).collect();
			let merged = <Titles as dmex_primitives::titles::Titles<_>>::merge(LOT, &ids).ok()?;
			model.titles += 1;
			for (title, owner) in picked {
				model.settle(title, owner);
				model.of_title(title).for_each(|unit| unit.title = merged);
			}
		},
		Command::Assign { nth, first, days: count, to } => {
			let (title, _) = pick(nth)?;
			let first = Today::get() + first;
			assign(title, first, first + count, &account(to)).ok()?;
			for unit in model.of_title(title) {
				unit.liens.extend((first..first + count).map(|day| (day, to)));
			}
		},
		Command::Shorten { nth, to, end } => {
			let (title, _) = pick(nth)?;
			let end = Books::<Test>::get(LOT)?.closed_until + end;
			let lien = title_book(title)
				.liens
				.into_iter()
				.find(|lien| lien.holder == account(to) && lien.days.end > end);
			let done = Income::shorten(LOT, title, &account(to), end);
			assert_eq!(done.is_ok(), lien.is_some());
			let lien = lien?;
			for unit in model.of_title(title) {
				unit.liens
					.retain(|day, _| *day < end || !(lien.days.first..lien.days.end).contains(day));
			}
		},
		Command::Claim { nth } => {
			let (title, owner) = pick(nth)?;
			claim(title);
			model.settle(title, owner);
		},
		Command::Draw { who } => {
			<Income as dmex_primitives::rights::Pots<AccountId>>::draw(LOT, &account(who));
		},
		Command::End => {
			change_lot(LOT, |info| info.status = LotStatus::Terminated);
			if Books::<Test>::contains_key(LOT) {
				visit();
			}
		},
		Command::Idle => {
			let before: BTreeMap<_, _> =
				TitleBooks::<Test>::iter_prefix(LOT).map(|(id, book)| (id, book.cursor)).collect();
			Income::on_idle(1, frame_support::weights::Weight::MAX);
			model.sync();
			for (title, book) in TitleBooks::<Test>::iter_prefix(LOT) {
				if before.get(&title) != Some(&book.cursor) {
					let owner = seed_of(&Titles::title(LOT, title).unwrap().0);
					model.settle(title, owner);
				}
			}
		},
	}
	Some(())
}

fn received(who: u8, asset: AssetId) -> u128 {
	balance(asset, &account(who)) + Income::owed(asset, account(who))
}

/// Pays everything and compares.
fn compare(model: &mut Model) {
	let titles: Vec<TitleId> = TitleBooks::<Test>::iter_key_prefix(LOT).collect();
	for title in titles {
		let owner = seed_of(&Titles::title(LOT, title).unwrap().0);
		// Twice: more awards than one payment takes in.
		claim(title);
		claim(title);
		model.settle(title, owner);
	}
	let pots: Vec<AccountId> = Pots::<Test>::iter_key_prefix(LOT).collect();
	for holder in &pots {
		<Income as dmex_primitives::rights::Pots<AccountId>>::draw(LOT, holder);
	}
	let rights = u128::try_from(model.titles).unwrap() + 100;
	for (nth, asset) in [(0, coin()), (1, STABLE)] {
		let (mut sum, mut expected) = (0u128, 0u128);
		for who in 1..=5 {
			let got = received(who, asset);
			let due = model.accounts.get(&who).copied().unwrap_or_default()[nth];
			sum += got;
			expected += due;
			let off = got.abs_diff(due >> 64);
			// A title or pot keeps less than one unit, and loses less than one an award.
			let most = rights * u128::from(1 + model.awards);
			assert!(off <= most, "{who} got {got} of {asset}, not {}", due >> 64);
		}
		assert!(sum <= (expected >> 64) + 1, "{sum} were paid of {}", expected >> 64);
	}
	Income::do_try_state().unwrap();
}

fn play(commands: Vec<Command>, until: Day) {
	Yield::set(Some(2_000));
	let mut model = Model::default();
	for command in commands {
		if Today::get() > until {
			break;
		}
		run(&mut model, command);
		model.sync();
		Income::do_try_state().unwrap();
	}
	compare(&mut model);
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(80))]

	#[test]
	fn every_account_gets_what_a_book_of_every_unit_and_day_gives_it(
		commands in prop::collection::vec(command(), 1..70)
	) {
		// The term ends: what comes after is for other tests.
		ext().execute_with(|| play(commands, LAST - 40));
	}

	#[test]
	fn the_same_where_rewards_vest_past_the_term_and_past_an_early_end(
		commands in prop::collection::vec(command(), 1..70)
	) {
		ext().execute_with(|| {
			change_lot(LOT, |info| {
				info.coin = 1;
				info.vesting = Some(Vesting::Vesting);
				info.last_day = 125;
			});
			play(commands, 125 + 180 - 40);
		});
	}
}
