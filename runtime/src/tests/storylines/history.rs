//! Chains on which everything happens that events tell of. Each ends, as all storylines, with a
//! rebuild from events alone; here each kind of event is left out too, and must be missed.

use super::{mine::*, steps::*};
use crate::{
	tests::{harness::*, history},
	*,
};
use dmex_primitives::{lots::LotStatus, rights::Days, Balance, Day, LotId, TitleId, Units};
use pallet_gateway::types::{Deposit, GateTerms, Input};
use pallet_hashpower::types::{LotTerms, SaleModel};
use pallet_market::types::{Ask, Expected};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;
use sp_runtime::Permill;

/// A millionth of a billion smallest units: a dollar for a thousand units.
const UNIT_PRICE: u128 = 1_000_000_000_000;

/// Days go by up to `until`, with or without output.
fn go(id: LotId, day: &mut Day, until: Day, works: bool) {
	while *day < until {
		match works {
			true => mined(id, *day),
			false => dark(id, *day),
		}
		*day += 1;
	}
}

/// Buys of an order exactly what is shown.
fn take(who: Sr25519Keyring, lot: LotId, order: u32, units: Units) {
	let quote = Market::quote(lot, order, units).expect("it is offered");
	let expected = Expected {
		max_price: quote.price,
		liens_hash: quote.liens_hash,
		paid_until: quote.days.first,
		accept_suspended: false,
	};
	let buy = pallet_market::Call::buy { series: lot, order, units, expected };
	submit(who, buy).expect("the price is known");
}

/// Ferdie's title is auctioned, sold and leased in parts, by every kind of order. The parts that
/// matter later: 2 is Charlie's, 10 is Alice's, 11 was cut for Bob's lease.
fn trade(id: LotId) {
	let ask = Ask::Outright { slice_per_unit: 20_000_000_000, upfront_per_unit: 0 };
	sell(Eve, id, 500_000, ask);
	buy(Ferdie, id, 400_000, Balance::MAX).expect("it is offered");
	buy(Bob, id, 100_000, Balance::MAX).expect("it is offered");

	let auction = pallet_market::Call::open_auction {
		series: id,
		title: 0,
		units: 100_000,
		reserve: DOLLAR,
		hours: 24,
	};
	submit(Ferdie, auction).expect("it is clean");
	for (who, amount, accept_suspended) in [(Bob, DOLLAR, false), (Charlie, 2 * DOLLAR, true)] {
		let bid = pallet_market::Call::bid { series: id, order: 1, amount, accept_suspended };
		submit(who, bid).expect("high enough");
	}
	history::assert_needed(&["Market.BidPlaced", "Titles.Locked", "Hashpower.LotActivated"]);

	let dutch = pallet_market::Call::open_dutch {
		series: id,
		title: 3,
		units: 100_000,
		least_units: 1,
		start_per_unit: UNIT_PRICE,
		floor_per_unit: UNIT_PRICE / 2,
		hours: 24,
	};
	submit(Ferdie, dutch).expect("it is clean");
	take(Dave, id, 2, 40_000);
	let close = |order| pallet_market::Call::close_order { series: id, order };
	submit(Ferdie, close(2)).expect("it is his");

	let today = Periods::today();
	let offer = pallet_market::Call::make_offer {
		series: id,
		units: 50_000,
		least_units: 1,
		price_per_unit: UNIT_PRICE,
		least_backing_per_unit: 0,
		accept_suspended: false,
		expires: today + 30,
	};
	submit(Dave, offer).expect("he has the money");
	let accept = pallet_market::Call::accept_offer {
		series: id,
		order: 3,
		title: 5,
		units: 20_000,
		least_price: 0,
	};
	submit(Ferdie, accept).expect("it is clean");

	let list = pallet_market::Call::list {
		series: id,
		title: 9,
		price_per_unit: UNIT_PRICE,
		least_units: 1,
		liens_hash: None,
		expires: today + 30,
	};
	submit(Ferdie, list).expect("it is clean");
	take(Alice, id, 4, 80_000);

	let days = Days { first: today + 4, end: today + 11 };
	let lease = pallet_market::Call::offer_lease {
		series: id,
		title: 11,
		days,
		price_per_unit_day: UNIT_PRICE / 400,
		least_units: 1,
		expires: today + 10,
	};
	submit(Ferdie, lease).expect("the days are free");
	let leased = pallet_market::Call::take_lease {
		series: id,
		order: 5,
		units: 50_000,
		max_price: Balance::MAX,
		accept_suspended: false,
	};
	submit(Bob, leased).expect("a fair price");
	history::assert_needed(&["Income.RightAssigned"]);

	// Dave's two parts become one, which a wallet moves.
	let titles = vec![6, 8].try_into().expect("few");
	submit(Dave, pallet_titles::Call::merge { series: id, titles }).expect("equal rights");
	transfer(Dave, id, 14, Bob).expect("titles move");
}

fn stake(who: Sr25519Keyring, series: LotId, title: TitleId) {
	submit(who, pallet_power_rewards::Call::stake { series, title }).expect("it was sold");
}

#[test]
fn trade_and_output_are_told_of_without_a_gap() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let id = paid_lot(Eve, terms(farm, "aurora"));
		let mut day = Periods::today();
		trade(id);

		// The auction ends, two titles are staked, and all is delivered until the lease is over and
		// final.
		let now = Periods::today();
		go(id, &mut day, now + 2, true);
		submit(Dave, pallet_market::Call::settle_auction { series: id, order: 1 })
			.expect("it is over");
		let rewards = pallet_power_rewards::Call::fund { amount: 2_000 * DMEX };
		submit(Alice, rewards).expect("anyone may");
		let budget = pallet_power_rewards::Call::set_daily_budget { amount: 100 * DMEX };
		block(|| root(budget)).expect("Root may");
		stake(Alice, id, 10);
		stake(Charlie, id, 2);
		history::assert_needed(&["PowerRewards.Staked"]);
		go(id, &mut day, now + 27, true);
		assert!(pallet_income::TitleBooks::<Runtime>::get(id, 12)
			.expect("it lives")
			.liens
			.is_empty());
		submit(Alice, pallet_power_rewards::Call::unstake { series: id, title: 10 })
			.expect("it is hers");
		go(id, &mut day, now + 30, true);
		let stakes = vec![0, 1].try_into().expect("few");
		submit(Dave, pallet_power_rewards::Call::claim { stakes }).expect("anyone may, for anyone");
		submit(Charlie, pallet_power_rewards::Call::unstake { series: id, title: 2 })
			.expect("it is his");

		// The farm goes dark. Some is made up, the rest is refunded.
		go(id, &mut day, now + 39, false);
		blocks(1);
		submit(Eve, pallet_income::Call::take_provider_part { lot: id }).expect("it has one");
		let amount = Income::book(id).expect("it has a book").debt / 2;
		submit(Eve, pallet_income::Call::remit { lot: id, amount }).expect("it is owed");
		go(id, &mut day, now + 53, false);
		submit(Eve, pallet_market::Call::claim_slices { lot: id }).expect("they are earned");
		block(|| root(pallet_hashpower::Call::terminate { lot: id })).expect("Root may");
		blocks(20);
		history::assert_needed(&[
			"Balances.Deposit",
			"Balances.Withdraw",
			"Balances.Transfer",
			"Balances.Held",
			"Balances.Released",
			"Assets.Issued",
			"Assets.Transferred",
			"AssetsHolder.Held",
			"AssetsHolder.Released",
			"Nfts.Issued",
			"Nfts.Transferred",
			"Nfts.Burned",
			"Titles.SeriesOpened",
			"Titles.Issued",
			"Titles.Split",
			"Titles.Merged",
			"Titles.Unlocked",
			"Hashpower.LotSubmitted",
			"Hashpower.PowerIssued",
			"Hashpower.LotChanged",
			"Income.BookOpened",
			"Income.Arrived",
			"Income.DayClosed",
			"Income.MadeUp",
			"Income.MakeUpOver",
			"Income.Final",
			"Income.Ended",
			"Income.ToProvider",
			"Income.ProviderPaid",
			"Income.TitlePaid",
			"Income.PotPaid",
			"Income.RightEnded",
			"Income.Awarded",
			"Market.OrderPlaced",
			"Market.OrderClosed",
			"Market.SoldByProvider",
			"Market.Traded",
			"Market.Leased",
			"Market.DayStreamed",
			"Market.DayMadeUp",
			"Market.DayRefunded",
			"Market.SlicesClaimed",
			"Market.StreamMoved",
			"Gateway.AddressesPosted",
			"Gateway.AddressAssigned",
			"Gateway.DepositAttested",
			"Gateway.Minted",
			"Gateway.DaysFilled",
			"PowerRewards.Funded",
			"PowerRewards.DailyBudgetSet",
			"PowerRewards.DayOpened",
			"PowerRewards.LotEarned",
			"PowerRewards.Claimed",
			"PowerRewards.Unstaked",
			"PowerRewards.Settled",
		]);
	});
}

#[test]
fn custody_is_told_of_without_a_gap() {
	use pallet_gateway::Call;
	const BITCOIN: Balance = 100_000_000;
	storyline(genesis::LOCAL, || {
		post_addresses(COIN, &["1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"]);
		submit(Ferdie, Call::request_address { asset: COIN }).expect("one is free");
		let address = Gateway::address_of_account(COIN, Ferdie.to_account_id()).expect("his");

		// No more than one coin a day is minted for accounts: the second deposit comes in parts.
		let gate = Gateway::gate(COIN).expect("bitcoin's");
		let terms = GateTerms { account_mint_per_day: BITCOIN, ..gate.terms };
		block(|| root(Call::set_gate { of: gate.of, terms })).expect("Root may");
		for output in 0..2 {
			let deposit = Deposit {
				asset: COIN,
				transaction: H256::repeat_byte(1),
				output,
				address: address.clone(),
				amount: BITCOIN,
				height: 900_000,
			};
			custodians_say(Call::attest_deposit { deposit });
		}
		assert!((BITCOIN..2 * BITCOIN).contains(&coins(Ferdie)));
		history::assert_needed(&["Gateway.DepositWaits"]);
		until_day(Periods::today() + 2);
		assert_eq!(coins(Ferdie), 2 * BITCOIN, "there was room for it");

		// Withdrawals: one is paid, one is accepted, one waits, one is taken back.
		for _ in 0..4 {
			let address = b"bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq".to_vec();
			let address = address.try_into().expect("short");
			let withdraw = Call::withdraw { asset: COIN, amount: BITCOIN / 10, address };
			submit(Ferdie, withdraw).expect("a well-formed address");
		}
		for id in 0..2 {
			let input = Input { of: H256::from_low_u64_be(id), index: 0 };
			let inputs = vec![input].try_into().expect("few");
			custodians_say(Call::accept_withdrawal { id, inputs });
		}
		let transaction = H256::repeat_byte(9);
		custodians_say(Call::confirm_withdrawal { id: 0, transaction, height: 900_100 });
		submit(Ferdie, Call::refund { id: 3 }).expect("it is his");
		submit(Ferdie, Call::faucet { asset: COIN, amount: BITCOIN }).expect("a test network");

		// A bond: part is asked back, part of both is slashed, the rest of it leaves.
		submit(Charlie, Call::bond { amount: 100 * DOLLAR }).expect("he has it");
		submit(Charlie, Call::unbond { amount: 40 * DOLLAR }).expect("nothing needs it");
		let who = Charlie.to_account_id();
		block(|| root(Call::slash_custodian { who, amount: 70 * DOLLAR })).expect("Root may");
		history::assert_needed(&["Gateway.Unbonding", "Gateway.WithdrawalQueued"]);
		until_day(Periods::today() + 15);
		submit(Charlie, Call::withdraw_bond {}).expect("its time is over");
		submit(Charlie, Call::bond { amount: 10 * DOLLAR }).expect("he has it");
		submit(Charlie, Call::unbond { amount: DOLLAR }).expect("nothing needs it");
		let council = pallet_gateway::Custodians::<Runtime>::get();
		let members: Vec<AccountId> = council.members.into_iter().skip(1).collect();
		let members = members.try_into().expect("few");
		block(|| root(Call::set_custodians { members, terms: council.terms })).expect("Root may");
		history::assert_needed(&[
			"AssetsHolder.Burned",
			"Gateway.GateSet",
			"Gateway.DepositPassed",
			"Gateway.WithdrawalAccepted",
			"Gateway.WithdrawalEnded",
			"Gateway.FaucetUsed",
			"Gateway.Bonded",
			"Gateway.Unbonding",
			"Gateway.Slashed",
			"Gateway.BondWithdrawn",
			"Gateway.CustodiansSet",
		]);
	});
}

#[test]
fn audits_and_deposits_are_told_of_without_a_gap() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let last = Periods::today() + 16;
		let sale = SaleModel::Deposit { holder_share: Permill::from_percent(80) };
		let id = paid_lot(Eve, LotTerms { last_day: last, sale, ..terms(farm, "aurora") });
		let mut day = Periods::today();
		sell(Eve, id, 500_000, Ask::Deposit { deposit_per_unit: 2 * UNIT_PRICE });
		buy(Bob, id, 400_000, Balance::MAX).expect("it is offered");
		let parts = vec![100_000, 300_000].try_into().expect("few");
		submit(Bob, pallet_titles::Call::split { series: id, title: 0, parts }).expect("his");

		// Another lot is refused, and the deposit of its audit lost.
		propose(Eve, terms(farm, "borealis")).expect("another account");
		audit(id + 1, false);
		assert_eq!(lot(id + 1).status, LotStatus::Rejected);

		go(id, &mut day, last + 1, true);
		until_day(last + 9);
		submit(Dave, pallet_hashpower::Call::mature { lot: id }).expect("its last day is over");
		let back = pallet_market::Call::return_deposit { lot: id, title: 1 };
		submit(Dave, back).expect("the lot is over");
		history::assert_needed(&[
			"Hashpower.AuditConcluded",
			"Market.DepositMoved",
			"Market.DepositReturned",
		]);
	});
}
