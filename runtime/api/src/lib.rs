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
//! | `title`, `titles` | one title, with what it brought and will bring; the titles of a series, a page at a time |
//! | `account`, `liens` | what an account has: titles, liens, coins, what they brought and will bring |
//! | `withdrawals` | an account's withdrawals to outside addresses |
//! | `holders_check` | promised, network, measured, due, delivered, short, awarded of a title, lot, farm or account, day by day |
//! | `order_book`, `orders` | the open orders of a series, the best first; all its orders, a page at a time |
//! | `quote`, `quote_offer`, `quote_stake`, `quote_withdrawal` | what a call would do now, or why it is refused |
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
	facts::DayFact, AccountId, AssetId, Balance, CoinId, Day, FarmId, LotId, PoolAccountId,
	SeriesId, TitleId, Units,
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
/// Most titles in an [`AccountReport`]; they may be of as many lots.
pub const MAX_ACCOUNT_TITLES: u32 = 100;
/// Series in which one call looks for an account's liens.
pub const MAX_SERIES: u32 = 1_000;
/// Ended withdrawals of all accounts among which one call looks for those of an account.
pub const MAX_ENDED: u32 = 256;
/// Most days of a [`HoldersCheck`].
pub const MAX_CHECK_DAYS: u32 = 64;
/// Most lots of a [`HoldersCheck`].
pub const MAX_CHECK_LOTS: u32 = 64;
/// Most (lot, day) pairs of a [`HoldersCheck`]: of many lots there are fewer days.
pub const MAX_CHECKED: u32 = 1_024;
/// Most titles of an account that a [`HoldersCheck`] looks at.
pub const MAX_CHECK_TITLES: u32 = 1_000;
/// Most orders of an [`OrdersPage`] and of each side of an [`OrderBook`].
pub const MAX_ORDERS: u32 = 100;

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
		/// What an account has, with its titles after `after`. Always answers: an account that nobody
		/// has used has nothing.
		fn account(who: AccountId, after: Option<TitleKey>) -> AccountReport;
		/// Liens of an account in the [`MAX_SERIES`] series from `from` on.
		fn liens(who: AccountId, from: SeriesId) -> LiensPage;
		/// Withdrawals of an account, newest first: the open ones, and those among the last
		/// [`MAX_ENDED`] that ended.
		fn withdrawals(who: AccountId) -> Vec<WithdrawalView>;
		/// The holder's check of the days `first_day..=last_day`, as far as [`MAX_CHECK_DAYS`] and
		/// [`MAX_CHECKED`] allow. `None` if there is no such title, lot or farm.
		fn holders_check(scope: CheckScope, first_day: Day, last_day: Day) -> Option<HoldersCheck>;
		/// The open orders of a series, the best first.
		fn order_book(series: SeriesId) -> OrderBook;
		/// Orders of a series by id from `from` on, at most `limit` and [`MAX_ORDERS`], among the next
		/// [`MAX_WALKED`] ids.
		fn orders(series: SeriesId, from: u32, limit: u32) -> OrdersPage;
		/// What taking `units` of a sale, a listing, a Dutch auction or a lease would do now, or the
		/// least next bid of an auction.
		fn quote(series: SeriesId, order: u32, units: Units) -> Quoted<TradeQuote>;
		/// What selling `units` of a title to an offer would do now.
		fn quote_offer(
			series: SeriesId,
			order: u32,
			title: TitleId,
			units: Units,
		) -> Quoted<TradeQuote>;
		/// What staking a title would come to, for its owner and now.
		fn quote_stake(series: SeriesId, title: TitleId) -> Quoted<StakeQuote>;
		/// What withdrawing `amount` with the fee would cost; `None` if the asset does not go out.
		fn quote_withdrawal(
			asset: AssetId,
			who: AccountId,
			amount: Balance,
		) -> Option<WithdrawalQuote>;
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
