//! The DMEX node: networking, consensus, JSON-RPC and the command line around the runtime, and what
//! only a node can do for the price and pool oracle: keep API tokens, show how the worker fares.
//!
//! No rule of the chain is here.
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
