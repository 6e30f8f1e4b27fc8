//! Storylines with the real pallets: each is one readable function, and each ends with all books
//! checked.

mod accounts;
mod coin;
mod invariants;
mod pools;
mod sale;
mod steps;
mod terms;
mod validators;
