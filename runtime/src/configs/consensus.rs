//! Who authors and finalises blocks, and what wrong does to them.

use super::{fees::deposit_or_burn, governance::TreasuryAccount};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{
		fungible::Credit, tokens::imbalance::ResolveTo, ConstBool, ConstU32, ConstU64, Get,
		KeyOwnerProofSystem, OnUnbalanced,
	},
};
use pallet_session::historical as session_historical;
use sp_consensus_aura::sr25519::AuthorityId as AuraId;
use sp_core::crypto::KeyTypeId;
use sp_runtime::traits::OpaqueKeys;

/// Most validators.
pub type MaxAuthorities = ConstU32<100>;

/// Gives to the author of the block, or burns where there is none.
pub struct ToAuthor;
impl OnUnbalanced<Credit<AccountId, Balances>> for ToAuthor {
	fn on_nonzero_unbalanced(credit: Credit<AccountId, Balances>) {
		if let Some(author) = Authorship::author() {
			deposit_or_burn(&author, credit);
		}
	}
}

impl pallet_aura::Config for Runtime {
	type AuthorityId = AuraId;
	type DisabledValidators = Session;
	type MaxAuthorities = MaxAuthorities;
	type AllowMultipleBlocksPerSlot = ConstBool<false>;
	type SlotDuration = ConstU64<SLOT_DURATION>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Aura>;
	type EventHandler = ();
}

parameter_types! {
	/// Deposit for stored session keys.
	pub const KeyDeposit: Balance = super::deposit(1, 128);
	/// Sessions begin with the first block.
	pub const SessionOffset: BlockNumber = 0;
	/// A GRANDPA set can be named by a proof as long as its sessions are kept.
	pub MaxSetIdSessionEntries: u64 = u64::from(pallet_periods::UnbondingSessions::<Runtime>::get());
	/// Blocks during which a report is of use.
	pub ReportLongevity: u64 = u64::from(pallet_periods::UnbondingSessions::<Runtime>::get())
		.saturating_mul(u64::from(pallet_periods::SessionBlocks::<Runtime>::get()));
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = pallet_validators::ValidatorOf<Runtime>;
	type ShouldEndSession =
		pallet_session::PeriodicSessions<pallet_periods::SessionBlocks<Runtime>, SessionOffset>;
	type NextSessionRotation =
		pallet_session::PeriodicSessions<pallet_periods::SessionBlocks<Runtime>, SessionOffset>;
	type SessionManager = session_historical::NoteHistoricalRoot<Self, Validators>;
	type SessionHandler = <SessionKeys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = KeyDeposit;
}

impl session_historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = pallet_validators::NoIdentification<Runtime>;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = session_historical::IdentificationTuple<Self>;
	type OnOffenceHandler = Validators;
}

/// Reports of wrong: the validators' part learns kind and slot, so that it charges the difference.
pub type Reports = pallet_validators::ReportWithSlot<Runtime, Offences>;

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = ConstU32<0>;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type KeyOwnerProof =
		<Historical as KeyOwnerProofSystem<(KeyTypeId, pallet_grandpa::AuthorityId)>>::Proof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, Reports, Historical, ReportLongevity>;
}

parameter_types! {
	/// Least bond of a validator.
	pub const MinBond: Balance = 10_000 * DMEX;
	/// Sessions in a row that a validator may be silent.
	pub const SilenceLimit: u32 = 3;
}

impl pallet_validators::Config for Runtime {
	type NativeBalance = Balances;
	type RuntimeHoldReason = RuntimeHoldReason;
	type AdmitOrigin = super::governance::RootOrCouncil;
	type Slashed = ResolveTo<TreasuryAccount, Balances>;
	type MinBond = MinBond;
	type UnbondingSessions = pallet_periods::UnbondingSessions<Runtime>;
	type SilenceLimit = SilenceLimit;
	type MaxValidators = MaxAuthorities;
	type MaxCandidates = ConstU32<200>;
	type WeightInfo = weights::pallet_validators::WeightInfo<Runtime>;
}
