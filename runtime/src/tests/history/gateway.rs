//! What went in and out, whose addresses are, and where withdrawals stand.

use super::{money::Money, Differences};
use crate::*;
use codec::Encode;
use dmex_primitives::{AssetId, CoinAmount, Day, LotId};
use pallet_gateway::{
	types::{
		Address, Assigned, Bond, Council, Flows, Gate, Heights, Leaving, Outcome, Stage, Target,
		Withdrawal, WithdrawalId, WithdrawalView,
	},
	Event,
};
use sp_core::H256;
use std::collections::BTreeMap;

/// A deposit that custodians agreed on.
#[derive(Clone, PartialEq, Debug)]
struct Seen {
	height: u64,
	amount: Balance,
}

/// What arrived at a lot's own address.
#[derive(Clone, PartialEq, Debug)]
struct LotBook {
	asset: AssetId,
	address: Assigned<AccountId>,
	arrived: CoinAmount,
	filled_until: Day,
	covered: CoinAmount,
}

#[derive(Clone, Default)]
pub struct Gateway {
	gates: BTreeMap<AssetId, Gate>,
	council: Council<AccountId>,
	bonds: BTreeMap<AccountId, Bond>,
	/// Free addresses, the oldest first.
	free: BTreeMap<AssetId, Vec<Address>>,
	/// Whose posted addresses are.
	addresses: BTreeMap<(AssetId, H256), Option<Target<AccountId>>>,
	of_accounts: BTreeMap<(AssetId, AccountId), Assigned<AccountId>>,
	of_lots: BTreeMap<LotId, LotBook>,
	flows: BTreeMap<AssetId, Flows>,
	heights: BTreeMap<AssetId, (u64, u64)>,
	deposits: BTreeMap<(AssetId, H256), Seen>,
	waiting: BTreeMap<(AssetId, Vec<u8>), Balance>,
	owed: BTreeMap<(AssetId, Vec<u8>), Balance>,
	open: BTreeMap<WithdrawalId, Withdrawal<AccountId>>,
	ended: BTreeMap<WithdrawalId, WithdrawalView<AccountId>>,
}

/// Key of an output, by which deposits are told apart.
fn outpoint(transaction: H256, output: u32) -> H256 {
	(transaction, output).using_encoded(sp_io::hashing::blake2_256).into()
}

fn text_hash(address: &Address) -> H256 {
	sp_io::hashing::blake2_256(address).into()
}

impl Gateway {
	pub fn read() -> Self {
		use pallet_gateway::*;
		let mut free: BTreeMap<AssetId, Vec<(u64, Address)>> = BTreeMap::new();
		for (asset, number, address) in FreeAddresses::<Runtime>::iter() {
			free.entry(asset).or_default().push((number, address));
		}
		let in_order = |(asset, mut numbered): (AssetId, Vec<(u64, Address)>)| {
			numbered.sort_by_key(|(number, _)| *number);
			(asset, numbered.into_iter().map(|(_, address)| address).collect())
		};
		let of_lots = LotBooks::<Runtime>::iter().map(|(lot, book)| {
			let told = LotBook {
				asset: book.asset,
				address: book.address,
				arrived: book.arrived,
				filled_until: book.cursor,
				covered: book.totals.covered,
			};
			(lot, told)
		});
		let seen = Deposits::<Runtime>::iter().map(|(asset, outpoint, seen)| {
			let types::Seen { height, amount } = seen;
			((asset, outpoint), Seen { height, amount })
		});
		let heights = HeightsOf::<Runtime>::iter()
			.map(|(asset, Heights { highest, floor, .. })| (asset, (highest, floor)));
		let waiting = WaitingFor::<Runtime>::iter().map(|(a, to, sum)| ((a, to.encode()), sum));
		let posted = Addresses::<Runtime>::iter().map(|(a, b, target)| ((a, b), target));
		let of_accounts = AccountAddresses::<Runtime>::iter().map(|(a, b, of)| ((a, b), of));
		Self {
			gates: Gates::<Runtime>::iter().collect(),
			council: Custodians::<Runtime>::get(),
			bonds: Bonds::<Runtime>::iter().filter(|(_, bond)| bond.total() > 0).collect(),
			free: free.into_iter().map(in_order).collect(),
			addresses: posted.collect(),
			of_accounts: of_accounts.collect(),
			of_lots: of_lots.collect(),
			flows: FlowsOf::<Runtime>::iter().collect(),
			heights: heights.collect(),
			deposits: seen.collect(),
			waiting: waiting.collect(),
			owed: OwedTo::<Runtime>::iter().map(|(a, to, sum)| ((a, to.encode()), sum)).collect(),
			open: Withdrawals::<Runtime>::iter().collect(),
			ended: Finished::<Runtime>::iter().collect(),
		}
	}

	pub fn take(&mut self, event: &RuntimeEvent, today: Day, money: &Money) {
		let RuntimeEvent::Gateway(event) = event else { return };
		self.rules(event, money);
		self.bond(event, today);
		self.address(event, today);
		self.deposit(event);
		self.withdrawal(event);
	}

	fn flow(&mut self, asset: AssetId) -> &mut Flows {
		self.flows.entry(asset).or_default()
	}

	fn rules(&mut self, event: &Event<Runtime>, money: &Money) {
		match event.clone() {
			Event::GateSet { asset, of, terms } => {
				if !self.gates.contains_key(&asset) {
					self.flow(asset).base = money.issued(asset);
				}
				self.gates.insert(asset, Gate { of, terms });
			},
			Event::CustodiansSet { members, terms } => self.council = Council { members, terms },
			_ => {},
		}
	}

	fn bond(&mut self, event: &Event<Runtime>, today: Day) {
		let (Event::Bonded { who, amount }
		| Event::Unbonding { who, amount, .. }
		| Event::BondWithdrawn { who, amount }
		| Event::Slashed { who, amount, .. }) = event
		else {
			return;
		};
		let bond = self.bonds.entry(who.clone()).or_default();
		match event {
			Event::Bonded { .. } => bond.active += amount,
			Event::Unbonding { free_from, .. } => {
				bond.active = bond.active.saturating_sub(*amount);
				let part = Leaving { amount: *amount, free_from: *free_from };
				bond.leaving.try_push(part).expect("few");
			},
			Event::BondWithdrawn { .. } => bond.leaving.retain(|part| part.free_from > today),
			// What is active goes first, then what was asked back last.
			_ => {
				let mut left = *amount;
				let parts = bond.leaving.iter_mut().rev().map(|part| &mut part.amount);
				for part in core::iter::once(&mut bond.active).chain(parts) {
					let taken = left.min(*part);
					*part -= taken;
					left -= taken;
				}
				bond.leaving.retain(|part| part.amount > 0);
			},
		}
		self.bonds.retain(|_, bond| bond.total() > 0);
	}

	fn address(&mut self, event: &Event<Runtime>, today: Day) {
		match event.clone() {
			Event::AddressesPosted { asset, batch } => {
				for address in &batch {
					self.addresses.insert((asset, text_hash(address)), None);
				}
				self.free.entry(asset).or_default().extend(batch);
			},
			Event::AddressAssigned { asset, target, address, payer, deposit } => {
				if let Some(free) = self.free.get_mut(&asset) {
					free.retain(|other| *other != address);
				}
				self.free.retain(|_, free| !free.is_empty());
				self.addresses.insert((asset, text_hash(&address)), Some(target.clone()));
				let address = Assigned { address, payer, deposit };
				match target {
					Target::Account(who) => {
						self.of_accounts.insert((asset, who), address);
					},
					Target::Lot(lot) => self.open_lot(lot, asset, address, today),
				}
			},
			Event::AddressDedicated { asset, lot, address } => {
				let mut of_asset = self.of_accounts.iter().filter(|((of, _), _)| *of == asset);
				let own = of_asset.find(|(_, own)| own.address == address);
				let Some((key, assigned)) = own.map(|(key, own)| (key.clone(), own.clone())) else {
					return;
				};
				self.of_accounts.remove(&key);
				self.addresses.insert((asset, text_hash(&address)), Some(Target::Lot(lot)));
				self.open_lot(lot, asset, assigned, today);
			},
			Event::DaysFilled { lot, until, covered } => {
				let Some(book) = self.of_lots.get_mut(&lot) else { return };
				(book.filled_until, book.covered) = (until, covered);
			},
			_ => {},
		}
	}

	fn open_lot(&mut self, lot: LotId, asset: AssetId, address: Assigned<AccountId>, today: Day) {
		let (arrived, covered, filled_until) = (0, 0, today);
		let book = LotBook { asset, address, arrived, filled_until, covered };
		self.of_lots.insert(lot, book);
	}

	fn deposit(&mut self, event: &Event<Runtime>) {
		match event.clone() {
			Event::DepositAttested { target, deposit } => {
				let (asset, amount, height) = (deposit.asset, deposit.amount, deposit.height);
				let key = (asset, outpoint(deposit.transaction, deposit.output));
				self.deposits.insert(key, Seen { height, amount });
				self.flow(asset).attested += amount;
				let window = self.gates.get(&asset).map(|gate| gate.terms.deposit_window);
				let (highest, floor) = self.heights.entry(asset).or_default();
				*highest = height.max(*highest);
				*floor = highest.saturating_sub(window.unwrap_or_default()).max(*floor);
				if let Target::Lot(lot) = target {
					if let Some(book) = self.of_lots.get_mut(&lot) {
						book.arrived += amount;
					}
				}
			},
			Event::DepositWaits { asset, target, amount, .. } => {
				*self.waiting.entry((asset, target.encode())).or_default() += amount;
				self.flow(asset).waiting += amount;
			},
			Event::DepositPassed { asset, target, amount } => {
				let waits = self.waiting.entry((asset, target.encode())).or_default();
				*waits = waits.saturating_sub(amount);
				self.waiting.retain(|_, waits| *waits > 0);
				let flow = self.flow(asset);
				flow.waiting = flow.waiting.saturating_sub(amount);
			},
			// What was owed to the same is in it.
			Event::Minted { asset, target, amount } => {
				let owed = self.owed.remove(&(asset, target.encode())).unwrap_or_default();
				let flow = self.flow(asset);
				flow.issued += amount;
				flow.owed = flow.owed.saturating_sub(owed);
			},
			Event::Owed { asset, target, amount } => {
				*self.owed.entry((asset, target.encode())).or_default() += amount;
				self.flow(asset).owed += amount;
			},
			Event::FaucetUsed { asset, amount, .. } => self.flow(asset).faucet += amount,
			_ => {},
		}
	}

	fn withdrawal(&mut self, event: &Event<Runtime>) {
		match event.clone() {
			Event::WithdrawalQueued { id, who, asset, amount, fee, deposit, address, deadline } => {
				self.flow(asset).requested += amount;
				let stage = Stage::Queued { deadline };
				let withdrawal = Withdrawal { who, asset, amount, fee, deposit, address, stage };
				self.open.insert(id, withdrawal);
			},
			Event::WithdrawalAccepted { id, inputs } => {
				if let Some(withdrawal) = self.open.get_mut(&id) {
					withdrawal.stage = Stage::Accepted { inputs };
				}
			},
			Event::WithdrawalEnded { id, asset, amount, outcome, .. } => {
				let Some(withdrawal) = self.open.remove(&id) else { return };
				let burned = match outcome {
					Outcome::Confirmed { .. } => amount,
					Outcome::TakenBack => withdrawal.fee,
					_ => 0,
				};
				let flow = self.flow(asset);
				flow.burned += burned;
				flow.withdrawn += burned;
				flow.refunded += amount - burned;
				let outcome = Some(outcome);
				self.ended.insert(id, WithdrawalView { withdrawal, outcome });
			},
			_ => {},
		}
	}

	/// Deposits that would still be taken: older ones are forgotten in time.
	fn remembered(&self) -> BTreeMap<(AssetId, H256), Seen> {
		let floor = |asset| self.heights.get(asset).map(|(_, floor)| *floor).unwrap_or_default();
		let all = self.deposits.iter().filter(|((asset, _), seen)| seen.height >= floor(asset));
		all.map(|(key, seen)| (*key, seen.clone())).collect()
	}

	pub fn compare(&self, kept: &Self, found: &mut Differences) {
		found.each("gate", &self.gates, &kept.gates);
		found.one("custodians", &self.council, &kept.council);
		found.each("bond", &self.bonds, &kept.bonds);
		found.each("free addresses", &self.free, &kept.free);
		found.each("address", &self.addresses, &kept.addresses);
		found.each("address of account", &self.of_accounts, &kept.of_accounts);
		found.each("address of lot", &self.of_lots, &kept.of_lots);
		found.each("flows of asset", &self.flows, &kept.flows);
		found.each("heights of asset", &self.heights, &kept.heights);
		found.each("deposit", &self.remembered(), &kept.remembered());
		found.each("waits at the gateway", &self.waiting, &kept.waiting);
		found.each("gateway owes", &self.owed, &kept.owed);
		found.each("open withdrawal", &self.open, &kept.open);
		found.each("ended withdrawal", &self.ended, &kept.ended);
	}
}
