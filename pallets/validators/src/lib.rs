#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod attendance;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bonds;
mod offences;
mod seats;
mod sessions;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use offences::{Offender, ReportWithSlot};
pub use pallet::*;
pub use sessions::{NoIdentification, ValidatorOf};
pub use types::*;
pub use weights::WeightInfo;

pub(crate) const LOG_TARGET: &str = "runtime::validators";

/// What a slash hands over.
pub type CreditOf<T> = frame_support::traits::fungible::Credit<
	<T as frame_system::Config>::AccountId,
	<T as Config>::NativeBalance,
>;

// The macros of FRAME write public items without documentation, and `expect`.
#[allow(missing_docs, clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use dmex_primitives::Balance;
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, OnUnbalanced},
	};
	use frame_system::pallet_prelude::*;
	use pallet_session::{historical, WeightInfo as _};
	use sp_staking::SessionIndex;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config:
		frame_system::Config
		+ pallet_session::Config<ValidatorId = <Self as frame_system::Config>::AccountId>
		+ historical::Config<FullIdentification = ()>
	{
		/// DMEX.
		type NativeBalance: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ fungible::BalancedHold<Self::AccountId>;

		/// The runtime's reasons for holds.
		type RuntimeHoldReason: From<HoldReason>;

		/// Who admits and removes: the DAO.
		type AdmitOrigin: EnsureOrigin<Self::RuntimeOrigin>;

		/// Who receives what is slashed.
		type Slashed: OnUnbalanced<CreditOf<Self>>;

		/// Least bond of a candidate, and of a validator after a slash; smallest unit of DMEX.
		type MinBond: Get<Balance>;

		/// Sessions for which a bond stays within reach of slashing after its owner's last session
		/// in the set. Not shorter than any window in which an offence can be proven: the roots
		/// that prove who owned a key are kept exactly as long.
		type UnbondingSessions: Get<SessionIndex>;

		/// Sessions in a row that a validator may be silent before it loses its seat.
		#[pallet::constant]
		type SilenceLimit: Get<u32>;

		/// Most seats.
		#[pallet::constant]
		type MaxValidators: Get<u32>;

		/// Most candidates, seated or waiting.
		#[pallet::constant]
		type MaxCandidates: Get<u32>;

		/// Weights of this pallet.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds DMEX.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Bond of a candidate, a validator, or one who left and whose window is not over.
		Bond,
	}

	/// Who is bonded and has not left.
	#[pallet::storage]
	pub type Candidates<T: Config> =
		CountedStorageMap<_, Blake2_128Concat, T::AccountId, Candidate, OptionQuery>;

	/// Those with a seat, admitted or outgoing, sorted.
	#[pallet::storage]
	pub type Seats<T: Config> =
		StorageValue<_, BoundedVec<T::AccountId, T::MaxValidators>, ValueQuery>;

	/// Bonds of those who have left. Nobody is here and in [`Candidates`] at once.
	#[pallet::storage]
	pub type Leaving<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, Unbonding, OptionQuery>;

	/// Number of validators at genesis. Leaving and removal never take the set below it.
	#[pallet::storage]
	pub type MinValidators<T: Config> = StorageValue<_, u32, ValueQuery>;

	/// What each validator of a session had at stake when it began. Kept for
	/// [`Config::UnbondingSessions`].
	#[pallet::storage]
	pub type BondsAt<T: Config> = StorageMap<
		_,
		Twox64Concat,
		SessionIndex,
		BoundedVec<(T::AccountId, Balance), T::MaxValidators>,
		OptionQuery,
	>;

	/// First session that [`BondsAt`] may still hold.
	#[pallet::storage]
	pub type OldestBonds<T: Config> = StorageValue<_, SessionIndex, ValueQuery>;

	/// What was paid for which offence. Kept for ever, as pallet-offences keeps its reports: a
	/// report about the same slot may come at any time. Each entry took a part of a bond.
	#[pallet::storage]
	pub type Charges<T: Config> = StorageDoubleMap<
		_,
		Identity,
		OffenceId,
		Blake2_128Concat,
		T::AccountId,
		Charge,
		OptionQuery,
	>;

	/// The offence that is being reported right now. Never outlives a report.
	#[pallet::storage]
	pub type CurrentOffence<T: Config> = StorageValue<_, OffenceId, OptionQuery>;

	/// Monotone sums of bonds that came and went.
	#[pallet::storage]
	pub type Totals<T: Config> = StorageValue<_, Flows, ValueQuery>;

	/// Validators at genesis. Each bonds [`Config::MinBond`] from its balance; their number is the
	/// minimum for ever.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Who is admitted. Their session keys are set by the genesis of pallet-session.
		pub validators: Vec<T::AccountId>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			assert!(
				Pallet::<T>::seat_at_genesis(&self.validators).is_ok(),
				"every validator at genesis is named once, there is a seat for each, and each has \
				the minimum bond above the existential deposit",
			);
		}
	}

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Someone bonded and may now set session keys.
		Registered { who: T::AccountId, bond: Balance },
		/// A bond grew to `bond`.
		BondAdded { who: T::AccountId, amount: Balance, bond: Balance },
		/// A candidate has a seat; it authors from the session after the next.
		Admitted { who: T::AccountId },
		/// A candidate left or was removed; its bond stays within reach until session `until`.
		Left { who: T::AccountId, amount: Balance, until: SessionIndex },
		/// A bond was returned.
		Withdrawn { who: T::AccountId, amount: Balance },
		/// An offender paid.
		Slashed { who: T::AccountId, offence: OffenceId, session: SessionIndex, amount: Balance },
		/// A validator is to go as soon as the minimum number allows.
		Ejected { who: T::AccountId, cause: Cause },
		/// An ejected validator has lost its seat and waits like any candidate.
		Unseated { who: T::AccountId },
	}

	#[pallet::error]
	pub enum Error<T> {
		/// Already a candidate.
		AlreadyCandidate,
		/// Neither waiting nor seated.
		NotCandidate,
		/// An earlier bond is not withdrawn yet.
		BondUnbonding,
		/// No bond is waiting to be withdrawn.
		NothingUnbonding,
		/// Slashing still reaches the bond.
		WindowOpen,
		/// Less than the minimum bond.
		BondTooSmall,
		/// No more candidates are taken.
		CandidatesFull,
		/// All seats are taken.
		SeatsFull,
		/// Has a seat already.
		AlreadyAdmitted,
		/// No session keys are set.
		KeysMissing,
		/// The set would fall below its genesis number.
		TooFewValidators,
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::MaxValidators::get() > 0, "there are seats");
			assert!(
				T::MaxCandidates::get() >= T::MaxValidators::get(),
				"whoever has a seat is a candidate",
			);
			assert!(T::SilenceLimit::get() > 0, "nobody goes without having been silent");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_n: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Bonds `bond` of the caller's DMEX and makes the caller a candidate.
		///
		/// Next steps: `session.set_keys`, then admission by the DAO.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Errors
		/// [`Error::AlreadyCandidate`], [`Error::BondUnbonding`], [`Error::BondTooSmall`],
		/// [`Error::CandidatesFull`], or the caller has too little to hold.
		///
		/// ## Events
		/// [`Event::Registered`].
		#[pallet::call_index(0)]
		#[pallet::weight(<T as Config>::WeightInfo::register())]
		pub fn register(origin: OriginFor<T>, bond: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::ensure_may_register(&who, bond)?;
			Self::do_register(&who, bond)?;
			Self::deposit_event(Event::Registered { who, bond });
			Ok(())
		}

		/// Adds `amount` to the caller's bond. Gives no seat back: that is the DAO's.
		///
		/// ## Dispatch Origin
		/// Signed by a candidate or validator.
		///
		/// ## Errors
		/// [`Error::NotCandidate`], or the caller has too little to hold.
		///
		/// ## Events
		/// [`Event::BondAdded`].
		#[pallet::call_index(1)]
		#[pallet::weight(<T as Config>::WeightInfo::bond_extra())]
		pub fn bond_extra(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let bond = Self::do_bond_extra(&who, amount)?;
			Self::deposit_event(Event::BondAdded { who, amount, bond });
			Ok(())
		}

		/// Gives a candidate a seat. It authors from the session after the next.
		///
		/// An outgoing validator whose bond is large enough again gets its seat back. If all seats
		/// are taken, the outgoing one with the smallest bond gives way.
		///
		/// ## Dispatch Origin
		/// [`Config::AdmitOrigin`].
		///
		/// ## Errors
		/// [`Error::NotCandidate`], [`Error::AlreadyAdmitted`], [`Error::KeysMissing`],
		/// [`Error::BondTooSmall`], [`Error::SeatsFull`].
		///
		/// ## Events
		/// [`Event::Admitted`]; [`Event::Unseated`] for one that gave way.
		#[pallet::call_index(2)]
		#[pallet::weight(<T as Config>::WeightInfo::admit(T::MaxValidators::get()))]
		pub fn admit(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::ensure_may_be_admitted(&who)?;
			Self::do_admit(&who)?;
			Self::deposit_event(Event::Admitted { who });
			Ok(())
		}

		/// Takes a candidate or validator out, as if it had left.
		///
		/// ## Dispatch Origin
		/// [`Config::AdmitOrigin`].
		///
		/// ## Errors
		/// [`Error::NotCandidate`], [`Error::TooFewValidators`].
		///
		/// ## Events
		/// [`Event::Left`].
		#[pallet::call_index(3)]
		#[pallet::weight(<T as Config>::WeightInfo::remove(T::MaxValidators::get()))]
		pub fn remove(origin: OriginFor<T>, who: T::AccountId) -> DispatchResult {
			T::AdmitOrigin::ensure_origin(origin)?;
			Self::ensure_may_leave(&who)?;
			let Unbonding { amount, until } = Self::do_leave(&who)?;
			Self::deposit_event(Event::Left { who, amount, until });
			Ok(())
		}

		/// The caller stops being a candidate or validator. It authors to the end of the next
		/// session at most; keep the node running until then.
		///
		/// The whole bond waits [`Config::UnbondingSessions`] after that, within reach of slashing.
		///
		/// ## Dispatch Origin
		/// Signed by a candidate or validator.
		///
		/// ## Errors
		/// [`Error::NotCandidate`], [`Error::TooFewValidators`].
		///
		/// ## Events
		/// [`Event::Left`].
		#[pallet::call_index(4)]
		#[pallet::weight(<T as Config>::WeightInfo::leave(T::MaxValidators::get()))]
		pub fn leave(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::ensure_may_leave(&who)?;
			let Unbonding { amount, until } = Self::do_leave(&who)?;
			Self::deposit_event(Event::Left { who, amount, until });
			Ok(())
		}

		/// Returns the bond of one who left and whose window is over, and purges its session keys.
		///
		/// ## Dispatch Origin
		/// Signed by who left.
		///
		/// ## Errors
		/// [`Error::NothingUnbonding`], [`Error::WindowOpen`].
		///
		/// ## Events
		/// [`Event::Withdrawn`].
		#[pallet::call_index(5)]
		#[pallet::weight(
			<T as Config>::WeightInfo::withdraw()
				.saturating_add(<T as pallet_session::Config>::WeightInfo::purge_keys())
		)]
		pub fn withdraw(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let amount = Self::do_withdraw(&who)?;
			Self::deposit_event(Event::Withdrawn { who, amount });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Everyone who is bonded and has not left. At most [`Config::MaxCandidates`].
		pub fn candidates() -> Vec<(T::AccountId, Candidate)> {
			Candidates::<T>::iter().collect()
		}

		/// Validators of the running session.
		pub fn active() -> Vec<T::AccountId> {
			pallet_session::Pallet::<T>::validators()
		}

		/// The set as it would be planned now: those who author from the session after the next.
		pub fn planned() -> Vec<T::AccountId> {
			Self::plan().set
		}

		/// Bond of a candidate or validator, smallest unit of DMEX.
		pub fn bond_of(who: T::AccountId) -> Option<Balance> {
			Candidates::<T>::get(who).map(|candidate| candidate.bond)
		}

		/// Bond of one who left, and the session from which it may be withdrawn.
		pub fn unbonding_of(who: T::AccountId) -> Option<Unbonding> {
			Leaving::<T>::get(who)
		}

		/// Least bond, and sessions that a bond waits.
		pub fn terms() -> (Balance, SessionIndex) {
			(T::MinBond::get(), T::UnbondingSessions::get())
		}
	}
}
