//! The binary from outside: its commands, what it refuses, and a node that runs.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod node;

use node::{complaint_of, output_of, run, Folder, Node};
use serde_json::{json, Value};

/// Stands for a token in these tests; must never be printed.
const TOKEN: &str = "t0ken-that-nobody-may-see";

/// As talkative as can be read: the compiler of the wasm alone would fill a disk.
const LOUD: &str = "-ldebug,offchain-worker=trace,wasmtime=info,wasmtime_environ=info,\
	wasmtime_internal_cranelift=info,cranelift_codegen=off,cranelift_frontend=info,wasm-heap=info";

/// A source that is read in every round, with a token if the node has one.
const LOTUS: usize = 5;

fn tokens() -> String {
	json!({ "source/0": TOKEN, "source/5": TOKEN, "account/0": TOKEN }).to_string()
}

#[test]
fn help_names_every_command() {
	let help = output_of(&["--help"]);
	for command in [
		"key",
		"token-key",
		"export-chain-spec",
		"check-block",
		"export-blocks",
		"import-blocks",
		"export-state",
		"purge-chain",
		"revert",
		"chain-info",
	] {
		let listed = help.lines().any(|line| line.split_whitespace().next() == Some(command));
		assert!(listed, "{command} is missing:\n{help}");
	}
	for option in ["--sealing", "--pool-tokens", "--token-key"] {
		assert!(help.contains(option), "{option} is missing");
	}
}

#[test]
fn chain_specs_carry_what_wallets_need() {
	for (name, id) in
		[("development", "dmex_development"), ("local", "dmex_local"), ("staging", "dmex_staging")]
	{
		let spec: Value =
			serde_json::from_str(&output_of(&["export-chain-spec", "--chain", name])).unwrap();
		assert_eq!(spec["id"], json!(id));
		assert_eq!(spec["properties"]["tokenSymbol"], json!("DMEX"));
		assert_eq!(spec["properties"]["tokenDecimals"], json!(12));
		assert!(spec["genesis"]["runtimeGenesis"]["patch"].is_object(), "{name} has no genesis");
	}
}

#[test]
fn a_raw_chain_spec_starts_the_same_chain() {
	let folder = Folder::new();
	let file = folder.path("raw.json");
	output_of(&["export-chain-spec", "--chain", "development", "--raw", "--output", &file]);
	let by_name = Node::start(&["--dev", "--tmp", "--sealing", "manual"]);
	let from_file = Node::start(&[
		"--chain",
		&file,
		"--alice",
		"--tmp",
		"--sealing",
		"manual",
		"--unsafe-force-node-key-generation",
	]);
	let genesis = |node: &Node| node.call("chain_getBlockHash", json!([0]));
	assert_eq!(genesis(&by_name), genesis(&from_file));
}

#[test]
fn staging_refuses_to_start_until_it_is_filled_in() {
	let complaint = complaint_of(&["--chain", "staging", "--tmp"]);
	assert!(complaint.contains("placeholders"), "{complaint}");

	let folder = Folder::new();
	let file = folder.path("staging.json");
	output_of(&["export-chain-spec", "--chain", "staging", "--output", &file]);
	complaint_of(&["--chain", &file, "--tmp", "--no-prometheus", "--rpc-port", "0", "--port", "0"]);
}

#[test]
fn keys_are_generated() {
	let key: Value =
		serde_json::from_str(&output_of(&["key", "generate", "--output-type", "json"])).unwrap();
	assert_eq!(key["secretPhrase"].as_str().unwrap().split(' ').count(), 12);
	assert!(key["publicKey"].as_str().unwrap().starts_with("0x"));
}

#[test]
fn a_token_key_is_made_once_and_only_its_public_half_is_printed() {
	let folder = Folder::new();
	let file = folder.path("token.key");
	let public = output_of(&["token-key", "generate", "--file", &file]);
	let secret = std::fs::read_to_string(&file).unwrap();
	assert_eq!(public.trim().len(), 66);
	assert!(!public.contains(secret.trim()));
	assert_eq!(output_of(&["token-key", "inspect", "--file", &file]), public);
	complaint_of(&["token-key", "generate", "--file", &file]);
	assert_eq!(std::fs::read_to_string(&file).unwrap(), secret);
}

#[test]
fn tokens_that_others_may_read_are_refused_unseen() {
	let folder = Folder::new();
	let file = folder.file("tokens.json", &tokens(), 0o640);
	let complaint = complaint_of(&["--dev", "--tmp", "--pool-tokens", &file]);
	assert!(complaint.contains("chmod 600"), "{complaint}");
	assert!(!complaint.contains(TOKEN));

	let malformed = folder.file("malformed.json", &format!("[\"{TOKEN}\"]"), 0o600);
	let complaint = complaint_of(&["--dev", "--tmp", "--pool-tokens", &malformed]);
	assert!(complaint.contains("line 1"), "{complaint}");
	assert!(!complaint.contains(TOKEN));
}

#[test]
fn sealing_is_for_the_development_chain() {
	let complaint = complaint_of(&[
		"--chain",
		"local",
		"--alice",
		"--tmp",
		"--sealing",
		"instant",
		"--unsafe-force-node-key-generation",
	]);
	assert!(complaint.contains("development"), "{complaint}");
	assert!(!run(&["--dev", "--tmp", "--sealing", "0"]).status.success());
}

#[test]
fn a_sealed_node_builds_on_request_and_prints_no_token_at_any_level() {
	let folder = Folder::new();
	let file = folder.file("tokens.json", &tokens(), 0o600);
	let mut node =
		Node::start(&["--dev", "--tmp", "--sealing", "manual", "--pool-tokens", &file, LOUD]);
	assert_eq!(node.call("system_chain", json!([])), json!("DMEX Development"));
	assert_eq!(node.height(), 0);
	for height in 1..=3 {
		let built = node.call("engine_createBlock", json!([true, true]));
		assert_eq!(node.height(), height);
		assert_eq!(node.call("chain_getFinalizedHead", json!([])), built["hash"]);
	}

	assert_eq!(node.call("dmex_facts", json!([0]))["symbol"], json!("BTC"));
	assert_eq!(node.call("dmex_farm", json!([0])), json!(null));
	assert_eq!(node.call("dmex_lot", json!([0])), json!(null));
	assert_eq!(node.call("dmex_title", json!([0, 0])), json!(null));
	assert_eq!(node.call("dmex_titles", json!([0])), json!([]));
	let sources = node.call("dmex_sources", json!([]));
	let status = node.call("dmex_oracleStatus", json!([]));
	assert_eq!(status["sources"].as_array().unwrap().len(), sources.as_array().unwrap().len());
	assert!(!sources.as_array().unwrap().is_empty());

	// Nobody answers in this test, but the request went out with the token in a header.
	assert_eq!(sources[LOTUS]["adapter"], json!("lotus"));
	node.wait_for("request to Lotus", |node| {
		let lotus = node.call("dmex_oracleStatus", json!([]))["sources"][LOTUS].take();
		(lotus["faults"] != json!(0) || lotus["successes"] != json!(0)).then_some(())
	});
	let log = node.log();
	assert!(log.contains("DEBUG"), "the log is not as talkative as it was told");
	assert!(!log.contains(TOKEN));
	assert!(!log.contains(&hex::encode(TOKEN)));
	assert!(node.stop().success());
}

#[test]
fn a_development_node_authors_and_finalises() {
	let mut node = Node::start(&["--dev", "--tmp"]);
	node.wait_for("second block", |node| (node.height() >= 2).then_some(()));
	node.wait_for("finality", |node| {
		let head = node.call("chain_getFinalizedHead", json!([]));
		let header = node.call("chain_getHeader", json!([head]));
		(header["number"] != json!("0x0")).then_some(())
	});
	assert!(node.stop().success());
}
