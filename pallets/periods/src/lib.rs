#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

pub use getters::*;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
pub mod getters;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod types;
pub mod weights;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

use dmex_primitives::{
	calendar::{Calendar, POOL_DAY},
	BlockNumber, Day, Moment,
};
use frame_support::traits::Time;

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// What the runtime decides.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The clock of the chain, in milliseconds: `pallet-timestamp`.
		type Time: Time<Moment = Moment>;
		/// Who may change a length: the law, that is, Root.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// The lengths as they are now.
	#[pallet::storage]
	pub type CurrentLengths<T> = StorageValue<_, Lengths, ValueQuery>;

	/// The lengths that the chain began with. Floors are counted from these.
	#[pallet::storage]
	pub type GenesisLengths<T> = StorageValue<_, Lengths, ValueQuery>;

	/// Milliseconds of a day. Set at genesis for ever: every record kept by day counts on it.
	#[pallet::storage]
	pub type DayLength<T> = StorageValue<_, Moment, ValueQuery, DefaultDayLength>;

	/// Milliseconds of a day where genesis does not say.
	#[pallet::type_value]
	pub fn DefaultDayLength() -> Moment {
		POOL_DAY
	}

	/// Blocks of an oracle round. Set at genesis for ever: another value would give rounds that
	/// are over their numbers again, and honest validators would seem to vote twice.
	#[pallet::storage]
	pub type BlocksPerRound<T> = StorageValue<_, BlockNumber, ValueQuery, DefaultBlocksPerRound>;

	/// Blocks of an oracle round where genesis does not say.
	#[pallet::type_value]
	pub fn DefaultBlocksPerRound() -> BlockNumber {
		20
	}

	/// Whether development stand-ins for parts that are not there may answer. Set at genesis for
	/// ever. Where it is false, a stand-in refuses, and nothing is sold that only it vouches for.
	#[pallet::storage]
	pub type StandInsAllowed<T> = StorageValue<_, bool, ValueQuery>;

	/// What a network begins with.
	#[pallet::genesis_config]
	pub struct GenesisConfig<T: Config> {
		/// Milliseconds of a day: more than zero, not above a real day.
		pub day_length: Moment,
		/// Blocks of an oracle round.
		pub round_blocks: BlockNumber,
		/// Whether development stand-ins may answer.
		pub stand_ins_allowed: bool,
		/// Everything that can be changed later.
		pub lengths: Lengths,
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	impl<T: Config> Default for GenesisConfig<T> {
		fn default() -> Self {
			Self {
				day_length: DefaultDayLength::get(),
				round_blocks: DefaultBlocksPerRound::get(),
				stand_ins_allowed: false,
				lengths: Lengths::production(),
				_config: Default::default(),
			}
		}
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			let (least, most) = ROUND_BLOCKS_BOUNDS;
			assert!(self.day_length > 0, "dayLength is zero");
			assert!(self.day_length <= POOL_DAY, "dayLength is above a real day");
			assert!((least..=most).contains(&self.round_blocks), "roundBlocks is out of bounds");
			assert_eq!(self.lengths.check(), Ok(()), "lengths break a rule");
			DayLength::<T>::put(self.day_length);
			BlocksPerRound::<T>::put(self.round_blocks);
			StandInsAllowed::<T>::put(self.stand_ins_allowed);
			GenesisLengths::<T>::put(self.lengths);
			CurrentLengths::<T>::put(self.lengths);
		}
	}

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A length was changed.
		LengthSet {
			/// Which.
			length: Length,
			/// What it was.
			from: u32,
			/// What it is from now on.
			to: u32,
		},
	}

	/// Why a change was refused. The parameter names the length.
	#[pallet::error]
	pub enum Error<T> {
		/// Below the hard bound, or below the floor that genesis set.
		BelowBound(Length),
		/// Above the hard bound.
		AboveBound(Length),
		/// More than twice, or less than half, of the present value.
		StepTooFar(Length),
		/// The first length would no longer fit into the second.
		OutOfOrder(Length, Length),
		/// A part that is not there yet would have to answer, and genesis lets no stand-in answer
		/// for it on this chain.
		StandInRefused,
	}

	impl<T> From<Refusal> for Error<T> {
		fn from(refusal: Refusal) -> Self {
			match refusal {
				Refusal::BelowBound(length) => Error::BelowBound(length),
				Refusal::AboveBound(length) => Error::AboveBound(length),
				Refusal::StepTooFar(length) => Error::StepTooFar(length),
				Refusal::OutOfOrder(shorter, longer) => Error::OutOfOrder(shorter, longer),
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Sets one length; it holds from this block on.
		///
		/// ## Dispatch Origin
		/// `AdminOrigin`.
		///
		/// ## Errors
		/// - [`Error::BelowBound`], [`Error::AboveBound`]: outside what this chain may ever have.
		/// - [`Error::StepTooFar`]: more than double or less than half of the present value.
		/// - [`Error::OutOfOrder`]: one length would outgrow another that has to cover it.
		///
		/// ## Events
		/// [`Event::LengthSet`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set_length())]
		pub fn set_length(origin: OriginFor<T>, length: Length, value: u32) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let current = CurrentLengths::<T>::get();
			let next = current
				.changed(&GenesisLengths::<T>::get(), length, value)
				.map_err(Error::<T>::from)?;
			CurrentLengths::<T>::put(next);
			let from = current.get(length);
			Self::deposit_event(Event::LengthSet { length, from, to: value });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The lengths as they are now.
		pub fn lengths() -> Lengths {
			CurrentLengths::<T>::get()
		}

		/// Least and most that one change may make of a length. Order between lengths aside.
		pub fn reach(length: Length) -> (u32, u32) {
			CurrentLengths::<T>::get().reach(&GenesisLengths::<T>::get(), length)
		}

		/// Milliseconds of a day.
		pub fn day_length() -> Moment {
			DayLength::<T>::get()
		}

		/// The day of chain time that it is.
		pub fn today() -> Day {
			<Self as Calendar>::today()
		}

		/// Blocks of an oracle round.
		pub fn round_blocks() -> BlockNumber {
			BlocksPerRound::<T>::get()
		}

		/// Whether development stand-ins may answer.
		pub fn stand_ins_allowed() -> bool {
			StandInsAllowed::<T>::get()
		}
	}
}

impl<T: Config> Calendar for Pallet<T> {
	fn now() -> Moment {
		T::Time::now()
	}

	fn day_length() -> Moment {
		DayLength::<T>::get()
	}
}
