#![allow(clippy::arithmetic_side_effects)]

mod always;
mod fourth_coin;
mod genesis;
mod growth;
mod past;
mod register;
mod yields;

use crate::{mock::*, *};
use dmex_primitives::{
	coins::{AddressFormat, Coins as _, Word, YieldModel},
	facts::NetworkReading,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn text(word: &str) -> Word {
	Word::try_from(word.as_bytes().to_vec()).unwrap()
}

/// A coin that is mined with another algorithm than those of genesis.
fn litecoin() -> CoinTerms {
	CoinTerms {
		symbol: text("LTC"),
		algorithm: text("scrypt"),
		unit: text("MH/s"),
		decimals: 8,
		yield_model: YieldModel::ProofOfWork { hashes_per_unit: 1_000_000 },
		address: AddressFormat::Base58Check(0x30),
		blocks_per_day: 576,
		initial_subsidy: 5_000_000_000,
		halving_blocks: 840_000,
	}
}
