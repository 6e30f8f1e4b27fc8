//! What is known of each service before it is asked.

use crate::Adapter;
use alloc::vec::Vec;

/// Longest name of an account.
const MAX_NAME: usize = 128;

impl Adapter {
	/// Base URL of the known service, https, without a trailing slash. Empty for Bitcoin Core,
	/// which is always one's own node.
	pub fn host(self) -> &'static str {
		match self {
			Adapter::Braiins => "https://pool.braiins.com",
			Adapter::F2Pool => "https://api.f2pool.com",
			Adapter::ViaBtc => "https://www.viabtc.net",
			Adapter::Luxor => "https://app.luxor.tech",
			Adapter::Ocean => "https://api.ocean.xyz",
			Adapter::Lotus => "https://api.node.glif.io",
			Adapter::BitcoinCore => "",
			Adapter::MempoolSpace => "https://mempool.space",
			Adapter::BlockchairBch => "https://api.blockchair.com",
			Adapter::Coinbase => "https://api.coinbase.com",
			Adapter::Kraken => "https://api.kraken.com",
			Adapter::Binance => "https://api.binance.com",
			Adapter::CoinGecko => "https://api.coingecko.com",
		}
	}

	/// Milliseconds between two requests with one token (or from one address, where there is
	/// none) that keep the service's published limit.
	pub fn min_interval_ms(self) -> u64 {
		match self {
			Adapter::Braiins => 5_000,
			Adapter::F2Pool | Adapter::ViaBtc | Adapter::Luxor | Adapter::Ocean => 1_000,
			Adapter::Lotus => 100,
			Adapter::BitcoinCore => 10,
			Adapter::MempoolSpace => 1_000,
			Adapter::BlockchairBch => 2_000,
			Adapter::Coinbase => 400,
			Adapter::Kraken => 1_000,
			Adapter::Binance => 100,
			Adapter::CoinGecko => 6_000,
		}
	}

	/// Whether accounts can be read there.
	pub fn reads_accounts(self) -> bool {
		use Adapter::*;
		matches!(self, Braiins | F2Pool | ViaBtc | Luxor | Ocean | Lotus)
	}

	/// Whether the state of a network can be read there.
	pub fn reads_network(self) -> bool {
		use Adapter::*;
		matches!(self, Lotus | BitcoinCore | MempoolSpace | BlockchairBch)
	}

	/// Whether mean transaction fees can be read there.
	pub fn reads_fees(self) -> bool {
		use Adapter::*;
		matches!(self, BitcoinCore | MempoolSpace | BlockchairBch)
	}

	/// Whether prices can be read there.
	pub fn reads_prices(self) -> bool {
		use Adapter::*;
		matches!(self, Coinbase | Kraken | Binance | CoinGecko)
	}

	/// Whether accounts are read with a token. Nodes take one, but need none.
	pub fn needs_token(self) -> bool {
		use Adapter::*;
		matches!(self, Braiins | F2Pool | ViaBtc | Luxor)
	}

	/// Whether a reply names the account, or is keyed by the account itself and not by a token.
	pub fn names_account(self) -> bool {
		self.reads_accounts()
	}

	/// Whether a closed day tells the address that payouts go to.
	pub fn tells_payout(self) -> bool {
		use Adapter::*;
		matches!(self, Braiins | ViaBtc | Ocean | Lotus)
	}

	/// Whether what an account earns is paid to the address that is its name.
	pub fn pays_to_name(self) -> bool {
		matches!(self, Adapter::Ocean)
	}

	/// Whether an account there can stand behind a lot: its replies cannot be those of another
	/// account, by its name or by its payouts.
	pub fn backs_lots(self) -> bool {
		self.names_account() || self.tells_payout()
	}

	/// Whether the coin's own network is what is read, rather than a pool on it.
	pub fn is_network(self) -> bool {
		self.reads_network()
	}

	/// Whether the coin with this symbol (upper case) is mined or described there.
	pub fn mines(self, symbol: &[u8]) -> bool {
		match self {
			Adapter::Braiins | Adapter::Luxor | Adapter::Ocean | Adapter::MempoolSpace => {
				symbol == b"BTC"
			},
			Adapter::F2Pool | Adapter::ViaBtc => matches!(symbol, b"BTC" | b"BCH" | b"LTC"),
			Adapter::Lotus => symbol == b"FIL",
			Adapter::BlockchairBch => symbol == b"BCH",
			Adapter::BitcoinCore => symbol != b"FIL",
			Adapter::Coinbase | Adapter::Kraken | Adapter::Binance | Adapter::CoinGecko => false,
		}
	}

	/// Whether a source with this base URL describes the network of the coin with this symbol.
	///
	/// Bitcoin Core speaks alike for every coin and does not say which, and the headers of one
	/// coin would pass for those of another. So its URL says it: the last segment of the path is
	/// the symbol in lower case, as in `https://node.example.org/btc`.
	pub fn serves(self, base_url: Option<&[u8]>, symbol: &[u8]) -> bool {
		let named = match self {
			Adapter::BitcoinCore => {
				let last = base_url.and_then(|url| url.rsplit(|byte| *byte == b'/').next());
				last.is_some_and(|last| last == symbol.to_ascii_lowercase())
			},
			_ => true,
		};
		named && self.mines(symbol)
	}

	/// The one form under which an account is known, or `None` if the service cannot have such a
	/// name.
	///
	/// Pools separate a worker from its account by a dot, so a name with one would be a second
	/// view of the same account. Names are bound in lower case: at worst this keeps two accounts
	/// apart from being bound both, it never lets one be bound twice.
	pub fn normalise(self, name: &[u8]) -> Option<Vec<u8>> {
		if name.is_empty() || name.len() > MAX_NAME {
			return None;
		}
		match self {
			Adapter::Braiins | Adapter::F2Pool | Adapter::ViaBtc | Adapter::Luxor => {
				pool_user(name)
			},
			Adapter::Ocean => bitcoin_address(name),
			Adapter::Lotus => miner_id(name),
			_ => None,
		}
	}
}

/// Letters, digits, `_` and `-`; lower case.
fn pool_user(name: &[u8]) -> Option<Vec<u8>> {
	let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
	name.iter().all(allowed).then(|| name.to_ascii_lowercase())
}

/// A Bitcoin address: bech32 in lower case, or base58, whose case carries meaning.
fn bitcoin_address(name: &[u8]) -> Option<Vec<u8>> {
	let lower = name.to_ascii_lowercase();
	if let Some(data) = lower.strip_prefix(b"bc1") {
		let one_case = name == lower.as_slice() || name == name.to_ascii_uppercase().as_slice();
		let alphabet = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
		let sized = (42..=62).contains(&name.len());
		let written = data.iter().all(|byte| alphabet.contains(byte));
		return (one_case && sized && written).then_some(lower);
	}
	let sized = (26..=35).contains(&name.len());
	let base58 =
		|byte: &u8| byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l');
	let starts = matches!(name.first(), Some(b'1' | b'3'));
	(sized && starts && name.iter().all(base58)).then(|| name.to_vec())
}

/// `f0` and the number of a miner, without leading zeros.
fn miner_id(name: &[u8]) -> Option<Vec<u8>> {
	let lower = name.to_ascii_lowercase();
	let digits = lower.strip_prefix(b"f0")?;
	let text = core::str::from_utf8(digits).ok()?;
	let plain = text.bytes().all(|byte| byte.is_ascii_digit());
	let canonical = text == "0" || !text.starts_with('0');
	(plain && canonical && text.parse::<u64>().is_ok()).then_some(lower)
}
