#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

mod binance;
mod bitcoin_core;
mod blockchair;
mod braiins;
mod coinbase;
mod coingecko;
mod dates;
mod exchange;
mod f2pool;
mod fees;
mod kraken;
mod lotus;
mod luxor;
mod mempool_space;
mod ocean;
mod read;
mod rpc;
mod service;
mod step;
mod viabtc;

#[cfg(test)]
mod tests;

pub use dates::{date_text, day_start, DAY_SECONDS};
pub use step::{
	probe_answers, public_probe, step, Answer, DayAnswer, Fault, Method, NetworkAnswer, Outcome,
	Query, Reply, Request, Step, MAX_BODY, MAX_REQUESTS, MAX_STAGES, PRICE_DECIMALS,
};

/// The services that can be read.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
	Serialize,
	Deserialize,
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
