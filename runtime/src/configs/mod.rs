//! How each pallet is wired, one file a topic.

pub mod assets;
pub mod consensus;
pub mod facts;
pub mod fee_choice;
pub mod fees;
pub mod gateway;
pub mod governance;
pub mod hashpower;
pub mod income;
pub mod market;
pub mod nfts;
pub mod power_rewards;
pub mod safety;
pub mod system;
pub mod users;

use dmex_primitives::{Balance, BlockNumber, DMEX};

/// Blocks of a day of 24 hours, one in three seconds.
pub const DAYS: BlockNumber = 28_800;

/// A thousandth of a DMEX.
pub const MILLI: Balance = DMEX / 1_000;

/// What a user leaves behind for state that he occupies: 0.02 DMEX an item and 0.0001 DMEX a byte.
pub const fn deposit(items: Balance, bytes: Balance) -> Balance {
	const ITEM: Balance = 20 * MILLI;
	const BYTE: Balance = MILLI / 10;
	items.saturating_mul(ITEM).saturating_add(bytes.saturating_mul(BYTE))
}
