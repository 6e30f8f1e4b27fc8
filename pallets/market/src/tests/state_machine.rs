//! Whatever users, providers and days do, money and units are conserved and the books hold.

use crate::{mock::*, types::*, Call, Orders};
use dmex_primitives::{
	lots::LotStatus,
	rights::{Days, Rights},
	AccountId, Balance, Day, LotId, TitleId, Units,
};
use proptest::{prelude::*, test_runner::TestRunner};
use std::{cell::RefCell, collections::BTreeSet};

#[derive(Clone, Debug)]
enum Command {
	OpenSale { lot: bool, units: Units, slice: u128, upfront: u128 },
	BuyPrimary { who: u8, nth: usize, units: Units },
	List { nth: usize, price: u128, with_liens: bool },
	Take { who: u8, nth: usize, units: Units, slack: u8 },
	Offer { who: u8, units: Units, price: u128, accept: bool },
	Accept { order: usize, title: usize, units: Units },
	Auction { nth: usize, units: Units, reserve: Balance },
	Bid { who: u8, nth: usize, raise: Balance },
	Settle { nth: usize, wait: bool, suspend: bool },
	Dutch { nth: usize, units: Units, start: u128 },
	Lease { nth: usize, first: Day, length: Day, price: u128 },
	Close { who: u8, nth: usize },
	Split { nth: usize, cut: Units },
	Merge { nths: Vec<usize> },
	Transfer { nth: usize, to: u8 },
	CloseDay { due: u128, delivered: u128 },
	EndMakeUp { made_up: u128, leftover: Balance },
	RetryRefund,
	Claim,
	ReturnDeposit { nth: usize },
	Hours { hours: u32 },
	Status { lot: bool, suspended: bool },
	Refuse { refuse: bool },
}

fn command() -> impl Strategy<Value = Command> {
	let nth = 0usize..32;
	let who = 2u8..=4;
	let units = 0u128..40;
	let price = 0u128..3_000 * ONE;
	prop_oneof![
		3 => (any::<bool>(), 0u128..200, 30 * ONE..60 * ONE, 0u128..2 * ONE).prop_map(
			|(lot, units, slice, upfront)| Command::OpenSale { lot, units, slice, upfront }
		),
		6 => (1u8..=4, nth.clone(), units.clone())
			.prop_map(|(who, nth, units)| Command::BuyPrimary { who, nth, units }),
		3 => (nth.clone(), price.clone(), any::<bool>())
			.prop_map(|(nth, price, with_liens)| Command::List { nth, price, with_liens }),
		6 => (1u8..=4, nth.clone(), units.clone(), 0u8..3)
			.prop_map(|(who, nth, units, slack)| Command::Take { who, nth, units, slack }),
		2 => (who.clone(), units.clone(), price.clone(), any::<bool>()).prop_map(
			|(who, units, price, accept)| Command::Offer { who, units, price, accept }
		),
		3 => (nth.clone(), nth.clone(), units.clone())
			.prop_map(|(order, title, units)| Command::Accept { order, title, units }),
		4 => (nth.clone(), units.clone(), 0u128..10_000)
			.prop_map(|(nth, units, reserve)| Command::Auction { nth, units, reserve }),
		6 => (1u8..=4, nth.clone(), 0u128..20_000)
			.prop_map(|(who, nth, raise)| Command::Bid { who, nth, raise }),
		5 => (nth.clone(), any::<bool>(), prop::bool::weighted(0.2))
			.prop_map(|(nth, wait, suspend)| Command::Settle { nth, wait, suspend }),
		2 => (nth.clone(), units.clone(), price.clone())
			.prop_map(|(nth, units, start)| Command::Dutch { nth, units, start }),
		2 => (nth.clone(), 0u32..10, 0u32..15, 0u128..50 * ONE).prop_map(
			|(nth, first, length, price)| Command::Lease { nth, first, length, price }
		),
		2 => (1u8..=4, nth.clone()).prop_map(|(who, nth)| Command::Close { who, nth }),
		2 => (nth.clone(), units).prop_map(|(nth, cut)| Command::Split { nth, cut }),
		2 => prop::collection::vec(nth.clone(), 2..4).prop_map(|nths| Command::Merge { nths }),
		1 => (nth.clone(), who).prop_map(|(nth, to)| Command::Transfer { nth, to }),
		4 => (0u128..1_000, 0u128..1_000)
			.prop_map(|(due, delivered)| Command::CloseDay { due, delivered }),
		3 => (0u128..1_000, 0u128..5)
			.prop_map(|(made_up, leftover)| Command::EndMakeUp { made_up, leftover }),
		1 => Just(Command::RetryRefund),
		2 => Just(Command::Claim),
		1 => nth.prop_map(|nth| Command::ReturnDeposit { nth }),
		4 => (1u32..30).prop_map(|hours| Command::Hours { hours }),
		2 => (any::<bool>(), any::<bool>())
			.prop_map(|(lot, suspended)| Command::Status { lot, suspended }),
		1 => any::<bool>().prop_map(|refuse| Command::Refuse { refuse }),
	]
}

fn lot_of(deposit: bool) -> LotId {
	if deposit {
		DEPOSIT_LOT
	} else {
		LOT
	}
}

/// The nth living title with its owner and units.
fn title(nth: usize) -> Option<(LotId, TitleId, AccountId, Units)> {
	let mut all: Vec<(LotId, TitleId)> = pallet_titles::LiveTitles::<Test>::iter_keys().collect();
	all.sort();
	let (series, id) = *all.get(nth % all.len().max(1))?;
	Some((series, id, owner_of(series, id)?, units_of(series, id)))
}

/// The nth order of a kind.
fn order(
	nth: usize,
	kind: impl Fn(&Terms<AccountId>) -> bool,
) -> Option<(LotId, OrderId, Order<AccountId>)> {
	let mut all: Vec<_> =
		Orders::<Test>::iter().filter(|(_, _, order)| kind(&order.terms)).collect();
	all.sort_by_key(|(series, id, _)| (*series, *id));
	all.get(nth % all.len().max(1)).cloned()
}

/// Runs a command as its author would. Refusals are fine: what counts is what is left.
fn run(command: Command) -> Option<()> {
	let done = match command {
		Command::OpenSale { lot, units, slice, upfront } => {
			let ask = match lot {
				true => Ask::Deposit { deposit_per_unit: slice },
				false => Ask::Outright { slice_per_unit: slice, upfront_per_unit: upfront },
			};
			let expires = today() + 20;
			let lot = lot_of(lot);
			call(provider(), Call::open_sale { lot, units, least_units: 2, ask, expires })
		},
		Command::BuyPrimary { who, nth, units } => {
			let (lot, order, _) = order(nth, |terms| matches!(terms, Terms::Sale(_)))?;
			let quote = Market::quote(lot, order, units).ok();
			let max_price = quote.map_or(0, |quote| quote.price);
			call(account(who), Call::buy_primary { lot, order, units, max_price })
		},
		Command::List { nth, price, with_liens } => {
			let (series, title, owner, _) = title(nth)?;
			let hash = Played::liens_hash(series, title);
			call(
				owner,
				Call::list {
					series,
					title,
					price_per_unit: price,
					least_units: 2,
					liens_hash: with_liens.then_some(hash),
					expires: today() + 5,
				},
			)
		},
		Command::Take { who, nth, units, slack } => take(who, nth, units, slack)?,
		Command::Offer { who, units, price, accept } => call(
			account(who),
			Call::make_offer {
				series: LOT,
				units,
				least_units: 1,
				price_per_unit: price,
				least_backing_per_unit: 0,
				accept_suspended: accept,
				expires: today() + 5,
			},
		),
		Command::Accept { order: nth, title: which, units } => {
			let (series, order, _) = order(nth, |terms| matches!(terms, Terms::Offer(_)))?;
			let (of, title, owner, _) = title(which)?;
			if of != series {
				return None;
			}
			let least_price = 1;
			call(owner, Call::accept_offer { series, order, title, units, least_price })
		},
		Command::Auction { nth, units, reserve } => {
			let (series, title, owner, _) = title(nth)?;
			call(owner, Call::open_auction { series, title, units, reserve, hours: 12 })
		},
		Command::Bid { who, nth, raise } => {
			let (series, order, found) = order(nth, |terms| matches!(terms, Terms::English(_)))?;
			let Terms::English(english) = found.terms else { return None };
			let amount = english.least_bid()? + raise - 100.min(raise);
			let accept_suspended = raise % 2 == 0;
			call(account(who), Call::bid { series, order, amount, accept_suspended })
		},
		Command::Settle { nth, wait, suspend } => {
			let (series, order, found) = order(nth, |terms| matches!(terms, Terms::English(_)))?;
			let Terms::English(english) = found.terms else { return None };
			if suspend {
				set_status(series, LotStatus::Suspended);
			}
			if wait {
				Now::mutate(|now| *now = english.ends.max(*now));
			}
			call(bob(), Call::settle_auction { series, order })
		},
		Command::Dutch { nth, units, start } => {
			let (series, title, owner, _) = title(nth)?;
			call(
				owner,
				Call::open_dutch {
					series,
					title,
					units,
					least_units: 1,
					start_per_unit: start,
					floor_per_unit: start / 2,
					hours: 24,
				},
			)
		},
		Command::Lease { nth, first, length, price } => {
			let (series, title, owner, _) = title(nth)?;
			let first = today() + first;
			call(
				owner,
				Call::offer_lease {
					series,
					title,
					days: Days { first, end: first + length },
					price_per_unit_day: price,
					least_units: 1,
					expires: today() + 5,
				},
			)
		},
		Command::Close { who, nth } => {
			let (series, order, _) = order(nth, |_| true)?;
			call(account(who), Call::close_order { series, order })
		},
		Command::Split { nth, cut } => {
			let (series, title, owner, units) = title(nth)?;
			let parts = vec![cut, units.checked_sub(cut)?].try_into().unwrap();
			call(owner, pallet_titles::Call::split { series, title, parts })
		},
		Command::Merge { nths } => {
			let picked: Vec<_> = nths.into_iter().filter_map(title).collect();
			let (series, _, owner, _) = picked.first()?.clone();
			let titles: Vec<TitleId> = picked.iter().map(|(_, id, ..)| *id).collect();
			let titles = titles.try_into().ok()?;
			call(owner, pallet_titles::Call::merge { series, titles })
		},
		Command::Transfer { nth, to } => {
			let (collection, item, owner, _) = title(nth)?;
			call(owner, pallet_nfts::Call::transfer { collection, item, dest: account(to) })
		},
		Command::CloseDay { due, delivered } => {
			let day = <Played as dmex_primitives::rights::DayBooks>::closed_until(LOT);
			if day <= today() && day < END {
				close_day(LOT, due, delivered.min(due));
			}
			return None;
		},
		Command::EndMakeUp { made_up, leftover } => {
			let (_, day, _) = crate::MissedDays::<Test>::iter().min_by_key(|(_, day, _)| *day)?;
			let short = <Played as dmex_primitives::rights::DayBooks>::short(LOT, day)?;
			GrantLeftover::set(leftover);
			end_make_up(LOT, day, made_up.min(short));
			make_final(LOT, day + 1);
			return None;
		},
		Command::RetryRefund => {
			let (lot, day, _) = crate::MissedDays::<Test>::iter().next()?;
			call(carol(), Call::retry_refund { lot, day })
		},
		Command::Claim => call(provider(), Call::claim_slices { lot: LOT }),
		Command::ReturnDeposit { nth } => {
			let mut all: Vec<(LotId, TitleId)> = crate::Deposits::<Test>::iter_keys().collect();
			all.sort();
			let (lot, title) = *all.get(nth % all.len().max(1))?;
			if today() > 103 {
				set_status(DEPOSIT_LOT, LotStatus::Matured);
			}
			call(bob(), Call::return_deposit { lot, title })
		},
		Command::Hours { hours } => {
			pass_hours(hours);
			return None;
		},
		Command::Status { lot, suspended } => {
			let status = if suspended { LotStatus::Suspended } else { LotStatus::Active };
			set_status(lot_of(lot), status);
			return None;
		},
		Command::Refuse { refuse } => {
			GrantsRefused::set(refuse);
			return None;
		},
	};
	done.ok()
}

/// Takes a listing, a Dutch auction or a lease as quoted, or with a limit that is one too low.
fn take(who: u8, nth: usize, units: Units, slack: u8) -> Option<sp_runtime::DispatchResult> {
	let (series, id, order) =
		order(nth, |terms| matches!(terms, Terms::Listing(_) | Terms::Dutch(_) | Terms::Lease(_)))?;
	let quote = Market::quote(series, id, units).ok()?;
	let max_price = quote.price - Balance::from(slack == 0);
	let accept_suspended = slack == 2;
	let who = account(who);
	let before = stable(&who);
	let is_lease = matches!(order.terms, Terms::Lease(_));
	let done = match is_lease {
		true => call(
			who.clone(),
			Call::take_lease { series, order: id, units, max_price, accept_suspended },
		),
		false => {
			let expected = Expected {
				max_price,
				liens_hash: quote.liens_hash,
				paid_until: quote.days.first,
				accept_suspended,
			};
			call(who.clone(), Call::buy { series, order: id, units, expected })
		},
	};
	// The quote was the price, and a refusal costs nothing.
	let paid = if done.is_ok() { quote.price } else { 0 };
	assert_eq!(before - stable(&who), paid);
	if slack == 0 {
		assert!(done.is_err(), "paid more than the limit");
	}
	Some(done)
}

/// What must have happened in some of the runs, else they show nothing.
const SEEN: [&str; 16] = [
	"SoldByProvider",
	"Traded",
	"Leased",
	"BidPlaced",
	"AuctionCalledOff",
	"OrderClosed",
	"DayStreamed",
	"DayMadeUp",
	"DayRefunded",
	"RefundRefused",
	"SlicesClaimed",
	"StreamMoved",
	"DepositMoved",
	"DepositReturned",
	"suspended: true",
	"rest: Some",
];

/// Runs commands and checks the books after each. Answers which of [`SEEN`] happened.
fn check(commands: Vec<Command>) -> BTreeSet<&'static str> {
	UpfrontBound::set(1_000_000);
	let mut sold = BTreeSet::new();
	let issued = || [LOT, DEPOSIT_LOT].map(|lot| Titles::series(lot).unwrap().issued);
	for command in commands {
		let before = issued();
		let issues = matches!(command, Command::BuyPrimary { .. });
		run(command);
		check_books();
		assert!(issues || issued() == before, "a trade changed the units");
		// What the lots count as issued is what the titles hold.
		assert_eq!([LOT, DEPOSIT_LOT].map(Played::issued_of), issued());
		sold.extend(crate::Sold::<Test>::iter_keys());
		let exposed: Balance = crate::Books::<Test>::iter_values().map(|book| book.exposure).sum();
		assert_eq!(exposed, exposure(&provider()));
	}
	// An id that was sold stays sold as long as it lives.
	for (lot, id) in pallet_titles::LiveTitles::<Test>::iter_keys() {
		assert!(!sold.contains(&(lot, id)) || Market::was_sold(lot, id));
	}
	let events: Vec<String> =
		System::events().into_iter().map(|record| format!("{:?}", record.event)).collect();
	SEEN.into_iter().filter(|name| events.iter().any(|event| event.contains(name))).collect()
}

#[test]
fn no_sequence_of_trades_makes_or_loses_money_or_units() {
	let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(192) };
	let seen = RefCell::new(BTreeSet::new());
	// One round reaches nearly always everything; what is rare gets more.
	for _ in 0..4 {
		TestRunner::new(config.clone())
			.run(&prop::collection::vec(command(), 1..150), |commands| {
				seen.borrow_mut().extend(ext().execute_with(|| check(commands)));
				Ok(())
			})
			.unwrap();
		if seen.borrow().len() == SEEN.len() {
			break;
		}
	}
	assert_eq!(seen.into_inner(), BTreeSet::from(SEEN));
}
