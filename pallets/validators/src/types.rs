//! Pure types and the rule that plans a set.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use dmex_primitives::Balance;
use scale_info::TypeInfo;
use sp_staking::SessionIndex;

/// Names an offence: the hash of its kind and slot. What several validators did in one slot is one
/// offence with several offenders.
pub type OffenceId = [u8; 32];

/// How a candidate stands to the set.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Standing {
	/// Bonded, without a seat.
	Waiting,
	/// Has a seat: authors, as long as it has session keys.
	Admitted,
	/// To lose the seat as soon as the set without it has the minimum number.
	Outgoing,
}

/// One who may set session keys and be admitted.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct Candidate {
	/// Held DMEX, smallest unit.
	pub bond: Balance,
	/// How it stands to the set.
	pub standing: Standing,
	/// Sessions in a row in which it was reported silent.
	pub silent_for: u32,
}

/// The bond of one who has left.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct Unbonding {
	/// Held DMEX, smallest unit.
	pub amount: Balance,
	/// First session in which it may be withdrawn; slashing reaches it before.
	pub until: SessionIndex,
}

/// What one offender paid for one offence.
#[derive(
	Clone, PartialEq, Eq, Debug, Encode, Decode, DecodeWithMemTracking, TypeInfo, MaxEncodedLen,
)]
pub struct Charge {
	/// Session under which the offender was first reported.
	pub session: SessionIndex,
	/// Bond at the start of that session: what fractions are taken of.
	pub basis: Balance,
	/// Paid so far.
	pub paid: Balance,
}

/// Monotone sums of what went in and out: `bonded == returned + slashed + held`.
#[derive(
	Clone,
	Copy,
	Default,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub struct Flows {
	/// Put on hold since genesis.
	pub bonded: Balance,
	/// Released by `withdraw`.
	pub returned: Balance,
	/// Slashed and handed to `Slashed`.
	pub slashed: Balance,
}

/// Why a validator was told to go.
#[derive(
	Clone,
	Copy,
	PartialEq,
	Eq,
	Debug,
	Encode,
	Decode,
	DecodeWithMemTracking,
	TypeInfo,
	MaxEncodedLen,
)]
pub enum Cause {
	/// A slash left less than the minimum bond.
	BondTooSmall,
	/// Silent for the number of sessions that is not tolerated.
	Silent,
}

/// A seat as [`plan`] sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat<AccountId> {
	/// Whose seat.
	pub who: AccountId,
	/// Admitted or outgoing.
	pub standing: Standing,
	/// Held DMEX, smallest unit.
	pub bond: Balance,
	/// Whether session keys are set. Without keys nobody authors.
	pub keyed: bool,
}

/// The next set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan<AccountId> {
	/// Who authors, sorted.
	pub set: Vec<AccountId>,
	/// Outgoing ones that are not needed any more.
	pub released: Vec<AccountId>,
}

/// Plans a set from the seats.
///
/// All admitted ones that have keys; only if these are fewer than `minimum`, outgoing ones with
/// keys fill up to it, those with the largest bond first: they have the most to lose.
pub fn plan<AccountId: Clone + Ord>(seats: &[Seat<AccountId>], minimum: usize) -> Plan<AccountId> {
	let mut set: Vec<AccountId> = seats
		.iter()
		.filter(|seat| seat.standing == Standing::Admitted && seat.keyed)
		.map(|seat| seat.who.clone())
		.collect();
	let mut outgoing: Vec<&Seat<AccountId>> =
		seats.iter().filter(|seat| seat.standing == Standing::Outgoing).collect();
	outgoing
		.sort_by(|a, b| b.keyed.cmp(&a.keyed).then(b.bond.cmp(&a.bond)).then(a.who.cmp(&b.who)));

	let mut released = Vec::new();
	for seat in outgoing {
		if seat.keyed && set.len() < minimum {
			set.push(seat.who.clone());
		} else {
			released.push(seat.who.clone());
		}
	}
	set.sort();
	Plan { set, released }
}

/// How many of `validators` may be faulty while finality goes on: ⌊(n−1)/3⌋.
pub fn tolerated_faults(validators: usize) -> usize {
	validators.saturating_sub(1) / 3
}

#[cfg(test)]
mod tests {
	use super::*;

	fn seat(who: u64, standing: Standing, bond: Balance, keyed: bool) -> Seat<u64> {
		Seat { who, standing, bond, keyed }
	}

	#[test]
	fn plan_takes_the_admitted_with_keys_sorted() {
		let seats = [
			seat(3, Standing::Admitted, 5, true),
			seat(1, Standing::Admitted, 5, true),
			seat(2, Standing::Admitted, 9, false),
		];
		assert_eq!(plan(&seats, 0), Plan { set: vec![1, 3], released: vec![] });
	}

	#[test]
	fn plan_fills_up_with_outgoing_ones_richest_first() {
		let seats = [
			seat(1, Standing::Admitted, 5, true),
			seat(2, Standing::Outgoing, 1, true),
			seat(3, Standing::Outgoing, 4, true),
			seat(4, Standing::Outgoing, 9, false),
		];
		assert_eq!(plan(&seats, 2), Plan { set: vec![1, 3], released: vec![2, 4] });
		assert_eq!(plan(&seats, 3), Plan { set: vec![1, 2, 3], released: vec![4] });
		assert_eq!(plan(&seats, 1), Plan { set: vec![1], released: vec![3, 2, 4] });
	}

	#[test]
	fn three_validators_tolerate_no_fault_four_tolerate_one() {
		assert_eq!([0, 1, 3, 4, 6, 7].map(tolerated_faults), [0, 0, 0, 1, 1, 2]);
	}
}
