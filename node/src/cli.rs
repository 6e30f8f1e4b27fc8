//! What may be said on the command line.

use std::{path::PathBuf, str::FromStr, time::Duration};

/// The node's command line.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// A command; without one the node runs.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// Parameters of a running node.
	#[clap(flatten)]
	pub run: sc_cli::RunCmd,

	/// Build blocks without Aura and GRANDPA: `instant` (one for each transaction), `manual` (by
	/// the RPC `engine_createBlock`), or one every so many milliseconds.
	///
	/// Only on the development chain. The clock of such a chain may run ahead of the world's, and
	/// then Aura refuses to go on with its database: use it with --tmp.
	#[arg(long, value_name = "instant|manual|MILLISECONDS")]
	pub sealing: Option<Sealing>,

	/// How the oracle's worker gets its API tokens.
	#[clap(flatten)]
	pub oracle: OracleParams,
}

/// Where the node finds API tokens for the services that its oracle worker reads.
#[derive(Debug, Default, clap::Args)]
pub struct OracleParams {
	/// File with this node's own API tokens: {"source/<id>": "…", "account/<id>": "…"}.
	///
	/// Only its owner may read it (chmod 600). Read again when it changes; its contents are never
	/// logged, stored or sent to anyone but the service they are for.
	#[arg(long, value_name = "FILE")]
	pub pool_tokens: Option<PathBuf>,

	/// File with the X25519 secret that opens the tokens which providers sealed for this validator
	/// (see `token-key generate`). Only its owner may read it.
	#[arg(long, value_name = "FILE")]
	pub token_key: Option<PathBuf>,
}

impl OracleParams {
	/// Whether this node holds any secret of the oracle.
	pub fn hold_secrets(&self) -> bool {
		self.pool_tokens.is_some() || self.token_key.is_some()
	}
}

/// When blocks are built on a development chain that does not run Aura.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealing {
	/// At once when a transaction arrives.
	Instant,
	/// When `engine_createBlock` asks for it.
	Manual,
	/// At this interval.
	Every(Duration),
}

impl FromStr for Sealing {
	type Err = String;

	fn from_str(word: &str) -> Result<Self, String> {
		match word {
			"instant" => Ok(Self::Instant),
			"manual" => Ok(Self::Manual),
			number => match number.parse::<u64>() {
				Ok(0) | Err(_) => {
					Err("expected instant, manual, or a number of milliseconds above zero".into())
				},
				Ok(milliseconds) => Ok(Self::Every(Duration::from_millis(milliseconds))),
			},
		}
	}
}

/// Commands other than running the node.
#[derive(Debug, clap::Subcommand)]
#[allow(clippy::large_enum_variant)]
pub enum Subcommand {
	/// Keys of accounts and sessions: generate, inspect, insert.
	#[command(subcommand)]
	Key(sc_cli::KeySubcommand),

	/// The key to which providers seal API tokens for this validator.
	#[command(subcommand)]
	TokenKey(TokenKeyCommand),

	/// Write the specification of a chain to a file or to the terminal.
	ExportChainSpec(sc_cli::ExportChainSpecCmd),

	/// Validate blocks.
	CheckBlock(sc_cli::CheckBlockCmd),

	/// Export blocks.
	ExportBlocks(sc_cli::ExportBlocksCmd),

	/// Import blocks.
	ImportBlocks(sc_cli::ImportBlocksCmd),

	/// Export the state of a block as a chain specification.
	ExportState(sc_cli::ExportStateCmd),

	/// Remove a chain's database.
	PurgeChain(sc_cli::PurgeChainCmd),

	/// Revert the chain by some blocks.
	Revert(sc_cli::RevertCmd),

	/// What the database holds.
	ChainInfo(sc_cli::ChainInfoCmd),
}

/// The key to which providers seal API tokens.
#[derive(Debug, clap::Subcommand)]
pub enum TokenKeyCommand {
	/// Make a new secret, write it to a file that must not exist yet, and print the public key, to
	/// be published on chain by the validator.
	Generate {
		/// Where the secret goes.
		#[arg(long)]
		file: PathBuf,
	},
	/// Print the public key of a secret.
	Inspect {
		/// Where the secret is.
		#[arg(long)]
		file: PathBuf,
	},
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn sealing_is_a_word_or_milliseconds() {
		assert_eq!("instant".parse(), Ok(Sealing::Instant));
		assert_eq!("manual".parse(), Ok(Sealing::Manual));
		assert_eq!("250".parse(), Ok(Sealing::Every(Duration::from_millis(250))));
		for wrong in ["0", "-1", "1s", "Instant", ""] {
			assert!(wrong.parse::<Sealing>().is_err(), "{wrong} was accepted");
		}
	}
}
