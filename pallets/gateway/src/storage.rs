//! What is kept, and with what it begins. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What is kept, and with what it begins. A section of the pallet's module.
#[pallet_section]
mod storage {
	/// Assets that go in and out.
	#[pallet::storage]
	pub type Gates<T: Config> = StorageMap<_, Twox64Concat, AssetId, Gate>;

	/// The same, in the order in which they were set.
	#[pallet::storage]
	pub type GateList<T: Config> =
		StorageValue<_, BoundedVec<AssetId, ConstU32<MAX_GATES>>, ValueQuery>;

	/// The custodians.
	#[pallet::storage]
	pub type Custodians<T: Config> = StorageValue<_, Council<T::AccountId>, ValueQuery>;

	/// Bonds of present and past custodians.
	#[pallet::storage]
	pub type Bonds<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, Bond, ValueQuery>;

	/// Statements that are not agreed, by their Blake2-256. Bounded by [`OpenVotes`].
	#[pallet::storage]
	pub type Ballots<T: Config> = StorageMap<_, Identity, H256, Ballot<T::AccountId>>;

	/// How many of [`Ballots`] a custodian has voted in.
	#[pallet::storage]
	pub type OpenVotes<T: Config> = StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Posted addresses by the Blake2-256 of their text, and whose they are: nobody's until someone
	/// asks, then his for ever.
	#[pallet::storage]
	pub type Addresses<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AssetId,
		Identity,
		H256,
		Option<Target<T::AccountId>>,
		OptionQuery,
	>;

	/// Numbers of an asset's free addresses.
	#[pallet::storage]
	pub type FreeQueue<T: Config> = StorageMap<_, Twox64Concat, AssetId, Queue, ValueQuery>;

	/// Free addresses, the oldest first to go.
	#[pallet::storage]
	pub type FreeAddresses<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Twox64Concat, u64, Address>;

	/// Addresses of accounts.
	#[pallet::storage]
	pub type AccountAddresses<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AssetId,
		Blake2_128Concat,
		T::AccountId,
		Assigned<T::AccountId>,
	>;

	/// What arrived for lots, and their addresses.
	#[pallet::storage]
	pub type LotBooks<T: Config> = StorageMap<_, Twox64Concat, LotId, LotBook<T::AccountId>>;

	/// Totals up to and with each filled day of the last [`KEEP_DAYS`].
	#[pallet::storage]
	pub type FilledDays<T: Config> =
		StorageDoubleMap<_, Twox64Concat, LotId, Twox64Concat, Day, Totals>;

	/// Agreed deposits by the Blake2-256 of (transaction, output). Forgotten when their height is so
	/// far below the highest that they would be refused anyway.
	#[pallet::storage]
	pub type Deposits<T: Config> = StorageDoubleMap<_, Twox64Concat, AssetId, Identity, H256, Seen>;

	/// The same by (asset, height / [`BUCKET_HEIGHTS`]).
	#[pallet::storage]
	pub type DepositsByHeight<T: Config> =
		StorageDoubleMap<_, Twox64Concat, (AssetId, u64), Identity, H256, ()>;

	/// Heights of an asset's deposits.
	#[pallet::storage]
	pub type HeightsOf<T: Config> = StorageMap<_, Twox64Concat, AssetId, Heights, ValueQuery>;

	/// Numbers of those for whom deposits wait.
	#[pallet::storage]
	pub type WaitQueue<T: Config> = StorageMap<_, Twox64Concat, (AssetId, Lane), Queue, ValueQuery>;

	/// For whom deposits wait for room, each once, whose turn is next first. Who waits has an address,
	/// and left a deposit for it.
	#[pallet::storage]
	pub type Waiting<T: Config> =
		StorageDoubleMap<_, Twox64Concat, (AssetId, Lane), Twox64Concat, u64, Target<T::AccountId>>;

	/// How much waits for them.
	#[pallet::storage]
	pub type WaitingFor<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AssetId,
		Blake2_128Concat,
		Target<T::AccountId>,
		Balance,
		ValueQuery,
	>;

	/// What is owed to who could not receive. Not minted yet.
	#[pallet::storage]
	pub type OwedTo<T: Config> =
		StorageDoubleMap<_, Twox64Concat, AssetId, Blake2_128Concat, Target<T::AccountId>, Balance>;

	/// What went in and out.
	#[pallet::storage]
	pub type FlowsOf<T: Config> = StorageMap<_, Twox64Concat, AssetId, Flows, ValueQuery>;

	/// What was spent of the rates.
	#[pallet::storage]
	pub type SpentOf<T: Config> = StorageMap<_, Twox64Concat, (AssetId, Rate), Spent, ValueQuery>;

	/// Number of the next withdrawal.
	#[pallet::storage]
	pub type NextWithdrawal<T: Config> = StorageValue<_, WithdrawalId, ValueQuery>;

	/// Open withdrawals.
	#[pallet::storage]
	pub type Withdrawals<T: Config> =
		StorageMap<_, Twox64Concat, WithdrawalId, Withdrawal<T::AccountId>>;

	/// How many of an asset are open.
	#[pallet::storage]
	pub type OpenOfAsset<T: Config> = StorageMap<_, Twox64Concat, AssetId, u32, ValueQuery>;

	/// How many of an account are open.
	#[pallet::storage]
	pub type OpenOfAccount<T: Config> =
		StorageMap<_, Blake2_128Concat, T::AccountId, u32, ValueQuery>;

	/// Queued withdrawals by the day on which they refund themselves.
	#[pallet::storage]
	pub type Deadlines<T: Config> =
		StorageDoubleMap<_, Twox64Concat, Day, Twox64Concat, WithdrawalId, ()>;

	/// First day whose deadlines are not all done.
	#[pallet::storage]
	pub type NextDeadline<T: Config> = StorageValue<_, Day, OptionQuery>;

	/// The last ended withdrawals, for who asks.
	#[pallet::storage]
	pub type Finished<T: Config> =
		StorageMap<_, Twox64Concat, WithdrawalId, WithdrawalView<T::AccountId>>;

	/// Which they are, by the count of endings modulo [`FINISHED_KEPT`].
	#[pallet::storage]
	pub type FinishedRing<T: Config> = StorageMap<_, Twox64Concat, u64, WithdrawalId>;

	/// Count of endings.
	#[pallet::storage]
	pub type FinishedCount<T: Config> = StorageValue<_, u64, ValueQuery>;

	/// Lot whose days were looked at last.
	#[pallet::storage]
	pub type LastLooked<T: Config> = StorageValue<_, LotId, OptionQuery>;

	/// Whether genesis allows the faucet. For development chains only; nothing sets it later.
	#[pallet::storage]
	pub type FaucetOpen<T: Config> = StorageValue<_, bool, ValueQuery>;

	/// What an account took from the faucet, and on which day.
	#[pallet::storage]
	pub type FaucetTaken<T: Config> = StorageDoubleMap<
		_,
		Twox64Concat,
		AssetId,
		Blake2_128Concat,
		T::AccountId,
		(Day, Balance),
		ValueQuery,
	>;

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// What goes in and out.
		pub gates: Vec<(Priced, GateTerms)>,
		/// The custodians.
		pub custodians: Vec<T::AccountId>,
		/// What binds them.
		pub terms: CouncilTerms,
		/// Whether anyone may take from the faucet. For development chains only.
		pub faucet: bool,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			for (of, terms) in &self.gates {
				let set = Pallet::<T>::do_set_gate(*of, terms.clone());
				assert!(set.is_ok(), "{of:?}: {set:?}");
			}
			if !self.custodians.is_empty() {
				let mut members = self.custodians.clone();
				members.sort();
				let members = Members::truncate_from(members);
				let set = Pallet::<T>::do_set_custodians(members, self.terms);
				assert!(set.is_ok(), "custodians: {set:?}");
			}
			FaucetOpen::<T>::put(self.faucet);
		}
	}
}
