//! Storylines with the real pallets: each is one readable function, and each ends with all books
//! checked.

mod accounts;
mod coin;
mod deposit;
mod gate;
mod history;
mod invariants;
mod mine;
mod pools;
mod reads;
mod rights;
mod sale;
mod stakes;
mod steps;
mod stream;
mod terms;
mod validators;
mod vesting;
