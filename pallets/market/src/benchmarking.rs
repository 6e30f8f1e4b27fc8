//! Benchmarks of the calls and hooks.
