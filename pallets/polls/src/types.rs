//! Tallies, votes and polls, without storage.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use dmex_primitives::{polls::PollKind, Balance, Moment, PollId};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_core::{H256, U256};

/// Most accounts that an opener may exclude from a poll.
pub const MAX_EXCLUDED: u32 = 16;
/// Most running polls in which an account may have a vote. Bounds what a vote costs.
pub const MAX_VOTES: u32 = 64;

/// Accounts that cannot vote in a poll.
pub type Excluded<AccountId> = BoundedVec<AccountId, ConstU32<MAX_EXCLUDED>>;
/// Votes of one account.
pub type Votes = BoundedVec<Vote, ConstU32<MAX_VOTES>>;

/// DMEX for and against.
#[derive(
	Clone,
	Copy,
	Default,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Tally {
	/// In favour.
	pub ayes: Balance,
	/// Against.
	pub nays: Balance,
}

impl Tally {
	/// With `amount` more on one side; `None` if the sum of both sides overflows.
	pub fn with(self, aye: bool, amount: Balance) -> Option<Self> {
		let mut next = self;
		let side = if aye { &mut next.ayes } else { &mut next.nays };
		*side = side.checked_add(amount)?;
		next.ayes.checked_add(next.nays)?;
		Some(next)
	}

	/// With `amount` less on one side; `None` if there is less.
	pub fn without(self, aye: bool, amount: Balance) -> Option<Self> {
		let mut next = self;
		let side = if aye { &mut next.ayes } else { &mut next.nays };
		*side = side.checked_sub(amount)?;
		Some(next)
	}

	/// Whether `quorum` came together and at least three fifths of it are in favour.
	pub fn passes(&self, quorum: Balance) -> bool {
		// In 256 bits neither the sum nor the products can overflow, so the answer is exact.
		let ayes = U256::from(self.ayes);
		let all = ayes.saturating_add(U256::from(self.nays));
		let three_fifths = ayes.saturating_mul(U256::from(5)) >= all.saturating_mul(U256::from(3));
		all >= U256::from(quorum) && three_fifths
	}
}

/// One account's vote in one poll.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Vote {
	/// The poll.
	pub poll: PollId,
	/// In favour?
	pub aye: bool,
	/// DMEX behind it.
	pub amount: Balance,
	/// When the poll ends. A copy, so that a release reads no poll.
	pub ends_at: Moment,
}

/// A poll that is not closed yet.
#[derive(Clone, PartialEq, Eq, Debug, Encode, Decode, TypeInfo, MaxEncodedLen)]
pub struct Poll<AccountId> {
	/// What kind of decision.
	pub kind: PollKind,
	/// Hash of what is decided.
	pub subject: H256,
	/// Chain time when it was opened.
	pub opened_at: Moment,
	/// Chain time from which no vote is taken. Fixed when it was opened.
	pub ends_at: Moment,
	/// DMEX that must vote; a share of the issuance when it was opened.
	pub quorum: Balance,
	/// Votes so far.
	pub tally: Tally,
	/// Who cannot vote.
	pub excluded: Excluded<AccountId>,
}

/// How a closed poll ended. Kept for ever.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Outcome {
	/// Quorum met and at least three fifths in favour.
	pub passed: bool,
	/// Votes at the end.
	pub tally: Tally,
}
