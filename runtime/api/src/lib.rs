//! `DmexApi`: what anyone may ask of the chain, composed from its parts, in one call each.
//!
//! The runtime implements it, the node wraps it in JSON-RPC (`dmex_farm`, `dmex_lot`, …), and
//! polkadot.js shows it under *Developer → Runtime calls*. All calls read; none of them pays a fee,
//! and none may be used from inside the runtime: they walk maps.
//!
//! | call | answers |
//! |---|---|
//! | `farm` | a farm: who, where, what it claims, what was measured and paid, its lots |
//! | `lot` | a lot: terms, status, what is issued and to whom, what may be issued, the audit, the days |
//! | `title`, `titles` | one title; the titles of a series, a page at a time |
//! | `facts` | network, price and yield of a coin, each fresh or with the reason why not |
//! | `account_days` | what a pool said of an account, day by day |
//! | `sources` | the services that validators read |
//! | `sealed_tokens` | sealed boxes that providers posted for the holder of a token key |
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

#[cfg(feature = "std")]
mod json;
mod views;

pub use views::*;

use alloc::vec::Vec;
use dmex_primitives::{
	facts::DayFact, CoinId, Day, FarmId, LotId, PoolAccountId, SeriesId, TitleId,
};

/// Most days that one call of `account_days` answers; the rest of the range is left off.
pub const MAX_DAYS: u32 = 400;
/// Most titles that one call of `titles` answers, whatever it was asked for.
pub const MAX_TITLES: u32 = 200;
/// Most lots in a [`FarmView`], the newest of those that are open.
pub const MAX_LOTS: u32 = 100;
/// Most holders in a [`LotView`], the largest. `titles` pages through all.
pub const MAX_HOLDERS: u32 = 100;
/// Most titles that are looked at for the holders of one call, of all its lots together. Where a
/// lot's holders have fewer units than it issued, there are more.
pub const MAX_WALKED: u32 = 10_000;

sp_api::decl_runtime_apis! {
	/// Reads of DMEX, composed from its parts.
	pub trait DmexApi {
		/// A farm with its open lots.
		fn farm(id: FarmId) -> Option<FarmView>;
		/// A lot: terms, status, what is sold, what may be sold and why not more.
		fn lot(id: LotId) -> Option<LotView>;
		/// A living title. An id that was split, merged or burned answers nothing.
		fn title(series: SeriesId, id: TitleId) -> Option<TitleView>;
		/// Titles of a series in order of id, after `after`, at most `limit` and [`MAX_TITLES`].
		fn titles(series: SeriesId, after: Option<TitleId>, limit: u32) -> Vec<TitleView>;
		/// Facts of a coin; `None` if it is not registered.
		fn facts(coin: CoinId) -> Option<FactsView>;
		/// Agreed days of a pool account in `from..=to`, oldest first, at most [`MAX_DAYS`]. Days
		/// without a fact are left out.
		fn account_days(account: PoolAccountId, from: Day, to: Day) -> Vec<(Day, DayFact)>;
		/// Every registered source.
		fn sources() -> Vec<SourceView>;
		/// The boxes sealed to `token_key`, the X25519 key that a validator of this session or the
		/// next published, for accounts that are read. Asked by the node that holds the secret;
		/// nobody else can open them.
		fn sealed_tokens(token_key: [u8; 32]) -> SealedTokens;
	}
}
