//! What `DmexApi` answers of a farm whose lot was audited, measured and sold in part.

use super::harness::*;
use crate::{views, *};
use dmex_primitives::{
	facts::{DayFact, DayReading, Feed, NetworkReading, Priced, Reading},
	lots::LotStatus,
	polls::PollResult,
	titles::Origin,
	Day, Moment, Power, PRICE_ONE,
};
use dmex_runtime_api::{
	AccountView, DayView, FactsView, FarmPower, FarmView, Fresh, HolderView, IssueLimit, LiveView,
	LotTerms, LotView, NetworkView, PollView, SourceView, TitleLot, TitleView, MAX_DAYS,
};
use pallet_hashpower::types::{self, Claim, Payout, SaleModel};
use sp_runtime::Permill;

const BTC: u32 = 0;
const BRAIINS: u32 = 0;
const LOT: u32 = 0;
const ACCOUNT: u32 = 0;
const POWER: Power = 1_000_000;
/// The lot's own address.
const ADDRESS: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

fn terms(today: Day) -> types::LotTerms {
	types::LotTerms {
		farm: 0,
		coin: BTC,
		model: b"S21 XP".to_vec().try_into().unwrap(),
		machines: 4,
		nanowatts_per_unit: 13_500_000,
		millicents_per_kwh: 4_250,
		source: BRAIINS,
		account: b"NorthFarm".to_vec().try_into().unwrap(),
		power: POWER,
		first_day: today + 5,
		last_day: today + 369,
		fee: Permill::from_percent(4),
		payout: Payout::Fpps,
		sale: SaleModel::Outright,
		shutdown_clause: true,
		vesting: None,
		evidence: Hash::repeat_byte(9),
	}
}

/// Bob registers a farm and submits a lot, Charlie votes for it. Answers day and moment of the
/// submission.
fn submitted() -> (Day, Moment) {
	let url = b"https://north.example".to_vec().try_into().unwrap();
	let name = b"North".to_vec().try_into().unwrap();
	ok(Bob, pallet_hashpower::Call::register_provider { name, url });
	let claims = vec![Claim { coin: BTC, power: 3 * POWER }].try_into().unwrap();
	let place = b"Lulea".to_vec().try_into().unwrap();
	ok(Bob, pallet_hashpower::Call::register_farm { place, claims });
	let today = Periods::today();
	ok(Bob, pallet_hashpower::Call::submit_lot { terms: terms(today) });
	let at = pallet_timestamp::Now::<Runtime>::get();
	ok(Charlie, pallet_polls::Call::vote { poll: 0, aye: true, amount: 100_000 * DMEX });
	(today, at)
}

/// Applies a vote of Alice, who is the only validator.
#[track_caller]
fn agree(readings: Vec<(Feed, Reading)>) {
	block(|| apply_vote(vote(Alice, readings)).expect("valid").expect("applied"));
}

/// What the pool says of where it pays to.
fn payout() -> Hash {
	Hash::from(sp_io::hashing::blake2_256(ADDRESS.as_bytes()))
}

/// Alice, the only custodian, gives the lot its own address, and enough arrives there for all days.
fn pay_ahead() {
	let asset = Coins::coin(BTC).unwrap().asset;
	let address: pallet_gateway::types::Address = ADDRESS.as_bytes().to_vec().try_into().unwrap();
	let batch = vec![address.clone()].try_into().unwrap();
	ok(Alice, pallet_gateway::Call::post_addresses { asset, batch });
	ok(Bob, pallet_gateway::Call::request_lot_address { lot: LOT });
	let deposit = pallet_gateway::types::Deposit {
		asset,
		transaction: Hash::repeat_byte(3),
		output: 0,
		address,
		amount: 1_000_000,
		height: 900_000,
	};
	ok(Alice, pallet_gateway::Call::attest_deposit { deposit });
	let round = PoolOracle::round() + 1;
	while PoolOracle::round() < round {
		block(|| ());
	}
	agree(vec![(Feed::Fees { coin: BTC, round }, Reading::Fees(2_000_000))]);
	let header = NetworkReading::ProofOfWork { height: 921_600, bits: 0x1702_1a91 };
	agree(vec![(Feed::Network { coin: BTC, round }, Reading::Network(header))]);
}

fn reading(power: Power, paid: u128) -> DayReading {
	DayReading { power, paid, payout: Some(payout()) }
}

/// Lets the next day come, and the validators agree on the one before.
fn measure(power: Power, paid: u128) {
	let day = Periods::today();
	until_day(day + 1);
	let feed = Feed::ClosedDay { account: ACCOUNT, day, attempt: 0 };
	agree(vec![(feed, Reading::ClosedDay(reading(power, paid)))]);
}

/// A lot that is audited, measured for two days and active. Answers what [`submitted`] does.
fn active() -> (Day, Moment) {
	let submitted = submitted();
	pay_ahead();
	measure(1_000_000, 47_000);
	measure(900_000, 42_300);
	ok(Dave, pallet_hashpower::Call::conclude_audit { lot: LOT });
	ok(Dave, pallet_hashpower::Call::activate { lot: LOT });
	submitted
}

/// 501,000 of it are sold: to Eve in two titles, to Ferdie in one.
fn sold() -> (Day, Moment) {
	let submitted = active();
	for (owner, units) in [(Ferdie, 100_000), (Eve, 400_000), (Eve, 1_000)] {
		let owner = owner.to_account_id();
		ok(Bob, pallet_hashpower::Call::issue { lot: LOT, units, owner });
	}
	submitted
}

fn day_view(day: Day, power: Power, paid: u128) -> DayView {
	DayView { day, refused: false, power: power.into(), paid: paid.into(), payout: Some(payout()) }
}

fn account_view(first: Day, live: Option<LiveView>) -> AccountView {
	AccountView {
		id: ACCOUNT,
		source: BRAIINS,
		source_name: b"Braiins".to_vec(),
		name: b"northfarm".to_vec(),
		coin: BTC,
		lot: Some(LOT),
		newest: Some(day_view(first + 1, 900_000, 42_300)),
		live,
	}
}

fn lot_view((first, submitted_at): (Day, Moment), live: Option<LiveView>) -> LotView {
	LotView {
		id: LOT,
		farm: 0,
		provider: Bob.to_account_id(),
		status: LotStatus::Active,
		coin: BTC,
		symbol: b"BTC".to_vec(),
		unit: b"GH/s".to_vec(),
		terms: LotTerms {
			model: b"S21 XP".to_vec(),
			machines: 4,
			nanowatts_per_unit: 13_500_000,
			millicents_per_kwh: 4_250,
			power: POWER.into(),
			first_day: first + 5,
			last_day: first + 369,
			fee_ppm: 40_000,
			payout: b"Fpps".to_vec(),
			deposit_sale_share_ppm: None,
			shutdown_clause: true,
			gross: None,
			evidence: Hash::repeat_byte(9),
			terms_hash: Hashpower::lot(LOT).unwrap().subject,
		},
		account: account_view(first, live),
		issued: 501_000.into(),
		issue_limit: IssueLimit {
			audited: POWER.into(),
			// 97 % of the mean of 1,000,000 and 900,000.
			measured: Some(921_500.into()),
			days_measured: 2,
			days_needed: 2,
			room_on_source: None,
			may_issue: true,
			available: 420_500.into(),
		},
		audit: Some(PollView {
			id: 0,
			result: PollResult::Passed,
			ayes: (100_000 * DMEX).into(),
			nays: 0.into(),
			ends_at: Some(submitted_at + 60_000),
		}),
		measured: vec![day_view(first + 1, 900_000, 42_300), day_view(first, 1_000_000, 47_000)],
		holders: vec![
			HolderView { owner: Eve.to_account_id(), units: 401_000.into(), titles: 2 },
			HolderView { owner: Ferdie.to_account_id(), units: 100_000.into(), titles: 1 },
		],
	}
}

#[test]
fn a_farm_shows_what_it_claims_has_measured_brought_and_sold() {
	storyline(genesis::DEVELOPMENT, || {
		let submitted = sold();
		let (first, _) = submitted;
		let record = pallet_pool_oracle::LiveRecord { power: 990_000, round: 3, voters: 1, at: 0 };
		pallet_pool_oracle::LiveReadings::<Runtime>::insert(ACCOUNT, record);
		let live = Some(LiveView { round: 3, power: 990_000.into() });
		let power = FarmPower {
			coin: BTC,
			symbol: b"BTC".to_vec(),
			unit: b"GH/s".to_vec(),
			claimed: 3_000_000.into(),
			audited: POWER.into(),
			issued: 501_000.into(),
			day: Some(first + 1),
			measured: 900_000.into(),
			paid: 42_300.into(),
		};
		assert_eq!(
			views::farm(0),
			Some(FarmView {
				id: 0,
				provider: Bob.to_account_id(),
				place: b"Lulea".to_vec(),
				power: vec![power],
				accounts: vec![account_view(first, live.clone())],
				lots: vec![lot_view(submitted, live)],
			})
		);
		assert_eq!(views::farm(1), None);
	});
}

#[test]
fn a_lot_shows_its_terms_limit_audit_days_and_holders() {
	storyline(genesis::DEVELOPMENT, || {
		let submitted = sold();
		assert_eq!(views::lot(LOT), Some(lot_view(submitted, None)));
		assert_eq!(views::lot(1), None);
	});
}

#[test]
fn a_lot_under_audit_says_that_nothing_may_be_issued_yet() {
	storyline(genesis::DEVELOPMENT, || {
		submitted();
		let view = views::lot(LOT).unwrap();
		assert_eq!(view.status, LotStatus::Submitted);
		assert_eq!(view.audit.map(|poll| poll.result), Some(PollResult::Open));
		assert_eq!(view.measured, vec![]);
		assert_eq!(view.account.newest, None);
		assert_eq!(
			view.issue_limit,
			IssueLimit {
				audited: POWER.into(),
				measured: None,
				days_measured: 0,
				days_needed: 2,
				room_on_source: None,
				may_issue: false,
				available: 0.into(),
			}
		);
		let farm = views::farm(0).unwrap();
		assert_eq!((farm.power[0].day, farm.power[0].measured), (None, 0.into()));
	});
}

#[test]
fn accounts_of_a_farm_add_up_on_the_newest_day_that_any_of_them_has() {
	storyline(genesis::DEVELOPMENT, || {
		let (first, _) = submitted();
		let second = types::LotTerms {
			account: b"SouthFarm".to_vec().try_into().unwrap(),
			power: 2 * POWER,
			..terms(first)
		};
		ok(Bob, pallet_hashpower::Call::submit_lot { terms: second });
		until_day(first + 1);
		let closed = |account, power, paid| {
			let feed = Feed::ClosedDay { account, day: first, attempt: 0 };
			(feed, Reading::ClosedDay(reading(power, paid)))
		};
		agree(vec![closed(0, 1_000_000, 47_000), closed(1, 1_500_000, 70_500)]);
		let farm = || views::farm(0).unwrap();
		let FarmPower { audited, day, measured, paid, .. } = farm().power[0];
		assert_eq!((audited, day), (3_000_000.into(), Some(first)));
		assert_eq!((measured, paid), (2_500_000.into(), 117_500.into()));
		let ids: Vec<_> = farm().lots.iter().map(|lot| lot.id).collect();
		assert_eq!(ids, [1, 0], "newest first");

		until_day(first + 2);
		let refused = Feed::ClosedDay { account: 1, day: first + 1, attempt: 0 };
		agree(vec![(refused, Reading::Refused)]);
		let FarmPower { day, measured, paid, .. } = farm().power[0];
		assert_eq!((day, measured, paid), (Some(first + 1), 0.into(), 0.into()));
		assert!(farm().accounts[1].newest.as_ref().unwrap().refused);
	});
}

#[test]
fn a_title_names_its_owner_its_lot_and_where_the_power_is() {
	storyline(genesis::DEVELOPMENT, || {
		let (first, _) = sold();
		let lot = TitleLot {
			farm: 0,
			provider: Bob.to_account_id(),
			status: LotStatus::Active,
			symbol: b"BTC".to_vec(),
			unit: b"GH/s".to_vec(),
			model: b"S21 XP".to_vec(),
			millicents_per_kwh: 4_250,
			source_name: b"Braiins".to_vec(),
			account_name: b"northfarm".to_vec(),
			last_day: first + 369,
			fee_ppm: 40_000,
		};
		let income = views::title(LOT, 1).and_then(|title| title.income);
		assert_eq!(income.as_ref().map(|shown| shown.income.paid), Some(0.into()));
		let title = TitleView {
			series: LOT,
			id: 1,
			owner: Eve.to_account_id(),
			units: 400_000.into(),
			first_day: first + 5,
			locked_by: None,
			origin: Origin::Issued.into(),
			lot: Some(lot),
			income,
		};
		assert_eq!(views::title(LOT, 1), Some(title.clone()));
		assert_eq!(views::titles(LOT, Some(0), 1), vec![title]);
		assert_eq!(views::title(LOT, 3), None);
		assert_eq!(views::title(1, 0), None);
	});
}

#[test]
fn titles_are_paged_over_gaps() {
	storyline(genesis::DEVELOPMENT, || {
		sold();
		let parts = vec![150_000, 250_000].try_into().unwrap();
		ok(Eve, pallet_titles::Call::split { series: LOT, title: 1, parts });
		let page = |after, limit| -> Vec<u32> {
			views::titles(LOT, after, limit).iter().map(|title| title.id).collect()
		};
		assert_eq!(page(None, u32::MAX), [0, 2, 3, 4]);
		assert_eq!(page(None, 2), [0, 2]);
		assert_eq!(page(Some(2), 2), [3, 4]);
		assert_eq!(page(Some(4), 2), [0; 0]);
		assert_eq!(page(Some(u32::MAX), 2), [0; 0]);
		assert_eq!(page(None, 0), [0; 0]);
		assert_eq!(views::title(LOT, 1), None);
		assert_eq!(views::title(LOT, 3).unwrap().origin, Origin::SplitFrom(1).into());
		assert_eq!(views::titles(7, None, 5), vec![]);
	});
}

#[test]
fn facts_are_fresh_or_say_why_not() {
	storyline(genesis::DEVELOPMENT, || {
		let bare = views::facts(BTC).unwrap();
		assert_eq!((bare.network, bare.price), (Fresh::Missing, Fresh::Missing));
		assert_eq!((bare.yield_per_million_units, bare.yield_as_of), (None, None));
		assert_eq!(views::facts(3), None);

		sold();
		let round = PoolOracle::round() + 1;
		while PoolOracle::round() < round {
			block(|| ());
		}
		agree(vec![
			(Feed::Fees { coin: BTC, round }, Reading::Fees(2_000_000)),
			(Feed::Price { of: Priced::Coin(BTC), round }, Reading::Price(98_765 * PRICE_ONE)),
			(Feed::Price { of: Priced::Stable, round }, Reading::Price(PRICE_ONE - 1)),
		]);
		let header = NetworkReading::ProofOfWork { height: 936_000, bits: 0x1702_1a91 };
		agree(vec![(Feed::Network { coin: BTC, round }, Reading::Network(header))]);
		let agreed_at = pallet_timestamp::Now::<Runtime>::get();
		let today = Periods::today();
		let expected = FactsView {
			coin: BTC,
			symbol: b"BTC".to_vec(),
			unit: b"GH/s".to_vec(),
			decimals: 8,
			today,
			round,
			network: Fresh::Value(NetworkView {
				height: 936_000,
				bits: Some(0x1702_1a91),
				total_power: None,
				epoch_reward: None,
				fees: 2_000_000.into(),
				agreed_at,
			}),
			price: Fresh::Value((98_765 * PRICE_ONE).into()),
			stable_price: Fresh::Value((PRICE_ONE - 1).into()),
			// 86,400 s · 10¹⁵ H/s · (3.125 + 0.02) BTC / 574,645,960,516,303,682,327,532 hashes.
			yield_per_million_units: Some(47_286.into()),
			yield_as_of: Some(today),
			issued: 501_000.into(),
		};
		assert_eq!(views::facts(BTC), Some(expected));

		while PoolOracle::round() < round + 3 {
			block(|| ());
		}
		let price = || views::facts(BTC).unwrap().price;
		assert_eq!(price(), Fresh::Value((98_765 * PRICE_ONE).into()));
		while PoolOracle::round() < round + 4 {
			block(|| ());
		}
		assert_eq!(price(), Fresh::Stale);
	});
}

#[test]
fn days_of_an_account_are_answered_within_any_range() {
	storyline(genesis::DEVELOPMENT, || {
		assert_eq!(views::account_days(ACCOUNT, 0, Day::MAX), vec![], "none are agreed");
		let (first, _) = active();
		let days = |from, to| views::account_days(ACCOUNT, from, to);
		let oldest = (first, DayFact::Value(reading(1_000_000, 47_000)));
		let newest = (first + 1, DayFact::Value(reading(900_000, 42_300)));
		assert_eq!(days(0, Day::MAX), vec![oldest, newest]);
		assert_eq!(days(first, first), vec![oldest]);
		assert_eq!(days(first + 1, Day::MAX), vec![newest]);
		assert_eq!(days(first + 1, first), vec![]);
		assert_eq!(views::account_days(1, 0, Day::MAX), vec![]);
		assert!(configs::facts::KeepDays::get() <= MAX_DAYS, "all that are kept fit one answer");
	});
}

#[test]
fn sources_are_named_with_what_is_read_there() {
	storyline(genesis::DEVELOPMENT, || {
		let sources = views::sources();
		let ids: Vec<_> = sources.iter().map(|source| source.id).collect();
		assert_eq!(ids, (0..13).collect::<Vec<_>>());
		assert_eq!(
			sources[0],
			SourceView {
				id: BRAIINS,
				name: b"Braiins".to_vec(),
				adapter: b"braiins".to_vec(),
				url: b"http://127.0.0.1:8090/braiins".to_vec(),
				coins: vec![BTC],
				open: true,
				probation_until: None,
			}
		);
		let coins = |id: usize| sources[id].coins.clone();
		assert_eq!((coins(1), coins(5), coins(9)), (vec![0, 1], vec![2], vec![0, 1, 2]));

		let url = b"https://node.example".to_vec().try_into().unwrap();
		block(|| {
			root(pallet_pool_oracle::Call::register_source {
				adapter: dmex_adapters::Adapter::BitcoinCore,
				base_url: Some(url),
			})
			.expect("Root may");
			root(pallet_pool_oracle::Call::close_source { source: 8 }).expect("Root may");
		});
		let sources = views::sources();
		assert_eq!(sources[13].adapter, b"bitcoin_core".to_vec());
		assert_eq!(sources[13].coins, [0, 1]);
		assert_eq!(sources[13].probation_until, Some(Periods::today() + 90));
		assert!(!sources[8].open);
	});
}

#[test]
fn tokens_are_answered_to_the_key_they_are_sealed_to() {
	storyline(genesis::DEVELOPMENT, || {
		submitted();
		let (of_alice, of_dave) = ([1; 32], [2; 32]);
		ok(Alice, pallet_pool_oracle::Call::publish_token_key { key: of_alice });
		ok(Dave, pallet_pool_oracle::Call::publish_token_key { key: of_dave });
		for who in [Alice, Dave] {
			let sealed = vec![5; 60].try_into().unwrap();
			let validator = who.to_account_id();
			ok(Bob, pallet_pool_oracle::Call::post_token { account: ACCOUNT, validator, sealed });
		}
		assert_eq!(views::sealed_tokens(of_alice), vec![(ACCOUNT, vec![5; 60])]);
		assert_eq!(views::sealed_tokens(of_dave), vec![], "Dave is no validator here");
		assert_eq!(views::sealed_tokens([3; 32]), vec![]);
	});
}
