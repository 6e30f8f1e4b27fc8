//! What pools keep, and how exactly a day of a source is measured.

use crate::Adapter;

// What each pool's own price list asked in 2026 of an account without an agreement of its own. A
// pool may change its fee on any day and an account may have a better one: until an upgrade of the
// runtime follows, what is expected of such an account is off by the difference.

/// Braiins Pool (braiins.com), FPPS: 2.5 %.
const BRAIINS: u32 = 25_000;
/// F2Pool (f2pool.com), FPPS of Bitcoin: 4 %.
const F2POOL: u32 = 40_000;
/// ViaBTC (viabtc.com), PPS+: 4 %.
const VIABTC: u32 = 40_000;
/// Luxor (luxor.tech), FPPS: 2.2 %.
const LUXOR: u32 = 22_000;
/// OCEAN (ocean.xyz), TIDES with templates of the pool: 2 %.
const OCEAN: u32 = 20_000;

/// Shares of a day are counted, not hashes: with some ten thousand of them, as pools set the
/// difficulty of an account, the measured power of a day deviates by about 1 %.
const SHARES: u32 = 10_000;

impl Adapter {
	/// What the pool keeps of what it credits, in millionths; zero for what is no pool.
	pub const fn pool_fee_millionths(self) -> u32 {
		match self {
			Adapter::Braiins => BRAIINS,
			Adapter::F2Pool => F2POOL,
			Adapter::ViaBtc => VIABTC,
			Adapter::Luxor => LUXOR,
			Adapter::Ocean => OCEAN,
			// A miner of Filecoin is rewarded by the network itself.
			Adapter::Lotus => 0,
			Adapter::BitcoinCore
			| Adapter::MempoolSpace
			| Adapter::BlockchairBch
			| Adapter::Coinbase
			| Adapter::Kraken
			| Adapter::Binance
			| Adapter::CoinGecko => 0,
		}
	}

	/// Standard deviation of the power that is measured for a day of an account, in millionths of
	/// that power. Zero where power is proven, and for what measures no accounts.
	pub fn noise_millionths(self) -> u32 {
		if self.reads_accounts() && !self.is_network() {
			SHARES
		} else {
			0
		}
	}
}
