//! Balances: free and on hold, DMEX and every asset.

use super::{lots::Lots, Differences};
use crate::*;
use codec::Encode;
use dmex_primitives::AssetId;
use frame_support::{
	instances::Instance1,
	traits::{fungibles::InspectHold, BalanceStatus},
};
use std::collections::BTreeMap;

/// Whose assets: those that are held, or shares of liquidity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
	Asset,
	PoolShare,
}

/// A reason for a hold as its SCALE; nothing stands for a reserve without a reason.
type Reason = Vec<u8>;

#[derive(Clone, Default)]
pub struct Money {
	free: BTreeMap<AccountId, i128>,
	held: BTreeMap<(AccountId, Reason), i128>,
	asset_free: BTreeMap<(Kind, AssetId, AccountId), i128>,
	asset_held: BTreeMap<(AssetId, AccountId, Reason), i128>,
}

fn signed(amount: Balance) -> i128 {
	i128::try_from(amount).expect("far below")
}

fn add<K: Ord + Clone>(map: &mut BTreeMap<K, i128>, key: &K, amount: i128) {
	let entry = map.entry(key.clone()).or_default();
	*entry += amount;
	if *entry == 0 {
		map.remove(key);
	}
}

/// What assets are held for.
fn reasons() -> [RuntimeHoldReason; 3] {
	[
		RuntimeHoldReason::Gateway(pallet_gateway::HoldReason::CustodianBond),
		RuntimeHoldReason::Gateway(pallet_gateway::HoldReason::Withdrawal),
		RuntimeHoldReason::Market(pallet_market::HoldReason::Bid),
	]
}

impl Money {
	pub fn read() -> Self {
		let mut money = Self::default();
		for (who, info) in frame_system::Account::<Runtime>::iter() {
			add(&mut money.free, &who, signed(info.data.free));
			let mut reserved = signed(info.data.reserved);
			for hold in pallet_balances::Holds::<Runtime>::get(&who) {
				reserved -= signed(hold.amount);
				add(&mut money.held, &(who.clone(), hold.id.encode()), signed(hold.amount));
			}
			add(&mut money.held, &(who.clone(), Reason::new()), reserved);
			for asset in pallet_assets::Asset::<Runtime>::iter_keys() {
				for reason in reasons() {
					let amount = AssetsHolder::balance_on_hold(asset, &reason, &who);
					let key = (asset, who.clone(), reason.encode());
					add(&mut money.asset_held, &key, signed(amount));
				}
				let total = AssetsHolder::total_balance_on_hold(asset, &who);
				let known = reasons().map(|why| AssetsHolder::balance_on_hold(asset, &why, &who));
				assert_eq!(total, known.into_iter().sum(), "an asset is held for another reason");
			}
		}
		for (asset, who, account) in pallet_assets::Account::<Runtime>::iter() {
			add(&mut money.asset_free, &(Kind::Asset, asset, who), signed(account.balance));
		}
		for (asset, who, account) in pallet_assets::Account::<Runtime, Instance1>::iter() {
			add(&mut money.asset_free, &(Kind::PoolShare, asset, who), signed(account.balance));
		}
		money
	}

	pub fn take(&mut self, event: &RuntimeEvent, lots: &Lots) {
		match event {
			RuntimeEvent::Balances(event) => self.native(event),
			RuntimeEvent::Assets(event) => self.asset(Kind::Asset, event),
			RuntimeEvent::PoolAssets(event) => self.asset(Kind::PoolShare, event),
			RuntimeEvent::AssetsHolder(event) => self.holder(event),
			// What the SDK does not tell: holds that are slashed, and moved while on hold.
			RuntimeEvent::Validators(pallet_validators::Event::Slashed { who, amount, .. }) => {
				let bond = RuntimeHoldReason::Validators(pallet_validators::HoldReason::Bond);
				add(&mut self.held, &(who.clone(), bond.encode()), -signed(*amount));
			},
			RuntimeEvent::Hashpower(pallet_hashpower::Event::AuditConcluded {
				lot,
				forfeited,
				..
			}) => {
				let Some(provider) = lots.provider(*lot) else { return };
				let audit = RuntimeHoldReason::Hashpower(pallet_hashpower::HoldReason::Audit);
				add(&mut self.held, &(provider.clone(), audit.encode()), -signed(*forfeited));
			},
			RuntimeEvent::Gateway(pallet_gateway::Event::Slashed { who, to, amount }) => {
				let [bond, ..] = reasons();
				let asset = genesis::STABLE_ASSET;
				let held = (asset, who.clone(), bond.encode());
				add(&mut self.asset_held, &held, -signed(*amount));
				add(&mut self.asset_free, &(Kind::Asset, asset, to.clone()), signed(*amount));
			},
			_ => {},
		}
	}

	fn hold(&mut self, who: &AccountId, reason: Reason, amount: i128) {
		add(&mut self.free, who, -amount);
		add(&mut self.held, &(who.clone(), reason), amount);
	}

	fn native(&mut self, event: &pallet_balances::Event<Runtime>) {
		use pallet_balances::Event;
		match event {
			Event::Deposit { who, amount }
			| Event::Minted { who, amount }
			| Event::Restored { who, amount } => add(&mut self.free, who, signed(*amount)),
			Event::Withdraw { who, amount }
			| Event::Burned { who, amount }
			| Event::Suspended { who, amount }
			| Event::DustLost { account: who, amount } => {
				add(&mut self.free, who, -signed(*amount));
			},
			Event::Transfer { from, to, amount } => {
				add(&mut self.free, from, -signed(*amount));
				add(&mut self.free, to, signed(*amount));
			},
			Event::BalanceSet { who, free } => {
				self.free.remove(who);
				add(&mut self.free, who, signed(*free));
			},
			Event::Reserved { who, amount } => self.hold(who, Reason::new(), signed(*amount)),
			Event::Unreserved { who, amount } => self.hold(who, Reason::new(), -signed(*amount)),
			Event::Held { reason, who, amount } => {
				self.hold(who, reason.encode(), signed(*amount));
			},
			Event::Released { reason, who, amount } => {
				self.hold(who, reason.encode(), -signed(*amount));
			},
			// Only reserves are slashed here.
			Event::Slashed { who, amount } => {
				add(&mut self.held, &(who.clone(), Reason::new()), -signed(*amount));
			},
			Event::BurnedHeld { reason, who, amount } => {
				add(&mut self.held, &(who.clone(), reason.encode()), -signed(*amount));
			},
			Event::ReserveRepatriated { from, to, amount, destination_status } => {
				add(&mut self.held, &(from.clone(), Reason::new()), -signed(*amount));
				match destination_status {
					BalanceStatus::Free => add(&mut self.free, to, signed(*amount)),
					BalanceStatus::Reserved => {
						add(&mut self.held, &(to.clone(), Reason::new()), signed(*amount));
					},
				}
			},
			_ => {},
		}
	}

	fn asset<I: 'static>(&mut self, kind: Kind, event: &pallet_assets::Event<Runtime, I>)
	where
		Runtime: pallet_assets::Config<I, AssetId = AssetId, Balance = Balance>,
	{
		use pallet_assets::Event;
		let mut change = |asset: &AssetId, who: &AccountId, amount: i128| {
			add(&mut self.asset_free, &(kind, *asset, who.clone()), amount);
		};
		match event {
			Event::Issued { asset_id, owner: who, amount }
			| Event::Deposited { asset_id, who, amount } => change(asset_id, who, signed(*amount)),
			Event::Burned { asset_id, owner: who, balance: amount }
			| Event::Withdrawn { asset_id, who, amount } => change(asset_id, who, -signed(*amount)),
			Event::Transferred { asset_id, from, to, amount } => {
				change(asset_id, from, -signed(*amount));
				change(asset_id, to, signed(*amount));
			},
			_ => {},
		}
	}

	fn holder(&mut self, event: &pallet_assets_holder::Event<Runtime>) {
		use pallet_assets_holder::Event;
		let (asset, who, reason, to_free, to_held) = match event {
			Event::Held { asset_id, who, reason, amount } => {
				(asset_id, who, reason, -signed(*amount), signed(*amount))
			},
			Event::Released { asset_id, who, reason, amount } => {
				(asset_id, who, reason, signed(*amount), -signed(*amount))
			},
			Event::Burned { asset_id, who, reason, amount } => {
				(asset_id, who, reason, 0, -signed(*amount))
			},
			_ => return,
		};
		add(&mut self.asset_free, &(Kind::Asset, *asset, who.clone()), to_free);
		add(&mut self.asset_held, &(*asset, who.clone(), reason.encode()), to_held);
	}

	/// All that there is of an asset.
	pub fn issued(&self, asset: AssetId) -> Balance {
		let free = self
			.asset_free
			.iter()
			.filter(|((kind, of, _), _)| *kind == Kind::Asset && *of == asset);
		let held = self.asset_held.iter().filter(|((of, ..), _)| *of == asset);
		let sum: i128 = free.map(|(_, amount)| amount).chain(held.map(|(_, amount)| amount)).sum();
		Balance::try_from(sum).unwrap_or_default()
	}

	pub fn compare(&self, kept: &Self, found: &mut Differences) {
		found.each("free DMEX of", &self.free, &kept.free);
		found.each("DMEX on hold of", &self.held, &kept.held);
		found.each("free of asset", &self.asset_free, &kept.asset_free);
		found.each("on hold of asset", &self.asset_held, &kept.asset_held);
		let dmex: i128 = self.free.values().chain(self.held.values()).sum();
		found.one("all DMEX", dmex, signed(Balances::total_issuance()));
		for asset in pallet_assets::Asset::<Runtime>::iter_keys() {
			let all = Assets::total_supply(asset);
			found.one(&format!("all of asset {asset}"), self.issued(asset), all);
		}
	}
}
