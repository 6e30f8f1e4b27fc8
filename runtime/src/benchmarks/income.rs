//! The ledger of days, whose visits tell the market and the rewards.

use super::{
	lots::{BITCOIN, COIN},
	World,
};
use crate::{configs::governance::TreasuryAccount, genesis::STABLE_ASSET, *};
use dmex_primitives::{AccountId, AssetId, CoinAmount, Day, LotId, DMEX};
use frame_benchmarking::account;
use frame_support::traits::{fungible::Mutate, Get, Hooks};
use pallet_hashpower::AllLots;
use pallet_income::benchmarking::BenchmarkHelper;

impl BenchmarkHelper<AccountId> for World {
	/// Some of it is sold and staked, so that those who are told of its days have work.
	fn lot(provider: &AccountId) -> LotId {
		let lot = Self::active(provider, |_| ());
		let order = Self::offer(lot, 20);
		let staker: AccountId = account("staker", 0, 0);
		let title = Self::sell(lot, order, 20, &staker);
		pallet_power_rewards::DailyBudget::<Runtime>::put(DMEX);
		PowerRewards::fund(Self::signed(&staker), 1_000 * DMEX).unwrap();
		PowerRewards::stake(Self::signed(&staker), lot, title).unwrap();
		let fund = crate::stand_ins::InsuranceFund::get();
		Balances::mint_into(&fund, DMEX).unwrap();
		// What paying by itself costs is asked of an exchange, and taken.
		Balances::mint_into(&TreasuryAccount::get(), DMEX).unwrap();
		let asset = pallet_coins::Coins::<Runtime>::get(COIN).unwrap().asset;
		for asset in [asset, STABLE_ASSET] {
			Self::open_exchange(asset);
		}
		lot
	}

	/// A tenth of the power is missing, so that the network of the day is looked at too.
	fn measure(lot: LotId, day: Day, paid: CoinAmount) {
		let account = AllLots::<Runtime>::get(lot).unwrap().account;
		let issued = pallet_titles::Series::<Runtime>::get(lot).unwrap().issued;
		let measured = issued.saturating_sub(issued.checked_div(10).unwrap());
		Self::agree(account, day, measured, paid);
		Self::agree_network(COIN, day, BITCOIN);
	}

	/// Each day is opened for rewards, as it is by the blocks of a chain.
	fn pass_days(days: Day) {
		for _ in 0..days {
			<Self as pallet_hashpower::benchmarking::BenchmarkHelper<_>>::pass_days(1);
			PowerRewards::on_initialize(System::block_number());
		}
	}

	fn other_asset() -> AssetId {
		STABLE_ASSET
	}
}
