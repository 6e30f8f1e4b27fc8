//! Which calls may be made.
//!
//! A filtered inherent loses the block, so whatever stops users must let through what keeps the
//! chain alive: inherents, oracle votes, reports of wrong, governance, and every call that only
//! improves a position or returns one's own money.

use crate::*;
use frame_support::traits::{Contains, InsideBoth};
use pallet_tx_pause::RuntimeCallNameOf;

/// What users may call: titles' items move by transfer alone.
pub type BaseCallFilter = InsideBoth<UserCalls, InsideBoth<SafeMode, TxPause>>;

/// Of `pallet-nfts`, users may transfer and approve transfers. Minting, burning and attributes are
/// the titles pallet's, by traits that no filter touches: an owner's burn would take a lien with
/// it, and a price or swap would move a title past settlement.
pub struct UserCalls;
impl Contains<RuntimeCall> for UserCalls {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Nfts(call) => matches!(
				call,
				pallet_nfts::Call::transfer { .. }
					| pallet_nfts::Call::approve_transfer { .. }
					| pallet_nfts::Call::cancel_approval { .. }
					| pallet_nfts::Call::clear_all_transfer_approvals { .. }
			),
			// A validator without keys drops out of the set past the rules for leaving; withdrawing
			// the bond purges them.
			RuntimeCall::Session(pallet_session::Call::purge_keys { .. }) => false,
			_ => true,
		}
	}
}

/// What goes on in safe mode.
pub struct SafeModeAllows;
impl Contains<RuntimeCall> for SafeModeAllows {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::System(_)
			| RuntimeCall::Timestamp(_)
			| RuntimeCall::Session(_)
			| RuntimeCall::Grandpa(_)
			| RuntimeCall::PoolOracle(_)
			| RuntimeCall::Validators(_)
			| RuntimeCall::Preimage(_)
			| RuntimeCall::Scheduler(_)
			| RuntimeCall::Democracy(_)
			| RuntimeCall::Council(_)
			| RuntimeCall::TechnicalCommittee(_)
			| RuntimeCall::TechnicalMembership(_)
			| RuntimeCall::Elections(_)
			| RuntimeCall::Treasury(_)
			| RuntimeCall::Polls(_)
			| RuntimeCall::Periods(_)
			| RuntimeCall::SafeMode(_)
			| RuntimeCall::TxPause(_)
			| RuntimeCall::MultiBlockMigrations(_)
			| RuntimeCall::Sudo(_) => true,
			// One's own money back.
			RuntimeCall::Hashpower(call) => matches!(
				call,
				pallet_hashpower::Call::conclude_audit { .. }
					| pallet_hashpower::Call::mature { .. }
					| pallet_hashpower::Call::withdraw_lot { .. }
			),
			RuntimeCall::Income(_) | RuntimeCall::FeeChoice(_) => true,
			RuntimeCall::Market(call) => matches!(
				call,
				pallet_market::Call::claim_slices { .. }
					| pallet_market::Call::retry_refund { .. }
					| pallet_market::Call::return_deposit { .. }
					| pallet_market::Call::settle_auction { .. }
					| pallet_market::Call::close_order { .. }
			),
			RuntimeCall::PowerRewards(call) => matches!(
				call,
				pallet_power_rewards::Call::unstake { .. }
					| pallet_power_rewards::Call::claim { .. }
			),
			// What custodians did outside is told, and what is queued or owed comes back.
			RuntimeCall::Gateway(call) => matches!(
				call,
				pallet_gateway::Call::refund { .. }
					| pallet_gateway::Call::claim_owed { .. }
					| pallet_gateway::Call::mint_waiting { .. }
					| pallet_gateway::Call::drop_vote { .. }
					| pallet_gateway::Call::fill_days { .. }
					| pallet_gateway::Call::withdraw_bond { .. }
					| pallet_gateway::Call::attest_deposit { .. }
					| pallet_gateway::Call::accept_withdrawal { .. }
					| pallet_gateway::Call::confirm_withdrawal { .. }
					| pallet_gateway::Call::fail_withdrawal { .. }
			),
			_ => false,
		}
	}
}

/// What can never be paused: the pallets that go on in safe mode.
pub struct Unpausable;
impl Contains<RuntimeCallNameOf<Runtime>> for Unpausable {
	fn contains(name: &RuntimeCallNameOf<Runtime>) -> bool {
		const PALLETS: [&[u8]; 19] = [
			b"System",
			b"Timestamp",
			b"Session",
			b"Grandpa",
			b"PoolOracle",
			b"Validators",
			b"Preimage",
			b"Scheduler",
			b"Democracy",
			b"Council",
			b"TechnicalCommittee",
			b"TechnicalMembership",
			b"Elections",
			b"Treasury",
			b"Polls",
			b"Periods",
			b"SafeMode",
			b"TxPause",
			b"MultiBlockMigrations",
		];
		let (pallet, _) = name;
		PALLETS.contains(&pallet.as_slice())
	}
}
