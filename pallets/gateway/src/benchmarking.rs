//! Benchmarks of the calls and chores.

#![allow(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::unwrap_used
)]

use super::*;
use crate::types::*;
use alloc::{format, vec::Vec};
use dmex_addresses::Network;
use dmex_primitives::{
	coins::Coins, facts::Priced, AssetId, Balance, CoinId, Day, LotId, Price, PRICE_ONE,
};
use frame_benchmarking::v2::*;
use frame_support::traits::{
	fungible::Mutate as NativeMutate,
	fungibles::{Inspect, Mutate},
	EnsureOrigin, Get,
};
use frame_system::RawOrigin;
use sp_core::H256;
use sp_runtime::Permill;

/// Makes the parts that the runtime wires answer as a benchmark needs.
pub trait BenchmarkHelper<AccountId> {
	/// A registered coin with addresses of Filecoin or Bitcoin, whose asset exists.
	fn coin() -> CoinId;
	/// An open lot of the provider that mines [`BenchmarkHelper::coin`].
	fn lot(provider: &AccountId) -> LotId;
	/// Agrees on a price.
	fn set_price(of: Priced, price: Price);
	/// Lets days pass.
	fn pass_days(days: Day);
}

const AMOUNT: Balance = 1_000_000_000_000_000_000_000;

fn terms() -> GateTerms {
	GateTerms {
		network: Network::Any,
		finality: 6,
		deposit_window: 1_000_000,
		cap: Balance::MAX,
		unbonded: Balance::MAX,
		bond_share: Permill::zero(),
		lot_mint_per_day: Balance::MAX,
		account_mint_per_day: Balance::MAX,
		withdraw_per_day: Balance::MAX,
		least_deposit: 1,
		least_withdrawal: 2,
		withdrawal_fee: 1,
		queue_days: 1,
		max_open: u32::MAX,
		faucet_per_day: Balance::MAX,
	}
}

fn funded<T: Config>(name: &'static str, index: u32) -> T::AccountId
where
	T::Native: NativeMutate<T::AccountId>,
{
	let who: T::AccountId = account(name, index, 0);
	let deposit = T::AddressDeposit::get()
		.saturating_add(T::WithdrawalDeposit::get())
		.saturating_add(1_000_000_000_000);
	T::Native::set_balance(&who, deposit.saturating_mul(100));
	T::Assets::mint_into(T::StableAsset::get(), &who, AMOUNT).unwrap();
	who
}

/// The coin's gate is set, and the most custodians are seated, of whom more than half must agree.
fn seated<T: Config>() -> (AssetId, Vec<T::AccountId>)
where
	T::Native: NativeMutate<T::AccountId>,
{
	let coin = T::BenchmarkHelper::coin();
	let asset = T::Coins::coin(coin).unwrap().asset;
	for listed in GateList::<T>::take() {
		Gates::<T>::remove(listed);
	}
	Pallet::<T>::do_set_gate(Priced::Coin(coin), terms()).unwrap();
	let mut members: Vec<T::AccountId> =
		(0..MAX_CUSTODIANS).map(|n| funded::<T>("custodian", n)).collect();
	members.sort();
	let bound = Members::truncate_from(members.clone());
	let threshold = MAX_CUSTODIANS / 2 + 1;
	let council = CouncilTerms { threshold, least_bond: 0, multiple: 1, unbonding_days: 1 };
	Pallet::<T>::do_set_custodians(bound, council).unwrap();
	(asset, members)
}

/// Addresses that need no checksum are Filecoin's ids; for Bitcoin a few that are known.
fn batch<T: Config>(asset: AssetId, count: u32) -> Batch {
	let gate = Gates::<T>::get(asset).unwrap();
	let id = |n: u32| format!("f0{}", 1_000_000 + n).into_bytes();
	let known = [
		"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
		"3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
		"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
	];
	let texts: Vec<Vec<u8>> = match Pallet::<T>::canonical_address(&gate, &id(0)) {
		Ok(_) => (0..count).map(id).collect(),
		Err(_) => known.iter().take(count as usize).map(|text| text.as_bytes().to_vec()).collect(),
	};
	texts
		.into_iter()
		.map(|text| Address::truncate_from(text))
		.collect::<Vec<_>>()
		.try_into()
		.unwrap()
}

/// Everyone but the deciding custodian votes; answers him.
fn before_last<T: Config>(
	members: &[T::AccountId],
	vote: impl Fn(&T::AccountId) -> frame_support::dispatch::DispatchResult,
) -> T::AccountId {
	let deciding = (MAX_CUSTODIANS / 2) as usize;
	members[..deciding].iter().for_each(|who| vote(who).unwrap());
	members[deciding].clone()
}

fn all_vote<T: Config>(
	members: &[T::AccountId],
	vote: impl Fn(&T::AccountId) -> frame_support::dispatch::DispatchResult,
) {
	let last = before_last::<T>(members, &vote);
	vote(&last).unwrap();
}

fn posted<T: Config>(asset: AssetId, members: &[T::AccountId]) {
	all_vote::<T>(members, |who| Pallet::<T>::do_post_addresses(who, asset, batch::<T>(asset, 3)));
}

/// A lot with an address.
fn lot_address<T: Config>(asset: AssetId, members: &[T::AccountId]) -> (LotId, Address)
where
	T::Native: NativeMutate<T::AccountId>,
{
	posted::<T>(asset, members);
	let provider = funded::<T>("provider", 0);
	let lot = T::BenchmarkHelper::lot(&provider);
	Pallet::<T>::do_request_lot_address(&provider, lot).unwrap();
	(lot, LotBooks::<T>::get(lot).unwrap().address.address)
}

/// Whatever is minted from now on has to be covered by bonds, at the prices of the day.
fn backed<T: Config>(members: &[T::AccountId]) {
	let coin = Priced::Coin(T::BenchmarkHelper::coin());
	for of in [Priced::Stable, coin] {
		T::BenchmarkHelper::set_price(of, PRICE_ONE);
	}
	for who in members {
		Pallet::<T>::do_bond(who, AMOUNT / 10).unwrap();
	}
	let terms = GateTerms { unbonded: 0, bond_share: Permill::one(), ..terms() };
	Pallet::<T>::do_set_gate(coin, terms).unwrap();
}

fn deposit(asset: AssetId, address: Address) -> Deposit {
	let transaction = H256::repeat_byte(7);
	Deposit { asset, transaction, output: 0, address, amount: AMOUNT, height: 1_000_000 }
}

fn outside() -> Address {
	Address::truncate_from(b"f0999".to_vec())
}

/// An open withdrawal of somebody.
fn queued<T: Config>(asset: AssetId) -> (WithdrawalId, T::AccountId)
where
	T::Native: NativeMutate<T::AccountId>,
{
	let who = funded::<T>("user", 0);
	T::Assets::mint_into(asset, &who, AMOUNT.saturating_mul(4)).unwrap();
	let id = NextWithdrawal::<T>::get();
	let address = match Pallet::<T>::canonical_address(&Gates::<T>::get(asset).unwrap(), b"f0999") {
		Ok(_) => outside(),
		Err(_) => Address::truncate_from(b"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2".to_vec()),
	};
	Pallet::<T>::do_withdraw(&who, asset, AMOUNT, address).unwrap();
	(id, who)
}

fn inputs(count: u32) -> Inputs {
	let all: Vec<Input> =
		(0..count).map(|n| Input { of: H256::repeat_byte(1), index: n.into() }).collect();
	all.try_into().unwrap()
}

#[benchmarks(where T::Native: NativeMutate<T::AccountId>)]
mod benches {
	use super::*;

	#[benchmark]
	fn set_gate() -> Result<(), BenchmarkError> {
		let (asset, _) = seated::<T>();
		let other = Gates::<T>::get(asset).unwrap();
		GateList::<T>::mutate(|list| {
			let ids = u32::MAX - MAX_GATES..u32::MAX;
			ids.take_while(|id| list.try_push(*id).is_ok())
				.for_each(|id| Gates::<T>::insert(id, &other));
		});
		let origin = T::CustodianOrigin::try_successful_origin().map_err(|_| "no origin")?;
		let of = Priced::Coin(T::BenchmarkHelper::coin());
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, of, GateTerms { finality: 9, ..terms() });
		assert_eq!(Gates::<T>::get(asset).unwrap().terms.finality, 9);
		Ok(())
	}

	#[benchmark]
	fn set_custodians() -> Result<(), BenchmarkError> {
		let (_, members) = seated::<T>();
		let origin = T::CustodianOrigin::try_successful_origin().map_err(|_| "no origin")?;
		let terms = Custodians::<T>::get().terms;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, Members::truncate_from(members), terms);
		Ok(())
	}

	#[benchmark]
	fn slash_custodian() -> Result<(), BenchmarkError> {
		let who = funded::<T>("custodian", 0);
		Pallet::<T>::do_bond(&who, 1_000_000).unwrap();
		T::Assets::mint_into(T::StableAsset::get(), &T::SlashTo::get(), AMOUNT).unwrap();
		let origin = T::CustodianOrigin::try_successful_origin().map_err(|_| "no origin")?;
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, who.clone(), 1_000_000);
		assert_eq!(Bonds::<T>::get(&who).total(), 0);
		Ok(())
	}

	#[benchmark]
	fn bond() {
		let who = funded::<T>("custodian", 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), 1_000_000);
		assert_eq!(Bonds::<T>::get(&who).active, 1_000_000);
	}

	#[benchmark]
	fn unbond() {
		let (asset, members) = seated::<T>();
		T::BenchmarkHelper::set_price(Priced::Stable, PRICE_ONE);
		T::BenchmarkHelper::set_price(Priced::Coin(T::BenchmarkHelper::coin()), PRICE_ONE);
		for who in &members {
			Pallet::<T>::do_bond(who, 1_000_000).unwrap();
		}
		let coin = Priced::Coin(T::BenchmarkHelper::coin());
		let backed = GateTerms { unbonded: 0, bond_share: Permill::one(), ..terms() };
		Pallet::<T>::do_set_gate(coin, backed).unwrap();
		FlowsOf::<T>::mutate(asset, |flows| flows.issued = 1);
		#[extrinsic_call]
		_(RawOrigin::Signed(members[0].clone()), 500_000);
		assert_eq!(Bonds::<T>::get(&members[0]).active, 500_000);
	}

	#[benchmark]
	fn withdraw_bond() {
		let (_, members) = seated::<T>();
		let who = members[0].clone();
		Pallet::<T>::do_bond(&who, 1_000_000).unwrap();
		Pallet::<T>::do_unbond(&who, 500_000).unwrap();
		T::BenchmarkHelper::pass_days(10);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));
		assert_eq!(Bonds::<T>::get(&who).total(), 500_000);
	}

	#[benchmark]
	fn post_addresses(n: Linear<1, MAX_BATCH>) {
		let (asset, members) = seated::<T>();
		let batch = batch::<T>(asset, n);
		let who = before_last::<T>(&members, |who| {
			Pallet::<T>::do_post_addresses(who, asset, batch.clone())
		});
		#[extrinsic_call]
		_(RawOrigin::Signed(who), asset, batch);
		assert!(FreeQueue::<T>::get(asset).len() > 0);
	}

	#[benchmark]
	fn request_lot_address() {
		let (asset, members) = seated::<T>();
		posted::<T>(asset, &members);
		let provider = funded::<T>("provider", 0);
		let lot = T::BenchmarkHelper::lot(&provider);
		#[extrinsic_call]
		_(RawOrigin::Signed(provider), lot);
		assert!(LotBooks::<T>::contains_key(lot));
	}

	#[benchmark]
	fn request_address() {
		let (asset, members) = seated::<T>();
		posted::<T>(asset, &members);
		let who = funded::<T>("user", 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), asset);
		assert!(AccountAddresses::<T>::contains_key(asset, &who));
	}

	#[benchmark]
	fn attest_deposit() {
		let (asset, members) = seated::<T>();
		let (lot, address) = lot_address::<T>(asset, &members);
		backed::<T>(&members);
		let deposit = deposit(asset, address);
		let who =
			before_last::<T>(&members, |who| Pallet::<T>::do_attest_deposit(who, deposit.clone()));
		#[extrinsic_call]
		_(RawOrigin::Signed(who), deposit);
		assert_eq!(LotBooks::<T>::get(lot).unwrap().arrived, AMOUNT);
	}

	#[benchmark]
	fn mint_waiting() {
		let (asset, members) = seated::<T>();
		let (_, address) = lot_address::<T>(asset, &members);
		let coin = Priced::Coin(T::BenchmarkHelper::coin());
		Pallet::<T>::do_set_gate(coin, GateTerms { cap: 0, ..terms() }).unwrap();
		let deposit = deposit(asset, address);
		all_vote::<T>(&members, |who| Pallet::<T>::do_attest_deposit(who, deposit.clone()));
		backed::<T>(&members);
		// A part of it is minted, and for the rest the lot is last again.
		let gate = Gates::<T>::get(asset).unwrap();
		let per_day = AMOUNT.saturating_mul(TURNS_PER_DAY) / 2;
		let terms = GateTerms { lot_mint_per_day: per_day, ..gate.terms };
		Pallet::<T>::do_set_gate(coin, terms).unwrap();
		#[extrinsic_call]
		_(RawOrigin::Signed(members[0].clone()), asset, Lane::Lots);
		assert_eq!(FlowsOf::<T>::get(asset).waiting, AMOUNT / 2);
	}

	#[benchmark]
	fn claim_owed() {
		let (asset, members) = seated::<T>();
		let (lot, _) = lot_address::<T>(asset, &members);
		OwedTo::<T>::insert(asset, Target::Lot(lot), AMOUNT);
		FlowsOf::<T>::mutate(asset, |flows| flows.owed = AMOUNT);
		#[extrinsic_call]
		_(RawOrigin::Signed(members[0].clone()), asset, Target::Lot(lot));
		assert_eq!(FlowsOf::<T>::get(asset).issued, AMOUNT);
	}

	#[benchmark]
	fn withdraw() {
		let (asset, _) = seated::<T>();
		let (id, who) = queued::<T>(asset);
		let address = Withdrawals::<T>::get(id).unwrap().address;
		#[extrinsic_call]
		_(RawOrigin::Signed(who), asset, AMOUNT, address);
		assert!(Withdrawals::<T>::contains_key(id + 1));
	}

	#[benchmark]
	fn accept_withdrawal(n: Linear<1, MAX_INPUTS>) {
		let (asset, members) = seated::<T>();
		let (id, _) = queued::<T>(asset);
		let who =
			before_last::<T>(&members, |who| Pallet::<T>::do_accept_withdrawal(who, id, inputs(n)));
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, inputs(n));
		assert!(matches!(Withdrawals::<T>::get(id).unwrap().stage, Stage::Accepted { .. }));
	}

	#[benchmark]
	fn confirm_withdrawal() {
		let (asset, members) = seated::<T>();
		let (id, _) = queued::<T>(asset);
		all_vote::<T>(&members, |who| {
			Pallet::<T>::do_accept_withdrawal(who, id, inputs(MAX_INPUTS))
		});
		let transaction = H256::repeat_byte(3);
		let who = before_last::<T>(&members, |who| {
			Pallet::<T>::do_confirm_withdrawal(who, id, transaction, 1)
		});
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, transaction, 1);
		assert!(!Withdrawals::<T>::contains_key(id));
	}

	#[benchmark]
	fn fail_withdrawal() {
		let (asset, members) = seated::<T>();
		let (id, _) = queued::<T>(asset);
		all_vote::<T>(&members, |who| {
			Pallet::<T>::do_accept_withdrawal(who, id, inputs(MAX_INPUTS))
		});
		let (input, other) = (inputs(MAX_INPUTS)[31], H256::repeat_byte(3));
		let who = before_last::<T>(&members, |who| {
			Pallet::<T>::do_fail_withdrawal(who, id, input, other, 1)
		});
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id, input, other, 1);
		assert!(!Withdrawals::<T>::contains_key(id));
	}

	#[benchmark]
	fn refund() {
		let (asset, _) = seated::<T>();
		let (id, who) = queued::<T>(asset);
		#[extrinsic_call]
		_(RawOrigin::Signed(who), id);
		assert!(!Withdrawals::<T>::contains_key(id));
	}

	#[benchmark]
	fn drop_vote() {
		let (asset, members) = seated::<T>();
		let statement = Statement::Addresses(asset, batch::<T>(asset, 1));
		before_last::<T>(&members, |who| Pallet::<T>::vote(who, &statement).map(|_| ()));
		let ballot = Pallet::<T>::ballot_of(&statement);
		let who = members[0].clone();
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), ballot, who.clone());
		assert_eq!(OpenVotes::<T>::get(&who), 0);
	}

	#[benchmark]
	fn fill_days(n: Linear<1, MAX_WALK>) {
		// Every day is filled, and one that is as old as any is forgotten for it.
		T::BenchmarkHelper::pass_days(KEEP_DAYS);
		let (asset, members) = seated::<T>();
		let (lot, _) = lot_address::<T>(asset, &members);
		LotBooks::<T>::mutate(lot, |book| book.as_mut().unwrap().last_expected = 1);
		T::BenchmarkHelper::pass_days(n + FILLING_DAYS - 1);
		#[extrinsic_call]
		_(RawOrigin::Signed(members[0].clone()), lot);
	}

	#[benchmark]
	fn faucet() {
		let (asset, _) = seated::<T>();
		FaucetOpen::<T>::put(true);
		let who = funded::<T>("user", 0);
		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), asset, AMOUNT);
		assert_eq!(T::Assets::balance(asset, &who), AMOUNT);
	}

	#[benchmark]
	fn forget_deposit() {
		let asset = T::StableAsset::get();
		let outpoint = H256::repeat_byte(1);
		let seen = Seen { height: 5, amount: 1 };
		Deposits::<T>::insert(asset, outpoint, seen);
		DepositsByHeight::<T>::insert((asset, 0), outpoint, ());
		let heights = Heights { highest: 1_000_000, floor: 500_000, first_bucket: 0 };
		HeightsOf::<T>::insert(asset, heights);
		#[block]
		{
			Pallet::<T>::forget(asset, 1);
		}
		assert!(!Deposits::<T>::contains_key(asset, outpoint));
	}

	#[benchmark]
	fn look() {
		let asset = T::StableAsset::get();
		#[block]
		{
			assert!(WaitQueue::<T>::get((asset, Lane::Lots)).is_empty());
		}
	}

	/// With the most gates, and room for nothing else.
	#[benchmark]
	fn begin_chores() {
		seated::<T>();
		GateList::<T>::mutate(|list| {
			let mut ids = 1_000_000..;
			while list.try_push(ids.next().unwrap()).is_ok() {}
		});
		NextDeadline::<T>::put(0);
		#[block]
		{
			Pallet::<T>::do_chores(T::WeightInfo::begin_chores());
		}
		assert_eq!(NextDeadline::<T>::get(), Some(0));
	}

	/// The last vote before the one that decides.
	#[benchmark]
	fn cast() {
		let (asset, members) = seated::<T>();
		let (_, address) = lot_address::<T>(asset, &members);
		backed::<T>(&members);
		let deposit = deposit(asset, address);
		let deciding = (MAX_CUSTODIANS / 2) as usize;
		for who in &members[..deciding - 1] {
			Pallet::<T>::do_attest_deposit(who, deposit.clone()).unwrap();
		}
		let who = members[deciding - 1].clone();
		#[extrinsic_call]
		attest_deposit(RawOrigin::Signed(who.clone()), deposit);
		assert_eq!(OpenVotes::<T>::get(&who), 1);
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::ext(), crate::mock::Test);
}
