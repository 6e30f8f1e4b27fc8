//! Filecoin: a quarter of a day's reward is liquid at once, the rest over the next half year. What
//! vests is the holders' on the day on which it does, and no work of that day.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, *};
use dmex_primitives::{
	facts::{DayReading, Feed, NetworkReading, Reading},
	lots::LotStatus,
	AssetId, Balance, CoinAmount, CoinId, Day, LotId, Power, Round, SourceId,
};
use pallet_hashpower::types::{LotTerms, Vesting};
use pallet_income::types::{ClosedView, Score};
use pallet_market::types::Ask;
use sp_core::H256;
use sp_keyring::Sr25519Keyring;

const FIL: CoinId = 2;
const LOTUS: SourceId = 5;
/// One filecoin, and a millionth of it.
const FILECOIN: CoinAmount = 1_000_000_000_000_000_000;
const MICRO: CoinAmount = FILECOIN / 1_000_000;
/// Power of the miner, MiB. The network has 144 times as much.
const MINER: Power = 4_000_000;
/// What it wins in a day: a 144th of 2,880 epochs of 50.
const REWARD: CoinAmount = 1_000 * FILECOIN;
/// Of this, what is liquid on the day.
const LIQUID: CoinAmount = REWARD / 4;
/// Half of it is sold.
const POWER: Power = MINER / 2;
/// What it is paid a day.
const SLICE: Balance = 20 * DOLLAR;
/// What its day earns: half of the reward, less the lot's fee of 3 %.
const EARNED: CoinAmount = 485 * FILECOIN;
/// What a day of it owes at once.
const DUE: CoinAmount = EARNED / 4;
/// What vests of it on each of 180 days.
const STEP: CoinAmount = (EARNED - DUE) / 180;
/// Where the custodians are paid.
const ADDRESS: &str = "f17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy";

fn wrapped() -> AssetId {
	Coins::coin(FIL).expect("of genesis").asset
}

fn filecoin(who: Sr25519Keyring) -> Balance {
	Assets::balance(wrapped(), who.to_account_id())
}

fn day_of(lot: LotId, day: Day) -> ClosedView {
	let days = Income::days_of_lot(lot, day, 1);
	days.into_iter().next().and_then(|day| day.closed).expect("it is closed")
}

/// All validators say the same in one block.
#[track_caller]
fn agree(readings: impl Fn(Round) -> Vec<(Feed, Reading)>) {
	block(|| {
		for who in VALIDATORS {
			let signed = vote(who, readings(PoolOracle::round()));
			assert_eq!(apply_vote(signed), Ok(Ok(())), "the vote of {who}");
		}
	});
}

/// Once a day the validators read the network.
#[track_caller]
fn read_filecoin() {
	use dmex_primitives::calendar::Calendar;
	let today = Periods::today();
	let known = PoolOracle::network_record(FIL);
	if known.is_some_and(|record| Periods::day_of(record.fact.agreed_at) == today) {
		return;
	}
	let state = NetworkReading::PowerShare {
		height: 2_880 * (1_800 + u64::from(today % 1_000)),
		total_power: 144 * MINER * (1 << 20),
		epoch_reward: 50 * FILECOIN,
	};
	agree(|round| vec![(Feed::Network { coin: FIL, round }, Reading::Network(state))]);
}

/// Waits until a day is over. The validators agree on what the miner won, and that what it is paid
/// goes to the lot's own address.
#[track_caller]
fn sealed(id: LotId, day: Day, power: Power) {
	until_day(day + 1);
	read_filecoin();
	let address = Gateway::address_of_lot(id).expect("it has one");
	let payout = Some(H256(sp_io::hashing::blake2_256(&address)));
	let paid = REWARD / MINER * power;
	let reading = Reading::ClosedDay(DayReading { power, paid, payout });
	let attempt = u8::try_from(Periods::today() - day - 1).expect("not long ago");
	agree(|_| vec![(asked_again(lot(id).account, day, attempt), reading)]);
}

/// A lot of a Filecoin miner whose beneficiary is the lot's address, measured and active.
fn vesting_lot() -> LotId {
	let farm = open_farm(Eve, &[FIL]);
	let id = pallet_hashpower::NextLot::<Runtime>::get();
	let first = Periods::today();
	let terms = LotTerms {
		coin: FIL,
		source: LOTUS,
		power: MINER,
		nanowatts_per_unit: 10,
		vesting: Some(Vesting::Vesting),
		..terms(farm, "f01234")
	};
	propose(Eve, terms).expect("possible terms");
	read_filecoin();
	post_addresses(wrapped(), &[ADDRESS]);
	submit(Eve, pallet_gateway::Call::request_lot_address { lot: id }).expect("one is free");
	arrive(id, 3 * LIQUID);
	audit(id, true);
	submit(Ferdie, pallet_hashpower::Call::activate { lot: id }).expect("it is ready");
	assert_eq!(lot(id).status, LotStatus::Active);
	let mut day = first;
	while day < Periods::today() || day < first + 2 {
		sealed(id, day, MINER);
		day += 1;
	}
	id
}

#[test]
fn a_days_liquid_quarter_is_paid_and_what_vests_goes_to_the_rights_of_later_days() {
	storyline(genesis::LOCAL, || {
		let id = vesting_lot();
		// Ten millionths of a dollar for a MiB and day.
		let ask = Ask::Outright { slice_per_unit: 10_000_000_000, upfront_per_unit: 0 };
		sell(Eve, id, POWER, ask);
		let quote = Market::quote(id, 0, POWER).expect("it is offered");
		let term_end = lot(id).terms.last_day + 1;
		assert_eq!((quote.slice_per_day, quote.days.end), (SLICE, term_end));
		buy(Ferdie, id, POWER, quote.price).expect("the price is known");
		let first = first_day(id, 0);
		let book = Income::book(id).expect("it has a book");
		assert_eq!((book.term_end, book.end), (term_end, term_end + 180));

		// A day with all of the power: its liquid quarter arrives and is paid.
		until_day(first);
		arrive(id, LIQUID);
		sealed(id, first, MINER);
		blocks(1);
		let closed = day_of(id, first);
		assert_eq!((closed.score, closed.due, closed.delivered), (Score::Fact, DUE, DUE));
		assert_eq!(Market::claimable(id).0, SLICE);
		submit(Ferdie, pallet_income::Call::claim { series: id, title: 0 }).expect("it lives");
		about(filecoin(Ferdie), DUE);

		// The title goes to another. What vests of the first day comes on the next ones and is his.
		transfer(Ferdie, id, 0, Charlie).expect("it is free");
		arrive(id, LIQUID + 3 * FILECOIN);
		sealed(id, first + 1, MINER);
		blocks(1);
		let closed = day_of(id, first + 1);
		assert_eq!((closed.due, closed.delivered), (DUE + STEP, DUE + STEP));
		assert!((2_020_833 * MICRO..2_020_834 * MICRO).contains(&STEP));
		assert_eq!(Market::claimable(id).0, 2 * SLICE);
		submit(Ferdie, pallet_income::Call::claim { series: id, title: 0 }).expect("it lives");
		about(filecoin(Charlie), DUE + STEP);
		about(filecoin(Ferdie), DUE);

		// The miner is switched off. What vests of two days arrives, and earns the provider nothing.
		let dark = first + 2;
		for day in dark..dark + 8 {
			until_day(day);
			arrive(id, 2 * STEP);
			sealed(id, day, 0);
		}
		blocks(1);
		let closed = day_of(id, dark);
		assert_eq!((closed.due, closed.score), (DUE + 2 * STEP, Score::Fact));
		assert!(closed.delivered >= 2 * STEP && closed.short > 0);
		assert_eq!(Market::claimable(id).0, 2 * SLICE);
		let missed = Market::missed_day(id, dark).expect("none of it is earned");
		assert_eq!(missed.slices, SLICE);
	});
}
