//! Validators that lie, pools that are down, tokens that are revoked.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, *};
use dmex_primitives::{
	facts::{DayFact, DayReading, FactError, Facts, Feed, NetworkReading, Priced, Prices, Reading},
	lots::LotStatus,
	Day, PoolAccountId, Power, PRICE_ONE,
};
use pallet_pool_oracle::Score;
use pallet_validators::Standing;

/// A lot whose account has worked with full power on four days; and the first day after them.
fn measured_lot() -> (u32, PoolAccountId, Day) {
	let farm = open_farm(Eve, &[BTC]);
	let first = Periods::today();
	let id = open_lot(Eve, terms(farm, "aurora"));
	let account = lot(id).account;
	for day in first..first + 4 {
		// The audit took a day or two; what it missed is asked again.
		until_day(day + 1);
		let attempt = (Periods::today() - day - 1) as u8;
		all_say(&[(asked_again(account, day, attempt), worked(PETAHASH))]);
	}
	issue(Eve, id, 100_000, Ferdie).expect("inside the limit");
	(id, account, first + 4)
}

fn limit(id: u32) -> Option<Power> {
	Hashpower::issue_limit(id).expect("a lot").measured.limit
}

fn network(height: u64, bits: u32) -> Reading {
	Reading::Network(NetworkReading::ProofOfWork { height, bits })
}

/// What a validator's votes came to in all sessions that are kept.
fn score(who: sp_keyring::Sr25519Keyring) -> Score {
	let mut sum = Score::default();
	for session in 0..=Session::current_index() {
		for (validator, score) in PoolOracle::scores(session) {
			if validator == who.to_account_id() {
				sum.expected += score.expected;
				sum.agreed += score.agreed;
				sum.outliers += score.outliers;
				sum.missed += score.missed;
			}
		}
	}
	sum
}

#[test]
fn one_lying_validator_of_four_moves_no_fact() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let day = Periods::today();
		propose(Eve, terms(farm, "aurora")).expect("possible terms");
		let account = lot(0).account;

		// A closed day: exact. The liar is first.
		until_day(day + 1);
		let feed = closed(account, day);
		let honest = |who| (who, vec![(feed, worked(PETAHASH))]);
		votes(&[(Dave, vec![(feed, worked(9 * PETAHASH))]), honest(Alice), honest(Bob)]);
		assert_eq!(
			PoolOracle::closed_day(account, day),
			Err(FactError::Missing),
			"two are too few"
		);
		votes(&[honest(Charlie)]);
		assert_eq!(PoolOracle::measured_power(account, day), Some(PETAHASH));
		let (_, record) = PoolOracle::closed_days(account, day, 1)[0];
		assert_eq!((record.support.voters, record.support.of), (3, 4));

		// Prices and fees: a median inside what honest validators saw, whatever the liar says.
		for lie in [1, 600_000 * PRICE_ONE] {
			let seen = [60_000, 60_100, 60_200].map(|price| price * PRICE_ONE);
			blocks(5);
			block(|| {
				let round = PoolOracle::round();
				let price = Feed::Price { of: Priced::Coin(BTC), round };
				let fees = Feed::Fees { coin: BTC, round };
				let say = |who, price_seen, fees_seen| {
					let readings =
						vec![(price, Reading::Price(price_seen)), (fees, Reading::Fees(fees_seen))];
					assert_eq!(apply_vote(vote(who, readings)), Ok(Ok(())));
				};
				say(Dave, lie, lie);
				say(Alice, seen[0], 1_000);
				say(Bob, seen[1], 1_010);
				say(Charlie, seen[2], 1_020);
			});
			let price = PoolOracle::price(Priced::Coin(BTC)).expect("agreed");
			assert!((seen[0]..=seen[2]).contains(&price), "{price} with a lie of {lie}");
			let fees = PoolOracle::fees_record(BTC).expect("agreed");
			assert!((1_000..=1_020).contains(&fees.fees));
			assert_eq!(fees.support.voters, 3);
		}

		// A network: exact.
		blocks(5);
		block(|| {
			let feed = Feed::Network { coin: BTC, round: PoolOracle::round() };
			for (who, bits) in [
				(Dave, 0x1d00_ffff),
				(Alice, 0x1702_3a04),
				(Bob, 0x1702_3a04),
				(Charlie, 0x1702_3a04),
			] {
				let signed = vote(who, vec![(feed, network(144 * 6_000, bits))]);
				assert_eq!(apply_vote(signed), Ok(Ok(())));
			}
		});
		let fact = <PoolOracle as Facts>::network(BTC).expect("agreed");
		assert_eq!(
			fact.reading,
			NetworkReading::ProofOfWork { height: 864_000, bits: 0x1702_3a04 }
		);

		// Who said otherwise is known.
		blocks(20);
		assert_eq!(score(Dave).agreed, 0);
		assert!(score(Dave).outliers >= 3, "{:?}", score(Dave));
		for who in [Alice, Bob, Charlie] {
			assert_eq!((score(who).outliers, score(who).missed), (0, 0), "{who}");
		}
	});
}

#[test]
fn a_lying_pool_must_pay_for_its_lie_in_coin_every_day() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let id = paid_lot(Eve, terms(farm, "aurora"));
		let account = lot(id).account;
		let claim = |power, paid| Reading::ClosedDay(DayReading { power, paid, payout: None });

		// Three quarters of the machines are gone, and the pool says that all of them work. What it
		// pays is what a quarter earns.
		let first = Periods::today();
		for day in first..first + 4 {
			until_day(day);
			arrive(id, CREDITED / 4);
			until_day(day + 1);
			read_network();
			all_say(&[(closed(account, day), claim(PETAHASH, CREDITED / 4))]);
			assert_eq!(PoolOracle::measured_power(account, day), Some(PETAHASH));
			let power = Gateway::effective_power(account, day).expect("paid");
			assert!((250_000..275_000).contains(&power), "{power}");
		}
		let honest = limit(id).expect("measured");
		assert!((240_000..267_000).contains(&honest), "{honest}");
		refused(issue(Eve, id, 300_000, Ferdie), Refusal::IssueLimitExceeded);

		// It says that it has credited all, and pays no more: the days wait, and then count what came,
		// the oldest first. What fills one is missing in another.
		let first = Periods::today();
		for day in first..first + 12 {
			until_day(day);
			arrive(id, CREDITED / 4);
			until_day(day + 1);
			read_network();
			all_say(&[(closed(account, day), claim(PETAHASH, CREDITED))]);
		}
		assert!(limit(id).expect("measured") <= honest);
		refused(issue(Eve, id, 300_000, Ferdie), Refusal::IssueLimitExceeded);
	});
}

#[test]
fn a_pool_that_is_down_counts_zero_until_its_days_are_told() {
	storyline(genesis::LOCAL, || {
		let (id, account, down) = measured_lot();
		assert_eq!(limit(id), Some(970_000));

		// Nobody can read the pool for two days. A day that nobody knows counts nothing.
		until_day(down + 1);
		assert_eq!(limit(id), Some(970_000), "yesterday may still be agreed on");
		until_day(down + 2);
		assert_eq!(PoolOracle::closed_day(account, down), Err(FactError::Missing));
		assert_eq!(PoolOracle::measured_power(account, down), None);
		assert_eq!(limit(id), Some(485_000), "half of the lowest two days is missing");
		refused(issue(Eve, id, 385_001, Ferdie), Refusal::IssueLimitExceeded);
		until_day(down + 3);
		assert_eq!(limit(id), Some(0));
		refused(issue(Eve, id, 1, Ferdie), Refusal::IssueLimitExceeded);
		assert_eq!(lot(id).status, LotStatus::Active);

		// It is up again and tells what it has not told.
		all_say(&[
			(asked_again(account, down, 2), worked(PETAHASH)),
			(asked_again(account, down + 1, 1), worked(PETAHASH)),
			(closed(account, down + 2), worked(PETAHASH)),
		]);
		for (day, attempt) in [(down, 2), (down + 1, 1), (down + 2, 0)] {
			assert_eq!(PoolOracle::measured_power(account, day), Some(PETAHASH));
			assert_eq!(PoolOracle::closed_days(account, day, 1)[0].1.attempt, attempt);
		}
		assert_eq!(limit(id), Some(970_000));
		issue(Eve, id, 385_001, Ferdie).expect("the limit is back");

		// An outage of a pool is nobody's fault.
		blocks(60);
		for who in VALIDATORS {
			let candidate = pallet_validators::Candidates::<Runtime>::get(who.to_account_id());
			let candidate = candidate.expect("seated");
			assert_eq!(
				(candidate.standing, candidate.silent_for),
				(Standing::Admitted, 0),
				"{who}"
			);
		}
	});
}

#[test]
fn days_that_a_pool_never_tells_leave_the_window_in_time() {
	storyline(genesis::LOCAL, || {
		let (id, account, lost) = measured_lot();
		for day in lost + 1..lost + 4 {
			agree_day(account, day, worked(PETAHASH));
			assert_eq!(limit(id), Some(485_000));
		}
		agree_day(account, lost + 4, worked(PETAHASH));
		assert_eq!(limit(id), Some(970_000), "four days after it");
		assert_eq!(
			PoolOracle::closed_day(account, lost),
			Err(FactError::Missing),
			"and still unknown"
		);
	});
}

#[test]
fn a_revoked_token_is_measured_as_zero_from_its_second_day() {
	storyline(genesis::LOCAL, || {
		let (id, account, revoked) = measured_lot();

		// The pool answers three of four, but not for this account; the fourth is believed by none.
		until_day(revoked + 1);
		let feed = closed(account, revoked);
		let refused_by = |who| (who, vec![(feed, Reading::Refused)]);
		votes(&[
			(Dave, vec![(feed, worked(PETAHASH))]),
			refused_by(Alice),
			refused_by(Bob),
			refused_by(Charlie),
		]);
		assert_eq!(PoolOracle::closed_day(account, revoked), Ok(DayFact::Refused));
		assert_eq!(
			PoolOracle::measured_power(account, revoked),
			None,
			"one day alone is no measurement"
		);
		assert_eq!(limit(id), Some(970_000), "so the days end before it, as with no fact");

		agree_day(account, revoked + 1, Reading::Refused);
		assert_eq!(
			PoolOracle::measured_power(account, revoked),
			Some(0),
			"two days running are one"
		);
		assert_eq!(PoolOracle::measured_power(account, revoked + 1), Some(0));
		assert_eq!(limit(id), Some(0));
		refused(issue(Eve, id, 1, Ferdie), Refusal::IssueLimitExceeded);
		let shown =
			Hashpower::farm(lot(id).terms.farm).expect("a farm").lots[0].latest.expect("told");
		assert_eq!((shown.day, shown.power, shown.paid), (revoked + 1, 0, 0));

		// With a new token the account earns its limit back, day by day.
		for (days, expected) in [(2, 0), (3, 0), (4, 485_000), (5, 970_000)] {
			agree_day(account, revoked + days, worked(PETAHASH));
			assert_eq!(limit(id), Some(expected), "after day {days}");
		}
		issue(Eve, id, 870_000, Ferdie).expect("the limit is back");
		assert_eq!(lot(id).issued, 970_000);
	});
}
