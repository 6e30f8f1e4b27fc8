//! Keeps API tokens out of the log at any level.
//!
//! Two targets of the SDK print what passes through them at `debug`: the HTTP client of off-chain
//! workers its headers, their local storage its values. Both are held at `info`, together with the
//! libraries below the client, whatever level was asked for. Filters that could reach around that
//! are refused on a node that holds tokens.

use crate::cli::OracleParams;
use sc_cli::{Error, SharedParams};

/// Filters that come after those of the user and therefore win for their targets.
const QUIET: &[&str] = &[
	"offchain-worker::http=info",
	"offchain-worker::storage=info",
	"hyper=warn",
	"hyper_util=info",
	"h2=info",
	"rustls=info",
];

/// Appends [`QUIET`] to the filters of the command line.
///
/// Errors: the node holds tokens, and a filter is by span or field, profiling targets are set (they
/// come after all filters), or the log could be changed while the node runs.
pub fn apply(params: &mut SharedParams, oracle: &OracleParams) -> Result<(), Error> {
	if oracle.hold_secrets() {
		let environment = std::env::var("RUST_LOG").unwrap_or_default();
		ensure_plain(params, &environment)?;
	}
	params.log.push(QUIET.join(","));
	Ok(())
}

fn ensure_plain(params: &SharedParams, environment: &str) -> Result<(), Error> {
	let refuse = |what: &str| {
		Err(Error::Input(format!("a node with --pool-tokens or --token-key refuses {what}")))
	};
	if params.enable_log_reloading {
		return refuse("--enable-log-reloading");
	}
	if params.tracing_targets.is_some() {
		return refuse("--tracing-targets");
	}
	if params.log.iter().any(|filter| filter.contains('[')) || environment.contains('[') {
		return refuse("log filters by span or field");
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;
	use log::Level;

	fn params(args: &[&str]) -> SharedParams {
		let args = ["dmex-node"].iter().chain(args);
		crate::cli::Cli::parse_from(args).run.shared_params
	}

	fn with_tokens() -> OracleParams {
		OracleParams { pool_tokens: Some("tokens.json".into()), token_key: None }
	}

	#[test]
	fn targets_that_print_tokens_stay_silent_at_any_level() {
		let loud =
			["offchain-worker", "offchain-worker::http", "offchain-worker::storage", "hyper"];
		let loud = loud.map(|target| format!("-l{target}=trace"));
		let mut params = params(&loud.each_ref().map(String::as_str));
		apply(&mut params, &with_tokens()).unwrap();
		sc_cli::LoggerBuilder::new(params.log_filters().join(",")).init().unwrap();

		let enabled = |target: &str| log::log_enabled!(target: target, Level::Debug);
		assert!(enabled("offchain-worker"), "the test must see something at debug");
		assert!(enabled("offchain-worker::other"));
		for target in ["offchain-worker::http", "offchain-worker::storage", "hyper", "h2::frame"] {
			assert!(!enabled(target), "{target} prints at debug");
		}
	}

	#[test]
	fn filters_around_the_guard_are_refused_with_tokens_only() {
		for args in [
			&["-loffchain-worker::http[{value}]=trace"][..],
			&["--enable-log-reloading"],
			&["--tracing-targets", "offchain-worker::http=trace"],
		] {
			assert!(apply(&mut params(args), &with_tokens()).is_err(), "{args:?} was accepted");
			assert!(apply(&mut params(args), &OracleParams::default()).is_ok());
		}
		assert!(ensure_plain(&params(&[]), "[{value}]=trace").is_err());
		assert!(ensure_plain(&params(&["-ldebug"]), "info").is_ok());
	}
}
