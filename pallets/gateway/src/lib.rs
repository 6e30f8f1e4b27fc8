#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod addresses;
mod config;
mod custodians;
mod days;
mod deposits;
mod errors;
mod events;
mod faucet;
mod gates;
mod idle;
mod minting;
mod power;
mod storage;
mod try_state;
pub mod types;
mod views;
mod voting;
pub mod weights;
mod withdrawals;

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
#[import_section(config::config)]
#[import_section(events::events)]
#[import_section(errors::errors)]
#[import_section(storage::storage)]
#[frame_support::pallet]
pub mod pallet {
	use super::WeightInfo;
	use crate::types::*;
	use alloc::vec::Vec;
	use dmex_primitives::{
		calendar::Calendar,
		coins::Coins,
		facts::{DayPower, Facts, PoolAccounts, Priced, Prices},
		lots::Lots,
		rights::Remit,
		AssetId, Balance, CoinAmount, Day, LotId, PoolAccountId, Power,
	};
	use frame_support::{
		pallet_prelude::*,
		traits::{fungible, fungibles},
		PalletId,
	};
	use frame_system::pallet_prelude::*;
	use sp_core::H256;

	const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Why this pallet holds something.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// DMEX for addresses.
		Address,
		/// Stablecoin that custodians bonded.
		CustodianBond,
		/// Coins that are to be withdrawn.
		Withdrawal,
		/// DMEX for withdrawals that are open.
		WithdrawalDeposit,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Lets the stablecoin or a coin in and out under these terms, or changes them.
		///
		/// ## Dispatch Origin
		/// `CustodianOrigin`.
		///
		/// ## Errors
		/// `UnknownCoin`, `TooManyGates`, `NetworkFixed`, `BondSharesExceedAll`, `FeeNotBelowLeast`,
		/// `LeastDepositOutOfRange`.
		///
		/// ## Events
		/// `GateSet`.
		#[pallet::call_index(0)]
		#[pallet::weight(T::WeightInfo::set_gate())]
		pub fn set_gate(origin: OriginFor<T>, of: Priced, terms: GateTerms) -> DispatchResult {
			T::CustodianOrigin::ensure_origin(origin)?;
			let asset = Self::do_set_gate(of, terms.clone())?;
			Self::deposit_event(Event::GateSet { asset, of, terms });
			Ok(())
		}

		/// Sets the custodians and what binds them. Votes of those who are left out stop counting.
		///
		/// ## Dispatch Origin
		/// `CustodianOrigin`.
		///
		/// ## Errors
		/// `MembersNotSorted`, `ThresholdOutOfRange`.
		///
		/// ## Events
		/// `CustodiansSet`.
		#[pallet::call_index(1)]
		#[pallet::weight(T::WeightInfo::set_custodians())]
		pub fn set_custodians(
			origin: OriginFor<T>,
			members: Members<T::AccountId>,
			terms: CouncilTerms,
		) -> DispatchResult {
			T::CustodianOrigin::ensure_origin(origin)?;
			Self::do_set_custodians(members.clone(), terms)?;
			Self::deposit_event(Event::CustodiansSet { members, terms });
			Ok(())
		}

		/// Takes up to an amount of a custodian's bond, what is leaving included.
		///
		/// ## Dispatch Origin
		/// `CustodianOrigin`.
		///
		/// ## Errors
		/// `NotBonded`.
		///
		/// ## Events
		/// `Slashed`.
		#[pallet::call_index(2)]
		#[pallet::weight(T::WeightInfo::slash_custodian())]
		pub fn slash_custodian(
			origin: OriginFor<T>,
			who: T::AccountId,
			amount: Balance,
		) -> DispatchResult {
			T::CustodianOrigin::ensure_origin(origin)?;
			ensure!(Self::slash(&who, amount) > 0, Error::<T>::NotBonded);
			Ok(())
		}

		/// Raises the caller's bond: stablecoin on hold. One may bond before one is elected.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Errors
		/// `ZeroAmount`; the amount cannot be held.
		///
		/// ## Events
		/// `Bonded`.
		#[pallet::call_index(3)]
		#[pallet::weight(T::WeightInfo::bond())]
		pub fn bond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_bond(&who, amount)?;
			Self::deposit_event(Event::Bonded { who, amount });
			Ok(())
		}

		/// Asks part of the caller's bond back. It backs nothing from now on and stays within reach
		/// of a slash until the delay is over.
		///
		/// ## Dispatch Origin
		/// Signed by a bonded account.
		///
		/// ## Errors
		/// `ZeroAmount`, `NotBonded`, `BondNeeded`, `BondsBackTooLittle`, `TooManyLeaving`; a price
		/// is stale.
		///
		/// ## Events
		/// `Unbonding`.
		#[pallet::call_index(4)]
		#[pallet::weight(T::WeightInfo::unbond())]
		pub fn unbond(origin: OriginFor<T>, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let free_from = Self::do_unbond(&who, amount)?;
			Self::deposit_event(Event::Unbonding { who, amount, free_from });
			Ok(())
		}

		/// Takes back what of the caller's bond has left.
		///
		/// ## Dispatch Origin
		/// Signed by a bonded account.
		///
		/// ## Errors
		/// `NothingFree`.
		///
		/// ## Events
		/// `BondWithdrawn`.
		#[pallet::call_index(5)]
		#[pallet::weight(T::WeightInfo::withdraw_bond())]
		pub fn withdraw_bond(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let amount = Self::do_withdraw_bond(&who)?;
			Self::deposit_event(Event::BondWithdrawn { who, amount });
			Ok(())
		}

		/// Votes that each of these addresses takes `threshold` custodians to spend from. Agreed,
		/// they are free to be asked for.
		///
		/// ## Dispatch Origin
		/// Signed by a custodian. Free if it counts.
		///
		/// ## Errors
		/// `UnknownGate`, `NotSorted`, what is wrong with an address, `AddressNotCanonical`,
		/// `AddressPostedAlready`, `TooManyFreeAddresses`, and those of a vote: `NotCustodian`,
		/// `BondTooSmall`, `VotedAlready`, `TooManyOpenVotes`.
		///
		/// ## Events
		/// `Voted`, `AddressesPosted`.
		#[pallet::call_index(6)]
		#[pallet::weight(T::WeightInfo::post_addresses(batch.len().try_into().unwrap_or(u32::MAX)))]
		pub fn post_addresses(
			origin: OriginFor<T>,
			asset: AssetId,
			batch: Batch,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::do_post_addresses(&who, asset, batch)?;
			Ok(Pays::No.into())
		}

		/// Gives an open lot an address of its own, for ever.
		///
		/// ## Dispatch Origin
		/// Signed by the lot's provider. Takes a deposit that is not returned, as the address is
		/// kept for ever.
		///
		/// ## Errors
		/// `UnknownLot`, `NotLotProvider`, `LotClosed`, `UnknownGate`, `AddressAssignedAlready`,
		/// `NoFreeAddress`; the deposit cannot be held.
		///
		/// ## Events
		/// `AddressAssigned`.
		#[pallet::call_index(7)]
		#[pallet::weight(T::WeightInfo::request_lot_address())]
		pub fn request_lot_address(origin: OriginFor<T>, lot: LotId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_lot_address(&who, lot)
		}

		/// Gives the caller an address for an asset, for ever.
		///
		/// ## Dispatch Origin
		/// Signed. Takes a deposit that is not returned, as the address is kept for ever.
		///
		/// ## Errors
		/// `UnknownGate`, `AddressAssignedAlready`, `NoFreeAddress`; the deposit cannot be held.
		///
		/// ## Events
		/// `AddressAssigned`.
		#[pallet::call_index(8)]
		#[pallet::weight(T::WeightInfo::request_address())]
		pub fn request_address(origin: OriginFor<T>, asset: AssetId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_request_address(&who, asset)
		}

		/// Votes that a deposit is final. Agreed, it is minted once: remitted to the lot, or given
		/// to the account, whose the address is.
		///
		/// ## Dispatch Origin
		/// Signed by a custodian. Free if it counts.
		///
		/// ## Errors
		/// `UnknownGate`, `DepositSeen`, `DepositTooOld`, `AddressUnknown`, `AddressUnassigned`,
		/// `BelowLeast`, and those of a vote.
		///
		/// ## Events
		/// `Voted`, `DepositAttested`, and `Minted`, `Owed` or `DepositWaits`.
		#[pallet::call_index(9)]
		#[pallet::weight(
			T::WeightInfo::attest_deposit()
				.saturating_add(T::WeightInfo::fill_days(FILLED_BY_ARRIVAL))
		)]
		pub fn attest_deposit(
			origin: OriginFor<T>,
			deposit: Deposit,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::casting(&who, || Self::do_attest_deposit(&who, deposit))
		}

		/// Mints a part of what waits for the lot or account whose turn it is, if there is room. The
		/// chain does it by itself too.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `UnknownGate`, `NothingWaits`, `MustWait`.
		///
		/// ## Events
		/// `DepositPassed`, and `Minted` or `Owed`.
		#[pallet::call_index(10)]
		#[pallet::weight(T::WeightInfo::mint_waiting())]
		pub fn mint_waiting(origin: OriginFor<T>, asset: AssetId, lane: Lane) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_mint_waiting(asset, lane)
		}

		/// Mints what is owed to who could not receive it.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `NothingOwed`, `CannotReceive`.
		///
		/// ## Events
		/// `Minted`.
		#[pallet::call_index(11)]
		#[pallet::weight(T::WeightInfo::claim_owed())]
		pub fn claim_owed(
			origin: OriginFor<T>,
			asset: AssetId,
			target: Target<T::AccountId>,
		) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_claim_owed(asset, target)
		}

		/// Asks for coins to be sent to an outside address. The amount is on hold until they are, and
		/// so is a deposit of DMEX.
		///
		/// ## Dispatch Origin
		/// Signed.
		///
		/// ## Errors
		/// `UnknownGate`, `BelowLeast`, what is wrong with the address, `AddressOfCustodians`,
		/// `TooManyWithdrawals`, `TooManyOfAccount`; amount or deposit cannot be held.
		///
		/// ## Events
		/// `WithdrawalQueued`.
		#[pallet::call_index(12)]
		#[pallet::weight(T::WeightInfo::withdraw())]
		pub fn withdraw(
			origin: OriginFor<T>,
			asset: AssetId,
			#[pallet::compact] amount: Balance,
			address: Address,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw(&who, asset, amount, address)
		}

		/// Votes that a queued withdrawal will be paid by a transaction that spends these inputs.
		/// Agreed, it is no longer refunded at its deadline, so custodians publish the transaction
		/// only then.
		///
		/// ## Dispatch Origin
		/// Signed by a custodian. Free if it counts.
		///
		/// ## Errors
		/// `UnknownWithdrawal`, `AcceptedAlready`, `DeadlinePassed`, `NotSorted`, `RateExceeded`, and
		/// those of a vote.
		///
		/// ## Events
		/// `Voted`, `WithdrawalAccepted`.
		#[pallet::call_index(13)]
		#[pallet::weight(T::WeightInfo::accept_withdrawal(inputs.len().try_into().unwrap_or(u32::MAX)))]
		pub fn accept_withdrawal(
			origin: OriginFor<T>,
			id: WithdrawalId,
			inputs: Inputs,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::casting(&who, || Self::do_accept_withdrawal(&who, id, inputs))
		}

		/// Votes that the transaction that paid an accepted withdrawal is final. Agreed, the amount
		/// on hold is burned.
		///
		/// ## Dispatch Origin
		/// Signed by a custodian. Free if it counts.
		///
		/// ## Errors
		/// `UnknownWithdrawal`, `NotAccepted`, and those of a vote.
		///
		/// ## Events
		/// `Voted`, `WithdrawalEnded`.
		#[pallet::call_index(14)]
		#[pallet::weight(T::WeightInfo::confirm_withdrawal())]
		pub fn confirm_withdrawal(
			origin: OriginFor<T>,
			id: WithdrawalId,
			transaction: H256,
			height: u64,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::casting(&who, || Self::do_confirm_withdrawal(&who, id, transaction, height))
		}

		/// Votes that an input of an accepted withdrawal was spent, finally, by another transaction,
		/// so that it can never be paid by its own. Agreed, the amount on hold is given back.
		///
		/// ## Dispatch Origin
		/// Signed by a custodian. Free if it counts.
		///
		/// ## Errors
		/// `UnknownWithdrawal`, `NotAccepted`, `InputNotNamed`, and those of a vote.
		///
		/// ## Events
		/// `Voted`, `WithdrawalEnded`.
		#[pallet::call_index(15)]
		#[pallet::weight(T::WeightInfo::fail_withdrawal())]
		pub fn fail_withdrawal(
			origin: OriginFor<T>,
			id: WithdrawalId,
			input: Input,
			spent_by: H256,
			height: u64,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			Self::casting(&who, || Self::do_fail_withdrawal(&who, id, input, spent_by, height))
		}

		/// Gives a queued withdrawal back. Who takes his own back before its deadline leaves the fee:
		/// a place among the open ones is not to be had for nothing.
		///
		/// ## Dispatch Origin
		/// Signed by its owner at any time, by anyone from its deadline on. The chain does it by
		/// itself too.
		///
		/// ## Errors
		/// `UnknownWithdrawal`, `AcceptedAlready`, `DeadlineNotPassed`.
		///
		/// ## Events
		/// `WithdrawalEnded`.
		#[pallet::call_index(16)]
		#[pallet::weight(T::WeightInfo::refund())]
		pub fn refund(origin: OriginFor<T>, id: WithdrawalId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_refund(&who, id)
		}

		/// Drops a vote on a statement that is not agreed.
		///
		/// ## Dispatch Origin
		/// Signed by the custodian who voted; by anyone when he is no custodian any more, or when the
		/// statement is older than `BallotDays`.
		///
		/// ## Errors
		/// `UnknownBallot`, `VoteCounts`.
		///
		/// ## Events
		/// `VoteDropped`.
		#[pallet::call_index(17)]
		#[pallet::weight(T::WeightInfo::drop_vote())]
		pub fn drop_vote(
			origin: OriginFor<T>,
			ballot: H256,
			custodian: T::AccountId,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_drop_vote(&who, ballot, custodian)
		}

		/// Fills the days of a lot that are old enough. The chain does it by itself too.
		///
		/// ## Dispatch Origin
		/// Signed by anyone.
		///
		/// ## Errors
		/// `NoDepositAddress`, `NothingToFill`.
		///
		/// ## Events
		/// `DaysFilled`.
		#[pallet::call_index(18)]
		#[pallet::weight(T::WeightInfo::fill_days(MAX_WALK))]
		pub fn fill_days(origin: OriginFor<T>, lot: LotId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let filled = Self::fill(lot, MAX_WALK).ok_or(Error::<T>::NoDepositAddress)?;
			ensure!(filled > 0, Error::<T>::NothingToFill);
			Ok(Some(T::WeightInfo::fill_days(filled)).into())
		}

		/// Mints coins for a test.
		///
		/// ## Dispatch Origin
		/// Signed, on a chain whose genesis allows it.
		///
		/// ## Errors
		/// `FaucetClosed`, `UnknownGate`, `ZeroAmount`, `FaucetExhausted`; the account cannot receive.
		///
		/// ## Events
		/// `FaucetUsed`.
		#[pallet::call_index(19)]
		#[pallet::weight(T::WeightInfo::faucet())]
		pub fn faucet(origin: OriginFor<T>, asset: AssetId, amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_faucet(&who, asset, amount)?;
			Self::deposit_event(Event::FaucetUsed { asset, who, amount });
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// An asset that goes in and out.
		pub fn gate(asset: AssetId) -> Option<Gate> {
			Gates::<T>::get(asset)
		}

		/// Assets that go in and out.
		pub fn gates() -> Vec<AssetId> {
			GateList::<T>::get().into_inner()
		}

		/// The custodians, what binds them and what they have bonded.
		pub fn custodians() -> CouncilView<T::AccountId> {
			Self::view_custodians()
		}

		/// The address to which a lot's payouts go.
		pub fn address_of_lot(lot: LotId) -> Option<Address> {
			LotBooks::<T>::get(lot).map(|book| book.address.address)
		}

		/// The address from which an account's coins come in.
		pub fn address_of_account(asset: AssetId, who: T::AccountId) -> Option<Address> {
			AccountAddresses::<T>::get(asset, who).map(|assigned| assigned.address)
		}

		/// Addresses of an asset that nobody has asked for yet.
		pub fn free_addresses(asset: AssetId) -> u64 {
			FreeQueue::<T>::get(asset).len()
		}

		/// Whose an address is; nothing if nobody posted it, or nobody has asked for it.
		pub fn target_of(asset: AssetId, address: Address) -> Option<Target<T::AccountId>> {
			Addresses::<T>::get(asset, Self::hash_of(&address)).flatten()
		}

		/// A deposit that the custodians agreed on, while it is remembered.
		pub fn deposit(asset: AssetId, transaction: H256, output: u32) -> Option<Seen> {
			Deposits::<T>::get(asset, Self::outpoint(transaction, output))
		}

		/// Who has voted for a statement that is not agreed.
		pub fn votes(statement: Statement) -> Vec<T::AccountId> {
			Ballots::<T>::get(Self::ballot_of(&statement))
				.map(|ballot| ballot.voters.into_inner())
				.unwrap_or_default()
		}

		/// What waits of an asset for room to be minted to a lot or an account.
		pub fn waiting(asset: AssetId, target: Target<T::AccountId>) -> Balance {
			WaitingFor::<T>::get(asset, target)
		}

		/// What is owed to who could not receive it.
		pub fn owed(asset: AssetId, target: Target<T::AccountId>) -> Balance {
			OwedTo::<T>::get(asset, target).unwrap_or_default()
		}

		/// A withdrawal, open or among the last that ended.
		pub fn withdrawal(id: WithdrawalId) -> Option<WithdrawalView<T::AccountId>> {
			Self::view_withdrawal(id)
		}

		/// What a withdrawal would cost, and when it could be accepted.
		pub fn quote_withdrawal(
			asset: AssetId,
			who: T::AccountId,
			amount: Balance,
		) -> Option<WithdrawalQuote> {
			Self::view_quote(asset, &who, amount)
		}

		/// What is outstanding of an asset, its cap, and what backs it.
		pub fn supply(asset: AssetId) -> Option<SupplyView> {
			Self::view_supply(asset)
		}

		/// What arrived at a lot's own address, and which days it filled.
		pub fn book_of_lot(lot: LotId) -> Option<LotBook<T::AccountId>> {
			LotBooks::<T>::get(lot)
		}

		/// Power of an account on a day that may stand behind titles: min(measured, implied by
		/// deposits); nothing while the day's payout may still come.
		pub fn effective_power(account: PoolAccountId, day: Day) -> Option<Power> {
			match Self::power_on(account, day)? {
				DayPower::Paid(power) => Some(power),
				DayPower::Unpaid(_) => None,
			}
		}

		/// Of what the pool credited for a day of a lot, what has arrived.
		pub fn covered(lot: LotId, day: Day) -> Option<CoinAmount> {
			Self::covered_on(lot, day)
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_idle(_: BlockNumberFor<T>, room: Weight) -> Weight {
			Self::do_chores(room)
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}
}
