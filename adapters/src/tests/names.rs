use crate::Adapter;

fn form(adapter: Adapter, name: &str) -> Option<String> {
	adapter.normalise(name.as_bytes()).map(|name| String::from_utf8(name).unwrap())
}

#[test]
fn pool_users_are_bound_in_lower_case() {
	for pool in [Adapter::Braiins, Adapter::F2Pool, Adapter::ViaBtc, Adapter::Luxor] {
		assert_eq!(form(pool, "Farm_1-North").as_deref(), Some("farm_1-north"));
	}
}

#[test]
fn a_worker_is_no_account() {
	for pool in [Adapter::Braiins, Adapter::F2Pool, Adapter::ViaBtc, Adapter::Luxor] {
		assert_eq!(form(pool, "farm1.rig7"), None);
	}
	assert_eq!(form(Adapter::Ocean, "1BoatSLRHtKNngkdXEeobR76b53LETtpyT.rig7"), None);
}

#[test]
fn names_cannot_leave_their_place_in_a_url() {
	for name in ["", "a/b", "a b", "a?b", "a&b=c", "..", "a\"", "ä", "a\r\nb", &"a".repeat(129)] {
		for adapter in [Adapter::Braiins, Adapter::F2Pool, Adapter::Ocean, Adapter::Lotus] {
			assert_eq!(form(adapter, name), None, "{adapter:?} {name:?}");
		}
	}
	assert!(form(Adapter::Braiins, &"a".repeat(128)).is_some());
}

#[test]
fn an_ocean_account_is_an_address() {
	let bech32 = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
	assert_eq!(form(Adapter::Ocean, bech32).as_deref(), Some(bech32));
	assert_eq!(form(Adapter::Ocean, &bech32.to_uppercase()).as_deref(), Some(bech32));
	assert_eq!(form(Adapter::Ocean, &bech32.replace("bc1q", "bc1Q")), None);
	assert_eq!(form(Adapter::Ocean, "bc1qshort"), None);
	// Case is part of a base58 address.
	let base58 = "1BoatSLRHtKNngkdXEeobR76b53LETtpyT";
	assert_eq!(form(Adapter::Ocean, base58).as_deref(), Some(base58));
	assert_eq!(form(Adapter::Ocean, "1BoatSLRHtKNngkdXEeobR76b53LETtpy0"), None);
	assert_eq!(form(Adapter::Ocean, "farm1"), None);
}

#[test]
fn a_miner_is_bound_under_its_id_alone() {
	assert_eq!(form(Adapter::Lotus, "F01234").as_deref(), Some("f01234"));
	for name in ["f1abc", "t01234", "f0", "f001234", "f0-1", "f099999999999999999999", "1234"] {
		assert_eq!(form(Adapter::Lotus, name), None, "{name}");
	}
}

#[test]
fn services_without_accounts_have_no_names() {
	for adapter in [Adapter::BitcoinCore, Adapter::MempoolSpace, Adapter::Coinbase] {
		assert_eq!(form(adapter, "farm1"), None);
		assert!(!adapter.reads_accounts());
	}
}

#[test]
fn coins_are_mined_where_they_are_mined() {
	assert!(Adapter::Braiins.mines(b"BTC") && !Adapter::Braiins.mines(b"BCH"));
	assert!(Adapter::F2Pool.mines(b"BCH") && !Adapter::F2Pool.mines(b"FIL"));
	assert!(Adapter::Lotus.mines(b"FIL") && !Adapter::Lotus.mines(b"BTC"));
	assert!(Adapter::BitcoinCore.mines(b"LTC") && !Adapter::Kraken.mines(b"BTC"));
}

#[test]
fn known_hosts_are_https_without_a_path() {
	use Adapter::*;
	for adapter in [
		Braiins,
		F2Pool,
		ViaBtc,
		Luxor,
		Ocean,
		Lotus,
		MempoolSpace,
		BlockchairBch,
		Coinbase,
		Kraken,
		Binance,
		CoinGecko,
	] {
		let name = adapter.host().strip_prefix("https://").expect("https");
		assert!(!name.is_empty() && !name.contains('/'), "{adapter:?}");
	}
	assert_eq!(BitcoinCore.host(), "");
}

#[test]
fn a_bitcoin_core_node_is_of_the_coin_that_its_url_ends_in() {
	let serves = |url: Option<&str>, symbol: &str| {
		Adapter::BitcoinCore.serves(url.map(str::as_bytes), symbol.as_bytes())
	};
	assert!(serves(Some("https://node.example.org/btc"), "BTC"));
	assert!(serves(Some("http://127.0.0.1:8090/bitcoin-core/bch"), "BCH"));
	for url in [None, Some("https://node.example.org"), Some("https://node.example.org/btc")] {
		assert!(!serves(url, "BCH"), "{url:?}");
	}
	assert!(!serves(Some("https://node.example.org/fil"), "FIL"));
	// The others have one coin, or name it in their requests.
	assert!(Adapter::MempoolSpace.serves(None, b"BTC"));
	assert!(!Adapter::MempoolSpace.serves(None, b"BCH"));
	assert!(Adapter::Lotus.serves(Some(b"https://lotus.example.org"), b"FIL"));
}
