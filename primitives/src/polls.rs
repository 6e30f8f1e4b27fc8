//! Decisions of DMEX holders.

use crate::PollId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::DispatchError;

/// What is decided. Fixes how long a poll is open.
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
pub enum PollKind {
	/// May this lot be sold?
	Audit,
	/// Is the ruling wrong?
	Appeal,
	/// Is the claim to be paid?
	Claim,
	/// Shall the council's decision be stopped?
	Veto,
}

/// Where a poll stands. Pulled by who opened it; there is no callback.
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
pub enum PollResult {
	/// Votes are taken.
	Open,
	/// Quorum met and at least three fifths in favour.
	Passed,
	/// Quorum missed or too few in favour.
	Failed,
}

/// Parallel decisions, each about the hash of something.
pub trait Polls<AccountId> {
	/// Opens a poll on `subject`. Those in `excluded` cannot vote on it.
	///
	/// Errors: a poll on the same subject is open, or too many are excluded.
	fn open(kind: PollKind, subject: H256, excluded: &[AccountId])
		-> Result<PollId, DispatchError>;
	/// How a poll stands; `None` if there is none under this id.
	fn result(poll: PollId) -> Option<PollResult>;
}
