//! What happened. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// What happened. A section of the pallet's module.
#[pallet_section]
mod events {
	#[pallet::event]
	#[pallet::generate_deposit(pub(crate) fn deposit_event)]
	pub enum Event<T: Config> {
		/// An asset may go in and out under these terms.
		GateSet {
			/// The asset.
			asset: AssetId,
			/// What it is on the outside.
			of: Priced,
			/// The terms.
			terms: GateTerms,
		},
		/// There are new custodians, or new terms for them.
		CustodiansSet {
			/// Who they are.
			members: Members<T::AccountId>,
			/// What binds them.
			terms: CouncilTerms,
		},
		/// A bond was raised.
		Bonded {
			/// Whose.
			who: T::AccountId,
			/// By how much, units of the stablecoin.
			amount: Balance,
		},
		/// Part of a bond was asked back.
		Unbonding {
			/// Whose.
			who: T::AccountId,
			/// How much.
			amount: Balance,
			/// First day on which it can be taken.
			free_from: Day,
		},
		/// Part of a bond was taken back.
		BondWithdrawn {
			/// Whose.
			who: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// Part of a bond on hold was taken as punishment.
		Slashed {
			/// Whose.
			who: T::AccountId,
			/// Who has it now.
			to: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// A custodian voted.
		Voted {
			/// Blake2-256 of the statement.
			ballot: H256,
			/// Who.
			custodian: T::AccountId,
			/// Votes of present custodians for it.
			votes: u32,
		},
		/// A vote on a statement that was not agreed is gone.
		VoteDropped {
			/// Blake2-256 of the statement.
			ballot: H256,
			/// Whose.
			custodian: T::AccountId,
		},
		/// Addresses may be asked for.
		AddressesPosted {
			/// Of which asset.
			asset: AssetId,
			/// Which.
			batch: Batch,
		},
		/// An address is someone's for ever.
		AddressAssigned {
			/// Of which asset.
			asset: AssetId,
			/// Whose it is.
			target: Target<T::AccountId>,
			/// Which.
			address: Address,
			/// Who asked.
			payer: T::AccountId,
			/// DMEX put on hold.
			deposit: Balance,
		},
		/// An account's address has become a lot's, whose pool pays to the account's name. Its deposit
		/// stays on hold.
		AddressDedicated {
			/// Of which asset.
			asset: AssetId,
			/// Whose it is now.
			lot: LotId,
			/// Which.
			address: Address,
		},
		/// Custodians agreed on a deposit.
		DepositAttested {
			/// Whose it is.
			target: Target<T::AccountId>,
			/// The deposit.
			deposit: Deposit,
		},
		/// A deposit waits for room.
		DepositWaits {
			/// Of which asset.
			asset: AssetId,
			/// For whom.
			target: Target<T::AccountId>,
			/// How much more.
			amount: Balance,
			/// Why.
			reason: WaitReason,
		},
		/// There is room for a part of what waited, or for all of it: it is minted, or owed.
		DepositPassed {
			/// Of which asset.
			asset: AssetId,
			/// For whom.
			target: Target<T::AccountId>,
			/// How much waits no more.
			amount: Balance,
		},
		/// Wrapped coins were minted: to the account, or to the pot and remitted to the lot.
		Minted {
			/// Which asset.
			asset: AssetId,
			/// For whom.
			target: Target<T::AccountId>,
			/// How much.
			amount: Balance,
		},
		/// What arrived could not be received and is owed.
		Owed {
			/// Which asset.
			asset: AssetId,
			/// To whom.
			target: Target<T::AccountId>,
			/// How much more.
			amount: Balance,
		},
		/// A withdrawal waits for acceptance. The amount is on hold.
		WithdrawalQueued {
			/// Its number.
			id: WithdrawalId,
			/// Whose.
			who: T::AccountId,
			/// Which asset.
			asset: AssetId,
			/// How much, with the fee.
			amount: Balance,
			/// The fee.
			fee: Balance,
			/// DMEX put on hold.
			deposit: Balance,
			/// Where the rest goes.
			address: Address,
			/// First day on which it refunds itself.
			deadline: Day,
		},
		/// Custodians named what the transaction spends.
		WithdrawalAccepted {
			/// Its number.
			id: WithdrawalId,
			/// What is spent.
			inputs: Inputs,
		},
		/// A withdrawal ended. Confirmed, the amount on hold was burned; taken back, the fee was, and
		/// the rest released; else all was released, as the deposit always is.
		WithdrawalEnded {
			/// Its number.
			id: WithdrawalId,
			/// Whose.
			who: T::AccountId,
			/// Which asset.
			asset: AssetId,
			/// How much, with the fee.
			amount: Balance,
			/// How.
			outcome: Outcome,
		},
		/// Days of a lot were filled for good with what had arrived.
		DaysFilled {
			/// The lot.
			lot: LotId,
			/// First day that is not.
			until: Day,
			/// Covered in all.
			covered: CoinAmount,
		},
		/// The faucet minted.
		FaucetUsed {
			/// Which asset.
			asset: AssetId,
			/// To whom.
			who: T::AccountId,
			/// How much.
			amount: Balance,
		},
	}
}
