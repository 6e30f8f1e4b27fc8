//! What to ask a pool, a network node or a price API, and how to read its reply.
//!
//! Pure: no I/O, no floats, no panics. One module for each service. A worker asks an adapter for
//! requests, sends them, and hands the replies back until the adapter has a reading or a fault.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The services that can be read.
#[derive(
	Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Encode, Decode, DecodeWithMemTracking,
	TypeInfo, MaxEncodedLen, Serialize, Deserialize,
)]
pub enum Adapter {
	/// Braiins Pool: accounts, BTC.
	Braiins,
	/// F2Pool v2: accounts, BTC and BCH.
	F2Pool,
	/// ViaBTC: accounts, BTC and BCH.
	ViaBtc,
	/// Luxor: accounts, BTC.
	Luxor,
	/// OCEAN: accounts (payout addresses), BTC, no token.
	Ocean,
	/// Lotus or Forest JSON-RPC: miners and network, FIL.
	Lotus,
	/// Bitcoin Core JSON-RPC (or a node that speaks it): network of a proof-of-work coin.
	BitcoinCore,
	/// mempool.space: network, BTC.
	MempoolSpace,
	/// Blockchair: network, BCH.
	BlockchairBch,
	/// Coinbase spot price.
	Coinbase,
	/// Kraken ticker.
	Kraken,
	/// Binance ticker.
	Binance,
	/// CoinGecko simple price.
	CoinGecko,
}
