//! Pool accounts: where they are, what is agreed of them, and their sealed tokens.

use super::facts::source_name;
use crate::{configs::facts::KeepDays, *};
use alloc::vec::Vec;
use dmex_primitives::{
	facts::{DayFact, Facts},
	Day, PoolAccountId,
};
use dmex_runtime_api::{AccountView, LiveView, SealedTokens, MAX_DAYS};

/// A pool account.
pub(super) fn account(id: PoolAccountId) -> Option<AccountView> {
	let known = PoolOracle::account(id)?;
	Some(AccountView {
		id,
		source: known.source,
		source_name: source_name(known.source),
		name: known.name.into_inner(),
		coin: known.coin,
		lot: Hashpower::lot_of_account(id),
		newest: newest_day(id).map(Into::into),
		live: PoolOracle::live_reading(id)
			.map(|live| LiveView { round: live.round, power: live.power.into() }),
	})
}

/// The newest agreed day. Looks at no more days than are kept.
fn newest_day(account: PoolAccountId) -> Option<(Day, DayFact)> {
	let today = Periods::today();
	let oldest = today.saturating_sub(KeepDays::get());
	(oldest..today).rev().find_map(|day| day_of(account, day))
}

/// What is agreed of a day.
pub(super) fn day_of(account: PoolAccountId, day: Day) -> Option<(Day, DayFact)> {
	let fact = <PoolOracle as Facts>::closed_day(account, day).ok()?;
	Some((day, fact))
}

/// Agreed days of an account in `from..=to`, oldest first.
pub fn account_days(account: PoolAccountId, from: Day, to: Day) -> Vec<(Day, DayFact)> {
	// Before the first day that is kept, and from today on, there is nothing to walk over.
	let Some(kept_from) = pallet_pool_oracle::Swept::<Runtime>::get().facts else {
		return Vec::new();
	};
	let end = to.saturating_add(1).min(Periods::today());
	let most = usize::try_from(MAX_DAYS).unwrap_or_default();
	(from.max(kept_from)..end).filter_map(|day| day_of(account, day)).take(most).collect()
}

/// Boxes sealed to a key of a validator of this session or the next, for the accounts that are
/// read. Others who publish the same key are not asked, so that nobody can make this slow.
pub fn sealed_tokens(token_key: [u8; 32]) -> SealedTokens {
	let session = pallet_pool_oracle::CurrentSession::<Runtime>::get();
	let sets = [session, session.saturating_add(1)];
	let mut holders: Vec<AccountId> = sets
		.into_iter()
		.flat_map(pallet_pool_oracle::Sessions::<Runtime>::get)
		.map(|(validator, _)| validator)
		.collect();
	holders.sort();
	holders.dedup();
	holders.retain(|validator| {
		let published = pallet_pool_oracle::TokenKeys::<Runtime>::get(validator);
		published.is_some_and(|published| published.key == token_key)
	});
	if holders.is_empty() {
		return Vec::new();
	}
	let token = |account, holder| pallet_pool_oracle::Tokens::<Runtime>::get(account, holder);
	pallet_pool_oracle::Followed::<Runtime>::iter_keys()
		.flat_map(|account| holders.iter().map(move |holder| (account, holder)))
		.filter_map(|(account, holder)| {
			Some((account, token(account, holder)?.sealed.into_inner()))
		})
		.collect()
}
