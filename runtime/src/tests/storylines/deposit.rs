//! A title bought for a deposit, which follows it to its last holder.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, *};
use dmex_primitives::{lots::LotStatus, Balance, CoinAmount};
use pallet_hashpower::types::{LotTerms, SaleModel};
use pallet_market::{types::Ask, Error as Trade};
use sp_runtime::Permill;

const POWER: u128 = 500_000;
/// A fifth of a cent for a GH/s.
const DEPOSIT: Balance = 1_000 * DOLLAR;
/// What a day owes: half of what the pool credited, less 3 %, of which four fifths.
const DUE: CoinAmount = 19_400;

#[test]
fn the_output_is_shared_and_the_deposit_goes_to_the_last_holder_at_maturity() {
	storyline(genesis::LOCAL, || {
		let farm = open_farm(Eve, &[BTC]);
		let last = Periods::today() + 16;
		let sale = SaleModel::Deposit { holder_share: Permill::from_percent(80) };
		let id = paid_lot(Eve, LotTerms { last_day: last, sale, ..terms(farm, "aurora") });

		let outright = Ask::Outright { slice_per_unit: 20_000_000_000, upfront_per_unit: 0 };
		let wrong = pallet_market::Call::open_sale {
			lot: id,
			units: POWER,
			least_units: 1,
			ask: outright,
			expires: last,
		};
		refused(submit(Eve, wrong), Trade::<Runtime>::WrongSaleModel);
		sell(Eve, id, POWER, Ask::Deposit { deposit_per_unit: 2_000_000_000_000 });
		let (eve, bob) = (dollars(Eve), dollars(Bob));
		buy(Bob, id, POWER, DEPOSIT).expect("a deposit and nothing else");
		assert_eq!((dollars(Eve), dollars(Bob)), (eve, bob - DEPOSIT));
		assert_eq!(Market::deposit(id, 0), DEPOSIT);
		let first = first_day(id, 0);
		for day in first - 1..first + 3 {
			mined(id, day);
		}

		// A wallet moves the title. What is unpaid goes with it.
		transfer(Bob, id, 0, Charlie).expect("titles move");
		let (bobs, bob) = (coins(Bob), dollars(Bob));
		for day in first + 3..=last {
			mined(id, day);
		}
		let back = pallet_market::Call::return_deposit { lot: id, title: 0 };
		refused(submit(Dave, back.clone()), Trade::<Runtime>::LotNotOver);

		// The last days may still be agreed for a week and a day; then the lot is over.
		let mature = pallet_hashpower::Call::mature { lot: id };
		until_day(last + 8);
		refused(submit(Dave, mature.clone()), Refusal::LotNotOver);
		until_day(last + 9);
		submit(Dave, mature).expect("its last day is over");
		assert_eq!(lot(id).status, LotStatus::Matured);
		let days = CoinAmount::from(last + 1 - first);
		about(coins(Bob) + coins(Charlie), days * DUE);
		assert_eq!(coins(Bob), bobs, "nothing came to him after he gave it away");
		assert!(coins(Charlie) + 2 >= (days - 3) * DUE, "at least the days that were hers");

		// Anyone may return the deposit; it goes to whoever owns the title now.
		let charlie = dollars(Charlie);
		submit(Dave, back.clone()).expect("the lot is over");
		assert_eq!(dollars(Charlie), charlie + DEPOSIT);
		assert_eq!((dollars(Eve), dollars(Bob)), (eve, bob));
		refused(submit(Charlie, back), Trade::<Runtime>::NoDeposit);
	});
}
