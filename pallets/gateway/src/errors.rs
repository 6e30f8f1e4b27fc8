//! Why something is refused. A section of the pallet's module.

use frame_support::pallet_macros::pallet_section;

/// Why something is refused. A section of the pallet's module.
#[pallet_section]
mod errors {
	#[pallet::error]
	pub enum Error<T> {
		/// The asset does not go in and out.
		UnknownGate,
		/// The coin is not registered, or its asset does not exist.
		UnknownCoin,
		/// There are as many gates as there can be.
		TooManyGates,
		/// The network of a gate is fixed.
		NetworkFixed,
		/// The gates' parts of the bonds are more than all.
		BondSharesExceedAll,
		/// A withdrawal pays something beyond its fee.
		FeeNotBelowLeast,
		/// The least deposit is something, and at most the least withdrawal.
		LeastDepositOutOfRange,
		/// Custodians are strictly ascending and at least one.
		MembersNotSorted,
		/// The threshold is more than half of the custodians and at most all.
		ThresholdOutOfRange,
		/// The caller is not a custodian.
		NotCustodian,
		/// The custodian's bond is less than the least.
		BondTooSmall,
		/// A seated custodian keeps the least bond.
		BondNeeded,
		/// What is issued would be backed by too little.
		BondsBackTooLittle,
		/// Nothing of this amount is bonded.
		NotBonded,
		/// As many parts of the bond are leaving as can be.
		TooManyLeaving,
		/// No part of the bond is free yet.
		NothingFree,
		/// An amount is not zero.
		ZeroAmount,
		/// The custodian has voted for this, and it is not enough yet.
		VotedAlready,
		/// The custodian has as many votes open as can be.
		TooManyOpenVotes,
		/// There is no such ballot.
		UnknownBallot,
		/// The vote is another's and still counts.
		VoteCounts,
		/// Addresses and inputs are strictly ascending and at least one.
		NotSorted,
		/// Empty, or longer than any address.
		AddressLength,
		/// A character that the coin's addresses do not have.
		AddressCharacter,
		/// The address's checksum does not match.
		AddressChecksum,
		/// The address is of another network.
		AddressOfOtherNetwork,
		/// A kind of address that is not paid to.
		AddressKind,
		/// The address is not in its one spelling.
		AddressNotCanonical,
		/// The address was posted before.
		AddressPostedAlready,
		/// As many addresses are free as can be.
		TooManyFreeAddresses,
		/// No address is free; custodians post more.
		NoFreeAddress,
		/// The lot or account has its address.
		AddressAssignedAlready,
		/// The lot's pool pays to the account's name, and that is not the provider's own address here.
		NameNotOwnAddress,
		/// Nobody has posted this address.
		AddressUnknown,
		/// The address is nobody's yet.
		AddressUnassigned,
		/// The address is the custodians' own.
		AddressOfCustodians,
		/// There is no such lot.
		UnknownLot,
		/// The lot is closed.
		LotClosed,
		/// The lot is another provider's.
		NotLotProvider,
		/// The deposit was agreed on before.
		DepositSeen,
		/// The deposit is of a height below the window.
		DepositTooOld,
		/// No deposit waits.
		NothingWaits,
		/// Who is next must wait longer.
		MustWait,
		/// Nothing is owed.
		NothingOwed,
		/// Still cannot be received.
		CannotReceive,
		/// The amount is below the least.
		BelowLeast,
		/// As many withdrawals of the asset are open as can be.
		TooManyWithdrawals,
		/// As many withdrawals of the account are open as can be.
		TooManyOfAccount,
		/// There is no such open withdrawal.
		UnknownWithdrawal,
		/// The withdrawal was accepted.
		AcceptedAlready,
		/// The withdrawal is not accepted.
		NotAccepted,
		/// The withdrawal's deadline has passed.
		DeadlinePassed,
		/// The withdrawal is another's and its deadline has not passed.
		DeadlineNotPassed,
		/// The day's rate of withdrawals is used up.
		RateExceeded,
		/// The input is not one of the withdrawal's.
		InputNotNamed,
		/// The lot has no address of its own yet.
		NoDepositAddress,
		/// No payout has arrived at the lot's address yet.
		PayoutNotArrived,
		/// The account's payouts go to another address.
		PayoutAddressOther,
		/// The account does not back the lot.
		AccountOfOtherLot,
		/// No day can be filled yet.
		NothingToFill,
		/// Genesis allows no faucet.
		FaucetClosed,
		/// More than the faucet gives an account in a day.
		FaucetExhausted,
	}
}
