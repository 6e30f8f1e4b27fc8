//! Terms of a coin and their bounds. No storage.

use alloc::string::String;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use dmex_math::{Filter, Fixed};
use dmex_primitives::{
	coins::{AddressFormat, Coin, Word, YieldModel},
	AssetId, Balance, CoinAmount, Day, Power,
};
use scale_info::TypeInfo;
use serde::{de::Error as _, ser::Error as _, Deserialize, Deserializer, Serialize, Serializer};

/// Most decimals of a coin.
pub const MAX_DECIMALS: u8 = 18;
/// Most blocks that a network aims at in a day.
pub const MAX_BLOCKS_PER_DAY: u32 = 100_000;
/// Most hashes a second of one unit of power.
pub const MAX_HASHES_PER_UNIT: u128 = 1_000_000_000_000_000_000_000_000;
/// Most bytes of one unit of power.
pub const MAX_BYTES_PER_UNIT: u128 = 1 << 60;
/// Largest minimum power of a network, in units.
pub const MAX_MINIMUM_POWER: Power = 1 << 60;
/// Most days over which a reward vests.
pub const MAX_VESTING_DAYS: u16 = 3_650;
/// Largest subsidy of a block, in whole coins.
pub const MAX_SUBSIDY_COINS: CoinAmount = 1_000_000_000;
/// Digits of a coin below which its wrapped asset has no balances: 10⁻⁵ coin.
pub const LEAST_BALANCE_DIGITS: u8 = 5;

/// Days that are over and whose network is still known.
pub const DAYS_KEPT: Day = 64;
/// How many days back the network of a day is looked for if nothing was agreed on the day itself.
pub const LOOK_BACK_DAYS: Day = 2;
/// Days stored for a coin: those that are known, those that are looked back to, and today.
pub const PAST_SLOTS: Day = DAYS_KEPT + LOOK_BACK_DAYS + 1;

/// What a referendum says of a new coin: all of [`Coin`] but its asset.
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
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CoinTerms {
	/// Ticker, upper case, as exchanges write it: `BTC`.
	#[serde(serialize_with = "write_word", deserialize_with = "read_word")]
	pub symbol: Word,
	/// Mining algorithm: `SHA-256d`.
	#[serde(serialize_with = "write_word", deserialize_with = "read_word")]
	pub algorithm: Word,
	/// Unit of power, as shown: `GH/s`.
	#[serde(serialize_with = "write_word", deserialize_with = "read_word")]
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
}

/// The field of [`CoinTerms`] that is out of its bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
	/// `symbol`
	Symbol,
	/// `algorithm`
	Algorithm,
	/// `unit`
	Unit,
	/// `decimals`
	Decimals,
	/// `hashes_per_unit` of the yield model
	HashesPerUnit,
	/// `bytes_per_unit` of the yield model
	BytesPerUnit,
	/// `liquid_percent` of the yield model
	LiquidPercent,
	/// `vesting_days` of the yield model
	VestingDays,
	/// `minimum_power` of the yield model
	MinimumPower,
	/// `blocks_per_day`
	BlocksPerDay,
	/// `initial_subsidy`
	InitialSubsidy,
	/// `halving_blocks`
	HalvingBlocks,
}

impl CoinTerms {
	/// Whether every field is within its bounds; else the first that is not.
	pub fn check(&self) -> Result<(), Flaw> {
		ensure(is_symbol(&self.symbol), Flaw::Symbol)?;
		ensure(is_label(&self.algorithm), Flaw::Algorithm)?;
		ensure(is_label(&self.unit), Flaw::Unit)?;
		ensure(self.decimals <= MAX_DECIMALS, Flaw::Decimals)?;
		let blocks = 1..=MAX_BLOCKS_PER_DAY;
		ensure(blocks.contains(&self.blocks_per_day), Flaw::BlocksPerDay)?;
		match self.yield_model {
			YieldModel::ProofOfWork { hashes_per_unit } => {
				let hashes = 1..=MAX_HASHES_PER_UNIT;
				ensure(hashes.contains(&hashes_per_unit), Flaw::HashesPerUnit)?;
				let subsidies = 1..=MAX_SUBSIDY_COINS.saturating_mul(one_coin(self.decimals));
				ensure(subsidies.contains(&self.initial_subsidy), Flaw::InitialSubsidy)?;
				let halving = self.halving_blocks;
				ensure(halving == 0 || halving >= self.blocks_per_day, Flaw::HalvingBlocks)
			},
			YieldModel::PowerShare {
				bytes_per_unit,
				liquid_percent,
				vesting_days,
				minimum_power,
			} => {
				let bytes = 1..=MAX_BYTES_PER_UNIT;
				ensure(bytes.contains(&bytes_per_unit), Flaw::BytesPerUnit)?;
				ensure(liquid_percent <= 100, Flaw::LiquidPercent)?;
				ensure(vesting_days <= MAX_VESTING_DAYS, Flaw::VestingDays)?;
				ensure((vesting_days == 0) == (liquid_percent == 100), Flaw::VestingDays)?;
				ensure(minimum_power <= MAX_MINIMUM_POWER, Flaw::MinimumPower)?;
				ensure(self.initial_subsidy == 0, Flaw::InitialSubsidy)?;
				ensure(self.halving_blocks == 0, Flaw::HalvingBlocks)
			},
		}
	}

	/// The coin, once its asset is known.
	pub fn with_asset(self, asset: AssetId) -> Coin {
		Coin {
			symbol: self.symbol,
			algorithm: self.algorithm,
			unit: self.unit,
			decimals: self.decimals,
			yield_model: self.yield_model,
			address: self.address,
			blocks_per_day: self.blocks_per_day,
			initial_subsidy: self.initial_subsidy,
			halving_blocks: self.halving_blocks,
			asset,
		}
	}

	/// Least balance of the wrapped asset: 10⁻⁵ coin, at least one unit.
	pub fn least_balance(&self) -> Balance {
		one_coin(self.decimals.saturating_sub(LEAST_BALANCE_DIGITS))
	}
}

impl From<Coin> for CoinTerms {
	fn from(coin: Coin) -> Self {
		Self {
			symbol: coin.symbol,
			algorithm: coin.algorithm,
			unit: coin.unit,
			decimals: coin.decimals,
			yield_model: coin.yield_model,
			address: coin.address,
			blocks_per_day: coin.blocks_per_day,
			initial_subsidy: coin.initial_subsidy,
			halving_blocks: coin.halving_blocks,
		}
	}
}

/// Smallest units of a coin with so many decimals.
fn one_coin(decimals: u8) -> CoinAmount {
	10u128.saturating_pow(decimals.into())
}

fn ensure(holds: bool, flaw: Flaw) -> Result<(), Flaw> {
	if holds {
		Ok(())
	} else {
		Err(flaw)
	}
}

fn is_symbol(word: &[u8]) -> bool {
	word.first().is_some_and(u8::is_ascii_uppercase)
		&& word.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_label(word: &[u8]) -> bool {
	word.first().is_some_and(u8::is_ascii_graphic)
		&& word.last().is_some_and(u8::is_ascii_graphic)
		&& word.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
}

/// How fast a coin's network grows, as far as it has been seen.
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
)]
pub struct GrowthRecord {
	/// What the readings came to.
	pub filter: Filter,
	/// Logarithm of the difficulty that counted last.
	pub observed: Fixed,
	/// Height that it was read at.
	pub height: u64,
	/// Day that it counted on.
	pub day: Day,
}

/// Growth of a coin's network as people read it, in billionths (10⁹ is 100 %).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct GrowthQuote {
	/// Drift of the logarithm of the difficulty, a day; negative while the network shrinks.
	pub drift_per_day: i64,
	/// Its standard deviation, a day.
	pub deviation_per_day: i64,
	/// Growth in a year that output is valued with, never negative.
	pub per_year: i64,
	/// The same under the stress that was asked for.
	pub stressed_per_year: i64,
	/// Height of the last reading that counted.
	pub height: u64,
	/// Day of it.
	pub day: Day,
}

/// Words are text in a chain specification, not lists of bytes.
fn write_word<S: Serializer>(word: &Word, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.serialize_str(core::str::from_utf8(word).map_err(S::Error::custom)?)
}

fn read_word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
	let text = String::deserialize(deserializer)?;
	Word::try_from(text.into_bytes()).map_err(|_| D::Error::custom("longer than 16 bytes"))
}

fn word(text: &str) -> Word {
	Word::truncate_from(text.as_bytes().to_vec())
}

/// Bitcoin: unit 1 GH/s, a block every ten minutes, 50 BTC halved every 210,000 blocks.
///
/// Source: <https://github.com/bitcoin/bitcoin>, src/kernel/chainparams.cpp
/// (`nSubsidyHalvingInterval`, `nPowTargetSpacing`) and src/validation.cpp (`GetBlockSubsidy`).
pub fn bitcoin() -> CoinTerms {
	CoinTerms {
		symbol: word("BTC"),
		algorithm: word("SHA-256d"),
		unit: word("GH/s"),
		decimals: 8,
		yield_model: YieldModel::ProofOfWork { hashes_per_unit: 1_000_000_000 },
		address: AddressFormat::Bitcoin,
		blocks_per_day: 144,
		initial_subsidy: 5_000_000_000,
		halving_blocks: 210_000,
	}
}

/// Bitcoin Cash: Bitcoin's constants, addresses in CashAddr.
///
/// Source: <https://gitlab.com/bitcoin-cash-node/bitcoin-cash-node>, src/chainparams.cpp.
pub fn bitcoin_cash() -> CoinTerms {
	CoinTerms { symbol: word("BCH"), address: AddressFormat::CashAddr, ..bitcoin() }
}

/// Filecoin: unit 1 MiB of quality-adjusted power, an epoch every 30 seconds, rewards read, a
/// quarter liquid at once and the rest over 180 days, nothing below 10 TiB.
///
/// Source: <https://github.com/filecoin-project/builtin-actors>, runtime/src/builtin/network.rs (the
/// epoch), actors/miner/src/monies.rs (75 % vest) and actors/miner/src/policy.rs (over 180 days; the
/// minimum).
pub fn filecoin() -> CoinTerms {
	CoinTerms {
		symbol: word("FIL"),
		algorithm: word("PoRep"),
		unit: word("MiB"),
		decimals: 18,
		yield_model: YieldModel::PowerShare {
			bytes_per_unit: 1 << 20,
			liquid_percent: 25,
			vesting_days: 180,
			minimum_power: 10 << 20,
		},
		address: AddressFormat::Filecoin,
		blocks_per_day: 2_880,
		initial_subsidy: 0,
		halving_blocks: 0,
	}
}
