//! How each pallet is wired, one file a topic.

pub mod assets;
pub mod consensus;
pub mod facts;
pub mod fees;
pub mod governance;
pub mod hashpower;
pub mod nfts;
pub mod safety;
pub mod system;
pub mod users;

use dmex_primitives::{Balance, BlockNumber, DMEX};

/// A block is authored every three seconds.
pub const MINUTES: BlockNumber = 20;
/// Blocks of an hour.
pub const HOURS: BlockNumber = 60 * MINUTES;
/// Blocks of a day.
pub const DAYS: BlockNumber = 24 * HOURS;

/// A thousandth of a DMEX.
pub const MILLI: Balance = DMEX / 1_000;

/// What a user leaves behind for state that he occupies: 0.02 DMEX an item and 0.0001 DMEX a byte.
pub const fn deposit(items: Balance, bytes: Balance) -> Balance {
	const ITEM: Balance = 20 * MILLI;
	const BYTE: Balance = MILLI / 10;
	items.saturating_mul(ITEM).saturating_add(bytes.saturating_mul(BYTE))
}
