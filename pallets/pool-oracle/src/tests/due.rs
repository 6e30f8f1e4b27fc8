//! What a worker is told to read, and how it votes.

use super::*;
use crate::SubmitFault;
use dmex_primitives::facts::{NetworkReading, PoolAccounts, Priced};
use sp_application_crypto::RuntimeAppPublic;
use sp_core::offchain::{testing::TestTransactionPoolExt, TransactionPoolExt};

fn of_round(validator: AccountId) -> Vec<Feed> {
	Oracle::due_round(&key(validator))
}

fn of_accounts(validator: AccountId) -> Vec<Feed> {
	Oracle::due_accounts(&key(validator), None, 100).0
}

#[test]
fn a_round_asks_for_networks_fees_and_prices_of_watched_coins() {
	build_and_execute(|| {
		let round = 0;
		let price = |coin| Feed::Price { of: Priced::Coin(coin), round };
		let expected = vec![
			Feed::Network { coin: BTC, round },
			Feed::Fees { coin: BTC, round },
			price(BTC),
			Feed::Network { coin: BCH, round },
			Feed::Fees { coin: BCH, round },
			price(BCH),
			Feed::Network { coin: FIL, round },
			price(FIL),
			Feed::Price { of: Priced::Stable, round },
		];
		assert_eq!(of_round(1), expected);
		all_cast(&[1], price(BTC), Reading::Price(1));
		assert_eq!(of_round(1).len(), 8);
		assert_eq!(of_round(2).len(), 9);
		assert!(Oracle::is_voter(&key(4)));
		assert!(!Oracle::is_voter(&key(5)));
	});
}

#[test]
fn whatever_is_due_is_taken() {
	build_and_execute(|| {
		braiins("farm");
		go_to(today() + 1, DAY - 1);
		let work = NetworkReading::ProofOfWork { height: 144, bits: 0x1d00_ffff };
		let share = NetworkReading::PowerShare { height: 2_880, total_power: 1, epoch_reward: 1 };
		for validator in 1..=4 {
			let feeds = of_round(validator).into_iter().chain(of_accounts(validator));
			let readings: Vec<_> = feeds
				.map(|feed| {
					let reading = match feed {
						Feed::ClosedDay { .. } => day_reading(5),
						Feed::Live { .. } => Reading::Live(5),
						Feed::Network { coin: FIL, .. } => Reading::Network(share),
						Feed::Network { .. } => Reading::Network(work),
						Feed::Fees { .. } => Reading::Fees(5),
						Feed::Price { .. } => Reading::Price(5),
					};
					(feed, reading)
				})
				.collect();
			assert_eq!(readings.len(), 11);
			assert_eq!(cast(validator, &readings), Ok(Ok(())));
			assert_eq!(of_accounts(validator), vec![]);
		}
	});
}

#[test]
fn closed_days_are_asked_for_in_the_accounts_slice_of_the_day() {
	build_and_execute(|| {
		LiveEvery::set(1_000_000);
		let account = braiins("farm");
		let start = today() + 1;
		let due_at = |after: u64| {
			go_to(start, after);
			of_accounts(1).len()
		};
		let first = (0..DAY).step_by(60).find(|after| due_at(*after) == 1).unwrap();
		let slice = u64::from(crate::live::spread_of(account)) % 800;
		assert_eq!(first, slice * 60);
		assert!(first < DAY * 4 / 5);
		assert_eq!(due_at(DAY - 1), 1);
	});
}

#[test]
fn an_attempt_is_asked_for_each_day_until_there_is_a_quorum() {
	build_and_execute(|| {
		LiveEvery::set(1_000_000);
		let account = braiins("farm");
		let day = today();
		go_to(day + 3, DAY - 1);
		let closed = |day, attempt| Feed::ClosedDay { account, day, attempt };
		let expected = vec![closed(day + 2, 0), closed(day + 1, 1), closed(day, 2)];
		assert_eq!(of_accounts(1), expected);
		all_cast(&[1, 2, 3], closed(day + 1, 1), day_reading(5));
		assert_eq!(of_accounts(1), vec![closed(day + 2, 0), closed(day, 2)]);
		// Who has not voted is still asked: a late vote is no miss.
		assert_eq!(of_accounts(4), expected);
		go_to(day + 9, DAY - 1);
		let asked = of_accounts(1);
		assert!(asked.contains(&closed(day + 1, 7)));
		assert!(!asked.contains(&closed(day, 7)));
		assert_eq!(asked.len(), 8);
	});
}

#[test]
fn accounts_are_listed_a_page_at_a_time() {
	build_and_execute(|| {
		LiveEvery::set(1_000_000);
		let mut accounts: Vec<u32> = ["a", "b", "c", "d", "e"].into_iter().map(braiins).collect();
		Oracle::unfollow(accounts.remove(1));
		go_to(today() + 1, DAY - 1);
		let mut listed = Vec::new();
		let mut after = None;
		let mut pages = 0;
		loop {
			let (feeds, next) = Oracle::due_accounts(&key(1), after, 2);
			listed.extend(feeds.into_iter().map(|feed| match feed {
				Feed::ClosedDay { account, .. } => account,
				other => panic!("{other:?}"),
			}));
			pages += 1;
			match next {
				Some(account) => after = Some(account),
				None => break,
			}
		}
		listed.sort();
		assert_eq!((listed, pages), (accounts, 3));
	});
}

#[test]
fn a_signed_vote_is_sent_and_seen_to_arrive() {
	let keystore = sp_keystore_of(&[1]);
	let (pool, state) = TestTransactionPoolExt::new();
	let mut ext = new_test_ext(4, false);
	ext.register_extension(keystore);
	ext.register_extension(TransactionPoolExt::new(pool));
	ext.execute_with(|| {
		let own = crate::app::AuthorityId::all();
		assert_eq!(own, vec![key(1)]);
		let feed = Feed::Price { of: Priced::Stable, round: 0 };
		let below = Feed::Price { of: Priced::Coin(BTC), round: 0 };
		let batch = vec![(feed, Reading::Price(5)), (below, Reading::Price(6))];
		let signed = Oracle::sign_vote(&own[0], 0, batch.clone()).unwrap();
		assert_eq!(Oracle::sign_vote(&own[0], 0, batch).unwrap(), signed);
		assert!(authorise(TransactionSource::Local, &signed).is_ok());
		assert!(!Oracle::has_arrived(&signed.vote));
		Oracle::send_vote(signed.clone()).unwrap();
		let bytes = state.write().transactions.pop().unwrap();
		let sent = <Extrinsic as codec::Decode>::decode(&mut &bytes[..]).unwrap();
		assert_eq!(sent.function, call_of(&signed));
		assert_eq!(include(&signed), Ok(Ok(())));
		assert!(Oracle::has_arrived(&signed.vote));
	});
}

#[test]
fn what_is_no_batch_is_not_signed() {
	let mut ext = new_test_ext(4, false);
	ext.register_extension(sp_keystore_of(&[1]));
	ext.execute_with(|| {
		let sign = |validator, readings| Oracle::sign_vote(&key(validator), 0, readings);
		let feed = |account| (Feed::Live { account, round: 0 }, Reading::Live(1));
		assert_eq!(sign(1, vec![]), Err(SubmitFault::BadBatch));
		assert_eq!(sign(1, vec![feed(1), feed(1)]), Err(SubmitFault::BadBatch));
		assert_eq!(sign(1, (0..65).map(feed).collect()), Err(SubmitFault::BadBatch));
		assert_eq!(sign(2, vec![feed(1)]), Err(SubmitFault::KeyMissing));
		assert!(sign(1, (0..64).map(feed).collect()).is_ok());
	});
}
