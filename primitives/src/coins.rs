//! What a mineable coin is.

use crate::{AssetId, CoinAmount, CoinId, Day, Power};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_runtime::DispatchError;

/// A short ASCII word: a symbol, a unit.
pub type Word = BoundedVec<u8, ConstU32<16>>;

/// How power turns into coins. The models are code; everything else about a coin is data.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
	Serialize,
	Deserialize,
)]
pub enum YieldModel {
	/// Hashes against a difficulty: the share of a block is `hashes / (difficulty · 2³²)`.
	/// `hashes_per_unit` is hashes a second of one unit of power.
	ProofOfWork {
		/// Hashes per second of one unit of power (10⁹ for 1 GH/s).
		hashes_per_unit: u128,
	},
	/// A share of the network's power earns that share of its reward.
	PowerShare {
		/// Bytes of quality-adjusted power of one unit (2²⁰ for 1 MiB).
		bytes_per_unit: u128,
		/// Part of a reward that is liquid at once, per cent; the rest vests linearly.
		liquid_percent: u8,
		/// Days over which the rest vests.
		vesting_days: u16,
		/// Power below which a miner earns nothing, in units.
		minimum_power: Power,
	},
}

/// How an address of the coin is written.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
	Serialize,
	Deserialize,
)]
pub enum AddressFormat {
	/// Segwit bech32 / bech32m and base58 addresses of Bitcoin.
	Bitcoin,
	/// CashAddr of Bitcoin Cash.
	CashAddr,
	/// f0 / f1 / f3 addresses of Filecoin.
	Filecoin,
	/// Base58Check with the coin's own version byte.
	Base58Check(u8),
}

/// Terms of a coin, as registered by referendum.
#[derive(
	Clone,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
	Serialize,
	Deserialize,
)]
pub struct Coin {
	/// Ticker, upper case, as exchanges write it: `BTC`.
	pub symbol: Word,
	/// Mining algorithm: `SHA-256d`.
	pub algorithm: Word,
	/// Unit of power, as shown: `GH/s`.
	pub unit: Word,
	/// Decimals of the coin: 8 for satoshi.
	pub decimals: u8,
	/// How power turns into coins.
	pub yield_model: YieldModel,
	/// How addresses are written.
	pub address: AddressFormat,
	/// Blocks (epochs) that the network aims at in a day.
	pub blocks_per_day: u32,
	/// Block subsidy before the first halving, smallest units; zero if the reward is read.
	pub initial_subsidy: CoinAmount,
	/// Blocks between halvings; zero if there is none.
	pub halving_blocks: u32,
	/// The wrapped coin in `pallet-assets`.
	pub asset: AssetId,
}

/// Reads of the registry of coins.
pub trait Coins {
	/// Terms of a registered coin.
	fn coin(id: CoinId) -> Option<Coin>;
	/// The coin with this symbol (upper case ASCII).
	fn by_symbol(symbol: &[u8]) -> Option<CoinId>;
	/// Coins expected from `power` on a day, from the present network facts, rounded down.
	///
	/// Errors: the coin is unknown, or a network fact is missing or stale.
	fn yield_per_day(id: CoinId, power: Power) -> Result<CoinAmount, DispatchError>;
	/// Coins expected from `power` on a day that is over, from the network as it was agreed for that
	/// day, rounded down. `None` if nothing was agreed near it, or it is longer ago than days are
	/// kept (64).
	fn yield_on(id: CoinId, power: Power, day: Day) -> Option<CoinAmount>;
	/// Day of the newest network fact behind the yield.
	fn yield_as_of(id: CoinId) -> Option<Day>;
}
