//! Whose a day is, whoever owns the title when its money comes.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, *};
use dmex_primitives::{
	rights::{Days, Holder},
	Balance, CoinAmount, LotId, TitleId, Units,
};
use pallet_income::Error as Ledger;
use pallet_market::{
	types::{Ask, Expected},
	Error as Trade,
};
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchResult;

const POWER: u128 = 400_000;
/// What a good day owes: two fifths of what the pool credited, less the lot's fee of 3 %.
const DUE: CoinAmount = 19_400;
/// What a dark day owes: 18,914 satoshi by the network, less 2.5 % of the pool and 3 % of the lot.
const MISSING: CoinAmount = 17_889;

/// Buys of a listing exactly what is shown.
fn buy_listed(who: Sr25519Keyring, lot: LotId, order: u32, units: Units) -> DispatchResult {
	let quote = Market::quote(lot, order, units)?;
	let expected = Expected {
		max_price: quote.price,
		liens_hash: quote.liens_hash,
		paid_until: quote.days.first,
		accept_suspended: false,
	};
	submit(who, pallet_market::Call::buy { series: lot, order, units, expected })?;
	let sold = System::events().into_iter().find_map(|record| match record.event {
		RuntimeEvent::Market(pallet_market::Event::Traded { title, .. }) => Some(title),
		_ => None,
	});
	let first = Income::right(lot, sold.expect("it is told"), quote.days.first);
	assert_ne!(
		first,
		Holder::Lien(quote.maker),
		"the first day that was quoted is not the seller's"
	);
	Ok(())
}

fn merge(who: Sr25519Keyring, lot: LotId, titles: &[TitleId]) -> DispatchResult {
	let titles = titles.to_vec().try_into().expect("few titles");
	submit(who, pallet_titles::Call::merge { series: lot, titles })
}

fn split(who: Sr25519Keyring, lot: LotId, title: TitleId, parts: &[Units]) -> DispatchResult {
	let parts = parts.to_vec().try_into().expect("few parts");
	submit(who, pallet_titles::Call::split { series: lot, title, parts })
}

#[test]
fn late_money_finds_the_rights_of_its_days_though_the_title_was_leased_sold_merged_and_split() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let id = paid_lot(Eve, terms(farm, "aurora"));
		let ask = Ask::Outright { slice_per_unit: 20_000_000_000, upfront_per_unit: 0 };
		sell(Eve, id, POWER, ask);
		buy(Ferdie, id, POWER, Balance::MAX).expect("it is offered");
		let first = first_day(id, 0);
		mined(id, first - 1);

		// Ferdie leases a week to Bob: from the second day after this one.
		assert_eq!(Periods::today(), first);
		let days = Days { first: first + 2, end: first + 9 };
		let lease = pallet_market::Call::offer_lease {
			series: id,
			title: 0,
			days,
			// 2.5 millionths of a dollar for a GH/s and day: seven dollars in all.
			price_per_unit_day: 2_500_000_000,
			least_units: 1,
			expires: first,
		};
		submit(Ferdie, lease).expect("the days are free");
		let before = (dollars(Ferdie), dollars(Bob));
		let take = |max_price| pallet_market::Call::take_lease {
			series: id,
			order: 1,
			units: POWER,
			max_price,
			accept_suspended: false,
		};
		refused(submit(Bob, take(7 * DOLLAR - 1)), Trade::<Runtime>::PriceAboveLimit);
		submit(Bob, take(7 * DOLLAR)).expect("a fair price");
		let after = (before.0 + 7 * DOLLAR - 14_000, before.1 - 7 * DOLLAR);
		assert_eq!((dollars(Ferdie), dollars(Bob)), after, "0.2 % is the fee");

		// One good day. From then on the farm is dark.
		mined(id, first);
		for day in first + 1..first + 4 {
			dark(id, day);
		}

		// He sells the title with its lease, in two parts, and keeps the days up to today.
		let list = |liens_hash| pallet_market::Call::list {
			series: id,
			title: 0,
			price_per_unit: 1_000_000_000_000,
			least_units: 1,
			liens_hash,
			expires: first + 5,
		};
		refused(submit(Ferdie, list(None)), Trade::<Runtime>::TitleNotClean);
		let named = <Income as dmex_primitives::rights::Rights<AccountId>>::liens_hash(id, 0);
		submit(Ferdie, list(Some(named))).expect("the lease is named");
		let before = (dollars(Ferdie), dollars(Charlie));
		buy_listed(Charlie, id, 2, 100_000).expect("a part");
		about(coins(Ferdie), DUE);
		buy_listed(Charlie, id, 2, 300_000).expect("and the rest");
		let after = (before.0 + 400 * DOLLAR - 800_000, before.1 - 400 * DOLLAR);
		assert_eq!((dollars(Ferdie), dollars(Charlie)), after);
		assert_eq!(Periods::today(), first + 4, "on one day");
		merge(Charlie, id, &[1, 2]).expect("their rights are equal");

		let lien = |who: Sr25519Keyring| Holder::Lien(who.to_account_id());
		for (day, right) in [
			(first, lien(Ferdie)),
			(first + 1, lien(Ferdie)),
			(first + 2, lien(Bob)),
			(first + 8, lien(Bob)),
			(first + 9, Holder::Title),
		] {
			assert_eq!(Income::right(id, 3, day), right, "day {}", day - first);
		}

		// Each dark day closes short a week later.
		for day in first + 4..first + 15 {
			dark(id, day);
		}
		blocks(1);
		let book = Income::book(id).expect("it has a book");
		assert_eq!((book.closed_until, book.debt), (first + 9, 8 * MISSING));
		assert_eq!((coins(Bob), coins(Charlie)), (0, 0), "nothing came");

		// On the last day on which the first of them can be made up, the provider does. No more is
		// taken than is owed.
		let bitcoin = 100_000_000;
		submit(Eve, pallet_gateway::Call::faucet { asset: COIN, amount: bitcoin })
			.expect("a test network");
		let eve = coins(Eve);
		submit(Eve, pallet_income::Call::remit { lot: id, amount: bitcoin }).expect("it is owed");
		assert_eq!(coins(Eve), eve - 8 * MISSING);
		let again = submit(Eve, pallet_income::Call::remit { lot: id, amount: bitcoin });
		refused(again, Ledger::<Runtime>::NoDebt);

		// The title changes once more when all of it is final, before anything is paid.
		blocks(4);
		assert_eq!(Income::book(id).expect("it has a book").final_until, first + 9);
		split(Charlie, id, 3, &[150_000, 250_000]).expect("it is his");
		transfer(Charlie, id, 4, Dave).expect("titles move");

		// The next day is theirs.
		dark(id, first + 15);
		submit(Eve, pallet_income::Call::remit { lot: id, amount: bitcoin }).expect("it is owed");
		assert_eq!(coins(Eve), eve - 9 * MISSING);

		// The payer comes by within a week. Nobody asks it to.
		for day in first + 16..first + 23 {
			dark(id, day);
		}
		blocks(1);
		about(coins(Ferdie), DUE + MISSING);
		about(coins(Bob), 7 * MISSING);
		// The first part of a split has the fraction that waited.
		about(coins(Dave), MISSING * 150_000 / POWER + 1);
		about(coins(Charlie), MISSING * 250_000 / POWER);
		let book = Income::book(id).expect("it has a book");
		assert_eq!(book.flows.made_up, 9 * MISSING);
	});
}
