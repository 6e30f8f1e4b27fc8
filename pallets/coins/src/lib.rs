#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod growth;
mod past;
mod register;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod types;
pub mod weights;
mod yields;

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use dmex_primitives::{
		calendar::Calendar,
		coins::{Coin, Word},
		facts::{Facts, NetworkFact},
		AssetId, Balance, CoinAmount, CoinId, Day, Power,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::tokens::fungibles::{self, metadata},
		PalletId,
	};
	use frame_system::pallet_prelude::*;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	/// What the runtime decides.
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Who may register a coin: the law, that is, Root.
		type RegisterOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Where wrapped coins live. The deposit for metadata has to be zero, or the account of
		/// [`Config::PalletId`] endowed.
		type Assets: fungibles::Create<Self::AccountId, AssetId = AssetId, Balance = Balance>
			+ metadata::Mutate<Self::AccountId>;
		/// Agreed states of networks.
		type Facts: Facts;
		/// Days of chain time.
		type Calendar: Calendar;
		/// Constants of the filters that follow the networks' growth.
		#[pallet::constant]
		type FilterConstants: Get<dmex_math::Constants>;
		/// Most coins.
		#[pallet::constant]
		type MaxCoins: Get<u32>;
		/// Asset of the coin with id 0; the others follow. No other asset may be among them.
		#[pallet::constant]
		type FirstAsset: Get<AssetId>;
		/// Its account, which has no key, owns the wrapped coins.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// The pallet.
	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Coins that were registered; the id of the next.
	#[pallet::storage]
	pub type CoinCount<T> = StorageValue<_, CoinId, ValueQuery>;

	/// Terms of each coin.
	#[pallet::storage]
	pub type Coins<T> = StorageMap<_, Twox64Concat, CoinId, Coin>;

	/// The coin with a symbol.
	#[pallet::storage]
	pub type BySymbol<T> = StorageMap<_, Blake2_128Concat, Word, CoinId>;

	/// How fast a coin's network grows.
	#[pallet::storage]
	pub type Growth<T> = StorageMap<_, Twox64Concat, CoinId, GrowthRecord>;

	/// A coin's network on each of the last days: `day` modulo [`PAST_SLOTS`], and what was agreed
	/// last on the day that [`NetworkFact::agreed_at`] falls in.
	#[pallet::storage]
	pub type Past<T> = StorageDoubleMap<_, Twox64Concat, CoinId, Twox64Concat, u32, NetworkFact>;

	/// What a network begins with.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Coins in the order of their ids, from 0.
		pub coins: Vec<CoinTerms>,
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for terms in &self.coins {
				let registered = Pallet::<T>::register(terms.clone());
				assert!(registered.is_ok(), "{:?}: {registered:?}", terms.symbol);
			}
		}
	}

	/// What happened.
	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// A coin was registered and its wrapped asset created.
		CoinRegistered {
			/// Its id.
			coin: CoinId,
			/// Its symbol.
			symbol: Word,
			/// The wrapped coin.
			asset: AssetId,
		},
		/// A reading of a network counted.
		GrowthUpdated {
			/// The coin.
			coin: CoinId,
			/// What is known now.
			growth: GrowthRecord,
		},
	}

	/// Why something was refused.
	#[pallet::error]
	pub enum Error<T> {
		/// `symbol` is not 1 to 16 of `A-Z0-9` with a letter first.
		SymbolMalformed,
		/// `algorithm` is not 1 to 16 printable characters without a space at an end.
		AlgorithmMalformed,
		/// `unit` is not 1 to 16 printable characters without a space at an end.
		UnitMalformed,
		/// `decimals` is above 18.
		DecimalsOutOfBounds,
		/// `hashes_per_unit` is zero or above 10²⁴.
		HashesPerUnitOutOfBounds,
		/// `bytes_per_unit` is zero or above 2⁶⁰.
		BytesPerUnitOutOfBounds,
		/// `liquid_percent` is above 100.
		LiquidPercentOutOfBounds,
		/// `vesting_days` is above 3,650, zero although something vests, or set although nothing
		/// does.
		VestingDaysOutOfBounds,
		/// `minimum_power` is above 2⁶⁰ units.
		MinimumPowerOutOfBounds,
		/// `blocks_per_day` is zero or above 100,000.
		BlocksPerDayOutOfBounds,
		/// `initial_subsidy` is zero or above 10⁹ coins, or set although the reward is read.
		InitialSubsidyOutOfBounds,
		/// `halving_blocks` is less than a day of blocks, or set although the reward is read.
		HalvingBlocksOutOfBounds,
		/// A coin with this symbol is registered.
		SymbolTaken,
		/// As many coins are registered as can be.
		TooManyCoins,
		/// There is no such coin.
		CoinUnknown,
		/// The agreed state of the network cannot be of this coin.
		NetworkOfOtherModel,
		/// The yield cannot be computed from the agreed state of the network.
		NetworkImpossible,
	}

	impl<T> From<Flaw> for Error<T> {
		fn from(flaw: Flaw) -> Self {
			match flaw {
				Flaw::Symbol => Error::SymbolMalformed,
				Flaw::Algorithm => Error::AlgorithmMalformed,
				Flaw::Unit => Error::UnitMalformed,
				Flaw::Decimals => Error::DecimalsOutOfBounds,
				Flaw::HashesPerUnit => Error::HashesPerUnitOutOfBounds,
				Flaw::BytesPerUnit => Error::BytesPerUnitOutOfBounds,
				Flaw::LiquidPercent => Error::LiquidPercentOutOfBounds,
				Flaw::VestingDays => Error::VestingDaysOutOfBounds,
				Flaw::MinimumPower => Error::MinimumPowerOutOfBounds,
				Flaw::BlocksPerDay => Error::BlocksPerDayOutOfBounds,
				Flaw::InitialSubsidy => Error::InitialSubsidyOutOfBounds,
				Flaw::HalvingBlocks => Error::HalvingBlocksOutOfBounds,
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::FilterConstants::get().are_sound(), "FilterConstants are unsound");
			let assets = T::FirstAsset::get().checked_add(T::MaxCoins::get());
			assert!(assets.is_some(), "asset ids would run out before MaxCoins");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers a coin for ever and creates its wrapped asset.
		///
		/// ## Dispatch Origin
		/// `RegisterOrigin`.
		///
		/// ## Errors
		/// - One for each field that is out of its bounds, see [`Error`].
		/// - [`Error::SymbolTaken`], [`Error::TooManyCoins`].
		/// - What the assets pallet refuses: the asset's id is in use.
		///
		/// ## Events
		/// [`Event::CoinRegistered`].
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_coin())]
		pub fn register_coin(origin: OriginFor<T>, terms: CoinTerms) -> DispatchResult {
			T::RegisterOrigin::ensure_origin(origin)?;
			let symbol = terms.symbol.clone();
			let (coin, asset) = Self::register(terms)?;
			Self::deposit_event(Event::CoinRegistered { coin, symbol, asset });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Terms of a coin.
		pub fn coin(id: CoinId) -> Option<Coin> {
			Coins::<T>::get(id)
		}

		/// All coins, in the order of their ids.
		pub fn coins() -> Vec<(CoinId, Coin)> {
			let ids = 0..CoinCount::<T>::get();
			ids.filter_map(|id| Coins::<T>::get(id).map(|coin| (id, coin))).collect()
		}

		/// Coins expected from `power` in a day, smallest units, rounded down, where the power is
		/// part of a miner that the network rewards. Nothing without a fresh network fact.
		pub fn yield_per_day(id: CoinId, power: Power) -> Option<CoinAmount> {
			Self::yield_of(id, power, Power::MAX).map(|earned| earned.total()).ok()
		}

		/// Coins expected from `power` on a day that is over, smallest units, rounded down, from the
		/// network as it was agreed on that day or at most two days before. Nothing without, and
		/// nothing for days longer ago than 64.
		pub fn yield_on(id: CoinId, power: Power, day: Day) -> Option<CoinAmount> {
			Self::past_yield(id, power, day)
		}

		/// Coins expected in a day from a miner with `power` in all, smallest units, rounded down:
		/// (liquid at once, vesting). Zero below the network's minimum. Nothing without a fresh
		/// network fact.
		pub fn yield_of_miner(id: CoinId, power: Power) -> Option<(CoinAmount, CoinAmount)> {
			let earned = Self::yield_of(id, power, power).ok()?;
			Some((earned.liquid, earned.vesting))
		}

		/// Growth of a coin's network, and under a stress of `z_hundredths` / 100 deviations.
		/// Nothing before the first reading.
		pub fn growth(id: CoinId, z_hundredths: u32) -> Option<GrowthQuote> {
			Self::quote_growth(id, z_hundredths)
		}
	}
}
