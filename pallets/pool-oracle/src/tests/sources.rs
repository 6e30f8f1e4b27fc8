//! Registering, closing and watching.

use super::*;
use crate::{url::is_allowed, Event, Source};
use dmex_adapters::Adapter;
use dmex_primitives::facts::PoolAccounts;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError::BadOrigin;

fn register(url: Option<&str>) -> DispatchResult {
	let url = url.map(|url| url.as_bytes().to_vec().try_into().unwrap());
	Oracle::register_source(RuntimeOrigin::root(), Adapter::Lotus, url)
}

#[test]
fn only_https_to_a_public_host_is_allowed() {
	let good = [
		"https://a.io",
		"https://lotus.example.org",
		"https://lotus.example.org:8443",
		"https://xn--bcher-kva.example/rpc/v1",
		"https://8.8.8.8",
		"https://192.169.0.1:1/a~b/c_d/e-f/g.h/I",
		"https://172.32.0.1",
		"https://100.63.1.1",
	];
	for url in good {
		assert!(is_allowed(url.as_bytes(), false), "{url}");
		assert!(is_allowed(url.as_bytes(), true), "{url}");
	}
	let bad = [
		"",
		"https://",
		"https:///path",
		"ftp://a.io",
		"HTTPS://a.io",
		"https:/a.io",
		"https://a.io/",
		"https://a.io//b",
		"https://a.io/./b",
		"https://a.io/../b",
		"https://a.io/b?c=d",
		"https://a.io?c",
		"https://a.io#c",
		"https://a.io/%2e%2e",
		"https://a.io/a b",
		"https://a.io\n",
		"https://user@a.io",
		"https://user:pass@a.io",
		"https://a.io:",
		"https://a.io:0",
		"https://a.io:080",
		"https://a.io:65536",
		"https://a.io:1:2",
		"https://a.io:x",
		"https://A.io",
		"https://a..io",
		"https://.a.io",
		"https://a.io.",
		"https://-a.io",
		"https://a-.io",
		"https://a_b.io",
		"https://b\u{fc}cher.io",
		"https://[::1]",
		"https://[2001:db8::1]",
		"https://1.2.3",
		"https://1.2.3.4.5",
		"https://1.2.3.256",
		"https://1.2.3.04",
		"https://2130706433",
		"https://0x7f000001",
		"https://0x7f.0.0.0x1",
		"https://a\\b.io",
	];
	for url in bad {
		assert!(!is_allowed(url.as_bytes(), false), "{url}");
		assert!(!is_allowed(url.as_bytes(), true), "{url}");
	}
}

#[test]
fn what_reaches_into_ones_own_network_is_allowed_only_on_one_machine() {
	let local = [
		"http://a.io",
		"http://127.0.0.1:8080",
		"https://127.0.0.1",
		"https://0.0.0.0",
		"https://10.1.2.3",
		"https://100.64.0.1",
		"https://169.254.169.254",
		"https://172.16.0.1",
		"https://172.31.255.255",
		"https://192.168.1.1",
		"https://192.0.2.1",
		"https://198.18.0.1",
		"https://198.51.100.7",
		"https://203.0.113.7",
		"https://224.0.0.1",
		"https://255.255.255.255",
		"https://localhost",
		"http://localhost:8080/pool",
		"https://pool.localhost",
		"https://printer.local",
		"https://metadata.google.internal",
		"https://router.lan",
		"https://1.0.0.127.in-addr.arpa",
		"https://intranet",
	];
	for url in local {
		assert!(!is_allowed(url.as_bytes(), false), "{url}");
		assert!(is_allowed(url.as_bytes(), true), "{url}");
	}
}

#[test]
fn a_long_host_is_refused() {
	let label = "a".repeat(63);
	assert!(is_allowed(format!("https://{label}.io").as_bytes(), false));
	assert!(!is_allowed(format!("https://a{label}.io").as_bytes(), false));
	let long = [label.as_str(); 4].join(".");
	assert!(!is_allowed(format!("https://{long}.io").as_bytes(), false));
}

#[test]
fn only_the_admin_registers_closes_and_watches() {
	build_and_execute(|| {
		let user = || RuntimeOrigin::signed(1);
		assert_noop!(Oracle::register_source(user(), Adapter::Braiins, None), BadOrigin);
		assert_noop!(Oracle::close_source(user(), 0), BadOrigin);
		assert_noop!(Oracle::watch_coin(user(), LTC), BadOrigin);
	});
}

#[test]
fn a_source_is_registered_under_the_next_id_and_closed_once() {
	build_and_execute(|| {
		assert_ok!(register(Some("https://lotus.example.net/rpc/v1")));
		System::assert_last_event(
			Event::SourceRegistered { source: 5, adapter: Adapter::Lotus }.into(),
		);
		let expected = Source {
			adapter: Adapter::Lotus,
			base_url: Some(b"https://lotus.example.net/rpc/v1".to_vec().try_into().unwrap()),
			registered_on: 100,
			genesis: false,
			open: true,
		};
		let stored = Oracle::sources().into_iter().find(|(id, _)| *id == 5).unwrap().1;
		assert_eq!(stored, expected);
		assert_ok!(Oracle::close_source(RuntimeOrigin::root(), 5));
		let close = |id| Oracle::close_source(RuntimeOrigin::root(), id);
		assert_noop!(close(5), Error::<Test>::SourceClosed);
		assert_noop!(close(6), Error::<Test>::SourceUnknown);
		// Its id is not given again.
		assert_ok!(register(None));
		System::assert_last_event(
			Event::SourceRegistered { source: 6, adapter: Adapter::Lotus }.into(),
		);
	});
}

#[test]
fn loopback_and_http_are_refused_where_genesis_does_not_allow_them() {
	build_and_execute(|| {
		for url in ["http://lotus.example.net", "https://127.0.0.1:1234", "https://localhost"] {
			assert_noop!(register(Some(url)), Error::<Test>::UrlRefused);
		}
	});
	new_test_ext(1, true).execute_with(|| {
		assert_ok!(register(Some("http://127.0.0.1:1234")));
	});
}

#[test]
fn a_service_without_a_host_needs_a_url() {
	build_and_execute(|| {
		assert_noop!(
			Oracle::register_source(RuntimeOrigin::root(), Adapter::BitcoinCore, None),
			Error::<Test>::UrlMissing
		);
	});
}

#[test]
#[should_panic(expected = "genesis source")]
fn genesis_refuses_loopback_unless_it_allows_it() {
	use sp_runtime::BuildStorage;
	let oracle = crate::GenesisConfig {
		sources: vec![(Adapter::Lotus, Some("http://127.0.0.1:9000".into()))],
		..Default::default()
	};
	let _ = RuntimeGenesisConfig { oracle, ..Default::default() }.build_storage();
}

#[test]
fn a_url_registered_after_genesis_is_on_probation_for_ninety_days() {
	build_and_execute(|| {
		assert_ok!(register(Some("https://lotus.example.net")));
		assert_ok!(register(None));
		// Genesis with a URL, genesis without, own URL, the service's own host, unknown.
		let probation = || [2, 0, 5, 6, 7].map(Oracle::probation_until);
		assert_eq!(probation(), [None, None, Some(190), None, None]);
		go_to(189, DAY - 1);
		assert_eq!(probation(), [None, None, Some(190), None, None]);
		go_to(190, 0);
		assert_eq!(probation(), [None; 5]);
	});
}

#[test]
fn a_coin_is_watched_once_it_is_registered_and_its_network_is_read() {
	build_and_execute(|| {
		let watch = |coin| Oracle::watch_coin(RuntimeOrigin::root(), coin);
		assert_noop!(watch(77), Error::<Test>::CoinUnknown);
		assert_noop!(watch(BTC), Error::<Test>::CoinWatched);
		// F2Pool mines it, but says nothing of its network.
		assert_noop!(watch(LTC), Error::<Test>::NetworkSourceMissing);
		let url = b"https://litecoin.example.org".to_vec().try_into().unwrap();
		let root = RuntimeOrigin::root;
		assert_ok!(Oracle::register_source(root(), Adapter::BitcoinCore, Some(url)));
		assert_ok!(watch(LTC));
		System::assert_last_event(Event::CoinWatched { coin: LTC }.into());
		assert_eq!(Oracle::watched_coins(), vec![BTC, BCH, FIL, LTC]);
	});
}
