//! What the view functions answer.

use super::{Bond, CouncilTerms, Flows, Outcome, Withdrawal};
use alloc::vec::Vec;
use codec::{Decode, Encode, MaxEncodedLen};
use dmex_primitives::{Balance, Day, Moment};
use scale_info::TypeInfo;

/// A withdrawal, open or ended.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct WithdrawalView<AccountId> {
	/// As it was asked for.
	pub withdrawal: Withdrawal<AccountId>,
	/// How it ended, if it has.
	pub outcome: Option<Outcome>,
}

/// What is outstanding of an asset, and what limits it.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct SupplyView {
	/// What went in and out.
	pub flows: Flows,
	/// Issued or owed, and not burned.
	pub outstanding: Balance,
	/// Most that may be.
	pub cap: Balance,
	/// Most that the bonds and the unbonded part allow; nothing without a fresh price.
	pub backed: Option<Balance>,
	/// Bonds of the seated custodians, units of the stablecoin.
	pub bonds: Balance,
}

/// What a withdrawal would cost and when it could be accepted.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct WithdrawalQuote {
	/// Put on hold.
	pub amount: Balance,
	/// Of this, the fee.
	pub fee: Balance,
	/// DMEX put on hold while it is open.
	pub deposit: Balance,
	/// Paid to the address.
	pub net: Balance,
	/// Most that the account could withdraw now: a least balance must stay.
	pub most: Balance,
	/// Earliest moment at which the rate lets it be accepted if nothing else is; nothing if never.
	pub earliest: Option<Moment>,
	/// First day on which it would refund itself.
	pub deadline: Day,
	/// Whether it would be taken now.
	pub possible: bool,
}

/// A custodian, as anyone may see.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CustodianView<AccountId> {
	/// Who.
	pub who: AccountId,
	/// Bond.
	pub bond: Bond,
	/// Whether the bond is enough to vote.
	pub may_vote: bool,
	/// Votes on statements that are not agreed.
	pub open_votes: u32,
}

/// The custodians, as anyone may see.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo)]
pub struct CouncilView<AccountId> {
	/// What binds them.
	pub terms: CouncilTerms,
	/// Who they are.
	pub members: Vec<CustodianView<AccountId>>,
}
