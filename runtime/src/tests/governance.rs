//! The law: referenda, fast track, council motions, bounded parameters, upgrades.

use super::harness::*;
use crate::*;
use codec::Encode;
use frame_support::traits::{Bounded, StorePreimage};
use pallet_democracy::{AccountVote, Conviction, Vote};
use pallet_periods::{Length, Lengths};
use sp_runtime::traits::Hash as _;

fn bounded(call: &RuntimeCall) -> Bounded<RuntimeCall, sp_runtime::traits::BlakeTwo256> {
	<Preimage as StorePreimage>::bound(call.clone()).expect("the call is not too long")
}

fn aye(amount: Balance) -> AccountVote<Balance> {
	AccountVote::Standard {
		vote: Vote { aye: true, conviction: Conviction::Locked1x },
		balance: amount,
	}
}

/// Proposes a call as a user does, votes for it and waits until it has been enacted.
pub fn pass_by_public_referendum(law: RuntimeCall) {
	let proposal = block(|| bounded(&law));
	ok(Alice, pallet_democracy::Call::propose { proposal, value: 100 * DMEX });
	let index = pallet_democracy::ReferendumCount::<Runtime>::get();
	while pallet_democracy::ReferendumCount::<Runtime>::get() == index {
		block(|| ());
	}
	for who in [Alice, Bob, Charlie] {
		ok(who, pallet_democracy::Call::vote { ref_index: index, vote: aye(100_000 * DMEX) });
	}
	let lengths = Periods::lengths();
	blocks(lengths.voting_period + lengths.enactment_period + 2);
}

#[test]
fn a_bounded_parameter_is_changed_by_referendum() {
	storyline(genesis::LOCAL, || {
		let before = Periods::lengths().motion_duration;
		pass_by_public_referendum(RuntimeCall::Periods(pallet_periods::Call::set_length {
			length: Length::MotionDuration,
			value: before * 2,
		}));
		assert_eq!(Periods::lengths().motion_duration, before * 2);
	});
}

#[test]
fn a_referendum_cannot_leave_the_bounds_or_take_too_far_a_step() {
	storyline(genesis::LOCAL, || {
		let before = Periods::lengths();
		for value in [before.motion_duration * 2 + 1, 1] {
			pass_by_public_referendum(RuntimeCall::Periods(pallet_periods::Call::set_length {
				length: Length::MotionDuration,
				value,
			}));
			assert_eq!(Periods::lengths(), before, "the referendum passed, the call was refused");
		}
		let set = |value| {
			let call = pallet_periods::Call::set_length { length: Length::MotionDuration, value };
			block(|| root(call).map(|_| ()).map_err(|error| error.error))
		};
		assert_eq!(
			set(before.motion_duration * 2 + 1),
			Err(pallet_periods::Error::<Runtime>::StepTooFar(Length::MotionDuration).into())
		);
		assert_eq!(
			set(1),
			Err(pallet_periods::Error::<Runtime>::BelowBound(Length::MotionDuration).into())
		);
	});
}

#[test]
fn a_referendum_ends_within_two_minutes_in_development() {
	let Lengths { launch_period, voting_period, enactment_period, .. } = Lengths::development();
	assert!((launch_period + voting_period + enactment_period) * 3 <= 120);
}

#[test]
fn the_technical_committee_makes_a_council_proposal_quick() {
	storyline(genesis::LOCAL, || {
		let law = RuntimeCall::System(frame_system::Call::remark { remark: vec![7] });
		let proposal = block(|| bounded(&law));
		let external = RuntimeCall::Democracy(pallet_democracy::Call::external_propose_majority {
			proposal: proposal.clone(),
		});
		// Right before a tabling, so that none comes between the two motions and takes the proposal
		// the slow way.
		let launch_period = Periods::lengths().launch_period;
		while !(System::block_number() + MOTION_BLOCKS).is_multiple_of(launch_period) {
			block(|| ());
		}
		motion(true, external);
		let hash = proposal.hash();
		let fast = RuntimeCall::Democracy(pallet_democracy::Call::fast_track {
			proposal_hash: hash,
			voting_period: 5,
			delay: 2,
		});
		motion(false, fast);
		let index = pallet_democracy::ReferendumCount::<Runtime>::get() - 1;
		ok(Bob, pallet_democracy::Call::vote { ref_index: index, vote: aye(1_000 * DMEX) });
		let mut enacted = false;
		for _ in 0..10 {
			System::reset_events();
			block(|| ());
			enacted |= System::events().iter().any(|record| {
				matches!(
					record.event,
					RuntimeEvent::Scheduler(pallet_scheduler::Event::Dispatched {
						result: Ok(()),
						..
					})
				)
			});
		}
		assert!(enacted, "enacted within ten blocks");
	});
}

/// Blocks that [`motion`] takes.
const MOTION_BLOCKS: BlockNumber = 5;

/// Carries a motion of the council (`true`) or the technical committee with all three members.
fn motion(council: bool, what: RuntimeCall) {
	let length = what.encoded_size() as u32;
	let hash = sp_runtime::traits::BlakeTwo256::hash_of(&what);
	let weight = frame_support::weights::Weight::from_parts(500_000_000, 50_000);
	macro_rules! carry {
		($instance:ty, $pallet:ident) => {{
			let index = pallet_collective::ProposalCount::<Runtime, $instance>::get();
			ok(
				Alice,
				RuntimeCall::$pallet(pallet_collective::Call::propose {
					threshold: 3,
					proposal: Box::new(what),
					length_bound: length,
				}),
			);
			for who in [Alice, Bob, Charlie] {
				ok(
					who,
					RuntimeCall::$pallet(pallet_collective::Call::vote {
						proposal: hash,
						index,
						approve: true,
					}),
				);
			}
			ok(
				Alice,
				RuntimeCall::$pallet(pallet_collective::Call::close {
					proposal_hash: hash,
					index,
					proposal_weight_bound: weight,
					length_bound: length,
				}),
			);
		}};
	}
	if council {
		carry!(configs::governance::CouncilCollective, Council)
	} else {
		carry!(configs::governance::TechnicalCollective, TechnicalCommittee)
	}
}

#[test]
fn a_runtime_upgrade_is_authorised_by_referendum() {
	storyline(genesis::LOCAL, || {
		let code = vec![1u8, 2, 3];
		let code_hash = sp_runtime::traits::BlakeTwo256::hash(&code);
		pass_by_public_referendum(RuntimeCall::System(frame_system::Call::authorize_upgrade {
			code_hash,
		}));
		let authorised = System::authorized_upgrade().expect("authorised");
		assert_eq!(*authorised.code_hash(), code_hash);
	});
}
