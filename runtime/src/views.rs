//! What `DmexApi` answers, composed from the parts.
//!
//! | file | what it composes |
//! |---|---|
//! | `farms.rs` | a farm with its totals, accounts and lots |
//! | `lots.rs` | a lot with its terms, limit, audit, days and holders |
//! | `titles.rs` | titles of a series |
//! | `income.rs` | what titles and liens of a lot brought and are expected to bring |
//! | `holders.rs` | an account: coins, titles, liens, totals, withdrawals |
//! | `checks.rs` | the holder's check, day by day |
//! | `market.rs` | the order book and the quotes |
//! | `accounts.rs` | pool accounts, what is agreed of them, and sealed tokens |
//! | `facts.rs` | network, price and yield of a coin, and the sources |
//!
//! Only reads. They walk maps, each within a bound that is said where it is walked; nothing inside
//! the runtime may call them.

mod accounts;
mod checks;
mod facts;
mod farms;
mod holders;
mod income;
mod lots;
mod market;
mod titles;

pub use accounts::{account_days, sealed_tokens};
pub use checks::holders_check;
pub use facts::{facts, sources};
pub use farms::farm;
pub use holders::{account, liens, withdrawals};
pub use lots::lot;
pub use market::{order_book, orders, quote, quote_offer, quote_stake, quote_withdrawal};
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
