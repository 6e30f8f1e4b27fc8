//! Titles sold outright: the buyer's money reaches the provider by the day, and what the provider
//! does not deliver comes back.

use super::{mine::*, steps::*};
use crate::{stand_ins::InsuranceFund, tests::harness::*, *};
use dmex_primitives::{AssetId, Balance, CoinAmount, Day, LotId};
use frame_support::traits::{fungibles::Inspect, Get};
use pallet_income::types::{ClosedView, Score};
use pallet_market::{types::Ask, Error as Trade};

/// Half of the lot.
const POWER: u128 = 500_000;
/// What it is paid a day.
const SLICE: Balance = 10 * DOLLAR;
/// What a day of it owes: half of what the pool credited, less the lot's fee of 3 %.
const DUE: CoinAmount = 24_250;
/// What a day of it would have brought: 23,643 satoshi by the network, less 2.5 % of the pool and
/// 3 % of the lot.
const MISSING: CoinAmount = 22_361;

fn ask() -> Ask {
	// Twenty millionths of a dollar for a GH/s and day.
	Ask::Outright { slice_per_unit: 20_000_000_000, upfront_per_unit: 0 }
}

fn day_of(lot: LotId, day: Day) -> ClosedView {
	let days = Income::days_of_lot(lot, day, 1);
	days.into_iter().next().and_then(|day| day.closed).expect("it is closed")
}

fn stable_of(who: AccountId) -> Balance {
	let stable: AssetId = STABLE;
	Assets::balance(stable, who)
}

#[test]
fn mined_coins_reach_the_buyer_by_themselves_and_a_dead_farm_makes_up_or_refunds() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let id = paid_lot(Eve, terms(farm, "aurora"));

		// Half of it is sold. All of the price waits for the days.
		sell(Eve, id, POWER, ask());
		let (eve, ferdie) = (dollars(Eve), dollars(Ferdie));
		let quote = Market::quote(id, 0, POWER).expect("it is offered");
		let days = Balance::from(quote.days.end - quote.days.first);
		assert_eq!((quote.slice_per_day, quote.price), (SLICE, SLICE * days));
		refused(buy(Ferdie, id, POWER, quote.price - 1), Trade::<Runtime>::PriceAboveLimit);
		refused(buy(Eve, id, POWER, quote.price), Trade::<Runtime>::OwnOrder);
		buy(Ferdie, id, POWER, quote.price).expect("the price is known");
		assert_eq!(dollars(Ferdie), ferdie - quote.price);
		assert_eq!(dollars(Eve), eve, "nothing is delivered yet");
		assert_eq!(stable_of(pallet_market::Pallet::<Runtime>::pot()), 1_000 + quote.price);
		let nonce = System::account_nonce(Ferdie.to_account_id());
		let ferdie = dollars(Ferdie);

		// Ten good days. Custodians attest what the pool paid; nobody else does anything.
		let first = first_day(id, 0);
		assert_eq!(first, quote.days.first);
		mined(id, first - 1);
		for day in first..first + 10 {
			mined(id, day);
			blocks(1);
			let closed = day_of(id, day);
			assert_eq!((closed.score, closed.due), (Score::Fact, DUE));
			assert_eq!((closed.delivered, closed.short), (DUE, 0));
		}
		assert_eq!(Market::claimable(id), (10 * SLICE, 200_000), "ten slices, and 0.2 % of them");
		let (treasury, fund) = (configs::governance::TreasuryAccount::get(), InsuranceFund::get());
		let before = (stable_of(treasury.clone()), stable_of(fund.clone()));
		submit(Eve, pallet_market::Call::claim_slices { lot: id }).expect("they are earned");
		assert_eq!(dollars(Eve), eve + 10 * SLICE - 200_000);
		let after = (stable_of(treasury), stable_of(fund));
		assert_eq!(after, (before.0 + 140_000, before.1 + 60_000));

		// The farm dies. Each day stays open for a week, then it is short of all that it owes.
		let (full, half) = (first + 10, first + 11);
		for day in full..full + 8 {
			dark(id, day);
		}
		blocks(1);
		assert_eq!(Periods::today(), full + 8);
		for day in [full, half] {
			let closed = day_of(id, day);
			assert_eq!((closed.due, closed.delivered, closed.short), (MISSING, 0, MISSING));
		}
		let book = Income::book(id).expect("it has a book");
		assert_eq!((book.closed_until, book.debt), (half + 1, 2 * MISSING));
		about(coins(Ferdie), 10 * DUE);
		assert_eq!(System::account_nonce(Ferdie.to_account_id()), nonce, "he never signed");

		// What was the provider's own makes up the first dead day and half of the second.
		submit(Eve, pallet_income::Call::take_provider_part { lot: id }).expect("it has one");
		let part = 4 * CREDITED + 10 * (CREDITED - DUE);
		let (eve, left) = (coins(Eve), Income::book(id).expect("it has a book").provider_part);
		assert_eq!(eve + left, part, "what was paid before the sale, and all that is not sold");
		assert!(left < Assets::minimum_balance(COIN), "all but what keeps the account alive");
		let amount = MISSING + MISSING / 2;
		submit(Eve, pallet_income::Call::remit { lot: id, amount }).expect("it is owed");
		assert_eq!(coins(Eve), eve - amount);
		assert_eq!(day_of(id, full).made_up, MISSING);
		assert_eq!(day_of(id, half).made_up, MISSING / 2);

		// Fourteen days after it the rest of the second day is refunded out of the stream.
		for day in full + 8..half + 14 {
			dark(id, day);
		}
		blocks(1);
		let paid = |lot| {
			let book = Market::lot_book(lot).expect("it has streams");
			(book.earned, book.refunded, book.unplaced)
		};
		assert_eq!(paid(id), (11 * SLICE, 0, 0), "the day that was made up is earned at once");
		dark(id, half + 14);
		blocks(1);
		let earned = SLICE * (MISSING / 2) / MISSING;
		assert_eq!(paid(id), (11 * SLICE + earned, SLICE - earned, 0));

		// It reaches the holder by itself too, with the whole slices of the days after it.
		let mut day = half + 15;
		while dollars(Ferdie) == ferdie {
			dark(id, day);
			day += 1;
			assert!(day < half + 24, "the payer comes once a week");
		}
		let told = Income::book(id).expect("it has a book").told_until;
		let later = Balance::from(told - half - 1);
		let refund = SLICE - earned + later * SLICE;
		// What keeps the ledger's account alive he is owed until more comes.
		let owed = Income::owed(STABLE, Ferdie.to_account_id());
		assert!(owed <= Assets::minimum_balance(STABLE));
		let got = dollars(Ferdie) - ferdie + owed;
		assert!(got <= refund && got + later + 1 >= refund, "{got} is not {refund}");
		about(coins(Ferdie), 10 * DUE + amount);
		assert_eq!(System::account_nonce(Ferdie.to_account_id()), nonce, "he never signed");
		assert_eq!(paid(id), (11 * SLICE + earned, refund, 0));

		// The provider gets what was delivered, and not a unit of the rest.
		let eve = dollars(Eve);
		submit(Eve, pallet_market::Call::claim_slices { lot: id }).expect("they are earned");
		let claimed = SLICE + earned;
		assert_eq!(dollars(Eve), eve + claimed - (claimed * 2).div_ceil(1_000));
		let again = submit(Eve, pallet_market::Call::claim_slices { lot: id });
		refused(again, Trade::<Runtime>::NothingToClaim);
	});
}
