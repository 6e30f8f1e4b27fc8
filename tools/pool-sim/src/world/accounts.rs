//! Farms, and the pool accounts that they mine to.

use super::{address, random, Coin};
use crate::services::Service;

/// A farm's account at a pool, or a Filecoin miner.
#[derive(Clone, Debug)]
pub struct Account {
	/// Where it is.
	pub service: Service,
	/// What it mines.
	pub coin: Coin,
	/// How the pool calls it.
	pub name: String,
	/// Who may read it; `None` where the service asks nobody.
	pub token: Option<String>,
	/// Where its payouts go until somebody sets an address.
	pub payout: String,
	/// Machines, for people.
	pub machines: &'static str,
	/// Power that the farm is built for, in [`Coin::unit`].
	pub nominal: u128,
	/// How far its power swings with the seasons of a farm (heat, repairs), millionths.
	pub swing_ppm: i64,
	/// Deviation of what the pool counts from what the farm does, a day, millionths.
	pub noise_ppm: i64,
	/// What the pool keeps, millionths.
	pub pool_fee_ppm: i64,
}

impl Account {
	fn new(service: Service, coin: Coin, name: &str, nominal: u128) -> Self {
		Self {
			service,
			coin,
			name: name.to_string(),
			token: Some(format!("sim-{}-{name}", service.prefix())),
			payout: address_of(coin, name),
			machines: "Antminer S21 XP",
			nominal,
			swing_ppm: 8_000,
			noise_ppm: 3_000,
			pool_fee_ppm: 20_000,
		}
	}

	/// A number for its noise.
	pub fn tag(&self) -> u64 {
		random::word(&format!("{}/{}", self.service.prefix(), self.name))
	}
}

/// The farms that there are always, then `extra` small ones on Braiins and F2Pool in turn.
pub fn all(extra: u32) -> Vec<Account> {
	const PETA: u128 = 1_000_000_000_000_000;
	let miner = |name: &str, power| Account {
		token: None,
		machines: "sealed storage",
		swing_ppm: 0,
		noise_ppm: 0,
		pool_fee_ppm: 0,
		..Account::new(Service::Lotus, Coin::Fil, name, power)
	};
	let mut accounts = vec![
		Account::new(Service::Braiins, Coin::Btc, "farm1", 101 * PETA + PETA / 2),
		Account::new(Service::F2Pool, Coin::Bch, "farm2", 42 * PETA),
		miner("f01234", 50 << 50),
		Account::new(Service::ViaBtc, Coin::Btc, "farm3", 20 * PETA),
		Account::new(Service::ViaBtc, Coin::Bch, "farm4", 8 * PETA),
		Account::new(Service::Luxor, Coin::Btc, "farm5", 35 * PETA),
		Account::new(Service::F2Pool, Coin::Btc, "farm6", 15 * PETA),
		Account::new(Service::F2Pool, Coin::Ltc, "farm7", 900 * PETA / 1_000_000),
		Account::new(Service::Braiins, Coin::Btc, "farm8", 60 * PETA),
		// Under the minimum: wins no block.
		miner("f05678", 8 << 40),
	];
	let ocean = address_of(Coin::Btc, "farm9");
	accounts.push(Account {
		token: None,
		payout: ocean.clone(),
		..Account::new(Service::Ocean, Coin::Btc, &ocean, 12 * PETA)
	});
	accounts.extend((0..extra).map(|i| {
		let service = if i % 2 == 0 { Service::Braiins } else { Service::F2Pool };
		Account::new(service, Coin::Btc, &format!("load{i}"), PETA + u128::from(i) * PETA / 1_000)
	}));
	accounts
}

/// The address that belongs to a name.
pub fn address_of(coin: Coin, name: &str) -> String {
	let mut hash = [0; 20];
	for (i, byte) in hash.iter_mut().enumerate() {
		*byte = random::bits(random::word(name), &[random::word(coin.symbol()), i as u64]) as u8;
	}
	match coin {
		Coin::Btc => address::segwit(&hash),
		Coin::Bch => address::cash(&hash),
		Coin::Ltc => format!("ltc-{}", hex::encode(hash)),
		Coin::Fil => address::filecoin(&hash),
	}
}
