//! The simulated world: farms, networks, prices. A function of the seed and the time, so that it
//! answers for days before it was started, and the same to everyone.

pub mod accounts;
mod address;
mod coins;
pub mod network;
pub mod random;
mod view;

pub use accounts::Account;
pub use coins::{Coin, Priced};
pub use network::{Chain, Filecoin};
pub use view::View;

use crate::services::Service;
use std::collections::HashMap;

/// Everything that does not change while the simulator runs.
pub struct World {
	/// Seed of all noise.
	pub seed: u64,
	/// Day from which heights count.
	pub anchor_day: u64,
	/// Filecoin.
	pub filecoin: Filecoin,
	chains: Vec<Chain>,
	accounts: Vec<Account>,
	by_name: HashMap<(Service, String), Vec<usize>>,
	by_token: HashMap<(Service, String), usize>,
}

impl World {
	/// A world with `extra` farms more than the usual ones.
	pub fn new(seed: u64, anchor_day: u64, extra: u32) -> Self {
		let accounts = accounts::all(extra);
		let mut by_name: HashMap<_, Vec<usize>> = HashMap::new();
		let mut by_token = HashMap::new();
		for (index, account) in accounts.iter().enumerate() {
			by_name.entry((account.service, account.name.clone())).or_default().push(index);
			if let Some(token) = &account.token {
				by_token.insert((account.service, token.clone()), index);
			}
		}
		Self {
			seed,
			anchor_day,
			filecoin: Filecoin { seed },
			chains: Coin::ALL
				.into_iter()
				.filter_map(|coin| Chain::new(coin, seed, anchor_day))
				.collect(),
			accounts,
			by_name,
			by_token,
		}
	}

	/// All accounts.
	pub fn accounts(&self) -> &[Account] {
		&self.accounts
	}

	/// The proof-of-work chain of a coin.
	pub fn chain(&self, coin: Coin) -> Option<&Chain> {
		self.chains.iter().find(|chain| chain.coin == coin)
	}

	/// An account by its name.
	pub fn account(&self, service: Service, name: &str) -> Option<&Account> {
		let indices = self.by_name.get(&(service, name.to_string()))?;
		indices.first().map(|index| &self.accounts[*index])
	}

	/// The account that a token may read. A token with a suffix `-…` is another token for the same
	/// account, so that each validator can have its own.
	pub fn owner_of(&self, service: Service, token: &str) -> Option<&Account> {
		let find = |token: &str| self.by_token.get(&(service, token.to_string()));
		let index =
			find(token).or_else(|| token.rsplit_once('-').and_then(|(head, _)| find(head)))?;
		Some(&self.accounts[*index])
	}

	/// What a farm does on a day when nothing goes wrong, mean over the day.
	pub fn nominal(&self, account: &Account, day: u64) -> u128 {
		// A triangle of 28 days, shifted for each farm.
		let phase = ((day + account.tag() % 28) % 28) as i64;
		let wave = (phase - 14).abs() - 7;
		network::scale(account.nominal, 1_000_000 + account.swing_ppm * wave / 7)
	}
}
