//! What must hold of the books after every block.

#![cfg(any(feature = "std", feature = "try-runtime"))]

use crate::{
	ledger::Ledger,
	types::{overlap, Book, Cursor, DayRecord, Piece},
	Awards, AwardsFlow, Books, Config, HoldReason, InAccount, Owed, Pallet, PotChanges, Pots,
	Starting, TitleBooks,
};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use dmex_math::{days::short_step, Fine};
use dmex_primitives::{rights::Days, AssetId, Balance, Day, LotId, SeriesId, Units};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, fungibles::Inspect},
};
use sp_runtime::TryRuntimeError;

type Checked = Result<(), TryRuntimeError>;

fn plus<N: sp_runtime::traits::CheckedAdd>(sum: &mut N, more: N) -> Checked {
	*sum = sum.checked_add(&more).ok_or("a sum overflows")?;
	Ok(())
}

fn add(sum: &mut Fine, more: Option<Fine>) -> Checked {
	*sum = more.and_then(|more| sum.checked_add(more)).ok_or("a sum overflows")?;
	Ok(())
}

fn per_unit(amount: u128, units: Units) -> Option<Fine> {
	match units {
		0 => Some(Fine::ZERO),
		units => short_step(amount, units),
	}
}

impl<T: Config> Pallet<T> {
	/// Checks everything below; the text of the error names the rule that is broken.
	pub fn do_try_state() -> Checked {
		let lots: Vec<LotId> = Books::<T>::iter_keys().collect();
		for lot in lots {
			let mut ledger = Ledger::<T>::open(lot).ok_or("a book is gone")?;
			Self::check_order(&ledger.book)?;
			Self::check_flows(&ledger.book)?;
			Self::check_days(&mut ledger)?;
			Self::check_units(&mut ledger)?;
			Self::check_unpaid(&mut ledger)?;
			Self::check_awards(&mut ledger)?;
			Self::check_liens(&ledger)?;
		}
		Self::check_account()?;
		Self::check_deposits()
	}

	/// A day closes, is passed by the make-up, told and made final, in this order.
	fn check_order(book: &Book) -> Checked {
		let days = [
			book.start,
			book.final_until,
			book.told_until,
			book.make_up_until,
			book.closed_until,
			book.end,
		];
		ensure!(days.is_sorted(), "days are out of order");
		Ok(())
	}

	/// What arrived went to days, to the provider, or waits.
	fn check_flows(book: &Book) -> Checked {
		let flows = &book.flows;
		let mut used = book.cash();
		plus(&mut used, flows.delivered)?;
		plus(&mut used, flows.made_up)?;
		plus(&mut used, flows.to_provider)?;
		ensure!(flows.arrived == used, "what arrived is not where it went");
		let mut owed = book.debt;
		plus(&mut owed, flows.made_up)?;
		plus(&mut owed, flows.lapsed)?;
		ensure!(flows.shorted == owed, "what was short is not made up, lost or owed");
		ensure!(flows.lapsed == book.lost, "what was lost is miscounted");
		let mut part = book.provider_part;
		plus(&mut part, flows.provider_paid)?;
		ensure!(flows.to_provider == part, "the provider's part is not what it got");
		Ok(())
	}

	/// The days add up to the flows, and each index to what was divided.
	fn check_days(ledger: &mut Ledger<T>) -> Checked {
		let Book { start, closed_until, make_up_until, delivered, made_up, flows, .. } =
			ledger.book.clone();
		let mut sums = (0u128, 0u128, 0u128, 0u128);
		let mut index = (delivered.carry, made_up.carry);
		for day in start..closed_until {
			let record = ledger.record(day).ok_or("a closed day has no record")?;
			let next = day.saturating_add(1);
			let step = ledger.delivered_at(next).checked_sub(record.index);
			add(&mut index.0, step.and_then(|step| step.times(record.units)))?;
			plus(&mut sums.0, record.delivered)?;
			plus(&mut sums.1, record.short())?;
			plus(&mut sums.2, record.made_up)?;
			ensure!(record.delivered <= record.due, "a day got more than its due");
			ensure!(record.made_up <= record.short(), "more was made up than was short");
			let short = ledger.short_at(next).checked_sub(record.short_index);
			let expected = per_unit(record.short(), record.units);
			ensure!(short == expected, "an index of what was short is wrong");
			if day <= make_up_until {
				let step = ledger.made_up_at(next).checked_sub(record.made_up_index);
				add(&mut index.1, step.and_then(|step| step.times(record.units)))?;
			} else {
				ensure!(record.made_up == 0, "a day was made up before its turn");
			}
			if day < make_up_until {
				plus(&mut sums.3, record.missing())?;
				Self::check_lost(ledger, day, &record)?;
			}
		}
		ensure!(
			sums == (flows.delivered, flows.shorted, flows.made_up, flows.lapsed),
			"days do not add up to the flows"
		);
		ensure!(index.0 == Fine::new(flows.delivered), "delivered is not index by units and carry");
		ensure!(index.1 == Fine::new(flows.made_up), "made up is not index by units and carry");
		Ok(())
	}

	/// A day lost what was short and not made up.
	fn check_lost(ledger: &mut Ledger<T>, day: Day, record: &DayRecord) -> Checked {
		let next = day.saturating_add(1);
		let lost = ledger.lost_at(next).checked_sub(record.lost_index);
		ensure!(
			lost == per_unit(record.missing(), record.units),
			"an index of what was lost is wrong"
		);
		let coins = ledger.coins_lost_at(next).checked_sub(record.lost);
		ensure!(coins == Some(record.missing()), "coins lost are miscounted");
		Ok(())
	}

	/// Units of a day are those of the titles that had begun.
	fn check_units(ledger: &mut Ledger<T>) -> Checked {
		let lot = ledger.lot;
		let Book { start, closed_until, units, .. } = ledger.book;
		let mut begun: BTreeMap<Day, Units> = BTreeMap::new();
		for (_, title) in TitleBooks::<T>::iter_prefix(lot) {
			plus(begun.entry(title.first_day).or_default(), title.units)?;
		}
		let mut sum = Units::MIN;
		for (_, units) in begun.range(..closed_until) {
			plus(&mut sum, *units)?;
		}
		ensure!(units == sum, "units of closed days are not those of the titles");
		let starting: BTreeMap<Day, Units> = Starting::<T>::iter_prefix(lot).collect();
		ensure!(
			starting.iter().eq(begun.range(closed_until..)),
			"units that start are not those of the titles"
		);
		// Titles that were merged kept the latest first day, which is final for all of them.
		let final_until = ledger.book.final_until.max(start);
		for day in final_until..closed_until {
			let record = ledger.record(day).ok_or("a closed day has no record")?;
			let mut sum = Units::MIN;
			for (_, units) in begun.range(..=day) {
				plus(&mut sum, *units)?;
			}
			ensure!(record.units == sum, "a day is divided by other units");
		}
		Ok(())
	}

	/// Everyone who is paid from a lot: cursor and days.
	fn rights_of_lot(ledger: &Ledger<T>) -> Vec<(Cursor, Vec<Piece>)> {
		let (lot, book) = (ledger.lot, &ledger.book);
		let titles = TitleBooks::<T>::iter_prefix(lot)
			.map(|(_, title)| (title.cursor, title.own_days(book.end)));
		let pots = Pots::<T>::iter_prefix(lot).map(|(holder, pot)| {
			(pot.cursor, Self::pieces_of(lot, &holder, &pot, book.closed_until))
		});
		titles.chain(pots).collect()
	}

	/// What was divided was paid, is unpaid, or is a fraction of what has ended. Exactly.
	fn check_unpaid(ledger: &mut Ledger<T>) -> Checked {
		let mut sum = Fine::new(ledger.book.flows.paid);
		add(&mut sum, Some(ledger.book.dropped))?;
		for (cursor, pieces) in Self::rights_of_lot(ledger) {
			let claim = Self::unpaid(ledger, &cursor, &pieces).ok_or("a claim overflows")?;
			add(&mut sum, Some(Fine::new(claim.coin)))?;
			add(&mut sum, Some(claim.cursor.carry))?;
		}
		add(&mut sum, Some(ledger.book.delivered.carry))?;
		add(&mut sum, Some(ledger.book.made_up.carry))?;
		let mut divided = ledger.book.flows.delivered;
		plus(&mut divided, ledger.book.flows.made_up)?;
		ensure!(sum == Fine::new(divided), "what was divided is not paid and unpaid");
		Ok(())
	}

	/// Awards are for lost days that were not final, and cover what rights draw from them.
	fn check_awards(ledger: &mut Ledger<T>) -> Checked {
		let (lot, asset) = (ledger.lot, ledger.book.asset);
		let mut granted: BTreeMap<AssetId, Balance> = BTreeMap::new();
		let mut in_coin = Vec::new();
		for number in 0..ledger.book.awards {
			let award = Awards::<T>::get(lot, number).ok_or("an award is gone")?;
			plus(granted.entry(award.asset).or_default(), award.amount)?;
			ensure!(award.days.first >= award.final_until, "a final day has an award");
			ensure!(award.days.end <= ledger.book.told_until, "an award comes before its time");
			let lost = ledger
				.coins_lost_at(award.days.end)
				.checked_sub(ledger.coins_lost_at(award.days.first));
			ensure!(lost == Some(award.lost), "an award is divided by another loss");
			if award.asset == asset {
				ensure!(award.amount <= award.lost, "an award is more than was lost");
				ensure!(
					in_coin.iter().all(|days: &Days| overlap(*days, award.days).is_none()),
					"a day is awarded in coin twice"
				);
				in_coin.push(award.days);
			}
		}
		let mut unpaid: BTreeMap<AssetId, Balance> = BTreeMap::new();
		for (mut cursor, pieces) in Self::rights_of_lot(ledger) {
			while cursor.award < ledger.book.awards {
				let claim = Self::unpaid(ledger, &cursor, &pieces).ok_or("a claim overflows")?;
				for (asset, amount) in claim.awards {
					plus(unpaid.entry(asset).or_default(), amount)?;
				}
				cursor.award = claim.cursor.award;
			}
		}
		for (asset, flow) in AwardsFlow::<T>::iter_prefix(lot) {
			ensure!(
				granted.remove(&asset) == Some(flow.granted),
				"awards are not what was granted"
			);
			let mut sum = unpaid.remove(&asset).unwrap_or_default();
			plus(&mut sum, flow.paid)?;
			ensure!(sum <= flow.granted, "more is paid of awards than was granted");
		}
		ensure!(granted.is_empty() && unpaid.is_empty(), "an award has no flow");
		Ok(())
	}

	/// Liens are disjoint and inside the term; pots have the units of their titles, day by day.
	fn check_liens(ledger: &Ledger<T>) -> Checked {
		let (series, book) = (ledger.lot, &ledger.book);
		let mut all: Vec<(T::AccountId, Days, Units)> = Vec::new();
		for (_, title) in TitleBooks::<T>::iter_prefix(series) {
			let mut free = title.first_day.min(book.final_until);
			for lien in title.liens {
				ensure!(lien.days.first >= free, "liens of a title overlap");
				ensure!(lien.days.first < lien.days.end, "a lien has no days");
				ensure!(lien.days.end <= book.end, "a lien is outside the term");
				free = lien.days.end;
				all.push((lien.holder, lien.days, title.units));
			}
		}
		let holders: BTreeSet<_> = Pots::<T>::iter_key_prefix(series).collect();
		ensure!(
			all.iter().all(|(holder, days, _)| {
				holders.contains(holder) || days.end <= book.final_until
			}),
			"a lien has no pot"
		);
		for holder in holders {
			Self::check_pot(series, book, &holder, &all)?;
		}
		Ok(())
	}

	fn check_pot(
		series: SeriesId,
		book: &Book,
		holder: &T::AccountId,
		all: &[(T::AccountId, Days, Units)],
	) -> Checked {
		let own: Vec<_> = all.iter().filter(|(other, _, _)| other == holder).collect();
		let mut days: BTreeSet<Day> = own.iter().flat_map(|(_, d, _)| [d.first, d.end]).collect();
		days.insert(book.final_until);
		for ((other, _), changes) in PotChanges::<T>::iter_prefix((series,)) {
			if other == *holder {
				days.extend(changes.iter().map(|change| change.day));
			}
		}
		for day in days.range(book.final_until..) {
			let mut sum = Units::MIN;
			for (_, days, units) in &own {
				if days.first <= *day && *day < days.end {
					plus(&mut sum, *units)?;
				}
			}
			ensure!(
				Self::pot_units(series, holder, *day) == sum,
				"units of a pot are not those of its titles"
			);
		}
		Ok(())
	}

	/// The account has what the books say, or more if someone gave to it.
	fn check_account() -> Checked {
		let mut sums: BTreeMap<AssetId, (Balance, Balance)> = BTreeMap::new();
		for (lot, book) in Books::<T>::iter() {
			let sum = sums.entry(book.asset).or_default();
			plus(&mut sum.0, book.flows.arrived)?;
			plus(&mut sum.1, book.flows.paid)?;
			plus(&mut sum.1, book.flows.provider_paid)?;
			for (asset, flow) in AwardsFlow::<T>::iter_prefix(lot) {
				let sum = sums.entry(asset).or_default();
				plus(&mut sum.0, flow.granted)?;
				plus(&mut sum.1, flow.paid)?;
			}
		}
		for (asset, _, owed) in Owed::<T>::iter() {
			plus(&mut sums.entry(asset).or_default().0, owed)?;
		}
		for (asset, held) in InAccount::<T>::iter() {
			let (came, went) = sums.remove(&asset).unwrap_or_default();
			ensure!(came.checked_sub(went) == Some(held), "the account is not what came and went");
			let balance = T::Assets::balance(asset, &Self::account_id());
			ensure!(balance >= held, "the account has less than it owes");
		}
		ensure!(sums.values().all(|(came, went)| came == went), "an asset is not in the account");
		Ok(())
	}

	/// What is held for liens is the sum of their deposits.
	fn check_deposits() -> Checked {
		let mut ledger: BTreeMap<T::AccountId, Balance> = BTreeMap::new();
		for (_, _, title) in TitleBooks::<T>::iter() {
			for lien in title.liens {
				plus(ledger.entry(lien.payer).or_default(), lien.deposit)?;
			}
		}
		for (payer, amount) in ledger {
			let held = T::Native::balance_on_hold(&HoldReason::Lien.into(), &payer);
			ensure!(held == amount, "deposits on hold are not what the books say");
		}
		Ok(())
	}
}
