#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs, rustdoc::broken_intra_doc_links)]

extern crate alloc;

mod accounts;
mod ballot;
#[cfg(feature = "runtime-benchmarks")]
pub mod benchmarking;
mod days;
mod due;
mod equivocation;
mod errors;
mod events;
mod facts;
mod live;
#[cfg(test)]
mod mock;
mod network;
mod prices;
mod session;
mod sources;
mod stats;
mod storage;
mod submit;
pub mod tally;
#[cfg(test)]
mod tests;
mod tokens;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod types;
pub mod url;
mod vote;
pub mod weights;
pub mod worker;

pub use equivocation::OracleEquivocation;
pub use pallet::*;
pub use submit::SubmitFault;
pub use types::*;
pub use weights::WeightInfo;

use frame_support::pallet_macros::import_section;

/// Key type of the oracle's session keys.
pub const KEY_TYPE: sp_core::crypto::KeyTypeId = sp_core::crypto::KeyTypeId(*b"orcl");

/// Ed25519, because the same vote then has the same bytes however often it is signed.
mod app_crypto {
	use super::KEY_TYPE;
	use sp_application_crypto::{app_crypto, ed25519};
	app_crypto!(ed25519, KEY_TYPE);
}

/// Keys that votes are signed with.
pub mod app {
	/// A validator's oracle session key.
	pub type AuthorityId = super::app_crypto::Public;
	/// Its signature.
	pub type AuthoritySignature = super::app_crypto::Signature;
	/// Its pair, for tests and tools.
	#[cfg(feature = "std")]
	pub type AuthorityPair = super::app_crypto::Pair;
}

/// The pallet.
// The attribute macros below write `expect`; nothing here does.
#[allow(clippy::expect_used)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(storage::storage)]
#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::{string::String, vec::Vec};
	use dmex_adapters::Adapter;
	use dmex_primitives::{
		calendar::Calendar,
		coins::Coins,
		facts::{AccountName, DayFact, Feed, NetworkFact, NetworkReading, OnNetworkFact, Priced},
		validators::Attendance,
		CoinAmount, CoinId, Day, Moment, PoolAccountId, Power, Price, Round, SourceId,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, ValidatorSet},
	};
	use frame_system::{offchain::CreateAuthorizedTransaction, pallet_prelude::*};
	use sp_runtime::Permill;
	use sp_staking::{offence::ReportOffence, SessionIndex};

	/// Balance of the deposits.
	pub type BalanceOf<T> = <<T as Config>::Currency as fungible::Inspect<
		<T as frame_system::Config>::AccountId,
	>>::Balance;
	/// A bound pool account as stored.
	pub type PoolAccountOf<T> = PoolAccount<<T as frame_system::Config>::AccountId, BalanceOf<T>>;
	/// A validator as offences name it.
	pub type Offender<T> = (<T as frame_system::Config>::AccountId, ());

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config + CreateAuthorizedTransaction<Call<Self>> {
		/// Registers and closes sources, watches coins: a referendum.
		type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// Chain time.
		type Calendar: Calendar;
		/// Terms of coins.
		type Coins: Coins;
		/// Told of every new height of a network.
		type OnNetworkFact: OnNetworkFact;
		/// Told at a session's end who was silent.
		type Attendance: Attendance<Self::AccountId>;
		/// Names the running session.
		type ValidatorSet: ValidatorSet<Self::AccountId>;
		/// Takes proven equivocations.
		type ReportOffence: ReportOffence<
			Self::AccountId,
			Offender<Self>,
			OracleEquivocation<Offender<Self>>,
		>;
		/// What punishing one offender weighs.
		type OffenceWeight: Get<Weight>;
		/// Storage deposits are held in it.
		type Currency: fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// The runtime's hold reasons.
		type RuntimeHoldReason: From<HoldReason>;
		/// Deposit for a record, beside its bytes.
		#[pallet::constant]
		type DepositBase: Get<BalanceOf<Self>>;
		/// Deposit for a byte.
		#[pallet::constant]
		type DepositPerByte: Get<BalanceOf<Self>>;
		/// Blocks of a round; at least one is used.
		type RoundBlocks: Get<BlockNumberFor<Self>>;
		/// Most accounts that are read at a time.
		#[pallet::constant]
		type MaxFollowed: Get<u32>;
		/// Sessions whose keys are kept, so that equivocation in them can be proven.
		type ProofWindow: Get<SessionIndex>;
		/// Days that agreed closed days are kept.
		#[pallet::constant]
		type KeepDays: Get<Day>;
		/// Days during which a source registered after genesis is on probation.
		#[pallet::constant]
		type ProbationDays: Get<Day>;
		/// Distance from the median at which a price still counts.
		type PriceSpread: Get<Permill>;
		/// Distance from the median at which a mean of fees still counts.
		type FeesSpread: Get<Permill>;
		/// Rounds that a price is fresh.
		type PriceFreshRounds: Get<Round>;
		/// Days that a network fact and mean fees are fresh.
		type NetworkFreshDays: Get<Day>;
		/// Rounds between two live readings of an account, at the least; at least one is used.
		type LiveEvery: Get<Round>;
		/// Accounts read live in a round, about; with more of them the rounds between two readings
		/// of an account grow. At least one is used.
		type LivePerRound: Get<u32>;
		/// Milliseconds that a vote's `observed_at` may be away from the chain's time.
		type ObservedTolerance: Get<Moment>;
		/// Ballots and old facts that a block puts away at most.
		#[pallet::constant]
		type SweepPerBlock: Get<u32>;
		/// Weights of calls, hooks and authorisations.
		type WeightInfo: WeightInfo;
		/// Moves the chain's clock.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: crate::benchmarking::BenchmarkHelper;
	}

	/// Why money of an account is held.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// Storage of token keys, tokens and account bindings.
		Storage,
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// Sources from the first day on, without probation: adapter, and base URL if it is not the
		/// service's own host. Their ids count from zero.
		pub sources: Vec<(Adapter, Option<String>)>,
		/// Coins whose network and price are read.
		pub watched: Vec<CoinId>,
		/// Whether http and loopback URLs may be registered. For chains on one machine only.
		pub loopback_allowed: bool,
		#[serde(skip)]
		#[doc(hidden)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			LoopbackAllowed::<T>::put(self.loopback_allowed);
			for (adapter, base_url) in &self.sources {
				let url = base_url.as_ref().map(|url| url.as_bytes().to_vec());
				let added = Pallet::<T>::add_source(*adapter, url, true);
				assert!(added.is_ok(), "genesis source {adapter:?} is refused: {added:?}");
			}
			let watched = WatchList::try_from(self.watched.clone());
			assert!(watched.is_ok(), "genesis watches too many coins");
			Watched::<T>::put(watched.unwrap_or_default());
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(now: BlockNumberFor<T>) -> Weight {
			let advanced = Self::advance_round(now);
			advanced.saturating_add(Self::sweep(T::SweepPerBlock::get()))
		}

		fn offchain_worker(now: BlockNumberFor<T>) {
			worker::run::<T>(now);
		}

		fn integrity_test() {
			assert!(T::ProofWindow::get() > 0, "equivocation must be provable");
			assert!(T::SweepPerBlock::get() > 0, "old ballots must go");
			assert!(
				T::KeepDays::get() > Day::from(AMENDMENT).saturating_add(1),
				"a day must be kept until it can be amended"
			);
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::call(weight = T::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Adds a validator's readings to the ballots of their feeds. Free.
		///
		/// ## Dispatch Origin
		/// Authorised: by the signature of an oracle key of the running session's set, or of the
		/// session before. Anybody may carry it.
		///
		/// ## Errors
		/// Everything is checked before the transaction enters a pool, and again here; see the
		/// first variants of [`Error`]. One bad reading refuses the vote as a whole.
		///
		/// ## Events
		/// [`Event::Voted`], and one for each fact that the vote completes.
		#[pallet::call_index(0)]
		#[pallet::weight((
			T::WeightInfo::vote(vote.feeds()),
			DispatchClass::Operational,
			Pays::No,
		))]
		#[pallet::authorize(Self::authorize_vote)]
		#[pallet::weight_of_authorize(T::WeightInfo::authorize_vote(vote.feeds()))]
		pub fn vote(
			origin: OriginFor<T>,
			vote: Vote,
			_signature: app::AuthoritySignature,
		) -> DispatchResult {
			frame_system::ensure_authorized(origin)?;
			Self::take_vote(vote)
		}

		/// Reports two signed votes of one key that read one feed differently. Free if it is proof.
		///
		/// ## Dispatch Origin
		/// Signed by anybody.
		///
		/// ## Errors
		/// [`Error::VotersDiffer`], [`Error::BadSignature`], [`Error::SessionNotKept`],
		/// [`Error::KeyNotInSet`], [`Error::NoContradiction`], [`Error::EquivocationKnown`].
		///
		/// ## Events
		/// [`Event::EquivocationReported`].
		#[pallet::call_index(1)]
		#[pallet::weight((
			T::WeightInfo::report_equivocation().saturating_add(T::OffenceWeight::get()),
			DispatchClass::Operational,
		))]
		pub fn report_equivocation(
			origin: OriginFor<T>,
			first: SignedVote,
			second: SignedVote,
		) -> DispatchResultWithPostInfo {
			let reporter = ensure_signed(origin)?;
			Self::prove_equivocation(reporter, first, second)?;
			Ok(Pays::No.into())
		}

		/// Registers a source; without `base_url` the service's own host.
		///
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		///
		/// ## Errors
		/// [`Error::UrlMissing`], [`Error::UrlTooLong`], [`Error::UrlRefused`],
		/// [`Error::TooManySources`].
		///
		/// ## Events
		/// [`Event::SourceRegistered`].
		#[pallet::call_index(2)]
		pub fn register_source(
			origin: OriginFor<T>,
			adapter: Adapter,
			base_url: Option<Url>,
		) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			let source = Self::add_source(adapter, base_url.map(Url::into_inner), false)?;
			Self::deposit_event(Event::SourceRegistered { source, adapter });
			Ok(())
		}

		/// Stops reading a source, for ever. Facts stay.
		///
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		///
		/// ## Errors
		/// [`Error::SourceUnknown`], [`Error::SourceClosed`].
		///
		/// ## Events
		/// [`Event::SourceClosed`].
		#[pallet::call_index(3)]
		pub fn close_source(origin: OriginFor<T>, source: SourceId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::shut_source(source)?;
			Self::deposit_event(Event::SourceClosed { source });
			Ok(())
		}

		/// Starts reading the network and the price of a registered coin.
		///
		/// ## Dispatch Origin
		/// [`Config::AdminOrigin`].
		///
		/// ## Errors
		/// [`Error::CoinUnknown`], [`Error::CoinWatched`], [`Error::NetworkSourceMissing`],
		/// [`Error::TooManyWatched`].
		///
		/// ## Events
		/// [`Event::CoinWatched`].
		#[pallet::call_index(4)]
		pub fn watch_coin(origin: OriginFor<T>, coin: CoinId) -> DispatchResult {
			T::AdminOrigin::ensure_origin(origin)?;
			Self::add_watched(coin)?;
			Self::deposit_event(Event::CoinWatched { coin });
			Ok(())
		}

		/// Publishes or replaces the X25519 key that tokens for the caller are sealed to. Takes a
		/// storage deposit. Tokens sealed to an earlier key must be posted anew.
		///
		/// ## Dispatch Origin
		/// Signed, by a validator's account or one that will become a validator.
		///
		/// ## Errors
		/// The deposit cannot be held.
		///
		/// ## Events
		/// [`Event::TokenKeyPublished`].
		#[pallet::call_index(5)]
		pub fn publish_token_key(origin: OriginFor<T>, key: [u8; 32]) -> DispatchResult {
			let validator = ensure_signed(origin)?;
			Self::put_token_key(&validator, key)?;
			Self::deposit_event(Event::TokenKeyPublished { validator });
			Ok(())
		}

		/// Withdraws the caller's token key and returns its deposit.
		///
		/// ## Dispatch Origin
		/// Signed, by who published one.
		///
		/// ## Errors
		/// [`Error::TokenKeyMissing`].
		///
		/// ## Events
		/// [`Event::TokenKeyWithdrawn`].
		#[pallet::call_index(6)]
		pub fn withdraw_token_key(origin: OriginFor<T>) -> DispatchResult {
			let validator = ensure_signed(origin)?;
			Self::take_token_key(&validator)?;
			Self::deposit_event(Event::TokenKeyWithdrawn { validator });
			Ok(())
		}

		/// Posts or replaces a read-only token of an account, sealed to a validator's key. Takes a
		/// storage deposit.
		///
		/// ## Dispatch Origin
		/// Signed by the account's provider.
		///
		/// ## Errors
		/// [`Error::AccountUnknown`], [`Error::NotProvider`], [`Error::TokenEmpty`],
		/// [`Error::TokenKeyMissing`], or the deposit cannot be held.
		///
		/// ## Events
		/// [`Event::TokenPosted`], without the token.
		#[pallet::call_index(7)]
		pub fn post_token(
			origin: OriginFor<T>,
			account: PoolAccountId,
			validator: T::AccountId,
			sealed: Sealed,
		) -> DispatchResult {
			let provider = ensure_signed(origin)?;
			Self::put_token(&provider, account, &validator, sealed)?;
			Self::deposit_event(Event::TokenPosted { account, validator });
			Ok(())
		}

		/// Removes a token and returns its deposit.
		///
		/// ## Dispatch Origin
		/// Signed by the account's provider.
		///
		/// ## Errors
		/// [`Error::AccountUnknown`], [`Error::NotProvider`], [`Error::TokenMissing`].
		///
		/// ## Events
		/// [`Event::TokenRemoved`].
		#[pallet::call_index(8)]
		pub fn remove_token(
			origin: OriginFor<T>,
			account: PoolAccountId,
			validator: T::AccountId,
		) -> DispatchResult {
			let provider = ensure_signed(origin)?;
			Self::take_token(&provider, account, &validator)?;
			Self::deposit_event(Event::TokenRemoved { account, validator });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// Agreed closed days of an account, `days` from `first` on, at most
		/// [`MAX_DAYS_READ`]. Days without a fact are left out.
		pub fn closed_days(account: PoolAccountId, first: Day, days: u32) -> Vec<(Day, DayRecord)> {
			(0..days.min(MAX_DAYS_READ))
				.filter_map(|offset| first.checked_add(offset))
				.filter_map(|day| Some((day, DayFacts::<T>::get(day, account)?)))
				.collect()
		}

		/// The agreed state of a coin's network, however old.
		pub fn network_record(coin: CoinId) -> Option<NetworkRecord> {
			NetworkFacts::<T>::get(coin)
		}

		/// The agreed mean fees of a coin's blocks, however old.
		pub fn fees_record(coin: CoinId) -> Option<FeesRecord> {
			FeesFacts::<T>::get(coin)
		}

		/// The agreed price, however old.
		pub fn price_record(of: Priced) -> Option<PriceRecord> {
			PriceFacts::<T>::get(of)
		}

		/// Hashrate of an account now: unagreed, decides nothing.
		pub fn live_reading(account: PoolAccountId) -> Option<LiveRecord> {
			LiveReadings::<T>::get(account)
		}

		/// All sources.
		pub fn sources() -> Vec<(SourceId, Source)> {
			Sources::<T>::iter().collect()
		}

		/// Coins whose network and price are read.
		pub fn watched_coins() -> Vec<CoinId> {
			Watched::<T>::get().into_inner()
		}

		/// A pool account.
		pub fn account(id: PoolAccountId) -> Option<AccountView<T::AccountId>> {
			let PoolAccount { source, coin, name, provider, .. } = Accounts::<T>::get(id)?;
			let followed_since = Followed::<T>::get(id);
			Some(AccountView { id, source, coin, name, provider, followed_since })
		}

		/// How the validators of a kept session voted.
		pub fn scores(session: SessionIndex) -> Vec<(T::AccountId, Score)> {
			let voters = Sessions::<T>::get(session).into_iter().map(|(validator, _)| validator);
			let scores = SessionScores::<T>::get(session).into_iter();
			voters.zip(scores.chain(core::iter::repeat(Score::default()))).collect()
		}

		/// The open round.
		pub fn round() -> Round {
			CurrentRound::<T>::get().index
		}

		/// Power of an account on a closed day that its pool vouches for: the agreed value, or zero
		/// where the pool refused on two days running. `None` where nothing is agreed, or the pool
		/// refused on this day alone.
		pub fn measured_power(account: PoolAccountId, day: Day) -> Option<Power> {
			Self::power_of(account, day)
		}
	}
}
