//! Whatever users, custodians and time do, no coin is made, lost or paid twice.

use crate::{mock::*, types::*, *};
use codec::Encode;
use dmex_primitives::{facts::Priced, AccountId, Balance};
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Command {
	/// A custodian attests the nth deposit, now and then with a wrong amount.
	Attest {
		who: usize,
		n: u8,
		to: usize,
		amount: Balance,
		wrong: bool,
	},
	Withdraw {
		who: usize,
		percent: u8,
	},
	Accept {
		who: usize,
		nth: u64,
		input: u8,
	},
	Confirm {
		who: usize,
		nth: u64,
		n: u8,
	},
	Fail {
		who: usize,
		nth: u64,
		input: u8,
	},
	Refund {
		who: usize,
		nth: u64,
	},
	Faucet {
		who: usize,
		amount: Balance,
	},
	Mint {
		lots: bool,
	},
	Claim,
	Refuse {
		refuses: bool,
	},
	Cap {
		cap: Balance,
	},
	Least {
		least: Balance,
	},
	Rate {
		per_day: Balance,
	},
	Bond {
		who: usize,
		amount: Balance,
	},
	Unbond {
		who: usize,
		amount: Balance,
	},
	TakeBond {
		who: usize,
	},
	Slash {
		who: usize,
		amount: Balance,
	},
	Council {
		count: usize,
	},
	Drop {
		who: usize,
	},
	Idle,
	Days {
		days: u32,
	},
}

fn command() -> impl Strategy<Value = Command> {
	let (who, nth) = (0usize..3, 0u64..6);
	let amount = prop_oneof![1 => 1u128..20, 6 => 1_000u128..20_000, 1 => Just(Balance::MAX / 3)];
	prop_oneof![
		24 => (who.clone(), 0u8..20, 0usize..4, amount, prop::bool::weighted(0.05)).prop_map(
			|(who, n, to, amount, wrong)| Command::Attest { who, n, to, amount, wrong }
		),
		8 => (0usize..2, 0u8..=105).prop_map(|(who, percent)| Command::Withdraw { who, percent }),
		12 => (who.clone(), nth.clone(), 0u8..2)
			.prop_map(|(who, nth, input)| Command::Accept { who, nth, input }),
		10 => (who.clone(), nth.clone(), 0u8..2)
			.prop_map(|(who, nth, n)| Command::Confirm { who, nth, n }),
		6 => (who.clone(), nth.clone(), 0u8..2)
			.prop_map(|(who, nth, input)| Command::Fail { who, nth, input }),
		3 => (0usize..2, nth).prop_map(|(who, nth)| Command::Refund { who, nth }),
		1 => (0usize..2, 1u128..9_000).prop_map(|(who, amount)| Command::Faucet { who, amount }),
		2 => any::<bool>().prop_map(|lots| Command::Mint { lots }),
		2 => Just(Command::Claim),
		1 => any::<bool>().prop_map(|refuses| Command::Refuse { refuses }),
		2 => prop_oneof![Just(Balance::MAX), 0u128..100_000].prop_map(|cap| Command::Cap { cap }),
		1 => (1u128..=1_000).prop_map(|least| Command::Least { least }),
		1 => prop_oneof![Just(Balance::MAX), 0u128..50_000]
			.prop_map(|per_day| Command::Rate { per_day }),
		2 => (who.clone(), 1u128..1_000).prop_map(|(who, amount)| Command::Bond { who, amount }),
		1 => (who.clone(), 1u128..1_000).prop_map(|(who, amount)| Command::Unbond { who, amount }),
		1 => who.clone().prop_map(|who| Command::TakeBond { who }),
		1 => (who.clone(), 1u128..1_000).prop_map(|(who, amount)| Command::Slash { who, amount }),
		1 => (1usize..=3).prop_map(|count| Command::Council { count }),
		2 => who.prop_map(|who| Command::Drop { who }),
		6 => Just(Command::Idle),
		4 => (1u32..4).prop_map(|days| Command::Days { days }),
	]
}

fn custodian(who: usize) -> AccountId {
	[anna(), bert(), cora()][who].clone()
}

fn user(who: usize) -> AccountId {
	[dora(), emil()][who].clone()
}

/// Whose the addresses are.
fn targets() -> [Target<AccountId>; 4] {
	[Target::Lot(0), Target::Lot(1), Target::Account(dora()), Target::Account(emil())]
}

fn nth_open(nth: u64) -> WithdrawalId {
	let mut open: Vec<_> = Withdrawals::<Test>::iter_keys().collect();
	open.sort();
	open.get(nth as usize).copied().unwrap_or(nth)
}

/// Runs a command as its author would. Refusals are fine: what counts is what is left.
fn run(command: Command) {
	match command {
		Command::Attest { who, n, to, amount, wrong } => {
			// One transaction has one content, whoever looks.
			let known = store::get::<(u32, Balance)>("tx", n);
			let (to, amount) = known.unwrap_or((to as u32, amount));
			store::put("tx", n, (to, amount));
			let address = match &targets()[to as usize] {
				Target::Lot(lot) => Gateway::address_of_lot(*lot).unwrap(),
				Target::Account(who) => Gateway::address_of_account(WBTC, who.clone()).unwrap(),
			};
			let amount = if wrong { amount + 1 } else { amount };
			let _ = attest(custodian(who), &deposit_to(&address, WBTC, n, amount));
		},
		Command::Withdraw { who, percent } => {
			let most = Gateway::quote_withdrawal(WBTC, user(who), 0).unwrap().most;
			let amount = (most / 100).saturating_mul(percent.into());
			let possible = Gateway::quote_withdrawal(WBTC, user(who), amount).unwrap().possible;
			let asked = Gateway::withdraw(signed(user(who)), WBTC, amount, outside());
			// What is quoted as possible is possible, but for sums that no type holds.
			let too_much = flows(WBTC).requested.checked_add(amount).is_none();
			assert!(asked.is_ok() == possible || too_much, "{asked:?}");
		},
		Command::Accept { who, nth, input } => {
			let _ =
				Gateway::accept_withdrawal(signed(custodian(who)), nth_open(nth), inputs([input]));
		},
		Command::Confirm { who, nth, n } => {
			let _ = Gateway::confirm_withdrawal(signed(custodian(who)), nth_open(nth), tx(n), 1);
		},
		Command::Fail { who, nth, input } => {
			let input = inputs([input])[0];
			let _ =
				Gateway::fail_withdrawal(signed(custodian(who)), nth_open(nth), input, tx(9), 1);
		},
		Command::Refund { who, nth } => {
			let _ = Gateway::refund(signed(user(who)), nth_open(nth));
		},
		Command::Faucet { who, amount } => {
			let _ = Gateway::faucet(signed(user(who)), WBTC, amount);
		},
		Command::Mint { lots } => {
			let lane = if lots { Lane::Lots } else { Lane::Accounts };
			let _ = Gateway::mint_waiting(signed(emil()), WBTC, lane);
		},
		Command::Claim => {
			for target in targets() {
				let _ = Gateway::claim_owed(signed(emil()), WBTC, target);
			}
		},
		Command::Refuse { refuses } => store::put("refuses", 0u32, refuses),
		Command::Cap { cap } => set_terms(Priced::Coin(0), |terms| terms.cap = cap),
		Command::Least { least } => set_terms(Priced::Coin(0), |terms| terms.least_deposit = least),
		Command::Rate { per_day } => set_terms(Priced::Coin(0), |terms| {
			terms.account_mint_per_day = per_day;
			terms.lot_mint_per_day = per_day;
			terms.withdraw_per_day = per_day;
		}),
		Command::Bond { who, amount } => {
			let _ = Gateway::bond(signed(custodian(who)), amount);
		},
		Command::Unbond { who, amount } => {
			let _ = Gateway::unbond(signed(custodian(who)), amount);
		},
		Command::TakeBond { who } => {
			let _ = Gateway::withdraw_bond(signed(custodian(who)));
		},
		Command::Slash { who, amount } => {
			let _ = Gateway::slash_custodian(RuntimeOrigin::root(), custodian(who), amount);
		},
		Command::Council { count } => {
			let members = Members::truncate_from((0..count).map(custodian).collect());
			let threshold = count as u32 / 2 + 1;
			let terms = CouncilTerms { threshold, least_bond: 0, multiple: 2, unbonding_days: 2 };
			Gateway::set_custodians(RuntimeOrigin::root(), members, terms).unwrap();
		},
		Command::Drop { who } => {
			let mut ballots: Vec<_> = Ballots::<Test>::iter_keys().collect();
			ballots.sort();
			if let Some(ballot) = ballots.first() {
				let _ = Gateway::drop_vote(signed(emil()), *ballot, custodian(who));
			}
		},
		Command::Idle => idle(),
		Command::Days { days } => pass_days(days),
	}
}

/// What the events say of dora, emil, the lot and the supply, from nothing else.
#[derive(Default)]
struct History {
	minted: BTreeMap<Vec<u8>, Balance>,
	waiting: BTreeMap<Vec<u8>, Balance>,
	confirmed: BTreeMap<u64, u32>,
	ended: BTreeMap<u64, u32>,
}

impl History {
	fn read(&mut self) {
		for record in System::events() {
			match record.event {
				RuntimeEvent::Gateway(Event::Minted { target, amount, .. }) => {
					*self.minted.entry(target.encode()).or_default() += amount
				},
				RuntimeEvent::Gateway(Event::DepositWaits { target, amount, .. }) => {
					*self.waiting.entry(target.encode()).or_default() += amount
				},
				RuntimeEvent::Gateway(Event::DepositPassed { target, amount, .. }) => {
					*self.waiting.get_mut(&target.encode()).unwrap() -= amount
				},
				RuntimeEvent::Gateway(Event::WithdrawalEnded { id, outcome, .. }) => {
					*self.ended.entry(id).or_default() += 1;
					if let Outcome::Confirmed { .. } = outcome {
						*self.confirmed.entry(id).or_default() += 1;
					}
				},
				_ => {},
			}
		}
		System::reset_events();
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn no_sequence_of_calls_makes_or_loses_a_coin(
		commands in prop::collection::vec(command(), 1..150)
	) {
		ext().execute_with(|| {
			lot_address();
			dora_address(WBTC);
			open_lot(1, emil());
			Gateway::request_lot_address(signed(emil()), 1).unwrap();
			Gateway::request_address(signed(emil()), WBTC).unwrap();
			let mut history = History::default();
			for command in commands {
				let before = flows(WBTC);
				run(command);
				Gateway::do_try_state().unwrap();
				history.read();
				let after = flows(WBTC);
				// The counters only grow.
				assert!(after.attested >= before.attested && after.issued >= before.issued);
				assert!(after.withdrawn >= before.withdrawn && after.refunded >= before.refunded);
			}
			// Events tell for whom how much waits.
			for target in targets() {
				let told = history.waiting.get(&target.encode()).copied().unwrap_or_default();
				assert_eq!(told, Gateway::waiting(WBTC, target));
			}
			// Nobody waits for ever: with limits that leave room all of it is minted, or owed.
			set_terms(Priced::Coin(0), |_| ());
			let after = flows(WBTC).outstanding().checked_add(flows(WBTC).waiting);
			if after.is_some_and(|after| after <= MAX_SUPPLY) {
				pass_days(1);
				for _ in 0..40 {
					idle();
				}
				assert_eq!(flows(WBTC).waiting, 0);
				Gateway::do_try_state().unwrap();
				history.read();
			}
			// A transaction was counted once, with its own amount.
			let attested: Balance = Deposits::<Test>::iter_prefix_values(WBTC)
				.map(|seen| seen.amount)
				.sum();
			assert_eq!(attested, flows(WBTC).attested);
			// The events alone give what was issued; a withdrawal ended once.
			assert_eq!(history.minted.values().sum::<Balance>(), flows(WBTC).issued);
			assert!(history.ended.values().all(|times| *times == 1));
			// Everyone's balances are what came in less what went out.
			let balances: Balance = [dora(), emil(), lot_pot(0), lot_pot(1)]
				.iter()
				.map(|who| balance(WBTC, who) + held(WBTC, HoldReason::Withdrawal, who))
				.sum();
			let flows = flows(WBTC);
			assert_eq!(balances, issuance(WBTC));
			// Sums of what only grows may pass the type, their difference does not.
			let came = flows.issued.wrapping_add(flows.faucet);
			assert_eq!(balances, came.wrapping_sub(flows.burned));
		});
	}
}
