//! Segwit addresses: BIP 173 and BIP 350.

use crate::{Malformed, Network};
use alloc::string::String;
use bech32::{
	primitives::decode::{SegwitHrpstring, SegwitHrpstringError},
	Hrp,
};

const PREFIXES: [(&str, Network); 3] =
	[("bc", Network::Main), ("tb", Network::Test), ("bcrt", Network::Local)];

/// Whether a text is meant as segwit. No base58 address of Bitcoin begins like this.
pub(crate) fn is_meant(text: &str) -> bool {
	let lower = text.to_ascii_lowercase();
	let begins = |prefix| lower.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('1'));
	PREFIXES.iter().any(|(prefix, _)| begins(*prefix))
}

pub(crate) fn canonical(network: Network, text: &str) -> Result<String, Malformed> {
	let read = SegwitHrpstring::new(text).map_err(reason)?;
	let is_its = |prefix: &str| Hrp::parse(prefix).is_ok_and(|known| known == read.hrp());
	let of = PREFIXES.iter().find(|(prefix, _)| is_its(prefix));
	match of {
		Some((_, of)) if network.has(*of) => Ok(text.to_ascii_lowercase()),
		_ => Err(Malformed::OtherNetwork),
	}
}

fn reason(error: SegwitHrpstringError) -> Malformed {
	match error {
		SegwitHrpstringError::Checksum(_) => Malformed::Checksum,
		SegwitHrpstringError::Unchecked(_) | SegwitHrpstringError::Padding(_) => {
			Malformed::Character
		},
		SegwitHrpstringError::WitnessLength(_) | SegwitHrpstringError::TooLong(_) => {
			Malformed::Length
		},
		_ => Malformed::Kind,
	}
}
