use crate::Adapter::{self, *};

const ALL: [Adapter; 13] = [
	Braiins,
	F2Pool,
	ViaBtc,
	Luxor,
	Ocean,
	Lotus,
	BitcoinCore,
	MempoolSpace,
	BlockchairBch,
	Coinbase,
	Kraken,
	Binance,
	CoinGecko,
];

#[test]
fn pools_keep_their_published_fee() {
	let pools = [Braiins, F2Pool, ViaBtc, Luxor, Ocean].map(Adapter::pool_fee_millionths);
	assert_eq!(pools, [25_000, 40_000, 40_000, 22_000, 20_000]);
}

#[test]
fn only_pools_keep_anything_and_count_shares() {
	for adapter in ALL {
		let is_pool = adapter.reads_accounts() && !adapter.is_network();
		assert_eq!(adapter.pool_fee_millionths() > 0, is_pool, "{adapter:?}");
		let noise = if is_pool { 10_000 } else { 0 };
		assert_eq!(adapter.noise_millionths(), noise, "{adapter:?}");
	}
	assert_eq!((Lotus.pool_fee_millionths(), Lotus.noise_millionths()), (0, 0));
}
