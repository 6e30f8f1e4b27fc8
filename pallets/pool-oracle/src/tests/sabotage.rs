//! Every invariant is checked: a state that breaks it is caught.

use super::*;
use crate::{
	AccountOf, Accounts, Ballot, Ballots, DayFacts, DayRecord, FeesFacts, Followed, NetworkFacts,
	NextAccount, Outcome, Period, PriceFacts, SessionScores, Sessions, Sources, Swept, TokenKeys,
	Tokens,
};
use dmex_primitives::facts::{NetworkReading, Priced};
use frame_support::assert_ok;
use sp_runtime::DispatchError;

/// A chain with an account, a token, an agreed day and price; broken by `sabotage`.
fn caught(sabotage: impl FnOnce(u32)) -> &'static str {
	let mut found = Ok(());
	build_and_execute(|| {
		let account = braiins("farm");
		assert_ok!(Oracle::publish_token_key(RuntimeOrigin::signed(1), [1; 32]));
		let sealed = vec![1; 80].try_into().unwrap();
		assert_ok!(Oracle::post_token(RuntimeOrigin::signed(PROVIDER), account, 1, sealed));
		go_to(today() + 1, 0);
		all_cast(&[1, 2, 3], yesterday(account), day_reading(5));
		let price = Feed::Price { of: Priced::Stable, round: 0 };
		all_cast(&[1, 2, 3, 4], price, Reading::Price(5));
		all_cast(&[1, 2, 3, 4], Feed::Fees { coin: BTC, round: 0 }, Reading::Fees(5));
		let state = NetworkReading::ProofOfWork { height: 144, bits: 0x1d00_ffff };
		let network = Feed::Network { coin: BTC, round: 0 };
		all_cast(&[1, 2, 3], network, Reading::Network(state));
		assert_eq!(Oracle::do_try_state(), Ok(()));
		let _ = frame_support::storage::with_transaction(|| {
			sabotage(account);
			found = Oracle::do_try_state();
			sp_runtime::TransactionOutcome::Rollback(Ok::<(), DispatchError>(()))
		});
	});
	match found {
		Err(DispatchError::Other(what)) => what,
		other => panic!("not caught: {other:?}"),
	}
}

fn change_ballot(account: u32, change: impl FnOnce(&mut Ballot)) {
	Ballots::<Test>::mutate(Period::Day(today()), yesterday(account), |ballot| {
		change(ballot.as_mut().unwrap())
	});
}

#[test]
fn a_key_that_votes_twice_is_caught() {
	let what = caught(|account| {
		change_ballot(account, |ballot| {
			ballot.votes.try_push((0, Some(day_reading(5)))).unwrap();
		})
	});
	assert_eq!(what, "a key has two votes on a ballot");
}

#[test]
fn a_vote_from_outside_the_set_is_caught() {
	let what = caught(|account| {
		change_ballot(account, |ballot| ballot.votes.try_push((4, None)).unwrap())
	});
	assert_eq!(what, "a vote comes from outside the frozen set");
}

#[test]
fn a_ballot_closed_by_too_few_is_caught() {
	let what = caught(|account| {
		change_ballot(account, |ballot| {
			ballot.votes.pop();
		})
	});
	assert_eq!(what, "a ballot was closed below the threshold");
	let what = caught(|account| {
		change_ballot(account, |ballot| ballot.outcome = Some(Outcome::Exact(Reading::Refused)))
	});
	assert_eq!(what, "a ballot was closed below the threshold");
}

#[test]
fn a_median_that_too_few_are_near_is_caught() {
	let price = Feed::Price { of: Priced::Stable, round: 0 };
	let what = caught(|_| {
		Ballots::<Test>::mutate(Period::of(&price), price, |ballot| {
			let spread = <Test as crate::Config>::PriceSpread::get();
			ballot.as_mut().unwrap().outcome = Some(Outcome::Median { value: 6, spread });
		})
	});
	assert_eq!(what, "a ballot was closed below the threshold");
}

#[test]
fn a_ballot_in_another_period_is_caught() {
	let what = caught(|account| {
		let ballot = Ballots::<Test>::take(Period::Day(today()), yesterday(account)).unwrap();
		Ballots::<Test>::insert(Period::Day(today() + 1), yesterday(account), ballot);
	});
	assert_eq!(what, "a ballot lies in another period");
}

#[test]
fn what_the_sweep_left_behind_is_caught() {
	let what = caught(|_| Swept::<Test>::mutate(|sweep| sweep.ballots = Some(today() + 1)));
	assert_eq!(what, "a ballot is left behind the sweep");
	let what = caught(|_| Swept::<Test>::mutate(|sweep| sweep.facts = Some(today())));
	assert_eq!(what, "a day is left behind the sweep");
}

fn change_day(account: u32, change: impl FnOnce(&mut DayRecord)) {
	DayFacts::<Test>::mutate(today() - 1, account, |record| change(record.as_mut().unwrap()));
}

#[test]
fn a_fact_of_too_few_is_caught() {
	let sabotages: [fn(u32); 4] = [
		|account| change_day(account, |record| record.support.voters = 2),
		|_| {
			PriceFacts::<Test>::mutate(Priced::Stable, |record| {
				record.as_mut().unwrap().support.voters = 2
			})
		},
		|_| FeesFacts::<Test>::mutate(BTC, |record| record.as_mut().unwrap().support.voters = 2),
		|_| NetworkFacts::<Test>::mutate(BTC, |record| record.as_mut().unwrap().support.voters = 5),
	];
	for sabotage in sabotages {
		assert_eq!(caught(sabotage), "a fact has fewer voters than the threshold");
	}
}

#[test]
fn a_day_that_could_not_be_agreed_is_caught() {
	let what = caught(|account| change_day(account, |record| record.attempt = 8));
	assert_eq!(what, "a day was agreed by an unknown attempt");
	let spread = sp_runtime::Permill::from_percent(1);
	let what = caught(|account| change_day(account, |record| record.support.spread = spread));
	assert_eq!(what, "a closed day was agreed with a spread");
	let what = caught(|account| {
		let record = DayFacts::<Test>::get(today() - 1, account).unwrap();
		DayFacts::<Test>::insert(today() - 1, account + 1, record);
	});
	assert_eq!(what, "a day belongs to no account");
}

#[test]
fn a_name_that_leads_elsewhere_is_caught() {
	let what = caught(|account| {
		let known = Accounts::<Test>::get(account).unwrap();
		AccountOf::<Test>::remove((known.source, known.name));
	});
	assert_eq!(what, "an account is not found under its name");
	let what = caught(|account| {
		AccountOf::<Test>::insert((0, crate::tests::name("again")), account);
	});
	assert_eq!(what, "a name leads to no account");
}

#[test]
fn an_unbound_account_is_caught() {
	let what = caught(|_| NextAccount::<Test>::put(2));
	assert_eq!(what, "an account was unbound");
	let what = caught(|_| NextAccount::<Test>::put(0));
	assert_eq!(what, "an account has an id that was never given");
	let what = caught(|_| Followed::<Test>::insert(7, 1));
	assert_eq!(what, "an unbound account is followed");
	let what = caught(|account| {
		let token = Tokens::<Test>::get(account, 1).unwrap();
		Tokens::<Test>::insert(account + 1, 1, token);
	});
	assert_eq!(what, "an unbound account has a token");
	let what = caught(|_| Sources::<Test>::remove(0));
	assert_eq!(what, "an account has no source");
}

#[test]
fn too_many_followed_accounts_are_caught() {
	let what = caught(|_| (0..9).for_each(|account| Followed::<Test>::insert(account, 1)));
	assert_eq!(what, "too many accounts are followed");
}

#[test]
fn a_deposit_that_is_not_held_is_caught() {
	let expected = "what is held is not what the records cost";
	let what = caught(|account| {
		Tokens::<Test>::remove(account, 1);
	});
	assert_eq!(what, expected);
	let what = caught(|_| TokenKeys::<Test>::mutate(1, |key| key.as_mut().unwrap().deposit += 1));
	assert_eq!(what, expected);
}

#[test]
fn a_set_outside_the_window_is_caught() {
	let what = caught(|_| crate::OldestSession::<Test>::put(1));
	assert_eq!(what, "a set is kept outside the proof window");
	let what = caught(|_| SessionScores::<Test>::insert(9, crate::Scores::default()));
	assert_eq!(what, "scores are kept outside the proof window");
	let what = caught(|_| {
		Sessions::<Test>::mutate(0, |set| {
			let first = set[0].1.clone();
			set[1].1 = first;
		})
	});
	assert_eq!(what, "two validators of a session share a key");
}

#[test]
fn a_score_that_does_not_add_up_is_caught() {
	let what = caught(|_| {
		let score = crate::Score { expected: 2, agreed: 1, ..Default::default() };
		SessionScores::<Test>::insert(0, crate::Scores::try_from(vec![score]).unwrap());
	});
	assert_eq!(what, "a score does not add up");
}
