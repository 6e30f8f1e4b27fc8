//! What must hold of the books after every block.

#![cfg(any(feature = "std", feature = "try-runtime"))]

use crate::{
	pallet::*,
	types::{Flows, Lane, Stage, Target},
};
use alloc::collections::{BTreeMap, BTreeSet};
use codec::Encode;
use dmex_primitives::{AssetId, Balance};
use frame_support::{
	ensure,
	traits::{
		fungible::InspectHold as _,
		fungibles::{Inspect, InspectHold as _},
		Get,
	},
};
use sp_core::U256;
use sp_runtime::TryRuntimeError;

type Sums<Key> = BTreeMap<Key, Balance>;

impl<T: Config> Pallet<T> {
	/// Checks everything below; the text of the error names the rule that is broken.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		for asset in GateList::<T>::get() {
			ensure!(Gates::<T>::contains_key(asset), "a listed gate is missing");
			Self::check_flows(asset, &FlowsOf::<T>::get(asset))?;
		}
		ensure!(
			Gates::<T>::iter_keys().count() == GateList::<T>::get().len(),
			"a gate is not listed"
		);
		Self::check_withdrawals()?;
		Self::check_addresses()?;
		Self::check_arrivals()?;
		Self::check_votes()?;
		Self::check_bonds()
	}

	/// issued − burned == attested − withdrawn, where what waits and what is owed is attested and not
	/// issued; and nothing exists that did not come in.
	fn check_flows(asset: AssetId, flows: &Flows) -> Result<(), TryRuntimeError> {
		let come = wide([flows.attested, flows.burned]);
		let gone = wide([flows.issued, flows.waiting, flows.owed, flows.withdrawn]);
		ensure!(come == gone, "issued - burned is not attested - withdrawn");
		let waiting = WaitingFor::<T>::iter_prefix_values(asset);
		ensure!(sum(waiting)? == flows.waiting, "what waits is miscounted");
		let owed = OwedTo::<T>::iter_prefix_values(asset);
		ensure!(sum(owed)? == flows.owed, "what is owed is miscounted");
		for lane in [Lane::Lots, Lane::Accounts] {
			let queue = WaitQueue::<T>::get((asset, lane));
			let listed = (queue.first..queue.next)
				.all(|number| Waiting::<T>::contains_key((asset, lane), number));
			let count = u64::try_from(Waiting::<T>::iter_key_prefix((asset, lane)).count());
			ensure!(listed && count == Ok(queue.len()), "the waiting deposits have gaps");
		}
		// Each for whom something waits has one turn, in his own lane.
		let mut turns = BTreeSet::new();
		for ((of, lane), _, target) in Waiting::<T>::iter() {
			let own = target.lane() == lane && turns.insert((of, target.encode()));
			ensure!(own, "someone has two turns");
			ensure!(WaitingFor::<T>::contains_key(of, &target), "nothing waits for a turn");
		}
		let due = WaitingFor::<T>::iter_prefix(asset)
			.all(|(target, amount)| amount > 0 && turns.contains(&(asset, target.encode())));
		ensure!(due, "what waits has no turn");
		let open = Withdrawals::<T>::iter_values()
			.filter(|withdrawal| withdrawal.asset == asset)
			.map(|withdrawal| withdrawal.amount);
		let asked = sum([flows.withdrawn, flows.refunded, sum(open)?])?;
		ensure!(asked == flows.requested, "withdrawals are neither open, withdrawn nor refunded");
		ensure!(flows.burned == flows.withdrawn, "burned is not withdrawn");
		let exists = wide([T::Assets::total_issuance(asset), flows.burned]);
		let came = wide([flows.base, flows.issued, flows.faucet]);
		ensure!(exists <= came, "more exists than came in");
		Ok(())
	}

	/// What is on hold is what is open; the counters and the list of deadlines say the same.
	fn check_withdrawals() -> Result<(), TryRuntimeError> {
		let mut held: Sums<(AssetId, T::AccountId)> = BTreeMap::new();
		let mut deposits: Sums<T::AccountId> = BTreeMap::new();
		let mut of_account: BTreeMap<T::AccountId, u32> = BTreeMap::new();
		let mut of_asset: BTreeMap<AssetId, u32> = BTreeMap::new();
		for (id, withdrawal) in Withdrawals::<T>::iter() {
			let key = (withdrawal.asset, withdrawal.who.clone());
			let entry = held.entry(key).or_default();
			*entry = sum([*entry, withdrawal.amount])?;
			add(&mut deposits, withdrawal.who.clone(), withdrawal.deposit)?;
			count(&mut of_account, withdrawal.who)?;
			count(&mut of_asset, withdrawal.asset)?;
			ensure!(!Finished::<T>::contains_key(id), "an open withdrawal has ended");
			if let Stage::Accepted { .. } = withdrawal.stage {
				let listed = Deadlines::<T>::iter().any(|(_, of, _)| of == id);
				ensure!(!listed, "an accepted withdrawal has a deadline");
			}
		}
		for (day, id, _) in Deadlines::<T>::iter() {
			let stage = Withdrawals::<T>::get(id).map(|withdrawal| withdrawal.stage);
			ensure!(
				stage == Some(Stage::Queued { deadline: day }),
				"a deadline is not of a queued withdrawal"
			);
			let next = NextDeadline::<T>::get();
			ensure!(next.is_some_and(|next| next <= day), "a deadline was passed over");
		}
		let reason = HoldReason::Withdrawal.into();
		for ((asset, who), amount) in held {
			let on_hold = T::Holds::balance_on_hold(asset, &reason, &who);
			ensure!(on_hold == amount, "what is on hold is not what is to be withdrawn");
		}
		let reason = HoldReason::WithdrawalDeposit.into();
		for (who, amount) in deposits {
			let on_hold = T::Native::balance_on_hold(&reason, &who);
			ensure!(on_hold == amount, "deposits for withdrawals are not on hold");
		}
		let counted: BTreeMap<_, _> = OpenOfAccount::<T>::iter().collect();
		ensure!(counted == of_account, "open withdrawals of an account are miscounted");
		let counted: BTreeMap<_, _> =
			OpenOfAsset::<T>::iter().filter(|(_, open)| *open > 0).collect();
		ensure!(counted == of_asset, "open withdrawals of an asset are miscounted");
		Ok(())
	}

	/// An address is free, or one lot's, or one account's; each asked for has its deposit.
	fn check_addresses() -> Result<(), TryRuntimeError> {
		let mut held: Sums<T::AccountId> = BTreeMap::new();
		let mut known = 0usize;
		let mut check = |asset, address: &[u8], target: Option<Target<T::AccountId>>| {
			let posted = Addresses::<T>::get(asset, Self::hash_of(address));
			ensure!(posted == Some(target), "an address is another's");
			known = known.checked_add(1).ok_or("addresses overflow")?;
			Ok::<(), TryRuntimeError>(())
		};
		for (lot, book) in LotBooks::<T>::iter() {
			check(book.asset, &book.address.address, Some(Target::Lot(lot)))?;
			add(&mut held, book.address.payer, book.address.deposit)?;
		}
		for (asset, who, assigned) in AccountAddresses::<T>::iter() {
			check(asset, &assigned.address, Some(Target::Account(who)))?;
			add(&mut held, assigned.payer, assigned.deposit)?;
		}
		for (asset, number, address) in FreeAddresses::<T>::iter() {
			let queue = FreeQueue::<T>::get(asset);
			ensure!(
				(queue.first..queue.next).contains(&number),
				"a free address is not in the queue"
			);
			check(asset, &address, None)?;
		}
		ensure!(
			known == Addresses::<T>::iter_keys().count(),
			"an address is neither free nor given"
		);
		let free: u64 = FreeQueue::<T>::iter_values().map(|queue| queue.len()).sum();
		let stored = u64::try_from(FreeAddresses::<T>::iter_keys().count());
		ensure!(stored == Ok(free), "the free addresses have gaps");
		let reason = HoldReason::Address.into();
		for (who, amount) in held {
			let on_hold = T::Native::balance_on_hold(&reason, &who);
			ensure!(on_hold == amount, "deposits for addresses are not on hold");
		}
		Ok(())
	}

	/// Days are covered at most with what arrived, and what arrived was attested.
	fn check_arrivals() -> Result<(), TryRuntimeError> {
		let mut arrived: Sums<AssetId> = BTreeMap::new();
		for (lot, book) in LotBooks::<T>::iter() {
			ensure!(book.totals.covered <= book.arrived, "days are covered with more than arrived");
			ensure!(book.start <= book.cursor, "days before the first are filled");
			let last = book.cursor.checked_sub(1).and_then(|day| FilledDays::<T>::get(lot, day));
			ensure!(
				last.is_none_or(|totals| totals == book.totals),
				"the book does not stand where its days end"
			);
			add(&mut arrived, book.asset, book.arrived)?;
		}
		for (asset, amount) in arrived {
			let attested = FlowsOf::<T>::get(asset).attested;
			ensure!(amount <= attested, "more arrived for lots than was attested");
		}
		for asset in GateList::<T>::get() {
			let indexed = DepositsByHeight::<T>::iter_keys().filter(|((of, _), _)| *of == asset);
			let stored = Deposits::<T>::iter_key_prefix(asset).count();
			ensure!(indexed.count() == stored, "a deposit would never be forgotten");
			let bucketed = Deposits::<T>::iter_prefix(asset).all(|(outpoint, seen)| {
				DepositsByHeight::<T>::contains_key((asset, Self::bucket_of(seen.height)), outpoint)
			});
			ensure!(bucketed, "a deposit is in another bucket");
		}
		Ok(())
	}

	fn check_votes() -> Result<(), TryRuntimeError> {
		let mut open: BTreeMap<T::AccountId, u32> = BTreeMap::new();
		for ballot in Ballots::<T>::iter_values() {
			ensure!(!ballot.voters.is_empty(), "a ballot has no votes");
			for voter in ballot.voters {
				count(&mut open, voter)?;
			}
		}
		let counted: BTreeMap<_, _> = OpenVotes::<T>::iter().collect();
		ensure!(counted == open, "open votes are miscounted");
		Ok(())
	}

	fn check_bonds() -> Result<(), TryRuntimeError> {
		let reason = HoldReason::CustodianBond.into();
		for (who, bond) in Bonds::<T>::iter() {
			let on_hold = T::Holds::balance_on_hold(T::StableAsset::get(), &reason, &who);
			ensure!(on_hold == bond.total(), "a bond is not on hold");
		}
		Ok(())
	}
}

fn sum(amounts: impl IntoIterator<Item = Balance>) -> Result<Balance, TryRuntimeError> {
	let mut amounts = amounts.into_iter();
	Ok(amounts
		.try_fold(0, |sum: Balance, amount| sum.checked_add(amount))
		.ok_or("amounts overflow")?)
}

/// Counters that only grow may fit the type each and not together.
fn wide(amounts: impl IntoIterator<Item = Balance>) -> U256 {
	amounts.into_iter().fold(U256::zero(), |sum, amount| sum.saturating_add(amount.into()))
}

fn add<Key: Ord>(sums: &mut Sums<Key>, key: Key, amount: Balance) -> Result<(), TryRuntimeError> {
	let entry = sums.entry(key).or_default();
	*entry = sum([*entry, amount])?;
	Ok(())
}

fn count<Key: Ord>(counts: &mut BTreeMap<Key, u32>, key: Key) -> Result<(), TryRuntimeError> {
	let entry = counts.entry(key).or_default();
	*entry = entry.checked_add(1).ok_or("counts overflow")?;
	Ok(())
}
