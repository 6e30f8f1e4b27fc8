//! The services, each with its real paths, authentication, number formats and errors.

mod binance;
mod bitcoin_core;
mod blockchair;
mod braiins;
mod coinbase;
mod coingecko;
mod f2pool;
mod kraken;
mod lotus;
mod luxor;
mod mempool;
mod ocean;
#[cfg(test)]
mod tests;
mod viabtc;

use crate::{
	exchange::{Ask, Reply},
	faults::Subject,
	limits::Limit,
	world::{View, World},
};
use serde_json::json;

/// A service that is imitated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Service {
	Braiins,
	F2Pool,
	ViaBtc,
	Luxor,
	Ocean,
	Lotus,
	BitcoinCore,
	Mempool,
	Blockchair,
	Coinbase,
	Kraken,
	Binance,
	CoinGecko,
}

impl Service {
	/// All of them.
	pub const ALL: [Service; 13] = [
		Service::Braiins,
		Service::F2Pool,
		Service::ViaBtc,
		Service::Luxor,
		Service::Ocean,
		Service::Lotus,
		Service::BitcoinCore,
		Service::Mempool,
		Service::Blockchair,
		Service::Coinbase,
		Service::Kraken,
		Service::Binance,
		Service::CoinGecko,
	];

	/// First segment of its paths here; what follows is the real service's path.
	pub fn prefix(self) -> &'static str {
		match self {
			Service::Braiins => "braiins",
			Service::F2Pool => "f2pool",
			Service::ViaBtc => "viabtc",
			Service::Luxor => "luxor",
			Service::Ocean => "ocean",
			Service::Lotus => "lotus",
			Service::BitcoinCore => "bitcoin-core",
			Service::Mempool => "mempool",
			Service::Blockchair => "blockchair",
			Service::Coinbase => "coinbase",
			Service::Kraken => "kraken",
			Service::Binance => "binance",
			Service::CoinGecko => "coingecko",
		}
	}

	/// The service under this prefix.
	pub fn by_prefix(prefix: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|service| service.prefix() == prefix)
	}

	/// Whom a request concerns: read before it is answered, so that faults can be about an account.
	pub fn subject(self, world: &World, ask: &Ask) -> Subject {
		let token = self.token(ask);
		let owner = || Some(world.owner_of(self, token.as_deref()?)?.name.clone());
		let account = match self {
			Service::Braiins | Service::ViaBtc => owner(),
			Service::F2Pool => f2pool::account(ask),
			Service::Luxor => luxor::account(ask),
			Service::Ocean => ocean::account(ask),
			Service::Lotus => lotus::account(ask),
			_ => None,
		};
		Subject {
			service: self.prefix(),
			account,
			token,
			user_agent: ask.header("user-agent").unwrap_or_default().to_string(),
			path: ask.path.clone(),
		}
	}

	/// The token that a request carries, if the service knows tokens.
	pub fn token(self, ask: &Ask) -> Option<String> {
		let names: &[&str] = match self {
			Service::Braiins => &["pool-auth-token", "x-pool-auth-token", "slushpool-auth-token"],
			Service::F2Pool => &["f2p-api-secret"],
			Service::ViaBtc => &["x-api-key"],
			// A node asks for no token, but one that is sent tells validators apart.
			Service::Luxor | Service::Lotus | Service::BitcoinCore => &["authorization"],
			_ => &[],
		};
		let value = names.iter().find_map(|name| ask.header(name))?;
		let scheme = ["Bearer ", "Basic "].iter().find_map(|scheme| value.strip_prefix(scheme));
		Some(scheme.unwrap_or(value).to_string())
	}

	/// The service's answer.
	pub fn answer(self, view: &View, ask: &Ask) -> Reply {
		match self {
			Service::Braiins => braiins::answer(view, ask),
			Service::F2Pool => f2pool::answer(view, ask),
			Service::ViaBtc => viabtc::answer(view, ask),
			Service::Luxor => luxor::answer(view, ask),
			Service::Ocean => ocean::answer(view, ask),
			Service::Lotus => lotus::answer(view, ask),
			Service::BitcoinCore => bitcoin_core::answer(view, ask),
			Service::Mempool => mempool::answer(view, ask),
			Service::Blockchair => blockchair::answer(view, ask),
			Service::Coinbase => coinbase::answer(view, ask),
			Service::Kraken => kraken::answer(view, ask),
			Service::Binance => binance::answer(view, ask),
			Service::CoinGecko => coingecko::answer(view, ask),
		}
	}

	/// How often one token (or one asker, where there is none) may ask, as published; where
	/// nothing is published, what careful clients keep to.
	pub fn limit(self) -> Option<Limit> {
		let (burst, interval_ms) = match self {
			// "Approximately one request per five seconds"; the second is for jitter.
			Service::Braiins => (2, 5_000),
			Service::F2Pool | Service::Ocean => (2, 1_000),
			Service::ViaBtc => (10, 500),
			Service::Luxor => (20, 1_000),
			Service::Mempool => (20, 500),
			Service::Blockchair => (30, 2_000),
			Service::Coinbase => (30, 360),
			Service::Kraken => (15, 1_000),
			Service::Binance => (200, 20),
			Service::CoinGecko => (30, 2_000),
			// One's own nodes.
			Service::Lotus | Service::BitcoinCore => return None,
		};
		Some(Limit { burst, interval_ms })
	}

	/// What it says when it is asked too often.
	pub fn too_many(self) -> Reply {
		match self {
			Service::Binance => Reply::json(
				429,
				&json!({ "code": -1003, "msg": "Too much request weight used; please use the websocket for live updates." }),
			),
			Service::CoinGecko => Reply::json(
				429,
				&json!({ "status": { "error_code": 429, "error_message": "You've exceeded the Rate Limit." } }),
			),
			// Kraken says so inside status 200.
			Service::Kraken => Reply::ok(&json!({ "error": ["EGeneral:Too many requests"] })),
			Service::Blockchair => Reply::json(
				429,
				&json!({ "data": null, "context": { "code": 429, "error": "Too many requests." } }),
			),
			_ => Reply::text(429, "Too Many Requests"),
		}
		.header("retry-after", "5")
	}
}
