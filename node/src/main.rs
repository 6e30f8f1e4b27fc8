#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
// The error types of sc-service and sc-cli are what they are.
#![allow(clippy::result_large_err)]

mod chain_spec;
mod cli;
mod command;
mod log_guard;
mod oracle;
mod rpc;
mod service;

fn main() -> sc_cli::Result<()> {
	command::run()
}
