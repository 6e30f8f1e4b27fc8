//! A [`Get`] for each length, to name in other pallets' `Config`. One storage read each.

use crate::{Config, CurrentLengths, Pallet};
use core::marker::PhantomData;
use dmex_primitives::{calendar::Calendar, Moment};
use frame_support::traits::Get;

macro_rules! getters {
	($( $(#[$doc:meta])* $name:ident $field:ident; )*) => {
		$(
			$(#[$doc])*
			pub struct $name<T>(PhantomData<T>);

			impl<T: Config> Get<u32> for $name<T> {
				fn get() -> u32 {
					CurrentLengths::<T>::get().$field
				}
			}
		)*
	};
}

getters! {
	/// Blocks of a session.
	SessionBlocks session_blocks;
	/// Blocks between two tablings of a referendum.
	LaunchPeriod launch_period;
	/// Blocks that a referendum takes votes.
	VotingPeriod voting_period;
	/// Least blocks that a fast-tracked referendum takes votes.
	FastTrackVotingPeriod fast_track_voting_period;
	/// Blocks from approval to enactment.
	EnactmentPeriod enactment_period;
	/// Blocks that a vote with conviction stays locked, times the conviction.
	VoteLockingPeriod vote_locking_period;
	/// Blocks before a vetoed proposal may be put again.
	CooloffPeriod cooloff_period;
	/// Blocks that an elected council sits.
	CouncilTerm council_term;
	/// Blocks that a motion of a collective is open.
	MotionDuration motion_duration;
	/// Blocks between two payments of the treasury.
	SpendPeriod spend_period;
	/// Sessions that a validator's bond stays within reach after leaving.
	UnbondingSessions unbonding_sessions;
	/// Sessions in which an offence can still be proven.
	ProofWindowSessions proof_window_sessions;
	/// Days that the audit poll of a lot is open.
	AuditPollDays audit_poll_days;
	/// Days that holders have to stop a decision of the council.
	VetoPollDays veto_poll_days;
	/// Days that an appeal against a ruling is open.
	AppealPollDays appeal_poll_days;
	/// Days that a poll on a claim is open.
	ClaimPollDays claim_poll_days;
	/// Days over which a farm's power is averaged before it may be sold.
	MeasuringWindowDays measuring_window_days;
	/// Days to put right what is late before the chain acts on it.
	GraceDays grace_days;
}

/// Blocks of an oracle round. Never changes.
pub struct RoundBlocks<T>(PhantomData<T>);

impl<T: Config> Get<u32> for RoundBlocks<T> {
	fn get() -> u32 {
		crate::BlocksPerRound::<T>::get()
	}
}

/// Milliseconds of a day. Never changes.
pub struct DayMillis<T>(PhantomData<T>);

impl<T: Config> Get<Moment> for DayMillis<T> {
	fn get() -> Moment {
		<Pallet<T> as Calendar>::day_length()
	}
}

/// Whether stand-ins for parts that are not there may answer. Never changes.
pub struct StandIns<T>(PhantomData<T>);

impl<T: Config> Get<bool> for StandIns<T> {
	fn get() -> bool {
		crate::StandInsAllowed::<T>::get()
	}
}
