#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod deciding;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod types;
mod voting;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

use dmex_primitives::{
	calendar::Calendar,
	polls::{PollKind, PollResult},
	Balance, Moment, PollId,
};
use sp_core::H256;

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::{
		pallet_prelude::*,
		traits::fungible::{Mutate, MutateFreeze},
	};
	use frame_system::pallet_prelude::*;
	use sp_runtime::Perbill;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// What the runtime decides.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// DMEX.
		type Currency: Mutate<Self::AccountId, Balance = Balance>
			+ MutateFreeze<Self::AccountId, Id = Self::RuntimeFreezeReason>;
		/// The runtime's freeze reasons.
		type RuntimeFreezeReason: From<FreezeReason>;
		/// Chain time.
		type Calendar: Calendar;
		/// Days that an audit is open.
		type AuditDays: Get<u32>;
		/// Days that an appeal is open.
		type AppealDays: Get<u32>;
		/// Days that a claim is open.
		type ClaimDays: Get<u32>;
		/// Days that a veto is open.
		type VetoDays: Get<u32>;
		/// Share of the issuance that must vote.
		type Quorum: Get<Perbill>;
		/// Least DMEX of a vote, more than zero. It stands for the storage that the vote takes:
		/// it stays frozen for as long as the vote is stored.
		type LeastVote: Get<Balance>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Why DMEX is frozen.
	#[pallet::composite_enum]
	pub enum FreezeReason {
		/// It stands behind votes in polls.
		PollVote,
	}

	/// Id of the next poll.
	#[pallet::storage]
	pub type NextPoll<T> = StorageValue<_, PollId, ValueQuery>;

	/// Polls that are not closed: taking votes, or ended and waiting for anyone to close them.
	#[pallet::storage]
	pub type OpenPolls<T: Config> =
		StorageMap<_, Blake2_128Concat, PollId, Poll<T::AccountId>, OptionQuery>;

	/// The poll that is not closed on a subject. At most one.
	#[pallet::storage]
	pub type Subjects<T> = StorageMap<_, Blake2_128Concat, H256, PollId, OptionQuery>;

	/// How closed polls ended.
	#[pallet::storage]
	pub type Outcomes<T> = StorageMap<_, Blake2_128Concat, PollId, Outcome, OptionQuery>;

	/// Votes of an account that are not released. Never an empty list.
	#[pallet::storage]
	pub type VotesOf<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Votes, ValueQuery>;

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A poll takes votes.
		Opened {
			/// The poll.
			poll: PollId,
			/// What kind of decision.
			kind: PollKind,
			/// Hash of what is decided.
			subject: H256,
			/// Chain time from which no vote is taken.
			ends_at: Moment,
			/// DMEX that must vote.
			quorum: Balance,
		},
		/// An account voted, or changed its vote.
		Voted {
			/// The poll.
			poll: PollId,
			/// Who.
			who: T::AccountId,
			/// In favour?
			aye: bool,
			/// DMEX behind the vote.
			amount: Balance,
		},
		/// An account's votes in polls that are over were released.
		Released {
			/// Whose.
			who: T::AccountId,
			/// DMEX that stays frozen for its running polls.
			frozen: Balance,
		},
		/// A poll was closed and its outcome stored.
		Closed {
			/// The poll.
			poll: PollId,
			/// Hash of what was decided.
			subject: H256,
			/// How it ended.
			outcome: Outcome,
		},
	}

	/// Why something was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// There is no poll under this id.
		NoSuchPoll,
		/// The poll takes no votes any more.
		PollEnded,
		/// The poll still takes votes.
		PollRunning,
		/// A poll on this subject is running.
		SubjectOpen,
		/// More accounts than an opener may exclude.
		TooManyExcluded,
		/// The opener excluded this account from the poll.
		Excluded,
		/// Less than the least vote.
		VoteTooSmall,
		/// More than the account has.
		BalanceTooLow,
		/// The account has a vote in as many running polls as it may.
		TooManyVotes,
		/// What stands behind a vote is frozen to the end: a change may only add to it.
		FrozenUntilEnd,
		/// The account has no vote in a poll that is over.
		NothingToRelease,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::LeastVote::get() > 0, "a vote of nothing takes storage for nothing");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Votes, or changes a vote: turns it, or puts more behind it.
		///
		/// `amount` is the DMEX behind the vote, in all, not in addition. It is frozen until the
		/// poll is over and the vote released; the same DMEX may stand behind votes in other polls.
		///
		/// ## Dispatch Origin
		/// Signed, by an account that is not excluded.
		///
		/// ## Errors
		/// [`Error::NoSuchPoll`], [`Error::PollEnded`], [`Error::Excluded`],
		/// [`Error::VoteTooSmall`], [`Error::BalanceTooLow`], [`Error::FrozenUntilEnd`],
		/// [`Error::TooManyVotes`].
		///
		/// ## Events
		/// [`Event::Voted`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::vote())]
		pub fn vote(
			origin: OriginFor<T>,
			#[pallet::compact] poll: PollId,
			aye: bool,
			#[pallet::compact] amount: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_vote(&who, poll, aye, amount)?;
			Self::deposit_event(Event::Voted { poll, who, aye, amount });
			Ok(())
		}

		/// Releases an account's votes in polls that are over, and what was frozen for them only.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone: who froze everything may have nothing left to pay the fee.
		///
		/// ## Errors
		/// [`Error::NothingToRelease`].
		///
		/// ## Events
		/// [`Event::Released`].
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::release())]
		pub fn release(origin: OriginFor<T>, target: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			let frozen = Self::do_release(&target)?;
			Self::deposit_event(Event::Released { who: target, frozen });
			Ok(())
		}

		/// Closes a poll that is over: stores its outcome and frees the rest of its storage.
		///
		/// Nobody has to: the result can be read from the moment the poll is over. Costs no fee.
		///
		/// ## Dispatch Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// [`Error::NoSuchPoll`] (also when closed already), [`Error::PollRunning`].
		///
		/// ## Events
		/// [`Event::Closed`].
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::close())]
		pub fn close(
			origin: OriginFor<T>,
			#[pallet::compact] poll: PollId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			Self::do_close(poll)?;
			Ok(Pays::No.into())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A poll that is not closed.
		pub fn poll(poll: PollId) -> Option<Poll<T::AccountId>> {
			OpenPolls::<T>::get(poll)
		}

		/// The poll on a subject that is not closed.
		pub fn poll_on(subject: H256) -> Option<PollId> {
			Subjects::<T>::get(subject)
		}

		/// DMEX for and against, of any poll.
		pub fn tally(poll: PollId) -> Option<Tally> {
			Self::tally_of(poll)
		}

		/// How a poll stands, from any time.
		pub fn result(poll: PollId) -> Option<PollResult> {
			Self::result_of(poll)
		}

		/// An account's votes that are not released.
		pub fn votes_of(account: T::AccountId) -> Votes {
			VotesOf::<T>::get(account)
		}
	}
}
