//! Coins that come in once and go out once.

use super::{mine::*, steps::*};
use crate::{tests::harness::*, *};
use dmex_primitives::Balance;
use pallet_gateway::{
	types::{Deposit, Input, Outcome, WithdrawalId},
	Call, Error,
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring;
use sp_runtime::DispatchResult;

const BITCOIN: Balance = 100_000_000;
/// An address outside.
const OUTSIDE: &str = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";

fn attest(who: Sr25519Keyring, deposit: &Deposit) -> DispatchResult {
	submit(who, Call::attest_deposit { deposit: deposit.clone() })
}

fn withdraw(who: Sr25519Keyring, amount: Balance, address: &str) -> DispatchResult {
	let address = address.as_bytes().to_vec().try_into().expect("short");
	submit(who, Call::withdraw { asset: COIN, amount, address })
}

fn input(number: u64) -> Input {
	Input { of: H256::from_low_u64_be(number), index: 0 }
}

fn accept(id: WithdrawalId, inputs: &[u64]) -> Call<Runtime> {
	let inputs: Vec<Input> = inputs.iter().copied().map(input).collect();
	Call::accept_withdrawal { id, inputs: inputs.try_into().expect("few") }
}

fn outcome(id: WithdrawalId) -> Option<Outcome> {
	Gateway::withdrawal(id).expect("it is remembered").outcome
}

#[test]
fn a_deposit_counts_once_and_withdrawals_are_paid_refunded_or_proven_to_have_failed() {
	storyline(genesis::LOCAL, || {
		let issued = || Assets::total_supply(COIN);
		post_addresses(COIN, &ADDRESSES);
		submit(Ferdie, Call::request_address { asset: COIN }).expect("one is free");
		let address = Gateway::address_of_account(COIN, Ferdie.to_account_id());
		let address = address.expect("his for ever");

		// Two of the three must say exactly the same.
		let deposit = Deposit {
			asset: COIN,
			transaction: H256::repeat_byte(1),
			output: 1,
			address,
			amount: 5 * BITCOIN,
			height: 900_000,
		};
		refused(attest(Dave, &deposit), Error::<Runtime>::NotCustodian);
		attest(Alice, &deposit).expect("a custodian");
		refused(attest(Alice, &deposit), Error::<Runtime>::VotedAlready);
		attest(Charlie, &Deposit { amount: 6 * BITCOIN, ..deposit.clone() }).expect("one too");
		assert_eq!((coins(Ferdie), issued()), (0, 0), "they do not agree");
		attest(Bob, &deposit).expect("the second");
		assert_eq!((coins(Ferdie), issued()), (5 * BITCOIN, 5 * BITCOIN));

		// It is never counted again, whatever is said of it.
		for replayed in [
			deposit.clone(),
			Deposit { amount: 6 * BITCOIN, ..deposit.clone() },
			Deposit { height: 900_001, ..deposit.clone() },
		] {
			for who in [Alice, Bob, Charlie] {
				refused(attest(who, &replayed), Error::<Runtime>::DepositSeen);
			}
		}
		// Nor does a deposit reach anybody at an address that is nobody's, or as another coin.
		let unassigned = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
		let to = |address: &str| Deposit {
			address: address.as_bytes().to_vec().try_into().expect("short"),
			output: 2,
			..deposit.clone()
		};
		refused(attest(Alice, &to(unassigned)), Error::<Runtime>::AddressUnassigned);
		refused(attest(Alice, &to(OUTSIDE)), Error::<Runtime>::AddressUnknown);
		let cash = Deposit { asset: COIN + 1, output: 2, ..deposit.clone() };
		refused(attest(Alice, &cash), Error::<Runtime>::AddressUnknown);
		assert_eq!((coins(Ferdie), issued()), (5 * BITCOIN, 5 * BITCOIN));

		// Three withdrawals. The amounts are on hold.
		refused(withdraw(Ferdie, BITCOIN, unassigned), Error::<Runtime>::AddressOfCustodians);
		refused(withdraw(Ferdie, 99_999, OUTSIDE), Error::<Runtime>::BelowLeast);
		let malformed = withdraw(Ferdie, BITCOIN, "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdx");
		refused(malformed, Error::<Runtime>::AddressChecksum);
		let day = Periods::today();
		for _ in 0..3 {
			withdraw(Ferdie, BITCOIN, OUTSIDE).expect("a well-formed address");
		}
		assert_eq!((coins(Ferdie), issued()), (2 * BITCOIN, 5 * BITCOIN));
		let confirm = |id| Call::confirm_withdrawal {
			id,
			transaction: H256::repeat_byte(9),
			height: 900_100,
		};
		refused(submit(Alice, confirm(0)), Error::<Runtime>::NotAccepted);
		refused(submit(Bob, Call::refund { id: 1 }), Error::<Runtime>::DeadlineNotPassed);

		// The first is accepted and confirmed: burned.
		custodians_say(accept(0, &[10, 11]));
		refused(submit(Ferdie, Call::refund { id: 0 }), Error::<Runtime>::AcceptedAlready);
		custodians_say(confirm(0));
		assert_eq!(outcome(0), Some(Outcome::Confirmed { transaction: H256::repeat_byte(9) }));
		assert_eq!((coins(Ferdie), issued()), (2 * BITCOIN, 4 * BITCOIN));
		refused(submit(Charlie, confirm(0)), Error::<Runtime>::UnknownWithdrawal);

		// The third is accepted, and one of its inputs is spent by another transaction: refunded.
		custodians_say(accept(2, &[20, 21]));
		let fail = |spent| Call::fail_withdrawal {
			id: 2,
			input: input(spent),
			spent_by: H256::repeat_byte(7),
			height: 900_101,
		};
		refused(submit(Alice, fail(22)), Error::<Runtime>::InputNotNamed);
		custodians_say(fail(21));
		assert_eq!(outcome(2), Some(Outcome::Failed { spent_by: H256::repeat_byte(7) }));
		assert_eq!((coins(Ferdie), issued()), (3 * BITCOIN, 4 * BITCOIN));

		// Nobody accepts the second: the chain gives it back on its day.
		until_day(day + 3);
		assert_eq!(outcome(1), None);
		until_day(day + 5);
		assert_eq!(outcome(1), Some(Outcome::Expired));
		assert_eq!((coins(Ferdie), issued()), (4 * BITCOIN, 4 * BITCOIN));
		refused(submit(Alice, accept(1, &[30])), Error::<Runtime>::UnknownWithdrawal);
		let flows = Gateway::supply(COIN).expect("it has a gate").flows;
		assert_eq!(
			(flows.attested, flows.issued, flows.burned),
			(5 * BITCOIN, 5 * BITCOIN, BITCOIN)
		);
		assert_eq!(
			(flows.requested, flows.withdrawn, flows.refunded),
			(3 * BITCOIN, BITCOIN, 2 * BITCOIN)
		);
	});
}
