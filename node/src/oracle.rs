//! What the node does for the oracle's off-chain worker, which runs in the runtime: it holds API
//! tokens in memory, answers the worker's reads of them, and shows how the worker fares.
//!
//! | module | what it does |
//! |---|---|
//! | [`key`] | the X25519 key to which providers seal tokens |
//! | [`tokens`] | tokens from the node's own file and from sealed boxes |
//! | [`storage`] | the worker's local storage: tokens from memory, status mirrored |
//! | [`status`] | what the worker reports of itself, for JSON-RPC |
//! | [`metrics`] | the same, for Prometheus |

pub mod key;
pub mod metrics;
mod private_file;
pub mod status;
pub mod storage;
pub mod tokens;
