//! Vectors of the specifications as facts, and that no changed letter passes.

use crate::{canonical, spellings, Format, Malformed, Network};
use proptest::prelude::*;

fn read(format: Format, network: Network, text: &str) -> Result<String, Malformed> {
	canonical(format, network, text.as_bytes()).map(|bytes| String::from_utf8(bytes).unwrap())
}

fn is_itself(format: Format, network: Network, text: &str) {
	assert_eq!(read(format, network, text), Ok(text.to_string()), "{text}");
}

/// Valid addresses, each with its format and network.
const VALID: [(Format, Network, &str); 25] = [
	// BIP 173 and BIP 350, test vectors.
	(Format::Bitcoin, Network::Main, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
	(
		Format::Bitcoin,
		Network::Test,
		"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
	),
	(
		Format::Bitcoin,
		Network::Test,
		"tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
	),
	(
		Format::Bitcoin,
		Network::Main,
		"bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
	),
	(
		Format::Bitcoin,
		Network::Main,
		"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
	),
	// Bitcoin's wiki, "Address" and "List of address prefixes".
	(Format::Bitcoin, Network::Main, "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"),
	(Format::Bitcoin, Network::Main, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
	(Format::Bitcoin, Network::Test, "mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"),
	(Format::Bitcoin, Network::Local, "2MzQwSSnBHWHqSAqtTVQ6v47XtaisrJa1Vc"),
	// The CashAddr specification, examples of translation and larger test vectors.
	(Format::CashAddr, Network::Main, "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),
	(Format::CashAddr, Network::Main, "bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy"),
	(Format::CashAddr, Network::Main, "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq"),
	(Format::CashAddr, Network::Main, "bitcoincash:qr6m7j9njldwwzlg9v7v53unlr4jkmx6eylep8ekg2"),
	(Format::CashAddr, Network::Test, "bchtest:pr6m7j9njldwwzlg9v7v53unlr4jkmx6eyvwc0uz5t"),
	// The Filecoin specification and the tests of go-address.
	(Format::Filecoin, Network::Main, "f01729"),
	(Format::Filecoin, Network::Main, "f17uoq6tp427uzv7fztkbsnn64iwotfrristwpryy"),
	(Format::Filecoin, Network::Test, "t15ihq5ibzwki2b4ep2f46avlkrqzhpqgtga7pdrq"),
	(Format::Filecoin, Network::Local, "t24vg6ut43yw2h2jqydgbg2xq7x6f4kub3bg6as6i"),
	(
		Format::Filecoin,
		Network::Any,
		"f3vvmn62lofvhjd2ugzca6sof2j2ubwok6cj4xxbfzz4yuxfkgobpihhd2thlanmsh3w2ptld2gqkn2jvlss4a",
	),
	// EIP-55, test cases.
	(Format::Ethereum, Network::Main, "0x52908400098527886E0F7030069857D2E4169EE7"),
	(Format::Ethereum, Network::Main, "0xde709f2102306220921060314715629080e2fb77"),
	(Format::Ethereum, Network::Main, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
	(Format::Ethereum, Network::Main, "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"),
	(Format::Ethereum, Network::Main, "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB"),
	(Format::Ethereum, Network::Main, "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"),
];

#[test]
fn what_the_specifications_call_valid_is_taken_as_it_is() {
	for (format, network, text) in VALID {
		is_itself(format, network, text);
		is_itself(format, Network::Any, text);
	}
}

#[test]
fn an_address_of_another_network_is_refused() {
	for (format, network, text) in VALID {
		let other = if network == Network::Main { Network::Test } else { Network::Main };
		if format != Format::Ethereum && network != Network::Any {
			assert_eq!(read(format, other, text), Err(Malformed::OtherNetwork), "{text}");
		}
	}
	// BIP 350: a prefix nobody has.
	assert_eq!(
		read(
			Format::Bitcoin,
			Network::Any,
			"tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut"
		),
		Err(Malformed::Character)
	);
}

#[test]
fn what_the_specifications_call_invalid_is_refused() {
	let bitcoin = |text| read(Format::Bitcoin, Network::Main, text).unwrap_err();
	// BIP 350: bech32 in place of bech32m and the reverse; lengths; versions; mixed case.
	assert_eq!(
		bitcoin("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd"),
		Malformed::Checksum
	);
	assert_eq!(bitcoin("BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P"), Malformed::Length);
	assert_eq!(bitcoin("bc1pw5dgrnzv"), Malformed::Length);
	assert_eq!(bitcoin("bc1Qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"), Malformed::Character);
	// The last letter of a base58 address changed; a letter that base58 does not have.
	assert_eq!(bitcoin("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3"), Malformed::Checksum);
	assert_eq!(bitcoin("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN0"), Malformed::Character);
	assert_eq!(bitcoin("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNV"), Malformed::Length);
	assert_eq!(bitcoin(""), Malformed::Length);
	assert_eq!(bitcoin(&"1".repeat(129)), Malformed::Length);

	let cash = |text| read(Format::CashAddr, Network::Main, text).unwrap_err();
	assert_eq!(cash("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q"), Malformed::Checksum);
	assert_eq!(
		cash("Bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),
		Malformed::Character
	);
	assert_eq!(cash("ecash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"), Malformed::OtherNetwork);

	let filecoin = |text| read(Format::Filecoin, Network::Main, text).unwrap_err();
	assert_eq!(filecoin("f17uoq6tp427uzv7fztkbsnn64iwotfrristwpryz"), Malformed::Character);
	assert_eq!(filecoin("f17uoq6tp427uzv7fztkbsnn64iwotfrrjstwpryy"), Malformed::Checksum);
	// The protocol is in the checksum.
	assert_eq!(filecoin("f27uoq6tp427uzv7fztkbsnn64iwotfrristwpryy"), Malformed::Checksum);
	assert_eq!(filecoin("f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa"), Malformed::Kind);
	is_itself(Format::Filecoin, Network::Main, "f00");
	assert_eq!(filecoin("f007"), Malformed::Length);
	assert_eq!(filecoin("f09223372036854775808"), Malformed::Length);
	is_itself(Format::Filecoin, Network::Main, "f09223372036854775807");

	let ethereum = |text| read(Format::Ethereum, Network::Main, text).unwrap_err();
	assert_eq!(ethereum("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), Malformed::Checksum);
	assert_eq!(ethereum("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"), Malformed::Character);
	assert_eq!(ethereum("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe"), Malformed::Length);
}

#[test]
fn one_address_has_one_spelling() {
	assert_eq!(
		read(Format::Bitcoin, Network::Main, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"),
		Ok("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4".into())
	);
	let cash = "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a";
	let bare = "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a";
	assert_eq!(read(Format::CashAddr, Network::Main, bare), Ok(cash.into()));
	assert_eq!(read(Format::CashAddr, Network::Main, &cash.to_uppercase()), Ok(cash.into()));
	assert_eq!(
		spellings(Format::CashAddr, cash.as_bytes()),
		[cash.as_bytes().to_vec(), bare.as_bytes().to_vec()]
	);
	assert_eq!(spellings(Format::Filecoin, b"f01729"), [b"f01729".to_vec()]);
}

#[test]
fn a_coin_with_a_version_byte_of_its_own_takes_that_alone() {
	// Litecoin's key hashes have version 48: <https://en.bitcoin.it/wiki/List_of_address_prefixes>
	let mut bytes = vec![48u8];
	bytes.extend([7u8; 20]);
	let hash = sp_crypto_hashing::sha2_256(&sp_crypto_hashing::sha2_256(&bytes));
	bytes.extend(&hash[..4]);
	let text = bs58::encode(bytes).into_string();
	assert!(text.starts_with('L'));
	is_itself(Format::Base58Check(48), Network::Main, &text);
	assert_eq!(read(Format::Base58Check(49), Network::Main, &text), Err(Malformed::Kind));
	assert_eq!(read(Format::Bitcoin, Network::Main, &text), Err(Malformed::Kind));
}

proptest! {
	/// A single wrong letter is always caught by the codes of bech32 and CashAddr, and by hashes
	/// but for one in four billion. Not so by EIP-55, whose checksum is about 15 bits.
	#[test]
	fn one_changed_letter_is_never_an_address(
		which in 0usize..VALID.len(),
		at in any::<prop::sample::Index>(),
		to in "[a-z0-9]",
	) {
		let (format, network, text) = VALID[which];
		let at = at.index(text.len());
		let changed = format!("{}{to}{}", &text[..at], &text[at + 1..]);
		let is_id = text == "f01729";
		let same = changed.eq_ignore_ascii_case(text);
		prop_assume!(!same && !is_id && format != Format::Ethereum);
		prop_assert!(read(format, network, &changed).is_err(), "{changed}");
	}

	#[test]
	fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
		for format in [
			Format::Bitcoin, Format::CashAddr, Format::Filecoin, Format::Base58Check(0), Format::Ethereum,
		] {
			let _ = canonical(format, Network::Any, &bytes);
		}
	}

	/// What is canonical stays so.
	#[test]
	fn reading_twice_changes_nothing(which in 0usize..VALID.len(), upper: bool) {
		let (format, network, text) = VALID[which];
		let text = if upper { text.to_uppercase() } else { text.to_string() };
		if let Ok(once) = read(format, network, &text) {
			prop_assert_eq!(read(format, network, &once), Ok(once));
		}
	}
}
