//! What is paid on the coins' own networks: the pools' payouts to addresses that miners have set,
//! and transactions that were posted.
//!
//! The rest of the world is a function of the seed and of the time; this is not. So what was paid is
//! written down before anyone is told of it, and stays as it was paid: no fault, no other address and
//! no restart pays a day again or changes a block.

use crate::{
	clock::Moment,
	faults::{Faults, Kind},
	services::Service,
	world::{accounts, random, Account, Chain, Coin, View, World},
};
use dmex_addresses::{canonical, Format, Malformed, Network};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use std::{
	collections::{BTreeMap, VecDeque},
	error::Error,
	fs, io,
	path::PathBuf,
};

/// Newest transactions of a coin that are kept; a node does not have the blocks of older ones.
const MOST_TRANSACTIONS: usize = 1_024;
/// Changes of an account's address that are kept.
const MOST_CHANGES: usize = 64;
/// A pool that was away pays for this many days; no chain waits for what is older.
const CATCH_UP_DAYS: u64 = 7;
/// Most inputs of a posted transaction.
const MOST_INPUTS: usize = 32;

/// A transaction of one payment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Transaction {
	/// Its id, hexadecimal as nodes write it.
	pub id: String,
	/// Its block.
	pub height: u64,
	/// What it spends, `txid:index`.
	pub inputs: Vec<String>,
	/// Whom it pays.
	pub address: String,
	/// How much, smallest unit.
	pub amount: u64,
	/// The day that a pool pays for with it, and the pool's account.
	#[serde(default, skip_serializing_if = "Option::is_none")]
	pub pays: Option<(String, u64)>,
}

/// A transaction as it is posted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
	/// Ticker.
	pub coin: String,
	/// Whom to pay.
	pub address: String,
	/// How much, smallest unit.
	pub amount: u64,
	/// What it spends; coins that nobody has spent, if it is left out.
	#[serde(default)]
	pub inputs: Vec<String>,
	/// Whether the next block has it; otherwise it is only told how it would be called.
	#[serde(default = "yes")]
	pub publish: bool,
}

fn yes() -> bool {
	true
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Payee {
	/// First day that is not paid yet.
	next_day: u64,
	/// Addresses, each with the first day that is paid to it.
	addresses: VecDeque<(u64, String)>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct Chained {
	transactions: VecDeque<Transaction>,
	/// Blocks below this height are gone, because a transaction of theirs is.
	first_kept: u64,
}

impl Chained {
	fn push(&mut self, transaction: Transaction) {
		self.transactions.push_back(transaction);
		if self.transactions.len() > MOST_TRANSACTIONS {
			if let Some(gone) = self.transactions.pop_front() {
				self.first_kept = self.first_kept.max(gone.height + 1);
			}
		}
	}
}

/// What survives a restart.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Books {
	/// By `service/account`.
	payees: BTreeMap<String, Payee>,
	/// By ticker.
	chains: BTreeMap<String, Chained>,
}

#[derive(Default)]
struct Inner {
	books: Books,
	/// By ticker, the height up to which blocks may have been told: they do not change any more.
	told: BTreeMap<&'static str, u64>,
}

/// All payees and payments.
#[derive(Default)]
pub struct Payouts {
	file: Option<PathBuf>,
	inner: Mutex<Inner>,
}

/// An account as the books and `/sim/payouts` call it.
fn key(account: &Account) -> String {
	format!("{}/{}", account.service.prefix(), account.name)
}

/// Pool hours after a day's end at which a pool pays it.
fn paid_after(service: Service) -> u64 {
	match service {
		Service::Braiins => 4,
		_ => 2,
	}
}

/// Id of the transaction that pays an account for a day, as the pools' own lists tell it too.
pub fn payout_id(seed: u64, account: &Account, day: u64) -> String {
	random::hex(seed, &[account.tag(), 9, day], 64)
}

/// `count` addresses of a wallet that nobody has the keys of: what the custodians of a development
/// chain post. In ascending order, as they post them.
pub fn wallet(coin: Coin, count: u64) -> Vec<String> {
	let mut all: Vec<_> =
		(0..count).map(|i| accounts::address_of(coin, &format!("custodians/{i}"))).collect();
	all.sort();
	all
}

impl Payouts {
	/// The books of a file, which is made at the first change; in memory only if there is none.
	pub fn open(file: Option<PathBuf>) -> Result<Self, Box<dyn Error>> {
		let mut books = Books::default();
		if let Some(path) = &file {
			let named = |error: &dyn Error| format!("{}: {error}", path.display());
			match fs::read(path) {
				Ok(bytes) => books = serde_json::from_slice(&bytes).map_err(|e| named(&e))?,
				Err(error) if error.kind() == io::ErrorKind::NotFound => {},
				Err(error) => return Err(named(&error).into()),
			}
		}
		Ok(Self { file, inner: Mutex::new(Inner { books, told: BTreeMap::new() }) })
	}

	/// Writes changed books down, then takes them for true.
	fn keep(&self, inner: &mut Inner, books: Books) -> Result<(), String> {
		if let Some(path) = &self.file {
			let text = serde_json::to_vec(&books).map_err(|error| error.to_string())?;
			let new = path.with_extension("new");
			fs::write(&new, text)
				.and_then(|()| fs::rename(&new, path))
				.map_err(|error| format!("cannot write {}: {error}", path.display()))?;
		}
		inner.books = books;
		Ok(())
	}

	/// Pays what is due now. Blocks that were told do not change: what comes too late for its block
	/// is in the next one.
	pub fn advance(&self, world: &World, faults: &Faults, now: Moment) {
		let mut inner = self.inner.lock();
		let told = inner.told.clone();
		let mut news = false;
		for chain in Coin::ALL.into_iter().filter_map(|coin| world.chain(coin)) {
			let tip = chain.height(now);
			// What was told before a restart is not known: all that is older counts as told.
			let told = inner.told.entry(chain.coin.symbol()).or_insert(tip);
			news |= tip > *told;
			*told = tip.max(*told);
		}
		if !news {
			return;
		}
		let mut books = inner.books.clone();
		let mut changed = false;
		for (name, payee) in &mut books.payees {
			let found = name
				.split_once('/')
				.and_then(|(service, name)| world.account(Service::by_prefix(service)?, name));
			let Some(account) = found else { continue };
			let Some(chain) = world.chain(account.coin) else { continue };
			let Some(first) = told.get(chain.coin.symbol()).map(|told| told + 1) else { continue };
			if first > chain.height(now) {
				continue;
			}
			// Who lies to those who ask pays what is right.
			let mut met = faults.of_account(account.service.prefix(), &account.name);
			met.retain(|active| active.fault.kind != Kind::Lie);
			let view = View::new(world, now, met);
			let oldest = now.day().saturating_sub(CATCH_UP_DAYS);
			changed |= payee.next_day < oldest;
			payee.next_day = payee.next_day.max(oldest);
			loop {
				let day = payee.next_day;
				let at = view.settled_at(day, paid_after(account.service));
				if at > now.seconds() {
					break;
				}
				let height = chain.height(Moment { ms: at * 1_000 }).max(first);
				if let Some(paid) = payout(&view, account, payee, day, height) {
					books.chains.entry(account.coin.symbol().into()).or_default().push(paid);
				}
				payee.next_day += 1;
				changed = true;
			}
		}
		if changed {
			if let Err(problem) = self.keep(&mut inner, books) {
				// Nobody was told, so nothing is lost: a later block has it.
				eprintln!("pool-sim: {problem}");
			}
		}
	}

	/// Sets where an account's payouts go from the next one on; answers the first day paid there.
	pub fn set(
		&self,
		world: &World,
		faults: &Faults,
		now: Moment,
		account: &Account,
		address: &str,
	) -> Result<u64, String> {
		match account.service {
			Service::Ocean => {
				return Err("OCEAN pays to the address that is the account's name".into())
			},
			Service::Lotus => return Err("payouts of Filecoin are not simulated".into()),
			_ => {},
		}
		let address = checked(account.coin, address)?;
		// What is due goes where it was to go until now.
		self.advance(world, faults, now);
		let mut inner = self.inner.lock();
		let mut books = inner.books.clone();
		let met = faults.of_account(account.service.prefix(), &account.name);
		let yesterday = now.day().saturating_sub(1);
		let due = View::new(world, now, met).is_settled(yesterday, paid_after(account.service));
		// Whatever was credited before the first address was set was paid elsewhere.
		let first = yesterday + u64::from(due);
		let payee = books
			.payees
			.entry(key(account))
			.or_insert_with(|| Payee { next_day: first, addresses: VecDeque::new() });
		let day = payee.next_day;
		if payee.addresses.back().is_some_and(|(since, _)| *since == day) {
			payee.addresses.pop_back();
		}
		payee.addresses.push_back((day, address));
		if payee.addresses.len() > MOST_CHANGES {
			payee.addresses.pop_front();
		}
		self.keep(&mut inner, books)?;
		Ok(day)
	}

	/// Publishes a transaction in the next block, if it is to be published; answers how it is called.
	pub fn post(&self, world: &World, now: Moment, order: Order) -> Result<Transaction, String> {
		let chain = Coin::by_symbol(&order.coin)
			.and_then(|coin| world.chain(coin))
			.ok_or("`coin` has no simulated network that is paid on: BTC, BCH or LTC")?;
		let address = checked(chain.coin, &order.address)?;
		if order.amount == 0 {
			return Err("`amount` is in the coin's smallest unit and above zero".into());
		}
		let mut inputs = order.inputs;
		if inputs.len() > MOST_INPUTS || !inputs.iter().all(|input| is_input(input)) {
			return Err(format!("`inputs` are at most {MOST_INPUTS} texts `txid:index`"));
		}
		inputs.sort();
		inputs.dedup();
		let symbol = chain.coin.symbol();
		let mut inner = self.inner.lock();
		let mut books = inner.books.clone();
		let known = books.chains.entry(symbol.into()).or_default();
		if inputs.is_empty() {
			let last = known.transactions.back().map_or(0, |last| random::word(&last.id));
			let of = random::hex(world.seed, &[random::word(symbol), 10, now.ms, last], 64);
			inputs.push(format!("{of}:0"));
		}
		let mut parts = vec![random::word(symbol), 11, random::word(&address), order.amount];
		parts.extend(inputs.iter().map(|input| random::word(input)));
		let id = random::hex(world.seed, &parts, 64);
		let spends = |one: &&Transaction| one.inputs.iter().any(|input| inputs.contains(input));
		if let Some(other) = known.transactions.iter().find(spends) {
			return Err(format!("an input is spent by {} already", other.id));
		}
		let amount = order.amount;
		let posted =
			Transaction { id, height: chain.height(now) + 1, inputs, address, amount, pays: None };
		if order.publish {
			known.push(posted.clone());
			self.keep(&mut inner, books)?;
		}
		Ok(posted)
	}

	/// Transactions of a block; nothing if the block is gone.
	pub fn in_block(&self, chain: &Chain, height: u64) -> Option<Vec<Transaction>> {
		let inner = self.inner.lock();
		let Some(known) = inner.books.chains.get(chain.coin.symbol()) else { return Some(vec![]) };
		let found = known.transactions.iter().filter(|one| one.height == height);
		(height >= known.first_kept).then(|| found.cloned().collect())
	}

	/// The address that was set for an account, if one was.
	pub fn address(&self, account: &Account) -> Option<String> {
		let inner = self.inner.lock();
		let payee = inner.books.payees.get(&key(account))?;
		payee.addresses.back().map(|(_, address)| address.clone())
	}

	/// The address that was set when an account was, or will be, paid for a day.
	pub fn address_on(&self, account: &Account, day: u64) -> Option<String> {
		let inner = self.inner.lock();
		let payee = inner.books.payees.get(&key(account))?;
		let found = payee.addresses.iter().rev().find(|(since, _)| *since <= day);
		found.map(|(_, address)| address.clone())
	}

	/// The newest transactions, each with its coin, newest first.
	pub fn newest(&self, count: usize) -> Vec<(String, Transaction)> {
		let inner = self.inner.lock();
		let of_chain = |(coin, known): (&String, &Chained)| {
			let newest = known.transactions.iter().rev().take(count);
			newest.map(|one| (coin.clone(), one.clone())).collect::<Vec<_>>()
		};
		inner.books.chains.iter().flat_map(of_chain).collect()
	}
}

/// The payment for a day; nothing if the pool credited nothing.
fn payout(
	view: &View,
	account: &Account,
	payee: &Payee,
	day: u64,
	height: u64,
) -> Option<Transaction> {
	let elsewhere = view.fault(Kind::PayoutAddress).and_then(|fault| fault.address.clone());
	let address = elsewhere.or_else(|| Some(payee.addresses.back()?.1.clone()))?;
	let amount = u64::try_from(view.paid(account, day)).ok().filter(|amount| *amount > 0)?;
	let from = random::hex(view.world.seed, &[account.tag(), 12, day], 64);
	Some(Transaction {
		id: payout_id(view.world.seed, account, day),
		height,
		inputs: vec![format!("{from}:0")],
		address,
		amount,
		pays: Some((key(account), day)),
	})
}

fn is_input(text: &str) -> bool {
	text.split_once(':').is_some_and(|(of, index)| {
		of.len() == 64
			&& of.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
			&& index.parse::<u32>().is_ok()
	})
}

/// The one spelling of an address of a coin, or what is wrong with it.
fn checked(coin: Coin, address: &str) -> Result<String, String> {
	let format = match coin {
		Coin::Btc => Format::Bitcoin,
		Coin::Bch => Format::CashAddr,
		Coin::Fil => Format::Filecoin,
		// Its addresses here are made up.
		Coin::Ltc if address.starts_with("ltc-") && address.len() < 64 => return Ok(address.into()),
		Coin::Ltc => return Err("simulated addresses of LTC begin with `ltc-`".into()),
	};
	let symbol = coin.symbol();
	match canonical(format, Network::Any, address.as_bytes()) {
		Ok(text) => String::from_utf8(text).map_err(|error| error.to_string()),
		Err(wrong) => Err(match wrong {
			Malformed::Length => format!("`address` is empty or longer than any of {symbol}"),
			Malformed::Character => {
				format!("`address` has a character that addresses of {symbol} do not have")
			},
			Malformed::Checksum => "the checksum of `address` is wrong: a typing error?".into(),
			Malformed::OtherNetwork | Malformed::Kind => {
				format!("`address` is none of {symbol} that can be paid to")
			},
		}),
	}
}
