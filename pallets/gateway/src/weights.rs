//! Weights of the calls. Measured ones live in the runtime; those here are for tests.

use frame_support::weights::Weight;

/// What the calls of this pallet weigh.
pub trait WeightInfo {
	/// Weight of the call with this name, with the most gates.
	fn set_gate() -> Weight;
	/// Weight of the call with this name, with the most members.
	fn set_custodians() -> Weight;
	/// Weight of the call with this name.
	fn slash_custodian() -> Weight;
	/// Weight of the call with this name.
	fn bond() -> Weight;
	/// Weight of the call with this name, with the most gates.
	fn unbond() -> Weight;
	/// Weight of the call with this name.
	fn withdraw_bond() -> Weight;
	/// Weight of the deciding vote; `n`: addresses.
	fn post_addresses(n: u32) -> Weight;
	/// Weight of the call with this name.
	fn request_lot_address() -> Weight;
	/// Weight of the call with this name.
	fn request_address() -> Weight;
	/// Weight of the deciding vote, with remittance.
	fn attest_deposit() -> Weight;
	/// Weight of the call with this name, with remittance.
	fn mint_waiting() -> Weight;
	/// Weight of the call with this name, with remittance.
	fn claim_owed() -> Weight;
	/// Weight of the call with this name.
	fn withdraw() -> Weight;
	/// Weight of the deciding vote; `n`: inputs.
	fn accept_withdrawal(n: u32) -> Weight;
	/// Weight of the deciding vote.
	fn confirm_withdrawal() -> Weight;
	/// Weight of the deciding vote.
	fn fail_withdrawal() -> Weight;
	/// Weight of the call with this name, and of a withdrawal that refunds itself.
	fn refund() -> Weight;
	/// Weight of the call with this name.
	fn drop_vote() -> Weight;
	/// Weight of the call with this name; `n`: days.
	fn fill_days(n: u32) -> Weight;
	/// Weight of the call with this name.
	fn faucet() -> Weight;
	/// Weight of forgetting one old deposit.
	fn forget_deposit() -> Weight;
	/// Weight of looking whether there is anything to do.
	fn look() -> Weight;
	/// What the chores of a block read before they ask whether there is room for any.
	fn begin_chores() -> Weight;
	/// Weight of a vote that decides nothing yet.
	fn cast() -> Weight;
}

const ROUND: Weight = Weight::from_parts(100_000_000, 10_000);

impl WeightInfo for () {
	fn set_gate() -> Weight {
		ROUND.saturating_mul(3)
	}
	fn set_custodians() -> Weight {
		ROUND
	}
	fn slash_custodian() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn bond() -> Weight {
		ROUND
	}
	fn unbond() -> Weight {
		ROUND.saturating_mul(4)
	}
	fn withdraw_bond() -> Weight {
		ROUND
	}
	fn post_addresses(n: u32) -> Weight {
		ROUND.saturating_add(Weight::from_parts(50_000_000, 3_000).saturating_mul(n.into()))
	}
	fn request_lot_address() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn request_address() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn attest_deposit() -> Weight {
		ROUND.saturating_mul(8)
	}
	fn mint_waiting() -> Weight {
		ROUND.saturating_mul(6)
	}
	fn claim_owed() -> Weight {
		ROUND.saturating_mul(5)
	}
	fn withdraw() -> Weight {
		ROUND.saturating_mul(3)
	}
	fn accept_withdrawal(n: u32) -> Weight {
		ROUND
			.saturating_mul(3)
			.saturating_add(Weight::from_parts(100_000, 0).saturating_mul(n.into()))
	}
	fn confirm_withdrawal() -> Weight {
		ROUND.saturating_mul(3)
	}
	fn fail_withdrawal() -> Weight {
		ROUND.saturating_mul(3)
	}
	fn refund() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn drop_vote() -> Weight {
		ROUND
	}
	fn fill_days(n: u32) -> Weight {
		ROUND.saturating_add(Weight::from_parts(100_000_000, 9_000).saturating_mul(n.into()))
	}
	fn faucet() -> Weight {
		ROUND.saturating_mul(2)
	}
	fn forget_deposit() -> Weight {
		ROUND
	}
	fn look() -> Weight {
		ROUND
	}
	fn begin_chores() -> Weight {
		ROUND
	}
	fn cast() -> Weight {
		ROUND.saturating_mul(2)
	}
}
