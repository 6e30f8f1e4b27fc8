//! See `docs/decisions/0002-one-feature-set.md`.
