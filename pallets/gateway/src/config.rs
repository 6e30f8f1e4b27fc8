//! What the runtime wires and decides. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What the runtime wires and decides. A section of the pallet's module.
#[pallet_section]
mod config {
	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The runtime's reasons for a hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// Where the deposits for addresses and withdrawals are held: DMEX.
		type Native: fungible::Inspect<Self::AccountId, Balance = Balance>
			+ fungible::MutateHold<Self::AccountId, Reason = Self::RuntimeHoldReason>;
		/// Wrapped coins and the stablecoin. Nobody else mints or burns them.
		type Assets: fungibles::Mutate<Self::AccountId, AssetId = AssetId, Balance = Balance>;
		/// Holds on the same assets.
		type Holds: fungibles::MutateHold<
			Self::AccountId,
			AssetId = AssetId,
			Balance = Balance,
			Reason = Self::RuntimeHoldReason,
		>;
		/// Registry of coins.
		type Coins: Coins;
		/// Lots, their accounts and their providers.
		type Lots: Lots<Self::AccountId>;
		/// What pools keep.
		type PoolAccounts: PoolAccounts<Self::AccountId>;
		/// Agreed closed days.
		type Facts: Facts;
		/// Agreed prices, to value bonds by.
		type Prices: Prices;
		/// Days of the chain.
		type Calendar: Calendar;
		/// Takes what arrives for a lot.
		type Remit: Remit<Self::AccountId>;
		/// Sets gates and custodians, and slashes: a referendum.
		type CustodianOrigin: EnsureOrigin<Self::RuntimeOrigin>;
		/// The stablecoin, which custodians bond.
		#[pallet::constant]
		type StableAsset: Get<AssetId>;
		/// Where slashed bonds go.
		type SlashTo: Get<Self::AccountId>;
		/// Names the keyless account through which lots are paid.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// DMEX held for ever for an address.
		#[pallet::constant]
		type AddressDeposit: Get<Balance>;
		/// DMEX held for a withdrawal while it is open.
		#[pallet::constant]
		type WithdrawalDeposit: Get<Balance>;
		/// Most free addresses of an asset.
		#[pallet::constant]
		type MaxFreeAddresses: Get<u64>;
		/// Most votes of a custodian on statements that are not agreed.
		#[pallet::constant]
		type MaxOpenVotes: Get<u32>;
		/// Most open withdrawals of an account.
		#[pallet::constant]
		type MaxOpenOfAccount: Get<u32>;
		/// Days after which anyone may clear a statement that was not agreed.
		#[pallet::constant]
		type BallotDays: Get<Day>;
		/// Most of each kind of chore in a block.
		#[pallet::constant]
		type ChoresPerBlock: Get<u32>;
		/// Makes the other parts answer in benchmarks.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: super::benchmarking::BenchmarkHelper<Self::AccountId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
	}
}
