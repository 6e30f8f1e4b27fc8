//! The chains this binary knows by name. All of them run the same wasm; they differ in the genesis
//! preset.

use dmex_primitives::DMEX_DECIMALS;
use dmex_runtime::{Runtime, WASM_BINARY};
use sc_service::{ChainType, Properties};
use std::path::PathBuf;

/// Specification of a DMEX chain.
pub type ChainSpec = sc_service::GenericChainSpec;

/// With this every placeholder of the staging preset begins.
const PLACEHOLDER: &str = "\"FILL IN";

/// The chain with this name, else the specification in the file of this name. Without a name, the
/// local test network.
pub fn load(name: &str) -> Result<ChainSpec, String> {
	match name {
		"development" | "dev" => {
			preset("development", "DMEX Development", "dmex_development", ChainType::Development)
		},
		"local" | "" => preset("local", "DMEX Local", "dmex_local", ChainType::Local),
		"staging" => preset("staging", "DMEX Staging", "dmex_staging", ChainType::Live),
		file => ChainSpec::from_json_file(PathBuf::from(file)),
	}
}

/// Refuses a public chain whose genesis holds placeholders for accounts and keys.
pub fn ensure_filled_in(spec: &dyn sc_service::ChainSpec) -> Result<(), String> {
	if spec.chain_type() == ChainType::Live && spec.as_json(false)?.contains(PLACEHOLDER) {
		return Err("this chain specification holds placeholders: export it (export-chain-spec \
			--chain staging --output staging.json), replace whatever says FILL IN, and start with \
			--chain staging.json"
			.into());
	}
	Ok(())
}

fn preset(preset: &str, name: &str, id: &str, chain_type: ChainType) -> Result<ChainSpec, String> {
	let wasm = WASM_BINARY.ok_or("this binary was built without the runtime's wasm")?;
	Ok(ChainSpec::builder(wasm, None)
		.with_name(name)
		.with_id(id)
		.with_chain_type(chain_type)
		.with_protocol_id("dmex")
		.with_properties(properties())
		.with_genesis_config_preset_name(preset)
		.build())
}

/// What wallets need to show addresses and amounts.
fn properties() -> Properties {
	let ss58_format = <<Runtime as frame_system::Config>::SS58Prefix as sp_core::Get<u16>>::get();
	let mut properties = Properties::new();
	properties.insert("tokenSymbol".into(), "DMEX".into());
	properties.insert("tokenDecimals".into(), DMEX_DECIMALS.into());
	properties.insert("ss58Format".into(), ss58_format.into());
	properties
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn names_lead_to_their_presets() {
		for (name, id) in [
			("development", "dmex_development"),
			("dev", "dmex_development"),
			("local", "dmex_local"),
			("", "dmex_local"),
			("staging", "dmex_staging"),
		] {
			assert_eq!(load(name).unwrap().id(), id);
		}
		assert!(load("no-such-file.json").is_err());
	}

	#[test]
	fn genesis_of_the_networks_that_may_start_builds() {
		for name in ["development", "local"] {
			let json = load(name).unwrap().as_json(true).unwrap();
			assert!(json.contains("\"raw\""), "{name} has no raw genesis");
		}
	}

	#[test]
	fn a_public_chain_starts_once_every_placeholder_is_replaced() {
		let staging = load("staging").unwrap();
		assert!(ensure_filled_in(&staging).is_err());
		let filled_in = staging.as_json(false).unwrap().replace(PLACEHOLDER, "\"");
		let filled_in = ChainSpec::from_json_bytes(filled_in.into_bytes()).unwrap();
		assert_eq!(ensure_filled_in(&filled_in), Ok(()));
		assert_eq!(ensure_filled_in(&load("local").unwrap()), Ok(()));
	}
}
