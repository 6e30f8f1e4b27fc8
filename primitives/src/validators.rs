//! Whether those who author did what is asked of them besides.

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
