//! Lots: whose they are, what was audited, where they stand, what was issued.

use super::Differences;
use crate::*;
use dmex_primitives::{lots::LotStatus, LotId, PollId, PoolAccountId, Power};
use pallet_hashpower::{types::LotTerms, Event};
use sp_core::H256;
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Debug)]
struct Lot {
	provider: AccountId,
	account: PoolAccountId,
	poll: PollId,
	subject: H256,
	terms: LotTerms,
	status: LotStatus,
	issued: Power,
	limit_at_issue: Power,
}

#[derive(Clone, Default)]
pub struct Lots(BTreeMap<LotId, Lot>);

impl Lots {
	pub fn read() -> Self {
		let all = pallet_hashpower::AllLots::<Runtime>::iter().map(|(id, lot)| {
			let pallet_hashpower::types::Lot {
				provider,
				account,
				poll,
				subject,
				terms,
				status,
				issued,
				limit_at_issue,
				..
			} = lot;
			let lot =
				Lot { provider, account, poll, subject, terms, status, issued, limit_at_issue };
			(id, lot)
		});
		Self(all.collect())
	}

	pub fn provider(&self, lot: LotId) -> Option<&AccountId> {
		self.0.get(&lot).map(|lot| &lot.provider)
	}

	pub fn take(&mut self, event: &RuntimeEvent) {
		let RuntimeEvent::Hashpower(event) = event else { return };
		match event.clone() {
			Event::LotSubmitted { lot, provider, account, poll, subject, terms } => {
				let (status, issued, limit_at_issue) = (LotStatus::Submitted, 0, 0);
				let new =
					Lot { provider, account, poll, subject, terms, status, issued, limit_at_issue };
				self.0.insert(lot, new);
			},
			Event::AuditConcluded { lot, approved, .. } => {
				let status = if approved { LotStatus::Approved } else { LotStatus::Rejected };
				self.set(lot, status);
			},
			Event::LotActivated { lot } => self.set(lot, LotStatus::Active),
			Event::LotChanged { lot, status } => self.set(lot, status),
			Event::PowerIssued { lot, units, limit, .. } => {
				let Some(lot) = self.0.get_mut(&lot) else { return };
				lot.issued += units;
				lot.limit_at_issue = limit;
			},
			_ => {},
		}
	}

	fn set(&mut self, lot: LotId, status: LotStatus) {
		if let Some(lot) = self.0.get_mut(&lot) {
			lot.status = status;
		}
	}

	pub fn compare(&self, kept: &Self, found: &mut Differences) {
		found.each("lot", &self.0, &kept.0);
	}
}
