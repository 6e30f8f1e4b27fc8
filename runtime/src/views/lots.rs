//! A lot: its terms, what it may issue and why not more, its audit, its days and its holders.

use super::{accounts, titles, words};
use crate::*;
use alloc::vec::Vec;
use dmex_primitives::{Day, LotId, PollId, PoolAccountId};
use dmex_runtime_api::{DayView, IssueLimit, LotTerms, LotView, PollView, MAX_WALKED};
use pallet_hashpower::types::{self, Lot, Measured, Payout, SaleModel, Vesting};

/// A lot, open or closed.
pub fn lot(id: LotId) -> Option<LotView> {
	view_of(id, Hashpower::lot(id)?, &mut { MAX_WALKED })
}

/// A lot; its titles are walked over as far as `walk` allows, and taken from it.
pub(super) fn view_of(id: LotId, lot: Lot<AccountId>, walk: &mut u32) -> Option<LotView> {
	let (symbol, unit) = words(lot.terms.coin);
	let limit = Hashpower::issue_limit(id)?;
	Some(LotView {
		id,
		farm: lot.terms.farm,
		provider: lot.provider,
		status: lot.status,
		coin: lot.terms.coin,
		symbol,
		unit,
		account: accounts::account(lot.account)?,
		issued: lot.issued.into(),
		measured: days_of(lot.account, &limit.measured),
		issue_limit: limit_of(limit),
		audit: audit_of(lot.poll),
		holders: titles::holders(id, walk),
		terms: terms_of(lot.terms, lot.subject),
	})
}

fn terms_of(terms: types::LotTerms, terms_hash: Hash) -> LotTerms {
	let payout = match terms.payout {
		Payout::Fpps => "Fpps",
		Payout::Pplns => "Pplns",
		Payout::Solo => "Solo",
	};
	let deposit_sale_share_ppm = match terms.sale {
		SaleModel::Outright => None,
		SaleModel::Deposit { holder_share } => Some(holder_share.deconstruct()),
	};
	LotTerms {
		model: terms.model.into_inner(),
		machines: terms.machines,
		nanowatts_per_unit: terms.nanowatts_per_unit,
		millicents_per_kwh: terms.millicents_per_kwh,
		power: terms.power.into(),
		first_day: terms.first_day,
		last_day: terms.last_day,
		fee_ppm: terms.fee.deconstruct(),
		payout: payout.into(),
		deposit_sale_share_ppm,
		shutdown_clause: terms.shutdown_clause,
		gross: terms.vesting.map(|vesting| vesting == Vesting::Gross),
		evidence: terms.evidence,
		terms_hash,
	}
}

fn limit_of(limit: types::IssueLimit) -> IssueLimit {
	IssueLimit {
		audited: limit.audited.into(),
		measured: limit.measured.limit.map(Into::into),
		days_measured: limit.measured.days,
		days_needed: limit.measured.needed,
		room_on_source: limit.room_on_source.map(Into::into),
		may_issue: limit.may_issue,
		available: limit.available.into(),
	}
}

/// The days that the limit was made of, newest first; those without a fact are left out.
fn days_of(account: PoolAccountId, measured: &Measured) -> Vec<DayView> {
	let end: Day = measured.newest.saturating_add(1);
	let days = (measured.first..end).rev();
	days.filter_map(|day| accounts::day_of(account, day)).map(DayView::from).collect()
}

fn audit_of(id: PollId) -> Option<PollView> {
	let tally = Polls::tally(id)?;
	Some(PollView {
		id,
		result: Polls::result(id)?,
		ayes: tally.ayes.into(),
		nays: tally.nays.into(),
		ends_at: Polls::poll(id).map(|poll| poll.ends_at),
	})
}
