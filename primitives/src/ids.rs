//! Numbers that name things, and the units that amounts are counted in.

use sp_runtime::{
	traits::{IdentifyAccount, Verify},
	MultiSignature,
};

/// Signature of a user's transaction.
pub type Signature = MultiSignature;
/// Account on this chain, 32 bytes.
pub type AccountId = <<Signature as Verify>::Signer as IdentifyAccount>::AccountId;
/// DMEX and every asset, in their smallest unit.
pub type Balance = u128;
/// Height of a block of this chain.
pub type BlockNumber = u32;
/// How many transactions an account has sent.
pub type Nonce = u32;
/// Hash of this chain.
pub type Hash = sp_core::H256;
/// Milliseconds since 1970-01-01T00:00:00Z, chain time.
pub type Moment = u64;

/// A fungible asset of `pallet-assets`.
pub type AssetId = u32;
/// A mineable coin.
pub type CoinId = u32;
/// A mining farm.
pub type FarmId = u32;
/// Something that pays by day to its units: a lot or a deal. It is also the id of its collection
/// in `pallet-nfts`.
pub type SeriesId = u32;
/// A series that is a lot.
pub type LotId = SeriesId;
/// A title inside its series. Never used twice.
pub type TitleId = u32;
/// A decision of DMEX holders.
pub type PollId = u32;
/// A service that the validators' workers read.
pub type SourceId = u32;
/// An account at a pool (or a Filecoin miner), bound to one provider.
pub type PoolAccountId = u32;

/// `timestamp / DayLength`: in production, days since 1970-01-01 UTC, as pools count them.
pub type Day = u32;
/// Count of oracle rounds: block number divided by the blocks of a round.
pub type Round = u32;

/// Mining power in its coin's unit (BTC and BCH: 1 GH/s; FIL: 1 MiB quality-adjusted). Never to be
/// added or compared across coins.
pub type Power = u128;
/// What a title holds of its series: power of a lot, notes of a deal.
pub type Units = u128;
/// An amount of a mined coin in its smallest unit (satoshi, attoFIL).
pub type CoinAmount = u128;
/// US dollars × 10¹² for one whole coin.
pub type Price = u128;

/// [`Price`] of one dollar for one whole coin.
pub const PRICE_ONE: Price = 1_000_000_000_000;
/// Decimals of DMEX.
pub const DMEX_DECIMALS: u8 = 12;
/// One DMEX.
pub const DMEX: Balance = 1_000_000_000_000;
/// Smallest balance an account may hold: 0.001 DMEX.
pub const EXISTENTIAL_DEPOSIT: Balance = DMEX / 1_000;
/// Milliseconds between two blocks.
pub const SLOT_DURATION: Moment = 3_000;
/// Decimals of the stablecoin.
pub const STABLE_DECIMALS: u8 = 6;
