//! Any sequence of calls, reports and sessions keeps the books.

use crate::{mock::*, MinValidators, Totals};
use proptest::prelude::*;

#[derive(Clone, Debug)]
enum Command {
	Register(u64, u128),
	Extra(u64, u128),
	Keys(u64, u64),
	Admit(u64),
	Remove(u64),
	Leave(u64),
	Withdraw(u64),
	Sessions(u32),
	/// Offender, slot, sessions back, kind.
	Report(u64, u64, u32, bool),
	Silent(Vec<u64>),
}

fn command() -> impl Strategy<Value = Command> {
	let who = || 1..=10u64;
	prop_oneof![
		2 => (who(), 900..3_000u128).prop_map(|(who, bond)| Command::Register(who, bond)),
		1 => (who(), 0..500u128).prop_map(|(who, amount)| Command::Extra(who, amount)),
		3 => (who(), 0..2u64).prop_map(|(who, key)| Command::Keys(who, who + 100 * key)),
		4 => who().prop_map(Command::Admit),
		1 => who().prop_map(Command::Remove),
		2 => who().prop_map(Command::Leave),
		2 => who().prop_map(Command::Withdraw),
		4 => (1..4u32).prop_map(Command::Sessions),
		3 => (who(), 0..4u64, 0..7u32, any::<bool>())
			.prop_map(|(who, slot, back, kind)| Command::Report(who, slot, back, kind)),
		1 => proptest::collection::vec(who(), 0..4).prop_map(Command::Silent),
	]
}

fn run(command: Command) {
	// Refusals are part of the game; what must hold is checked after each.
	match command {
		Command::Register(who, bond) => {
			let _ = Validators::register(RuntimeOrigin::signed(who), bond);
		},
		Command::Extra(who, amount) => {
			let _ = Validators::bond_extra(RuntimeOrigin::signed(who), amount);
		},
		Command::Keys(who, key) => {
			let _ = set_keys(who, key);
		},
		Command::Admit(who) => {
			let _ = Validators::admit(RuntimeOrigin::root(), who);
		},
		Command::Remove(who) => {
			let _ = Validators::remove(RuntimeOrigin::root(), who);
		},
		Command::Leave(who) => {
			let _ = Validators::leave(RuntimeOrigin::signed(who));
		},
		Command::Withdraw(who) => {
			let _ = frame_support::storage::with_storage_layer(|| {
				Validators::withdraw(RuntimeOrigin::signed(who))
			});
		},
		Command::Sessions(count) => roll_sessions(count),
		Command::Report(who, slot, back, kind) => {
			let session = Session::current_index().saturating_sub(back);
			let _ = if kind {
				report::<1>(who, slot, session)
			} else {
				report::<2>(who, slot, session)
			};
		},
		Command::Silent(silent) => Silent::set(silent),
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn the_books_balance_and_the_set_never_shrinks_below_genesis(
		commands in proptest::collection::vec(command(), 1..80),
	) {
		ExtBuilder::default().build().execute_with(|| {
			FactsClose::set(true);
			let issuance = Balances::total_issuance();
			let mut before = Totals::<Test>::get();
			for command in commands {
				run(command);
				check();
				let totals = Totals::<Test>::get();
				assert!(totals.bonded >= before.bonded);
				assert!(totals.returned >= before.returned);
				assert!(totals.slashed >= before.slashed);
				before = totals;
				assert_eq!(Balances::total_issuance(), issuance);
				assert!(active().len() >= MinValidators::<Test>::get() as usize);
				assert!(active().len() <= MAX_VALIDATORS as usize);
			}
		});
	}
}
