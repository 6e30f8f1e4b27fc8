//! What is kept. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What is kept. A section of the pallet's module.
#[pallet_section]
mod storage {
	/// Services that workers read.
	#[pallet::storage]
	pub type Sources<T> = CountedStorageMap<_, Twox64Concat, SourceId, Source>;

	/// Whether http and loopback URLs may be registered. Fixed at genesis.
	#[pallet::storage]
	pub type LoopbackAllowed<T> = StorageValue<_, bool, ValueQuery>;

	/// Coins whose network and price are read.
	#[pallet::storage]
	pub type Watched<T> = StorageValue<_, WatchList, ValueQuery>;

	/// Pool accounts, bound for ever.
	#[pallet::storage]
	pub type Accounts<T: Config> = StorageMap<_, Twox64Concat, PoolAccountId, PoolAccountOf<T>>;

	/// The account under a normalised name at a source.
	#[pallet::storage]
	pub type AccountOf<T> = StorageMap<_, Blake2_128Concat, (SourceId, AccountName), PoolAccountId>;

	/// The next account's id.
	#[pallet::storage]
	pub type NextAccount<T> = StorageValue<_, PoolAccountId, ValueQuery>;

	/// Accounts that are read, and from which day on.
	#[pallet::storage]
	pub type Followed<T> = CountedStorageMap<_, Twox64Concat, PoolAccountId, Day>;

	/// The running session.
	#[pallet::storage]
	pub type CurrentSession<T> = StorageValue<_, SessionIndex, ValueQuery>;

	/// Validators and oracle keys of the sessions in the proof window, the running one, and the
	/// next one as it is queued.
	#[pallet::storage]
	pub type Sessions<T: Config> =
		StorageMap<_, Twox64Concat, SessionIndex, Voters<T::AccountId>, ValueQuery>;

	/// The oldest session whose set is kept.
	#[pallet::storage]
	pub type OldestSession<T> = StorageValue<_, SessionIndex, ValueQuery>;

	/// How the validators of a kept session voted, in the order of its set.
	#[pallet::storage]
	pub type SessionScores<T> = StorageMap<_, Twox64Concat, SessionIndex, Scores, ValueQuery>;

	/// The round that is open.
	#[pallet::storage]
	pub type CurrentRound<T: Config> = StorageValue<_, OpenRound<BlockNumberFor<T>>, ValueQuery>;

	/// Votes whose period is not over.
	#[pallet::storage]
	pub type Ballots<T> = StorageDoubleMap<_, Twox64Concat, Period, Blake2_128Concat, Feed, Ballot>;

	/// Up to where old ballots and facts have been put away.
	#[pallet::storage]
	pub type Swept<T> = StorageValue<_, Sweep, ValueQuery>;

	/// Agreed closed days.
	#[pallet::storage]
	pub type DayFacts<T> =
		StorageDoubleMap<_, Twox64Concat, Day, Twox64Concat, PoolAccountId, DayRecord>;

	/// Agreed network states.
	#[pallet::storage]
	pub type NetworkFacts<T> = StorageMap<_, Twox64Concat, CoinId, NetworkRecord>;

	/// Network states that wait for a second round.
	#[pallet::storage]
	pub type WaitingNetworks<T> = StorageMap<_, Twox64Concat, CoinId, Waiting<NetworkReading>>;

	/// Agreed mean fees.
	#[pallet::storage]
	pub type FeesFacts<T> = StorageMap<_, Twox64Concat, CoinId, FeesRecord>;

	/// Agreed prices.
	#[pallet::storage]
	pub type PriceFacts<T> = StorageMap<_, Twox64Concat, Priced, PriceRecord>;

	/// Prices that wait for a second round.
	#[pallet::storage]
	pub type WaitingPrices<T> = StorageMap<_, Twox64Concat, Priced, Waiting<Price>>;

	/// Live readings.
	#[pallet::storage]
	pub type LiveReadings<T> = StorageMap<_, Twox64Concat, PoolAccountId, LiveRecord>;

	/// Keys that tokens are sealed to.
	#[pallet::storage]
	pub type TokenKeys<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, TokenKey<BalanceOf<T>>>;

	/// Tokens that providers posted, by account and validator.
	#[pallet::storage]
	pub type Tokens<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		PoolAccountId,
		Blake2_128Concat,
		T::AccountId,
		Token<BalanceOf<T>>,
	>;
}
