//! Who authors, and whether they did what is asked of them beside authoring.

use alloc::vec::Vec;

/// The validators of the running session.
pub trait ValidatorSet<AccountId> {
	/// Index of the running session.
	fn session() -> u32;
	/// The validators of the running session, in the order of their authority index.
	fn validators() -> Vec<AccountId>;
	/// Whether `who` is a validator of the running session.
	fn is_validator(who: &AccountId) -> bool;
}

/// Told by the part that counts votes who of a session stayed silent.
pub trait Attendance<AccountId> {
	/// `silent`: validators of the ending session that missed more than half of the facts that
	/// closed in it without them. Called once a session, before the next set is planned.
	///
	/// Not called for a session in which no fact closed: nobody can be told apart there, and the
	/// counts stay as they are.
	fn session_ended(silent: &[AccountId]);
}

impl<AccountId> Attendance<AccountId> for () {
	fn session_ended(_silent: &[AccountId]) {}
}
