//! The network of `four-validators.toml`.

use crate::node::Node;
use anyhow::{ensure, Context, Result};
use serde_json::json;
use std::{
	env, fs,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
	process::Command,
};
use zombienet_sdk::{
	subxt::{dynamic, ext::codec::Decode, OnlineClient, PolkadotConfig},
	LocalFileSystem, NetworkConfig, NetworkConfigExt,
};

/// Names of the validators. The first is everyone's boot node.
pub const VALIDATORS: [&str; 4] = ["alice", "bob", "charlie", "dave"];
/// Account of the pool that the nodes read.
pub const FARM: &str = "farm1";

/// Client of a node that submits transactions and reads storage.
pub type Client = OnlineClient<PolkadotConfig>;

/// How often a validator voted, and how, in a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
	/// Votes that were what the others said.
	pub agreed: u64,
	/// Votes that were something else.
	pub outliers: u64,
}

/// A running network. Ends with the test.
pub struct Network {
	inner: zombienet_sdk::Network<LocalFileSystem>,
	_folder: Folder,
}

impl Network {
	/// Starts four nodes of the binaries in `binaries`.
	pub async fn start(binaries: &Path) -> Result<Self> {
		let folder = Folder::new()?;
		let node = binaries.join("dmex-node");
		let spec = folder.path("local.json");
		let exported = Command::new(&node)
			.args(["export-chain-spec", "--chain", "local", "--raw", "--output"])
			.arg(&spec)
			.status()
			.with_context(|| format!("{} does not run", node.display()))?;
		ensure!(exported.success(), "no chain specification");
		for name in VALIDATORS {
			folder.write_private(&format!("{name}.json"), &tokens_of(name))?;
		}
		// The definition names these in double braces.
		env::set_var("DMEX_NODE", &node);
		env::set_var("DMEX_CHAIN_SPEC", &spec);
		env::set_var("DMEX_TOKENS", &folder.0);

		let definition = concat!(env!("CARGO_MANIFEST_DIR"), "/four-validators.toml");
		let inner = NetworkConfig::load_from_toml(definition)?.spawn_native().await?;
		println!("logs: {}", inner.base_dir().unwrap_or_default());
		Ok(Self { inner, _folder: folder })
	}

	/// A node by name.
	pub fn node(&self, name: &str) -> Result<Node<'_>> {
		Node::new(self.inner.get_node(name)?)
	}

	/// A client of Alice's node.
	pub async fn client(&self) -> Result<Client> {
		Ok(self.inner.get_node(VALIDATORS[0])?.wait_client().await?)
	}

	/// How the validators voted in all sessions that the chain remembers, in their order.
	pub async fn scores(&self) -> Result<Vec<Score>> {
		let client = self.client().await?;
		let all = dynamic::storage("PoolOracle", "SessionScores", Vec::<dynamic::Value>::new());
		let mut sessions = client.storage().at_latest().await?.iter(all).await?;
		let mut sums = vec![Score::default(); VALIDATORS.len()];
		while let Some(session) = sessions.next().await {
			let stored = session?.value.into_encoded();
			for (sum, score) in sums.iter_mut().zip(StoredScores::decode(&mut &stored[..])?) {
				let (_expected, agreed, outliers, _missed) = score;
				sum.agreed += u64::from(agreed);
				sum.outliers += u64::from(outliers);
			}
		}
		Ok(sums)
	}

	/// Ends all nodes.
	pub async fn stop(self) -> Result<()> {
		Ok(self.inner.destroy().await?)
	}
}

/// Scores as the chain keeps them: what was expected, agreed, an outlier, missed.
type StoredScores = Vec<(u32, u32, u32, u32)>;

/// The token with which a validator reads [`FARM`]; the simulated pool tells them apart by it.
pub fn token_of(validator: &str) -> String {
	format!("sim-braiins-{FARM}-{validator}")
}

fn tokens_of(validator: &str) -> String {
	json!({ "source/0": token_of(validator) }).to_string()
}

/// Where the binaries of the node and of the simulated pools are.
pub fn binaries() -> PathBuf {
	let from_target =
		|| env::var_os("CARGO_TARGET_DIR").map(|target| Path::new(&target).join("release"));
	let from_workspace = || concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release").into();
	env::var_os("DMEX_BINARIES")
		.map(PathBuf::from)
		.or_else(from_target)
		.unwrap_or_else(from_workspace)
}

/// A folder that goes with the network.
struct Folder(PathBuf);

impl Folder {
	fn new() -> Result<Self> {
		let path = env::temp_dir().join(format!("dmex-network-{}", std::process::id()));
		fs::create_dir_all(&path)?;
		Ok(Self(path))
	}

	fn path(&self, name: &str) -> PathBuf {
		self.0.join(name)
	}

	/// The node refuses tokens that others may read.
	fn write_private(&self, name: &str, text: &str) -> Result<()> {
		let path = self.path(name);
		fs::write(&path, text)?;
		Ok(fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?)
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		let _ = fs::remove_dir_all(&self.0);
	}
}
