//! Runs the binary: as a command to its end, or as a node that answers JSON-RPC.

use serde_json::{json, Value};
use std::{
	fs,
	io::{BufRead, BufReader, Read, Write},
	net::TcpStream,
	os::unix::fs::PermissionsExt,
	path::PathBuf,
	process::{Child, Command, ExitStatus, Output, Stdio},
	sync::{
		atomic::{AtomicU32, Ordering},
		Arc, Mutex,
	},
	thread,
	time::{Duration, Instant},
};

const BINARY: &str = env!("CARGO_BIN_EXE_dmex-node");
/// Longest wait for anything a node should do within seconds.
const PATIENCE: Duration = Duration::from_secs(90);

/// Runs a command to its end.
pub fn run(args: &[&str]) -> Output {
	Command::new(BINARY).args(args).env_remove("RUST_LOG").output().unwrap()
}

/// Standard output of a command that must succeed.
pub fn output_of(args: &[&str]) -> String {
	let output = run(args);
	assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
	String::from_utf8(output.stdout).unwrap()
}

/// Everything a command that must fail has printed.
pub fn complaint_of(args: &[&str]) -> String {
	let output = run(args);
	assert!(!output.status.success(), "{args:?} succeeded");
	let (out, err) =
		(String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
	format!("{out}{err}")
}

/// A folder that goes with the test.
pub struct Folder(PathBuf);

impl Folder {
	pub fn new() -> Self {
		static NEXT: AtomicU32 = AtomicU32::new(0);
		let next = NEXT.fetch_add(1, Ordering::SeqCst);
		let path = std::env::temp_dir().join(format!("dmex-node-{}-{next}", std::process::id()));
		fs::create_dir_all(&path).unwrap();
		Self(path)
	}

	pub fn path(&self, name: &str) -> String {
		self.0.join(name).to_str().unwrap().into()
	}

	/// A file with this text and mode.
	pub fn file(&self, name: &str, text: &str, mode: u32) -> String {
		let path = self.path(name);
		fs::write(&path, text).unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
		path
	}
}

impl Drop for Folder {
	fn drop(&mut self) {
		let _ = fs::remove_dir_all(&self.0);
	}
}

/// A node that runs until it is stopped or dropped.
pub struct Node {
	child: Child,
	log: Arc<Mutex<String>>,
	rpc: String,
}

impl Node {
	/// Starts a node on free ports and waits for its JSON-RPC.
	pub fn start(args: &[&str]) -> Self {
		let mut child = Command::new(BINARY)
			.args(["--rpc-port", "0", "--port", "0", "--no-prometheus", "--no-telemetry"])
			.args(args)
			.env_remove("RUST_LOG")
			.stdout(Stdio::null())
			.stderr(Stdio::piped())
			.spawn()
			.unwrap();
		let log = Arc::new(Mutex::new(String::new()));
		let (lines, kept) = (BufReader::new(child.stderr.take().unwrap()).lines(), log.clone());
		thread::spawn(move || {
			for line in lines.map_while(Result::ok) {
				let mut kept = kept.lock().unwrap();
				kept.push_str(&line);
				kept.push('\n');
			}
		});
		let mut node = Self { child, log, rpc: String::new() };
		node.rpc = node.wait_for("JSON-RPC server", |node| {
			let log = node.log();
			let (_, rest) = log.split_once("Running JSON-RPC server: addr=")?;
			let address = rest.split([',', '\n', ' ']).next()?;
			Some(address.to_string())
		});
		node
	}

	/// Everything it has printed.
	pub fn log(&self) -> String {
		self.log.lock().unwrap().clone()
	}

	/// Asks until there is an answer.
	pub fn wait_for<T>(&mut self, what: &str, ask: impl Fn(&Self) -> Option<T>) -> T {
		let started = Instant::now();
		loop {
			if let Some(answer) = ask(self) {
				return answer;
			}
			let ended = self.child.try_wait().unwrap();
			assert!(ended.is_none(), "the node ended before {what}:\n{}", self.log());
			assert!(started.elapsed() < PATIENCE, "no {what}:\n{}", self.log());
			thread::sleep(Duration::from_millis(100));
		}
	}

	/// Result of a JSON-RPC method.
	pub fn call(&self, method: &str, params: Value) -> Value {
		let request =
			json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
		let mut stream = TcpStream::connect(&self.rpc).unwrap();
		write!(
			stream,
			"POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
			Content-Length: {}\r\nConnection: close\r\n\r\n{request}",
			self.rpc,
			request.len(),
		)
		.unwrap();
		let mut response = String::new();
		stream.read_to_string(&mut response).unwrap();
		let (_, body) = response.split_once("\r\n\r\n").unwrap();
		let mut answer: Value = serde_json::from_str(body).unwrap();
		assert!(answer.get("error").is_none(), "{method}: {answer}");
		answer["result"].take()
	}

	/// Height of the best block.
	pub fn height(&self) -> u64 {
		let header = self.call("chain_getHeader", json!([]));
		u64::from_str_radix(header["number"].as_str().unwrap().trim_start_matches("0x"), 16)
			.unwrap()
	}

	/// Stops it as Ctrl-C does.
	pub fn stop(mut self) -> ExitStatus {
		let pid = self.child.id().to_string();
		Command::new("kill").args(["-INT", &pid]).status().unwrap();
		let started = Instant::now();
		loop {
			if let Some(status) = self.child.try_wait().unwrap() {
				return status;
			}
			assert!(started.elapsed() < PATIENCE, "the node does not stop:\n{}", self.log());
			thread::sleep(Duration::from_millis(100));
		}
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}
