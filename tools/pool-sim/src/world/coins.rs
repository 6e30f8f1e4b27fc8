//! What is mined and priced.

/// A mined coin.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Coin {
	/// Bitcoin.
	Btc,
	/// Bitcoin Cash.
	Bch,
	/// Litecoin: a fourth coin, which no chain knows at genesis.
	Ltc,
	/// Filecoin.
	Fil,
}

impl Coin {
	/// All of them.
	pub const ALL: [Coin; 4] = [Coin::Btc, Coin::Bch, Coin::Ltc, Coin::Fil];

	/// Ticker, upper case.
	pub fn symbol(self) -> &'static str {
		match self {
			Coin::Btc => "BTC",
			Coin::Bch => "BCH",
			Coin::Ltc => "LTC",
			Coin::Fil => "FIL",
		}
	}

	/// The coin with this ticker, whatever its case.
	pub fn by_symbol(symbol: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|coin| coin.symbol().eq_ignore_ascii_case(symbol))
	}

	/// Its name as F2Pool, Blockchair and CoinGecko write it.
	pub fn slug(self) -> &'static str {
		match self {
			Coin::Btc => "bitcoin",
			Coin::Bch => "bitcoin-cash",
			Coin::Ltc => "litecoin",
			Coin::Fil => "filecoin",
		}
	}

	/// The coin with this slug.
	pub fn by_slug(slug: &str) -> Option<Self> {
		Self::ALL.into_iter().find(|coin| coin.slug() == slug)
	}

	/// Decimals of its smallest unit.
	pub fn decimals(self) -> u32 {
		match self {
			Coin::Fil => 18,
			_ => 8,
		}
	}

	/// Unit that its power is counted in here.
	pub fn unit(self) -> &'static str {
		match self {
			Coin::Fil => "B",
			_ => "H/s",
		}
	}
}

/// What has a price.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Priced {
	/// A mined coin.
	Coin(Coin),
	/// A stablecoin, by ticker: `USDC` or `USDT`.
	Stable(&'static str),
}

impl Priced {
	/// Whatever has this ticker; exchanges call BTC also XBT.
	pub fn by_symbol(symbol: &str) -> Option<Self> {
		let symbol = symbol.to_ascii_uppercase();
		match symbol.as_str() {
			"XBT" => Some(Self::Coin(Coin::Btc)),
			"USDC" => Some(Self::Stable("USDC")),
			"USDT" => Some(Self::Stable("USDT")),
			_ => Coin::by_symbol(&symbol).map(Self::Coin),
		}
	}

	/// Ticker, upper case.
	pub fn symbol(self) -> &'static str {
		match self {
			Self::Coin(coin) => coin.symbol(),
			Self::Stable(symbol) => symbol,
		}
	}

	/// Price in US dollars × 10⁶ when nothing was changed.
	pub fn base_micro_usd(self) -> u128 {
		match self {
			Self::Coin(Coin::Btc) => 64_090_000_000,
			Self::Coin(Coin::Bch) => 480_500_000,
			Self::Coin(Coin::Ltc) => 84_250_000,
			Self::Coin(Coin::Fil) => 4_200_000,
			Self::Stable(_) => 1_000_000,
		}
	}
}
