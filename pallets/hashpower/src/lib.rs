#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod audit;
mod capacity;
mod deposits;
mod errors;
mod events;
mod issue;
mod life;
mod register;
mod try_state;
pub mod types;
mod views;
pub mod weights;

#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;

use frame_support::pallet_macros::import_section;

pub use pallet::*;
pub use weights::WeightInfo;

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[frame_support::pallet]
pub mod pallet {
	use super::WeightInfo;
	use crate::types::{
		Claims, Farm, FarmView, IssueLimit, Lot, LotTerms, Provider, ProviderView, StopScope, Text,
		Url,
	};
	use alloc::vec::Vec;
	use dmex_primitives::{
		calendar::Calendar,
		coins::Coins,
		facts::{EffectivePower, Facts, PoolAccounts},
		lots::{LotStatus, Readiness},
		polls::Polls,
		sales::Sales,
		titles::Titles,
		trust::Bonds,
		Balance, CoinId, Day, FarmId, LotId, PollId, PoolAccountId, Power, SourceId, TitleId,
		Units,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{
			fungible::{BalancedHold, Credit, Inspect, MutateHold},
			OnUnbalanced,
		},
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;
	use sp_runtime::Permill;

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
			+ MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>
			+ BalancedHold<Self::AccountId>;
		/// Where the audit deposits of rejected lots go.
		type OnForfeit: OnUnbalanced<Credit<Self::AccountId, Self::Native>>;
		/// Days of the chain.
		type Calendar: Calendar;
		/// Registry of coins.
		type Coins: Coins;
		/// Agreed closed days, for what is shown.
		type Facts: Facts;
		/// Pool accounts and whose they are.
		type PoolAccounts: PoolAccounts<Self::AccountId>;
		/// Power that may stand behind titles.
		type EffectivePower: EffectivePower;
		/// Where lots are audited.
		type Polls: Polls<Self::AccountId>;
		/// Whether payouts of a lot arrive at its own address.
		type Readiness: Readiness;
		/// What was sold in the market.
		type Sales: Sales;
		/// Whether the provider's required bond is met.
		type Bonds: Bonds<Self::AccountId>;
		/// Where titles are minted.
		type Titles: Titles<Self::AccountId>;
		/// May suspend, resume and terminate lots.
		type SuspendOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// May stop the issue of titles for a while, and allow it again.
		type DefensiveOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Measuring window W in days, 1 to 60.
		#[pallet::constant]
		type Window: Get<u32>;
		/// Days after a lot's last day in which its last days may still be agreed. It matures
		/// after them.
		#[pallet::constant]
		type ClosingDays: Get<Day>;
		/// Highest fee of a lot.
		#[pallet::constant]
		type MaxFee: Get<Permill>;
		/// Deposit of a provider.
		#[pallet::constant]
		type ProviderDeposit: Get<Balance>;
		/// Deposit of a farm.
		#[pallet::constant]
		type FarmDeposit: Get<Balance>;
		/// Deposit of a lot; covers its collection and its facts too.
		#[pallet::constant]
		type LotDeposit: Get<Balance>;
		/// And for each day of its term: the day's books stay in state.
		#[pallet::constant]
		type LotDayDeposit: Get<Balance>;
		/// Deposit of an audit; lost if the audit fails.
		#[pallet::constant]
		type AuditDeposit: Get<Balance>;
		/// Most farms of a provider.
		#[pallet::constant]
		type MaxFarmsPerProvider: Get<u32>;
		/// Most open lots of a farm.
		#[pallet::constant]
		type MaxLotsPerFarm: Get<u32>;
		/// Makes the other parts answer in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper<Self::AccountId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}

	/// Why this pallet holds DMEX.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Registration of providers and farms.
		Registration,
		/// Storage of open lots.
		Lot,
		/// Audits that are not concluded.
		Audit,
	}

	/// Registered providers.
	#[pallet::storage]
	pub type Providers<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Provider>;

	/// Farms of each provider.
	#[pallet::storage]
	pub type FarmsOf<T: Config> = StorageMap<
		_,
		Blake2_128Concat,
		T::AccountId,
		BoundedVec<FarmId, T::MaxFarmsPerProvider>,
		ValueQuery,
	>;

	/// Id of the next farm.
	#[pallet::storage]
	pub type NextFarm<T: Config> = StorageValue<_, FarmId, ValueQuery>;

	/// Registered farms.
	#[pallet::storage]
	pub type Farms<T: Config> = StorageMap<_, Twox64Concat, FarmId, Farm<T::AccountId>>;

	/// Open lots of each farm.
	#[pallet::storage]
	pub type LotsOf<T: Config> =
		StorageMap<_, Twox64Concat, FarmId, BoundedVec<LotId, T::MaxLotsPerFarm>, ValueQuery>;

	/// Id of the next lot.
	#[pallet::storage]
	pub type NextLot<T: Config> = StorageValue<_, LotId, ValueQuery>;

	/// All lots. Those that are closed stay: titles name them.
	#[pallet::storage]
	pub type AllLots<T: Config> = StorageMap<_, Twox64Concat, LotId, Lot<T::AccountId>>;

	/// The open lot that an account backs.
	#[pallet::storage]
	pub type OpenLotOf<T: Config> = StorageMap<_, Twox64Concat, PoolAccountId, LotId>;

	/// Power issued by open lots of a coin on a pool.
	#[pallet::storage]
	pub type IssuedOnSource<T: Config> =
		StorageDoubleMap<_, Twox64Concat, CoinId, Twox64Concat, SourceId, Power, ValueQuery>;

	/// Power issued by open lots of a coin.
	#[pallet::storage]
	pub type IssuedOfCoin<T: Config> = StorageMap<_, Twox64Concat, CoinId, Power, ValueQuery>;

	/// Power of a coin that one pool may carry whatever its share is.
	#[pallet::storage]
	pub type FreePower<T: Config> = StorageMap<_, Twox64Concat, CoinId, Power, ValueQuery>;

	/// Whether pools may carry any power. For development chains only.
	#[pallet::storage]
	pub type UnlimitedFreePower<T: Config> = StorageValue<_, bool, ValueQuery>;

	/// First day on which issue is allowed again.
	#[pallet::storage]
	pub type StoppedUntil<T: Config> = StorageMap<_, Twox64Concat, StopScope, Day>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Power of each coin, in its unit, that one pool may carry whatever its share is.
		pub free_power: Vec<(CoinId, Power)>,
		/// Pools may carry any power. For development chains only.
		pub unlimited_free_power: bool,
		/// Of this runtime.
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (coin, power) in &self.free_power {
				FreePower::<T>::insert(coin, power);
			}
			UnlimitedFreePower::<T>::put(self.unlimited_free_power);
		}
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Registers the caller as a provider.
		///
		/// ## Dispatch Origin
		/// Signed. Takes a deposit.
		///
		/// ## Errors
		/// `ProviderRegisteredAlready`, `EmptyName`; the deposit cannot be held.
		///
		/// ## Events
		/// `ProviderRegistered`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::register_provider())]
		pub fn register_provider(origin: OriginFor<T>, name: Text, url: Url) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_register_provider(&who, name, url)?;
			Self::deposit_event(Event::ProviderRegistered { provider: who });
			Ok(())
		}

		/// Registers a farm of the caller.
		///
		/// ## Dispatch Origin
		/// Signed by a provider. Takes a deposit.
		///
		/// ## Errors
		/// `UnknownProvider`, `EmptyName`, `NoClaims`, `ZeroPower`, `UnknownCoin`,
		/// `DuplicateClaim`, `TooManyFarms`; the deposit cannot be held.
		///
		/// ## Events
		/// `FarmRegistered`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::register_farm(claims.len().try_into().unwrap_or(u32::MAX)))]
		pub fn register_farm(origin: OriginFor<T>, place: Text, claims: Claims) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let farm = Self::do_register_farm(&who, place, claims)?;
			Self::deposit_event(Event::FarmRegistered { farm, provider: who });
			Ok(())
		}

		/// Submits a lot, opens its audit and starts measuring its account.
		///
		/// ## Dispatch Origin
		/// Signed by the farm's provider. Takes the deposits of the lot and of its audit.
		///
		/// ## Errors
		/// One for each term that is impossible, named after it; `UnknownFarm`, `NotFarmOwner`,
		/// `UnknownCoin`, `CoinNotClaimed`, `ClaimExceeded`, `TooManyLots`,
		/// `AccountBacksOpenLot`; what the oracle says of the source and the account; the deposits
		/// cannot be held.
		///
		/// ## Events
		/// `LotSubmitted`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::submit_lot())]
		pub fn submit_lot(origin: OriginFor<T>, terms: LotTerms) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_submit_lot(&who, terms)
		}

		/// Draws the result of a lot's audit. A lot that is rejected loses its audit deposit.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `UnknownLot`, `AuditConcludedAlready`, `AuditOpen`, `UnknownPoll`.
		///
		/// ## Events
		/// `AuditConcluded`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::conclude_audit())]
		pub fn conclude_audit(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			ensure_signed(origin)?;
			let (approved, forfeited) = Self::do_conclude_audit(lot)?;
			Self::deposit_event(Event::AuditConcluded { lot, approved, forfeited });
			Ok(())
		}

		/// Opens an approved lot for issue once its payouts arrive at its own address.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `UnknownLot`, `LotNotApproved`, `LotOver`; what `Readiness` says.
		///
		/// ## Events
		/// `LotActivated`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::activate())]
		pub fn activate(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_activate(lot)?;
			Self::deposit_event(Event::LotActivated { lot });
			Ok(())
		}

		/// Issues a title of `units` to `owner`. The provider pays the title's deposit.
		///
		/// ## Dispatch Origin
		/// Signed by the lot's provider.
		///
		/// ## Errors
		/// `UnknownLot`, `NotLotProvider`, `LotNotActive`, `ZeroUnits`, `LotOver`,
		/// `IssueStopped`, `NotMeasuredYet`, `AuditedPowerExceeded`, `IssueLimitExceeded`,
		/// `PoolCeilingExceeded`; the bond is not met; the deposit cannot be held.
		///
		/// ## Events
		/// `PowerIssued`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::issue())]
		pub fn issue(
			origin: OriginFor<T>,
			lot: LotId,
			units: Units,
			owner: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_issue(&who, lot, units, &owner)
		}

		/// Closes a lot whose term is over.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `UnknownLot`, `LotClosed`, `AuditOpen` while the audit is not concluded, `LotNotOver`.
		///
		/// ## Events
		/// `LotChanged`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::mature())]
		pub fn mature(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_mature(lot)
		}

		/// Gives up an audited lot of which nothing was issued, and frees its account.
		///
		/// ## Dispatch Origin
		/// Signed by the lot's provider.
		///
		/// ## Errors
		/// `UnknownLot`, `NotLotProvider`, `LotClosed`, `AuditOpen`, `LotNotActive` while it is
		/// suspended, `TitlesIssued`.
		///
		/// ## Events
		/// `LotChanged`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::withdraw_lot())]
		pub fn withdraw_lot(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(&who, lot)
		}

		/// Interrupts the issue of an active lot.
		///
		/// ## Dispatch Origin
		/// `SuspendOrigin`.
		///
		/// ## Errors
		/// `UnknownLot`, `LotNotActive`.
		///
		/// ## Events
		/// `LotChanged`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::suspend())]
		pub fn suspend(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			T::SuspendOrigin::ensure_origin(origin)?;
			Self::do_suspend(lot)
		}

		/// Lets a suspended lot go on.
		///
		/// ## Dispatch Origin
		/// `SuspendOrigin`.
		///
		/// ## Errors
		/// `UnknownLot`, `LotNotSuspended`.
		///
		/// ## Events
		/// `LotChanged`.
		#[pallet::call_index(9)]
		#[pallet::weight(T::WeightInfo::resume())]
		pub fn resume(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			T::SuspendOrigin::ensure_origin(origin)?;
			Self::do_resume(lot)
		}

		/// Ends a lot before its last day.
		///
		/// ## Dispatch Origin
		/// `SuspendOrigin`.
		///
		/// ## Errors
		/// `UnknownLot`, `LotClosed`.
		///
		/// ## Events
		/// `LotChanged`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::terminate())]
		pub fn terminate(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			T::SuspendOrigin::ensure_origin(origin)?;
			Self::do_terminate(lot)
		}

		/// Stops the issue of titles for 14 days at most.
		///
		/// ## Dispatch Origin
		/// `DefensiveOrigin`.
		///
		/// ## Errors
		/// `UnknownCoin`, `UnknownLot`.
		///
		/// ## Events
		/// `IssueStopped`.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::stop_issue())]
		pub fn stop_issue(origin: OriginFor<T>, scope: StopScope) -> DispatchResult {
			T::DefensiveOrigin::ensure_origin(origin)?;
			let until = Self::do_stop_issue(scope)?;
			Self::deposit_event(Event::IssueStopped { scope, until });
			Ok(())
		}

		/// Allows the issue of titles again before the stop ends by itself.
		///
		/// ## Dispatch Origin
		/// `DefensiveOrigin`.
		///
		/// ## Errors
		/// `IssueNotStopped`.
		///
		/// ## Events
		/// `IssueAllowed`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::allow_issue())]
		pub fn allow_issue(origin: OriginFor<T>, scope: StopScope) -> DispatchResult {
			T::DefensiveOrigin::ensure_origin(origin)?;
			ensure!(StoppedUntil::<T>::take(scope).is_some(), Error::<T>::IssueNotStopped);
			Self::deposit_event(Event::IssueAllowed { scope });
			Ok(())
		}

		/// Sets the power of a coin that one pool may carry whatever its share is.
		///
		/// ## Dispatch Origin
		/// Root. A coin that is registered after genesis needs it: its first pool has all of the
		/// coin's issued power.
		///
		/// ## Errors
		/// `UnknownCoin`.
		///
		/// ## Events
		/// `FreePowerSet`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::set_free_power())]
		pub fn set_free_power(origin: OriginFor<T>, coin: CoinId, power: Power) -> DispatchResult {
			ensure_root(origin)?;
			ensure!(T::Coins::coin(coin).is_some(), Error::<T>::UnknownCoin);
			FreePower::<T>::insert(coin, power);
			Self::deposit_event(Event::FreePowerSet { coin, power });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// A provider and its farms.
		pub fn provider(who: T::AccountId) -> Option<ProviderView> {
			Self::view_provider(&who)
		}

		/// A farm and its open lots with what their pools say.
		pub fn farm(farm: FarmId) -> Option<FarmView<T::AccountId>> {
			Self::view_farm(farm)
		}

		/// A lot, open or closed.
		pub fn lot(lot: LotId) -> Option<Lot<T::AccountId>> {
			AllLots::<T>::get(lot)
		}

		/// Open lots of a farm.
		pub fn lots_of_farm(farm: FarmId) -> Vec<LotId> {
			LotsOf::<T>::get(farm).into_inner()
		}

		/// The open lot that a pool account backs.
		pub fn lot_of_account(account: PoolAccountId) -> Option<LotId> {
			OpenLotOf::<T>::get(account)
		}

		/// What a lot may issue now, and why.
		pub fn issue_limit(lot: LotId) -> Option<IssueLimit> {
			Self::view_issue_limit(lot)
		}

		/// Power issued by open lots of a coin, in all and on one pool.
		pub fn issued_of_coin(coin: CoinId, source: SourceId) -> (Power, Power) {
			(IssuedOfCoin::<T>::get(coin), IssuedOnSource::<T>::get(coin, source))
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn integrity_test() {
			assert!(T::Window::get() >= 1, "the measuring window has at least one day");
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
