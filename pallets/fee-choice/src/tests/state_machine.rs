//! Whatever is chosen, tipped and used: nothing is made or lost, the pool never loses by rounding,
//! and who pays in one asset keeps the other.

use crate::mock::*;
use dmex_primitives::{Balance, DMEX};
use proptest::prelude::*;
use sp_core::U256;

#[derive(Clone, Debug)]
enum Command {
	Choose {
		who: u8,
		most_per_dmex: Balance,
	},
	Clear {
		who: u8,
	},
	Transact {
		who: u8,
		tip: Balance,
		used: u64,
	},
	/// Somebody moves the price.
	Trade {
		dmex: Balance,
	},
}

fn command() -> impl Strategy<Value = Command> {
	let who = 1u8..3;
	prop_oneof![
		2 => (who.clone(), prop_oneof![Just(LIMIT), 1u128..1_000_000])
			.prop_map(|(who, most_per_dmex)| Command::Choose { who, most_per_dmex }),
		1 => who.clone().prop_map(|who| Command::Clear { who }),
		8 => (who, prop_oneof![2 => Just(0u128), 1 => 0u128..20 * DMEX], 0u64..=WEIGHT)
			.prop_map(|(who, tip, used)| Command::Transact { who, tip, used }),
		1 => (1u128..4_000 * DMEX).prop_map(|dmex| Command::Trade { dmex }),
	]
}

fn product() -> U256 {
	let (dmex, stable) = reserves();
	U256::from(dmex) * U256::from(stable)
}

fn run(command: Command) {
	match command {
		Command::Choose { who, most_per_dmex } => choose(account(who), most_per_dmex),
		Command::Clear { who } => {
			let _ = FeeChoice::choose_fee_asset(RuntimeOrigin::signed(account(who)), None);
		},
		Command::Transact { who, tip, used } => {
			let who = account(who);
			let quote = FeeChoice::quote_fee(who.clone(), fee(tip));
			let (dmex, stable, taken) = (free(&who), dollars(&who), free(&account(99)));
			let allowed = validate(&who, tip);
			let Ok(cost) = transact(&who, tip, used) else {
				assert!(allowed.is_err());
				assert_eq!((free(&who), dollars(&who)), (dmex, stable));
				return;
			};
			assert_eq!(free(&account(99)), taken + cost);
			if quote.asset.is_some() {
				assert_eq!(dollars(&who), stable - quote.amount);
				assert_eq!(free(&who), dmex + fee(tip) - cost);
				assert!(dollars(&who) >= LEAST_STABLE);
			} else {
				assert_eq!((free(&who), dollars(&who)), (dmex - cost, stable));
			}
		},
		Command::Trade { dmex } => {
			use pallet_asset_conversion::Swap;
			let path = vec![STABLE.into(), AssetKind::Native];
			let _ = <AssetConversion as Swap<_>>::swap_tokens_for_exact_tokens(
				provider(),
				path,
				dmex,
				None,
				provider(),
				true,
			);
		},
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(96))]

	#[test]
	fn fees_move_what_was_quoted_and_nothing_else(
		commands in prop::collection::vec(command(), 1..40)
	) {
		ext().execute_with(|| {
			let issued = (Balances::total_issuance(), Assets::total_supply(STABLE));
			for command in commands {
				let before = product();
				run(command);
				assert!(product() >= before);
				assert_eq!((Balances::total_issuance(), Assets::total_supply(STABLE)), issued);
				FeeChoice::do_try_state().unwrap();
			}
		});
	}
}
