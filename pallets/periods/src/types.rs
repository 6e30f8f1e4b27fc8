//! Every length in one table, and the rules by which one may change.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::PalletError;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Blocks of an hour at one block in three seconds.
const HOUR: u32 = 1_200;
/// Blocks of a day of 24 hours.
const DAY: u32 = 24 * HOUR;
/// Blocks of a week.
const WEEK: u32 = 7 * DAY;
/// Blocks of a year of 365 days.
const YEAR: u32 = 365 * DAY;
/// Sessions of a day in production, where a session is an hour.
const DAY_OF_SESSIONS: u32 = 24;

/// Sane values for the blocks of an oracle round. Genesis only.
pub const ROUND_BLOCKS_BOUNDS: (u32, u32) = (2, DAY);

/// How far a length may come down, counted from what the chain began with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Floor {
	/// Not at all: it protects people who relied on it when they joined.
	Genesis,
	/// To a quarter.
	Quarter,
}

/// Why a length may not take a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
	/// Below the hard bound, or below the floor that genesis set.
	BelowBound(Length),
	/// Above the hard bound.
	AboveBound(Length),
	/// More than twice, or less than half, of the present value.
	StepTooFar(Length),
	/// The first would no longer fit into the second.
	OutOfOrder(Length, Length),
}

// One row for each length, so that its unit, hard bounds, floor and values stand together:
// `field Variant: [least, most] floor; development, production;`
macro_rules! lengths {
	($(
		$(#[$doc:meta])*
		$field:ident $name:ident: [$least:expr, $most:expr] $floor:ident; $dev:expr, $prod:expr;
	)*) => {
		/// The lengths that differ between networks and can be changed. See [`Length`] for the
		/// rules of change.
		#[derive(
			Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo,
			MaxEncodedLen, Serialize, Deserialize,
		)]
		#[serde(rename_all = "camelCase", deny_unknown_fields)]
		pub struct Lengths {
			$( $(#[$doc])* pub $field: u32, )*
		}

		/// Names a length.
		#[derive(
			Clone, Copy, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo,
			MaxEncodedLen, PalletError,
		)]
		pub enum Length {
			$( $(#[$doc])* $name, )*
		}

		impl Length {
			/// All of them.
			pub const ALL: &'static [Length] = &[ $( Length::$name, )* ];

			/// Least and most in any network, at genesis and later.
			pub const fn hard_bounds(self) -> (u32, u32) {
				match self { $( Length::$name => ($least, $most), )* }
			}

			/// How far it may come down from genesis.
			pub const fn floor(self) -> Floor {
				match self { $( Length::$name => Floor::$floor, )* }
			}
		}

		impl Lengths {
			/// One length.
			pub const fn get(&self, length: Length) -> u32 {
				match length { $( Length::$name => self.$field, )* }
			}

			/// The same with one length replaced. No rule is checked.
			pub const fn with(mut self, length: Length, value: u32) -> Self {
				match length { $( Length::$name => self.$field = value, )* }
				self
			}

			/// A chain that shows a poll and a referendum from start to end within two minutes.
			pub const fn development() -> Self {
				Self { $( $field: $dev, )* }
			}

			/// A chain with people's money on it.
			pub const fn production() -> Self {
				Self { $( $field: $prod, )* }
			}
		}
	};
}

lengths! {
	/// Blocks of a session.
	session_blocks SessionBlocks: [20, DAY] Quarter; 20, HOUR;
	/// Blocks between two tablings of a referendum.
	launch_period LaunchPeriod: [5, 30 * DAY] Quarter; 10, WEEK;
	/// Blocks that a referendum takes votes.
	voting_period VotingPeriod: [10, 30 * DAY] Quarter; 20, WEEK;
	/// Least blocks that a fast-tracked referendum takes votes.
	fast_track_voting_period FastTrackVotingPeriod: [2, WEEK] Quarter; 5, 3 * HOUR;
	/// Blocks from approval to enactment: the time to leave before a new law holds.
	enactment_period EnactmentPeriod: [2, 30 * DAY] Genesis; 5, WEEK;
	/// Blocks that a vote with conviction stays locked, times the conviction.
	vote_locking_period VoteLockingPeriod: [2, 90 * DAY] Quarter; 5, WEEK;
	/// Blocks before a vetoed proposal may be put again.
	cooloff_period CooloffPeriod: [2, 30 * DAY] Quarter; 10, WEEK;
	/// Blocks that an elected council sits.
	council_term CouncilTerm: [20, YEAR] Quarter; 100, WEEK;
	/// Blocks that a motion of a collective is open.
	motion_duration MotionDuration: [10, 30 * DAY] Quarter; 40, WEEK;
	/// Blocks between two payments of the treasury.
	spend_period SpendPeriod: [10, 90 * DAY] Quarter; 20, WEEK;
	/// Sessions that a validator's bond stays within reach after leaving.
	unbonding_sessions UnbondingSessions: [2, YEAR] Genesis; 4, 28 * DAY_OF_SESSIONS;
	/// Sessions in which an offence can still be proven.
	proof_window_sessions ProofWindowSessions: [1, YEAR] Genesis; 3, 7 * DAY_OF_SESSIONS;
	/// Days that the audit poll of a lot is open.
	audit_poll_days AuditPollDays: [1, 60] Quarter; 1, 7;
	/// Days that holders have to stop a decision of the council.
	veto_poll_days VetoPollDays: [1, 60] Quarter; 1, 3;
	/// Days that an appeal against a ruling is open.
	appeal_poll_days AppealPollDays: [1, 60] Quarter; 2, 7;
	/// Days that a poll on a claim is open.
	claim_poll_days ClaimPollDays: [1, 60] Quarter; 1, 7;
	/// Days over which a farm's power is averaged before it may be sold (W).
	measuring_window_days MeasuringWindowDays: [1, 30] Quarter; 2, 14;
	/// Days to put right what is late before the chain acts on it.
	grace_days GraceDays: [1, 60] Quarter; 2, 7;
}

/// `(shorter, longer, gap)`: the second is at least `gap` more than the first.
const ORDER: [(Length, Length, u32); 3] = [
	// A bond must not be gone while its owner's offence can still be proven.
	(Length::ProofWindowSessions, Length::UnbondingSessions, 1),
	(Length::FastTrackVotingPeriod, Length::VotingPeriod, 0),
	// Who won a vote lives under its outcome.
	(Length::EnactmentPeriod, Length::VoteLockingPeriod, 0),
];

impl Default for Lengths {
	fn default() -> Self {
		Self::production()
	}
}

impl Lengths {
	/// Four validators on one machine: as development.
	pub const fn local() -> Self {
		Self::development()
	}

	/// Least and most that `length` may ever be on a chain that began with `self`.
	pub fn bounds(&self, length: Length) -> (u32, u32) {
		let (least, most) = length.hard_bounds();
		let floor = match length.floor() {
			Floor::Genesis => self.get(length),
			Floor::Quarter => self.get(length).div_ceil(4),
		};
		(least.max(floor), most)
	}

	/// Least and most that one change may make of `length`, on a chain that began with `genesis`.
	pub fn reach(&self, genesis: &Lengths, length: Length) -> (u32, u32) {
		let (least, most) = genesis.bounds(length);
		let now = self.get(length);
		(least.max(now.div_ceil(2)), most.min(now.saturating_mul(2)))
	}

	/// Checks hard bounds and order, for genesis and for the invariants.
	pub fn check(&self) -> Result<(), Refusal> {
		for length in Length::ALL {
			within(*length, self.get(*length), length.hard_bounds())?;
		}
		self.check_order()
	}

	/// The lengths after setting `length` to `value`, on a chain that began with `genesis`.
	pub fn changed(
		&self,
		genesis: &Lengths,
		length: Length,
		value: u32,
	) -> Result<Lengths, Refusal> {
		within(length, value, genesis.bounds(length))?;
		let now = self.get(length);
		if value < now.div_ceil(2) || value > now.saturating_mul(2) {
			return Err(Refusal::StepTooFar(length));
		}
		let next = self.with(length, value);
		next.check_order()?;
		Ok(next)
	}

	fn check_order(&self) -> Result<(), Refusal> {
		for (shorter, longer, gap) in ORDER {
			if self.get(shorter).saturating_add(gap) > self.get(longer) {
				return Err(Refusal::OutOfOrder(shorter, longer));
			}
		}
		Ok(())
	}
}

fn within(length: Length, value: u32, (least, most): (u32, u32)) -> Result<(), Refusal> {
	if value < least {
		return Err(Refusal::BelowBound(length));
	}
	if value > most {
		return Err(Refusal::AboveBound(length));
	}
	Ok(())
}
