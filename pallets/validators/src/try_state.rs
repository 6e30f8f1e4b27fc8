//! What must hold after every block.

use crate::{
	BondsAt, Candidates, Charges, Config, CurrentOffence, HoldReason, Leaving, OldestBonds, Pallet,
	Seats, Standing, Totals,
};
use dmex_primitives::Balance;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
	/// Checks all invariants of this pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::check_holds()?;
		Self::check_flows()?;
		Self::check_charges()?;
		Self::check_seats()?;
		Self::check_sessions()?;
		ensure!(!CurrentOffence::<T>::exists(), "an offence outlived its report");
		Ok(())
	}

	/// The hold of everyone is what the ledger says, and nobody is in both halves of the ledger.
	fn check_holds() -> Result<(), TryRuntimeError> {
		let reason = HoldReason::Bond.into();
		for (who, candidate) in Candidates::<T>::iter() {
			ensure!(!Leaving::<T>::contains_key(&who), "a candidate has left at the same time");
			ensure!(
				T::NativeBalance::balance_on_hold(&reason, &who) == candidate.bond,
				"a bond differs from its hold",
			);
		}
		for (who, unbonding) in Leaving::<T>::iter() {
			ensure!(
				T::NativeBalance::balance_on_hold(&reason, &who) == unbonding.amount,
				"an unbonding bond differs from its hold",
			);
		}
		Ok(())
	}

	/// What came in is what went out and what is held.
	fn check_flows() -> Result<(), TryRuntimeError> {
		let totals = Totals::<T>::get();
		let held = sum(Candidates::<T>::iter()
			.map(|(_, candidate)| candidate.bond)
			.chain(Leaving::<T>::iter().map(|(_, unbonding)| unbonding.amount)))?;
		ensure!(
			totals.bonded == sum([totals.returned, totals.slashed, held].into_iter())?,
			"bonds came in that neither went out nor are held",
		);
		Ok(())
	}

	/// What was slashed was charged to an offence, and no offence cost more than the bond.
	fn check_charges() -> Result<(), TryRuntimeError> {
		for (_, _, charge) in Charges::<T>::iter() {
			ensure!(charge.paid > 0 && charge.paid <= charge.basis, "a charge exceeds its bond");
		}
		ensure!(
			sum(Charges::<T>::iter().map(|(_, _, charge)| charge.paid))?
				== Totals::<T>::get().slashed,
			"slashed and charged differ",
		);
		Ok(())
	}

	/// Seats are those of candidates that are not waiting, and make a set of the minimum number.
	fn check_seats() -> Result<(), TryRuntimeError> {
		let seats = Seats::<T>::get();
		ensure!(seats.windows(2).all(|pair| pair.first() < pair.last()), "seats are not sorted");
		let seated =
			Candidates::<T>::iter().filter(|(_, c)| c.standing != Standing::Waiting).count();
		ensure!(seated == seats.len(), "a seat is missing or superfluous");
		for who in &seats {
			let candidate = Candidates::<T>::get(who).ok_or("a seat without a candidate")?;
			ensure!(candidate.standing != Standing::Waiting, "a waiting candidate has a seat");
		}
		ensure!(Candidates::<T>::count() <= T::MaxCandidates::get(), "too many candidates");
		ensure!(Self::plan().set.len() >= Self::minimum(), "fewer validators than at genesis");
		Ok(())
	}

	/// Validators are bonded, and what they had at stake is noted for the session and those before
	/// it that offences may still name.
	fn check_sessions() -> Result<(), TryRuntimeError> {
		let validators = pallet_session::Pallet::<T>::validators();
		for who in &validators {
			ensure!(
				Candidates::<T>::contains_key(who) || Leaving::<T>::contains_key(who),
				"a validator without a bond",
			);
		}
		let current = pallet_session::Pallet::<T>::current_index();
		let noted = BondsAt::<T>::get(current).ok_or("bonds of the session are not noted")?;
		ensure!(
			noted.iter().map(|(who, _)| who).eq(validators.iter()),
			"bonds are noted of others than the validators",
		);
		ensure!(
			BondsAt::<T>::iter_keys().all(|session| session >= OldestBonds::<T>::get()),
			"bonds of a forgotten session remain",
		);
		Ok(())
	}
}

fn sum(amounts: impl Iterator<Item = Balance>) -> Result<Balance, TryRuntimeError> {
	amounts
		.into_iter()
		.try_fold(0, |sum: Balance, amount| sum.checked_add(amount))
		.ok_or_else(|| "a sum of bonds overflows".into())
}
