# Sourced by run, test and the scripts: one target folder, one set of flags, so that
# no two commands compile the same crate twice.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$HOME/.cache/dmex/target}"
export WASM_BUILD_WORKSPACE_HINT="$root"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"
