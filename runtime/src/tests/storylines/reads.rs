//! What holders and traders read, at each step of a title's life.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, views, *};
use dmex_primitives::{calendar::Calendar, rights::Days, Balance, CoinAmount, Day, LotId, Units};
use dmex_runtime_api::{
	AssetAmount, CheckScope, Checked, CheckedCoin, DayStage, Expected, OrderTerms, OrderView,
	Quoted, TitleIncome, TitleKey, TradeQuote, WithdrawalStage, MAX_ACCOUNT_TITLES, MAX_CHECKED,
	MAX_CHECK_DAYS, MAX_CHECK_LOTS,
};
use pallet_market::types::Ask;
use sp_keyring::Sr25519Keyring;

/// Half of the lot.
const POWER: Units = 500_000;
/// What a day of it owes: half of what the pool credited, less the lot's fee of 3 %.
const DUE: CoinAmount = 24_250;
/// What is missing on a dark day: 23,643 satoshi by the network, less 2.5 % of the pool and 3 % of
/// the lot, rounded for the holders.
const MISSING: CoinAmount = 22_361;
/// As much is expected of a day, rounded down.
const EXPECTED: CoinAmount = 22_360;
/// What is paid for a day of it.
const SLICE: Balance = 10 * DOLLAR;
/// The lot's last day is so many days after the one on which it was submitted.
const TERM: Day = 100;

fn ask() -> Ask {
	Ask::Outright { slice_per_unit: 20_000_000_000, upfront_per_unit: 0 }
}

#[track_caller]
fn value<T>(quoted: Quoted<T>) -> T {
	match quoted {
		Quoted::Value(value) => value,
		Quoted::Refused(why) => panic!("refused: {}", String::from_utf8_lossy(&why)),
	}
}

#[track_caller]
fn assert_refused<T>(quoted: Quoted<T>, name: &str) {
	match quoted {
		Quoted::Value(_) => panic!("{name} is not refused"),
		Quoted::Refused(why) => assert_eq!(String::from_utf8_lossy(&why), name),
	}
}

#[track_caller]
fn income(lot: LotId, title: u32) -> TitleIncome {
	views::title(lot, title).expect("it lives").income.expect("of a lot")
}

/// The only coin of a check.
#[track_caller]
fn checked(scope: CheckScope, first: Day, last: Day) -> CheckedCoin {
	let mut check = views::holders_check(scope, first, last).expect("it exists");
	assert!(check.complete);
	assert_eq!((check.first_day, check.last_day, check.next), (first, last, None));
	assert_eq!(check.coins.len(), 1);
	check.coins.remove(0)
}

/// Whether a forecast is of so many days at what a day is expected to bring.
#[track_caller]
fn assert_flat(expected: Option<Expected>, days: Day) {
	let expected = expected.expect("the network is known");
	assert_eq!((expected.days, expected.next_day), (days, EXPECTED.into()));
	let days = CoinAmount::from(days);
	let all = expected.flat.0;
	assert!(all >= days * EXPECTED && all < days * (EXPECTED + 1), "{all} of {days} days");
	assert_eq!((expected.at_growth, expected.growth_per_year), (expected.flat, 0));
}

#[test]
fn a_title_and_its_owner_show_what_was_paid_is_due_and_is_expected() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let last = Periods::today() + TERM;
		let id = paid_lot(Eve, terms(farm, "aurora"));
		sell(Eve, id, POWER, ask());

		// Before anything is signed: what it costs, and what it is expected to bring.
		let quote: TradeQuote = value(views::quote(id, 0, POWER));
		let days = quote.last_day + 1 - quote.first_day;
		assert_eq!((quote.last_day, quote.maker.clone()), (last, Eve.to_account_id()));
		assert_eq!((quote.price.0, quote.slice_per_day.0), (Balance::from(days) * SLICE, SLICE));
		assert_flat(quote.expected, days);
		assert_refused(views::quote(id, 0, 0), "market.ZeroUnits");
		assert_refused(views::quote(id, 0, POWER + 1), "market.TooManyUnits");
		assert_refused(views::quote(id, 1, 1), "market.UnknownOrder");
		assert_refused(views::quote(id + 1, 0, 1), "market.UnknownOrder");
		buy(Ferdie, id, POWER, quote.price.0).expect("the price is known");
		let first = first_day(id, 0);
		assert_eq!(first, quote.first_day);

		// Bought, not begun.
		let shown = income(id, 0);
		let effective = shown.effective.expect("it was measured and paid");
		assert_eq!((effective.day, effective.power.0), (first - 2, POWER));
		assert_flat(shown.expected, days);
		let payout = shown.next_payout;
		assert_eq!(payout.closes, Some(first));
		assert_eq!(payout.closes_from, Some(Periods::start_of(first + 1)));
		assert_eq!(payout.closes_by, Some(Periods::start_of(first + 7)));
		assert!(payout.payer_from >= Periods::now());
		assert_eq!((shown.slice_per_day.0, shown.deposit.0, shown.clean), (SLICE, 0, true));

		// Ten days later: all of it is paid or will be, and the account shows the same.
		mined(id, first - 1);
		for day in first..first + 10 {
			mined(id, day);
		}
		blocks(1);
		let today = Periods::today();
		assert_eq!(today, first + 10);
		let shown = income(id, 0);
		let unpaid = &shown.income.unpaid;
		assert_eq!((shown.income.asset, unpaid[0].asset, unpaid.len()), (COIN, COIN, 1));
		about(shown.income.paid.0 + unpaid[0].amount.0, 10 * DUE);
		assert_eq!(shown.next_payout.closes, Some(today));
		assert_flat(shown.expected, last + 1 - today);
		let who = Ferdie.to_account_id();
		let report = views::account(who.clone(), None);
		assert_eq!((report.today, report.now), (today, Periods::now()));
		assert_eq!(report.titles, [views::title(id, 0).expect("it lives")]);
		assert_eq!((report.next_title, report.liens.next), (None, None));
		assert_eq!(report.unpaid, shown.income.unpaid);
		assert_eq!(report.next_payout, Some(shown.next_payout));
		let total = &report.coins[0];
		assert_eq!((total.coin, total.asset, report.coins.len()), (BTC, COIN, 1));
		assert_eq!((total.units.0, total.effective.0), (POWER, POWER));
		assert_eq!((total.paid, total.unpaid), (shown.income.paid, unpaid[0].amount));
		assert_eq!(total.expected, shown.expected);
		let held: Vec<_> = report.holdings.iter().map(|held| (held.asset, held.free.0)).collect();
		assert_eq!(held[0], (None, Balances::free_balance(&who)));
		assert_eq!(held[1..3], [(Some(STABLE), dollars(Ferdie)), (Some(COIN), coins(Ferdie))]);

		// A growing network brings less. A day's drift of half a thousandth is 20 % in a year.
		pallet_coins::Growth::<Runtime>::mutate(BTC, |growth| {
			let growth = growth.as_mut().expect("the network was read");
			growth.filter.drift = dmex_math::Fixed::from_billionths(500_000);
		});
		let grown = income(id, 0).expected.expect("the network is known");
		assert_eq!(grown.flat, shown.expected.expect("the network is known").flat);
		assert_eq!(grown.growth_per_year / 1_000_000, 200, "per mille");
		// (1 − e^(−x)) / x of what is flat, where x is the days' drift.
		let x = 0.0005 * f64::from(grown.days);
		let part = grown.at_growth.0 as f64 / grown.flat.0 as f64;
		assert!((part - (1.0 - (-x).exp()) / x).abs() < 1e-5, "{part} at {x}");

		// Without a fact of the network nothing is expected, and the rest still answers.
		until_day(today + 4);
		let shown = income(id, 0);
		assert_eq!((shown.expected, shown.next_payout.closes), (None, Some(today)));
		assert_eq!(views::account(who, None).coins[0].expected, None);
	});
}

#[test]
fn a_lease_moves_days_from_the_owner_to_the_lessee_in_all_that_is_shown() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let last = Periods::today() + TERM;
		let id = paid_lot(Eve, terms(farm, "aurora"));
		sell(Eve, id, POWER, ask());
		buy(Ferdie, id, POWER, Balance::MAX).expect("it is offered");
		let first = first_day(id, 0);
		mined(id, first - 1);
		let days = Days { first: first + 2, end: first + 9 };
		let lease = pallet_market::Call::offer_lease {
			series: id,
			title: 0,
			days,
			price_per_unit_day: 2_000_000_000,
			least_units: 1,
			expires: first,
		};
		submit(Ferdie, lease).expect("the days are free");
		let leases = views::order_book(id).leases;
		assert_eq!((leases.count, leases.units.0), (1, POWER));
		let quote = value(views::quote(id, 1, POWER));
		assert_eq!(
			(quote.first_day, quote.last_day, quote.price.0),
			(first + 2, first + 8, 7 * DOLLAR)
		);
		assert_flat(quote.expected, 7);
		let take = pallet_market::Call::take_lease {
			series: id,
			order: 1,
			units: POWER,
			max_price: quote.price.0,
			accept_suspended: false,
		};
		submit(Bob, take).expect("a fair price");
		assert_eq!(views::order_book(id).leases.count, 0);

		let owner = income(id, 0);
		assert_flat(owner.expected, last + 1 - first - 7);
		assert!(!owner.clean);
		let lien = &owner.liens[0];
		assert_eq!((lien.first_day, lien.last_day), (first + 2, first + 8));
		assert_eq!(lien.holder, Bob.to_account_id());
		let lessee = views::account(Bob.to_account_id(), None);
		assert_eq!(lessee.titles, []);
		let lien = &lessee.liens.liens[0];
		assert_eq!((lien.series, lien.last_day, lien.units.0), (id, first + 8, 0));
		assert_eq!(lien.next_payout.closes, Some(first + 2));
		assert_flat(lien.expected, 7);
		assert_eq!(lessee.coins[0].expected, lien.expected);
		assert_eq!(views::liens(Bob.to_account_id(), 0), lessee.liens);
		assert_eq!(views::liens(Bob.to_account_id(), id + 1).liens, []);

		// Some days are good, then two are dark: the check says whose each of them was.
		for day in first..first + 4 {
			mined(id, day);
		}
		for day in first + 4..first + 6 {
			dark(id, day);
		}
		let units_today = |who: Sr25519Keyring| {
			views::account(who.to_account_id(), None).coins[0].units_of_liens.0
		};
		assert_eq!(units_today(Bob), POWER);
		let (from, to) = (first, first + 5);
		let of = |who: Sr25519Keyring| checked(CheckScope::Account(who.to_account_id()), from, to);
		let (ferdie, bob) = (of(Ferdie), of(Bob));
		assert_eq!((ferdie.days.len(), bob.days.len()), (2, 4));
		assert_eq!((ferdie.total.delivered.0, bob.total.delivered.0), (2 * DUE, 2 * DUE));
		assert_eq!(bob.days[3].stage, DayStage::Open, "a dark day closes a week later");
		for day in first + 6..first + 13 {
			dark(id, day);
		}
		blocks(1);
		let title = checked(CheckScope::Title { series: id, id: 0 }, from, to);
		let (ferdie, bob) = (of(Ferdie), of(Bob));
		let dark_days = bob.days.iter().filter(|day| day.figures.short.0 == MISSING);
		assert_eq!((dark_days.count(), bob.total.short.0), (2, 2 * MISSING));
		assert_eq!((ferdie.total.short.0, title.total.short.0), (0, 2 * MISSING));
		assert_eq!((title.total.promised.0, title.total.delivered.0), (6 * POWER, 4 * DUE));
		assert_eq!(title.days.len(), 6);
		for (day, checked) in (from..).zip(&title.days) {
			let lien = (day >= first + 2).then(|| Bob.to_account_id());
			assert_eq!((checked.day, checked.lien.clone()), (day, lien));
		}
	});
}

#[test]
fn a_check_says_what_was_promised_measured_due_delivered_short_made_up_and_awarded() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let id = paid_lot(Eve, terms(farm, "aurora"));
		sell(Eve, id, POWER, ask());
		buy(Ferdie, id, POWER / 5, Balance::MAX).expect("it is offered");
		buy(Dave, id, POWER - POWER / 5, Balance::MAX).expect("so is the rest");
		let first = first_day(id, 0);
		mined(id, first - 1);
		mined(id, first);
		for day in first + 1..first + 17 {
			dark(id, day);
		}
		blocks(1);

		// A good day, a dark one that was refunded, a dark one that was not yet, an open one.
		let lot = checked(CheckScope::Lot(id), first, first + 16);
		assert_eq!((lot.coin, lot.asset, lot.decimals), (BTC, COIN, 8));
		let [good, refunded, .., open] = &lot.days[..] else { panic!("seventeen days") };
		assert_eq!((good.day, good.stage), (first, DayStage::Final));
		let network = 23_643;
		let expected = Checked {
			promised: POWER.into(),
			network: network.into(),
			measured: PETAHASH.into(),
			due: DUE.into(),
			delivered: DUE.into(),
			..Checked::default()
		};
		assert_eq!(good.figures, expected);
		assert_eq!((refunded.day, refunded.stage), (first + 1, DayStage::Closed));
		let expected = Checked {
			promised: POWER.into(),
			network: network.into(),
			due: MISSING.into(),
			short: MISSING.into(),
			awarded: vec![AssetAmount { asset: STABLE, amount: SLICE.into() }],
			..Checked::default()
		};
		assert_eq!(refunded.figures, expected);
		assert_eq!((open.day, open.stage), (first + 16, DayStage::Open));
		assert_eq!((open.figures.promised.0, open.figures.due.0), (POWER, 0));
		assert_eq!(lot.total.promised.0, 17 * POWER);
		assert_eq!(lot.total.awarded.len(), 1);

		// The farm has no other lot; a fifth of it is a title's, which is all that its owner has.
		assert_eq!(checked(CheckScope::Farm(farm), first, first + 16), lot);
		let title = checked(CheckScope::Title { series: id, id: 0 }, first, first + 16);
		let owner = CheckScope::Account(Ferdie.to_account_id());
		assert_eq!(checked(owner.clone(), first, first + 16), title);
		let good = &title.days[0].figures;
		assert_eq!((good.promised.0, good.measured.0), (POWER / 5, PETAHASH / 5));
		assert_eq!((good.network.0, good.delivered.0), (network / 5, DUE / 5));
		assert_eq!(title.days[1].figures.awarded[0].amount.0, SLICE / 5);

		// Any range of days; a long one in pages.
		assert_eq!(checked(CheckScope::Lot(id), first + 1, first + 1).total, lot.days[1].figures);
		let page = |from, to| views::holders_check(owner.clone(), from, to).expect("always");
		let whole = page(first, Day::MAX);
		assert_eq!((whole.last_day, whole.next), (first + 63, Some(first + 64)));
		assert_eq!(whole.coins[0].days.len(), 64, "days that are not over are promised too");
		assert_eq!(page(first, first - 1).coins, []);
		assert_eq!(page(0, 63).coins, []);
		assert_eq!(page(Day::MAX, Day::MAX).coins, []);
		assert_eq!((MAX_CHECK_DAYS, MAX_CHECKED / MAX_CHECK_LOTS), (64, 16), "of one lot, of most");

		// What does not exist is not answered; who has nothing has no days.
		let none = |scope| views::holders_check(scope, first, first);
		assert_eq!(none(CheckScope::Lot(id + 1)), None);
		assert_eq!(none(CheckScope::Farm(farm + 1)), None);
		assert_eq!(none(CheckScope::Title { series: id, id: 2 }), None);
		let nobody = none(CheckScope::Account(Charlie.to_account_id())).expect("always");
		assert!(nobody.complete && nobody.coins.is_empty());
	});
}

#[test]
fn the_order_book_shows_the_best_of_each_kind_and_nothing_that_cannot_be_taken() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let id = paid_lot(Eve, terms(farm, "aurora"));
		sell(Eve, id, POWER + 6_000, ask());
		for _ in 0..6 {
			buy(Ferdie, id, 1_000, Balance::MAX).expect("it is offered");
		}
		let expires = Periods::today() + 1;
		let list = |title, price_per_unit, expires| pallet_market::Call::list {
			series: id,
			title,
			price_per_unit,
			least_units: 10,
			liens_hash: None,
			expires,
		};
		submit(Ferdie, list(0, 3_000_000_000_000, expires + 5)).expect("it is his");
		submit(Ferdie, list(1, 2_000_000_000_000, expires)).expect("it is his");
		submit(Ferdie, list(2, 1_000_000_000_000, expires + 5)).expect("it is his");
		let offer = |price_per_unit| pallet_market::Call::make_offer {
			series: id,
			units: 500,
			least_units: 1,
			price_per_unit,
			least_backing_per_unit: 0,
			accept_suspended: false,
			expires: expires + 5,
		};
		submit(Bob, offer(500_000_000_000)).expect("he can pay");
		submit(Dave, offer(700_000_000_000)).expect("he can pay");
		let auction = pallet_market::Call::open_auction {
			series: id,
			title: 3,
			units: 1_000,
			reserve: DOLLAR,
			hours: 240,
		};
		submit(Ferdie, auction).expect("it is his");
		let dutch = pallet_market::Call::open_dutch {
			series: id,
			title: 4,
			units: 1_000,
			least_units: 1,
			start_per_unit: 5_000_000_000_000,
			floor_per_unit: 1_000_000_000_000,
			hours: 240,
		};
		submit(Ferdie, dutch).expect("it is his");
		let bid = pallet_market::Call::bid {
			series: id,
			order: 6,
			amount: 2 * DOLLAR,
			accept_suspended: false,
		};
		submit(Bob, bid).expect("above the reserve");

		let book = views::order_book(id);
		let ids = |orders: &[OrderView]| orders.iter().map(|order| order.id).collect::<Vec<_>>();
		assert!(book.complete && !book.suspended);
		assert_eq!((book.today, book.now), (Periods::today(), Periods::now()));
		assert_eq!((ids(&book.sales.orders), book.sales.units.0), (vec![0], POWER));
		assert_eq!(ids(&book.listings.orders), [3, 2, 1], "cheapest first");
		assert_eq!(book.listings.units.0, 3_000);
		assert_eq!(ids(&book.offers.orders), [5, 4], "dearest first");
		assert_eq!((ids(&book.auctions.orders), ids(&book.dutch.orders)), (vec![6], vec![7]));
		let OrderTerms::Auction { least_bid, best_bid, bidder, .. } =
			&book.auctions.orders[0].terms
		else {
			panic!("an auction")
		};
		assert_eq!(*best_bid, Some((2 * DOLLAR).into()));
		assert_eq!(*least_bid, Some((2 * DOLLAR + DOLLAR / 25).into()), "2 % more");
		assert_eq!(*bidder, Some(Bob.to_account_id()));
		assert_eq!(value(views::quote(id, 6, 1_000)).price.0, 2 * DOLLAR + DOLLAR / 25);
		let OrderTerms::Dutch { price_per_unit, .. } = book.dutch.orders[0].terms else {
			panic!("a falling price")
		};
		let now = value(views::quote(id, 7, 1_000)).price.0;
		assert_eq!(now, price_per_unit.0 * 1_000 / 1_000_000_000, "the price of this moment");

		// One expires, another's title goes to someone else.
		transfer(Ferdie, id, 2, Charlie).expect("titles move");
		until_day(expires + 1);
		let book = views::order_book(id);
		assert_eq!((ids(&book.listings.orders), book.listings.count), (vec![1], 1));
		assert_refused(views::quote(id, 2, 1_000), "market.OrderExpired");
		assert_refused(views::quote(id, 3, 1_000), "market.MakerNotOwner");
		let page = views::orders(id, 0, 3);
		assert_eq!((ids(&page.orders), page.next), (vec![0, 1, 2], Some(3)));
		let is_open: Vec<_> = page.orders.iter().map(|order| order.open).collect();
		assert_eq!(is_open, [true, true, false]);
		let page = views::orders(id, 3, u32::MAX);
		assert_eq!((ids(&page.orders), page.next), (vec![3, 4, 5, 6, 7], None));
		assert_eq!(views::orders(id, u32::MAX, 5).orders, []);
		assert_eq!(views::orders(id, 0, 0).next, Some(0), "nothing was asked for");

		// What selling to an offer brings; it buys what stands behind it and is clean.
		let sold = value(views::quote_offer(id, 5, 5, 500));
		assert_eq!((sold.price.0, sold.units.0, sold.clean), (350_000, 500, true));
		assert_refused(views::quote_offer(id, 5, 3, 500), "market.TitleLocked");
		assert_refused(views::quote_offer(id, 0, 5, 500), "market.WrongKindOfOrder");
		assert_refused(views::quote(id, 5, 500), "market.WrongKindOfOrder");
		assert_eq!(value(views::quote_stake(id, 5)).units.0, 1_000);
		assert_refused(views::quote_stake(id, 3), "powerRewards.TitleLocked");

		// A page of an account's titles ends where the next begins.
		let all = views::account(Ferdie.to_account_id(), None);
		assert_eq!((all.titles.len(), all.next_title), (5, None));
		assert!(usize::try_from(MAX_ACCOUNT_TITLES).unwrap() > all.titles.len());
		let after = |index: usize| {
			let (series, id) = (all.titles[index].series, all.titles[index].id);
			views::account(Ferdie.to_account_id(), Some(TitleKey { series, id }))
		};
		assert_eq!(after(2).titles, all.titles[3..]);
		assert_eq!(after(4).titles, []);
		assert_eq!(after(4).coins, []);
	});
}

#[test]
fn withdrawals_are_shown_while_they_are_open_and_how_they_ended() {
	storyline(genesis::LOCAL, || {
		let bitcoin = 100_000_000;
		let outside = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";
		submit(Ferdie, pallet_gateway::Call::faucet { asset: COIN, amount: bitcoin })
			.expect("a test network");
		let who = Ferdie.to_account_id();
		let quote = views::quote_withdrawal(COIN, who.clone(), bitcoin / 2).expect("it goes out");
		assert!(quote.possible);
		assert_eq!(quote.net.0 + quote.fee.0, bitcoin / 2);
		assert_eq!(views::quote_withdrawal(99, who.clone(), 1), None);
		let address = || outside.as_bytes().to_vec().try_into().expect("short");
		let withdraw = || pallet_gateway::Call::withdraw {
			asset: COIN,
			amount: bitcoin / 4,
			address: address(),
		};
		submit(Ferdie, withdraw()).expect("he has it");
		submit(Ferdie, withdraw()).expect("and as much again");
		let report = views::account(who.clone(), None);
		let stages = |views: &[dmex_runtime_api::WithdrawalView]| {
			views.iter().map(|view| (view.id, view.stage)).collect::<Vec<_>>()
		};
		let queued = WithdrawalStage::Queued(quote.deadline);
		assert_eq!(stages(&report.withdrawals), [(1, queued), (0, queued)]);
		assert_eq!(report.withdrawals[0].address, outside.as_bytes());
		let coin = report.holdings.iter().find(|held| held.asset == Some(COIN)).expect("a coin");
		assert_eq!((coin.free.0, coin.held.0), (bitcoin / 2, bitcoin / 2));
		assert_eq!((coin.symbol.as_slice(), coin.decimals), (b"BTC".as_slice(), 8));

		submit(Ferdie, pallet_gateway::Call::refund { id: 0 }).expect("nobody has accepted it");
		let all = views::withdrawals(who.clone());
		assert_eq!(stages(&all), [(1, queued), (0, WithdrawalStage::TakenBack)]);
		assert_eq!(views::account(who, None).withdrawals.len(), 1);
		assert_eq!(views::withdrawals(Bob.to_account_id()), []);
		assert_eq!(views::account(Bob.to_account_id(), None).withdrawals, []);
	});
}
