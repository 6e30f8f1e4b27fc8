//! What titles earn beside their coins, and fees in the stablecoin.

use super::{mine::*, steps::*};
use crate::{configs::assets::AssetKind, tests::harness::*, *};
use dmex_primitives::{
	titles::{LockReason, Titles as _},
	Balance,
};
use frame_support::traits::fungible::InspectHold;
use pallet_fee_choice::types::FeeTerms;
use pallet_market::{types::Ask, Error as Trade};
use pallet_power_rewards::{Call, Error, HoldReason};
use sp_keyring::Sr25519Keyring;
use sp_runtime::{DispatchError, DispatchResult};

const POWER: u128 = 500_000;

fn stake(who: Sr25519Keyring, lot: u32, title: u32) -> DispatchResult {
	submit(who, Call::stake { series: lot, title })
}

#[test]
fn a_staked_title_earns_by_the_days_that_are_delivered() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let id = paid_lot(Eve, terms(farm, "aurora"));
		let ask = Ask::Outright { slice_per_unit: 20_000_000_000, upfront_per_unit: 0 };
		sell(Eve, id, POWER, ask);
		buy(Ferdie, id, POWER, Balance::MAX).expect("it is offered");
		refused(issue(Eve, id, 1_000, Eve), Refusal::LotIsSold);
		submit(Alice, Call::fund { amount: 2_000 * DMEX }).expect("anyone may");
		let budget = Call::set_daily_budget { amount: 100 * DMEX };
		refused(submit(Alice, budget.clone()), DispatchError::BadOrigin);
		block(|| root(budget)).expect("Root may");
		let first = first_day(id, 0);
		mined(id, first - 1);

		// It is locked, and its coins stay its owner's.
		stake(Ferdie, id, 0).expect("he bought it");
		assert_eq!(Periods::today(), first);
		refused(stake(Ferdie, id, 0), pallet_titles::Error::<Runtime>::TitleLocked);
		refused(transfer(Ferdie, id, 0, Bob), pallet_nfts::Error::<Runtime>::ItemLocked);
		let auction = pallet_market::Call::open_auction {
			series: id,
			title: 0,
			units: POWER,
			reserve: DOLLAR,
			hours: 1,
		};
		refused(submit(Ferdie, auction), Trade::<Runtime>::TitleLocked);
		check_books();

		// From the day after it earns all of the budget, as it is the only one.
		for day in first..first + 6 {
			mined(id, day);
		}
		blocks(1);
		let view = PowerRewards::stake_view(0).expect("it runs");
		assert_eq!((view.claimable, view.expected_per_day), (500 * DMEX, 100 * DMEX));
		let before = Balances::free_balance(Ferdie.to_account_id());
		let claim = || Call::claim { stakes: vec![0].try_into().expect("few") };
		submit(Dave, claim()).expect("anyone may, for anyone");
		let after = Balances::free_balance(Ferdie.to_account_id());
		assert_eq!(after - before, 500 * DMEX);
		refused(submit(Dave, claim()), Error::<Runtime>::NothingToClaim);

		// A dark day earns nothing, when it closes a week later.
		dark(id, first + 6);
		submit(Ferdie, Call::unstake { series: id, title: 0 }).expect("it is his");
		transfer(Ferdie, id, 0, Bob).expect("it is free");
		let held = || {
			let reason = HoldReason::Stake.into();
			Balances::balance_on_hold(&reason, &Ferdie.to_account_id())
		};
		assert!(held() > 0, "the record waits for the day before");
		for day in first + 7..first + 14 {
			dark(id, day);
		}
		blocks(1);
		let before = Balances::free_balance(Ferdie.to_account_id());
		let deposit = held();
		submit(Dave, claim()).expect("its last day is closed");
		let after = Balances::free_balance(Ferdie.to_account_id());
		assert_eq!(after - before, deposit, "the deposit, and nothing for the dark day");
		assert_eq!((held(), PowerRewards::stake_view(0)), (0, None));
	});
}

#[test]
fn a_lock_without_a_stake_or_an_auction_is_noticed() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let id = paid_lot(Eve, terms(farm, "aurora"));
		let ask = Ask::Outright { slice_per_unit: 20_000_000_000, upfront_per_unit: 0 };
		sell(Eve, id, 1_000, ask);
		buy(Bob, id, 1_000, Balance::MAX).expect("it is offered");
		let auction = pallet_market::Call::open_auction {
			series: id,
			title: 0,
			units: 400,
			reserve: DOLLAR,
			hours: 24,
		};
		submit(Bob, auction).expect("it is clean");
		check_books();
		for (title, reason) in [(2, LockReason::Stake), (2, LockReason::Auction)] {
			block(|| Titles::lock(id, title, reason)).expect("it was free");
			let rule = "a lock is not explained by exactly one auction or stake";
			assert_eq!(books(), Err(DispatchError::Other(rule)));
			block(|| Titles::unlock(id, title, reason)).expect("it was locked for that");
		}
	});
}

#[test]
fn a_fee_is_paid_in_the_stablecoin_by_who_chose_so_and_up_to_the_price_that_was_named() {
	storyline(genesis::LOCAL, || {
		// Half a dollar for a DMEX.
		let pair = || (Box::new(AssetKind::Native), Box::new(AssetKind::WithId(STABLE)));
		let (asset1, asset2) = pair();
		submit(Alice, pallet_asset_conversion::Call::create_pool { asset1, asset2 })
			.expect("it is the first");
		let (asset1, asset2) = pair();
		let liquidity = pallet_asset_conversion::Call::add_liquidity {
			asset1,
			asset2,
			amount1_desired: 100_000 * DMEX,
			amount2_desired: 50_000 * DOLLAR,
			amount1_min: 0,
			amount2_min: 0,
			mint_to: Alice.to_account_id(),
		};
		submit(Alice, liquidity).expect("she has both");

		let choose = |who, most_per_dmex| {
			let terms = Some(FeeTerms { asset: STABLE, most_per_dmex });
			submit(who, pallet_fee_choice::Call::choose_fee_asset { terms }).expect("allowed");
		};
		let remark = || RuntimeCall::System(frame_system::Call::remark { remark: vec![1; 64] });
		let balances =
			|who: Sr25519Keyring| (Balances::free_balance(who.to_account_id()), dollars(who));
		/// Fee that was bought (in the stablecoin, in DMEX), and what was charged in the end.
		fn fees() -> (Option<(Balance, Balance)>, Option<Balance>) {
			let (mut bought, mut charged) = (None, None);
			for record in System::events() {
				match record.event {
					RuntimeEvent::FeeChoice(pallet_fee_choice::Event::FeeBought {
						paid,
						fee,
						..
					}) => bought = Some((paid, fee)),
					RuntimeEvent::TransactionPayment(
						pallet_transaction_payment::Event::TransactionFeePaid {
							actual_fee, ..
						},
					) => charged = Some(actual_fee),
					_ => {},
				}
			}
			(bought, charged)
		}

		choose(Ferdie, 600_000);
		let before = balances(Ferdie);
		submit(Ferdie, remark()).expect("a remark");
		let after = balances(Ferdie);
		let (Some((paid, fee)), Some(charged)) = fees() else { panic!("a fee was bought") };
		assert!(paid > 0 && charged > 0 && charged <= fee);
		assert_eq!(after.1, before.1 - paid, "the stablecoin went");
		assert_eq!(after.0, before.0 + fee - charged, "what was not used came back in DMEX");
		let fair = fee * DOLLAR / 2 / DMEX;
		assert!(
			paid >= fair && paid <= fair + fair / 100 + 3,
			"{paid} for {fee}: 0.3 % and a unit"
		);

		// Below the price that he allows, nothing is bought: the fee is in DMEX, as anyone's.
		choose(Dave, 400_000);
		let before = balances(Dave);
		submit(Dave, remark()).expect("a remark");
		let (bought, charged) = fees();
		assert_eq!(bought, None);
		let charged = charged.expect("a fee");
		assert_eq!(balances(Dave), (before.0 - charged, before.1));
	});
}
