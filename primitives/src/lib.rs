//! What the parts of DMEX share: ids, units, and the traits through which they meet.
//!
//! No storage, no logic that moves money. A pallet of ours never names another of ours in its
//! dependencies: it asks for one of these traits in its `Config`, and the runtime ties the two.
//!
//! | module | what it fixes |
//! |---|---|
//! | [`ids`] | numbers that name things, and the units amounts are counted in |
//! | [`calendar`] | days and moments of chain time |
//! | [`coins`] | what a mineable coin is |
//! | [`facts`] | what validators vote on, and how agreed facts are read |
//! | [`lots`] | lots as the other parts see them |
//! | [`titles`] | titles: issue, split, merge, lock, and the hooks of those who keep books by title |
//! | [`rights`] | who receives a title's income of a day, and what a day owed and brought |
//! | [`sales`] | what a title was sold for |
//! | [`trust`] | bonds, exposure and retirement of providers |
//! | [`polls`] | decisions of DMEX holders |
//! | [`validators`] | which validators stayed silent |
//! | [`weighing`] | calls that weigh less than the worst that they could have done |
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

pub mod calendar;
pub mod coins;
pub mod facts;
pub mod ids;
pub mod lots;
pub mod polls;
pub mod rights;
pub mod sales;
pub mod titles;
pub mod trust;
pub mod validators;
pub mod weighing;

pub use ids::*;
