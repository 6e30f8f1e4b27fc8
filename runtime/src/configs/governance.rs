//! Who decides what: holders by referendum and poll, an elected council, a technical committee.

use super::{deposit, DAYS};
use crate::*;
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, tokens::pay::PayFromAccount,
		tokens::UnityAssetBalanceConversion, ConstBool, ConstU32, EitherOfDiverse,
		EqualPrivilegeOnly, LinearStoragePrice,
	},
	weights::Weight,
	PalletId,
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess, EnsureSigned};
use pallet_collective::{EnsureMember, EnsureProportionAtLeast};
use sp_runtime::{
	traits::{AccountIdConversion, IdentityLookup},
	Perbill, Permill,
};

/// The elected council.
pub type CouncilCollective = pallet_collective::Instance1;
/// Those who can make a referendum quicker, or stop one.
pub type TechnicalCollective = pallet_collective::Instance2;
/// Root, or three fifths of the council.
pub type RootOrCouncil = EitherOfDiverse<
	EnsureRoot<AccountId>,
	EnsureProportionAtLeast<AccountId, CouncilCollective, 3, 5>,
>;
/// Root, or half of the council: for what only defends, and ends by itself.
pub type RootOrHalfCouncil = EitherOfDiverse<
	EnsureRoot<AccountId>,
	EnsureProportionAtLeast<AccountId, CouncilCollective, 1, 2>,
>;
/// Root, or two thirds of the technical committee.
pub type RootOrTechnical = EitherOfDiverse<
	EnsureRoot<AccountId>,
	EnsureProportionAtLeast<AccountId, TechnicalCollective, 2, 3>,
>;

parameter_types! {
	/// A collective's call may take half of a block.
	pub MaxProposalWeight: Weight =
		super::system::MAXIMUM_BLOCK_WEIGHT.saturating_div(2);
	/// Scheduled calls may take four fifths of a block.
	pub MaximumSchedulerWeight: Weight =
		super::system::MAXIMUM_BLOCK_WEIGHT.saturating_div(5).saturating_mul(4);
	/// Deposit of a preimage.
	pub const PreimageBaseDeposit: Balance = deposit(2, 64);
	/// And each byte of it.
	pub const PreimageByteDeposit: Balance = deposit(0, 1);
	/// Why it is held.
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = weights::pallet_preimage::WeightInfo<Runtime>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = HoldConsideration<
		AccountId,
		Balances,
		PreimageHoldReason,
		LinearStoragePrice<PreimageBaseDeposit, PreimageByteDeposit, Balance>,
	>;
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = MaximumSchedulerWeight;
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type OriginPrivilegeCmp = EqualPrivilegeOnly;
	type MaxScheduledPerBlock = ConstU32<50>;
	type WeightInfo = weights::pallet_scheduler::WeightInfo<Runtime>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

parameter_types! {
	/// Deposit of a public proposal.
	pub const MinimumDeposit: Balance = 100 * DMEX;
}

impl pallet_democracy::Config for Runtime {
	type WeightInfo = weights::pallet_democracy::WeightInfo<Runtime>;
	type RuntimeEvent = RuntimeEvent;
	type Scheduler = Scheduler;
	type Preimages = Preimage;
	type Currency = Balances;
	type EnactmentPeriod = pallet_periods::EnactmentPeriod<Runtime>;
	type LaunchPeriod = pallet_periods::LaunchPeriod<Runtime>;
	type VotingPeriod = pallet_periods::VotingPeriod<Runtime>;
	type VoteLockingPeriod = pallet_periods::VoteLockingPeriod<Runtime>;
	type MinimumDeposit = MinimumDeposit;
	type InstantAllowed = ConstBool<true>;
	type FastTrackVotingPeriod = pallet_periods::FastTrackVotingPeriod<Runtime>;
	type CooloffPeriod = pallet_periods::CooloffPeriod<Runtime>;
	// Ended votes count until they are removed.
	type MaxVotes = ConstU32<512>;
	type MaxProposals = ConstU32<100>;
	type MaxDeposits = ConstU32<100>;
	type MaxBlacklisted = ConstU32<100>;
	type ExternalOrigin = EnsureProportionAtLeast<AccountId, CouncilCollective, 1, 2>;
	type ExternalMajorityOrigin = EnsureProportionAtLeast<AccountId, CouncilCollective, 3, 4>;
	type ExternalDefaultOrigin = EnsureProportionAtLeast<AccountId, CouncilCollective, 1, 1>;
	type SubmitOrigin = EnsureSigned<AccountId>;
	type FastTrackOrigin = EnsureProportionAtLeast<AccountId, TechnicalCollective, 2, 3>;
	type InstantOrigin = EnsureProportionAtLeast<AccountId, TechnicalCollective, 1, 1>;
	type CancellationOrigin = EitherOfDiverse<
		EnsureRoot<AccountId>,
		EnsureProportionAtLeast<AccountId, CouncilCollective, 2, 3>,
	>;
	type BlacklistOrigin = EnsureRoot<AccountId>;
	type CancelProposalOrigin = EitherOfDiverse<
		EnsureRoot<AccountId>,
		EnsureProportionAtLeast<AccountId, TechnicalCollective, 1, 1>,
	>;
	type VetoOrigin = EnsureMember<AccountId, TechnicalCollective>;
	type PalletsOrigin = OriginCaller;
	type Slash = Treasury;
}

impl pallet_collective::Config<CouncilCollective> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = pallet_periods::MotionDuration<Runtime>;
	type MaxProposals = ConstU32<100>;
	type MaxMembers = ConstU32<50>;
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = weights::pallet_collective::WeightInfo<Runtime>;
	type SetMembersOrigin = EnsureRoot<AccountId>;
	type MaxProposalWeight = MaxProposalWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

impl pallet_collective::Config<TechnicalCollective> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = pallet_periods::MotionDuration<Runtime>;
	type MaxProposals = ConstU32<100>;
	type MaxMembers = ConstU32<20>;
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = weights::pallet_collective::WeightInfo<Runtime>;
	type SetMembersOrigin = EnsureRoot<AccountId>;
	type MaxProposalWeight = MaxProposalWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

impl pallet_membership::Config<pallet_membership::Instance1> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = RootOrCouncil;
	type RemoveOrigin = RootOrCouncil;
	type SwapOrigin = RootOrCouncil;
	type ResetOrigin = RootOrCouncil;
	type PrimeOrigin = RootOrCouncil;
	type MembershipInitialized = TechnicalCommittee;
	type MembershipChanged = TechnicalCommittee;
	type MaxMembers = ConstU32<20>;
	type WeightInfo = weights::pallet_membership::WeightInfo<Runtime>;
}

parameter_types! {
	/// Lock of a vote for the council.
	pub const ElectionsPalletId: [u8; 8] = *b"phrelect";
	/// Bond of a candidate.
	pub const CandidacyBond: Balance = 1_000 * DMEX;
	/// Bond of a voter: places are bounded, so taking them all must cost.
	pub const VotingBondBase: Balance = 10 * DMEX;
	/// And for each vote of his.
	pub const VotingBondFactor: Balance = deposit(0, 32);
}

impl pallet_elections_phragmen::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type PalletId = ElectionsPalletId;
	type Currency = Balances;
	type ChangeMembers = Council;
	type InitializeMembers = Council;
	type CurrencyToVote = sp_staking::currency_to_vote::U128CurrencyToVote;
	type CandidacyBond = CandidacyBond;
	type VotingBondBase = VotingBondBase;
	type VotingBondFactor = VotingBondFactor;
	type LoserCandidate = Treasury;
	type KickedMember = Treasury;
	type DesiredMembers = ConstU32<7>;
	type DesiredRunnersUp = ConstU32<7>;
	type TermDuration = pallet_periods::CouncilTerm<Runtime>;
	// An election runs in one block: bounded so that it fits, by its weight in some 50 ms.
	type MaxCandidates = ConstU32<32>;
	type MaxVoters = ConstU32<5_000>;
	type MaxVotesPerVoter = ConstU32<8>;
	type WeightInfo = weights::pallet_elections_phragmen::WeightInfo<Runtime>;
}

parameter_types! {
	/// Id of the treasury's account.
	pub const TreasuryPalletId: PalletId = PalletId(*b"py/trsry");
	/// The treasury's account.
	pub TreasuryAccount: AccountId = TreasuryPalletId::get().into_account_truncating();
	/// Nothing is burned.
	pub const Burn: Permill = Permill::zero();
	/// What a referendum may spend in one call.
	pub const MaxSpend: Balance = Balance::MAX;
	/// A payment may be claimed for thirty days.
	pub const PayoutPeriod: BlockNumber = 30 * DAYS;
}

impl pallet_treasury::Config for Runtime {
	type Currency = Balances;
	type RejectOrigin = RootOrCouncil;
	type RuntimeEvent = RuntimeEvent;
	type SpendPeriod = pallet_periods::SpendPeriod<Runtime>;
	type Burn = Burn;
	type PalletId = TreasuryPalletId;
	type BurnDestination = ();
	type WeightInfo = weights::pallet_treasury::WeightInfo<Runtime>;
	type SpendFunds = ();
	type MaxApprovals = ConstU32<100>;
	type SpendOrigin = EnsureRootWithSuccess<AccountId, MaxSpend>;
	type AssetKind = ();
	type Beneficiary = AccountId;
	type BeneficiaryLookup = IdentityLookup<AccountId>;
	type Paymaster = PayFromAccount<Balances, TreasuryAccount>;
	type BalanceConverter = UnityAssetBalanceConversion;
	type PayoutPeriod = PayoutPeriod;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::benchmarks::Spends;
	type BlockNumberProvider = System;
}

parameter_types! {
	/// Votes below 1 % of all DMEX decide nothing.
	pub const PollQuorum: Perbill = Perbill::from_percent(1);
	/// Least vote in a poll: frozen for as long as it is stored.
	pub const LeastVote: Balance = DMEX;
}

impl pallet_polls::Config for Runtime {
	type Currency = Balances;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type Calendar = Periods;
	type AuditDays = pallet_periods::AuditPollDays<Runtime>;
	type AppealDays = pallet_periods::AppealPollDays<Runtime>;
	type ClaimDays = pallet_periods::ClaimPollDays<Runtime>;
	type VetoDays = pallet_periods::VetoPollDays<Runtime>;
	type Quorum = PollQuorum;
	type LeastVote = LeastVote;
	type WeightInfo = weights::pallet_polls::WeightInfo<Runtime>;
}
