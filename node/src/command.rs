//! Runs what the command line asks for.

use crate::{
	chain_spec,
	cli::{Cli, Subcommand, TokenKeyCommand},
	log_guard,
	oracle::{key, tokens::Tokens},
	service::{self, PartialComponents},
};
use dmex_runtime::opaque::Block;
use sc_cli::{Result, SubstrateCli};
use sc_network::config::NetworkBackendType;
use sc_service::{ChainType, Configuration};
use std::sync::Arc;

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"DMEX Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		"docs/ of the repository".into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, id: &str) -> std::result::Result<Box<dyn sc_service::ChainSpec>, String> {
		Ok(Box::new(chain_spec::load(id)?))
	}
}

/// Parses the command line and does what it says.
pub fn run() -> Result<()> {
	let cli = Cli::from_args();
	match &cli.subcommand {
		None => run_node(cli),
		Some(Subcommand::Key(command)) => command.run(&cli),
		Some(Subcommand::TokenKey(command)) => token_key(command),
		Some(Subcommand::ExportChainSpec(command)) => command.run(cli.load_spec(&command.chain)?),
		Some(Subcommand::CheckBlock(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, import_queue, .. } =
				service::new_partial(&config)?;
			Ok((command.run(client, import_queue), task_manager))
		}),
		Some(Subcommand::ExportBlocks(command)) => {
			cli.create_runner(command)?.async_run(|config| {
				let PartialComponents { client, task_manager, .. } = service::new_partial(&config)?;
				Ok((command.run(client, config.database), task_manager))
			})
		},
		Some(Subcommand::ExportState(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, .. } = service::new_partial(&config)?;
			Ok((command.run(client, config.chain_spec), task_manager))
		}),
		Some(Subcommand::ImportBlocks(command)) => {
			cli.create_runner(command)?.async_run(|config| {
				let PartialComponents { client, task_manager, import_queue, .. } =
					service::new_partial(&config)?;
				Ok((command.run(client, import_queue), task_manager))
			})
		},
		Some(Subcommand::PurgeChain(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run(config.database))
		},
		Some(Subcommand::Revert(command)) => cli.create_runner(command)?.async_run(|config| {
			let PartialComponents { client, task_manager, backend, .. } =
				service::new_partial(&config)?;
			let revert_grandpa = Box::new(|client, _, blocks| {
				sc_consensus_grandpa::revert(client, blocks)?;
				Ok(())
			});
			Ok((command.run(client, backend, Some(revert_grandpa)), task_manager))
		}),
		Some(Subcommand::ChainInfo(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run::<Block>(&config))
		},
	}
}

fn run_node(mut cli: Cli) -> Result<()> {
	log_guard::apply(&mut cli.run.shared_params, &cli.oracle)?;
	let tokens =
		Tokens::open(&cli.oracle).map_err(|error| sc_cli::Error::Input(error.to_string()))?;
	let options = service::Options { sealing: cli.sealing, tokens: Arc::new(tokens) };
	let runner = cli.create_runner(&cli.run)?;
	ensure_supported(runner.config(), &options)?;
	if options.sealing.is_some() && !cli.run.tmp {
		log::warn!("--sealing without --tmp: this database may only ever be opened with --sealing");
	}
	runner.run_node_until_exit(|config| async move {
		service::new_full(config, options).map_err(sc_cli::Error::Service)
	})
}

fn ensure_supported(config: &Configuration, options: &service::Options) -> Result<()> {
	chain_spec::ensure_filled_in(config.chain_spec.as_ref())?;
	let development = config.chain_spec.chain_type() == ChainType::Development;
	if options.sealing.is_some() && !development {
		return Err("--sealing works on the development chain only".into());
	}
	if !matches!(config.network.network_backend, NetworkBackendType::Litep2p) {
		return Err("this node speaks litep2p only: leave --network-backend away".into());
	}
	Ok(())
}

fn token_key(command: &TokenKeyCommand) -> Result<()> {
	let public = match command {
		TokenKeyCommand::Generate { file } => key::generate(file),
		TokenKeyCommand::Inspect { file } => key::load(file).map(|secret| secret.public_key()),
	};
	let public = public.map_err(|error| sc_cli::Error::Input(error.to_string()))?;
	println!("0x{}", hex::encode(public.as_bytes()));
	Ok(())
}
