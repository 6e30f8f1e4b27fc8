//! Facts of a coin and the services they are read from.

use super::words;
use crate::*;
use alloc::vec::Vec;
use dmex_adapters::Adapter;
use dmex_primitives::{
	coins::Coins as _,
	facts::{Facts, PoolAccounts, Priced, Prices},
	CoinId, Power, SourceId,
};
use dmex_runtime_api::{FactsView, SourceView};
use pallet_pool_oracle::Source;

/// Power whose yield is shown: one unit earns less than the smallest coin.
const SHOWN_POWER: Power = 1_000_000;

/// Facts of a coin, each fresh or with the reason why not.
pub fn facts(coin: CoinId) -> Option<FactsView> {
	let terms = Coins::coin(coin)?;
	let (symbol, unit) = words(coin);
	let (issued, _) = Hashpower::issued_of_coin(coin, SourceId::MAX);
	Some(FactsView {
		coin,
		symbol,
		unit,
		decimals: terms.decimals,
		today: Periods::today(),
		round: PoolOracle::round(),
		network: <PoolOracle as Facts>::network(coin).into(),
		price: <PoolOracle as Prices>::price(Priced::Coin(coin)).into(),
		stable_price: <PoolOracle as Prices>::price(Priced::Stable).into(),
		yield_per_million_units: Coins::yield_per_day(coin, SHOWN_POWER).map(Into::into),
		yield_as_of: Coins::yield_as_of(coin),
		issued: issued.into(),
	})
}

/// Every registered source, by id. There are never more than the oracle allows.
pub fn sources() -> Vec<SourceView> {
	let mut sources = PoolOracle::sources();
	sources.sort_by_key(|(id, _)| *id);
	sources.into_iter().map(|(id, source)| view_of(id, source)).collect()
}

fn view_of(id: SourceId, source: Source) -> SourceView {
	let adapter = source.adapter;
	let url = source.base_url.map(|url| url.into_inner());
	SourceView {
		id,
		name: name(adapter).into(),
		adapter: module(adapter).into(),
		url: url.unwrap_or_else(|| adapter.host().into()),
		coins: coins_of(adapter),
		open: source.open,
		probation_until: PoolOracle::probation_until(id),
	}
}

/// Coins that are read there: mined at a pool, described by a network, priced at an exchange.
fn coins_of(adapter: Adapter) -> Vec<CoinId> {
	if adapter.reads_prices() {
		return PoolOracle::watched_coins();
	}
	let coins = Coins::coins().into_iter();
	coins.filter(|(_, coin)| adapter.mines(&coin.symbol)).map(|(id, _)| id).collect()
}

/// Name of a source; empty if there is none.
pub(super) fn source_name(id: SourceId) -> Vec<u8> {
	let source = pallet_pool_oracle::Sources::<Runtime>::get(id);
	source.map(|source| name(source.adapter).into()).unwrap_or_default()
}

/// A service as people call it.
fn name(adapter: Adapter) -> &'static str {
	match adapter {
		Adapter::Braiins => "Braiins",
		Adapter::F2Pool => "F2Pool",
		Adapter::ViaBtc => "ViaBTC",
		Adapter::Luxor => "Luxor",
		Adapter::Ocean => "OCEAN",
		Adapter::Lotus => "Filecoin",
		Adapter::BitcoinCore => "Bitcoin Core",
		Adapter::MempoolSpace => "mempool.space",
		Adapter::BlockchairBch => "Blockchair",
		Adapter::Coinbase => "Coinbase",
		Adapter::Kraken => "Kraken",
		Adapter::Binance => "Binance",
		Adapter::CoinGecko => "CoinGecko",
	}
}

/// The module that reads a service.
fn module(adapter: Adapter) -> &'static str {
	match adapter {
		Adapter::Braiins => "braiins",
		Adapter::F2Pool => "f2pool",
		Adapter::ViaBtc => "viabtc",
		Adapter::Luxor => "luxor",
		Adapter::Ocean => "ocean",
		Adapter::Lotus => "lotus",
		Adapter::BitcoinCore => "bitcoin_core",
		Adapter::MempoolSpace => "mempool_space",
		Adapter::BlockchairBch => "blockchair",
		Adapter::Coinbase => "coinbase",
		Adapter::Kraken => "kraken",
		Adapter::Binance => "binance",
		Adapter::CoinGecko => "coingecko",
	}
}
