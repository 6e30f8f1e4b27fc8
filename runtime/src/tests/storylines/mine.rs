//! A mine whose pool pays to the lot's own address, and those who see it: custodians the payments,
//! validators the days.

use super::steps::*;
use crate::{tests::harness::*, *};
use dmex_primitives::{
	facts::{Feed, NetworkReading, Reading},
	lots::LotStatus,
	AssetId, Balance, CoinAmount, Day, LotId, Power, Round, TitleId, Units,
};
use pallet_gateway::types::Deposit;
use pallet_hashpower::types::LotTerms;
use pallet_market::types::Ask;
use sp_core::H256;
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchResult;

/// The wrapped asset of BTC.
pub const COIN: AssetId = 1;
/// The stablecoin.
pub const STABLE: AssetId = genesis::STABLE_ASSET;
/// One of it.
pub const DOLLAR: Balance = 1_000_000;

/// What the pool credits for a day of 1 PH/s, satoshi: what [`worked`] says.
pub const CREDITED: CoinAmount = 50_000;

/// Addresses that two of the three custodians can spend from, as they post them.
pub const ADDRESSES: [&str; 3] = [
	"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
	"3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
	"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
];

pub fn coins(who: Sr25519Keyring) -> Balance {
	Assets::balance(COIN, who.to_account_id())
}

pub fn dollars(who: Sr25519Keyring) -> Balance {
	Assets::balance(STABLE, who.to_account_id())
}

/// Asserts that an amount is what it should be. Of a title and of liens less than a unit each waits
/// for the next payment, so it may be two less, and never more.
#[track_caller]
pub fn about(amount: Balance, expected: Balance) {
	assert!((expected - 2..=expected).contains(&amount), "{amount} is not {expected}");
}

/// Two of the three custodians say the same, in one block.
#[track_caller]
pub fn custodians_say(what: impl Into<RuntimeCall>) {
	let what = what.into();
	block(|| {
		for who in [Alice, Bob] {
			call(who, what.clone()).unwrap_or_else(|error| panic!("{who}: {error:?}"));
		}
	});
}

/// The custodians post addresses for an asset.
pub fn post_addresses(asset: AssetId, addresses: &[&str]) {
	let text = |text: &&str| text.as_bytes().to_vec().try_into().expect("short");
	let batch: Vec<_> = addresses.iter().map(text).collect();
	let batch = batch.try_into().expect("few");
	custodians_say(pallet_gateway::Call::post_addresses { asset, batch });
}

/// A payment that nobody has seen before, to the lot's own address.
pub fn payment(lot: LotId, amount: CoinAmount) -> Deposit {
	let number = u64::from(System::block_number());
	Deposit {
		asset: Gateway::book_of_lot(lot).expect("it has an address").asset,
		transaction: H256::from_low_u64_be(number),
		output: 0,
		address: Gateway::address_of_lot(lot).expect("it has one"),
		amount,
		height: 900_000 + number,
	}
}

/// The pool pays, and the custodians attest it.
#[track_caller]
pub fn arrive(lot: LotId, amount: CoinAmount) {
	let deposit = payment(lot, amount);
	custodians_say(pallet_gateway::Call::attest_deposit { deposit });
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

/// Once a day the validators read the network: 47,286 satoshi for a day of 1 PH/s.
#[track_caller]
pub fn read_network() {
	use dmex_primitives::calendar::Calendar;
	let today = Periods::today();
	let known = PoolOracle::network_record(BTC);
	if known.is_some_and(|record| Periods::day_of(record.fact.agreed_at) == today) {
		return;
	}
	agree(|round| vec![(Feed::Fees { coin: BTC, round }, Reading::Fees(2_000_000))]);
	let height = 144 * (6_250 + u64::from(today % 1_000));
	let state = NetworkReading::ProofOfWork { height, bits: 0x1702_1a91 };
	agree(|round| vec![(Feed::Network { coin: BTC, round }, Reading::Network(state))]);
}

/// Waits until a day is over, and lets the validators agree on it.
#[track_caller]
pub fn report(id: LotId, day: Day, power: Power) {
	until_day(day + 1);
	read_network();
	let attempt = u8::try_from(Periods::today() - day - 1).expect("not long ago");
	agree(|_| vec![(asked_again(lot(id).account, day, attempt), worked(power))]);
}

/// A day on which the lot works with all of its power: the pool pays before the day ends.
#[track_caller]
pub fn mined(id: LotId, day: Day) {
	until_day(day);
	arrive(id, CREDITED);
	report(id, day, PETAHASH);
}

/// A day on which nothing works and nothing comes.
#[track_caller]
pub fn dark(id: LotId, day: Day) {
	report(id, day, 0);
}

/// The lot has its own address, and more arrives there than any story's days are paid with.
pub fn pay_ahead(who: Sr25519Keyring, id: LotId) {
	read_network();
	let asset = Coins::coin(lot(id).terms.coin).expect("registered").asset;
	if pallet_gateway::FreeQueue::<Runtime>::get(asset).is_empty() {
		post_addresses(COIN, &ADDRESSES);
	}
	submit(who, pallet_gateway::Call::request_lot_address { lot: id }).expect("one is free");
	arrive(id, 1_000 * CREDITED);
}

/// Takes terms through address and audit to an active lot whose days are paid ahead.
pub fn open_lot(who: Sr25519Keyring, terms: LotTerms) -> LotId {
	let id = pallet_hashpower::NextLot::<Runtime>::get();
	propose(who, terms).expect("possible terms");
	pay_ahead(who, id);
	audit(id, true);
	submit(Ferdie, pallet_hashpower::Call::activate { lot: id }).expect("it is ready");
	assert_eq!(lot(id).status, LotStatus::Active);
	id
}

/// Takes terms through address, audit and measuring to an active lot whose titles can be sold.
pub fn paid_lot(who: Sr25519Keyring, terms: LotTerms) -> LotId {
	let id = pallet_hashpower::NextLot::<Runtime>::get();
	let first = Periods::today();
	propose(who, terms).expect("possible terms");
	// Days before the first reading of the network imply no power.
	read_network();
	post_addresses(COIN, &ADDRESSES);
	submit(who, pallet_gateway::Call::request_lot_address { lot: id }).expect("one is free");
	arrive(id, 3 * CREDITED);
	audit(id, true);
	submit(Ferdie, pallet_hashpower::Call::activate { lot: id }).expect("it is ready");
	let mut day = first;
	while day < Periods::today() || day < first + 2 {
		report(id, day, PETAHASH);
		day += 1;
	}
	id
}

/// The provider offers units; the first order of a lot is number zero.
pub fn sell(who: Sr25519Keyring, lot: LotId, units: Units, ask: Ask) {
	let expires = Periods::today() + 30;
	let sale = pallet_market::Call::open_sale { lot, units, least_units: 1, ask, expires };
	submit(who, sale).expect("a fair price");
}

/// Buys units that a provider offers, for at most `max_price`.
pub fn buy(who: Sr25519Keyring, lot: LotId, units: Units, max_price: Balance) -> DispatchResult {
	submit(who, pallet_market::Call::buy_primary { lot, order: 0, units, max_price })
}

/// First day of a title.
pub fn first_day(lot: LotId, title: TitleId) -> Day {
	let (_, title) = Titles::title(lot, title).expect("it lives");
	title.first_day
}
