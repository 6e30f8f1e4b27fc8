//! The decision of DMEX holders about a lot. It can only refuse: approval lifts no other limit.

use crate::{types::LotTerms, AllLots, Config, Error, HoldReason, Pallet};
use codec::Encode;
use dmex_primitives::{
	lots::LotStatus,
	polls::{PollResult, Polls},
	Balance, LotId,
};
use frame_support::ensure;
use sp_core::H256;
use sp_runtime::{traits::Zero, DispatchError};

/// Keeps the subject of an audit apart from every other hash that is voted on.
pub const AUDIT_DOMAIN: &[u8] = b"dmex/audit";

/// What an audit is about: these terms, of this lot, of this provider, on this chain.
pub fn subject_of<T: Config>(lot: LotId, provider: &T::AccountId, terms: &LotTerms) -> H256 {
	let genesis = frame_system::Pallet::<T>::block_hash(
		frame_system::pallet_prelude::BlockNumberFor::<T>::zero(),
	);
	(AUDIT_DOMAIN, genesis, lot, provider, terms).using_encoded(sp_io::hashing::blake2_256).into()
}

impl<T: Config> Pallet<T> {
	/// Draws the result of the audit: whether the lot is approved, and what was forfeited.
	pub(crate) fn do_conclude_audit(id: LotId) -> Result<(bool, Balance), DispatchError> {
		let mut lot = AllLots::<T>::get(id).ok_or(Error::<T>::UnknownLot)?;
		ensure!(lot.status == LotStatus::Submitted, Error::<T>::AuditConcludedAlready);
		let deposit = core::mem::replace(&mut lot.audit_deposit, Balance::zero());
		match T::Polls::result(lot.poll).ok_or(Error::<T>::UnknownPoll)? {
			PollResult::Open => Err(Error::<T>::AuditOpen.into()),
			PollResult::Passed => {
				Self::release(&lot.provider, HoldReason::Audit, deposit)?;
				lot.status = LotStatus::Approved;
				AllLots::<T>::insert(id, lot);
				Ok((true, Balance::zero()))
			},
			PollResult::Failed => {
				let forfeited = Self::forfeit(&lot.provider, HoldReason::Audit, deposit);
				Self::close(id, lot, LotStatus::Rejected)?;
				Ok((false, forfeited))
			},
		}
	}
}
