#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod buying;
mod payment;
mod try_state;
pub mod types;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

pub use pallet::*;
pub use payment::PayAsChosen;
pub use weights::{WeightInfo, WithChoice};

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::WeightInfo;
	use crate::types::{Choice, FeeQuote, FeeTerms};
	use dmex_primitives::{AssetId, Balance};
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{Inspect, MutateHold},
			fungibles,
			tokens::Precision,
			Contains,
		},
	};
	use frame_system::pallet_prelude::*;
	use pallet_asset_conversion::{QuotePrice, Swap};

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons for a hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// Where deposits are held: DMEX.
		type Native: Inspect<Self::AccountId, Balance = Balance>
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// Balances of the assets that fees may be bought with.
		type Assets: fungibles::Inspect<Self::AccountId, AssetId = AssetId, Balance = Balance>;
		/// What the exchange calls DMEX and the assets.
		type AssetKind: From<AssetId>;
		/// What the exchange calls DMEX.
		type NativeKind: Get<Self::AssetKind>;
		/// The exchange.
		type Swap: Swap<Self::AccountId, Balance = Balance, AssetKind = Self::AssetKind>
			+ QuotePrice<Balance = Balance, AssetKind = Self::AssetKind>;
		/// Assets that fees may be bought with.
		type FeeAssets: Contains<AssetId>;
		/// Deposit of a choice, smallest unit of DMEX.
		#[pallet::constant]
		type ChoiceDeposit: Get<Balance>;
		/// Makes the exchange serve in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
		/// Weights of the call and of what is added to each transaction.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds DMEX.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Records of choices.
		FeeChoice,
	}

	/// What the fees of accounts that chose are bought with.
	#[pallet::storage]
	pub type Choices<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Choice>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An account chose what its fees are bought with.
		FeeAssetChosen {
			/// Who.
			who: T::AccountId,
			/// What, and for how much at most.
			terms: FeeTerms,
			/// On hold for the choice.
			deposit: Balance,
		},
		/// An account pays in DMEX again; its deposit is back.
		FeeAssetCleared {
			/// Who.
			who: T::AccountId,
		},
		/// A fee was bought. What is not used of it comes back in DMEX.
		FeeBought {
			/// For whom.
			who: T::AccountId,
			/// With which asset.
			asset: AssetId,
			/// How much of it.
			paid: Balance,
			/// DMEX bought: the fee and the tip.
			fee: Balance,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// Fees are not bought with this asset.
		AssetNotAllowed,
		/// A limit of zero buys nothing.
		LimitZero,
		/// The account has not chosen anything.
		NothingChosen,
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
		/// Chooses what the caller's fees are bought with from the next transaction on; nothing for
		/// DMEX.
		///
		/// ## Dispatch Origin
		/// Signed. Takes a deposit with the first choice, which comes back with the end of it.
		///
		/// ## Errors
		/// `AssetNotAllowed`, `LimitZero`, `NothingChosen`; the deposit cannot be held.
		///
		/// ## Events
		/// `FeeAssetChosen` or `FeeAssetCleared`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::choose_fee_asset())]
		pub fn choose_fee_asset(origin: OriginFor<T>, terms: Option<FeeTerms>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let known = Choices::<T>::get(&who);
			let reason = HoldReason::FeeChoice.into();
			let Some(terms) = terms else {
				let known = known.ok_or(Error::<T>::NothingChosen)?;
				T::Native::release(&reason, &who, known.deposit, Precision::BestEffort)?;
				Choices::<T>::remove(&who);
				Self::deposit_event(Event::FeeAssetCleared { who });
				return Ok(());
			};
			ensure!(T::FeeAssets::contains(&terms.asset), Error::<T>::AssetNotAllowed);
			ensure!(terms.most_per_dmex > 0, Error::<T>::LimitZero);
			let deposit = match known {
				Some(known) => known.deposit,
				None => {
					let deposit = T::ChoiceDeposit::get();
					T::Native::hold(&reason, &who, deposit)?;
					deposit
				},
			};
			Choices::<T>::insert(&who, Choice { terms, deposit });
			Self::deposit_event(Event::FeeAssetChosen { who, terms, deposit });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// What an account chose.
		pub fn choice(who: T::AccountId) -> Option<FeeTerms> {
			Choices::<T>::get(who).map(|choice| choice.terms)
		}

		/// What a fee of so many DMEX units would cost the account now, and in what. Whether it has
		/// as many DMEX is not asked.
		pub fn quote_fee(who: T::AccountId, fee: Balance) -> FeeQuote {
			Self::quote(&who, fee)
		}
	}
}
