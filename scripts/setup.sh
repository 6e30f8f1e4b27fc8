# Sourced by run and test: finds out what is missing to build, says what and why, installs it.
# Known systems: Debian 12 and 13, Ubuntu 24.04. Elsewhere it says what to install by hand.

export PATH="$HOME/.cargo/bin:$PATH"

# Packages that are missing, each with its reason, and commands that have no package.
missing_packages=()
missing_reasons=()

need_package() { # package, reason
	missing_packages+=("$1")
	missing_reasons+=("$1: $2")
}

has() { command -v "$1" >/dev/null 2>&1; }

node_is_new_enough() {
	has node && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge 18 ]
}

# ensure_tools build|run|test [--yes]
ensure_tools() {
	local what=$1 yes=${2:-}
	has clang || need_package clang "compiles the C parts (cryptography, database) and links"
	{ has c++ && has make; } || need_package build-essential "compiles the C++ part that shrinks the runtime's wasm"
	has mold || need_package mold "links ten times faster than the default linker"
	has protoc || need_package protobuf-compiler "generates the network protocol's code"
	has perl || need_package perl "configures OpenSSL's build"
	has pkg-config || need_package pkg-config "finds system libraries"
	has curl || need_package curl "downloads rustup"
	[ -e /etc/ssl/certs/ca-certificates.crt ] || need_package ca-certificates "the node checks https with the system's certificates and does not start without"
	if [ "$what" != build ]; then
		node_is_new_enough || need_package nodejs "runs the custodian's tool and the end-to-end tests (18 or later)"
		has npm || need_package npm "installs polkadot.js for both"
	fi
	[ "$what" != test ] || has zstd || need_package zstd "compresses the runtime that the test of an upgrade brings"
	if [ ${#missing_packages[@]} -gt 0 ]; then
		echo "Missing on this machine:"
		printf '  %s\n' "${missing_reasons[@]}"
		install_packages "$yes"
	fi
	ensure_rust "$yes"
	if [ "$what" != build ] && ! node_is_new_enough; then
		echo "node $(node --version 2>/dev/null) is too old: version 18 or later is needed." >&2
		return 1
	fi
}

install_packages() {
	local sudo=()
	if ! has apt-get; then
		echo "This is no Debian or Ubuntu: please install these yourself, then start again." >&2
		return 1
	fi
	if [ "$(id -u)" -ne 0 ]; then
		if ! has sudo; then
			echo "Neither root nor sudo: please install these, then start again:" >&2
			echo "  apt-get install ${missing_packages[*]}" >&2
			return 1
		fi
		sudo=(sudo)
	fi
	echo "They will be installed with: ${sudo[*]:+sudo }apt-get install ${missing_packages[*]}"
	confirm "$1"
	"${sudo[@]}" apt-get update -q
	"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing_packages[@]}"
}

ensure_rust() {
	if ! has rustup; then
		echo "Missing on this machine:"
		echo "  rustup: installs the compiler that this tree names in rust-toolchain.toml"
		echo "It will be installed for this user only, into ~/.rustup and ~/.cargo, from https://sh.rustup.rs"
		confirm "$1"
		curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs |
			sh -s -- -y -q --profile minimal --default-toolchain none --no-modify-path
	fi
	local channel
	channel=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' "$root/rust-toolchain.toml")
	if ! rustup run "$channel" rustc --version >/dev/null 2>&1 ||
		! rustup target list --toolchain "$channel" --installed 2>/dev/null | grep -q wasm32v1-none; then
		echo "The compiler $channel with its wasm target will be downloaded into ~/.rustup"
		rustup toolchain install "$channel" --profile minimal --target wasm32v1-none -c clippy -c rustfmt
	fi
}

# npm_packages folder: what its lock names, only when that changed: npm ci removes and downloads
# everything.
npm_packages() {
	local stamp=$1/node_modules/.installed
	if ! cmp -s "$1/package-lock.json" "$stamp"; then
		echo "The packages that $1/package-lock.json names will be downloaded into $1/node_modules (once, less than 200 MB)."
		(cd "$1" && npm ci --no-audit --no-fund)
		cp "$1/package-lock.json" "$stamp"
	fi
}

# Waits for the user where there is one.
confirm() {
	if [ "$1" != --yes ] && [ -t 0 ] && [ -t 1 ]; then
		read -r -p "Press Enter to go on, Ctrl-C to stop. "
	fi
}
