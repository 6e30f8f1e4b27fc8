//! What `DmexApi` answers, composed from the parts.
//!
//! | file | what it composes |
//! |---|---|
//! | `farms.rs` | a farm with its totals, accounts and lots |
//! | `lots.rs` | a lot with its terms, limit, audit, days and holders |
//! | `titles.rs` | titles of a series |
//! | `accounts.rs` | pool accounts, what is agreed of them, and sealed tokens |
//! | `facts.rs` | network, price and yield of a coin, and the sources |
//!
//! Only reads. They walk maps, each within a bound that is said where it is walked; nothing inside
//! the runtime may call them.

mod accounts;
mod facts;
mod farms;
mod lots;
mod titles;

pub use accounts::{account_days, sealed_tokens};
pub use facts::{facts, sources};
pub use farms::farm;
pub use lots::lot;
pub use titles::{title, titles};

use crate::*;
use alloc::vec::Vec;
use dmex_primitives::CoinId;

/// Ticker and unit of power of a coin.
fn words(coin: CoinId) -> (Vec<u8>, Vec<u8>) {
	// Coins are never removed, so what names one finds it.
	let words = Coins::coin(coin).map(|coin| (coin.symbol.into_inner(), coin.unit.into_inner()));
	words.unwrap_or_default()
}
